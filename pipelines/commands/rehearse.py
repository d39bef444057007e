"""`resultsday rehearse`: a synthetic centre with every discrepancy planted, the run, and what was found of it.

Takes how many students, a word and whether to keep it; prints a table of planted, found and missed, and ends with the
outcome in words. Promises that everybody is invented, that nothing is left behind unless a folder is asked for, that a
folder which is kept is whole, and that the published run of the school is never looked at.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pipelines import files
from pipelines.commands import printing
from pipelines.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from pipelines.rehearsal.comparing import Row
    from pipelines.rehearsal.rehearsing import Rehearsed

#: rows told one by one, where something was missed or said beside
_TOLD = 20
_UCI = re.compile(r"\b[0-9A-Z]{12}[A-Z]\b")


@dataclass(frozen=True)
class Wanted:
    """What is asked for."""

    students: int = 150
    word: str = ""
    keep: Path | None = None
    has_weeks: bool = False


def show(wanted: Wanted, output: str) -> int:
    """Rehearse, print, and give the exit code: 1 where a planted discrepancy was missed or another was said.

    Raises UsageError where the folder to keep it in is there already, DiskError where the disk fails.
    """
    from pipelines.rehearsal.making import Wish
    from pipelines.rehearsal.rehearsing import rehearse

    begun = time.perf_counter()
    with _place(wanted.keep) as place:
        printing.say("A rehearsal: every student, centre and number of it is invented.")
        done = rehearse(place, Wish(wanted.students, wanted.word), wanted.has_weeks, printing.say)
        if wanted.keep is not None:
            files.write_text(place / "README.txt", _readme(wanted.keep.absolute(), done))
    printing.show(_table(done), output)
    _tell_faults(done)
    printing.say(_outcome(done, time.perf_counter() - begun, wanted))
    agrees = all(monday.comparison.agrees for monday in done.mondays)
    return int(ExitCode.DONE if agrees else ExitCode.FINDINGS)


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    """Where it happens: a folder that is deleted afterwards, or one that gets its name when all went well."""
    if keep is None:
        with files.temporary_folder() as folder:
            yield folder
        return
    if keep.exists() or keep.is_symlink():
        raise UsageError(f"{keep} is there already.", "Name a new folder after --keep: a rehearsal mixes with nothing.")
    files.make_folder(keep.parent)
    with files.writing_folder(keep) as folder:
        yield folder


def _table(done: Rehearsed) -> pl.DataFrame:
    """A row for each Monday and code; counts of rows of `planted.csv` and of findings."""
    import polars as pl

    schema = {
        "monday": pl.String, "code": pl.String, "severity": pl.String, "planted": pl.Int64, "found": pl.Int64,
        "missed": pl.Int64, "beside": pl.Int64, "of_quiet": pl.Int64,
    }  # fmt: skip
    rows = [
        {"monday": monday.as_of[:10], **asdict(line)} for monday in done.mondays for line in monday.comparison.lines()
    ]
    frame = pl.DataFrame(rows, schema=schema, orient="row").rename({"beside": "not_planted"})
    return frame if len(done.mondays) > 1 else frame.drop("monday")


def _tell_faults(done: Rehearsed) -> None:
    """What does not fit, without numbers of students: those are in planted.csv."""
    for monday in done.mondays:
        for word, rows in (("missed", monday.comparison.missed), ("not planted", monday.comparison.beside)):
            for row in rows[:_TOLD]:
                printing.say(f"{word}: {_in_words(row)}")
            if len(rows) > _TOLD:
                printing.say(f"{word}: {len(rows) - _TOLD:,} more")


def _in_words(row: Row) -> str:
    named = ("series", "qualification_code", "unit_code", "option_code", "file", "line", "change")
    told = [f"{name.removesuffix('_code')} {row[name]}" for name in named if row.get(name)]
    note = f" ({_UCI.sub('…', row['note'])})" if row.get("note") else ""
    return ", ".join([f"{row['code']} at {row['severity']}", f"centre {row['centre_number'] or 'any'}", *told]) + note


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _outcome(done: Rehearsed, seconds: float, wanted: Wanted) -> str:
    """The outcome in a sentence."""
    compared = [monday.comparison for monday in done.mondays]
    planted = sum(len(one.planted) for one in compared)
    missed = sum(len(one.missed) for one in compared)
    codes = len({row["code"] for one in compared for row in one.planted})
    quiet = sum(len(one.of_quiet) for one in compared)
    beside = sum(len(one.beside) for one in compared) - quiet
    what = f"{planted:,} planted discrepancies of {_count(codes, 'code')}"
    found = f"{missed:,} of {what} missed" if missed else f"all {what} found"
    silent = f"of {_count(done.quiet, 'quiet student')}"
    said = f"{_count(quiet, 'finding')} {silent}, which are false" if quiet else f"nothing said {silent}"
    more = [f"{_count(beside, 'other finding')} that nobody planted"] if beside else []
    kept = "nothing kept" if wanted.keep is None else f"kept in {wanted.keep}: begin with README.txt there"
    return "; ".join([found, said, *more, f"{seconds:.1f} s", kept])


def _readme(keep: Path, done: Rehearsed) -> str:
    """How to practise with what is kept."""
    as_of = done.mondays[-1].as_of
    centres = " ".join(f"--centre {centre}" for centre in done.centres)
    return f"""SAMPLE - an invented centre, invented students. Nothing here is anybody's result.

inbox/        the files as they would come
data/         the published run; open data/current/reports/report.html
              (or the folder that data/current.txt names, below data/runs/)
planted.csv   every discrepancy that was planted: the answers
quiet.csv     students of whom nothing may be said

1. Look at the report without planted.csv. What would you do first, and whom would you ring?

   resultsday findings --data "{keep / "data"}" --severity error

2. Settle three of them as you would on the day: take one from each of these codes, read what to do, do it in the files
   of inbox/ (they are yours to change), and run again.

   resultsday explain missing_uci
   resultsday explain file_missing
   resultsday explain claim_without_result
   resultsday run --inbox "{keep / "inbox"}" --data "{keep / "data"}" --as-of {as_of} {centres}
   resultsday diff --data "{keep / "data"}"

3. Accept one that is right as it is, with a reason, and see that it is quiet next time.

   resultsday waive add --help

4. Compare with planted.csv: each row is one finding, its note says what was done to the files.

When you have finished, delete this folder.
"""
