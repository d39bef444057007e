"""XML at its edges: what the parser is told, encodings, tables that fill up, a layout with attributes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.formats import Format, load_formats
from pipelines.read import Caps
from pipelines.readers import xml
from tests.readers.reading import FORMATS, read, shipped
from tests.readers.test_xml import candidate, qualification, results


def _layout() -> Format:
    return next(one for one in shipped() if one.shape == "xml")


@pytest.mark.parametrize("inside", ["<!-- note -->", "<?note here?>", "<![CDATA[]]>"])
def test_a_value_goes_on_behind_what_is_not_text(inside: str, tmp_path: Path) -> None:
    text = results(candidate("0042", qualification().replace("H446", f"H4{inside}46")))
    assert read(tmp_path, text).column("results", "option_code") == ["H446"]


def test_a_text_longer_than_any_is_read_refuses_the_file_whatever_the_caps_say(tmp_path: Path) -> None:
    text = results(candidate("0042", qualification()), f"<a>{'x' * 10_100_000}</a>")
    file = read(tmp_path, text, caps=Caps(xml_text_bytes=1 << 30)).file()
    assert (file["reason"], file["rows_kept"]) == ("over a cap", 0)
    assert "a text or a name is longer than XML is read at all, at line 7" in file["detail"]


def test_the_reader_itself_refuses_a_document_type() -> None:
    text = '<!DOCTYPE EDIResults [<!ENTITY a "b">]>' + results(candidate("0042", qualification("&a;")))
    found = xml.read([text.encode()], _layout(), Caps())
    assert (found.files[0].refused, found.files[0].detail) == (
        *("a document type", "the XML declares a document type (DOCTYPE), which is never read"),
    )
    assert all(frame.is_empty() for frame in found.rows.values())


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("iso-8859-1", "ISO-8859-1"), ("utf-16", "UTF-16"), ("utf-8", "UTF-8"), ("cp1252", "UTF-8"), ("utf-16", None)],
)
def test_a_file_is_read_in_the_encoding_it_says_or_else_in_the_one_it_is_in(
    encoding: str, said: str | None, tmp_path: Path
) -> None:
    declared = f'<?xml version="1.0" encoding="{said}"?>\n' if said else ""
    text = results(candidate("0042", qualification().replace("<Grade>", "<Title>Français</Title><Grade>")))
    tables = read(tmp_path, (declared + text).encode(encoding))
    assert tables.column("results", "title") == ["Français"]


def test_rows_that_fill_a_table_several_times_are_all_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = results(*(candidate(f"{n:04d}", qualification("H446", "1", "C1", "C2")) for n in range(1, 8)))
    once = read(tmp_path / "once", text)
    monkeypatch.setattr(xml, "_ROWS_HELD", 3)
    often = read(tmp_path / "often", text)
    for table in ("results", "components", "evidence"):
        assert often.rows(table) == once.rows(table)
    assert len(often.rows("components")) == 14


@pytest.mark.parametrize("chunk", [150, 700, 100_000])
@pytest.mark.parametrize("cut", [1, 40])
def test_each_whole_candidate_of_a_file_cut_short_is_there_once(
    cut: int, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = results(*(candidate(f"{n:04d}", qualification()) for n in range(1, 13)))
    monkeypatch.setattr(xml, "_CHUNK", chunk)
    tables = read(tmp_path, text[:-cut])
    assert tables.column("results", "candidate_number") == [f"{n:04d}" for n in range(1, 13 if cut < 20 else 12)]


@pytest.mark.parametrize("chunk", [700, 1_000, 100_000])
def test_each_whole_candidate_before_what_is_broken_is_there_once(
    chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some are taken a chunk at a time before it is met, some only when the file is looked at again."""
    people = [candidate(f"{n:04d}", qualification()) for n in range(1, 13)]
    monkeypatch.setattr(xml, "_CHUNK", chunk)
    tables = read(tmp_path, results(*people[:9], "</Nothing>", *people[9:]))
    assert tables.column("results", "candidate_number") == [f"{n:04d}" for n in range(1, 10)]


@pytest.mark.parametrize("is_whole", [True, False])
def test_an_empty_element_of_the_header_says_nothing(is_whole: bool, tmp_path: Path) -> None:
    text = results(candidate("0042", qualification())).replace("<AwardingBody>01</AwardingBody>", "<AwardingBody/>")
    text = text.replace("<Series>", "<Series> </Series><Series>")
    file = read(tmp_path, text if is_whole else text[:-3]).file()
    assert (file["board"], file["series_as_sent"], file["is_truncated"]) == (None, "6A26", not is_whole)


def test_where_some_results_share_a_line_all_of_the_file_are_counted(tmp_path: Path) -> None:
    shared = candidate("0042", qualification("A1"), qualification("A2")).replace("\n", "")
    tables = read(tmp_path, results(shared + "\n", candidate("0043", qualification("A3"))))
    assert [(row["line"], row["option_code"]) for row in tables.rows("results")] == [(1, "A1"), (2, "A2"), (3, "A3")]


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_text_as_long_as_the_cap_is_read_and_one_longer_is_refused(is_whole: bool, tmp_path: Path) -> None:
    for length, reason in ((300, None if is_whole else "the file is cut short"), (301, "over a cap")):
        text = results(candidate("0042", qualification()), f"<a>{'x' * length}</a>", "<b/>")
        tables = read(tmp_path / str(length), text if is_whole else text[:-3], caps=Caps(xml_text_bytes=300))
        assert tables.file()["reason"] == reason


OTHER = """
kind = "xml_results"
title = "another board's XML"
shape = "xml"
source = "made up for a test"
root = "Results"
whole = "Body/Person"
needs = ["centre_number", "option_code"]
header = [
  { name = "centre_number", path = "Head/Centre", decode = "identifier", pad = 5, required = true, sure = "ours" },
]
columns = [
  { name = "candidate_number", path = "Body/Person/@number", decode = "identifier", pad = 4, sure = "ours" },
  { name = "option_code", path = "Body/Person/Award/@code", decode = "code", required = true, sure = "ours" },
  { name = "grade_as_sent", path = "Body/Person/Award/Grade", decode = "text", sure = "ours" },
]

[[fills]]
table = "incoming_results"
each = "Body/Person/Award"
fixed = { carrier = "xml" }
"""


@pytest.mark.parametrize("chunk", [60, 100_000])
@pytest.mark.parametrize("is_whole", [True, False])
def test_values_may_stand_in_attributes_and_people_deep_in_the_file(
    is_whole: bool, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "other_xml.toml").write_text(OTHER, encoding="utf-8")
    people = "".join(
        f'<Person number="{n}" odd="1"><Award code="A{n}"><Grade>B</Grade></Award>\n<Person>no</Person></Person>\n'
        for n in range(1, 5)
    )
    elsewhere = "<Person><Award code='no'/></Person>"
    text = f"<Results><Head><Centre>99999</Centre></Head>\n<Body>\n{people}</Body>{elsewhere}</Results>"
    monkeypatch.setattr(xml, "_CHUNK", chunk)
    tables = read(tmp_path, text if is_whole else text[:-4], formats=load_formats(FORMATS, tmp_path / "local"))
    found = [(row["candidate_number"], row["option_code"], row["grade_as_sent"]) for row in tables.rows("results")]
    assert found == [(f"{n:04d}", f"A{n}", "B") for n in range(1, 5)]
    assert (tables.file()["format"], tables.file()["has_uci_column"]) == ("other_xml", False)


def test_a_mark_that_is_only_weighted_may_say_absent(tmp_path: Path) -> None:
    text = results(candidate("0042", qualification("H446", "372", "C1")))
    text = text.replace("</Component>", "<WeightedMark>ABS</WeightedMark></Component>")
    assert read(tmp_path, text).column("components", "is_absent") == [True]
