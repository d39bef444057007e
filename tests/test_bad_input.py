"""Bad input of every kind a school meets: what is said of it, how the run ends, and that the good files still count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests import narrow
from tests.cli_helpers import AS_OF, Said, call

CENTRE = "99999"
#: what is said of files, their lines and who is missing in them
CODES = (
    "file_for_other_centre", "file_refused", "file_series_unknown", "file_truncated", "missing_from_interchange",
    "row_rejected",
)  # fmt: skip
ENTRIES = (
    "Centre Number,Candidate Number,UCI,Surname,Forename(s),Series,Entry Code\n"
    "99999,0001,999990250001H,Quillfeather,Ada,6E26,05838/01\n"
)
HEAD = "R114726E26001100826\r\nR3999996E26\r\n"
LINE = "R5999990001999990250001H583801583801M0050M           \r\n"
MARKS_HEAD = (
    "Series,Centre Number,Qualification Code,Unit Code,OCR Candidate Number,Surname,Forename(s),"
    "Raw Mark,Final Mark,Grade\n"
)


def edi(*lines: str, head: str = HEAD, count: int | None = None) -> str:
    """An EDI results file that is whole, unless another count is given."""
    body = count if count is not None else len(lines)
    return head + "".join(lines) + f"R799999{body + 2:07d}\r\nR9{len(lines) + 4:07d}\r\n"


def run(tmp_path: Path, **contents: str | bytes) -> Said:
    """Run over these files beside one good one; the names have `__` for the dot."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "good.csv").write_text(ENTRIES, encoding="utf-8")
    for name, content in contents.items():
        path = inbox / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    arguments = ("--inbox", inbox, "--data", tmp_path / "data", "--as-of", AS_OF, "--centre", CENTRE)
    with narrow.only(*CODES):
        return call("run", *arguments, "--format", "json")


def told(said: Said) -> dict[str, Any]:
    """What the run says of itself; it ended well, and without a traceback."""
    assert said.code == 0, said.err
    assert "Traceback" not in said.err
    answer: dict[str, Any] = json.loads(said.out)
    return answer


def file_said(answer: dict[str, Any], name: str) -> dict[str, Any]:
    """What became of one file."""
    found = [one for one in answer["inputs"] if one["name"] == name]
    assert len(found) == 1
    return dict(found[0])


def codes(answer: dict[str, Any]) -> dict[str, int]:
    """How often each code was found."""
    return {one["code"]: one["found"] for one in answer["findings"]["by_code"]}


REFUSED: dict[str, tuple[str, str | bytes, str]] = {
    "a file of no known kind": ("notes__txt", "Dear all,\nsee you on Thursday.\n", "no layout fits"),
    "an empty file": ("empty__csv", "", "the file is empty"),
    "a picture": ("photo__csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 40, "no layout fits"),
    "a report without a required column": (
        "marks__csv",
        MARKS_HEAD.replace(",Grade", "") + "6E26,99999,05839,05838/01,40000001,Quillfeather,Ada,50,50\n",
        "no layout fits",
    ),
    "two kinds at once": (
        "both__csv",
        (
            "Centre Number,Candidate Number,OCR Candidate Number,Surname,Forename(s),Series,Entry Code,"
            "Qualification Code,Unit Code,Claimed Grade,Claim Date\n"
            "99999,0001,40000001,Quillfeather,Ada,6E26,05838/01,05838,05838/09,M,01/06/2026\n"
        ),
        "two layouts fit",
    ),
    "every line bad": (
        "R9999972__X01",
        edi(*[LINE.replace("M0050M", "?0050M")] * 4),
        "more than half of its rows would be rejected",
    ),
    "lines shifted by one": ("R9999972__X02", edi(*[LINE.replace("R5", "R5 ")] * 4), "no layout fits"),
    "an XML file that declares a document type": (
        "a2c__xml",
        '<!DOCTYPE EDIResults [<!ENTITY x SYSTEM "file:///etc/hostname">]><EDIResults>&x;</EDIResults>',
        "document type",
    ),
}


def test_files_that_cannot_be_used_are_refused_each_with_its_reason_and_the_rest_is_read(tmp_path: Path) -> None:
    # each of them alone: tests/hostile/test_each.py
    answer = told(run(tmp_path, **{name: content for name, content, _ in REFUSED.values()}))
    for kind, (name, _, reason) in REFUSED.items():
        refused = file_said(answer, name.replace("__", "."))
        assert (refused["status"], refused["rows_kept"]) == ("refused", 0), kind
        assert reason in refused["reason"], kind
    assert file_said(answer, "good.csv")["status"] == "read"
    assert codes(answer)["file_refused"] == len(REFUSED)


def test_a_file_for_another_centre_is_set_aside_as_such(tmp_path: Path) -> None:
    other = edi(LINE.replace("99999", "99997"), head=HEAD.replace("99999", "99997")).replace("R799999", "R799997")
    answer = told(run(tmp_path, R9999772__X01=other))
    assert codes(answer).get("file_for_other_centre") == 1
    assert "file_refused" not in codes(answer)


def test_a_series_of_question_marks_is_set_aside_as_such_unless_the_name_says_it(tmp_path: Path) -> None:
    hidden = edi(LINE, head=HEAD.replace("6E26", "????"))
    answer = told(run(tmp_path, R9999972__X01=hidden))
    assert codes(answer).get("file_series_unknown") == 1
    assert "file_refused" not in codes(answer)
    (tmp_path / "named").mkdir()
    named = told(run(tmp_path / "named", R6E26_72__X01=hidden))
    assert "file_series_unknown" not in codes(named)
    assert named["sums"]["statements"]["kept"] == 1


def test_half_a_file_keeps_its_whole_lines_and_covers_nothing(tmp_path: Path) -> None:
    half = edi(LINE, LINE.replace("0001", "0002"), count=9).replace("R9", "R9")[:-30]
    answer = told(run(tmp_path, R9999972__X01=half))
    assert file_said(answer, "R9999972.X01")["status"] == "truncated"
    assert answer["sums"]["statements"]["kept"] >= 1
    assert codes(answer)["file_truncated"] == 1
    assert answer["rules"]["missing_from_interchange"]["status"] == "not_evaluated"


def test_one_bad_line_costs_that_line(tmp_path: Path) -> None:
    bad = LINE.replace("M0050M", "Z0050M")
    answer = told(run(tmp_path, R9999972__X01=edi(LINE, LINE.replace("0001", "0002"), bad)))
    one = file_said(answer, "R9999972.X01")
    assert (one["rows_read"], one["rows_kept"], one["rows_rejected"]) == (3, 2, 1)
    assert codes(answer)["row_rejected"] == 1
    listed = call("findings", "--data", tmp_path / "data", "--code", "row_rejected")
    assert "R9999972.X01:5" in listed.out
    assert "^ column 37, result type" in listed.out
    assert "expected: M or G" in listed.out


def test_an_empty_inbox_ends_with_10_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    said = call("run", "--inbox", tmp_path / "inbox", "--data", tmp_path / "data")
    assert said.code == 10
    assert "Put the results files" in said.err
    assert said.out == ""


def test_an_inbox_of_unusable_files_ends_with_10_and_names_them(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "notes.txt").write_text("nothing of ours\n", encoding="utf-8")
    said = call("run", "--inbox", tmp_path / "inbox", "--data", tmp_path / "data", "--as-of", AS_OF)
    assert said.code == 10
    assert "notes.txt" in said.err
    assert not (tmp_path / "data" / "current").exists()


def test_a_wrong_time_a_wrong_season_and_a_wrong_centre_are_usage_errors(tmp_path: Path) -> None:
    for option, value in (("--as-of", "tomorrow"), ("--season", "2025-27"), ("--centre", "12")):
        said = call("run", "--inbox", tmp_path, "--data", tmp_path / "data", option, value)
        assert said.code == 2, option
        assert "Traceback" not in said.err


def test_fail_on_decides_the_exit_code_and_nothing_else(tmp_path: Path) -> None:
    blank = ENTRIES.replace("999990250001H", "") + "99999,0002,999990250002E,Marrowby,Ben,6E26,05838/01\n"
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "entries.csv").write_text(blank, encoding="utf-8")
    arguments = ("--inbox", inbox, "--data", tmp_path / "data", "--as-of", AS_OF, "--centre", CENTRE)
    with narrow.only("missing_uci"):
        assert call("run", *arguments).code == 0
        assert call("run", *arguments, "--fail-on", "error").code == 1
        assert call("check", *arguments).code == 1
        assert call("check", *arguments, "--fail-on", "never").code == 0
