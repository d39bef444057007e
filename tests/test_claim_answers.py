"""Which result answers which claim, and what an achievement report speaks for: hand-made cases and a slow twin."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import resources
from pipelines.sql_files import load_sql_file
from tests.rule_cases import Case, _database

Row = dict[str, str]

CLAIM = {"centre_number": "99999", "person_id": "p1", "unit_code": "05838/17", "suite": "2016", "level": "3"}
RESULT = {
    "centre_number": "99999",
    "person_id": "p1",
    "unit_code": "05838/17",
    "board": "72",
    "assessment": "moderated",
}


def _run(join: str, tables: dict[str, list[Row]], columns: str) -> list[tuple[Any, ...]]:
    case = Case(
        "a join", tables={n: r for n, r in tables.items() if r}, columns={n: list(r[0]) for n, r in tables.items() if r}
    )
    con = _database(case)
    try:
        query = load_sql_file(resources.sql() / "joins" / f"{join}.sql").query
        return [tuple(row) for row in con.execute(f"SELECT {columns} FROM ({query}) ORDER BY ALL").fetchall()]
    finally:
        con.execute("ROLLBACK")
        con.close()


def _claim(day: str, **more: str) -> Row:
    return {**CLAIM, "claim_date": day, "claimed_grade": "M", "file_id": "c", "line": "1", **more}


def _result(**more: str) -> Row:
    start = {"series": "9I25", "window_from": "2026-07-01", "window_to": "2026-07-31", "award_date": "", "grade": "M"}
    return {**RESULT, **start, "carriers": "edi", "file_id": "e", "line": "1", **more}


SEEN = [{"board": "72", "series": "9I25", "season": "2025-26"}, {"board": "72", "series": "9I24", "season": "2024-25"}]
CODES = [
    {"gradeset": "unit_level3_2016", "code": code, "grade": grade}
    for code, grade in (("DISTINCTION", "D"), ("D", "D"), ("M", "M"), ("P", "P"))
]


def _answers(
    claims: list[Row], results: list[Row], columns: str = "outcome, claim_date, result_date"
) -> list[tuple[Any, ...]]:
    tables = {"claims": claims, "unit_results": results, "series_seen": SEEN, "grade_decodings": CODES}
    return _run("claim_answers", tables, columns)


@settings(max_examples=60, deadline=None)
@given(
    claims=st.lists(st.integers(0, 12), max_size=5),
    results=st.lists(st.integers(0, 12), max_size=4, unique=True),
)
def test_pairs_are_those_of_the_definition_read_out_loud(claims: list[int], results: list[int]) -> None:
    start = date(2026, 7, 1)
    made = {start + timedelta(days) for days in claims}
    issued = sorted(start + timedelta(days) for days in results)
    wanted: list[tuple[str, date | None, date | None]] = []
    for day in made:
        after = [one for one in issued if one >= day]
        if not after:
            wanted.append(("unanswered", day, None))
        else:
            later = [one for one in made if day < one <= after[0]]
            wanted.append(("replaced" if later else "answered", day, after[0]))
    for place, day in enumerate(issued):
        before = issued[place - 1] if place else date(2000, 1, 1)
        if not any(before < one <= day for one in made):
            wanted.append(("unclaimed", None, day))
    # each result in a window of its own: the key of a unit result has the window
    rows = [
        _result(award_date=str(day), window_from=str(day), window_to=str(day), carriers="achievement") for day in issued
    ]
    said = _answers([_claim(str(start + timedelta(days))) for days in claims], rows)
    assert sorted(said, key=str) == sorted(wanted, key=str)


def test_a_result_that_only_edi_has_is_of_the_last_day_of_its_window() -> None:
    assert _answers([_claim("2026-07-31")], [_result()]) == [("answered", date(2026, 7, 31), date(2026, 7, 31))]
    assert [row[0] for row in _answers([_claim("2026-08-01")], [_result()])] == ["unanswered", "unclaimed"]


def test_a_result_without_a_window_is_of_the_end_of_its_academic_year() -> None:
    old = _result(series="9I24", window_from="", window_to="")
    assert _answers([_claim("2025-05-10")], [old]) == [("answered", date(2025, 5, 10), date(2025, 8, 31))]


def test_one_result_that_edi_and_the_report_place_in_two_windows_is_one() -> None:
    dated = _result(carriers="achievement", award_date="2026-08-02", window_from="2026-08-01", window_to="2026-08-04")
    assert _answers([_claim("2026-06-10")], [_result(), dated]) == [("answered", date(2026, 6, 10), date(2026, 8, 2))]
    raised = {**dated, "grade": "D"}
    assert [row[0] for row in _answers([_claim("2026-06-10")], [_result(), raised])] == ["answered", "unclaimed"]


def test_a_claim_inside_edis_window_belongs_to_the_next_result_where_that_has_no_other() -> None:
    august = _result(window_from="2026-08-01", window_to="2026-08-04", grade="D")
    first, second = (
        _claim("2026-06-10", claimed_grade="P"),
        _claim("2026-07-20", claimed_grade="D", claim_type="resubmission"),
    )
    pairs = _answers([first, second], [_result(grade="P"), august], "outcome, claimed_grade, result_grade")
    assert pairs == [("answered", "D", "D"), ("answered", "P", "P")]
    # with one result both claims came before it, and with a claim of its own the second needs no other
    assert _answers([first, second], [_result(grade="P")], "outcome") == [("answered",), ("replaced",)]
    third = _claim("2026-08-02", claimed_grade="M")
    pairs = _answers([first, second, third], [_result(grade="P"), august], "outcome, claimed_grade, result_grade")
    assert pairs == [("answered", "D", "P"), ("answered", "M", "D"), ("replaced", "P", "P")]


def test_x_and_q_answer_nothing_and_are_told() -> None:
    said = _answers([_claim("2026-06-10")], [_result(grade="X")], "outcome, withheld")
    assert said == [("unanswered", "X")]
    earlier = _result(grade="Q", series="9I24", window_from="2025-07-01", window_to="2025-07-31")
    assert _answers([_claim("2026-06-10")], [earlier], "outcome, withheld") == [("unanswered", None)]


def test_examined_units_and_other_people_answer_no_claim() -> None:
    results = [_result(assessment="examined"), _result(person_id="p2")]
    assert _answers([_claim("2026-06-10")], results, "person_id, outcome") == [
        ("p1", "unanswered"),
        ("p2", "unclaimed"),
    ]


def test_one_day_is_one_claim_and_two_grades_on_it_are_none() -> None:
    twice = [_claim("2026-06-10"), _claim("2026-06-10", claimed_grade="Distinction", line="2")]
    assert _answers(twice, [_result()], "outcome, claimed_grade, line") == [("answered", None, 1)]
    again = [_claim("2026-06-10", claimed_grade="distinction"), _claim("2026-06-10", claimed_grade="D", line="2")]
    assert _answers(again, [_result()], "outcome, claimed_grade") == [("answered", "D")]


def test_a_claim_without_a_day_is_undated_and_a_grade_nothing_decodes_is_null() -> None:
    said = _answers([_claim("", claimed_grade="top")], [], "outcome, claimed_grade, claimed_grade_as_sent")
    assert said == [("undated", None, "top")]


def _coverage(windows: list[str], as_of: str, file_id: str = "a") -> list[Row]:
    ends = {"2026-07-01": "2026-07-31", "2026-08-01": "2026-08-04", "": ""}
    return [
        {
            "centre_number": "99999", "carrier": "achievement", "qualification_code": "05839",
            "series": "9I25" if start else "6E26", "window_from": start, "window_to": ends[start],
            "as_of": as_of, "file_id": file_id,
        }
        for start in windows
    ]  # fmt: skip


def _shown(coverage: list[Row], kinds: list[str], run_on: str = "", edi: str = "") -> list[tuple[Any, ...]]:
    row = {"centre_number": "99999", "carrier": "achievement", "qualification_code": "05839", "file_id": "a"}
    tables = {
        "coverage": coverage,
        "results_by_carrier": [
            {**row, "kind": kind, "series": "9I25" if coverage[0]["window_from"] else "6E26"} for kind in kinds
        ],
        "file_facts": [{"file_id": "a", "stated_on": run_on}],
        "latest_statements": [{"centre_number": "99999", "carrier": "edi", "series": "9I25", "window_from": edi}]
        if edi
        else [],
    }
    return _run("report_coverage", tables, "kind, CAST(window_from AS VARCHAR)")


def test_a_report_of_awards_alone_speaks_for_no_unit() -> None:
    assert _shown(_coverage(["2026-07-01"], "2026-08-03"), ["qualification"]) == [("qualification", "2026-07-01")]
    both = [("qualification", "2026-07-01"), ("unit", "2026-07-01")]
    assert _shown(_coverage(["2026-07-01"], "2026-08-03"), ["qualification", "unit"]) == both
    assert _shown(_coverage([""], "2026-08-10"), ["unit"]) == [("qualification", None), ("unit", None)]


def test_a_report_run_inside_a_window_does_not_speak_for_it() -> None:
    windows = _coverage(["2026-07-01", "2026-08-01"], "2026-08-02")
    assert ("unit", "2026-08-01") not in _shown(windows, ["unit"], run_on="2026-08-02")
    assert ("unit", "2026-07-01") in _shown(windows, ["unit"], run_on="2026-08-02")
    assert ("unit", "2026-08-01") in _shown(windows, ["unit"], run_on="2026-08-10")


def test_an_undated_report_speaks_for_its_last_window_unless_edi_goes_further() -> None:
    july = _coverage(["2026-07-01"], "2026-07-15")
    assert ("unit", "2026-07-01") in _shown(july, ["unit"])
    assert ("unit", "2026-07-01") in _shown(july, ["unit"], edi="2026-07-01")
    assert _shown(july, ["unit"], edi="2026-08-01") == []
    assert ("unit", "2026-07-01") in _shown(_coverage(["2026-07-01"], "2026-07-31"), ["unit"], edi="2026-08-01")
