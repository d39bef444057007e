"""A check with some of the rules makes only what these stand on, and finds what a whole run finds of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines import resources
from pipelines.chosen import rules_of, tables_of
from pipelines.errors import UsageError
from pipelines.findings import HARNESS_TABLES
from pipelines.join import PEOPLE_TABLES, incoming_columns
from pipelines.reference import reference_tables
from pipelines.rules import load_rules
from pipelines.run_tables import RUN_TABLES
from pipelines.sql_files import in_order, load_sql_folder
from tests.cli_helpers import call
from tests.sample_run import CENTRES, SAMPLE, options, outcome

SQL = resources.sql()
#: the last reads what became of the findings of others, and the third the award calculation
CHOSEN = ("duplicate_candidate_number", "grades_conflict", "award_missing", "waiver_expired")


def test_what_any_one_rule_stands_on_is_made_from_what_is_there() -> None:
    known = {*incoming_columns(), *reference_tables(), *RUN_TABLES, *PEOPLE_TABLES, *HARNESS_TABLES}
    files = [file for folder in ("joins", "findings") for file in load_sql_folder(SQL / folder)]
    for rule in load_rules(SQL / "rules"):
        made = tables_of(SQL, [rule])
        ordered = [file.name for file in in_order([file for file in files if file.name in made], known)]
        assert set(ordered) == made
        assert set(rule.reads) <= made | known


def test_three_plain_rules_need_no_award_calculation_and_no_report() -> None:
    made = tables_of(SQL, rules_of(SQL, ("missing_uci", "duplicate_candidate_number", "grades_conflict")))
    assert {"people_values", "latest_statements", "mentions"} <= made
    assert made.isdisjoint({"award_calculations", "reconciliation", "near_people", "discrepancies", "readiness"})


def test_a_check_of_some_rules_counts_what_a_whole_run_counts_of_them(tmp_path: Path) -> None:
    centres = [word for centre in CENTRES for word in ("--centre", centre)]
    said = call(
        "check", "--inbox", SAMPLE / "inbox", "--data", tmp_path / "data", *centres, "--rules", ", ".join(CHOSEN),
        "--as-of", (SAMPLE / "as_of.txt").read_text(encoding="utf-8").strip(), "--format", "json",
    )  # fmt: skip
    told, whole = json.loads(said.out), outcome().manifest
    assert told["rules"] == {code: whole["rules"][code] for code in sorted(CHOSEN)}
    assert whole["rules"]["grades_conflict"]["found"] > 0
    assert (told["sums"]["files"], told["sums"]["lines"]) == (whole["sums"]["files"], whole["sums"]["lines"])
    assert told["only"]["tables"] < told["only"]["of_tables"]
    assert said.code == 1
    assert not (tmp_path / "data" / "current").exists()


def test_a_code_that_no_rule_has_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UsageError, match=r"no rule .grade_conflict"):
        rules_of(SQL, ("grade_conflict",))


def test_for_staff_from_whom_results_are_held_back_nothing_is_counted_apart(tmp_path: Path) -> None:
    asked = ("--inbox", SAMPLE / "inbox", "--data", tmp_path, "--rules", "missing_uci", "--audience", "staff")
    said = call("check", *asked)
    assert (said.code, said.out) == (2, "")
    assert "under embargo" in said.err


def test_a_run_of_some_rules_cannot_be_published(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="never published"):
        options(tmp_path, rules=("missing_uci",))
