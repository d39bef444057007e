"""How long the award calculation takes: invented people with twenty units each, seconds on standard output.

Run `python -m benchmarks.awards [people]`; the default is 100,000 people in 400 centres, half in IT and half in
Business, every one worked out for all sizes of the subject. Everything is derived from counting, so every run has
the same data: grades from distinction to unclassified, one unit in ten taken twice, one award in two issued.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Any

import duckdb

from pipelines import resources
from pipelines.database import column_types, empty_table, identifier, make_tables
from pipelines.reference import load_reference
from pipelines.sql_files import SqlFile, load_sql_folder

GIVEN = ("unit_results", "qualification_results", "qualification_entries", "tracker", "series_seen")

RESULTS = """
INSERT INTO unit_results (
    centre_number, person_id, board, series, unit_code, option_code, is_technical, grade, is_absent
)
WITH people AS (
    SELECT p, concat('9', lpad(CAST(p % 400 AS VARCHAR), 4, '0')) AS centre_number, CAST(p AS VARCHAR) AS person_id,
        CASE WHEN p % 2 = 0 THEN 'IT' ELSE 'Business' END AS subject
    FROM range({people}) AS r(p)
),
taken AS (
    SELECT p.*, u.unit_code, u.option_code, u.assessment,
        row_number() OVER (PARTITION BY p.p ORDER BY hash(p.p * 31 + u.unit_number), u.unit_code) AS place,
        hash(p.p * 101 + u.unit_number) AS chance
    FROM people AS p
    INNER JOIN units AS u ON u.subject = p.subject AND u.suite = '2016' AND u.level = 3 AND u.guided_learning_hours > 0
)
SELECT t.centre_number, t.person_id, '72', s.series, t.unit_code, t.option_code, true,
    CASE (t.chance + s.again) % 10
        WHEN 0 THEN 'U' WHEN 1 THEN 'D' WHEN 2 THEN 'D' WHEN 3 THEN 'M' WHEN 4 THEN 'M'
        WHEN 5 THEN CASE WHEN t.assessment = 'examined' THEN 'R' ELSE 'P' END ELSE 'P' END,
    false
FROM taken AS t
INNER JOIN (VALUES ('9I24', 0), ('9I25', 1)) AS s(series, again) ON s.again = 0 OR t.chance % 10 = 7
WHERE t.place <= 20
"""
ENTRIES = """
INSERT INTO qualification_entries (
    centre_number, person_id, qualification_code, suite, level, subject, is_live, is_expected
)
SELECT concat('9', lpad(CAST(p % 400 AS VARCHAR), 4, '0')), CAST(p AS VARCHAR),
    CASE WHEN p % 2 = 0 THEN '05842' ELSE '05837' END, '2016', 3,
    CASE WHEN p % 2 = 0 THEN 'IT' ELSE 'Business' END, true, true
FROM range({people}) AS r(p)
"""
AWARDS = """
INSERT INTO qualification_results (
    centre_number, person_id, board, series, qualification_code, suite, level, subject, is_technical, grade
)
SELECT centre_number, person_id, '72', '9I24', qualification_code, suite, level, subject, true, 'MM'
FROM qualification_entries WHERE CAST(person_id AS BIGINT) % 4 < 2
"""


def needed(files: Sequence[SqlFile], wanted: str) -> list[SqlFile]:
    """The files that make a table, and all they read, less what is given."""
    by_name = {file.name: file for file in files}
    found: dict[str, SqlFile] = {}
    waiting = [wanted]
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in found and name not in GIVEN:
            found[name] = by_name[name]
            waiting += by_name[name].header["reads"]
    return list(found.values())


def prepared(con: Any, people: int) -> list[SqlFile]:
    """Fill the tables the calculation reads; give the files that are left to run."""
    files = load_sql_folder(resources.sql() / "joins")
    for file in files:
        if file.name in GIVEN:
            con.execute(f"CREATE TABLE {identifier(file.name)} ({empty_table(column_types(file))})")
    for name, frame in load_reference(resources.reference_data(), None).items():
        con.register("frame", frame)
        con.execute(f"CREATE TABLE {identifier(name)} AS SELECT * FROM frame")
        con.unregister("frame")
    for series, season in (("9I24", "2024-25"), ("9I25", "2025-26")):
        con.execute("INSERT INTO series_seen (board, series, season) VALUES ('72', ?, ?)", [series, season])
    for statement in (RESULTS, ENTRIES, AWARDS):
        con.execute(statement.format(people=people))
    return needed(files, "award_calculations")


def main(people: int = 100_000) -> None:
    """Make the data, work it out, say how long each table took."""
    con = duckdb.connect(config={"threads": 2, "preserve_insertion_order": "false"})
    con.execute("SET TimeZone = 'UTC'")
    files = prepared(con, people)
    rows = con.execute("SELECT count(*) FROM unit_results").fetchone()
    print(f"{people:,} people, {rows[0] if rows else 0:,} unit results")
    started = time.perf_counter()
    made = make_tables(con, files, {})
    print(f"{time.perf_counter() - started:.2f} s for {made.rows['award_calculations']:,} awards")
    for name, seconds in sorted(made.seconds.items(), key=lambda one: -one[1]):
        print(f"  {seconds:6.2f} s {made.rows[name]:>12,} {name}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
