"""Nobody let in: no bundle tells what is under embargo, and where nobody may be named nobody is.

The whole sample is the canary: every name, number and date of birth that any of its tables holds is looked for in
every byte and in every cell of what a recipient opens.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest

from pipelines.commands import published
from pipelines.errors import ExitCode
from tests import narrow, sample_run
from tests.cli_helpers import Said, call
from tests.test_embargo import AFTER, BEFORE, CLOCK, NOBODYS, OPEN, RESTRICTED, SET_ASIDE, XML_ONLY, _made
from tests.test_share import key_file, keys, opened, table

#: the runs of the embargo's tests are looked at here too, by the one process that has both
pytestmark = pytest.mark.xdist_group("embargo")
#: columns of text in which four figures are a year
_YEARS = {"suite", "season", "academic_year", "expected_season", "claim_season", "what"}


def _share(data: Path, to: Path, *arguments: str | Path, at: datetime = CLOCK) -> Said:
    with patch.object(published, "now", lambda: at):
        return call("share", "--data", data, "--to", to, "--recipient", keys()[1], *arguments)


def _sample(tmp_path: Path, *arguments: str | Path) -> dict[str, bytes]:
    """The opened bundle of the sample."""
    said = _share(sample_run.folder().parent.parent, tmp_path / "b.age", *arguments)
    assert said.code == 0, said.err
    return opened(tmp_path / "b.age", tmp_path / "o")


def _canaries() -> tuple[set[str], set[str], set[str]]:
    """Names in words, numbers of eight figures and more with birth dates, and candidate numbers, of everybody."""
    people, seen = sample_run.table("candidates"), sample_run.table("candidate_identities")
    names = {
        word.casefold()
        for column in ("surname", "forenames")
        for name in people[column].drop_nulls()
        for word in re.findall(r"\w{3,}", name)
    }
    short = set(seen.filter(pl.col("identifier") == "candidate_number")["value"])
    long = set(seen["value"]) - short | set(people["person_id"])
    for born in people["date_of_birth"].drop_nulls():
        long |= {born.strftime(form) for form in ("%Y-%m-%d", "%d/%m/%Y", "%d%m%Y", "%Y%m%d", "%d-%b-%Y")}
    long |= set(sample_run.table("discrepancies")["fingerprint"])
    for column in ("uci", "ocr_candidate_number"):
        long |= set(sample_run.table("rejects")[column].drop_nulls())
    return names, long, short


def _found(made: dict[str, bytes]) -> dict[str, set[str]]:
    """Which canaries are in a bundle."""
    names, long, short = _canaries()
    frames = [pl.read_parquet(data) for name, data in made.items() if name.endswith(".parquet")]
    cells = [frame.write_csv() for frame in frames]
    # a reader of bytes sees what no table shows: statistics, leftovers
    raw = [data.decode("latin-1") for data in made.values()]
    words = {word.casefold() for told in cells + raw for word in re.findall(r"\w{3,}", told)}
    texts = [frame[name] for frame in frames for name in frame.columns if frame.schema[name] == pl.String]
    figures = {
        word for column in texts if column.name not in _YEARS for cell in column.unique().drop_nulls()
        for word in re.findall(r"\b\d{4}\b", cell)
    }  # fmt: skip
    everything = "\n".join(cells + raw)
    return {
        "names": names & words,
        "numbers": {one for one in long if one in everything},
        "candidate numbers": short & figures,
    }


def test_where_nobody_may_be_named_no_name_number_or_birth_date_of_the_sample_is_in_the_bundle(tmp_path: Path) -> None:
    made = _sample(tmp_path, "--pseudonymise", "--key-file", key_file(tmp_path))
    assert _found(made) == {"names": set(), "numbers": set(), "candidate numbers": set()}
    assert table(made, "candidates").height > 200
    assert set(table(made, "unit_results")["grade"]) >= {"D", "M", "P", "U"}


def test_the_same_search_finds_everybody_where_they_are_named(tmp_path: Path) -> None:
    names, long, short = _canaries()
    found = _found(_sample(tmp_path))
    assert (len(names), len(long), len(short)) > (100, 1000, 200)
    assert found["names"] == names
    assert found["candidate numbers"] == short
    # of a birth date only the spellings that a table or a file has
    assert set(sample_run.table("candidates")["person_id"]) <= found["numbers"]


def test_a_bundle_for_one_centre_has_the_rows_of_that_centre_alone(tmp_path: Path) -> None:
    made = _sample(tmp_path, "--centre", "99998")
    for name in (name for name in made if name.endswith(".parquet")):
        frame = pl.read_parquet(made[name])
        assert set(frame["centre_number"].to_list()) <= {"99998"} if "centre_number" in frame.columns else True, name
    people = sample_run.table("candidates")
    assert table(made, "candidates").equals(people.filter(pl.col("centre_number") == "99998"))
    words = " ".join(data.decode("latin-1") for data in made.values())
    ours = set(people.filter(pl.col("centre_number") == "99998")["uci"].drop_nulls())
    others = set(people.filter(pl.col("centre_number") == "99999")["uci"].drop_nulls()) - ours
    assert not [uci for uci in others if uci in words]


def test_a_bundle_of_a_run_for_the_exams_office_holds_what_a_run_for_staff_would(tmp_path: Path) -> None:
    for at in (BEFORE, AFTER):
        data, _, _ = _made(at, "exams_office")
        _, staff, _ = _made(at, "staff")
        place = tmp_path / at.replace(":", "")
        place.mkdir()
        said = _share(data, place / "b.age")
        assert said.code == 0, said.err
        made = opened(place / "b.age", place / "o")
        for name in (name.removeprefix("tables/").removesuffix(".parquet") for name in made if "tables/" in name):
            expected = pl.read_parquet(staff / "tables" / f"{name}.parquet")
            # the run that first had a finding is another run
            drop = ("first_run", "last_run")
            assert table(made, name).drop(drop, strict=False).equals(expected.drop(drop, strict=False)), (at, name)
        marks = {*RESTRICTED, XML_ONLY, SET_ASIDE, NOBODYS, OPEN}
        told = "\n".join(table(made, name[7:-8]).write_csv() for name in made if name.startswith("tables/"))
        told += "\n".join(data.decode("latin-1") for data in made.values())
        out = {mark for mark in marks if mark in told}
        assert out == ({OPEN} if at == BEFORE else {OPEN, "ZQ7101", XML_ONLY, SET_ASIDE})
        assert "candidates may not be told yet" in said.err


def test_a_run_that_judges_by_a_moment_to_come_is_shared_by_the_clock(tmp_path: Path) -> None:
    data, _, _ = _made(AFTER, "exams_office")
    early = datetime.fromisoformat(f"{BEFORE}+01:00")
    assert _share(data, tmp_path / "b.age", at=early).code == 0
    made = opened(tmp_path / "b.age", tmp_path / "o")
    assert "ZQ7101" not in table(made, "results_by_carrier").write_csv()
    assert OPEN in table(made, "results_by_carrier").write_csv()


def test_where_all_is_under_embargo_nothing_is_written_and_the_code_is_14(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    row = "R5999990042999990250042XZQ7101ZQ7101M0137A "
    lines = ["R114016B26001100826", "R3999996B26", f"{row:<62}", "R7999990000003", "R90000005"]
    (inbox / "R9999901.X01").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    pseudonyms: tuple[str | Path, ...] = ("--pseudonymise", "--key-file", key_file(tmp_path))
    for at, code in ((BEFORE, ExitCode.EMBARGO), (AFTER, ExitCode.DONE)):
        data = tmp_path / f"data-{code}"
        with narrow.without_reports():
            ran = call("run", "--inbox", inbox, "--data", data, "--as-of", at, "--centre", "99999", "--quiet")
        assert ran.code == 0, ran.err
        for place, more in enumerate(((), pseudonyms)):
            to = tmp_path / f"{code}-{place}.age"
            said = _share(data, to, *more)
            assert (said.code, to.exists()) == (code, code == ExitCode.DONE), said.err
            assert "ZQ7101" not in said.out + said.err
