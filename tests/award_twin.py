"""The award calculation once more, in slow plain Python that tries every set of units.

Takes reference figures and what is known of one person; gives that person's `Achievement`s and `Calculation`s.
Nothing is clever here: every subset of the optional units is added up, every single better grade is tried. Promises
nothing about speed, so keep subjects small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from tests.award_records import (
    NO_RESULT,
    Achievement,
    Calculation,
    Count,
    Figures,
    Held,
    Person,
    Qualification,
    Result,
    Threshold,
    Unit,
)

#: from the best to the least; a near pass is a grade of examined Level 3 units alone
BETTER_FIRST = ("D", "M", "P", "R")
CONFIDENCE = ("documented", "inferred", "recollection")


def is_achieved(unit: Unit, grade: str | None) -> bool:
    """Whether a grade achieves the unit."""
    if unit.assessment == "examined" and unit.level == 3:
        return grade in ("D", "M", "P", "R")
    if unit.assessment == "examined":
        return grade in ("D", "M", "P", "Achieved")
    return grade in ("D", "M", "P")


def achieves(unit: Unit, result: Result) -> bool:
    """Whether a result achieves the unit: whoever was absent has achieved nothing."""
    return not result.is_absent and is_achieved(unit, result.grade)


def weakest(confidences: Iterable[str | None]) -> str | None:
    """The least certain of several; None of none."""
    return max((c for c in confidences if c), key=CONFIDENCE.index, default=None)


def points_of(figures: Figures, unit: Unit, result: Result) -> int | None:
    """0 for what achieves nothing; None where nobody says what the grade is worth."""
    if not achieves(unit, result):
        return 0
    row = figures.worth.get((unit.suite, unit.level, unit.guided_learning_hours, result.grade))
    return None if row is None else row.points


def best(figures: Figures, unit: Unit, results: Sequence[Result]) -> Result:
    """The result with most points, the earliest of equal ones.

    Where the points of one that achieves are not known the better grade decides. An absence is no sit: it stands only
    where there is nothing else.
    """
    sits = [r for r in results if not r.is_absent] or list(results)
    points = [points_of(figures, unit, r) for r in sits]
    if None in points:
        return min(sits, key=lambda r: (place_of(unit, r), r.when))
    return min(sits, key=lambda r: (-(points_of(figures, unit, r) or 0), not achieves(unit, r), r.when))


def place_of(unit: Unit, result: Result) -> int:
    """Where a result's grade stands, from the best; what achieves nothing comes last."""
    grade = "P" if result.grade == "Achieved" else result.grade
    return BETTER_FIRST.index(grade) if grade and achieves(unit, result) else len(BETTER_FIRST)


def achievement(figures: Figures, person: Person, code: str) -> Achievement | None:
    """The person's best result of a unit; None where nobody has one and the tracker does not say it is achieved."""
    unit = figures.unit[code]
    results = [r for r in person.results if r.code == code and r.grade not in NO_RESULT]
    tracked = [t for t in person.tracked if t.unit_code == code and t.status == "result_achieved"]
    if not results and not tracked:
        return None
    attempts = {(r.series, r.window_from) for r in results if not r.is_absent}
    row = Achievement(
        person.centre_number, person.person_id, code, unit.option_code, unit.suite, unit.level, unit.subject,
        unit.assessment, unit.guided_learning_hours, None, False, 0, None, None, None, None, None, len(attempts),
        figures.maximum_attempts(unit), None, "", 0,
    )  # fmt: skip
    if results:
        found = best(figures, unit, results)
        row = replace(row, option_code=found.option_code, embargo_until=found.embargo_until)
        if not tracked or achieves(unit, found):
            return _by_result(figures, unit, row, found)
    told = min(tracked, key=lambda t: (t.as_of, t.file_id, t.line))
    return replace(row, is_achieved=True, points=None, season=told.season, file_id=told.file_id, line=told.line)


def _by_result(figures: Figures, unit: Unit, row: Achievement, found: Result) -> Achievement:
    worth = figures.worth.get((unit.suite, unit.level, unit.guided_learning_hours, found.grade))
    return replace(
        row,
        grade=found.grade,
        is_achieved=achieves(unit, found),
        points=points_of(figures, unit, found),
        points_confidence=worth.confidence if worth and achieves(unit, found) else None,
        series=found.series,
        season=found.season,
        window_from=found.window_from,
        award_date=found.award_date,
        file_id=found.file_id,
        line=found.line,
    )


def achievements(figures: Figures, person: Person) -> list[Achievement]:
    """Every unit of the person, by code."""
    codes = {r.code for r in person.results} | {t.unit_code for t in person.tracked}
    rows = [achievement(figures, person, code) for code in sorted(codes & set(figures.unit))]
    return [row for row in rows if row is not None]


@lru_cache(maxsize=200_000)
def chosen(optional: tuple[Held, ...], hours_left: int) -> tuple[Held, ...]:
    """Which optional units count: every set is tried.

    The least overshoot, then most points, then more of the longer units, then the lower codes of each length.
    """
    lengths = sorted({held.hours for held in optional}, reverse=True)
    sets = [some for n in range(len(optional) + 1) for some in combinations(optional, n)]
    enough = [(sum(held.hours for held in some), some) for some in sets]
    enough = [(hours, some) for hours, some in enough if hours >= hours_left]
    if not enough:
        return optional

    def order(pair: tuple[int, tuple[Held, ...]]) -> tuple[object, ...]:
        hours, some = pair
        by_length = [sorted(held.unit_code for held in some if held.hours == length) for length in lengths]
        points = sum(held.points or 0 for held in some)
        return hours, -points, [-len(codes) for codes in by_length], by_length

    least = min(hours for hours, _ in enough)
    return min((pair for pair in enough if pair[0] == least), key=order)[1]


@dataclass(frozen=True)
class Rules:
    """A qualification with its units and thresholds."""

    qualification: Qualification
    mandatory: tuple[Unit, ...]
    optional: tuple[Unit, ...]
    thresholds: tuple[Threshold, ...]  #: from the lowest

    def grade(self, rank: int) -> str | None:
        """The grade of a rank."""
        return None if rank < 0 else (["U"] + [t.grade for t in self.thresholds])[rank]

    def count(self, held: Mapping[str, Held]) -> Count:
        """What the units held come to."""
        must = tuple(held[unit.unit_code] for unit in self.mandatory if unit.unit_code in held)
        may = tuple(held[unit.unit_code] for unit in self.optional if unit.unit_code in held)
        left = self.qualification.guided_learning_hours - sum(u.guided_learning_hours or 0 for u in self.mandatory)
        counted = must + chosen(may, left)
        hours = sum(unit.hours for unit in counted)
        missing = tuple(unit.unit_code for unit in self.mandatory if unit.unit_code not in held)
        eligible = not missing and hours >= self.qualification.guided_learning_hours
        known = all(unit.points is not None for unit in must + may)
        points = sum(unit.points or 0 for unit in counted) if known else None
        reached = sum(points is not None and points >= t.minimum_points for t in self.thresholds)
        return Count(counted, hours, missing, eligible, points, reached if eligible else -1)


def rules_of(figures: Figures, qualification: Qualification) -> Rules:
    """Put the rows about one qualification together."""
    mine = sorted((row for row in figures.listed if row.qualification_code == qualification.qualification_code),
                  key=lambda row: row.unit_code)  # fmt: skip
    q = qualification
    return Rules(
        q,
        tuple(figures.unit[row.unit_code] for row in mine if row.requirement == "mandatory"),
        tuple(figures.unit[row.unit_code] for row in mine if row.requirement == "optional"),
        tuple(sorted((t for t in figures.thresholds if (t.suite, t.level, t.size) == (q.suite, q.level, q.size)),
                     key=lambda t: t.minimum_points)),
    )  # fmt: skip


def not_calculated(figures: Figures, rules: Rules) -> tuple[str, ...]:
    """Which reference rows are missing; nothing where the award can be calculated."""
    q = rules.qualification
    missing = [] if q.complete and q.is_known else ["qualifications"]
    if not rules.mandatory and not rules.optional:
        missing.append("combinations")
    if not rules.thresholds:
        missing.append("grade_thresholds")
    lengths = {(u.suite, u.level, u.guided_learning_hours) for u in rules.mandatory + rules.optional}
    if any(hours is None for _, _, hours in lengths):
        missing.append("units")
    elif any((*length, grade) not in figures.worth for length in lengths for grade in BETTER_FIRST[:3]):
        missing.append("unit_points")
    return tuple(missing)


@dataclass(frozen=True)
class Change:
    """One unit at one better grade."""

    unit: Unit
    grade: str
    points: int
    asked: int  #: points more than now
    is_new: bool
    makes: str = ""  #: the points and the grade that come of it

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts the changes from the one that asks least."""
        lower_first = -BETTER_FIRST.index(self.grade)
        return self.asked, self.unit.assessment == "examined", self.is_new, self.unit.unit_code, lower_first


def changes(figures: Figures, rules: Rules, rows: Mapping[str, Achievement]) -> list[Change]:
    """Every unit of the qualification at every grade better than now that the person may still try for."""
    found = []
    for unit in rules.mandatory + rules.optional:
        row = rows.get(unit.unit_code)
        scale = BETTER_FIRST[:3]  # nobody is told to aim at a near pass
        now = None if row is None or not row.is_achieved else "P" if row.grade == "Achieved" else row.grade
        better = scale if now in (None, "R") else scale[: scale.index(str(now))]
        attempts, limit = (row.attempts_seen if row else 0), figures.maximum_attempts(unit)
        if unit.assessment == "examined" and limit is not None and attempts >= limit and attempts > 0:
            continue
        for grade in better:
            worth = figures.worth.get((unit.suite, unit.level, unit.guided_learning_hours, grade))
            if worth is not None:
                present = (row.points or 0) if row else 0
                found.append(Change(unit, grade, worth.points, worth.points - present, attempts == 0))
    return found


def next_step(
    figures: Figures, rules: Rules, rows: Mapping[str, Achievement], held: Mapping[str, Held]
) -> Change | None:
    """The one change that lifts the grade and asks least; None where none does or points are not known."""
    now = rules.count(held)
    if now.points is None:
        return None
    lifting = []
    for change in changes(figures, rules, rows):
        unit = Held(change.unit.unit_code, change.unit.guided_learning_hours or 0, change.points)
        then = rules.count({**held, unit.unit_code: unit})
        if then.rank > now.rank:
            lifting.append(replace(change, makes=f"{then.points} points, {rules.grade(then.rank)}"))
    return min(lifting, key=lambda change: change.order, default=None)


def considered(figures: Figures, person: Person, rows: Sequence[Achievement]) -> list[Qualification]:
    """Every size of each suite, subject and level in which the person entered, was awarded or achieved something."""
    codes = {entry.qualification_code for entry in person.entries}
    codes |= {award.code for award in person.awards if award.grade not in NO_RESULT}
    families = {
        (q.suite, q.subject, q.level) for q in figures.qualifications if q.is_known and q.qualification_code in codes
    }
    families |= {(row.suite, row.subject, row.level) for row in rows if row.is_achieved}
    return [
        q
        for q in figures.qualifications
        if (q.is_known and (q.suite, q.subject, q.level) in families) or q.qualification_code in codes
    ]


def issued(person: Person, code: str) -> Result | None:
    """The latest award of the qualification that is a grade."""
    awards = [award for award in person.awards if award.code == code and award.grade not in NO_RESULT]
    return max(awards, key=lambda award: award.when, default=None)


def held_of(rows: Mapping[str, Achievement]) -> dict[str, Held]:
    """The units achieved, with their hours and points."""
    return {c: Held(c, row.guided_learning_hours or 0, row.points) for c, row in rows.items() if row.is_achieved}


def calculation(figures: Figures, person: Person, q: Qualification, rows: Mapping[str, Achievement]) -> Calculation:
    """One person and one qualification."""
    live = [entry for entry in person.entries if entry.qualification_code == q.qualification_code and entry.is_live]
    award = issued(person, q.qualification_code)
    rules = rules_of(figures, q)
    row = Calculation(
        person.centre_number, person.person_id, q.qualification_code, q.suite, q.level, q.subject, q.size,
        bool(live), live[0].is_expected if live else None, not not_calculated(figures, rules),
        glh_required=q.guided_learning_hours,
    )  # fmt: skip
    if not q.is_known:
        row = replace(row, suite=None, level=None, subject=None, size=None, glh_required=None)
    if row.is_calculated:
        row = _calculated(figures, rules, rows, row)
    return row if award is None else _beside_award(figures, person, rules, award, row)


def _calculated(figures: Figures, rules: Rules, rows: Mapping[str, Achievement], row: Calculation) -> Calculation:
    held = held_of(rows)
    count = rules.count(held)
    above = [] if count.points is None else [t for t in rules.thresholds if t.minimum_points > count.points]
    step = next_step(figures, rules, rows, held)
    row = replace(
        row,
        eligible=count.eligible,
        units_counted=" ".join(sorted(unit.unit_code for unit in count.units)) or None,
        unit_count=len(count.units),
        glh_counted=count.hours,
        glh_short=max(0, rules.qualification.guided_learning_hours - count.hours),
        mandatory_missing=" ".join(sorted(count.missing)) or None,
        points=count.points,
        grade=rules.grade(count.rank) if count.points is not None else None,
        next_grade=above[0].grade if above else None,
        points_to_next=above[0].minimum_points - count.points if above and count.points is not None else None,
        next_unit=step.unit.unit_code if step else None,
        next_unit_grade=step.grade if step else None,
        next_step=step.makes if step else None,
        stands_without_near_pass=stands_without_near_pass(rules, rows, count),
    )
    return sure(figures, rules, rows, count, row)


def stands_without_near_pass(rules: Rules, rows: Mapping[str, Achievement], count: Count) -> bool | None:
    """Whether an award that counts a near pass would be made without any; None where none counts, or nobody knows."""
    if not count.eligible or not any(rows[unit.unit_code].grade == "R" for unit in count.units):
        return None
    without = rules.count(held_of({code: row for code, row in rows.items() if row.grade != "R"}))
    if without.eligible and without.points is None:
        return None
    return without.rank > 0


def _beside_award(figures: Figures, person: Person, rules: Rules, award: Result, row: Calculation) -> Calculation:
    """The award issued, and what the results of the seasons up to its own come to."""
    row = replace(
        row,
        issued_grade=award.grade,
        issued_series=award.series,
        issued_file_id=award.file_id,
        issued_line=award.line,
        embargo_until=award.embargo_until,
    )
    if not row.is_calculated:
        return row
    now = {one.unit_code: one for one in achievements(figures, person)}
    then = replace(person, results=tuple(r for r in person.results if r.season <= award.season), tracked=())
    rows = {one.unit_code: one for one in achievements(figures, then) if one.is_achieved}
    # of what only the tracker knows nobody can say when it was achieved
    rows |= {code: one for code, one in now.items() if one.is_achieved and one.grade is None}
    count = rules.count(held_of(rows))
    return replace(
        row, points_at_award=count.points, grade_at_award=rules.grade(count.rank) if count.points is not None else None
    )


def sure(
    figures: Figures, rules: Rules, rows: Mapping[str, Achievement], count: Count, row: Calculation
) -> Calculation:
    """Say how sure the figures used are: those of the combination and its hours, then points and thresholds."""
    q = rules.qualification
    used = {unit.unit_code for unit in rules.mandatory} | {unit.unit_code for unit in count.units}
    rests = [
        r.confidence for r in figures.listed if r.qualification_code == q.qualification_code and r.unit_code in used
    ]
    listed = weakest([q.confidence, *rests, *(figures.unit[code].confidence for code in used)])
    # points that nobody knows are no surer than what is only remembered
    points = [rows[unit.unit_code].points_confidence or "recollection" for unit in count.units]
    worth = weakest([*points, *(t.confidence for t in rules.thresholds)])
    sure_of = weakest([listed, worth])
    return replace(row, confidence=sure_of, combination_confidence=listed, figures_confidence=worth)


def calculations(figures: Figures, person: Person) -> list[Calculation]:
    """Every qualification considered for the person, by code."""
    rows = {row.unit_code: row for row in achievements(figures, person)}
    wanted = considered(figures, person, list(rows.values()))
    return [calculation(figures, person, q, rows) for q in sorted(wanted, key=lambda q: q.qualification_code)]
