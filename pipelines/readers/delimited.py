"""Delimited files: lines to text columns, by the header names of a format.

Takes the contents of some files of one format and where their headers are, gives a `Cut`. Title lines above the
header, blank lines, a header repeated on each page and a totals line at the end are framing. Files with the same
header are cut together. Promises: a row with too few cells, or with something in a cell beyond the header, is
rejected; a column that stands twice with different values refuses the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from pipelines.formats import Format
from pipelines.readers import spreadsheet
from pipelines.readers.cut import (
    REJECTS,
    REPAIRS,
    Caps,
    Cut,
    Seen,
    empty_rejects,
    empty_repairs,
    reject,
    stack,
)
from pipelines.readers.headers import Header, mapping
from pipelines.readers.quotes import join_lines, split_quoted, unquoted
from pipelines.readers.text import BLANK, read_lines

_TOTALS = (
    r"(?i)^\W*(?:grand |sub-?)?totals?\b"
    r"|^\W*(?:number|count|no\.?) of (?:rows|records|candidates)\b"
    r"|^\W*(?:rows|records|count)\W*:"
    r"|^\W*end of (?:report|file)\b"
)
#: how a file is told to part its cells; a sheet has no delimiter
DELIMITER_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "": "sheet"}
_FRAME_ROWS = 3  #: a totals line is one of the last so many


@dataclass(frozen=True)
class Sheet:
    """Records already cut: file, line, raw, lines and cells `0`, `1`, … as text; null where there is no cell."""

    cells: pl.DataFrame
    rejects: pl.DataFrame


def read(contents: Sequence[bytes], headers: Sequence[Header], layout: Format, caps: Caps) -> Cut:
    """Cut the files of one delimited format; `headers` says where the header of each is."""
    lines = read_lines(contents, keep_blank=True)
    seen = [_start(header, layout, longest, caps) for header, longest in zip(headers, lines.longest, strict=True)]
    # what is over a cap is not cut: it is that which the cap is for
    capped = [position for position, one in enumerate(seen) if one.refused]
    headers = [replace(header, cells=header.cells[: caps.columns]) for header in headers]
    ends = pl.Series([header.line + header.lines - 1 for header in headers], dtype=pl.Int32)
    body = lines.frame.filter(lines.frame["line"] > ends.gather(lines.frame["file"]))
    body = body.filter(~pl.col("file").is_in(capped)) if capped else body
    cuts = []
    for group in _alike(headers):
        header = headers[group[0]]
        mine = body.filter(pl.col("file").is_in(group)) if len(group) < len(headers) else body
        cuts.append((header, cut_cells(mine, header.delimiter, _width(header))))
    return assemble(cuts, seen, layout, lines.repairs)


def read_sheet(cells: pl.DataFrame, header: Header, layout: Format, caps: Caps) -> Cut:
    """Cut one sheet of a workbook, whose cells are text already."""
    rows = spreadsheet.body(cells, header, 0, _width(header))
    seen = _start(header, layout, 0, caps)
    return assemble([(header, Sheet(rows, empty_rejects()))], [seen], layout, empty_repairs())


def _start(header: Header, layout: Format, longest: int, caps: Caps) -> Seen:
    unused = _unused(header, layout)
    seen = Seen(
        run_on=header.run_on,
        has_uci_column="uci" in mapping(header.cells, layout),
        delimiter=DELIMITER_WORDS[header.delimiter],
        cells=_cells(header, layout) if len(header.cells) <= caps.columns else "",
        rows_framing=header.line + header.lines - 1,
        detail=f"columns not used: {', '.join(unused)}" if unused else "",
    )
    if longest > caps.line_bytes:
        return seen.refuse("over a cap", f"a line has {longest} bytes; the most that is read is {caps.line_bytes}")
    if len(header.cells) > caps.columns:
        return seen.refuse("over a cap", f"{len(header.cells)} columns; the most that is read is {caps.columns}")
    return seen


def _cells(header: Header, layout: Format) -> str:
    """Which column each cell of a row is, so that a value is found again in the line as it came."""
    names = [""] * len(header.cells)
    for name, places in mapping(header.cells, layout).items():
        for place in places:
            names[place] = name
    return ",".join(names)


def _unused(header: Header, layout: Format) -> list[str]:
    used = {place for places in mapping(header.cells, layout).values() for place in places}
    return [cell.strip() for place, cell in enumerate(header.cells) if cell.strip() and place not in used]


def _width(header: Header) -> int:
    """The cells a row must have: up to the last column with a name."""
    return max(place + 1 for place, cell in enumerate(header.cells) if cell.strip(BLANK))


def _alike(headers: Sequence[Header]) -> list[list[int]]:
    groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for position, header in enumerate(headers):
        groups.setdefault((header.delimiter, header.cells), []).append(position)
    return list(groups.values())


def cut_cells(lines: pl.DataFrame, delimiter: str, width: int) -> Sheet:
    """Cut lines (file, line, raw) into cells; the cell after the last holds what is too much."""
    records = join_lines(lines, delimiter, width)
    plain = records.frame.filter(~pl.col("is_quoted"))
    parts = [
        plain.select(
            "file",
            "line",
            "raw",
            "lines",
            pl.col("raw")
            .str.splitn(delimiter, width + 1)
            .struct.rename_fields([str(n) for n in range(width + 1)])
            .alias("cells"),
        ).unnest("cells")
    ]
    if plain.height < records.frame.height:
        quoted = records.frame.filter("is_quoted")
        cells = quoted.select("file", "line", "raw", "lines", cell=split_quoted(pl.col("raw"), delimiter))
        beyond = pl.col("cell").list.slice(width).list.join("")
        parts.append(
            cells.select(
                *("file", "line", "raw", "lines"),
                *(unquoted(pl.col("cell").list.get(n, null_on_oob=True)).alias(str(n)) for n in range(width)),
                beyond.alias(str(width)),
            )
        )
    return Sheet(pl.concat(parts).sort("file", "line"), records.rejects)


def assemble(cuts: Sequence[tuple[Header, Sheet]], seen: Sequence[Seen], layout: Format, repairs: pl.DataFrame) -> Cut:
    """Sort out framing, reject rows of the wrong width, and name the cells."""
    files = list(seen)
    rows, rejects, comma = [], [], set()
    for header, sheet in cuts:
        width = _width(header)
        cells, framing = _without_framing(sheet.cells, header, width)
        for file, number in framing:
            files[file] = replace(files[file], rows_framing=files[file].rows_framing + number)
        cells, odd = _of_width(cells, header, width)
        rejects += [sheet.rejects, odd]
        places = mapping(header.cells, layout)
        for file, detail in _contradictions(cells, places, header):
            files[file] = files[file].refuse("a column stands twice", detail)
        rows.append(cells.select("file", "line", "raw", *_named(places, layout)))
        if header.delimiter == ";":
            comma |= set(cells["file"].unique().to_list())
    return Cut(
        rows={"": pl.concat(rows).sort("file", "line")},
        rejects=stack(rejects, REJECTS),
        repairs=stack([repairs], REPAIRS),
        files=tuple(files),
        decimal_comma=frozenset(comma),
    )


def _named(places: dict[str, list[int]], layout: Format) -> list[pl.Expr]:
    return [
        (pl.col(str(places[column.name][0])) if column.name in places else pl.lit(None, pl.String)).alias(column.name)
        for column in layout.columns
    ]


def _text(place: int) -> pl.Expr:
    return pl.col(str(place)).str.strip_chars(BLANK)


def _filled(width: int) -> pl.Expr:
    return pl.sum_horizontal([_text(n).fill_null("") != "" for n in range(width)])


def _without_framing(cells: pl.DataFrame, header: Header, width: int) -> tuple[pl.DataFrame, list[tuple[int, int]]]:
    """Take out blank rows, repeated headers and totals; say how many lines they were, by file."""
    is_blank = pl.col("raw").str.strip_chars(BLANK + ',;"').str.len_bytes() == 0
    rest = cells.filter(~is_blank)
    names = [cell.strip() for cell in header.cells[:width]]
    first = next(n for n, name in enumerate(names) if name)
    repeats = rest.filter(_text(first) == names[first])
    same = [_text(n) == name for n, name in enumerate(names)]
    totals = rest.group_by("file", maintain_order=True).tail(_FRAME_ROWS)
    # A totals line begins with the word, and says less than a row does.
    begins = pl.coalesce([pl.when(_text(n) != "").then(_text(n)) for n in range(width)]).str.contains(_TOTALS)
    totals = totals.filter(begins.fill_null(value=False) & (_filled(width) <= max(2, width // 2)))
    frame = pl.concat([repeats.filter(pl.all_horizontal(same)), totals]).unique(["file", "line"])
    if not frame.is_empty():
        rest = rest.join(frame, on=["file", "line"], how="anti", maintain_order="left")
    taken = pl.concat([cells.filter(is_blank), frame]).group_by("file").agg(pl.col("lines").sum()).sort("file")
    return rest, list(taken.iter_rows())


def _of_width(cells: pl.DataFrame, header: Header, width: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    short = pl.col(str(width - 1)).is_null()
    long = pl.col(str(width)).str.strip_chars(BLANK + header.delimiter + '"').fill_null("") != ""
    if not cells.select((short | long).any()).item():
        return cells, cells.clear().pipe(reject, "")
    expected = f"{width} cells"
    odd = [
        reject(cells.filter(short), "has too few cells", expected),
        reject(cells.filter(long & ~short), "has something in a cell beyond the last header", expected),
    ]
    return cells.filter(~short & ~long), stack(odd, REJECTS)


def _contradictions(cells: pl.DataFrame, places: dict[str, list[int]], header: Header) -> list[tuple[int, str]]:
    """Files in which two headers stand for one column and do not say the same."""
    found = []
    for name, several in places.items():
        for other in several[1:]:
            one, two = (pl.col(str(place)).str.strip_chars(BLANK) for place in (several[0], other))
            differ = cells.filter(one.ne_missing(two)).group_by("file").agg(pl.len(), pl.col("line").min())
            pair = " and ".join(f"{header.cells[place].strip()} (column {place + 1})" for place in (several[0], other))
            found += [
                (file, f"{pair} are both {name}, and differ in {rows} rows (first: line {line})")
                for file, rows, line in differ.sort("file").iter_rows()
            ]
    return found
