"""`python -m tests.mutants [CODE …]`: try the mutants of every rule, or of those named, or of the readers of files.

`readers` is all of those, `readers.values` one of their modules. Takes `sql/rules/` and `survivors.toml`, or
`pipelines/readers/` and `reader_survivors.toml`; gives a line a rule or module, then what is to be done. Exit code 0
when every survivor has its reason and every reason its survivor, else 1. `--explained` shows those with a reason too.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from pipelines import resources
from pipelines.rules import Rule, load_rules
from tests.mutants.judge import Verdict, judge
from tests.mutants.survivors import KEPT, READERS_KEPT, Explained, load, outlived, unexplained

PROCESSES = 2


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _all(rules: Sequence[Rule], entries: Sequence[Explained]) -> list[Verdict]:
    """Every rule judged, the longest first, and a line on each as it is done."""
    verdicts = []
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(PROCESSES, len(rules)), mp_context=context) as pool:
        longest_first = sorted(rules, key=lambda rule: (-len(rule.file.query), rule.code))
        for done in as_completed([pool.submit(judge, rule) for rule in longest_first]):
            verdict = done.result()
            verdicts.append(verdict)
            new = len(unexplained(verdict, entries))
            _say(
                f"{len(verdicts):>3}/{len(rules)}  {verdict.code:<32} {verdict.made:>4} mutants  "
                f"{len(verdict.survivors) - new:>3} explained  {new:>3} survive  {verdict.seconds:>6.1f} s"
                + ("  ITS OWN CASES DO NOT HOLD" if verdict.broken else "")
            )
    return sorted(verdicts, key=lambda verdict: verdict.code)


def _report(
    verdicts: Sequence[Verdict], entries: Sequence[Explained], whole: bool, explained: bool, kept: Path = KEPT
) -> bool:
    """Say what is to be done; True when there is nothing."""
    good = True
    for verdict in verdicts:
        if verdict.broken:
            good = False
            _say(f"\n{verdict.code}: put its own cases or tests right first: {verdict.broken}")
        new = unexplained(verdict, entries)
        good = good and not new
        for title, survivors in (
            ("no case notices; draw one, or give the reason in " + kept.name, new),
            ("explained", [one for one in verdict.survivors if explained and one not in new]),
        ):
            if survivors:
                _say(f"\n{verdict.code}: {title}")
            for one in survivors:
                _say(f"  {one.name}" + (f"\n      differs unseen in: {one.unseen}" if one.unseen else ""))
    stale = outlived(verdicts, entries, whole)
    for code, name in stale:
        _say(f"\n{code}: explained in {kept.name}, but it does not survive: {name}")
    return good and not stale


def _readers(names: Sequence[str], explained: bool) -> int:
    """The same for readers; the exit code."""
    from tests.mutants.readers import judge_readers, modules  # rules need no pytest

    unknown = set(names) - set(modules())
    if unknown:
        _say(f"There is no module {min(unknown)} among the readers.")
        return 2
    entries, started = load(READERS_KEPT), time.perf_counter()
    verdicts = judge_readers(names or list(modules()), entries)
    good = _report(verdicts, entries, not names, explained, READERS_KEPT)
    _totals(verdicts, started)
    return 0 if good and verdicts else 1


def _totals(verdicts: Sequence[Verdict], started: float) -> None:
    made = sum(verdict.made for verdict in verdicts)
    alive = sum(len(verdict.survivors) for verdict in verdicts)
    _say(f"\n{made} mutants, {made - alive} killed, {alive} survive, in {time.perf_counter() - started:.0f} s.")


def main(arguments: Sequence[str]) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(prog="make mutants", description="Would the cases notice a wrong rule?")
    parser.add_argument("codes", nargs="*", help="rules, all where none is named; readers, readers.MODULE")
    parser.add_argument("--explained", action="store_true", help="show the survivors with a reason too")
    asked = parser.parse_args(arguments)
    if asked.codes and all(code.split(".")[0] == "readers" for code in asked.codes):
        return _readers([code.partition(".")[2] for code in asked.codes if "." in code], asked.explained)
    rules = load_rules(resources.sql() / "rules")
    unknown = set(asked.codes) - {rule.code for rule in rules}
    if unknown:
        _say(f"There is no rule {min(unknown)} in sql/rules.")
        return 2
    chosen = [rule for rule in rules if not asked.codes or rule.code in asked.codes]
    entries, started = load(), time.perf_counter()
    verdicts = _all(chosen, entries)
    good = _report(verdicts, entries, not asked.codes, asked.explained)
    _totals(verdicts, started)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
