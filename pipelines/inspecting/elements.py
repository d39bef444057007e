"""XML files: the tree of their elements with counts, and which of them is which of a layout.

Takes what is looked at of a file; gives the tree, the fit of a layout, and a proposal in which the elements that make
a candidate, a result and a component are found by what stands in them. Promises: nothing is resolved or fetched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice, pairwise, product
from typing import Any

import polars as pl
from lxml import etree

from pipelines.formats import Column, Format
from pipelines.inspecting.cells import Cells
from pipelines.inspecting.fits import FITS, ColumnFit, LayoutFit, Proposal
from pipelines.inspecting.known import Known
from pipelines.inspecting.looks import look_of
from pipelines.inspecting.masks import masks_of
from pipelines.inspecting.naming import Naming, name_columns, open_questions
from pipelines.inspecting.writing import CONFIRMED, tables_of
from pipelines.readers.text import to_utf8

#: Nothing that a file names is resolved or fetched.
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_DEEPEST = 64
_PATHS = 2_000  #: different paths that are kept
_ATTRIBUTES = 256  #: of one element that are looked at: each is measured against each column
_LIKELY = 24  #: elements that are tried as a candidate, a result and a component, the most frequent
_ROWS = 5_000  #: elements of one path whose values are kept


@dataclass
class Tree:
    """The elements of a file, by their path below the root in local names."""

    root: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)  #: of them, those that hold text
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)  #: path → the values of its own children

    @property
    def with_values(self) -> list[str]:
        """Elements that have values of their own, in the order they were met."""
        return [path for path, rows in self.rows.items() if any(rows)]


def tree_of(content: bytes) -> Tree:
    """Read the elements of XML that may be cut short; what cannot be read ends it."""
    tree = Tree()
    parser = etree.XMLPullParser(events=("start", "end"), **_SAFE)
    with suppress(etree.XMLSyntaxError):
        # Where nothing says how it is encoded, as every text file is.
        is_said = b"encoding" in content[:200] or content.startswith((b"\xff\xfe", b"\xfe\xff"))
        parser.feed(content if is_said else to_utf8(content))
    path: list[str] = []
    open_rows: list[dict[str, str]] = []
    event: str
    element: Any
    with suppress(etree.XMLSyntaxError):
        for event, element in parser.read_events():
            if event == "start":
                _begin(tree, element, path, open_rows)
            else:
                _end(tree, element, path, open_rows)
    return tree


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _begin(tree: Tree, element: Any, path: list[str], open_rows: list[dict[str, str]]) -> None:
    name = _local(element.tag)
    if not open_rows:
        tree.root = name
    else:
        path.append(name)
        if len(tree.counts) < _PATHS:
            tree.counts["/".join(path)] += 1
    open_rows.append({f"@{_local(key)}": value for key, value in islice(element.attrib.items(), _ATTRIBUTES)})


def _end(tree: Tree, element: Any, path: list[str], open_rows: list[dict[str, str]]) -> None:
    row = open_rows.pop()
    here, text = "/".join(path), (element.text or "").strip()
    if row and len(path) <= _DEEPEST:
        rows = tree.rows.setdefault(here, [])
        if len(rows) < _ROWS:
            rows.append(row)
        for name in row:
            if name.startswith("@"):
                tree.counts[f"{here}/{name}".strip("/")] += 1
                tree.texts[f"{here}/{name}".strip("/")] += 1
    if len(element) == 0 and path:
        if text:
            tree.texts[here] += 1
        open_rows[-1].setdefault(path[-1], text)
    if path:
        path.pop()
    element.clear(keep_tail=False)


class Elements:
    """One XML file, measured against layouts."""

    def __init__(self, tree: Tree, known: Known, said: Mapping[str, str] | None = None) -> None:
        """`said` maps columns to the element names or paths that a person settled."""
        self.tree, self.known, self.said = tree, known, said or {}
        self.cells = {path: self._cells(tree.rows[path]) for path in tree.with_values}

    def _cells(self, rows: Sequence[Mapping[str, str]]) -> Cells:
        names = list(dict.fromkeys(name for row in rows for name in row))
        frame = pl.DataFrame(
            {str(place): [row.get(name) for row in rows] for place, name in enumerate(names)},
            schema={str(place): pl.String for place in range(len(names))},
        )
        return Cells(frame, names, self.known)

    def as_it_stands(self, layout: Format, show: bool) -> LayoutFit:
        """How a layout fits by its own paths."""
        found = [self._fit(column, column.path, "", show) for column in (*layout.header, *layout.columns)]
        rows = self.tree.counts[layout.whole]
        fits = self.tree.root == layout.root
        faults = () if fits else (f"the root element is {self.tree.root}, not {layout.root}",)
        return LayoutFit(layout, tuple(found), rows, faults)

    def _fit(self, column: Column, path: str, how: str, show: bool) -> ColumnFit:
        parent, _, leaf = path.rpartition("/")
        look, cells = look_of(column), self.cells.get(parent)
        if not path or cells is None or leaf not in cells.names:
            return ColumnFit(column, "", 0, 0, look.says)
        place = cells.names.index(leaf)
        right = cells.fitting(place, column)
        shown = masks_of(cells.raw.select(pl.col(str(place)).drop_nulls())) if show else ""
        return ColumnFit(column, path, cells.filled[place], right, look.says, look.telling, how, mask=shown)

    def _levels(self, layout: Format) -> list[str]:
        """The elements that make rows in a layout, outermost first."""
        return sorted({layout.whole, *(fill.each for fill in layout.fills)}, key=lambda path: path.count("/"))

    def _chains(self, levels: int) -> Iterator[tuple[str, ...]]:
        """Elements with values that lie within each other, one for each level; '' for one that is not there."""
        by_count = sorted(self.cells, key=lambda path: (-self.tree.counts[path], path))
        paths = [path for path in by_count if path][:_LIKELY]
        for chain in product(*([paths] + [[*paths, ""]] * (levels - 1))):
            there = [path for path in chain if path]
            nested = all(inner.startswith(f"{outer}/") for outer, inner in pairwise(there))
            if nested and chain[: len(there)] == tuple(there):
                yield chain

    def _name(self, layout: Format, level: str, path: str) -> Naming | None:
        if not path:
            return None
        columns = [column for column in layout.columns if column.parent == level]
        names = self.cells[path].names
        places = {name: n for n, name in enumerate(names)} | {f"{path}/{name}": n for n, name in enumerate(names)}
        return name_columns(columns, _aliases(columns), self.cells[path], self._chosen(columns, places))

    def _chosen(self, columns: Sequence[Column], places: Mapping[str, int]) -> dict[str, int]:
        """What a person settled, as far as it is of these columns and these elements."""
        names = [column.name for column in columns]
        return {column: places[leaf] for column, leaf in self.said.items() if column in names and leaf in places}

    def find(self, layout: Format) -> tuple[tuple[str, ...], list[Naming | None], Naming] | None:
        """The elements that are a layout's candidate, result and component, with their columns, and the header's."""
        levels = self._levels(layout)
        named: dict[tuple[str, str], Naming | None] = {}
        best: tuple[float, tuple[str, ...]] | None = None
        for chain in self._chains(len(levels)):
            for level, path in zip(levels, chain, strict=True):
                if (level, path) not in named:
                    named[level, path] = self._name(layout, level, path)
            worth = sum(_worth(named[pair]) for pair in zip(levels, chain, strict=True))
            if best is None or worth > best[0]:
                best = worth, chain
        if best is None:
            return None
        chain = best[1]
        return chain, [named[pair] for pair in zip(levels, chain, strict=True)], self._header(layout, chain[0])

    def _header(self, layout: Format, whole: str) -> Naming:
        """The values that are said once, outside the candidates."""
        paths = [
            path
            for path in self.tree.texts
            if self.tree.counts[path] == 1 and "@" not in path and not f"{path}/".startswith(f"{whole}/")
        ]
        row = {str(place): [self._once(path)] for place, path in enumerate(paths)}
        frame = pl.DataFrame(row, schema={str(place): pl.String for place in range(len(paths))})
        cells = Cells(frame, [path.rpartition("/")[2] for path in paths], self.known, said_once=True)
        places = {name: n for n, name in enumerate(cells.names)} | {path: n for n, path in enumerate(paths)}
        naming = name_columns(layout.header, _aliases(layout.header), cells, self._chosen(layout.header, places))
        self.header_paths = paths
        return naming

    def _once(self, path: str) -> str | None:
        parent, _, leaf = path.rpartition("/")
        rows = self.tree.rows.get(parent, [])
        return rows[0].get(leaf) if rows else None

    def propose(self, layout: Format, show: bool) -> tuple[Proposal | None, tuple[str, ...]]:
        """The re-mapped layout, still to be tried, or None; and what stands open."""
        found = self.find(layout)
        if found is None:
            return None, ("no element of it holds values",)
        chain, namings, header = found
        levels = self._levels(layout)
        paths = {name: self.header_paths[place] for name, place in header.places.items()}
        how = dict(header.how)
        for path, naming in zip(chain, namings, strict=True):
            if naming is not None:
                paths |= {name: f"{path}/{naming.cells.names[place]}" for name, place in naming.places.items()}
                how |= naming.how
        questions = [q for naming in (header, *namings) if naming is not None for q in open_questions(naming)]
        moved = {level: path for level, path in zip(levels, chain, strict=True) if path}
        absent = [level for level, path in zip(levels, chain, strict=True) if not path]
        questions += [f"nothing here is like {level}: where it would stand is assumed" for level in absent]
        columns = (*layout.header, *layout.columns)
        changed = {
            column.name: paths[column.name] for column in columns if paths.get(column.name, column.path) != column.path
        }
        if not changed and self.tree.root == layout.root:
            return None, tuple(questions)
        fit = LayoutFit(
            layout,
            tuple(self._fit(column, paths.get(column.name, ""), how.get(column.name, ""), show) for column in columns),
            self.tree.counts[chain[0]],
        )
        changes = [f"the root is {self.tree.root}"] if self.tree.root != layout.root else []
        changes += [f"{old} is {new}" for old, new in moved.items() if old != new]
        changes += [f"{name} is {path}, {how[name]}" for name, path in changed.items()]
        written = _written(layout, self.tree.root, moved, paths, fit)
        return Proposal(fit, written, tuple(changes), tuple(questions)), ()

    def listing(self) -> tuple[tuple[str, int, int], ...]:
        """Every path with how many there are, and how many hold text."""
        return tuple((path, count, self.tree.texts[path]) for path, count in sorted(self.tree.counts.items()))


def _aliases(columns: Sequence[Column]) -> dict[str, tuple[str, ...]]:
    """An element goes by its name, and by that with its parent's before it."""
    names: dict[str, tuple[str, ...]] = {}
    for column in columns:
        leaf = column.path.rpartition("/")[2].lstrip("@")
        outer = column.parent.rpartition("/")[2]
        names[column.name] = (leaf, outer + leaf)
    return names


def _worth(naming: Naming | None) -> float:
    """How much of a level was found in an element."""
    if naming is None:
        return -1.0
    required = sum(column.required for column in naming.columns if column.name in naming.places)
    return 10 * required + 2 * len(naming.places) - 12 * len(naming.missing)


def _written(
    layout: Format, root: str, moved: Mapping[str, str], paths: Mapping[str, str], fit: LayoutFit
) -> dict[str, Any]:
    tables = tables_of(layout)
    fits = {one.column.name: one for one in fit.columns}
    outermost = layout.whole

    def place(level: str) -> str:
        """Where an element of the layout stands now; one that is not there goes with the one round it."""
        if level in moved:
            return moved[level]
        outer, _, name = level.rpartition("/")
        return f"{place(outer)}/{name}" if outer and level != outermost else level

    for row in [*tables.get("header", []), *tables["columns"]]:
        column = layout.all_columns[row["name"]]
        unfound = f"{place(column.parent)}/{column.path.rpartition('/')[2]}".strip("/")
        row["path"] = paths.get(row["name"], unfound)
        if row["name"] in paths and fits[row["name"]].verdict == FITS and row["sure"] == "ours":
            row["sure"] = CONFIRMED
    for fill in tables["fills"]:
        fill["each"] = place(fill["each"])
    tables |= {"root": root, "whole": place(outermost)}
    # The shipped examples speak of other elements.
    tables.pop("example", None)
    return tables
