"""`resultsday status`: what is published and how old, what came, what is awaited and when, what is open, what changed.

Takes the published run's manifest and its file board, the run before, and what unattended runs left behind; gives one
screen of text, or all of it as JSON. Where nothing is published it says so and what to do. Exit code 0 either way. No
name and no number of a student is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import publish
from pipelines.commands import centres as by_centre
from pipelines.commands import last_run, printing, published, weekly
from pipelines.commands import since as since_run
from pipelines.config import inboxes as inboxes_of
from pipelines.errors import ExitCode
from pipelines.rules import SEVERITIES
from pipelines.sealed import answer, sealed

if TYPE_CHECKING:
    from pipelines.commands.last_run import Scheduled
    from pipelines.commands.since import Since
    from pipelines.commands.weekly import Weekly
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

#: one screen holds it all; JSON and a question have the rest
_MOST_FILES = 3
_MOST_SORTS = 8

#: what a person keeps, for the page: states and counts, and the next day on which a waiver runs out
_KEPT = """
SELECT 'manual_changes' AS kept, state, CAST(count(*) AS INTEGER) AS rows, NULL AS next
FROM manual_changes GROUP BY state
UNION ALL
SELECT 'waivers', state, CAST(count(*) AS INTEGER), CAST(min(expires_on) FILTER (state = 'live') AS VARCHAR)
FROM waivers GROUP BY state
ORDER BY kept, state
"""

#: how the rows that ask for something are told; the others are counted alone
_KEPT_WORDS = {
    "contradicted": "which this week's file would undo",
    "agrees": "which can go",
    "expired": "run out",
    "badly_dated": "badly dated",
    "unused": "covering nothing",
    "nobody": "about nobody here",
    "unclear": "about more than one person",
    "unusable": "not usable",
}

_WORDS = {"error": "error", "warning": "warning", "info": "to know"}


@dataclass(frozen=True)
class Board:
    """The file board, a record a file; findings counted by severity; files in the inbox newer than the run."""

    files: list[dict[str, str | None]]
    counts: dict[str, dict[str, int]]
    newer: int
    kept: list[tuple[str, str, int, str | None]]

    def of(self, *states: str) -> list[dict[str, str | None]]:
        """The files in one of these states."""
        return [one for one in self.files if one["state"] in states]


@dataclass(frozen=True)
class Week:
    """What changed since the run before, how it stands with Monday's files, and what unattended runs did."""

    since: Since
    weekly: Weekly
    scheduled: Scheduled | None
    last: dict[str, Any] | None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        setup = self.scheduled
        return {
            "since": self.since.as_dict(),
            "weekly": self.weekly.as_dict(),
            "scheduled": {"kind": setup.kind, "days": list(setup.days), "at": setup.at} if setup else None,
            "last_run": self.last,
        }


def show(data: Path, output: str) -> int:
    """Tell the state of things; give the exit code. Raises DiskError where the published run cannot be read."""
    printing.refuse_csv(output, "resultsday status")
    run = publish.published(data)
    if run is None:
        what, todo = published.nothing(data)
        if output == "json":
            last = last_run.last_run(data)
            printing.write_exactly(printing.as_json({"published": None, "todo": todo, "last_run": last}))
        else:
            printing.write("\n".join([what, *_schedule_lines(data), todo]) + "\n")
        return int(ExitCode.DONE)
    setup = last_run.scheduled(data)
    inboxes = list(inboxes_of(data, [Path(inbox) for inbox in setup.inboxes] if setup else None))
    with sealed(run.folder) as con:
        newer = sum(_newer(inbox, run) for inbox in inboxes)
        board = Board(answer(con, _BOARD).to_dicts(), _counts(con), newer, _kept(con))
        found = weekly.weekly(con, run, data, inboxes, published.now())
        week = Week(since_run.since(run, data), found, setup, last_run.last_run(data))
    if output == "json":
        printing.write_exactly(printing.as_json({**_told(run, board), **week.as_dict()}))
    else:
        printing.write("\n".join(_lines(run, board, week, inboxes)) + "\n")
    return int(ExitCode.DONE)


def _schedule_lines(data: Path) -> list[str]:
    told = last_run.in_words(last_run.scheduled(data), last_run.last_run(data), published.now())
    return [f"schedule  {told}"] if told else []


def _counts(con: Any) -> dict[str, dict[str, int]]:
    """By severity: open roots, open findings that follow from one, pending and waived ones."""
    words = ("roots", "follow", "pending", "waived")
    rows = {row[0]: dict(zip(words, row[1:], strict=True)) for row in con.execute(_OPEN).fetchall()}
    return {severity: rows.get(severity, dict.fromkeys(words, 0)) for severity in SEVERITIES}


def _kept(con: Any) -> list[tuple[str, str, int, str | None]]:
    """The rows of manual_changes.csv and waivers.csv by state; none in a run of a version that did not know them."""
    known = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    return list(con.execute(_KEPT).fetchall()) if {"manual_changes", "waivers"} <= known else []


def _newer(inbox: Path, run: PublishedRun) -> int:
    """Files that came into an inbox after the run began."""
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
        "centres": manifest.get("centres", {}),
        "findings": board.counts,
        "local": [dict(zip(("kept", "state", "rows", "next"), one, strict=True)) for one in board.kept],
        "changes": manifest["findings"]["by_change"],
        "results_changed": manifest.get("changes") or None,
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


def _lines(run: PublishedRun, board: Board, week: Week, inboxes: list[Path]) -> list[str]:
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
        *by_centre.lines(manifest),
        f"open      {_severities(board.counts)}",
        *_kept_lines(board),
        *since_run.lines(week.since, _since_when(week.since, year)),
        f"rules     {_rules(manifest)}",
    ]
    if missing:
        lines += [f"missing   {len(missing):,}, due and not here:", *_file_lines(missing, year, centres)]
    if awaited:
        lines += [f"awaited   {len(awaited):,}:", *_file_lines(awaited, year, centres)]
    lines += _week_lines(week, inboxes[0])
    if board.newer:
        files = "file has" if board.newer == 1 else "files have"
        lines.append(f"stale     {board.newer:,} {files} come into {inboxes[0]} since: resultsday run")
    elif _is_overdue(awaited):
        lines.append("stale     a file that was awaited can be had now: put it into the inbox, then resultsday run")
    lines.append(_outcome(missing, board, week.weekly))
    return lines


def _since_when(found: Since, year: int) -> str | None:
    return published.clock(datetime.fromisoformat(found.as_of), year) if found.as_of else None


def _week_lines(week: Week, inbox: Path) -> list[str]:
    """How it stands with Monday's files and with the schedule."""
    told = weekly.in_words(week.weekly)
    lines = [f"weekly    {told}"] if told else []
    if week.weekly.state in ("awaited", "overdue"):
        lines.append(f"      {weekly.FETCH.format(inbox=inbox)}")
    setup = last_run.in_words(week.scheduled, week.last, published.now())
    if setup:
        lines.append(f"schedule  {setup}")
    elif week.weekly.next_due:
        lines.append("schedule  none; to have it run each week: resultsday schedule install --weekly mon --at 08:30")
    return lines


def _came(board: Board) -> list[str]:
    """What arrived, a line a sort of file."""
    counted: dict[str, int] = {}
    for one in board.of("arrived", "superseded", "unexpected"):
        word = "" if one["state"] == "arrived" else f" ({one['state']})"
        told = f"{one['what']}{' ' + one['series'] if one['series'] else ''}{word}"
        counted[told] = counted.get(told, 0) + 1
    lines = [f"  {told}" + (f" ×{count}" if count > 1 else "") for told, count in list(counted.items())[:_MOST_SORTS]]
    if len(counted) > _MOST_SORTS:
        rest = sum(list(counted.values())[_MOST_SORTS:])
        lines.append(f'  … and {rest:,} more: resultsday query "FROM file_board"')
    steps = sorted({f"  ! {one['what']}: {one['next_step']}" for one in board.of("arrived") if one["next_step"]})
    return lines + steps[:_MOST_FILES]


def _kept_lines(board: Board) -> list[str]:
    """What was changed by hand, and what is waived: a line each, where there is any."""
    lines = []
    for kept, head, noun in (("manual_changes", "by hand", "manual change"), ("waivers", "waived", "waiver")):
        rows = [one for one in board.kept if one[0] == kept]
        total = sum(count for _, _, count, _ in rows)
        if not total:
            continue
        parts = [f"{total:,} {noun}{'' if total == 1 else 's'}"]
        if kept == "waivers":
            waived = sum(counted["waived"] for counted in board.counts.values())
            parts = [f"{waived:,} finding{'' if waived == 1 else 's'} by {parts[0]}"]
        parts += [f"{count:,} {_KEPT_WORDS[state]}" for _, state, count, _ in rows if state in _KEPT_WORDS]
        parts += [f"the next runs out after {day}" for _, _, _, day in rows if day]
        lines.append(f"{head:<9} {', '.join(parts)}")
    return lines


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


def _outcome(missing: list[dict[str, str | None]], board: Board, week: Weekly) -> str:
    if board.newer:
        return "Run again before you rely on this."
    if week.is_overdue:
        return "This week's results files have not come: fetch them first."
    if missing:
        return f"{len(missing)} file{' is' if len(missing) == 1 else 's are'} due and not here: look for them first."
    if board.counts["error"]["roots"]:
        return "Work through the errors: resultsday findings --severity error"
    return "Nothing here needs you today."
