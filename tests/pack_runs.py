"""Runs drawn by hand for the tests of query sheets, and the sheets that come of them. Centres 99999 and 99998."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pipelines import resources
from pipelines.packs.asking import Answer, Asked, Draw, QuerySheet, ask
from pipelines.packs.requests import RequestType, chosen, load_requests
from pipelines.packs.words import Heading
from tests.report_database import add, database, finding

REQUESTS = load_requests(resources.sql() / "pack")
AS_OF = datetime.fromisoformat("2026-08-12T09:00:00+01:00")
BEFORE, AFTER = "2026-08-12T00:01:00+01:00", "2026-08-13T08:00:00+01:00"
HEADING = Heading("20260812T080000Z", AS_OF, "2025-26", is_sample=False)
NAMES = ("Quillfeather", "Nightingrove", "Oddsworthy", "Isolde", "Barnabas", "Perpetua")


@contextmanager
def run_drawn() -> Iterator[Any]:
    """Every published table, empty, and the reference data; what is added is gone afterwards."""
    cursor = database().cursor()
    cursor.execute("SET TimeZone = 'Europe/London'")
    cursor.execute("BEGIN TRANSACTION")
    try:
        yield cursor
    finally:
        cursor.execute("ROLLBACK")
        cursor.close()


def student(con: Any, person_id: str, number: str, centre: str = "99999", **values: object) -> None:
    """A student whose four-digit number is given; the others are made of it."""
    place = int(number) % 3
    given = {
        "candidate_number": number,
        "ocr_candidate_number": f"0000{number}",
        "uci": f"99999025{number}X",
        "surname": NAMES[place],
        "forenames": NAMES[place + 3],
        "date_of_birth": "2007-09-08",
    }
    add(con, "candidates", centre_number=centre, person_id=person_id, label=number, **{**given, **values})


def found(con: Any, reference: str, code: str, **values: object) -> None:
    """A finding, with the student's numbers where it is about one who is drawn."""
    asked = "candidate_number, ocr_candidate_number, uci, surname, forenames"
    whose = con.execute(f"SELECT {asked} FROM candidates WHERE person_id = ?", [values.get("person_id")]).fetchone()
    numbers = dict(zip(asked.split(", "), whose, strict=True)) if whose else {}
    finding(con, reference, code=code, **{"file_id": None, **numbers, **values})


def asking(
    *names: str,
    is_exams_office: bool = True,
    person: str | None = None,
    centre: str | None = None,
    draw: Draw | None = None,
    moment: datetime = AS_OF,
) -> Asked:
    requests: tuple[RequestType, ...] = chosen(REQUESTS, names, draw is not None)
    known = tuple(REQUESTS.values())
    return Asked(requests, known, AS_OF, moment, "2025-26", is_exams_office, person, centre, draw)


def answered(con: Any, asked: Asked | None = None) -> Answer:
    return ask(con, asked or asking())


def by_stem(answer: Answer) -> dict[str, QuerySheet]:
    return {sheet.stem: sheet for sheet in answer.sheets}


def references(answer: Answer) -> dict[str, list[str]]:
    """Sheet → what is on it."""
    return {sheet.stem: sorted(sheet.frame["reference"]) for sheet in answer.sheets}


#: request type → a finding that it takes up, and the sheet that finding alone must be on (the centre's list beside it)
SPEAKING: dict[str, tuple[dict[str, Any], set[str]]] = {
    "missing_results": (
        {"code": "entry_without_result", "owner": "board", "board": "01", "option_code": "H240"},
        {"missing_results_99999_01"},
    ),
    "missed_from_claim": (
        {"code": "unit_not_claimed", "owner": "centre", "board": "72", "unit_code": "05838/20"},
        {"missed_from_claim_99999_72", "centre_to_do_99999"},
    ),
    "wrong_claim": (
        {"code": "claimed_grade_differs", "owner": "centre", "severity": "warning", "board": "72"},
        {"wrong_claim_99999_72", "centre_to_do_99999"},
    ),
    "entry_change": (
        {"code": "wrong_level", "owner": "centre", "board": "72"},
        {"entry_change_99999_72", "centre_to_do_99999"},
    ),
    "late_certification": (
        {"code": "certification_entry_missing", "owner": "centre", "board": "01"},
        {"late_certification_99999_01", "centre_to_do_99999"},
    ),
    "duplicate_record": ({"code": "duplicate_candidate_number", "owner": "board"}, {"duplicate_record_99999_72"}),
    "uci_merge": ({"code": "multiple_ucis", "owner": "board"}, {"uci_merge_99999_board-unknown"}),
    "result_in_question": (
        {"code": "grades_conflict", "owner": "board", "board": "70"},
        {"result_in_question_99999_70"},
    ),
    "review_of_marking": (
        {"code": "near_boundary", "owner": "centre", "severity": "info", "board": "72"},
        {"review_of_marking_99999_72"},
    ),
    "school_reimport": ({"code": "missing_from_edi", "owner": "mis", "board": "72"}, {"school_reimport_99999"}),
    "school_basedata": (
        {"code": "element_not_in_basedata", "owner": "centre", "board": "72"},
        {"school_basedata_99999", "centre_to_do_99999"},
    ),
    "centre_to_do": ({"code": "missing_uci", "owner": "centre"}, {"centre_to_do_99999"}),
}
