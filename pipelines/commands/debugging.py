"""`--debug`: where in the program a fault arose, without a value of any row.

Takes an exception; writes the files, lines and functions it passed through to stderr, and its kind. The message of
the exception is left out: it may quote what a file holds.
"""

from __future__ import annotations

import sys
import traceback


def show(fault: BaseException) -> None:
    """Write the trail of a fault."""
    for frame in traceback.extract_tb(fault.__traceback__):
        sys.stderr.write(f"  {frame.filename}:{frame.lineno} in {frame.name}\n")
    sys.stderr.write(f"  {type(fault).__module__}.{type(fault).__qualname__}\n")
