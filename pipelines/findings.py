"""Stage 5, first half: run every rule of `sql/rules/` and give each finding its key, message, fingerprint and root.

Takes the connection with the joined tables and the rules; gives the tables `discrepancies`, `rules_run` and
`finding_history` in it. A rule's query says which rows it looked at and which of them speak; only this module
makes keys, messages and fingerprints. One failing rule is recorded as failed, with no value of its rows in the
reason, and stops no other.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.database import AT_ONCE, Made, empty_table, identifier, is_surely_empty, make_tables, text
from pipelines.disk_faults import disk_error
from pipelines.engines.duck import Duck
from pipelines.errors import UsageError
from pipelines.rules import FINDING_COLUMNS, KEY_WORDS, Rule
from pipelines.sql_files import in_order, load_sql_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from pipelines.engines import Engine
    from pipelines.sql_files import SqlFile

#: `key_shape` is the key with {person} and {other} in the place of the two labels, which may change from run to run
_FOUND_COLUMNS = {"code": "VARCHAR", "key": "VARCHAR", "key_shape": "VARCHAR", "message": "VARCHAR", **FINDING_COLUMNS}

#: what a rule may say it needs, and the words for its absence
NEEDS = {
    "edi": "an EDI results file",
    "xml": "an XML results file",
    "achievement": "a candidate achievement report",
    "marks": "an examined marks report",
    "tracker": "a progress tracker download",
    "entries": "the centre's entries",
    "claims": "the centre's claims",
    "basedata": "basedata",
    "boundaries": "grade boundaries",
}

#: the tables rules may rely on beside those of `sql/joins/`
HARNESS_TABLES = {
    "found": _FOUND_COLUMNS,
    # rows looked at; with a reason, rows that could not be evaluated for it
    "rule_counts": {
        "code": "VARCHAR",
        "centre_number": "VARCHAR",
        "not_evaluated": "VARCHAR",
        "rows_checked": "BIGINT",
    },
    "rule_failures": {"code": "VARCHAR", "reason": "VARCHAR"},
    "rule_texts": {
        "code": "VARCHAR",
        "severity": "VARCHAR",
        "owner": "VARCHAR",
        "summary": "VARCHAR",
        "action": "VARCHAR",
        "population": "VARCHAR",
        "confidence": "VARCHAR",
    },
    "rule_causes": {"code": "VARCHAR", "cause": "VARCHAR", "place": "INTEGER"},
    "rule_needs": {"code": "VARCHAR", "carrier": "VARCHAR", "words": "VARCHAR", "place": "INTEGER"},
}


@dataclass(frozen=True)
class RulesRun:
    """How the rules went: seconds of each, the codes that failed, and the tables made of what they found."""

    seconds: Mapping[str, float]
    failures: Mapping[str, str]
    tables: Made


def _rows(con: Any, table: str, rows: Iterable[Sequence[object]]) -> None:
    values = ["(" + ", ".join("NULL" if cell is None else text(cell) for cell in row) + ")" for row in rows]
    if values:
        con.execute(f"INSERT INTO {identifier(table)} VALUES {', '.join(values)}")


def prepare(con: Any, rules: Sequence[Rule]) -> None:
    """Make the harness's own tables, filled with what the rules say of themselves."""
    for table, columns in HARNESS_TABLES.items():
        con.execute(f"CREATE TABLE {identifier(table)} ({empty_table(columns)})")
    _rows(
        con,
        "rule_texts",
        ((r.code, r.severity, r.owner, r.summary, r.action, r.population, r.confidence) for r in rules),
    )
    _rows(con, "rule_causes", ((r.code, c, i) for r in rules for i, c in enumerate(r.follows_from, 1)))
    _rows(con, "rule_needs", ((r.code, c, NEEDS[c], i) for r in rules for i, c in enumerate(r.needs, 1)))


def _item() -> str:
    """SQL for what a finding is about, in words: the unit or qualification with its title."""
    return (
        "CASE WHEN l.unit_code IS NOT NULL"
        " THEN concat('unit ', l.unit_code, coalesce(' ' || u.title, ''))"
        " WHEN l.qualification_code IS NOT NULL"
        " THEN concat(l.qualification_code, coalesce(' ' || q.title, ''))"
        " ELSE coalesce(l.option_code, '') END"
    )


def _word(word: str) -> str:
    """SQL for one word of a key or message."""
    column = KEY_WORDS.get(word, word)
    special = {
        "person_label": "coalesce(p.label, l.person_id)",
        "other_label": "coalesce(o.label, l.other_person_id)",
        "item_code": "coalesce(l.unit_code, l.qualification_code, l.option_code)",
        "item": _item(),
        "file": "coalesce(n.name, l.file_id)",
    }
    return special.get(column, f"CAST(l.{identifier(column)} AS VARCHAR)")


def _key(rule: Rule, shaped: bool) -> str:
    """SQL for a rule's key; shaped, the labels of the people in it are left open."""
    open_words = {"person": "'{person}'", "other_person": "'{other}'"} if shaped else {}
    return ", ".join(open_words.get(word, f"coalesce({_word(word)}, '–')") for word in rule.key)


def _message(rule: Rule) -> str:
    """SQL that fills in a rule's message."""
    pieces: list[str] = []
    rest = rule.message
    for word in rule.placeholders:
        before, rest = rest.split("{" + word + "}", 1)
        pieces += [text(before), f"coalesce({_word(word)}, '–')"]
    pieces.append(text(rest))
    return f"concat({', '.join(pieces)})"


def _part(word: str) -> str:
    """SQL for one part of a key."""
    return f"coalesce({_word(word)}, '–')"


def _columns(con: Any, table: str) -> tuple[str, ...]:
    return tuple(column[0] for column in con.execute(f"SELECT * FROM {identifier(table)} LIMIT 0").description)


def _check_columns(rule: Rule, columns: Sequence[str]) -> None:
    parts = {word for word in rule.key if word.startswith("key_")}
    for name in columns:
        if name not in (*FINDING_COLUMNS, "speaks", "not_evaluated") and name not in parts:
            raise UsageError(f"{rule.file.path}: the query gives {name}, which no finding has.")
    for name in ("speaks", "centre_number", *sorted(parts)):
        if name not in columns:
            raise UsageError(f"{rule.file.path}: the query must give {name}.")


def _insert(rule: Rule, columns: Sequence[str]) -> str:
    """SQL that takes the speaking rows of `looked` into `found`."""
    given = {name: f"l.{identifier(name)}" for name in columns}
    defaults = {
        "severity": text(rule.severity),
        "owner": text(rule.owner),
        "state": "'open'",
        "confidence": text(rule.confidence),
    }
    chosen: dict[str, str] = {}
    for name, kind in FINDING_COLUMNS.items():
        value = given.get(name)
        if name in defaults:
            value = f"coalesce({value}, {defaults[name]})" if value else defaults[name]
        chosen[name] = f"CAST({value or 'NULL'} AS {kind})"
    # what is not due yet is nobody's fault; points and thresholds from memory never make an error of a finding
    remembered = f"WHEN {chosen['confidence']} = 'recollection' AND {chosen['severity']} = 'error' THEN 'warning' "
    chosen["severity"] = (
        f"CASE WHEN {chosen['state']} = 'pending' THEN 'info' {remembered if rule.rests_on_figures else ''}"
        f"ELSE {chosen['severity']} END"
    )
    missing = [name for name in FINDING_COLUMNS if name not in columns]
    blanks = "".join(f", CAST(NULL AS {FINDING_COLUMNS[name]}) AS {identifier(name)}" for name in missing)
    return (
        f"INSERT INTO found ({', '.join(map(identifier, _FOUND_COLUMNS))}) "
        f"SELECT {text(rule.code)}, concat_ws('·', coalesce(l.centre_number, '–'), {_key(rule, shaped=False)}), "
        f"concat_ws('·', coalesce(l.centre_number, '–'), {_key(rule, shaped=True)}), {_message(rule)}, "
        f"{', '.join(chosen.values())} "
        f"FROM (SELECT *{blanks} FROM looked WHERE speaks) AS l "
        "LEFT JOIN candidates AS p ON p.person_id = l.person_id AND p.centre_number = l.centre_number "
        "LEFT JOIN candidates AS o ON o.person_id = l.other_person_id AND o.centre_number = l.centre_number "
        "LEFT JOIN item_titles AS u ON u.code = l.unit_code "
        "LEFT JOIN item_titles AS q ON q.code = l.qualification_code "
        "LEFT JOIN file_names AS n ON n.file_id = l.file_id"
    )


def run_rule(con: Any, rule: Rule, as_of: datetime, engine: Engine | None = None, foreign: str = "") -> None:
    """Run one rule: its looked-at rows into `rule_counts`, its speaking rows into `found`.

    `foreign` is a condition on a `file_id`: rows of such a file that are no centre's are looked at elsewhere.
    """
    if is_surely_empty(con, rule.file):
        return
    (engine or Duck(con)).look(con, rule.file, {"as_of": as_of})
    columns = _columns(con, "looked")
    _check_columns(rule, columns)
    if foreign:
        also = f" AND (file_id IS NULL OR {foreign})" if "file_id" in columns else ""
        con.execute(f"DELETE FROM looked WHERE centre_number IS NULL{also}")
    reason = "CAST(not_evaluated AS VARCHAR)" if "not_evaluated" in columns else "CAST(NULL AS VARCHAR)"
    con.execute(
        f"INSERT INTO rule_counts SELECT {text(rule.code)}, centre_number, {reason} AS reason, count(*) "
        "FROM looked GROUP BY centre_number, reason"
    )
    # most rules find nothing, and five joins for no row would be half of their time
    if con.execute("SELECT count(*) FROM looked WHERE speaks").fetchone()[0]:
        con.execute(_insert(rule, columns))
    con.execute("DROP TABLE looked")


def _attempt(con: Any, rule: Rule, as_of: datetime, engine: Engine, foreign: str = "") -> tuple[Rule, float, str]:
    """Run a rule on a connection of its own; gives the seconds, and why it failed."""
    import duckdb

    started, fault = time.perf_counter(), ""
    faults: tuple[type[BaseException], ...] = (duckdb.Error, UsageError, *engine.faults)
    try:
        run_rule(con, rule, as_of, engine, foreign)
    except faults as error:
        # a full disk is not the rule's fault, and a run without the rule is not to be published for it
        if isinstance(error, duckdb.IOException) and disk_error(error, Path()):
            raise
        # the database's own words may quote a value of a row; the kind of fault never does
        fault = f"the rule could not run ({type(error).__name__})"
        con.execute(f"DELETE FROM rule_counts WHERE code = {text(rule.code)}")
        con.execute(f"DELETE FROM found WHERE code = {text(rule.code)}")
    finally:
        con.close()
    return rule, time.perf_counter() - started, fault


@dataclass(frozen=True)
class Judged:
    """What rules found at some of the centres: their seconds, the ones that failed, and the files of their rows."""

    codes: frozenset[str]
    seconds: Mapping[str, float]
    failures: Mapping[str, str]
    rows: Mapping[str, Sequence[Path]]  #: `found` and `rule_counts`, in Parquet


def judge(con: Any, rules: Sequence[Rule], as_of: datetime, engine: Engine, foreign: str) -> Judged:
    """Run rules over the tables of `con`; their rows stay in its tables `found` and `rule_counts`, made here."""
    prepare(con, rules)
    ran = _run_all(con, rules, as_of, None, engine, foreign)
    failures = {rule.code: fault for rule, _, fault in ran if fault}
    return Judged(frozenset(rule.code for rule in rules), {rule.code: took for rule, took, _ in ran}, failures, {})


def _take(con: Any, judged: Judged) -> None:
    """What was found elsewhere, into the tables of this connection; of a rule that failed anywhere nothing counts."""
    codes = ", ".join(map(text, sorted(judged.failures))) or "''"
    for table, paths in judged.rows.items():
        if paths:
            listed = ", ".join(text(path) for path in paths)
            names = ", ".join(map(identifier, HARNESS_TABLES[table]))
            rows = f"SELECT {names} FROM read_parquet([{listed}]) WHERE code NOT IN ({codes})"
            con.execute(f"INSERT INTO {table} ({names}) {rows}")


def find(
    con: Any,
    rules: Sequence[Rule],
    sql: Path,
    given: Iterable[str],
    as_of: datetime,
    progress: Callable[[str], None] | None = None,
    engine: Engine | None = None,
    only: Collection[str] | None = None,
    judged: Judged | None = None,
) -> RulesRun:
    """Run the rules, and the files of `sql/findings/`, or `only` those; `given` names the tables there already.

    What was `judged` elsewhere is taken in, and those rules are not run again.

    A rule that reads a table of `sql/findings/` judges what the other rules found, such as whether a waiver covers
    anything: it runs after them, once that table is made.
    Without an engine DuckDB runs the rules; the files of `sql/findings/` are always its work.
    """
    engine = engine or Duck(con)
    prepare(con, rules)
    known = [*given, *HARNESS_TABLES]
    files = in_order([file for file in load_sql_folder(sql / "findings") if only is None or file.name in only], known)
    made = {file.name for file in files}
    late = [rule for rule in rules if made & set(rule.reads)]
    judged = judged or Judged(frozenset(), {}, {}, {})
    _take(con, judged)
    first = _beneath(files, {table for rule in late for table in rule.reads})
    ran = _run_all(
        con, [rule for rule in rules if rule not in late and rule.code not in judged.codes], as_of, progress, engine
    )
    early = make_tables(con, [file for file in files if file.name in first], {"as_of": as_of})
    ran += _run_all(con, late, as_of, progress, engine)
    failures = {**judged.failures, **{rule.code: fault for rule, _, fault in ran if fault}}
    _rows(con, "rule_failures", failures.items())
    rest = make_tables(con, [file for file in files if file.name not in first], {"as_of": as_of})
    tables = Made({**early.rows, **rest.rows}, {**early.seconds, **rest.seconds})
    seconds = {**judged.seconds, **{rule.code: taken for rule, taken, _ in ran}}
    return RulesRun(seconds, failures, tables)


def _beneath(files: Sequence[SqlFile], wanted: set[str]) -> set[str]:
    """The names of the files that some tables are made of, themselves included; `files` in an order that works."""
    found = set(wanted)
    for file in reversed(files):
        if file.name in found:
            found |= set(file.reads)
    return {file.name for file in files} & found


def _run_all(
    con: Any,
    rules: Sequence[Rule],
    as_of: datetime,
    progress: Callable[[str], None] | None,
    engine: Engine,
    foreign: str = "",
) -> list[tuple[Rule, float, str]]:
    """Run rules, some at a time: each with its seconds, and why it failed."""
    ran = []
    # a rule writes nothing that another of its pass reads, and on a school's data planning is most of its time
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for one in pool.map(lambda rule: _attempt(con.cursor(), rule, as_of, engine, foreign), rules):
            if progress is not None:
                progress(one[0].code)
            ran.append(one)
    return ran
