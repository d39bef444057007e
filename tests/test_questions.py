"""The ready questions: each runs, answers in every format and in one order, and is right on the tiny centre."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.errors import UsageError
from pipelines.publish import published as published_run
from pipelines.questions import parameters, question, questions, settings, statement
from pipelines.sql_files import SqlFile, load_sql_file
from tests import sample_run
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny

QUESTIONS = questions()


def asked(name: str, *pairs: str, data: Path | None = None) -> list[dict[str, str]]:
    """The answer to one question as records of text; pairs are name=value."""
    values = [text for pair in pairs for text in ("--set", pair)]
    said = call("query", "--question", name, *values, "--data", data or tiny(), "--format", "csv")
    assert said.code == 0, said.err
    return list(csv.DictReader(io.StringIO(said.out, newline="")))


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


SAMPLE = {name: [one.name for one in parameters(file)] for name, file in QUESTIONS.items()}


def sample(name: str, *pairs: str) -> list[dict[str, str]]:
    """The answer to one question about the shipped sample."""
    return asked(name, *pairs, data=sample_run.folder().parent.parent)


#: for every parameter that is no centre, a column that shows it, where a row's value is the one to set
SHOWN = {
    "qualification": "qualification_code",
    "unit": "unit_code",
    "points": "points_to_next",
    "left": "attempts_left",
    "centre": "centre_number",
}
#: parameters that let through what is at most, or at least, so much
AT_MOST, AT_LEAST = {"points", "left"}, {"fewest"}


def _kept(row: dict[str, str], name: str, value: str) -> bool:
    if name == "fewest":
        return sum(int(row[column]) for column in ("errors", "warnings", "to_know")) >= int(value)
    shown = row.get(SHOWN.get(name, name), row.get(name, ""))
    return shown != "" and (int(shown) <= int(value) if name in AT_MOST else shown == value)


@pytest.mark.parametrize(("name", "parameter"), [(name, one) for name, takes in SAMPLE.items() for one in takes])
def test_a_parameter_keeps_exactly_the_rows_that_have_its_value(name: str, parameter: str) -> None:
    every = sample(name)
    column = {"tracker_changes": {"centre": "centre"}, "why_no_qualification": {}}.get(name, {}).get(
        parameter, SHOWN.get(parameter, parameter)
    )
    values = ["2"] if parameter == "fewest" else sorted({row[column] for row in every} - {""})
    if not values:
        # the sample has no such row: nothing is kept, and nothing goes wrong
        assert sample(name, f"{parameter}={_some(name, parameter)}") == []
        return
    counted = {"of_this_cause"}  # says how many of those kept there are
    for value in values[:2]:
        mine = [
            row
            for row in every
            if _kept({**row, SHOWN.get(parameter, parameter): row.get(column, "")}, parameter, value)
        ]
        found = sample(name, f"{parameter}={value}")
        strip = [
            [{key: text for key, text in row.items() if key not in counted} for row in rows] for rows in (mine, found)
        ]
        assert strip[0] == strip[1]
        assert found


def _some(name: str, parameter: str) -> str:
    (one,) = [one for one in parameters(QUESTIONS[name]) if one.name == parameter]
    return one.choices[0] if one.choices else {"integer": "1", "date": "2026-08-10"}.get(one.type, "none")


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


def _sat(rows: list[tuple[str, str, str]]) -> Any:
    """A database with the tables of resits, and these sittings of one 60-hour unit: student, series, grade."""
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE candidates (centre_number TEXT, person_id TEXT, candidate_number TEXT, ocr_candidate_number TEXT)"
    )
    con.execute("CREATE TABLE units (unit_code TEXT, title TEXT, suite TEXT, level INT, guided_learning_hours INT)")
    con.execute("CREATE TABLE unit_points (suite TEXT, level INT, guided_learning_hours INT, grade TEXT, points INT)")
    con.execute(
        "CREATE TABLE unit_results (centre_number TEXT, person_id TEXT, unit_code TEXT, series TEXT, window_from DATE, "
        "grade TEXT, option_code TEXT, is_absent BOOLEAN)"
    )
    con.execute("INSERT INTO units VALUES ('05838/01', 'Fundamentals of IT', '2016', 3, 60)")
    con.execute(
        "INSERT INTO unit_points SELECT '2016', 3, 60, * FROM (VALUES ('P', 14), ('M', 16), ('D', 18), ('U', 0))"
    )
    con.execute(
        "INSERT INTO candidates SELECT DISTINCT '99999', x, x, NULL FROM unnest($1) AS t(x)", [[r[0] for r in rows]]
    )
    for person, series, grade in rows:
        con.execute(
            "INSERT INTO unit_results VALUES ('99999', ?, '05838/01', ?, NULL, ?, '583801', ?)",
            [person, series, None if grade == "absent" else grade, grade == "absent"],
        )
    return con


def _asked_of(con: Any, name: str, *pairs: str) -> list[dict[str, Any]]:
    sql, values = statement(QUESTIONS[name], settings(pairs))
    frame = con.execute(sql, values)
    names = [one[0] for one in frame.description]
    return [dict(zip(names, row, strict=True)) for row in frame.fetchall()]


def test_a_resit_goes_up_down_or_nowhere_by_its_points_and_in_the_order_of_the_series() -> None:
    con = _sat(
        [
            ("0001", "6E25", "P"), ("0001", "1E26", "M"),
            ("0002", "1E26", "D"), ("0002", "6E26", "P"),
            ("0003", "1E26", "P"), ("0003", "6E26", "P"),
            ("0004", "6E26", "M"),
            ("0005", "1E26", "absent"), ("0005", "6E26", "M"),
            ("0006", "6E24", "U"), ("0006", "1E25", "P"), ("0006", "6E25", "D"),
        ]
    )  # fmt: skip
    told = [
        (row["candidate_number"], row["attempt"], row["grade_before"], row["grade"], row["direction"])
        for row in _asked_of(con, "resits_that_went_up")
    ]
    assert told == [
        ("0001", 2, "P", "M", "up"),
        ("0006", 2, "U", "P", "up"),
        ("0006", 3, "P", "D", "up"),
        ("0003", 2, "P", "P", "same"),
        ("0002", 2, "D", "P", "down"),
    ]
    assert [row["candidate_number"] for row in _asked_of(con, "resits_that_went_up", "direction=down")] == ["0002"]


def test_candidates_are_counted_by_the_carriers_that_tell_of_them() -> None:
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE candidates AS SELECT * FROM (VALUES ('99999', 'a'), ('99999', 'b'), ('99999', 'c'), "
        "('99998', 'd')) AS t(centre_number, person_id)"
    )
    con.execute(
        "CREATE TABLE results_by_carrier AS SELECT * FROM (VALUES ('99999', 'a', 'edi'), ('99999', 'a', 'edi'), "
        "('99999', 'a', 'achievement'), ('99999', 'b', 'edi'), ('99998', 'd', 'edi')) "
        "AS t(centre_number, person_id, carrier)"
    )
    rows = [tuple(row.values()) for row in _asked_of(con, "candidates_by_number_of_carriers")]
    assert rows == [
        ("99998", 1, "edi", 1),
        ("99999", 0, "none", 1),
        ("99999", 1, "edi", 1),
        ("99999", 2, "achievement edi", 1),
    ]
    assert len(_asked_of(con, "candidates_by_number_of_carriers", "centre=99998")) == 1


def test_one_unit_away_is_who_is_entered_or_has_the_award_and_lacks_one_unit() -> None:
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE candidates AS SELECT '99999' AS centre_number, x AS person_id, x AS candidate_number, "
        "NULL::TEXT AS ocr_candidate_number FROM unnest(['0001', '0002', '0003', '0004']) AS t(x)"
    )
    con.execute(
        "CREATE TABLE qualifications AS SELECT '05839' AS qualification_code, 'IT Introductory Diploma' AS title"
    )
    con.execute(
        "CREATE TABLE award_calculations AS SELECT '99999' AS centre_number, '05839' AS qualification_code, "
        "'ours' AS confidence, * "
        "FROM (VALUES ('0001', 'M', NULL, 90, 'D', 2, '05838/02', 'resit 05838/02', TRUE, TRUE), "
        "('0002', NULL, NULL, 70, 'P', 14, '05838/03', '05838/03 is missing', TRUE, FALSE), "
        "('0003', NULL, NULL, 70, 'P', 14, '05838/03', '05838/03 is missing', FALSE, FALSE), "
        "('0004', 'P', NULL, 75, 'D', 40, NULL, 'more than one unit', TRUE, TRUE)) "
        "AS t(person_id, issued_grade, grade, points, next_grade, points_to_next, next_unit, next_step, "
        "entered, eligible)"
    )
    rows = _asked_of(con, "one_unit_away")
    # first who has no award without it; nobody who is not entered, nobody who lacks more than a unit
    assert [(row["candidate_number"], row["grade_now"], row["next_step"]) for row in rows] == [
        ("0002", "no award yet", "05838/03 is missing"),
        ("0001", "M", "resit 05838/02"),
    ]
    assert [row["candidate_number"] for row in _asked_of(con, "one_unit_away", "points=2")] == ["0001"]


@pytest.mark.parametrize(
    ("pair", "hint"),
    [
        ("centr=99999", "Did you mean centre?"),
        ("points=many", "--set points=3"),
        ("points", "name=value"),
        ("=3", "name=value"),
    ],
)
def test_a_parameter_that_is_wrong_is_answered_with_how_it_is_set(pair: str, hint: str) -> None:
    said = call("query", "--question", "one_unit_away", "--set", pair, "--data", tiny())
    assert said.code == 2
    assert hint in said.err
    assert "many" not in said.err


def test_a_choice_that_is_none_is_answered_with_the_nearest() -> None:
    said = call("query", "--question", "resits_that_went_up", "--set", "direction=Upp", "--data", tiny())
    assert (said.code, "Did you mean up?" in said.err) == (2, True)


def test_a_value_is_only_ever_a_value() -> None:
    assert sample("one_unit_away", "centre=' OR '1'='1") == []


def test_a_parameter_without_a_value_asks_for_all() -> None:
    assert asked("on_hold", "centre=") == asked("on_hold")


def test_set_without_a_question_is_refused() -> None:
    said = call("query", "SELECT 1", "--set", "a=1", "--data", tiny())
    assert (said.code, "--question" in said.err) == (2, True)


OWN = """/*
summary = "How many students of a centre were born since a day?"
why = "To try parameters."
reads = ["candidates"]

[parameters.since]
type = "date"
says = "born on or after this day"
default = 2000-01-01
*/
SELECT centre_number, count(*) AS students FROM candidates
WHERE date_of_birth >= :since GROUP BY centre_number ORDER BY centre_number NULLS FIRST;
"""


def test_a_file_of_ones_own_takes_parameters_as_a_ready_question_does(tmp_path: Path) -> None:
    path = tmp_path / "mine.sql"
    path.write_text(OWN, encoding="utf-8", newline="\r\n")
    assert statement(load_sql_file(path), {})[1] == {"since": date(2000, 1, 1)}
    all_of, none_of = (
        call("query", path, "--set", value, "--data", tiny(), "--format", "csv").out.split()
        for value in ("since=1990-01-01", "since=2030-01-01")
    )
    assert (len(all_of), len(none_of)) == (2, 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('type = "date"', 'type = "day"', "no type day"),
        ("default = 2000-01-01", 'default = "x"', "its default is not a day"),
        ('says = "born on or after this day"', "", "has type, says"),
    ],
)
def test_a_parameter_that_is_declared_wrongly_is_named(old: str, new: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.sql"
    path.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        parameters(load_sql_file(path))


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
