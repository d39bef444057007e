"""The inbox: which file holds which rows, under which name, in which encoding.

Takes a finished world; gives the bytes of every file by its path, `planted.csv` and `quiet.csv` among them.
Promises that planted findings name lines of the files as written.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date
from typing import Unpack

from pipelines.rehearsal import edi, faults_files
from pipelines.rehearsal.model import MAIN, SECOND, Person, Planted, Row, World
from pipelines.rehearsal.reference import boundaries
from pipelines.rehearsal.sheets import Spelling, archive, ordered, sheet, spreadsheet

# name: centres, rows, board, series in the headers, sequence, created
RESULTS: dict[str, tuple[tuple[str, ...], str, str, str, int, date]] = {
    "R9999972.X01": ((MAIN,), "6E26", "72", "6E26", 1, date(2026, 8, 7)),
    "R9999972.X02": ((MAIN,), "9I25-1", "72", "9I25", 2, date(2026, 8, 1)),
    "R9999972.X03": ((MAIN,), "9I25-2", "72", "9I25", 3, date(2026, 8, 3)),
    "R9999972.X04": ((MAIN,), "9C25-1", "72", "9C25", 4, date(2026, 8, 1)),
    "R9999972.X05": ((MAIN,), "9C25-2", "72", "9C25", 5, date(2026, 8, 3)),
    "R9999972.X06": ((MAIN,), "6E26", "72", "6E26", 6, date(2026, 8, 10)),
    "R6I26_72.X01": ((MAIN,), "9I25-1", "72", "6I26", 7, date(2026, 8, 5)),
    "R9999972.X11": ((MAIN,), "1E26", "72", "1E26", 11, date(2026, 3, 12)),
    "R9999972.X21": ((MAIN,), "9I24-1", "72", "9I24", 21, date(2025, 8, 1)),
    "R9999972.X22": ((MAIN,), "9I24-2", "72", "9I24", 22, date(2025, 8, 6)),
    "R9999972.X23": ((MAIN,), "9C24-1", "72", "9C24", 23, date(2025, 8, 1)),
    "R9999972.X24": ((MAIN,), "9C24-2", "72", "9C24", 24, date(2025, 8, 6)),
    "R6E25_72.X01": ((MAIN, SECOND), "6E25", "72", "6E25", 1, date(2025, 8, 11)),
    "R9999872.X01": ((SECOND,), "6E26", "72", "6E26", 1, date(2026, 8, 10)),
    "R9999872.X02": ((SECOND,), "9I25-1", "72", "9I25", 2, date(2026, 8, 1)),
    "R9999901.X01": ((MAIN,), "6B25", "01", "6B25", 1, date(2025, 8, 13)),
    "R9999901.X02": ((MAIN,), "1A26", "01", "1A26", 2, date(2026, 3, 12)),
    "R9999970.X01": ((MAIN,), "BG24", "70", "BG24", 1, date(2025, 1, 8)),
}
XML = {
    "6B25": ("a2c.99999.01.EDIResults.5A3E0C1D-0000-4000-8000-0000000006B25.xml", "2025-08-13T00:01:00"),
    "6A25": ("A2C.99999.01.ediresults.5A3E0C1D-0000-4000-8000-0000000006A25.xml", "2025-08-20T00:01:00"),
}
PLANTED = [
    "code",
    "severity",
    "centre_number",
    "candidate_number",
    "ocr_candidate_number",
    "uci",
    "series",
    "qualification_code",
    "unit_code",
    "option_code",
    "file",
    "line",
    "cause",
    "state",
    "note",
]
README = """This folder stands for the inbox of an invented centre on the morning of 10 August 2026.
Files called README are not read as results.
"""


def results_files(world: World) -> dict[str, bytes]:
    """EDI and XML results."""
    files = {
        name: edi.lines_of(edi.results(world, name, centres, source, (board, series, number, created)))
        for name, (centres, source, board, series, number, created) in RESULTS.items()
    }
    for series, (name, created) in XML.items():
        files[name] = edi.xml_results(world, series, MAIN, created).encode("utf-8")
    return files


def entry_file(world: World) -> bytes:
    """The EDI entries of June 2026: those of the students flagged for it."""
    units = world.reference.units
    options: dict[str, list[str]] = defaultdict(list)
    first: dict[str, Row] = {}
    for row in world.find("entry", Series="6E26"):
        person = row.person
        if person and person.on_entry_file and person.centre == MAIN and row.cells["Entry Type"] == "unit":
            options[person.number].append(units[row.cells["Entry Code"]].option)
            first.setdefault(person.number, row)
    body = []
    for number in sorted(options):
        person = first[number].person
        if person:
            body.append(edi.entry_line("E", first[number], [*options[number], *person.entered_twice]))
    return edi.lines_of(edi.framed("E", "72", "6E26", 1, date(2026, 2, 20), [(MAIN, body)]))


def excel_damage(column: str, value: str) -> str:
    """What opening and saving in a spreadsheet program does to codes."""
    if column == "Series":
        return value.replace("E", "E+")
    if column in ("OCR Candidate Number", "Candidate Number", "Qualification Code"):
        return value.lstrip("0")
    return value


def boundary_rows(world: World) -> list[Row]:
    """The published boundaries of both series of this season, one of them mistyped."""
    rows = [
        Row(
            "boundary",
            "",
            None,
            {
                "Series": series,
                "Unit Code": u.code,
                "Maximum Mark": str(u.maximum_mark),
                "Grade": grade,
                "Minimum Mark": str(low),
            },
        )
        for series in ("1E26", "6E26")
        for u in world.reference.units.values()
        if u.examined
        for grade, low in boundaries(u, series).items()
    ]
    bad = next(r for r in rows if r.cells["Unit Code"] == "05834/10" and r.cells["Grade"] == "D")
    bad.cells["Minimum Mark"] = "tbc"
    world.plant("row_rejected", "error", row=bad, file="grade_boundaries_2026 (1).csv", note="no number")
    return rows


def report_files(world: World) -> dict[str, bytes]:
    """The CSV reports, and the spreadsheet."""

    def rows(kind: str, file: str) -> list[Row]:
        return ordered(world.find(kind, file=file))

    def text(name: str, kind: str, file: str, **options: Unpack[Spelling]) -> tuple[str, bytes]:
        return name, sheet(name, kind, rows(kind, file), **options)

    title = ("Candidate achievement report", "Series 6E26 only. Run on 10/08/2026")
    bound = "grade_boundaries_2026 (1).csv"
    return dict(
        [
            text("candidate_achievement_report.csv", "achievement", "all", encoding="utf-8-sig"),
            text("achievement_digital_media_6E26.csv", "achievement", "digital_media", titles=title),
            text("achievement_engineering.csv", "achievement", "engineering"),
            text("achievement_science_6E26.csv", "achievement", "science"),
            text("achievement_IT_1E26.csv", "achievement", "january"),
            text("examined_marks_6E26.csv", "marks", "6E26", delimiter=";"),
            text("examined_marks_1E26.csv", "marks", "1E26", damage=excel_damage),
            text("tracker_summary.csv", "summary", "summary", end="\n"),
            text("tracker_detailed.csv", "detail", "detail", encoding="latin-1"),
            text("tracker_detailed_26_June_2025.csv", "detail", "2025-06-26"),
            text("tracker_detailed_16_July.csv", "detail", "2026-07-16"),
            text("claims_2025-26.csv", "claim", "IT"),
            ("claims_business.xlsx", spreadsheet("claims_business.xlsx", "claim", rows("claim", "Business"))),
            text("entries_2025-26.csv", "entry", "2025-26"),
            text("entries_general_2024-25.csv", "entry", "general", encoding="utf-16", delimiter="\t"),
            (bound, sheet(bound, "boundary", boundary_rows(world))),
        ]
    )


def archived(world: World) -> bytes:
    """Last season's reports and basedata, and an archive inside the archive."""
    old = ordered(world.find("marks", file="6E25"))
    members = {"examined_marks_6E25.csv": sheet("reports_2025.zip!examined_marks_6E25.csv", "marks", old)}
    for series, board in (
        ("9I23", "72"),
        ("9C23", "72"),
        ("6E24", "72"),
        ("9I24", "72"),
        ("9C24", "72"),
        ("6E25", "72"),
        ("6B25", "01"),
        ("6A25", "01"),
    ):
        for name, lines in edi.basedata(world, series, board).items():
            members[f"basedata/{name}"] = edi.lines_of(lines)
    members["older.zip"] = archive({"note.csv": b"nothing\r\n"})
    world.plant("file_refused", "error", file="reports_2025.zip!older.zip", note="edge: an archive inside an archive")
    return archive(members)


def files(world: World) -> dict[str, bytes]:
    """Every file of the sample by its path under `data/sample/`."""
    found = report_files(world) | results_files(world)
    found |= faults_files.amendments(world) | faults_files.broken_results(world) | faults_files.broken_reports(world)
    found["E9999972.X01"] = entry_file(world)
    faults_files.cut_short(world, found)
    faults_files.doubled(world, found)
    faults_files.superseded(world)
    found["reports_2025.zip"] = archived(world)
    found["README.txt"] = README.encode("ascii")
    for series, board in (("6E26", "72"), ("9I25", "72"), ("9C25", "72"), ("1A26", "01")):
        for name, lines in edi.basedata(world, series, board).items():
            found[f"basedata/{name}"] = edi.lines_of(lines)
    made = {f"inbox/{name}": data for name, data in found.items()}
    made["as_of.txt"] = b"2026-08-10T08:30\n"
    made["planted.csv"] = planted(world)
    made["quiet.csv"] = quiet(world)
    return made


def _csv(header: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([header, *rows])
    return out.getvalue().encode("utf-8")


def _all(people: tuple[Person, ...], name: str) -> str:
    return " ".join(sorted({value for person in people for value in person.known(name)}))


def _planted_row(p: Planted) -> list[str]:
    c = p.columns
    line = ""
    if p.row is not None:
        line = str(p.row.lines[c["file"]])
    return [
        p.code,
        p.severity,
        c.get("centre") or (p.people[0].centre if p.people else ""),
        _all(p.people, "number"),
        _all(p.people, "ocr"),
        _all(p.people, "uci"),
        c.get("series", ""),
        c.get("qualification", ""),
        c.get("unit", ""),
        c.get("option", ""),
        c.get("file", ""),
        line,
        c.get("cause", ""),
        p.state,
        p.note,
    ]


def planted(world: World) -> bytes:
    """What the product must say; cells left empty are not compared."""
    return _csv(PLANTED, sorted(_planted_row(p) for p in world.planted))


def quiet(world: World) -> bytes:
    """The people of whom nothing may be said at error or warning (beyond what `who` grants)."""
    ordinary = {
        "y13": "an ordinary Year 13",
        "y12": "a Year 12 in mid-course",
        "left25": "left in 2025",
        "left24": "left in 2024",
    }
    rows = [
        [p.centre, p.number, p.ocr, p.uci, p.who or ordinary[p.year]]
        for p in world.people
        if not p.troubled or p.who.endswith("(only details_differ)")
    ]
    return _csv(["centre_number", "candidate_number", "ocr_candidate_number", "uci", "who"], sorted(rows))
