"""The header and trailer records of fixed-width files: what a file says of itself, and whether it is whole.

Takes the lines of some files with their record type, gives a `Seen` for each file and the centre group of each
line. Nothing is decided by a line's length: a short line is read as if padded with spaces. A header value that is
not where the layout says is looked for in the rest of its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from pipelines.formats import Column, Framing
from pipelines.readers import values
from pipelines.readers.cut import Seen

#: What a series looks like: the month 1-9, A, B, C, a letter (a digit in old files), the year.
SERIES = r"^[1-9ABC][0-9A-Z]\d\d$"
#: Searched for in a line, it must hold the letter: four digits may be anything.
SERIES_SOMEWHERE = r"([1-9ABC][A-Z]\d\d)"
BOARD = r"^[0-9A-Z]{2}$"
CENTRE = r"^[0-9A-Z]{5}$"
#: Basedata speaks of no centre, and says so with zeros.
NO_CENTRE = "00000"


@dataclass(frozen=True)
class Groups:
    """The framing of some files."""

    seen: tuple[Seen, ...]
    of_line: pl.Series  #: the centre group of each line of the frame, as a row of `table`
    table: pl.DataFrame  #: group, file, group_centre, group_series, board, created_at


def cut_column(column: Column, line: pl.Expr | None = None) -> pl.Expr:
    """The text of a fixed-width column, spaces trimmed, blank as null."""
    text = (pl.col("raw") if line is None else line).str.slice(column.start - 1, column.width).str.strip_chars()
    return pl.when(text != "").then(text)


def _shaped(columns: Mapping[str, Column], names: tuple[str, ...], shape: str) -> pl.Expr:
    """The named columns run together, where they have the shape."""
    text = pl.concat_str([cut_column(columns[name]) for name in names if name in columns] or [pl.lit(None, pl.String)])
    text = text.str.to_uppercase()
    return pl.when(text.str.contains(shape)).then(text)


def _series(columns: Mapping[str, Column], after: int) -> pl.Expr:
    there = _shaped(columns, ("series", "year"), SERIES)
    return pl.coalesce(there, pl.col("raw").str.slice(after).str.to_uppercase().str.extract(SERIES_SOMEWHERE, 1))


def read_framing(lines: pl.DataFrame, framing: Framing, files: int) -> Groups:
    """Read the framing of lines (file, line, raw, type). Body lines have any other type than the framing's."""
    types, records = framing.types, framing.records
    is_type = {key: pl.col("type") == digit for key, digit in types.items()}
    frame = lines.filter(pl.col("type").is_in(list(types.values())))
    heads = (
        frame.filter(is_type["file_header"])
        .unique("file", keep="first", maintain_order=True)
        .select("file", *_file_header(records["file_header"]))
    )
    starts = lines["type"] == types["centre_header"]
    # A file starts a group of its own, so that no line falls into the group of the file before.
    new_file = lines["file"] != lines["file"].shift(1, fill_value=files)
    of_line = (starts | new_file).cast(pl.UInt32).cum_sum().rename("group") - 1
    table = _groups(lines, starts | new_file, starts, framing, heads)
    counted = _group_counts(lines, of_line, framing, table)
    ends = frame.filter(is_type["file_trailer"]).unique("file", keep="last", maintain_order=True)
    totals = (
        pl.DataFrame({"file": range(files)}, schema={"file": pl.UInt32})
        .join(lines.group_by("file").agg(lines_here=pl.len()), on="file", how="left", maintain_order="left")
        .join(
            ends.select("file", trailer_line="line", records=_count(records["file_trailer"])),
            on="file",
            how="left",
            maintain_order="left",
        )
    )
    framed = dict(frame.group_by("file").len().iter_rows())
    truncated = _truncated(counted, totals)
    head = {row["file"]: row for row in heads.iter_rows(named=True)}
    # The lines above the first centre header are a group too, with the file header's series where it has one.
    first_series = dict(
        table.filter(pl.col("group_series").is_not_null())
        .unique("file", keep="first", maintain_order=True)
        .select("file", "group_series")
        .iter_rows()
    )
    seen = tuple(
        _seen(head.get(file, {}), first_series.get(file), framed.get(file, 0), truncated.get(file, ""))
        for file in range(files)
    )
    return Groups(seen=seen, of_line=of_line, table=table)


def _file_header(columns: Mapping[str, Column]) -> list[pl.Expr]:
    created = values.ddmmyy(cut_column(columns["created_at"]))
    return [
        _shaped(columns, ("board",), BOARD).alias("board"),
        _series(columns, 2).alias("series_as_sent"),
        cut_column(columns["sequence"]).alias("sequence"),
        created.alias("created_at"),
    ]


def _groups(
    lines: pl.DataFrame, begins: pl.Series, is_header: pl.Series, framing: Framing, heads: pl.DataFrame
) -> pl.DataFrame:
    columns = framing.records["centre_header"]
    centre = columns["centre_number"]
    here = is_header.filter(begins).rename("is_header")
    groups = (
        lines.filter(begins)
        .with_columns(here)
        .select(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("group"),
            "file",
            header_line=pl.when("is_header").then("line"),
            group_centre=pl.when("is_header").then(_shaped(columns, ("centre_number",), CENTRE)),
            own_series=pl.when("is_header").then(_series(columns, centre.start + centre.width - 1)),
        )
    )
    return groups.join(heads, on="file", how="left", maintain_order="left").select(
        *("group", "file", "header_line", "group_centre"),
        pl.coalesce("own_series", "series_as_sent").alias("group_series"),
        *("board", "created_at"),
    )


def _count(columns: Mapping[str, Column]) -> pl.Expr:
    return cut_column(columns["records"]).cast(pl.Int64, strict=False)


def _group_counts(lines: pl.DataFrame, of_line: pl.Series, framing: Framing, table: pl.DataFrame) -> pl.DataFrame:
    """One row a centre group: the body lines in it, and what its trailer says."""
    types = framing.types
    counted = (
        lines.lazy()
        .with_columns(of_line)
        .group_by("group")
        .agg(
            body=(~pl.col("type").is_in(list(types.values()))).sum(),
            trailer_line=pl.col("line").filter(pl.col("type") == types["centre_trailer"]).first(),
            raw=pl.col("raw").filter(pl.col("type") == types["centre_trailer"]).first(),
        )
    )
    return (
        table.lazy()
        .join(counted, on="group", how="left")
        # What stands before the first centre header is a group only in our counting.
        .filter(pl.col("header_line").is_not_null())
        .select(
            "file",
            "header_line",
            "trailer_line",
            said=_count(framing.records["centre_trailer"]),
            found=pl.col("body") + framing.counted_besides,
        )
        .sort("file", "header_line")
        .collect()
    )


def _truncated(groups: pl.DataFrame, totals: pl.DataFrame) -> dict[int, str]:
    """Why each file that is not whole is not, by its first fault."""
    group_faults = groups.filter(pl.col("said").ne_missing(pl.col("found"))).select(
        "file",
        what=pl.when(pl.col("trailer_line").is_null())
        .then(pl.format("the centre group that starts at line {} has no trailer", "header_line"))
        .otherwise(
            pl.format(
                "the centre trailer at line {} says {} records, {} are there",
                "trailer_line",
                pl.col("said").cast(pl.String).fill_null("no number of"),
                "found",
            )
        ),
    )
    file_faults = totals.filter(pl.col("records").ne_missing(pl.col("lines_here").cast(pl.Int64))).select(
        "file",
        what=pl.when(pl.col("trailer_line").is_null())
        .then(pl.lit("the file has no file trailer"))
        .otherwise(
            pl.format(
                "the file trailer at line {} says {} lines, {} are there",
                "trailer_line",
                pl.col("records").cast(pl.String).fill_null("no number of"),
                pl.col("lines_here").fill_null(0),
            )
        ),
    )
    found: dict[int, str] = {}
    for file, what in (*group_faults.iter_rows(), *file_faults.iter_rows()):
        found[file] = f"{found[file]}; {what}" if file in found else what
    return found


def _seen(head: dict[str, object], series: str | None, framed: int, truncated: str) -> Seen:
    created, sequence = head.get("created_at"), head.get("sequence")
    return Seen(
        board=str(head["board"]) if head.get("board") else None,
        series_as_sent=series,
        created_at=str(created) if created else None,
        sequence=str(sequence) if sequence else None,
        rows_framing=framed,
        truncated=truncated,
        detail="" if series else "no header says which series this is",
    )
