"""A run that asks some rules alone, makes only the tables those stand on, and writes no page and no workbook.

For tests that look at a few codes or tables after whole runs. The stages, the people, the run before, waivers and
changes by hand are those of every run; what is left out is SQL that such a test does not look at, and the reports:
half of what a small run costs. What is left out is not there at all, so a test that asks for it fails.
"""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from unittest.mock import patch

from pipelines import resources, run
from pipelines.sql_files import load_sql_folder

#: read by the keys and messages of findings, the people, the sums, the manifest, and the run after this one
_ALWAYS = (
    "candidates", "candidate_identities", "centres", "changed_results", "changes", "coverage", "destinations",
    "file_board", "files", "item_titles", "manual_changes", "mentions", "rejects", "results_by_carrier",
)  # fmt: skip
#: of `sql/findings/`, what nothing but the command `checkpoint` reads; it stands on half of the joins
_ASIDE = frozenset(("checkpoint_people",))


def _reads(folder: Path) -> dict[str, tuple[str, ...]]:
    return {file.name: file.reads for file in load_sql_folder(folder)}


@cache
def _pruned(codes: frozenset[str], tables: frozenset[str]) -> Path:
    """A folder like `sql/` with these rules, and of the joins those that something in it reads."""
    whole = resources.sql()
    joins, rules, findings = (_reads(whole / name) for name in ("joins", "rules", "findings"))
    assert codes <= rules.keys(), codes - rules.keys()
    assert tables <= joins.keys() | findings.keys(), tables - joins.keys() - findings.keys()
    asked = findings.keys() - (_ASIDE - tables)
    todo = [*_ALWAYS, *tables, *(table for code in codes for table in rules[code])]
    todo += [table for name in asked for table in findings[name]]
    wanted: set[str] = set()
    while todo:
        name = todo.pop()
        if name in joins and name not in wanted:
            wanted.add(name)
            todo.extend(joins[name])
    around = Path(mkdtemp(prefix="resultsday-narrow-"))
    atexit.register(shutil.rmtree, around, ignore_errors=True)
    place = around / "sql"
    shutil.copytree(whole / "people", place / "people")
    for folder, names in (("joins", wanted), ("rules", codes), ("findings", asked)):
        (place / folder).mkdir()
        for name in names:
            shutil.copyfile(whole / folder / f"{name}.sql", place / folder / f"{name}.sql")
    return place


@contextmanager
def only(*codes: str, tables: tuple[str, ...] = ()) -> Iterator[None]:
    """Every run of this process meanwhile asks these rules alone, and makes these tables beside what those read."""
    place = _pruned(frozenset(codes), frozenset(tables))
    with patch.object(resources, "sql", lambda: place), without_reports():
        yield


@contextmanager
def without_reports() -> Iterator[None]:
    """Every run of this process meanwhile writes its tables, its database and its CSV, but no page and no workbook."""
    with patch.object(run, "write_reports", lambda *_, **__: None):
        yield
