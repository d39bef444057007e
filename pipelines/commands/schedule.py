"""`resultsday schedule install|show|remove`: the weekly run as a systemd user timer, a cron line or a task of Windows.

Takes when and what; asks the machine's own tool to take it up, and notes it in `schedule.json`. Promises: one schedule
a user, a later one takes the place of an earlier; other timers and other lines of a crontab are left as they are;
`--print` touches nothing. What the machine refuses is told in its own words with the way round.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines import files
from pipelines.commands import last_run, printing, published, timers
from pipelines.commands.timers import SERVICE, TIMER, Timetable
from pipelines.config import inboxes
from pipelines.errors import ExitCode, UsageError

KINDS = ("systemd", "cron", "task")
TASK = "resultsday"
_NAMES = {"systemd": "a systemd user timer", "cron": "a line of your crontab", "task": "a task of the Task Scheduler"}
_PRINT = "`resultsday schedule install --print` shows what would be set up, to be set up by hand."


@dataclass(frozen=True)
class Wanted:
    """What was asked for."""

    weekly: str
    at: str
    kind: str | None
    inboxes: tuple[Path, ...]
    only_print: bool


def install(data: Path, wanted: Wanted, output: str) -> int:
    """Set the weekly run up, or print it; give the exit code. Raises UsageError where it cannot be done here."""
    printing.refuse_csv(output, "resultsday schedule install")
    table = _timetable(data, wanted)
    kind = wanted.kind or kind_here()
    texts = _texts(kind, table)
    if not wanted.only_print:
        _warn(data, wanted)
        _installers()[kind](texts)
        folders = tuple(str(inbox.absolute()) for inbox in wanted.inboxes)
        now = published.now().isoformat(timespec="seconds")
        last_run.remember(data, last_run.Scheduled(kind, table.days, table.at, folders, now))
    if output == "json":
        told = {"kind": kind, "days": table.days, "at": table.at, "command": table.command, "folder": table.folder}
        printing.write_exactly(printing.as_json({**told, "texts": texts, "is_installed": not wanted.only_print}))
    elif wanted.only_print:
        printing.write_exactly("\n".join(_headed(texts)))
    else:
        following = published.clock(table.following(published.now().astimezone(published.LONDON)), published.now().year)
        printing.write(
            f"installed {_NAMES[kind]}: {' and '.join(day.capitalize() for day in table.days)} {table.at}.\n"
        )
        printing.write(f"It runs next {following}. {_ADVICE[kind]}\n")
    return int(ExitCode.DONE)


_ADVICE = {
    "systemd": "It runs while you are logged in; `loginctl enable-linger` lets it run without. Its words: "
    "journalctl --user -u resultsday",
    "cron": "cron leaves out a run when the machine is off, and mails what is said to you where mail is set up.",
    "task": "It runs while you are logged in; when the machine was off it catches up.",
}


def _timetable(data: Path, wanted: Wanted) -> Timetable:
    start, folder = timers.program()
    command = [*start, "run", "--scheduled", "--data", str(data.absolute())]
    for inbox in wanted.inboxes:
        command += ["--inbox", str(inbox.absolute())]
    return timers.timetable(wanted.weekly, wanted.at, tuple(command), folder or str(data.absolute()))


def _texts(kind: str, table: Timetable) -> dict[str, str]:
    if kind == "systemd":
        return timers.systemd_units(table)
    if kind == "cron":
        return {"crontab": timers.cron_block(table)}
    return {f"{TASK}.xml": timers.task(table, published.now().astimezone(published.LONDON))}


def _headed(texts: dict[str, str]) -> list[str]:
    """Each text; where there are several, its file above it as a comment."""
    if len(texts) == 1:
        return list(texts.values())
    return [f"# {_unit_folder() / name}\n{text}" for name, text in texts.items()]


def _warn(data: Path, wanted: Wanted) -> None:
    """Say what is true of this shell or this folder now and would not do then."""
    others = sorted(name for name in os.environ if name.startswith("RESULTSDAY_") and name != "RESULTSDAY_DATA")
    if others:
        printing.say(f"note: {', '.join(others)} will not be set then; write it into {data / 'resultsday.toml'}.")
    for inbox in inboxes(data, wanted.inboxes):
        if not inbox.is_dir():
            printing.say(f"note: there is no folder {inbox} yet; make it and put each Monday's files there.")


def kind_here() -> str:
    """What this machine has to start things with. Raises UsageError where it has nothing that we know."""
    if sys.platform == "win32":
        return "task"
    if _has_systemd():
        return "systemd"
    if shutil.which("crontab"):
        return "cron"
    raise UsageError(
        "This machine has neither systemd for users nor cron.", _PRINT.replace("--print", "--kind cron --print")
    )


def _has_systemd() -> bool:
    if not shutil.which("systemctl"):
        return False
    return _call(["systemctl", "--user", "show-environment"]).returncode == 0


def _call(command: list[str], given: str | None = None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command, input=given, capture_output=True, check=False, encoding="utf-8", errors="replace", timeout=60
        )
    except FileNotFoundError:
        raise UsageError(f"There is no {command[0]} on this machine.", _PRINT) from None
    except subprocess.TimeoutExpired:
        raise UsageError(f"{command[0]} did not answer within a minute.", _PRINT) from None


def _must(command: list[str], given: str | None = None) -> str:
    done = _call(command, given)
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split()) or "nothing"
        raise UsageError(f"`{' '.join(command)}` failed and said: {said}", _PRINT)
    return done.stdout


def _unit_folder() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config", "systemd", "user")


def _install_systemd(texts: dict[str, str]) -> None:
    folder = files.make_folder(_unit_folder())
    for name, text in texts.items():
        files.write_text(folder / name, text)
    _must(["systemctl", "--user", "daemon-reload"])
    _must(["systemctl", "--user", "enable", TIMER])
    # a timer that is running already would keep its old times
    _must(["systemctl", "--user", "restart", TIMER])


def _crontab() -> str:
    done = _call(["crontab", "-l"])
    if done.returncode and "no crontab" not in done.stderr:
        raise UsageError(f"`crontab -l` failed and said: {' '.join(done.stderr.split()) or 'nothing'}", _PRINT)
    return "" if done.returncode else done.stdout


def _install_cron(texts: dict[str, str]) -> None:
    kept = timers.without_cron_block(_crontab())
    end = "" if not kept or kept.endswith("\n") else "\n"
    _must(["crontab", "-"], f"{kept}{end}{texts['crontab']}")


def _install_task(texts: dict[str, str]) -> None:
    with files.temporary_folder() as folder:
        path = folder / f"{TASK}.xml"
        # schtasks reads UTF-16 with its mark on every Windows, UTF-8 on some
        files.write_bytes(path, texts[path.name].encode("utf-16"))
        _must(["schtasks", "/Create", "/TN", TASK, "/XML", str(path), "/F"])


def _installers() -> dict[str, Any]:
    return {"systemd": _install_systemd, "cron": _install_cron, "task": _install_task}


def _installed() -> dict[str, dict[str, str]]:
    """The texts that are set up on this machine, by kind."""
    found: dict[str, dict[str, str]] = {}
    units = [_unit_folder() / name for name in (SERVICE, TIMER)]
    if all(unit.is_file() for unit in units):
        found["systemd"] = {unit.name: unit.read_text(encoding="utf-8") for unit in units}
    if shutil.which("crontab"):
        crontab = _crontab()
        if ours := timers.cron_blocks(crontab):
            found["cron"] = {"crontab": ours}
    if shutil.which("schtasks"):
        done = _call(["schtasks", "/Query", "/TN", TASK, "/XML"])
        if done.returncode == 0:
            found["task"] = {f"{TASK}.xml": done.stdout}
    return found


def show(data: Path, output: str) -> int:
    """Say what is set up, when it runs next and how it ended last; give the exit code."""
    printing.refuse_csv(output, "resultsday schedule show")
    found, setup, last = _installed(), last_run.scheduled(data), last_run.last_run(data)
    following = None
    if setup is not None:
        start, _, minute = setup.at.partition(":")
        table = Timetable(setup.days, int(start), int(minute), (), "")
        following = table.following(published.now().astimezone(published.LONDON))
    if output == "json":
        told = {"installed": found, "next": following.isoformat() if following else None, "last_run": last}
        printing.write_exactly(printing.as_json(told))
        return int(ExitCode.DONE)
    lines = [line for kind, texts in found.items() for line in (f"{_NAMES[kind]}:", *_headed(texts))]
    if not found:
        lines.append("Nothing is set up on this machine. Try: resultsday schedule install --weekly mon --at 08:30")
    if found and following:
        lines.append(f"next      {published.clock(following, published.now().year)}")
    told_last = last_run.in_words(setup, last, published.now())
    lines += [f"schedule  {told_last}"] if told_last else []
    printing.write("\n".join(line.rstrip("\n") for line in lines) + "\n")
    return int(ExitCode.DONE)


def remove(data: Path, kind: str | None, output: str) -> int:
    """Take away what is set up, of one kind or of any; give the exit code."""
    printing.refuse_csv(output, "resultsday schedule remove")
    found = [one for one in _installed() if kind in (None, one)]
    for one in found:
        _removers()[one]()
    setup = last_run.scheduled(data)
    if setup is not None and kind in (None, setup.kind):
        last_run.forget(data)
    if output == "json":
        printing.write_exactly(printing.as_json({"removed": found}))
    else:
        printing.write("".join(f"removed   {_NAMES[one]}\n" for one in found) or "There was nothing to remove.\n")
    return int(ExitCode.DONE)


def _remove_systemd() -> None:
    if shutil.which("systemctl"):
        # where no user manager runs there is nothing to stop, and the files go all the same
        _call(["systemctl", "--user", "disable", "--now", TIMER])
    for name in (SERVICE, TIMER):
        files.remove(_unit_folder() / name)
    if shutil.which("systemctl"):
        _call(["systemctl", "--user", "daemon-reload"])


def _remove_cron() -> None:
    _must(["crontab", "-"], timers.without_cron_block(_crontab()))


def _remove_task() -> None:
    _must(["schtasks", "/Delete", "/TN", TASK, "/F"])


def _removers() -> dict[str, Any]:
    return {"systemd": _remove_systemd, "cron": _remove_cron, "task": _remove_task}
