"""What the reconciliation of the sample must be as a whole: complete, one row a key, of one mind with the rules."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from pipelines import resources
from tests import sample_run

KEY = ["centre_number", "person_id", "kind", "code", "option_code", "series", "window_from", "claim_date", "is_stated"]
STATED = ["centre_number", "person_id", "kind", "series", "option_code", "window_from"]


@cache
def table(name: str) -> pl.DataFrame:
    """A table of the sample's run."""
    return sample_run.table(name)


def kept(wanted: pl.DataFrame, on: list[str], other: pl.DataFrame) -> pl.DataFrame:
    """What of `wanted` the other table does not have."""
    assert wanted.height > 0
    return wanted.join(other, on=on, how="anti", nulls_equal=True)


def test_no_two_rows_have_one_key() -> None:
    rows = table("reconciliation")
    assert rows.height > 0
    assert rows.select(KEY).is_duplicated().sum() == 0


@pytest.mark.parametrize("name", ["unit_results", "qualification_results"])
def test_every_result_of_every_season_is_in_it_once(name: str) -> None:
    kind = name.removesuffix("_results")
    rows = table("reconciliation").filter((pl.col("kind") == kind) & pl.col("is_stated"))
    results = table(name).with_columns(pl.lit(kind).alias("kind"))
    assert kept(results, STATED, rows).height == 0
    assert rows.height == results.height


def test_every_entry_of_the_season_live_or_withdrawn_is_in_it() -> None:
    entries = table("entries").filter(pl.col("season") == "2025-26")
    rows = table("reconciliation").filter(pl.col("expected_by").fill_null("").str.contains("entry"))
    assert entries["withdrawn"].any()
    assert kept(entries, ["centre_number", "person_id", "option_code"], rows).height == 0


def test_every_claim_and_every_row_of_the_tracker_is_in_it() -> None:
    rows = table("reconciliation")
    claims = table("claims").with_columns(pl.col("unit_code").alias("code"))
    by_claim = rows.filter(pl.col("expected_by").fill_null("").str.contains("claim"))
    assert kept(claims, ["centre_number", "person_id", "code"], by_claim).height == 0
    tracker = table("tracker").with_columns(pl.coalesce("unit_code", "qualification_code").alias("code"))
    with_status = rows.filter(
        pl.col("tracker_status").is_not_null() | pl.col("expected_by").fill_null("").str.contains("tracker")
    )
    assert kept(tracker, ["centre_number", "person_id", "code"], with_status).height == 0


#: what a rule finds, and the states that say the same
SAID_ALIKE = {
    "missing_from_edi": ({"not_in_edi", "not_imported"}, ["series"]),
    "missing_from_interchange": ({"not_in_report"}, ["series"]),
    "entry_without_result": ({"missing", "pending", "not_imported"}, ["series"]),
    "claim_without_result": ({"missing", "pending", "not_known"}, []),
    "unit_not_claimed": ({"missing", "not_known"}, []),
    "award_missing": ({"missing", "pending"}, []),
    "units_incomplete": ({"missing", "pending", "not_known"}, []),
    "invalid_combination": ({"missing", "pending", "not_known"}, []),
    "grades_conflict": ({"differs", "not_in_edi", "not_imported", "not_in_report"}, ["series"]),
}


#: of these the cause is the same word
HAVE_CAUSES = {"missing_from_edi", "entry_without_result", "claim_without_result"}


def said_by_rule(code: str) -> pl.DataFrame:
    """What a rule found in the sample, with the item as the reconciliation names it."""
    found = table("discrepancies").filter(pl.col("code") == code).drop("code")
    return found.with_columns(pl.coalesce("unit_code", "option_code", "qualification_code").alias("code"))


@pytest.mark.parametrize("code", SAID_ALIKE)
def test_where_a_rule_speaks_the_row_says_the_same_cause(code: str) -> None:
    states, also = SAID_ALIKE[code]
    found = said_by_rule(code)
    assert found.height > 0
    on = ["centre_number", "person_id", "code", *also]
    rows = table("reconciliation").filter(pl.col("state").is_in(states))
    assert kept(found, on, rows).height == 0
    named = found.filter(pl.col("cause").is_not_null())
    if code in HAVE_CAUSES and named.height:
        assert kept(named, [*on, "cause"], rows).height == 0


@pytest.mark.parametrize(
    ("states", "codes"),
    [
        ({"not_in_edi"}, {"missing_from_edi"}),
        ({"not_in_report"}, {"missing_from_interchange"}),
        ({"differs"}, {"grades_conflict", "marks_conflict", "pending_result", "no_result_issued"}),
    ],
)
def test_where_the_row_says_that_something_is_wrong_a_rule_says_it_too(states: set[str], codes: set[str]) -> None:
    rows = table("reconciliation").filter(pl.col("state").is_in(states))
    found = pl.concat([said_by_rule(code) for code in sorted(codes)])
    assert kept(rows, ["centre_number", "person_id", "code", "series"], found).height == 0


def test_where_a_unit_is_missing_a_rule_says_it_too() -> None:
    rows = table("reconciliation").filter((pl.col("state") == "missing") & (pl.col("kind") == "unit"))
    codes = ("entry_without_result", "claim_without_result", "unit_not_claimed", "entry_in_wrong_series")
    found = pl.concat([said_by_rule(code) for code in codes])
    assert kept(rows, ["centre_number", "person_id", "code"], found).height == 0


def test_of_a_quiet_student_nothing_is_missing_or_differs() -> None:
    quiet = {(row["centre_number"], row["uci"]) for row in sample_run.rows("quiet")}
    people = table("candidates").with_columns(pl.col("uci").str.split(" ")).explode("uci")
    named = people.filter(
        pl.struct("centre_number", "uci").map_elements(lambda one: tuple(one.values()) in quiet, pl.Boolean)
    )
    assert named.height > 0
    rows = table("reconciliation").join(named, on=["centre_number", "person_id"], how="semi")
    loud = rows.filter(pl.col("state").is_in(["missing", "differs", "not_in_edi", "not_in_report", "withheld"]))
    assert loud.height == 0


WORD = re.compile(r"(?:THEN|ELSE) '([a-z_]+)'")


def explained() -> set[str]:
    """The words that docs/semantics.md explains in its two tables of the reconciliation."""
    text = (Path(__file__).parent.parent / "docs" / "semantics.md").read_text(encoding="utf-8")
    section = text.split("## Not issued, not sent, or not imported")[1].split("\n## ")[0]
    return {
        word
        for row in re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", section, re.M)
        for word in re.findall(r"[a-z_]+", row)
    }


def test_every_word_of_state_and_cause_is_explained() -> None:
    words: set[str] = set()
    for name in (
        "reconciled_results",
        "expected_by_entry",
        "expected_by_claim",
        "expected_awards",
        "award_obstacles",
        "edi_gaps",
    ):
        query = (resources.sql() / "joins" / f"{name}.sql").read_text(encoding="utf-8").split("*/", 1)[1]
        words |= set(WORD.findall(query))
    words -= {"unit", "qualification"}
    assert len(words) > 40
    assert words - explained() == set()
    rows = table("reconciliation")
    assert {*rows["state"], *rows["cause"].drop_nulls()} - explained() == set()
