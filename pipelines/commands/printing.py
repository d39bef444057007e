"""How commands print: tables for people, CSV and JSON for programs, the outcome for whoever watches.

Takes frames of text; writes data to stdout and talk to stderr. CSV and JSON are UTF-8 whatever the console is. A
terminal never receives a control character that stood in a file, and no more rows than anyone reads; what is held
back is announced, with the way to have it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

from pipelines.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

#: rows shown on a terminal; off a terminal there is no limit
SCREEN_ROWS = 500
_WIDEST, _NARROWEST = 60, 14

#: what could move the cursor, ring, or turn the direction of writing: all of it becomes a space
CONTROLS = "[\\x00-\\x1f\\x7f-\\x9f\\x{200e}\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]"


def say(message: str) -> None:
    """Tell something that is not data."""
    sys.stdout.flush()
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


def write(text: str) -> None:
    """Write data for people, as far as the console has its characters."""
    sys.stdout.write(text)


def write_exactly(text: str) -> None:
    """Write data for programs: UTF-8, line ends as given, on every system."""
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(text)
    else:
        binary.write(text.encode("utf-8"))
        binary.flush()


def is_terminal() -> bool:
    """Whether data goes to a screen."""
    return sys.stdout.isatty()


def has_colour() -> bool:
    """Whether bold and colour are wanted: on a screen, unless NO_COLOR says otherwise."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns of the screen, within reason."""
    return max(60, min(shutil.get_terminal_size((110, 24)).columns, 240))


def refuse_csv(output: str, command: str) -> None:
    """Raise UsageError for a command whose answer is no table, where CSV is asked for."""
    if output == "csv":
        raise UsageError(f"`{command}` has no CSV.", "Use --format text or --format json.")


def as_json(value: Any) -> str:
    """A value as JSON, as it is written everywhere: indented, keys in their order."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def rows_as_json(frame: pl.DataFrame) -> str:
    """A frame as a JSON list, one object a line."""
    lines = frame.write_ndjson().rstrip("\n")
    # inside a JSON string a line end is always escaped
    return "[\n" + lines.replace("\n", ",\n") + "\n]\n" if lines else "[]\n"


def rows_as_csv(frame: pl.DataFrame) -> str:
    """A frame as CSV: header, CRLF, NULL as nothing."""
    return str(frame.write_csv(line_terminator="\r\n"))


def show(frame: pl.DataFrame, output: str) -> None:
    """Write a frame of text as asked for: a table, CSV or JSON."""
    if output == "csv":
        write_exactly(rows_as_csv(frame))
    elif output == "json":
        write_exactly(rows_as_json(frame))
    elif is_terminal():
        _show_on_screen(frame)
    else:
        write("\n".join(table_lines(frame)) + "\n")


def cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """The same frame, NULL as blank and every control character as a space."""
    import polars as pl

    return frame.with_columns(pl.all().cast(pl.String).fill_null("").str.replace_all(CONTROLS, " "))


def _width(text: pl.DataFrame, name: str) -> int:
    """Characters of the longest value of a column, or of its name."""
    lengths: list[int] = text.select(longest=text[name].str.len_chars().max()).to_series().drop_nulls().to_list()
    return max(len(name), *lengths, 0)


def table_lines(frame: pl.DataFrame) -> list[str]:
    """A frame as lines of plain text: header, rule, rows, columns two spaces apart."""
    import polars as pl

    if not frame.width:
        return []
    text = cleaned(frame)
    widths = {name: _width(text, name) for name in text.columns}
    padded = [pl.col(name).str.pad_end(size) for name, size in widths.items()]
    rows = text.select(pl.concat_str(padded, separator="  ").str.strip_chars_end().alias("line"))["line"]
    head = "  ".join(name.ljust(size) for name, size in widths.items()).rstrip()
    rule = "  ".join("-" * size for size in widths.values())
    return [head, rule, *rows.to_list()]


def record_lines(frame: pl.DataFrame) -> list[str]:
    """A frame too wide for the screen, a row a block: a line for each column that is not blank."""
    import polars as pl

    text = cleaned(frame)
    size = max(map(len, text.columns))
    lines = [
        pl.when(pl.col(name) != "").then(pl.concat_str(pl.lit(f"{name:<{size}}  "), pl.col(name), pl.lit("\n")))
        for name in text.columns
    ]
    blocks = text.select(pl.concat_str(lines, ignore_nulls=True).alias("block"))["block"]
    return [block.rstrip("\n") + "\n" for block in blocks.to_list()]


def _fits(frame: pl.DataFrame, screen: int) -> bool:
    """Whether the screen can give every column of a table what it needs to be read."""
    return sum(min(_width(frame, name), _NARROWEST) + 2 for name in frame.columns) <= screen


def _show_on_screen(frame: pl.DataFrame) -> None:
    """A table fitted to the screen: long values are cut, and no more rows than anyone reads."""
    if not frame.width:
        return
    shown = cleaned(frame.head(SCREEN_ROWS))
    if _fits(shown, width()):
        _show_table(shown)
    else:
        write("\n".join(record_lines(shown)))
    if frame.height > SCREEN_ROWS:
        say(f"{SCREEN_ROWS:,} of {frame.height:,} rows are shown; --format csv has them all.")


def _show_table(shown: pl.DataFrame) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    style = "bold" if has_colour() else ""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style=style)
    for name in shown.columns:
        table.add_column(Text(name), overflow="ellipsis", no_wrap=True, max_width=_WIDEST)
    for row in shown.iter_rows():  # at most a screenful or two: this is printing, not work on data
        table.add_row(*map(Text, row))
    Console(highlight=False, no_color=not has_colour()).print(table)
