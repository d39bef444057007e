"""What explain answers: from any words to the rule, and all that the rule's file says."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from pipelines import resources
from pipelines.commands import explain
from pipelines.rules import Rule, load_rules
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny

RULES = load_rules(resources.sql() / "rules")


def a_rule(code: str, summary: str, *wording: str) -> Rule:
    """A rule with these words and nothing else to find it by."""
    base = next(rule for rule in RULES if rule.code == "missing_uci")
    fields = {**vars(base), "code": code, "summary": summary, "wording": wording, "why": "-", "message": "-"}
    return Rule(**fields)


SOME = [
    a_rule("result_without_entry", "A result is here for which no entry is.", "E2", "Results not matched by an entry"),
    a_rule("grades_conflict", "Two carriers give two grades.", "E5", "Results which differ from a previous import"),
    a_rule("marks_conflict", "Two carriers give two marks.", "E5"),
    a_rule("missing_uci", "No source gives a UCI.", "Record contains no UCI"),
    a_rule("shared_uci", "One UCI stands against two people."),
]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("result_without_entry", ["result_without_entry"]),
        ("RESULT WITHOUT ENTRY", ["result_without_entry"]),
        ("E2", ["result_without_entry"]),
        ("e2", ["result_without_entry"]),
        ("E2: Results not matched by an entry", ["result_without_entry"]),
        ("results not matchd by an entry", ["result_without_entry"]),
        ("E5", ["grades_conflict", "marks_conflict"]),
        ("mising_uci", ["missing_uci"]),
        ("uci", ["missing_uci", "shared_uci"]),
        ("grades", ["grades_conflict"]),
        ("quite another thing", []),
        ("  ", []),
    ],
)
def test_a_discrepancy_is_found_by_its_code_or_by_anybodys_words(words: str, codes: list[str]) -> None:
    assert [rule.code for rule in explain.matching(words, SOME)] == codes


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_every_rule_is_found_by_its_code_and_among_those_of_each_of_its_wordings(rule: Rule) -> None:
    assert [one.code for one in explain.matching(rule.code, RULES)] == [rule.code]
    for words in rule.wording:
        assert rule.code in [one.code for one in explain.matching(words, RULES)]


def test_the_page_of_a_rule_says_all_that_its_file_says() -> None:
    rule = next(rule for rule in RULES if rule.code == "missing_uci")
    page = " ".join(call("explain", "missing_uci").out.split())
    for words in (rule.summary, rule.why, rule.action, rule.source, *rule.wording, rule.population, rule.file.query):
        assert " ".join(words.split()) in page
    assert "error" in page


def test_explain_counts_what_is_open_where_a_run_is_published(tmp_path: Path) -> None:
    assert "2 open" in call("explain", "missing_uci", "--data", tiny()).out
    assert "open" not in call("explain", "missing_uci", "--data", tmp_path).out.split("Why it happens")[0]
    (told,) = json.loads(call("explain", "missing_uci", "--data", tiny(), "--format", "json").out)
    assert told["findings"] == {"open": 2}


def test_explain_says_why_a_rule_was_not_evaluated() -> None:
    asked = "SELECT code, reason FROM rules_run WHERE status = 'not_evaluated' AND centre_number = 'all'"
    ran = json.loads(call("query", asked, "--data", tiny(), "--format", "json").out)
    said = call("explain", ran[0]["code"], "--data", tiny())
    assert " ".join(f"not evaluated: {ran[0]['reason']}".split()) in " ".join(said.out.split())


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_a_rule_says_on_which_screens_it_is_settled(rule: Rule) -> None:
    # what is wrong in a file of the school's own is settled there: its steps name the command, or the file
    assert rule.where or "resultsday" in rule.action or "data/local/" in rule.action, rule.code


def _services(folder: Path) -> set[str]:
    with (folder / "deadlines.csv").open(encoding="utf-8", newline="") as stream:
        return {row["service"] for row in csv.DictReader(stream)}


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_a_rule_names_only_services_that_have_a_day(rule: Rule) -> None:
    assert set(rule.deadlines) <= _services(resources.reference_data())


def _part(page: str, head: str) -> str:
    """What stands under a heading of a page, up to the next."""
    lines = page.splitlines()
    found: list[str] = []
    for line in lines[lines.index(head) + 1 :]:
        if line and not line.startswith(" "):
            break
        found.append(line.strip())
    return " ".join(" ".join(found).split())


def test_the_page_says_where_by_when_and_gives_an_example() -> None:
    rule = next(rule for rule in RULES if rule.code == "near_boundary")
    page = call("explain", rule.code).out
    assert _part(page, "Where") == " ".join(rule.where)
    for service in rule.deadlines:
        assert service in _part(page, "By when")
    # a day that no document states is not given as if one did
    assert "check the day" in _part(page, "By when")
    assert _part(page, "For example") == " ".join(explain.example(rule).split())


def test_a_centres_own_deadline_takes_the_place_of_ours(tmp_path: Path) -> None:
    reference = tmp_path / "local" / "reference"
    reference.mkdir(parents=True)
    (reference / "deadlines.csv").write_text(
        "season,service,applies_to,deadline,confidence\n"
        "2025-26,review of marking,all,2026-09-25,documented\n"
        "2026-27,review of marking,all,2027-09-23,recollection\n",
        encoding="utf-8",
    )
    (told,) = json.loads(call("explain", "near_boundary", "--data", tmp_path, "--format", "json").out)
    days = [line for line in told["deadlines"] if "  review of marking," in line]
    assert days == [
        "2026-09-25  review of marking, all (2025-26)",
        "2027-09-23  review of marking, all (2026-27, recollection: check the day)",
    ]


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_the_example_of_a_rule_is_its_message_with_the_values_of_a_case(rule: Rule) -> None:
    title, said = explain.example(rule).split("\n")
    assert title in rule.file.cases
    assert "{" not in said
    # the words of the message that no value fills stand in it as they are
    assert all(part.strip() in said for part in re.split(r"\{[^}]*\}", rule.message) if part.strip())
