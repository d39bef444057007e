"""What the shell offers at the Tab key, and where a statement ends.

Takes what is typed and the words of the published run; gives the words that may stand at the cursor. After FROM and
JOIN these are tables and macros; after `table.` or `alias.` its columns; elsewhere the columns of the tables that the
statement names, even where they are named further on. In texts and comments nothing is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines import questions, sealed

#: the forms an answer can have in the shell
SHELL_FORMATS = ("table", "csv", "json")

#: the commands of the shell: how each is written, and what it does
COMMANDS: Mapping[str, tuple[str, str]] = {
    ".tables": (".tables", "the tables, and what one row of each is"),
    ".describe": (".describe TABLE", "its columns (.schema is the same)"),
    ".macros": (".macros", "the macros: short names for what is asked every day"),
    ".questions": (".questions", "the ready questions"),
    ".question": (".question NAME [x=…]", "run one, with its parameters"),
    ".format": (".format table|csv|json", "how answers are given"),
    ".timer": (".timer on|off", "tell how long each took"),
    ".limit": (".limit SECONDS", "stop a question after so long; 0: never"),
    ".help": (".help", "this list"),
    ".quit": (".quit", "leave (so does Ctrl-D)"),
}

KEYWORDS: tuple[str, ...] = (
    *(
        "SELECT",
        "FROM",
        "WHERE",
        "GROUP",
        "ORDER",
        "BY",
        "HAVING",
        "LIMIT",
        "OFFSET",
        "DISTINCT",
        "AS",
        "JOIN",
        "INNER",
    ),
    *("LEFT", "RIGHT", "FULL", "CROSS", "OUTER", "ON", "USING", "UNION", "ALL", "EXCEPT", "INTERSECT", "WITH", "AND"),
    *("OR", "NOT", "IN", "IS", "NULL", "LIKE", "ILIKE", "BETWEEN", "EXISTS", "CASE", "WHEN", "THEN", "ELSE", "END"),
    *("CAST", "ASC", "DESC", "NULLS", "FIRST", "LAST", "COUNT", "SUM", "MIN", "MAX", "AVG", "COALESCE", "OVER"),
    *("PARTITION", "QUALIFY", "FILTER", "TRUE", "FALSE", "DATE", "DESCRIBE", "SUMMARIZE"),
)

#: texts, names and comments, in which a semicolon ends nothing
_OPAQUE = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_OPEN = re.compile(r"'(?:[^']|'')*\Z|\"[^\"]*\Z|/\*(?:(?!\*/).)*\Z", re.DOTALL)
_WORD = re.compile(r"(?:(\w+)\.)?(\w*)\Z")
_SOURCE = re.compile(r"\b(?:from|join)\s+(\w+)(?:\s*\([^)]*\))?(?:\s+(?:as\s+)?(\w+))?", re.IGNORECASE)
_NEEDS_TABLE = re.compile(r"\b(?:from|join|describe|summarize|table)\s+\w*\Z", re.IGNORECASE)
_IN_FROM = re.compile(r"\bfrom\s+[\w\s,]*,\s*\w*\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Suggestion:
    """A word that may stand at the cursor, in place of so many characters before it, and what it is."""

    text: str
    replaces: int
    says: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The words of a run: tables with their columns, macros, questions with their parameters; each with what it is."""

    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    macros: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


def vocabulary(con: Any) -> Vocabulary:
    """The words of the run that a connection asks."""
    tables = dict(con.execute("SELECT table_name, comment FROM duckdb_tables() ORDER BY table_name").fetchall())
    columns: dict[str, dict[str, str]] = {}
    asked = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY 1, column_index"
    for table, column, says in con.execute(asked).fetchall():
        columns.setdefault(table, {})[column] = says or ""
    macros = {macro.partition("(")[0]: says or "" for macro, says in sealed.macros(con).iter_rows()}
    ready = {
        name: (file.summary, tuple(one.name for one in questions.parameters(file)))
        for name, file in questions.questions().items()
    }
    return Vocabulary({name: says or "" for name, says in tables.items()}, columns, macros, ready)


def _without_opaque(sql: str) -> str:
    """The same text, as long, with blanks for texts, quoted names and comments."""
    return _OPAQUE.sub(lambda found: " " * len(found[0]), sql)


def is_complete(sql: str) -> bool:
    """Whether what is typed so far ends a statement: its last character that counts is a semicolon."""
    bare = _without_opaque(sql)
    return bare.rstrip().endswith(";") and _OPEN.search(bare) is None


def suggestions(before: str, whole: str, known: Vocabulary) -> list[Suggestion]:
    """What may stand at the cursor: `before` is what is typed before it, `whole` all that is typed."""
    if before.lstrip().startswith("."):
        return list(_of_command(before.lstrip(), known))
    bare = _without_opaque(before)
    if _OPEN.search(bare) or re.search(r"--[^\n]*\Z", before[len(bare.rstrip()) :]):
        return []
    start = bare.rfind(";") + 1
    # the statement the cursor is in, up to its own end
    rest = _without_opaque(whole)[len(before) :].partition(";")[0]
    statement, bare = bare[start:] + rest, bare[start:]
    word = _WORD.search(bare)
    assert word is not None
    owner, begun = word[1], word[2]
    sources = _sources(statement, known)
    if owner is not None:
        table = sources.get(owner.lower(), owner.lower())
        # whose alias it is may only be said further on
        columns = [known.columns[table]] if table in known.columns else list(known.columns.values())
        return _matching(begun, (one for mine in columns for one in mine.items()))
    if _NEEDS_TABLE.search(bare) or _IN_FROM.search(bare):
        return _matching(begun, [*known.tables.items(), *_called(known)])
    return _matching(begun, _anywhere(begun, sources, known))


def _anywhere(begun: str, sources: Mapping[str, str], known: Vocabulary) -> Iterator[tuple[str, str]]:
    named = [known.columns[table] for table in dict.fromkeys(sources.values()) if table in known.columns]
    if not named and len(begun) >= 2:
        # no table is named yet: SELECT comes before FROM
        named = list(known.columns.values())
    for columns in named:
        yield from columns.items()
    yield from ((alias, table) for alias, table in sources.items() if alias != table)
    if begun:
        yield from ((word.lower() if begun.islower() else word, "") for word in KEYWORDS)
        yield from known.tables.items()
        yield from _called(known)


def _called(known: Vocabulary) -> list[tuple[str, str]]:
    return [(f"{name}('", says) for name, says in known.macros.items()]


def _sources(statement: str, known: Vocabulary) -> dict[str, str]:
    """The tables a statement names, by the name they go by in it."""
    keywords = {word.lower() for word in KEYWORDS}
    found: dict[str, str] = {}
    for table, alias in _SOURCE.findall(statement.lower()):
        found[alias if alias and alias not in keywords else table] = table
    return {name: table for name, table in found.items() if table in known.tables or table in known.macros}


def _of_command(before: str, known: Vocabulary) -> Iterator[Suggestion]:
    name, blank, rest = before.partition(" ")
    if not blank:
        yield from _matching(name, ((command, says) for command, (_, says) in COMMANDS.items()))
        return
    *done, begun = rest.split(" ")
    if name == ".question" and done:
        _, takes = known.questions.get(done[0], ("", ()))
        offered: Iterable[tuple[str, str]] = ((f"{one}=", "") for one in takes)
    elif done:
        return
    else:
        offered = {
            ".describe": known.tables.items(),
            ".schema": known.tables.items(),
            ".question": [(question, says) for question, (says, _) in known.questions.items()],
            ".format": [(one, "") for one in SHELL_FORMATS],
            ".timer": [("on", ""), ("off", "")],
        }.get(name, ())
    yield from _matching(begun, offered)


def _matching(begun: str, offered: Iterable[tuple[str, str]]) -> list[Suggestion]:
    """Those that begin so, whatever the capitals, each once."""
    found = {text: says for text, says in reversed(list(offered)) if text.lower().startswith(begun.lower())}
    return [Suggestion(text, len(begun), found[text]) for text in reversed(found)]
