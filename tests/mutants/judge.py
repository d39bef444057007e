"""Which mutants of a rule its own cases let live.

Takes a rule; gives a `Verdict`: how many mutants were made, and of each that every case is content with, what of its
findings differs where no case looks. A mutant dies at the first case that says otherwise than drawn, or where it
cannot run. The database of a case is made once, and all that still live are asked in it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from pipelines.errors import UsageError
from pipelines.rules import Rule
from tests.mutants.mutate import Mutant, mutants, respelled
from tests.rule_cases import Case, Said, ask, opened, read_cases, said_and_wanted


@dataclass(frozen=True)
class Survivor:
    """A mutant that no case notices, and what of its findings differs unseen."""

    name: str
    unseen: str


@dataclass(frozen=True)
class Verdict:
    """How the mutants of one rule fared; `broken` where the rule's own cases do not hold to begin with."""

    code: str
    made: int = 0
    survivors: tuple[Survivor, ...] = ()
    seconds: float = 0.0
    broken: str = ""


@dataclass
class _Living:
    mutant: Mutant
    rule: Rule
    unseen: set[str] = field(default_factory=set)


def _faulty(rule: Rule, mutant: Mutant) -> Rule:
    return replace(rule, file=replace(rule.file, query=mutant.sql))


def _clear(con: Any) -> None:
    con.execute("DELETE FROM found")
    con.execute("DELETE FROM rule_counts")


def _differs(right: Said, wrong: Said) -> set[str]:
    """The columns in which two answers differ, or that their rows are others altogether."""
    if len(right[0]) != len(wrong[0]):
        return {"the number of findings"}
    ordered = [sorted(one[0], key=lambda row: [str(value) for value in row.values()]) for one in (right, wrong)]
    pairs = zip(*ordered, strict=True)
    columns = {name for first, second in pairs for name in first if first[name] != second[name]}
    return columns | ({"looked_at"} if right[1] != wrong[1] else set())


def _holds(case: Case, said: Said) -> bool:
    answer, wanted = said_and_wanted(case, *said)
    return answer == wanted


def _in_case(rule: Rule, case: Case, living: list[_Living]) -> list[_Living] | None:
    """Those that the case lets live; None where the rule itself does not hold in it."""
    left: list[_Living] = []
    waiting = list(living)
    right: Said | None = None
    while waiting or right is None:
        with opened(rule, case) as con:
            con.execute("SET threads = 1")
            right = ask(con, rule, case)
            if not _holds(case, right):
                return None
            while waiting:
                one = waiting.pop(0)
                _clear(con)
                try:
                    said = ask(con, one.rule, case)
                except (duckdb.Error, UsageError):
                    # it is dead, and so is the transaction: the case is opened again for the others
                    break
                if _holds(case, said):
                    one.unseen |= _differs(right, said)
                    left.append(one)
    return left


def _rows_drawn(case: Case) -> int:
    return sum(len(rows) for rows in case.tables.values())


def judge(rule: Rule) -> Verdict:
    """Try every mutant of a rule on its cases."""
    started = time.perf_counter()
    made = list(mutants(rule.file.query))
    # what the parser makes of the rule must hold too, or its mutants would die of the parser
    rule = _faulty(rule, Mutant("", respelled(rule.file.query)))
    living = [_Living(one, _faulty(rule, one)) for one in made]
    # the most crowded case kills most of them
    for case in sorted(read_cases(rule.file.cases), key=_rows_drawn, reverse=True):
        left = _in_case(rule, case, living)
        if left is None:
            return Verdict(rule.code, len(made), broken=case.name, seconds=time.perf_counter() - started)
        living = left
    survivors = tuple(Survivor(one.mutant.name, ", ".join(sorted(one.unseen))) for one in living)
    return Verdict(rule.code, len(made), survivors, time.perf_counter() - started)
