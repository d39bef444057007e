"""One result of a general qualification in EDI and in XML is one result with two witnesses, however each spells it.

And what the two files and a typed table of boundaries say of marks, from the files to the findings.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests import narrow
from tests.cli_helpers import call
from tests.test_joins import made

AS_OF = "2026-08-22T08:30"
CODES = (
    "certification_entry_missing", "component_total_differs", "grade_not_on_scale", "grades_conflict",
    "mark_above_maximum", "marks_conflict",
)  # fmt: skip
CANDIDATE, UCI = "0042", "999990250042X"


def _edi(series: str, option: str, grade: str, mark: str = "0300", board: str = "01") -> str:
    body = f"R599999{CANDIDATE}{UCI}{option:<6}{option:<6}M{mark:>4}{grade:<2}"
    return "\r\n".join(
        [f"R114{board}{series}001120826", f"R399999{series}", f"{body:<62}"] + ["R7999990000003", "R90000005", ""]
    )


def _xml(series: str, option: str, grade: str, mark: str = "300", board: str = "01", components: str = "") -> str:
    header = f"<AwardingBody>{board}</AwardingBody>" if board else ""
    return (
        f"<EDIResults><Header>{header}<Centre>99999</Centre><Series>{series}</Series>"
        "<Created>2026-08-12T00:01:00</Created></Header><Candidate>"
        f"<CandidateNumber>{CANDIDATE}</CandidateNumber><UCI>{UCI}</UCI><Qualification><OptionCode>{option}</OptionCode>"
        f"<Grade>{grade}</Grade><Mark>{mark}</Mark><MaximumMark>350</MaximumMark>{components}"
        "</Qualification></Candidate></EDIResults>"
    )


def _component(code: str, mark: str, weighted: str) -> str:
    return (
        f"<Component><Code>{code}</Code><Mark>{mark}</Mark><MaximumMark>140</MaximumMark>"
        f"<WeightedMark>{weighted}</WeightedMark></Component>"
    )


def _tables(tmp_path: Path, **contents: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The folded awards and the findings of a run over these files; the names have `__` for the dot."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, content in contents.items():
        (inbox / name.replace("__", ".")).write_text(content, encoding="utf-8", newline="")
    data = tmp_path / "data"
    with narrow.only(*CODES, tables=("qualification_results",)):
        said = call("run", "--inbox", inbox, "--data", data, "--as-of", AS_OF, "--centre", "99999")
    assert said.code == 0, said.err
    tables = data / "current" / "tables"
    return pl.read_parquet(tables / "qualification_results.parquet"), pl.read_parquet(tables / "discrepancies.parquet")


#: board, series, option; the grade as EDI and as XML spell it, and as it is folded
SPELLINGS = (
    ("01", "6B26", "H446", "*", "A*", "A*"),
    ("01", "6A26", "J250", "76", "76", "7-6"),
    ("01", "6A26", "J260", "76", "7-6", "7-6"),
    ("01", "6A26", "J277", "U", "U", "U"),
    ("70", "6A26", "8464H", "76", "7-6", "76"),
    ("70", "6A26", "7402", "*", "A*", "A*"),
)


def test_one_result_by_edi_and_xml_is_one_with_two_witnesses_however_each_spells_it(tmp_path: Path) -> None:
    files = {}
    for number, (board, series, option, in_edi, in_xml, _grade) in enumerate(SPELLINGS, 1):
        files[f"R99999{board}__X{number:02}"] = _edi(series, option, in_edi, board=board)
        files[f"results{number}__xml"] = _xml(series, option, in_xml, board=board)
    awards, found = _tables(tmp_path, **files)
    said = awards.select("board", "series", "option_code", "grade", "mark", "maximum_mark", "carriers").rows()
    assert sorted(said) == sorted((*one[:3], one[5], 300, 350, "edi xml") for one in SPELLINGS)
    assert not set(found["code"]) & {"grades_conflict", "marks_conflict", "grade_not_on_scale"}


def test_an_xml_file_that_does_not_name_its_board_is_a_witness_all_the_same(tmp_path: Path) -> None:
    awards, found = _tables(
        tmp_path, R9999901__X01=_edi("6B26", "H446", "A"), results__xml=_xml("6B26", "H446", "B", board="")
    )
    assert awards.select("board", "carriers").rows() == [("01", "edi xml")]
    assert found.filter(pl.col("code") == "grades_conflict").height == 1


def test_a_number_that_two_boards_use_in_one_series_is_two_results(tmp_path: Path) -> None:
    awards, found = _tables(
        tmp_path,
        R9999901__X01=_edi("6B26", "1234", "A"),
        R9999970__X01=_edi("6B26", "1234", "B", board="70"),
    )
    assert awards.select("board", "grade").sort("board").rows() == [("01", "A"), ("70", "B")]
    assert "grades_conflict" not in set(found["code"])


def test_components_that_do_not_add_up_and_a_mark_too_high_are_found_in_the_files(tmp_path: Path) -> None:
    components = _component("H446/01", "141", "150") + _component("H446/02", "100", "149")
    _awards, found = _tables(
        tmp_path,
        R9999901__X01=_edi("6B26", "H446", "B", mark="0352"),
        results__xml=_xml("6B26", "H446", "B", mark="352", components=components),
    )
    ours = found.filter(pl.col("code").is_in(["component_total_differs", "mark_above_maximum"])).sort("code")
    assert ours.select("code", "option_code", "found").rows() == [
        ("component_total_differs", "H446", "mark 352, the 2 weighted component marks together 299"),
        ("mark_above_maximum", "H446", "XML mark 352"),
    ]


@pytest.mark.parametrize(("kind", "gradeset"), [("", "gcse"), ("GCSE", "gcse"), ("GCE", "gce"), ("ELC", None)])
def test_an_award_of_another_type_is_read_by_no_scale_of_gcse(kind: str, gradeset: str | None) -> None:
    result = {
        "centre_number": "99999", "board": "01", "series": "6A26", "kind": "qualification", "option_code": "R300",
        "qualification_code": "R300", "is_technical": "false", "carrier": "edi", "file_id": "e", "line": "3",
    }  # fmt: skip
    option = {"option_code": "R300", "item": "C", "certification_type": kind, "file_id": "o", "line": "3"}
    assert made("gradesets", "gradeset", placed_results=[result], incoming_options=[option]) == [(gradeset,)]


def test_units_of_a_general_qualification_without_a_certification_entry_are_found_in_the_files(tmp_path: Path) -> None:
    options = [("F451", "UGCE A  "), ("H046", "C       ")]
    basedata = ["O114016B26001120126", "O3000006B26"]
    basedata += [f"O5{code:<6}H046  {'GCE A  ' if item[0] == 'C' else ' ' * 7}{item}E" for code, item in options]
    basedata += ["O7000000000004", "O90000006", ""]
    units = [f"R599999{number}{'':13}F451  F451  M0070B " for number in ("0042", "0043")]
    results = ["R114016B26001120826", "R3999996B26"]
    results += [f"{line:<62}" for line in units] + ["R7999990000004", "R90000006", ""]
    entries = "Centre Number,Candidate Number,Surname,Forename(s),Series,Entry Code,Entry Type\n" + "".join(
        f"99999,{number},{name},6B26,{code},{kind}\n"
        for number, name, code, kind in (
            ("0042", "Quillfeather,Ada", "F451", "unit"),
            ("0042", "Quillfeather,Ada", "H046", "certification"),
            ("0043", "Nightingrove,Ben", "F451", "unit"),
        )
    )
    _awards, found = _tables(
        tmp_path,
        O6B26_01__X01="\r\n".join(basedata),
        R9999901__X01="\r\n".join(results),
        entries__csv=entries,
    )
    missing = found.filter(pl.col("code") == "certification_entry_missing")
    assert missing.select("candidate_number", "option_code").rows() == [("0043", "H046")]
