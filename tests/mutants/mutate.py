"""Every statement that differs from a given one by a single small fault.

Takes the text of one query; gives `Mutant` records, each with the SQL and a name. The name says where (the CTE, the
column), what kind of change, and of what, in the spelling of the parser: so it outlives a reformatting. Promises one
change a mutant, the same mutants in the same order for the same query, and no mutant twice.

Two things are no faults and are not made. A centre is not left out beside a person: a person_id holds its centre, so
nobody is in two. And the names that CASE gives to things are texts, which the cases see or do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sqlglot
from sqlglot import exp

_BOUND = re.compile(r"(?<![:\w]):([a-z_]+)\b")
_FILLED = re.compile(r"\$([a-z_]+)\b")
_LONGEST = 110

#: what puts a change into the tree, and what takes it out again
Change = tuple[Callable[[], None], Callable[[], None]]
#: kind of change, what is changed, the change
Found = tuple[str, str, Change]


@dataclass(frozen=True)
class Mutant:
    """One faulty statement: where and what was changed, and the SQL."""

    name: str
    sql: str


def _said(node: Any) -> str:
    text = str(node.sql("duckdb", comments=False))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _set(node: Any, name: str, value: Any) -> Change:
    before = node.args.get(name)
    return lambda: node.set(name, value), lambda: node.set(name, before)


def _swap(node: Any, other: Any) -> Change:
    """`other` in the place of `node`, which may be a part of `node`; a copy is put in, so the node stays whole."""
    fresh = other.copy()
    return lambda: node.replace(fresh), lambda: fresh.replace(node)


def _both(first: Change, second: Change) -> Change:
    def put() -> None:
        first[0]()
        second[0]()

    def take() -> None:
        second[1]()
        first[1]()

    return put, take


def _without(node: Any, name: str, place: int) -> Change:
    whole = list(node.args[name])
    return (lambda: node.set(name, whole[:place] + whole[place + 1 :])), (lambda: node.set(name, whole))


_COMPARISONS = {
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.LT: (exp.LTE,),
    exp.LTE: (exp.LT,),
    exp.GT: (exp.GTE,),
    exp.GTE: (exp.GT,),
    exp.NullSafeEQ: (exp.NullSafeNEQ, exp.EQ),
    exp.NullSafeNEQ: (exp.NullSafeEQ, exp.NEQ),
}
_SIGNS = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
    exp.NullSafeEQ: "IS NOT DISTINCT FROM", exp.NullSafeNEQ: "IS DISTINCT FROM",
}  # fmt: skip


def _comparison(node: Any) -> Iterator[Found]:
    for kind in _COMPARISONS.get(type(node), ()):
        other = kind(this=node.this.copy(), expression=node.expression.copy())
        yield "comparison", f"{_said(node)} → {_SIGNS[kind]}", _swap(node, other)


def _negation(node: Any) -> Iterator[Found]:
    if isinstance(node, exp.Not):
        yield "NOT dropped", _said(node), _swap(node, exp.paren(node.this.copy()))
    elif isinstance(node, exp.Is) and not isinstance(node.parent, exp.Not):
        yield "NOT added", _said(node), _swap(node, exp.paren(exp.Not(this=node.copy())))
    elif isinstance(node, (exp.Like, exp.ILike)) and node.args.get("negate"):
        yield "NOT dropped", _said(node), _set(node, "negate", False)


def _holds(operand: Any, column: str) -> bool:
    """Whether it is an equation of two such columns; `other_person_id` is a `person_id` too."""
    return isinstance(operand, (exp.EQ, exp.NullSafeEQ)) and all(
        isinstance(side, exp.Column) and side.name.endswith(column) for side in (operand.this, operand.expression)
    )


def _operands(node: Any, kind: Any) -> list[Any]:
    if type(node) is kind:
        return [*_operands(node.this, kind), *_operands(node.expression, kind)]
    return [node]


def _operand(node: Any) -> Iterator[Found]:
    """Each operand of a chain of AND or of OR left out; the chain is met at its outermost node."""
    kind = type(node)
    if kind not in (exp.And, exp.Or) or type(node.parent) is kind:
        return
    parts = _operands(node, kind)
    has_person = kind is exp.And and any(_holds(part, "person_id") for part in parts)
    for place, part in enumerate(parts):
        if has_person and _holds(part, "centre_number"):
            continue
        rest = [one.copy() for one in parts[:place] + parts[place + 1 :]]
        joined = rest[0]
        for one in rest[1:]:
            joined = kind(this=joined, expression=one)
        yield f"operand of {kind.key.upper()} dropped", _said(part), _swap(node, exp.paren(joined))


def _clause(node: Any) -> Iterator[Found]:
    if isinstance(node, exp.Select):
        for clause in ("where", "having"):
            if node.args.get(clause):
                yield f"{clause.upper()} dropped", _said(node.args[clause].this), _set(node, clause, None)
        if node.args.get("distinct"):
            yield "DISTINCT dropped", _said(node.expressions[0]), _set(node, "distinct", None)
    elif isinstance(node, exp.Count) and isinstance(node.this, exp.Distinct):
        yield "DISTINCT dropped", _said(node), _swap(node.this, node.this.expressions[0])
    elif isinstance(node, exp.Union):
        became = "UNION ALL" if node.args.get("distinct") else "UNION"
        second = node.expression.find(exp.From)
        of = f"before {_said(second)}" if second else ""
        yield f"set → {became}", of, _set(node, "distinct", not node.args.get("distinct"))


def _join(node: Any) -> Iterator[Found]:
    if not isinstance(node, exp.Join) or not (node.args.get("on") or node.args.get("using")):
        return
    if node.side == "LEFT":
        yield "LEFT JOIN → INNER", _said(node.this), _set(node, "side", None)
    elif not node.side:
        yield "INNER JOIN → LEFT", _said(node.this), _both(_set(node, "kind", None), _set(node, "side", "LEFT"))


def _aggregate(node: Any) -> Iterator[Found]:
    for kind, other in ((exp.Max, exp.Min), (exp.Min, exp.Max)):
        if type(node) is kind:
            yield f"→ {other.key}", _said(node), _swap(node, other(this=node.this.copy()))
    if isinstance(node, exp.Coalesce):
        yield "default dropped", _said(node), _swap(node, node.this)


def _groups(node: Any) -> Iterator[Found]:
    for holder, name in ((exp.Window, "partition_by"), (exp.Group, "expressions")):
        if not isinstance(node, holder) or not node.args.get(name):
            continue
        columns = node.args[name]
        has_person = any(isinstance(one, exp.Column) and one.name == "person_id" for one in columns)
        for place, column in enumerate(columns):
            if has_person and isinstance(column, exp.Column) and column.name == "centre_number":
                continue
            of = _said(node.this) + " BY " if holder is exp.Window else ""
            yield (
                f"left out of {name.split('_')[0].replace('expressions', 'group')}",
                of + _said(column),
                _without(node, name, place),
            )


def _order(node: Any) -> Iterator[Found]:
    if isinstance(node, exp.Ordered) and node.find_ancestor(exp.Window):
        last = node.args.get("nulls_first")
        turned = exp.Ordered(this=node.this.copy(), desc=not node.args.get("desc"), nulls_first=last)
        yield "order turned", _said(node.this), _swap(node, turned)


def _whole(node: Any) -> int | None:
    if isinstance(node, exp.Literal) and not node.is_string and re.fullmatch(r"\d+", str(node.this)):
        return int(node.this)
    return None


def _constant(node: Any) -> Iterator[Found]:
    """A whole number one more and one less; TRUE and FALSE; the answers of a CASE, each with the next."""
    if isinstance(node, exp.Boolean):
        yield f"→ {not node.this}".upper(), _said(node.parent), _swap(node, exp.Boolean(this=not node.this))
    elif isinstance(node, exp.Case):
        yield from _answers(node)
    elif _whole(node) is not None and not _is_answer(node) and not isinstance(node.parent, exp.Select):
        for number in (int(node.this) - 1, int(node.this) + 1):
            yield f"{node.this} → {number}", _said(node.parent), _swap(node, exp.Literal.number(number))


def _is_answer(node: Any) -> bool:
    parent = node.parent
    return (isinstance(parent, exp.If) and parent.args.get("true") is node) or (
        isinstance(parent, exp.Case) and parent.args.get("default") is node
    )


def _answers(node: Any) -> Iterator[Found]:
    """CASE … THEN 1 ELSE 0 turned round; of a ranking, two neighbours exchanged."""
    answers = [branch.args["true"] for branch in node.args["ifs"]]
    if node.args.get("default") is not None:
        answers.append(node.args["default"])
    if len(answers) == 1 and _whole(answers[0]) is not None:
        number = exp.Literal.number(int(answers[0].this) + 1)
        yield f"{answers[0].this} → {number.this}", _said(node), _swap(answers[0], number)
    for first, second in pairwise(answers):
        if None not in (_whole(first), _whole(second)) and first != second:
            change = _both(_swap(first, second), _swap(second, first))
            yield f"{first.this} ↔ {second.this}", _said(node), change


#: one for each kind of fault
KINDS: tuple[Callable[[Any], Iterator[Found]], ...] = (
    _comparison, _negation, _operand, _clause, _join, _aggregate, _groups, _order, _constant,
)  # fmt: skip


def _place(node: Any) -> str:
    """Where a node stands: the CTE, or `final`, and the column it helps to make."""
    names: list[str] = []
    while node is not None:
        if isinstance(node, exp.CTE):
            return ".".join([node.alias, *names])
        if isinstance(node, exp.Alias) and not names:
            names.append(node.alias)
        node = node.parent
    return ".".join(["final", *names])


def mutants(query: str) -> Iterator[Mutant]:
    """Every mutant of a query of the portable subset, `:name` standing for a bound value."""
    tree = _tree(query)
    seen: dict[str, int] = {}
    texts = {_spelled(tree)}
    for node in list(tree.walk()):
        for kind in KINDS:
            for what, of, (put, take) in list(kind(node)):
                name = f"{_place(node)}: {what}: {of}".removesuffix(": ")
                put()
                text = _spelled(tree)
                take()
                if text in texts:
                    continue
                texts.add(text)
                seen[name] = seen.get(name, 0) + 1
                yield Mutant(name if seen[name] == 1 else f"{name} ({seen[name]})", text)


def respelled(query: str) -> str:
    """The query without a fault, in the spelling of the parser."""
    return _spelled(_tree(query))


def _tree(query: str) -> Any:
    return sqlglot.parse_one(_BOUND.sub(r"$\1", query), read="duckdb")


def _spelled(tree: Any) -> str:
    return _FILLED.sub(r":\1", tree.sql("duckdb", comments=False))
