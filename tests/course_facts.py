"""What the papers of one centre tell, in slow plain Python: what was issued, what is entered, which files are here.

The ground beneath the twins of the rules. Takes a `School` and one of its students; gives results folded over their
carriers, entries as they stand, and whether the files of a season are here. Nothing is taken from the SQL.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from tests.award_records import Calculation, Entry, Figures, Person, Qualification, Result, Tracked
from tests.award_twin import calculations
from tests.course_records import (
    RELEASES,
    SEASON,
    SEASONS,
    County,
    Said,
    School,
    Student,
    Window,
    annual,
    june,
    season_of,
    season_of_series,
    summer,
    windows,
)
from tests.course_tables import ends, report_windows

#: said in a grade's place
NOT_ISSUED = ("X", "Q")


def fold(said: tuple[Said, ...], is_award: bool) -> list[Said]:
    """One row a result: a grade before X or Q, these before silence; absent where one says so; the latest date."""
    keys = {(one.code, one.series, one.window) for one in said if one.is_award == is_award}
    rows = []
    for key in sorted(keys, key=str):
        mine = [one for one in said if one.is_award == is_award and (one.code, one.series, one.window) == key]
        grades = [one.grade for one in mine if one.grade]
        order = [grade for grade in grades if grade not in NOT_ISSUED] + grades
        days = [one.award_date for one in mine if one.award_date]
        absent = any(one.is_absent for one in mine)
        grade, day = (order[0] if order else None), max(days, default=None)
        rows.append(Said("", key[0], is_award, key[1], grade, key[2], day, absent))
    return rows


@dataclass(frozen=True)
class Standing:
    """A qualification as a student is entered for it."""

    code: str
    is_live: bool
    expected: str | None  #: the season of the award
    since: str | None  #: the season of the first entry
    intended_level: int | None
    by_tracker: bool

    @property
    def is_expected(self) -> bool | None:
        """By this season; None where nobody says."""
        return None if self.expected is None else self.expected <= SEASON


def standing(student: Student, code: str) -> Standing:
    """Entry and tracker together: the tracker's completion date is the first witness, a withdrawal anywhere ends it."""
    rows = [row for row in student.enrolled if row.qualification_code == code]
    told = [row for row in student.tracker if row.qualification_code == code]
    status = {row.status for row in told if row.unit_code is None}
    live = not (rows and all(row.withdrawn for row in rows)) and not status & {"withdrawn", "not_eligible"}
    by_tracker = max((row.completes for row in told if row.completes), default=None)
    by_entry = max((row.completes for row in rows if row.completes), default=None)
    standing_rows = [row for row in rows if not row.withdrawn]
    since = min((row.season for row in standing_rows), default=None)
    if since is None and told:
        days = [row.entered_on for row in told if row.entered_on]
        since = season_of(min(days)) if days else None
    # the entry that stands, the latest of them; of a withdrawn one the latest
    latest = max(standing_rows or rows, key=lambda row: row.season, default=None)
    intended = latest.intended_level if latest else None
    return Standing(code, live, by_tracker or by_entry, since, intended, bool(told))


@dataclass(frozen=True)
class Papers:
    """One student at one centre, among the reference figures."""

    county: County
    school: School
    student: Student

    @property
    def figures(self) -> Figures:
        """The reference tables."""
        return self.county.figures

    @cached_property
    def units(self) -> list[Said]:
        """Results of units, carriers folded."""
        return fold(self.student.said, False)

    @cached_property
    def awards(self) -> list[Said]:
        """Awards, carriers folded, those withheld among them."""
        return fold(self.student.said, True)

    @cached_property
    def entered(self) -> dict[str, Standing]:
        """Every qualification with an entry or a tracker row."""
        codes = {row.qualification_code for row in self.student.enrolled}
        codes |= {row.qualification_code for row in self.student.tracker}
        return {code: standing(self.student, code) for code in sorted(codes)}

    @cached_property
    def person(self) -> Person:
        """The student as the award calculation's twin knows people."""
        return Person(
            self.school.number,
            self.student.name,
            tuple(self._result(one, self.figures.unit[one.code].option_code) for one in self.units),
            tuple(self._result(one, one.code) for one in self.awards),
            tuple(
                Entry(one.code, one.is_live, one.is_expected if one.is_live else None) for one in self.entered.values()
            ),
            tuple(
                Tracked(row.unit_code, row.status, row.as_of, "tracker", row.line)
                for row in self.student.tracker if row.unit_code
            ),
        )  # fmt: skip

    @staticmethod
    def _result(one: Said, option: str) -> Result:
        season, first = season_of_series(one.series), one.window.first if one.window else None
        return Result(one.code, season, one.series, one.grade, first, one.award_date, one.is_absent, option)

    @cached_property
    def calculations(self) -> dict[str, Calculation]:
        """What the units come to, by qualification."""
        return {row.qualification_code: row for row in calculations(self.figures, self.person)}

    def qualification(self, code: str) -> Qualification:
        """A qualification by its code."""
        return next(q for q in self.figures.qualifications if q.qualification_code == code)

    def listed(self, code: str) -> dict[str, str]:
        """The units of a qualification, and whether they are mandatory."""
        return {row.unit_code: row.requirement for row in self.figures.listed if row.qualification_code == code}

    def tracked_award(self, code: str) -> bool:
        """Whether the tracker has the award."""
        return any(
            row.qualification_code == code and row.unit_code is None and row.status == "result_achieved"
            for row in self.student.tracker
        )


@dataclass(frozen=True)
class Shelf:
    """The results files of one centre: what they speak of."""

    county: County
    school: School

    @cached_property
    def rows(self) -> list[Said]:
        """Every row of every achievement report."""
        return [one for student in self.school.students for one in student.said if one.carrier == "achievement"]

    @cached_property
    def ends(self) -> dict[str, datetime.date]:
        """The latest award date of each report."""
        return ends(self.school)

    def shows_units(self, file_id: str, series: str) -> bool:
        """Whether a report lists any unit of a series: one that lists its awards alone was run for another."""
        return any(one.file_id == file_id and one.series == series and not one.is_award for one in self.rows)

    def report_has(self, code: str, series: str, window: Window | None) -> bool:
        """Whether a report speaks of the units of a qualification in a series, to the end of a window."""
        for file_id, run_on in self.school.reports:
            holds = any(
                one.file_id == file_id and one.listed_under == code and one.series == series for one in self.rows
            )
            if holds and self.shows_units(file_id, series):
                shown = report_windows(series, self.ends[file_id])
                if window in shown and self._reaches(file_id, run_on, series, window, shown):
                    return True
        return False

    def _reaches(
        self,
        file_id: str,
        run_on: datetime.date | None,
        series: str,
        window: Window | None,
        shown: tuple[Window | None, ...],
    ) -> bool:
        if window is None:
            return True
        told_until = run_on or self.ends[file_id]
        if told_until >= window.last:
            return True
        named = [one for one in windows(series) if one.place == "calendar"]
        if run_on is not None or window != named[-1]:
            return False
        # an undated report may end with the last window; where EDI has something of a later one it was run too soon
        later = [
            one.window.first for student in self.school.students for one in student.said
            if one.carrier == "edi" and one.series == series and one.window
        ]  # fmt: skip
        return not (window == shown[-1] and later and max(later) > window.first)

    def edi_has(self, series: str, window: Window | None = None) -> bool:
        """Whether an EDI file of the series, and of the window where one is given, is here."""
        return any(s == series and (window is None or w == window) for s, w in self.school.edi)

    def examinations_here(self, q: Qualification, season: str) -> bool:
        """Whether June's results are here, by EDI, by a marks report or by a report that shows units of June."""
        series = june(season)
        return (
            q.suite == "2012"
            or self.edi_has(series)
            or any(one == series for one, _ in self.school.marks)
            or self.report_has(q.qualification_code, series, None)
        )

    def is_due(self, season: str) -> bool:
        """Whether every window of the season is released; of a year without a calendar, yes."""
        release = RELEASES.get(summer(season))
        return release is None or release <= self.county.as_of[:16]

    def is_here(self, code: str, season: str) -> bool:
        """Whether all results of a qualification in a season are here: each window, and June's examinations."""
        q = next(q for q in self.county.figures.qualifications if q.qualification_code == code)
        series = annual(q.suite, season)
        named: list[Window | None] = [window for window in windows(series) if window.place == "calendar"]
        wanted = named or [None]
        by_report = all(self.report_has(code, series, window) for window in wanted)
        every = all(self.edi_has(series, window) or self.report_has(code, series, window) for window in wanted)
        # a report of a stretch of days has June's results among them, one of a single series does not
        spans = self.stretches(code)
        first, last = min((one for one, _ in spans), default="~"), max((one for _, one in spans), default="")
        by_stretch = by_report and first <= season <= last
        return every and (by_stretch or self.examinations_here(q, season))

    def is_whole(self, code: str, season: str) -> bool:
        """Whether the days before the first window are here too, which no file of the summer holds."""
        q = next(q for q in self.county.figures.qualifications if q.qualification_code == code)
        series = annual(q.suite, season)
        before = [window for window in windows(series) if window.place == "before"]
        early = all(self.edi_has(series, one) or self.report_has(code, series, one) for one in before)
        return early and self.is_here(code, season)

    def stretches(self, code: str) -> list[tuple[str, str]]:
        """First and last season of every report that has the qualification and lists units of more than one series."""
        found = []
        for file_id, _ in self.school.reports:
            mine = [one for one in self.rows if one.file_id == file_id]
            series = {one.series for one in mine if not one.is_award}
            if any(one.listed_under == code for one in mine) and len(series) > 1:
                seasons = {season_of_series(one) for one in series}
                found.append((min(seasons), max(seasons)))
        return found

    def spans(self, code: str, since: str) -> bool:
        """Whether one report lists units from `since` to last season."""
        return any(first <= since and last >= SEASONS[-2] for first, last in self.stretches(code))
