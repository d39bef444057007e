"""A run that version 0.1 published is still read, asked, compared with and purged by this version."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import polars as pl
import pytest

from pipelines.publish import published, runs
from tests import narrow
from tests.cli_helpers import AS_OF, call

#: the old data folder is run over once, by the one process that has these tests
pytestmark = pytest.mark.xdist_group("old_runs")

FIXTURE = Path(__file__).parent / "fixtures" / "run-0.1" / "data.zip"
OLD = "20250901T073000Z"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with zipfile.ZipFile(FIXTURE) as archive:
        archive.extractall(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def rerun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The old data folder after a run of this version, as it is published beside the old one; not to be changed."""
    data = tmp_path_factory.mktemp("rerun")
    with zipfile.ZipFile(FIXTURE) as archive:
        archive.extractall(data)
    _rerun(data)
    return data


def _rerun(data: Path) -> Path:
    with narrow.without_reports():
        said = call("run", "--data", data, "--as-of", AS_OF, "--centre", "99999", "--quiet")
    assert said.code == 0, said.err
    run = published(data)
    assert run is not None
    assert run.name != OLD
    return run.folder


def _column(folder: Path, table: str, column: str) -> list[str]:
    return pl.read_parquet(folder / "tables" / f"{table}.parquet")[column].to_list()


def test_status_answers_from_the_old_run(data: Path) -> None:
    told = json.loads(call("status", "--data", data, "--format", "json").out)
    assert told["published"] == OLD
    assert told["readiness"] == {"ready": 1, "hold": 4, "waiting": 0}
    assert told["since"]["run"] is None
    assert OLD in call("status", "--data", data).lines[0]


def test_findings_of_the_old_run_are_the_ones_it_wrote(data: Path) -> None:
    said = call("findings", "--data", data, "--format", "json")
    assert said.code == 0
    wrote = _column(data / "runs" / OLD, "discrepancies", "fingerprint")
    assert sorted(one["fingerprint"] for one in json.loads(said.out)) == sorted(wrote)


def test_the_old_run_can_be_asked_in_sql_and_by_every_ready_question(data: Path) -> None:
    said = call("query", "SELECT count(*) AS found FROM discrepancies", "--data", data, "--format", "json")
    assert json.loads(said.out) == [{"found": str(len(_column(data / "runs" / OLD, "discrepancies", "code")))}]
    ready = json.loads(call("query", "--list", "--data", data, "--format", "json").out)
    names = [next(iter(one.values())) for one in ready]
    assert len(names) > 5
    for name in names:
        assert call("query", "--question", name, "--data", data, "--format", "csv").code == 0, name


def test_a_question_to_an_old_run_says_which_table_it_does_not_have(data: Path) -> None:
    said = call("query", "--question", "tracker_changes", "--data", data, "--format", "json")
    assert (said.code, json.loads(said.out)) == (0, [])
    assert "without tracker_changes" in said.err


def test_a_checkpoint_of_an_old_run_says_that_it_has_none(data: Path) -> None:
    said = call("checkpoint", "--data", data)
    assert (said.code, said.out) == (2, "")
    assert "older version" in said.err


def test_a_new_run_is_compared_with_the_old_one_and_keeps_its_history(rerun: Path) -> None:
    old, new = (run.folder for run in runs(rerun))
    before = set(_column(old, "discrepancies", "fingerprint"))
    now = pl.read_parquet(new / "tables" / "discrepancies.parquet")
    seen = now.filter(pl.col("fingerprint").is_in(list(before)))
    assert seen.height
    assert set(seen["change"]) <= {"continuing", "changed"}
    assert set(now.filter(~pl.col("fingerprint").is_in(list(before)))["change"]) <= {"new"}
    history = pl.read_parquet(new / "tables" / "finding_history.parquet")
    assert before <= set(history["fingerprint"])
    identity = json.loads((old / "run.json").read_text(encoding="utf-8"))["identity"]
    first = history.filter(pl.col("fingerprint").is_in(list(before)))["first_run"]
    assert set(first) == {identity}


def test_status_after_a_new_run_names_the_old_one_as_the_one_before(rerun: Path) -> None:
    told = json.loads(call("status", "--data", rerun, "--format", "json").out)["since"]
    assert (told["run"], told["is_purged"], told["files_came"], told["files_gone"]) == (OLD, False, [], [])
    assert f"against run {OLD}" in call("status", "--data", rerun).out


def test_an_old_run_that_lacks_a_column_of_today_is_compared_with_all_the_same(data: Path) -> None:
    path = data / "runs" / OLD / "tables" / "discrepancies.parquet"
    pl.read_parquet(path).drop("cause").write_parquet(path)
    new = _rerun(data)
    changes = set(_column(new, "discrepancies", "change"))
    assert changes & {"continuing", "changed"}


def test_the_old_run_is_purged_once_another_is_published_and_not_before(
    data: Path, rerun: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    call("purge", "--before", "2025-09-02", "--yes", "--data", data)
    assert [run.name for run in runs(data)] == [OLD]
    data = tmp_path_factory.mktemp("purged") / "data"
    shutil.copytree(rerun, data, symlinks=True)
    new = runs(data)[-1]
    said = call("purge", "--before", "2025-09-02", "--yes", "--data", data)
    assert said.code == 0, said.err
    assert [run.name for run in runs(data)] == [new.name]
    kept = json.loads((data / "purged" / f"{OLD}.json").read_text(encoding="utf-8"))
    assert kept["run"] == OLD
    assert json.loads(call("status", "--data", data, "--format", "json").out)["since"]["is_purged"] is True
