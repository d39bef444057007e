"""Every case at the foot of every rule, and what must hold of the rule-base itself."""

from __future__ import annotations

import pytest

from pipelines import resources
from pipelines.rules import Rule, load_rules
from tests.rule_cases import Case, read_cases, run_case, said_and_wanted

RULES = load_rules(resources.sql() / "rules")
CASES = [(rule, case) for rule in RULES for case in read_cases(rule.file.cases)]


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{rule.code}: {case.name}" for rule, case in CASES])
def test_case(rule: Rule, case: Case) -> None:
    said, wanted = said_and_wanted(case, *run_case(rule, case))
    assert said == wanted


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_cases_hold_one_that_speaks_and_one_that_is_silent(rule: Rule) -> None:
    cases = read_cases(rule.file.cases)
    assert any(case.tables.get("speaks") for case in cases), "no case makes the rule speak"
    assert any(case.silent or case.looked_at for case in cases), "no case shows rows it is silent about"


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_summary_is_one_sentence(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert ". " not in rule.summary
