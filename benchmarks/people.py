"""How long person resolution takes: invented people, many mentions, seconds on standard output.

Run `python -m benchmarks.people [people] [centres]`; the default is 100,000 people in 400 centres, who make about
800,000 mentions in two academic years and five carriers. Everything is derived from counting, so every run has the
same data: one person in 50 is a twin, some numbers are shared, mistyped or missing, some names are spelled otherwise.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb

from pipelines.people import resolve
from pipelines.sql_files import load_sql_file

FOLDER = Path(__file__).parent.parent / "sql" / "people"

PEOPLE = """
CREATE TABLE persons AS
WITH drawn AS (
    SELECT
        p AS person,
        p % {centres} AS centre,
        -- a twin has the surname and the birth date of the person before in the centre
        CASE WHEN hash(p) % 50 = 0 THEN p - {centres} ELSE p END AS family
    FROM range({people}) AS r(p)
)
SELECT
    person,
    concat('9', lpad(CAST(centre AS VARCHAR), 4, '0')) AS centre_number,
    lpad(CAST(person // {centres} + 1 AS VARCHAR), 4, '0') AS candidate_number,
    lpad(CAST(10000000 + person AS VARCHAR), 8, '0') AS ocr_candidate_number,
    -- one in 200 pairs of twins was given one UCI
    concat('9', lpad(CAST(CASE WHEN hash(person) % 200 = 0 THEN family ELSE person END AS VARCHAR), 11, '0'), 'A')
        AS uci,
    concat('surname', CAST(hash(family) % 3000 AS VARCHAR)) AS surname,
    concat(chr(CAST(97 + hash(person * 7) % 26 AS INTEGER)), 'name', CAST(hash(person * 7) % 500 AS VARCHAR))
        AS forename,
    CASE WHEN hash(person * 3) % 2 = 0 THEN 'jo' ELSE '' END AS second_forename,
    DATE '2006-09-01' + CAST(hash(family * 11) % 730 AS INTEGER) AS date_of_birth
FROM drawn
"""

MENTIONS = """
CREATE TABLE mentions AS
WITH said AS (
    SELECT
        p.*,
        c.carrier,
        y.academic_year,
        hash(p.person * 100 + c.number * 10 + y.number) AS chance
    FROM persons AS p
    CROSS JOIN (VALUES (0, 'edi'), (1, 'xml'), (2, 'achievement'), (3, 'tracker'), (4, 'claims')) AS c(number, carrier)
    CROSS JOIN (VALUES (0, '2024-25'), (1, '2025-26')) AS y(number, academic_year)
    WHERE hash(p.person * 100 + c.number * 10 + y.number + 5) % 10 < 8
)
SELECT
    md5(concat(CAST(person AS VARCHAR), carrier, academic_year)) AS mention_id,
    centre_number,
    academic_year,
    carrier,
    CASE
        WHEN carrier = 'achievement' THEN NULL
        WHEN academic_year = '2024-25'
            THEN lpad(CAST((CAST(candidate_number AS INTEGER) + 7) % 10000 AS VARCHAR), 4, '0')
        ELSE candidate_number
    END AS candidate_number,
    CASE WHEN carrier IN ('achievement', 'tracker') AND chance % 20 > 0
        THEN CASE WHEN chance % 100 = 1 THEN concat('2', substr(ocr_candidate_number, 2)) ELSE ocr_candidate_number END
    END AS ocr_candidate_number,
    CASE WHEN carrier <> 'tracker' AND chance % 13 > 0
        THEN CASE WHEN chance % 30 = 2 THEN substr(uci, 1, 12) ELSE uci END
    END AS uci,
    CAST(NULL AS VARCHAR) AS uln,
    CASE WHEN carrier IN ('edi', 'xml') THEN NULL ELSE surname END AS surname_key,
    CASE WHEN carrier IN ('edi', 'xml') THEN NULL ELSE surname END AS surname_sorted,
    CASE WHEN carrier IN ('edi', 'xml') THEN NULL WHEN chance % 25 = 3 THEN substr(forename, 1, 1) ELSE forename END
        AS forename_key,
    CASE WHEN carrier IN ('edi', 'xml') THEN NULL ELSE concat(forename, second_forename) END AS forenames_key,
    FALSE AS name_truncated,
    CASE WHEN carrier IN ('achievement', 'tracker')
        THEN CASE WHEN chance % 40 = 4 AND day(date_of_birth) <= 12
            THEN make_date(year(date_of_birth), day(date_of_birth), month(date_of_birth)) ELSE date_of_birth END
    END AS date_of_birth
FROM said
"""


def main(people: int = 100_000, centres: int = 400) -> None:
    """Make the data, resolve it, say how long each part took."""
    con = duckdb.connect(config={"threads": 2})
    con.execute("CREATE TABLE known_as (name VARCHAR, known_as VARCHAR)")
    con.execute("INSERT INTO known_as VALUES ('robert', 'bob'), ('robert', 'rob')")
    con.execute(PEOPLE.format(people=people, centres=centres))
    con.execute(MENTIONS.format(people=people, centres=centres))
    row = con.execute("SELECT count(*) FROM mentions").fetchone()
    print(f"{people:,} people, {row[0] if row else 0:,} mentions, {centres:,} centres")
    start = time.perf_counter()
    outcome = resolve(con, lambda name: load_sql_file(FOLDER / f"{name}.sql"))
    print(f"{time.perf_counter() - start:.2f} s")
    print(f"{outcome.people:,} people found, {outcome.contradictions:,} contradictions")
    print("rounds:", ", ".join(f"{step} {rounds}" for step, rounds in outcome.rounds))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
