"""`wrong_level` and `unit_not_claimed` once more, in plain Python, from the words of their definitions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from tests.course_facts import NOT_ISSUED, Papers, Standing
from tests.course_records import SEASON, County, Finding, Said, season_of_series, summer
from tests.course_tables import COUNTED

Day = datetime.date
GOOD = ("P", "M", "D", "Achieved")
#: the tracker's words for a unit that nobody has begun, or that says nothing of it
NOT_BEGUN = ("not_entered", "withdrawn_by_moderator", "withdrawn", "unknown")


def achieves(papers: Papers, one: Said) -> bool:
    """Whether a statement achieves its unit: a near pass counts in examined units of Level 3 alone."""
    unit = papers.figures.unit[one.code]
    return one.grade in GOOD or (one.grade == "R" and unit.assessment == "examined" and unit.level == 3)


def _first_day(season: str) -> Day:
    return Day(int(season[:4]), 9, 1)


def _work(papers: Papers, entry: Standing) -> set[str]:
    """Units of the subject that the student claimed, entered or achieved since the year of the entry began."""
    if entry.since is None:
        return set()
    since, student = _first_day(entry.since), papers.student
    found = {claim.unit_code for claim in student.claims if claim.day and claim.day >= since}
    found |= {sat.unit_code for sat in student.sittings
              if not sat.withdrawn and season_of_series(sat.series) >= entry.since}  # fmt: skip
    said = [one for one in student.said if not one.is_award and achieves(papers, one)]
    found |= {one.code for one in said if season_of_series(one.series) >= entry.since}
    subject = papers.qualification(entry.code).subject
    return {code for code in found if papers.figures.unit[code].subject == subject}


def _evidence(papers: Papers, entry: Standing) -> set[str]:
    """That work, and what the tracker lists under the very entry; without what an issued award has used."""
    told = {
        row.unit_code for row in papers.student.tracker
        if row.unit_code and row.qualification_code == entry.code
        and (row.status in COUNTED or row.status in ("entered", "result_achieved"))
    }  # fmt: skip
    mine = papers.qualification(entry.code)
    issued = [papers.qualification(one.code) for one in papers.awards if one.grade not in NOT_ISSUED]
    # of the level entered only the award of this entry surely took its units
    used = {q.level for q in issued if q.is_known and q.subject == mine.subject and q.level != mine.level}
    used |= {mine.level} if any(q.qualification_code == entry.code for q in issued) else set()
    return {code for code in _work(papers, entry) | told if papers.figures.unit[code].level not in used}


def _levels_entered(papers: Papers, subject: str) -> set[int]:
    """The levels at which an entry of the subject is known, withdrawn ones and those a report lists units under."""
    codes = set(papers.entered) | {one.listed_under for one in papers.student.said if one.listed_under}
    known = [papers.qualification(code) for code in codes]
    return {q.level for q in known if q.is_known and q.subject == subject}


def _is_recorded(papers: Papers, subject: str) -> bool:
    """Whether an entry of another year would be seen: on the tracker, on the report, or where such entries are here."""
    tracked = {papers.qualification(one.code) for one in papers.entered.values() if one.by_tracker}
    reported = set()
    for one in papers.student.said:
        if one.carrier == "achievement":
            q = papers.qualification(one.code) if one.is_award else None
            if q is None or q.is_known:
                reported.add(q.subject if q else papers.figures.unit[one.code].subject)
    earlier = any(row.season < SEASON for student in papers.school.students for row in student.enrolled)
    return any(q.is_known and q.subject == subject for q in tracked) or subject in reported or earlier


def wrong_level(papers: Papers) -> Iterator[Finding]:
    """The level intended is another; or most units are at another level, where no entry of theirs is."""
    for code, entry in papers.entered.items():
        mine = papers.qualification(code)
        if not entry.is_live or not mine.is_known:
            continue
        by_intent = entry.intended_level not in (None, mine.level)
        units = [papers.figures.unit[one] for one in _evidence(papers, entry)]
        others = [unit for unit in units if unit.level != mine.level]
        elsewhere = _levels_entered(papers, mine.subject) & {unit.level for unit in others}
        by_units = len(others) >= 2 and (len(units) - len(others)) * 2 < len(units) and not elsewhere
        if by_intent or by_units:
            sure = by_intent or _is_recorded(papers, mine.subject)
            cause = "intended_level" if by_intent else "units"
            who = (papers.school.number, papers.student.name, code, "")
            yield Finding("wrong_level", *who, "error" if sure else "info", "open", cause)


def _span(one: Said) -> tuple[Day, Day]:
    """The first and the last day a result can be of."""
    if one.award_date:
        return one.award_date, one.award_date
    if one.window:
        return one.window.first, one.window.last
    year = summer(season_of_series(one.series))
    return Day(year - 1, 9, 1), Day(year, 8, 31)


def is_achieved(papers: Papers, unit: str) -> bool:
    """Whether any carrier, the tracker among them, says the unit is achieved."""
    by_tracker = any(row.unit_code == unit and row.status == "result_achieved" for row in papers.student.tracker)
    said = [one for one in papers.student.said if one.code == unit and not one.is_award]
    return by_tracker or any(achieves(papers, one) for one in said)


def is_claimed(papers: Papers, unit: str) -> bool:
    """Whether a claim is open: no failing result answers it, and one withheld shows that there was one."""
    spans = [_span(one) for one in papers.units if one.code == unit and one.grade and one.grade not in NOT_ISSUED]
    answered_by = max((last for _, last in spans), default=Day.min)
    surely_after = max((first for first, _ in spans), default=Day.min)
    days = [claim.day for claim in papers.student.claims if claim.unit_code == unit]
    told = [row.as_of for row in papers.student.tracker if row.unit_code == unit and row.status in COUNTED]
    withheld = [_span(one)[1] for one in papers.units if one.code == unit and one.grade in NOT_ISSUED]
    return (
        any(day is None or day > answered_by for day in days)
        or any(day >= surely_after for day in told)
        or any(day >= answered_by for day in withheld)
    )


def is_begun(papers: Papers, unit: str) -> bool:
    """Whether a unit was begun: a result, a claim, or the tracker's word."""
    results = any(one.code == unit and one.grade and one.grade not in NOT_ISSUED for one in papers.units)
    claims = any(claim.unit_code == unit for claim in papers.student.claims)
    told = {row.status for row in papers.student.tracker if row.unit_code == unit}
    return results or claims or bool(told - set(NOT_BEGUN)) or is_achieved(papers, unit)


def _awaited(papers: Papers, unit: str) -> bool:
    """Whether an examination of this season was entered and has no result yet."""
    done = {(one.code, one.series) for one in papers.units}
    return any(
        sat.unit_code == unit and not sat.withdrawn and season_of_series(sat.series) == SEASON
        and (unit, sat.series) not in done
        for sat in papers.student.sittings
    )  # fmt: skip


def unit_not_claimed(papers: Papers) -> Iterator[Finding]:
    """A moderated unit that a live entry needs, neither achieved nor claimed, at a centre whose claims are here."""
    if not any(student.claims for student in papers.school.students):
        return
    for code, entry in papers.entered.items():
        awarded = papers.tracked_award(code) or any(
            one.code == code and one.grade not in NOT_ISSUED for one in papers.awards
        )
        if not entry.is_live or entry.is_expected is False or awarded:
            continue
        listed = {unit: need for unit, need in papers.listed(code).items() if papers.figures.unit[unit].is_known}
        has = {unit for unit in listed if is_achieved(papers, unit) or is_claimed(papers, unit)}
        coming = {unit for unit in listed
                  if papers.figures.unit[unit].assessment == "examined" and _awaited(papers, unit)}  # fmt: skip
        counted = has | coming | {unit for unit, need in listed.items() if need == "mandatory"}
        hours = sum(papers.figures.unit[unit].guided_learning_hours or 0 for unit in counted)
        q = papers.qualification(code)
        short = q.is_known and hours < q.guided_learning_hours
        for unit, need in sorted(listed.items()):
            needed = need == "mandatory" or (short and is_begun(papers, unit))
            if papers.figures.unit[unit].assessment == "moderated" and unit not in has and needed:
                severity = "info" if entry.is_expected is None else "error"
                who = (papers.school.number, papers.student.name, code, unit)
                yield Finding("unit_not_claimed", *who, severity, "open", "")


def found_by_claims_twin(county: County) -> list[Finding]:
    """What the two rules should find in the county."""
    found: list[Finding] = []
    for school in county.schools:
        for student in school.students:
            papers = Papers(county, school, student)
            found += [*wrong_level(papers), *unit_not_claimed(papers)]
    return sorted(found)
