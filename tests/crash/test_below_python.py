"""Faults under every library: polars and DuckDB write files of their own, which no seam of Python sees.

The size limit is the system's; the rest is `shim.c`, which is compiled here and stands between the process and its C
library: skipped where there is no compiler.
"""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from pipelines import files
from tests.crash.ground import Field

pytestmark = pytest.mark.xdist_group("crash")


#: a run while it is built, from its own folder on
NAMED = re.compile(r"runs/\.building-[^/]*")


# the second is met where the database says that its commit failed, and has no transaction left to roll back
@pytest.mark.parametrize("size", [5_000, 131_072])
def test_where_no_file_may_grow_so_large_nothing_is_published_and_nothing_left(field: Field, size: int) -> None:
    ground, ended = field.fails({"kind": "size", "bytes": size})
    assert ended.code == 13, ended
    # of the last bytes of a Parquet file polars loses the system's words
    assert ": the file would be larger than this system allows." in ended.err or ": the drive reports" in ended.err
    assert not field.is_new(ground)
    assert field.left(ground) == []


@pytest.fixture(scope="module")
def calls(field: Field) -> list[tuple[str, str, str]]:
    """Every call of a whole run below its data folder: what, its path, and its target."""
    if not field.has_shim:
        pytest.skip("there is no C compiler here: nothing stands below Python")
    log = field.place / "calls"
    ground, ended = field.fails({"kind": "below", "log": str(log)})
    assert ended.code == 0, ended
    assert field.is_new(ground)
    told = [line.split("\t") for line in log.read_text(encoding="utf-8").splitlines()]
    return [(call, path.removeprefix(f"{ground.data}/"), target) for call, path, target in told]


def test_every_file_and_folder_of_a_run_is_synced_before_the_rename_that_publishes_it(
    field: Field, calls: list[tuple[str, str, str]]
) -> None:
    switch = next(at for at, (call, path, _) in enumerate(calls) if (call, path) == ("rename", f"{files.CURRENT}.part"))
    naming = next(at for at, (call, path, _) in enumerate(calls) if call == "rename" and NAMED.fullmatch(path))
    building = calls[naming][1]
    run = Path(calls[naming][2])
    synced: dict[str, int] = {}
    written: dict[str, int] = {}
    for at, (call, path, _) in enumerate(calls[:naming]):
        if call in ("write", "fsync"):
            (written if call == "write" else synced)[path] = at
    parts = [path for path in [run, *run.rglob("*")] if path.exists()]
    assert len(parts) > 60
    for part in parts:
        mine = building if part == run else f"{building}/{part.relative_to(run)}"
        assert mine in synced, f"{mine} was not synced before the run was named"
        assert synced[mine] > written.get(mine, -1), f"{mine} was written to after it was synced"
    assert "fsync" in [call for call, path, _ in calls[naming:switch] if path == files.RUNS], "the name itself"
    assert ("fsync", str(run.parent.parent)) in [(call, path) for call, path, _ in calls[switch:]], "the switch itself"


def nth(calls: list[tuple[str, str, str]], call: str, part: str) -> int:
    """Which of the calls of its kind is the first whose path holds `part`."""
    paths = [path for kind, path, _ in calls if kind == call]
    return next(at for at, path in enumerate(paths, 1) if part in path)


@pytest.mark.parametrize(
    ("call", "part", "number", "how"),
    [
        ("write", "/incoming_", errno.ENOSPC, "ever"),  # polars
        ("write", ".parquet.part", errno.EIO, "once"),  # DuckDB, a table
        ("fsync", "results.duckdb", errno.EIO, "once"),
        ("write", "results.duckdb", 0, "killed"),
    ],
)
def test_a_fault_below_a_library_is_told_as_the_disks_and_leaves_the_old_run(
    field: Field, calls: list[tuple[str, str, str]], call: str, part: str, number: int, how: str
) -> None:
    fault = {"kind": "below", "call": call, "nth": nth(calls, call, part), "errno": number, "how": how}
    ground, ended = field.fails(fault)
    assert not field.is_new(ground)
    if how == "killed":
        assert ended.code == -9
        field.converges(ground)
    else:
        assert ended.code == 13, ended
        assert field.left(ground) == []
