"""Rows against the schemas of their tables: what is told of a row, and that a fault of ours is never told of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.errors import SumsError
from pipelines.readers import fills, tables
from pipelines.readers.cut import Caps
from pipelines.readers.decoding import reject_value
from tests.readers.reading import edi, read, result

TABLE = "incoming_results"
WHOLE = edi(result("0042"), result("0043"), result("0044"))
FAILURE = ["file_id", "line", "column_name", "reason", "expected"]


@pytest.fixture
def results(tmp_path: Path) -> pl.DataFrame:
    """Three rows that hold, on the lines 3 to 5."""
    return read(tmp_path, WHOLE).frame("results")


def _told(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    return fills.validate(TABLE, frame).select("line", "column_name", "reason", "expected").rows()


def test_rows_that_hold_have_nothing_told_of_them(results: pl.DataFrame) -> None:
    for frame in (results, results.clear()):
        found = fills.validate(TABLE, frame)
        assert (found.columns, found.height) == (FAILURE, 0)


def test_of_a_row_with_several_faults_the_first_of_the_table_is_told(results: pl.DataFrame) -> None:
    long = pl.lit("x" * 300)
    frame = results.with_columns(
        uln=pl.when(pl.col("line") < 5).then(long).otherwise("uln"),
        candidate_number=pl.when(pl.col("line") == 3).then(long).otherwise("candidate_number"),
        centre_number=pl.when(pl.col("line") == 5).then(None).otherwise("centre_number"),
        surname=long,
    )
    assert _told(frame) == [
        (3, "candidate_number", "has more than 10 characters", "at most 10 characters"),
        (4, "uln", "has more than 20 characters", "at most 20 characters"),
        (5, "centre_number", "is blank", "a value"),
    ]


def test_a_frame_of_other_columns_is_a_fault_of_ours(results: pl.DataFrame) -> None:
    with pytest.raises(TypeError, match=f"{TABLE} was not built to its schema$"):
        fills.validate(TABLE, results.drop("uln"))


def test_a_column_of_another_type_is_a_fault_of_ours(results: pl.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = results.with_columns(pl.col("line").cast(pl.Int64), centre_number=pl.lit(None, pl.String))
    monkeypatch.setattr(fills, "polars_schema", lambda _: frame.schema)
    with pytest.raises(TypeError, match=rf"{TABLE} was not built to its schema: \[.*dtype"):
        fills.validate(TABLE, frame)


def test_what_the_gate_refuses_the_schema_must_explain(results: pl.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    class Anything:
        @staticmethod
        def validate(frame: pl.DataFrame, **_: object) -> pl.DataFrame:
            return frame

    monkeypatch.setattr(fills, "schema_of", lambda _: Anything)
    with pytest.raises(AssertionError, match=f"{TABLE}: its schema accepts what its gate does not"):
        fills.validate(TABLE, results.with_columns(centre_number=pl.lit(None, pl.String)))


def _refusing(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if each row of this table were refused, however often it is asked."""
    validate = fills.validate

    def refuse(name: str, frame: pl.DataFrame, by_line: bool = True) -> pl.DataFrame:
        if name != table:
            return validate(name, frame, by_line)
        line = pl.col("line") if by_line else pl.lit(1, pl.Int32)
        said = {"column_name": pl.lit("centre_number"), "reason": pl.lit("is odd"), "expected": pl.lit("")}
        return frame.select("file_id", line=line, **said)

    monkeypatch.setattr(fills, "validate", refuse)


def test_a_record_that_is_set_aside_and_still_there_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refusing(TABLE, monkeypatch)
    monkeypatch.setattr(tables, "_less", lambda frame, _: frame)
    with pytest.raises(AssertionError, match="edi_results: records that were set aside are still there"):
        read(tmp_path, WHOLE)


def test_a_common_table_that_is_not_as_its_schema_says_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refusing("incoming_files", monkeypatch)
    with pytest.raises(
        AssertionError, match=r"incoming_files does not meet its own schema: \[\('centre_number', 'is odd"
    ):
        read(tmp_path, WHOLE, WHOLE + " ")


def test_records_that_are_neither_kept_nor_rejected_stop_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    per_file = tables._per_file
    monkeypatch.setattr(
        tables, "_per_file", lambda frames, files: [n + len(frames) - 1 for n in per_file(frames, files)]
    )
    with pytest.raises(SumsError, match=r"file [0-9a-f]{16}: 4 records read, 3 kept, 0 rejected"):
        read(tmp_path, WHOLE)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("uci", "UCI is odd"),
        ("uln", "ULN is odd"),
        ("ocr_candidate_number", "OCR candidate number is odd"),
        ("reported_glh", "reported GLH is odd"),
        ("claim_date", "claim date is odd"),
    ],
)
def test_a_reject_speaks_of_a_column_in_the_fields_own_words(name: str, said: str) -> None:
    row = pl.DataFrame({"file": [0], "line": [1], "raw": ["x"]}, schema_overrides={"file": pl.UInt32, "line": pl.Int32})
    reject = reject_value(row, None, "is odd", "even", name)
    assert reject.select("reason", "column_name", "column_from", "column_to").rows() == [(said, name, None, None)]


def test_a_reject_shows_no_identity_where_there_is_none(tmp_path: Path) -> None:
    reject = read(tmp_path, edi(result("    ", uci="", uln=""), result(), result("0043"))).rows("rejects")[0]
    assert (reject["candidate_number"], reject["uci"], reject["centre_number"]) == (None, None, "99999")
    odd = result("    ", uci="", block="Z0042D")  # is rejected before its blanks are made nothing
    reject = read(tmp_path / "odd", edi(odd, result(), result("0043"))).rows("rejects")[0]
    assert (reject["candidate_number"], reject["uci"], reject["centre_number"]) == (None, None, "99999")


def test_the_caps_are_those_that_are_documented(tmp_path: Path) -> None:
    documented = Caps(4 * 1024**3, 1024**2, 1024, 64, 1024**2)
    assert Caps() == documented
    assert read(tmp_path, WHOLE, caps=documented).file()["rows_kept"] == 3
