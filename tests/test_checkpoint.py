"""The checkpoint of June: who is expected, what each check says of whom, what was declared, and what changed since."""

from __future__ import annotations

import atexit
import csv
import io
import json
import shutil
import stat
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import polars as pl
import pytest

from pipelines import files
from pipelines.commands import checkpoint
from pipelines.errors import ExitCode
from tests import narrow
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny

#: June and August are run once, by the one process that has these tests
pytestmark = pytest.mark.xdist_group("checkpoint")

JUNE, AUGUST = "2026-06-16T09:00", "2026-08-10T08:30"
SURNAMES = {
    "0001": "Quillfeather", "0002": "Nightingrove", "0003": "Oddsworthy", "0004": "Thistlebrook",
    "0005": "Pemberwick", "0006": "Larkwhistle", "0007": "Bramblecote", "0008": "Fennimore", "0009": "Gorsehill",
    "0010": "Hathersedge",
}  # fmt: skip
UCIS = {"0001": "999990250001H", "0002": "999990250002E"}
SOON, LATER = "31/08/2026", "31/08/2027"

#: candidate → what their entries and the tracker say in June, and in August; Certificate in IT wants units 01 and 02
Student = dict[str, str]


def _student(**more: str) -> Student:
    usual = {
        "code": "05838", "series": "9I25", "units": "05838/01 05838/02", "withdrawn": "", "uci": "yes", "ocr": "yes",
        "date": SOON, "status": "Result not yet achieved", "first": "Entered", "second": "Entered", "listed": "yes",
    }  # fmt: skip
    return {**usual, **more}


def _moderated(**more: str) -> Student:
    """A student of the 2012 suite, whose units are claimed and not entered."""
    return _student(code="05347", series="9C25", units="", first="Claim submitted", second="Not entered", **more)


def june() -> dict[str, Student]:
    return {
        "0001": _student(),
        "0002": _student(units="05838/01", second="Not entered"),
        "0003": _student(uci=""),
        "0004": _student(status="Not eligible"),
        "0005": _student(listed="", ocr="", date=""),
        "0006": _student(date=LATER, units="05838/01", second="Not entered"),
        "0007": _student(withdrawn="Y", status="Withdrawn"),
        "0008": _student(),
        "0009": _moderated(),
    }


def august() -> dict[str, Student]:
    achieved = {"status": "Result achieved", "first": "Result achieved", "second": "Result achieved"}
    return {
        **june(),
        "0001": _student(**achieved),
        "0002": _student(units="05838/01", second="Not entered", date=LATER),
        "0003": _student(),
        "0004": _student(status="Withdrawn"),
        "0005": _student(),
        "0008": _student(units="05838/01", second="Not entered"),
        "0010": _student(uci=""),
    }


def _uci(candidate: str) -> str:
    weights = range(16, 4, -1)
    stem = f"99999025{candidate}"
    return stem + "ABCDEFGHKLMRTVWXY"[sum(int(d) * w for d, w in zip(stem, weights, strict=True)) % 17]


def _who(candidate: str, one: Student) -> dict[str, str]:
    return {
        "Centre Number": "99999",
        "Candidate Number": candidate,
        "OCR Candidate Number": f"4000{candidate}" if one["ocr"] else "",
        "UCI": _uci(candidate) if one["uci"] else "",
        "Surname": SURNAMES[candidate],
        "Forename(s)": "Ada",
        "Date of Birth": f"{int(candidate):02d}/03/2008",
    }


def _entries(students: dict[str, Student]) -> list[dict[str, str]]:
    rows = []
    for candidate, one in students.items():
        codes = [
            (one["series"], one["code"], "qualification"),
            *(("6E26", unit, "unit") for unit in one["units"].split()),
        ]
        for series, code, kind in codes:
            more = {"Series": series, "Entry Code": code, "Entry Type": kind, "Intended Level": "3"}
            expected = {"Expected Completion": "" if one["listed"] else "2025-26"}
            rows.append({**_who(candidate, one), **more, **expected, "Withdrawn": one["withdrawn"]})
    return rows


def _tracker(students: dict[str, Student], day: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    summary, detailed = [], []
    for candidate, one in students.items():
        if not one["listed"]:
            continue
        spec = {
            "Specification Code": one["code"],
            "Level": "3",
            "Entry Date": "04/10/2025",
            "Estimated Completion Date": one["date"],
        }
        known = {**_who(candidate, one), **spec}
        summary.append({**known, "Qualification Result Status": one["status"], "Last Updated": day})
        units = ("05347/01", "05347/02") if one["code"] == "05347" else ("05838/01", "05838/02")
        for unit, status in zip(units, (one["first"], one["second"]), strict=True):
            detailed.append({**known, "Unit Code": unit, "Unit Achievement Status": status, "Last Updated": day})
    return summary, detailed


def _claim(candidate: str, unit: str, day: str) -> dict[str, str]:
    claim = {"Qualification Code": "05347", "Unit Code": unit, "Claimed Grade": "P", "Claim Date": day}
    return {**_who(candidate, june()[candidate]), **claim}


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")


def _fill(inbox: Path, students: dict[str, Student], day: str) -> None:
    inbox.mkdir(parents=True, exist_ok=True)
    summary, detailed = _tracker(students, day)
    stamp = day[3:5]
    _write(inbox / "entries.csv", _entries(students))
    _write(inbox / f"tracker_summary_{stamp}.csv", summary)
    _write(inbox / f"tracker_detailed_{stamp}.csv", detailed)
    _write(inbox / "claims.csv", [_claim("0009", "05347/01", "20/05/2026")])


@cache
def _data() -> Path:
    """June, declared; then August's run beside it."""
    data = Path(mkdtemp(prefix="resultsday-checkpoint-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    return data


def _run(data: Path, as_of: str) -> None:
    with narrow.without_reports():
        assert call("run", "--data", data, "--as-of", as_of, "--centre", "99999").code == 0


@cache
def _june() -> dict[str, Any]:
    """What the checkpoint said in June, told and kept."""
    data = _data()
    _fill(data / "inbox", june(), "12/06/2026")
    _run(data, JUNE)
    told = call("checkpoint", "--data", data, "--format", "json", "--keep", "--by", "A. Officer")
    assert told.code == 0, told
    text = call("checkpoint", "--data", data)
    return {**json.loads(told.out), "text": text.out, "said": told.err + text.err, "kept": _kept(data)}


def _kept(data: Path) -> dict[str, str]:
    folder = data / "local" / "checkpoints"
    return {
        str(path.relative_to(folder)): path.read_bytes().hex() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@cache
def _august() -> dict[str, Any]:
    _june()
    data = _data()
    _fill(data / "inbox", august(), "20/07/2026")
    _run(data, AUGUST)
    told = call("checkpoint", "--data", data, "--format", "json", "--since", "2026-06-16")
    assert told.code == 0, told
    return {**json.loads(told.out), "text": call("checkpoint", "--data", data).out}


def _of(told: dict[str, Any], candidate: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [one for one in told["people"] if one["surname"] == SURNAMES[candidate]]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("candidate", "standing", "reasons", "noes"),
    [
        ("0001", "on_course", None, set()),
        ("0002", "at_risk", "units are short: no 05838/02, 90 of 180 hours", {"units_check"}),
        ("0003", "at_risk", "UCI missing, wrong, or not theirs alone", {"uci_check"}),
        ("0004", "at_risk", "Not eligible on the tracker", {"eligible_check"}),
        ("0005", "at_risk", "not on the tracker", {"tracker_check"}),
        ("0008", "on_course", None, set()),
    ],
)
def test_each_check_says_no_of_the_student_who_fails_it(
    candidate: str, standing: str, reasons: str | None, noes: set[str]
) -> None:
    one = _of(_june(), candidate)
    assert (one["standing"], one["reasons"]) == (standing, reasons)
    assert {name for name, value in one.items() if value == "no"} == noes


@pytest.mark.parametrize("candidate", ["0006", "0007"])
def test_who_is_expected_next_year_or_has_withdrawn_is_not_on_the_list(candidate: str) -> None:
    assert SURNAMES[candidate] not in {one["surname"] for one in _june()["people"]}


def test_every_check_counts_every_award_expected_once() -> None:
    told = _june()
    assert told["awards_expected"] == 7
    assert told["students_expected"] == 7
    for counts in told["checks"].values():
        assert sum(counts.values()) == 7
    assert sum(told["standings"].values()) == len(told["people"])
    assert told["checks"]["uci_check"]["no"] == 1


def test_the_checks_told_are_the_checks_of_the_table() -> None:
    named = {check for _, group in checkpoint.DECLARATION for check, _ in group}
    columns = {column for column in _june()["people"][0] if column.endswith("_check")}
    assert named == columns


def test_nothing_is_an_error_in_june_that_nobody_can_know_yet() -> None:
    run = _data() / "runs" / _june()["run"]
    rows = pl.read_parquet(run / "tables" / "discrepancies.parquet").filter(pl.col("severity") != "info")
    assert set(rows["code"]) == {"missing_uci"}
    assert set(rows["uci"]) == {None}


def test_until_the_last_day_for_claims_is_over_a_unit_that_is_not_claimed_is_no_risk(tmp_path: Path) -> None:
    _fill(tmp_path / "inbox", june(), "12/06/2026")
    _run(tmp_path, "2026-06-15T23:30")
    early = json.loads(call("checkpoint", "--data", tmp_path, "--format", "json").out)
    words = ("standing", "claims_check", "units_check")
    assert [_of(early, "0009")[word] for word in words] == ["on_course", "unknown", "unknown"]
    assert [_of(_june(), "0009")[word] for word in words] == ["at_risk", "yes", "no"]
    # an examined unit that is not entered by then cannot be claimed
    assert _of(early, "0002")["units_check"] == "no"


def test_text_names_nobody() -> None:
    told = _june()["text"] + _june()["said"] + _august()["text"]
    assert "0002" in told
    for name in (*SURNAMES.values(), "Ada", _uci("0001")):
        assert name not in told


def test_what_was_declared_is_kept_whole_private_and_without_names_in_its_json() -> None:
    folder = _data() / "local" / "checkpoints" / "2026-06-16"
    told = _june()
    declared = json.loads((folder / "declared.json").read_text(encoding="utf-8"))
    assert (declared["by"], declared["awards_expected"], declared["checks"]) == ("A. Officer", 7, told["checks"])
    for name in (*SURNAMES.values(), _uci("0001"), "40000001"):
        assert name not in json.dumps(declared)
    people = pl.read_parquet(folder / "people.parquet")
    assert sorted(people["surname"]) == sorted(one["surname"] for one in told["people"])
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("candidate", "change"),
    [
        ("0001", "result_came"),
        ("0002", "date_moved"),
        ("0003", "no_longer_at_risk"),
        ("0004", "withdrawn"),
        # had no eight-digit number in June: the same student, whatever they are called here
        ("0005", "no_longer_at_risk"),
        ("0008", "newly_at_risk"),
        ("0010", "newly_expected_at_risk"),
    ],
)
def test_what_has_changed_since_the_declaration_is_said_by_student(candidate: str, change: str) -> None:
    found = [one for one in _august()["changes"] if one["surname"] == SURNAMES[candidate]]
    assert [one["change"] for one in found] == [change]


def test_the_dates_of_a_student_whose_award_moved_are_both_told() -> None:
    (moved,) = [one for one in _august()["changes"] if one["change"] == "date_moved"]
    assert (moved["completion_before"], moved["completion_now"]) == ("2026-08-31", "2027-08-31")
    assert "31/08/2026 to 31/08/2027" in _august()["text"]


def test_a_later_run_leaves_what_was_kept_as_it_was() -> None:
    kept = _june()["kept"]
    _august()
    assert {name: now for name, now in _kept(_data()).items() if name in kept} == kept


def test_every_change_has_words_and_every_change_told_is_one_of_them() -> None:
    assert {one["change"] for one in _august()["changes"]} <= set(checkpoint.CHANGES)
    assert "declared  2026-06-16, kept" in _august()["text"]


def test_two_checkpoints_of_a_day_are_both_kept_and_since_takes_the_last(tmp_path: Path) -> None:
    june_run = _data() / "runs" / _june()["run"]
    shutil.copytree(june_run, tmp_path / "runs" / june_run.name)
    files.switch_current(tmp_path, june_run.name)
    for _ in range(2):
        assert call("checkpoint", "--data", tmp_path, "--keep").code == 0
    assert {folder.name for folder in (tmp_path / "local" / "checkpoints").iterdir()} == {"2026-06-16", "2026-06-16-2"}
    told = json.loads(call("checkpoint", "--data", tmp_path, "--since", "2026-06-16", "--format", "json").out)
    assert (told["compared_with"], told["changes"]) == ("2026-06-16-2", [])
    answer = call("checkpoint", "--data", tmp_path, "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(answer.out, newline="")))) == 7


@pytest.mark.parametrize("arguments", [("--since", "2026-06-17"), ("--since", "June"), ("--by", "A. Officer")])
def test_a_day_without_a_checkpoint_and_a_name_without_keeping_are_mistakes(arguments: tuple[str, ...]) -> None:
    assert call("checkpoint", "--data", tiny(), *arguments).code == ExitCode.USAGE


def test_where_nothing_is_published_there_is_nothing_to_check(tmp_path: Path) -> None:
    assert call("checkpoint", "--data", tmp_path).code == ExitCode.NO_INPUT
