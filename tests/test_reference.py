"""`pipelines/reference.py` and the shipped tables: described, typed, keyed, in agreement with one another."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from pipelines import resources
from pipelines.errors import UsageError
from pipelines.reference import TIMESTAMP, load_reference, reference_hash, reference_tables

TYPES = {
    "TEXT": pl.String(),
    "INTEGER": pl.Int32(),
    "DATE": pl.Date(),
    "BOOLEAN": pl.Boolean(),
    TIMESTAMP: pl.Datetime("us", "UTC"),
}
AWARDS = "qualification_code,title,subject,suite,level,size,guided_learning_hours,qan,complete,confidence\n"
ATTEMPTS = "suite,level,assessment,maximum_attempts,confidence\n"
HEADER = "season,service,applies_to,deadline,confidence\n"


@pytest.fixture(scope="module")
def shipped() -> dict[str, pl.DataFrame]:
    return load_reference(resources.reference_data())


def local(folder: Path, name: str, text: str | bytes) -> dict[str, pl.DataFrame]:
    (folder / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_reference(resources.reference_data(), folder)


def without_partner(left: pl.DataFrame, right: pl.DataFrame, on: list[str]) -> list[tuple[object, ...]]:
    return left.select(on).join(right.select(on), on=on, how="anti").unique().sort(on).rows()


def test_every_shipped_table_is_described_and_every_description_has_its_table() -> None:
    files = {path.stem for path in resources.reference_data().glob("*.csv")}
    assert files == set(reference_tables())
    assert {"known_as", "tracker_statuses", "release_calendar", "contacts", "deadlines"} <= files


def test_the_columns_of_a_file_are_those_of_its_description_in_the_same_order() -> None:
    for name, table in reference_tables().items():
        header = (resources.reference_data() / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == list(table.columns), name


def test_every_description_is_complete_and_its_examples_are_examples() -> None:
    for name, table in reference_tables().items():
        assert re.fullmatch(r"[A-Z].*\.", table.summary), name
        assert set(table.key) <= set(table.columns), name
        assert table.key, name
        for column, described in table.columns.items():
            assert described.type in TYPES, (name, column)
            assert described.says, (name, column)
            if described.pattern:
                assert re.fullmatch(described.pattern, described.example), (name, column)


def test_every_table_has_the_types_it_says_and_one_row_a_key(shipped: dict[str, pl.DataFrame]) -> None:
    for name, table in reference_tables().items():
        frame = shipped[name]
        assert dict(frame.schema) == {column: TYPES[c.type] for column, c in table.columns.items()}, name
        assert frame.height > 0, name
        assert frame.height == frame.select(table.key).unique().height, name


def test_codes_keep_their_zeros_and_patterns_their_marks(shipped: dict[str, pl.DataFrame]) -> None:
    assert "05838" in shipped["qualifications"]["qualification_code"]
    assert "01" in shipped["boards"]["board"]
    assert "6E??" in shipped["series"]["series_pattern"]


def test_release_times_are_london_times_in_summer_and_in_winter(shipped: dict[str, pl.DataFrame]) -> None:
    calendar = shipped["release_calendar"]
    times = dict(calendar.select("series", "released_to_centres").rows())
    assert times["6B26"] == datetime(2026, 8, 11, 23, 1, tzinfo=UTC)
    assert times["1E26"] == datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
    unreleased = calendar.filter(pl.any_horizontal(pl.col("released_to_centres", "released_to_candidates").is_null()))
    assert unreleased["carrier"].unique().to_list() == ["tracker"]
    early = calendar.filter(pl.col("released_to_candidates") < pl.col("released_to_centres"))
    assert early.height == 0
    assert calendar.filter(pl.col("window_to") < pl.col("window_from")).height == 0


def test_combinations_name_qualifications_and_units_of_one_subject_suite_and_level(
    shipped: dict[str, pl.DataFrame],
) -> None:
    rows, units, awards = shipped["combinations"], shipped["units"], shipped["qualifications"]
    assert without_partner(rows, units, ["unit_code"]) == []
    assert without_partner(rows, awards, ["qualification_code"]) == []
    kind = ["subject", "suite", "level"]
    of_unit = rows.join(units, on="unit_code").select("qualification_code", "unit_code", *kind)
    of_award = rows.join(awards, on="qualification_code").select("qualification_code", "unit_code", *kind)
    assert without_partner(of_unit, of_award, ["qualification_code", "unit_code", *kind]) == []


def test_a_complete_qualification_can_be_calculated(shipped: dict[str, pl.DataFrame]) -> None:
    complete = shipped["qualifications"].filter("complete")
    assert complete.height > 5
    size = ["suite", "level", "size"]
    assert without_partner(complete, shipped["grade_thresholds"], [*size, "guided_learning_hours"]) == []
    units = shipped["combinations"].join(shipped["units"], on="unit_code")
    units = units.join(
        complete.select("qualification_code", "suite", size_hours="guided_learning_hours"),
        on=["qualification_code", "suite"],
    )
    assert units["guided_learning_hours"].null_count() == 0
    points = ["suite", "level", "guided_learning_hours"]
    assert without_partner(units, shipped["unit_points"], points) == []
    hours = units.group_by("qualification_code").agg(
        pl.col("guided_learning_hours").sum(),
        pl.col("guided_learning_hours").filter(pl.col("requirement") == "mandatory").sum().alias("mandatory"),
        pl.col("size_hours").first(),
    )
    assert hours.height == complete.height
    assert hours.filter(pl.col("guided_learning_hours") < pl.col("size_hours")).height == 0, "cannot be reached"
    assert hours.filter(pl.col("mandatory") > pl.col("size_hours")).height == 0, "mandatory units alone overshoot"


def test_thresholds_rise_with_the_grade_and_are_grades_of_their_scale(shipped: dict[str, pl.DataFrame]) -> None:
    scales = {
        "single": ["P", "M", "D", "D*"],
        "double": ["PP", "MP", "MM", "DM", "DD", "D*D", "D*D*"],
        "triple": ["PPP", "MPP", "MMP", "MMM", "DMM", "DDM", "DDD", "D*DD", "D*D*D", "D*D*D*"],
    }
    size = ["suite", "level", "size"]
    thresholds = shipped["grade_thresholds"].join(shipped["size_gradesets"], on=size)
    assert thresholds.height == shipped["grade_thresholds"].height
    for (gradeset, *_), group in thresholds.group_by("gradeset", *size):
        assert group.sort("minimum_points")["grade"].to_list() == scales[str(gradeset)]
        assert group["minimum_points"].is_unique().all()
    codes = shipped["grade_codes"]
    assert without_partner(thresholds, codes, ["gradeset", "grade"]) == []


def test_a_better_unit_grade_earns_more_points_and_a_longer_unit_in_proportion(
    shipped: dict[str, pl.DataFrame],
) -> None:
    points = shipped["unit_points"]
    order = pl.Enum(["R", "P", "M", "D"])
    for _, group in points.group_by("suite", "level", "guided_learning_hours"):
        by_grade = group.with_columns(pl.col("grade").cast(order)).sort("grade")["points"]
        assert by_grade.is_sorted()
        assert by_grade.is_unique().all()
    share = points.select("suite", "level", "grade", pl.col("points") * 30 / pl.col("guided_learning_hours"))
    assert share.unique().height == share.select("suite", "level", "grade").unique().height


def test_every_size_has_a_scale_and_every_scale_its_codes(shipped: dict[str, pl.DataFrame]) -> None:
    size = ["suite", "level", "size"]
    awards, scales, codes = shipped["qualifications"], shipped["size_gradesets"], shipped["grade_codes"]
    assert without_partner(awards, scales, size) == []
    assert without_partner(scales, codes, ["gradeset"]) == []
    itself = codes.filter(pl.col("code") == pl.col("grade"))
    own = without_partner(codes, itself, ["gradeset", "grade"])
    assert [row for row in own if row[0] in ("single", "double", "triple", "gcse")] == []


def test_unit_codes_and_option_codes_stand_for_one_another(shipped: dict[str, pl.DataFrame]) -> None:
    units = shipped["units"]
    made = units.select(pl.col("unit_code").str.replace("/", "").str.tail(6))["unit_code"]
    assert made.to_list() == units["option_code"].to_list()
    assert units["option_code"].is_unique().all()
    number = units["unit_code"].str.tail(2).cast(pl.Int32)
    assert number.to_list() == units["unit_number"].to_list()


def test_boards_named_elsewhere_are_boards(shipped: dict[str, pl.DataFrame]) -> None:
    for name in ("series", "release_calendar", "contacts"):
        boards = shipped[name].select(pl.col("board").str.split("|").explode())
        assert without_partner(boards, shipped["boards"], ["board"]) == [], name


def test_the_calendar_names_series_that_the_series_table_knows(shipped: dict[str, pl.DataFrame]) -> None:
    patterns = [re.compile(p.replace("?", ".")) for p in shipped["series"]["series_pattern"]]
    named = shipped["release_calendar"]["series"].drop_nulls().unique().to_list()
    assert [series for series in named if not any(p.fullmatch(series) for p in patterns)] == []


def test_tracker_wordings_are_folded_and_only_waiting_claims_count_as_claimed(
    shipped: dict[str, pl.DataFrame],
) -> None:
    statuses = shipped["tracker_statuses"]
    sent = statuses["status_as_sent"]
    folded = sent.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
    assert sent.equals(folded)
    claimed = statuses.filter("counts_as_claimed")["status"].unique().sort().to_list()
    assert claimed == ["awaiting_assessed_grade", "claim_submitted", "result_pending", "sample_selected"]
    meaning = statuses.filter(pl.col("applies_to") != "qualification").select("status_as_sent", "status")
    means = dict(meaning.rows())
    assert means[None] == "withdrawn_by_moderator"
    for word in ("result achieved", "result not achieved", "entered", "not entered", "absent", "claim submitted"):
        assert means[word] == word.replace(" ", "_")
    for word in ("sample selected", "result pending", "awaiting assessed grade"):
        assert means[word] == word.replace(" ", "_")
    of_award = dict(statuses.filter(pl.col("applies_to") != "unit").select("status_as_sent", "status").rows())
    for word in ("result achieved", "result not yet achieved", "not eligible", "withdrawn"):
        assert of_award[word] == word.replace(" ", "_")
    both = statuses.filter(applies_to="both")["status_as_sent"]
    rest = statuses.filter(pl.col("applies_to") != "both")["status_as_sent"].drop_nulls()
    assert both.is_in(rest.to_list()).sum() == 0, "one wording, one meaning for a unit and one for a qualification"


def test_known_as_pairs_are_folded_and_said_once(shipped: dict[str, pl.DataFrame]) -> None:
    pairs = {frozenset(row) for row in shipped["known_as"].rows()}
    assert len(pairs) == shipped["known_as"].height
    assert all(len(pair) == 2 for pair in pairs)
    expected = [("alexander", "alex"), ("elizabeth", "liz"), ("katherine", "kate"), ("william", "will")]
    expected += [("william", "bill"), ("mohammed", "mohamed"), ("mohamed", "muhammad"), ("muhammad", "mohammad")]
    assert {frozenset(pair) for pair in expected} <= pairs


def test_a_local_row_replaces_the_shipped_row_with_its_key_and_others_stay(
    tmp_path: Path, shipped: dict[str, pl.DataFrame]
) -> None:
    rows = "2025-26,clerical check,all,2026-09-25,documented\n2026-27,clerical check,all,23/09/2027,inferred\n"
    ours = local(tmp_path, "deadlines", HEADER + rows)["deadlines"]
    assert ours.height == shipped["deadlines"].height + 1
    checks = ours.filter(service="clerical check").select("season", "deadline").rows()
    assert checks == [("2025-26", date(2026, 9, 25)), ("2026-27", date(2027, 9, 23))]
    others = pl.col("service") != "clerical check"
    assert ours.filter(others).equals(shipped["deadlines"].filter(others))


def test_a_blank_in_a_key_is_a_value_of_its_own(tmp_path: Path, shipped: dict[str, pl.DataFrame]) -> None:
    calendar = shipped["release_calendar"]
    header = ",".join(calendar.columns)
    row = "2025-26,,01|72,tracker,freeze,2026-07-24,2026-08-15,,,documented\n"
    ours = local(tmp_path, "release_calendar", f"{header}\n{row}")["release_calendar"]
    assert ours.height == calendar.height
    freeze = ours.filter(carrier="tracker", season="2025-26")
    assert freeze["window_to"].to_list() == [date(2026, 8, 15)]


def test_an_hour_that_comes_twice_is_the_first_and_one_that_never_comes_is_refused(
    tmp_path: Path, shipped: dict[str, pl.DataFrame]
) -> None:
    header = ",".join(shipped["release_calendar"].columns)
    row = "2026-27,BA26,01,edi,x,,,{0},{0},documented"
    twice = local(tmp_path, "release_calendar", f"{header}\n{row.format('2026-10-25T01:30')}\n")
    times = twice["release_calendar"].filter(series="BA26")["released_to_centres"].to_list()
    assert times == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]
    with pytest.raises(UsageError, match="released_to_centres is not a local time"):
        local(tmp_path, "release_calendar", f"{header}\n{row.format('2026-03-29T01:30')}\n")


def test_a_local_file_may_come_from_excel(tmp_path: Path) -> None:
    text = HEADER.replace("\n", "\r\n") + "2026-27, clerical check ,all,2027-09-23,inferred\r\n,,,,\r\n\r\n"
    deadlines = local(tmp_path, "deadlines", b"\xef\xbb\xbf" + text.encode())["deadlines"]
    assert deadlines.filter(season="2026-27")["service"].to_list() == ["clerical check"]


def test_columns_of_a_local_file_may_stand_in_any_order(tmp_path: Path, shipped: dict[str, pl.DataFrame]) -> None:
    text = "deadline,confidence,season,service,applies_to\n2027-09-23,inferred,2026-27,clerical check,all\n"
    deadlines = local(tmp_path, "deadlines", text)["deadlines"]
    assert deadlines.columns == shipped["deadlines"].columns
    assert deadlines.filter(season="2026-27")["deadline"].to_list() == [date(2027, 9, 23)]


@pytest.mark.parametrize(
    ("name", "text", "words", "todo"),
    [
        ("deadline", HEADER, "there is no reference table deadline", "Did you mean deadlines?"),
        ("deadlines", HEADER.replace("service", "servise"), ":1: there is no column servise", "service?"),
        ("deadlines", HEADER.replace(",confidence", ""), ":1: lacks column confidence", "The columns are"),
        ("deadlines", HEADER.replace("applies_to", "season"), ":1: column season is there twice", "one"),
        ("deadlines", f"{HEADER}\n2025-26,x,all,soon,inferred\n", ":3: deadline is not a date", "Correct"),
        ("deadlines", f"{HEADER}2025-26,x,all,13/08/26,inferred\n", ":2: deadline is not a date", "Correct"),
        ("deadlines", f"{HEADER}2025-26,x,all,2026-02-30,inferred\n", ":2: deadline is not a date", "Correct"),
        ("deadlines", f"{HEADER}2025-26,x,all,2026-09-24,sure\n", ":2: confidence is not one of", "Correct"),
        ("deadlines", f"{HEADER}2025,x,all,2026-09-24,inferred\n", "season is not of the form 2025-26", ""),
        ("deadlines", f"{HEADER}2025-26,a,b,2026-09-24,inferred,x\n", ":2: more cells than the header", "quotes"),
        ("deadlines", f'{HEADER}2025-26,"a,b,2026-09-24\n', "not CSV", "UTF-8"),
        ("deadlines", HEADER.encode() + b"2025-26,caf\xe9,a,,\n", ":2: not UTF-8", "UTF-8"),
        ("deadlines", f"{HEADER},,,2026-09-24,inferred\n", ":2: season, service, applies_to is blank", ""),
        ("deadlines", HEADER + "2025-26,a,b,,\n" * 2, "lines 2 and 3 have the same season", "Keep one"),
        ("deadlines", "", ":1: lacks column season", ""),
        ("qualifications", f"{AWARDS}5838,x,IT,2016,3,Certificate,180,,true,inferred\n", "form 05838", ""),
        ("qualifications", f"{AWARDS}05838,x,IT,2016,3,Certificate,180,,yes,inferred\n", "true or false", ""),
        ("boards", "board,name,confidence\n1,OCR,inferred\n", ":2: board is not of the form 01", ""),
        ("attempts", f"{ATTEMPTS}2016,3,examined,3.0,inferred\n", "maximum_attempts is not a whole number", ""),
    ],
)  # fmt: skip
def test_a_local_file_that_cannot_be_used_is_named_with_line_and_column(
    tmp_path: Path, name: str, text: str | bytes, words: str, todo: str
) -> None:
    with pytest.raises(UsageError) as caught:
        local(tmp_path, name, text)
    assert f"{tmp_path / name}.csv" in caught.value.what
    assert words in caught.value.what
    assert todo in caught.value.todo
    assert caught.value.todo


def test_the_hash_of_the_tables_is_that_of_their_content(tmp_path: Path, shipped: dict[str, pl.DataFrame]) -> None:
    again = load_reference(resources.reference_data())
    assert reference_hash(again) == reference_hash(shipped)
    assert reference_hash(dict(reversed(shipped.items()))) == reference_hash(shipped)
    same = "board,name,confidence\n01,OCR general qualifications,documented\n"
    assert reference_hash(local(tmp_path, "boards", same)) == reference_hash(shipped)
    other = local(tmp_path, "boards", same.replace("documented", "inferred"))
    assert reference_hash(other) != reference_hash(shipped)
    assert reference_hash({"units": other["units"]}) == reference_hash({"units": shipped["units"]})


def test_what_is_shipped_is_found_in_a_checkout_and_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).resolve().parent.parent
    assert resources.sql() == root / "sql"
    assert resources.reference_data() == root / "data" / "reference"
    assert resources.formats() == root / "schemas" / "formats"
    for name in ("sql", "reference"):
        (tmp_path / "pipelines" / "_shipped" / name).mkdir(parents=True)
    (tmp_path / "sql").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "pipelines")
    assert resources.sql() == tmp_path / "pipelines" / "_shipped" / "sql"
    assert resources.reference_data() == tmp_path / "pipelines" / "_shipped" / "reference"
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "elsewhere" / "pipelines")
    with pytest.raises(FileNotFoundError, match="lacks its sql folder"):
        resources.sql()
