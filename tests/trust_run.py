"""Two invented centres of one trust in one inbox, run once; a third, whose rows came along, is not the trust's.

One report and one list of entries hold the students of all three; each centre has an EDI file of its own. Every name
and number is given to one student alone.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.cli_helpers import call

AS_OF = "2026-08-10T08:30"
OURS = ("99998", "99999")
STUDENTS = {"99999": 9, "99998": 6, "99997": 2}
#: of so many at each centre the EDI file has another grade than the report
CONFLICTS = {"99999": 6, "99998": 2, "99997": 1}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _uci(centre: str, number: int) -> str:
    stem = f"{centre}025{number:04d}"
    total = sum(int(digit) * weight for digit, weight in zip(stem, range(16, 4, -1), strict=True))
    return stem + "ABCDEFGHKLMRTVWXY"[total % 17]


def canaries(centre: str) -> list[str]:
    """Surname, forename, UCI and OCR number of each student of a centre."""
    found: list[str] = []
    for number in range(STUDENTS[centre]):
        found += person(centre, number)[:4]
    return found


def person(centre: str, number: int) -> tuple[str, str, str, str, str]:
    """Surname, forename, UCI, OCR number, candidate number: nobody shares one, wherever they are."""
    letter, sort = _LETTERS[number], {"99999": "Quorn", "99998": "Vexley", "99997": "Zubrin"}[centre]
    last = int(centre[-1])
    given = {"9": "Ambrose", "8": "Bertram", "7": "Clement"}[centre[-1]]
    own = 1000 * (10 - last) + 11 * number + 1
    return f"{sort}{letter * 2}ford", f"{given}{letter * 2}", _uci(centre, own), f"4{last}00{own:04d}", f"{own:04d}"


def _edi(centre: str, series: str) -> str:
    rows = []
    for number in range(STUDENTS[centre]):
        _, _, uci, _, candidate = person(centre, number)
        grade = "D" if number < CONFLICTS[centre] else "M"
        rows.append(f"R5{centre}{candidate}{uci:<13}{'583801':<6}{'583801':<6}M0050{grade:<2}".ljust(62))
    head = [f"R11472{series}001070826", f"R3{centre}{series}"]
    return "\r\n".join([*head, *rows, f"R7{centre}{len(rows) + 2:07d}", f"R9{len(rows) + 4:07d}"]) + "\r\n"


def _lines(centres: tuple[str, ...], tail: str) -> list[str]:
    lines = []
    for centre in centres:
        for number in range(STUDENTS[centre]):
            surname, forename, uci, ocr, candidate = person(centre, number)
            lines.append(f"{centre},{ocr},{candidate},{uci},{surname},{forename},{number + 1:02d}/02/2008,{tail}")
    return lines


def write_inbox(inbox: Path, centres: tuple[str, ...] = ("99997", "99998", "99999")) -> None:
    """Write the trust's files, or those of some of its centres."""
    inbox.mkdir(parents=True)
    who = "Centre Number,OCR Candidate Number,Candidate Number,UCI,Surname,Forename(s),Date of Birth"
    award = "05839,Level 3 Cambridge Technical Extended Certificate in IT,,,05838/01,Fundamentals of IT,90,M,24"
    report = (
        f"{who},Qualification Code,Qualification Title,Qualification Grade,Qualification Award Date,Unit Code,"
        "Unit Title,Unit GLH,Unit Grade,Unit Points,Unit Series,Unit Award Date"
    )
    files = {
        "candidate_achievement_report.csv": [
            report,
            *_lines(centres, f"{award},6E26,10/08/2026"),
        ],
        "entries.csv": [
            f"{who},Series,Entry Code,Entry Type,Intended Level,Entry Date,Withdrawn",
            *_lines(centres, "6E26,05838/01,unit,3,18/02/2026,"),
        ],
    }
    for name, lines in files.items():
        (inbox / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    for place, centre in enumerate(centres, 1):
        path = inbox / f"R{centre}72.X{place:02d}"
        path.write_text(_edi(centre, "6E26"), encoding="utf-8", newline="")


def ran(data: Path, *centres: str) -> Path:
    """Run what lies in the folder's inbox for these centres; gives the run's reports."""
    asked = [word for centre in centres for word in ("--centre", centre)]
    said = call("run", "--data", data, "--as-of", AS_OF, *asked)
    assert said.code == 0, said
    return data / "current" / "reports"


@cache
def published() -> Path:
    """A data folder with one published run of the two centres; made once a process, not to be changed."""
    data = Path(tempfile.mkdtemp(prefix="resultsday-trust-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    write_inbox(data / "inbox")
    ran(data, *OURS)
    return data


def reports() -> Path:
    """The reports of that run."""
    return published() / "current" / "reports"
