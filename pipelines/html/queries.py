"""The rows of the report, shaped by the statements of `sql/report/`.

Takes a connection that holds the tables a run publishes; gives each question's rows as dictionaries, nested where a
student or a code has rows of its own. Promises that a reader who is not of the exams office gets no row that may not
be told yet, and that the tables it makes on the way are gone afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.database import identifier, is_surely_empty
from pipelines.evidence import LONGEST
from pipelines.sql_files import in_order, load_sql_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.html.facts import ReportFacts
    from pipelines.sql_files import SqlFile

MOST_ROWS = 200  #: of one code, and of the rows set aside; the rest is counted
MOST_STUDENTS = 400  #: with a part of their own
MOST_HELD = 400  #: rows of the lists of students and files
MOST_DRAWN = 30  #: lines of a picture

Rows = list[dict[str, Any]]


def rows(con: Any, query: str, values: Mapping[str, object]) -> Rows:
    """Rows by column name."""
    cursor = con.execute(query, dict(values) or None)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _values(facts: ReportFacts) -> dict[str, object]:
    return {
        "as_of": facts.as_of,
        "only_released": facts.audience != "exams_office",
        "season": facts.season,
        "compared_identity": facts.compared.identity if facts.compared is not None else "",
        "most_rows": MOST_ROWS,
        "most_students": MOST_STUDENTS,
        "most_held": MOST_HELD,
        "most_drawn": MOST_DRAWN,
        "most_of_a_line": LONGEST,
    }


def _makes(file: SqlFile) -> bool:
    return bool(file.header.get("makes"))


def _of_page(files: tuple[SqlFile, ...], page: str) -> list[SqlFile]:
    """The statements a page asks, and those whose tables they read."""
    by_name = {file.name: file for file in files}
    wanted = [file.name for file in files if page in file.header.get("pages", ["report"])]
    found: dict[str, SqlFile] = {}
    while wanted:
        name = wanted.pop()
        if name in by_name and name not in found:
            found[name] = by_name[name]
            wanted += by_name[name].reads
    return [found[name] for name in sorted(found)]


def ask(con: Any, facts: ReportFacts, page: str = "report") -> dict[str, Rows]:
    """Run the statements of `sql/report/` that a page asks: name → rows, of those that make no table."""
    files = _of_page(load_sql_folder(resources.sql() / "report"), page)
    given = [name for (name,) in con.execute("SELECT DISTINCT table_name FROM duckdb_columns()").fetchall()]
    ordered = in_order(files, sorted(set(given) - {file.name for file in files}))
    values = _values(facts)
    answers: dict[str, Rows] = {}
    made: list[str] = []
    try:
        for file in ordered:
            query, bound = file.bound(values)
            if _makes(file):
                con.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(file.name)} AS {query}", bound or None)
                made.append(file.name)
            else:
                answers[file.name] = [] if is_surely_empty(con, file) else rows(con, query, bound)
    finally:
        for name in made:
            con.execute(f"DROP TABLE IF EXISTS temp.{identifier(name)}")
    return answers
