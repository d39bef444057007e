"""Purge: what goes and what stays, how much space it gives back, and what a crash on the way leaves."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines import files
from pipelines.commands import purge
from pipelines.errors import DiskError, ExitCode
from pipelines.publish import runs
from tests import narrow
from tests.cli_helpers import AS_OF, CANARIES, call, write_inbox

DAY = "2026-08-20"
WEEKS = {"20260810T073000Z": "a", "20260817T073000Z": "ab", "20260824T073000Z": "bc"}


def _id(letter: str) -> str:
    return hashlib.sha256(letter.encode()).hexdigest()[:16]


def _run(data: Path, name: str, letters: str) -> None:
    """A run folder as far as purge looks at it: manifest, bytes shared with the run before, a table."""
    folder = data / "runs" / name
    (folder / "raw").mkdir(parents=True)
    (folder / "tables").mkdir()
    started = f"{name[:4]}-{name[4:6]}-{name[6:8]}T07:30:00+00:00"
    inputs = [{"file_id": _id(letter), "name": f"{letter}.X01"} for letter in letters]
    manifest = {"run": name, "identity": name, "started_at": started, "inputs": inputs}
    (folder / "run.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "tables" / "candidates.parquet").write_bytes(b"x" * 100)
    for letter in letters:
        shared = [path for path in (data / "runs").glob(f"*/raw/{_id(letter)}") if path.parent.parent != folder]
        if shared:
            (folder / "raw" / _id(letter)).hardlink_to(shared[0])
        else:
            (folder / "raw" / _id(letter)).write_bytes(letter.encode() * 1000)


def _part(data: Path, letters: str) -> Path:
    folder = data / "cache" / f"part-{letters}"
    folder.mkdir(parents=True)
    pl.DataFrame({"file_id": [_id(letter) for letter in letters]}).write_parquet(folder / "incoming_files.parquet")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, letters in WEEKS.items():
        _run(tmp_path, name, letters)
    for letters in ("a", "ab", "b", "bc"):
        _part(tmp_path, letters)
    files.switch_current(tmp_path, "20260824T073000Z")
    return tmp_path


def _tree(data: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(data).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(data.rglob("*"))
        if not path.name.startswith(".")
    }


def _used(data: Path) -> int:
    """Bytes on the disk, each file once however many names it has; manifests left out, they stay."""
    sizes = {}
    for path in data.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.suffix != ".json" and not path.name.startswith("."):
            facts = path.stat()
            sizes[facts.st_dev, facts.st_ino] = facts.st_size
    return sum(sizes.values())


def test_without_yes_it_tells_what_would_go_and_touches_nothing(data: Path) -> None:
    before = _tree(data)
    said = call("purge", "--before", DAY, "--data", data)
    assert said.code == ExitCode.DONE
    assert _tree(data) == before
    assert "20260810T073000Z" in said.out
    assert "20260817T073000Z" in said.out
    assert "20260824T073000Z" not in said.out
    assert "nothing was removed" in said.lines[-1]
    assert "--yes" in said.lines[-1]


def test_old_runs_go_the_younger_stay_and_manifests_are_kept_as_they_were(data: Path) -> None:
    manifests = {name: (data / "runs" / name / "run.json").read_bytes() for name in WEEKS}
    said = call("purge", "--before", DAY, "--yes", "--data", data)
    assert said.code == ExitCode.DONE, said.err
    assert [run.name for run in runs(data)] == ["20260824T073000Z"]
    kept = {path.stem: path.read_bytes() for path in (data / "purged").iterdir()}
    assert kept == {name: manifests[name] for name in list(WEEKS)[:2]}
    assert (data / "current").resolve().name == "20260824T073000Z"


def test_a_run_of_the_day_itself_stays(data: Path) -> None:
    plan = purge.planned(data, date(2026, 8, 17))
    assert [run.name for run in plan.runs] == ["20260810T073000Z"]


def test_the_day_is_londons(data: Path) -> None:
    manifest = data / "runs" / "20260817T073000Z" / "run.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**told, "started_at": "2026-08-16T23:30:00+00:00"}), encoding="utf-8")
    assert "20260817T073000Z" not in {run.name for run in purge.planned(data, date(2026, 8, 17)).runs}


def test_the_published_run_stays_whatever_its_age_and_that_is_said(data: Path) -> None:
    files.switch_current(data, "20260810T073000Z")
    said = call("purge", "--before", "2030-01-01", "--yes", "--data", data)
    assert [run.name for run in runs(data)] == ["20260810T073000Z"]
    assert "stays     run 20260810T073000Z" in said.out


def test_without_a_published_run_the_latest_stays(data: Path) -> None:
    (data / "current").unlink()
    (data / "current.txt").unlink()
    call("purge", "--before", "2030-01-01", "--yes", "--data", data)
    assert [run.name for run in runs(data)] == ["20260824T073000Z"]


def test_a_published_run_that_cannot_be_read_stops_everything(data: Path) -> None:
    (data / "runs" / "20260824T073000Z" / "run.json").write_text("{", encoding="utf-8")
    before = _tree(data)
    said = call("purge", "--before", "2030-01-01", "--yes", "--data", data)
    assert said.code == ExitCode.DISK
    assert _tree(data) == before


def test_parts_of_the_cache_go_unless_one_run_that_stays_has_all_their_files(data: Path) -> None:
    call("purge", "--before", DAY, "--yes", "--data", data)
    assert {path.name for path in (data / "cache").iterdir()} == {"part-b", "part-bc"}


def _pack(data: Path, name: str) -> None:
    folder = data / "packs" / name
    folder.mkdir(parents=True)
    (folder / "missing_results.csv").write_bytes(b"y" * 50)


def test_query_sheets_go_with_the_run_they_were_made_of(data: Path) -> None:
    first, _second, third = WEEKS
    for name in (first, f"{first}-2", third, f"{third}-2", "20200101T000000Z"):
        _pack(data, name)
    told = json.loads(call("purge", "--before", DAY, "--data", data, "--format", "json").out)
    assert told["packs"] == ["20200101T000000Z", first, f"{first}-2"]
    before = _used(data)
    call("purge", "--before", DAY, "--yes", "--data", data)
    assert {path.name for path in (data / "packs").iterdir()} == {third, f"{third}-2"}
    assert before - _used(data) == told["bytes"]


@pytest.mark.parametrize("day", ["2026-08-10", "2026-08-15", DAY, "2030-01-01"])
def test_the_space_told_is_the_space_given_back_though_runs_share_their_bytes(data: Path, day: str) -> None:
    told = json.loads(call("purge", "--before", day, "--data", data, "--format", "json").out)
    before = _used(data)
    call("purge", "--before", day, "--yes", "--data", data)
    assert before - _used(data) == told["bytes"]


def test_while_a_run_is_going_nothing_is_removed(data: Path) -> None:
    before = _tree(data)
    with files.hold_lock(data):
        said = call("purge", "--before", DAY, "--yes", "--data", data)
    assert said.code == ExitCode.BUSY
    assert _tree(data) == before


def test_a_folder_that_is_no_run_is_named_and_left(data: Path) -> None:
    (data / "runs" / "stray").mkdir()
    said = call("purge", "--before", "2030-01-01", "--yes", "--data", data)
    assert "without a readable run.json: stray" in said.out
    assert (data / "runs" / "stray").is_dir()


@pytest.mark.parametrize("word", ["yesterday", "2026-13-01", "01/09/2026"])
def test_a_day_that_is_none_is_a_fault_of_usage(data: Path, word: str) -> None:
    said = call("purge", "--before", word, "--yes", "--data", data)
    assert said.code == ExitCode.USAGE
    assert "2026-09-01" in said.err
    assert len(runs(data)) == 3


def test_a_folder_without_runs_has_nothing_to_remove(tmp_path: Path) -> None:
    said = call("purge", "--before", DAY, "--data", tmp_path)
    assert said.code == ExitCode.DONE
    assert "Nothing to remove" in said.out
    assert call("purge", "--before", DAY, "--yes", "--data", tmp_path / "none").code == ExitCode.USAGE


def test_whichever_step_fails_a_run_is_whole_or_its_manifest_is_kept_and_the_next_purge_ends_the_work(
    data: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., Any] = files._do
    for nth in range(200):
        copy = tmp_path_factory.mktemp("copy") / "data"
        shutil.copytree(data, copy, symlinks=True)
        left = [nth]

        def failing(path: Path, operation: Any, *arguments: Any, left: list[int] = left, **options: Any) -> Any:
            left[0] -= 1
            if left[0] == -1:
                raise DiskError(f"{path}: the disk is full.", "")
            return real(path, operation, *arguments, **options)

        monkeypatch.setattr(files, "_do", failing)
        said = call("purge", "--before", DAY, "--yes", "--data", copy)
        monkeypatch.setattr(files, "_do", real)
        here = {run.name for run in runs(copy)}
        for name in WEEKS:
            whole = (copy / "runs" / name / "tables" / "candidates.parquet").is_file() and name in here
            assert whole or (copy / "purged" / f"{name}.json").is_file(), (nth, name)
        assert "20260824T073000Z" in here
        assert call("purge", "--before", DAY, "--yes", "--data", copy).code == ExitCode.DONE
        assert {run.name for run in runs(copy)} == {"20260824T073000Z"}
        assert not [path for path in (copy / "runs").iterdir() if path.name.startswith(".")]
        if said.code == ExitCode.DONE and left[0] >= 0:
            return
    pytest.fail("purge never came to an end")


def test_findings_keep_their_history_when_the_run_that_first_had_them_is_purged(tmp_path: Path) -> None:
    write_inbox(tmp_path / "inbox")
    arguments: list[str | Path] = ["run", "--data", tmp_path, "--centre", "99999", "--quiet", "--as-of"]
    with narrow.only("missing_uci"):
        assert call(*arguments, AS_OF).code == 0
        assert call(*arguments, "2026-08-25T08:30").code == 0
    first, second = runs(tmp_path)
    # the first is made the older by a season
    told = {**first.manifest, "started_at": "2025-09-01T07:30:00+00:00"}
    (first.folder / "run.json").write_text(json.dumps(told), encoding="utf-8")
    said = call("purge", "--before", "2025-12-31", "--yes", "--data", tmp_path)
    assert [run.name for run in runs(tmp_path)] == [second.name]
    assert not [word for word in CANARIES if word in said.out + said.err]
    kept = (tmp_path / "purged" / f"{first.name}.json").read_text(encoding="utf-8")
    assert not [word for word in CANARIES if word in kept]
    (tmp_path / "inbox" / "notes.csv").unlink()
    with narrow.only("missing_uci"):
        assert call(*arguments, "2026-08-25T08:30").code == 0
    newest = runs(tmp_path)[-1]
    history = pl.read_parquet(newest.folder / "tables" / "finding_history.parquet")
    assert first.manifest["identity"] in set(history["first_run"])
    found = pl.read_parquet(newest.folder / "tables" / "discrepancies.parquet")
    assert "new" not in set(found["change"])
    # what the kept runs were made of is still in the cache, so the next run reads nothing again
    assert newest.manifest["parts"]["parts"] == newest.manifest["parts"]["reused"]
