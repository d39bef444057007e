"""What three ready questions answer about tables drawn by hand."""

from __future__ import annotations

from typing import Any

import duckdb

from pipelines.questions import settings, statement
from tests.question_answers import QUESTIONS


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
