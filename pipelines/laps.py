"""How long each stage took, in seconds, for the manifest.

Takes the moments at which stages end; gives what lies between them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass
class Clock:
    """Seconds of each stage."""

    laps: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        """Say that a stage has ended just now."""
        now = time.perf_counter()
        self.laps[stage] = round(now - self.last, 4)
        self.last = now


def rounded(seconds: Mapping[str, float]) -> dict[str, float]:
    """To a tenth of a millisecond."""
    return {name: round(value, 4) for name, value in seconds.items()}
