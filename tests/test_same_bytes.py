"""The machine changes no byte: threads, the seed of hashes, time zone, language, clock, folder, room for tables."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample_run import folder

ROOT = Path(__file__).parent.parent
#: one process is told nothing; this one is told all that may be told of a machine, each thing otherwise
OTHERWISE = {
    "POLARS_MAX_THREADS": "1" if (os.cpu_count() or 1) > 1 else "2",
    "PYTHONHASHSEED": "20260810",
    "TZ": "Pacific/Apia",
    "LC_ALL": "POSIX",
    "LANG": "tr_TR.UTF-8",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "COLUMNS": "40",
}
_RUN = """
import sys
from pathlib import Path
import pipelines.run as stages
from pipelines.config import Config
from pipelines.run import run
from tests.sample_run import CENTRES, options
assert stages._LARGE > 0
stages._LARGE = 0  # as of many centres: the tables in a file
print(run(options(Path(sys.argv[1]), config=Config(centres=CENTRES, duckdb_threads=2))).folder)
"""
#: run.json alone tells times; the database holds the tables, which are compared
_NOT_COMPARED = ("run.json", "results.duckdb")


def outputs(run: Path) -> dict[str, str]:
    """Every file that a run gives out, by a digest of its bytes."""
    return {
        path.relative_to(run).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(run.rglob("*"))
        if path.is_file() and path.name not in _NOT_COMPARED
    }


@pytest.mark.xdist_group("sample")
def test_threads_the_seed_of_hashes_the_time_zone_and_the_language_change_no_byte(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(tmp_path / "data")],
        cwd=ROOT,
        env={**os.environ, **OTHERWISE, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    here, there = outputs(folder()), outputs(Path(done.stdout.strip()))
    assert here.keys() == there.keys()
    assert {Path(name).suffix for name in here} >= {".parquet", ".csv", ".html", ".xlsx"}
    assert [name for name, digest in here.items() if there[name] != digest] == []
