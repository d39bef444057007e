"""The tables of a part: a cut judged, its statements validated, its files counted.

Takes a `Cut`, gives every `incoming_*` table of a part. Promises: a record is kept or rejected, never both and never
neither; a refused file says nothing; all tables are in the order of file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.errors import SumsError
from pipelines.formats import Format, table_columns
from pipelines.readers import fills
from pipelines.readers.cut import REJECTS, REPAIRS, Cut, Seen, stack
from pipelines.readers.decoding import decode_rows
from schemas.tables.incoming import polars_schema

#: A file is refused when more than this share of its records would be rejected.
MOST_REJECTED = 0.5
_REASONS_SHOWN = 5
_PLACE = ["file", "line"]


@dataclass(frozen=True)
class Checked:
    """A judged cut: what is kept, what is not, and why."""

    rows: dict[str, pl.DataFrame]  #: kept records, decoded
    filled: dict[str, pl.DataFrame]  #: table → its statements
    rejects: pl.DataFrame
    repairs: pl.DataFrame
    files: tuple[Seen, ...]
    read: list[int]  #: records of each file, rejected ones included


def check(cut: Cut, layout: Format, ids: Sequence[str]) -> Checked:
    """Decode, judge and validate the records of a cut, whose `rows` are used up."""
    files = list(cut.files)
    read = _per_file([*cut.rows.values(), cut.rejects], len(ids))
    usable = _usable(files)
    # The cut text is by far the largest thing in memory: it goes as it is decoded.
    decoded = {each: decode_rows(usable(cut.rows.pop(each)), layout, cut) for each in list(cut.rows)}
    rows = {each: one.values for each, one in decoded.items()}
    rejects = [usable(cut.rejects), *(one.rejects for one in decoded.values())]
    filled, invalid = _validated(rows, layout, ids)
    if not invalid.is_empty():
        rejects.append(invalid)
        rows = {each: _less(frame, invalid) for each, frame in rows.items()}
        filled, left = _validated(rows, layout, ids)
        if not left.is_empty():
            raise AssertionError(f"{layout.name}: records that were set aside are still there")
    all_rejects = stack(rejects, REJECTS).sort(_PLACE)
    _refuse_hopeless(files, all_rejects, read)
    usable = _usable(files)
    refused = [ids[file] for file, seen in enumerate(files) if seen.refused]
    return Checked(
        rows={each: usable(frame) for each, frame in rows.items()},
        filled={
            table: frame.filter(~pl.col("file_id").is_in(refused)) if refused else frame
            for table, frame in filled.items()
        },
        rejects=usable(all_rejects),
        repairs=usable(stack([cut.repairs, *(one.repairs for one in decoded.values())], REPAIRS)),
        files=tuple(files),
        read=read,
    )


def _usable(files: Sequence[Seen]) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """A function that takes the rows of refused files out of a frame."""
    refused = [file for file, seen in enumerate(files) if seen.refused]
    return lambda frame: frame.filter(~pl.col("file").is_in(refused)) if refused else frame


def _less(frame: pl.DataFrame, rejects: pl.DataFrame) -> pl.DataFrame:
    return frame.join(rejects, on=_PLACE, how="anti", maintain_order="left")


def _per_file(frames: Sequence[pl.DataFrame], files: int) -> list[int]:
    """Records of each file: a line counts once, however many statements it makes."""
    totals = [0] * files
    for frame in frames:
        # Rows are in order, so the statements of one line stand together.
        places = frame.select(_PLACE)
        is_new = (places["file"] != places["file"].shift(1)) | (places["line"] != places["line"].shift(1))
        for file, number in places.filter(is_new.fill_null(value=True)).group_by("file").len().iter_rows():
            totals[file] += number
    return totals


def _validated(
    rows: Mapping[str, pl.DataFrame], layout: Format, ids: Sequence[str]
) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Fill the tables of a format and validate them: the tables, and rejects for what a schema does not accept."""
    filled: dict[str, list[pl.DataFrame]] = {table: [] for table in layout.tables}
    rejects = []
    for fill in layout.fills:
        statements = fills.statements(rows[fill.each], fill, ids)
        failures = fills.validate(fill.table, statements)
        if not failures.is_empty():
            rejects.append(fills.rejected(rows[fill.each], failures, layout, fill, ids))
        filled[fill.table].append(statements)
    found = stack(rejects, REJECTS).unique(_PLACE, keep="first", maintain_order=True)
    order = {file_id: place for place, file_id in enumerate(ids)}
    return {table: _in_order(frames, order) for table, frames in filled.items()}, found


def _in_order(frames: Sequence[pl.DataFrame], order: Mapping[str, int]) -> pl.DataFrame:
    if len(frames) == 1:
        return frames[0]
    place = pl.col("file_id").replace_strict(order, return_dtype=pl.UInt32)
    return pl.concat(frames).sort(place, "line", maintain_order=True)


def _refuse_hopeless(files: list[Seen], rejects: pl.DataFrame, read: Sequence[int]) -> None:
    """Refuse the files more than half of whose records are rejected."""
    for file, number in rejects.group_by("file").len().sort("file").iter_rows():
        if number > MOST_REJECTED * read[file]:
            reasons = (
                rejects.filter(pl.col("file") == file)
                .group_by("reason")
                .agg(pl.len(), pl.col("line").min())
                .sort("len", "line", descending=[True, False])  # a line is rejected for one reason
                .head(_REASONS_SHOWN)
            )
            said = "; ".join(f"{count}: {reason} (first: line {line})" for reason, count, line in reasons.iter_rows())
            files[file] = files[file].refuse(
                "more than half of its rows would be rejected", f"{number} of {read[file]} rows: {said}"
            )


def finish(checked: Checked, cut: Cut, layout: Format, ids: Sequence[str]) -> dict[str, pl.DataFrame]:
    """Every table of the part, each validated."""
    kept = _per_file(list(checked.rows.values()), len(ids))
    made = {
        **checked.filled,
        "incoming_files": _files(checked, layout, ids, kept),
        "incoming_file_centres": _file_centres(checked, cut, layout, ids),
        "incoming_rejects": _rejects(checked, ids),
        "incoming_repairs": _repairs(checked, ids),
        "incoming_evidence": _evidence(checked, ids),
    }
    return _sound(made)


def refused(ids: Sequence[str], reasons: Sequence[tuple[str, str]]) -> dict[str, pl.DataFrame]:
    """The tables of a part of files that no format reads."""
    rows = [
        {"file_id": file_id, "is_refused": True, "reason": reason, "detail": detail}
        for file_id, (reason, detail) in zip(ids, reasons, strict=True)
    ]
    made = {table: pl.DataFrame(schema=polars_schema(table_columns(table))) for table in _COMMON}
    return _sound(made | {"incoming_files": _file_rows(rows)})


_COMMON = (*("incoming_files", "incoming_file_centres", "incoming_rejects", "incoming_repairs", "incoming_evidence"),)


def _sound(made: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    for table in _COMMON:
        failures = fills.validate(table, made[table], by_line=False)
        if not failures.is_empty():
            what = failures.select("column_name", "reason").unique().sort("column_name", "reason").rows()
            raise AssertionError(f"{table} does not meet its own schema: {what}")
    return made


def _file_rows(rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    schema = polars_schema(table_columns("incoming_files"))
    blank = {
        name: 0 if kind == pl.Int32() else False if kind == pl.Boolean() else None for name, kind in schema.items()
    }
    frame = pl.DataFrame(
        [blank | dict(row) for row in rows], schema={**schema, "created_at": pl.String, "run_on": pl.String}
    )
    return frame.with_columns(pl.col("created_at", "run_on").str.to_date("%Y-%m-%d"))


def _files(checked: Checked, layout: Format, ids: Sequence[str], kept: Sequence[int]) -> pl.DataFrame:
    set_aside = _per_file([checked.rejects], len(ids))
    rows = []
    for file, seen in enumerate(checked.files):
        is_refused = bool(seen.refused)
        rejected = checked.read[file] if is_refused else set_aside[file]
        if checked.read[file] != kept[file] + rejected:
            raise SumsError(
                f"file {ids[file]}: {checked.read[file]} records read, {kept[file]} kept, {rejected} rejected.",
                "This is a fault of the program: please report it with the kind of the file.",
            )
        rows.append(
            {
                "file_id": ids[file],
                "kind": layout.kind,
                "format": layout.name,
                "board": seen.board,
                "series_as_sent": seen.series_as_sent,
                "created_at": seen.created_at,
                "sequence": seen.sequence,
                "run_on": seen.run_on,
                "has_uci_column": seen.has_uci_column,
                "delimiter": seen.delimiter or None,
                "cells": seen.cells or None,
                "rows_read": checked.read[file],
                "rows_framing": seen.rows_framing,
                "rows_kept": kept[file],
                "rows_rejected": rejected,
                "is_truncated": bool(seen.truncated) and not is_refused,
                "is_refused": is_refused,
                "reason": seen.refused or ("the file is cut short" if seen.truncated else None),
                "detail": (seen.detail if is_refused else "; ".join(filter(None, (seen.truncated, seen.detail))))
                or None,
            }
        )
    return _file_rows(rows)


def _ids(ids: Sequence[str], frame: pl.DataFrame) -> pl.Series:
    return pl.Series("file_id", list(ids), dtype=pl.String).gather(frame["file"])


def _file_centres(checked: Checked, cut: Cut, layout: Format, ids: Sequence[str]) -> pl.DataFrame:
    """The centres that headers or rows speak of, with the records kept of each."""
    schema = polars_schema(table_columns("incoming_file_centres"))
    key = ["file", "centre_number", *(["series_as_sent"] if cut.centres is not None else [])]
    counted = [
        frame.group_by(*key).agg(
            rows_kept=pl.col("line").n_unique().cast(pl.Int32) if layout.repeat else pl.len().cast(pl.Int32)
        )
        for frame in checked.rows.values()
        if set(key) <= set(frame.columns)
    ]
    if not counted:
        return pl.DataFrame(schema=schema)
    centres = pl.concat(counted)
    if cut.centres is not None:
        centres = pl.concat([centres, cut.centres.select(*key, rows_kept=pl.lit(0, pl.Int32))])
    centres = centres.group_by(*key).agg(pl.col("rows_kept").sum()).sort(key)
    if cut.centres is None:
        centres = centres.with_columns(series_as_sent=pl.lit(None, pl.String))
    return centres.with_columns(_ids(ids, centres)).select(list(schema))


def _rejects(checked: Checked, ids: Sequence[str]) -> pl.DataFrame:
    rejects = checked.rejects
    return rejects.with_columns(_ids(ids, rejects)).select(list(table_columns("incoming_rejects")))


def _repairs(checked: Checked, ids: Sequence[str]) -> pl.DataFrame:
    repairs = checked.repairs.group_by("file", "column_name", "repair").agg(
        pl.col("rows").sum(), pl.col("first_line").min()
    )
    repairs = repairs.sort("file", "column_name", "repair", nulls_last=True)
    return repairs.with_columns(_ids(ids, repairs)).select(list(table_columns("incoming_repairs")))


def _evidence(checked: Checked, ids: Sequence[str]) -> pl.DataFrame:
    frames = [frame.select(*_PLACE, "raw") for frame in checked.rows.values()]
    kept = frames[0]
    if len(frames) > 1:
        kept = pl.concat(frames).sort(_PLACE)
    is_new = (kept["file"] != kept["file"].shift(1)) | (kept["line"] != kept["line"].shift(1))
    is_new = is_new.fill_null(value=True)
    kept = kept if is_new.all() else kept.filter(is_new)
    return kept.with_columns(_ids(ids, kept)).select(list(table_columns("incoming_evidence")))
