"""The files of `sql/pack/`: each is whole, says what its columns hold, and together they take up every rule."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from pipelines import resources, sql_subset
from pipelines.errors import UsageError
from pipelines.packs.requests import RequestType, as_request, chosen, heading
from pipelines.rules import OWNERS, Rule, load_rules
from pipelines.sql_files import load_sql_file
from tests.pack_runs import REQUESTS

RULES = {rule.code: rule for rule in load_rules(resources.sql() / "rules")}
FIELDS = {
    "summary", "title", "to", "takes", "rest_of", "takes_info", "is_cohort", "how", "before", "deadlines",
    "board_if_unknown", "reads", "columns",
}  # fmt: skip
#: what every sheet needs, whoever it goes to
ALWAYS = {"centre_number", "reference", "layout"}
TO_A_BOARD = {"board", "candidate_number", "ocr_candidate_number", "uci", "until", "restricted"}


def owners(rule: Rule) -> set[str]:
    """Whoever a finding of the rule may be for: its header's owner, and those its query names."""
    named = {
        str(text.this)
        for alias in sqlglot.parse_one(rule.file.query.replace(":as_of", "now()"), read="duckdb").find_all(exp.Alias)
        if alias.alias == "owner"
        for text in alias.find_all(exp.Literal)
    }
    return {rule.owner} | (named & set(OWNERS))


def takers(rule: Rule, owner: str) -> list[RequestType]:
    """The request types that take up a finding of the rule that is for this owner and more than information."""
    return [
        request
        for request in REQUESTS.values()
        for takes in request.takes
        if takes.code in (rule.code, None) and takes.owner in (owner, None)
    ]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_is_taken_up_for_each_of_its_owners_or_asks_for_nothing(rule: Rule) -> None:
    asks_for_nothing = rule.severity == "info" and not any(
        request.takes_info and any(takes.code == rule.code for takes in request.takes) for request in REQUESTS.values()
    )
    for owner in owners(rule):
        assert asks_for_nothing or takers(rule, owner), (rule.code, owner)


def test_the_owner_of_a_row_is_seen_where_a_query_gives_it() -> None:
    assert owners(RULES["claim_stuck"]) == {"centre", "board"}
    assert owners(RULES["pending_result"]) == {"board", "mis"}
    assert owners(RULES["missing_uci"]) == {"centre"}


@pytest.mark.parametrize("request_type", REQUESTS.values(), ids=REQUESTS)
def test_what_a_request_type_takes_up_are_rules_and_owners_there_are(request_type: RequestType) -> None:
    for takes in request_type.takes:
        assert takes.code is None or takes.code in RULES
        if takes.code is not None and takes.owner is not None:
            assert takes.owner in owners(RULES[takes.code])


def test_the_rest_of_each_owner_goes_to_that_owner() -> None:
    rest = {(takes.owner, request.to) for request in REQUESTS.values() for takes in request.takes if takes.code is None}
    assert rest == {(owner, owner) for owner in OWNERS}


@pytest.mark.parametrize("request_type", REQUESTS.values(), ids=REQUESTS)
def test_a_file_names_the_tables_it_reads_and_the_columns_it_gives(request_type: RequestType) -> None:
    file = request_type.file
    assert set(file.header) <= FIELDS
    statement = sql_subset.parse(file.query)
    assert set(file.reads) == sql_subset.tables_used(statement)
    assert [column.name for column in request_type.columns] == sql_subset.output(statement)
    order = sqlglot.parse_one(file.query, read="duckdb").args["order"]
    last = order.expressions[-1].this.name
    # of the order a key stands last, so that no two rows are equal in it
    assert last == ("place_drawn" if request_type.is_cohort else "reference")


@pytest.mark.parametrize("request_type", REQUESTS.values(), ids=REQUESTS)
def test_a_request_type_says_all_that_sending_it_takes(request_type: RequestType) -> None:
    names = {column.name for column in request_type.columns}
    assert names >= ALWAYS | (TO_A_BOARD if request_type.to == "board" else set())
    assert all(words and not words.endswith(".") for words in request_type.words.values())
    assert request_type.how
    assert request_type.before.startswith("1. ")
    assert request_type.file.summary.endswith(".")
    with (resources.reference_data() / "deadlines.csv").open(encoding="utf-8", newline="") as stream:
        services = {row["service"] for row in csv.DictReader(stream)}
    assert set(request_type.deadlines) <= services


def test_a_heading_is_what_people_read() -> None:
    assert heading("ocr_candidate_number") == "OCR candidate number"
    assert heading("other_uci") == "Other UCI"
    assert heading("series") == "Series"


GOOD = """/*
summary = "Something is asked."
title = "Something"
to = "board"
takes = ["grades_conflict:board"]
how = ["screen: Interchange"]
before = "1. Look."
deadlines = []
reads = ["asked"]

[columns]
reference = "identifier: our reference"
*/
SELECT a.reference FROM asked AS a ORDER BY a.reference ASC NULLS FIRST;
"""


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ('title = "Something"\n', "", "title"),
        ('to = "board"', 'to = "parent"', "parent"),
        (":board", ":bord", "bord"),
        ("takes = [", "takes = 7 #", "takes"),
        ("identifier: our", "number of ours", "kind"),
        ("deadlines = []", "deadlines = 3", "deadlines"),
        ("deadlines = []", 'deadlines = []\nrest_of = "all"', "all"),
        ('reference = "identifier: our reference"\n', "", "columns"),
    ],
)
def test_a_header_that_lacks_something_is_told_what(good: str, bad: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "something.sql"
    path.write_text(GOOD, encoding="utf-8")
    assert as_request(load_sql_file(path)).title == "Something"
    path.write_text(GOOD.replace(good, bad), encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        as_request(load_sql_file(path))


def test_without_a_name_all_are_asked_but_the_sample_and_for_a_sample_that_alone() -> None:
    assert {one.name for one in chosen(REQUESTS, (), False)} == set(REQUESTS) - {"cohort_sample"}
    assert [one.name for one in chosen(REQUESTS, (), True)] == ["cohort_sample"]
    assert [one.name for one in chosen(REQUESTS, ("uci_merge",), False)] == ["uci_merge"]
    assert {one.name for one in chosen(REQUESTS, ("uci_merge",), True)} == {"cohort_sample", "uci_merge"}
    with pytest.raises(UsageError, match="uci_merge"):
        chosen(REQUESTS, ("ucis_merge",), False)
    with pytest.raises(UsageError, match="--cohort"):
        chosen(REQUESTS, ("cohort_sample",), False)
