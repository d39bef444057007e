"""A file of SQL as the rest of the program sees it: a header of TOML, one statement, and, in a rule, cases.

Takes folders of `.sql` files; gives `SqlFile` records, and the order in which tables must be made.
Every file runs as it stands in a DuckDB shell: header and cases are comments. Promises a `UsageError` that
names the file and what is wrong with it, never a half-read one.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from pipelines.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_HEADER = re.compile(r"\A/\*\n(?P<toml>.*?)\*/\n(?P<rest>.*)\Z", re.DOTALL)
_CASES = re.compile(r"\n/\* cases\n(?P<cases>.*?)\*/\s*\Z", re.DOTALL)
_BOUND = re.compile(r"(?<![:\w]):([a-z_]+)\b")


@dataclass(frozen=True)
class SqlFile:
    """One `.sql` file: its name (the table, rule or question it is), header, statement and cases."""

    name: str
    path: Path
    header: Mapping[str, Any]
    query: str
    cases: str
    sha256: str

    @property
    def reads(self) -> tuple[str, ...]:
        """The tables the statement uses, as the header names them."""
        return tuple(self.header.get("reads", ()))

    @property
    def summary(self) -> str:
        """One sentence: what the table, rule or question is."""
        return str(self.header["summary"])

    @property
    def bound_names(self) -> set[str]:
        """The values it asks for, as `:name`."""
        return set(_BOUND.findall(self.query))

    def bound(self, values: Mapping[str, object]) -> tuple[str, dict[str, object]]:
        """The statement with `:name` written as DuckDB's `$name`, and just the values it uses."""
        names = self.bound_names
        unknown = names - set(values)
        if unknown:
            raise UsageError(f"{self.path}: :{min(unknown)} is not a value that is bound.")
        return _BOUND.sub(r"$\1", self.query), {name: values[name] for name in sorted(names)}


def load_sql_file(path: Path) -> SqlFile:
    """Read one file; UsageError where the header is missing, is not TOML, or has no summary.

    A run asks for most files several times, with many centres hundreds of times: what was read is remembered for as
    long as the file is as it was (the statements of a page in 1 ms instead of 5).
    """
    told = path.stat()
    return _read(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=1024)
def _read(path: Path, _changed: int, _size: int) -> SqlFile:
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    parts = _HEADER.match(text)
    if parts is None:
        raise UsageError(f"{path}: a header comment (/* … */ holding TOML) must open the file.")
    try:
        header = tomllib.loads(parts["toml"])
    except tomllib.TOMLDecodeError as fault:
        raise UsageError(f"{path}: the header is not TOML: {fault}") from None
    if not isinstance(header.get("summary"), str):
        raise UsageError(f"{path}: the header needs a summary.")
    rest = parts["rest"]
    cases = _CASES.search(rest)
    query = (rest[: cases.start()] if cases else rest).strip().removesuffix(";")
    return SqlFile(
        path.stem,
        path,
        header,
        query,
        cases["cases"] if cases else "",
        hashlib.sha256(text.encode()).hexdigest(),
    )


def load_sql_folder(folder: Path) -> tuple[SqlFile, ...]:
    """Every file of a folder, by name."""
    return tuple(load_sql_file(path) for path in sorted(folder.glob("*.sql")))


def in_order(files: Sequence[SqlFile], given: Iterable[str] = ()) -> tuple[SqlFile, ...]:
    """The files so that each comes after the ones whose tables it reads; ties by name.

    `given` names the tables that exist already. UsageError on a circle or a table nobody makes.
    """
    by_name = {file.name: file for file in files}
    known = set(given)
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for file in files:
        needed = [table for table in file.reads if table not in known]
        for table in needed:
            if table not in by_name:
                raise UsageError(f"{file.path}: reads {table}, which no file makes.")
        sorter.add(file.name, *needed)
    ordered: list[SqlFile] = []
    try:
        sorter.prepare()
    except CycleError as fault:
        raise UsageError(f"These tables read each other in a circle: {' → '.join(fault.args[1])}.") from None
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        ordered.extend(by_name[name] for name in ready)
        sorter.done(*ready)
    return tuple(ordered)
