"""The tracker, from one download to the next."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_joins import Row, made


def _seen(file_id: str, day: str, unit: str, status: str, **more: str) -> Row:
    return {
        "centre_number": "99999", "person_id": "p1", "qualification_code": "05838", "unit_code": unit,
        "status_as_sent": status, "status": status, "counts_as_claimed": str(status == "claim_submitted").lower(),
        "estimated_completion_date": "2026-08-31", "as_of": day, "file_id": file_id, "line": "2", **more,
    }  # fmt: skip


def _changes(*rows: Row) -> list[tuple[Any, ...]]:
    return made("tracker_changes", "person_id, unit_code, change, direction", tracker=list(rows))


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ("not_entered", "entered", "forward"),
        ("entered", "result_achieved", "forward"),
        ("claim_submitted", "sample_selected", "forward"),
        ("claim_submitted", "not_entered", "back"),
        ("result_achieved", "entered", "back"),
        ("entered", "absent", "back"),
        ("absent", "not_entered", "sideways"),
    ],
)
def test_a_status_goes_forward_or_back_on_the_way_to_a_result(before: str, after: str, direction: str) -> None:
    said = _changes(_seen("a", "2026-06-12", "05838/01", before), _seen("b", "2026-07-20", "05838/01", after))
    assert said == [("p1", "05838/01", "status", direction)]


def test_one_download_and_two_of_one_day_are_no_change() -> None:
    first = _seen("a", "2026-06-12", "05838/01", "entered")
    assert _changes(first) == []
    assert _changes(first, _seen("b", "2026-06-12", "05838/01", "result_achieved")) == []


def test_only_the_two_newest_downloads_are_compared() -> None:
    rows = [
        _seen("a", "2026-05-01", "05838/01", "not_entered"),
        _seen("b", "2026-06-12", "05838/01", "entered"),
        _seen("c", "2026-07-20", "05838/01", "entered"),
    ]
    assert _changes(*rows) == []


def test_a_moved_completion_date_is_a_change_of_its_own() -> None:
    later = _seen("b", "2026-07-20", "05838/01", "entered", estimated_completion_date="2027-08-31")
    assert _changes(_seen("a", "2026-06-12", "05838/01", "entered"), later) == [("p1", "05838/01", "date", None)]


def test_a_new_unit_is_told_and_one_that_is_gone_only_of_a_student_who_is_still_listed() -> None:
    rows = [
        _seen("a", "2026-06-12", "05838/01", "entered"),
        _seen("a", "2026-06-12", "05838/01", "entered", person_id="p2"),
        _seen("b", "2026-07-20", "05838/02", "entered"),
    ]
    assert _changes(*rows) == [("p1", "05838/01", "gone", None), ("p1", "05838/02", "new", None)]


def test_a_download_of_another_qualification_and_the_other_view_are_not_compared() -> None:
    first = _seen("a", "2026-06-12", "05838/01", "entered")
    other = _seen("b", "2026-07-20", "05834/01", "entered", qualification_code="05834")
    summary = _seen("c", "2026-07-20", "", "result_achieved")
    assert _changes(first, other, summary) == []


def test_rows_with_days_of_their_own_belong_to_the_latest_day_of_their_file() -> None:
    rows = [
        _seen("a", "2026-06-01", "05838/01", "entered"),
        _seen("a", "2026-06-12", "05838/02", "entered"),
        _seen("b", "2026-06-01", "05838/01", "entered"),
        _seen("b", "2026-07-20", "05838/02", "result_achieved"),
    ]
    assert _changes(*rows) == [("p1", "05838/02", "status", "forward")]


def test_the_newest_download_decides_who_is_eligible() -> None:
    """Who was Not eligible in June and is not any more is expected; the other way round nobody waits for the award."""
    statuses = ("not_eligible", "result_not_yet_achieved")
    for before, after in (statuses, statuses[::-1]):
        rows = [_seen("a", "2026-06-12", "", before), _seen("b", "2026-07-20", "", after)]
        assert made("qualification_entries", "is_live", tracker=rows) == [(after != "not_eligible",)]
