"""What an input makes the readers do: the steps from line to line of their code, and what is said of its records.

Takes contents, gives a set of marks. The readers hand nearly all their work to polars in whole columns, so lines of
Python alone tell little apart; the reasons, repairs and outcomes that come out are marks too, without the numbers in
them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pipelines.readers
from pipelines import check, read
from pipelines.check import Caps
from tests.fuzz.accounts import LOW, Looked, look

_TRACED = (str(Path(pipelines.readers.__file__).parent), str(check.__file__), str(read.__file__))
Mark = tuple[Any, ...]


def caps_for(content: bytes) -> Caps:
    """A fifth of all inputs is read under caps that a file of a few lines goes over; the content says which."""
    return LOW if len(content) % 5 == 0 else Caps()


def marks(content: bytes) -> set[Mark]:
    """Read an input, a quarter of them beside another file too, and say what it did. Raises whatever does not hold."""
    steps: set[Mark] = set()
    with_trace = _tracer(steps)
    before = sys.gettrace()
    sys.settrace(with_trace)
    try:
        looked = look([content], caps_for(content))
    finally:
        sys.settrace(before)
    beside_another(content, looked)
    return steps | _said(looked)


def beside_another(content: bytes, looked: Looked) -> None:
    """Read a quarter of all inputs together with an example of their format."""
    layout = looked.found[0].format
    if layout and len(content) % 4 == 0:
        look([content, str(layout.examples[0]["text"]).lstrip("\n").encode()], caps_for(content))


def _tracer(steps: set[Mark]) -> Callable[[FrameType, str, Any], Any]:
    """A trace function that notes each step from one line to the next in the readers, and looks at nothing else."""

    def called(frame: FrameType, _event: str, _arg: Any) -> Any:
        name = frame.f_code.co_filename
        if not name.startswith(_TRACED):
            return None
        where, last = name[-24:], frame.f_lineno

        def line(inside: FrameType, _what: str, _value: Any) -> Any:
            nonlocal last
            steps.add((where, last, inside.f_lineno))
            last = inside.f_lineno
            return line

        return line

    return called


def _said(looked: Looked) -> set[Mark]:
    """The outcome of the first file, in words without its own numbers and values."""
    file = looked.file()
    found: set[Mark] = {("file", file["format"], file["is_refused"], file["is_truncated"], _plain(file["reason"]))}
    found |= {("detail", file["format"], _plain(piece)) for piece in (file["detail"] or "").split(";")[:3]}
    found |= {("reject", file["format"], row["column_name"], _plain(row["reason"])) for row in looked.rows("rejects")}
    found |= {("repair", file["format"], row["column_name"], row["repair"]) for row in looked.rows("repairs")}
    found.add(("kept", file["format"], min(file["rows_kept"], 3), min(file["rows_rejected"], 3)))
    return found


def _plain(text: str | None) -> str:
    """The words of a message without what is quoted from the file: its numbers, and the headers it names."""
    return re.sub(r"\d+", "#", text or "").partition(":")[0]
