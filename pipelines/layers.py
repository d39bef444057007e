"""What of the SQL is made for all centres at once, what a group of centres at a time, what once the groups are done.

Takes the files of `sql/joins/` and the rules; gives `Layers`. A table is **whole** where no row of it is of one centre:
its header says `spans_centres`, one of those is made of it, or it reads nothing but whole tables. It is **last** where
it rests on the run before or on what is kept by hand, which change without any file of the inbox. All others are a
group's **own**. Promises that each file and each rule is in one layer, and that the layers can be made in that order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.chosen import ALWAYS
from pipelines.errors import UsageError
from pipelines.join import PEOPLE_TABLES
from pipelines.local_files import GIVEN_TABLES
from pipelines.previous import PREVIOUS_TABLES
from pipelines.sql_files import in_order, load_sql_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pipelines.rules import Rule
    from pipelines.sql_files import SqlFile

#: what is there before any join and may change while every file of the inbox stays
_OUTSIDE = frozenset({*PREVIOUS_TABLES, *GIVEN_TABLES})


@dataclass(frozen=True)
class Layers:
    """Which files are made when, each layer in an order that works."""

    whole: tuple[SqlFile, ...]
    own: tuple[SqlFile, ...]
    last: tuple[SqlFile, ...]
    kept: tuple[str, ...]  #: of the own tables and those of people, the ones that are asked for after the groups
    shared: frozenset[str]  #: whole tables that a group sees with all their rows
    rules: tuple[Rule, ...]
    last_rules: tuple[Rule, ...]


def layers(sql: Path, rules: Sequence[Rule], given: Iterable[str], of_files: Iterable[str]) -> Layers:
    """Sort the files of `sql/joins/` and the rules.

    `given` names the tables that are there before the first join, `of_files` those of them that hold rows of files.
    UsageError where a table that spans the centres rests on one of a group, or of the last layer.
    """
    given, of_files = tuple(given), frozenset(of_files)
    files = in_order(load_sql_folder(sql / "joins"), (*given, *PEOPLE_TABLES))
    by_name = {file.name: file for file in files}
    last = _above(files, _OUTSIDE)
    spanning = {file.name for file in files if file.header.get("spans_centres")}
    whole = _beneath(files, spanning)
    shared = set(spanning)
    for file in files:
        lacks_rows = not ({"file_id", "centre_number"} & set(file.header["columns"]))
        is_free = not (set(file.reads) - shared - set(given)) and not set(file.reads) & (of_files | last)
        if is_free or (file.name in whole and lacks_rows):
            whole.add(file.name)
            shared.add(file.name)
    for name in sorted(whole):
        if name in last or set(by_name[name].reads) & set(PEOPLE_TABLES):
            raise UsageError(
                f"{by_name[name].path}: a table of all centres is made of it, so it may rest neither on people nor on "
                "the run before."
            )
    own = tuple(file for file in files if file.name not in whole | last)
    late = tuple(file for file in files if file.name in last)
    findings = load_sql_folder(sql / "findings")
    judging = {file.name for file in findings}
    last_rules = tuple(rule for rule in rules if set(rule.reads) & (last | judging | _OUTSIDE))
    asked = _asked(sql, late, findings, last_rules)
    made = ({file.name for file in own} | set(PEOPLE_TABLES)) & asked
    return Layers(
        tuple(file for file in files if file.name in whole),
        own,
        late,
        tuple(sorted(made)),
        frozenset(shared),
        tuple(rule for rule in rules if rule not in last_rules),
        last_rules,
    )


def _above(files: Sequence[SqlFile], wanted: Iterable[str]) -> set[str]:
    """The files that read some tables, or read one that does; `files` in an order that works."""
    found = set(wanted)
    for file in files:
        if found & set(file.reads):
            found.add(file.name)
    return found & {file.name for file in files}


def _beneath(files: Sequence[SqlFile], wanted: Iterable[str]) -> set[str]:
    """The files that some tables are made of, themselves included; `files` in an order that works."""
    found = set(wanted)
    for file in reversed(files):
        if file.name in found:
            found |= set(file.reads)
    return found & {file.name for file in files}


def _asked(sql: Path, last: Sequence[SqlFile], findings: Sequence[SqlFile], rules: Sequence[Rule]) -> set[str]:
    """Every table that somebody reads after the groups are done."""
    reading: list[SqlFile] = [*last, *findings, *(rule.file for rule in rules)]
    for folder in sorted(path for path in sql.rglob("*") if path.is_dir()):
        if folder.relative_to(sql).parts[0] not in ("joins", "findings", "rules", "people"):
            reading.extend(load_sql_folder(folder))
    published = {file.name for file in load_sql_folder(sql / "joins") if file.header.get("publish")}
    return {table for file in reading for table in file.reads} | published | set(ALWAYS)
