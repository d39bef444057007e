"""Six rules about awards once more, in plain Python, from the words of their definitions.

`award_missing`, `units_incomplete`, `invalid_combination`, `wrong_size`, `award_grade_differs` and
`near_pass_relied_on`: who is spoken of, how loudly, whether it is open or pending, and the cause. The points and sets
of units are those of `award_twin`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.award_records import Calculation, Person, Result
from tests.award_twin import achievements, calculation
from tests.course_facts import NOT_ISSUED, Papers, Shelf, Standing
from tests.course_records import RELEASED_ON, SEASON, SEASONS, County, Finding, Sitting, season_of_series, windows


def _is_late(one: Result) -> bool:
    """Whether a result came in the summer of its year: of June, or in a window that the calendar names."""
    named = [window for window in windows(one.series) if window.place == "calendar"]
    day = one.award_date or one.window_from
    return one.series[0] == "6" or bool(named and day and day >= named[0].first)


@dataclass(frozen=True)
class Owed:
    """An entry that should have its award by now, and has none."""

    papers: Papers
    shelf: Shelf
    entry: Standing
    sums: Calculation

    @property
    def code(self) -> str:
        """The qualification."""
        return self.entry.code

    def is_pending(self) -> bool:
        """Whether something of this season may still bring what is missing."""
        here = self.shelf.is_due(SEASON) and self.shelf.is_here(self.code, SEASON)
        return not here or any(self._still_comes(sat.unit_code, sat.series) for sat in self._open_sittings())

    def _open_sittings(self) -> list[Sitting]:
        held = {row.unit_code for row in achievements(self.papers.figures, self.papers.person) if row.is_achieved}
        with_result = {(one.code, one.series) for one in self.papers.units}
        return [
            sat for sat in self.papers.student.sittings
            if not sat.withdrawn and sat.unit_code in self.papers.listed(self.code)
            and sat.unit_code not in held and (sat.unit_code, sat.series) not in with_result
        ]  # fmt: skip

    def _still_comes(self, unit: str, series: str) -> bool:
        held = any(one.series == series for s in self.papers.county.schools for p in s.students for one in p.said)
        released = RELEASED_ON.get(series)
        due = held if released is None else released <= self.papers.county.as_of[:16]
        here = (
            self.shelf.edi_has(series)
            or (series, unit) in self.papers.school.marks
            or self.shelf.report_has(self.code, series, None)
        )
        return season_of_series(series) <= SEASON and not (due and here)

    def are_years_here(self) -> bool:
        """Whether the results of the years before this one are here, from the entry on."""
        since = self.entry.since
        if since is None:
            return self.shelf.spans(self.code, SEASONS[-2])
        if since >= SEASON or self.shelf.spans(self.code, since):
            return True
        return all(self.shelf.is_whole(self.code, season) for season in SEASONS if since <= season < SEASON)

    def is_known(self) -> bool:
        """Whether units issued earlier can be known: the tracker lists them, or all that may hold them is here."""
        if any(row.qualification_code == self.code and row.unit_code for row in self.papers.student.tracker):
            return True
        here = self.shelf.is_due(SEASON) and self.shelf.is_here(self.code, SEASON)
        return self.are_years_here() and (not here or self.shelf.is_whole(self.code, SEASON))

    def hours_in_subject(self) -> int:
        """Hours achieved in the subject and suite, at any level."""
        q = self.papers.qualification(self.code)
        rows = achievements(self.papers.figures, self.papers.person)
        alike = [row for row in rows if row.is_achieved and (row.suite, row.subject) == (q.suite, q.subject)]
        return sum(row.guided_learning_hours or 0 for row in alike)

    def completed(self) -> tuple[str, bool, bool]:
        """The first season by which a combination was valid, whether in its summer, and whether only by the tracker."""
        person = self.papers.person
        for by_tracker in (False, True):
            for season in SEASONS:
                for is_late in (False, True):
                    done = tuple(one for one in person.results if (one.season, _is_late(one)) <= (season, is_late))
                    told = tuple(one for one in person.tracked if by_tracker and one.season <= season)
                    if self._is_valid(replace(person, results=done, tracked=told), self.code):
                        return season, is_late, by_tracker
        raise AssertionError("a valid combination was achieved in no season")

    def award_season(self) -> tuple[str, bool]:
        """The season an award would be of, and whether it could not escape the files here."""
        season, is_late, by_tracker = self.completed()
        if by_tracker and not self.are_years_here():
            return self.entry.since or SEASONS[-2], False
        if self.entry.since is not None and self.entry.since > season:
            season, is_late = self.entry.since, False
        here = self.shelf.is_here(self.code, season) if is_late else self.shelf.is_whole(self.code, season)
        return season, here and self.shelf.is_due(season)

    def _is_valid(self, person: Person, code: str) -> bool:
        rows = {row.unit_code: row for row in achievements(self.papers.figures, person)}
        return bool(calculation(self.papers.figures, person, self.papers.qualification(code), rows).eligible)


def owed(papers: Papers, shelf: Shelf) -> list[Owed]:
    """The live entries, expected by now, without an award in any carrier, the tracker among them."""
    found = []
    for code, entry in papers.entered.items():
        sums = papers.calculations[code]
        awarded = sums.issued_grade is not None or papers.tracked_award(code)
        if entry.is_live and entry.is_expected is not False and not awarded:
            found.append(Owed(papers, shelf, entry, sums))
    return found


def _say(papers: Papers, rule: str, code: str, severity: str, state: str, cause: str = "") -> Finding:
    severity = "info" if state == "pending" else severity
    return Finding(rule, papers.school.number, papers.student.name, code, "", severity, state, cause)


def award_missing(one: Owed) -> Iterator[Finding]:
    """A valid combination is achieved and no carrier has the award; unknown expectation speaks in full."""
    withheld = any(award.code == one.code and award.grade in NOT_ISSUED for award in one.papers.awards)
    if not one.sums.eligible or withheld:
        return
    season, is_here = one.award_season()
    if is_here:
        yield _say(one.papers, "award_missing", one.code, "error", "open")
    elif season == SEASON:
        yield _say(one.papers, "award_missing", one.code, "error", "pending", "file_awaited")


def not_made(one: Owed) -> Iterator[Finding]:
    """Units that make no valid combination: hours short, or hours enough that do not fit together."""
    if one.sums.eligible is not False or not one.is_known():
        return
    enough = one.hours_in_subject() >= (one.sums.glh_required or 0)
    rule = "invalid_combination" if enough else "units_incomplete"
    pending = one.is_pending()
    other = "units_not_listed" if enough else "hours_short"
    cause = "file_awaited" if pending else "mandatory_missing" if one.sums.mandatory_missing else other
    severity = "info" if one.entry.is_expected is None else "error"
    yield _say(one.papers, rule, one.code, severity, "pending" if pending else "open", cause)


def wrong_size(papers: Papers, shelf: Shelf) -> Iterator[Finding]:
    """Not eligible for the size entered but for a smaller one, or already for a larger one."""
    outstanding = {one.code: one for one in owed(papers, shelf)}
    for code, entry in papers.entered.items():
        mine = papers.calculations[code]
        if not entry.is_live or entry.is_expected is False or not mine.is_calculated:
            continue
        family = [
            row for row in papers.calculations.values()
            if (row.suite, row.level, row.subject) == (mine.suite, mine.level, mine.subject)
        ]  # fmt: skip
        hours = mine.glh_required or 0
        held = [row.glh_required or 0 for row in family if row.entered or row.issued_grade is not None]
        made = [row.glh_required or 0 for row in family if row.eligible]
        severity = "info" if entry.is_expected is None else "warning"
        if any(one > hours for one in made) and not any(one > hours for one in held):
            yield _say(papers, "wrong_size", code, severity, "open", "top_up")
        elif (
            code in outstanding and not mine.eligible and outstanding[code].is_known()
            and any(one < hours for one in made) and not any(one < hours for one in held)
        ):  # fmt: skip
            state = "pending" if outstanding[code].is_pending() else "open"
            yield _say(papers, "wrong_size", code, severity, state, "move_down")


def award_grade_differs(papers: Papers) -> Iterator[Finding]:
    """What the results of the seasons up to the award's come to is not what was issued."""
    for code, row in papers.calculations.items():
        floors = {
            t.grade: t.minimum_points
            for t in papers.figures.thresholds
            if (t.suite, t.level, t.size) == (row.suite, row.level, row.size)
        } | {"U": 0}
        floor = floors.get(str(row.issued_grade))
        if not row.is_calculated or floor is None or row.grade_at_award in (None, row.issued_grade):
            continue
        # better than the units here: only a report, which lists them all, shows that there are no others
        listed = any(one.carrier == "achievement" and not one.is_award for one in papers.student.said)
        if listed or floor <= (row.points_at_award or 0):
            yield _say(papers, "award_grade_differs", code, "warning", "open")


def near_pass_relied_on(papers: Papers) -> Iterator[Finding]:
    """An award, issued or earned by a live entry, that would fail without a near pass."""
    for code, row in papers.calculations.items():
        issued = row.issued_grade not in (None, "U")
        earned = row.entered and row.eligible and row.grade != "U"
        if (issued or earned) and row.stands_without_near_pass is False:
            yield _say(papers, "near_pass_relied_on", code, "info", "open")


def found_by_awards_twin(county: County) -> list[Finding]:
    """What the six rules should find in the county."""
    found: list[Finding] = []
    for school in county.schools:
        shelf = Shelf(county, school)
        for student in school.students:
            papers = Papers(county, school, student)
            for one in owed(papers, shelf):
                found += [*award_missing(one), *not_made(one)]
            found += [*wrong_size(papers, shelf), *award_grade_differs(papers), *near_pass_relied_on(papers)]
    return sorted(found)
