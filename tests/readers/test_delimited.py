"""CSV reports and sheets: where the header is, what is framing, which rows do not fit it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.read import Caps
from tests.readers.reading import CLAIMS, claim, read

HEADERS = CLAIMS.split(",")


def sheet(*rows: str, header: str = CLAIMS) -> str:
    return "\n".join([header, *rows]) + "\n"


def test_title_lines_blank_lines_repeated_headers_and_totals_are_framing(tmp_path: Path) -> None:
    lines = [
        *("Claims of the centre", "Report run on 10/08/2026 07:15", "", CLAIMS, claim("0001"), "", ",,,,,,,"),
        *(claim("0002"), CLAIMS, claim("0003"), "Total,,,,,,3,", ""),
    ]
    tables = read(tmp_path, "\n".join(lines))
    file = tables.file()
    assert tables.column("claims", "line") == [5, 8, 10]
    assert (file["rows_read"], file["rows_framing"], file["rows_rejected"]) == (3, 8, 0)
    assert str(file["run_on"]) == "2026-08-10"


@pytest.mark.parametrize(
    ("title", "run_on"),
    [
        ("Report run on: 10/08/2026", "2026-08-10"),
        ('"Export date","10 August 2026"', "2026-08-10"),
        ("Exported on;2026-08-10;by the office", "2026-08-10"),
        ("Data as at 10-Aug-2026", "2026-08-10"),
        ("Exams from 10/08/2026", None),
        ("Report run on 31/02/2026", None),
    ],
)
def test_a_title_line_may_say_when_the_report_was_run(title: str, run_on: str | None, tmp_path: Path) -> None:
    found = read(tmp_path, title + "\n" + sheet(claim())).file()["run_on"]
    assert (found and str(found)) == run_on


@pytest.mark.parametrize(
    "last",
    [
        "Total,,,,,,1,",
        "Total rows: 1",
        '"Grand Total",1',
        ",,,,,Total,1,",
        "Number of records,1",
        "End of report",
        "TOTAL CLAIMS 1",
    ],
)
def test_a_totals_line_at_the_end_is_framing(last: str, tmp_path: Path) -> None:
    file = read(tmp_path, sheet(claim(), claim("0043")) + last).file()
    assert (file["rows_kept"], file["rows_rejected"], file["rows_framing"]) == (2, 0, 2)


@pytest.mark.parametrize(
    "row", ["99999,0044", "99999,,Total,,05878,05834/04,,", "99999,0044,Total,Ann,05878,05834/04,M,"]
)
def test_what_only_resembles_a_totals_line_is_a_row(row: str, tmp_path: Path) -> None:
    """A file cut off in the middle of a row, and a person called Total."""
    file = read(tmp_path, sheet(claim(), claim("0043"), row)).file()
    assert file["rows_read"] == 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str, tmp_path: Path) -> None:
    text = sheet(claim(), claim("0043", surname="Other")).replace(",", delimiter)
    assert read(tmp_path, text).column("claims", "surname") == ["Sample", "Other"]


def test_columns_may_stand_in_any_order_under_any_accepted_header(tmp_path: Path) -> None:
    header = 'Last  Name;"DATE OF\nCLAIM";Grade;cand_no;FORENAME(S);Centre;Spec Code;Unit Ref'
    text = f"{header}\nSample;17/05/2026;M;42;Ann;99999;05878;05834/04"
    row = read(tmp_path, text).rows("claims")[0]
    assert (row["surname"], str(row["claim_date"]), row["claimed_grade"], row["candidate_number"], row["line"]) == (
        *("Sample", "2026-05-17", "M", "0042", 3),
    )


def test_extra_blank_cells_are_ignored_and_extra_text_rejects_the_row(tmp_path: Path) -> None:
    tables = read(tmp_path, sheet(claim() + ",,,", claim("0043") + ", ,x", claim("0044") + ',""', claim("0045")))
    assert tables.column("claims", "candidate_number") == ["0042", "0044", "0045"]
    assert [(row["line"], row["reason"]) for row in tables.rows("rejects")] == [
        (3, "has something in a cell beyond the last header")
    ]


def test_a_header_with_blank_cells_behind_it_asks_no_cells_of_its_rows(tmp_path: Path) -> None:
    assert read(tmp_path, sheet(claim(), claim("0043") + ",,", header=CLAIMS + ",,")).file()["rows_kept"] == 2


def test_too_few_cells_reject_the_row_with_its_text(tmp_path: Path) -> None:
    tables = read(tmp_path, sheet(claim(), "99999,0043,Other,Bo", claim("0044")))
    reject = tables.rows("rejects")[0]
    assert (reject["line"], reject["raw"], reject["reason"], reject["expected"]) == (
        *(3, "99999,0043,Other,Bo", "has too few cells", "8 cells"),
    )


def test_unknown_columns_are_listed_and_kept_in_the_raw_text(tmp_path: Path) -> None:
    tables = read(tmp_path, sheet(claim() + ",blue,7", header=CLAIMS + ",Favourite Colour,"))
    assert tables.file()["is_refused"]  # the last cell has no header
    tables = read(tmp_path / "again", sheet(claim() + ",blue", header=CLAIMS + ",Favourite Colour"))
    assert tables.file()["detail"] == "columns not used: Favourite Colour"
    assert tables.column("evidence", "raw") == [claim() + ",blue"]


def test_a_column_that_stands_twice_with_different_values_refuses_the_file(tmp_path: Path) -> None:
    same = sheet(claim() + ",99999", claim("0043") + ",99999", header=CLAIMS + ",Centre No")
    other = sheet(claim() + ",99999", claim("0043") + ",99998", header=CLAIMS + ",Centre No")
    tables = read(tmp_path, same, other)
    assert tables.column("files", "is_refused") == [False, True]
    assert tables.file(1)["reason"] == "a column stands twice"
    assert (
        "Centre Number (column 1) and Centre No (column 9) are both centre_number, and differ in 1 rows (first: line 3)"
        in (tables.file(1)["detail"])
    )


def test_a_file_without_a_required_column_is_refused_with_the_nearest_header(tmp_path: Path) -> None:
    file = read(tmp_path, sheet(claim(), header=CLAIMS.replace("Claim Date", "Claim Dtae"))).file()
    assert (file["is_refused"], file["reason"], file["kind"]) == (True, "no layout fits", None)
    assert "claims" in file["detail"]
    assert "Claim Date (nearest header there: Claim Dtae)" in file["detail"]


def test_the_evidence_for_a_sheet_without_a_header_holds_nothing_of_its_rows(tmp_path: Path) -> None:
    detail = read(tmp_path, "99999,0042,Sample,Ann,05878\n99999,0043,Other,Bo,05878\n").file()["detail"]
    assert not [word for word in ("Sample", "Ann", "Other", "0042") if word in detail]


def test_a_header_that_two_kinds_accept_refuses_the_file_with_both_named(tmp_path: Path) -> None:
    both = "OCR Candidate Number,Unit Achievement Status"
    file = read(tmp_path, sheet(claim() + ",00000042,x", header=f"{CLAIMS},{both}")).file()
    assert (file["is_refused"], file["reason"]) == (True, "two layouts fit")
    assert "unit claims, the centre's own record" in file["detail"]
    assert "progress tracker, detailed view" in file["detail"]


def test_a_stray_quote_costs_its_own_row(tmp_path: Path) -> None:
    rows = [claim("0001"), claim("0002", surname='"Sample'), claim("0003"), claim("0004", surname='O"Sample')]
    tables = read(tmp_path, sheet(*rows, claim("0005"), claim("0006")))
    assert tables.column("claims", "candidate_number") == ["0001", "0003", "0005", "0006"]
    assert tables.column("rejects", "line") == [3, 5]


def test_a_quoted_value_keeps_its_delimiters_quotes_and_line_ends(tmp_path: Path) -> None:
    rows = [claim(surname='"Sample, ""the"" \nsecond"'), claim("0043")]
    tables = read(tmp_path, sheet(*rows))
    assert tables.column("claims", "surname") == ['Sample, "the" \nsecond', "Sample"]
    assert tables.column("claims", "line") == [2, 4]
    assert tables.rows("evidence")[0]["raw"] == rows[0]


def test_damage_of_a_spreadsheet_is_repaired_and_counted(tmp_path: Path) -> None:
    rows = [
        '99999,="0042",Sample\u00a0One,\u00a0Ann,5878,05834/04,M,17/05/2026',
        "9999,43,Other,Bo,05878,05834/04,M,17/05/2026",
        "99999,0044,Null,None,05878,05834/04,M,17/05/2026",
    ]
    tables = read(tmp_path, sheet(*rows))
    assert [
        (row["centre_number"], row["candidate_number"], row["surname"], row["forenames"], row["qualification_code"])
        for row in tables.rows("claims")
    ] == [
        ("99999", "0042", "Sample One", "Ann", "05878"),
        ("09999", "0043", "Other", "Bo", "05878"),
        ("99999", "0044", "Null", "None", "05878"),
    ]
    assert [(row["column_name"], row["repair"], row["rows"], row["first_line"]) for row in tables.rows("repairs")] == [
        ("candidate_number", "formula_wrapper", 1, 2),
        ("candidate_number", "leading_zeros", 1, 3),
        ("centre_number", "leading_zeros", 1, 3),
        ("forenames", "non_breaking_space", 1, 2),
        ("qualification_code", "leading_zeros", 1, 2),
        ("surname", "non_breaking_space", 1, 2),
    ]


def test_a_repaired_byte_is_counted_for_the_line(tmp_path: Path) -> None:
    text = sheet(claim(surname="Zo\u00eb?")).encode("cp1252").replace(b"?", b"\x81")
    tables = read(tmp_path, text)
    assert tables.column("claims", "surname") == ["Zoë\ufffd"]
    assert [(row["column_name"], row["repair"]) for row in tables.rows("repairs")] == [(None, "undefined_byte")]


@pytest.mark.parametrize(
    ("caps", "text", "said"),
    [
        (Caps(line_bytes=500), sheet(claim(surname="x" * 600)), "a line has"),
        (Caps(columns=10), sheet(header=CLAIMS + ",x" * 5), "13 columns"),
        (Caps(file_bytes=100), sheet(claim(), claim("0043")), "bytes; the most that is read is 100"),
    ],
)
def test_a_file_over_a_cap_is_refused(caps: Caps, text: str, said: str, tmp_path: Path) -> None:
    file = read(tmp_path, text, caps=caps).file()
    assert (file["is_refused"], file["reason"]) == (True, "over a cap")
    assert said in file["detail"]


def test_files_of_other_headers_and_delimiters_are_read_together_each_by_its_own(tmp_path: Path) -> None:
    texts = [
        sheet(claim("0001")),
        sheet(claim("0002")).replace(",", ";"),
        sheet(
            "05834/04,99999,0003,Sample,Ann,05878,M,17/05/2026", header="Unit Code," + CLAIMS.replace("Unit Code,", "")
        ),
        sheet(),
    ]
    tables = read(tmp_path, *texts)
    assert tables.column("claims", "candidate_number") == ["0001", "0002", "0003"]
    assert tables.column("claims", "unit_code") == ["05834/04"] * 3
    assert tables.column("files", "rows_read") == [1, 1, 1, 0]
    assert len(tables.parts) == 1


def test_blank_cells_at_the_end_of_a_file_of_tabs_are_there_before_a_ctrl_z_too(tmp_path: Path) -> None:
    rows = [claim("0001") + ",,", claim("0002") + ",,"]
    text = sheet(*rows, header=f"{CLAIMS},Claim Type,Assessor").replace(",", "\t").removesuffix("\n")
    tables = read(tmp_path, f"{text}\x1a", f"{text}\x1a\r\n\x1a")
    assert tables.column("claims", "candidate_number") == ["0001", "0002"] * 2
    assert tables.column("files", "rows_rejected") == [0, 0]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r\n\x1a"])
def test_an_open_quote_in_the_last_header_does_not_count_a_line_that_is_not_there(end: str, tmp_path: Path) -> None:
    file = read(tmp_path, f'{CLAIMS},"{end}').file()
    assert (file["rows_framing"], file["rows_read"]) == (1, 0)
