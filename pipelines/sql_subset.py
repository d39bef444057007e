"""What a statement of ours is made of: its tables, its columns, and whether it stays in the portable subset.

Takes the text of one statement; gives what the linter asks about it. DuckDB and Apache Spark read the subset alike;
each thing left out of it has failed, or answered otherwise, on one of the two.
sqlglot is imported here, for development, and by `pipelines/engines/dialect.py`, for the engine that needs it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.scope import traverse_scope

from pipelines.errors import UsageError

PARAMETER = re.compile(r"\{([a-z_]+)\}")
_BOUND = re.compile(r"(?<![:\w]):([a-z_]+)\b")
_STAND_IN = re.compile(r"param__([a-z_]+)__")

#: what is wrong, and what to do
Fault = tuple[str, str]


@dataclass(frozen=True)
class Statement:
    """One query as a tree and as tokens; parameters in braces have stand-ins."""

    tree: Any
    words: list[Any]


def parse(text: str) -> Statement:
    """Read one query. Raises UsageError where it cannot be parsed, or is anything but one query."""
    text = _BOUND.sub(r"$\1", PARAMETER.sub(r"param__\1__", text))
    try:
        trees = [tree for tree in sqlglot.parse(text, read="duckdb") if tree is not None]
        words = list(sqlglot.tokenize(text, read="duckdb"))
    except sqlglot.errors.SqlglotError as fault:
        line = str(fault).splitlines()[0]
        raise UsageError(f"the statement cannot be parsed: {line}", "Write SQL that DuckDB reads.") from None
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise UsageError("the file holds something else than one query.", "Write one SELECT, which may begin WITH.")
    return Statement(trees[0], words)


def tables_used(one: Statement) -> set[str]:
    """The tables a query reads, `{name}` for a parameter; its own CTEs are none."""
    used = set()
    for scope in traverse_scope(one.tree):
        for table in scope.tables:
            if table.name and (table.name not in scope.cte_sources or table.db):
                used.add(_STAND_IN.sub(r"{\1}", table.name))
    return used


def files_read(one: Statement) -> Iterator[Fault]:
    """What it reads that is no table."""
    for table in one.tree.find_all(exp.Table):
        if isinstance(table.this, exp.Func):
            yield f"it reads from {table.this.sql('duckdb')[:40]}.", "Read a table by its name."
        elif re.search(r"[./\\*]", table.name):
            yield f"it reads a file, '{table.name}'.", "Read a table by its name."


def _is(*kinds: Any) -> Callable[[Any], bool]:
    return lambda node: isinstance(node, kinds)


def _has(kind: Any, *arguments: str) -> Callable[[Any], bool]:
    return lambda node: isinstance(node, kind) and any(node.args.get(name) for name in arguments)


def _joins(method: str) -> Callable[[Any], bool]:
    return lambda node: isinstance(node, exp.Join) and str(node.args.get("method", "")).upper() == method


def _is_ordered_aggregate(node: Any) -> bool:
    return isinstance(node, exp.Order) and isinstance(node.parent, exp.Func) and not isinstance(node.parent, exp.Window)


def _groups_by_position(node: Any) -> bool:
    return isinstance(node, exp.Group) and any(isinstance(one, exp.Literal) for one in node.expressions)


def _orders_by_position(node: Any) -> bool:
    return isinstance(node, exp.Ordered) and isinstance(node.this, exp.Literal)


def _orders_by_all(node: Any) -> bool:
    return isinstance(node, exp.Ordered) and isinstance(node.this, exp.Var) and node.this.name.upper() == "ALL"


def _is_concat(node: Any) -> bool:
    # concat_ws is a kind of it in the tree, and fine
    return type(node) is exp.Concat


_FIRST_PLACE = "Use row_number() in a CTE, then WHERE place = 1."

#: whether a node is it, what it is called, and what to write instead
_NODES: tuple[tuple[Callable[[Any], bool], str, str], ...] = (
    (_is(exp.Qualify), "QUALIFY", _FIRST_PLACE),
    (_is(exp.Pivot), "PIVOT or UNPIVOT", "Use max(CASE WHEN … END), or UNION ALL."),
    (_joins("ASOF"), "ASOF JOIN", "Use a window function."),
    (_joins("NATURAL"), "NATURAL JOIN", "Name the columns: ON …"),
    (_joins("POSITIONAL"), "POSITIONAL JOIN", "Join on a key."),
    (_has(exp.Star, "except_", "replace", "rename"), "a star with EXCLUDE, REPLACE or RENAME", "List the columns."),
    (_is(exp.Columns), "COLUMNS(…)", "List the columns."),
    (_has(exp.SetOperation, "by_name"), "BY NAME", "Put the columns in one order."),
    (_has(exp.Distinct, "on"), "DISTINCT ON", _FIRST_PLACE),
    (_has(exp.With, "recursive"), "a recursive CTE", "Repeat a file from Python."),
    (_is(exp.GroupConcat, exp.ArrayAgg), "a list aggregate", "Use concat_ws of max(CASE …), or several rows."),
    (_is_ordered_aggregate, "an ordered aggregate", "Use row_number() in a CTE."),
    (_is(exp.Slice), "a slice", "Use substr()."),
    (_is(exp.Array, exp.Struct, exp.Lambda, exp.Bracket), "a list, struct or lambda", "Use columns and rows."),
    (_is(exp.Unnest, exp.Explode, exp.GenerateSeries), "rows of no table (unnest, generate_series)", "Read a table."),
    (_is(exp.TableSample), "a sample", "Derive it from the rows."),
    (_is(exp.SimilarTo), "SIMILAR TO", "Use LIKE."),
    (_is_concat, "concat(…), which treats NULL differently in the two", "Use ||, or concat_ws."),
    (_has(exp.Group, "all"), "GROUP BY ALL", "Name the columns."),
    (_groups_by_position, "GROUP BY a position", "Name the column."),
    (_orders_by_all, "ORDER BY ALL", "Name the columns."),
    (_orders_by_position, "ORDER BY a position", "Name the column."),
)

#: functions by name: what is wrong, and what to write instead
_FUNCTIONS: tuple[tuple[str, str, str], ...] = (
    (
        "now|today|current_date|current_timestamp|current_time|localtimestamp|localtime|get_current_timestamp",
        "asks the clock",
        "The time is bound: use :as_of.",
    ),
    ("random|rand|uuid|gen_random_uuid|setseed", "differs from run to run", "Derive it from the rows."),
    ("any_value|arbitrary|first|last|mode", "takes any row", f"Use min, max, or: {_FIRST_PLACE}"),
    ("list_\\w+|array_\\w+|histogram|string_split|str_split", "makes or takes a list", "Use columns and rows."),
    ("approx_\\w+", "is not exact", "Count exactly."),
    ("query|query_table|sniff_csv|glob|parquet_scan|read_\\w+", "reads what is no table of ours", "Read a table."),
)

#: of those, the ones that may stand without parentheses
_BARE = re.compile("current_date|current_timestamp|current_time|localtimestamp|localtime")


def subset(one: Statement) -> Iterator[Fault]:
    """What it uses that the portable subset leaves out, each thing once."""
    seen = set()
    for node in one.tree.walk():
        for is_it, name, todo in _NODES:
            if name not in seen and is_it(node):
                seen.add(name)
                yield f"it uses {name}.", todo
    yield from _by_word(one)


def _by_word(one: Statement) -> Iterator[Fault]:
    """What only the words show: `::`, and the names of functions."""
    seen = set()
    texts = ["", *(word.text for word in one.words), ""]
    for place, word in enumerate(one.words, start=1):
        before, name, after = texts[place - 1], word.text.lower(), texts[place + 1]
        if name == "::" and name not in seen:
            seen.add(name)
            yield f"it casts with :: in line {word.line} of the statement.", "Use CAST(… AS …)."
        is_called = after == "(" or _BARE.fullmatch(name)
        if word.token_type.name in ("STRING", "IDENTIFIER") or before in (".", "$") or not is_called or name in seen:
            continue
        for pattern, what, todo in _FUNCTIONS:
            if re.fullmatch(pattern, name):
                seen.add(name)
                yield f"{name} {what}.", todo


_ENDS = {
    *("LIMIT", "OFFSET", "FETCH", "ROWS", "RANGE", "GROUPS", "WINDOW", ";"),
    *("UNION", "UNION ALL", "INTERSECT", "EXCEPT"),
}


def _items(words: list[Any]) -> Iterator[list[str]]:
    """The items of an ORDER BY, each as its words, from the tokens that follow it."""
    depth = 0
    item: list[str] = []
    for word in words:
        text = word.text
        if depth == 0 and (text == ")" or text.upper() in _ENDS):
            break
        depth += (text == "(") - (text == ")")
        if depth == 0 and text == ",":
            yield item
            item = []
        else:
            item.append(text)
    yield item


def nulls(one: Statement) -> Iterator[Fault]:
    """Every item of every ORDER BY that leaves open where NULL goes; engines differ in what they do unasked."""
    for place, word in enumerate(one.words):
        if word.token_type.name != "ORDER_BY":
            continue
        for item in _items(one.words[place + 1 :]):
            if " ".join(item[-2:]).upper() not in ("NULLS FIRST", "NULLS LAST"):
                said = " ".join(item)[:60]
                yield (
                    f"ORDER BY {said}, in line {word.line} of the statement, leaves open where NULL goes.",
                    "Say NULLS FIRST or NULLS LAST.",
                )


def _selects(tree: Any) -> list[Any]:
    """The last SELECT of a query, or each of them where it is a union."""
    if isinstance(tree, exp.SetOperation):
        return [*_selects(tree.this), *_selects(tree.expression)]
    if isinstance(tree, (exp.Subquery, exp.Paren)):
        return _selects(tree.this)
    return [tree]


def output(one: Statement) -> list[str]:
    """The columns a query gives, in their order; `*` for a star."""
    return ["*" if column.is_star else column.alias_or_name for column in _selects(one.tree)[0].expressions]


def has_star(one: Statement) -> bool:
    """Whether the last SELECT, or any of a union, leaves its columns to a star."""
    return any(column.is_star for select in _selects(one.tree) for column in select.expressions)


def has_order(one: Statement) -> bool:
    """Whether the rows of the answer come in an order."""
    return one.tree.args.get("order") is not None
