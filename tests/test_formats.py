"""The format files: each reads its own examples, none collides with another, a bad one is refused by name."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import UsageError
from pipelines.formats import SURE, Format, fold_header, load_formats
from pipelines.read import Caps, recognise
from tests.readers.reading import FORMATS, edi, read, result, shipped

KINDS = {
    *("edi_results", "edi_entries", "edi_amendments", "basedata_syllabuses", "basedata_options"),
    *("basedata_components", "basedata_links", "xml_results", "achievement_report", "examined_marks"),
    *("tracker_summary", "tracker_detailed", "claims", "entries", "grade_boundaries"),
}
EXAMPLES = [
    pytest.param(layout, number, id=f"{layout.name}-{number}")
    for layout in shipped()
    for number in range(len(layout.examples))
]


def said(value: Any) -> Any:
    """A value as an example writes it."""
    if isinstance(value, Decimal) or hasattr(value, "isoformat"):
        return str(value)
    return value


@pytest.mark.parametrize(("layout", "number"), EXAMPLES)
def test_every_example_of_a_format_gives_what_it_says(layout: Format, number: int, tmp_path: Path) -> None:
    example = layout.examples[number]
    tables = read(tmp_path, example["text"])
    assert tables.file()["format"] == layout.name
    assert tables.rows("rejects") == []
    for table, expected in example["gives"].items():
        found = tables.frame(table.removeprefix("incoming_")).to_dicts()
        found = [{name: said(value) for name, value in row.items()} for row in found]
        assert len(found) == len(expected)
        for row, wanted in zip(found, expected, strict=True):
            assert {name: row[name] for name in wanted} == wanted


def test_there_is_a_format_for_every_kind_of_file() -> None:
    assert {layout.kind for layout in shipped()} == KINDS


@pytest.mark.parametrize("layout", shipped(), ids=lambda layout: layout.name)
def test_a_format_says_where_it_comes_from_how_sure_it_is_and_shows_two_examples(layout: Format) -> None:
    assert len(layout.source) > 20
    assert {column.sure for column in layout.all_columns.values()} <= set(SURE)
    assert len(layout.examples) >= 2


@pytest.mark.parametrize(
    "layout", [layout for layout in shipped() if layout.shape == "delimited"], ids=lambda layout: layout.name
)
def test_the_default_headers_of_a_format_are_those_of_no_other(layout: Format, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(",".join(column.headers[0] for column in layout.columns) + "\n")
    found = recognise(path, shipped(), Caps())
    assert (found.format and found.format.name, found.detail) == (layout.name, "")


@pytest.mark.parametrize(
    "layout", [layout for layout in shipped() if layout.shape == "fixed_width"], ids=lambda layout: layout.name
)
def test_no_two_columns_of_a_fixed_width_record_overlap(layout: Format) -> None:
    for variant in (*layout.variants, None):
        columns = sorted((*layout.columns, *(variant.columns if variant else ())), key=lambda column: column.start)
        for left, right in pairwise(columns):
            assert left.start + left.width <= right.start, f"{left.name} runs into {right.name}"


def test_headers_are_compared_without_case_spaces_and_punctuation() -> None:
    assert fold_header(" FORE-NAME(S) ") == fold_header("Forename(s)") == fold_header("fore_name.s/")
    assert fold_header("Unit Code") != fold_header("Unit Codes")


def test_a_format_of_a_later_folder_replaces_its_namesake(tmp_path: Path) -> None:
    """A centre finds that its candidate number stands one character further on, and says so in its own folder."""
    text = (FORMATS / "edi_results.toml").read_text(encoding="utf-8").partition("[[example]]")[0]
    moved = text.replace('"candidate_number", start = 8, width = 4', '"candidate_number", start = 9, width = 3')
    assert moved != text
    (tmp_path / "edi_results.toml").write_text(moved, encoding="utf-8")
    formats = load_formats(FORMATS, tmp_path)
    assert len(formats) == len(shipped())
    assert read(tmp_path, edi(result("0042")), formats=formats).column("results", "candidate_number") == ["042"]


MADE_UP = """
kind = "claims"
shape = "delimited"
source = "a made-up sheet of another awarding body"
needs = ["centre_number", "unit_code"]
columns = [
  { name = "centre_number", headers = ["School"], decode = "identifier", pad = 5, required = true },
  { name = "surname", headers = ["Who"], required = true },
  { name = "unit_code", headers = ["What"], decode = "code", required = true },
  { name = "claimed_grade", headers = ["Outcome"], required = true },
]
[[fills]]
table = "incoming_claims"
"""


def test_a_new_format_of_a_known_shape_needs_a_file_and_no_program(tmp_path: Path) -> None:
    folder = tmp_path / "formats"
    folder.mkdir()
    (folder / "another_board.toml").write_text(MADE_UP, encoding="utf-8")
    tables = read(tmp_path, "School;Who;What;Outcome\n9999;Sample;ab1;Pass\n", formats=load_formats(FORMATS, folder))
    assert tables.file()["format"] == "another_board"
    row = tables.rows("claims")[0]
    assert (row["centre_number"], row["surname_key"], row["unit_code"], row["claimed_grade"]) == (
        *("09999", "sample", "AB1", "Pass"),
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("kind = 'x'\nshape = ?", "not a TOML file: Invalid value (at line 2, column 9)"),
        (MADE_UP.replace('kind = "claims"', ""), "it has no kind"),
        (MADE_UP.replace('"delimited"', '"clay tablet"'), "shape 'clay tablet'"),
        (MADE_UP.replace("incoming_claims", "incoming_dreams"), "it fills 'incoming_dreams', which is no table"),
        (MADE_UP.replace('decode = "code"', 'decode = "guess"'), "column unit_code: decode 'guess'"),
        (MADE_UP.replace('["What"]', '["who"]'), "header 'who' stands for both surname and unit_code"),
        (MADE_UP.replace("pad = 5", "pda = 5"), "column centre_number: unknown key pda"),
        (MADE_UP + "columns = { claim_day = 'surname' }", "incoming_claims has no column claim_day"),
        (MADE_UP + "columns = { claimed_grade = 'sonrame' }", "no column of the layout is called sonrame"),
        (MADE_UP.replace('headers = ["What"]', "headers = []"), "column unit_code: it accepts no header"),
        (MADE_UP.replace("required = true", "required = false"), "any line at all would be its header"),
        (MADE_UP.replace("delimited", "fixed_width"), "framing '' is none of jcq_framing"),
        (MADE_UP.replace("delimited", "xml"), "it has no path"),
    ],
)
def test_a_format_file_that_cannot_be_used_is_named_with_what_is_wrong(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_formats(FORMATS, tmp_path)
    assert str(tmp_path / "mine.toml") in str(caught.value)
    assert what in str(caught.value)


def test_the_hash_of_a_format_changes_with_its_framing(tmp_path: Path) -> None:
    text = (FORMATS / "jcq_framing.toml").read_text(encoding="utf-8")
    (tmp_path / "jcq_framing.toml").write_text(text + "# changed\n", encoding="utf-8")
    before = {layout.name: layout.sha256 for layout in shipped()}
    after = {layout.name: layout.sha256 for layout in load_formats(FORMATS, tmp_path)}
    assert after["edi_results"] != before["edi_results"]
    assert after["claims"] == before["claims"]
