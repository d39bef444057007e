"""Eight rules that move somebody's grade, and their twins, over thousands of invented students."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.course_claims_twin import found_by_claims_twin
from tests.course_people import invented_county
from tests.course_records import County, Finding
from tests.course_tables import CODES, found_by_rules
from tests.course_twin import found_by_awards_twin


def by_hand(county: County) -> list[Finding]:
    """What the twins find."""
    return sorted(found_by_awards_twin(county) + found_by_claims_twin(county))


def differences(county: County, expected: list[Finding]) -> list[str]:
    """Where rules and twins disagree, one line a finding."""
    theirs = found_by_rules(county)
    said = [f"twice: {one}" for one in sorted(set(theirs)) if theirs.count(one) > 1]
    said += [f"only the rule says {one}" for one in sorted(set(theirs) - set(expected))]
    return said + [f"only the twin says {one}" for one in sorted(set(expected) - set(theirs))]


@cache
def crowd() -> tuple[tuple[County, list[Finding]], ...]:
    """Four counties of some hundred centres, and what the twins find in them."""
    counties = [invented_county(random.Random(seed), 14, 110, 8) for seed in (7, 8, 1, 3)]
    return tuple((county, by_hand(county)) for county in counties)


def test_the_rules_equal_their_twins_over_thousands_of_students() -> None:
    assert [line for county, expected in crowd() for line in differences(county, expected)] == []


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 6), st.integers(1, 30), st.integers(1, 8))
def test_the_rules_equal_their_twins_in_any_county(
    rnd: random.Random, subjects: int, schools: int, people: int
) -> None:
    county = invented_county(rnd, subjects, schools, people)
    assert differences(county, by_hand(county)) == []


def test_the_invented_students_are_spoken_of_in_every_way() -> None:
    seen = {(one.code, one.severity, one.state, one.cause) for _, expected in crowd() for one in expected}
    kinds = {code: {kind[1:] for kind in seen if kind[0] == code} for code in CODES}
    waiting = ("info", "pending", "file_awaited")
    assert kinds["award_missing"] == {("error", "open", ""), waiting}
    for code, other in (("units_incomplete", "hours_short"), ("invalid_combination", "units_not_listed")):
        loud = {(severity, "open", cause) for severity in ("error", "info") for cause in ("mandatory_missing", other)}
        assert kinds[code] >= {waiting, *loud}
    assert kinds["wrong_size"] == {
        *((severity, "open", cause) for severity in ("warning", "info") for cause in ("move_down", "top_up")),
        ("info", "pending", "move_down"),
    }
    assert kinds["wrong_level"] == {
        ("error", "open", "intended_level"), ("error", "open", "units"), ("info", "open", "units")
    }  # fmt: skip
    assert kinds["unit_not_claimed"] == {("error", "open", ""), ("info", "open", "")}
    assert kinds["award_grade_differs"] == {("warning", "open", "")}
    assert kinds["near_pass_relied_on"] == {("info", "open", "")}


def test_the_invented_counties_are_looked_at_before_and_after_the_release() -> None:
    assert len({county.as_of for county, _ in crowd()}) > 1
