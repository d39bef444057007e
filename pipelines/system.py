"""What one system allows and another does not: names of files, and signs that a console can show.

Takes names and streams; gives names that Windows, macOS and Linux all take, and streams that never fail on a sign.
What differs in links, locks and renames is in `files.py`, which alone does such things.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import Any

#: what Windows takes for a device, whatever follows after a dot
_DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])
#: signs of ours as plain ones; of any other letter the one without its mark is shown
_PLAIN = {
    "▲": "^", "▼": "v", "●": "*", "○": "o", "→": "->", "−": "-", "–": "-", "—": "-", "·": "-", "…": "...", "≥": ">=",
    "≤": "<=", "×": "x", "✓": "+", "✗": "x", "’": "'", "‘": "'", "“": '"', "”": '"',
}  # fmt: skip
_HANDLER = "resultsday.plain"


def file_name(value: str, allowed: str) -> str:
    """A value as the name of a file: letters, digits and what is allowed stay; all else is a dash.

    What Windows would take for a device (`con`, `com1`) gets a dash at its end. Nothing else it refuses can be left.
    """
    name = "".join(one if (one.isascii() and one.isalnum()) or one in allowed else "-" for one in value)
    return f"{name}-" if name.casefold() in _DEVICES else name


def _as_plain(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    signs = fault.object[fault.start : fault.end]
    return "".join(_PLAIN.get(sign) or _without_mark(sign) for sign in signs), fault.end


def _without_mark(sign: str) -> str:
    letter = unicodedata.normalize("NFKD", sign)[0]
    return letter if letter.isascii() else "?"


def make_lenient(stream: Any) -> None:
    """Have a stream write a plain sign for each that its encoding lacks, as code page 1252 lacks ▲; never an error."""
    codecs.register_error(_HANDLER, _as_plain)
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=_HANDLER)
