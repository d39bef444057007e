"""`pipelines/checkup/rows.py`: what a check-up says of a reference file is what a run would say, and all of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines import resources
from pipelines.checkup.rows import Tables, read_tables
from pipelines.errors import ExitCode, UsageError
from pipelines.reference import load_reference, reference_tables

SHIPPED = resources.reference_data()
ATTEMPTS = "suite,level,assessment,maximum_attempts,confidence\n"
DEADLINES = "season,service,applies_to,deadline,confidence\n"


def local(folder: Path, name: str, text: str | bytes) -> Tables:
    (folder / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_tables(SHIPPED, folder)


def run_refuses(folder: Path) -> bool:
    try:
        load_reference(SHIPPED, folder)
    except UsageError:
        return True
    return False


def test_the_shipped_files_have_no_fault_and_the_rows_that_a_run_has(tmp_path: Path) -> None:
    tables = read_tables(SHIPPED, tmp_path / "none")
    assert tables.faults == ()
    assert {name: len(rows) for name, rows in tables.rows.items()} == {
        name: frame.height for name, frame in load_reference(SHIPPED).items()
    }


def test_a_local_row_takes_the_place_of_the_shipped_one_and_is_told_by_its_own_line(tmp_path: Path) -> None:
    tables = local(tmp_path, "attempts", ATTEMPTS + "2016,3,examined,4,inferred\n2012,3,moderated,9,recollection\n")
    told = {(row.text("suite"), row.text("level")): (row.number("maximum_attempts"), row.where, row.is_local)
            for row in tables.of("attempts")}  # fmt: skip
    path = tmp_path / "attempts.csv"
    assert told == {
        ("2016", "3"): (4, f"{path}:2", True),
        ("2016", "2"): (2, f"{SHIPPED / 'attempts.csv'}:3", False),
        ("2012", "3"): (9, f"{path}:3", True),
    }


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("attempt", ATTEMPTS, "", "There is no reference table attempt. Did you mean attempts?"),
        ("attempts", "suite,levle\n", ":1", "There is no column levle. Did you mean level?"),
        ("attempts", ATTEMPTS.replace("level", "suite"), ":1", "Column suite is there twice."),
        ("attempts", "suite,level\n2016,3\n", ":1", "Lacks column assessment, maximum_attempts, confidence."),
        ("attempts", ATTEMPTS + "2016,3,examined,two,inferred\n", ":2", "maximum_attempts is not a whole number."),
        ("attempts", ATTEMPTS + "\n2016,3,examined,2,sure\n", ":3", "confidence is not one of documented, inferred"),
        ("attempts", ATTEMPTS + "2016,3,examined,2,inferred,x\n", ":2", "More cells than the header has (5)."),
        ("attempts", ATTEMPTS + "2016,3,examined,2,inferred\n2016,03,examined,3,inferred\n", ":3", "as in line 2."),
        ("attempts", ATTEMPTS + ",,,2,inferred\n", ":2", "suite, level, assessment is blank."),
        ("attempts", ATTEMPTS + '2016,3,"examined,2,inferred\n', "", "a quote is never closed"),
        ("attempts", (ATTEMPTS + "2016,3,ex\u00e4mined,2,inferred\n").encode("cp1252"), ":2", "Not UTF-8."),
        ("deadlines", DEADLINES + "2025-26,review,all,2026-13-01,inferred\n", ":2", "deadline is not a date"),
        (
            "deadlines",
            DEADLINES + "2025-6,review,all,2026-09-24,inferred\n",
            ":2",
            "season is not of the form 2025-26.",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_do(
    name: str, text: str | bytes, line: str, words: str, tmp_path: Path
) -> None:
    fault, *others = local(tmp_path, name, text).faults
    assert all("Lacks column" in other.what for other in others)
    assert fault.where == f"{tmp_path / name}.csv{line}"
    assert words in f"{fault.what} {fault.todo}"
    assert fault.todo
    assert fault.exit_code is ExitCode.USAGE
    assert run_refuses(tmp_path)


def test_every_fault_of_every_file_is_told_not_only_the_first(tmp_path: Path) -> None:
    (tmp_path / "attempts.csv").write_text(ATTEMPTS + "2016,3,seen,two,inferred\n2016,x,examined,2,inferred\n")
    (tmp_path / "deadlines.csv").write_text(DEADLINES + "x,review,all,never,inferred\n")
    assert len(read_tables(SHIPPED, tmp_path).faults) == 5


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + ATTEMPTS + "2016,3,examined,4,inferred\r\n",
        ATTEMPTS + "\n , ,\n2016,3,examined,,inferred\n",
        ATTEMPTS + " 2016 , 3 ,examined, 4 ,inferred , , \n",
        "confidence,level,suite,assessment,maximum_attempts\ninferred,3,2016,examined,4\n",
        ATTEMPTS,
    ],
)
def test_what_a_run_reads_has_no_fault(text: str, tmp_path: Path) -> None:
    assert local(tmp_path, "attempts", text).faults == ()
    assert not run_refuses(tmp_path)


def test_a_shipped_file_that_is_not_there_means_installing_again(tmp_path: Path) -> None:
    faults = read_tables(tmp_path, tmp_path / "local").faults
    assert len(faults) == len(reference_tables())
    assert {fault.exit_code for fault in faults} == {ExitCode.DISK}


#: what people and Excel make of a cell
ODD = ["", " ", "x", "0", "7", "-7", "+7", "07", "7.0", "1e3", "2147483648", "true", "TRUE", "false", "2016", "2012",
       "05838", "5838", "examined", "documented", "2026-08-10", "10/08/2026", "10/08/26", "2026-8-1", "2026-02-30",
       "2026-08-10T08:00", "10/08/2026 08:00", "2026-08-10T25:00", "08:00", "2025-26", "6E26", "01", "01|72",
       "١"]  # fmt: skip
TABLES = ["attempts", "deadlines", "qualifications", "release_calendar"]


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str]:
    name = draw(st.sampled_from(TABLES))
    columns = list(reference_tables()[name].columns)
    good = [row[: len(columns)] for row in csv.reader((SHIPPED / f"{name}.csv").read_text("utf-8").splitlines())][1:3]
    rows = [
        [draw(st.sampled_from([cell, cell, cell, draw(st.sampled_from(ODD))])) for cell in row]
        for row in draw(st.lists(st.sampled_from(good), max_size=3))
    ]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([columns, *rows])
    return name, text.getvalue()


@settings(max_examples=60, deadline=None)
@given(files())
@example(("attempts", ATTEMPTS + "2016,+3,examined,07,inferred\r\n"))
def test_a_run_refuses_exactly_the_files_that_a_check_up_calls_wrong(file: tuple[str, str]) -> None:
    name, text = file
    with TemporaryDirectory() as folder:
        tables = local(Path(folder), name, text)
        assert bool(tables.faults) == run_refuses(Path(folder)), (text, tables.faults)
