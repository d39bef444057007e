"""`resultsday doctor`: each check speaks where something is amiss and is silent where nothing is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines import files, resources
from pipelines.checkup import Check, State, ends_with, look, machine, ok, wrong
from pipelines.checkup.machine import (
    check_lock,
    check_place,
    check_python,
    check_rights,
    check_space,
    network_drive,
    synchronised,
)
from pipelines.checkup.rows import read_tables
from pipelines.checkup.season import check_calendar, check_clock
from pipelines.checkup.settings import check_config, check_local
from pipelines.commands import doctor
from pipelines.errors import DiskError, ExitCode
from tests.cli_helpers import CANARIES, call, published

ROOT = Path(__file__).resolve().parent.parent
RESULTS_DAY = datetime(2026, 8, 10, 7, 30, tzinfo=UTC)
SHIPPED = read_tables(resources.reference_data(), ROOT / "none")
CALENDAR = (resources.reference_data() / "release_calendar.csv").read_text("utf-8").splitlines()[0] + "\n"


def states(checks: list[Check]) -> dict[str, State]:
    return {check.name: check.state for check in checks}


def of(checks: list[Check], name: str) -> Check:
    (found,) = [check for check in checks if check.name == name]
    return found


def test_python_speaks_of_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_python().state is State.OK
    assert check_python((3, 10, 9)).state is State.WRONG
    assert check_python((3, 12, 0)).state is State.OK
    assert check_python((3, 12, 0), bits=32).state is State.WRONG
    monkeypatch.setattr(machine, "_LIBRARIES", ("polars", "no_such_library"))
    assert "lacks no_such_library" in check_python().what


def test_a_disk_speaks_when_it_is_full_or_nearly_so(tmp_path: Path) -> None:
    assert check_space(tmp_path / "not" / "there", free=10 << 30).state is State.OK
    assert check_space(tmp_path, free=1 << 30).state is State.LOOK
    full = check_space(tmp_path, free=100 << 20)
    assert (full.state, full.exit_code) == (State.WRONG, ExitCode.DISK)
    assert check_space(tmp_path).where == str(tmp_path)


def test_a_data_folder_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    data = tmp_path / "later" / "data"
    checks = check_rights(data)
    assert states(checks) == {"rights": State.OK, "inbox": State.LOOK, "published": State.OK}
    assert check_lock(data).state is State.OK
    assert list(tmp_path.iterdir()) == []


def test_rights_are_tried_for_real_and_the_probe_is_gone_again(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    assert set(states(check_rights(tmp_path)).values()) == {State.OK}
    assert [path.name for path in tmp_path.iterdir()] == ["inbox"]


def test_a_folder_that_cannot_be_written_is_a_fault_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inbox").mkdir()

    def refuse(path: Path, data: bytes) -> None:
        raise DiskError(f"{path}: no permission.", "Choose another.")

    monkeypatch.setattr(files, "write_bytes", refuse)
    fault = of(check_rights(tmp_path), "rights")
    assert (fault.state, fault.what, fault.todo) == (State.WRONG, "No permission.", "Choose another.")
    assert fault.exit_code is ExitCode.DISK
    assert [path.name for path in tmp_path.iterdir()] == ["inbox"]


def test_where_the_data_folder_cannot_be_made_doctor_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    fault = of(check_rights(tmp_path / "data"), "rights")
    assert (fault.state, fault.where, fault.exit_code) == (State.WRONG, str(tmp_path), ExitCode.DISK)


def test_a_file_of_the_inbox_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "R9999972.X01").write_text("x")
    assert of(check_rights(tmp_path), "inbox").state is State.OK
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    fault = of(check_rights(tmp_path), "inbox")
    assert (fault.state, fault.where) == (State.WRONG, str(tmp_path / "inbox" / "R9999972.X01"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_runs_that_others_can_look_into_are_told(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    runs.mkdir(mode=0o700)
    assert of(check_rights(tmp_path), "private").state is State.OK
    runs.chmod(0o755)
    assert of(check_rights(tmp_path), "private").state is State.LOOK


def test_a_published_run_that_cannot_be_read_is_wrong(tmp_path: Path) -> None:
    assert "20" in of(check_rights(published()), "published").what
    (tmp_path / "runs" / "20260810T070123Z").mkdir(parents=True)
    (tmp_path / "current.txt").write_text("20260810T070123Z\n")
    fault = of(check_rights(tmp_path), "published")
    assert (fault.state, fault.exit_code) == (State.WRONG, ExitCode.DISK)


def test_a_run_that_is_going_is_told_and_a_killed_one_is_not_in_the_way(tmp_path: Path) -> None:
    assert check_lock(tmp_path).state is State.OK
    (tmp_path / files.HOLDER).write_text('{"pid": 1, "host": "h", "started_at": "t"}\n')
    killed = check_lock(tmp_path)
    assert (killed.state, (tmp_path / files.HOLDER).exists()) == (State.OK, False)
    (tmp_path / files.HOLDER).write_text("{}\n")
    holding = "import sys; from pathlib import Path; from pipelines import files\n"
    holding += "with files.hold_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    process = subprocess.Popen([sys.executable, "-c", holding, tmp_path], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, cwd=ROOT)  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"held"
    going = check_lock(tmp_path)
    process.communicate(b"")
    assert (going.state, going.what.split(" (")[0]) == (State.LOOK, "Another run is going")
    assert str(process.pid) in going.what


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/exams/OneDrive - A School/data", "OneDrive"),
        ("/home/exams/onedrive/data", "OneDrive"),
        ("/Users/x/Library/CloudStorage/Box/data", "a cloud drive"),
        ("/Users/x/Library/Mobile Documents/com~apple~CloudDocs/data", "iCloud"),
        ("/home/x/Dropbox (School)/data", "Dropbox"),
        ("/srv/Google Drive/data", "Google Drive"),
        ("/home/x/dropboxes/data", None),
        ("/home/x/my drives/data", None),
        ("/home/x/resultsday/data", None),
    ],
)
def test_a_synchronised_folder_is_known_by_the_names_above_it(path: str, service: str | None) -> None:
    assert synchronised(Path(path)) == service


MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\n"
    "server:/home /home nfs4 rw 0 0\n"
    "/dev/sdb1 /home/local ext4 rw 0 0\n"
    "//nas/exams /mnt/exams\\040share cifs rw 0 0\n"
    "broken\n"
)


@pytest.mark.skipif(os.name == "nt", reason="the table of mounts is Linux's")
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/data", None),
        ("/home/exams/data", "nfs4"),
        ("/home/local/data", None),
        ("/homes/data", None),
        ("/mnt/exams share/data", "cifs"),
    ],
)
def test_a_network_drive_is_known_by_the_longest_mount_above_it(path: str, kind: str | None) -> None:
    assert network_drive(Path(path), MOUNTS) == kind


def test_the_place_is_told_in_one_line(tmp_path: Path) -> None:
    assert check_place(tmp_path, "").state is State.OK
    assert check_place(tmp_path).state is State.OK
    (tmp_path / "Dropbox").mkdir()
    assert check_place(tmp_path / "Dropbox" / "data", "").state is State.LOOK
    assert check_place(tmp_path, f"x {tmp_path.resolve()} cifs rw 0 0").state is State.LOOK


def test_a_clock_behind_the_newest_run_or_out_of_all_seasons_is_told(tmp_path: Path) -> None:
    assert check_clock(tmp_path, RESULTS_DAY, SHIPPED).what == "2026-08-10 08:30 in London"
    (tmp_path / "runs" / "20260810T073200Z-2").mkdir(parents=True)
    (tmp_path / "runs" / ".building-20270810T073200Z").mkdir()
    assert check_clock(tmp_path, RESULTS_DAY, SHIPPED).state is State.OK, "two minutes are no matter"
    (tmp_path / "runs" / "20260811T073200Z").mkdir()
    behind = check_clock(tmp_path, RESULTS_DAY, SHIPPED)
    assert (behind.state, "2026-08-11 08:32" in behind.what) == (State.LOOK, True)
    for year in (1970, 2023, 2061):
        moment = RESULTS_DAY.replace(year=year)
        assert check_clock(tmp_path / "none", moment, SHIPPED).state is State.LOOK


def test_the_calendar_says_what_is_ahead_of_the_moment_judged_by() -> None:
    def told(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> Check:
        (check,) = check_calendar(datetime(year, month, day, hour, minute, tzinfo=UTC), SHIPPED)
        return check

    assert "the next 6B26 on Wed 2026-08-12 00:01" in told(2026, 8, 10, 7, 30).what
    # 8:00 in London is 7:00 in UTC, and what is released is not ahead
    assert "on Mon 2026-08-10 08:00" in told(2026, 8, 10, 6, 59).what
    assert "6B26" in told(2026, 8, 10, 7, 0).what
    assert "are past" in told(2026, 8, 31, 22, 59).what
    unknown = told(2026, 8, 31, 23, 0)
    assert (unknown.state, "2026-27" in unknown.what) == (State.LOOK, True)
    assert told(2070, 1, 1).state is State.LOOK


def test_a_season_fixed_in_the_settings_that_is_not_the_one_of_the_moment_is_told() -> None:
    assert of(check_calendar(RESULTS_DAY, SHIPPED, "2025-26"), "calendar").state is State.OK
    fixed = of(check_calendar(RESULTS_DAY, SHIPPED, "2024-25"), "calendar")
    assert (fixed.state, "2024-25" in fixed.what) == (State.LOOK, True)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-27,6E27,01|72,edi,x,,,2027-08-09T08:00,2027-08-09T07:59,inferred", "before centres"),
        ("2026-27,9I26,01|72,edi,x,2027-07-31,2027-07-01,2027-08-09T08:00,2027-08-09T08:00,inferred", "window_to"),
        ("2026-27,6E27,01|72,edi,x,,,2027-08-09T08:00,2027-08-09T08:00,inferred", ""),
    ],
)
def test_a_calendar_that_contradicts_itself_is_wrong(row: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "release_calendar.csv").write_text(f"{CALENDAR}{row}\n")
    tables = read_tables(resources.reference_data(), tmp_path)
    found = [check for check in check_calendar(RESULTS_DAY, tables) if check.state is State.WRONG]
    assert [check.where for check in found] == ([f"{tmp_path / 'release_calendar.csv'}:2"] if words else [])
    assert all(words in check.what for check in found)
    # either way the season of the row is one that the calendar covers now
    assert all("No release dates" not in check.what for check in check_calendar(RESULTS_DAY.replace(2027), tables))


def test_settings_that_do_not_exist_are_all_told_with_their_lines_and_the_nearest(tmp_path: Path) -> None:
    assert [check.state for check in check_config(tmp_path)] == [State.OK]
    path = tmp_path / "resultsday.toml"
    path.write_text('# centre = x\ncentre = ["99999"]\n\n[audiense]\nx = 1\n', encoding="utf-8")
    told = [(check.where, check.what, check.todo) for check in check_config(tmp_path)]
    assert told == [
        (f"{path}:2", "There is no setting centre.", "Did you mean centres?"),
        (f"{path}:4", "There is no setting audiense.", "Did you mean audience?"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [('centres = ["9999"]', '"9999" is not a centre number'), ("centres = [", "Not TOML"), ('season = "2025"', "2025")],
)
def test_a_setting_that_cannot_be_used_is_wrong(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "resultsday.toml").write_text(text, encoding="utf-8")
    (fault,) = check_config(tmp_path)
    assert (fault.state, fault.where, fault.exit_code) == (
        *(State.WRONG, str(tmp_path / "resultsday.toml")),
        ExitCode.USAGE,
    )
    assert words in fault.what


def test_settings_of_the_environment_are_looked_at_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESULTSDAY_AUDIENC", "staff")
    (fault,) = check_config(tmp_path)
    assert (fault.where, fault.todo) == ("the environment", "Did you mean audience?")


def test_a_local_format_that_cannot_be_used_is_wrong_and_one_that_can_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "local" / "formats"
    assert states(check_local(tmp_path, SHIPPED)) == {"local formats": State.OK, "reference files": State.OK}
    folder.mkdir(parents=True)
    good = (resources.formats() / "claims.toml").read_text("utf-8")
    (folder / "claims.toml").write_text(good, encoding="utf-8")
    assert of(check_local(tmp_path, SHIPPED), "local formats") == ok("local formats", "claims", str(folder))
    (folder / "claims.toml").write_text(good.replace("shape =", "shap ="), encoding="utf-8")
    fault = of(check_local(tmp_path, SHIPPED), "local formats")
    assert (fault.state, fault.where, fault.what) == (State.WRONG, str(folder / "claims.toml"), "It has no shape")


def test_the_worst_code_wins() -> None:
    disk = wrong("a", "b", "c", "d", ExitCode.DISK)
    assert ends_with([ok("a", "b"), look("a", "b", "c", "d")]) is ExitCode.DONE
    assert ends_with([wrong("a", "b", "c", "d"), ok("a", "b")]) is ExitCode.USAGE
    assert ends_with([wrong("a", "b", "c", "d"), disk]) is ExitCode.DISK


def test_each_check_is_one_line_and_the_last_says_it_in_words() -> None:
    said = call("doctor", "--data", published(), "--as-of", "2026-08-10T08:30")
    assert (said.code, said.err) == (ExitCode.DONE, "")
    names = [line.split()[1] for line in said.lines[:-1]]
    assert {"python", "disk", "rights", "place", "lock", "clock", "config", "calendar", "complete"} <= set(names)
    assert all(line.split()[0] in ("ok", "look") for line in said.lines[:-1])
    assert said.lines[-1].startswith("Fit for results day")
    assert not [name for name in CANARIES if name in said.out]


def test_json_says_the_same_and_how_it_ended(tmp_path: Path) -> None:
    (tmp_path / "resultsday.toml").write_text("centre = 1\n", encoding="utf-8")
    said = call("doctor", "--data", tmp_path, "--format", "json")
    told = json.loads(said.out)
    assert said.code == told["exit_code"] == ExitCode.USAGE
    assert [check["name"] for check in told["checks"] if check["state"] == "wrong"] == ["config"]
    assert told["outcome"].startswith("1 thing is wrong: mend that first.")
    assert call("doctor", "--data", tmp_path, "--format", "csv").code == ExitCode.USAGE
    assert call("doctor", "--data", tmp_path, "--as-of", "noon").code == ExitCode.USAGE


def test_a_wrong_figure_of_ones_own_ends_with_2_and_a_full_disk_with_13(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = tmp_path / "local" / "reference"
    local.mkdir(parents=True)
    head = "suite,level,guided_learning_hours,grade,points,confidence\n"
    (local / "unit_points.csv").write_text(f"{head}2016,3,60,M,14,documented\n")
    said = call("doctor", "--data", tmp_path)
    assert said.code == ExitCode.USAGE
    assert f"[{local / 'unit_points.csv'}:2]" in said.out
    monkeypatch.setattr(machine, "_LEAST_FREE", 1 << 62)
    assert call("doctor", "--data", tmp_path).code == ExitCode.DISK


def test_a_folder_that_refuses_to_be_looked_at_is_told_and_the_rest_is_still_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(data: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(data / "current"))

    monkeypatch.setattr(files, "current_run", refuse)
    said = call("doctor", "--data", tmp_path)
    assert said.code == ExitCode.DISK
    assert f"wrong  disk             Cannot be looked at: Permission denied. [{tmp_path / 'current'}]" in said.out
    assert "ok     complete" in said.out


def test_without_a_local_format_neither_frames_nor_database_are_loaded(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\nfrom pipelines.commands import doctor\n"
        "doctor.show(pathlib.Path(sys.argv[1]), None, 'text')\n"
        "assert not {'polars', 'duckdb', 'pandera', 'lxml', 'pydantic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, check=True, capture_output=True)


def test_the_checks_come_in_the_order_of_the_page_whatever_is_wrong(tmp_path: Path) -> None:
    names = [check.name for check in doctor.examine(tmp_path, RESULTS_DAY, RESULTS_DAY)]
    assert names[:3] == ["python", "disk", "rights"]
    assert len(names) == len(set(names))
