"""Physical lines to records, where values may be quoted.

Takes the lines of some files that one delimiter cuts, gives records with the line each starts on. A quoted value
may hold the delimiter, doubled quotes and line ends. Promises: a stray or unclosed quote rejects its own rows and no
other; no line is lost in silence.

A line is *complete* when each of its cells is. Complete lines of full width stand for themselves. The lines between
them are joined for as long as a quote is open; what does not make complete cells then is rejected from its first
line, and the joining starts again behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipelines.readers.cut import REJECTS, reject, stack

#: Rejoining behind a broken line is tried so often; what is left then is rejected line by line.
_TRIES = 200
#: With fewer columns a line inside a quoted value is too easily taken for a row.
_COLUMNS_TO_STAND_ALONE = 4
_REASON = "a quote is not closed, or stands inside a value"
_EXPECTED = 'quotes round a whole value, doubled ("") inside it'


@dataclass(frozen=True)
class Records:
    """Whole records: file, line (the first), raw, lines (how many it takes), is_quoted."""

    frame: pl.DataFrame
    rejects: pl.DataFrame


def cell_pattern(delimiter: str) -> str:
    """A cell: quoted, or without the delimiter and with its quotes in pairs (`="0042"`, `Ann "Nan" Lee`)."""
    other = rf'[^"{delimiter}\n]'
    space = " *" if delimiter == "\t" else r"[ \t]*"
    # No cell fits two of the three, so that cutting finds what checking found.
    quoted, blank = rf'{space}"(?:[^"]|"")*"{space}', space
    bare = rf'{space}[^" {delimiter}\t\n]{other}*(?:"{other}*"{other}*)*'
    return f"(?:{quoted}|{bare}|{blank})"


def _complete(delimiter: str) -> pl.Expr:
    cell = cell_pattern(delimiter)
    return pl.col("raw").str.contains(rf"^{cell}(?:{delimiter}{cell})*$")


def join_lines(lines: pl.DataFrame, delimiter: str, columns: int) -> Records:
    """Join the lines (file, line, raw; in order) to records of `columns` cells."""
    quoted = lines["raw"].str.contains('"', literal=True)
    if not quoted.any():
        return Records(lines.with_columns(lines=pl.lit(1, pl.Int32), is_quoted=pl.lit(value=False)), _none())
    stands = _stands_alone(lines, quoted, delimiter, columns)
    alone = lines.with_columns(lines=pl.lit(1, pl.Int32), is_quoted=quoted).filter(stands)
    if stands.all():
        return Records(alone, _none())
    # A run is a stretch of lines of one file between lines that stand alone.
    new_run = stands | (lines["file"] != lines["file"].shift(1))
    rest = lines.with_columns(run=new_run.fill_null(value=True).cum_sum()).filter(~stands)
    joined, rejects = _join_runs(rest, delimiter)
    frame = pl.concat([alone, joined]).sort("file", "line")
    return Records(frame, rejects)


def _stands_alone(lines: pl.DataFrame, quoted: pl.Series, delimiter: str, columns: int) -> pl.Series:
    """Which lines are complete and of full width; delimiters inside quotes do not count."""
    if columns < _COLUMNS_TO_STAND_ALONE:
        return pl.repeat(value=False, n=lines.height, dtype=pl.Boolean, eager=True)
    wide = lines["raw"].str.count_matches(delimiter, literal=True) >= columns - 1
    likely = quoted & wide
    cells = split_quoted(pl.col("raw"), delimiter).list.len()
    fine = lines.filter(likely).select(_complete(delimiter) & (cells >= columns)).to_series()
    if fine.all():
        return wide
    place = likely.cast(pl.UInt32).cum_sum()
    return wide & (~likely | pl.concat([pl.Series([False]), fine]).gather(place))


def _join_runs(rest: pl.DataFrame, delimiter: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Join the lines of each run by open quotes; peel the first line of what is broken and try again."""
    done, rejects = [], []
    for _ in range(_TRIES):
        if rest.is_empty():
            break
        quotes = pl.col("raw").str.count_matches('"', literal=True)
        opened = (quotes.cum_sum() - quotes).over("run") % 2
        rest = rest.with_columns(record=(opened == 0).cast(pl.UInt32).cum_sum())
        records = rest.group_by("record", maintain_order=True).agg(
            *(pl.col(name).first() for name in ("file", "line", "run")),
            pl.col("raw").str.join("\n"),
            lines=pl.len().cast(pl.Int32),
        )
        records = records.with_columns(is_fine=_complete(delimiter))
        broken = records.filter(~pl.col("is_fine")).unique("run", keep="first", maintain_order=True)
        first_broken = pl.col("record") >= pl.col("broken")
        of_run = broken.select("run", broken="record")
        records = records.join(of_run, on="run", how="left", maintain_order="left")
        done.append(records.filter(first_broken.fill_null(value=False).not_()))
        rest = rest.join(of_run, on="run", how="inner", maintain_order="left").filter(first_broken)
        is_first = rest["line"] == rest.select(pl.col("line").first().over("run")).to_series()
        rejects.append(reject(rest.filter(is_first), _REASON, _EXPECTED))
        rest = rest.filter(~is_first).drop("record", "broken")
    rejects.append(reject(rest, _REASON, _EXPECTED))
    joined = pl.concat([frame.select("file", "line", "raw", "lines") for frame in done])
    joined = joined.with_columns(is_quoted=pl.col("raw").str.contains('"', literal=True))
    return joined, stack(rejects, REJECTS)


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema=REJECTS)


def split_quoted(raw: pl.Expr, delimiter: str) -> pl.Expr:
    """Cut whole records into a list of cells, quotes removed."""
    return (pl.lit(delimiter) + raw).str.extract_all(f"{delimiter}{cell_pattern(delimiter)}")


def unquoted(cell: pl.Expr) -> pl.Expr:
    """A cell of `split_quoted`: without its delimiter, the quotes round it, and with single quotes for doubled."""
    text = cell.str.slice(1)
    inner = text.str.strip_chars(" \t")
    is_quoted = inner.str.starts_with('"')
    return (
        pl.when(is_quoted)
        .then(inner.str.slice(1, inner.str.len_chars() - 2).str.replace_all('""', '"', literal=True))
        .otherwise(text)
    )
