"""The story of a run in under 25 lines, for a terminal: what came, what was found, what to do, the outcome last.

Takes an `Outcome`; gives lines of plain text, without a name or a number of a student.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from pipelines import chosen, moves
from pipelines.commands import centres, published

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.run import Outcome

_MOST_TROUBLES = 3
_MOST_CODES = 5


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _fit(words: str, indent: str, width: int) -> str:
    return indent + shorten(words, width - len(indent), placeholder=" …")


def _files(manifest: dict[str, Any]) -> str:
    sums = manifest["sums"]["files"]
    parts = [f"{sums['read']:,} read"]
    parts += [f"{sums[word]:,} {word}" for word in ("refused", "repeated", "ignored") if sums[word]]
    return f"{_plural(sums['received'], 'file'):<11} = {' + '.join(parts)}"


def _rows(manifest: dict[str, Any]) -> str:
    sums, said = manifest["sums"]["lines"], manifest["sums"]["statements"]
    return (
        f"{sums['lines']:,} = {sums['framing']:,} framing + {sums['kept']:,} kept + {sums['rejected']:,} set aside;"
        f" {said['kept']:,} result statements = {said['in_tables']:,} in the tables"
    )


def _rules(manifest: dict[str, Any]) -> str:
    statuses: dict[str, int] = {}
    for rule in manifest["rules"].values():
        statuses[rule["status"]] = statuses.get(rule["status"], 0) + 1
    found = sum(rule["found"] for rule in manifest["rules"].values())
    parts = [f"{statuses.get('clean', 0)} clean", f"{statuses.get('found', 0)} found {found:,}"]
    if statuses.get("not_evaluated"):
        parts.append(f"{statuses['not_evaluated']} not evaluated")
    if statuses.get("failed"):
        parts.append(f"{statuses['failed']} FAILED")
    return f"{len(manifest['rules'])} rules: {', '.join(parts)}"


def _severities(manifest: dict[str, Any]) -> str:
    counted = manifest["findings"]["by_severity"]
    words = {"error": "error", "warning": "warning", "info": "to know"}
    parts = []
    for severity, word in words.items():
        one = counted.get(severity, {"roots": 0})
        parts.append(f"{one['roots']:,} {word}{'s' if word != 'to know' and one['roots'] != 1 else ''}")
    waived = sum(one["waived"] for one in counted.values())
    total = sum(one["found"] - one["roots"] for one in counted.values()) - waived
    told = ", ".join(parts) + (f"; {total:,} more follow from these" if total else "")
    return told + (f"; {waived:,} waived" if waived else "")


def _changes(manifest: dict[str, Any]) -> str:
    counted = manifest["findings"]["by_change"]
    parts = [
        f"{counted[word]:,} {word}"
        for word in ("new", "changed", "reopened", "continuing", "resolved")
        if counted.get(word)
    ]
    return ", ".join(parts) or "nothing"


def _troubles(manifest: dict[str, Any], width: int) -> list[str]:
    set_aside = [one for one in manifest["inputs"] if one["status"] in ("refused", "truncated")]
    lines = [
        _fit(f"{one['name']}: {one['status']}: {one['reason'] or 'see the file board'}", "  ! ", width)
        for one in set_aside[:_MOST_TROUBLES]
    ]
    if len(set_aside) > _MOST_TROUBLES:
        lines.append(f"  ! … and {len(set_aside) - _MOST_TROUBLES} more: resultsday findings --code file_refused")
    return lines


def _do_now(manifest: dict[str, Any], most: int) -> list[str]:
    counts = [
        (one["found"] - one["waived"], one["code"])
        for one in manifest["findings"]["by_code"]
        if one["severity"] == "error" and one["found"] > one["waived"]
    ]
    errors = sorted(counts, key=lambda one: (-one[0], one[1]))
    lines = [f"  {count:>5,}  {code}" for count, code in errors[:most]]
    if len(errors) > most:
        rest = errors[most:]
        lines.append(f"  {sum(count for count, _ in rest):>5,}  of {_plural(len(rest), 'other code')}")
    return lines


def _moved(manifest: dict[str, Any]) -> list[str]:
    """What became of results since the run before, and what an import would undo."""
    lost = manifest["local"]["manual_changes"].get("contradicted", 0)
    told = manifest["changes"]
    if told:
        since = datetime.fromisoformat(told["since_as_of"]).astimezone(published.LONDON)
        words = f"{published.day_words(since.date())}: {moves.in_words(told['results'], lost)}"
        return [f"since     {words}"]
    if not lost:
        return []
    words = _plural(lost, "manual change")
    return [f"by hand   {words} would be lost: resultsday findings --code manual_change_overwritten"]


def _files_due(manifest: dict[str, Any], width: int) -> list[str]:
    missing = [one for one in manifest["file_board"] if one["state"] == "missing"]
    lines = [
        _fit(f"{one['what']} (centre {one['centre_number']}): {one['next_step']}", "  ", width) for one in missing[:2]
    ]
    if len(missing) > 2:
        lines.append(f"  … and {len(missing) - 2} more: resultsday status")
    return lines


def lines(outcome: Outcome, data: Path, failed_on: str | None) -> list[str]:
    """The story; the last line is the outcome in words."""
    manifest = outcome.manifest
    if "only" in manifest:
        told = [f"received  {_files(manifest)}", f"lines     {_rows(manifest)}"]
        told += chosen.lines(manifest, outcome.seconds)
        return [*told, f"failed    there are open findings of severity {failed_on} or above"] if failed_on else told
    width = max(60, min(shutil.get_terminal_size((110, 24)).columns, 160))
    if outcome.is_unchanged and outcome.folder is not None:
        return [f"unchanged {data / 'current'} is run {outcome.folder.name}: same files, same answers. Nothing to do."]
    ready = manifest["readiness"]
    by_centre = centres.story_line(manifest)
    told = [
        f"received  {_files(manifest)}",
        *_troubles(manifest, width),
        f"lines     {_rows(manifest)}",
        f"rules     {_rules(manifest)}",
        f"found     {_severities(manifest)}",
        # the line of the centres takes the room of a code
        *_do_now(manifest, _MOST_CODES - len(by_centre)),
        f"changed   {_changes(manifest)}",
        *_moved(manifest),
        f"students  {ready['ready']:,} ready, {ready['hold']:,} on hold, {ready['waiting']:,} waiting",
        *(_fit(line, "", width) for line in by_centre),
    ]
    due = _files_due(manifest, width)
    if due:
        told += ["missing", *due]
    if outcome.folder is None:
        told.append(f"checked   nothing was published, in {outcome.seconds:.1f} s")
    else:
        report = outcome.folder / "reports" / "report.html"
        told.append(f"open      {report}")
        sample = " SAMPLE" if manifest["is_sample"] else ""
        told.append(f"published{sample} {data / 'current'} is run {outcome.folder.name}, in {outcome.seconds:.1f} s")
    if failed_on:
        told.append(f"failed    there are open findings of severity {failed_on} or above")
    return told
