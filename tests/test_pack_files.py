"""Query sheets as files: what stands in each, what stands in none, and that nobody's work is written over."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pytest

from pipelines.errors import UsageError
from pipelines.packs import writing
from pipelines.packs.asking import Answer
from pipelines.packs.words import README, Heading, message, readme
from pipelines.workbooks.book import HEADER
from tests.pack_runs import AS_OF, HEADING, NAMES, SPEAKING, answered, found, run_drawn, student


def a_bit_of_everything(con: Any) -> Answer:
    student(con, "p1", "0042", surname="=HYPERLINK(1)")
    student(con, "p2", "0043")
    for place, (values, _) in enumerate(SPEAKING.values()):
        person = {"person_id": "p1" if place % 2 else "p2", "other_person_id": "p2" if place % 3 else None}
        found(con, f"f{place}", evidence=f"R5 {NAMES[0]}", **{**person, **values})
    return answered(con)


def test_no_message_and_no_page_names_a_student_or_a_number() -> None:
    with run_drawn() as con:
        answer = a_bit_of_everything(con)
        texts = {"page": readme(answer, HEADING)} | {sheet.stem: message(sheet, HEADING) for sheet in answer.sheets}
    assert len(texts) >= len(SPEAKING)
    for told in texts.values():
        for word in (*NAMES, "HYPERLINK", "0042", "0043", "2007"):
            assert word not in told
    for sheet in answer.sheets:
        told = " ".join(texts[sheet.stem].split())
        assert "not attached" in told
        assert "secure channel" in told or "own protected" in told
        assert 'column "reference"' in told
        assert f"{sheet.frame.height} row" in told


def test_the_page_says_for_each_sheet_where_it_goes_and_what_its_columns_hold() -> None:
    with run_drawn() as con:
        answer = a_bit_of_everything(con)
        page = readme(answer, HEADING)
    said = " ".join(page.split())
    for sheet in answer.sheets:
        assert f"-> {sheet.stem}.xlsx, .csv, to " in page
        for words in (*sheet.request.how, *sheet.request.words.values(), sheet.request.file.summary):
            assert " ".join(words.split()) in said
    assert "The sheets are ours" in said
    assert "NOTHING TO ASK" not in page
    assert max(map(len, page.splitlines())) <= 130
    assert "SAMPLE" not in page
    assert "SAMPLE" in readme(answer, Heading("r", AS_OF, "2025-26", is_sample=True))


def test_equal_runs_give_equal_bytes_whatever_the_order_of_their_rows() -> None:
    def made(backwards: bool) -> dict[str, bytes]:
        with run_drawn() as con:
            student(con, "p1", "0042")
            student(con, "p2", "0043")
            rows = [(f"f{place}", name) for place, name in enumerate(SPEAKING) for _ in (0,)]
            for reference, name in reversed(rows) if backwards else rows:
                found(con, reference, person_id="p1", **SPEAKING[name][0])
                found(con, f"{reference}b", person_id="p2", **SPEAKING[name][0])
            return writing.contents(answered(con), HEADING)

    forwards = made(False)
    assert forwards == made(True)
    assert {name.rpartition(".")[2] for name in forwards} == {"csv", "xlsx", "txt"}


def test_a_sheet_is_a_csv_and_a_workbook_of_the_same_rows_with_text_kept_as_text() -> None:
    with run_drawn() as con:
        answer = a_bit_of_everything(con)
        made = writing.contents(answer, HEADING)
    for sheet in answer.sheets:
        data = made[f"{sheet.stem}.csv"]
        assert data.startswith(b"\xef\xbb\xbf")
        text = pl.read_csv(io.BytesIO(data), infer_schema=False)
        assert text.columns == [column.name for column in sheet.request.columns]
        book = fastexcel.read_excel(made[f"{sheet.stem}.xlsx"])
        rows = book.load_sheet("Rows", header_row=HEADER - 1, dtypes="string").to_polars()
        assert rows.columns == [column.header for column in sheet.request.columns]
        assert rows["Reference"].to_list() == text["reference"].to_list()
        about = book.load_sheet("About", header_row=HEADER - 1).to_polars()
        assert set(sheet.request.words.values()) <= set(about["Says"])
        if "surname" in text.columns:
            assert not text["surname"].drop_nulls().str.starts_with("=").any()
            assert rows["Candidate number"].drop_nulls().is_in(["0042", "0043"]).all()


def test_a_pack_is_private_and_never_written_over_what_somebody_filled_in(tmp_path: Path) -> None:
    made = {README: b"page", "a.csv": b"1"}
    first = writing.put(made, tmp_path / "packs" / "run")
    assert first == tmp_path / "packs" / "run"
    assert [oct(path.stat().st_mode & 0o777) for path in (first, first / "a.csv")] == ["0o700", "0o600"]
    assert writing.put(made, first) == first
    (first / "a.csv").write_bytes(b"1, asked on Monday")
    second = writing.put(made, first)
    assert second.name == "run-2"
    assert (first / "a.csv").read_bytes() == b"1, asked on Monday"
    assert writing.put(made, first) == second
    assert writing.put({README: b"other"}, first).name == "run-3"


def test_a_folder_that_is_named_must_be_new_empty_or_hold_the_same(tmp_path: Path) -> None:
    made = {README: b"page"}
    folder = writing.put_at(made, tmp_path / "mine")
    assert writing.put_at(made, folder) == folder
    with pytest.raises(UsageError, match="something else"):
        writing.put_at({README: b"another"}, folder)
    (tmp_path / "a file").touch()
    with pytest.raises(UsageError, match="something else"):
        writing.put_at(made, tmp_path / "a file")
    assert (folder / README).read_bytes() == b"page"


def test_the_nearest_day_to_come_is_worked_through_first() -> None:
    with run_drawn() as con:
        answer = a_bit_of_everything(con)
    page = readme(answer, HEADING)
    assert page.index("(review_of_marking)") < page.index("(result_in_question)") < page.index("(missing_results)")
    assert page.index("(missing_results)") < page.index("(school_reimport)") < page.index("(centre_to_do)")
    late = readme(answer, Heading("r", AS_OF + timedelta(days=60), "2025-26", is_sample=False))
    assert late.index("(duplicate_record)") < late.index("(review_of_marking)")
