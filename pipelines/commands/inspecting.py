"""How an inspection is told: a table of columns with their evidence, a ruler under a masked line, and as JSON.

Takes an `Inspection`, gives lines and records. Promises: what was in the file is shown as shapes only; headers and
element names are shown as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_letters
from typing import TYPE_CHECKING, Any

from pipelines.commands import printing

if TYPE_CHECKING:
    from pipelines.formats import Column
    from pipelines.inspecting.fits import ColumnFit, Inspection, LayoutFit, Proposal, Ruler, Trial

_PATHS_SHOWN = 60


def text_lines(told: Inspection) -> Iterator[str]:
    """The inspection for a person."""
    partly = f"; looked at: {told.looked_at}" if told.looked_at else ""
    yield f"{told.name}: {told.shape or 'of no kind we read'}, {told.size:,} bytes{partly}"
    yield f"now: {_now(told)}"
    proposal = told.proposal
    if told.elements and (proposal is not None or not told.is_read):
        yield from _tree(told)
    if proposal is not None:
        yield from _failing(told)
        yield ""
        yield f"proposed: {proposal.fit.layout.title}, with"
        yield from (f"  {change}" for change in proposal.changes)
        yield ""
        yield from _fit(proposal.fit, told.rulers)
        yield from (f"open: {question}" for question in proposal.open)
    elif told.fits:
        yield ""
        yield from _fit(told.fits[0], told.rulers)
    if not told.is_read:
        yield from _others(told)
    if told.unused:
        yield f"columns of the file that nothing asks for: {', '.join(told.unused)}"
    if proposal is None and not told.is_read:
        yield from (f"open: {question}" for question in told.questions)


def _now(told: Inspection) -> str:
    if told.is_read and told.trial is not None:
        return f"read by {told.fits[0].layout.name}, {told.trial.kept:,} of {told.trial.read:,} rows kept"
    trial = told.trial
    reason = told.refused or (trial.refused if trial else "") or "no layout fits"
    detail = told.detail or (trial.detail if trial else "")
    return f"refused, {reason}" + (f": {detail}" if detail else "")


def _failing(told: Inspection) -> Iterator[str]:
    """What does not fit as things stand, in short."""
    if not told.fits:
        return
    fit = told.fits[0]
    yield ""
    yield f"as it stands, {fit.layout.name}: {fit.fitting} of {len(fit.columns)} columns fit"
    yield from (f"  {fault}" for fault in fit.faults)
    for one in fit.failing:
        place = f" at {one.where}" if one.where else ""
        yield f"  {one.label}{place}: {one.says or one.verdict}"


def _fit(fit: LayoutFit, rulers: Sequence[Ruler]) -> Iterator[str]:
    """The table of a layout's columns."""
    import polars as pl

    letters = _letters(fit) if rulers else {}
    kinds = {ruler.kind for ruler in rulers if ruler.kind}
    if rulers:
        for ruler in rulers:
            yield from ruler_lines(ruler, fit)
        yield ""
    # The columns of a kind of record that does not occur would be so many blanks.
    shown = [(place, one) for place, one in enumerate(fit.columns) if not (one.kind and kinds) or one.kind in kinds]
    rows = [_row(one, letters.get(place, "")) for place, one in shown]
    if not rulers:
        rows = [{key: value for key, value in row.items() if key} for row in rows]
    if not any(one.mask for one in fit.columns):
        rows = [{key: value for key, value in row.items() if key != "shapes"} for row in rows]
    if not any(one.how for one in fit.columns):
        rows = [{key: value for key, value in row.items() if key != "found"} for row in rows]
    yield from printing.table_lines(pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))) if rows else ()
    from pipelines.inspecting.conclusion import settled

    yield ""
    yield from (f"fault: {fault}" for fault in fit.faults)
    yield from fit.notes
    yield from settled(fit)


def _row(one: ColumnFit, letter: str) -> dict[str, str]:
    return {
        "": letter,
        "column": one.label + ("*" if one.column.required else ""),
        "where": one.where,
        "verdict": one.verdict,
        "evidence": one.says,
        "found": one.how,
        "sure": one.column.sure,
        "shapes": one.mask,
    }


def _letters(fit: LayoutFit) -> dict[int, str]:
    """A letter for each column that has something to mark, in the order of the table."""
    return {place: ascii_letters[place % len(ascii_letters)] for place in range(len(fit.columns))}


def ruler_lines(ruler: Ruler, fit: LayoutFit) -> Iterator[str]:
    """A masked line over a ruler, and under it the letter of the column that each character is of."""
    end = max([len(ruler.mask), *(column.start + column.width - 1 for column in _marked(ruler, fit).values())])
    ticks = "".join(
        str(place // 10 % 10) if place % 10 == 0 else ":" if place % 5 == 0 else "." for place in range(1, end + 1)
    )
    marks = [" "] * end
    for letter, column in _marked(ruler, fit).items():
        marks[column.start - 1 : column.start - 1 + column.width] = letter * column.width
    yield f"line {ruler.line}, letters as x and digits as 9"
    yield f"  {ruler.mask}"
    yield f"  {ticks}"
    yield f"  {''.join(marks).rstrip()}"


def _marked(ruler: Ruler, fit: LayoutFit) -> dict[str, Column]:
    """The columns of the kind of record that a line is of, by their letter."""
    letters = _letters(fit)
    return {letters[place]: one.column for place, one in enumerate(fit.columns) if one.kind in ("", ruler.kind)}


def _others(told: Inspection) -> Iterator[str]:
    """The layouts that come next."""
    if told.fits[1:]:
        yield "next nearest:"
    for fit in told.fits[1:]:
        required = [one for one in fit.columns if one.column.required]
        there = sum(bool(one.where) for one in required)
        fitting = f"{fit.fitting} of {len(fit.columns)} columns fit"
        yield f"  {fit.layout.name}: {fitting}, {there} of the {len(required)} required are there"


def _tree(told: Inspection) -> Iterator[str]:
    yield ""
    yield "elements below the root, how many, and how many of them hold text"
    for path, count, texts in told.elements[:_PATHS_SHOWN]:
        indent = "  " * (path.count("/") + 1)
        yield f"{indent}{path.rpartition('/')[2]}  {count:,}" + (f"  {texts:,} with text" if texts else "")
    if len(told.elements) > _PATHS_SHOWN:
        yield f"  … and {len(told.elements) - _PATHS_SHOWN} more"


def as_record(told: Inspection) -> dict[str, Any]:
    """The inspection for a program."""
    return {
        "name": told.name,
        "bytes": told.size,
        "shape": told.shape,
        "looked_at": told.looked_at or "all of it",
        "is_read": told.is_read,
        "format": told.fits[0].layout.name if told.is_read else None,
        "refused": told.refused or None,
        "detail": told.detail or None,
        "trial": _trial(told.trial),
        "layouts": [_layout(fit) for fit in told.fits],
        "proposal": _proposal(told.proposal),
        "open": list(told.questions),
        "unused": list(told.unused),
        "elements": [{"path": path, "count": count, "with_text": texts} for path, count, texts in told.elements],
        "lines": [{"line": one.line, "mask": one.mask} for one in told.rulers],
    }


def _trial(trial: Trial | None) -> dict[str, Any] | None:
    if trial is None:
        return None
    return {"rows": trial.read, "kept": trial.kept, "refused": trial.refused or None, "detail": trial.detail or None}


def _layout(fit: LayoutFit) -> dict[str, Any]:
    return {
        "format": fit.layout.name,
        "kind": fit.layout.kind,
        "rows": fit.rows,
        "columns_that_fit": fit.fitting,
        "faults": list(fit.faults),
        "notes": list(fit.notes),
        "columns": [_column(one) for one in fit.columns],
    }


def _column(one: ColumnFit) -> dict[str, Any]:
    return {
        "column": one.column.name,
        "kind": one.kind or None,
        "required": one.column.required,
        "where": one.where or None,
        "verdict": one.verdict,
        "filled": one.filled,
        "right": one.right,
        "right_means": one.evidence,
        "sure": one.column.sure,
        "found": one.how or None,
        "shapes": one.mask or None,
    }


def _proposal(proposal: Proposal | None) -> dict[str, Any] | None:
    if proposal is None:
        return None
    return {
        **_layout(proposal.fit),
        "changes": list(proposal.changes),
        "open": list(proposal.open),
        "trial": _trial(proposal.trial),
        "is_usable": proposal.is_usable,
    }
