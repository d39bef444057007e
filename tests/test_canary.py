"""Names, numbers and birth dates are where they are meant to be and nowhere else: not while a run goes, not after it.

The people of `tests/canary.py` are in every carrier, in rows that can be used, that cannot, and in files that are
refused. What is written, said, raised and left behind is searched for each of them; the same search finds them all in
the few places that are there to hold them.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import etree

from pipelines import database, files
from pipelines import run as run_module
from pipelines.errors import ExitCode
from tests import canary
from tests.cli_helpers import AS_OF, Said, call

pytestmark = pytest.mark.xdist_group("canary")
ROOT = Path(__file__).parent.parent
CENTRES = ("--centre", "99998", "--centre", "99999")

#: below the data folder, what is there to hold people, and why
HOLDERS = {
    "inbox": "the files as they came; not ours",
    "local": "what the exams office wrote itself",
    "runs/*/raw": "the bytes received, for who asks where a row came from",
    "runs/*/tables": "the tables that staff ask",
    "runs/*/rejects": "rows set aside, to be put right",
    "runs/*/results.duckdb": "the same tables",
    "runs/*/reports/report.html": "for the exams office",
    "runs/*/reports/discrepancies.csv": "for the exams office",
    "runs/*/reports/discrepancies.xlsx": "for the exams office",
    "runs/*/reports/by-rule": "for the exams office",
    "runs/*/reports/centres": "for the exams office of one centre; its summary is not among them",
    "cache": "files as they were read",
    "packs": "query sheets, to be sent by who is asked",
}
#: below those, what names nobody all the same
NAMELESS = {"summary.html", "trust.html"}


def is_holder(path: Path, data: Path) -> bool:
    """Whether a file of the data folder is there to hold people."""
    place = path.relative_to(data)
    above = [place, *place.parents]
    return path.name not in NAMELESS and any(one.match(pattern) for one in above for pattern in HOLDERS)


@dataclass
class Watcher:
    """What was seen below some folders while a program ran: files of the temporary one, folders others may enter."""

    temporary: Path
    data: Path
    is_over: bool = False
    left: set[str] = field(default_factory=set)
    modes: set[int] = field(default_factory=set)
    open_to_others: set[str] = field(default_factory=set)
    looks: int = 0

    def look(self) -> None:
        """Look once."""
        self.looks += 1
        for path in self.temporary.glob("*"):
            with suppress(FileNotFoundError):
                self.modes.add(stat.S_IMODE(path.lstat().st_mode))
                self.left.add(path.name)
                self.left |= {f"{path.name}/{below.name}" for below in path.glob("*")}
        for path in [*self.data.glob("*"), *self.data.glob("runs/.*"), *self.data.glob("cache/*")]:
            try:
                mode = stat.S_IMODE(path.lstat().st_mode)
            except FileNotFoundError:
                continue
            if path.is_dir() and path.name not in ("inbox", "local") and not path.is_symlink() and mode & 0o077:
                self.open_to_others.add(str(path))

    def until_over(self) -> None:
        """Look again and again."""
        while not self.is_over:
            self.look()
            time.sleep(0.005)


@contextmanager
def watched(temporary: Path, data: Path) -> Iterator[Watcher]:
    """Watch both folders meanwhile."""
    watcher = Watcher(temporary, data)
    thread = threading.Thread(target=watcher.until_over)
    thread.start()
    try:
        yield watcher
    finally:
        watcher.is_over = True
        thread.join()


def child(temporary: Path, umask: int, *arguments: str | Path) -> Said:
    """`resultsday` in a process of its own, with this umask and this place for temporary files."""
    program = f"import os, sys; os.umask({umask}); from pipelines.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT, env={**os.environ, "TMPDIR": str(temporary), "POLARS_TEMP_DIR": str(temporary / "polars")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Ran:
    """A data folder in which all was done once, what was said of it, and what was seen meanwhile."""

    data: Path
    said: dict[str, Said]
    watcher: Watcher
    checked: Watcher
    temporary: Path

    def files(self) -> list[Path]:
        return [path for path in self.data.rglob("*") if path.is_file() and not path.is_symlink()]


#: what lists people on stdout because it was asked to: of these stderr alone is searched
LISTS = ("findings", "checkpoint", "diff", "inspect", "waive list", "query")


def _use(data: Path, said: dict[str, Said]) -> None:
    """Use every command that works on a run, with --debug before it."""
    out = data.parent / "out"
    out.mkdir()
    asked: dict[str, list[str | Path]] = {
        "status": ["status"],
        "status json": ["status", "--format", "json"],
        "explain": ["explain", "row_rejected"],
        "doctor": ["doctor"],
        "pack": ["pack"],
        "broadsheet": ["broadsheet", "--to", out / "b.xlsx"],
        "slips": ["slips", "--to", out / "s.html"],
        "checkpoint": ["checkpoint", "--keep", "--by", "A. Officer"],
        "findings": ["findings"],
        "query": ["query", "FROM candidates", "--to", out / "q.csv"],
        "inspect": ["inspect", data / "inbox" / "entries.csv"],
        "inspect shapes": ["inspect", data / "inbox" / "examined_marks.csv", "--show"],
        "waive list": ["waive", "list"],
        "new key": ["share", "--new-key", out / "k"],
        "purge": ["purge", "--before", "2020-01-01"],
    }
    for name, arguments in asked.items():
        said[name] = call("--debug", *arguments, "--data", data)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    place = tmp_path_factory.mktemp("canary")
    data, temporary = place / "data", place / "temporary"
    canary.lay_out(data)
    temporary.mkdir()
    said: dict[str, Said] = {}
    options: tuple[str | Path, ...] = ("--data", data, "--as-of", AS_OF, *CENTRES)
    with watched(temporary, data) as watcher:
        said["run"] = child(temporary, 0, "--debug", "run", *options)
    with watched(temporary, data) as checked:
        said["check"] = child(temporary, 0o002, "--debug", "check", *options, "--format", "json")
    _use(data, said)
    return Ran(data, said, watcher, checked, temporary)


def test_every_command_did_its_work(ran: Ran) -> None:
    assert {name: one for name, one in ran.said.items() if one.code not in (ExitCode.DONE, ExitCode.FINDINGS)} == {}


def test_nothing_that_is_said_names_anybody(ran: Ran) -> None:
    for name, said in ran.said.items():
        spoken = said.err if name in LISTS else said.out + said.err
        assert canary.found(spoken.encode()) == set(), name
    assert canary.found(ran.said["findings"].out.encode()), "the search must find those that are listed"


def test_no_file_but_those_that_are_there_to_hold_people_holds_any(ran: Ran) -> None:
    others = [path for path in ran.files() if not is_holder(path, ran.data)]
    names = {path.name for path in others}
    assert {"run.json", "summary.html", "trust.html", "current.txt"} <= names
    assert {
        str(path.relative_to(ran.data)): found for path in others if (found := canary.found(path.read_bytes()))
    } == {}


def test_no_file_and_no_folder_is_called_after_anybody(ran: Ran) -> None:
    every = [path.relative_to(ran.data.parent) for path in ran.data.parent.rglob("*")]
    assert len(every) > 100
    assert canary.found("\n".join(map(str, every)).encode()) == set()


def test_the_same_search_finds_everybody_where_they_are_meant_to_be(ran: Ran) -> None:
    seen: set[str] = set()
    for path in (ran.data / "runs").glob("*/raw/*"):
        seen |= canary.found(path.read_bytes())
    kept = {"places", "waivers", "changes"}
    # EDI and A2C results say no birth date, and of names EDI results have none
    for one in canary.everybody():
        if one.carrier not in kept:
            assert one.uci[:12] in seen, one
            assert one.carrier == "edi" or one.surname in seen, one
    for path in (ran.data / "local").glob("*.csv"):
        seen |= canary.found(path.read_bytes())
    assert {one.uci[:12] for one in canary.everybody()} <= seen


def _cells(ran: Ran, pattern: str) -> set[str]:
    found: set[str] = set()
    for path in sorted(ran.data.glob(f"runs/*/{pattern}")):
        found |= canary.found(pl.read_parquet(path).cast(pl.String, strict=False).write_csv().encode())
    return found


def test_good_people_of_every_carrier_are_in_the_tables_and_bad_rows_among_those_set_aside(ran: Ran) -> None:
    tables, aside = _cells(ran, "tables/candidate*.parquet"), _cells(ran, "rejects/*.parquet")
    for carrier in canary.CARRIERS:
        first, second, bad = canary.people(carrier)
        if carrier in canary.UNREAD or carrier in ("places", "changes", "waivers"):
            continue
        assert {first.uci[:12], second.uci[:12]} <= tables, carrier
        assert bad.uci[:12] in aside, carrier


@pytest.mark.parametrize(
    "spelled",
    [
        "zQXEDIONE", "Zqxedione".encode("utf-16"), "%5aqx%65dione", "&#90;qxedione", '"\\u005aqxedione"',
        b"__" + b64encode(b"name: Zqxedione."), b64encode(b"a Zqxedione."),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_spelled(spelled: str | bytes) -> None:
    assert canary.found(spelled if isinstance(spelled, bytes) else spelled.encode()) == {"Zqxedione"}


def test_a_birth_date_is_found_however_it_is_spelled() -> None:
    one = canary.people("edi")[0]
    for day in one.dates():
        assert canary.found(f"born {day}.".encode()), day
    assert canary.found(f"{one.born:%d%m%y}1".encode()) == set(), "a number that has the figures in it is no date"


def test_nothing_is_left_in_the_temporary_folder_nor_was_there_while_it_ran(ran: Ran) -> None:
    assert ran.watcher.looks > 50
    assert ran.watcher.left == set(), "a run that publishes has its own folder for all it writes"
    assert list(ran.temporary.iterdir()) == []


def test_nothing_of_ours_was_open_to_others_while_it_ran_or_is_now(ran: Ran) -> None:
    assert ran.watcher.open_to_others == set()
    mine = [path for path in [*ran.data.rglob("*"), *(ran.data.parent / "out").rglob("*")] if not path.is_symlink()]
    theirs = {
        ran.data / "inbox",
        ran.data / "local",
        *(ran.data / "inbox").iterdir(),
        *(ran.data / "local").glob("*.csv"),
    }
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in mine if path not in theirs}
    assert len(modes) > 100
    assert {str(path): oct(mode) for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}


def test_a_check_keeps_what_it_makes_in_one_private_folder_that_is_gone_when_it_ends(ran: Ran) -> None:
    assert ran.said["check"].code == ExitCode.FINDINGS
    assert {name.partition("/")[0].partition("-")[0] for name in ran.checked.left} == {"resultsday"}
    assert any("/" in name for name in ran.checked.left)
    assert set(ran.checked.modes) == {0o700}
    assert list(ran.temporary.iterdir()) == []


FAULTS = (
    "SELECT CAST(surname AS INTEGER) FROM candidates", "SELECT strptime(uci, '%Y') FROM candidates",
    "SELECT error(surname) FROM candidates", "SELECT regexp_matches('a', surname || '(') FROM candidates",
    "SELECT chr(CAST(ocr_candidate_number AS INTEGER)) FROM candidates", "SELECT CAST(uln AS TINYINT) FROM candidates",
    "SELECT make_date(CAST(date_part('year', date_of_birth) AS INTEGER), 13, 1) FROM candidates",
    "SELECT timezone(surname, now()) FROM candidates", "SELECT json_structure(surname) FROM candidates",
    "SELECT from_base64(surname) FROM candidates", "SELECT CAST('[' || surname AS INTEGER[]) FROM candidates",
)  # fmt: skip


@pytest.mark.parametrize("sql", FAULTS)
def test_a_question_that_fails_on_a_value_does_not_show_it(sql: str, ran: Ran) -> None:
    said = call("--debug", "query", sql, "--data", ran.data)
    assert said.code == ExitCode.USAGE
    assert said.out == ""
    assert "Error: " in said.err
    assert canary.found(said.err.encode()) == set()
    assert not any(str(one.born.year) in said.err for one in canary.everybody())


#: a name of each stage in `pipelines/run.py`; the last two fail in a thread, and when all but the switch is done
STAGES = ("receive", "read_and_check", "join", "write_tables", "publish.publish")


@pytest.mark.parametrize("stage", STAGES)
def test_a_fault_at_a_stage_shows_where_it_arose_and_nothing_of_anybody(
    stage: str, ran: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = canary.people("edi")[0]

    def fails(*_: Any, **__: Any) -> None:
        try:
            raise ValueError(" ".join((*one.words(), *one.dates())))
        except ValueError as cause:
            fault = RuntimeError(f"could not convert {one.words()}")
            fault.add_note(one.surname)
            raise fault from cause

    owner: Any = run_module
    *path, name = stage.split(".")
    for part in path:
        owner = getattr(owner, part)
    monkeypatch.setattr(owner, name, fails)
    place = tmp_path / "data"
    files.make_folder(place)
    # what was read before need not be read again
    (place / "cache").symlink_to(ran.data / "cache")
    said = call("--debug", "run", "--data", place, "--inbox", ran.data / "inbox", "--as-of", AS_OF, *CENTRES)
    assert said.code == ExitCode.BUG
    assert "RuntimeError" in said.err
    assert "test_canary.py" in said.err, "where it arose"
    assert canary.found((said.out + said.err).encode()) == set()
    left = [path for path in place.rglob("*") if path.is_file() and "cache" not in path.parts]
    assert {path.name for path in left} <= {".resultsday.lock"}, "nothing half-built is left"


LIBRARIES: dict[str, Callable[[], object]] = {
    "DuckDB": lambda: database.connect(Path("nowhere")).execute("SELECT CAST('Zqxedione' AS INTEGER)"),
    "Polars": lambda: pl.Series(["Zqxedione"]).cast(pl.Int64),
    "XML": lambda: etree.fromstring("<Zqxedione>Qwvedix</b>"),
}


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_a_library_quotes_of_a_row_is_not_shown(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.commands import status

    monkeypatch.setattr(status, "show", lambda *_: LIBRARIES[library]())
    with pytest.raises(Exception, match=r"Zqxedione"):
        LIBRARIES[library]()
    said = call("--debug", "status")
    assert said.code == ExitCode.BUG
    assert canary.found((said.out + said.err).encode()) == set()
