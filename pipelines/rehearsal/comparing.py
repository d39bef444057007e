"""Planted and found, both ways: what was planted and not said, and what was said and not planted.

Takes rows of `planted.csv` and the tables of a run; gives the counts of each code and the rows that do not fit.
Promises that a planted row is answered by one finding and a finding answers one planted row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.compare import OF_THE_WEEK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

COMPARED = (
    "centre_number",
    "candidate_number",
    "ocr_candidate_number",
    "uci",
    "series",
    "qualification_code",
    "unit_code",
    "option_code",
    "file",
    "line",
    "cause",
    "state",
)
NUMBERS = ("candidate_number", "ocr_candidate_number", "uci")
#: findings about two people: the planted row has the numbers of both
ABOUT_TWO = ("shared_uci", "shared_candidate_number", "identity_conflict", "possible_duplicate_person")
#: marks are drawn by lot: of the students who happen to be near a boundary only a few are planted by name
BY_LOT = "near_boundary"

Row = dict[str, str]


@dataclass(frozen=True)
class Line:
    """What became of one code."""

    code: str
    severity: str
    planted: int
    found: int
    missed: int
    beside: int  #: said and not planted
    of_quiet: int  #: of these, said of somebody quiet at error or warning


@dataclass(frozen=True)
class Comparison:
    """Both ways at once; `beside` leaves out what is said by lot."""

    planted: list[Row]
    missed: list[Row]
    beside: list[Row]
    quiet: frozenset[str]  #: UCIs of those of whom nothing may be said

    @property
    def of_quiet(self) -> list[Row]:
        """What is said of quiet people at error or warning."""
        return [row for row in self.beside if row["severity"] != "info" and self.quiet.intersection(row["uci"].split())]

    @property
    def agrees(self) -> bool:
        """Whether what was planted is what was said."""
        return not self.missed and not self.beside

    def lines(self) -> list[Line]:
        """A line for each code that was planted or said beside, by code."""
        planted, missed, beside, quiet = (
            Counter(row["code"] for row in rows) for rows in (self.planted, self.missed, self.beside, self.of_quiet)
        )
        severities = {row["code"]: row["severity"] for row in [*self.beside, *self.planted]}
        return [
            Line(
                code, severities[code], planted[code], planted[code] - missed[code], missed[code], beside[code],
                quiet[code],
            )
            for code in sorted(severities)
        ]  # fmt: skip


def said(findings: pl.DataFrame, people: pl.DataFrame) -> list[Row]:
    """Findings as text; one about two people has the numbers of both."""
    import polars as pl

    two = findings.filter(pl.col("code").is_in(ABOUT_TWO))["other_person_id"].drop_nulls().unique()
    others = {row["person_id"]: row for row in people.filter(pl.col("person_id").is_in(two.to_list())).to_dicts()}
    rows = []
    for row in findings.to_dicts():
        other = others.get(row["other_person_id"]) if row["code"] in ABOUT_TWO else None
        for number in NUMBERS if other else ():
            both = {value for one in (row[number], (other or {})[number]) if one for value in one.split()}
            row[number] = " ".join(sorted(both))
        rows.append({name: "" if value is None else str(value) for name, value in row.items()})
    return rows


def answers(planted: Mapping[str, str], found: Mapping[str, str]) -> bool:
    """Whether a finding is the planted one; cells left empty are not compared."""
    if planted["code"] != found["code"] or (planted.get("change") or found["change"]) != found["change"]:
        return False
    if planted["state"] != "pending" and planted["severity"] != found["severity"]:
        return False
    for name in COMPARED:
        if not planted[name]:
            continue
        if name in NUMBERS:
            if set(planted[name].split()) != set(found[name].split()):
                return False
        elif planted[name] != found[name]:
            return False
    return True


def matched(planted: Sequence[Row], found: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Planted rows that nobody says, and said rows that nobody planted."""
    by_code: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(found):
        by_code[row["code"]].append(n)
    used: set[int] = set()
    missed = []
    for row in planted:
        fits = next((n for n in by_code[row["code"]] if n not in used and answers(row, found[n])), None)
        if fits is None:
            missed.append(row)
        else:
            used.add(fits)
    return missed, [row for n, row in enumerate(found) if n not in used]


def compared(planted: list[Row], found: Sequence[Row], quiet: frozenset[str]) -> Comparison:
    """A run's findings against what was planted for it."""
    missed, extra = matched(planted, found)
    return Comparison(planted, missed, [row for row in extra if row["code"] != BY_LOT], quiet)


def compared_since(planted: list[Row], found: Sequence[Row], quiet: frozenset[str]) -> Comparison:
    """The same of a later Monday, where what only goes on is not told.

    `found` are its findings and those of the Monday before that are resolved, these with that change.
    """
    missed, extra = matched(planted, found)
    # what a result did last week is not said again, and that is no news
    news = [
        row
        for row in extra
        if not (row["change"] == "resolved" and row["code"] in OF_THE_WEEK)
        and (row["change"] != "continuing" or row["state"] == "waived")
    ]
    return Comparison(planted, missed, [row for row in news if row["code"] != BY_LOT], quiet)


def quiet_uci(rows: Sequence[Row]) -> frozenset[str]:
    """The UCIs of `quiet.csv`, but of those of whom one thing may be said."""
    return frozenset(row["uci"] for row in rows if row["uci"] and "details_differ" not in row["who"])
