"""The sample, both ways: every planted discrepancy is found, and nothing else is said at error or warning."""

from __future__ import annotations

from collections import Counter

import pytest

from pipelines import resources
from pipelines.rules import load_rules
from tests.sample_run import SAMPLE, outcome, rows, table

COMPARED = (
    "centre_number",
    "candidate_number",
    "ocr_candidate_number",
    "uci",
    "series",
    "qualification_code",
    "unit_code",
    "option_code",
    "file",
    "line",
    "cause",
    "state",
)
#: the run is made once, by the one process that has all of these tests
pytestmark = pytest.mark.xdist_group("sample")
#: findings about two people: the planted row has the numbers of both
ABOUT_TWO = ("shared_uci", "shared_candidate_number", "identity_conflict", "possible_duplicate_person")


def _said() -> list[dict[str, str]]:
    found = table("discrepancies")
    people = {row["person_id"]: row for row in table("candidates").to_dicts()}
    said = []
    for row in found.to_dicts():
        if row["code"] in ABOUT_TWO and row["other_person_id"]:
            other = people[row["other_person_id"]]
            for number in ("candidate_number", "ocr_candidate_number", "uci"):
                both = {value for one in (row[number], other[number]) if one for value in one.split()}
                row[number] = " ".join(sorted(both))
        said.append({name: "" if value is None else str(value) for name, value in row.items()})
    return said


def answers(planted: dict[str, str], said: dict[str, str]) -> bool:
    """Whether a finding is the planted one; cells left empty are not compared."""
    if planted["code"] != said["code"]:
        return False
    if planted["state"] != "pending" and planted["severity"] != said["severity"]:
        return False
    for name in COMPARED:
        if not planted[name]:
            continue
        if name in ("candidate_number", "ocr_candidate_number", "uci"):
            if set(planted[name].split()) != set(said[name].split()):
                return False
        elif planted[name] != said[name]:
            return False
    return True


def _compare() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Planted rows that nobody says, and said rows that nobody planted."""
    said = _said()
    used: set[int] = set()
    missed = []
    for planted in rows("planted"):
        fits = [i for i, row in enumerate(said) if i not in used and answers(planted, row)]
        if fits:
            used.add(fits[0])
        else:
            missed.append(planted)
    return missed, [row for i, row in enumerate(said) if i not in used]


def short(found: list[dict[str, str]], *more: str) -> list[str]:
    """Rows in a few words each, for a failure that can be read."""
    named = ("code", "severity", *COMPARED, *more)
    return [" ".join(f"{name}={row[name]}" for name in named if row[name]) for row in found]


def test_every_planted_discrepancy_is_found() -> None:
    missed, _extra = _compare()
    assert short(missed) == []


def test_nothing_else_is_said_at_error_or_warning() -> None:
    _missed, extra = _compare()
    assert short([row for row in extra if row["severity"] != "info"]) == []


def test_at_info_nothing_else_is_said_but_marks_near_a_boundary() -> None:
    """The marks of ordinary students are drawn by lot: of those who happen to be near, two alone are planted."""
    _missed, extra = _compare()
    assert short([row for row in extra if row["code"] != "near_boundary"]) == []


def test_of_the_quiet_people_nothing_is_said_at_error_or_warning() -> None:
    quiet = {row["uci"] for row in rows("quiet") if row["uci"] and "details_differ" not in row["who"]}
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
    said = [*rows("planted"), *(row for row in later if row["change"] in ("new", "changed", "reopened"))]
    planted = Counter(row["code"] for row in said)
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
