"""Masked values: the shape of a text with every letter as x and every digit as 9, so that nobody is named.

Takes texts, gives their shapes.
"""

from __future__ import annotations

import re

import polars as pl

_SHOWN = 3  #: shapes of a column that are shown
_LONGEST = 40  #: characters of a shape
_LINE = 240  #: characters of a masked line


def mask(text: str) -> str:
    """A text with letters as x and digits as 9; what is neither stays, control characters as a dot."""
    shape = re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", text[:_LINE]))
    return re.sub(r"[^\x20-\x7e]", ".", shape)


def masks_of(values: pl.DataFrame) -> str:
    """The commonest shapes of a column of texts, with how many have each."""
    text = values.to_series()
    text = text.filter(text.str.strip_chars() != "")
    letters = text.str.replace_all(r"\pN", "9").str.replace_all(r"\pL\pM*", "x").str.replace_all(r"[^\x20-\x7e]", ".")
    counts = letters.alias("shape").value_counts().sort("count", "shape", descending=[True, False]).head(_SHOWN)
    return ", ".join(f"{shape[:_LONGEST].strip()!r} {count:,} times" for shape, count in counts.iter_rows())
