"""`discrepancies.xlsx`: what a run found, sheet by sheet in the order of the report.

Takes a connection with the tables that a run publishes, and what the report is told; writes the workbook, and one for
each centre where there are several. Promises that equal tables and facts give equal bytes, that a reader who is not of
the exams office gets no row that may not be told yet, and that what is restricted says so on every sheet.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.html.words import moment_words
from pipelines.workbooks.book import write_book
from pipelines.workbooks.queries import Words, ask_sheets
from pipelines.workbooks.sheet import Book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.formats import Format
    from pipelines.html.facts import ReportFacts
    from pipelines.rules import Rule
    from pipelines.workbooks.queries import Answers

NAME = "discrepancies.xlsx"
SAMPLE = "SAMPLE: made from the shipped sample, nobody here is real."
_RULES = ("code", "summary", "action", "source", "confidence")
_LAYOUTS = ("name", "title", "kind", "source", "public", "inferred", "ours")


def write_discrepancies(con: Any, path: Path, facts: ReportFacts, centre: str = "") -> int:
    """Write the workbook, of one centre or of all; gives its size in bytes. DiskError where the disk fails."""
    answers = ask(con, facts, centre)
    seen = "SELECT DISTINCT centre_number FROM rules_run WHERE centre_number <> 'all' ORDER BY centre_number"
    centres = [centre] if centre else [one for (one,) in con.execute(seen).fetchall()]
    book = Book(
        f"Results {facts.season}: discrepancies",
        date(int(facts.season[:4]), 9, 1),
        footer(centres, facts.identity),
        banner(facts, answers.heads["restricted"]["until"]),
    )
    return write_book(path, book, answers.sheets)


def ask(con: Any, facts: ReportFacts, centre: str = "") -> Answers:
    """The sheets of the workbook, in their order."""
    given = {"book_rules": (_RULES, map(_rule, facts.rules)), "book_layouts": (_LAYOUTS, map(_layout, facts.formats))}
    values = {
        "as_of": facts.as_of,
        "only_released": facts.audience != "exams_office",
        "compared_identity": facts.compared.identity if facts.compared is not None else "",
        "centre": centre,
    }
    counted = "SELECT code, rows_checked FROM rules_run WHERE centre_number = $centre"
    looked_at = dict(con.execute(counted, {"centre": centre or "all"}).fetchall())
    words = Words(facts.season, {rule.code: (rule.summary, rule.action) for rule in facts.rules}, looked_at)
    try:
        for table, (columns, rows) in given.items():
            _fill(con, table, columns, list(rows))
        return ask_sheets(con, "workbook", values, words)
    finally:
        for table in given:
            con.execute(f"DROP TABLE IF EXISTS temp.{table}")


def banner(facts: ReportFacts, until: int | None) -> str:
    """What heads every sheet: SAMPLE, RESTRICTED until when (in seconds, UTC), or nothing."""
    parts = [SAMPLE] if facts.is_sample else []
    if until is not None:
        say = moment_words(int(facts.season[:4]))
        parts.append(f"RESTRICTED: some of this may not be told to candidates before {say(until)}; it says so.")
    return " ".join(parts)


def footer(centres: Sequence[str], run: str) -> str:
    """What stands at the foot of every page: the centres, and the start of the run's identity."""
    shown = ", ".join(centres[:3]) + (f" and {len(centres) - 3} more" if len(centres) > 3 else "")
    return f"Centre {shown} · run {run[:8]}" if centres else f"Run {run[:8]}"


def _fill(con: Any, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    told = ", ".join(f"{name} VARCHAR" for name in columns)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({told})")
    if rows:
        con.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' for _ in columns)})", rows)


def _rule(rule: Rule) -> tuple[object, ...]:
    return rule.code, rule.summary, rule.action, rule.source, rule.confidence


def _layout(form: Format) -> tuple[object, ...]:
    sure = [column.sure for column in form.all_columns.values()] + list(form.sureness.values())
    counts = (str(sure.count(word)) for word in ("public", "inferred", "ours"))
    return form.name, form.title, form.kind, form.source, *counts
