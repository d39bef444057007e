"""The mutants that may live, each with its reason: `survivors.toml`.

Takes the kept file and the verdicts; gives what is wrong: a survivor nobody has explained, an explanation of a mutant
that does not survive. An entry names a rule and its mutations one by one; an entry for every rule (`rule = "*"`) has a
pattern that the whole name of a mutation must match.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.judge import Survivor, Verdict

KEPT = Path(__file__).parent / "survivors.toml"
#: The same for the readers of files: `rule` is the name of a module there.
READERS_KEPT = KEPT.with_name("reader_survivors.toml")


@dataclass(frozen=True)
class Explained:
    """One entry: the rule, its mutations or a pattern, and why no case can or need notice."""

    rule: str
    reason: str
    mutations: tuple[str, ...] = ()
    pattern: str = ""

    def covers(self, code: str, name: str) -> bool:
        """Whether the entry explains this mutation of this rule."""
        if self.pattern:
            return re.fullmatch(self.pattern, name) is not None
        return self.rule == code and name in self.mutations


def load(path: Path = KEPT) -> tuple[Explained, ...]:
    """The entries of the kept file; ValueError where one lacks a reason, or names nothing."""
    entries = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", []):
        one = Explained(entry["rule"], entry["reason"], tuple(entry.get("mutations", ())), entry.get("pattern", ""))
        if not one.reason.strip():
            raise ValueError(f"{path.name}: an entry of {one.rule} has no reason.")
        if (one.rule == "*") != bool(one.pattern) or bool(one.pattern) == bool(one.mutations):
            raise ValueError(f"{path.name}: {one.rule} lists mutations; only rule = '*' has a pattern.")
        entries.append(one)
    return tuple(entries)


def unexplained(verdict: Verdict, entries: Sequence[Explained]) -> list[Survivor]:
    """The survivors of a rule that no entry explains."""
    return [one for one in verdict.survivors if not any(entry.covers(verdict.code, one.name) for entry in entries)]


def outlived(verdicts: Sequence[Verdict], entries: Sequence[Explained], whole: bool) -> list[tuple[str, str]]:
    """Rule and mutation, or pattern, of what is explained and does not survive; patterns only in a whole run."""
    alive = {(verdict.code, one.name) for verdict in verdicts for one in verdict.survivors}
    codes = {verdict.code for verdict in verdicts}
    stale = []
    for entry in entries:
        if entry.pattern:
            if whole and not any(entry.covers(code, name) for code, name in alive):
                stale.append((entry.rule, entry.pattern))
        elif whole or entry.rule in codes:
            stale += [(entry.rule, name) for name in entry.mutations if (entry.rule, name) not in alive]
    return stale
