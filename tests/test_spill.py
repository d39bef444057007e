"""Where a run keeps its tables and what does not fit into memory: in its own folder, which goes with it."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from pipelines import database, files
from pipelines import run as run_module
from tests import canary
from tests.cli_helpers import AS_OF, call

CENTRES = ("--centre", "99998", "--centre", "99999")


def test_what_does_not_fit_into_memory_spills_into_the_run_and_goes_with_it(tmp_path: Path) -> None:
    spill = files.make_folder(tmp_path / "run") / ".spill"
    con = database.connect(spill, "40MB", 1)
    seen: set[Path] = set()
    is_over = threading.Event()

    def look() -> None:
        while not is_over.is_set():
            seen.update(tmp_path.rglob("*"))
            time.sleep(0.002)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        con.execute("CREATE TABLE t AS SELECT range AS n, md5(CAST(range AS VARCHAR)) AS m FROM range(1500000)")
        con.execute("CREATE TABLE s AS SELECT m, n FROM t ORDER BY m, n")
    finally:
        is_over.set()
        looking.join()
        con.close()
        files.remove(spill)
    assert any(path.is_file() for path in seen) or len(seen) > 1, "or nothing was spilled, and this test is none"
    assert {path for path in seen if spill not in (path, *path.parents)} <= {tmp_path / "run"}
    assert not spill.exists()


def test_the_database_of_a_run_spills_into_the_folder_of_that_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def stop(spill: Path, *_: object, **_options: object) -> None:
        asked.append(spill)
        raise KeyboardInterrupt

    monkeypatch.setattr(run_module, "connect", stop)
    data = tmp_path / "data"
    canary.lay_out(data)
    call("run", "--data", data, "--as-of", AS_OF, *CENTRES)
    (spill,) = asked
    assert spill.parent.parent == data / "runs"
    assert spill.parent.name.startswith(files.BUILDING)
    assert not spill.parent.exists()


def test_tables_kept_on_disk_lie_in_the_folder_of_the_spill(tmp_path: Path) -> None:
    for on_disk in (False, True):
        spill = tmp_path / f"spill {on_disk}"
        con = database.connect(spill, on_disk=on_disk)
        con.execute("CREATE TABLE many AS SELECT range AS n, md5(CAST(range AS VARCHAR)) AS text FROM range(500000)")
        held = sum(path.stat().st_size for path in spill.rglob("*")) if spill.exists() else 0
        assert (held > 5_000_000) == on_disk
        con.close()
