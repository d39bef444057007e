"""Small faults in a module of Python, one at a time.

Takes its source, gives mutants, each with a name that outlives a reformatting: where it is, what was done, and the
code it was done to. Not mutated: docstrings, annotations, imports, and the wording of messages (formatted strings,
strings of several words, what is raised): other tests hold those word by word, and a fault there misreads nothing.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_WORKED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
#: Names of methods and words of options that have an opposite.
_OPPOSITE = {"first": "last", "min": "max", "any": "all", "starts_with": "ends_with", "left": "inner"}
_OPPOSITE |= {there: here for here, there in _OPPOSITE.items()}
_REMOVED = (ast.Raise, ast.Continue, ast.Break, ast.Return, ast.Assign, ast.AugAssign, ast.Expr)


@dataclass(frozen=True)
class _Change:
    what: str
    make: Callable[[Any], ast.AST]  #: given the node of a fresh tree, gives what stands there instead


@dataclass(frozen=True)
class Fault:
    """One mutant: its name and the line it is on."""

    name: str
    line: int
    _source: str
    _place: int
    _change: _Change

    @property
    def tree(self) -> ast.Module:
        """The whole module with the fault in it, made when it is asked for."""
        return _put(ast.parse(self._source), self._place, self._change)


def _swapped(field: str, value: object) -> Callable[[ast.AST], ast.AST]:
    def make(node: ast.AST) -> ast.AST:
        setattr(node, field, value)
        return node

    return make


def _constants(node: ast.Constant) -> Iterator[_Change]:
    value = node.value
    if isinstance(value, bool):
        yield _Change(f"→ {not value}", _swapped("value", not value))
    elif isinstance(value, int | float):
        yield _Change(f"{value} → {value + 1}", _swapped("value", value + 1))
        yield _Change(f"{value} → {value - 1}", _swapped("value", value - 1))
    elif isinstance(value, str):
        other = _OPPOSITE.get(value) or ("" if value else "~")
        yield _Change(f"{value!r} → {other!r}", _swapped("value", other))
    elif isinstance(value, bytes):
        yield _Change(f"{value!r} → other bytes", _swapped("value", b"" if value else b"~"))


def _negated(node: ast.AST) -> Iterator[_Change]:
    test = node.test if isinstance(node, ast.If | ast.IfExp | ast.While) else None
    if test is not None and not isinstance(test, ast.Compare | ast.UnaryOp):
        yield _Change("condition turned", lambda one: _swapped("test", ast.UnaryOp(ast.Not(), one.test))(one))


def _changes(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for kind in _COMPARED[type(node.ops[0])]:
            yield _Change(f"→ {kind.__name__}", _swapped("ops", [kind()]))
    elif isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            for kind in _COMPARED[type(op)]:
                turned = [kind() if at == place else old for at, old in enumerate(node.ops)]
                yield _Change(f"{place}: → {kind.__name__}", _swapped("ops", turned))
    elif isinstance(node, ast.BinOp) and type(node.op) in _WORKED:
        kind_of = _WORKED[type(node.op)]
        yield _Change(f"→ {kind_of.__name__}", _swapped("op", kind_of()))
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield _Change(f"→ {type(other).__name__}", _swapped("op", other))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield _Change("not dropped", lambda one: one.operand)
    elif isinstance(node, ast.Attribute) and node.attr in _OPPOSITE:
        yield _Change(f"→ {_OPPOSITE[node.attr]}", _swapped("attr", _OPPOSITE[node.attr]))
    elif isinstance(node, _REMOVED):
        yield _Change("removed", lambda one: ast.Pass())
    yield from _negated(node)


def _left_out(tree: ast.Module) -> set[int]:
    """The nodes that are not mutated, by id."""
    tops: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom):
            tops.append(node)
        elif isinstance(node, ast.Raise):
            tops += [node.exc] if node.exc else []
        elif _is_wording(node) or _is_docstring(node) or _is_for_types(node):
            tops.append(node)
        tops += [part for name in ("annotation", "returns") if isinstance(part := getattr(node, name, None), ast.AST)]
    return {id(node) for top in tops for node in ast.walk(top)}


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _is_wording(node: ast.AST) -> bool:
    """Several words of letters: what is said to a person, and no pattern, code or column."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    words = node.value.split()
    return len(words) > 1 and sum(word.strip(".,;:()!?").isalpha() for word in words) > 1


def _scopes(tree: ast.Module) -> dict[int, str]:
    """The function, class or constant each node lies in."""
    scopes: dict[int, str] = {}
    for top in tree.body:
        name = getattr(top, "name", "")
        if isinstance(top, ast.Assign | ast.AnnAssign):
            name = ast.unparse(top.targets[0] if isinstance(top, ast.Assign) else top.target)
        for node in ast.walk(top):
            scopes[id(node)] = name or "module"
    return scopes


def _put(tree: ast.Module, place: int, change: _Change) -> ast.Module:
    """A tree with the node at `place` (of a walk) changed."""
    target = list(ast.walk(tree))[place]

    class Putting(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            if node is target:
                return ast.copy_location(change.make(node), node)
            return super().generic_visit(node)

    Putting().visit(tree)
    return ast.fix_missing_locations(tree)


def faults(source: str) -> Iterator[Fault]:
    """Every mutant of a module."""
    tree = ast.parse(source)
    scopes, left_out = _scopes(tree), _left_out(tree)
    around = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    named: Counter[str] = Counter()
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in left_out or not hasattr(node, "lineno"):
            continue
        if isinstance(node, ast.Assign) and scopes[id(node)] == ast.unparse(node.targets[0]):
            continue  # a constant of the module that is not there at all stops the import
        shown = node
        if isinstance(node, ast.Constant):
            shown = around[id(node)]
            shown = around[id(shown)] if isinstance(shown, ast.UnaryOp | ast.keyword) else shown
        for change in _changes(node):
            name = f"{scopes[id(node)]}: {change.what}: {ast.unparse(shown)[:90].splitlines()[0]}"
            named[name] += 1
            name += f" ({named[name]})" if named[name] > 1 else ""
            yield Fault(name, node.lineno, source, place, change)
