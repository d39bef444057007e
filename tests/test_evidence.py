"""The marked line of a finding: where a layout says a value stands is where the reader cut it from."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import resources
from pipelines.evidence import LONGEST, Cut, Told, flat, matters, of_finding, values
from pipelines.export import LONGEST_CELL, write_csv
from pipelines.formats import Format, load_formats
from pipelines.read import Caps, Recognised, read, recognise
from pipelines.readers.delimited import cut_cells
from pipelines.readers.quotes import unquoted
from pipelines.rules import load_rules
from tests.cli_helpers import call, published

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {form.name: form for form in load_formats(resources.formats())}
RULES = {rule.code: rule for rule in load_rules(resources.sql() / "rules")}
EXAMPLES = [(form, number) for form in FORMATS.values() for number in range(len(form.examples))]


def told(text: str, rule: str = "grades_conflict", **row: Any) -> Told:
    given = {
        **dict.fromkeys(("format", "delimiter", "cells", "column_name", "column_from", "column_to", "option_code")),
        "key": "99999·0042·6E26·05838/01",
        "line_text": text[:LONGEST],
        "line_length": len(text),
    }
    return of_finding({**given, **row}, FORMATS, RULES[rule])


def squashed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(("form", "number"), EXAMPLES, ids=[f"{form.name}-{number}" for form, number in EXAMPLES])
def test_each_value_is_found_in_the_line_where_the_reader_cut_it(form: Format, number: int, tmp_path: Path) -> None:
    content = str(form.examples[number]["text"]).encode()
    path = tmp_path / "example"
    path.write_bytes(content)
    found: Recognised = recognise(path, [form], Caps())
    made = read([content], [found], form, Caps())
    seen = made.files[0]
    cut = Cut(form, seen.delimiter, tuple(seen.cells.split(",")) if seen.cells else ())
    looked_at = 0
    for rows in made.rows.values():
        for row in rows.iter_rows(named=True):
            line = flat(row["raw"], cut)
            for one in values(line, cut, (row.get("option_code") or "").strip()):
                said = line[one.first : one.end].strip()
                if said.startswith('"'):
                    said = said[1:-1].replace('""', '"')
                if row.get(one.column) is not None:
                    assert squashed(said) == squashed(row[one.column]), one
                    looked_at += 1
    assert looked_at > 1


CELL = st.text(alphabet=st.sampled_from('ab,;"\t  é'), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, min_size=5, max_size=5), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_cells_with_quotes_and_delimiters_in_them_stand_where_the_reader_finds_them(
    records: list[list[str]], sign: str
) -> None:
    lines = [sign.join('"' + cell.replace('"', '""') + '"' for cell in record) for record in records]
    frame = pl.DataFrame(
        {"file": [0] * len(lines), "line": range(1, len(lines) + 1), "raw": lines},
        schema={"file": pl.UInt32, "line": pl.Int32, "raw": pl.String},
    )
    cells = cut_cells(frame, sign, 5).cells
    names = ("surname", "", "uci", "forenames", "title")
    cut = Cut(None, {",": "comma", ";": "semicolon", "\t": "tab"}[sign], names)
    for row in cells.iter_rows(named=True):
        found = {one.column: row["raw"][one.first : one.end] for one in values(row["raw"], cut)}
        assert set(found) == {name for name in names if name}
        for place, name in enumerate(names):
            if name:
                inner = pl.select(unquoted(pl.lit(sign + found[name]))).item()
                assert inner.strip() == row[str(place)].strip()


def test_a_rule_marks_what_its_query_and_its_key_name_and_a_centre_number_only_where_it_is_about_one() -> None:
    rule = RULES["claimed_grade_differs"]
    marked = {name for name in FORMATS["claims"].all_columns if matters(name, rule, "", is_blank=False)}
    expected = {"ocr_candidate_number", "candidate_number", "uci", "qualification_code", "unit_code", "claimed_grade"}
    assert marked == {*expected, "claim_date"}
    # a blank is shown where the rule asks for it, not wherever a student could have had one more number
    assert matters("uci", RULES["missing_uci"], "", is_blank=True)
    assert not matters("uci", rule, "", is_blank=True)


def test_a_fixed_width_line_is_marked_by_its_variant() -> None:
    line = f"{'R5999990042999990250042X583402583402M0042D':<52}1000000043"
    shown = told(line, "marks_conflict", format="edi_results")
    assert "".join(piece for piece, _ in shown.pieces) == line
    assert shown.marked == (
        ("candidate number", "0042", "characters 8–11"),
        ("UCI", "999990250042X", "12–24"),
        ("option code", "583402", "31–36"),
        ("mark", "0042", "38–41"),
    )


def test_of_several_options_in_one_record_those_of_the_finding_are_marked() -> None:
    example = next(line for line in str(FORMATS["edi_entries"].examples[0]["text"]).splitlines() if line[1] == "5")
    repeat = FORMATS["edi_entries"].repeat
    assert repeat is not None
    line = example[: repeat.start - 1] + "583801583802583801"
    shown = told(line, "duplicate_entry", format="edi_entries", option_code="583802")
    assert [value for name, value, _ in shown.marked if name == "option code"] == ["583802"]


def test_a_row_that_was_set_aside_is_marked_where_its_fault_is() -> None:
    cells = "centre_number,,uln"
    shown = told("99999,x,3.5E+09", "row_rejected", delimiter="comma", cells=cells, column_name="uln")
    assert shown.pieces == (("99999,x,", False), ("3.5E+09", True))
    shown = told("R5999990042Z", "row_rejected", column_name="record_type", column_from=12, column_to=12)
    assert shown.marked == (("record type", "Z", "character 12"),)


def test_a_blank_cell_is_named_though_nothing_can_be_marked() -> None:
    cells = "centre_number,candidate_number,uci"
    shown = told("99999,0042,", "missing_uci", delimiter="comma", cells=cells)
    assert shown.pieces == (("99999,", False), ("0042", True), (",", False))
    assert shown.marked == (("candidate number", "0042", "cell 2"), ("UCI", "", "3"))


def test_a_long_line_is_cut_and_says_so_and_what_is_marked_stays() -> None:
    line = "99999," + "x" * 3_000 + ",0042," + "y" * 500
    cells = "centre_number,,candidate_number,"
    shown = told(line, delimiter="comma", cells=cells)
    assert shown.is_cut
    assert ("0042", True) in shown.pieces
    assert sum(len(piece) for piece, _ in shown.pieces) < 200
    assert told("x" * 5_000).is_cut
    assert not told("short").is_cut


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('"' * LONGEST, {"delimiter": "comma", "cells": "uci,candidate_number"}),
        (',"a' * 1_300, {"delimiter": "comma", "cells": "uci,candidate_number"}),
        (" " * LONGEST + '"', {"delimiter": "tab", "cells": "uci,candidate_number"}),
        ("<Qualification" * 280, {"format": "xml_results"}),
        ("<Qualification a='" + "x " * 1_900, {"format": "xml_results"}),
        ("<" * LONGEST, {"format": "xml_results"}),
        ("E5" + "583801" * 650, {"format": "edi_entries"}),
        ("", {"format": "edi_results"}),
    ],
)
def test_no_line_takes_long_whatever_it_holds(text: str, row: dict[str, Any]) -> None:
    begun = time.perf_counter()
    shown = told(text, **row)
    assert time.perf_counter() - begun < 2
    assert sum(len(piece) for piece, _ in shown.pieces) < 5_000
    assert len(shown.marked) <= 24


def test_no_text_of_the_csv_is_longer_than_a_cell_of_excel_and_the_table_has_the_whole(tmp_path: Path) -> None:
    frame = pl.read_parquet(published() / "current" / "tables" / "discrepancies.parquet").head(2)
    lines = ["=" + "\U0001f600" * 40_000, "x" * LONGEST_CELL]
    write_csv(frame.with_columns(evidence=pl.Series(lines)), tmp_path / "long.csv")
    first, second = pl.read_csv(tmp_path / "long.csv", infer_schema=False)["evidence"].to_list()
    assert len(first.encode("utf-16-le")) // 2 <= 32_767
    assert first.startswith("'=")
    assert first.endswith("[cut to fit a cell; whole in tables/discrepancies.parquet]")
    assert second == lines[1]


def _finding(code: str) -> dict[str, Any]:
    frame = pl.read_parquet(published() / "current" / "tables" / "discrepancies.parquet")
    found = frame.filter((pl.col("code") == code) & pl.col("evidence").is_not_null())
    return found.sort("key").row(0, named=True)


def test_the_terminal_shows_one_finding_with_carets_beneath_what_it_is_about() -> None:
    row = _finding("grades_conflict")
    said = call("explain", row["fingerprint"], "--data", published())
    assert said.code == 0, said.err
    at = said.lines.index(f"{row['file']}:{row['line']}")
    line, carets = said.lines[at + 1], said.lines[at + 2]
    assert line == f"  {row['evidence']}"
    marked = "".join(sign for sign, caret in zip(line, carets.ljust(len(line)), strict=True) if caret in "^~")
    assert marked == "0234999990250234Y583801M "
    assert "42–43: grade M" in " ".join(said.out.split())
    assert "explain grades_conflict" in said.err


def test_a_finding_that_is_not_there_is_told_with_the_way_to_those_that_are() -> None:
    said = call("explain", "0123456789abcdef", "--data", published())
    assert said.code == 2
    assert "no finding 0123456789abcdef" in said.err
