"""Query sheets: who is asked about what, and that nothing is lost, doubled or told to the wrong recipient."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.errors import UsageError
from pipelines.packs.words import message, readme
from tests.pack_runs import (
    AFTER,
    BEFORE,
    HEADING,
    NAMES,
    REQUESTS,
    SPEAKING,
    answered,
    asking,
    by_stem,
    found,
    references,
    run_drawn,
    student,
)
from tests.report_database import add


def test_every_request_type_is_drawn_speaking_but_the_sample() -> None:
    assert set(SPEAKING) == {name for name, request in REQUESTS.items() if not request.is_cohort}


@pytest.mark.parametrize("name", SPEAKING)
def test_a_request_type_speaks_of_its_finding_and_all_others_are_silent(name: str) -> None:
    values, stems = SPEAKING[name]
    with run_drawn() as con:
        student(con, "p1", "0042")
        found(con, "f1", person_id="p1", **values)
        answer = answered(con)
        assert references(answer) == {stem: ["f1"] for stem in stems}
        speaking = {sheet.request.name for sheet in answer.sheets}
        assert speaking | {request.name for request in answer.silent} == set(SPEAKING)
        assert name in speaking
        assert all(sheet.students == 1 for sheet in answer.sheets)
        row = by_stem(answer)[min(stems, key=lambda stem: stem != next(iter(stems)))].frame.to_dicts()[0]
        assert {row["centre_number"], row["reference"]} == {"99999", "f1"}


def test_a_run_with_nothing_to_ask_has_no_sheet() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        answer = answered(con)
    assert answer.sheets == ()
    assert len(answer.silent) == len(SPEAKING)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "waived"},
        {"state": "pending", "severity": "info"},
        {"severity": "info"},
        {"root": "f9"},
    ],
)
def test_what_is_waived_not_due_mere_information_or_follows_is_not_asked(values: dict[str, object]) -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        found(con, "f1", "missing_from_edi", person_id="p1", owner="mis", **values)
        assert answered(con).sheets == ()


def test_what_follows_goes_with_its_cause() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        found(con, "f1", "missing_uci", person_id="p1", owner="centre")
        found(
            con, "f2", "missing_from_edi", person_id="p1", owner="mis", root="f1", unit_code="05838/01", series="6E26"
        )
        found(con, "f3", "missing_from_edi", person_id="p1", owner="mis", root="f1", series="6B26", embargo_until=AFTER)
        found(con, "f4", "award_missing", person_id="p1", root="f1", qualification_code="05839", state="waived")
        (sheet,) = answered(con).sheets
    # neither what may not be told nor what is settled is mentioned
    assert sheet.frame["goes_with_it"].to_list() == ["missing_from_edi 05838/01 6E26"]


@pytest.mark.parametrize(
    ("code", "owner", "stems"),
    [
        ("claim_stuck", "board", {"missing_results_99999_72"}),
        ("claim_stuck", "centre", {"centre_to_do_99999"}),
        ("pending_result", "board", {"missing_results_99999_72"}),
        ("pending_result", "mis", {"school_reimport_99999"}),
        ("no_result_issued", "centre", {"missing_results_99999_72", "centre_to_do_99999"}),
        ("no_result_issued", "mis", {"school_reimport_99999"}),
        ("entry_without_result", "centre", {"centre_to_do_99999"}),
        ("a_rule_of_tomorrow", "board", {"result_in_question_99999_72"}),
        ("a_rule_of_tomorrow", "mis", {"school_reimport_99999"}),
        ("a_rule_of_tomorrow", "centre", {"centre_to_do_99999"}),
    ],
)
def test_a_finding_goes_where_its_own_owner_says(code: str, owner: str, stems: set[str]) -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        found(con, "f1", code, person_id="p1", owner=owner, board="72")
        assert references(answered(con)) == {stem: ["f1"] for stem in stems}


def test_before_its_release_a_result_goes_to_its_board_alone_and_marked() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        found(con, "f1", "grades_conflict", person_id="p1", board="01", embargo_until=AFTER)
        found(con, "f2", "grades_conflict", person_id="p1", board="01", embargo_until=BEFORE)
        found(con, "f3", "missing_from_edi", person_id="p1", owner="mis", board="01", embargo_until=AFTER)
        found(con, "f4", "wrong_level", person_id="p1", owner="centre", board="01", embargo_until=AFTER)
        answer = answered(con)
        assert references(answer) == {"result_in_question_99999_01": ["f1", "f2"], "entry_change_99999_01": ["f4"]}
        rows = {row["reference"]: row for row in by_stem(answer)["result_in_question_99999_01"].frame.to_dicts()}
        assert rows["f1"]["restricted"] == "RESTRICTED until 2026-08-13 08:00"
        assert rows["f2"]["restricted"] is None
        assert answer.held_back == 2
        assert all(sheet.is_restricted for sheet in answer.sheets)
        assert "RESTRICTED" in message(answer.sheets[0], HEADING)
        assert "2 findings about results" in readme(answer, HEADING)
        staff = answered(con, asking(is_exams_office=False))
        assert references(staff) == {"result_in_question_99999_01": ["f2"]}
        # judged by a later day the office may still not be told today
        later = answered(con, asking(moment=datetime.fromisoformat(AFTER)))
        assert references(later)["school_reimport_99999"] == ["f3"]
        assert later.held_back == 0


def test_a_restricted_finding_without_a_board_of_its_own_goes_to_nobody() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        add(con, "entries", centre_number="99999", person_id="p1", board="70", season="2025-26")
        found(con, "f1", "multiple_ucis", person_id="p1", embargo_until=AFTER)
        found(con, "f2", "multiple_ucis", person_id="p1")
        answer = answered(con)
    assert references(answer) == {"uci_merge_99999_70": ["f2"]}
    assert answer.held_back == 1


def test_the_board_is_the_findings_own_then_its_files_then_the_students() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        add(con, "files", file_id="f70", name="x.X01", board="70")
        for board in ("01", "10", "72"):
            add(con, "entries", centre_number="99999", person_id="p1", board=board, season="2025-26")
        found(con, "f1", "shared_uci", person_id="p1", board="40", file_id="f70")
        found(con, "f2", "shared_uci", person_id="p1", file_id="f70")
        found(con, "f3", "shared_uci", person_id="p1")
        assert references(answered(con)) == {
            "uci_merge_99999_40": ["f1"],
            "uci_merge_99999_70": ["f2"],
            "uci_merge_99999_72": ["f3"],
        }


def test_the_line_is_shown_to_the_board_whose_file_it_is_and_to_no_other() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        for file, board in (("f72", "72"), ("f70", "70"), ("own", None)):
            add(con, "files", file_id=file, name=f"{file}.csv", board=board)
            found(con, file, "grades_conflict", person_id="p1", board="72", file_id=file, evidence="0042,Assessor A")
        rows = by_stem(answered(con))["result_in_question_99999_72"].frame.to_dicts()
    assert {row["reference"]: row["evidence"] for row in rows} == {"f72": "0042,Assessor A", "f70": None, "own": None}


def test_only_a_wrong_mark_has_the_last_day_of_a_clerical_check() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        for code in ("marks_conflict", "result_withdrawn", "file_truncated"):
            found(con, code, code, person_id="p1", board="72")
        rows = by_stem(answered(con))["result_in_question_99999_72"].frame.to_dicts()
    assert {row["code"]: str(row["until"]) for row in rows} == {
        "marks_conflict": "2026-09-24",
        "result_withdrawn": "None",
        "file_truncated": "None",
    }


def test_two_students_of_one_row_give_both_numbers_and_one_name() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        student(con, "p2", "0043")
        values: dict[str, object] = {"person_id": "p1", "other_person_id": "p2", "owner": "centre"}
        told = f"{NAMES[0]} and {NAMES[1]}, 2007-09-08"
        found(con, "f1", "possible_duplicate_person", severity="warning", found=told, cause="spelling", **values)
        unit = {"centre_number": "99999", "kind": "unit", "unit_code": "05838/01"}
        add(con, "results_by_carrier", person_id="p1", ocr_candidate_number="00000042", **unit)
        add(con, "results_by_carrier", person_id="p2", ocr_candidate_number="00000043", **unit)
        add(con, "results_by_carrier", person_id="p2", ocr_candidate_number="00000043", embargo_until=AFTER,
            **{**unit, "unit_code": "H240"})  # fmt: skip
        answer = answered(con)
        sheet = by_stem(answer)["duplicate_record_99999_72"]
        (row,) = sheet.frame.to_dicts()
        assert (row["ocr_candidate_number"], row["other_ocr_candidate_number"]) == ("00000042", "00000043")
        assert row["units_under_each"] == "00000042: 05838/01; 00000043: 05838/01"
        assert NAMES[1] not in str(row)
        assert sheet.students == 2


def test_the_centres_list_says_on_which_sheets_a_row_is_as_well_and_puts_errors_first() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        found(con, "f1", "wrong_size", person_id="p1", owner="centre", severity="warning", board="72")
        found(con, "f2", "missing_uci", person_id="p1", owner="centre")
        frame = by_stem(answered(con))["centre_to_do_99999"].frame
    assert frame["reference"].to_list() == ["f2", "f1"]
    assert frame["also_on"].to_list() == [None, "entry_change"]


def test_what_concerns_no_centre_is_the_only_centres_and_else_stands_apart() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        found(con, "f1", "file_refused", owner="centre", centre_number=None)
        assert references(answered(con)) == {"centre_to_do_99999": ["f1"]}
        student(con, "p2", "0043", centre="99998")
        assert references(answered(con)) == {"centre_to_do_no-centre": ["f1"]}


def test_one_student_or_one_centre_alone_is_asked_about() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        student(con, "p2", "0043")
        student(con, "p3", "0044", centre="99998")
        found(con, "f1", "grades_conflict", person_id="p1", board="72")
        found(con, "f2", "grades_conflict", person_id="p2", board="72")
        found(con, "f3", "grades_conflict", person_id="p3", board="72", centre_number="99998")
        found(con, "f4", "shared_uci", person_id="p1", other_person_id="p2", board="72")
        for number in ("0043", "00000043", "999990250043x"):
            mine = references(answered(con, asking(person=number)))
            assert mine == {"result_in_question_99999_72": ["f2"], "uci_merge_99999_72": ["f4"]}
        assert references(answered(con, asking(centre="99998"))) == {"result_in_question_99998_72": ["f3"]}
        assert references(answered(con, asking("uci_merge"))) == {"uci_merge_99999_72": ["f4"]}
        with pytest.raises(UsageError) as refused:
            answered(con, asking(person="7777"))
    assert "7777" not in str(refused.value)


def test_the_day_is_the_next_of_deadlines_csv_and_one_that_is_over_says_so() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        found(con, "f1", "unit_not_claimed", person_id="p1", owner="centre", board="72")
        found(
            con, "f2", "near_boundary", person_id="p1", severity="info", unit_code="05838/01", series="6E26", board="72"
        )
        unit = {"centre_number": "99999", "person_id": "p1", "unit_code": "05838/01", "series": "6E26", "grade": "P"}
        add(con, "unit_results", level=3, final_mark="43", maximum_mark="60", **unit)
        answer = answered(con)
        sheets = by_stem(answer)
    assert str(sheets["missed_from_claim_99999_72"].frame["until"][0]) == "2026-06-15"
    row = sheets["review_of_marking_99999_72"].frame.to_dicts()[0]
    assert (str(row["priority_until"]), str(row["until"])) == ("2026-08-20", "2026-09-24")
    assert (str(row["mark"]), row["grade"], row["consent_on"]) == ("43.00", "P", None)
    page = " ".join(readme(answer, HEADING).split())
    assert (
        "Monday 15 June 2026, last claims before the final moderation visit (cambridge technicals; this day is" in page
    )
    assert "Thursday 20 August 2026, priority review of marking (level 3; from memory: check it)" in page


def test_a_claim_is_dated_by_the_latest_at_the_grade_expected() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        unit: dict[str, object] = {"person_id": "p1", "unit_code": "05838/20"}
        found(con, "f1", "claimed_grade_differs", owner="centre", expected="D", found="M", board="72", **unit)
        for day, grade in (("2026-01-10", "D"), ("2026-05-10", "D"), ("2026-06-10", "M")):
            add(con, "claims", centre_number="99999", claimed_grade=grade, claim_date=day, **unit)
        row = by_stem(answered(con))["wrong_claim_99999_72"].frame.to_dicts()[0]
    assert str(row["claimed_on"]) == "2026-05-10"


CODES = (
    "grades_conflict", "missing_uci", "missing_from_edi", "near_boundary", "wrong_level", "claim_stuck",
    "duplicate_candidate_number", "file_refused", "of_tomorrow",
)  # fmt: skip
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.sampled_from(CODES),
            "owner": st.sampled_from(["board", "mis", "centre"]),
            "severity": st.sampled_from(["error", "warning", "info"]),
            "state": st.sampled_from(["open", "open", "open", "waived", "pending"]),
            "root": st.sampled_from([None, None, None, "f0"]),
            "centre_number": st.sampled_from(["99999", "99998", None]),
            "board": st.sampled_from(["72", "01", "70", None]),
            "person_id": st.sampled_from(["p1", "p2", None]),
            "embargo_until": st.sampled_from([None, None, BEFORE, AFTER]),
        }
    ),
    max_size=25,
)


def expected(rows: list[dict[str, Any]], is_exams_office: bool) -> dict[str, list[str]]:
    """Request type → what must be on its sheets, reckoned a row at a time."""
    must: dict[str, list[str]] = {}
    for place, row in enumerate(rows):
        if row["state"] != "open" or row["root"]:
            continue
        for to in ("board", "mis", "centre"):
            mine = [request for request in REQUESTS.values() if request.to == to]
            takers = [
                request.name
                for request in mine
                for takes in request.takes
                if takes.code == row["code"] and takes.owner in (None, row["owner"])
                if row["severity"] != "info" or request.takes_info
            ]
            if not takers and row["severity"] != "info":
                takers = [r.name for r in mine for t in r.takes if t.code is None and t.owner == row["owner"]]
            is_restricted = row["embargo_until"] == AFTER
            if is_restricted and not (to == "board" and row["board"] and is_exams_office):
                continue
            for name in takers:
                must.setdefault(name, []).append(f"f{place + 1}")
    return {name: sorted(found) for name, found in must.items()}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.booleans())
def test_what_is_sent_is_what_is_open_none_lost_none_twice(rows: list[dict[str, Any]], is_exams_office: bool) -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        student(con, "p2", "0043", centre="99998")
        for place, row in enumerate(rows):
            found(con, f"f{place + 1}", **row)
        answer = answered(con, asking(is_exams_office=is_exams_office))
    sent: dict[str, list[str]] = {}
    for sheet in answer.sheets:
        assert sheet.frame["centre_number"].n_unique() == 1
        assert sheet.request.to != "board" or sheet.frame["board"].n_unique() == 1
        sent.setdefault(sheet.request.name, []).extend(sheet.frame["reference"])
    assert {name: sorted(found) for name, found in sent.items()} == expected(rows, is_exams_office)
