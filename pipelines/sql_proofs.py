"""Whether a statement can have no row, from its text alone: what `empty_without` of a header is held to.

Takes a parsed query; gives the sets of tables without whose rows it has none. Promises to err on one side only: what
it gives is so whatever the tables hold; what it leaves out may be so all the same.
sqlglot is imported here, for development.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Mapping

#: sets of tables: where all of one set have no row, there is none
Proof = frozenset[frozenset[str]]

_NEVER: Proof = frozenset()


def empty_without(tree: Any) -> Proof:
    """The least sets of tables of which it is certain that the query has no row while none of a set has any."""
    return _of_query(tree, {})


def _either(*proofs: Proof) -> Proof:
    return _least(frozenset().union(*proofs))


def _both(one: Proof, other: Proof) -> Proof:
    return _least(frozenset(a | b for a in one for b in other))


def _least(proof: Proof) -> Proof:
    return frozenset(tables for tables in proof if not any(other < tables for other in proof))


def _of_query(query: Any, known: Mapping[str, Proof]) -> Proof:
    known = dict(known)
    if (named := query.args.get("with_") or query.args.get("with")) is not None:
        for one in named.expressions:
            known[one.alias] = _of_query(one.this, known)
    if isinstance(query, exp.Subquery):
        return _of_query(query.this, known)
    if isinstance(query, exp.Union):
        return _both(_of_query(query.left, known), _of_query(query.right, known))
    if isinstance(query, exp.Except):
        return _of_query(query.left, known)
    if isinstance(query, exp.Select):
        return _of_select(query, known)
    return _NEVER


def _of_select(query: Any, known: Mapping[str, Proof]) -> Proof:
    source = query.args.get("from_") or query.args.get("from")
    if source is None or not _is_a_row_of_rows(query):
        return _NEVER
    proof = _of_source(source.this, known)
    for join in query.args.get("joins") or []:
        side, kind = (join.side or "").upper(), (join.kind or "").upper()
        other = _of_source(join.this, known)
        if side == "FULL":
            proof = _both(proof, other)
        elif side == "RIGHT":
            proof = other
        elif side == "" and kind in ("", "INNER", "CROSS", "SEMI"):
            proof = _either(proof, other)
        elif side != "LEFT" and kind != "ANTI":
            return _NEVER
    return proof


def _is_a_row_of_rows(query: Any) -> bool:
    """Whether each row comes from a row that was read: sums of everything are a row, even of nothing."""
    group = query.args.get("group")
    if group is not None:
        return bool(group.expressions) and group.find(exp.Rollup, exp.Cube, exp.GroupingSets) is None
    return query.args.get("having") is None and not any(
        found.find_ancestor(exp.Select) is query and found.find_ancestor(exp.Window) is None
        for found in query.find_all(exp.AggFunc, exp.AnonymousAggFunc)
    )


def _of_source(source: Any, known: Mapping[str, Proof]) -> Proof:
    if isinstance(source, exp.Table) and source.name:
        return known.get(source.name, frozenset({frozenset({source.name})}))
    return _of_query(source.this, known) if isinstance(source, exp.Subquery) else _NEVER
