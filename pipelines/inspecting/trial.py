"""A layout tried on the rows that are looked at, by the very code that a run reads files with.

Takes bytes and a layout, gives how many rows would be kept, or why the file would be refused; writes nothing.
"""

from __future__ import annotations

from pipelines import read
from pipelines.formats import Format
from pipelines.inspecting.fits import Trial
from pipelines.read import Caps, Recognised
from pipelines.readers import tables

_ID = "inspected"


def try_layout(content: bytes, found: Recognised, layout: Format, caps: Caps) -> Trial:
    """Read and check rows by a layout, as a run would."""
    cut = read.read([content], [found], layout, caps)
    checked = tables.check(cut, layout, [_ID])
    seen, total = checked.files[0], checked.read[0]
    if seen.refused:
        return Trial(total, 0, seen.refused, seen.detail)
    rejected = checked.rejects.select("file", "line").n_unique()
    return Trial(total, total - rejected)
