"""A run in groups of centres is the run of all at once; a group is kept for as long as what it is made of stays.

The sample (two centres and the files of others) and three generated centres are run whole and in groups, and every file
of the run is compared. Then one file changes, a file names two centres, a kept group is damaged, and a rule fails.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from benchmarks import nation
from pipelines import groups, resources, run
from pipelines import layers as module
from pipelines.config import Config
from pipelines.errors import UsageError
from pipelines.findings import judge
from pipelines.join import incoming_columns
from pipelines.layers import layers
from pipelines.reference import reference_tables
from pipelines.rules import load_rules
from pipelines.run_tables import RUN_TABLES
from pipelines.sql_files import SqlFile, load_sql_folder
from tests import sample_run

_GIVEN = (*incoming_columns(), *reference_tables(), *RUN_TABLES)
_OF_FILES = (*incoming_columns(), "file_names")
_AS_OF = sample_run.as_of().replace(month=8, day=24)


def _in(number: int, data: Path, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> run.Outcome:
    monkeypatch.setattr(run, "number_of_groups", lambda _bytes: number)
    return run.run(sample_run.options(data, **changes))


def _nation(folder: Path, centres: int = 3) -> dict[str, Any]:
    inbox = folder / "inbox"
    nation.make(inbox, centres)
    return {"inboxes": (inbox,), "as_of": _AS_OF, "config": Config(centre_reports=False), "is_sample": False}


def _same(one: Path, other: Path) -> list[str]:
    """The files of a run that another has not, or not alike; of Parquet the rows in their order."""
    names = {path.relative_to(at) for at in (one, other) for path in at.rglob("*") if path.is_file()}
    unlike = []
    for name in sorted(names):
        a, b = one / name, other / name
        if name.name in ("run.json", "results.duckdb"):
            continue
        if not (a.exists() and b.exists()):
            unlike.append(str(name))
        elif a.suffix == ".parquet":
            if not pl.read_parquet(a).equals(pl.read_parquet(b)):
                unlike.append(str(name))
        elif a.read_bytes() != b.read_bytes():
            unlike.append(str(name))
    return unlike


def _folder(outcome: run.Outcome) -> Path:
    assert outcome.folder is not None
    return outcome.folder


def test_the_sample_in_groups_is_the_sample_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grouped = _in(4, tmp_path / "grouped", monkeypatch)
    assert grouped.manifest["parts"]["groups"] > 1
    assert _same(sample_run.folder(), _folder(grouped)) == []
    assert grouped.manifest["findings"] == sample_run.outcome().manifest["findings"]


def test_a_centre_that_was_asked_for_and_sent_nothing_has_its_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {**_nation(tmp_path, centres=1), "config": Config(centres=("99996", "99997", str(nation.FIRST)))}
    whole, grouped = (_in(number, tmp_path / str(number), monkeypatch, **asked) for number in (1, 64))
    assert _same(_folder(whole), _folder(grouped)) == []
    board = pl.read_parquet(_folder(grouped) / "tables" / "file_board.parquet")
    assert {"99996", "99997"} <= set(board["centre_number"])


@pytest.mark.parametrize("chain", ["1324", "1234", "4321", "2413", "31425"])
def test_a_chain_of_files_makes_one_group_in_whatever_order_its_centres_are(chain: str) -> None:
    con = duckdb.connect()
    links = ", ".join(f"('f{place}', '9999{centre}')" for place, pair in enumerate(pairwise(chain)) for centre in pair)
    con.execute(f"CREATE TABLE incoming_file_centres AS SELECT * FROM (VALUES {links}) AS t (file_id, centre_number)")
    con.execute("CREATE TABLE file_series AS SELECT 'g' AS file_id, '99990' AS centre_number")
    # by its name alone a file is of 99991, one that says inside whom it is for is not
    con.execute(
        "CREATE TABLE file_names AS SELECT * FROM (VALUES ('n', '99991'), ('g', '99991'), ('b', NULL)) "
        "AS t (file_id, name_centre)"
    )
    con.execute("CREATE TABLE incoming_files AS SELECT DISTINCT file_id FROM incoming_file_centres")
    con.execute("CREATE TABLE centres AS SELECT '99980' AS centre_number")
    groups._share_out(con, 1 << 16)
    shared = dict(con.execute("SELECT file_id, of_group FROM group_files").fetchall())
    assert len({shared[f"f{place}"] for place in range(len(chain) - 1)} | {shared["n"]}) == 1
    assert shared["b"] is None
    assert shared["g"] != shared["n"]
    centres = dict(con.execute("SELECT centre_number, of_group FROM group_centres").fetchall())
    assert len({centres["99980"], centres["99990"], centres["99991"]}) == 3


def test_a_second_run_makes_the_changed_group_again_and_equals_a_fresh_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _nation(tmp_path)
    first = _in(64, tmp_path / "data", monkeypatch, **asked)
    assert _same(_folder(_in(1, tmp_path / "whole", monkeypatch, **asked)), _folder(first)) == []
    report = sorted((tmp_path / "inbox").rglob("candidate_achievement_report.csv"))[1]
    report.write_bytes(report.read_bytes().replace(b",90,M,", b",90,P,", 1))
    second = _in(64, tmp_path / "data", monkeypatch, **asked)
    told = second.manifest["parts"]
    assert told["groups_reused"] == told["groups"] - 1 > 1
    # in one data folder both times, so that the run before is the same
    _in(1, tmp_path / "whole", monkeypatch, **asked)
    assert _same(_folder(_in(1, tmp_path / "whole", monkeypatch, **asked)), _folder(second)) == []
    assert second.manifest["findings"] != first.manifest["findings"]


def test_groups_that_are_no_longer_used_go_and_a_damaged_one_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _nation(tmp_path)
    _in(64, tmp_path / "data", monkeypatch, **asked)
    kept = sorted((tmp_path / "data" / "cache").glob("group-*"))
    (kept[0] / "found.parquet").write_bytes(b"half")
    (kept[1] / "rule_counts.parquet").unlink()
    # pages for each centre make it another run, not another group
    again = _in(64, tmp_path / "data", monkeypatch, **{**asked, "config": Config()})
    assert again.manifest["parts"]["groups_reused"] == len(kept) - 2
    assert sorted((tmp_path / "data" / "cache").glob("group-*")) == kept
    nearer = Config(near_boundary_marks=7, centre_reports=False)
    after = _in(64, tmp_path / "data", monkeypatch, **{**asked, "config": nearer})
    assert after.manifest["parts"]["groups_reused"] == 0
    assert not set((tmp_path / "data" / "cache").glob("group-*")) & set(kept)


def _centres_of_groups(data: Path) -> list[set[str]]:
    folders = sorted((data / "cache").glob("group-*"))
    return [set(pl.read_parquet(folder / "candidates.parquet")["centre_number"]) for folder in folders]


def test_centres_that_a_file_names_together_are_in_one_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _nation(tmp_path)
    _in(64, tmp_path / "apart", monkeypatch, **asked)
    one, other = (min(centres) for centres in [found for found in _centres_of_groups(tmp_path / "apart") if found][:2])
    reports = [tmp_path / "inbox" / centre / "candidate_achievement_report.csv" for centre in (one, other)]
    more = reports[1].read_bytes().splitlines(keepends=True)[1:]
    reports[0].write_bytes(reports[0].read_bytes() + b"".join(more))
    together = _in(64, tmp_path / "together", monkeypatch, **asked)
    assert any({one, other} <= centres for centres in _centres_of_groups(tmp_path / "together"))
    assert _same(_folder(_in(1, tmp_path / "whole", monkeypatch, **asked)), _folder(together)) == []


def test_a_group_in_which_a_rule_failed_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _nation(tmp_path)
    found = []

    def failing(*given: Any) -> Any:
        judged = judge(*given)
        found.append(judged)
        if len(found) > 1:
            return judged
        return type(judged)(
            judged.codes, judged.seconds, {"missing_uci": "the rule could not run (Error)"}, judged.rows
        )

    monkeypatch.setattr(groups, "judge", failing)
    outcome = _in(64, tmp_path / "data", monkeypatch, **asked)
    assert outcome.manifest["rules"]["missing_uci"]["status"] == "failed"
    assert len(list((tmp_path / "data" / "cache").glob("group-*"))) == len(found) - 1
    tables = _folder(outcome) / "tables"
    assert "missing_uci" not in set(pl.read_parquet(tables / "discrepancies.parquet")["code"])


def test_each_file_and_each_rule_is_in_one_layer() -> None:
    rules = load_rules(resources.sql() / "rules")
    found = layers(resources.sql(), rules, _GIVEN, _OF_FILES)
    names = [file.name for file in (*found.whole, *found.own, *found.last)]
    assert sorted(names) == sorted(path.stem for path in (resources.sql() / "joins").glob("*.sql"))
    assert sorted(rule.code for rule in (*found.rules, *found.last_rules)) == [rule.code for rule in rules]
    of_people = {"candidates", "latest_statements", "award_calculations", "mark_maxima"}
    assert of_people <= {file.name for file in found.own}
    assert {"changes", "manual_changes", "person_links"} <= {file.name for file in found.last}
    assert {"award_sizes", "series_seen", "item_titles"} <= found.shared


@pytest.mark.parametrize("beneath", ["candidates", "changes"])
def test_a_table_of_all_centres_may_not_rest_on_people_or_earlier_runs(
    beneath: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoiled(folder: Path) -> tuple[SqlFile, ...]:
        return tuple(
            replace(file, header={**file.header, "spans_centres": True}) if file.name == beneath else file
            for file in load_sql_folder(folder)
        )

    monkeypatch.setattr(module, "load_sql_folder", spoiled)
    with pytest.raises(UsageError, match="neither on people nor on the run before"):
        layers(resources.sql(), load_rules(resources.sql() / "rules"), _GIVEN, _OF_FILES)


@pytest.mark.parametrize(
    ("received", "number"),
    [(0, 1), (1, 1), (2 * groups.GROUP_BYTES, 1), (2 * groups.GROUP_BYTES + 1, 4), (9 * groups.GROUP_BYTES, 16)],
)
def test_a_school_is_one_group(received: int, number: int) -> None:
    assert groups.number_of_groups(received) == number
