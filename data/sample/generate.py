"""Make the sample centre, byte for byte.

Takes nothing but the committed makers and `data/reference/`; rewrites `inbox/`, `weeks/`, `as_of.txt`,
`planted.csv` and `quiet.csv` beside this file. With `--check` it writes nothing, and exits 1 when a file differs, is
missing or is one too many. Promises the same bytes on every machine: fixed seed and dates, nothing compressed.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from maker import (
    cohorts,
    faults_awards,
    faults_claims,
    faults_entries,
    faults_files,
    faults_marks,
    faults_near_people,
    faults_people,
    faults_reports,
    faults_results,
    faults_series,
    faults_tracker,
    inbox,
    quiet,
    weeks_second,
    weeks_third,
)
from maker.model import World

HERE = Path(__file__).resolve().parent
SEED = 20260810


def make() -> dict[str, bytes]:
    """Every file of the sample, by its path below this folder."""
    world = World(SEED)
    for part in (cohorts, quiet, faults_people, faults_entries, faults_claims, faults_results, faults_awards):
        part.everyone(world)
    faults_files.rows_first(world)
    # what came later comes last, so that everybody before stays who they were
    for part in (faults_marks, faults_tracker, faults_reports, faults_near_people, faults_series):
        part.everyone(world)
    made = inbox.files(world)
    # each Monday changes the rows of the one before, so its files are written before the next begins
    second = weeks_second.everyone(world)
    made |= second.files()
    return made | weeks_third.everyone(world, second).files()


def present() -> dict[str, bytes]:
    """What lies here now."""
    kept = [p for folder in ("inbox", "weeks") for p in (HERE / folder).rglob("*") if p.is_file()]
    kept += [p for p in (HERE / name for name in ("as_of.txt", "planted.csv", "quiet.csv")) if p.is_file()]
    return {p.relative_to(HERE).as_posix(): p.read_bytes() for p in kept}


def main(arguments: list[str]) -> int:
    """Write the sample, or compare it; the exit code says whether it agreed."""
    wanted = make()
    if arguments == ["--check"]:
        here = present()
        different = sorted(name for name in wanted.keys() | here.keys() if wanted.get(name) != here.get(name))
        print("\n".join([f"differs: {name}" for name in different] or ["the sample is as its makers make it"]))
        return 1 if different else 0
    for folder in ("inbox", "weeks"):
        shutil.rmtree(HERE / folder, ignore_errors=True)
    for name, data in wanted.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(wanted)} files, {sum(map(len, wanted.values())):,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
