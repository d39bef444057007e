"""Two tellings beside each other: per rule what appeared, vanished and says something else; and which outputs differ.

Takes two `Told`, of whatever versions; gives a `Difference`, and that in words. Names nobody: a finding is shown by the
first characters of its fingerprint, unless its row is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.golden.telling import Told

_SHOWN = 8
_CHARACTERS = 12
#: of a finding's row, what `show` tells; of it, the key and the message are what a reader knows it by
_TOLD = ("severity", "key", "message", "expected", "found", "cause", "file", "line")


@dataclass(frozen=True)
class OfRule:
    """How the findings of one rule differ."""

    code: str
    before: str | None  #: its status; None where there was no such rule
    after: str | None
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """All that differs."""

    rules: tuple[OfRule, ...]
    appeared: tuple[str, ...]  #: outputs
    vanished: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.rules or self.appeared or self.vanished or self.changed)


def difference(before: Told, after: Told) -> Difference:
    """Hold two tellings beside each other."""
    rules = []
    for code in sorted({*before.rules, *after.rules, *(code for code, _ in (*before.findings, *after.findings))}):
        appeared, vanished, changed = _sides(_of(before.findings, code), _of(after.findings, code))
        statuses = before.rules.get(code), after.rules.get(code)
        if appeared or vanished or changed or statuses[0] != statuses[1]:
            rules.append(OfRule(code, *statuses, appeared, vanished, changed))
    return Difference(tuple(rules), *_sides(before.outputs, after.outputs))


def _of(findings: Mapping[tuple[str, str], str], code: str) -> dict[str, str]:
    return {fingerprint: said for (one, fingerprint), said in findings.items() if one == code}


def _sides(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    return (
        tuple(sorted(set(after) - set(before))),
        tuple(sorted(set(before) - set(after))),
        tuple(sorted(name for name in set(before) & set(after) if before[name] != after[name])),
    )


def in_words(found: Difference, before: Told, after: Told, show: bool = False) -> Iterator[str]:
    """What differs, a line each; with the rows of the findings where `show` asks for them."""
    if not found:
        yield "Nothing differs."
        return
    for rule in found.rules:
        numbers = f"+{len(rule.appeared)} appeared  -{len(rule.vanished)} vanished  ~{len(rule.changed)} changed"
        yield f"{rule.code:<34} {numbers}"
        if rule.before != rule.after:
            yield f"    status: {rule.before or 'no such rule'} -> {rule.after or 'no such rule'}"
        for sign, names, rows in (
            ("+", rule.appeared, after),
            ("-", rule.vanished, before),
            ("~", rule.changed, after),
        ):
            if show:
                for name in names:
                    yield f"    {sign} {name[:_CHARACTERS]}  {_row(rows.rows.get((rule.code, name)))}"
            elif names:
                more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
                yield f"    {sign} {' '.join(name[:_CHARACTERS] for name in names[:_SHOWN])}{more}"
    for sign, names in (("+", found.appeared), ("-", found.vanished), ("~", found.changed)):
        yield from (f"{sign} {name}" for name in names)
    count = sum(len(rule.appeared) + len(rule.vanished) + len(rule.changed) for rule in found.rules)
    outputs = len(found.appeared) + len(found.vanished) + len(found.changed)
    yield f"{len(found.rules)} rules differ, in {count} findings; {outputs} outputs differ."


def _row(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "(its row is not kept)"
    return "  ".join(f"{name}: {row[name]}" for name in _TOLD if row.get(name) is not None)
