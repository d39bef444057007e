"""`pipelines/checkup/figures.py`: figures that contradict one another are told, what is merely not known is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines import resources
from pipelines.checkup import Check, State
from pipelines.checkup.figures import check_figures, rank
from pipelines.checkup.rows import read_tables

SHIPPED = resources.reference_data()
PAGE = Path(__file__).parent.parent / "docs" / "qualifications-howto.md"
BLOCKS = dict(re.findall(r"`data/local/reference/(\w+)\.csv`:\s+```csv\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))
#: the invented qualification of the page, table by table
BEES = {name: re.sub(r"^ +", "", text, flags=re.MULTILINE) for name, text in BLOCKS.items()}


def examined(folder: Path, tables: dict[str, str]) -> list[Check]:
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    read = read_tables(SHIPPED, folder)
    assert read.faults == ()
    return check_figures(read)


def bad(checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.state is not State.OK]


def changed(table: str, old: str, new: str) -> dict[str, str]:
    assert old in BEES[table], (table, old)
    return {**BEES, table: BEES[table].replace(old, new)}


def test_the_shipped_tables_agree_and_every_question_is_answered_with_ok(tmp_path: Path) -> None:
    checks = examined(tmp_path, {})
    assert {check.state for check in checks} == {State.OK}
    assert [check.name for check in checks] == [
        *("codes", "combinations", "sizes", "thresholds", "unit points", "complete"),
    ]


def test_the_qualification_of_the_page_agrees_and_is_counted_as_complete(tmp_path: Path) -> None:
    before, after = examined(tmp_path / "none", {})[-1], examined(tmp_path / "bees", BEES)
    assert bad(after) == []
    counts = [int(re.findall(r"\d+", check.what)[0]) for check in (before, after[-1])]
    assert counts[1] == counts[0] + 1


@pytest.mark.parametrize(
    ("name", "table", "old", "new", "words", "where"),
    [
        ("codes", "units", "990102", "583801", "option_code 583801 is also that of", "units.csv:3"),
        ("codes", "units", "01,990101,,", "01,990101,M/507/4999,", "unit_reference M/507/4999 is also", "units.csv:2"),
        ("codes", "qualifications", "180,,", "180,601/7098/0,", "qan 601/7098/0 is also", "qualifications.csv:2"),
        ("combinations", "units", "09901/02,", "09901/12,", "mandatory unit 09901/02 of 09901", "combinations.csv:3"),
        ("combinations", "combinations", "09901,09901/03", "09902,09901/03", "09902 is not in", "combinations.csv:4"),
        ("combinations", "combinations", "09901/03", "05838/03", "differ in subject: IT and", "combinations.csv:4"),
        ("combinations", "units", "2016,2,1,", "2016,3,1,", "differ in level: 3 and 2", "combinations.csv:2"),
        ("sizes", "units", "hive,60", "hive,150", "mandatory units have 210 hours, its size is 180", "ications.csv:2"),
        ("thresholds", "grade_thresholds", "M,34", "M,30", "M needs 30 points, P needs 30", "thresholds.csv:3"),
        ("thresholds", "grade_thresholds", "D*,41", "D*D,41", "D*D is no grade of", "thresholds.csv:5"),
        ("thresholds", "grade_thresholds", "180,D,", "360,D,", "has 180 hours in qualifications", "thresholds.csv:4"),
        ("thresholds", "size_gradesets", "Certificate", "Award", "No row says on which scale", "thresholds.csv:2"),
        ("unit points", "unit_points", "60,M,12", "60,M,10", "M earns 10 points, P earns 10", "unit_points.csv:6"),
    ],
)
def test_a_contradiction_is_wrong_whether_the_qualification_is_complete_or_not(
    name: str, table: str, old: str, new: str, words: str, where: str, tmp_path: Path
) -> None:
    tables = changed(table, old, new)
    for complete in (True, False):
        if not complete:
            tables["qualifications"] = tables["qualifications"].replace(",true,", ",false,")
        found = [check for check in bad(examined(tmp_path, tables)) if check.name == name]
        assert {check.state for check in found} == {State.WRONG}
        assert any(words in check.what and check.where.endswith(where) and check.todo for check in found), found


@pytest.mark.parametrize(
    ("table", "old", "new", "words", "where"),
    [
        ("unit_points", "2016,2,30,M,6,documented\n", "", "no points for M of a unit of 30 hours", "unit_points.csv"),
        ("unit_points", "2016,2,60,D,14", "2016,2,60,D,", "no points for D of a unit of 60 hours", "unit_points.csv"),
        ("units", "wax,60", "wax,45", "no points for P, M, D of a unit of 45 hours", "unit_points.csv"),
        ("units", "wax,60", "wax,", "the hours of its unit 09901/03 are blank", "units.csv:4"),
        ("grade_thresholds", "2016,2,Certificate,180,P,30,documented\n", "", "no threshold for P", "thresholds.csv"),
        ("size_gradesets", "2016,2,Certificate,single", "", "on which scale", "size_gradesets.csv"),
        ("qualifications", ",180,,", ",,,", "its suite, level, size or hours are blank", "qualifications.csv:2"),
        ("qualifications", ",180,,", ",200,,", "fills the 80 hours left of 200 exactly", "qualifications.csv:2"),
    ],
)
def test_what_a_complete_qualification_lacks_is_wrong_and_of_an_incomplete_one_only_told(
    table: str, old: str, new: str, words: str, where: str, tmp_path: Path
) -> None:
    tables = changed(table, old, new)
    found = [check for check in bad(examined(tmp_path, tables)) if check.name == "complete"]
    assert {check.state for check in found} == {State.WRONG}
    assert any(words in check.what and check.where.endswith(where) for check in found), found
    assert all("qualifications.csv:2" in check.todo for check in found)
    tables["qualifications"] = tables["qualifications"].replace(",true,", ",false,")
    (told,) = [check for check in bad(examined(tmp_path, tables)) if check.name == "complete"]
    assert told.state is State.LOOK
    assert told.what.startswith("09901 is not calculated: ")
    assert words in told.what


def test_a_complete_qualification_without_units_is_wrong(tmp_path: Path) -> None:
    header = BEES["combinations"].splitlines()[0] + "\n"
    found = bad(examined(tmp_path, {**BEES, "combinations": header}))
    assert [check.what for check in found] == ["09901 is complete, but it has no units in combinations."]


def test_a_qualification_of_ones_own_that_lacks_nothing_may_be_called_complete(tmp_path: Path) -> None:
    (told,) = bad(examined(tmp_path, changed("qualifications", ",true,", ",false,")))
    assert (told.state, told.todo) == (State.LOOK, "Set complete = true.")


def test_mandatory_units_alone_may_fill_a_size_and_optional_ones_need_not(tmp_path: Path) -> None:
    tables = changed("combinations", "09901/03,optional", "09901/03,mandatory")
    assert bad(examined(tmp_path, tables)) == []


def test_a_near_pass_needs_points_only_where_there_can_be_one(tmp_path: Path) -> None:
    points = "suite,level,guided_learning_hours,grade,points,confidence\n2016,3,60,R,,inferred\n"
    found = bad(examined(tmp_path, {"unit_points": points}))
    assert found
    assert {check.state for check in found} == {State.WRONG}
    assert all("no points for R of a unit of 60 hours (2016, Level 3)" in check.what for check in found)
    # the units of the 2012 suite are all of 60 hours, none is examined, and nobody misses an R there
    assert not [check for check in found if "(2012" in check.what]


@pytest.mark.parametrize(
    "grades",
    [
        ["P", "M", "D", "D*"],
        ["PP", "MP", "MM", "DM", "DD", "D*D", "D*D*"],
        ["PPP", "MPP", "MMP", "MMM", "DMM", "DDM", "DDD", "D*DD", "D*D*D", "D*D*D*"],
    ],
)
def test_grades_of_an_award_are_ranked_as_people_rank_them(grades: list[str]) -> None:
    assert sorted(grades, key=rank) == grades
    assert len({rank(grade) for grade in grades}) == len(grades)


def test_what_is_no_grade_of_an_award_has_no_rank() -> None:
    assert [rank(word) for word in ("U", "", "X", "DX", "*D", "Distinction")] == [0] * 6
