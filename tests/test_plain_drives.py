"""Drives that have no links or no locks: a run goes on without, and says so."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines import files, locking
from pipelines.checkup.machine import check_rights
from pipelines.errors import BusyError, DiskError
from tests import narrow
from tests.cli_helpers import AS_OF, Said, call, write_inbox

fcntl = pytest.importorskip("fcntl")  # Windows has locks of its own

ROOT = Path(__file__).resolve().parent.parent
NO_LOCKS = [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP]


def _no_locks(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def flock(_handle: int, how: int) -> None:
        if how != fcntl.LOCK_UN:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", flock)


@pytest.mark.parametrize("number", NO_LOCKS)
def test_where_a_drive_cannot_lock_a_marker_keeps_a_second_run_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    _no_locks(monkeypatch, number)
    for _ in range(2):
        with files.hold_lock(tmp_path) as note:
            assert note == locking.NOTE
            with pytest.raises(BusyError, match=f"process {os.getpid()} on"), files.hold_lock(tmp_path):
                pass
    assert [path.name for path in tmp_path.iterdir() if path.name != files.LOCK] == [], "the marker is gone"


DIE = """
import errno, fcntl, os, sys
from pathlib import Path
def flock(*_):
    raise OSError(int(sys.argv[2]), "no locks")
fcntl.flock = flock
from pipelines import files
with files.hold_lock(Path(sys.argv[1])):
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS])
def test_a_marker_that_a_killed_run_left_is_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    subprocess.run([sys.executable, "-c", DIE, str(tmp_path), str(number)], cwd=ROOT, check=False, timeout=60)
    assert (tmp_path / files.HOLDER).exists(), "it was killed while it held it"
    _no_locks(monkeypatch, number)
    with files.hold_lock(tmp_path):
        pass


def test_a_disk_that_fails_is_not_taken_for_one_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _no_locks(monkeypatch, errno.EIO)
    with pytest.raises(DiskError, match="reports a fault"), files.hold_lock(tmp_path):
        pass


def test_the_check_up_says_that_a_drive_cannot_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _no_locks(monkeypatch, errno.ENOLCK)
    (rights,) = (one for one in check_rights(tmp_path) if one.name == "rights")
    assert rights.what.startswith("This drive cannot lock files")


def _run(place: Path) -> Said:
    asked = ("--data", place / "data", "--inbox", place / "inbox", "--as-of", AS_OF, "--centre", "99999")
    with narrow.only("missing_uci"):
        return call("run", *asked)


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_run_on_a_drive_without_links_and_locks_is_published_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    inner = files._do

    def do(path: Path, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        if operation.__name__ in ("link", "symlink_to"):

            def operation(*_: Any, **__: Any) -> None:
                raise OSError(number, os.strerror(number))

        return inner(path, operation, *arguments, **options)

    monkeypatch.setattr(files, "_do", do)
    _no_locks(monkeypatch, errno.ENOLCK)
    write_inbox(tmp_path / "inbox")
    said = _run(tmp_path)
    assert said.code == 0, said
    text = tmp_path / "data" / "current.txt"
    assert said.err == (
        f"resultsday: {locking.NOTE}.\nresultsday: this drive has no links: {text} names the published run.\n"
    )
    assert files.current_run(tmp_path / "data") == tmp_path / "data" / "runs" / text.read_text().strip()
    again = _run(tmp_path)
    assert again.lines[-1].startswith("unchanged")
