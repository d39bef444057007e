"""The award of a student, drawn and said, and the place that may hang on it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipelines.html import awards, page
from tests.report_database import LATER, add, database, finding, person, small_centre
from tests.test_html_report import FACTS, _made, _page, _said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTHING = dict.fromkeys((
    *("qualification_code", "suite", "level", "subject", "size", "entered", "not_calculated", "unit_count"),
    *("glh_counted", "glh_required", "mandatory_missing", "points", "grade", "issued_grade", "issued_series"),
    *("points_at_award", "grade_at_award", "next_grade", "points_to_next", "next_step", "combination_confidence"),
    *("figures_confidence", "units", "larger_size", "larger_grade", "restricted_until"),
))  # fmt: skip
#: the board's own example: units 1 and 2 at M, five of 60 hours at M, four at D make 200 points, DD
UNITS = [24, 24, *[16] * 5, *[18] * 4]
AWARDED: list[dict[str, object]] = [
    {"unit": f"05838/{at:02}", "grade": "M", "points": points, "is_mandatory": at < 3}
    for at, points in enumerate(UNITS, 1)
]
DIPLOMA = {
    **NOTHING, "qualification_code": "05842", "suite": "2016", "level": 3, "subject": "IT", "size": "Diploma",
    "is_calculated": True, "eligible": True, "glh_counted": 720, "glh_required": 720, "points": 200, "grade": "DD",
    "next_grade": "D*D", "points_to_next": 6, "figures_confidence": "inferred", "combination_confidence": "inferred",
    "units": AWARDED,
}  # fmt: skip
LADDER = {
    "suite": "2016", "level": 3, "size": "Diploma", "glh_required": 720, "most_points": 200,
    "thresholds": [{"grade": grade, "points": points} for grade, points in
                   (("PP", 144), ("MP", 176), ("MM", 184), ("DM", 192), ("DD", 200), ("D*D", 206), ("D*D*", 212))],
}  # fmt: skip


@pytest.fixture
def con() -> Iterator[Any]:
    """Every published table, empty; the reference data in. What a test adds is rolled back."""
    cursor = database().cursor()
    cursor.execute("SET TimeZone = 'UTC'")
    cursor.execute("BEGIN TRANSACTION")
    yield cursor
    cursor.execute("ROLLBACK")
    cursor.close()


def _numbers(path: str) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", path)]


def test_the_boards_own_example_is_drawn_up_to_its_threshold() -> None:
    known = awards.ladders([LADDER])
    drawing = awards.drawn(DIPLOMA, known)
    assert drawing is not None
    ladder = drawing.ladder
    steps = {step.label: step.x for step in ladder.steps}
    assert drawing.end == steps["DD 200"]
    top, foot = ladder.top, ladder.foot
    assert drawing.blocks.startswith(f"M0 {top}H{steps['DD 200']}V{foot}H0zM{ladder.place(24)} {top}V{foot}")
    # eleven units: the outline and ten lines between
    assert drawing.blocks.count("M") == 11
    assert drawing.gap == f"M{steps['DD 200']} {top}H{steps['D*D 206']}V{foot}H{steps['DD 200']}"
    assert [label for _, label in drawing.labels] == [f"{at} M" for at in range(1, 12)]
    assert _numbers(drawing.mandatory)[2] == ladder.place(24) - 2
    assert drawing.title == "05842: 200 points"
    assert drawing.says.startswith("05838/01 M 24, 05838/02 M 24, 05838/03 M 16,")


@given(
    st.lists(st.integers(1, 1600), min_size=1, max_size=12, unique=True).map(sorted),
    st.lists(st.integers(0, 90), min_size=1, max_size=18),
)
def test_labels_of_thresholds_never_overlap_and_nothing_leaves_the_axis(least: list[int], points: list[int]) -> None:
    thresholds = [{"grade": "D*D*D*", "points": one} for one in least]
    ladder = {**LADDER, "thresholds": thresholds, "most_points": sum(points)}
    units = [{"unit": f"0/{at}", "grade": "P", "points": one, "is_mandatory": True} for at, one in enumerate(points)]
    award = {**DIPLOMA, "units": units, "points": sum(points), "points_to_next": None, "next_grade": None}
    drawing = awards.drawn(award, awards.ladders([ladder]))
    assert drawing is not None
    assert drawing.gap == ""
    made = drawing.ladder
    assert [step.x for step in made.steps] == sorted(step.x for step in made.steps)
    for row in {step.y for step in made.steps}:
        assert 0 < row < made.top
        inside = [step for step in made.steps if step.y == row]
        for left, right in pairwise(inside):
            # a letter of this size is six units wide
            assert right.x - left.x >= 6 * (len(left.label) + len(right.label)) / 2
    assert 0 <= drawing.end <= awards.WIDTH
    assert all(0 <= x <= awards.WIDTH for x, _ in drawing.labels)


NEAR = "Calculated: DD at 200 of 206 points; 6 short of D*D."
NO_UNIT = "No single unit would do it."
RESTS = "(rests on inference)"
STEP = "resit 05838/01: D instead of M makes 207 points, D*D"
SHORT = {"eligible": False, "grade": None, "glh_counted": 360, "points": 90}
TOP = {"next_grade": None, "points_to_next": None, "grade": "D*D*", "points": 214}


def _issued(grade: str, **more: object) -> dict[str, object]:
    return {"issued_grade": grade, "issued_series": "9I25", **more}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, ["Not issued.", NEAR, NO_UNIT, RESTS]),
        (
            _issued("DD", grade_at_award="DD", next_step=STEP),
            ["Issued: DD in 9I25.", NEAR, f"One unit would do it: {STEP}.", RESTS],
        ),
        # what was issued is never written over
        (_issued("DM", grade_at_award="DD"), ["Issued: DM in 9I25.", NEAR, "The two differ.", NO_UNIT, RESTS]),
        (
            _issued("DM", grade_at_award="DM", points_at_award=192),
            ["Issued: DM in 9I25.", NEAR, "When it was issued the units made DM, 192 points.", NO_UNIT, RESTS],
        ),
        (
            {**TOP, "figures_confidence": "recollection"},
            [
                "Not issued. Calculated: D*D*, 214 points, the highest grade.",
                "(thresholds: recollection; combination: inferred)",
            ],
        ),
        (
            {**SHORT, "mandatory_missing": "05838/01 05838/02"},
            [
                "Not issued. Calculated: no award yet, 90 points;",
                f"wanting: 05838/01, 05838/02 mandatory; 360 of 720 hours. {RESTS}",
            ],
        ),
        # an award whose units are of earlier years is no fault
        (
            {**SHORT, **_issued("MM")},
            [
                "Issued: MM in 9I25. Calculated: no award yet, 90 points; wanting: 360 of 720 hours.",
                f"What was issued rests on units that are not here. {RESTS}",
            ],
        ),
        (
            {"points": None, "grade": None, "next_grade": None},
            [
                "Not issued. Calculated: the units make the award; their points are not all known, so no grade.",
                RESTS,
            ],
        ),
        (
            {"is_calculated": False, "not_calculated": "units.csv: hours of 05838/07"},
            ["Not issued. Not calculated: units.csv: hours of 05838/07."],
        ),
        (
            {"larger_size": "Extended Diploma", "larger_grade": "MMM"},
            ["Not issued.", NEAR, NO_UNIT, f"The units here make the larger Extended Diploma too: MMM. {RESTS}"],
        ),
    ],
)
def test_the_words_say_what_is_drawn_and_issued_stands_beside_calculated(
    more: dict[str, object], said: list[str]
) -> None:
    assert awards.told({**DIPLOMA, **more}) == " ".join(said)


def test_points_that_nobody_knows_are_not_drawn() -> None:
    known = awards.ladders([LADDER])
    holed = [*AWARDED, {"unit": "05838/12", "grade": "P", "points": None, "is_mandatory": False}]
    assert awards.drawn({**DIPLOMA, "points": None}, known) is None
    assert awards.drawn({**DIPLOMA, "units": holed}, known) is None
    assert awards.drawn({**DIPLOMA, "units": None}, known) is None
    assert awards.drawn({**DIPLOMA, "size": "Certificate"}, known) is None


def _award(con: Any, person_id: str, code: str = "05839", **more: object) -> None:
    units = {"05838/01": 24, "05838/02": 24, "05838/03": 16, "05838/08": 14}
    given = {
        "suite": "2016", "level": "3", "subject": "IT", "size": "Extended Certificate", "entered": "true",
        "is_calculated": "true", "eligible": "true", "units_counted": " ".join(units), "unit_count": "4",
        "glh_counted": "360", "glh_required": "360", "points": "78", "grade": "P", "next_grade": "M",
        "points_to_next": "14", "figures_confidence": "recollection", "combination_confidence": "recollection",
    }  # fmt: skip
    who = {"centre_number": "99999", "person_id": person_id}
    add(con, "award_calculations", qualification_code=code, **who, **{**given, **more})
    for unit, points in units.items():
        con.execute(f"DELETE FROM unit_achievements WHERE person_id = '{person_id}' AND unit_code = '{unit}'")
        add(con, "unit_achievements", unit_code=unit, grade="M", points=str(points), **who)


def test_an_award_is_an_accessible_picture_beneath_its_words(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    _award(con, "p1", issued_grade="P", issued_series="9I25", grade_at_award="P")
    parsed = _page(_made(con, tmp_path))
    (figure,) = parsed.get_element_by_id("s-p1").xpath(".//figure")
    words = "05839 Extended Certificate in IT Issued: P in 9I25. Calculated: P at 78 of 92 points; 14 short of M."
    assert _said(figure.find("p")).startswith(words)
    assert "(rests on recollection)" in _said(figure)
    (drawing,) = figure.xpath(".//svg[@role='img']")
    assert _said(drawing.find("title")) == "05839: 78 points"
    assert _said(drawing.find("desc")) == "05838/01 M 24, 05838/02 M 24, 05838/03 M 16, 05838/08 M 14"
    (used,) = drawing.xpath(".//use/@href")
    thresholds = [_said(one) for one in parsed.get_element_by_id(used[1:]).findall("text")]
    assert thresholds == ["P 72", "M 92", "D 100", "D* 104"]
    assert [_said(one) for one in drawing.findall("text")] == ["1 M", "2 M", "3 M", "8 M", "78"]


def test_a_size_nobody_entered_is_drawn_only_where_no_other_is(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    small = {"size": "Certificate", "entered": "false", "glh_required": "180", "grade": "D*", "next_grade": None}
    _award(con, "p1")
    _award(con, "p1", "05838", **small)
    _award(con, "p2", entered="false")
    _award(con, "p2", "05838", **small)
    _award(con, "p3", entered="false", eligible="false", grade=None)
    _award(con, "p4", "05838", **{**small, "entered": "true"})
    _award(con, "p4", entered="false")
    parsed = _page(_made(con, tmp_path))
    drawn = {
        one: [_said(code) for code in parsed.get_element_by_id(f"s-{one}").xpath(".//figure//code")]
        for one in ("p1", "p2", "p3", "p4")
    }
    assert drawn == {"p1": ["05839"], "p2": ["05839"], "p3": [], "p4": ["05838"]}
    assert "make the larger Extended Certificate too: P." in _said(parsed.get_element_by_id("s-p4"))
    assert "make the larger" not in _said(parsed.get_element_by_id("s-p1"))


def test_staff_see_no_award_under_embargo(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    _award(con, "p1", issued_grade="P", issued_series="9I25", embargo_until=LATER)
    held = "RESTRICTED until Thu 13 Aug 08:00"
    (figure,) = _page(_made(con, tmp_path)).xpath("//figure")
    assert held in _said(figure)
    assert not _page(_made(con, tmp_path, replace(FACTS, audience="staff"))).xpath("//figure")


def _place(con: Any, person_id: str, **more: object) -> None:
    given = {
        "state": "held",
        "firm_choice": "Elm Park",
        "is_at_stake": "true",
        "tariff_asked": "48",
        "offer": "48 points",
    }
    add(con, "destinations", centre_number="99999", person_id=person_id, given_line="2", **{**given, **more})


def test_a_place_at_stake_comes_first_and_is_said_in_words(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    person(con, "p5", "hold", surname="Zuletzt")
    finding(con, "w1", person_id="p5", severity="warning", code="tracker_disagrees")
    _place(con, "p5", tariff_issued="32", tariff_calculated="48", tariff_confidence="recollection")
    parsed = _page(_made(con, tmp_path))
    assert "Places 1 of 1 held is at stake" in _said(parsed.get_element_by_id("ready"))
    first = parsed.get_element_by_id("t-do-now").getparent().xpath(".//tbody/tr[td]")[0]
    assert "1 student: Zuletzt, Given ◆ place at stake" in _said(first)
    held = parsed.get_element_by_id("t-hold").getparent().xpath(".//tbody/tr")
    assert [("place at stake" in _said(row)) for row in held] == [True, False, False]
    assert "Elm Park: 48 tariff points asked, 32 by the awards issued here" in _said(held[0])
    student = _said(parsed.get_element_by_id("s-p5"))
    assert "on hold ◆ place at stake" in student
    assert (
        "Elm Park: offer 48 points; 48 tariff points asked; 32 by the awards issued here; 48 as calculated "
        "(tariff figures: recollection)." in student
    )


def test_a_place_is_called_at_stake_only_where_something_is_open(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    person(con, "ready")
    person(con, "told")
    person(con, "reached")
    finding(con, "w1", person_id="told", severity="warning")
    finding(con, "w2", person_id="reached", severity="warning")
    finding(con, "i1", person_id="ready", severity="info")
    _place(con, "ready")
    _place(con, "told")
    _place(con, "reached", is_at_stake="false")
    _place(con, "p3", is_at_stake="false", tariff_asked=None)  # who waits
    _place(con, "p1", state="replaced")
    add(con, "destinations", centre_number="99999", state="nobody", is_at_stake="false")
    parsed = _page(_made(con, tmp_path))
    marked = {one for one in ("ready", "told", "reached", "p1", "p3")
              if "place at stake" in _said(parsed.get_element_by_id(f"s-{one}").find("h3"))}  # fmt: skip
    assert marked == {"told", "p3"}
    assert "no award with tariff points issued here" in _said(parsed.get_element_by_id("s-ready"))
    first = _said(parsed.get_element_by_id("ready"))
    assert "Places 2 of 4 held are at stake; 1 row of destinations.csv is about students no file here knows" in first
    assert "; 1 cannot be used" in first


def test_without_destinations_nothing_is_said_of_places(con: Any, tmp_path: Path) -> None:
    small_centre(con)
    said = _said(_page(_made(con, tmp_path)))
    assert "at stake" not in said
    assert "Places" not in said


def _tree(node: Any) -> list[object]:
    texts = [" ".join((text or "").split()) for text in (node.text, node.tail)]
    return [node.tag, sorted(node.attrib.items()), texts, [_tree(one) for one in node if isinstance(one.tag, str)]]


def test_a_lean_page_reads_as_the_page_it_was_made_of(
    con: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small_centre(con)
    _award(con, "p1")
    finding(con, "hostile", person_id="p1", message='</td><td class="x"> a ="b" > </tr><tr>', evidence='x="y">')
    lean = _made(con, tmp_path)
    monkeypatch.setattr(page, "lean", lambda whole: whole)
    whole = _made(con, tmp_path)
    assert len(lean) < 0.97 * len(whole)
    assert _tree(html.document_fromstring(lean)) == _tree(html.document_fromstring(whole))


def test_a_query_on_the_page_is_bare_of_comments_and_left_out_where_it_is_long() -> None:
    query = "SELECT\n    -- why\n    a, -- what\n    '-- text' AS b\nFROM t"
    assert page.short_query(query) == "SELECT\n\ta,\n\t'-- text' AS b\nFROM t"
    assert page.short_query("SELECT " + "a, " * 2000) == ""
