"""Fixed-width files: lines to text columns, by the layout table of a format.

Takes the contents of some files of one format, gives a `Cut`. A short line is read as if padded with spaces.
Promises: a file whose body does not fit the layout is refused with the evidence, never half-read; a line of an
unknown record type or variant is rejected, not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from pipelines.formats import Column, Format, Variant
from pipelines.readers.cut import REJECTS, Caps, Cut, Seen, reject, stack
from pipelines.readers.framing import NO_CENTRE, Groups, read_framing
from pipelines.readers.text import Lines, read_lines

#: Five digits, a digit or letter, six digits, a check letter; a file to a board may leave the letter blank.
UCI_SHAPE = r"(?i)^\d{5}[0-9A-Z]\d{6}[A-HKLMRTVWXY]? *$"


def read(contents: Sequence[bytes], layout: Format, caps: Caps) -> Cut:
    """Cut the files of one fixed-width format."""
    framing = layout.framing
    if framing is None:
        raise ValueError(f"{layout.name} has no framing")
    lines = read_lines(contents)
    frame = _typed(lines, layout)
    groups = read_framing(frame, framing, len(contents))
    seen = [
        replace(one, rows_framing=one.rows_framing + blank, has_uci_column="uci" in layout.all_columns)
        for one, blank in zip(groups.seen, lines.blank, strict=True)
    ]
    seen = [_capped(one, longest, caps) for one, longest in zip(seen, lines.longest, strict=True)]
    is_cut = _cut_lines(frame, contents, list(framing.types.values()))
    is_body = (frame["type"] == layout.body) & ~is_cut
    is_other = ~is_body & ~is_cut & ~frame["type"].is_in(list(framing.types.values()))
    rows = _columns(_with_group(frame, is_body, groups), layout, lines.plain)
    rejects = [
        reject(
            frame.filter(is_other),
            "unknown record type",
            f"{layout.data_type} and one of {', '.join(sorted({layout.body, *framing.types.values()}))}",
            *("record_type", 1, 2),
        ),
        reject(frame.filter(is_cut), "the file ends within this line", "a whole line"),
    ]
    seen = _fit(seen, rows, layout)
    rows, odd = _known_variants(rows, layout)
    rows, uneven = _repeated(rows, layout)
    return Cut(
        rows={"": rows.drop("group_centre", "variant", strict=False)},
        rejects=stack([*rejects, odd, uneven], REJECTS),
        repairs=lines.repairs,
        files=tuple(seen),
        centres=_centres(groups),
        plain=lines.plain,
    )


def _typed(lines: Lines, layout: Format) -> pl.DataFrame:
    """Add the record type; a line of another data type has the type `?`."""
    is_ours = pl.col("raw").str.starts_with(layout.data_type)
    if not lines.plain:
        is_ours |= pl.col("raw").str.starts_with(layout.data_type.lower())
    return lines.frame.with_columns(type=pl.when(is_ours).then(pl.col("raw").str.slice(1, 1)).otherwise(pl.lit("?")))


def _cut_lines(frame: pl.DataFrame, contents: Sequence[bytes], framing: Sequence[str]) -> pl.Series:
    """The last line of each file that ends without a line end, where it is shorter than the longest: half a record.

    Read as if padded, it would be somebody's result with a digit less.
    """
    ends = [content[-64:].replace(b"\x00", b"").rstrip(b" \t\x1a") for content in contents]
    unended = [file for file, end in enumerate(ends) if not end.endswith((b"\n", b"\r"))]
    if not unended:
        return pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True)
    width = pl.col("raw").str.len_chars()
    is_last = pl.col("line") == pl.col("line").max().over("file")
    is_half = ~pl.col("type").is_in(framing) & (width < width.max().over("file"))
    return frame.select(pl.col("file").is_in(unended) & is_last & is_half).to_series()


def _capped(seen: Seen, longest: int, caps: Caps) -> Seen:
    if longest <= caps.line_bytes:
        return seen
    return seen.refuse("over a cap", f"a line has {longest} bytes; the most that is read is {caps.line_bytes}")


def _with_group(frame: pl.DataFrame, is_body: pl.Series, groups: Groups) -> pl.DataFrame:
    """The body lines with the values of their centre group."""
    body = frame.filter(is_body).drop("type")
    place = groups.of_line.filter(is_body)
    of_group = groups.table.select("group_centre", "board", series_as_sent="group_series", created_at="created_at")
    return body.hstack(of_group[place])


def _slice(column: Column) -> pl.Expr:
    return pl.col("raw").str.slice(column.start - 1, column.width)


def _columns(body: pl.DataFrame, layout: Format, plain: bool) -> pl.DataFrame:
    """Cut every column; one that only some variants have is null in the others."""
    cut = {column.name: _slice(column) for column in layout.columns}
    keep = [name for name in body.columns if name not in cut]
    if layout.variant_by:
        kind = cut[layout.variant_by] if plain else cut[layout.variant_by].str.to_uppercase()
        body = body.with_columns(variant=kind)
        keep.append("variant")
        there = [variant for variant in layout.variants if (body["variant"] == variant.when).any()]
        # Asked once a line, not once a column.
        body = body.with_columns(**{f"is {one.when}": pl.col("variant") == one.when for one in there})
        cut |= _variant_columns(layout, there, is_only=len(there) == 1 and bool(body[f"is {there[0].when}"].all()))
    return body.select(*keep, **cut)


def _variant_columns(layout: Format, there: Sequence[Variant], is_only: bool) -> dict[str, pl.Expr]:
    """The columns of the variants; those of a variant that no line is of cost nothing."""
    nothing = pl.lit(None, dtype=pl.String)
    cut = {column.name: nothing for variant in layout.variants for column in variant.columns}
    for variant in there:
        for column in variant.columns:
            mine = pl.when(f"is {variant.when}").then(_slice(column)).otherwise(cut[column.name])
            cut[column.name] = _slice(column) if is_only else mine
    return cut


def _fit(seen: list[Seen], rows: pl.DataFrame, layout: Format) -> list[Seen]:
    """Refuse the files whose body is not where the layout says."""
    if not layout.fit_uci:
        return seen
    columns = layout.all_columns
    uci = pl.col("uci")
    is_blank = (uci == "") | (uci == " " * columns["uci"].width)
    masks = rows.select(
        "file",
        "line",
        wrong=pl.col("centre_number").ne_missing(pl.col("group_centre")),
        unshaped=~(is_blank | uci.str.contains(UCI_SHAPE)),
        filled=~is_blank,
    )
    if not (masks["wrong"].any() or masks["unshaped"].any()):
        return seen
    facts = masks.group_by("file").agg(
        body=pl.len(),
        wrong=pl.col("wrong").sum(),
        first_wrong=pl.col("line").filter("wrong").min(),
        ucis=pl.col("filled").sum(),
        unshaped=pl.col("unshaped").sum(),
        first_unshaped=pl.col("line").filter("unshaped").min(),
    )
    for row in facts.iter_rows(named=True):
        faults = []
        if row["wrong"]:
            faults.append(
                f"{_where(columns['centre_number'])}: in {row['wrong']} of {row['body']} body lines (first: line "
                f"{row['first_wrong']}) it is not the centre number of the centre header"
            )
        if row["unshaped"] > (1 - layout.fit_uci) * row["ucis"]:
            faults.append(
                f"{_where(columns['uci'])}: {row['unshaped']} of {row['ucis']} (first: line "
                f"{row['first_unshaped']}) do not have the shape of a UCI; at most "
                f"{1 - layout.fit_uci:.0%} may fail"
            )
        if faults:
            seen[row["file"]] = seen[row["file"]].refuse("no layout fits", f"{layout.name}: " + "; ".join(faults))
    return seen


def _where(column: Column) -> str:
    return f"{column.name} (characters {column.start}-{column.start + column.width - 1})"


def _known_variants(rows: pl.DataFrame, layout: Format) -> tuple[pl.DataFrame, pl.DataFrame]:
    if not layout.variant_by:
        return rows, rows.clear().pipe(reject, "")
    known = [variant.when for variant in layout.variants]
    fine = rows["variant"].is_in(known)
    if fine.all():
        return rows, rows.clear().pipe(reject, "")
    column = layout.all_columns[layout.variant_by]
    odd = reject(
        rows.filter(~fine),
        f"unknown {layout.variant_by.replace('_', ' ')}, so its block cannot be read",
        " or ".join(known),
        *(layout.variant_by, column.start, column.start + column.width - 1),
    )
    return rows.filter(fine), odd


def _repeated(rows: pl.DataFrame, layout: Format) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give a row for each of the values that stand several times at the end of a record, one at least.

    They take the place of the one value that their column was cut to.
    """
    repeat = layout.repeat
    if repeat is None:
        return rows, rows.clear().pipe(reject, "")
    tail = pl.col("raw").str.slice(repeat.start - 1).str.strip_chars_end()
    rows = rows.with_columns(tail.str.extract_all(rf"(?s).{{1,{repeat.width}}}").alias(repeat.column))
    said = pl.col(repeat.count).str.strip_chars()
    found = pl.col(repeat.column).list.len()
    fine = rows.select(
        ((said == "") | (said.cast(pl.UInt32, strict=False) == found)).fill_null(value=False)
    ).to_series()
    column = layout.all_columns[repeat.count]
    uneven = reject(
        rows.filter(~fine),
        f"{repeat.count.replace('_', ' ')} does not agree with what follows",
        f"a {repeat.column.replace('_', ' ')} every {repeat.width} characters from {repeat.start}, that many times",
        *(repeat.count, column.start, column.start + column.width - 1),
    )
    return rows.filter(fine).explode(repeat.column, empty_as_null=True), uneven


def _centres(groups: Groups) -> pl.DataFrame:
    return groups.table.filter(pl.col("group_centre").is_not_null() & (pl.col("group_centre") != NO_CENTRE)).select(
        "file", centre_number="group_centre", series_as_sent="group_series"
    )
