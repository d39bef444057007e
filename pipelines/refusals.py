"""What a person is told where there is nothing to make a run of.

Takes what was received, or the tables of what was read; gives the words, and what to do. Names of files, of nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipelines.receive import Reception


def no_input(inboxes: Iterable[Path], reception: Reception) -> tuple[str, str]:
    """No file was received."""
    where = ", ".join(str(inbox) for inbox in inboxes)
    lines = [f"  {one.name}: {one.reason}. {one.detail}" for one in reception.refused]
    what = f"There is no file to read in {where}."
    if lines:
        what = "\n".join([f"No file in {where} could be received:", *lines])
    return what, "Put the results files and reports there as they were downloaded, then run again."


def nothing_usable(con: Any) -> tuple[str, str]:
    """Files were received, and none could be read."""
    refused = con.execute("SELECT name, reason FROM files ORDER BY name, file_id").fetchall()
    lines = [f"  {name}: {reason}" for name, reason in refused[:20]]
    more = [f"  … and {len(refused) - 20} more"] if len(refused) > 20 else []
    return (
        "\n".join(["No file could be used; nothing was published:", *lines, *more]),
        "`resultsday inspect FILE` shows how well each layout fits a file.",
    )
