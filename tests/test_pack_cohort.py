"""The sample of a cohort for a review of marking: how many, who, and that nobody can pick them."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from pipelines.errors import UsageError
from pipelines.packs.asking import Draw, QuerySheet
from pipelines.packs.words import readme
from tests.pack_runs import AFTER, HEADING, answered, asking, by_stem, run_drawn, student
from tests.report_database import add

UNIT = "05838/01"


def took(con: Any, person_id: str, **values: object) -> None:
    given: dict[str, object] = {
        "centre_number": "99999", "board": "72", "series": "6E26", "unit_code": UNIT, "option_code": "583801",
        "assessment": "examined", "is_technical": "true", "grade": "P", "final_mark": "40", "maximum_mark": "60",
        "is_absent": "false", "level": 3,
    }  # fmt: skip
    add(con, "unit_results", person_id=person_id, **{**given, **values})


def cohort(con: Any, size: int, first: int = 1) -> None:
    """As many students with a grade, numbered on."""
    for number in range(first, first + size):
        student(con, f"p{number}", f"{number:04d}")
        took(con, f"p{number}")


def drawn(con: Any, draw: Draw | None = None, **values: Any) -> dict[str, QuerySheet]:
    return by_stem(answered(con, asking(draw=draw or Draw(UNIT), **values)))


def numbers(sheet: QuerySheet) -> list[str]:
    return list(sheet.frame["candidate_number"])


def size_by_the_rule(students: int) -> int:
    """A minimum of 8, or 10 per cent up to a maximum of 20, as the results FAQ has it; of fewer than 8 all."""
    tenth = 0
    while tenth * 10 < students:
        tenth += 1
    return min(students, max(8, min(tenth, 20)))


def test_of_every_size_of_a_cohort_as_many_are_drawn_as_the_rule_says() -> None:
    with run_drawn() as con:
        # a centre of each size, so that one draw serves them all
        con.execute(
            "INSERT INTO candidates (centre_number, person_id) "
            "SELECT CAST(c AS VARCHAR), 'p' || n FROM range(1, 301) AS t(n), range(1, 301) AS u(c) WHERE n <= c"
        )
        con.execute(
            "INSERT INTO unit_results (centre_number, person_id, board, series, unit_code, assessment, grade) "
            f"SELECT centre_number, person_id, '72', '6E26', '{UNIT}', 'examined', 'P' FROM candidates"
        )
        sheets = drawn(con)
    assert {int(sheet.centre or 0): sheet.frame.height for sheet in sheets.values()} == {
        students: size_by_the_rule(students) for students in range(1, 301)
    }
    assert all(sheet.frame["reference"].n_unique() == sheet.frame.height for sheet in sheets.values())
    assert [size_by_the_rule(one) for one in (1, 7, 8, 9, 80, 81, 200, 201, 300)] == [1, 7, 8, 8, 8, 9, 20, 20, 20]


@pytest.mark.parametrize("seed", ["", "tuesday"])
def test_the_draw_follows_from_what_everybody_can_check(seed: str) -> None:
    with run_drawn() as con:
        cohort(con, 95)
        sheet = drawn(con, Draw(UNIT, seed=seed))["cohort_sample_99999_72"]
    lots = {
        f"{number:04d}": hashlib.sha256(f"99999|6E26|{UNIT}|0000{number:04d}|{seed}".encode()).hexdigest()
        for number in range(1, 96)
    }
    assert numbers(sheet) == sorted(lots, key=lots.__getitem__)[:10]
    assert set(sheet.frame["seed"]) == {seed or None}


def test_another_word_draws_others_and_the_same_word_the_same() -> None:
    with run_drawn() as con:
        cohort(con, 60)
        first, again, other = (numbers(*drawn(con, Draw(UNIT, seed=seed)).values()) for seed in ("", "", "tuesday"))
    assert first == again
    assert first != other


def test_who_comes_later_changes_nothing_about_the_order_of_the_others() -> None:
    with run_drawn() as con:
        cohort(con, 12)
        before = numbers(*drawn(con).values())
        cohort(con, 40, first=13)
        after = numbers(*drawn(con).values())
    kept = [number for number in after if int(number) <= 12]
    assert kept == before[: len(kept)]


def test_another_spelling_of_the_numbers_order_draws_the_same_student() -> None:
    def order(several: str) -> list[str]:
        with run_drawn() as con:
            cohort(con, 20)
            student(con, "p99", "0099", ocr_candidate_number=several)
            took(con, "p99")
            return numbers(*drawn(con).values())

    assert order("00000099 00007777") == order("00007777 00000099")


def test_absent_withdrawn_and_without_a_grade_are_left_out_and_counted() -> None:
    with run_drawn() as con:
        cohort(con, 9)
        out: list[tuple[str, dict[str, object]]] = [
            ("91", {"is_absent": "true"}),
            ("92", {"grade": "X"}),
            ("93", {"grade": None}),
            ("94", {}),
        ]
        for number, values in out:
            student(con, f"p{number}", f"00{number}")
            took(con, f"p{number}", **values)
        entry = {"centre_number": "99999", "series": "6E26", "option_code": "583801", "season": "2025-26"}
        add(con, "entries", person_id="p94", withdrawn="true", **entry)
        # entered again: not withdrawn
        add(con, "entries", person_id="p1", withdrawn="true", **entry)
        add(con, "entries", person_id="p1", withdrawn="false", **entry)
        answer = answered(con, asking(draw=Draw(UNIT)))
        (sheet,) = answer.sheets
    assert sheet.frame.height == 8
    assert set(numbers(sheet)) <= {f"{number:04d}" for number in range(1, 10)}
    told = "8 of 9 with a grade in 6E26; left out: 1 absent, 1 withdrawn, 2 without a grade"
    assert set(sheet.frame["drawn_from"]) == {told}
    assert told in readme(answer, HEADING)


def test_each_centre_has_a_sample_of_its_own_of_the_latest_series_or_the_one_asked_for() -> None:
    with run_drawn() as con:
        cohort(con, 10)
        student(con, "q1", "0801", centre="99998")
        took(con, "q1", centre_number="99998", series="1E26")
        took(con, "p1", series="1E26")
        took(con, "p1", series="6E25")
        latest = drawn(con)
        assert {stem: set(sheet.frame["series"]) for stem, sheet in latest.items()} == {
            "cohort_sample_99998_72": {"1E26"},
            "cohort_sample_99999_72": {"6E26"},
        }
        january = drawn(con, Draw(UNIT, series="1E26"))
        assert {stem: numbers(sheet) for stem, sheet in january.items()} == {
            "cohort_sample_99998_72": ["0801"],
            "cohort_sample_99999_72": ["0001"],
        }
        assert set(drawn(con, centre="99998")) == {"cohort_sample_99998_72"}
        with pytest.raises(UsageError, match="Nobody"):
            drawn(con, Draw(UNIT, series="6E24"))


@pytest.mark.parametrize("code", ["05838/01", "05838-01", "0583801", "583801", " 05838/01 "])
def test_a_unit_is_found_however_it_is_spelled(code: str) -> None:
    with run_drawn() as con:
        cohort(con, 3)
        assert {sheet.frame.height for sheet in drawn(con, Draw(code)).values()} == {3}


def test_a_result_stated_in_two_windows_is_one_student() -> None:
    with run_drawn() as con:
        cohort(con, 3)
        took(con, "p1", window_from="2026-08-01", final_mark="41")
        (sheet,) = drawn(con).values()
    assert sorted(numbers(sheet)) == ["0001", "0002", "0003"]
    assert {row["candidate_number"]: str(row["mark"]) for row in sheet.frame.to_dicts()}["0001"] == "41.00"


def test_moderated_units_have_no_such_sample_and_say_so() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        took(con, "p1", unit_code="05838/20", option_code="583820", assessment="moderated")
        with pytest.raises(UsageError, match="moderated"):
            drawn(con, Draw("05838/20"))
        with pytest.raises(UsageError, match="Nobody"):
            drawn(con, Draw("05838/99"))


def test_a_linear_qualification_has_one_and_under_embargo_for_the_exams_office_alone() -> None:
    with run_drawn() as con:
        student(con, "p1", "0042")
        level: dict[str, object] = {"centre_number": "99999", "board": "01", "series": "6B26", "option_code": "H240"}
        level |= {"qualification_code": "H240", "is_technical": "false", "grade": "B", "embargo_until": AFTER}
        add(con, "qualification_results", person_id="p1", **level)
        (sheet,) = drawn(con, Draw("H240")).values()
        assert sheet.is_restricted
        assert sheet.frame["restricted"].to_list() == ["RESTRICTED until 2026-08-13 08:00"]
        with pytest.raises(UsageError, match="Nobody"):
            drawn(con, Draw("H240"), is_exams_office=False)
