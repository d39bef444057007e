"""`resultsday doctor`: is everything fit for results day; one line a check, ok, look or wrong.

Takes the data folder and a moment; gives a page of text or JSON, and an exit code: 0 where nothing is wrong, 13 where
disk or rights are, 2 where settings or reference data are. The checks themselves are in `pipelines/checkup/`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from pipelines import resources
from pipelines.checkup import Check, State, ends_with, said, wrong
from pipelines.checkup.figures import check_figures
from pipelines.checkup.machine import check_lock, check_place, check_python, check_rights, check_space
from pipelines.checkup.rows import read_tables
from pipelines.checkup.season import asked_season, check_calendar, check_clock
from pipelines.checkup.settings import check_config, check_local
from pipelines.commands import printing
from pipelines.commands.published import now
from pipelines.commands.running import moment
from pipelines.errors import ExitCode, ResultsdayError

if TYPE_CHECKING:
    from pathlib import Path


def show(data: Path, as_of: str | None, output: str) -> int:
    """Ask everything, tell it, give the exit code. Raises UsageError for a moment that is none."""
    printing.refuse_csv(output, "resultsday doctor")
    checks = examine(data, moment(as_of), now())
    code = ends_with(checks)
    if output == "json":
        told = {"checks": [{**asdict(check), "exit_code": int(check.exit_code)} for check in checks]}
        printing.write_exactly(printing.as_json({**told, "outcome": outcome(checks), "exit_code": int(code)}))
    else:
        printing.write("\n".join([*map(line, checks), outcome(checks)]) + "\n")
    return int(code)


def examine(data: Path, as_of: datetime, clock: datetime) -> list[Check]:
    """Every check there is, in the order in which a person would look."""
    tables = read_tables(resources.reference_data(), data / "local" / "reference")
    asked: tuple[tuple[str, Callable[[], Check | list[Check]]], ...] = (
        ("python", check_python),
        ("disk", lambda: check_space(data)),
        ("rights", lambda: check_rights(data)),
        ("place", lambda: check_place(data)),
        ("lock", lambda: check_lock(data)),
        ("clock", lambda: check_clock(data, clock, tables)),
        ("config", lambda: check_config(data)),
        ("calendar", lambda: check_calendar(as_of, tables, asked_season(data))),
        ("local", lambda: check_local(data, tables)),
        ("figures", lambda: check_figures(tables)),
    )
    return [check for name, question in asked for check in _answered(name, question)]


def _answered(name: str, question: Callable[[], Check | list[Check]]) -> list[Check]:
    """The checks of one question; a folder that refuses to be looked at is an answer too."""
    try:
        found = question()
    except ResultsdayError as error:
        return [said(name, error)]
    except OSError as error:
        what = f"Cannot be looked at: {error.strerror}."
        return [wrong(name, what, str(error.filename or ""), "Check that you may read it.", ExitCode.DISK)]
    return found if isinstance(found, list) else [found]


def line(check: Check) -> str:
    """One check on one line: how it came out, which, what is the case, where, what to do."""
    parts = [check.what, f"[{check.where}]" if check.where else "", check.todo]
    return f"{check.state.value:<5}  {check.name:<15}  {' '.join(filter(None, parts))}"


def outcome(checks: Sequence[Check]) -> str:
    """The last line: all of it in words."""
    faults = sum(check.state is State.WRONG for check in checks)
    looks = sum(check.state is State.LOOK for check in checks)
    if faults:
        return f"{_things(faults)} wrong: mend that first." + (f" {_things(looks)} to look at." if looks else "")
    return f"Fit for results day; {_things(looks)} to look at." if looks else "Fit for results day."


def _things(count: int) -> str:
    return "1 thing is" if count == 1 else f"{count} things are"
