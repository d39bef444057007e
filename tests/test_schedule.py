"""The weekly run: the texts that start it, setting them up, and running what they would run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipelines import resources
from pipelines.commands import last_run, timers
from pipelines.commands.published import LONDON
from pipelines.commands.timers import Timetable
from pipelines.errors import ExitCode, UsageError
from pipelines.publish import runs
from tests.cli_helpers import CANARIES, Said, call, write_inbox

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "tests" / "fixtures" / "task.xsd"
TASKS = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
AWKWARD = ["plain", "with space", "100%", "$HOME", 'say "so"', "o'clock", "a;b & c", "back\\slash", "Prüfung", "[x]*?"]


def _table(*words: str, weekly_on: str = "mon", at: str = "08:30", folder: str = "/srv/results") -> Timetable:
    return timers.timetable(weekly_on, at, (sys.executable, *words), folder)


def _systemd_words(unit: str) -> list[str]:
    """The words of ExecStart=, as systemd.service(5) says they are read."""
    (line,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    words, pattern = [], re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
    for quoted, bare in pattern.findall(line):
        word = re.sub(r"\\(.)", r"\1", quoted or bare)
        words.append(word.replace("$$", "$").replace("%%", "%"))
    return words


def _cron_line(block: str) -> tuple[list[str], str]:
    """The five fields and the command of the block's one line; cron turns `\\%` into `%` and ends at a bare one."""
    (line,) = [line for line in block.splitlines() if line and not line.startswith("#")]
    *fields, command = line.split(" ", 5)
    assert not re.search(r"(?<!\\)%", command)
    return fields, command.replace("\\%", "%")


def _field(text: str, low: int, high: int) -> set[int]:
    """What a field of crontab(5) stands for."""
    found: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = (f"{low}-{high}" if span == "*" else span).partition("-")
        found |= set(range(int(first), int(last or first) + 1, int(step or 1)))
    assert found <= set(range(low, high + 1))
    return found


def _windows_words(line: str) -> list[str]:
    """The words of a command line by the rules of the C runtime of Windows."""
    words, word, is_quoted, is_word, at = [], "", False, False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        at += slashes
        if line[at : at + 1] == '"':
            word, is_word = word + "\\" * (slashes // 2), True
            if slashes % 2:
                word += '"'
            else:
                is_quoted = not is_quoted
            at += 1
        elif slashes:
            word, is_word = word + "\\" * slashes, True
        elif line[at] in " \t" and not is_quoted:
            words += [word] if is_word else []
            word, is_word, at = "", False, at + 1
        else:
            word, is_word, at = word + line[at], True, at + 1
    return [*words, word] if is_word else words


def _task(table: Timetable, moment: datetime = datetime(2026, 8, 12, 9, 0, tzinfo=LONDON)) -> etree._Element:
    return etree.fromstring(timers.task(table, moment).encode("utf-8"))


WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])), max_size=4)


@settings(deadline=None)  # the first example pays for the templates
@given(WORDS)
def test_every_word_reaches_the_program_as_it_was_whatever_it_holds(words: list[str]) -> None:
    table = _table(*words)
    assert _systemd_words(timers.systemd_units(table)[timers.SERVICE]) == list(table.command)
    _, command = _cron_line(timers.cron_block(table))
    assert shlex.split(command) == ["cd", table.folder, "&&", *table.command]
    arguments = _task(table).findtext(f".//{TASKS}Arguments")
    assert _windows_words(arguments or "") == words


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("word", AWKWARD)
def test_systemd_itself_finds_nothing_wrong_with_the_units(word: str, tmp_path: Path) -> None:
    folder = tmp_path / "work 100%"
    folder.mkdir()
    units = timers.systemd_units(_table("run", "--data", f"/srv/{word}", folder=str(folder)))
    for name, text in units.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / name) for name in units]
    env = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *paths],
        capture_output=True, text=True, check=False, env=env,
    )  # fmt: skip
    said = [line for line in (done.stdout + done.stderr).splitlines() if "resultsday" in line]
    assert (said, done.returncode) == ([], 0)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_itself_finds_a_unit_wrong_that_is(tmp_path: Path) -> None:
    """Or the test above could not fail."""
    unit = tmp_path / timers.SERVICE
    text = timers.systemd_units(_table("run"))[timers.SERVICE].replace(sys.executable, "/no/such/program")
    unit.write_text(text, encoding="utf-8")
    env = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", str(unit)],
        capture_output=True, text=True, check=False, env=env,
    )  # fmt: skip
    assert "/no/such/program" in done.stderr


MOMENTS = [
    datetime(2026, 8, 17, 8, 29, 59, tzinfo=LONDON),
    datetime(2026, 8, 17, 8, 30, tzinfo=LONDON),
    datetime(2026, 8, 18, 8, 30, tzinfo=LONDON),
    datetime(2026, 10, 23, 12, 0, tzinfo=LONDON),  # the clocks go back that weekend
    datetime(2026, 12, 30, 23, 0, tzinfo=LONDON),
]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("weekly_on", ["mon", "fri"])
def test_systemd_reads_the_times_as_they_are_meant(moment: datetime, weekly_on: str) -> None:
    table = _table(weekly_on=weekly_on)
    (when,) = re.findall(r"^OnCalendar=(.*)$", timers.systemd_units(table)[timers.TIMER], re.MULTILINE)
    base = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    done = subprocess.run(
        ["systemd-analyze", "calendar", f"--base-time={base}", when],
        capture_output=True, text=True, check=True, env={**os.environ, "TZ": "UTC"},
    )  # fmt: skip
    said = re.search(r"Next elapse: \w+ (\S+ \S+) UTC", done.stdout)
    assert said is not None
    assert datetime.fromisoformat(f"{said[1]}+00:00") == table.following(moment)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(("weekly_on", "at"), [("mon", "08:30"), ("sun", "23:59"), ("Tuesday", "0:00")])
def test_the_five_fields_of_the_cron_line_mean_the_same_times(moment: datetime, weekly_on: str, at: str) -> None:
    table = _table(weekly_on=weekly_on, at=at)
    fields, _ = _cron_line(timers.cron_block(table))
    bounds = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]
    minutes, hours, days, months, weekdays = (_field(text, *bound) for text, bound in zip(fields, bounds, strict=True))
    then = moment.replace(second=0, tzinfo=None)
    for _ in range(8 * 24 * 60):
        then += timedelta(minutes=1)
        fits = then.minute in minutes and then.hour in hours and then.day in days and then.month in months
        if fits and then.isoweekday() % 7 in weekdays:
            break
    assert then == table.following(moment).replace(tzinfo=None)


@pytest.mark.parametrize("word", AWKWARD)
def test_the_task_keeps_to_the_schema_and_begins_on_the_next_day_that_is_its(word: str) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    task = _task(_table("run", "--data", f"C:\\Exams\\{word}", folder="C:\\Exams"))
    schema.assertValid(task)
    assert task.findtext(f".//{TASKS}StartBoundary") == "2026-08-17T08:30:00"
    days = task.find(f".//{TASKS}DaysOfWeek")
    assert days is not None
    assert [day.tag for day in days] == [f"{TASKS}Monday", f"{TASKS}Tuesday"]


def test_the_schema_refuses_a_task_whose_order_or_principal_is_wrong() -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    text = timers.task(_table("run"), MOMENTS[0])
    boundary = re.search(r" *<StartBoundary>.*?</StartBoundary>\n", text)
    assert boundary is not None
    swapped = text.replace(boundary[0], "").replace("</ScheduleByWeek>\n", f"</ScheduleByWeek>\n{boundary[0]}")
    for wrong in (swapped, text.replace('Context="Author"', 'Context="Nobody"'), text.replace("2004/02", "2005/02")):
        assert wrong != text
        assert not schema.validate(etree.fromstring(wrong.encode()))


@pytest.mark.parametrize(
    ("weekly_on", "at", "says"),
    [("noday", "08:30", "--weekly"), ("", "08:30", "--weekly"), ("mon", "24:00", "--at"), ("mon", "8.30", "--at")],
)
def test_a_day_or_a_time_that_is_none_is_a_fault_of_usage(weekly_on: str, at: str, says: str, tmp_path: Path) -> None:
    said = call("schedule", "install", "--weekly", weekly_on, "--at", at, "--print", "--data", tmp_path)
    assert said.code == ExitCode.USAGE
    assert says in said.err


def test_a_path_with_a_line_end_is_refused_since_it_would_begin_a_line_of_its_own() -> None:
    with pytest.raises(UsageError, match="Rename the folder"):
        _table("run", "--data", "/srv/a\n* * * * * rm")


def test_printing_installs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", "")
    for kind in ("systemd", "cron", "task"):
        said = call("schedule", "install", "--kind", kind, "--print", "--data", tmp_path / "data")
        assert said.code == 0
        assert str(tmp_path / "data") in said.out
    assert list(tmp_path.iterdir()) == []


# --- setting it up, with stand-ins for the machine's own tools


class Machine:
    """A home, and a folder of programs that write down what they were asked."""

    def __init__(self, folder: Path) -> None:
        self.home, self.programs, self.log = folder / "home", folder / "bin", folder / "log"
        self.data, self.crontab = folder / "data", folder / "crontab"
        for made in (self.home, self.programs, self.data / "inbox"):
            made.mkdir(parents=True)

    def add(self, name: str, body: str = "") -> None:
        program = self.programs / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> {self.log}\n{body}\n', encoding="utf-8")
        program.chmod(0o755)

    def call(self, *arguments: str | Path) -> Said:
        env = {"HOME": str(self.home), "PATH": f"{self.programs}:/usr/bin:/bin", "XDG_CONFIG_HOME": ""}
        return call("schedule", *arguments, "--data", self.data, env=env)

    @property
    def asked(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    if os.name == "nt":
        pytest.skip("the stand-ins are shell scripts")
    made = Machine(tmp_path)
    made.add("systemctl")
    made.add(
        "crontab",
        f'if [ "$1" = -l ]; then test -f {made.crontab} && cat {made.crontab} || '
        f'{{ echo "no crontab for someone" >&2; exit 1; }}; else cat > {made.crontab}; fi',
    )
    return made


def test_where_systemd_runs_for_users_the_timer_is_installed_shown_and_removed(machine: Machine) -> None:
    said = machine.call("install")
    assert said.code == 0, said.err
    units = machine.home / ".config" / "systemd" / "user"
    assert {path.name for path in units.iterdir()} == {timers.SERVICE, timers.TIMER}
    assert "systemctl --user daemon-reload" in machine.asked
    assert f"systemctl --user enable {timers.TIMER}" in machine.asked
    assert "Mon and Tue 08:30" in said.out
    shown = machine.call("show")
    assert "OnCalendar=Mon,Tue" in shown.out
    assert "has not run yet" in shown.out
    assert machine.call("remove").code == 0
    assert list(units.iterdir()) == []
    assert f"systemctl --user disable --now {timers.TIMER}" in machine.asked
    assert "Nothing is set up" in machine.call("show").out
    assert machine.call("remove").out == "There was nothing to remove.\n"


def test_without_systemd_the_crontab_gets_one_block_and_keeps_every_other_line(machine: Machine) -> None:
    machine.add("systemctl", "exit 1")
    mine = "MAILTO=me\n# mine\n5 4 * * * /usr/local/bin/backup # 100\\% of it"
    machine.crontab.write_text(mine, encoding="utf-8")
    assert machine.call("install").code == 0
    assert machine.call("install", "--at", "09:15").code == 0
    text = machine.crontab.read_text(encoding="utf-8")
    assert text.startswith(f"{mine}\n{timers.CRON_BEGIN}\n")
    assert text.count(timers.CRON_BEGIN) == text.count(timers.CRON_END) == 1
    assert "\n15 9 * * 1,2 " in text
    assert "15 9 * * 1,2" in machine.call("show").out
    assert machine.call("remove").code == 0
    assert machine.crontab.read_text(encoding="utf-8") == f"{mine}\n"


def test_a_block_that_lost_its_end_takes_no_other_line_with_it() -> None:
    text = f"{timers.CRON_BEGIN}\n1 2 * * * ours\n3 4 * * * theirs\n5 6 * * * theirs too\n7 8 * * * more\n"
    assert timers.without_cron_block(text) == text
    assert timers.without_cron_block(text + timers.cron_block(_table("run"))) == text


def test_a_task_is_given_to_windows_in_the_encoding_it_reads(machine: Machine) -> None:
    kept = machine.home / "given.xml"
    machine.add("schtasks", f'for word; do case "$word" in *.xml) cp "$word" {kept};; esac; done')
    assert machine.call("install", "--kind", "task").code == 0
    data = kept.read_bytes()
    assert data[:2] in (b"\xff\xfe", b"\xfe\xff")
    etree.XMLSchema(etree.parse(str(SCHEMA))).assertValid(etree.fromstring(data))
    assert any(line.startswith("schtasks /Create /TN resultsday /XML ") for line in machine.asked)


def test_what_the_machine_refuses_is_told_in_its_own_words(machine: Machine) -> None:
    machine.add("systemctl", 'if [ "$2" = enable ]; then echo "no such luck" >&2; exit 5; fi')
    said = machine.call("install")
    assert said.code == ExitCode.USAGE
    assert "no such luck" in said.err
    assert "--print" in said.err
    assert not (machine.data / last_run.SCHEDULE).exists()


def test_a_machine_with_neither_says_so(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    said = machine.call("install")
    assert said.code == ExitCode.USAGE
    assert "--print" in said.err


def test_settings_that_only_this_shell_has_are_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESULTSDAY_CENTRES", "99999")
    said = machine.call("install")
    assert "RESULTSDAY_CENTRES will not be set then" in said.err


@pytest.mark.parametrize("has_script", [True, False])
def test_an_installed_program_is_started_from_any_folder(
    has_script: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkout must be the folder it is run in; the folder of an installed package may be gone after an upgrade."""
    assert timers.program() == ((sys.executable, "-m", "pipelines.cli"), str(ROOT))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "site-packages" / "pipelines" / "resources.py"))
    script = tmp_path / ("resultsday.exe" if sys.platform == "win32" else "resultsday")
    if has_script:
        script.touch()
    module = (str(tmp_path / "python"), "-P", "-m", "pipelines.cli")
    assert timers.program() == ((str(script),) if has_script else module, None)


# --- running what they would run


def _commands(data: Path) -> dict[str, tuple[list[str], str]]:
    """The words and the folder that each kind would start, read out of what it prints."""
    texts = {
        kind: json.loads(
            call("schedule", "install", "--kind", kind, "--print", "--data", data, "--format", "json").out
        )["texts"]
        for kind in ("systemd", "cron", "task")
    }
    unit = texts["systemd"][timers.SERVICE]
    (folder,) = re.findall(r"^WorkingDirectory=(.*)$", unit, re.MULTILINE)
    _, shell = _cron_line(texts["cron"]["crontab"])
    task = etree.fromstring(texts["task"]["resultsday.xml"].encode())
    program = [task.findtext(f".//{TASKS}Command") or ""]
    program += _windows_words(task.findtext(f".//{TASKS}Arguments") or "")
    return {
        "systemd": (_systemd_words(unit), folder.replace("%%", "%")),
        "cron": (["/bin/sh", "-c", shell], "/"),
        "task": (program, task.findtext(f".//{TASKS}WorkingDirectory") or ""),
    }


@pytest.mark.skipif(os.name == "nt", reason="cron's line is for a shell")
def test_what_each_kind_would_start_runs_and_ends_with_0_in_seconds_when_nothing_changed(tmp_path: Path) -> None:
    data = tmp_path / "exams 100% o'clock"
    write_inbox(data / "inbox")
    env = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    outcomes = []
    for words, folder in _commands(data).values():
        begun = time.monotonic()
        done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - begun
        assert done.returncode == 0, done.stderr
        told = json.loads((data / last_run.LAST_RUN).read_text(encoding="utf-8"))
        outcomes.append(told["outcome"])
        assert told["exit_code"] == 0
        assert told["is_unchanged"] == (len(outcomes) > 1)
        assert told["run"] == (data / "current").resolve().name
        assert len(done.stdout.splitlines()) == 1
        assert not [word for word in CANARIES if word in json.dumps(told) + done.stdout + done.stderr]
        assert not told["is_unchanged"] or seconds < 30
    assert outcomes == ["published a new run", "nothing changed", "nothing changed"]
    assert len(runs(data)) == 1
