"""The sample, both ways: every planted discrepancy is found, and nothing else is said at error or warning."""

from __future__ import annotations

from collections import Counter

import pytest

from pipelines import resources
from pipelines.rehearsal.comparing import COMPARED, Comparison, Row, compared, quiet_uci, said
from pipelines.rules import load_rules
from tests.sample_run import SAMPLE, outcome, rows, table

#: the run is made once, by the one process that has all of these tests
pytestmark = pytest.mark.xdist_group("sample")


def _said() -> list[Row]:
    return said(table("discrepancies"), table("candidates"))


def _compared() -> Comparison:
    """Planted rows that nobody says, and said rows that nobody planted; marks near a boundary are drawn by lot."""
    return compared(rows("planted"), _said(), quiet_uci(rows("quiet")))


def short(found: list[dict[str, str]], *more: str) -> list[str]:
    """Rows in a few words each, for a failure that can be read."""
    named = ("code", "severity", *COMPARED, *more)
    return [" ".join(f"{name}={row[name]}" for name in named if row[name]) for row in found]


def test_every_planted_discrepancy_is_found() -> None:
    assert short(_compared().missed) == []


def test_nothing_else_is_said_but_marks_near_a_boundary() -> None:
    """The marks of ordinary students are drawn by lot: of those who happen to be near, two alone are planted."""
    assert short(_compared().beside) == []


def test_of_the_quiet_people_nothing_is_said_at_error_or_warning() -> None:
    quiet = quiet_uci(rows("quiet"))
    assert len(quiet) > 50
    loud = [row for row in _said() if row["severity"] != "info" and row["uci"] in quiet]
    assert short(loud) == []


def test_everybody_quiet_is_one_person_at_one_centre() -> None:
    people = Counter(
        (row["centre_number"], uci)
        for row in table("candidates").to_dicts()
        if row["uci"]
        for uci in row["uci"].split()
    )
    quiet = [
        (row["centre_number"], row["uci"]) for row in rows("quiet") if row["uci"] and "cut short" not in row["who"]
    ]
    assert len(quiet) > 100
    assert {who: people[who] for who in quiet if people[who] != 1} == {}


def test_the_inbox_of_the_sample_stays_below_a_megabyte() -> None:
    assert sum(path.stat().st_size for path in (SAMPLE / "inbox").rglob("*") if path.is_file()) < 1_000_000


def test_every_rule_is_planted_at_least_twice() -> None:
    """Over three Mondays: what changes from week to week cannot be planted in one morning."""
    weeks = sorted(path.parent.name for path in (SAMPLE / "weeks").glob("*/planted.csv"))
    assert len(weeks) == 2
    later = [row for week in weeks for row in rows(f"weeks/{week}/planted")]
    told = [*rows("planted"), *(row for row in later if row["change"] in ("new", "changed", "reopened"))]
    planted = Counter(row["code"] for row in told)
    assert [rule.code for rule in load_rules(resources.sql() / "rules") if planted[rule.code] < 2] == []


def test_every_rule_has_a_status_at_every_centre() -> None:
    statuses = table("rules_run")
    rules = load_rules(resources.sql() / "rules")
    assert statuses.height == 3 * len(rules)
    assert set(statuses["status"]) <= {"clean", "found", "not_evaluated"}
    silent = statuses.filter(statuses["rows_checked"] == 0)
    assert set(silent["status"]) <= {"not_evaluated"}
    assert silent["reason"].null_count() == 0


def test_no_two_findings_share_a_fingerprint() -> None:
    found = table("discrepancies")
    assert found["fingerprint"].n_unique() == found.height


def test_a_root_is_a_finding_of_the_run() -> None:
    found = table("discrepancies")
    roots = found["root"].drop_nulls()
    assert roots.len() > 0
    assert set(roots) <= set(found["fingerprint"])


def test_the_sums_of_the_sample_are_those_of_its_files() -> None:
    sums = outcome().manifest["sums"]
    files, lines = sums["files"], sums["lines"]
    assert files["received"] == files["read"] + files["refused"] + files["repeated"] + files["ignored"]
    assert lines["lines"] == lines["framing"] + lines["kept"] + lines["rejected"]
    assert sums["statements"]["kept"] == sums["statements"]["in_tables"] == table("results_by_carrier").height
