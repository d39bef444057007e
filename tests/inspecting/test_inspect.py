"""`resultsday inspect` as a person types it: what it says, what it keeps, and that a run then reads the file by it."""

from __future__ import annotations

import io
import json
import re
import shutil
import tomllib
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from pipelines import resources
from pipelines.formats import load_formats
from pipelines.read import Caps, recognise
from tests import narrow
from tests.cli_helpers import AS_OF, NAMES, UCIS, call
from tests.inspecting.made_up import edi, inserted, people, results, rows_of
from tests.intake import zipped
from tests.readers import reading

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample" / "inbox"
SHIPPED = {layout.name: layout for layout in reading.shipped()}
WHO = people(25, 3)
#: nothing that is said may hold one of these
PRIVATE = {value for person in WHO for value in (person.uci, person.uln, person.ocr, person.surname, person.forename)}


#: files of the sample that are read as they are, one of each kind and each way of being unusual
QUIET = [
    SAMPLE / name
    for name in (
        *("R9999972.X01", "R9999972.X02", "R9999972.X05", "R9999972.X24", "R9999972.X31", "R9999972.X32"),
        *("R6E25_72.X01", "R9999901.X01", "R9999970.X01", "E9999972.X01", "A9999901.X03", "basedata/O9I25_72.X01"),
        *(
            "basedata/S6E26_72.X01",
            "basedata/C6E26_72.X01",
            "basedata/L6E26_72.X01",
            "candidate_achievement_report.csv",
        ),
        *("examined_marks_1E26.csv", "examined_marks_6E26.csv", "tracker_summary.csv", "tracker_detailed.csv"),
        *("claims_2025-26.csv", "claims_business.xlsx", "entries_2025-26.csv", "entries_general_2024-25.csv"),
        *("grade_boundaries_2026 (1).csv", "achievement_digital_media_6E26.csv"),
        "a2c.99999.01.EDIResults.5A3E0C1D-0000-4000-8000-0000000006B25.xml",
    )
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    return tmp_path / "data"


def put(data: Path, name: str, content: str | bytes) -> Path:
    path = data / "inbox" / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def shifted(width: int = 3, at: int = 25) -> str:
    lines = results(WHO, 3)
    return edi(inserted(lines, at, [" " * width] * len(lines)))


def csv_of(kind: str, headers: dict[str, str]) -> str:
    columns, rows = rows_of(kind, 3)
    names = [headers.get(name, SHIPPED[kind].all_columns[name].headers[0]) for name in columns]
    return "".join(",".join(line) + "\n" for line in [names, *rows])


REHEADED = {
    "centre_number": "School ref",
    "ocr_candidate_number": "Learner ID",
    "unit_code": "Module",
    "claimed_grade": "Outcome",
    "claim_date": "Sent in",
}
XML = """<Exam{n}><Head><Board>01</Board><Centre>99999</Centre><Season>6A26</Season></Head>{body}</Exam{n}>"""


def renamed_xml() -> str:
    learners = [
        f"<Learner><ExamNumber>{who.candidate}</ExamNumber><UCI>{who.uci}</UCI><ULN>{who.uln}</ULN>"
        f"<Award><EntryCode>H446</EntryCode><Grade>{'ABC'[n % 3]}</Grade><Score>{200 + n}</Score>"
        f"<MaximumScore>500</MaximumScore><Paper><Code>H446/01</Code><Score>{60 + n}</Score>"
        f"<MaximumScore>140</MaximumScore><WeightedScore>{60 + n}.5</WeightedScore></Paper></Award></Learner>\n"
        for n, who in enumerate(WHO)
    ]
    return XML.format(n="Results", body="".join(learners))


FILES = {
    "edi_results": ("R9999972.X01", shifted(), 50),
    "claims": ("claims.csv", csv_of("claims", REHEADED), 60),
    "xml_results": ("results.xml", renamed_xml(), 50),
}


def values_of(data: Path, table: str) -> list[tuple[object, ...]]:
    """The rows of a published table."""
    frame = pl.read_parquet(data / "current" / "tables" / f"{table}.parquet")
    return sorted(frame.rows(), key=str)


def read(data: Path) -> int:
    """The exit code of a run that reads the files, and asks no rule but the one about them."""
    with narrow.only("file_refused"):
        return call("run", "--data", data, "--as-of", AS_OF).code


@pytest.mark.parametrize("format_name", sorted(FILES))
def test_a_layout_that_was_kept_is_the_one_a_run_reads_with(data: Path, format_name: str) -> None:
    name, content, rows = FILES[format_name]
    path = put(data, name, content)
    assert read(data) == 10
    told = call("inspect", path, "--data", data)
    assert (told.code, told.err) == (0, "")
    assert f"Next: resultsday inspect {path} --data {data} --save" in told.out
    assert not (data / "local").exists()
    kept = call("inspect", path, "--data", data, "--save")
    assert kept.code == 0, kept
    written = data / "local" / "formats" / f"{format_name}.toml"
    assert str(written) in kept.out
    assert read(data) == 0
    files = pl.read_parquet(data / "current" / "tables" / "files.parquet")
    assert files.select("status", "format", "rows_kept").rows() == [("read", format_name, rows)]


def test_a_shifted_file_says_the_same_as_the_file_it_was_made_from(data: Path, tmp_path: Path) -> None:
    path = put(data, "R9999972.X01", shifted())
    assert call("inspect", path, "--data", data, "--save").code == 0
    mended = reading.read(
        tmp_path / "mended", shifted(), formats=load_formats(resources.formats(), data / "local" / "formats")
    )
    straight = reading.read(tmp_path / "straight", edi(results(WHO, 3)))
    said = [table.frame("results").drop("file_id") for table in (mended, straight)]
    assert said[0].rows() == said[1].rows()
    assert said[0].height == 50


def test_a_kept_layout_is_a_whole_format_that_says_where_it_came_from_and_reads_its_own_examples(
    data: Path, tmp_path: Path
) -> None:
    for name, content, _ in FILES.values():
        assert call("inspect", put(data, name, content), "--data", data, "--save").code == 0
    mine = load_formats(resources.formats(), data / "local" / "formats")
    for layout in mine:
        if layout.path.parent != data / "local" / "formats":
            continue
        name = FILES[layout.name][0]
        assert layout.source.startswith(f"Read off {name} (sha256 begins ")
        assert SHIPPED[layout.name].source in layout.source
        text = layout.path.read_text(encoding="utf-8")
        assert text.startswith(f"# Read off {name}")
        assert not any(value in text for value in PRIVATE)
        tables = tomllib.loads(text)
        shipped = tomllib.loads(SHIPPED[layout.name].path.read_text(encoding="utf-8"))
        assert set(tables) >= set(shipped) - {"example"}
        for number, example in enumerate(layout.examples):
            read = reading.read(tmp_path / f"{layout.name}{number}", example["text"], formats=mine)
            for table, expected in example["gives"].items():
                found = read.frame(table.removeprefix("incoming_")).to_dicts()
                assert [
                    {key: str(row[key]) for key in wanted} for row, wanted in zip(found, expected, strict=True)
                ] == [{key: str(value) for key, value in wanted.items()} for wanted in expected]


def test_what_the_file_bears_out_is_no_longer_called_a_guess(data: Path) -> None:
    path = put(data, "R9999972.X01", shifted())
    call("inspect", path, "--data", data, "--save")
    (mine,) = [
        one for one in load_formats(resources.formats(), data / "local" / "formats") if one.name == "edi_results"
    ]
    sure = {column.name: (column.sure, SHIPPED["edi_results"].all_columns[column.name].sure) for column in mine.columns}
    assert sure["uln"] == ("inferred", "ours")
    assert sure["result_type"] == ("public", "public")
    flags = [column for variant in mine.variants for column in variant.columns if column.name.endswith("flag")]
    assert {column.sure for column in flags} == {"ours"}


def test_a_file_under_the_shipped_headers_is_still_read_beside_the_one_that_was_mapped(data: Path) -> None:
    path = put(data, "claims.csv", csv_of("claims", REHEADED))
    call("inspect", path, "--data", data, "--save")
    put(data, "old.csv", csv_of("claims", {}))
    mine = load_formats(resources.formats(), data / "local" / "formats")
    for file in ("claims.csv", "old.csv"):
        found = recognise(data / "inbox" / file, mine, Caps())
        assert found.format is not None
        assert found.format.name == "claims"


def test_one_that_is_kept_is_replaced_only_when_forced(data: Path) -> None:
    path = put(data, "R9999972.X01", shifted(3))
    assert call("inspect", path, "--data", data, "--save").code == 0
    written = data / "local" / "formats" / "edi_results.toml"
    before = written.read_bytes()
    other = put(data, "R9999972.X02", shifted(2, 12))
    refused = call("inspect", other, "--data", data, "--save")
    assert refused.code == 2
    assert "--force" in refused.err
    assert written.read_bytes() == before
    assert call("inspect", other, "--data", data, "--save", "--force").code == 0
    assert written.read_bytes() != before
    assert call("inspect", other, "--data", data).out.count("Nothing needs to be changed.") == 1


def test_under_a_name_of_its_own_a_layout_stands_beside_the_one_it_mends(data: Path) -> None:
    straight = put(data, "R9999972.X01", edi(results(WHO, 3)))
    # pushed along behind the UCI, both layouts would find centre and UCI in their place
    alike = put(data, "R9999972.X03", shifted())
    refused = call("inspect", alike, "--data", data, "--save", "--name", "edi_results_pushed")
    assert (refused.code, "two layouts fit" in refused.out) == (10, True)
    path = put(data, "R9999972.X02", shifted(3, 12))
    assert call("inspect", path, "--data", data, "--save", "--name", "edi_results_pushed").code == 0
    mine = load_formats(resources.formats(), data / "local" / "formats")
    for file, format_name in ((straight, "edi_results"), (path, "edi_results_pushed")):
        found = recognise(file, mine, Caps())
        assert found.format is not None
        assert found.format.name == format_name


def test_no_value_of_a_file_is_printed_and_shapes_only_where_asked_for(data: Path) -> None:
    for name, content, _ in FILES.values():
        path = put(data, name, content)
        for extra in ((), ("--show",), ("--format", "json"), ("--show", "--format", "json")):
            said = call("inspect", path, "--data", data, *extra)
            assert not any(value in said.out + said.err for value in PRIVATE)
    path = put(data, "claims.csv", csv_of("claims", REHEADED))
    assert "xxxxxxxx" not in call("inspect", path, "--data", data).out
    assert re.search(r"'9999999999999?x' \d+ times", call("inspect", path, "--data", data, "--show").out)


def test_the_tiny_centre_has_nobody_named(data: Path) -> None:
    from tests.cli_helpers import write_inbox

    shutil.rmtree(data / "inbox")
    write_inbox(data / "inbox")
    for path in sorted((data / "inbox").iterdir()):
        said = call("inspect", path, "--data", data, "--show")
        assert not any(value in said.out + said.err for value in (*NAMES, *UCIS))


def test_a_ruler_marks_every_character_that_a_column_takes(data: Path) -> None:
    path = put(data, "R9999972.X01", edi(results(WHO, 3)))
    lines = call("inspect", path, "--data", data).lines
    start = next(place for place, line in enumerate(lines) if re.match(r"line \d+, letters", line))
    text, ticks, marks = (line[2:] for line in lines[start + 1 : start + 4])
    assert len(text) == len(ticks) == 62
    # the shipped layout: centre 3-7, candidate 8-11, UCI 12-24
    letters = [marks[at - 1] for at in (3, 7, 8, 11, 12, 24)]
    assert letters == ["a", "a", "b", "b", "c", "c"]
    assert ticks[9] == "1"
    table = "\n".join(lines)
    assert re.search(r"^c  uci +12-24 +fits", table, re.MULTILINE)


def test_json_says_what_the_text_says(data: Path) -> None:
    path = put(data, "R9999972.X01", shifted())
    told = json.loads(call("--format", "json", "inspect", path, "--data", data).out)
    assert (told["is_read"], told["exit_code"], told["saved"]) == (False, 0, None)
    assert told["refused"] == "more than half of its rows would be rejected"
    assert told["proposal"]["trial"] == {"rows": 50, "kept": 50, "refused": None, "detail": None}
    columns = {(one["kind"], one["column"]): one for one in told["proposal"]["columns"]}
    assert columns[None, "option_code"]["where"] == "34-39"
    assert columns[None, "uci"] | {"shapes": None} == columns[None, "uci"]
    assert columns[None, "uci"]["right"] == columns[None, "uci"]["filled"] == 50
    saved = json.loads(call("inspect", path, "--data", data, "--save", "--format", "json").out)
    assert saved["saved"] == str(data / "local" / "formats" / "edi_results.toml")


def test_what_values_cannot_settle_is_asked_and_settled_by_the_person(data: Path) -> None:
    headers = {"raw_mark": "Result one", "mark": "Result two", "unit_code": "Module", "special_consideration_mark": "S"}
    path = put(data, "marks.csv", csv_of("examined_marks", headers))
    told = call("inspect", path, "--data", data, "--save")
    assert told.code == 10
    (asked,) = [line for line in told.lines if line.startswith("open: raw_mark could be ")]
    assert "'Result one'" in asked
    assert "'Result two'" in asked
    assert not (data / "local").exists()
    said = ("--map", "raw_mark=Result one", "--map", "mark=Result two")
    assert call("inspect", path, "--data", data, *said, "--save").code == 0
    (mine,) = [
        one for one in load_formats(resources.formats(), data / "local" / "formats") if one.name == "examined_marks"
    ]
    assert mine.all_columns["raw_mark"].headers[0] == "Result one"
    assert mine.all_columns["mark"].headers[0] == "Result two"


def test_a_workbook_is_measured_like_the_text_it_would_be(data: Path) -> None:
    buffer = io.BytesIO()
    columns, rows = rows_of("claims", 3)
    names = [REHEADED.get(name, SHIPPED["claims"].all_columns[name].headers[0]) for name in columns]
    book = xlsxwriter.Workbook(buffer)
    for number, line in enumerate([names, *rows]):
        for place, cell in enumerate(line):
            book.get_worksheet_by_name("Sheet1") or book.add_worksheet("Sheet1")
            book.get_worksheet_by_name("Sheet1").write_string(number, place, cell)
    book.close()
    path = put(data, "claims.xlsx", buffer.getvalue())
    told = json.loads(call("inspect", path, "--data", data, "--save", "--format", "json").out)
    assert told["shape"].startswith("a workbook")
    assert told["proposal"]["trial"]["kept"] == len(rows)
    assert read(data) == 0


def test_members_of_an_archive_are_listed_and_looked_at_by_name(data: Path) -> None:
    path = put(
        data, "reports.zip", zipped({"a/claims.csv": csv_of("claims", REHEADED).encode(), "notes.txt": b"hello\n"})
    )
    told = call("inspect", path, "--data", data)
    assert told.code == 0
    assert "a/claims.csv" in told.out
    assert "notes.txt" in told.out
    one = call("inspect", f"{path}!a/claims.csv", "--data", data, "--save")
    assert one.code == 0, one
    assert (data / "local" / "formats" / "claims.toml").exists()
    assert call("inspect", path, "--data", data, "--save").code == 2
    assert call("inspect", f"{path}!nothing.csv", "--data", data).code == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nothing.csv",), 2),
        (("claims.csv", "--as", "no_such_format"), 2),
        (("claims.csv", "--map", "raw_mark"), 2),
        (("claims.csv", "--map", "no_such_column=Module"), 2),
        (("claims.csv", "--map", "unit_code=No such header"), 2),
        (("claims.csv", "--format", "csv"), 2),
        (("claims.csv", "--save", "--name", "../elsewhere"), 2),
        (("notes.txt",), 10),
        (("empty.csv",), 10),
        (("claims.csv",), 0),
    ],
)
def test_how_it_ends(data: Path, arguments: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    put(data, "claims.csv", csv_of("claims", REHEADED))
    put(data, "notes.txt", "Call the board about the missing paper.\n")
    put(data, "empty.csv", "")
    monkeypatch.chdir(data / "inbox")
    said = call("inspect", *arguments, "--data", data)
    assert said.code == code, said
    assert bool(said.err) is (code == 2)


@pytest.mark.parametrize("path", QUIET, ids=lambda path: path.name)
def test_a_file_of_the_sample_that_is_read_is_left_as_it_is(data: Path, path: Path) -> None:
    told = json.loads(call("inspect", path, "--data", data, "--format", "json").out)
    assert (told["is_read"], told["proposal"], told["exit_code"]) == (True, None, 0)


def test_basedata_without_a_record_is_read_and_said_to_hold_none(data: Path) -> None:
    said = call("inspect", SAMPLE / "basedata" / "C9I25_72.X01", "--data", data)
    assert said.code == 0
    assert "It is read as basedata components (C), and holds no row." in said.out


def test_what_was_planted_in_the_sample_as_pushed_along_is_found(data: Path) -> None:
    told = json.loads(call("inspect", SAMPLE / "R9999972.X33", "--data", data, "--format", "json").out)
    assert told["proposal"]["changes"] == [
        "centre_number to uln stand 2 characters further on, from character 5",
    ]
    assert told["proposal"]["is_usable"] is True


def test_the_advice_on_a_refused_file_names_the_command(data: Path) -> None:
    put(data, "R9999972.X01", edi(results(WHO, 3)))
    put(data, "R9999972.X02", shifted())
    assert read(data) == 0
    found = json.loads(call("findings", "--data", data, "--code", "file_refused", "--format", "json").out)
    assert len(found) == 1
    assert "resultsday inspect FILE" in found[0]["action"]
    assert "`resultsday inspect FILE`" in call("explain", "file_refused", "--data", data).out
