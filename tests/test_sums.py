"""Every sum can fail: a file, a line, a statement or a status that is lost on its way stops the run, in words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from pipelines import join as join_module
from pipelines import sums
from pipelines.errors import ExitCode, SumsError
from pipelines.receive import Reception
from tests.cli_helpers import AS_OF, call, write_inbox

RULES = 2
#: three files of which one was refused on reading, two centres of which one is ours, a rule status each and for all
SCHOOL = """
CREATE TABLE files AS FROM (VALUES ('a', 'read', 2, 5, 4, 1),
    ('b', 'truncated', 1, 2, 2, 0), ('c', 'refused', 0, 3, 0, 3))
    AS t(file_id, status, rows_framing, rows_read, rows_kept, rows_rejected);
CREATE TABLE incoming_results AS FROM (VALUES
    ('a', '99999'), ('a', '99999'), ('b', '99999'), ('b', '12345'), ('c', '99999'))
    AS t(file_id, centre_number);
CREATE TABLE file_facts AS FROM (VALUES ('a', TRUE), ('b', TRUE), ('c', FALSE)) AS t(file_id, is_used);
CREATE TABLE centres AS SELECT '99999' AS centre_number;
CREATE TABLE results_by_carrier AS SELECT range AS line FROM range(3);
CREATE TABLE rules_run AS SELECT range AS code, 'clean' AS status FROM range(4);
"""


def _reception(**changes: int) -> Reception:
    """What stage 1 says it received: three contents, one refused, one repeated, two ignored; its names are not read."""
    counts = {"received": 3, "refused": 0, "repeated": 1, "ignored": 2, **changes}
    lists = {name: (None,) * count for name, count in counts.items() if name != "repeated"}
    return cast("Reception", SimpleNamespace(**lists, repeated=counts["repeated"]))


def _count(*statements: str, **changes: int) -> sums.Sums:
    with duckdb.connect() as con:
        for statement in (SCHOOL, *statements):
            con.execute(statement)
        return sums.count(con, _reception(**changes), RULES)


def test_sums_that_agree_are_told() -> None:
    assert _count().as_dict() == {
        "files": {"received": 6, "read": 2, "refused": 1, "repeated": 1, "ignored": 2},
        "lines": {"lines": 13, "framing": 3, "kept": 6, "rejected": 4},
        "statements": {"kept": 3, "in_tables": 3},
        "rules": {"rules": 2, "centres": 1, "statuses": 4},
    }


FAULTS = {
    "a file received is in no table": ("files received", "DELETE FROM files WHERE file_id = 'b'"),
    "a file is in the table twice": ("files received", "INSERT INTO files FROM files WHERE file_id = 'c'"),
    "a row read is neither kept nor set aside": ("lines =", "UPDATE files SET rows_kept = 3 WHERE file_id = 'a'"),
    "a row is both kept and set aside": ("lines =", "UPDATE files SET rows_rejected = 2 WHERE file_id = 'a'"),
    "one file has a row too many and another too few": (
        "in every file",
        "UPDATE files SET rows_kept = CASE file_id WHEN 'a' THEN 3 WHEN 'b' THEN 3 ELSE rows_kept END",
    ),
    "a statement is lost in the join": ("statements kept", "DELETE FROM results_by_carrier WHERE line = 1"),
    "a statement is doubled in the join": ("statements kept", "INSERT INTO results_by_carrier VALUES (1)"),
    "a rule has no status for a centre": ("every rule", "DELETE FROM rules_run WHERE code = 1"),
    "a status is empty": ("every rule", "UPDATE rules_run SET status = NULL WHERE code = 1"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_sum_that_does_not_agree_is_said_and_which(fault: str) -> None:
    arrow, statement = FAULTS[fault]
    with pytest.raises(SumsError, match=arrow) as caught:
        _count(statement)
    assert "Nothing was published" in str(caught.value)


@pytest.mark.parametrize("change", [{"received": 4}, {"refused": 1, "received": 4}, {"received": 2}])
def test_a_file_that_stage_one_took_and_no_table_has_is_noticed(change: dict[str, int]) -> None:
    with pytest.raises(SumsError, match="files received"):
        _count(**change)


def test_a_run_whose_sums_do_not_agree_publishes_nothing_and_ends_with_11(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_inbox(tmp_path / "inbox")
    inner = join_module.join

    def join(con: Any, *arguments: Any, **options: Any) -> Any:
        made = inner(con, *arguments, **options)
        con.execute("DELETE FROM results_by_carrier WHERE carrier = 'edi' AND line = 3")
        return made

    monkeypatch.setattr("pipelines.run.join", join)
    said = call("run", "--data", tmp_path, "--as-of", AS_OF, "--centre", "99999")
    assert said.code == ExitCode.SUMS, said
    assert "statements kept" in said.err
    assert not (tmp_path / "current").exists()
    assert not list((tmp_path / "runs").iterdir())
