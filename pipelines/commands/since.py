"""What changed since the run before: findings, files, students and results, counted.

Takes the published run and its neighbours, gives a `Since`. Everything is read from the manifests, so that a run of an
older version, or one that was purged, can still be compared with. No name of a student is told.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pipelines import moves, publish
from pipelines.commands.weekly import manifests

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.publish import PublishedRun

_ORDER = ("new", "changed", "reopened", "continuing", "resolved")
_READY = (("ready", "ready"), ("hold", "on hold"), ("waiting", "waiting"))


@dataclass(frozen=True)
class Since:
    """The run before, and what differs from it."""

    run: str | None  #: its name; None where there was none
    as_of: str | None
    is_purged: bool  #: only its manifest is left
    findings: dict[str, int]  #: by change
    files_came: list[str]  #: names of files that it did not have, by content
    files_gone: list[str]
    students: dict[str, int]  #: how many more are ready, on hold, waiting
    results: dict[str, int] | None  #: by direction; None where the run does not say

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def since(run: PublishedRun, data: Path) -> Since:
    """What changed in the published run."""
    manifest = run.manifest
    before = _before(run, data)
    findings = dict(manifest["findings"]["by_change"])
    if before is None:
        return Since(None, None, False, findings, [], [], {}, _results(manifest))
    here = {one.name for one in publish.runs(data)}
    mine, theirs = _contents(manifest), _contents(before)
    ready = {word: manifest["readiness"].get(word, 0) - before.get("readiness", {}).get(word, 0) for word, _ in _READY}
    return Since(
        before.get("run"),
        before.get("as_of"),
        before.get("run") not in here,
        findings,
        sorted(name for content, name in mine.items() if content not in theirs),
        sorted(name for content, name in theirs.items() if content not in mine),
        ready,
        _results(manifest),
    )


def _before(run: PublishedRun, data: Path) -> dict[str, Any] | None:
    """The manifest of the latest run of another identity that began before this one."""
    mine = run.manifest
    earlier = [
        one
        for one in manifests(data)
        if one["started_at"] < mine["started_at"] and one.get("identity") != mine.get("identity")
    ]
    return max(earlier, key=lambda one: (one["started_at"], json.dumps(one.get("run")))) if earlier else None


def _contents(manifest: dict[str, Any]) -> dict[str, str]:
    return {one["file_id"]: one["name"] for one in manifest["inputs"]}


def _results(manifest: dict[str, Any]) -> dict[str, int] | None:
    """Results that differ from the run before, each counted once, by direction; None where the run does not say."""
    told = manifest.get("changes")
    return {word: count for word, count in told["results"].items() if count} if told else None


def lines(found: Since, since_when: str | None) -> list[str]:
    """Two lines of text at most: the findings, then files, results and students."""
    counted = ", ".join(f"{found.findings[word]:,} {word}" for word in _ORDER if found.findings.get(word)) or "nothing"
    if found.run is None:
        return [f"changed   {counted}; there is no run before this one"]
    purged = ", purged since" if found.is_purged else ""
    told = [f"changed   {counted}, against run {found.run}" + (f" of {since_when}{purged}" if since_when else purged)]
    parts = [f"{_files(len(found.files_came))} new", f"{len(found.files_gone):,} gone"]
    if found.results:
        parts.append(f"results {moves.in_words(found.results)} (resultsday diff)")
    students = [f"{found.students[word]:+,} {says}" for word, says in _READY if found.students.get(word)]
    if students:
        parts.append(f"students {', '.join(students)}")
    return [*told, f"          {'; '.join(parts)}"]


def _files(count: int) -> str:
    return f"{count:,} file{'' if count == 1 else 's'}"
