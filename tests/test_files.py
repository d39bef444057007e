"""`pipelines/files.py`: whole or not at all, private, one run at a time, and a full disk said in words."""

from __future__ import annotations

import ast
import errno
import hashlib
import os
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines import files
from pipelines.disk_faults import disk_error
from pipelines.errors import DiskError, ExitCode

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


CHANGES = {
    *(
        "mkdir",
        "unlink",
        "rmdir",
        "touch",
        "symlink_to",
        "hardlink_to",
        "chmod",
        "rmtree",
        "makedirs",
        "symlink",
    ),
    *("removedirs", "mkdtemp", "mkstemp", "copyfile", "copytree", "copy2", "write_text", "write_bytes"),
}


def changes_the_disk(node: ast.Call) -> bool:
    called = node.func
    if isinstance(called, ast.Attribute):
        owner = called.value.id if isinstance(called.value, ast.Name) else ""
        if owner == "files":
            return False
        if called.attr in CHANGES or (owner == "os" and called.attr in {"rename", "replace", "remove", "link"}):
            return True
    if getattr(called, "attr", getattr(called, "id", "")) != "open":
        return False
    words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return any(word and set(word) <= set("rwax+bt") and set(word) & set("wax+") for word in words)


def test_only_files_py_changes_the_disk() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "pipelines").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and changes_the_disk(node)
    ]
    assert [place for place in found if not place.startswith("files.py:")] == []
    for source in ("open('x', 'wb')", "path.parent.mkdir()"):
        call = ast.parse(source, mode="eval").body
        assert isinstance(call, ast.Call)
        assert changes_the_disk(call)


def test_a_written_file_holds_what_was_written_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        folder = files.make_folder(tmp_path / "a" / "b")
        files.write_text(folder / "x.csv", "naïve\r\n")
        with files.writing(folder / "y.bin") as temporary:
            temporary.write_bytes(b"y")
    finally:
        os.umask(old)
    assert (folder / "x.csv").read_bytes() == b"na\xc3\xafve\r\n"
    assert (folder / "y.bin").read_bytes() == b"y"
    assert [mode(p) for p in (tmp_path / "a", folder, folder / "x.csv", folder / "y.bin")] == [
        *(0o700, 0o700),
        *(0o600, 0o600),
    ]
    assert sorted(p.name for p in folder.iterdir()) == ["x.csv", "y.bin"]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, fault: type[BaseException]) -> None:
    path = tmp_path / "x.duckdb"
    files.write_text(path, "old")

    def write() -> None:
        with files.writing(path) as temporary:
            temporary.write_text("half of the n")
            Path(f"{temporary}.wal").write_text("log")
            raise fault

    with pytest.raises(fault):
        write()
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.duckdb"]


def test_a_stump_of_a_killed_run_is_not_written_on(tmp_path: Path) -> None:
    (tmp_path / "x.duckdb.part").write_text("stump")
    (tmp_path / "x.duckdb.part.wal").write_text("log")
    with files.writing(tmp_path / "x.duckdb") as temporary:
        assert list(tmp_path.iterdir()) == []
        temporary.write_text("whole")
    assert (tmp_path / "x.duckdb").read_text() == "whole"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EFBIG, "larger than this system allows"),
        (errno.EACCES, "no permission"),
        (errno.EPERM, "no permission"),
        (errno.EROFS, "read-only"),
    ],
)
def test_a_fault_of_the_disk_names_the_path_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    failing(monkeypatch, "write", number)
    with pytest.raises(DiskError, match=words) as caught:
        files.write_text(tmp_path / "run.json", "{}")
    assert "run.json" in caught.value.what
    assert caught.value.todo
    assert caught.value.exit_code == ExitCode.DISK
    assert list(tmp_path.iterdir()) == []


def test_the_words_of_a_library_are_understood_where_it_lost_the_error_number(tmp_path: Path) -> None:
    full = disk_error(RuntimeError("parquet: underlying IO error: File too large (os error 27)"), tmp_path)
    assert full is not None
    assert "larger than" in full.what
    assert disk_error(OSError("There is not enough space on the disk. (os error 112)"), tmp_path) is not None
    lost = disk_error(RuntimeError("parquet: File out of specification: Invalid thrift: transport error"), tmp_path)
    assert lost is not None
    assert "not full" in lost.todo
    assert disk_error(RuntimeError("FATAL Error: fsync failed!"), tmp_path) is not None
    assert disk_error(ValueError("column mark is not there"), tmp_path) is None
    assert disk_error(FileNotFoundError(errno.ENOENT, "No such file"), tmp_path) is None


def test_a_real_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    done = child(
        """
        import resource, signal, sys
        from pathlib import Path
        import duckdb, polars as pl
        from pipelines import files
        from pipelines.errors import DiskError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        folder = Path(sys.argv[1])
        frame = pl.DataFrame({"a": [str(i * 7919) for i in range(50_000)]})
        def parquet(path): frame.write_parquet(path)
        def csv(path): frame.write_csv(path)
        def database(path):
            with duckdb.connect(str(path)) as con:
                con.execute("CREATE TABLE t AS SELECT range AS a FROM range(100000)")
        def copied(path):
            duckdb.connect().execute(f"COPY (SELECT range FROM range(100000)) TO '{path}' (FORMAT parquet)")
        for write in (parquet, csv, database, copied):
            try:
                with files.writing(folder / write.__name__) as temporary:
                    write(temporary)
            except DiskError as error:
                print(write.__name__, int(error.exit_code))
        try:
            files.write_bytes(folder / "bytes", b"x" * 10_000)
        except DiskError as error:
            print("bytes", int(error.exit_code))
        """,
        tmp_path,
    )
    assert done.stdout.split("\n")[:-1] == ["parquet 13", "csv 13", "database 13", "copied 13", "bytes 13"], done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(DiskError, match="in the way"):
        files.make_folder(tmp_path / "data" / "runs")


def test_every_file_and_folder_is_durable_and_private_before_the_run_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    building = tmp_path / ".building-r"
    (building / "tables").mkdir(parents=True)
    for name in ("run.json", "tables/a.parquet", "tables/b.parquet"):
        (building / name).write_text(name)
    done: list[tuple[str, str]] = []
    inner = files._do

    def do(path: Path, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        done.append((operation.__name__, str(path.relative_to(tmp_path))))
        return inner(path, operation, *arguments, **options)

    monkeypatch.setattr(files, "_do", do)
    files.replace_folder(building, tmp_path / "r")
    synced = [path for name, path in done[: done.index(("replace", "r"))] if name == "_sync"]
    below = ["", "run.json", "tables", "tables/a.parquet", "tables/b.parquet"]
    assert sorted(synced) == [str(Path(".building-r", name)) for name in below]
    assert synced.index(".building-r/tables") > synced.index(".building-r/tables/b.parquet")
    assert done[-1] == ("_sync", "."), "a rename lasts only once the folder above is synced"
    assert mode(tmp_path / "r" / "tables") == 0o700
    assert mode(tmp_path / "r" / "tables" / "a.parquet") == 0o600


def test_a_run_with_a_half_written_file_or_a_taken_name_is_not_named(tmp_path: Path) -> None:
    building = tmp_path / ".building-r"
    building.mkdir()
    (building / "a.parquet.part").write_text("half")
    with pytest.raises(RuntimeError, match="never finished"):
        files.replace_folder(building, tmp_path / "r")
    (building / "a.parquet.part").unlink()
    (tmp_path / "r").mkdir()
    with pytest.raises(FileExistsError):
        files.replace_folder(building, tmp_path / "r")
    assert building.is_dir()


def test_a_folder_named_by_its_content_is_made_once(tmp_path: Path) -> None:
    for text in ("first", "second"):
        with files.writing_folder(tmp_path / "key") as folder:
            files.write_text(folder / "part", text)
    assert (tmp_path / "key" / "part").read_text() == "first"
    assert [p.name for p in tmp_path.iterdir()] == ["key"]


def test_a_folder_that_could_not_be_filled_is_gone(tmp_path: Path) -> None:
    def fill() -> None:
        with files.writing_folder(tmp_path / "key") as folder:
            (folder / "part").write_text("x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_stored_bytes_have_the_name_of_their_hash_and_are_stored_once(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    (tmp_path / "in").write_bytes(data)
    raw = files.make_folder(tmp_path / "raw")
    news = []
    for _ in range(2):
        with (tmp_path / "in").open("rb") as stream:
            stored = files.store(stream, raw)
        news.append(stored.is_new)
        assert stored.path.name == stored.sha256 == hashlib.sha256(data).hexdigest()
        assert (stored.size, stored.path.read_bytes()) == (len(data), data)
    assert news == [True, False]
    assert [p.name for p in raw.iterdir()] == [hashlib.sha256(data).hexdigest()]
    assert mode(stored.path) == 0o600


def test_a_copy_is_no_link_and_a_shared_file_is_one_file(tmp_path: Path) -> None:
    source = tmp_path / "source"
    files.write_text(source, "x")
    assert files.copy_into(source, tmp_path / "copy") == hashlib.sha256(b"x").hexdigest()
    assert source.stat().st_nlink == 1
    files.share(source, tmp_path / "shared")
    assert source.samefile(tmp_path / "shared")


@pytest.mark.parametrize("number", [errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP])
def test_where_the_drive_has_no_hard_links_a_shared_file_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    files.write_text(tmp_path / "source", "x")
    failing(monkeypatch, "link", number)
    files.share(tmp_path / "source", tmp_path / "shared")
    assert (tmp_path / "shared").read_text() == "x"
    assert not (tmp_path / "shared").samefile(tmp_path / "source")


def test_a_temporary_folder_is_private_and_goes(tmp_path: Path) -> None:
    with files.temporary_folder() as folder:
        assert mode(folder) == 0o700
        (folder / "x").write_text("x")
    assert not folder.exists()


WORK_UNTIL_KILLED = """
import sys
from pipelines import files
with files.temporary_folder() as folder:
    files.write_text(folder / "somebody", "x")
    print(folder, flush=True)
    sys.stdin.read()
"""


def _working(place: Path) -> tuple[subprocess.Popen[str], Path]:
    """A program with a temporary folder in `place`, and that folder, an hour old."""
    surroundings = {**os.environ, "TMPDIR": str(place)}
    command = [sys.executable, "-c", WORK_UNTIL_KILLED]
    child = subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    folder = Path(child.stdout.readline().strip()).parent
    assert folder.parent == place
    os.utime(folder, (time.time() - 3600,) * 2)
    return child, folder


def test_what_a_killed_program_left_in_the_temporary_place_goes_and_what_is_in_use_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (killed, left), (at_work, in_use) = _working(tmp_path), _working(tmp_path)
    somebodys = [tmp_path / f"resultsday-work-{name}" for name in ("data", "empty", "more", "results")]
    for folder in somebodys:
        folder.mkdir()
    with files.hold_lock(somebodys[0]):
        files.write_text(somebodys[0] / "local.csv", "x")
    for folder in somebodys[2:]:
        (folder / ".temporary.lock").touch()
        (folder / f"{folder.name}.csv").touch()
    for folder in somebodys:
        os.utime(folder, (time.time() - 3600,) * 2)
    with killed, at_work:
        try:
            killed.kill()
            killed.wait(timeout=10)
            with files.temporary_folder():
                assert not left.exists()
                assert (in_use / "work" / "somebody").exists()
                assert [folder for folder in somebodys if not folder.is_dir()] == [], "these are no folders of ours"
        finally:
            at_work.kill()
    with files.temporary_folder():
        assert not in_use.exists()
    assert sorted(tmp_path.iterdir()) == somebodys
