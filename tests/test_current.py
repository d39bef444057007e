"""Which run is current, who holds the data folder, and what a killed run leaves behind."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines import files
from pipelines.errors import BusyError, DiskError, ExitCode

ROOT = Path(__file__).resolve().parent.parent


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def child(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def failing(monkeypatch: pytest.MonkeyPatch, name: str, error: int) -> None:
    """Make every operation of one name fail as the system would."""
    inner = files._do

    def do(path: Path, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        if operation.__name__ == name:

            def operation(*_: Any, **__: Any) -> None:
                raise OSError(error, os.strerror(error))

        return inner(path, operation, *arguments, **options)

    monkeypatch.setattr(files, "_do", do)


def run_folder(data: Path, name: str) -> Path:
    with files.writing_folder(data / "runs" / name) as folder:
        files.write_text(folder / "run.json", "{}")
    return data / "runs" / name


HOLD = """
import sys
from pathlib import Path
from pipelines import files
from pipelines.errors import BusyError
try:
    with files.hold_lock(Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.read()
except BusyError as error:
    print(error)
    sys.exit(int(error.exit_code))
"""


def test_current_is_a_relative_link_and_a_text_that_name_the_run(tmp_path: Path) -> None:
    assert files.current_run(tmp_path) is None
    for name in ("r1", "r2"):
        run_folder(tmp_path, name)
        files.switch_current(tmp_path, name)
        assert files.current_run(tmp_path) == tmp_path / "runs" / name
        assert (tmp_path / "current").readlink() == Path("runs", name)
        assert (tmp_path / "current.txt").read_text() == f"{name}\n"
    moved = tmp_path.with_name(f"{tmp_path.name}-moved")
    tmp_path.rename(moved)
    assert files.current_run(moved) == moved / "runs" / "r2"


def test_a_reader_who_has_the_old_run_open_keeps_it(tmp_path: Path) -> None:
    (run_folder(tmp_path, "r1") / "x").write_text("old")
    (run_folder(tmp_path, "r2") / "x").write_text("new")
    files.switch_current(tmp_path, "r1")
    with (tmp_path / "current" / "x").open() as reader:
        files.switch_current(tmp_path, "r2")
        assert reader.read() == "old"
    assert (tmp_path / "current" / "x").read_text() == "new"


LOOK = """
import sys
from pathlib import Path
from pipelines import files
data, looks, seen = Path(sys.argv[1]), 0, set()
print("looking", flush=True)
while not (data / "enough").exists():
    run = files.current_run(data)
    assert run is not None
    assert {run.name} == {(run / "x").read_text(), (run / "deeper" / "y").read_text()}
    if (data / "current").is_symlink():  # who opens it by its plain path
        assert (data / "current" / "x").read_text().startswith("r")
    looks, seen = looks + 1, seen | {run.name}
print(looks, len(seen))
"""


@pytest.mark.parametrize("links", [True, False])
def test_a_reader_during_the_switch_sees_the_old_run_or_the_new_one_and_never_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    monkeypatch.setattr(files, "_LINKS", links)
    names = [f"r{number:02}" for number in range(40)]
    for name in names:
        run = run_folder(tmp_path, name)
        (run / "x").write_text(name)
        (run / "deeper").mkdir()
        (run / "deeper" / "y").write_text(name)
    files.switch_current(tmp_path, names[0])
    with subprocess.Popen(
        [sys.executable, "-c", LOOK, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout
        assert reader.stderr
        assert reader.stdout.readline() == "looking\n"
        for name in names * 5:
            files.switch_current(tmp_path, name)
        (tmp_path / "enough").touch()
        looks, seen = map(int, reader.stdout.read().split())
        assert reader.wait(60) == 0, reader.stderr.read()
    assert (looks > 20, seen > 5) == (True, True), "it looked while runs were switched"


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, None])
def test_where_links_cannot_be_made_the_text_alone_is_the_authority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int | None
) -> None:
    for name in ("r1", "r2", "r3"):
        run_folder(tmp_path, name)
    files.switch_current(tmp_path, "r1")
    if number is None:
        monkeypatch.setattr(files, "_LINKS", False)
    else:
        failing(monkeypatch, "symlink_to", number)
    for name in ("r2", "r3"):
        files.switch_current(tmp_path, name)
        assert files.current_run(tmp_path) == tmp_path / "runs" / name
        assert not (tmp_path / "current").is_symlink(), "a link left behind would outrank the text"


def test_a_full_disk_is_not_taken_for_a_drive_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_folder(tmp_path, "r1")
    run_folder(tmp_path, "r2")
    files.switch_current(tmp_path, "r1")
    failing(monkeypatch, "symlink_to", errno.ENOSPC)
    with pytest.raises(DiskError, match="full"):
        files.switch_current(tmp_path, "r2")
    assert files.current_run(tmp_path) == tmp_path / "runs" / "r1"


def test_somebodys_own_folder_called_current_is_left_alone(tmp_path: Path) -> None:
    run_folder(tmp_path, "r1")
    (tmp_path / "current").mkdir()
    (tmp_path / "current" / "mine").write_text("x")
    with pytest.raises(DiskError, match="in the way"):
        files.switch_current(tmp_path, "r1")
    assert (tmp_path / "current" / "mine").read_text() == "x"


@pytest.mark.parametrize("text", ["", "..", "../elsewhere", "gone", "runs/r1", "\ufeffr1\r\n"])
def test_a_text_that_names_no_run_gives_none(tmp_path: Path, text: str) -> None:
    run_folder(tmp_path, "r1")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "current.txt").write_text(text, encoding="utf-8", newline="")
    expected = tmp_path / "runs" / "r1" if "\ufeff" in text else None
    assert files.current_run(tmp_path) == expected


def test_a_second_run_is_told_who_holds_the_lock_and_a_killed_holder_holds_it_no_more(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=f"process {holder.pid} on .*, started 20") as busy:
            files.hold_lock(tmp_path).__enter__()
        assert busy.value.exit_code == ExitCode.BUSY
        other = child(HOLD, tmp_path)
        assert (other.returncode, str(holder.pid) in other.stdout) == (12, True)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert (tmp_path / files.HOLDER).exists(), "the killed run could not clear its note"
        with files.hold_lock(tmp_path):
            assert json.loads((tmp_path / files.HOLDER).read_text())["pid"] == os.getpid()
    assert not (tmp_path / files.HOLDER).exists()
    assert mode(tmp_path / files.LOCK) == 0o600


def test_a_lock_is_free_again_after_a_run_that_failed(tmp_path: Path) -> None:
    def run() -> None:
        with files.hold_lock(tmp_path / "data"):
            with pytest.raises(BusyError), files.hold_lock(tmp_path / "data"):
                pass
            raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError, match=r"^$"):
            run()


def test_sweeping_clears_what_a_killed_run_left_and_nothing_else(tmp_path: Path) -> None:
    run_folder(tmp_path, "r1")
    run_folder(tmp_path, "r2")
    files.switch_current(tmp_path, "r1")
    left = [".building-20260810T070123Z", ".removing-r0"]
    for name in left:
        (tmp_path / "runs" / name / "tables").mkdir(parents=True)
    (tmp_path / "cache" / ".building-key").mkdir(parents=True)
    (tmp_path / "cache" / "key").mkdir()
    (tmp_path / "current.txt.part").write_text("r")
    (tmp_path / "current.part").symlink_to("runs/r2")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "R9999901.X01.part").write_text("a download")
    (tmp_path / "current.txt").write_text("r0\n")
    with pytest.raises(RuntimeError, match="lock"):
        files.sweep(tmp_path)
    with files.hold_lock(tmp_path):
        files.sweep(tmp_path)
    assert sorted(p.name for p in (tmp_path / "runs").iterdir()) == ["r1", "r2"]
    assert [p.name for p in (tmp_path / "cache").iterdir()] == ["key"]
    assert (tmp_path / "inbox" / "R9999901.X01.part").read_text() == "a download"
    assert (tmp_path / "current.txt").read_text() == "r1\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        *(".resultsday.lock", "cache", "current", "current.txt", "inbox", "runs")
    ]


def test_a_run_that_is_deleted_is_never_there_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_folder(tmp_path, "r1")
    failing(monkeypatch, "rmtree", errno.EACCES)
    with pytest.raises(DiskError):
        files.remove_folder(run)
    assert not run.exists()
    monkeypatch.undo()
    with files.hold_lock(tmp_path):
        files.sweep(tmp_path)
    assert list((tmp_path / "runs").iterdir()) == []
