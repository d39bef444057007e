"""What status, findings and explain answer."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from pipelines import files, resources
from pipelines.commands import findings, printing, published
from pipelines.errors import ExitCode, UsageError
from pipelines.publish import published as published_run
from pipelines.rules import load_rules
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny

RULES = load_rules(resources.sql() / "rules")


def rows(*arguments: str) -> list[dict[str, str]]:
    """A command's CSV as records."""
    said = call(*arguments, "--data", tiny(), "--format", "csv")
    assert said.code == 0, said.err
    return list(csv.DictReader(io.StringIO(said.out, newline="")))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 minute"),
        (3_599, "59 minutes"),
        (3_600, "1 hour"),
        (86_399, "23 hours"),
        (86_400, "1 day"),
        (86_400 * 13, "13 days"),
        (86_400 * 14, "2 weeks"),
    ],
)
def test_age_is_told_in_words(seconds: int, words: str) -> None:
    then = datetime(2026, 8, 10, 7, 30, tzinfo=UTC)
    assert published.age(then, then + timedelta(seconds=seconds)) == words


def test_times_are_told_as_london_reads_them() -> None:
    assert published.clock(datetime(2026, 8, 10, 7, 0, tzinfo=UTC), 2026) == "Mon 10 Aug 08:00"
    assert published.clock(datetime(2027, 1, 14, 8, 0, tzinfo=UTC), 2026) == "Thu 14 Jan 2027 08:00"


def test_status_says_what_arrived_what_is_missing_and_what_is_open() -> None:
    told = json.loads(call("status", "--data", tiny(), "--format", "json").out)
    assert told["files"] == {"received": 4, "read": 3, "refused": 1, "repeated": 0, "ignored": 0}
    states = {(one["what"], one["series"]): one["state"] for one in told["file_board"]}
    assert states["EDI results, examined units", "6E26"] == "arrived"
    assert states["EDI results, awards 2026-07-01 to 2026-07-31", "9I25"] == "missing"
    due = {one["what"]: one["due"] for one in told["file_board"]}
    assert due["EDI results, awards 2026-07-01 to 2026-07-31"] == "2026-08-10T07:00:00Z"
    assert told["readiness"] == {"ready": 1, "hold": 4, "waiting": 0}
    found = rows("findings")
    for severity, counts in told["findings"].items():
        mine = [one for one in found if one["severity"] == severity and one["state"] == "open"]
        assert counts["roots"] == sum(not one["root"] for one in mine)
        assert counts["follow"] == sum(bool(one["root"]) for one in mine)


def test_status_tells_of_files_that_came_after_the_run(tmp_path: Path) -> None:
    run = published_run(tiny())
    assert run is not None
    data = tmp_path / "data"
    (data / "inbox").mkdir(parents=True)
    (data / "runs").mkdir()
    (data / "runs" / run.name).symlink_to(run.folder.resolve())
    files.switch_current(data, run.name)
    late = data / "inbox" / "late.csv"
    late.write_text("a\n", encoding="utf-8")
    os.utime(late, (published.started(run).timestamp() - 60,) * 2)
    assert "stale" not in call("status", "--data", data).out
    os.utime(late, (published.started(run).timestamp() + 60,) * 2)
    said = call("status", "--data", data)
    assert "1 file has come into" in said.out
    assert said.lines[-1] == "Run again before you rely on this."


def test_status_of_a_published_run_that_is_damaged_says_so(tmp_path: Path) -> None:
    run = published_run(tiny())
    assert run is not None
    folder = tmp_path / "runs" / run.name
    folder.mkdir(parents=True)
    (folder / "run.json").write_bytes((run.folder / "run.json").read_bytes())
    (folder / "results.duckdb").write_bytes(b"not a database at all")
    files.switch_current(tmp_path, run.name)
    said = call("status", "--data", tmp_path)
    assert said.code == ExitCode.DISK
    assert "cannot be opened" in said.err


def test_findings_are_the_published_ones_and_filters_take_away_exactly_the_others() -> None:
    every = rows("findings")
    assert [one["severity"] for one in every] == sorted(
        (one["severity"] for one in every), key=["error", "warning", "info"].index
    )
    asked: list[tuple[list[str], str, str]] = [
        (["--code", "missing_uci"], "code", "missing_uci"),
        (["--severity", "info"], "severity", "info"),
        (["--centre", "99999"], "centre_number", "99999"),
        (["--change", "new"], "change", "new"),
    ]
    for arguments, column, value in asked:
        kept = [one for one in every if one[column] == value]
        assert rows("findings", *arguments) == kept
        assert kept
    assert rows("findings", "--centre", "99998") == []
    both = rows("findings", "--code", "missing_uci", "--code", "grades_conflict")
    assert {one["code"] for one in both} == {"missing_uci", "grades_conflict"}


@pytest.mark.parametrize("number", ["4180", "00004999", "999990254180A", "999990254180a"])
def test_a_person_is_found_by_any_number_they_go_by(number: str) -> None:
    found = rows("findings", "--person", number)
    assert {one["candidate_number"] for one in found} == {"4180"}
    assert "duplicate_candidate_number" in {one["code"] for one in found}


def test_a_number_that_nobody_has_is_not_repeated() -> None:
    said = call("findings", "--data", tiny(), "--person", "999990259999Z")
    assert said.code == ExitCode.USAGE
    assert "999990259999Z" not in said.err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--code", "grade_conflict"], "grades_conflict"),
        (["--severity", "Warnings"], "warning"),
        (["--severity", "fatal"], "error, info, warning"),
        (["--change", "news"], "new"),
        (["--change", "resolved"], "finding_history"),
    ],
)
def test_a_word_that_is_not_there_is_answered_with_the_nearest(arguments: list[str], hint: str) -> None:
    said = call("findings", "--data", tiny(), *arguments)
    assert said.code == ExitCode.USAGE
    assert hint in said.err


def test_a_finding_as_text_is_its_message_then_file_and_line_then_the_line_as_it_came() -> None:
    lines = call("findings", "--data", tiny(), "--code", "row_rejected").lines
    assert lines[0].startswith("error  row_rejected  1 found")
    place = next(number for number, line in enumerate(lines) if line.strip() == "R9999972.X01:7")
    assert "unknown result type" in lines[place - 1]
    assert lines[place + 1].strip().startswith("R5999990042")


def test_what_follows_stands_beneath_its_root_and_alone_where_the_root_is_filtered_out() -> None:
    text = call("findings", "--data", tiny()).out
    root, follow = text.index("99999·0777\n"), text.index("follows: missing_from_edi  99999·0777")
    assert root < follow < text.index("99999·0808\n")
    alone = call("findings", "--data", tiny(), "--code", "missing_from_edi").out
    assert "follows:" not in alone
    assert "missing_from_edi  1 found" in alone


def test_evidence_is_cut_to_the_screen_and_the_csv_is_not() -> None:
    lines = call("findings", "--data", tiny(), "--code", "missing_uci", env={"COLUMNS": "70"}).lines
    evidence = [line for line in lines if line.strip().startswith("99999,00000777")]
    assert evidence
    assert all(len(line) <= 70 for line in evidence)
    (whole,) = [one for one in rows("findings", "--code", "missing_uci") if one["candidate_number"] == "0777"]
    assert whole["evidence"].endswith("6E26,10/08/2026")


def test_the_csv_is_that_of_the_report_without_its_mark() -> None:
    report = tiny() / "current" / "reports" / "discrepancies.csv"
    said = call("findings", "--data", tiny(), "--format", "csv")
    assert said.out.encode() == report.read_bytes().removeprefix(b"\xef\xbb\xbf")


def test_a_file_that_is_an_attack_on_the_terminal_arrives_as_spaces() -> None:
    frame = pl.DataFrame({"raw": ["a\x1b[2Jb\u202ec\x07d", None]})
    assert printing.cleaned(frame)["raw"].to_list() == ["a [2Jb c d", ""]
    assert printing.table_lines(frame) == ["raw", "----------", "a [2Jb c d", ""]


def test_the_nearest_of_a_word_is_named_and_a_known_word_passes() -> None:
    findings.one_of("missing_uci", ["missing_uci"], "code")
    with pytest.raises(UsageError, match="Did you mean missing_uci"):
        findings.one_of("Missing-UCIs", ["missing_uci", "grades_conflict"], "code")
