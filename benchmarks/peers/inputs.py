"""A morning of many centres for all who are measured, with faults of known number planted in it.

Takes a folder and a number of results lines; writes three EDI results files a centre and one candidate achievement
report of all centres, and gives how many faults of each kind are in them. Nothing but the standard library is
imported, so that a process which calls this stays small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.centre import EXAMS, IDENTITY, NAMES, WORK, edi, line, uci

CODES = ("missing_uci", "duplicate_candidate_number", "grades_conflict")
MOST_STUDENTS = 334  #: of a centre: some 670 lines a file, as weekly files of a college have
SURNAMES = ("Ash", "Brook", "Cliff", "Dell", "Elm", "Fern", "Glen", "Heath", "Isle", "Lake", "Marsh", "Oak", "Pond")
ENDINGS = ("bury", "combe", "dale", "field", "ford", "ham", "hurst", "ley", "stead", "ton", "wick", "worth")
FORENAMES = ("Ada", "Bram", "Cleo", "Dov", "Esme", "Finn", "Gaia", "Hal", "Ines", "Jago", "Kit")
REPORT = (
    f"{IDENTITY},ULN,{NAMES},Qualification Code,Qualification Title,Qualification Grade,Qualification Award Date,"
    "Unit Code,Unit Title,Unit GLH,Unit Grade,Unit Points,Unit Series,Unit Award Date"
)
#: unit, grade, series, day of the award
UNITS = (
    *((unit, grade, "6E26", "10/08/2026") for unit, _, grade in EXAMS),
    (WORK[0][0], WORK[0][2], "9I25", "09/07/2026"),
    (WORK[1][0], WORK[1][2], "9I25", "02/08/2026"),
)


@dataclass
class Planted:
    """Faults of each kind that a check must find: students, students, and results."""

    missing_uci: int = 0
    duplicate_candidate_number: int = 0
    grades_conflict: int = 0


def _student(planted: Planted, centre: str, number: int, place: int, known: bool) -> Iterator[str]:
    """The report's lines of one student; `known` is false of those whom EDI leaves out, for want of a UCI."""
    names = f"{SURNAMES[place % 13]}{ENDINGS[place // 13 % 12]},{FORENAMES[place // 156 % 11] if known else 'Quill'}"
    born = date(2007, 9, 1) + timedelta(days=place * 7 % 365 + (0 if known else 400))
    is_double, differs, is_patchy = (known and place % n == rest for n, rest in ((100, 7), (50, 11), (80, 13)))
    planted.missing_uci += not known
    planted.duplicate_candidate_number += is_double
    planted.grades_conflict += differs
    for row, (unit, grade, series, day) in enumerate(UNITS):
        ocr = 40_000_000 + place + (30_000_000 if is_double and row > 2 else 0) + (0 if known else 15_000_000)
        # a line without the UCI is no fault where another line of the same student has it
        said = uci(centre, number) if known and not (is_patchy and row) else ""
        other = "U" if differs and row == 1 else grade
        yield (
            f"{centre},{ocr},{number:04d},{said},,{names},{born:%d/%m/%Y},05839,IT,M,03/08/2026,"
            f"{unit},Unit,60,{other},,{series},{day}"
        )


def make(folder: Path, rows: int) -> Planted:
    """Write at least `rows` R5 lines, three files a centre, and the report; gives what was planted."""
    folder.mkdir(parents=True)
    planted, students = Planted(), -(-rows // 6)
    with (folder / "candidate_achievement_report.csv").open("w", encoding="utf-8", newline="") as report:
        report.write(f"{REPORT}\r\n")
        for first in range(0, students, MOST_STUDENTS):
            centre = f"{99999 - first // MOST_STUDENTS}"
            places = range(first, min(first + MOST_STUDENTS, students))
            everyone = range(1, len(places) + 1)
            exams = [line(centre, n, code, "M", f"0050{grade}") for n in everyone for _, code, grade in EXAMS]
            july = [line(centre, n, WORK[0][1], "M", f"    {WORK[0][2]}") for n in everyone]
            august = [line(centre, n, WORK[1][1], "M", f"    {WORK[1][2]}") for n in everyone]
            august += [line(centre, n, "05839", "G", "M") for n in everyone]
            bodies = ((exams, "6E26", 1, "100826"), (july, "9I25", 2, "010826"), (august, "9I25", 3, "060826"))
            for body, series, sequence, created in bodies:
                text = edi(body, centre, series, sequence, created)
                (folder / f"R{centre}72.X{sequence:02d}").write_text(text, encoding="ascii", newline="")
            for number, place in zip(everyone, places, strict=True):
                report.writelines(f"{one}\r\n" for one in _student(planted, centre, number, place, known=True))
                if place % 60 == 17:
                    report.writelines(
                        f"{one}\r\n" for one in _student(planted, centre, 5000 + number, place, known=False)
                    )
    return planted
