"""The texts that make a machine run us each week: systemd's two units, a block of crontab, a task of Windows.

Takes a `Timetable`, gives text; installs nothing. Promises: every word of the command line reaches the program as it
stands here, whatever it holds of spaces, quotes, `%` or `$`; what no text can carry is a `UsageError`.

Sources: systemd.service(5), systemd.time(7), crontab(5), the Task Scheduler schema of Microsoft.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines import resources
from pipelines.commands.last_run import DAYS
from pipelines.errors import UsageError

SERVICE, TIMER = "resultsday.service", "resultsday.timer"
CRON_BEGIN, CRON_END = "# resultsday: begin", "# resultsday: end"
_CRON_BLOCK = re.compile(rf"^{CRON_BEGIN}\n(?:.*\n){{0,3}}?{CRON_END}(?:\n|\Z)", re.MULTILINE)
_FULL_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Timetable:
    """When what is run, and where."""

    days: tuple[str, ...]  #: `mon`, …
    hour: int
    minute: int
    command: tuple[str, ...]  #: the program and its arguments, every path from the root
    folder: str  #: the folder it is run in

    @property
    def at(self) -> str:
        """`08:30`."""
        return f"{self.hour:02d}:{self.minute:02d}"

    def following(self, moment: datetime) -> datetime:
        """The next time after a moment, by the clock of that moment's zone."""
        wanted = {DAYS.index(day) for day in self.days}
        for ahead in range(8):
            then = (moment + timedelta(days=ahead)).replace(
                hour=self.hour, minute=self.minute, second=0, microsecond=0, fold=0
            )
            if then.weekday() in wanted and then > moment:
                return then
        raise ValueError("a timetable without a day")


def timetable(weekly: str, at: str, command: tuple[str, ...], folder: str) -> Timetable:
    """A timetable of what was typed. Of Mondays Tuesday is a part: by then the week's files must be here.

    Raises UsageError for a day or a time that is none, and for a path that no line of text can hold.
    """
    word = weekly.strip().lower()
    found = [day for day, full in zip(DAYS, _FULL_DAYS, strict=True) if word in (day, full.lower())]
    if not found:
        raise UsageError(f"--weekly {weekly} is no day of the week.", f"It is one of {', '.join(DAYS)}.")
    clock = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", at.strip())
    if clock is None:
        raise UsageError(f"--at {at} is no time of day.", "Write it with 24 hours, as 08:30.")
    for part in (*command, folder):
        if re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", part):
            what = "A path holds a line end or another character that a timer cannot carry."
            raise UsageError(what, "Rename the folder, then install again.")
    days = (*found, "tue") if found == ["mon"] else tuple(found)
    return Timetable(days, int(clock[1]), int(clock[2]), command, folder)


def program() -> tuple[tuple[str, ...], str | None]:
    """The words that start this program, and the folder it needs to be in; None where any will do."""
    top = Path(resources.__file__).absolute().parent.parent
    if (top / "pyproject.toml").is_file():
        return (sys.executable, "-m", "pipelines.cli"), str(top)
    beside = Path(sys.executable).with_name("resultsday.exe" if sys.platform == "win32" else "resultsday")
    return ((str(beside),), None) if beside.is_file() else ((sys.executable, "-P", "-m", "pipelines.cli"), None)


def _fill(name: str, **words: Any) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.templates()),
        undefined=StrictUndefined,
        autoescape=name.endswith(".xml"),
        keep_trailing_newline=True,
    )
    return environment.get_template(name).render(**words)


def _systemd_word(word: str) -> str:
    """A word as ExecStart= takes it: specifiers, variables, quotes and backslashes made plain."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return plain if re.fullmatch(r"[\w@%+=:,./$-]+", plain) else f'"{plain}"'


def systemd_units(table: Timetable) -> dict[str, str]:
    """The two units, by their file names."""
    return {
        SERVICE: _fill(
            "schedule.service",
            folder=table.folder.replace("%", "%%"),
            command=" ".join(map(_systemd_word, table.command)),
        ),
        TIMER: _fill("schedule.timer", days=",".join(day.capitalize() for day in table.days), at=table.at),
    }


def cron_block(table: Timetable) -> str:
    """The lines of a crontab, with marks around them by which they are found again."""
    days = sorted((DAYS.index(day) + 1) % 7 for day in table.days)
    line = f"cd {shlex.quote(table.folder)} && {shlex.join(table.command)}"
    return _fill(
        "schedule.cron",
        begin=CRON_BEGIN,
        end=CRON_END,
        minute=table.minute,
        hour=table.hour,
        days=",".join(map(str, days)),
        command=line.replace("%", "\\%"),
    )


def without_cron_block(crontab: str) -> str:
    """A crontab without our block; every other line as it was. A block that lost a mark is a person's to mend."""
    return _CRON_BLOCK.sub("", crontab)


def cron_blocks(crontab: str) -> str:
    """Our block, or nothing."""
    return "".join(found.group() for found in _CRON_BLOCK.finditer(crontab))


def task(table: Timetable, moment: datetime) -> str:
    """The task of Windows; its first day is the next one after that moment."""
    return _fill(
        "schedule.xml",
        start=table.following(moment).strftime("%Y-%m-%dT%H:%M:%S"),
        days=[_FULL_DAYS[DAYS.index(day)] for day in table.days],
        program=table.command[0],
        arguments=subprocess.list2cmdline(table.command[1:]),
        folder=table.folder,
    )
