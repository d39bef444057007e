"""The sample's second and third Monday, both ways: what was planted is what changed, and nothing else changed."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import polars as pl
import pytest
from lxml import html

from pipelines import moves, story
from pipelines.rehearsal.comparing import Comparison, compared_since, said
from tests.cli_helpers import call
from tests.sample_run import SAMPLE
from tests.sample_run import rows as sample_rows
from tests.sample_weeks import Monday, three, walk
from tests.test_sample import short

WEEKS = (1, 2)
#: the runs are made once, by the one process that has all of these tests
pytestmark = pytest.mark.xdist_group("three_mondays")


@cache
def _compared(week: int) -> Comparison:
    """Planted rows that a Monday does not say, and rows of it that nobody planted; what only goes on is not told."""
    monday, before = three().mondays[week], three().mondays[week - 1]
    gone = monday.table("finding_history").filter(pl.col("state") == "resolved")["fingerprint"].to_list()
    resolved = before.table("discrepancies").filter(pl.col("fingerprint").is_in(gone))
    found = [
        *said(monday.table("discrepancies"), monday.table("candidates")),
        *(row | {"change": "resolved"} for row in said(resolved, before.table("candidates"))),
    ]
    return compared_since(monday.rows("planted"), found, frozenset())


@pytest.mark.parametrize("week", WEEKS)
def test_every_planted_change_is_found(week: int) -> None:
    assert short(_compared(week).missed, "change") == []


@pytest.mark.parametrize("week", WEEKS)
def test_nothing_else_is_new_changed_reopened_resolved_or_waived(week: int) -> None:
    """But marks near a boundary, which move with the marks."""
    assert short(_compared(week).beside, "change") == []


def _who(row: dict[str, Any]) -> tuple[str, ...]:
    item = row["unit_code"] or (row["qualification_code"] if row["series"][1] in "IC" else "") or row["option_code"]
    return row["candidate_number"], row["series"], item


@pytest.mark.parametrize("week", WEEKS)
def test_results_went_the_way_that_was_planted_and_no_others_moved(week: int) -> None:
    monday = three().mondays[week]
    planted = Counter((*_who(row), row["direction"]) for row in monday.rows("planted") if row["direction"])
    assert set(planted.values()) == {1}
    moved = [row for row in monday.preview["rows"] if row["part"] == "result"]
    # of a result that X became a grade of, one report has a mark now; and a mark goes with its grade
    said = {(*_who(row), row["change"]) for row in moved}
    told = {row[:-1] for row in planted}
    assert {row[:-1] for row in said} == told
    assert set(planted) <= said
    counted = Counter(direction for *_, direction in planted)
    assert {word: count for word, count in monday.outcome.manifest["changes"]["results"].items() if count} == counted


def test_the_weeks_hold_every_way_a_result_can_go() -> None:
    ways = {row["direction"] for week in WEEKS for row in three().mondays[week].rows("planted")}
    assert ways == {"", "up", "down", "other", "new", "withdrawn"}
    assert {row["change"] for week in WEEKS for row in three().mondays[week].rows("planted")} == {
        "new",
        "changed",
        "continuing",
        "resolved",
        "reopened",
    }


@pytest.mark.parametrize("week", WEEKS)
def test_a_preview_tells_what_the_run_will_say_and_leaves_everything_as_it_was(week: int) -> None:
    monday, before = three().mondays[week], three().mondays[week - 1]
    assert monday.untouched
    told = json.loads(
        call("diff", before.folder.name, monday.folder.name, "--data", three().place, "--format", "json").out
    )
    assert told["summary"] == monday.preview["summary"]
    assert told["rows"] == monday.preview["rows"]
    assert told["summary"]["results"] == monday.outcome.manifest["changes"]["results"]
    found = monday.outcome.manifest["findings"]["by_change"]
    assert found["continuing"] > 200


def test_a_preview_asks_for_files_that_are_gone_and_not_for_those_a_newer_one_was_saved_over() -> None:
    second, third = (three().mondays[week] for week in WEEKS)
    assert second.preview["summary"]["files"]["gone"] == 3
    assert "Nothing was published." in second.said
    assert "name their folder too" not in second.said
    assert "name their folder too" in third.said


def test_the_same_files_once_more_are_nothing_new_and_not_published_again() -> None:
    assert three().once_more.is_unchanged
    assert three().once_more.folder == three().mondays[-1].folder
    assert len(list((three().place / "runs").glob("2*"))) == len(three().mondays)


@pytest.mark.parametrize("week", WEEKS)
def test_of_changes_by_hand_those_planted_are_told_and_the_one_that_stands_is_not(week: int) -> None:
    monday = three().mondays[week]
    states = Counter(monday.table("manual_changes")["state"].to_list())
    told = [row for row in monday.rows("planted") if row["code"] == "manual_change_overwritten"]
    planted = Counter(row["cause"] for row in told if row["change"] != "resolved")
    assert states == planted + Counter(["stands"])
    assert monday.preview["summary"]["manual_changes"]["lost"] == planted["contradicted"] == 1


def test_waivers_are_live_then_run_out_and_one_covers_nothing() -> None:
    states = [sorted(three().mondays[week].table("waivers")["state"].to_list()) for week in WEEKS]
    assert states == [["live", "live", "unused"], ["expired", "live"]]


def test_a_student_who_gains_a_number_keeps_the_finding_s_history() -> None:
    first, second = three().mondays[:2]
    (planted,) = [row for row in second.rows("planted") if "has an OCR number now" in row["note"]]
    was, now = (
        monday.table("discrepancies").filter((pl.col("code") == planted["code"]) & (pl.col("uci") == planted["uci"]))
        for monday in (first, second)
    )
    assert was["ocr_candidate_number"].item() is None
    assert now["ocr_candidate_number"].item() == planted["ocr_candidate_number"]
    assert was["person_id"].item() != now["person_id"].item()
    _same_history(first, second, now["fingerprint"].item())


def test_what_was_open_for_a_record_goes_on_when_the_board_merges_it_into_another() -> None:
    _, second, third = three().mondays
    (planted,) = [row for row in third.rows("planted") if "a finding about the second record" in row["note"]]
    now = third.table("discrepancies").filter(
        (pl.col("code") == planted["code"]) & (pl.col("candidate_number") == planted["candidate_number"])
    )
    assert len(now["uci"].item().split()) == 2
    _same_history(second, third, now["fingerprint"].item())


def _same_history(began: Monday, monday: Monday, fingerprint: str) -> None:
    """A finding of a Monday is known since the run it began in, under whatever fingerprint."""
    (kept,) = monday.table("finding_history").filter(pl.col("fingerprint") == fingerprint).to_dicts()
    assert (kept["state"], kept["first_run"]) == ("open", began.outcome.manifest["identity"])


def test_a_reissue_that_was_cut_short_replaces_nothing() -> None:
    third = three().mondays[2]
    files = {row["name"]: row for row in third.table("files").to_dicts()}
    assert files["R9999972.X15"]["status"] == "truncated"
    assert files["R9999972.X07"]["superseded_by"] is None
    held = third.table("results_by_carrier").filter(pl.col("file_id") == files["R9999972.X07"]["file_id"])
    cut = third.table("results_by_carrier").filter(pl.col("file_id") == files["R9999972.X15"]["file_id"])
    assert 0 < cut.height < held.height
    assert {row["series"] for row in third.rows("planted") if row["direction"] == "withdrawn"} == {"9I25"}


def test_quiet_people_stay_quiet_on_every_monday() -> None:
    touched = {
        uci for week in WEEKS for row in three().mondays[week].rows("planted") for uci in row["uci"].split() if uci
    }
    quiet = {row["uci"] for row in sample_rows("quiet") if row["uci"] and "details_differ" not in row["who"]} - touched
    assert len(quiet) > 100
    for monday in three().mondays:
        loud = monday.table("discrepancies").filter((pl.col("severity") != "info") & pl.col("uci").is_in(sorted(quiet)))
        assert loud["key"].to_list() == []


def test_the_stories_in_the_readme_are_those_of_real_runs() -> None:
    """Where they are not: make docs."""
    place = three().place
    mondays = [(monday.day, monday.preview.get("summary", {}), monday.outcome) for monday in three().mondays]
    stories = {
        "story": walk().first_story(three().mondays[0].outcome, place),
        "weeks": walk().weekly_story(mondays, place),
    }
    readme = (SAMPLE.parents[1] / "README.md").read_text(encoding="utf-8")
    assert walk().with_stories(readme, stories) == readme
    section = readme.split("## The weekly story\n")[1].split("\n## ")[0]
    assert len(section.splitlines()) < 40


@pytest.mark.parametrize("week", [0, *WEEKS])
def test_the_story_of_a_monday_stays_under_25_lines_and_ends_with_the_outcome(week: int) -> None:
    monday = three().mondays[week]
    told = story.lines(monday.outcome, three().place, "error")
    assert len(told) < 25
    assert told[-1].startswith("failed ")
    assert story.lines(monday.outcome, three().place, None)[-1].startswith("published SAMPLE ")
    (moved,) = [line for line in told if line.startswith("since ")] or [""]
    assert bool(moved) == bool(week)
    assert ("! 1 manual change would be lost" in moved) == bool(week)


def test_the_status_tells_the_results_as_the_story_does() -> None:
    told = call("status", "--data", three().place)
    moved = three().mondays[-1].outcome.manifest["changes"]["results"]
    assert f"results {moves.in_words(moved)} (resultsday diff)" in told.out
    assert (moved["up"], moved["down"], moved["withdrawn"]) == (1, 1, 1)


@pytest.mark.parametrize("week", WEEKS)
def test_the_first_screen_of_the_report_tells_the_same(week: int) -> None:
    monday = three().mondays[week]
    page: Any = html.document_fromstring((monday.folder / "reports" / "report.html").read_text(encoding="utf-8"))
    section = page.get_element_by_id("changed")
    counts = monday.outcome.manifest["changes"]["results"]
    said = " ".join(section.text_content().split())
    line = f"▲ {counts['up']} up · ▼ {counts['down']} down · + {counts['new']} new · − {counts['withdrawn']} withdrawn"
    assert line in said
    assert "! 1 manual change would be lost" in said
    shown = Counter(" ".join(row[-1].text_content().split())[2:] for row in section.xpath(".//tbody/tr"))
    assert shown == Counter({word.replace("other", "otherwise"): count for word, count in counts.items() if count})
