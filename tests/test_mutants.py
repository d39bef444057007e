"""The tool that asks whether the cases of a rule would notice a fault: each kind is made, a weak case set is caught.

`make mutants` itself takes minutes and is no part of the tests.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines import resources
from pipelines.rules import Rule, load_rules
from pipelines.sql_files import load_sql_folder
from tests.mutants.judge import Survivor, Verdict, judge
from tests.mutants.mutate import mutants
from tests.mutants.readers import modules
from tests.mutants.survivors import READERS_KEPT, Explained, load, outlived, unexplained
from tests.mutants.syntax import faults

MADE = [
    ("SELECT a FROM t WHERE a = 1", "a = 1 → <>", "WHERE a <> 1"),
    ("SELECT a FROM t WHERE a <> b", "a <> b → =", "WHERE a = b"),
    ("SELECT a FROM t WHERE a < b", "a < b → <=", "WHERE a <= b"),
    ("SELECT a FROM t WHERE a >= b", "a >= b → >", "WHERE a > b"),
    ("SELECT a FROM t WHERE a IS DISTINCT FROM b", "→ <>", "WHERE a <> b"),
    ("SELECT a FROM t WHERE a IS NOT DISTINCT FROM b", "→ IS DISTINCT FROM", "WHERE a IS DISTINCT FROM b"),
    ("SELECT a FROM t WHERE NOT a", "NOT dropped: NOT a", "WHERE (a)"),
    ("SELECT a FROM t WHERE a IS NOT NULL", "NOT dropped", "WHERE (a IS NULL)"),
    ("SELECT a FROM t WHERE a IS NULL", "NOT added", "WHERE (NOT a IS NULL)"),
    ("SELECT a FROM t WHERE a NOT LIKE 'x%'", "NOT dropped", "WHERE a LIKE 'x%'"),
    ("SELECT a FROM t WHERE a AND b AND c", "operand of AND dropped: b", "WHERE (a AND c)"),
    ("SELECT a FROM t JOIN u ON t.a = u.a OR u.b", "operand of OR dropped: u.b", "ON (t.a = u.a)"),
    ("SELECT CASE WHEN a AND b THEN 'x' END AS c FROM t", "final.c: operand of AND dropped: a", "WHEN (b) THEN"),
    ("SELECT a FROM t WHERE b", "WHERE dropped: b", "SELECT a FROM t"),
    ("SELECT a FROM t GROUP BY a HAVING count(*) > 1", "HAVING dropped", "FROM t GROUP BY a"),
    ("SELECT a FROM t INNER JOIN u ON t.a = u.a", "INNER JOIN → LEFT: u", "FROM t LEFT JOIN u"),
    ("SELECT a FROM t LEFT JOIN u ON t.a = u.a", "LEFT JOIN → INNER: u", "FROM t JOIN u"),
    ("SELECT max(a) AS b FROM t", "final.b: → min: MAX(a)", "SELECT MIN(a) AS b"),
    ("SELECT count(DISTINCT a) AS b FROM t", "DISTINCT dropped", "SELECT COUNT(a) AS b"),
    ("SELECT DISTINCT a FROM t", "DISTINCT dropped", "SELECT a FROM t"),
    ("SELECT coalesce(a, b) AS c FROM t", "default dropped", "SELECT a AS c"),
    ("SELECT FALSE AS c FROM t", "→ TRUE", "SELECT TRUE AS c"),
    ("SELECT a FROM t UNION SELECT a FROM u", "set → UNION ALL", "UNION ALL"),
    ("SELECT a FROM t UNION ALL SELECT a FROM u", "set → UNION: before FROM u", "FROM t UNION SELECT"),
    ("SELECT a FROM t GROUP BY a, b", "left out of group: b", "GROUP BY a"),
    ("SELECT row_number() OVER (PARTITION BY a, b ORDER BY c) AS n FROM t", "left out of partition", "BY b ORDER"),
    ("SELECT row_number() OVER (ORDER BY c ASC NULLS LAST) AS n FROM t", "order turned: c", "ORDER BY c DESC"),
    ("SELECT a FROM t WHERE b > 4", "4 → 3: b > 4", "WHERE b > 3"),
    ("SELECT a FROM t WHERE b > 4", "4 → 5: b > 4", "WHERE b > 5"),
    ("SELECT CASE WHEN a THEN 1 ELSE 0 END AS c FROM t", "1 ↔ 0", "CASE WHEN a THEN 0 ELSE 1 END"),
    ("SELECT CASE a WHEN 'x' THEN 1 WHEN 'y' THEN 2 END AS c FROM t", "1 ↔ 2", "WHEN 'x' THEN 2 WHEN 'y' THEN 1"),
]


@pytest.mark.parametrize(("query", "name", "sql"), MADE, ids=[f"{name} in {query}" for query, name, _ in MADE])
def test_each_kind_of_fault_is_made(query: str, name: str, sql: str) -> None:
    assert any(name in one.name and sql in one.sql for one in mutants(query)), [*mutants(query)]


def test_a_mutant_has_one_fault_and_a_name_of_its_own() -> None:
    query = "WITH p AS (SELECT a FROM t WHERE a = 1 AND b) SELECT a FROM p WHERE a = 1 OR a = :as_of"
    made = list(mutants(query))
    assert len({one.name for one in made}) == len(made)
    assert len({one.sql for one in made}) == len(made)
    both = [one for one in made if "a <> 1" in one.sql]
    assert sorted(one.name for one in both) == ["final: comparison: a = 1 → <>", "p: comparison: a = 1 → <>"]
    assert all(one.sql.count("a <> 1") == 1 for one in both)
    assert all(":as_of" in one.sql or "as_of" in one.name or "WHERE dropped" in one.name for one in made)


def test_names_outlive_a_reformatting() -> None:
    query = "SELECT t.a FROM t INNER JOIN u ON u.a = t.a AND u.b = 1 WHERE coalesce(t.c, FALSE)"
    spread = query.replace(" ", "\n    ").replace("WHERE", "-- why\nWHERE").lower()
    assert [one.name for one in mutants(query)] == [one.name for one in mutants(spread)]


def test_a_centre_beside_a_person_is_left_alone() -> None:
    query = "SELECT t.a FROM t JOIN u ON u.centre_number = t.centre_number AND u.other_person_id = t.person_id"
    dropped = [one.name for one in mutants(query) if "dropped" in one.name]
    assert dropped == ["final: operand of AND dropped: u.other_person_id = t.person_id"]
    alone = "SELECT t.a FROM t JOIN u ON u.centre_number = t.centre_number AND u.series = t.series"
    assert any("dropped: u.centre_number" in one.name for one in mutants(alone))


WEAK = """
one without a UCI is told
  candidates | centre_number | person_id | uci | ocr_candidate_number
             | 99999         | p1        |     | 00000001
  speaks     | person_id
             | p1
"""
STRONG = """
one without a UCI is told, one with it is not, and one without a number is not looked at
  candidates | centre_number | person_id | uci           | ocr_candidate_number
             | 99999         | p1        |               | 00000001
             | 99999         | p2        | 999990240001R | 00000002
             | 99999         | p3        |               |
  speaks     | person_id
             | p1
  looked_at = 2
"""


def _rule(folder: Path, cases: str) -> Rule:
    (folder / "sample_rule.sql").write_text(
        "/*\n"
        'severity = "error"\nowner = "centre"\nsummary = "A sample."\nmessage = "It is."\naction = "1. Act."\n'
        'why = "So."\nsource = "Ours"\npopulation = "rows"\nreads = ["candidates"]\nneeds = []\nkey = ["person"]\n'
        'follows_from = []\nconfidence = "ours"\nwording = []\n'
        "*/\n"
        "SELECT centre_number, person_id, uci IS NULL AS speaks\nFROM candidates\n"
        "WHERE ocr_candidate_number IS NOT NULL;\n\n"
        f"/* cases{cases}*/\n",
        encoding="utf-8",
    )
    return load_rules(folder)[0]


def test_a_rule_with_weak_cases_is_caught(tmp_path: Path) -> None:
    verdict = judge(_rule(tmp_path, WEAK))
    assert [one.name for one in verdict.survivors] == ["final: WHERE dropped: NOT ocr_candidate_number IS NULL"]
    assert verdict.made == 3
    assert verdict.survivors[0].unseen == ""


def test_a_rule_with_strong_cases_lets_no_mutant_live(tmp_path: Path) -> None:
    verdict = judge(_rule(tmp_path, STRONG))
    assert (verdict.survivors, verdict.broken) == ((), "")


def test_what_differs_where_no_case_looks_is_named(tmp_path: Path) -> None:
    rule = _rule(tmp_path, STRONG)
    query = rule.file.query.replace("person_id, uci IS NULL", "person_id, max(uci) OVER () AS expected, uci IS NULL")
    verdict = judge(replace(rule, file=replace(rule.file, query=query)))
    assert [(one.name, one.unseen) for one in verdict.survivors] == [("final.expected: → min: MAX(uci)", "")]
    words = query.replace("max(uci) OVER ()", "coalesce(uci, 'none')")
    verdict = judge(replace(rule, file=replace(rule.file, query=words)))
    assert [one.unseen for one in verdict.survivors] == ["expected"]


def test_cases_that_do_not_hold_are_said_first(tmp_path: Path) -> None:
    assert judge(_rule(tmp_path, STRONG.replace("looked_at = 2", "looked_at = 3"))).broken.startswith(
        "one without a UCI"
    )


def test_a_survivor_needs_a_reason_and_a_reason_a_survivor() -> None:
    verdict = Verdict("one_rule", 3, (Survivor("p: → min: MAX(a)", ""), Survivor("p: WHERE dropped: b", "")))
    entries = (
        Explained("one_rule", "why", ("p: → min: MAX(a)", "p: gone")),
        Explained("other_rule", "why", ("q: gone",)),
        Explained("*", "why", pattern=r".*never.*"),
    )
    assert [one.name for one in unexplained(verdict, entries)] == ["p: WHERE dropped: b"]
    assert outlived([verdict], entries, whole=False) == [("one_rule", "p: gone")]
    assert outlived([verdict], entries, whole=True) == [
        ("one_rule", "p: gone"),
        ("other_rule", "q: gone"),
        ("*", ".*never.*"),
    ]
    assert unexplained(verdict, [Explained("*", "why", pattern=r".*(MAX|WHERE).*")]) == []


@pytest.mark.parametrize(
    "text",
    [
        '[[survivor]]\nrule = "one_rule"\nmutations = ["p"]\nreason = " "\n',
        '[[survivor]]\nrule = "one_rule"\npattern = "p"\nreason = "why"\n',
        '[[survivor]]\nrule = "*"\nmutations = ["p"]\nreason = "why"\n',
    ],
    ids=["no reason", "a pattern for one rule", "a list for all rules"],
)
def test_an_entry_that_explains_nothing_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "survivors.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="survivors"):
        load(tmp_path / "survivors.toml")


def test_the_kept_file_speaks_of_rules_that_are_here() -> None:
    assert {entry.rule for entry in load()} - {file.name for file in load_sql_folder(resources.sql() / "rules")} == {
        "*"
    }


FAULTS = [
    ("x = a < b", "→ LtE", "a <= b"),
    ("x = a == b", "→ NotEq", "a != b"),
    ("x = a is None", "→ IsNot", "a is not None"),
    ("x = 0 < a <= 9", "1: → Lt", "0 < a < 9"),
    ("x = a in b", "→ NotIn", "a not in b"),
    ("x = a + 1", "→ Sub", "a - 1"),
    ("x = a & b", "→ BitOr", "a | b"),
    ("x = a and b", "→ Or", "a or b"),
    ("x = ~a", "not dropped", "x = a"),
    ("x = f(7)", "7 → 8", "f(8)"),
    ("x = f(True)", "→ False", "f(False)"),
    ("x = f('M')", "'M' → ''", "f('')"),
    ("x = f(b'M')", "→ other bytes", "f(b'')"),
    ("x = a.first()", "→ last", "a.last()"),
    ("x = a.join(b, how='left')", "'left' → 'inner'", "how='inner'"),
    ("def f():\n    if a:\n        return 1", "condition turned", "if not a"),
    ("def f():\n    y = a", "removed", "pass"),
]


@pytest.mark.parametrize(("source", "name", "code"), FAULTS, ids=[f"{name} in {source}" for source, name, _ in FAULTS])
def test_each_kind_of_fault_of_a_reader_is_made(source: str, name: str, code: str) -> None:
    assert any(name in one.name and code in ast.unparse(one.tree) for one in faults(source))


def test_words_for_people_types_and_imports_are_left_alone() -> None:
    source = '''
"""What it takes."""
import os
if TYPE_CHECKING:
    import re
def f(a: int = 0) -> Literal["x"]:
    """What it gives."""
    raise ValueError("not " + f"a {a}")
    say("It has too few cells.")
'''
    found = {one.name for one in faults(source)}
    assert found == {
        "f: 0 → 1: a: int=0",
        "f: 0 → -1: a: int=0",
        "f: removed: raise ValueError('not ' + f'a {a}')",
        "f: removed: say('It has too few cells.')",
    }


def test_a_fault_of_a_reader_stands_alone_has_a_name_and_outlives_a_reformatting() -> None:
    source = "def f(a):\n    if a > 1 and a != 3:\n        return a + 2\n    return 0\n"
    made = list(faults(source))
    assert len({one.name for one in made}) == len({ast.unparse(one.tree) for one in made}) == len(made)
    spread = source.replace("if a > 1 and a != 3:", "# why\n    if (\n        a > 1\n        and a != 3\n    ):")
    assert [one.name for one in faults(spread)] == [one.name for one in made]


def test_every_reason_for_a_survivor_of_the_readers_is_about_a_fault_that_is_made() -> None:
    made = {
        name: [fault.name for fault in faults(path.read_text(encoding="utf-8"))] for name, path in modules().items()
    }
    for one in load(READERS_KEPT):
        assert not set(one.mutations) - set(made.get(one.rule, ()))
        assert any(one.covers(module, name) for module, names in made.items() for name in names)
        assert one.reason.strip()
