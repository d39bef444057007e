"""A whole run, from an inbox to the published folder: what it promises whatever comes in."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines import files, publish
from pipelines.config import Config
from pipelines.errors import BusyError, DiskError, NoInputError
from pipelines.run import Options, Outcome, run
from tests import narrow
from tests.sample_run import CENTRES, SAMPLE, as_of, folder, options, outcome, table

ENTRIES = """Centre Number,Candidate Number,OCR Candidate Number,UCI,Surname,Forename(s),Date of Birth,Series,Entry Code
99999,0001,40000001,999990250001H,Quillfeather,Ada,01/02/2008,6E26,05838/01
99999,0002,40000002,999990250002E,Marrowby,Ben,03/04/2008,6E26,05838/01
"""


def _inbox(folder: Path, **contents: str) -> Path:
    folder.mkdir(parents=True)
    for name, text in contents.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def _small(tmp_path: Path, inbox: Path, **changes: Any) -> Options:
    wanted = Options((inbox,), tmp_path / "data", as_of(), Config(centres=("99999",)))
    return replace(wanted, **changes)


def _some_rules(asked: Options) -> Outcome:
    """A run whose answers do not matter here: what it leaves behind does."""
    with narrow.only("missing_uci"):
        return run(asked)


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    row = con.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def _hashes(run_folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(run_folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(run_folder.rglob("*"))
        if path.is_file() and path.suffix in (".parquet", ".csv", ".html", ".xlsx")
    }


def test_equal_inputs_give_equal_bytes_whatever_their_order_and_names_of_folders(tmp_path: Path) -> None:
    inbox = tmp_path / "another" / "inbox"
    names = sorted((path for path in (SAMPLE / "inbox").rglob("*") if path.is_file()), reverse=True)
    for path in names:
        target = inbox / path.relative_to(SAMPLE / "inbox")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    again = run(options(tmp_path / "data", inboxes=(inbox,)))
    assert again.folder is not None
    hashes = _hashes(folder())
    assert {Path(name).suffix for name in hashes} == {".parquet", ".csv", ".html", ".xlsx"}
    assert _hashes(again.folder) == hashes


def test_a_run_over_the_same_files_is_not_published_again(tmp_path: Path) -> None:
    asked = _small(tmp_path, _inbox(tmp_path / "inbox", entries=ENTRIES))
    first = _some_rules(asked)
    second = _some_rules(asked)
    assert second.is_unchanged
    assert second.folder == first.folder
    assert len(publish.runs(asked.data)) == 1


def test_findings_carry_on_from_run_to_run(tmp_path: Path) -> None:
    blank = ENTRIES.replace("999990250001H", "")
    asked = _small(tmp_path, _inbox(tmp_path / "inbox", entries=blank))
    first = _some_rules(asked).manifest["findings"]["by_change"]
    assert first["new"] >= 1
    (tmp_path / "inbox" / "note.csv").write_text("nothing of ours\n1\n", encoding="utf-8")
    second = _some_rules(asked).manifest["findings"]["by_change"]
    assert second["continuing"] >= 1
    (tmp_path / "inbox" / "entries.csv").write_text(ENTRIES, encoding="utf-8")
    third = _some_rules(asked).manifest["findings"]["by_change"]
    assert third["resolved"] >= 1


def test_an_empty_inbox_is_told_and_publishes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoInputError, match="no file to read"):
        run(_small(tmp_path, _inbox(tmp_path / "inbox")))
    assert publish.published(tmp_path / "data") is None


def test_files_that_cannot_be_used_are_named_and_publish_nothing(tmp_path: Path) -> None:
    inbox = _inbox(tmp_path / "inbox", markbook="Student,Mark\nA,1\n")
    with pytest.raises(NoInputError, match=r"markbook\.csv"):
        _some_rules(_small(tmp_path, inbox))
    assert publish.published(tmp_path / "data") is None


def test_a_second_run_is_refused_while_one_is_going(tmp_path: Path) -> None:
    asked = _small(tmp_path, _inbox(tmp_path / "inbox", entries=ENTRIES))
    files.make_folder(asked.data)
    with files.hold_lock(asked.data), pytest.raises(BusyError):
        run(asked)


def test_a_full_disk_at_publish_leaves_the_old_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _small(tmp_path, _inbox(tmp_path / "inbox", entries=ENTRIES))
    first = _some_rules(asked)
    (tmp_path / "inbox" / "entries.csv").write_text(ENTRIES.replace("0002", "0003"), encoding="utf-8")

    def full(_data: Path, _name: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "switch_current", full)
    with pytest.raises((OSError, DiskError)):
        _some_rules(asked)
    monkeypatch.undo()
    published = publish.published(asked.data)
    assert published is not None
    assert published.folder == first.folder
    assert _some_rules(asked).folder != first.folder


def test_a_full_disk_below_the_database_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise duckdb.IOException('IO Error: Could not write file "duckdb_temp": No space left on device')

    monkeypatch.setattr("pipelines.run.join", full)
    with pytest.raises(DiskError, match="the disk is full"):
        run(_small(tmp_path, _inbox(tmp_path / "inbox", entries=ENTRIES)))
    assert publish.published(tmp_path / "data") is None


def test_a_reader_with_the_old_run_open_keeps_it(tmp_path: Path) -> None:
    asked = _small(tmp_path, _inbox(tmp_path / "inbox", entries=ENTRIES))
    _some_rules(asked)
    reader = duckdb.connect(asked.data / "current" / "results.duckdb", read_only=True)
    before = reader.execute("SELECT count(*) FROM candidates").fetchall()
    (tmp_path / "inbox" / "entries.csv").write_text(ENTRIES.splitlines()[0] + "\n" + ENTRIES.splitlines()[1] + "\n")
    assert _some_rules(asked).folder is not None
    assert reader.execute("SELECT count(*) FROM candidates").fetchall() == before
    reader.close()


def test_a_dry_run_publishes_nothing(tmp_path: Path) -> None:
    asked = _small(tmp_path, _inbox(tmp_path / "inbox", entries=ENTRIES), publishes=False)
    assert _some_rules(asked).folder is None
    assert not (asked.data / "runs").exists()


def test_the_manifest_holds_no_name_birth_date_uci_or_uln() -> None:
    text = (folder() / "run.json").read_text(encoding="utf-8")
    json.loads(text)
    people = table("candidates").to_dicts()
    assert len(people) > 100
    for person in people:
        for private in ("surname", "uci", "uln"):
            for value in (person[private] or "").split():
                if len(value) >= 6:
                    assert value not in text
        assert str(person["date_of_birth"]) not in text or person["date_of_birth"] is None


def test_folders_and_files_are_private() -> None:
    for path in [folder(), *folder().rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_every_file_received_is_in_the_raw_folder_under_its_hash() -> None:
    for one in outcome().manifest["inputs"]:
        if one["sha256"]:
            content = (folder() / "raw" / one["sha256"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == one["sha256"]


def test_the_database_holds_what_the_parquet_files_hold_with_a_comment_on_every_column() -> None:
    con = duckdb.connect(folder() / "results.duckdb", read_only=True)
    tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
    assert sorted(path.stem for path in (folder() / "tables").glob("*.parquet")) == tables
    for name in tables:
        assert _count(con, f'SELECT count(*) FROM "{name}"') == table(name).height
    bare = con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal")
    assert bare.fetchall() == []
    con.close()


def test_the_rows_set_aside_lie_in_a_file_a_kind_with_line_text_and_reason() -> None:
    set_aside = [pl.read_parquet(path) for path in sorted((folder() / "rejects").glob("*.parquet"))]
    assert len(set_aside) > 3
    assert sum(frame.height for frame in set_aside) == table("rejects").height
    for frame in set_aside:
        for column in ("file_id", "line", "raw", "reason"):
            assert frame[column].null_count() == 0


def test_staff_see_no_embargoed_row(tmp_path: Path) -> None:
    with narrow.without_reports():
        staff = run(options(tmp_path / "data", config=Config(centres=CENTRES, audience="staff")))
    assert staff.folder is not None
    con = duckdb.connect()
    hidden = 0
    for path in sorted((staff.folder / "tables").glob("*.parquet")):
        columns = [row[0] for row in con.execute(f"DESCRIBE SELECT * FROM read_parquet('{path}')").fetchall()]
        if "embargo_until" in columns:
            source = f"SELECT count(*) FROM read_parquet('{path}')"
            assert _count(con, f"{source} WHERE embargo_until > TIMESTAMPTZ '2026-08-10 07:30:00+00'") == 0
            hidden += table(path.stem).height - _count(con, source)
    con.close()
    assert hidden > 0, "the sample has embargoed rows, or this test could not fail"


def test_the_sample_is_headed_as_one_and_nothing_else_is(tmp_path: Path) -> None:
    assert outcome().manifest["is_sample"] is True
    assert "SAMPLE" in (folder() / "reports" / "report.html").read_text(encoding="utf-8")
    own = run(_small(tmp_path, _inbox(tmp_path / "inbox", entries=ENTRIES)))
    assert own.folder is not None
    assert "SAMPLE" not in (own.folder / "reports" / "report.html").read_text(encoding="utf-8")
