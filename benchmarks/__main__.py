"""`make bench`: the three figures the program is held to, as ratios measured in one run.

Takes nothing; prints each figure with its floor, medians of paired runs. Nothing here is a test: a busy machine moves
both sides of a ratio alike, and never fails a build.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import centre, read_edi

TURNS = 5
IMPORTS = [sys.executable, "-c", "import polars, duckdb, pandera.polars"]
PROGRAM = [sys.executable, "-m", "pipelines.cli"]


def seconds(command: list[str]) -> float:
    """Wall seconds of one whole process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def whole_run() -> str:
    """(a) A whole first run of a 300-candidate centre, against importing the libraries it stands on."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        centre.make(place / "inbox", 300)
        pairs = []
        for turn in range(TURNS + 1):
            floor = seconds(IMPORTS)
            asked = ["run", "--inbox", str(place / "inbox"), "--data", str(place / f"data{turn}")]
            ours = seconds([*PROGRAM, *asked, "--as-of", "2026-08-10T08:30", "--quiet"])
            pairs.append((ours, floor))
    ours, floor = (statistics.median(side) for side in zip(*pairs[1:], strict=True))
    ratio = statistics.median(ours / floor for ours, floor in pairs[1:])
    return f"(a) whole run, 300 candidates: {ours:.2f} s, bare imports {floor:.2f} s: {ratio:.2f} × (aim: at most 2.5)"


def help_text() -> str:
    """(c) `resultsday --help`, warm."""
    taken = statistics.median([seconds([*PROGRAM, "--help"]) for _ in range(TURNS + 1)][1:])
    return f"(c) resultsday --help: {taken:.2f} s (aim: at most 0.35)"


def main() -> None:
    """Measure and print all three."""
    print(whole_run(), flush=True)
    print("(b) R5 lines to validated Parquet, against the fastest bare script (aim: at least 40 % of its throughput)")
    read_edi.main([])
    print(help_text(), flush=True)


if __name__ == "__main__":
    main()
