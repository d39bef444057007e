"""The linter of the SQL: `python -m pipelines.sql_lint`. Every message says which file, what, and what to do.

Takes the folders of `sql/`; gives messages, and exit code 1 where there is one. What a file must be: a header that says
what it is; a `reads` that names the tables its statement uses, no more and no less; in a join the columns its header
declares; and, but for questions, the portable subset. Questions run on DuckDB alone and may use all of it, but only
read, and put their rows in an order.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines import resources, sql_proofs, sql_subset
from pipelines.commands.scaffold import FILL_IN
from pipelines.errors import UsageError
from pipelines.questions import parameters
from pipelines.rules import as_rule
from pipelines.sql_files import SqlFile, load_sql_file
from pipelines.sql_subset import Fault, Statement

FOLDERS = ("joins", "people", "rules", "findings", "questions")


@dataclass(frozen=True)
class Message:
    """What is wrong with a file, and what to do."""

    path: Path
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what} {self.todo}"


@dataclass(frozen=True)
class Linted:
    """A file with its statement."""

    file: SqlFile
    folder: str
    statement: Statement


Check = Callable[[Linted], Iterator[Fault]]

_TABLE_FIELDS = {"summary", "reads", "empty_without", "publish", "cases_draw_beneath", "order", "columns"}
_JOIN_FIELDS = {*_TABLE_FIELDS, "spans_centres"}
_FIELDS = {
    "joins": _JOIN_FIELDS,
    "findings": _TABLE_FIELDS,
    "people": {"summary", "reads", "makes", "parameters", "columns", "order"},
    "questions": {"summary", "reads", "why", "parameters"},
    "rules": {
        *("summary", "reads", "empty_without", "severity", "owner", "message", "action", "why", "source", "population"),
        *("needs", "key", "follows_from", "confidence", "wording", "private", "where", "deadlines", "rests_on_figures"),
    },
}


def _header(one: Linted) -> Iterator[Fault]:
    header, summary = one.file.header, one.file.summary
    if not summary.endswith((".", "?")) or ". " in summary:
        yield "summary is not one sentence.", "Say it in one sentence that ends with a full stop."
    if unknown := sorted(set(header) - _FIELDS[one.folder]):
        known = ", ".join(sorted(_FIELDS[one.folder]))
        yield f"the header has {', '.join(unknown)}, which nothing reads.", f"The fields are {known}."
    if FILL_IN in one.file.path.read_text(encoding="utf-8"):
        yield f"it says {FILL_IN}.", "Write what is asked for there, and take the words out."


def _reads(one: Linted) -> Iterator[Fault]:
    named = one.file.header.get("reads")
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        yield "the header has no reads.", 'Name the tables it uses: reads = ["entries", "candidates"].'
        return
    said, used = set(named), sql_subset.tables_used(one.statement)
    if missing := sorted(used - said):
        yield f"it uses {', '.join(missing)}, which reads does not name.", "Name every table in reads."
    if unused := sorted(said - used):
        yield f"reads names {', '.join(unused)}, which it does not use.", "Take it out of reads."
    if len(named) != len(said):
        yield "reads names a table twice.", "Name it once."


def _empty_without(one: Linted) -> Iterator[Fault]:
    said = one.file.header.get("empty_without", [])
    if said and one.folder != "rules" and not one.file.header.get("columns"):
        yield "it has empty_without and no [columns].", "Declare the columns: the table is made of them."
    proved = sql_proofs.empty_without(one.statement.tree)
    for tables in said:
        if not any(enough <= set(tables) for enough in proved):
            yield (
                f"empty_without names {', '.join(tables)}, and it may have rows without theirs.",
                "Name tables that it joins, not only looks into, or leave it out.",
            )


def _portable(one: Linted) -> Iterator[Fault]:
    yield from sql_subset.subset(one.statement)
    yield from sql_subset.nulls(one.statement)


def _sealed(one: Linted) -> Iterator[Fault]:
    yield from sql_subset.files_read(one.statement)


def _explicit(one: Linted) -> Iterator[Fault]:
    if sql_subset.has_star(one.statement):
        yield "its last SELECT has a star.", "List the columns it gives."


def _columns(one: Linted) -> Iterator[Fault]:
    declared = one.file.header.get("columns")
    if not isinstance(declared, dict) or not declared:
        yield "the header has no [columns].", 'Add name = "TYPE: what it is" for every column.'
        return
    for name, told in declared.items():
        if not re.fullmatch(r"[A-Z][A-Z0-9(), ]*: \S.*", str(told), re.DOTALL):
            yield f'column {name} is described as "{told}".', 'Write "TYPE: what it is".'
    given = sql_subset.output(one.statement)
    if "*" not in given:
        yield from _same_columns(list(declared), given)
    order = one.file.header.get("order", [])
    if unknown := [name for name in order if name not in declared]:
        yield f"order names {', '.join(unknown)}, which is no column.", "Name columns of the table."
    if one.file.header.get("publish") and not order:
        yield "it is published and has no order.", "Name the columns of its total order."


def _same_columns(declared: list[str], given: list[str]) -> Iterator[Fault]:
    if missing := [name for name in declared if name not in given]:
        yield f"[columns] has {', '.join(missing)}, which the query does not give.", "Give it, or take it out."
    if extra := [name for name in given if name not in declared]:
        yield f"the query gives {', '.join(extra)}, which [columns] does not have.", "Describe it, or leave it out."
    if given != declared and sorted(given) == sorted(declared):
        yield "[columns] has another order than the query.", "Put both in one order."


def _people(one: Linted) -> Iterator[Fault]:
    makes = str(one.file.header.get("makes", ""))
    if not makes:
        yield "the header does not say what it makes.", 'Add makes = "people_…".'
    said = set(one.file.header.get("parameters", []))
    used = set(sql_subset.PARAMETER.findall(one.file.query + makes))
    if said != used:
        yield (
            f"parameters names {', '.join(sorted(said)) or 'none'}; it uses {', '.join(sorted(used)) or 'none'}.",
            "Name what it uses.",
        )


def _rule(one: Linted) -> Iterator[Fault]:
    try:
        rule = as_rule(one.file)
    except UsageError as fault:
        yield fault.what.removeprefix(f"{one.file.path}: "), "docs/rules-howto.md says how a rule is written."
        return
    if not rule.message.endswith(".") or "\n" in rule.message:
        yield "message is not one sentence.", "Say it in one sentence that ends with a full stop."
    if not rule.action.startswith("1. "):
        yield "action has no numbered steps.", "Begin with 1. and say who does what."
    if len(rule.needs) > 3:
        yield "needs has more than three.", "Name the three that matter most."
    given = sql_subset.output(one.statement)
    for name in ("speaks", "centre_number"):
        if name not in given and "*" not in given:
            yield f"the query does not give {name}.", "Every row looked at has its centre, and whether it speaks."


def _cases(one: Linted) -> Iterator[Fault]:
    """Cases are read and run by the tests; here only that there are some of both kinds."""
    cases = one.file.cases
    if not re.search(r"^[ \t]+speaks[ \t]*\|.*\n[ \t]+\|", cases, re.MULTILINE):
        yield "no case makes it speak.", "Draw rows, and under speaks what must be found."
    if not re.search(r"^[ \t]+(speaks nothing|looked_at[ \t]*=)", cases, re.MULTILINE):
        yield "no case shows a row it is silent about.", "Add one with: speaks nothing, or looked_at = 2."


def _question(one: Linted) -> Iterator[Fault]:
    if not str(one.file.header.get("why", "")).strip():
        yield "the header has no why.", "Say what a person does with the answer."
    if not one.file.summary.endswith("?"):
        yield "summary is no question.", "Ask it as a data manager would."
    if not sql_subset.has_order(one.statement):
        yield "its rows come in any order.", "Add an ORDER BY that leaves no two rows equal."
    if ":as_of" in one.file.query:
        yield "it uses :as_of, which a question is not given.", "Ask the tables, which were judged at that time."
        return
    try:
        known = {told.name for told in parameters(one.file)}
    except UsageError as fault:
        yield fault.what.removeprefix(f"{one.file.path}: ") + ".", fault.todo or "docs/query.md shows one."
        return
    used = one.file.bound_names
    if known != used:
        said, uses = ", ".join(sorted(known)) or "none", ", ".join(sorted(used)) or "none"
        yield f"[parameters] names {said}; it uses {uses}.", "Name what it uses: [parameters.unit]."


_COMMON: tuple[Check, ...] = (_header, _reads, _sealed)
_CHECKS: dict[str, tuple[Check, ...]] = {
    "joins": (*_COMMON, _empty_without, _portable, _explicit, _columns),
    "people": (*_COMMON, _portable, _columns, _people),
    "rules": (*_COMMON, _empty_without, _portable, _explicit, _rule, _cases),
    "findings": (*_COMMON, _empty_without, _portable),
    "questions": (*_COMMON, _question),
}


def lint_file(path: Path, folder: str) -> list[Message]:
    """What is wrong with one file, by the checks of the folder it belongs to."""
    try:
        file = load_sql_file(path)
        one = Linted(file, folder, sql_subset.parse(file.query))
    except UsageError as fault:
        return [Message(path, fault.what.removeprefix(f"{path}: "), fault.todo)]
    checks = _CHECKS[folder]
    if folder == "findings" and file.header.get("columns"):
        checks = (*checks, _explicit, _columns)
    return [Message(path, what, todo) for check in checks for what, todo in check(one)]


def sql_paths(sql: Path) -> list[tuple[Path, str]]:
    """Every file to lint, with its folder."""
    return [(path, folder) for folder in FOLDERS for path in sorted((sql / folder).glob("*.sql"))]


def main() -> int:
    """Lint every file; write the messages; give the exit code."""
    paths = sql_paths(resources.sql())
    found = [message for path, folder in paths for message in lint_file(path, folder)]
    sys.stdout.write("".join(f"{message}\n" for message in found))
    sys.stdout.write(f"{len(paths)} SQL files, {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
