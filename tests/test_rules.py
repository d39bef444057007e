"""Every case at the foot of every rule, and what must hold of the rule-base itself."""

from __future__ import annotations

import pytest

from pipelines import resources
from pipelines.rules import Rule, load_rules
from tests.rule_cases import Case, read_cases, run_case

RULES = load_rules(resources.sql() / "rules")
CASES = [(rule, case) for rule in RULES for case in read_cases(rule.file.cases)]


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{rule.code}: {case.name}" for rule, case in CASES])
def test_case(rule: Rule, case: Case) -> None:
    found, looked_at, not_evaluated = run_case(rule, case)
    columns = case.columns.get("speaks", [])
    said = sorted([tuple(row[name] or "" for name in columns) for row in found])
    wanted = sorted(tuple(row.get(name, "") for name in columns) for row in case.tables.get("speaks", []))
    if case.silent:
        assert found == []
    else:
        assert said == wanted
    if case.looked_at is not None:
        assert looked_at == case.looked_at
    if case.not_evaluated is not None:
        assert not_evaluated == case.not_evaluated
    keys = [row["key"] for row in found]
    assert len(keys) == len(set(keys)), "two findings share a key"


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_cases_hold_one_that_speaks_and_one_that_is_silent(rule: Rule) -> None:
    cases = read_cases(rule.file.cases)
    assert any(case.tables.get("speaks") for case in cases), "no case makes the rule speak"
    assert any(case.silent or case.looked_at for case in cases), "no case shows rows it is silent about"


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_summary_is_one_sentence(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert ". " not in rule.summary
