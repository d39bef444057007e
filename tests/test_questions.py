"""The ready questions: each runs, answers in every format and in one order, and is right on the tiny centre."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pytest

from pipelines.publish import published as published_run
from pipelines.questions import question, statement
from pipelines.sql_files import SqlFile
from tests import sample_run
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny
from tests.question_answers import QUESTIONS, asked, sample


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_answers_alike_in_every_format(name: str) -> None:
    rows = asked(name)
    told = json.loads(call("query", "--question", name, "--data", tiny(), "--format", "json").out)
    text = call("query", "--question", name, "--data", tiny())
    assert [{key: value or "" for key, value in row.items()} for row in told] == rows
    assert len(text.lines) == len(rows) + 2
    assert text.err.rstrip().endswith(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")


def _shuffled(file: SqlFile, seed: int) -> Any:
    """The answer where every table the question reads has its rows in another order, on several threads."""
    run = published_run(tiny())
    assert run is not None
    con = duckdb.connect(str(run.folder / "results.duckdb"), read_only=True)
    try:
        con.execute("SET preserve_insertion_order = false")
        for table in file.reads:
            source = f"results.main.{table} AS t ORDER BY hash(t, {seed})"
            con.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM {source}")
        columns = "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM"
        sql, values = statement(file, {})
        return con.execute(f"{columns} ({sql})", values).fetchall()
    finally:
        con.close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_order_of_an_answer_does_not_hang_on_the_order_of_the_tables(name: str) -> None:
    first, second, third = (_shuffled(QUESTIONS[name], seed) for seed in (1, 2, 3))
    assert first == second == third


def test_the_list_has_every_question_with_what_it_asks() -> None:
    said = call("query", "--list", "--format", "json")
    told = json.loads(said.out)
    assert [(one["question"], one["asks"]) for one in told] == [(name, one.summary) for name, one in QUESTIONS.items()]
    assert {one["question"]: one["takes"] for one in told}["one_unit_away"] == "centre qualification points"
    assert len(QUESTIONS) >= 25


def test_a_question_that_is_not_there_is_answered_with_the_nearest() -> None:
    said = call("query", "--question", "on_holt", "--data", tiny())
    assert said.code == 2
    assert "Did you mean on_hold?" in said.err


def test_on_hold_names_each_student_with_the_fault_and_who_acts() -> None:
    assert {(row["candidate_number"], row["code"], row["owner"]) for row in asked("on_hold")} == {
        ("0234", "grades_conflict", "board"),
        ("0777", "missing_uci", "centre"),
        ("0808", "missing_uci", "centre"),
        ("4180", "duplicate_candidate_number", "board"),
    }


def test_carriers_stand_side_by_side_and_one_that_is_silent_is_blank() -> None:
    rows = {(row["candidate_number"], row["code"]): row for row in asked("carriers_side_by_side")}
    assert (rows["0234", "05838/01"]["edi"], rows["0234", "05838/01"]["achievement_report"]) == ("M", "P")
    assert (rows["0777", "05838/01"]["edi"], rows["0777", "05838/01"]["achievement_report"]) == ("", "P")
    assert rows["4180", "05838/02"]["highest_mark"] == "45.00"
    assert "0042" not in {number for number, _ in rows}


def test_two_numbers_lists_each_number_and_the_units_under_it() -> None:
    rows = [(row["candidate_number"], row["ocr_candidate_number"], row["units"]) for row in asked("two_numbers")]
    assert rows == [("4180", "00004180", "05838/01"), ("4180", "00004999", "05838/02")]


def test_results_on_interchange_and_not_in_edi_come_with_their_cause() -> None:
    rows = [(row["cause"], row["candidate_number"], row["code"]) for row in asked("on_interchange_not_in_edi")]
    assert rows == [("missing_uci", "0777", "05838/01")]


def test_grades_of_a_unit_add_up_to_all_its_students() -> None:
    rows = [row for row in asked("grades_by_unit") if row["unit_code"] == "05838/01"]
    # the conflict is folded to one grade: four students have this unit
    assert sum(int(row["students"]) for row in rows) == 4
    assert sum(float(row["percent"]) for row in rows) == pytest.approx(100, abs=0.3)
    assert {row["title"] for row in rows} == {"Fundamentals of IT"}


def test_awaited_files_come_with_the_time_and_the_next_step() -> None:
    rows = {row["what"]: row for row in asked("files_awaited")}
    july = rows["EDI results, awards 2026-07-01 to 2026-07-31"]
    assert (july["state"], july["due"]) == ("missing", "2026-08-10 08:00:00+01")
    assert "Interchange" in july["next_step"]
    assert "candidate achievement report" not in rows


def test_checks_that_were_not_made_say_why() -> None:
    rows = {row["code"]: row for row in asked("rules_not_evaluated") if row["centre_number"] == "all"}
    assert "claim_without_result" in rows
    assert all(row["reason"] for row in rows.values())


def test_rows_set_aside_are_counted_by_reason_with_the_first_line() -> None:
    rows = [row for row in asked("rows_set_aside") if row["because"] == "row"]
    assert [(row["file"], row["lines"], row["first_line"], row["column_name"]) for row in rows] == [
        ("R9999972.X01", "1", "7", "result_type")
    ]


def test_entries_without_a_result_are_counted_by_subject() -> None:
    rows = {(row["subject"], row["kind"]): row for row in asked("entries_without_result")}
    assert (rows["IT", "unit"]["without_result"], rows["IT", "unit"]["entries"]) == ("1", "4")


def test_who_has_no_uci_and_where_their_results_are() -> None:
    rows = {row["candidate_number"]: (row["on_interchange"], row["in_edi"]) for row in asked("no_uci")}
    assert rows == {"0777": ("1", "0"), "0808": ("0", "0")}


def test_claims_up_and_down_is_silent_where_there_are_no_claims() -> None:
    assert asked("claims_up_and_down") == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_about_the_sample_has_an_answer_with_its_columns(name: str) -> None:
    said = call("query", "--question", name, "--data", sample_run.folder().parent.parent, "--format", "csv")
    assert said.code == 0, said.err
    assert said.out.split("\r\n")[0].count(",") >= 3


def test_one_unit_away_names_the_student_the_unit_and_the_points() -> None:
    away = {(row["candidate_number"], row["qualification_code"]): row for row in sample("one_unit_away")}
    assert away, "the sample has somebody one unit away"
    for row in away.values():
        assert row["next_step"]
        assert row["confidence"]


def test_the_sql_of_a_question_runs_in_any_duckdb_and_answers_alike() -> None:
    printed = call("query", "--question", "grades_by_unit", "--set", "unit=05838/01", "--sql").out
    run = published_run(tiny())
    assert run is not None
    con = duckdb.connect(str(run.folder / "results.duckdb"), read_only=True)
    found = con.execute(printed).fetchall()
    con.close()
    mine = asked("grades_by_unit", "unit=05838/01")
    assert [str(row[5]) for row in found] == [row["students"] for row in mine]
    assert len(found) == len(mine) > 0
    assert question("grades_by_unit").query.count(":unit") == 2
