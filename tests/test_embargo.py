"""What staff may be told and when: every output of a run, the minute before a release and the minute of it.

An option code that exists nowhere else marks each restricted result; it is looked for in every byte, cell and answer.
"""

from __future__ import annotations

import atexit
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Literal
from unittest.mock import patch

import duckdb
import polars as pl
import pytest

from pipelines import embargo, publish
from pipelines.commands.running import LONDON
from pipelines.config import Config
from pipelines.embargo import Lifted
from pipelines.errors import EmbargoError, ExitCode
from pipelines.local_files import WAIVERS
from pipelines.reference import load_reference
from pipelines.resources import reference_data
from pipelines.run import Options, Outcome, run
from tests import narrow
from tests.cli_helpers import call

#: each moment is run once, by the one process that has these tests
pytestmark = pytest.mark.xdist_group("embargo")

CLOCK = datetime(2027, 1, 1, tzinfo=UTC)
BEFORE, AFTER = "2026-08-13T07:59", "2026-08-13T08:00"
Reader = Literal["staff", "exams_office"]

#: option code → board, series, and the first minute at which staff may see it
RESTRICTED = {
    "ZQ7101": ("01", "6B26", "2026-08-13T08:00"),
    "ZQ7102": ("01", "6A26", "2026-08-20T08:00"),
    # the calendar names June of this board in a row for every letter
    "ZQ7103": ("70", "6K26", "2026-08-20T08:00"),
    # and no March: held to the end of the academic year
    "ZQ7104": ("70", "3K26", "2026-09-01T00:00"),
}
XML_ONLY = "ZQ7105"  #: board 01, 6B26, as a component of a linear qualification
SET_ASIDE = "ZQ7106"  #: board 01, 6B26, on a line that cannot be used
NOBODYS = "ZQ7107"  #: of a board that nobody knows
OPEN = "583801"


def _edi(board: str, series: str, *rows: str) -> str:
    head = [f"R114{board}{series}001100826", f"R399999{series}"]
    tail = [f"R799999{len(rows) + 2:07d}", f"R9{len(rows) + 4:07d}"]
    return "\r\n".join([*head, *(f"{row:<62}" for row in rows), *tail]) + "\r\n"


def _row(option: str, grade: str, candidate: str = "0042", uci: str = "999990250042X", kind: str = "M") -> str:
    return f"R599999{candidate}{uci:<13}{option:<6}{option:<6}{kind}0137{grade:<2}"


def _write_inbox(inbox: Path) -> None:
    inbox.mkdir(parents=True)
    files = {
        "R9999972.X01": _edi("72", "6E26", _row(OPEN, "M")),
        "R9999901.X01": _edi(
            "01",
            "6B26",
            _row("ZQ7101", "Q"),
            # the check letter is wrong, and the line that shows it holds a grade
            _row("ZQ7101", "B", "0099", "999990250099A"),
            _row(SET_ASIDE, "C", kind="?"),
        ),
        "R9999901.X02": _edi("01", "6A26", _row("ZQ7102", "7")),
        "R9999970.X01": _edi("70", "6K26", _row("ZQ7103", "A")),
        "R9999970.X02": _edi("70", "3K26", _row("ZQ7104", "A")),
        "R9999998.X01": _edi("98", "6B26", _row(NOBODYS, "A")),
        "a2c.99999.01.EDIResults.5A3E0C1D-0000-4000-8000-0000000006B26.xml": (
            "<EDIResults><Header><AwardingBody>01</AwardingBody><Centre>99999</Centre><Series>6B26</Series>"
            "<Created>2026-08-12T00:01:00</Created></Header><Candidate><CandidateNumber>0042</CandidateNumber>"
            f"<UCI>999990250042X</UCI><Qualification><OptionCode>{XML_ONLY}</OptionCode><Title>{XML_ONLY}</Title>"
            "<Grade>A</Grade><Mark>372</Mark><MaximumMark>500</MaximumMark><Component><Code>01</Code>"
            "<Mark>88</Mark><MaximumMark>140</MaximumMark></Component></Qualification></Candidate></EDIResults>"
        ),
    }
    for name, text in files.items():
        (inbox / name).write_text(text, encoding="utf-8", newline="")


@cache
def _inbox() -> Path:
    """The inbox, made once for all tests; they only read it."""
    folder = Path(mkdtemp(prefix="resultsday-embargo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _write_inbox(folder / "inbox")
    return folder / "inbox"


def _run(data: Path, at: str, audience: Reader = "staff") -> Outcome:
    as_of = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    return run(Options((_inbox(),), data, as_of, Config(centres=("99999",), audience=audience)))


@cache
def _made(at: str, audience: Reader = "staff") -> tuple[Path, Path, dict[str, Any]]:
    """A data folder with one run of that moment, the run's folder, and its manifest."""
    data = _inbox().parent / f"{audience}-{at.replace(':', '')}"
    outcome = _run(data, at, audience)
    assert outcome.folder is not None
    return data, outcome.folder, outcome.manifest


def _texts(data: Path) -> Iterator[tuple[str, str]]:
    """Everything a data folder holds, as text: each file, each cell of each table."""
    for path in sorted(path for path in data.rglob("*") if path.is_file()):
        if path.suffix == ".parquet":
            yield path.name, pl.read_parquet(path).write_csv()
        elif path.suffix == ".duckdb":
            con = duckdb.connect(str(path), read_only=True)
            for (table,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall():
                yield f"{path.name} {table}", con.sql(f'SELECT * FROM "{table}"').pl().write_csv()
            con.close()
        else:
            yield path.name, path.read_bytes().decode("latin-1")


def _places(data: Path, mark: str) -> set[str]:
    return {place for place, text in _texts(data) if mark in text}


def _before(moment: str) -> str:
    return (datetime.fromisoformat(moment) - timedelta(minutes=1)).isoformat(timespec="minutes")


@pytest.mark.parametrize("release", sorted({at for _, _, at in RESTRICTED.values()}))
def test_staff_find_nothing_restricted_anywhere_the_minute_before_and_all_of_it_the_minute_of(release: str) -> None:
    for at in (_before(release), release):
        data, _, _ = _made(at)
        for option, (_, _, until) in RESTRICTED.items():
            places = _places(data, option)
            if at < until:
                assert not places, (at, option)
            else:
                assert {"results_by_carrier.parquet", "results.duckdb results_by_carrier"} <= places, (at, option)
        assert "results_by_carrier.parquet" in _places(data, OPEN), "a vocational result is told at once"
        assert not _places(data, NOBODYS), "of a board nobody knows nothing is ever told"


@pytest.mark.parametrize(("mark", "table"), [(XML_ONLY, "component_results"), (SET_ASIDE, "rejects")])
def test_components_and_lines_set_aside_are_as_restricted_as_their_series(mark: str, table: str) -> None:
    assert not _places(_made(BEFORE)[0], mark)
    assert f"{table}.parquet" in _places(_made(AFTER)[0], mark)


@pytest.mark.parametrize(("audience", "keeps"), [("staff", False), ("exams_office", True)])
def test_staff_have_no_file_as_it_came_and_no_cache_of_what_was_read(audience: Reader, keeps: bool) -> None:
    data, folder, _ = _made(BEFORE, audience)
    assert (folder / "raw").exists() == keeps
    assert (data / "cache").exists() == keeps
    assert not list(folder.glob(".*")), "what a run needed for itself is not part of it"


@pytest.mark.parametrize(
    ("at", "audience", "found"), [(BEFORE, "staff", 0), (BEFORE, "exams_office", 1), (AFTER, "staff", 1)]
)
def test_counts_tell_staff_nothing_of_what_is_left_out(at: str, audience: Reader, found: int) -> None:
    """A grade Q is a finding, and a history of it, and a count in two places."""
    _, folder, manifest = _made(at, audience)
    assert manifest["rules"]["pending_result"]["found"] == found
    assert ("pending_result" in {one["code"] for one in manifest["findings"]["by_code"]}) == bool(found)
    for name in ("finding_history", "discrepancies"):
        codes = pl.read_parquet(folder / "tables" / f"{name}.parquet")["code"].to_list()
        assert codes.count("pending_result") == found
    counted = pl.read_parquet(folder / "tables" / "rules_run.parquet").filter(pl.col("code") == "pending_result")
    assert set(counted["found"]) == {found}


def test_a_rule_that_found_something_restricted_looks_like_every_clean_one() -> None:
    rules = _made(BEFORE)[2]["rules"].values()
    (reason,) = {rule["reason"] for rule in rules if rule["status"] == "clean"}
    assert "embargo" in reason


def test_a_finding_about_a_person_is_restricted_where_the_line_it_shows_is() -> None:
    _, folder, _ = _made(BEFORE, "exams_office")
    rows = pl.read_parquet(folder / "tables" / "discrepancies.parquet").filter(pl.col("code") == "invalid_uci")
    assert rows.height == 1
    assert "ZQ7101" in rows["evidence"][0]
    assert rows["embargo_until"][0] == datetime(2026, 8, 13, 7, tzinfo=UTC)


def test_the_exams_office_sees_it_all_marked_restricted() -> None:
    _, folder, _ = _made(BEFORE, "exams_office")
    assert set(RESTRICTED) <= set(pl.read_parquet(folder / "tables" / "results_by_carrier.parquet")["option_code"])
    assert "RESTRICTED" in (folder / "reports" / "report.html").read_text(encoding="utf-8")


def test_what_somebody_wrote_of_a_restricted_finding_is_held_back_with_it(tmp_path: Path) -> None:
    row = {
        "code": "pending_result",
        "centre_number": "99999",
        "candidate_number": "0042",
        "reason": "ZQ-rung the board",
    }
    more = {"id": "w1", "waived_by": "A. Officer", "waived_on": "2026-08-12", "expires_on": "2026-09-30"}
    for at, is_told in ((BEFORE, False), (AFTER, True)):
        data = tmp_path / at.replace(":", "")
        (data / "local").mkdir(parents=True)
        columns = {name: {**row, **more}.get(name, "") for name in WAIVERS.columns}
        text = f"{','.join(columns)}\n{','.join(columns.values())}\n"
        (data / "local" / "waivers.csv").write_text(text, encoding="utf-8")
        _run(data, at)
        assert bool(_places(data / "runs", "ZQ-rung the board")) == is_told


def test_every_table_with_results_says_until_when_each_row_is_restricted() -> None:
    """A table made later that holds a restricted result and no `embargo_until` would tell it to staff."""
    _, folder, _ = _made(BEFORE, "exams_office")
    for path in sorted((folder / "tables").glob("*.parquet")):
        frame = pl.read_parquet(path)
        told = any(option in frame.write_csv() for option in (*RESTRICTED, XML_ONLY, SET_ASIDE, NOBODYS))
        if told and path.stem != "finding_history":  # held back by the finding it belongs to
            assert "embargo_until" in frame.columns, path.stem


@pytest.mark.parametrize(("at", "is_told"), [("2026-04-23T07:59", False), ("2026-04-23T08:00", True)])
def test_a_release_that_the_centre_adds_to_the_calendar_counts_to_the_minute(
    tmp_path: Path, at: str, is_told: bool
) -> None:
    folder = tmp_path / "local" / "reference"
    folder.mkdir(parents=True)
    shipped = (reference_data() / "release_calendar.csv").read_text(encoding="utf-8-sig")
    line = "2025-26,3K26,70,edi,March results,,,2026-04-22T00:01,2026-04-23T08:00,documented"
    (folder / "release_calendar.csv").write_text(f"{shipped.splitlines()[0]}\n{line}\n", encoding="utf-8")
    with narrow.without_reports():
        _run(tmp_path, at)
    made = tmp_path / "runs"
    assert bool(_places(made, "ZQ7104")) == is_told
    assert not _places(made, "ZQ7103"), "the other series of that board waits for its own day"


def test_the_shipped_calendar_still_lacks_what_these_tests_rest_on() -> None:
    calendar = load_reference(reference_data(), None)["release_calendar"]
    assert calendar.filter(pl.col("series").str.starts_with("3")).is_empty()


COMMANDS = [
    ("findings",),
    ("findings", "--format", "csv"),
    ("findings", "--format", "json"),
    ("status",),
    ("status", "--format", "json"),
    ("checkpoint", "--format", "json"),
    ("query", "SELECT * FROM results_by_carrier", "--format", "csv"),
    ("query", "SELECT * FROM finding_history"),
]


@pytest.mark.parametrize(("at", "is_told"), [(BEFORE, False), (AFTER, True)])
def test_no_command_tells_staff_what_is_restricted(at: str, is_told: bool) -> None:
    said = [call(*command, "--data", _made(at)[0]) for command in COMMANDS]
    assert {one.code for one in said} == {0}
    assert ("ZQ7101" in "".join(one.out + one.err for one in said)) == is_told
    page = call("explain", "pending_result", "--format", "json", "--data", _made(at)[0])
    assert sum((json.loads(page.out)[0]["findings"] or {}).values()) == int(is_told)


@pytest.mark.parametrize("command", ["run", "check"])
def test_staff_may_not_ask_what_a_later_moment_would_show(tmp_path: Path, command: str) -> None:
    asked = ("--inbox", _inbox(), "--data", tmp_path / "data", "--as-of", AFTER, "--audience", "staff")
    with patch("pipelines.commands.published.now", return_value=datetime(2026, 8, 13, 6, 59, tzinfo=UTC)):
        assert call(command, *asked).code == ExitCode.EMBARGO
    assert publish.published(tmp_path / "data") is None


def test_a_run_for_staff_is_compared_with_runs_for_staff_alone(tmp_path: Path) -> None:
    """What the exams office found the day before would reach staff as resolved."""
    with narrow.without_reports():
        _run(tmp_path, "2026-08-12T07:59", "exams_office")
    outcome = _run(tmp_path, BEFORE)
    assert outcome.folder is not None
    assert not _places(outcome.folder, "ZQ7101")
    assert outcome.manifest["findings"]["by_change"]["resolved"] == 0


LIFT = ("--lift-embargo", "--reason", "asked by the head of sixth form", "--by", "A. Officer")


def test_the_embargo_is_lifted_only_with_a_reason_and_the_run_says_which_and_whose(tmp_path: Path) -> None:
    data = tmp_path / "data"
    asked = (
        "--inbox",
        _inbox(),
        "--data",
        data,
        "--as-of",
        "2026-08-13T07:59",
        "--audience",
        "staff",
        "--centre",
        "99999",
    )
    with patch("pipelines.commands.published.now", return_value=CLOCK):
        for refused in (("--lift-embargo",), ("--lift-embargo", "--reason", "  "), (*LIFT[:2], "for 999990250042X")):
            assert call("run", *asked, *refused).code == ExitCode.EMBARGO
            assert publish.published(data) is None
        held, lifted = call("run", *asked), call("run", *asked, *LIFT)
    assert (held.code, lifted.code) == (0, 0)
    first, second = publish.runs(data)
    assert first.manifest["embargo_lifted"] is None
    assert second.manifest["embargo_lifted"] == {"reason": "asked by the head of sixth form", "by": "A. Officer"}
    assert "A. Officer: asked by the head of sixth form" in lifted.out
    assert not _places(first.folder, "ZQ7101")
    assert {"results_by_carrier.parquet", "discrepancies.csv", "report.html"} <= _places(second.folder, "ZQ7101")
    assert "RESTRICTED" in (second.folder / "reports" / "report.html").read_text(encoding="utf-8")


def test_a_reason_without_the_override_and_an_override_with_nothing_to_lift_are_mistakes(
    tmp_path: Path,
) -> None:
    asked = ("run", "--inbox", _inbox(), "--data", tmp_path / "data", "--as-of", BEFORE)
    assert call(*asked, "--audience", "staff", "--reason", "because").code == ExitCode.USAGE
    assert call(*asked, *LIFT).code == ExitCode.USAGE


@pytest.mark.parametrize("reason", ["", "   ", "\n", "student 12345678", "x" * 301])
def test_a_reason_is_words_without_the_number_of_a_student(reason: str) -> None:
    with pytest.raises(EmbargoError):
        embargo.lifted(reason, "somebody")
    assert embargo.lifted("  staff \n meeting ", "somebody") == Lifted("staff meeting", "somebody")
