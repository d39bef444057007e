"""The sample's second and third Monday, both ways: what was planted is what changed, and nothing else changed."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import polars as pl
import pytest

from tests.sample_run import rows as sample_rows
from tests.sample_weeks import Monday, three
from tests.test_sample import ABOUT_TWO, answers, short

WEEKS = (1, 2)


def _said(monday: Monday) -> list[dict[str, str]]:
    """Findings of a Monday, and those of the one before that are resolved, with the numbers of everybody concerned."""
    found = monday.table("discrepancies").to_dicts()
    before = three().mondays[three().mondays.index(monday) - 1]
    gone = monday.table("finding_history").filter(pl.col("state") == "resolved")["fingerprint"].to_list()
    resolved = [row for row in before.table("discrepancies").to_dicts() if row["fingerprint"] in gone]
    said = []
    for row, table in [*((row, monday) for row in found), *((row | {"change": "resolved"}, before) for row in resolved)]:
        if row["code"] in ABOUT_TWO and row["other_person_id"]:
            people = _people(table)
            for number in ("candidate_number", "ocr_candidate_number", "uci"):
                both = {value for one in (row[number], people[row["other_person_id"]][number]) if one for value in one.split()}
                row[number] = " ".join(sorted(both))
        said.append({name: "" if value is None else str(value) for name, value in row.items()})
    return said


def _people(monday: Monday) -> dict[str, dict[str, Any]]:
    return {row["person_id"]: row for row in monday.table("candidates").to_dicts()}


@cache
def _compared(week: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Planted rows that a Monday does not say, and rows of it that nobody planted; what only goes on is not told."""
    monday = three().mondays[week]
    said = _said(monday)
    used: set[int] = set()
    missed = []
    for planted in monday.rows("planted"):
        fits = [
            i
            for i, row in enumerate(said)
            if i not in used and answers(planted, row) and planted["change"] == row["change"]
        ]
        if fits:
            used.add(fits[0])
        else:
            missed.append(planted)
    extra = [row for i, row in enumerate(said) if i not in used]
    return missed, [row for row in extra if row["change"] != "continuing" or row["state"] == "waived"]


@pytest.mark.parametrize("week", WEEKS)
def test_every_planted_change_is_found(week: int) -> None:
    missed, _extra = _compared(week)
    assert short(missed, "change") == []


@pytest.mark.parametrize("week", WEEKS)
def test_nothing_else_is_new_changed_reopened_resolved_or_waived(week: int) -> None:
    """But marks near a boundary, which move with the marks."""
    _missed, extra = _compared(week)
    assert short([row for row in extra if row["code"] != "near_boundary"], "change") == []
