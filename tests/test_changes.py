"""From week to week: what a run says of the run before it, whatever the school did with its files in between."""

from __future__ import annotations

import atexit
import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import polars as pl
import pytest

from pipelines.config import Config
from tests.weeks import REPORT as REPORT_HEAD
from tests.weeks import UCIS, WEEKLY, Weeks, edi, entries, entry, result, said, tables

BASE = [result(who, option, "M", 49) for who in UCIS for option in ("583801", "583802", "583803")]
ALL = entries(*(entry(who) for who in UCIS))
#: the first student up, the second without one, the fourth with one more
MONDAY = [result("0001", "583801", "D", 60), *BASE[1:5], *BASE[6:], result("0004", "583805", "P", 30)]


CODES = (*WEEKLY, "missing_uci", "result_without_entry", "row_rejected")


@pytest.fixture
def weeks(tmp_path: Path) -> Weeks:
    return Weeks(tmp_path, CODES)


@cache
def _begun() -> Path:
    place = Path(mkdtemp(prefix="resultsday-changes-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    Weeks(place, CODES).week(R9999972__X01=edi(BASE), entries__csv=ALL)
    return place


@pytest.fixture
def begun(tmp_path: Path) -> Weeks:
    """The week of the first issue has been run: a copy of one that was."""
    shutil.copytree(_begun(), tmp_path / "begun", symlinks=True)
    return Weeks(tmp_path / "begun", CODES)


def _told(found: dict[str, pl.DataFrame]) -> set[tuple[str, ...]]:
    """Of every change: the option, what differs, before and after, the direction."""
    columns = ("option_code", "carrier", "compared", "before", "after", "direction")
    return {tuple(str(cell) for cell in row) for row in found["changes"].select(columns).iter_rows()}


@pytest.mark.parametrize("is_kept", [True, False], ids=["beside the first", "in the place of the first"])
def test_a_reissue_tells_what_went_up_what_is_new_and_what_is_gone(begun: Weeks, is_kept: bool) -> None:
    if not is_kept:
        begun.put(R9999972__X01=None)
    found = begun.week(R9999972__X02=edi(MONDAY, "170826", 2))
    assert said(found, *WEEKLY) == [
        ("result_added", "99999·0004·6E26·05838/05", "info", "new"),
        ("result_changed", "99999·0001·6E26·05838/01", "error", "new"),
        ("result_withdrawn", "99999·0002·6E26·05838/03", "error", "new"),
    ]
    assert _told(found) == {
        ("583801", "edi", "grade", "M", "D", "up"),
        ("583801", "edi", "mark", "49.00", "60.00", "up"),
        ("583803", "edi", "result", "M", "None", "withdrawn"),
        ("583805", "edi", "result", "None", "P", "new"),
    }


def test_the_same_results_under_a_new_header_change_nothing(begun: Weeks) -> None:
    found = begun.week(R9999972__X02=edi(BASE, "170826", 2))
    assert found["changes"].height == 0
    assert said(found, *WEEKLY) == []
    checked = found["rules_run"].filter((pl.col("code") == "result_changed") & (pl.col("centre_number") == "all"))
    assert checked.select("status", "rows_checked").rows() == [("clean", 12)]


def test_a_further_file_of_the_series_adds_and_amends_and_takes_nothing_away(begun: Weeks) -> None:
    more = [result("0003", "583805", "P", 30), result("0001", "583802", "P", 40)]
    found = begun.week(R9999972__X02=edi(more, "170826", 2))
    assert [(code, key) for code, key, *_ in said(found, *WEEKLY)] == [
        ("result_added", "99999·0003·6E26·05838/05"),
        ("result_changed", "99999·0001·6E26·05838/02"),
    ]
    assert ("583802", "edi", "grade", "M", "P", "down") in _told(found)


def test_a_tidied_inbox_is_told_and_nothing_is_called_withdrawn(begun: Weeks) -> None:
    found = begun.week(R9999972__X01=None)
    assert said(found, *WEEKLY) == [("file_vanished", "99999·R9999972.X01", "warning", "new")]
    assert found["changes"].height == 0


def test_taking_away_the_newer_of_two_issues_is_told_with_what_only_it_held(begun: Weeks) -> None:
    begun.week(R9999972__X02=edi(MONDAY, "170826", 2))
    found = begun.week(R9999972__X02=None)
    assert [row[:2] for row in said(found, "file_vanished", "result_withdrawn")] == [
        ("file_vanished", "99999·R9999972.X02")
    ]
    changed = found["discrepancies"].filter(pl.col("code") == "result_changed")
    assert changed["cause"].to_list() == ["down; the file is older than the one that was here"]


def test_a_window_seen_for_the_first_time_is_no_finding_a_row(weeks: Weeks) -> None:
    july = [result(who, "583820", "M") for who in UCIS]
    weeks.week(R9999972__X01=edi(july, "060826", 1, "9I25"), entries__csv=ALL)
    # two of the four were claimed again and are issued in August
    august = [result("0001", "583820", "D"), result("0002", "583820", "P"), result("0003", "583821", "P")]
    found = weeks.week(R9999972__X02=edi(august, "070826", 2, "9I25"))
    assert said(found, *WEEKLY) == []
    assert found["changes"].height == 0
    board = found["file_board"].filter((pl.col("series") == "9I25") & (pl.col("state") != "missing"))
    assert board.height == 2


def test_a_correction_in_one_window_is_not_mistaken_for_the_result_of_the_other(weeks: Weeks) -> None:
    july = [result(who, option, "P") for who in UCIS for option in ("583820", "583821", "583822")]
    # neither issue holds nine tenths of the other
    august = [result("0001", "583820", "D"), result("0003", "583823", "P"), result("0004", "583824", "P")]
    weeks.week(
        R9999972__X01=edi(july, "060826", 1, "9I25"), R9999972__X02=edi(august, "070826", 2, "9I25"), entries__csv=ALL
    )
    amended = [result("0001", "583820", "M"), *july[1:]]
    found = weeks.week(R9999972__X03=edi(amended, "170826", 3, "9I25"))
    assert _told(found) == {("583820", "edi", "grade", "P", "M", "up")}


def test_a_line_set_aside_in_the_reissue_is_no_withdrawal(begun: Weeks) -> None:
    broken = [line.replace("M0049M", "?0049M") if line == BASE[5] else line for line in BASE]
    found = begun.week(R9999972__X02=edi(broken, "170826", 2))
    assert said(found, "row_rejected", *WEEKLY) == [("row_rejected", "99999·R9999972.X02·8", "error", "new")]


def test_a_student_who_gains_a_number_keeps_the_history_of_a_finding(weeks: Weeks) -> None:
    row = "99999,40000003,,,Oddsworthy,Cato,05839,05838/01,M,6E26,10/08/2026,,\n"
    first = weeks.week(report__csv=REPORT_HEAD + row)
    assert [one[1:] for one in said(first, "missing_uci")] == [("99999·40000003", "error", "new")]
    second = weeks.week(entries__csv=entries("0003,40000003,,Oddsworthy,Cato,01/02/2008,6E26,05838/01"))
    ((_code, key, _severity, change),) = said(second, "missing_uci")
    assert key == "99999·0003"
    assert change in ("continuing", "changed")
    history = {
        row["state"]: row for row in second["finding_history"].filter(pl.col("code") == "missing_uci").to_dicts()
    }
    assert set(history) == {"open", "renamed"}
    assert history["renamed"]["became"] == history["open"]["fingerprint"]
    assert history["open"]["first_run"] == first["finding_history"]["first_run"][0]
    # mended, and broken again: what came back is the same finding still
    good = entries("0003,40000003,999990250003B,Oddsworthy,Cato,01/02/2008,6E26,05838/01")
    assert said(weeks.week(entries__csv=good), "missing_uci") == []
    fourth = weeks.week(entries__csv=None)
    assert said(fourth, "missing_uci") == [("missing_uci", "99999·40000003", "error", "reopened")]


def test_two_records_that_become_one_have_one_finding_that_goes_on(weeks: Weeks) -> None:
    # a candidate without a UCI under two candidate numbers: two people, each without a UCI
    apart = entries(
        "0003,40000003,,Oddsworthy,Cato,01/02/2008,6E26,05838/01",
        "0009,40000009,,Oddsworthy,Cato Piers,11/10/2007,6E26,05838/01",
    )
    first = weeks.week(entries__csv=apart)
    assert [row[1] for row in said(first, "missing_uci")] == ["99999·0003", "99999·0009"]
    # the board has joined the records: one OCR number
    joined = apart.replace("40000009", "40000003").replace("Cato Piers,11/10/2007", "Cato,01/02/2008")
    second = weeks.week(entries__csv=joined)
    (row,) = said(second, "missing_uci")
    assert row[3] in ("continuing", "changed")
    history = second["finding_history"].filter(pl.col("code") == "missing_uci")
    origins = set(first["finding_history"]["first_run"].to_list())
    standing = history.filter(pl.col("state") == "open")
    assert standing.height == 1
    assert set(standing["first_run"].to_list()) <= origins
    renamed = history.filter(pl.col("state") == "renamed")
    assert set(renamed["became"].to_list()) == set(standing["fingerprint"].to_list())
    assert history.filter(pl.col("state") == "resolved").height == 0


def test_a_number_that_passes_to_somebody_else_takes_no_result_along(begun: Weeks) -> None:
    # 0001 is another candidate now, with a UCI and results of their own
    other = [result("0001", option, "D", 60, uci="999990240001R") for option in ("583801", "583802", "583803")]
    found = begun.week(
        R9999972__X01=None,
        R9999972__X02=edi([*other, *BASE[3:]], "170826", 2),
        entries__csv=entries(
            *(entry(who) for who in list(UCIS)[1:]), entry("0001", uci="999990240001R", ocr="40000077")
        ),
    )
    assert said(found, "result_changed") == []


def test_a_report_asked_for_one_qualification_withdraws_nothing_of_another(weeks: Weeks) -> None:
    def report(rows: list[tuple[str, str, str]]) -> str:
        head = "99999,4000{0},{0},{1},Quillfeather,Ada,{2},{3},M,6E26,10/08/2026,,"
        return REPORT_HEAD + "".join(f"{head.format(who, UCIS[who], q, unit)}\n" for who, q, unit in rows)

    taken = [(who, "05839", unit) for who in UCIS for unit in ("05838/01", "05838/02", "05838/03")]
    weeks.week(report__csv=report([*taken, ("0001", "05842", "05838/05")]))
    found = weeks.week(report__csv=report(taken))
    assert said(found, "result_withdrawn") == []
    assert [row[0] for row in said(found, "file_vanished")] == ["file_vanished"]
    less = weeks.week(report__csv=report(taken[:-1]))
    assert [row[1] for row in said(less, "result_withdrawn")] == ["99999·0004·6E26·05838/03"]


def test_a_run_of_an_older_version_is_compared_as_far_as_it_goes(weeks: Weeks) -> None:
    weeks.put(R9999972__X01=edi(BASE), entries__csv=ALL)
    folder = weeks.run().folder
    assert folder is not None
    kept = folder / "tables"
    (kept / "candidate_identities.parquet").unlink()
    later = {
        "finding_history": ["key_shape", "person_id", "other_person_id", "became"],
        "results_by_carrier": ["mark"],
    }
    for name, columns in later.items():
        path = kept / f"{name}.parquet"
        pl.read_parquet(path).drop(columns).write_parquet(path)
    found = weeks.week(R9999972__X02=edi(MONDAY, "170826", 2))
    assert said(found, *WEEKLY) == []
    told = found["rules_run"].filter(pl.col("code").is_in(WEEKLY) & (pl.col("centre_number") == "all"))
    assert set(told["status"].to_list()) == {"not_evaluated"}
    assert all("older version" in reason for reason in told["reason"].to_list())
    changes = set(found["discrepancies"].filter(pl.col("code") == "result_without_entry")["change"].to_list())
    # by its fingerprint alone a finding goes on
    assert changes == {"continuing"}


def test_a_run_for_staff_makes_nothing_new_of_what_it_did_not_keep(weeks: Weeks) -> None:
    general = [result(who, option, "A ") for who in UCIS for option in ("H446  ", "H447  ", "H556  ")]
    staff = Config(centres=("99999",), audience="staff")
    moment = weeks.options().as_of.replace(day=11)
    weeks.put(R9999901__X01=edi(general, "100826", 1, "6B26").replace("R11472", "R11401"), entries__csv=ALL)
    weeks.run(config=staff, as_of=moment)
    weeks.put(R9999901__X02=edi(general, "110826", 2, "6B26").replace("R11472", "R11401"))
    found = tables(weeks.run(as_of=moment))
    assert found["results_by_carrier"]["embargo_until"].null_count() < 24
    assert said(found, *WEEKLY) == []


def test_the_manifest_counts_what_changed_and_names_nobody(begun: Weeks) -> None:
    begun.put(R9999972__X02=edi(MONDAY, "170826", 2))
    begun.codes = ()  # of every rule
    done = begun.run()
    assert done.manifest["changes"]["results"] == {"up": 1, "down": 0, "other": 0, "new": 1, "withdrawn": 1}
    assert done.manifest["changes"]["files"] == {"came": 1, "gone": 0}
    text = json.dumps(done.manifest)
    assert "Quillfeather" not in text
    assert UCIS["0001"] not in text
