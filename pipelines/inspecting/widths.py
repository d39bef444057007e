"""Fixed-width files: how far each column's values are what its name says, at its place and at every other near it.

Takes body lines and a layout; gives a score for each column at each shift, in nats (how much likelier the text is as
this column than as any other), and the shifts that together explain the lines best. Columns keep their order and
never overlap; every further shift must be worth its cost, so a column that is blank throughout goes with the one
before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from pipelines.formats import Column, Format
from pipelines.inspecting.known import Known
from pipelines.inspecting.looks import LOOK, uci_is_right, uln_is_right

SHIFTS = range(-8, 17)
_LONGEST = 400  #: characters of a line that are measured
_WRONG = -4.0  #: a value that cannot be this column's
_ANOTHER_SHIFT = 5.0  #: what a further shift must be worth
_LEFT_OUT = 0.05  #: for each character between two columns that is not blank
_UCI = r"(?i)^\d{5}[0-9A-Z]\d{6}[A-HKLMRTVWXY]$"
_UCI_BARE = r"(?i)^\d{5}[0-9A-Z]\d{6} $"

_OPTIONS = ("option_code", "entry_option_code", "syllabus_code")
_GRADES = ("grade_as_sent", "second_grade_as_sent", "first_endorsement_as_sent", "second_endorsement_as_sent")
#: Where a text is of a kind, and what that is worth.
Step = tuple[pl.Expr, float]
Scores = dict[int, float]
Path = tuple[float, tuple[int, ...]]


@dataclass(frozen=True)
class Placed:
    """The shift of each column by name; `variants` has those of each variant."""

    score: float
    shifts: Mapping[str, int]
    variants: Mapping[str, Mapping[str, int]]


class Widths:
    """The lines of one file, measured against one layout."""

    def __init__(self, lines: pl.DataFrame, layout: Format, known: Known) -> None:
        """Take body lines: raw, and group_centre (null where no centre header was seen)."""
        self.layout, self.known = layout, known
        ends = [column.start + column.width - 1 for column in layout.all_columns.values()]
        longest = min(_LONGEST, max(lines["raw"].str.len_chars().to_list(), default=0))
        self.width = max(*ends, longest) + max(SHIFTS)
        cut = pl.col("raw").str.slice(0, self.width).str.to_uppercase()
        self.lines = lines.with_columns(cut.str.pad_end(self.width))
        self.uci_start = self._uci_start()
        places = self.lines.select(
            (pl.col("raw").str.slice(n, 1) != " ").sum().alias(str(n)) for n in range(self.width)
        )
        filled = places.row(0) if self.lines.height else (0,) * self.width
        self.filled: list[int] = [0]
        for number in filled:
            self.filled.append(self.filled[-1] + int(number))

    def _uci_start(self) -> int | None:
        """Where the UCI stands that most lines agree on: other columns repeat its figures."""
        text = pl.col("raw")
        starts = range(2, min(self.width, 120))
        shaped = self.lines.select(text.str.slice(n, 13).str.contains(_UCI).sum().alias(str(n)) for n in starts)
        if not self.lines.height:
            return None
        likely = sorted(zip(shaped.row(0), starts, strict=True), key=lambda pair: (-pair[0], pair[1]))[:3]
        right = [
            (self.lines.select(uci_is_right(text.str.slice(n, 13)).sum()).item(), n) for count, n in likely if count
        ]
        best = max(right, default=(0, 0), key=lambda pair: (pair[0], -pair[1]))
        return best[1] if best[0] else None

    @cached_property
    def common(self) -> dict[str, Scores]:
        """The score of each column that every record has, at each shift."""
        return self.scores(self.layout.columns, self.lines)

    def scores(
        self, columns: Sequence[Column], lines: pl.DataFrame, shifts: Sequence[int] = SHIFTS
    ) -> dict[str, Scores]:
        """The score of each column at each shift."""
        wanted = {
            f"{column.name} {shift}": self._score(column, shift)
            for column in columns
            for shift in shifts
            if column.start + shift > 2
        }
        if not wanted or lines.is_empty():
            return {column.name: dict.fromkeys(SHIFTS, 0.0) for column in columns}
        row = lines.select(**wanted).row(0, named=True)
        found: dict[str, Scores] = {column.name: {} for column in columns}
        for key, value in row.items():
            name, _, shift = key.rpartition(" ")
            found[name][int(shift)] = float(value or 0.0)
        return found

    def _score(self, column: Column, shift: int) -> pl.Expr:
        text = pl.col("raw").str.slice(column.start + shift - 1, column.width)
        worth, blank = self._worth(column, text)
        score = pl.when(text.str.strip_chars() == "").then(blank).otherwise(worth).sum()
        if column.name in ("candidate_number", "mark"):
            # Of two windows that hold the same figures, the one that cuts none off says more.
            score += 0.3 * text.n_unique()
        return score

    def _worth(self, column: Column, text: pl.Expr) -> tuple[pl.Expr, float]:
        """What a value is worth, and what a blank is."""
        blank = -2.0 if column.required and column.decode == "code" else 0.0
        if column.name == "grade_as_sent":
            blank = -1.0  # a result has a first grade, whatever else it has
        steps = self._steps_by_name(column, text)
        if steps is None:
            steps = self._steps_by_decode(column, text)
        worth = pl.lit(_WRONG if steps else 0.0)
        for mask, value in reversed(steps):
            worth = pl.when(mask.fill_null(value=False)).then(value).otherwise(worth)
        return worth, blank

    def _steps_by_name(self, column: Column, text: pl.Expr) -> list[Step] | None:
        """What the identifiers and codes are worth, the best first; None for any other column."""
        clean = text.str.strip_chars_end()
        # Made only for the column that is asked for: there are a thousand places to measure.
        makers: dict[str, Callable[[], list[Step]]] = {
            "centre_number": lambda: [
                (text == pl.col("group_centre"), 8.0),
                (pl.col("group_centre").is_null() & text.str.contains(r"^\d{5}$"), 2.0),
            ],
            "uci": lambda: [(uci_is_right(text), 10.0), (text.str.contains(_UCI_BARE), 3.0)],
            "uln": lambda: [(uln_is_right(text), 5.0)],
            "candidate_number": lambda: self._candidate_steps(text),
            "sex": lambda: [(text.str.contains("^[MFX]$"), 1.5)],
            "title": lambda: [(text.str.contains(r"^[\p{L}0-9]"), 0.5)],
        }
        name = column.name
        if name in _OPTIONS:
            return [
                (clean.is_in(sorted(self.known.options)), 4.0),
                (LOOK["option"].strict(clean, self.known), 3.0),
                (text.str.contains(r"^[0-9A-Z]{4,6} *$"), 1.0),
            ]
        if name in _GRADES:
            return [
                (clean.is_in(sorted(self.known.grades)), 2.0),
                (clean.str.contains(r"^[0-9A-Z*]{1,2}$"), -1.0),
            ]
        if name == self.layout.variant_by:
            return [(text.is_in([variant.when for variant in self.layout.variants]), 3.0)]
        return makers[name]() if name in makers else None

    def _candidate_steps(self, text: pl.Expr) -> list[Step]:
        """A candidate number has four digits, and the UCI that a centre gives out ends on it."""
        shaped = text.str.contains(r"^\d{4}$")
        if self.uci_start is None:
            return [(shaped, 2.0)]
        return [(text == pl.col("raw").str.slice(self.uci_start + 8, 4), 4.0), (shaped, 1.0)]

    def _steps_by_decode(self, column: Column, text: pl.Expr) -> list[Step]:
        """What values of a decode are worth, the best first; none where nothing can be said."""
        match column.decode:
            case "mark":
                # Of the marks that are possible, those below 200 are by far the commonest.
                return [
                    (text.str.contains(r"^(?:0[01]|  ?|0 ?)\d{1,2}$|^A(?:BS)? *$"), 2.0),
                    (text.str.contains(r"^[0 ]\d{3}$"), 1.6),
                    (text.str.contains(r"^ *\d+ *$"), -1.0),
                ]
            case "partial_absence":
                return [(text == "#", 3.0)]
            case "ddmmyy" | "birth_ddmmyy":
                return [(LOOK["edi_date"].strict(text, self.known), 3.0)]
            case "edi_name":
                return [(text.str.contains(r"^\p{L}[^:0-9]*:[^:0-9]*$"), 2.0)]
            case "integer":
                whole = text.str.contains(rf"^\d{{{column.width}}}$")
                return [(whole, 1.0), (text.str.contains(r"^ *\d+ *$"), 0.0)]
            case _:
                return []

    def _gap(self, first: int, last: int) -> float:
        """What it costs to leave the characters from `first` to before `last` (from 1) to no column."""
        if last <= first:
            return 0.0
        return -_LEFT_OUT * (self.filled[min(last - 1, self.width)] - self.filled[min(first - 1, self.width)])

    def _chain(
        self, columns: Sequence[Column], scores: Mapping[str, Scores], begin: Mapping[int, Path], end: int
    ) -> dict[int, Path]:
        """The best way to place columns after what ends before `end` at each shift of `begin`: by the last shift."""
        paths = dict(begin)
        for column in columns:
            after: dict[int, Path] = {}
            for shift, score in scores[column.name].items():
                start = column.start + shift
                best: Path | None = None
                for before, (total, shifts) in sorted(paths.items(), key=lambda item: abs(item[0])):
                    reached = end + before
                    if start < reached:
                        continue
                    value = total + score + self._gap(reached, start) - self._cost(before, shift)
                    # Of two that are worth the same, the one that shifts later.
                    if best is None or value > best[0] + 1e-9:
                        best = value, (*shifts, shift)
                if best is not None:
                    after[shift] = best
            paths, end = after, column.start + column.width
        return paths

    @staticmethod
    def _cost(before: int, shift: int) -> float:
        return 0.0 if before == shift else _ANOTHER_SHIFT + 0.01 * abs(shift - before)

    def as_it_stands(self) -> float:
        """How well the layout explains the lines with nothing shifted."""
        total = sum(score.get(0, 0.0) for score in self.common.values())
        if self.layout.variants:
            by = self.layout.all_columns[self.layout.variant_by]
            kinds = pl.col("raw").str.slice(by.start - 1, 1)
            for variant in self.layout.variants:
                mine = self.scores(variant.columns, self.lines.filter(kinds == variant.when), (0,))
                total += sum(score.get(0, 0.0) for score in mine.values())
        return total

    def place(self) -> Placed:
        """The shifts that explain the lines best."""
        columns = _in_order(self.layout.columns)
        scores = self.common
        if not self.layout.variants:
            paths = self._chain(columns, scores, {0: (0.0, ())}, 3)
            best = max(paths.values(), key=lambda path: (path[0], -sum(map(abs, path[1]))))
            return Placed(best[0], _named(columns, best[1]), {})
        by = self.layout.all_columns[self.layout.variant_by]
        before = [column for column in columns if column.start <= by.start]
        behind = [column for column in columns if column.start > by.start]
        paths = self._chain(before, scores, {0: (0.0, ())}, 3)
        found = [
            self._with_variants(shift, path, (before, behind), scores)
            for shift, path in sorted(paths.items(), key=lambda item: -item[1][0])[:2]
        ]
        return max(found, key=lambda placed: placed.score)

    def _with_variants(
        self, shift: int, path: Path, columns: tuple[list[Column], list[Column]], scores: Mapping[str, Scores]
    ) -> Placed:
        """The best placing of the variants and of what stands behind them, where the deciding column has `shift`."""
        before, behind = columns
        by = self.layout.all_columns[self.layout.variant_by]
        kinds = pl.col("raw").str.slice(by.start + shift - 1, 1)
        ways: dict[str, dict[int, Path]] = {}
        ends: dict[str, int] = {}
        for variant in self.layout.variants:
            mine = _in_order(variant.columns)
            lines = self.lines.filter(kinds == variant.when)
            by_shift = self.scores(mine, lines)
            ways[variant.when] = self._chain(mine, by_shift, {shift: (0.0, ())}, by.start + by.width)
            ends[variant.when] = max(column.start + column.width for column in mine)
        best: tuple[float, dict[str, tuple[int, ...]], tuple[int, ...]] | None = None
        for last in SHIFTS if behind else (shift,):
            total, chosen = path[0], {}
            for when, paths in ways.items():
                fitting = {
                    out: (value - self._cost(out, last) / len(ways), shifts)
                    for out, (value, shifts) in paths.items()
                    if not behind or ends[when] + out <= behind[0].start + last
                }
                if not fitting:
                    break
                value, shifts = max(fitting.values(), key=lambda one: (one[0], -sum(abs(s - shift) for s in one[1])))
                total, chosen[when] = total + value, shifts
            if len(chosen) < len(ways):
                continue
            rest = self._chain(behind, scores, {last: (total, ())}, max(ends.values()))
            value, tail = max(rest.values(), key=lambda one: (one[0], -sum(abs(s - shift) for s in one[1])))
            if best is None or value > best[0] + 1e-9:
                best = value, chosen, tail
        if best is None:
            return Placed(float("-inf"), {}, {})
        variants = {one.when: _named(_in_order(one.columns), best[1][one.when]) for one in self.layout.variants}
        return Placed(best[0], _named(before, path[1]) | _named(behind, best[2]), variants)


def _in_order(columns: Sequence[Column]) -> list[Column]:
    return sorted(columns, key=lambda column: column.start)


def _named(columns: Sequence[Column], shifts: Sequence[int]) -> dict[str, int]:
    return {column.name: shift for column, shift in zip(columns, shifts, strict=True)}
