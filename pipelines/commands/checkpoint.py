"""`resultsday checkpoint`: who should get an award this season, who is at risk and why, for the person who signs it.

Takes the published run; gives each check of the declaration with how many pass it, do not, and cannot be told, then the
students at risk; where a checkpoint was kept, what has changed since. As text: numbers of students, no names. As CSV
and JSON: every student with every check. `--keep` keeps the day's copy. Exit code 0 whatever is at risk.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipelines import checkpoints
from pipelines.commands import printing, published
from pipelines.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from pipelines.publish import PublishedRun

#: what is declared, a heading and its checks, in the order a person goes through them
DECLARATION: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Entries",
        (
            ("entry_check", "entered for the qualification, once, in the annual series"),
            ("level_check", "entered at the level of the units"),
            ("size_check", "entered for the size that the units make"),
        ),
    ),
    (
        "Units",
        (
            ("claims_check", "every moderated unit needed is claimed, resubmissions too"),
            ("units_check", "units achieved, claimed and entered make the award"),
            ("attempts_check", "an attempt is left at every examined unit"),
        ),
    ),
    (
        "Students",
        (
            ("uci_check", "one UCI, correct, and nobody else's"),
            ("record_check", "one record, one eight-digit number"),
        ),
    ),
    (
        "Progress Tracker",
        (
            ("tracker_check", "the tracker lists the entry"),
            ("eligible_check", "the tracker does not say Not eligible"),
            ("date_check", "the estimated completion date is in this season"),
        ),
    ),
)

CHANGES = {
    "newly_at_risk": "newly at risk",
    "newly_expected_at_risk": "newly expected, and at risk",
    "result_gone": "the award was here and is gone",
    "other_reason": "at risk for another reason",
    "date_moved": "the expected date has moved",
    "withdrawn": "withdrawn",
    "no_longer_expected": "no longer expected",
    "newly_expected": "newly expected",
    "no_longer_at_risk": "no longer at risk",
    "result_came": "the result came",
}
_STANDINGS = {
    "on_course": "on course",
    "at_risk": "at risk",
    "achieved": "achieved",
    "not_known": "not known whether expected this season",
}
_MOST = 60  #: lines of students on a screen


@dataclass(frozen=True)
class Wanted:
    """What is asked: to keep the copy, in whose name, and the day to compare with."""

    keeps: bool = False
    by: str | None = None
    since: str | None = None


def show(data: Path, wanted: Wanted, output: str) -> int:
    """Tell the checkpoint; give the exit code.

    Raises NoInputError where nothing is published, UsageError for a day of which no checkpoint was kept.
    """
    if wanted.by and not wanted.keeps:
        raise UsageError("--by says who declares.", "Add --keep, or leave it out.")
    run = published.needed(data)
    with checkpoints.opened(run) as con:
        frame = checkpoints.people(con, run)
        told = counts(frame)
        before = _before(data, run, wanted)
        changed = checkpoints.changes(con, run, before) if before is not None else None
        steps = checkpoints.tracker_steps(con, run)
        kept = checkpoints.keep(con, run, data, told, wanted.by or _user()) if wanted.keeps else None
    if output == "csv":
        chosen = changed if wanted.since and changed is not None else frame.select(checkpoints.COLUMNS)
        printing.write_exactly(printing.rows_as_csv(chosen))
    elif output == "json":
        printing.write_exactly(printing.as_json(_told(run, frame, told, before, changed)))
    else:
        lines = [*_lines(frame, told), *_tracker_lines(steps), *_since_lines(before, changed)]
        printing.write("\n".join(lines) + "\n")
    if kept is not None:
        printing.say(f"kept {kept.line()}: {kept.folder}")
    printing.say(_outcome(told, run))
    return int(ExitCode.DONE)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a computer that does not know who is at work
        return "unknown user"


def _before(data: Path, run: PublishedRun, wanted: Wanted) -> checkpoints.Kept | None:
    """The checkpoint to compare with: the one of the day asked for, else the last of the same season."""
    if wanted.since is not None:
        return checkpoints.of_day(data, wanted.since)
    mine = [one for one in checkpoints.kept(data) if one.declared.get("season") == run.manifest["season"]]
    return mine[-1] if mine else None


def counts(frame: pl.DataFrame) -> dict[str, Any]:
    """How many awards and students are expected, how they stand, and what each check says; names nobody."""
    import polars as pl

    standings = dict(frame["standing"].value_counts(sort=True).iter_rows())
    expected = frame.filter(pl.col("standing") != "not_known")
    checks = {
        check: {word: int((expected[check] == word).sum()) for word in ("yes", "no", "unknown")}
        for _, group in DECLARATION
        for check, _ in group
    }
    return {
        "awards_expected": expected.height,
        "students_expected": expected.select("centre_number", "person_id").n_unique(),
        "standings": {word: int(standings.get(word, 0)) for word in _STANDINGS},
        "checks": checks,
    }


def _told(
    run: PublishedRun,
    frame: pl.DataFrame,
    told: dict[str, Any],
    before: checkpoints.Kept | None,
    changed: pl.DataFrame | None,
) -> dict[str, Any]:
    return {
        "run": run.name,
        "as_of": run.manifest["as_of"],
        "season": run.manifest["season"],
        **told,
        "people": _records(frame.select(checkpoints.COLUMNS)),
        "compared_with": before.folder.name if before is not None else None,
        "declared": dict(before.declared) if before is not None else None,
        "changes": _records(changed) if changed is not None else [],
    }


def _records(frame: pl.DataFrame) -> list[dict[str, Any]]:
    import polars as pl

    return frame.with_columns(pl.col(pl.Date).dt.to_string("iso")).to_dicts()


def _award(count: int) -> str:
    return f"{count:,} award{'' if count == 1 else 's'}"


def _lines(frame: pl.DataFrame, told: dict[str, Any]) -> list[str]:
    """The checks with their counts and denominators, then a line for each award at risk."""
    import polars as pl

    total = told["awards_expected"]
    told_lines = [f"expected  {_award(total)} this season, of {told['students_expected']:,} students"]
    told_lines += [
        f"  {told['standings'][word]:>6,}  {says}" for word, says in _STANDINGS.items() if told["standings"][word]
    ]
    told_lines.append(f"{'checked':<66}{'yes':>8}{'no':>8}{'unknown':>9}   of {total:,}")
    for heading, group in DECLARATION:
        told_lines.append(heading)
        for check, says in group:
            one = told["checks"][check]
            told_lines.append(f"  {says:<64}{one['yes']:>8,}{one['no']:>8,}{one['unknown']:>9,}")
    for standing, heading in (("at_risk", "at risk"), ("not_known", "nobody says when the award is expected")):
        rows = frame.filter(pl.col("standing") == standing).select("label", "qualification_code", "subject", "reasons")
        if rows.height:
            told_lines.append(heading)
            told_lines += _student_lines(rows)
    return told_lines


def _student_lines(rows: pl.DataFrame) -> list[str]:
    most = _MOST if printing.is_terminal() else rows.height
    lines = [
        f"  {label}  {code or 'no entry'}{f' {subject}' if subject else ''}{f': {reasons}' if reasons else ''}"
        for label, code, subject, reasons in rows.head(most).iter_rows()  # a screenful: this is printing
    ]
    if rows.height > most:
        lines.append(f"  … and {rows.height - most:,} more: --format csv has them all")
    return lines


def _tracker_lines(steps: list[tuple[str, str, int]]) -> list[str]:
    if not steps:
        return []
    counted, day = ", ".join(f"{count:,} {way}" for _, way, count in steps), min(day for day, _, _ in steps)
    return [f"tracker   since the download of {day}: {counted}: resultsday query --question tracker_changes"]


def _since_lines(before: checkpoints.Kept | None, changed: pl.DataFrame | None) -> list[str]:
    """What has changed since the declaration: a count of each sort first, then a line for each award."""
    if before is None or changed is None:
        return []
    lines = [f"declared  {before.line()}"]
    if not changed.height:
        return [*lines, "  nothing has changed since"]
    for change, says in CHANGES.items():
        rows = changed.filter(changed["change"] == change)
        if rows.height:
            lines.append(f"  {rows.height:>6,}  {says}")
            if change != "result_came":
                lines += [f"        {line.strip()}" for line in _changed_lines(rows)]
    return lines


def _changed_lines(rows: pl.DataFrame) -> list[str]:
    import polars as pl

    dates = pl.concat_str(
        pl.coalesce(pl.col("completion_before").dt.to_string("%d/%m/%Y"), "season_before", pl.lit("no date")),
        pl.lit(" to "),
        pl.coalesce(pl.col("completion_now").dt.to_string("%d/%m/%Y"), "season_now", pl.lit("no date")),
    )
    why = (
        pl.when(pl.col("change") == "date_moved")
        .then(dates)
        .when(pl.col("change") == "no_longer_at_risk")
        .then(pl.concat_str(pl.lit("was: "), "reasons_before"))
        .otherwise(pl.col("reasons_now"))
    )
    return _student_lines(rows.select("label", "qualification_code", "subject", reasons=why))


def _outcome(told: dict[str, Any], run: PublishedRun) -> str:
    risk = told["standings"]["at_risk"]
    as_of = datetime.fromisoformat(run.manifest["as_of"])
    said = f"{_award(risk)} of {told['awards_expected']:,} at risk" if risk else "No award is at risk"
    return f"{said}, as of {published.clock(as_of, published.now().year)}, in {published.greeting(run).split(',')[0]}"
