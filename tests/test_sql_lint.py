"""The linter of the SQL: each check refuses a text that has the fault, and passes one that has it not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import resources, sql_lint
from pipelines.sql_lint import lint_file

JOIN = """/*
summary = "One row an entry."
reads = ["entries"]
publish = true
order = ["a"]

[columns]
a = "VARCHAR: the first"
b = "VARCHAR: the second"
*/
SELECT e.a, e.b FROM entries AS e
"""

RULE = """/*
severity = "error"
owner = "centre"
summary = "A thing is wrong."
message = "{item} is wrong."
action = \"\"\"
1. Mend it.\"\"\"
why = "It happens."
source = "We say so."
population = "things"
reads = ["entries"]
needs = []
key = ["person"]
follows_from = []
confidence = "ours"
wording = []
*/
SELECT e.centre_number, e.person_id, e.a = 'x' AS speaks FROM entries AS e;

/* cases
it speaks
  entries | centre_number | person_id | a
          | 99999         | p1        | x
  speaks  | person_id
          | p1

it is silent
  entries | centre_number | person_id | a
          | 99999         | p1        | y
  speaks nothing
*/
"""

QUESTION = """/*
summary = "Which entries are there?"
why = "To know."
reads = ["entries"]
*/
SELECT list(e.a) AS a FROM entries AS e GROUP BY ALL ORDER BY ALL
"""

PEOPLE = """/*
summary = "One row a group."
makes = "{after}"
reads = ["{groups}", "people"]
parameters = ["groups", "after", "strict"]

[columns]
group_id = "BIGINT: the group"
*/
SELECT g.group_id FROM {groups} AS g INNER JOIN people AS p ON p.id = g.group_id WHERE {strict}
"""


def told(folder: str, text: str, tmp_path: Path) -> str:
    """What the linter says of a text as a file of a folder."""
    path = tmp_path / "a_file.sql"
    path.write_text(text, encoding="utf-8")
    return "\n".join(f"{one.what} {one.todo}" for one in lint_file(path, folder))


@pytest.mark.parametrize(
    ("folder", "text"),
    [("joins", JOIN), ("findings", JOIN), ("rules", RULE), ("questions", QUESTION), ("people", PEOPLE)],
)
def test_a_file_without_a_fault_passes(folder: str, text: str, tmp_path: Path) -> None:
    assert told(folder, text, tmp_path) == ""


def select(body: str, columns: str = 'a = "VARCHAR: the first"', reads: str = '"entries"') -> str:
    """A join whose statement is this."""
    return f'/*\nsummary = "One row an entry."\nreads = [{reads}]\n\n[columns]\n{columns}\n*/\n{body}\n'


#: what each check says, a statement it refuses, and a like one that it passes
SUBSET = [
    (
        "QUALIFY",
        "SELECT a FROM entries QUALIFY row_number() OVER (ORDER BY a ASC NULLS LAST) = 1",
        "WITH r AS (SELECT a, row_number() OVER (ORDER BY a NULLS LAST) AS n FROM entries) SELECT a FROM r WHERE n = 1",
    ),
    (
        "PIVOT",
        "SELECT a FROM (PIVOT entries ON b USING sum(c)) AS p",
        "SELECT max(CASE WHEN b = 1 THEN c END) AS a FROM entries",
    ),
    (
        "ASOF",
        "SELECT e.a FROM entries AS e ASOF JOIN entries AS f ON e.a >= f.a",
        "SELECT e.a FROM entries AS e JOIN entries AS f ON e.a >= f.a",
    ),
    (
        "NATURAL",
        "SELECT a FROM entries NATURAL JOIN entries AS f",
        "SELECT e.a FROM entries AS e JOIN entries AS f ON e.a = f.a",
    ),
    (
        "EXCLUDE",
        "WITH r AS (SELECT * EXCLUDE (b) FROM entries) SELECT a FROM r",
        "WITH r AS (SELECT * FROM entries) SELECT a FROM r",
    ),
    (
        "REPLACE",
        "WITH r AS (SELECT * REPLACE (1 AS a) FROM entries) SELECT a FROM r",
        "SELECT replace(a, 'x', 'y') AS a FROM entries",
    ),
    ("COLUMNS", "WITH r AS (SELECT max(COLUMNS(*)) FROM entries) SELECT a FROM r", "SELECT max(a) AS a FROM entries"),
    (
        "BY NAME",
        "SELECT a FROM entries UNION ALL BY NAME SELECT a FROM entries",
        "SELECT a FROM entries UNION ALL SELECT a FROM entries",
    ),
    ("DISTINCT ON", "SELECT DISTINCT ON (b) a FROM entries", "SELECT DISTINCT a FROM entries"),
    (
        "recursive",
        "WITH RECURSIVE r AS (SELECT a FROM entries UNION SELECT a FROM r) SELECT a FROM r",
        "WITH r AS (SELECT a FROM entries) SELECT a FROM r",
    ),
    (
        "list aggregate",
        "SELECT string_agg(a, ',') AS a FROM entries",
        "SELECT concat_ws(',', min(a), max(a)) AS a FROM entries",
    ),
    ("list aggregate", "SELECT list(a) AS a FROM entries", "SELECT count(a) AS a FROM entries"),
    ("list aggregate", "SELECT array_agg(a) AS a FROM entries", "SELECT min(a) AS a FROM entries"),
    ("list aggregate", "SELECT group_concat(a) AS a FROM entries", "SELECT max(a) AS a FROM entries"),
    (
        "ordered aggregate",
        "SELECT sum(a ORDER BY b ASC NULLS LAST) AS a FROM entries",
        "SELECT sum(a) AS a FROM entries",
    ),
    ("slice", "SELECT a[1:3] AS a FROM entries", "SELECT substr(a, 1, 3) AS a FROM entries"),
    ("list, struct", "SELECT [a] AS a FROM entries", "SELECT a AS a FROM entries"),
    ("list, struct", "SELECT {'x': a} AS a FROM entries", "SELECT a AS a FROM entries"),
    ("rows of no table", "SELECT unnest(a) AS a FROM entries", "SELECT a FROM entries"),
    ("a sample", "SELECT a FROM entries TABLESAMPLE 10%", "SELECT a FROM entries"),
    ("SIMILAR TO", "SELECT a FROM entries WHERE a SIMILAR TO 'x.*'", "SELECT a FROM entries WHERE a LIKE 'x%'"),
    ("concat(", "SELECT concat(a, b) AS a FROM entries", "SELECT a || b || concat_ws(' ', a, b) AS a FROM entries"),
    ("GROUP BY ALL", "SELECT a FROM entries GROUP BY ALL", "SELECT a FROM entries GROUP BY a"),
    ("GROUP BY a position", "SELECT a FROM entries GROUP BY 1", "SELECT a FROM entries GROUP BY a"),
    ("ORDER BY ALL", "SELECT a FROM entries ORDER BY ALL", "SELECT a FROM entries ORDER BY a NULLS LAST"),
    (
        "ORDER BY a position",
        "SELECT a FROM entries ORDER BY 1 NULLS LAST",
        "SELECT a FROM entries ORDER BY a NULLS LAST",
    ),
    ("asks the clock", "SELECT now() AS a FROM entries", "SELECT :as_of AS a FROM entries"),
    ("asks the clock", "SELECT current_date AS a FROM entries", "SELECT current_date_of_entry AS a FROM entries"),
    ("asks the clock", "SELECT current_timestamp AS a FROM entries", "SELECT 'current_timestamp' AS a FROM entries"),
    ("asks the clock", "SELECT today() AS a FROM entries", "SELECT e.today AS a FROM entries AS e"),
    ("differs from run to run", "SELECT random() AS a FROM entries", "SELECT e.random AS a FROM entries AS e"),
    ("differs from run to run", "SELECT uuid() AS a FROM entries", "SELECT md5(a) AS a FROM entries"),
    ("takes any row", "SELECT any_value(a) AS a FROM entries", "SELECT min(a) AS a FROM entries"),
    ("takes any row", "SELECT first(a) AS a FROM entries", "SELECT e.first AS a FROM entries AS e"),
    ("takes a list", "SELECT list_contains(a, 'x') AS a FROM entries", "SELECT a LIKE '%x%' AS a FROM entries"),
    ("not exact", "SELECT approx_count_distinct(a) AS a FROM entries", "SELECT count(DISTINCT a) AS a FROM entries"),
    ("casts with ::", "SELECT a::VARCHAR AS a FROM entries", "SELECT CAST(a AS VARCHAR) AS a FROM entries"),
    ("where NULL goes", "SELECT a FROM entries ORDER BY a", "SELECT a FROM entries ORDER BY a ASC NULLS FIRST"),
    (
        "where NULL goes",
        "SELECT row_number() OVER (PARTITION BY b ORDER BY a DESC) AS a FROM entries",
        "SELECT row_number() OVER (PARTITION BY b ORDER BY a DESC NULLS LAST) AS a FROM entries",
    ),
    (
        "where NULL goes",
        "SELECT a FROM entries ORDER BY coalesce(a, b) NULLS LAST, b LIMIT 3",
        "SELECT a FROM entries ORDER BY coalesce(a, b) NULLS LAST, b NULLS LAST LIMIT 3",
    ),
    (
        "where NULL goes",
        "SELECT sum(a) OVER (ORDER BY b ROWS UNBOUNDED PRECEDING) AS a FROM entries",
        "SELECT sum(a) OVER (ORDER BY b NULLS LAST ROWS UNBOUNDED PRECEDING) AS a FROM entries",
    ),
]


@pytest.mark.parametrize(("says", "refused", "passed"), SUBSET, ids=[f"{says}: {no}" for says, no, _ in SUBSET])
@pytest.mark.parametrize("folder", ["joins", "rules"])
def test_the_portable_subset(folder: str, says: str, refused: str, passed: str, tmp_path: Path) -> None:
    assert says in told(folder, select(refused), tmp_path)
    assert says not in told(folder, select(passed), tmp_path)
    assert told("joins", select(passed), tmp_path) == ""


@pytest.mark.parametrize(
    "body",
    [
        "SELECT a FROM read_csv('x.csv')",
        "SELECT a FROM 'x.csv'",
        "SELECT a FROM read_parquet(['x'])",
        "SELECT a FROM glob('*')",
    ],
)
def test_files_may_not_be_read(body: str, tmp_path: Path) -> None:
    assert "it reads" in told("joins", select(body), tmp_path)
    assert "it reads" in told("questions", select(body), tmp_path)


@pytest.mark.parametrize(
    "body",
    [
        "CREATE TABLE x AS SELECT a FROM entries",
        "SELECT a FROM entries; SELECT a FROM entries",
        "DROP TABLE entries",
        "SUMMARIZE entries",
    ],
)
@pytest.mark.parametrize("folder", ["joins", "questions"])
def test_a_file_holds_one_query_and_nothing_else(folder: str, body: str, tmp_path: Path) -> None:
    assert "something else than one query" in told(folder, select(body), tmp_path)


def test_a_file_says_only_what_is_proved_of_when_it_has_no_row(tmp_path: Path) -> None:
    wrong = "it may have rows without theirs"
    reads = '"entries", "claims"]\nempty_without = [["claims"]'
    inner = "SELECT e.a FROM entries AS e INNER JOIN claims AS c ON c.a = e.a"
    outer = "SELECT e.a FROM entries AS e LEFT JOIN claims AS c ON c.a = e.a"
    assert wrong not in told("joins", select(inner, reads=reads), tmp_path)
    assert wrong in told("joins", select(outer, reads=reads), tmp_path)


def test_a_statement_that_is_no_sql_is_told_so(tmp_path: Path) -> None:
    assert "cannot be parsed" in told("joins", select("SELECT FROM WHERE ("), tmp_path)


@pytest.mark.parametrize(
    ("reads", "body", "says"),
    [
        (
            '"entries"',
            "SELECT e.a FROM entries AS e JOIN claims AS c ON c.a = e.a",
            "uses claims, which reads does not name",
        ),
        ('"entries"', "SELECT a FROM entries WHERE a IN (SELECT a FROM claims)", "uses claims"),
        (
            '"entries"',
            "SELECT a FROM entries AS e WHERE EXISTS (SELECT 1 FROM claims AS c WHERE c.a = e.a)",
            "uses claims",
        ),
        ('"entries"', "SELECT a FROM entries UNION ALL SELECT a FROM claims", "uses claims"),
        ('"entries", "claims"', "SELECT a FROM entries", "names claims, which it does not use"),
        ('"entries", "entries"', "SELECT a FROM entries", "names a table twice"),
        ('"entries"', "WITH claims AS (SELECT a FROM entries) SELECT a FROM claims", ""),
        ('"entries"', "WITH entries AS (SELECT a FROM entries) SELECT a FROM entries", ""),
        ('"entries", "claims"', "SELECT a FROM entries WHERE a IN (SELECT a FROM claims)", ""),
    ],
)
def test_reads_are_the_tables_used_no_more_and_no_less(reads: str, body: str, says: str, tmp_path: Path) -> None:
    said = told("joins", select(body, reads=reads), tmp_path)
    assert says in said if says else said == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("SELECT e.a, e.b", "SELECT *"), "last SELECT has a star"),
        (("SELECT e.a, e.b", "SELECT e.a, e.*"), "last SELECT has a star"),
        (("SELECT e.a, e.b", "SELECT e.a"), "[columns] has b, which the query does not give"),
        (("SELECT e.a, e.b", "SELECT e.a, e.b, e.c"), "the query gives c"),
        (("SELECT e.a, e.b", "SELECT e.b, e.a"), "another order"),
        (("SELECT e.a, e.b", "SELECT e.x AS a, e.b"), ""),
        (('order = ["a"]', 'order = ["z"]'), "order names z"),
        (('order = ["a"]\n', ""), "has no order"),
        (('"VARCHAR: the second"', '"the second"'), "is described as"),
        (('"VARCHAR: the second"', '"DECIMAL(7,2): the second"'), ""),
        (('summary = "One row an entry."', 'summary = "One row. An entry."'), "not one sentence"),
        (('summary = "One row an entry."', 'summary = "One row an entry"'), "not one sentence"),
        (("publish = true", "published = true"), "published, which nothing reads"),
        (('reads = ["entries"]\n', ""), "has no reads"),
        (("the first", "FILL IN the first"), "it says FILL IN"),
    ],
)
def test_the_header_of_a_join(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    text = JOIN.replace(*change)
    assert text != JOIN
    said = told("joins", text, tmp_path)
    assert says in said if says else said == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('severity = "error"', 'severity = "fatal"'), "severity is 'fatal'"),
        (('owner = "centre"', 'owner = "teacher"'), "owner is 'teacher'"),
        (("{item} is wrong.", "{surname} is wrong."), "may not name {surname}"),
        (("{item} is wrong.", "{item} is wrong"), "message is not one sentence"),
        (('key = ["person"]', 'key = ["student"]'), "key word 'student'"),
        (('key = ["person"]', 'key = ["person", "key_mine"]'), ""),
        (('key = ["person"]', "key = []"), "needs a key"),
        (("1. Mend it.", "Mend it."), "no numbered steps"),
        (('why = "It happens."\n', ""), "needs why"),
        (("needs = []", 'needs = ["edi", "xml", "marks", "claims"]'), "more than three"),
        (("AS speaks", "AS spoken"), "does not give speaks"),
        (("e.centre_number, ", ""), "does not give centre_number"),
        (("SELECT e.centre_number", "SELECT e.*, e.centre_number"), "has a star"),
        (("speaks  | person_id\n          | p1", ""), "no case makes it speak"),
        (("speaks  | person_id\n          | p1", "speaks  | person_id"), "no case makes it speak"),
        (("speaks nothing", ""), "no case shows a row it is silent about"),
        (("speaks nothing", "looked_at = 1"), ""),
    ],
)
def test_a_rule(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    text = RULE.replace(*change)
    assert text != RULE
    said = told("rules", text, tmp_path)
    assert says in said if says else said == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ((" ORDER BY ALL", ""), "come in any order"),
        (('why = "To know."\n', ""), "has no why"),
        (("Which entries are there?", "The entries that are there."), "is no question"),
        (("e.a)", "e.a) FILTER (e.b < :as_of)"), "uses :as_of"),
        (("entries AS e", "claims AS e"), "uses claims"),
        ((" ORDER BY ALL", " WHERE e.a = :unit ORDER BY ALL"), "[parameters] names none; it uses unit"),
        (("*/", '[parameters.unit]\ntype = "text"\nsays = "which"\n*/'), "[parameters] names unit; it uses none"),
        (("*/", '[parameters.unit]\ntype = "word"\nsays = "which"\n*/'), "there is no type word"),
        (("*/", "[parameters.unit]\n*/"), "it has type, says"),
    ],
)
def test_a_question(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    text = QUESTION.replace(*change)
    assert text != QUESTION
    assert says in told("questions", text, tmp_path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ('parameters = ["groups", "after", "strict"]', 'parameters = ["groups", "after"]'),
            "it uses after, groups, strict",
        ),
        (('"{groups}", "people"', '"people"'), "uses {groups}"),
        (('makes = "{after}"\n', ""), "does not say what it makes"),
        (("SELECT g.group_id", "SELECT g.id"), "which the query does not give"),
    ],
)
def test_a_step_of_person_resolution(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    text = PEOPLE.replace(*change)
    assert text != PEOPLE
    assert says in told("people", text, tmp_path)


def test_a_message_names_the_file_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a_file.sql"
    path.write_text(JOIN.replace("SELECT e.a, e.b", "SELECT *"), encoding="utf-8")
    (message,) = lint_file(path, "joins")
    assert str(message) == f"{path}: its last SELECT has a star. List the columns it gives."


def test_the_program_ends_with_1_where_anything_is_wrong_and_0_where_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "joins").mkdir()
    path = tmp_path / "joins" / "some_entries.sql"
    path.write_text(JOIN, encoding="utf-8")
    monkeypatch.setattr(resources, "sql", lambda: tmp_path)
    assert sql_lint.main() == 0
    assert capsys.readouterr().out == "1 SQL files, 0 faults\n"
    path.write_text(JOIN.replace("SELECT e.a, e.b", "SELECT e.a::VARCHAR AS a, e.b"), encoding="utf-8")
    assert sql_lint.main() == 1
    assert str(path) in capsys.readouterr().out
