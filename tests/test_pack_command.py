"""`resultsday pack` as a person types it, on the tiny centre."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from pipelines import files
from pipelines.errors import ExitCode
from pipelines.publish import published as published_run
from tests.cli_helpers import CANARIES, Said, call
from tests.cli_helpers import published as tiny


def packed(*arguments: str | Path) -> Said:
    said = call("pack", "--data", tiny(), *arguments)
    assert said.code == 0, said.err
    return said


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_a_pack_lies_beside_the_runs_and_has_the_findings_that_are_open(tmp_path: Path) -> None:
    run = published_run(tiny())
    assert run is not None
    data = tmp_path / "data"
    (data / "runs").mkdir(parents=True)
    (data / "runs" / run.name).symlink_to(run.folder.resolve())
    files.switch_current(data, run.name)
    said = call("pack", "--data", data)
    assert said.code == 0, said.err
    folder = data / "packs" / run.name
    assert f"Begin with {folder / 'README.txt'}" in said.err
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    packed("--to", tmp_path / "same")
    assert {path.name: path.read_bytes() for path in (tmp_path / "same").iterdir()} == first
    assert call("pack", "--data", data).out == said.out
    assert [path.name for path in (data / "packs").iterdir() if path.is_dir()] == [run.name]
    wanted = "SELECT fingerprint FROM discrepancies WHERE state = 'open' AND root IS NULL AND severity <> 'info'"
    asked = call("query", wanted, "--data", tiny(), "--format", "csv").out.split()[1:]
    sent = {row["reference"] for path in folder.glob("*.csv") for row in rows(path)}
    assert sent == set(asked)
    assert sent


def test_what_it_says_and_its_messages_and_its_page_name_nobody(tmp_path: Path) -> None:
    said = packed("--to", tmp_path / "p")
    texts = [said.out, said.err, *(path.read_text(encoding="utf-8") for path in (tmp_path / "p").glob("*.txt"))]
    assert len(texts) > 4
    for word in CANARIES:
        assert not any(word in told for told in texts)
    assert any("Thistlebrook" in path.read_text(encoding="utf-8") for path in (tmp_path / "p").glob("*.csv"))


def test_the_list_of_sheets_is_data_and_what_is_silent_is_said(tmp_path: Path) -> None:
    told = json.loads(packed("--format", "json", "--to", tmp_path / "p").out)
    assert {one["sheet"] for one in told} == {path.name for path in (tmp_path / "p").glob("*.xlsx")}
    (one,) = [one for one in told if one["request"] == "duplicate_record"]
    assert (one["to"], one["centre_number"], one["rows"], one["students"]) == ("OCR vocational (72)", "99999", "1", "1")
    said = packed("--to", tmp_path / "q")
    assert "Nothing to ask: uci_merge." in said.err
    assert "uci_merge: UCI merge" in (tmp_path / "q" / "README.txt").read_text(encoding="utf-8")


def test_one_request_type_and_one_student(tmp_path: Path) -> None:
    packed("--request", "duplicate_record", "--to", tmp_path / "one")
    assert {path.stem for path in (tmp_path / "one").glob("*.csv")} == {"duplicate_record_99999_72"}
    packed("--person", "00004999", "--to", tmp_path / "two")
    for path in (tmp_path / "two").glob("*.csv"):
        assert {row["candidate_number"] for row in rows(path)} == {"4180"}
    nothing = packed("--request", "uci_merge", "--to", tmp_path / "none")
    assert "Nothing to ask, in run" in nothing.err
    assert not (tmp_path / "none").exists()


def test_a_sample_is_drawn_for_a_unit(tmp_path: Path) -> None:
    packed("--unit", "05838/01", "--cohort", "--to", tmp_path / "p")
    (path,) = (tmp_path / "p").glob("*.csv")
    assert path.stem == "cohort_sample_99999_72"
    assert {row["candidate_number"] for row in rows(path)} == {"0042", "0234", "0777", "4180"}


def test_the_request_types_are_listed_without_a_run(tmp_path: Path) -> None:
    said = call("pack", "--list", "--data", tmp_path, "--format", "json")
    assert said.code == 0
    listed = {one["request"]: one for one in json.loads(said.out)}
    assert "missing_results" in listed
    assert "unit_not_claimed" in listed["missed_from_claim"]["takes_up"]
    assert "01223 553998" in listed["duplicate_record"]["how"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--request", "missing_result"], "missing_results"),
        (["--request", "cohort_sample"], "--cohort"),
        (["--cohort"], "--unit"),
        (["--unit", "05838/01"], "--cohort"),
        (["--seed", "x"], "--cohort"),
        (["--unit", "05838/01", "--cohort", "--person", "4180"], "nobody may pick"),
        (["--unit", "05838/77", "--cohort"], "Nobody"),
        (["--person", "999990259999Z"], "No student"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(arguments: list[str], says: str, tmp_path: Path) -> None:
    said = call("pack", "--data", tiny(), "--to", tmp_path / "p", *arguments)
    assert said.code == ExitCode.USAGE
    assert says in said.err
    assert "999990259999Z" not in said.err
    assert not (tmp_path / "p").exists()


def test_without_a_run_it_says_what_to_do(tmp_path: Path) -> None:
    said = call("pack", "--data", tmp_path)
    assert said.code == ExitCode.NO_INPUT
    assert "resultsday run" in said.err
