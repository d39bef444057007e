"""A tiny invented centre, run once through the real program, and a way to call the command line as a person would.

Centre 99999 has five students, each with one thing wrong or right; the numbers and names are made up. The names and
UCIs are canaries: nothing but tables and staff reports may hold them.
"""

from __future__ import annotations

import atexit
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

from pipelines import cli

AS_OF = "2026-08-10T08:30"

#: of the five students; nothing that is said, as against tabled, may hold one of them
NAMES = ("Quillfeather", "Nightingrove", "Oddsworthy", "Thistlebrook", "Pemberwick", "Isolde", "Barnabas")
UCIS = ("999990250042X", "999990250234Y", "999990254180A")
CANARIES = (*NAMES, *UCIS)


@dataclass(frozen=True)
class Said:
    """What a command gave: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Lines of stdout."""
        return self.out.splitlines()


def call(
    *arguments: str | Path, stdin: str = "", env: Mapping[str, str] | None = None, encoding: str = "utf-8",
    newline: str = "",
) -> Said:  # fmt: skip
    """Run `resultsday` with these arguments in this process; what it says and how it ends.

    `encoding` and `newline` are those of the console.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding, newline=newline) for _ in range(2))
    given = {"COLUMNS": "110", "NO_COLOR": "1", "TERM": "dumb", **(env or {})}
    with (
        patch.object(sys, "argv", ["resultsday", *map(str, arguments)]),
        patch.object(sys, "stdin", io.StringIO(stdin)),
        patch.dict(os.environ, given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            out.flush()
            err.flush()
    said = [stream.buffer.getvalue().decode(encoding) for stream in (out, err)]
    return Said(code, *said)


def _edi(series: str, rows: list[str]) -> str:
    head = [f"R11472{series}001070826", f"R399999{series}"]
    tail = [f"R799999{len(rows) + 2:07d}", f"R9{len(rows) + 4:07d}"]
    return "\r\n".join([*head, *(f"{row:<62}" for row in rows), *tail]) + "\r\n"


def _result(candidate: str, uci: str, option: str, mark: int, grade: str, kind: str = "M") -> str:
    return f"R599999{candidate}{uci:<13}{option:<6}{option:<6}{kind}{mark:04d}{grade:<2}"


def _csv(head: str, rows: list[str]) -> str:
    return "\n".join([head, *rows]) + "\n"


_PERSON = "OCR Candidate Number,Candidate Number,UCI,Surname,Forename(s),Date of Birth"
_WHO = {
    "0042": "00000042,0042,999990250042X,Quillfeather,Isolde,08/09/2007",
    "0234": "00000234,0234,999990250234Y,Nightingrove,Barnabas,01/02/2008",
    "0777": "00000777,0777,,Oddsworthy,Isolde,15/03/2008",
    "4180": "00004180,4180,999990254180A,Thistlebrook,Barnabas,21/11/2007",
    "4180 again": "00004999,4180,999990254180A,Thistlebrook,Barnabas,21/11/2007",
    "0808": "00000808,0808,,Pemberwick,Isolde,30/04/2008",
}


def write_inbox(inbox: Path) -> None:
    """Write the files of the tiny centre."""
    inbox.mkdir(parents=True)
    unit = ("05839,Level 3 Cambridge Technical Extended Certificate in IT,,", "6E26,10/08/2026")
    titles = {"05838/01": "Fundamentals of IT,90", "05838/02": "Global information,90"}
    report = [
        ("0042", "05838/01", "M", "24"),
        ("0234", "05838/01", "P", "21"),
        ("0777", "05838/01", "P", "21"),
        ("4180", "05838/01", "D", "27"),
        ("4180 again", "05838/02", "M", "24"),
    ]
    files = {
        "R9999972.X01": _edi(
            "6E26",
            [
                _result("0042", UCIS[0], "583801", 49, "M"),
                _result("0234", UCIS[1], "583801", 52, "M"),
                _result("4180", UCIS[2], "583801", 60, "D"),
                _result("4180", UCIS[2], "583802", 45, "M"),
                _result("0042", UCIS[0], "583802", 45, "M", kind="?"),
            ],
        ),
        "candidate_achievement_report.csv": _csv(
            f"Centre Number,{_PERSON},Qualification Code,Qualification Title,Qualification Grade,"
            "Qualification Award Date,Unit Code,Unit Title,Unit GLH,Unit Grade,Unit Points,Unit Series,Unit Award Date",
            [
                f"99999,{_WHO[who]},{unit[0]},{code},{titles[code]},{grade},{points},{unit[1]}"
                for who, code, grade, points in report
            ],
        ),
        "entries.csv": _csv(
            f"Centre Number,{_PERSON},Series,Entry Code,Entry Type,Intended Level,Entry Date,Withdrawn",
            [
                f"99999,{_WHO[who]},6E26,{code},unit,3,18/02/2026,"
                for who, code in [
                    ("0042", "05838/01"),
                    ("0234", "05838/01"),
                    ("0777", "05838/01"),
                    ("0808", "05838/01"),
                ]
            ],
        ),
        "notes.csv": "a,b\n1,2\n",
    }
    for name, text in files.items():
        (inbox / name).write_text(text, encoding="utf-8", newline="")


@cache
def published() -> Path:
    """A data folder with one published run of the tiny centre; made once a process, not to be changed."""
    data = Path(tempfile.mkdtemp(prefix="resultsday-tests-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    write_inbox(data / "inbox")
    said = call("run", "--data", data, "--as-of", AS_OF, "--centre", "99999")
    assert said.code == 0, said
    return data
