"""Others beside us: the same files, the same three checks, each in a process of its own, in turn.

    python -m benchmarks.peers [--rows 100000] [--turns 3] [--python PATH] [--without NAME ...]

Makes a morning with faults of known number, has each side find them once on a small one and then in turn on the big
one, and prints medians of wall seconds, processor seconds and peak memory. What finds another number than was planted
stops the measurement. pandas, dbt and pointblank are in the dependency group `peers`, which uv puts into an environment
that is thrown away; `--python` names the Python of one that is there already. This process imports nothing large: a
child's peak would begin at its parent's.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.inputs import CODES, Planted, make

ROOT = Path(__file__).resolve().parent.parent.parent
FLOOR, PANDAS, OURS, WHOLE = "bare polars", "pandas, slices", "ours, three rules", "ours, every rule and report"
#: each side: the module or command, and whether it needs the group `peers`
SIDES: dict[str, tuple[tuple[str, ...], bool]] = {
    FLOOR: (("benchmarks.peers.polars_bare",), False),
    OURS: (("pipelines.cli", "check", "--rules", ",".join(CODES)), False),
    PANDAS: (("benchmarks.peers.pandas_slices",), True),
    "dbt-duckdb": (("benchmarks.peers.dbt_build",), True),
    "bare polars + pointblank": (("benchmarks.peers.pointblank_checks",), True),
    WHOLE: (("pipelines.cli", "run"), False),
}


@dataclass(frozen=True)
class Spent:
    """What one process took, its own children included: seconds, seconds of all cores, MiB at its highest."""

    wall: float
    processor: float
    peak: float


def environment(folder: Path) -> Path:
    """The Python of an environment that holds the group `peers` alone; uv is needed, and the package index."""
    beside = Path(sys.executable).with_name("uv")
    uv = shutil.which("uv") or (str(beside) if beside.exists() else None)
    if uv is None:
        raise SystemExit("Install uv, or name the Python of an environment that has the group: --python PATH")
    asked = [uv, "sync", "--frozen", "--only-group", "peers", "--no-install-project", "--quiet", "--python"]
    place = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(folder)}
    subprocess.run([*asked, sys.executable], cwd=ROOT, env=place, check=True)
    return folder / "bin" / "python"


def command(side: str, peers: Path | None, inbox: Path, out: Path) -> list[str]:
    """What is started for a side."""
    (module, *words), is_peer = SIDES[side]
    python = str(peers) if is_peer and peers else sys.executable
    if module != "pipelines.cli":
        return [python, "-m", module, str(inbox), str(out)]
    asked = ["--inbox", str(inbox), "--data", str(out), "--as-of", "2026-08-10T08:30", "--quiet", "--format", "json"]
    return [python, "-m", module, *words, *asked]


def found_by(said: str) -> dict[str, int]:
    """The number of each fault, out of what a side printed."""
    told = json.loads(said if said.startswith("{\n") else said.strip().splitlines()[-1])
    return {code: int(told["rules"][code]["found"] if "rules" in told else told[code]) for code in CODES}


def measure(side: str, peers: Path | None, inbox: Path, planted: Planted, folder: Path) -> Spent:
    """Run a side once, in an empty folder; SystemExit where it fails, or finds another number than was planted."""
    out, said = folder / "out", folder / "said.txt"
    out.mkdir()
    started = time.perf_counter()
    with said.open("w") as stream, (folder / "talk.txt").open("w") as talk:
        one = subprocess.Popen(
            command(side, peers, inbox, out),
            cwd=ROOT,
            stdout=stream,
            stderr=talk,
            env={**os.environ, "TMPDIR": str(out)},
        )
        _, status, used = os.wait4(one.pid, 0)
    wall = time.perf_counter() - started
    one.returncode = os.waitstatus_to_exitcode(status)
    # 1 is the word of our own check that there are errors
    if one.returncode not in (0, 1) or not said.stat().st_size:
        raise SystemExit(f"{side} ended with {one.returncode}:\n{(folder / 'talk.txt').read_text()[-2000:]}")
    if (found := found_by(said.read_text(encoding="utf-8"))) != vars(planted):
        raise SystemExit(f"{side} found {found}, planted were {vars(planted)}")
    shutil.rmtree(out)
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def table(spent: dict[str, list[Spent]], rows: int) -> str:
    """The medians, each beside our three rules and beside the floor."""
    middle = {
        side: Spent(
            *(statistics.median(getattr(turn, name) for turn in turns) for name in ("wall", "processor", "peak"))
        )
        for side, turns in spent.items()
    }
    lines = [
        f"| {rows:,} R5 lines | wall s | processor s | peak MiB | × bare polars, wall | × bare polars, processor |",
        "|---|---|---|---|---|---|",
    ]
    floor = middle[FLOOR]
    for side, one in middle.items():
        ratios = f"{one.wall / floor.wall:.2f} | {one.processor / floor.processor:.2f}"
        lines.append(f"| {side} | {one.wall:.2f} | {one.processor:.2f} | {one.peak:,.0f} | {ratios} |")
    for side, aim in ((OURS, "at least 4"), (WHOLE, "at least 1")):
        if side in middle and PANDAS in middle:
            wall = middle[PANDAS].wall / middle[side].wall
            processor = middle[PANDAS].processor / middle[side].processor
            lines.append(f"{side}: {wall:.2f} × faster than pandas, {processor:.2f} × in processor time (aim: {aim})")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--turns", type=int, default=3)
    asked.add_argument("--python", type=Path)
    asked.add_argument("--without", nargs="*", default=[], choices=list(SIDES))
    options = asked.parse_args()
    sides = [side for side in SIDES if side not in options.without]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers = options.python or environment(folder / "peers")
        small, big = make(folder / "small", 2_000), make(folder / "big", options.rows)
        for side in sides:
            measure(side, peers, folder / "small", small, folder)
        spent: dict[str, list[Spent]] = {side: [] for side in sides}
        for _ in range(options.turns):
            for side in sides:
                spent[side].append(measure(side, peers, folder / "big", big, folder))
                print(f"{side}: {spent[side][-1]}", file=sys.stderr, flush=True)
    print(f"planted, and found by all: {vars(big)}")
    print(table(spent, options.rows))


if __name__ == "__main__":
    main()
