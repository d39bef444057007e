"""What a row of waivers.csv covers: whose findings, and of which unit or qualification."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines import resources
from pipelines.local_files import fill_given, read_local
from pipelines.sql_files import load_sql_file
from tests.rule_cases import Case, _database
from tests.waiver_runs import write


def database() -> Any:
    """Every table, empty, to be rolled back."""
    return _database(Case("a database", tables={"run": []}, columns={"run": []}))


#: findings of four people at two centres; Ada and Ben share no number, Cyd and Dee share a UCI
PEOPLE = [
    ("99999", "ada", "ocr_candidate_number", "00000042", ""),
    ("99999", "ada", "candidate_number", "0042", "2025-26"),
    ("99999", "ada", "uci", "999990250042X", ""),
    ("99999", "ben", "ocr_candidate_number", "00000043", ""),
    ("99999", "ben", "candidate_number", "0043", "2025-26"),
    ("99999", "ben", "candidate_number", "0042", "2023-24"),
    ("99999", "cyd", "uci", "999990250099W", ""),
    ("99999", "cyd", "candidate_number", "0099", "2025-26"),
    ("99999", "dee", "uci", "999990250099W", ""),
    ("99999", "dee", "candidate_number", "0098", "2025-26"),
    ("99998", "eve", "candidate_number", "0042", "2025-26"),
]
FOUND = [
    ("missing_uci", "99999", "ada", "", "", "", ""),
    ("missing_uci", "99999", "ben", "", "", "", ""),
    ("missing_uci", "99999", "cyd", "", "", "", ""),
    ("missing_uci", "99998", "eve", "", "", "", ""),
    ("entry_without_result", "99999", "ada", "", "", "05838/01", "583801"),
    ("award_missing", "99999", "ada", "", "05839", "", ""),
    ("possible_duplicate_person", "99999", "ben", "ada", "", "", ""),
]


def _covered(tmp_path: Path, *rows: str) -> set[str]:
    """The findings that rows of waivers.csv cover, as code and person."""
    write(tmp_path, *rows)
    con = database()
    try:
        fill_given(con, read_local(tmp_path / "local"))
        con.execute("INSERT INTO centres VALUES ('99999'), ('99998')")
        con.executemany(
            "INSERT INTO candidate_identities (centre_number, person_id, identifier, value, academic_year) "
            "VALUES (?, ?, ?, ?, nullif(?, ''))",
            PEOPLE,
        )
        con.executemany(
            "INSERT INTO waivable_findings (fingerprint, code, centre_number, person_id, other_person_id, "
            "qualification_code, unit_code, option_code) "
            "VALUES ($1 || ' ' || $3, $1, $2, $3, nullif($4, ''), nullif($5, ''), nullif($6, ''), nullif($7, ''))",
            FOUND,
        )
        for folder, name in (("joins", "local_people"), ("findings", "waiver_hits")):
            query = load_sql_file(resources.sql() / folder / f"{name}.sql").query
            con.execute(f"INSERT INTO {name} SELECT * FROM ({query})")
        return {one for (one,) in con.execute("SELECT fingerprint FROM waiver_hits").fetchall()}
    finally:
        con.execute("ROLLBACK")
        con.close()


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        ("missing_uci,99999,,0042,,,", {"missing_uci ada"}),
        ("missing_uci,99999,,,,,", {"missing_uci ada", "missing_uci ben", "missing_uci cyd"}),
        ("missing_uci,,00000042,,,,", {"missing_uci ada"}),
        # 0042 is somebody at each centre: without the centre it is nobody
        ("missing_uci,,,0042,,,", set()),
        # a spreadsheet drops zeros
        ("missing_uci,99999,42,42,,,", {"missing_uci ada"}),
        # a UCI without its check letter
        ("missing_uci,,,,999990250042,,", {"missing_uci ada"}),
        # the strong number decides; a candidate number of somebody else beside it does not
        ("missing_uci,99999,00000042,0043,,,", {"missing_uci ada"}),
        # two strong numbers of two people: nobody is meant
        ("missing_uci,99999,00000043,,999990250042X,,", set()),
        # one UCI on two people; the candidate number tells them apart
        ("missing_uci,99999,,,999990250099W,,", set()),
        ("missing_uci,99999,,0099,999990250099W,,", {"missing_uci cyd"}),
        # nobody has it
        ("missing_uci,,12345678,,,,", set()),
        ("missing_uci,99998,,0043,,,", set()),
        # a finding about two people is about both
        ("possible_duplicate_person,,00000042,,,,", {"possible_duplicate_person ben"}),
        # a unit's findings, however its code is spelled
        ("entry_without_result,,,,,,05838-01", {"entry_without_result ada"}),
        ("entry_without_result,,,,,,583801", {"entry_without_result ada"}),
        ("entry_without_result,,,,,,05838/02", set()),
        ("entry_without_result,,,,,05839,", set()),
        ("award_missing,,,,,5839,", {"award_missing ada"}),
    ],
)
def test_a_code_covers_what_every_other_column_fits(scope: str, covered: set[str], tmp_path: Path) -> None:
    assert _covered(tmp_path, f"w1,,{scope},r,A,2026-08-01,2026-08-31") == covered


def test_an_old_candidate_number_that_is_somebody_elses_now_means_the_one_who_has_it_now(tmp_path: Path) -> None:
    row = "w1,,missing_uci,99999,,0042,,,,r,A,{},2027-08-31"
    assert _covered(tmp_path, row.format("2026-08-01")) == {"missing_uci ada"}
    # given in the autumn about the summer
    assert _covered(tmp_path, row.format("2026-11-01")) == {"missing_uci ada"}
    assert _covered(tmp_path, row.format("2024-08-01")) == {"missing_uci ben"}
    assert _covered(tmp_path, row.format("2029-08-01")) == set()
