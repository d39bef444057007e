"""Which qualifications still owe an award, and whether the files here can tell: one student, the files of one centre.

The joins between files and verdict are really run, over the shipped reference data: the Extended Certificate in IT
(05839), of the 2016 suite, and one qualification of 2012.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from pipelines import resources
from pipelines.reference import load_reference
from tests.award_records import Figures, Limit, Listed, Points, Qualification, Threshold, Unit, columns
from tests.course_records import (
    County,
    Enrolled,
    Said,
    School,
    Sitting,
    Student,
    TrackerRow,
    Window,
    windows,
)
from tests.course_tables import made

Day = datetime.date
EXTENDED = "05839"
AFTER, BEFORE = "2026-08-10 07:30:00+00", "2026-08-10 06:59:00+00"


def _figures() -> Figures:
    tables = {name: frame.to_dicts() for name, frame in load_reference(resources.reference_data(), None).items()}

    def read(name: str, kind: type[Any]) -> tuple[Any, ...]:
        return tuple(kind(**{column: row[column] for column in columns(kind) if column in row}) for row in tables[name])

    names = ("units", "qualifications", "combinations", "unit_points", "grade_thresholds", "attempts")
    kinds: tuple[type[Any], ...] = (Unit, Qualification, Listed, Points, Threshold, Limit)
    return Figures(*(read(name, kind) for name, kind in zip(names, kinds, strict=True)))


FIGURES = _figures()


def window(series: str, place: int) -> Window:
    """0 what came before the summer, 1 July, 2 August."""
    return windows(series)[place]


def edi(*files: str) -> frozenset[tuple[str, Window | None]]:
    """EDI files: `6E26`, or `9I25:1` for the first window."""
    parts = [file.split(":") for file in files]
    return frozenset((one[0], window(one[0], int(one[1])) if len(one) > 1 else None) for one in parts)


SUMMER = edi("6E26", "9I25:1", "9I25:2")
LAST_SUMMER = edi("6E25", "9I24:1", "9I24:2")


def achieved(unit: str, series: str, place: int = 1, grade: str = "M", **more: Any) -> Said:
    """A result in EDI; of a moderated unit in a window."""
    where = window(series, place) if windows(series) else None
    return Said("edi", unit, False, series, grade, where, **more)


def reported(unit: str, series: str, day: Day, **more: Any) -> Said:
    """A result on the achievement report, listed under the Extended Certificate."""
    where = next((one for one in windows(series) if one.first <= day <= one.last), None)
    usual = {"grade": "M", "listed_under": EXTENDED, "file_id": "report", **more}
    return Said("achievement", unit, False, series, window=where, award_date=day, **usual)


def verdict(
    student: Student,
    files: frozenset[tuple[str, Window | None]] = frozenset(),
    *,
    as_of: str = AFTER,
    reports: tuple[tuple[str, Day | None], ...] = (),
    others: tuple[Student, ...] = (),
) -> list[dict[str, Any]]:
    """The rows of the join about one student."""
    school = School("99999", files, frozenset(), reports, (student, *others))
    rows = made(County(FIGURES, (school,), as_of), "awards_outstanding")
    return [row for row in rows if row["person_id"] == student.name]


def told(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Some columns of the rows."""
    return [tuple(row[name] for name in names) for row in rows]


def entered(season: str = "2025-26", code: str = EXTENDED) -> tuple[Enrolled, ...]:
    """An entry that should be awarded this season."""
    return (Enrolled(code, season, completes="2025-26"),)


#: 05839 needs units 1, 2 and 3 (examined, 90 + 90 + 60 hours) and 120 hours of others
EXAMS = (achieved("05838/01", "6E26"), achieved("05838/02", "6E26"), achieved("05838/03", "6E26"))
JULY = (achieved("05838/15", "9I25"), achieved("05838/16", "9I25"))
COMPLETE = (*EXAMS, *JULY)


def test_the_reference_data_are_what_these_tests_think() -> None:
    (row,) = verdict(Student("p1", entered(), said=COMPLETE), SUMMER)
    assert (row["eligible"], row["not_calculated"]) == ("true", None)
    (row,) = verdict(Student("p1", entered(), said=EXAMS), SUMMER)
    assert (row["eligible"], row["glh_short"]) == ("false", "120")


def test_only_the_file_of_july_is_here_and_that_of_august_is_awaited() -> None:
    files = edi("6E26", "9I25:1")
    rows = verdict(Student("p1", entered(), said=COMPLETE), files)
    assert told(rows, "completed_season", "award_is_covered", "is_pending") == [("2025-26", "false", "true")]
    rows = verdict(Student("p1", entered(), said=EXAMS), files)
    assert told(rows, "eligible", "is_pending", "not_known") == [("false", "true", None)]


def test_without_the_file_of_june_all_is_pending() -> None:
    rows = verdict(Student("p1", entered(), said=JULY), edi("9I25:1", "9I25:2"))
    assert told(rows, "is_pending") == [("true",)]


def test_edi_alone_says_that_an_award_completed_in_summer_is_missing() -> None:
    rows = verdict(Student("p1", entered(), said=COMPLETE), SUMMER)
    assert told(rows, "award_is_covered", "is_pending") == [("true", "false")]


def test_edi_alone_says_nothing_of_units_that_may_have_been_issued_before_the_summer() -> None:
    rows = verdict(Student("p1", entered(), said=EXAMS), SUMMER)
    assert told(rows, "is_pending", "not_known") == [
        ("false", f"results from before the summer are not here for {EXTENDED}")
    ]
    rows = verdict(Student("p1", entered(), said=EXAMS), SUMMER | edi("9I25:0"))
    assert told(rows, "is_pending", "not_known") == [("false", None)]


def test_an_award_completed_before_the_summer_may_be_in_a_file_of_its_own() -> None:
    january = tuple(achieved(f"05838/{n:02d}", "1E26") for n in (1, 2, 3))
    spring = tuple(achieved(f"05838/{n}", "9I25", 0) for n in (15, 16))
    student = Student("p1", entered(), said=(*january, *spring))
    assert told(verdict(student, SUMMER), "award_is_covered") == [("false",)]
    assert told(verdict(student, SUMMER | edi("9I25:0")), "award_is_covered") == [("true",)]


RANGE = (
    *(reported(f"05838/{n:02d}", "6E25", Day(2025, 8, 11)) for n in (1, 2, 3)),
    reported("05838/15", "9I25", Day(2026, 7, 9)),
    reported("05838/17", "9I25", Day(2026, 8, 10), grade="U"),
)


def test_a_report_alone_that_reaches_over_the_course_is_enough() -> None:
    rows = verdict(Student("p1", entered("2024-25"), said=RANGE), reports=(("report", Day(2026, 8, 10)),))
    assert told(rows, "eligible", "is_pending", "not_known") == [("false", "false", None)]


def test_a_report_that_was_run_before_the_windows_end_leaves_the_rest_pending() -> None:
    rows = verdict(Student("p1", entered("2024-25"), said=RANGE[:4]), reports=(("report", Day(2026, 7, 20)),))
    assert told(rows, "is_pending") == [("true",)]


def test_a_report_of_june_alone_speaks_neither_of_moderated_units_nor_of_other_years() -> None:
    june = tuple(reported(f"05838/{n:02d}", "6E26", Day(2026, 8, 10)) for n in (1, 2, 3))
    # it lists the awards of other students, which belong to the annual series of this year and an earlier one
    awards = tuple(
        Said("achievement", EXTENDED, True, one, "M", window(one, 1), window(one, 1).last, False, EXTENDED, "report")
        for one in ("9I25", "9I23")
    )
    other = Student("p2", entered(), said=awards)
    reports = (("report", Day(2026, 8, 10)),)
    rows = verdict(Student("p1", entered("2024-25"), said=june), reports=reports, others=(other,))
    why = f"results of earlier years are not here for {EXTENDED}"
    assert told(rows, "is_pending", "not_known") == [("true", why)]


def test_two_reports_of_one_series_each_do_not_reach_over_the_years_between() -> None:
    said = (
        reported("05838/01", "6E24", Day(2024, 8, 12), file_id="old"),
        reported("05838/02", "6E26", Day(2026, 8, 10)),
    )
    reports = (("old", Day(2024, 8, 12)), ("report", Day(2026, 8, 10)))
    rows = verdict(Student("p1", entered("2023-24"), said=said), reports=reports)
    assert told(rows, "not_known") == [(f"results of earlier years are not here for {EXTENDED}",)]


def test_a_report_that_ended_years_ago_does_not_tell_of_last_year() -> None:
    said = (
        reported("05838/15", "9I22", Day(2023, 5, 9)),
        reported("05838/16", "9I23", Day(2024, 7, 9)),
    )
    rows = verdict(Student("p1", entered("2022-23"), said=said), SUMMER, reports=(("report", Day(2024, 8, 12)),))
    assert told(rows, "not_known") == [(f"results of earlier years are not here for {EXTENDED}",)]


def test_a_report_of_another_qualification_does_not_speak_for_this_one() -> None:
    said = tuple(reported(one.code, one.series, one.award_date or Day.max, listed_under="05842") for one in RANGE)
    other = Student("p2", (), said=said)
    rows = verdict(Student("p1", entered("2024-25")), SUMMER, reports=(("report", Day(2026, 8, 10)),), others=(other,))
    assert told(rows, "not_known") == [(f"results of earlier years are not here for {EXTENDED}",)]


def test_a_report_of_one_annual_series_does_not_speak_of_june() -> None:
    said = (reported("05838/15", "9I25", Day(2026, 7, 9)), reported("05838/16", "9I25", Day(2026, 8, 4)))
    student, reports = Student("p1", entered(), said=said), (("report", Day(2026, 8, 10)),)
    assert told(verdict(student, reports=reports), "is_pending") == [("true",)]
    assert told(verdict(student, edi("6E26"), reports=reports), "is_pending") == [("false",)]


def tracker(*units: str) -> tuple[TrackerRow, ...]:
    """Units of the Extended Certificate that the tracker says are achieved; it is to be finished this season."""
    return tuple(TrackerRow(EXTENDED, f"05838/{unit}", "result_achieved", completes="2025-26") for unit in units)


def test_with_nothing_but_the_tracker_all_is_pending_and_nothing_unknown() -> None:
    rows = verdict(Student("p1", tracker=tracker("01", "02", "15")))
    assert told(rows, "eligible", "is_pending", "not_known") == [("false", "true", None)]
    summary = TrackerRow(EXTENDED, None, "result_not_yet_achieved", completes="2025-26")
    rows = verdict(Student("p1", tracker=(summary,)))
    assert told(rows, "is_pending", "not_known") == [("true", f"results of earlier years are not here for {EXTENDED}")]


@pytest.mark.parametrize("status", ["result_achieved", "withdrawn", "not_eligible"])
def test_what_the_tracker_has_awarded_or_ended_is_not_outstanding(status: str) -> None:
    summary = TrackerRow(EXTENDED, None, status, completes="2025-26")
    assert verdict(Student("p1", entered(), tracker=(summary,)), SUMMER) == []


def test_units_that_the_tracker_alone_has_may_have_been_awarded_in_another_year() -> None:
    units = tracker("01", "02", "03", "15", "16")
    rows = verdict(Student("p1", entered("2023-24"), tracker=units), SUMMER)
    assert told(rows, "eligible", "completed_season", "award_is_covered") == [("true", "2023-24", "false")]
    rows = verdict(Student("p1", entered(), tracker=units), SUMMER | edi("9I25:0"))
    assert told(rows, "eligible", "completed_season", "award_is_covered") == [("true", "2025-26", "true")]


def test_of_an_entry_of_last_year_the_files_of_last_year_are_wanted() -> None:
    student = Student("p1", entered("2024-25"), said=EXAMS)
    whole = SUMMER | edi("9I25:0")
    why = f"results of earlier years are not here for {EXTENDED}"
    assert told(verdict(student, whole), "not_known") == [(why,)]
    assert told(verdict(student, whole | LAST_SUMMER), "not_known") == [(why,)]
    assert told(verdict(student, whole | LAST_SUMMER | edi("9I24:0")), "not_known") == [(None,)]


def test_an_award_is_of_the_year_its_units_were_complete_and_not_of_a_later_resit() -> None:
    last_year = (
        *(achieved(f"05838/{n:02d}", "6E25", grade="P") for n in (1, 2, 3)),
        *(achieved(f"05838/{n}", "9I24") for n in (15, 16)),
    )
    resit = achieved("05838/01", "6E26", grade="D")
    student = Student("p1", entered("2024-25"), said=(*last_year, resit))
    rows = verdict(student, SUMMER)
    assert told(rows, "completed_season", "award_is_covered") == [("2024-25", "false")]
    rows = verdict(student, SUMMER | LAST_SUMMER)
    assert told(rows, "completed_season", "award_is_covered") == [("2024-25", "true")]


def test_an_award_is_of_no_year_before_the_entry() -> None:
    last_year = (
        *(achieved(f"05838/{n:02d}", "6E25") for n in (1, 2, 3)),
        *(achieved(f"05838/{n}", "9I24") for n in (15, 16)),
    )
    rows = verdict(Student("p1", entered(), said=last_year), LAST_SUMMER)
    assert told(rows, "completed_season", "award_is_covered", "is_pending") == [("2025-26", "false", "true")]


def test_of_a_year_whose_calendar_has_no_windows_one_file_of_the_series_is_enough() -> None:
    student = Student("p1", entered("2022-23"), said=EXAMS)
    since = SUMMER | LAST_SUMMER | edi("9I25:0", "9I24:0", "9I23:0", "9I23:1", "9I23:2", "6E24")
    assert told(verdict(student, since), "not_known") == [(f"results of earlier years are not here for {EXTENDED}",)]
    assert told(verdict(student, since | edi("6E23", "9I22")), "not_known") == [(None,)]


def test_the_suite_of_2012_has_no_june() -> None:
    q = next(q for q in FIGURES.qualifications if q.suite == "2012" and q.complete)
    code = next(row.unit_code for row in FIGURES.listed if row.qualification_code == q.qualification_code)
    said = (Said("edi", code, False, "9C25", "P", window("9C25", 1)),)
    student = Student("p1", entered(code=q.qualification_code), said=said)
    assert told(verdict(student, edi("9C25:0", "9C25:1", "9C25:2")), "is_pending", "not_known") == [("false", None)]
    assert told(verdict(student, SUMMER), "is_pending") == [("true",)]


def test_before_the_release_all_is_pending_although_the_files_are_here() -> None:
    rows = verdict(Student("p1", entered(), said=COMPLETE), SUMMER, as_of=BEFORE)
    assert told(rows, "award_is_covered", "is_pending", "due") == [("false", "true", "2026-08-10 07:00:00+00")]


def test_an_examination_whose_file_is_not_here_leaves_its_student_alone_pending() -> None:
    sat = (Sitting("05838/03", "1E26"),)
    rows = verdict(Student("p1", entered(), sat, said=EXAMS[:2]), SUMMER)
    assert told(rows, "is_pending") == [("true",)]
    rows = verdict(Student("p1", entered(), sat, said=EXAMS[:2]), SUMMER | edi("1E26"))
    assert told(rows, "is_pending") == [("false",)]
