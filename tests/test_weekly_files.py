"""The Monday files, the run that nobody watches, and what status says of both."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines import files
from pipelines.commands import last_run, published, weekly
from pipelines.commands.published import LONDON
from pipelines.errors import ExitCode
from pipelines.publish import runs
from tests import narrow
from tests.cli_helpers import Said, call, write_inbox

#: the first Monday is run once, by the one process that has these tests
pytestmark = pytest.mark.xdist_group("weekly_files")

RELEASED, ENDS = date(2026, 8, 10), date(2026, 9, 24)


@pytest.mark.parametrize(
    ("moment", "due", "following", "is_over"),
    [
        ("2026-08-10T08:00", None, "2026-08-17", False),
        ("2026-08-17T07:59", None, "2026-08-17", False),
        ("2026-08-17T08:00", "2026-08-17", "2026-08-24", False),
        ("2026-08-24T07:59", "2026-08-17", "2026-08-24", False),
        # the last Monday of August is a holiday: Tuesday then
        ("2026-08-31T12:00", "2026-08-24", "2026-09-01", False),
        ("2026-09-01T08:00", "2026-09-01", "2026-09-07", False),
        ("2026-09-21T08:00", "2026-09-21", None, False),
        ("2026-09-27T23:59", "2026-09-21", None, False),
        ("2026-09-28T00:00", "2026-09-21", None, True),
    ],
)
def test_the_weekly_files_follow_the_calendar(moment: str, due: str, following: str, is_over: bool) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    found = weekly.due_days(RELEASED, ENDS, at)
    told = tuple(day.isoformat() if day else None for day in found[:2])
    assert (*told, found[2]) == (due, following, is_over)


def test_a_release_that_is_no_monday_is_followed_on_the_next_one() -> None:
    at = datetime(2026, 8, 13, 12, 0, tzinfo=LONDON)
    assert weekly.due_days(date(2026, 8, 13), ENDS, at) == (None, date(2026, 8, 17), False)
    assert weekly.due_days(date(2026, 9, 22), ENDS, at) == (None, None, False)


@pytest.fixture(scope="module")
def first_monday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny centre as it stood on the evening of 10 August: one run, and files as old as it; not to be changed."""
    data = tmp_path_factory.mktemp("monday") / "data"
    write_inbox(data / "inbox")
    with narrow.only("missing_uci"):
        assert call("run", "--data", data, "--centre", "99999", "--as-of", "2026-08-10T08:30", "--quiet").code == 0
    (run,) = runs(data)
    told = {**run.manifest, "started_at": "2026-08-10T07:30:00+00:00"}
    (run.folder / "run.json").write_text(json.dumps(told), encoding="utf-8")
    _age(data, "2026-08-10T08:00")
    return data


def _age(data: Path, moment: str, name: str = "*") -> None:
    seconds = datetime.fromisoformat(moment).replace(tzinfo=LONDON).timestamp()
    for path in (data / "inbox").glob(name):
        os.utime(path, (seconds, seconds))


@pytest.fixture
def monday(first_monday: Path, tmp_path: Path) -> Path:
    shutil.copytree(first_monday, tmp_path / "data", symlinks=True)
    return tmp_path / "data"


def _unattended(data: Path, as_of: str) -> tuple[Said, dict[str, object]]:
    with narrow.only("missing_uci"):
        said = call("run", "--scheduled", "--data", data, "--centre", "99999", "--as-of", as_of)
    return said, json.loads((data / last_run.LAST_RUN).read_text(encoding="utf-8"))


def _status(data: Path, at: str, monkeypatch: pytest.MonkeyPatch) -> Said:
    moment = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    monkeypatch.setattr(published, "now", lambda: moment.astimezone(UTC))
    return call("status", "--data", data)


def test_by_tuesday_a_monday_without_a_file_is_told_by_exit_code_log_note_and_status(
    monday: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, told = _unattended(monday, "2026-08-17T08:30")
    assert (said.code, told["weekly"]) == (0, {"state": "awaited", "due": "2026-08-17", "next_due": "2026-08-24"})
    said, told = _unattended(monday, "2026-08-18T08:30")
    assert said.code == told["exit_code"] == ExitCode.NO_INPUT
    assert told["outcome"] == "nothing changed; no results file has come in the week of Mon 17 Aug"
    assert "LATE: no results file has come in the week of Mon 17 Aug" in said.err
    assert "Interchange" in said.err
    shown = _status(monday, "2026-08-18T09:00", monkeypatch)
    assert "weekly    LATE: no results file has come in the week of Mon 17 Aug" in shown.out
    (line,) = [line for line in shown.lines if line.startswith("schedule ")]
    assert "no results file has come in the week of Mon 17 Aug" in line
    assert shown.lines[-1] == "This week's results files have not come: fetch them first."


def test_a_new_results_file_is_this_weeks_and_the_run_that_reads_it_ends_with_0(monday: Path) -> None:
    old = (monday / "inbox" / "R9999972.X01").read_text(encoding="utf-8")
    new = monday / "inbox" / "R9999972.X02"
    new.write_text(old.replace("001070826", "002140826"), encoding="utf-8", newline="")
    assert new.read_text(encoding="utf-8") != old
    # copied in with the time it had elsewhere: content alone decides here
    _age(monday, "2026-08-10T08:00")
    said, told = _unattended(monday, "2026-08-18T08:30")
    assert said.code == 0
    assert told["outcome"] == "published a new run"
    assert told["weekly"] == {"state": "came", "due": "2026-08-17", "next_due": "2026-08-24"}


def test_the_same_bytes_downloaded_once_more_are_this_weeks_file_too(monday: Path) -> None:
    _age(monday, "2026-08-17T09:00", "R9999972.X01")
    assert _unattended(monday, "2026-08-18T08:30")[0].code == 0


def test_a_report_that_came_is_no_results_file(monday: Path) -> None:
    _age(monday, "2026-08-17T09:00", "entries.csv")
    assert _unattended(monday, "2026-08-18T08:30")[0].code == ExitCode.NO_INPUT


@pytest.mark.parametrize("at", ["2026-08-11T08:30", "2026-08-17T07:59", "2026-09-28T08:30", "2026-12-01T08:30"])
def test_before_the_first_week_and_after_the_last_nothing_is_late(
    at: str, monday: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "LATE" not in _status(monday, at, monkeypatch).out


def test_a_centre_without_files_of_the_suite_is_not_asked_for_mondays(
    monday: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (run,) = runs(monday)
    inputs = [one for one in run.manifest["inputs"] if one["kind"] != "edi_results"]
    other = {"file_id": "f" * 16, "name": "R9999901.X01", "kind": "edi_results", "series": "6A26"}
    told = {**run.manifest, "inputs": [*inputs, other]}
    (run.folder / "run.json").write_text(json.dumps(told), encoding="utf-8")
    assert "weekly" not in _status(monday, "2026-08-18T09:00", monkeypatch).out


def test_the_sample_is_not_asked_for_mondays(monday: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run,) = runs(monday)
    (run.folder / "run.json").write_text(json.dumps({**run.manifest, "is_sample": True}), encoding="utf-8")
    assert "weekly" not in _status(monday, "2026-08-18T09:00", monkeypatch).out


# --- what is left behind when it goes wrong


def test_a_run_that_finds_another_going_says_so_in_its_note(monday: Path) -> None:
    with files.hold_lock(monday):
        said, told = _unattended(monday, "2026-08-18T08:30")
    assert said.code == told["exit_code"] == ExitCode.BUSY
    assert told["outcome"] == "nothing was run: another run was going"
    assert told["run"] is None


def test_an_empty_inbox_is_noted_and_status_tells_it_where_nothing_is_published(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    said, told = _unattended(tmp_path, "2026-08-18T08:30")
    assert said.code == told["exit_code"] == ExitCode.NO_INPUT
    shown = call("status", "--data", tmp_path)
    assert "no file that can be used" in shown.out
    assert json.loads(call("status", "--data", tmp_path, "--format", "json").out)["last_run"] == told


def test_a_fault_of_ours_is_noted_and_still_ends_with_70(monday: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.commands import running

    def fails(*_: object) -> int:
        raise RuntimeError("Quillfeather")

    monkeypatch.setattr(running, "start", fails)
    said, told = _unattended(monday, "2026-08-18T08:30")
    assert said.code == told["exit_code"] == ExitCode.BUG
    assert "Quillfeather" not in json.dumps(told) + said.err


def test_a_schedule_that_has_not_run_for_more_than_a_week_is_told(
    monday: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_run.remember(monday, last_run.Scheduled("cron", ("mon", "tue"), "08:30", (), "2026-08-10T10:00:00+00:00"))
    assert "LATE" not in _status(monday, "2026-08-16T09:00", monkeypatch).out
    late = _status(monday, "2026-08-30T09:00", monkeypatch)
    assert "no run for more than a week" in late.out


@pytest.mark.parametrize("text", ["", "{", "[]", '{"ended_at": "soon"}', '{"ended_at": "2026-08-10T08:00:00"}'])
def test_a_note_that_somebody_damaged_is_as_if_it_were_not_there(text: str, monday: Path) -> None:
    for name in (last_run.LAST_RUN, last_run.SCHEDULE):
        (monday / name).write_text(text, encoding="utf-8")
    assert last_run.last_run(monday) is None
    assert last_run.scheduled(monday) is None
    assert call("status", "--data", monday).code == 0


def test_status_fits_a_screen_and_its_json_holds_all_of_it(monday: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(_status(monday, "2026-08-18T09:00", monkeypatch).lines) <= 30
    told = json.loads(call("status", "--data", monday, "--format", "json").out)
    assert {"published", "age", "file_board", "findings", "since", "weekly", "scheduled", "last_run"} <= set(told)
    assert told["weekly"]["state"] == "overdue"
