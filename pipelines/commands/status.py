"""`resultsday status`: what is published, how old it is, what arrived, what is awaited and when, what is open.

Takes the published run's manifest and its file board; gives a page of text, or JSON. Where nothing is published it
says so and what to do. Exit code 0 either way. No name and no number of a student is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipelines import publish
from pipelines.commands import printing, published
from pipelines.errors import ExitCode
from pipelines.rules import SEVERITIES
from pipelines.sealed import answer, sealed

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.publish import PublishedRun

_BOARD = """
SELECT
    season, centre_number, series, window_from, window_to, what, state,
    strftime(due AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') AS due,
    file_id, next_step
FROM file_board
ORDER BY
    CASE state WHEN 'missing' THEN 1 WHEN 'awaited' THEN 2 WHEN 'unexpected' THEN 3 WHEN 'arrived' THEN 4 ELSE 5 END,
    due NULLS LAST, centre_number, what, series, window_from, window_to, file_id
"""

_OPEN = """
SELECT
    severity,
    CAST(count(*) FILTER (state = 'open' AND root IS NULL) AS INTEGER) AS roots,
    CAST(count(*) FILTER (state = 'open' AND root IS NOT NULL) AS INTEGER) AS follow,
    CAST(count(*) FILTER (state = 'pending') AS INTEGER) AS pending,
    CAST(count(*) FILTER (state = 'waived') AS INTEGER) AS waived
FROM discrepancies
GROUP BY severity
ORDER BY severity
"""

_MOST_FILES = 12
_WORDS = {"error": "error", "warning": "warning", "info": "to know"}


@dataclass(frozen=True)
class Board:
    """The file board, a record a file; findings counted by severity; files in the inbox newer than the run."""

    files: list[dict[str, str | None]]
    counts: dict[str, dict[str, int]]
    newer: int

    def of(self, *states: str) -> list[dict[str, str | None]]:
        """The files in one of these states."""
        return [one for one in self.files if one["state"] in states]


def show(data: Path, output: str) -> int:
    """Tell the state of things; give the exit code. Raises DiskError where the published run cannot be read."""
    printing.refuse_csv(output, "resultsday status")
    run = publish.published(data)
    if run is None:
        what, todo = published.nothing(data)
        if output == "json":
            printing.write_exactly(printing.as_json({"published": None, "todo": todo}))
        else:
            printing.write(f"{what}\n{todo}\n")
        return int(ExitCode.DONE)
    with sealed(run.folder) as con:
        board = Board(answer(con, _BOARD).to_dicts(), _counts(con), _newer(data / "inbox", run))
    if output == "json":
        printing.write_exactly(printing.as_json(_told(run, board)))
    else:
        printing.write("\n".join(_lines(run, board, data)) + "\n")
    return int(ExitCode.DONE)


def _counts(con: Any) -> dict[str, dict[str, int]]:
    """By severity: open roots, open findings that follow from one, pending and waived ones."""
    words = ("roots", "follow", "pending", "waived")
    rows = {row[0]: dict(zip(words, row[1:], strict=True)) for row in con.execute(_OPEN).fetchall()}
    return {severity: rows.get(severity, dict.fromkeys(words, 0)) for severity in SEVERITIES}


def _newer(inbox: Path, run: PublishedRun) -> int:
    """Files that came into the data folder's inbox after the run began."""
    if not inbox.is_dir():
        return 0
    began = published.started(run).timestamp()
    found = (path for path in inbox.rglob("*") if path.is_file() and not path.name.startswith((".", "README")))
    return sum(path.stat().st_mtime > began for path in found)


def _told(run: PublishedRun, board: Board) -> dict[str, Any]:
    manifest = run.manifest
    return {
        "published": run.name,
        "folder": str(run.folder),
        "is_sample": manifest.get("is_sample", False),
        "started_at": manifest["started_at"],
        "age": published.age(published.started(run), published.now()),
        "as_of": manifest["as_of"],
        "season": manifest["season"],
        "newer_files_in_inbox": board.newer,
        "files": manifest["sums"]["files"],
        "file_board": board.files,
        "readiness": manifest["readiness"],
        "findings": board.counts,
        "changes": manifest["findings"]["by_change"],
        "rules": _statuses(manifest),
    }


def _statuses(manifest: dict[str, Any]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for rule in manifest["rules"].values():
        counted[rule["status"]] = counted.get(rule["status"], 0) + 1
    return counted


def _rules(manifest: dict[str, Any]) -> str:
    statuses = sorted(_statuses(manifest).items())
    return ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in statuses)


def _due(one: dict[str, str | None], year: int) -> str:
    if one["due"] is None:
        return "date not known" if one["state"] == "awaited" else ""
    moment = datetime.fromisoformat(one["due"])
    told = published.clock(moment, year)
    return f"since {told}" if moment <= published.now() else told


def _file_lines(found: list[dict[str, str | None]], year: int, centres: int) -> list[str]:
    """A line for each file: what, for which centre where there are several, when, and the next step beneath."""
    lines = []
    for one in found[:_MOST_FILES]:
        centre = f" ({one['centre_number']})" if centres > 1 else ""
        series = f" {one['series']}" if one["series"] else ""
        due = _due(one, year)
        lines.append(f"  {one['what']}{series}{centre}" + (f": {due}" if due else ""))
        if one["next_step"]:
            lines.append(f"      {one['next_step']}")
    if len(found) > _MOST_FILES:
        lines.append(f"  … and {len(found) - _MOST_FILES:,} more: resultsday query --question files_awaited")
    return lines


def _lines(run: PublishedRun, board: Board, data: Path) -> list[str]:
    manifest = run.manifest
    year = published.now().year
    centres = len({one["centre_number"] for one in board.files})
    missing, awaited = board.of("missing"), board.of("awaited")
    counts = manifest["sums"]["files"]
    kept = ", ".join(f"{counts[word]:,} {word}" for word in ("read", "refused", "repeated", "ignored") if counts[word])
    ready = manifest["readiness"]
    lines = [
        f"published {published.greeting(run)}",
        f"season    {manifest['season']}",
        f"arrived   {counts['received']:,} files: {kept or 'none'}",
        *_came(board),
        f"students  {ready['ready']:,} ready, {ready['hold']:,} on hold, {ready['waiting']:,} waiting",
        f"open      {_severities(board.counts)}",
        f"changed   {_changes(manifest)}",
        f"rules     {_rules(manifest)}",
    ]
    if missing:
        lines += [f"missing   {len(missing):,}, due and not here:", *_file_lines(missing, year, centres)]
    if awaited:
        lines += [f"awaited   {len(awaited):,}:", *_file_lines(awaited, year, centres)]
    if board.newer:
        files = "file has" if board.newer == 1 else "files have"
        lines.append(f"stale     {board.newer:,} {files} come into {data / 'inbox'} since: resultsday run")
    elif _is_overdue(awaited):
        lines.append("stale     a file that was awaited can be had now: put it into the inbox, then resultsday run")
    lines.append(_outcome(missing, board))
    return lines


def _came(board: Board) -> list[str]:
    """What arrived, a line a sort of file."""
    counted: dict[str, int] = {}
    for one in board.of("arrived", "superseded", "unexpected"):
        word = "" if one["state"] == "arrived" else f" ({one['state']})"
        told = f"{one['what']}{' ' + one['series'] if one['series'] else ''}{word}"
        counted[told] = counted.get(told, 0) + 1
    lines = [f"  {told}" + (f" ×{count}" if count > 1 else "") for told, count in counted.items()]
    steps = sorted({f"  ! {one['what']}: {one['next_step']}" for one in board.of("arrived") if one["next_step"]})
    return lines + steps[:_MOST_FILES]


def _is_overdue(awaited: list[dict[str, str | None]]) -> bool:
    return any(one["due"] and datetime.fromisoformat(one["due"]) <= published.now() for one in awaited)


def _severities(counts: dict[str, dict[str, int]]) -> str:
    parts = []
    for severity, counted in counts.items():
        plural = "s" if severity != "info" and counted["roots"] != 1 else ""
        parts.append(f"{counted['roots']:,} {_WORDS[severity]}{plural}")
    told = ", ".join(parts)
    words = (("follow", "more follow from these"), ("pending", "not due yet"), ("waived", "waived"))
    for word, says in words:
        count = sum(counted[word] for counted in counts.values())
        told += f"; {count:,} {says}" if count else ""
    return told


def _changes(manifest: dict[str, Any]) -> str:
    counted = manifest["findings"]["by_change"]
    order = ("new", "changed", "reopened", "continuing", "resolved")
    return ", ".join(f"{counted[word]:,} {word}" for word in order if counted.get(word)) or "nothing"


def _outcome(missing: list[dict[str, str | None]], board: Board) -> str:
    if board.newer:
        return "Run again before you rely on this."
    if missing:
        return f"{len(missing)} file{' is' if len(missing) == 1 else 's are'} due and not here: look for them first."
    if board.counts["error"]["roots"]:
        return "Work through the errors: resultsday findings --severity error"
    return "Nothing here needs you today."
