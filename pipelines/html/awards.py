"""A student's award, drawn and said: the units counted as blocks along an axis of points, the thresholds, the gap.

Takes the rows of `sql/report/student_awards.sql` and `ladders.sql`; gives whole numbers that the template puts into an
SVG, and the same in words. Promises that what is reckoned here never stands in the place of what was issued, and that
the words say all that the drawing shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH = 720  #: of every drawing, in its own units
_BAR = 22  #: height of the blocks
_ROW = 13  #: height of a row of threshold labels
_LETTER = 6.3  #: width of a figure or letter of a label
_SPARE = 1.03  #: the axis goes a little beyond the last threshold

_RESTS = {"documented": "the board's documents", "inferred": "inference", "recollection": "recollection"}


@dataclass(frozen=True)
class Step:
    """A threshold: where it stands, and where its label does."""

    x: int
    y: int
    label: str


@dataclass(frozen=True)
class Ladder:
    """The thresholds of one size, drawn once and used by every award of it."""

    id: str
    most: float  #: points at the right end
    top: int  #: upper edge of the blocks
    steps: tuple[Step, ...]

    @property
    def foot(self) -> int:
        """Lower edge of the blocks."""
        return self.top + _BAR

    @property
    def height(self) -> int:
        """Of the whole drawing: beneath the blocks stand the points they make."""
        return self.foot + _ROW + 3

    def place(self, points: int) -> int:
        """Where so many points are."""
        return round(WIDTH * points / self.most)


@dataclass(frozen=True)
class Drawing:
    """One award: the ladder it stands on, outlines as path data, labels with their places."""

    ladder: Ladder
    blocks: str
    mandatory: str  #: a foot beneath each mandatory unit; empty where there is none
    gap: str  #: empty at the top grade
    labels: tuple[tuple[int, str], ...]
    end: int  #: where the blocks end
    points: int
    title: str
    says: str


def _steps(thresholds: Sequence[Mapping[str, Any]], most: float) -> tuple[tuple[int, int, str], ...]:
    """Place, row and label of each threshold, in as few rows as keep the labels apart."""
    ends: list[float] = []
    placed = []
    for one in thresholds:
        label = f"{one['grade']} {one['points']}"
        x, half = round(WIDTH * one["points"] / most), len(label) * _LETTER / 2
        row = next((at for at, end in enumerate(ends) if end < x - half), len(ends))
        ends[row : row + 1] = [x + half + 4]
        placed.append((x, row, label))
    return tuple(placed)


def ladders(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[Any, ...], Ladder]:
    """The ladder of each size: (suite, level, size, hours) → where its thresholds stand."""
    made = {}
    for number, row in enumerate(rows, 1):
        most = max([one["points"] for one in row["thresholds"]] + [row["most_points"] or 0]) * _SPARE
        placed = _steps(row["thresholds"], most)
        rows_needed = 1 + max(at for _, at, _ in placed)
        # the lowest row of labels is the first filled
        steps = tuple(Step(x, (rows_needed - at) * _ROW - 2, label) for x, at, label in placed)
        key = (row["suite"], row["level"], row["size"], row["glh_required"])
        made[key] = Ladder(f"k{number}", most, rows_needed * _ROW + 3, steps)
    return made


def _unit(code: str) -> str:
    """What a block is called: the unit's number, 05838/01 → 1."""
    return code.rpartition("/")[2].lstrip("0") or code


def drawn(award: Mapping[str, Any], known: Mapping[tuple[Any, ...], Ladder]) -> Drawing | None:
    """The drawing of an award; nothing where its points, or its thresholds, are not known."""
    ladder = known.get((award["suite"], award["level"], award["size"], award["glh_required"]))
    units = award["units"] or []
    if ladder is None or award["points"] is None or not units or any(one["points"] is None for one in units):
        return None
    blocks, feet, labels, sum_before = [], [], [], 0
    for one in units:
        left, right = ladder.place(sum_before), ladder.place(sum_before + one["points"])
        sum_before += one["points"]
        blocks.append(f"M{right} {ladder.top}V{ladder.foot}")
        if one["is_mandatory"]:
            feet.append(f"M{left + 2} {ladder.foot - 2}H{right - 2}")
        labels.append(((left + right) // 2, f"{_unit(one['unit'])} {one['grade'] or ''}".rstrip()))
    end, gap = ladder.place(award["points"]), ""
    outline = f"M0 {ladder.top}H{end}V{ladder.foot}H0z"
    if award["points_to_next"]:
        gap = f"M{end} {ladder.top}H{ladder.place(award['points'] + award['points_to_next'])}V{ladder.foot}H{end}"
    says = ", ".join(f"{one['unit']} {one['grade'] or 'achieved'} {one['points']}" for one in units)
    title = f"{award['qualification_code']}: {award['points']} points"
    return Drawing(
        ladder,
        outline + "".join(blocks[:-1]),
        "".join(feet),
        gap,
        tuple(labels),
        end,
        award["points"],
        title,
        says,
    )


def _issued(award: Mapping[str, Any]) -> str:
    if award["issued_grade"] is None:
        return "Not issued."
    return f"Issued: {award['issued_grade']} in {award['issued_series']}."


def _short(award: Mapping[str, Any]) -> str:
    """What the units lack for an award."""
    parts = []
    if award["mandatory_missing"]:
        missing = award["mandatory_missing"].replace(" ", ", ")
        parts.append(f"{missing} mandatory")
    if (award["glh_counted"] or 0) < (award["glh_required"] or 0):
        parts.append(f"{award['glh_counted'] or 0} of {award['glh_required']} hours")
    lacks = "; ".join(parts) or "the units do not fit together"
    points = f"{award['points']} points" if award["points"] is not None else "points not known"
    stands = " What was issued rests on units that are not here." if award["issued_grade"] is not None else ""
    return f"Calculated: no award yet, {points}; wanting: {lacks}.{stands}"


def _made(award: Mapping[str, Any]) -> str:
    """The award that the units make, how far it is to the next, and whether what was issued differs."""
    if award["points"] is None:
        return "Calculated: the units make the award; their points are not all known, so no grade."
    grade = award["grade"] or "no grade"
    if award["next_grade"] is None:
        said = f"Calculated: {grade}, {award['points']} points, the highest grade."
    else:
        least = award["points"] + award["points_to_next"]
        said = (
            f"Calculated: {grade} at {award['points']} of {least} points; "
            f"{award['points_to_next']} short of {award['next_grade']}."
        )
    then = award["grade_at_award"]
    if award["issued_grade"] is not None and then is not None and then != award["issued_grade"]:
        return f"{said} The two differ."
    if then is not None and then != award["grade"]:
        return f"{said} When it was issued the units made {then}, {award['points_at_award']} points."
    return said


def told(award: Mapping[str, Any]) -> str:
    """The award in words: issued and calculated side by side, the gap, the one unit, and what that rests on."""
    if not award["is_calculated"]:
        return f"{_issued(award)} Not calculated: {award['not_calculated']}."
    said = [_issued(award), _made(award) if award["eligible"] else _short(award)]
    if award["next_step"] is not None:
        said.append(f"One unit would do it: {award['next_step']}.")
    elif award["eligible"] and award["next_grade"] is not None and award["points"] is not None:
        said.append("No single unit would do it.")
    if award["larger_size"] is not None:
        said.append(f"The units here make the larger {award['larger_size']} too: {award['larger_grade']}.")
    figures, combination = award["figures_confidence"], award["combination_confidence"]
    if figures == combination:
        said.append(f"(rests on {_RESTS[figures]})" if figures is not None else "")
    else:
        said.append(f"(thresholds: {figures or 'not known'}; combination: {combination or 'not known'})")
    return " ".join(said).strip()


def place_words(one: Mapping[str, Any]) -> str:
    """A place held: what is asked for, what the awards here give, and what that rests on."""
    parts = [f"offer {one['offer']}"] if one["offer"] is not None else []
    if one["tariff_asked"] is not None:
        parts.append(f"{one['tariff_asked']} tariff points asked")
    if one["tariff_issued"] is not None:
        parts.append(f"{one['tariff_issued']} by the awards issued here")
    else:
        parts.append("no award with tariff points issued here")
    if one["tariff_calculated"] is not None:
        parts.append(f"{one['tariff_calculated']} as calculated")
    sure = one["tariff_confidence"]
    rest = f" (tariff figures: {sure})" if sure not in (None, "documented") else ""
    return f"{'; '.join(parts)}{rest}"
