"""Not issued, not sent, or not imported: what the reconciliation says of results drawn by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reconciliation_tables import (
    COMPLETE,
    EDI_HERE,
    Row,
    about,
    achieved,
    award,
    claim,
    covers,
    entered,
    entry,
    moderated,
    outstanding,
    person,
    reconciled,
    said,
    tracked,
)

BOTH = ("state", "cause")
IN = ("in_edi", "in_achievement", "in_marks")


def test_a_result_that_every_carrier_states_alike_is_agreed_and_says_who_expected_it() -> None:
    rows = [said("edi", "M"), said("achievement", "M"), said("marks", "M")]
    found = reconciled("expected_by", *IN, "edi_grade", "marks_grade", *BOTH, latest_statements=rows, entries=[entry()])
    assert found == [("entry", True, True, True, "M", "M", "agreed", None)]


def test_a_result_that_one_carrier_alone_can_have_is_in_one_carrier_and_nobody_expected_it() -> None:
    found = reconciled("expected_by", *IN, *BOTH, latest_statements=[said("edi", "M")])
    assert found == [(None, True, None, None, "in_one_carrier", None)]


def test_a_result_on_interchange_and_not_in_the_file_that_is_here_was_not_sent_and_the_uci_is_why() -> None:
    rows = {"latest_statements": [said("achievement", "D")], "coverage": EDI_HERE}
    assert reconciled(*IN, *BOTH, **rows) == [(False, True, None, "not_in_edi", "unknown")]
    nobody = [person("p1", uci="")]
    assert reconciled(*IN, *BOTH, **rows, candidates=nobody) == [(False, True, None, "not_in_edi", "missing_uci")]


def test_a_result_issued_after_the_file_was_made_says_so() -> None:
    rows = [said("achievement", "D", award_date="2026-08-12")]
    assert reconciled(*BOTH, latest_statements=rows, coverage=EDI_HERE) == [("not_in_edi", "issued_after_edi")]


def test_a_result_whose_line_was_set_aside_was_not_imported() -> None:
    found = reconciled(
        *BOTH,
        latest_statements=[said("achievement", "D")],
        coverage=EDI_HERE,
        incoming_files=[{"file_id": "e", "kind": "edi_results"}],
        file_series=[{"file_id": "e", "centre_number": "99999", "series": "6E26", "season": "2025-26"}],
        incoming_rejects=[
            {"file_id": "e", "line": "7", "centre_number": "99999", "uci": "999990240001A", "option_code": "583801"}
        ],
        candidate_identities=[
            {"centre_number": "99999", "person_id": "p1", "identifier": "uci", "value": "999990240001A"}
        ],
    )
    assert found == [("not_imported", "row_rejected")]


def test_a_result_that_the_basedata_do_not_know_will_not_be_imported() -> None:
    facts = [{"file_id": "b", "kind": "basedata_options", "is_used": "true", "is_truncated": "false"}]
    found = reconciled(
        *BOTH,
        latest_statements=[said("edi", "M"), said("marks", "M")],
        file_facts=facts,
        file_series=[{"file_id": "b", "board": "72", "series": "6E26"}],
        incoming_options=[{"file_id": "b", "option_code": "583802"}],
    )
    assert found == [("not_imported", "element_not_in_basedata")]


@pytest.mark.parametrize(
    ("edi", "marks", "expected"),
    [
        ({"grade": "M"}, {"grade": "P"}, ("differs", "grades_differ")),
        ({"grade": "M", "mark": "50"}, {"grade": "M", "mark": "52"}, ("differs", "marks_differ")),
        ({"grade": "M", "mark": "50"}, {"grade": "M", "mark": "50.5"}, ("agreed", None)),
        ({"grade": "M"}, {"grade": ""}, ("agreed", None)),
        ({"grade": "X"}, {"grade": "P"}, ("differs", "no_result_issued")),
        ({"grade": "Q"}, {"grade": "Q"}, ("withheld", "pending_at_board")),
        ({"grade": "X"}, {"grade": "X"}, ("withheld", "no_result_issued")),
        ({"grade": ""}, {"grade": "", "is_absent": "true"}, ("absent", "absent")),
        ({"grade": "U"}, {"grade": "U", "is_absent": "true"}, ("absent", "absent")),
    ],
)
def test_two_carriers_agree_or_differ_and_silence_is_no_difference(
    edi: Row, marks: Row, expected: tuple[str, str | None]
) -> None:
    rows = [said("edi", **edi), said("marks", **marks)]
    assert reconciled(*BOTH, latest_statements=rows) == [expected]


def test_an_x_that_a_later_series_settled_is_nobodys_task() -> None:
    rows = [said("edi", "X", series="6E25"), said("edi", "P", file_id="e2")]
    assert reconciled("series", *BOTH, latest_statements=rows) == [
        ("6E25", "settled", None),
        ("6E26", "in_one_carrier", None),
    ]


def test_a_resubmission_in_the_other_window_is_a_second_result() -> None:
    rows = [moderated(who, grade, day) for who in ("edi", "achievement") for grade, day in JULY_AND_AUGUST]
    found = reconciled("window_from", "edi_grade", *BOTH, latest_statements=rows, coverage=EDI_HERE)
    assert found == [(date(2026, 7, 1), "P", "agreed", None), (date(2026, 8, 1), "D", "agreed", None)]


JULY_AND_AUGUST = (("P", "2026-07-09"), ("D", "2026-08-02"))


def test_one_result_that_edi_and_the_report_place_in_two_windows_says_other_window() -> None:
    rows = [moderated("edi", "P"), moderated("achievement", "P", "2026-08-02")]
    found = reconciled("in_edi", *BOTH, latest_statements=rows, coverage=EDI_HERE)
    assert found == [(True, "in_one_carrier", "other_window"), (None, "in_one_carrier", "other_window")]
    other = [moderated("edi", "P"), moderated("achievement", "M", "2026-08-02")]
    assert {cause for (cause,) in reconciled("cause", latest_statements=other, coverage=EDI_HERE)} == {None}


def test_a_general_qualification_is_named_by_its_option_and_xml_should_have_it_where_its_file_is_here() -> None:
    level = {"kind": "qualification", "option_code": "7402", "unit_code": "", "qualification_code": "7402"}
    rows = [said("edi", "A", board="70", series="6G26", is_technical="false", assessment="", **level)]
    xml = [covers("xml", "6G26", board="70")]
    found = reconciled("kind", "code", "in_edi", "in_xml", *BOTH, latest_statements=rows, coverage=xml)
    assert found == [("qualification", "7402", True, False, "in_one_carrier", None)]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ({"coverage": EDI_HERE}, ("missing", "not_issued", False)),
        ({}, ("pending", "file_awaited", None)),
        ({"coverage": EDI_HERE, "candidates": [person("p1", uci="")]}, ("missing", "missing_uci", False)),
        (
            {"coverage": EDI_HERE, "candidates": [person("p1", ocr_candidate_number="40000001 40000002")]},
            ("missing", "duplicate_record", False),
        ),
        ({"entries": [entry(withdrawn="true")], "coverage": EDI_HERE}, ("withdrawn", "withdrawn", None)),
        (
            {"coverage": EDI_HERE, "tracker": [tracked("absent", unit_code="05838/01", assessment="examined")]},
            ("absent", "absent", False),
        ),
        (
            {
                "coverage": EDI_HERE,
                "incoming_rejects": [{"centre_number": "99999", "uci": "999990240001A", "option_code": "583801"}],
            },
            ("not_imported", "row_rejected", False),
        ),
        (
            {"entries": [entry(series="9I25")], "coverage": EDI_HERE},
            ("missing", "entered_in_wrong_series", None),
        ),
        (
            {"entries": [entry(series="9I25", option_code="583817", unit_code="05838/17", assessment="moderated")]},
            ("not_expected", "moderated_unit_entered", None),
        ),
        (
            {"entries": [entry(series="6B26", board="01", option_code="H446", kind="qualification", unit_code="",
                               qualification_code="H446", is_technical="false", assessment="")]},
            ("pending", "file_awaited", None),
        ),
    ],
)  # fmt: skip
def test_an_entry_without_a_result_says_why(
    drawn: dict[str, list[Row]], expected: tuple[str, str, bool | None]
) -> None:
    entries = drawn.get("entries", [entry()])
    code = entries[0]["unit_code"] or entries[0]["qualification_code"]
    found = about(code, "expected_by", *BOTH, "in_edi", **{**drawn, "entries": entries})
    assert found == [("entry", *expected)]


def test_an_entry_answered_under_another_element_is_elsewhere_and_the_result_has_a_row_of_its_own() -> None:
    result = {**said("edi", "M", option_code="583815", unit_code="05838/15"), "entry_option_code": "583801"}
    drawn = {name: value for name, value in result.items() if name != "entry_option_code"}
    found = reconciled(
        "code", *BOTH, latest_statements=[drawn], results_by_carrier=[result], entries=[entry()], coverage=EDI_HERE
    )
    assert found == [("05838/01", "elsewhere", "other_element"), ("05838/15", "in_one_carrier", None)]


def test_an_entry_in_the_wrong_series_whose_result_came_in_the_right_one_is_elsewhere() -> None:
    found = reconciled("series", *BOTH, latest_statements=[said("edi", "M")], entries=[entry(series="9I25")])
    assert found == [("6E26", "in_one_carrier", None), ("9I25", "elsewhere", "entered_in_wrong_series")]


def test_a_result_that_somebody_with_the_same_number_has_unentered_is_under_another_number() -> None:
    drawn = {
        "entries": [entry()],
        "latest_statements": [said("edi", "M", person_id="p2")],
        "coverage": EDI_HERE,
        "candidates": [person("p1"), person("p2")],
        "identity_contradictions": [{"centre_number": "99999", "person_id": "p1", "other_person_id": "p2"}],
    }
    assert reconciled("person_id", *BOTH, **drawn)[0] == ("p1", "missing", "under_another_number")
    both = {**drawn, "entries": [entry(), entry(person_id="p2", line="3")]}
    assert reconciled("person_id", *BOTH, **both)[0] == ("p1", "missing", "not_issued")


CLAIMED = {"claims": [claim()], "coverage": EDI_HERE}


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (CLAIMED, ("missing", "not_issued")),
        ({"claims": [claim()]}, ("pending", "file_awaited")),
        ({**CLAIMED, "claims": [claim("2026-05-17")]}, ("not_known", "earlier_file_not_here")),
        ({**CLAIMED, "claims": [claim("")]}, ("not_known", "claim_without_date")),
        ({**CLAIMED, "candidates": [person("p1", uci="")]}, ("missing", "missing_uci")),
        ({**CLAIMED, "tracker": [tracked("withdrawn_by_moderator")]}, ("missing", "withdrawn_by_moderator")),
        ({**CLAIMED, "tracker": [tracked("not_entered")]}, ("missing", "claim_not_received")),
        ({**CLAIMED, "tracker": [tracked("sample_selected", counts_as_claimed="true")]}, ("missing", "in_moderation")),
        ({**CLAIMED, "claims": [claim("2019-05-17", claim_season="2018-19")]}, ("not_known", "not_covered")),
        (
            {**CLAIMED, "claims": [claim(unit_code="05838/01", option_code="583801")]},
            ("not_expected", "examined_unit_claimed"),
        ),
    ],
)
def test_a_claim_without_a_result_says_why(drawn: dict[str, list[Row]], expected: tuple[str, str]) -> None:
    code = drawn["claims"][0]["unit_code"]
    assert about(code, "kind", *BOTH, **drawn) == [("unit", *expected)]


def test_the_claim_of_somebody_who_left_the_course_is_withdrawn_with_the_entry() -> None:
    found = reconciled("code", *BOTH, **CLAIMED, entries=[entered(withdrawn="true")])
    assert found == [("05838/17", "withdrawn", "withdrawn"), ("05839", "withdrawn", "withdrawn")]


def test_a_claim_belongs_to_the_result_that_answers_it_and_another_grade_is_the_cause() -> None:
    decoded = [{"gradeset": "unit_level3_2016", "code": grade, "grade": grade} for grade in "DMPU"]
    drawn = {
        "claims": [claim()],
        "latest_statements": [moderated("edi", "P"), moderated("achievement", "P")],
        "coverage": EDI_HERE,
        "grade_decodings": decoded,
    }
    assert reconciled("expected_by", *BOTH, **drawn) == [("claim", "agreed", None)]
    higher = {**drawn, "claims": [claim(claimed_grade="M")]}
    assert reconciled("expected_by", *BOTH, **higher) == [("claim", "agreed", "claimed_at_other_grade")]


def test_a_claim_made_after_a_result_of_the_same_window_has_a_row_of_its_own() -> None:
    drawn = {
        "claims": [claim(), claim("2026-07-20", line="9")],
        "latest_statements": [moderated("edi", "U"), moderated("achievement", "U")],
        "coverage": EDI_HERE,
    }
    assert reconciled("window_from", "claim_date", "is_stated", "state", **drawn) == [
        (date(2026, 7, 1), date(2026, 7, 20), False, "missing"),
        (date(2026, 7, 1), None, True, "agreed"),
    ]


def test_a_claim_that_the_board_answers_with_q_belongs_to_that_row() -> None:
    drawn = {**CLAIMED, "latest_statements": [moderated("edi", "Q")]}
    assert reconciled("expected_by", "claim_date", *BOTH, **drawn) == [("claim", None, "withheld", "pending_at_board")]


def test_a_needed_unit_that_nobody_claimed_is_missing_and_so_is_the_award() -> None:
    drawn: dict[str, list[Row]] = {
        "entries": [entered(qualification_code="05835", option_code="05835", subject="Business")],
        "coverage": [*EDI_HERE, covers("claims", "", unit_code="05834/16", qualification_code="05835")],
        "awards_outstanding": [outstanding(qualification_code="05835")],
        "tracker": [tracked("not_entered", unit_code="05834/04", qualification_code="05835", subject="Business")],
    }
    columns = ("code", "expected_by", "tracker_status", *BOTH)
    assert reconciled(*columns, **drawn) == [
        ("05834/04", "entry", "not_entered", "missing", "not_claimed"),
        ("05835", "entry tracker", None, "missing", "not_claimed"),
    ]
    nobody_says = {**drawn, "entries": [{**drawn["entries"][0], "expected_season": ""}]}
    assert {state for (state,) in reconciled("state", **nobody_says)} == {"not_known"}


@pytest.mark.parametrize(
    ("status", "claimed", "expected"),
    [
        ("not_entered", "false", (None, "not_expected", "not_entered")),
        ("withdrawn_by_moderator", "false", (None, "not_expected", "withdrawn_by_moderator")),
        ("withdrawn", "false", (None, "withdrawn", "withdrawn")),
        ("absent", "false", (None, "absent", "absent")),
        ("result_achieved", "false", ("tracker", "not_known", "on_tracker_only")),
        ("entered", "false", ("tracker", "not_known", "on_tracker_only")),
        ("claim_submitted", "true", ("tracker", "pending", "in_moderation")),
        ("awaiting_assessed_grade", "true", ("tracker", "pending", "awaiting_assessed_grade")),
    ],
)
def test_what_only_the_tracker_knows_has_a_row_without_a_series(
    status: str, claimed: str, expected: tuple[str | None, str, str]
) -> None:
    drawn = {"tracker": [tracked(status, counts_as_claimed=claimed)]}
    found = about("05838/17", "series", "expected_by", *BOTH, **drawn)
    assert found == [(None, *expected)]


def test_the_tracker_expects_the_latest_result_of_a_unit_and_its_status_stands_on_every_one() -> None:
    rows = [said("edi", "U", series="6E25"), said("edi", "P", file_id="e2")]
    status = tracked("result_achieved", unit_code="05838/01", assessment="examined")
    found = about("05838/01", "series", "expected_by", "tracker_status", latest_statements=rows, tracker=[status])
    assert found == [("6E25", None, "result_achieved"), ("6E26", "tracker", "result_achieved")]


TWO_NUMBERS = [person("p1", ocr_candidate_number="40000001 40000002")]
LATER = {"entries": [entered(expected_season="")]}


@pytest.mark.parametrize(
    ("left", "drawn", "expected"),
    [
        (COMPLETE, {}, ("missing", "award_missing", False)),
        ({**COMPLETE, "award_is_covered": "false"}, {}, ("pending", "file_awaited", None)),
        (
            {**COMPLETE, "award_is_covered": "false", "completed_season": "2024-25"}, {},
            ("not_known", "not_covered", None),
        ),
        (COMPLETE, LATER, ("missing", "award_missing", False)),
        (COMPLETE, {"candidates": TWO_NUMBERS}, ("missing", "duplicate_record", False)),
        (COMPLETE, {"candidates": [person("p1", uci="")]}, ("missing", "missing_uci", False)),
        (outstanding(), {}, ("missing", "units_incomplete", False)),
        (outstanding(), LATER, ("not_known", "units_incomplete", False)),
        (outstanding(is_pending="true"), {}, ("pending", "file_awaited", None)),
        (outstanding(not_known="why"), {}, ("not_known", "earlier_years_not_here", False)),
        (outstanding(glh_in_subject="360"), {}, ("missing", "invalid_combination", False)),
        (outstanding(glh_in_subject="359"), {}, ("missing", "units_incomplete", False)),
        (outstanding(glh_in_subject="360", is_pending="true"), {}, ("pending", "file_awaited", None)),
        (outstanding(eligible="", not_calculated="points"), {}, ("not_known", "not_calculated", False)),
        (outstanding(), {"entries": [entered(intended_level="2")]}, ("missing", "wrong_level", False)),
        (outstanding(), {"entries": [entered(series="6E26")]}, ("missing", "entered_in_wrong_series", False)),
        ({}, {}, ("not_known", "on_tracker_only", None)),
        ({}, {"entries": [entered(expected_season="2026-27")]}, ("not_expected_yet", "later_season", None)),
        ({}, {"entries": [entered(withdrawn="true")]}, ("withdrawn", "withdrawn", None)),
        ({}, {"entries": [entered(is_eligible="false")]}, ("not_expected", "not_eligible", None)),
    ],
)  # fmt: skip
def test_an_award_that_is_not_there_says_why(
    left: Row, drawn: dict[str, list[Row]], expected: tuple[str, str, bool | None]
) -> None:
    usual = {"entries": [entered()], "coverage": EDI_HERE, "awards_outstanding": [left] if left else []}
    found = reconciled("code", "expected_by", *BOTH, "in_edi", **{**usual, **drawn})
    assert found == [("05839", "entry", *expected)]


def test_an_award_waits_for_the_unit_that_is_pending_and_not_for_one_achieved_elsewhere() -> None:
    drawn: dict[str, list[Row]] = {
        "entries": [entered()],
        "claims": [claim("2026-08-06")],
        "awards_outstanding": [outstanding()],
        "coverage": EDI_HERE,
    }
    assert about("05839", "code", *BOTH, **drawn)[0] == ("05839", "pending", "unit_result_pending")
    held = {**drawn, "unit_achievements": [achieved("05838/17")]}
    assert about("05839", "code", *BOTH, **held)[0] == ("05839", "missing", "units_incomplete")


@pytest.mark.parametrize(
    ("drawn", "cause"),
    [
        ({"claims": [claim()]}, "unit_result_missing"),
        ({"latest_statements": [said("edi", "X")]}, "unit_result_withheld"),
        ({"latest_statements": [said("marks", "", is_absent="true")]}, "absent"),
    ],
)
def test_an_award_names_what_stands_in_its_way(drawn: dict[str, list[Row]], cause: str) -> None:
    usual = {"entries": [entered()], "awards_outstanding": [outstanding()], "coverage": EDI_HERE}
    assert about("05839", "code", *BOTH, **{**usual, **drawn})[0] == ("05839", "missing", cause)


def test_an_award_entered_last_year_belongs_to_the_one_issued_this_summer() -> None:
    last_year = entered(series="9I24", season="2024-25")
    found = reconciled("series", "expected_by", *BOTH, entries=[last_year], latest_statements=[award("edi", "M")])
    assert found == [("9I25", "entry", "in_one_carrier", None)]
