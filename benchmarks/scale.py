"""What a whole run costs as centres become more: seconds by stage, peak memory, and a second run with one file changed.

Takes the numbers of centres; makes each nation (`benchmarks.nation`), runs the program over it as a process of its own
without pages for each centre, checks that exactly what was planted is found, alters one file, and runs again. Prints a
row for each number: seconds of reading and checking, of all, their ratio, the peak of memory, what the second run cost
of the first, and how time grew with the lines since the row before.

    python -m benchmarks.scale 10 100 1000 [--folder DIR] [--memory 4GB]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import nation

HEADINGS = (
    "centres",
    "lines",
    "reading and checking",
    "whole run",
    "of reading",
    "peak memory",
    "again, one file changed: reading",
    "again: whole",
    "time by lines since the row above",
)
_MIB = 1024  #: of the kilobytes in which the system counts a process's memory


@dataclass(frozen=True)
class Cost:
    """What one run cost, and what it said."""

    whole: float  #: seconds
    reading: float  #: seconds
    peak: float  #: MiB
    manifest: dict[str, Any]

    @property
    def lines(self) -> int:
        """Lines read, of all files."""
        return int(self.manifest["sums"]["lines"]["lines"])


def run(inbox: Path, data: Path, memory: str) -> Cost:
    """One run in a process of its own; SystemExit where it fails."""
    command = [sys.executable, "-m", "pipelines.cli", "run", "--inbox", str(inbox), "--data", str(data), "--quiet"]
    settings = {"RESULTSDAY_CENTRE_REPORTS": "false", "RESULTSDAY_DUCKDB_MEMORY": memory}
    started = time.perf_counter()
    child = subprocess.Popen([*command, "--as-of", nation.AS_OF], env={**os.environ, **settings})
    _, status, used = os.wait4(child.pid, 0)
    whole = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"the run ended with {child.returncode}")
    manifest = json.loads((data / "current" / "run.json").read_text(encoding="utf-8"))
    return Cost(whole, manifest["timings"]["stages"]["read and check"], used.ru_maxrss / _MIB, manifest)


def planted_and_found(manifest: dict[str, Any], centres: int) -> tuple[dict[str, int], dict[str, int]]:
    """Findings at error: those that were planted and what follows from them, and all that were told."""
    planted = nation.expected(centres)
    planted["missing_from_edi"] = nation.STATEMENTS * planted["missing_uci"]  # each statement of theirs
    told = {one["code"]: one["found"] for one in manifest["findings"]["by_code"] if one["severity"] == "error"}
    return dict(+planted), told


def alter(inbox: Path) -> None:
    """Say another grade in one report, as a corrected file would."""
    report = inbox / str(nation.FIRST) / "candidate_achievement_report.csv"
    report.write_bytes(report.read_bytes().replace(b",90,M,", b",90,P,", 1))


def measure(centres: int, folder: Path, memory: str) -> tuple[list[str], Cost]:
    """One row of the table."""
    inbox, data = folder / "inbox", folder / "data"
    nation.make(inbox, centres)
    first = run(inbox, data, memory)
    planted, found = planted_and_found(first.manifest, centres)
    if planted != found:
        raise SystemExit(f"planted {planted}, found {found}")
    alter(inbox)
    again = run(inbox, data, memory)
    row = [
        f"{centres:,}",
        f"{first.lines:,}",
        f"{first.reading:.1f} s",
        f"{first.whole:.1f} s",
        f"{first.whole / first.reading:.1f} ×",
        f"{first.peak:,.0f} MiB",
        f"{again.reading / first.reading:.0%}",
        f"{again.whole / first.whole:.0%}",
    ]
    return row, first


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("centres", nargs="+", type=int)
    asked.add_argument("--folder", type=Path, help="where the files are made, and left")
    asked.add_argument("--memory", default="3GB", help="what DuckDB may take")
    options = asked.parse_args(arguments)
    say(f"| {' | '.join(HEADINGS)} |")
    say("|" + "---|" * len(HEADINGS))
    last: Cost | None = None
    for centres in options.centres:
        with tempfile.TemporaryDirectory(dir=options.folder) as name:
            row, cost = measure(centres, Path(name), options.memory)
        growth = f"{cost.whole / last.whole / (cost.lines / last.lines):.2f}" if last else "–"
        say(f"| {' | '.join([*row, growth])} |")
        last = cost


if __name__ == "__main__":
    main()
