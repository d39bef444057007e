"""Each bad file alone beside good ones: what is said of it, and that the good ones are read as if it were not there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from pipelines import receive, resources
from pipelines.archives import ZipCaps
from pipelines.check import Source, read_and_check
from pipelines.formats import Format, load_formats
from pipelines.read import Caps
from pipelines.receive import Reception
from tests.cli_helpers import call, write_inbox
from tests.hostile.corpus import CANARIES, MAKERS, expected

EXPECTED = expected()
#: what may move a cursor, ring, or turn the direction of writing; line ends are ours
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@cache
def formats() -> tuple[Format, ...]:
    return tuple(load_formats(resources.formats()))


def checked(place: Path) -> tuple[Reception, dict[str, pl.DataFrame]]:
    """Receive, read and check an inbox: what came, and every table of all parts."""
    reception = receive.receive([place / "inbox"], place / "raw", None, ZipCaps())
    sources = [Source(one.file_id, one.sha256, one.path) for one in reception.received]
    tables: dict[str, list[pl.DataFrame]] = {}
    for part in read_and_check(sources, formats(), place / "cache", Caps()):
        for name, path in part.tables.items():
            tables.setdefault(name, []).append(pl.read_parquet(path))
    return reception, {name: pl.concat(frames) for name, frames in tables.items()}


def of(tables: dict[str, pl.DataFrame], ids: set[str]) -> dict[str, list[tuple[object, ...]]]:
    """The rows of some files, by table; a table without one is left out."""
    mine = {name: frame.filter(pl.col("file_id").is_in(list(ids))) for name, frame in tables.items()}
    return {name: sorted(frame.rows(), key=repr) for name, frame in mine.items() if frame.height}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], dict[str, list[tuple[object, ...]]]]:
    place = tmp_path_factory.mktemp("good")
    write_inbox(place / "inbox")
    reception, tables = checked(place)
    ids = {one.file_id for one in reception.received}
    return ids, of(tables, ids)


def test_every_way_has_its_message_and_every_message_its_way() -> None:
    assert set(MAKERS) == set(EXPECTED)


@pytest.mark.parametrize("name", MAKERS)
def test_a_bad_file_is_told_and_costs_the_good_ones_nothing(
    name: str, tmp_path: Path, good: tuple[set[str], dict[str, list[tuple[object, ...]]]]
) -> None:
    ids, rows = good
    write_inbox(tmp_path / "inbox")
    MAKERS[name](tmp_path / "inbox")
    reception, tables = checked(tmp_path)
    assert of(tables, ids) == rows

    said = [("refused", one.reason, one.detail, 0) for one in reception.refused]
    said += [("ignored", one.reason, "", 0) for one in reception.ignored]
    for one in tables["incoming_files"].filter(~pl.col("file_id").is_in(list(ids))).iter_rows(named=True):
        status = "refused" if one["is_refused"] else "truncated" if one["is_truncated"] else "read"
        said.append((status, one["reason"] or "", one["detail"] or "", one["rows_kept"]))
        assert one["rows_read"] == one["rows_kept"] + one["rows_rejected"]
    wanted = EXPECTED[name]
    assert (wanted.status, wanted.reason, wanted.detail, wanted.kept) in said, said
    assert len(said) + len(ids) == sum(count for part, count in reception.sums.items() if part != "received")

    shown = " ".join([one.name for one in reception.received] + [one.name for one in reception.refused])
    assert not CONTROLS.search(shown)
    assert not any(canary in reason + detail for _, reason, detail, _ in said for canary in CANARIES)
    # nothing was unpacked or run beside the inbox, and nothing in it was touched
    assert {path.name for path in tmp_path.iterdir()} == {"inbox", "raw", "cache"}
    assert not list(tmp_path.rglob("pwned"))
    assert all(re.fullmatch("[0-9a-f]{64}", path.name) for path in (tmp_path / "raw").iterdir())


SKIPPED = {"pipe", "link_to_the_inbox", "link_to_a_device", "link", "name_with_dash"}


@pytest.mark.parametrize("name", [name for name in MAKERS if name not in SKIPPED and not name.startswith("name_")])
def test_inspecting_a_bad_file_ends_well(name: str, tmp_path: Path) -> None:
    MAKERS[name](tmp_path)
    (path,) = tmp_path.iterdir()
    for option in ((), ("--show",)):
        said = call("--debug", "inspect", path, "--data", tmp_path / "data", *option)
        assert said.code in (0, 2, 10), said
        assert not CONTROLS.search(said.out + said.err), said
        assert not any(canary in said.out + said.err for canary in CANARIES)
