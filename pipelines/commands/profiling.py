"""Where the time of a run went, for `resultsday run --profile`.

Takes the manifest of a run; gives lines: seconds of each stage, and the ten dearest tables and rules. Nothing is
measured here: the same figures stand in `run.json`. Two statements run at a time, so theirs add up to more than
their stage.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: of the tables, and of the rules
MOST = 10


def lines(manifest: Mapping[str, Any]) -> list[str]:
    """The lines, the dearest first, equal ones by name; the stages in the order they ran in."""
    timings = manifest["timings"]
    told = ["Seconds of each stage:"]
    told += [_line(name, timings["stages"][name]) for name in _in_their_order(timings["stages"])]
    for kind, what in (("joins", "tables"), ("rules", "rules")):
        seconds = timings[kind]
        dearest = sorted(seconds.items(), key=lambda one: (-one[1], one[0]))[:MOST]
        # the exact sum, whatever the order: `run.json` has them by name
        together = fsum(seconds.values())
        told.append(f"Seconds of the dearest {what}, of {len(seconds)} that took {together:.3f} together:")
        told += [_line(name, taken) for name, taken in dearest]
    return told


def _in_their_order(stages: Mapping[str, float]) -> list[str]:
    """`run.json` sorts its words; a stage nobody listed here comes last."""
    order = ("receive", "read and check", "join", "rules", "report")
    return sorted(stages, key=lambda name: (order.index(name) if name in order else len(order), name))


def _line(name: str, seconds: float) -> str:
    return f"{seconds:9.3f}  {name}"
