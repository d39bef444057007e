"""Fixed-width files: how well each column of a layout fits, and the shifted layout where one fits better.

Takes what is looked at of a file and a layout of its data type; gives the fit, a proposal or none, and masked lines
to mark the columns under. A column's evidence is of its values alone, but for the centre number, which the centre
header repeats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from pipelines.formats import Column, Format
from pipelines.inspecting.fits import BLANK, FAILING, FITS, WRONG, ColumnFit, LayoutFit, Proposal, Ruler
from pipelines.inspecting.known import Known
from pipelines.inspecting.looks import LOOK, look_of, uci_is_right, uln_is_right
from pipelines.inspecting.masks import mask, masks_of
from pipelines.inspecting.sampling import Sample
from pipelines.inspecting.widths import Placed, Widths
from pipelines.inspecting.writing import CONFIRMED, tables_of
from pipelines.readers.framing import Groups, read_framing
from pipelines.readers.text import read_lines

#: Lines that are measured at every shift; more would tell nothing new.
_MEASURED = 600
#: How much better, in nats, another placing must be: four option codes, or two UCIs.
_BETTER = 12.0
#: The fit of each column, by the kind of record and its name.
_Fits = Mapping[tuple[str, str], ColumnFit]
#: Optional columns that are left out of a proposal where something else stands in their place.
_MAY_GO = ("uln", "sex", "status")


class FixedFile:
    """The lines of a fixed-width file that are looked at, sorted out by one layout."""

    def __init__(self, sample: Sample, layout: Format, known: Known) -> None:
        if layout.framing is None:
            raise ValueError(f"{layout.name} has no framing")
        self.layout, self.known = layout, known
        frame = read_lines(list(sample.stretches)).frame
        upper = pl.col("raw").str.to_uppercase()
        kind = pl.when(upper.str.starts_with(layout.data_type)).then(upper.str.slice(1, 1)).otherwise(pl.lit("?"))
        frame = frame.with_columns(type=kind)
        self.groups: Groups = read_framing(frame, layout.framing, len(sample.stretches))
        place = self.groups.of_line
        body = frame.hstack(self.groups.table.select("group_centre", "created_at")[place])
        self.body = body.filter(pl.col("type") == layout.body).drop("type")
        self.frame = frame

    def fit(self, layout: Format, show: bool) -> LayoutFit:
        """How each column of a layout of this data type fits the body."""
        found = []
        for column, kind, rows in self._columns(layout):
            text = pl.col("raw").str.to_uppercase().str.slice(column.start - 1, column.width)
            test, evidence, is_telling = self._test(column, text, layout)
            is_filled = text.str.strip_chars() != ""
            filled, right = rows.select(
                filled=is_filled.sum(), right=(is_filled & test.fill_null(value=False)).sum()
            ).row(0)
            where = f"{column.start}-{column.start + column.width - 1}"
            shown = masks_of(rows.select(text)) if show else ""
            found.append(ColumnFit(column, where, filled, right, evidence, is_telling, kind=kind, mask=shown))
        return LayoutFit(layout, tuple(found), self.body.height, tuple(self._faults()), tuple(self._notes()))

    def _columns(self, layout: Format) -> Iterator[tuple[Column, str, pl.DataFrame]]:
        """Every column with the kind of record it is of, and the lines that have it."""
        for column in layout.columns:
            yield column, "", self.body
        if not layout.variant_by:
            return
        by = layout.all_columns[layout.variant_by]
        kinds = self.body["raw"].str.to_uppercase().str.slice(by.start - 1, by.width)
        for variant in layout.variants:
            for column in variant.columns:
                yield column, variant.when, self.body.filter(kinds == variant.when)

    def _test(self, column: Column, text: pl.Expr, layout: Format) -> tuple[pl.Expr, str, bool]:
        """Where a value of a column is right, what that means, and whether it tells anything."""
        clean = text.str.strip_chars()
        general = LOOK["option"].strict(clean, self.known)
        option = (clean.is_in(sorted(self.known.options)) | general) & ~text.str.starts_with(" ")
        option_words = "are option codes we know or of a known form"
        kinds = [variant.when for variant in layout.variants]
        by_name: dict[str, tuple[pl.Expr, str]] = {
            "centre_number": (text == pl.col("group_centre"), "are the centre of the centre header"),
            "uci": (uci_is_right(text), "have the right check letter"),
            "uln": (uln_is_right(text), "have the right check digit"),
            "candidate_number": (text.str.contains(r"^\d{4}$"), "have four digits"),
            "option_code": (option, option_words),
            "entry_option_code": (option, option_words),
            "syllabus_code": (option, option_words),
            layout.variant_by: (text.is_in(kinds), f"are {' or '.join(kinds)}"),
            "sex": (text.str.contains("^[MFX]$"), "are M, F or X"),
        }
        by_decode = {
            "partial_absence": (text == "#", "are #"),
            "mark": (text.str.contains(r"^[0-9 ]*\d$|^A(?:BS)? *$"), "are marks or absences"),
            "edi_name": (text.str.contains(r"^\p{L}[^:0-9]*:[^:0-9]*$"), "are SURNAME:FORENAMES"),
        }
        if found := by_name.get(column.name) or by_decode.get(column.decode):
            return *found, True
        look = look_of(column)
        return look.may_hold(clean, self.known), look.says, look.telling or look.name == "edi_date"

    def _faults(self) -> Iterator[str]:
        if self.body.is_empty():
            yield f"it has no body line (record type {self.layout.data_type}{self.layout.body})"
        heads = self.groups.table
        if heads.filter(pl.col("group_centre").is_null() & pl.col("header_line").is_not_null()).height:
            yield "a centre header does not hold a centre number where the layout says"

    def _notes(self) -> Iterator[str]:
        """What the headers say, and what had to be searched for."""
        seen, framing = self.groups.seen[0], self.layout.framing
        assert framing is not None
        centres = self.groups.table["group_centre"].drop_nulls().unique().sort().to_list()
        if centres:
            more = f" and {len(centres) - 5} more" if len(centres) > 5 else ""
            yield f"centre headers: {', '.join(centres[:5])}{more}"
        if seen.series_as_sent is None:
            yield "no header says which series this is; the name of the file may"
            return
        head = framing.records["file_header"]
        first = self.frame["raw"][0].upper() if self.frame.height else ""
        there = "".join(
            first[head[name].start - 1 : head[name].start - 1 + head[name].width] for name in ("series", "year")
        )
        place = f"{head['series'].start}-{head['year'].start + head['year'].width - 1}"
        found = f"at {place}, as the layout says" if there == seen.series_as_sent else "found by searching the headers"
        yield f"series {seen.series_as_sent}, {found}; board {seen.board or 'not said'}"

    def rulers(self, layout: Format) -> tuple[Ruler, ...]:
        """A masked line for each variant, the first that has the most in it."""
        lengths = pl.col("raw").str.replace_all(" ", "").str.len_chars()
        kinds = {"": self.body}
        if layout.variant_by and self.body.height:
            by = layout.all_columns[layout.variant_by]
            text = self.body["raw"].str.to_uppercase().str.slice(by.start - 1, by.width)
            of_variant = {variant.when: self.body.filter(text == variant.when) for variant in layout.variants}
            kinds = {when: rows for when, rows in of_variant.items() if rows.height} or kinds
        fullest = {
            when: rows.head(_MEASURED).sort(lengths, descending=True, maintain_order=True).head(1)
            for when, rows in kinds.items()
        }
        return tuple(
            Ruler(rows["line"][0], mask(rows["raw"][0]), when) for when, rows in fullest.items() if rows.height
        )

    def placed(self) -> tuple[Placed, float]:
        """The best placing of the layout's columns, and how much better it is than as they stand."""
        step = max(1, self.body.height // _MEASURED)
        widths = Widths(self.body.gather_every(step).head(_MEASURED), self.layout, self.known)
        best = widths.place()
        return best, best.score - widths.as_it_stands()

    def propose(self, show: bool) -> Proposal | None:
        """The shifted layout that fits better, still to be tried; None where the layout stands as it should."""
        if self.body.is_empty():
            return None
        placed, gain = self.placed()
        every = [placed.shifts, *placed.variants.values()]
        if gain < _BETTER or not any(shift for shifts in every for shift in shifts.values()):
            return None
        moved = _moved(self.layout, placed)
        fit = self.fit(moved, show)
        by_name = {(one.kind, one.column.name): one for one in fit.columns}
        if any(one.column.required and one.filled and one.share < FAILING for one in fit.columns):
            return None
        gone = [one.column.name for one in fit.columns if one.verdict == WRONG and one.column.name in _MAY_GO]
        if gone:
            moved = replace(moved, columns=tuple(column for column in moved.columns if column.name not in gone))
            fit = replace(fit, columns=tuple(one for one in fit.columns if one.column.name not in gone))
        changes = [
            *_changes(self.layout, moved, by_name),
            *(f"{name} is left out: something else stands there" for name in gone),
        ]
        return Proposal(fit, _written(self.layout, moved, by_name), tuple(changes), tuple(self._open(moved, fit)))

    def _open(self, moved: Format, fit: LayoutFit) -> Iterator[str]:
        """What these lines cannot settle."""
        there = set(self.body["raw"].str.to_uppercase().str.slice(self._by(moved), 1)) if moved.variants else set()
        missing = [variant.when for variant in moved.variants if variant.when not in there]
        if missing:
            yield f"no record here is of the kind {' or '.join(missing)}: where its columns stand is assumed"
        blank = [one.label for one in fit.columns if one.verdict == BLANK and one.kind not in missing]
        if blank:
            yield f"always blank here, so where they stand is assumed: {', '.join(blank)}"

    @staticmethod
    def _by(layout: Format) -> int:
        return layout.all_columns[layout.variant_by].start - 1


def _moved(layout: Format, placed: Placed) -> Format:
    def move(columns: Sequence[Column], shifts: Mapping[str, int]) -> tuple[Column, ...]:
        return tuple(replace(column, start=column.start + shifts.get(column.name, 0)) for column in columns)

    columns = move(layout.columns, placed.shifts)
    variants = tuple(
        replace(variant, columns=move(variant.columns, placed.variants.get(variant.when, {})))
        for variant in layout.variants
    )
    repeat = layout.repeat
    if repeat is not None:
        start = next(column.start for column in columns if column.name == repeat.column)
        repeat = replace(repeat, start=start)
    return replace(layout, columns=columns, variants=variants, repeat=repeat)


def _pairs(old: Format, new: Format) -> Iterator[tuple[str, Column, Column]]:
    """Every column before and after, with the variant it is of."""
    kept = {column.name: column for column in new.columns}
    for column in old.columns:
        if column.name in kept:
            yield "", column, kept[column.name]
    for before, after in zip(old.variants, new.variants, strict=True):
        for one, two in zip(before.columns, after.columns, strict=True):
            yield before.when, one, two


def _changes(old: Format, new: Format, fits: _Fits) -> list[str]:
    """What moved, in sentences: runs of columns that moved by the same are one."""
    runs: list[tuple[str, int, list[Column]]] = []
    by = old.variant_by
    common = new.all_columns[by].start - old.all_columns[by].start if by else None
    for when, before, after in sorted(_pairs(old, new), key=lambda one: (one[0], one[2].start)):
        shift = after.start - before.start
        if runs and runs[-1][:2] == (when, shift):
            runs[-1][2].append(after)
        else:
            runs.append((when, shift, [after]))
    said = []
    for when, shift, columns in runs:
        # A variant that moved with the column that decides it is not told again.
        if (
            not shift
            or (when and shift == common)
            or all(fits[when, column.name].verdict == BLANK for column in columns)
        ):
            continue
        names = columns[0].name if len(columns) == 1 else f"{columns[0].name} to {columns[-1].name}"
        kind = f" (in {when} records)" if when else ""
        way = f"{abs(shift)} {'character' if abs(shift) == 1 else 'characters'} further {'on' if shift > 0 else 'back'}"
        stands = "stands" if len(columns) == 1 else "stand"
        said.append(f"{names}{kind} {stands} {way}, from character {columns[0].start}")
    return said


def _written(old: Format, new: Format, fits: _Fits) -> dict[str, Any]:
    tables = tables_of(old)
    tables["columns"] = [_row(row, new.columns, "", fits) for row in tables["columns"] if _column(row, new.columns)]
    for table, variant in zip(tables.get("variant", []), new.variants, strict=True):
        table["columns"] = [_row(row, variant.columns, variant.when, fits) for row in table["columns"]]
    if new.repeat is not None:
        tables["repeat"]["start"] = new.repeat.start
    for example in tables.get("example", []):
        example["text"] = _rewritten(example["text"], old, new)
    return tables


def _column(row: Mapping[str, Any], columns: Sequence[Column]) -> Column | None:
    return next((column for column in columns if column.name == row["name"]), None)


def _row(row: dict[str, Any], columns: Sequence[Column], kind: str, fits: _Fits) -> dict[str, Any]:
    column, fit = _column(row, columns), fits.get((kind, row["name"]))
    assert column is not None
    sure = CONFIRMED if fit and fit.verdict == FITS and column.sure == "ours" else column.sure
    return {**row, "start": column.start, "sure": sure}


def _rewritten(text: str, old: Format, new: Format) -> str:
    """An example of the old layout as the new one has it."""
    return "\n".join(_rewritten_line(line, old, new) for line in text.split("\n"))


def _rewritten_line(line: str, old: Format, new: Format) -> str:
    if line[:2] != f"{old.data_type}{old.body}":
        return line
    when = ""
    if old.variant_by:
        by = old.all_columns[old.variant_by]
        when = line[by.start - 1 : by.start - 1 + by.width]
    put = dict(enumerate(line[:2]))
    for variant, before, after in _pairs(old, new):
        if variant in ("", when):
            width = None if old.repeat and before.name == old.repeat.column else before.width
            text = line[before.start - 1 :][:width]
            put |= {after.start - 1 + place: character for place, character in enumerate(text)}
    return "".join(put.get(place, " ") for place in range(max(put) + 1))
