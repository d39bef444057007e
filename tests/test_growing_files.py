"""A file that is still being written while a run goes on: half of it is never taken for whole."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines import receive
from tests import narrow
from tests.cli_helpers import AS_OF, Said, call, write_inbox
from tests.intake import take

MESSAGE = "It changed while it was read, twice. Run again later."


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.csv").write_text("first\n")
    (tmp_path / "inbox" / "b.csv").write_text("other\n")
    return tmp_path / "inbox"


def _grown(path: Path) -> None:
    with path.open("a") as writer:
        writer.write("more\n")


def _rewritten(path: Path) -> None:
    path.write_text("tsrif\n")
    os.utime(path, ns=(0, time.time_ns() + 5_000_000))


def _replaced(path: Path) -> None:
    path.with_name("c.csv").write_text("another file\n")
    path.with_name("c.csv").replace(path)


WAYS = [_grown, _rewritten, _replaced, lambda path: os.truncate(path, 2), Path.unlink]


@pytest.mark.parametrize("change", WAYS)
def test_whatever_becomes_of_a_file_after_it_was_taken_is_seen(inbox: Path, change: Callable[[Path], None]) -> None:
    reception = take(inbox)
    assert receive.changed(reception) == frozenset()
    change(inbox / "a.csv")
    assert receive.changed(reception) == {"a.csv"}
    kept = sorted(one.path.read_bytes() for one in reception.received)
    assert kept == [b"first\n", b"other\n"], "what is judged is the copy"


def _run(place: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> tuple[Said, int]:
    """Run over the tiny centre while its entries grow after each of the first receptions; the receptions, too."""
    write_inbox(place / "inbox")
    inner, receptions = receive.receive, 0

    def growing(*arguments: Any, **options: Any) -> receive.Reception:
        nonlocal receptions
        reception = inner(*arguments, **options)
        receptions += 1
        if receptions <= times:
            with (place / "inbox" / "entries.csv").open("a", encoding="utf-8", newline="") as writer:
                writer.write(f"99999,0000090{receptions},090{receptions},,Made,Up,01/02/2008,6E26,05838/01,unit,3,,\n")
        return reception

    monkeypatch.setattr("pipelines.run.receive", growing)
    asked = ("--data", place / "data", "--inbox", place / "inbox", "--as-of", AS_OF, "--centre", "99999")
    with narrow.only("file_refused"):
        said = call("run", *asked)
    return said, receptions


def _of(place: Path, name: str) -> dict[str, object]:
    told = json.loads((place / "data" / "current" / "run.json").read_text(encoding="utf-8"))
    (one,) = (one for one in told["inputs"] if one["name"] == name)
    return dict(one)


def test_a_file_that_grows_once_during_a_run_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said, receptions = _run(tmp_path, monkeypatch, times=1)
    assert (said.code, receptions) == (0, 2), said
    assert (_of(tmp_path, "entries.csv")["status"], _of(tmp_path, "entries.csv")["rows_read"]) == ("read", 5)
    assert [path.name for path in (tmp_path / "data" / "runs").iterdir() if path.name.startswith(".")] == []


def test_a_file_that_goes_on_growing_is_refused_and_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, receptions = _run(tmp_path, monkeypatch, times=9)
    assert (said.code, receptions) == (0, 3), said
    assert "  ! entries.csv: refused: still being written" in said.lines
    assert _of(tmp_path, "entries.csv")["rows_read"] == 0
    assert _of(tmp_path, "R9999972.X01")["status"] == "read"
    listed = call("findings", "--data", tmp_path / "data", "--code", "file_refused", "--format", "csv")
    assert MESSAGE in listed.out + (tmp_path / "data/current/reports/discrepancies.csv").read_text("utf-8-sig")


def test_where_the_only_file_goes_on_growing_nothing_is_published_and_the_code_is_10(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    path, over = tmp_path / "inbox" / "a.csv", threading.Event()
    path.write_text("Centre Number,Mark\n")

    def write() -> None:
        while not over.wait(0.002):
            _grown(path)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        said = call("run", "--data", tmp_path / "data", "--inbox", path.parent, "--as-of", AS_OF)
    finally:
        over.set()
        writer.join()
    assert said.code == 10, said
    assert not (tmp_path / "data" / "current").exists()
