"""`pipelines/publish.py`: whatever fails, and whenever, `current` is the old run or the new one, whole."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines import files, publish
from pipelines.errors import DiskError, ExitCode, ResultsdayError, SumsError

ROOT = Path(__file__).resolve().parent.parent
START = datetime(2026, 8, 10, 7, 1, 23, tzinfo=UTC)
ROWS = {"candidates": 3, "entries": 0}


class KilledError(BaseException):
    """The process is gone: nothing more reaches the disk, no cleaning up either."""


def run(data: Path, text: str, started_at: datetime = START) -> publish.PublishedRun:
    """Build and publish a small run as the program does: lock, sweep, build, publish."""
    with files.hold_lock(data):
        files.sweep(data)
        publish.settle(data)
        building = publish.build_folder(data, started_at)
        tables = files.make_folder(building / "tables")
        for table, rows in ROWS.items():
            with files.writing(tables / f"{table}.parquet") as temporary:
                pl.DataFrame({"text": [text] * rows}, schema={"text": pl.String}).write_parquet(temporary)
        name = building.name.removeprefix(files.BUILDING)
        publish.write_manifest(building, {"started_at": started_at.isoformat(), "text": text})
        return publish.publish(building, data, name, ROWS)


def text_of_whole_run(data: Path) -> str:
    """Give the text that every part of the published run says; fails where they differ or are missing."""
    published = publish.published(data)
    assert published is not None
    frame = pl.read_parquet(published.folder / "tables" / "candidates.parquet")
    assert frame.height == 3
    assert pl.read_parquet(published.folder / "tables" / "entries.parquet").height == 0
    (text,) = frame["text"].unique().to_list()
    assert published.manifest["text"] == text
    assert not list(published.folder.rglob("*.part"))
    return str(text)


def break_nth(monkeypatch: pytest.MonkeyPatch, nth: int, *, how: str) -> Callable[[], bool]:
    """Make the Nth operation of `files.py` fail; the answer tells whether it came to that."""
    inner, count = files._do, 0

    def full() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def do(path: Path, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        nonlocal count
        count += 1
        if how == "killed" and count >= nth:
            raise KilledError
        if count == nth or (how == "from then on" and count >= nth):
            return inner(path, full)
        return inner(path, operation, *arguments, **options)

    monkeypatch.setattr(files, "_do", do)
    return lambda: count >= nth


@pytest.mark.parametrize("how", ["once", "from then on", "killed"])
@pytest.mark.parametrize("links", [True, False])
def test_at_every_point_of_failure_current_is_the_old_run_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, links: bool
) -> None:
    monkeypatch.setattr(files, "_LINKS", links)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # the disk is not what is tested, and it is slow
    run(tmp_path, "old", START - timedelta(days=7))
    seen, nth, came = set(), 0, True
    while came:
        nth += 1
        with monkeypatch.context() as patch:
            did_break = break_nth(patch, nth, how=how)
            ended = False
            with suppress(KilledError if how == "killed" else DiskError):
                run(tmp_path, f"new {nth}", START + timedelta(minutes=nth))
                ended = True
            came = did_break()
        text = text_of_whole_run(tmp_path)
        is_new = text == f"new {nth}"
        assert is_new or not ended, "a run that says it is published is"
        seen.add((ended, is_new))
        assert (tmp_path / "current").is_dir() == links, "nobody who reads by the link finds it gone"
        if how == "once" and not is_new:
            left = [found.manifest["text"] for found in publish.runs(tmp_path)]
            assert f"new {nth}" not in left, "a run that failed takes up no room"
        # The next run needs no help, and leaves nothing of this one's ruin.
        run(tmp_path, "old", START + timedelta(minutes=nth, seconds=30))
        assert text_of_whole_run(tmp_path) == "old"
        current = files.current_run(tmp_path)
        assert current is not None
        assert (tmp_path / "current.txt").read_text().strip() == current.name
        hidden = [p.name for p in tmp_path.rglob(".*") if p.name != files.LOCK]
        assert hidden == []
        assert list(tmp_path.rglob("*.part")) == []
    assert nth > 20, "the loop must have gone through the whole of publishing"
    assert {(False, False), (True, True)} <= seen
    if links:
        assert (False, True) in seen, "between the link and the text the new run is current already"


EXIT = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from pipelines import files
from tests import test_publish
inner = files._do
def do(path, operation, *arguments, **options):
    done = inner(path, operation, *arguments, **options)
    if (operation.__name__, path.name) == (sys.argv[2], sys.argv[3]):
        os._exit(9)
    return done
files._do = do
test_publish.run(Path(sys.argv[1]), "new")
"""


@pytest.mark.parametrize(
    ("operation", "name", "expected"),
    [
        ("write", "run.json.part", "old"),
        ("replace", "20260810T070123Z", "old"),
        ("symlink_to", "current", "old"),
        ("replace", "current", "new"),
        ("replace", "current.txt", "new"),
    ],
)
def test_a_process_that_dies_leaves_a_whole_run_and_a_free_lock(
    tmp_path: Path, operation: str, name: str, expected: str
) -> None:
    run(tmp_path, "old", START - timedelta(days=7))
    command = [sys.executable, "-c", EXIT, str(tmp_path), operation, name]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, timeout=60)
    assert done.returncode == 9, done.stderr.decode()
    assert text_of_whole_run(tmp_path) == expected
    shown = [found.manifest["text"] for found in publish.runs(tmp_path)]
    assert shown == (["old"] if expected == "old" else ["old", "new"]), "nobody was shown what was not published"
    run(tmp_path, "next", START + timedelta(days=7))
    assert text_of_whole_run(tmp_path) == "next"
    assert [found.manifest["text"] for found in publish.runs(tmp_path)] == [*shown, "next"]
    assert [p for p in (tmp_path / "runs").iterdir() if p.name.startswith(".")] == []


def test_runs_are_named_by_their_start_in_utc_and_counted_within_a_second(tmp_path: Path) -> None:
    summer = START.astimezone(timezone(timedelta(hours=1)))
    names = [run(tmp_path, "x", summer).name for _ in range(11)]
    assert names[:3] == ["20260810T070123Z", "20260810T070123Z-2", "20260810T070123Z-3"]
    run(tmp_path, "earlier", START - timedelta(hours=1))
    assert [found.name for found in publish.runs(tmp_path)] == ["20260810T060123Z", *names]


def test_runs_are_ordered_by_what_their_manifests_say_and_not_by_their_names(tmp_path: Path) -> None:
    for name, started in (("b", "2026-08-01T00:00:00+00:00"), ("a", "2026-08-02T00:00:00+00:00")):
        publish.write_manifest(files.make_folder(tmp_path / "runs" / name), {"started_at": started})
    files.make_folder(tmp_path / "runs" / "no-manifest")
    files.make_folder(tmp_path / "runs" / ".building-c")
    assert [found.name for found in publish.runs(tmp_path)] == ["b", "a"]


def test_a_discarded_run_leaves_nothing(tmp_path: Path) -> None:
    building = publish.build_folder(tmp_path, START)
    files.write_text(building / "run.json", "{}")
    publish.discard(building)
    assert list((tmp_path / "runs").iterdir()) == []
    assert publish.published(tmp_path) is None


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"candidates": 4}, "candidates has 3 rows on disk, 4 were written"),
        ({"claims": 0}, "claims cannot be read back"),
    ],
)
def test_a_run_that_does_not_read_back_as_written_is_not_published(
    tmp_path: Path, rows: dict[str, int], words: str
) -> None:
    run(tmp_path, "old", START - timedelta(days=7))
    building = publish.build_folder(tmp_path, START)
    tables = files.make_folder(building / "tables")
    pl.DataFrame({"text": ["x"] * 3}).write_parquet(tables / "candidates.parquet")
    publish.write_manifest(building, {})
    with pytest.raises(SumsError, match=words) as caught:
        publish.publish(building, tmp_path, "20260810T070123Z", rows)
    assert caught.value.exit_code == ExitCode.SUMS
    assert text_of_whole_run(tmp_path) == "old"
    assert [found.name for found in publish.runs(tmp_path)] == ["20260803T070123Z"]


def test_a_table_that_is_cut_short_is_not_published(tmp_path: Path) -> None:
    building = publish.build_folder(tmp_path, START)
    path = files.make_folder(building / "tables") / "candidates.parquet"
    pl.DataFrame({"text": ["x"] * 3}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-9])
    publish.write_manifest(building, {})
    with pytest.raises(SumsError, match="cannot be read back"):
        publish.publish(building, tmp_path, "r", {"candidates": 3})
    assert publish.published(tmp_path) is None


def test_a_run_of_the_same_name_is_left_alone(tmp_path: Path) -> None:
    name = run(tmp_path, "old").name
    building = publish.build_folder(tmp_path, START)
    with pytest.raises(FileExistsError):
        publish.publish(building, tmp_path, name)
    assert text_of_whole_run(tmp_path) == "old"


def test_a_published_run_without_its_manifest_is_a_fault_and_not_no_run(tmp_path: Path) -> None:
    found = run(tmp_path, "x")
    (found.folder / "run.json").write_text("{")
    with pytest.raises(ResultsdayError, match=r"no readable run\.json"):
        publish.published(tmp_path)


def test_a_manifest_is_the_same_bytes_whatever_the_order_of_its_keys(tmp_path: Path) -> None:
    publish.write_manifest(tmp_path, {"b": 1, "a": {"d": "é", "c": None}})
    first = (tmp_path / "run.json").read_bytes()
    publish.write_manifest(tmp_path, {"a": {"c": None, "d": "é"}, "b": 1})
    assert (tmp_path / "run.json").read_bytes() == first
    assert first.decode("utf-8").splitlines()[1:4] == ['  "a": {', '    "c": null,', '    "d": "é"']
