"""Windows by its rules, played on any system: no links, open files that stay, names it refuses, a console of cp1252."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest

from pipelines import files, system
from pipelines.errors import DiskError, ExitCode
from tests.cli_helpers import AS_OF, call, published, write_inbox
from tests.hostile.corpus import MAKERS, NOT_ON_WINDOWS

ROOT = Path(__file__).parent.parent
DEVICES = ("con", "CON", "prn", "Aux", "nul", "NUL", "com1", "COM9", "lpt1", "com0")
#: what no name on Windows may hold, and how none may end
REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$')


def _is_refused(name: str) -> bool:
    return bool(REFUSED.search(name)) or name.partition(".")[0].casefold() in system._DEVICES


def _open_below(path: Path) -> str | None:
    """A file that this process has open or mapped, at a path or below it."""
    place = str(path)
    held = set()
    for number in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            held.add(str(number.readlink()))
    with Path("/proc/self/maps").open(encoding="utf-8", errors="replace") as stream:
        held |= {line.split(maxsplit=5)[5].rstrip("\n") for line in stream if line.count(" ") > 5 and "/" in line}
    return next((one for one in sorted(held) if one == place or one.startswith(f"{place}/")), None)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Windows, as far as files go; gives what was refused because it was open."""
    if not Path("/proc/self/maps").exists():
        pytest.skip("what this process has open is read where Linux tells it")
    refused: list[str] = []

    def guarded(inner: Callable[..., Any], has_target: bool) -> Callable[..., Any]:
        def does(path: Any, *arguments: Any, **options: Any) -> Any:
            for one in (path, arguments[0]) if has_target else (path,):
                # a lock is held open by who holds it, and deleted by nobody
                held = _open_below(Path(one))
                if held is not None and not held.endswith(files.LOCK):
                    refused.append(held)
                    raise PermissionError(errno.EACCES, "open in another program", str(one))
            return inner(path, *arguments, **options)

        does.__name__ = inner.__name__
        return does

    def no_links(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, "A required privilege is not held by the client")

    monkeypatch.setattr(files, "_WINDOWS", True)
    monkeypatch.setattr(files, "_LINKS", False)
    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(Path, "symlink_to", no_links)
    monkeypatch.setattr(Path, "replace", guarded(Path.replace, has_target=True))
    monkeypatch.setattr(Path, "unlink", guarded(Path.unlink, has_target=False))
    monkeypatch.setattr(shutil, "rmtree", guarded(shutil.rmtree, has_target=False))
    return refused


def test_runs_are_made_compared_asked_and_purged_as_windows_would_have_it(tmp_path: Path, windows: list[str]) -> None:
    write_inbox(tmp_path / "inbox")
    options: tuple[str | Path, ...] = ("--data", tmp_path, "--as-of", AS_OF, "--centre", "99999", "--quiet")
    console = {"encoding": "cp1252", "newline": "\r\n"}
    assert call("--debug", "run", *options, **console).code == ExitCode.DONE  # type: ignore[arg-type]
    first = (tmp_path / "current.txt").read_text(encoding="utf-8").strip()
    (tmp_path / "inbox" / "entries.csv").unlink()
    said = call("--debug", "run", *options, **console)  # type: ignore[arg-type]
    assert said.code == ExitCode.DONE, said
    assert not (tmp_path / "current").exists()
    second = (tmp_path / "current.txt").read_text(encoding="utf-8").strip()
    assert second != first
    for arguments in (["status"], ["findings"], ["diff"], ["explain", "missing_uci"], ["query", "FROM files"]):
        said = call("--debug", *arguments, "--data", tmp_path, **console)  # type: ignore[arg-type]
        assert said.code == ExitCode.DONE, said
        assert said.out, arguments
    assert call("purge", "--before", "2099-01-01", "--yes", "--data", tmp_path).code == ExitCode.DONE
    assert {path.name for path in (tmp_path / "runs").iterdir()} == {second}
    assert windows == []


def test_the_windows_that_is_played_refuses_what_windows_refuses(tmp_path: Path, windows: list[str]) -> None:
    (tmp_path / "folder").mkdir()
    path = tmp_path / "folder" / "x"
    path.write_text("x", encoding="utf-8")
    with path.open(encoding="utf-8"):
        for act in (lambda: path.replace(tmp_path / "y"), path.unlink, lambda: shutil.rmtree(path.parent)):
            with pytest.raises(PermissionError):
                act()
    assert len(windows) == 3
    path.replace(tmp_path / "y")


@pytest.mark.parametrize("times", [1, 4, 99])
def test_a_file_that_another_program_holds_is_tried_again_then_told_in_words(
    times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner, left = Path.replace, [times]
    waits: list[float] = []

    def replace(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(errno.EACCES, "Access is denied")
        return inner(path, target)

    monkeypatch.setattr(files, "_WINDOWS", True)
    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(time, "sleep", waits.append)
    if times < 5:
        files.write_text(tmp_path / "x.csv", "new")
        assert (tmp_path / "x.csv").read_text(encoding="utf-8") == "new"
        assert len(waits) == times
        return
    with pytest.raises(DiskError, match=r"no other program has the file open") as caught:
        files.write_text(tmp_path / "x.csv", "new")
    assert "x.csv" in str(caught.value)
    assert 1 < sum(waits) < 5
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [*DEVICES, "a.b", "a b ", "a:b", "..", "x.", "é", "a/b", "a\\b", "a\nb"])
def test_a_value_becomes_a_name_that_every_system_takes(name: str) -> None:
    made = system.file_name(name, "_")
    assert not _is_refused(made), made
    assert PureWindowsPath(made).name == made
    assert system.file_name("missing_uci", "_") == "missing_uci"


def test_no_name_in_a_run_is_refused_anywhere_and_none_differs_from_another_by_case_alone() -> None:
    run = (published() / "current").resolve()
    every = [path for place in (run, published() / "cache") for path in place.rglob("*")]
    assert len(every) > 50
    assert [path.name for path in every if _is_refused(path.name)] == []
    folded = {str(path).casefold() for path in every}
    assert len(folded) == len(every)
    # what is written first has its longest name; Windows counts to 260 where nobody lifts it
    longest = max(len(f"{path.relative_to(published())}.part.wal") for path in every)
    assert longest + len("runs/.building-") < 260 - 100, "a data folder may be a hundred characters deep"


def test_every_file_of_ours_that_is_in_the_repository_has_a_name_that_windows_takes() -> None:
    folders = ("pipelines", "schemas", "sql", "data", "tests", "docs", "benchmarks")
    every = [path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
    assert [str(path) for path in every if _is_refused(path.name)] == []
    assert len({str(path).casefold() for path in every}) == len(every)


def test_two_files_whose_names_differ_by_case_alone_are_both_read(tmp_path: Path) -> None:
    write_inbox(tmp_path / "inbox")
    other = (tmp_path / "inbox" / "entries.csv").read_text(encoding="utf-8").replace("0808", "0809")
    (tmp_path / "inbox" / "ENTRIES.CSV").write_text(other, encoding="utf-8")
    if len(list((tmp_path / "inbox").glob("[eE]*"))) < 2:
        pytest.skip("this drive does not tell the two names apart")
    from pipelines import receive
    from pipelines.archives import ZipCaps

    reception = receive.receive([tmp_path / "inbox"], tmp_path / "raw", None, ZipCaps())
    assert {"entries.csv", "ENTRIES.CSV"} <= {one.name for one in reception.received}
    assert len({one.sha256 for one in reception.received}) == len(reception.received)


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_a_console_without_our_signs_is_given_plain_ones(encoding: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding, newline="")
    with pytest.raises(UnicodeEncodeError):
        stream.write("▲ 2 ▼ 1")
    stream = io.TextIOWrapper(io.BytesIO(), encoding, newline="")
    system.make_lenient(stream)
    stream.write("▲ 2 ▼ 1 → ● Łódź 漢")
    stream.flush()
    said = stream.buffer.getvalue().decode(encoding)
    assert said.startswith("^ 2 v 1 -> * ")
    assert said.endswith(" ?")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize(
    "arguments",
    [["status"], ["findings"], ["explain", "missing_uci"], ["explain", "grade"], ["query", "SELECT '▲ Łódź' AS s"],
     ["--help"],
     ["run", "--help"], ["doctor"], ["query", "--list"], ["findings", "--code", "Łódź"]],
    ids=" ".join,
)  # fmt: skip
def test_no_command_fails_on_a_sign_that_its_console_lacks(encoding: str, arguments: list[str]) -> None:
    data: list[str | Path] = [] if "--help" in arguments else ["--data", published()]
    plain, narrow = (call(*arguments, *data, encoding=one) for one in ("utf-8", encoding))
    assert narrow.code == plain.code
    assert narrow.code in (ExitCode.DONE, ExitCode.USAGE)
    assert narrow.out or narrow.err
    assert len(narrow.out.splitlines()) == len(plain.out.splitlines())


def test_csv_has_the_line_ends_of_the_contract_on_every_console_and_in_every_file() -> None:
    said = call("findings", "--data", published(), "--format", "csv", newline="\r\n")
    paths = sorted((published() / "current" / "reports").rglob("*.csv"))
    assert paths
    for data in (said.out.encode(), *(path.read_bytes() for path in paths)):
        assert b"\r\r" not in data
        assert data.endswith(b"\r\n")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
        # outside of cells, which may hold a line of their own, every end is both
        within = sum(cell.count("\n") for row in rows for cell in row)
        assert data.count(b"\r\n") == len(rows)
        assert data.count(b"\n") == len(rows) + within


@pytest.mark.parametrize("folder", [r"C:\Results day\data", r"\\server\exams\data", "D:"])
def test_a_drive_letter_or_a_network_folder_is_taken_as_it_is_typed(folder: str) -> None:
    said = call("status", env={"RESULTSDAY_DATA": folder})
    assert said.code == ExitCode.DONE
    assert folder in said.out + said.err


def test_bad_files_that_windows_cannot_have_are_known_by_their_names() -> None:
    if os.name != "nt":
        assert set(MAKERS) >= NOT_ON_WINDOWS
    else:
        assert not set(MAKERS) & NOT_ON_WINDOWS
