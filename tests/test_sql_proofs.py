"""What can have no row is known from the text of a statement, and never wrongly."""

from __future__ import annotations

from itertools import product

import duckdb
import pytest

from pipelines import resources
from pipelines.database import is_surely_empty
from pipelines.sql_files import load_sql_file, load_sql_folder
from pipelines.sql_proofs import empty_without
from pipelines.sql_subset import parse

#: a statement over the tables x, y and z of one column n, and the least sets without whose rows it has none
STATEMENTS = [
    ("SELECT n FROM x", ["x"]),
    ("SELECT x.n FROM x INNER JOIN y ON y.n = x.n", ["x", "y"]),
    ("SELECT x.n FROM x CROSS JOIN y", ["x", "y"]),
    ("SELECT x.n FROM x LEFT JOIN y ON y.n = x.n", ["x"]),
    ("SELECT y.n FROM x RIGHT JOIN y ON y.n = x.n", ["y"]),
    ("SELECT y.n FROM x FULL JOIN y ON y.n = x.n", ["xy"]),
    ("SELECT x.n FROM x SEMI JOIN y ON y.n = x.n", ["x", "y"]),
    ("SELECT x.n FROM x ANTI JOIN y ON y.n = x.n", ["x"]),
    ("SELECT z.n FROM x INNER JOIN y ON y.n = x.n RIGHT JOIN z ON z.n = y.n", ["z"]),
    ("SELECT n FROM x UNION ALL SELECT n FROM y", ["xy"]),
    ("SELECT n FROM x UNION SELECT n FROM y UNION SELECT n FROM z", ["xyz"]),
    ("SELECT n FROM x EXCEPT SELECT n FROM y", ["x"]),
    ("SELECT n FROM x UNION ALL SELECT 1 AS n", []),
    ("SELECT count(*) AS n FROM x", []),
    ("SELECT coalesce(max(n), 1) + 1 AS n FROM x", []),
    ("SELECT 1 AS n FROM x HAVING TRUE", []),
    ("SELECT count(*) AS n FROM x GROUP BY n", ["x"]),
    ("SELECT count(*) AS n FROM x GROUP BY ROLLUP (n)", []),
    ("SELECT count(*) AS n FROM x GROUP BY ALL", []),
    ("SELECT count(*) OVER (PARTITION BY n) AS n FROM x", ["x"]),
    ("SELECT n FROM x WHERE NOT EXISTS (SELECT 1 FROM y)", ["x"]),
    ("SELECT n FROM x WHERE n = (SELECT max(n) FROM y)", ["x"]),
    ("WITH y AS (SELECT n FROM x) SELECT n FROM y", ["x"]),
    ("WITH c AS (SELECT count(*) AS n FROM x) SELECT c.n FROM c LEFT JOIN y ON y.n = c.n", []),
    ("WITH c AS (SELECT count(*) AS n FROM x) SELECT c.n FROM c INNER JOIN y ON y.n <> c.n", ["y"]),
    ("SELECT a.n FROM (SELECT n FROM x UNION ALL SELECT n FROM y) AS a INNER JOIN z ON z.n = a.n", ["xy", "z"]),
    ("SELECT n FROM (SELECT 1 AS n) AS a", []),
]


@pytest.mark.parametrize(("statement", "sets"), STATEMENTS)
def test_the_sets_of_tables_are_those_without_whose_rows_there_is_none(statement: str, sets: list[str]) -> None:
    assert empty_without(parse(statement).tree) == {frozenset(tables) for tables in sets}


@pytest.mark.parametrize(("statement", "sets"), STATEMENTS)
def test_where_it_is_said_to_have_no_row_it_has_none_whatever_the_others_hold(statement: str, sets: list[str]) -> None:
    con = duckdb.connect()
    for held in product((0, 1, 2), repeat=3):
        rows = dict(zip("xyz", held, strict=True))
        for table, count in rows.items():
            con.execute(
                f"CREATE OR REPLACE TABLE {table} AS SELECT CAST(i AS BIGINT) AS n FROM range({count}) AS r (i)"
            )
        if any(not any(rows[table] for table in tables) for tables in sets):
            assert con.execute(statement).fetchall() == [], rows


@pytest.mark.parametrize("folder", ["joins", "findings", "rules", "report"])
def test_what_a_header_says_is_proved(folder: str) -> None:
    said = [file for file in load_sql_folder(resources.sql() / folder) if file.header.get("empty_without")]
    assert said
    for file in said:
        proved = empty_without(parse(file.query).tree)
        for tables in file.header["empty_without"]:
            assert any(enough <= set(tables) for enough in proved), (file.name, tables)


def test_a_file_is_surely_empty_where_all_tables_of_one_set_are() -> None:
    con = duckdb.connect()
    con.execute("CREATE TABLE previous_gaps (n BIGINT)")
    con.execute("CREATE TABLE results_compared (n BIGINT)")
    file = load_sql_file(resources.sql() / "rules" / "result_added.sql")
    assert is_surely_empty(con, file)
    con.execute("INSERT INTO previous_gaps VALUES (1)")
    assert not is_surely_empty(con, file)
