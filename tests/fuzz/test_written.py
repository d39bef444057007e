"""Every format: rows that are valid under it are read back as they were, however they are written, split or joined."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.formats import Format
from tests.fuzz.accounts import Looked, look, shipped
from tests.fuzz.contents import content
from tests.fuzz.written import BOARD, SERIES, Season, expected, seasons, statements

EVERY = pytest.mark.parametrize("layout", shipped(), ids=[layout.name for layout in shipped()])


def said(looked: Looked, season: Season, files: int = 1) -> dict[str, Counter[str]]:
    """The statements of all files, by table."""
    return {
        table: sum(
            (statements(table, looked.rows(table.removeprefix("incoming_"), file)) for file in range(files)), Counter()
        )
        for table in season.layout.tables
    }


def compare(found: dict[str, Counter[str]], wanted: dict[str, Counter[str]]) -> None:
    """Only what differs is shown."""
    for table, statements_wanted in wanted.items():
        assert (found[table] - statements_wanted, statements_wanted - found[table]) == (Counter(), Counter()), table


def recognised(looked: Looked, season: Season) -> None:
    """Each file is known for what it is; where the headers drawn would do for two formats, it is refused by rights."""
    assume(all(one.reason != "two layouts fit" for one in looked.found))
    for one in looked.found:
        assert one.format is not None, one.detail
        assert one.format.name == season.layout.name


@EVERY
@settings(max_examples=12)
@given(data=st.data())
def test_what_is_written_is_read_back(layout: Format, data: st.DataObject) -> None:
    season = data.draw(seasons(layout))
    looked = look([content(season)])
    recognised(looked, season)
    file = looked.file()
    assert [(row["line"], row["reason"], row["raw"]) for row in looked.rows("rejects")] == []
    assert not file["is_refused"], (file["reason"], file["detail"])
    assert not file["is_truncated"], file["detail"]
    if layout.shape != "delimited":
        assert (file["board"], file["series_as_sent"], file["created_at"]) == (BOARD, SERIES, season.created)
    compare(said(looked, season), expected(season))


@EVERY
@settings(max_examples=6)
@given(data=st.data())
def test_rows_split_over_any_files_say_the_same(layout: Format, data: st.DataObject) -> None:
    season = data.draw(seasons(layout, most=8))
    files = data.draw(st.lists(st.integers(0, 2), min_size=len(season.rows), max_size=len(season.rows)))
    pieces = [[row for row, file in zip(season.rows, files, strict=True) if file == one] for one in sorted(set(files))]
    looked = look([content(season, piece) for piece in pieces])
    recognised(looked, season)
    assert [looked.file(n)["detail"] for n in range(len(pieces)) if looked.file(n)["is_refused"]] == []
    whole, apart = expected(season), said(looked, season, len(pieces))
    for fill in layout.fills:
        # an award is stated once in a file, so as often as there are files that say it
        if fill.distinct:
            whole[fill.table], apart[fill.table] = Counter(set(whole[fill.table])), Counter(set(apart[fill.table]))
    compare(apart, whole)


def test_every_format_of_the_folder_is_tried() -> None:
    assert len(shipped()) >= 15
    assert {layout.shape for layout in shipped()} == {"fixed_width", "delimited", "xml"}
