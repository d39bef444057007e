"""`make crash`: every kind of operation of a whole run, at every place, in every way it can fail.

Some 970 faults, an hour on two cores.

Takes nothing; gives a line for each place where something did not hold, and counts. A place is gone through at its
first time and, where it comes again, at its last; of tables, parts and files of findings, which are written by the
same lines, the first, a middle and the last are taken, or all of them with `--all`. `--part 1/3` is the first of its
thirds, each a sample of the whole, to run one after another or side by side. Exit code 0 when everything held.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator

from tests.crash.faults import Fault
from tests.crash.ground import Field, make_field, scratch

HOW = ("once", "ever", "full", "killed")
SIGNALS = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129, "SIGKILL": -9}
STAGES = {"receive": (1,), "read": (1, 3), "join": (1, 20), "rules": (1, 30), "report": (1,), "publish": (1,)}
SIZES = [1 << power for power in range(8, 23)]
_TELL = 50  #: faults between two words on how far it is
_ALIKE = re.compile(r"(tables|by-rule|cache/[^/]*)/[^/]*\.(parquet|csv)")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def places(field: Field, takes_all: bool) -> list[tuple[str, str, int]]:
    """Operations with their places and times, as a run that does not fail does them."""
    log = field.place / "operations"
    field.fails({"kind": "record", "to": str(log)})
    seen = Counter((name, place) for name, place in map(json.loads, log.read_text(encoding="utf-8").splitlines()))
    alike: dict[tuple[str, str], list[str]] = {}
    for name, place in seen:
        alike.setdefault((name, _ALIKE.sub(r"\1/*.\2", place)), []).append(place)
    found = []
    for (name, _), mine in sorted(alike.items()):
        chosen = sorted(mine) if takes_all else sorted({min(mine), sorted(mine)[len(mine) // 2], max(mine)})
        found += [(name, place, nth) for place in chosen for nth in sorted({1, seen[name, place]})]
    return found


def faults(field: Field, takes_all: bool) -> Iterator[tuple[Fault, set[int]]]:
    """Every fault, and the exit codes that a run with it may have."""
    for name, place, nth in places(field, takes_all):
        for how in HOW:
            fault = {"kind": "operation", "how": how, "operation": name, "place": place, "nth": nth}
            yield fault, {-9, 0} if how == "killed" else {0, 13}
        fault = {"kind": "operation", "how": "SIGTERM", "operation": name, "place": place, "nth": nth}
        yield fault, {143, 0}
    for stage, times in STAGES.items():
        for nth in times:
            for name, code in SIGNALS.items():
                fault = {
                    "kind": "stage",
                    "stage": stage,
                    "nth": nth,
                    "signal": name,
                    "is_real": stage in ("join", "rules"),
                }
                yield fault, {code}
    for size in SIZES:
        yield {"kind": "size", "bytes": size}, {0, 13}
    if field.has_shim:
        for call, number in (("write", 28), ("write", 5), ("fsync", 5), ("rename", 5), ("open", 28), ("write", 0)):
            for nth in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 200):
                for how in ("once", "ever") if number else ("killed",):
                    fault = {"kind": "below", "call": call, "nth": nth, "errno": number, "how": how}
                    yield fault, {0, 13} if number else {-9, 0}


def tried(field: Field, fault: Fault, codes: set[int]) -> str:
    """What did not hold; "" where everything did."""
    try:
        ground, ended = field.fails(fault, is_known=not fault.get("is_real"))
        assert ended.code in codes, ended
        field.converges(ground)
    except AssertionError as error:
        return f"{fault}: {str(error)[:600]}"
    return ""


def _part(text: str) -> tuple[int, int]:
    """Which part of how many: `2/3`."""
    part, _, parts = text.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise argparse.ArgumentTypeError("a part and how many there are, as 1/3")
    return int(part), int(parts)


def main() -> int:
    """Go through all of them."""
    parser = argparse.ArgumentParser(prog="make crash")
    parser.add_argument("--all", action="store_true", help="every table, part and file of findings")
    parser.add_argument("--only", default="", help="the kind of fault: operation, stage, size or below")
    parser.add_argument("--part", type=_part, default=(1, 1), help="which part of how many, as 1/3")
    asked = parser.parse_args()
    part, parts = asked.part
    place, begun, wrong, done = scratch("all"), time.monotonic(), 0, Counter[str]()
    try:
        field = make_field(place)
        for number, (fault, codes) in enumerate(faults(field, asked.all)):
            if number % parts != part - 1 or asked.only not in ("", fault["kind"]):
                continue
            done[fault["kind"]] += 1
            if done.total() % _TELL == 0:
                _say(f"{done.total()} done, {wrong} did not hold, {(time.monotonic() - begun) / 60:.0f} minutes")
            if said := tried(field, fault, codes):
                wrong += 1
                _say(said)
        field.server.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)
    counts = ", ".join(f"{count} {kind}" for kind, count in done.items())
    _say(f"{wrong} of {done.total()} did not hold ({counts}), {(time.monotonic() - begun) / 60:.0f} minutes")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
