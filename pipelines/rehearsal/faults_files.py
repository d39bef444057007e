"""Planted faults of files: broken, foreign, doubled, missing, and single bad rows in good ones.

Takes the world before anything is written (`rows_first`), later the files as written; adds the files that are
nobody's report. Promises that a bad row's consequences are planted.
"""

from __future__ import annotations

from datetime import date

from pipelines.rehearsal import edi
from pipelines.rehearsal.cohorts import year12
from pipelines.rehearsal.courses import enrol
from pipelines.rehearsal.model import ELSEWHERE, MAIN, SECOND, Row, World
from pipelines.rehearsal.sheets import COLUMNS, sheet
from pipelines.rehearsal.statements import claim


def rows_first(world: World) -> None:
    """Bad rows, each in a file that is otherwise good, and files that are known to be missing."""
    for fault in (bad_rows, bad_entries, repairs, missing_files, missing_basedata):
        fault(world)


def bad_rows(world: World) -> None:
    """One row a report that cannot be used."""
    blank = {"Centre Number": MAIN, "Qualification Code": "05839", "Unit Code": "05838/01", "Unit Grade": "P"}
    row = world.add("achievement", "all", None, **blank)
    note = "neither an identifier nor a surname"
    world.plant("row_rejected", "error", row=row, file="candidate_achievement_report.csv", note=note)
    person = world.invent("y12")
    year12(world, person, "05839")
    row = world.one("marks", person, Series="6E26")
    row.cells["Final Mark"] = "5l"
    person.troubled = True
    note = "a letter in the final mark; EDI and achievement report have the result"
    world.plant("row_rejected", "error", row=row, file="examined_marks_6E26.csv", note=note)
    person = world.invent("y12")
    work = [("05838/06", "25-1", "P")]
    enrol(world, person, "05839", [("05838/01", "1E26", "M"), ("05838/02", "6E26", "M")], work, finish="2027")
    row = world.one("claim", person)
    row.cells["Claim Date"] = "12/05/26"
    person.troubled = True
    world.plant("row_rejected", "error", row=row, file="claims_2025-26.csv", note="a two-digit year is ambiguous")
    world.plant(
        "result_without_claim",
        "info",
        person,
        unit="05838/06",
        note="follows: the claim was set aside",
    )
    row = world.find("detail", person)[0]
    row.cut = 9
    world.plant("row_rejected", "error", row=row, file="tracker_detailed.csv", note="too few cells")
    person = world.invent("y12")
    year12(world, person, "05835")
    row = claim(world, person, "05835", "05834/12", "P", date(2026, 5, 20))
    row.cells["Claim Date"] = "in May"
    person.troubled = True
    world.plant(
        "row_rejected",
        "error",
        row=row,
        file="claims_business.xlsx",
        note="no date, in a spreadsheet; nothing else speaks of the unit",
    )


def bad_entries(world: World) -> None:
    """Broken entry rows whose entries the EDI entries file has as well."""
    for note in ("too few cells", "edge: a ULN that lost its digits in a spreadsheet"):
        person = world.invent("y12")
        year12(world, person, "05839")
        person.on_entry_file = True
        person.troubled = True
        row = world.one("entry", person, Series="6E26")
        if note.startswith("edge"):
            row.cells["ULN"] = f"{int(person.uln) / 1e9:.2f}E+09"
        else:
            row.cut = 6
        world.plant("row_rejected", "error", row=row, file="entries_2025-26.csv", note=note)


def repairs(world: World) -> None:
    """Damage that can be put right: the report counts it by file and column."""
    for column, note in (
        ("OCR Candidate Number", "leading zeros"),
        ("Candidate Number", "leading zeros"),
        ("Qualification Code", "leading zero"),
        ("Series", "edge: 1E+26 is 1E26"),
    ):
        world.plant("value_repaired", "info", file="examined_marks_1E26.csv", note=f"{column}: {note}")
    wrapped = [r for r in world.find("entry", Series="1E26") if r.file == "2025-26" and r.cut == 0][:3]
    for row in wrapped:
        row.cells["Candidate Number"] = f'="{row.cells["Candidate Number"]}"'
    world.plant("value_repaired", "info", file="entries_2025-26.csv", note='Candidate Number: ="0042" wrappers')
    for row in world.find("claim", Unit_Code="05838/06")[:2]:
        row.cells["Unit Code"] = "\u00a005838/06"
    world.plant("value_repaired", "info", file="claims_2025-26.csv", note="Unit Code: non-breaking spaces")
    row = world.find("detail", Unit_Title="Mobile technology")[0]
    row.cells["Unit Title"] = "Mobile\u0081technology"
    note = "edge: Unit Title: a byte Windows-1252 does not define"
    world.plant("value_repaired", "info", file="tracker_detailed.csv", note=note)


def missing_files(world: World) -> None:
    """What the calendar says should be here."""
    note = "window 2026-08-01 to 2026-08-04; 9C25 is not expected, as nobody there is on the 2012 suite"
    world.plant("file_missing", "error", centre=SECOND, series="9I25", note=note)
    world.plant(
        "file_missing",
        "error",
        centre=SECOND,
        series="1E26",
        note="edge: one entry of January, released in March",
    )
    for series, due in (("6B26", "2026-08-12T00:01"), ("6A26", "2026-08-19T00:01")):
        world.plant("file_missing", "error", centre=MAIN, series=series, state="pending", note=f"due {due}")


def missing_basedata(world: World) -> None:
    """Results of series whose basedata is not here, while other basedata is."""
    for centre in (MAIN, SECOND):
        world.plant("basedata_missing", "warning", centre=centre, series="1E26", note="board 72")
    world.plant(
        "basedata_missing",
        "warning",
        centre=MAIN,
        series="BG24",
        note="edge: board 70, a series the calendar does not know",
    )


def amendments(world: World) -> dict[str, bytes]:
    """Amendment files: two that carry Cambridge Technicals options, one that rightly does not."""
    january = [
        r for r in world.find("entry", Series="6E26", Entry_Code="05838/02") if r.file == "2025-26" and not r.cut
    ]
    annual = [r for r in world.find("entry", Series="9I25", Entry_Code="05839") if r.person and r.person.centre == MAIN]
    gcse = world.one("entry", Series="6A26")
    clean = [r for rows in (january, annual) for r in rows if r.person and not r.person.troubled and r.person.uci]
    paper = next(r for r in clean if r.cells["Series"] == "6E26" and r.person and r.person.centre == MAIN)
    whole = next(r for r in clean if r.cells["Series"] == "9I25")
    world.plant(
        "vocational_amendment_file",
        "warning",
        centre=MAIN,
        file="A9999972.X01",
        note="a qualification of the 2016 suite",
    )
    note = "edge: sent to board 01 with an examined unit in it"
    world.plant("vocational_amendment_file", "warning", centre=MAIN, file="A9999901.X02", note=note)
    wanted: list[tuple[str, str, str, int, Row, str]] = [
        ("A9999972.X01", "72", "9I25", 1, whole, "05839"),
        ("A9999901.X02", "01", "6E26", 2, paper, "583802"),
        ("A9999901.X03", "01", "6A26", 3, gcse, "J277"),
    ]
    return {
        name: edi.lines_of(
            edi.framed("A", board, series, number, date(2026, 4, 21), [(MAIN, [edi.entry_line("A", row, [option])])])
        )
        for name, board, series, number, row, option in wanted
    }


def broken_results(world: World) -> dict[str, bytes]:
    """Results files that cannot be used, or not by us."""
    body = [edi.result_line(MAIN, r.cells) for r in world.find("edi", file="6E26")[:5]]
    files = {}
    headless = edi.framed("R", "72", "??26", 31, date(2026, 8, 10), [(MAIN, body[:3])])
    files["R9999972.X31"] = edi.lines_of(headless)
    world.plant("file_series_unknown", "error", file="R9999972.X31", note="?? in both headers, no hint in the name")
    blank = edi.framed("R", "72", "    ", 32, date(2026, 8, 10), [(MAIN, body[1:4])])
    files["R9999972.X32"] = edi.lines_of(blank)
    note = "edge: blanks; digits of the sequence and the date are no series"
    world.plant("file_series_unknown", "error", file="R9999972.X32", note=note)
    shifted = edi.framed("R", "72", "6E26", 33, date(2026, 8, 10), [(MAIN, [f"R5  {line[2:]}" for line in body])])
    files["R9999972.X33"] = edi.lines_of(shifted)
    world.plant("file_refused", "error", file="R9999972.X33", note="edge: every body line is two places to the right")
    foreign = [line.replace(f"R5{MAIN}", f"R5{ELSEWHERE}") for line in body[:4]]
    files["R9999772.X01"] = edi.lines_of(edi.framed("R", "72", "6E26", 1, date(2026, 8, 10), [(ELSEWHERE, foreign)]))
    world.plant("file_for_other_centre", "error", file="R9999772.X01", note="a results file of 99997")
    return files


def broken_reports(world: World) -> dict[str, bytes]:
    """Sheets that are nobody's report, two reports in one, and a report of another centre."""
    files = {
        "markbook_13A.csv": b"Pupil,Group,Task,Out of 20,Remark\r\n"
        b"Pupil 1,13A/It,LO1 draft,14,late\r\n"
        b"Pupil 2,13A/It,LO1 draft,17,\r\n"
    }
    world.plant("file_refused", "error", file="markbook_13A.csv", note="no layout fits")
    both = world.find("claim")[0].cells | {
        "Series": "9I25",
        "Entry Code": "05839",
        "Candidate Number": "0099",
    }
    header = [*COLUMNS["claim"], "Series", "Entry Code"]
    text = ",".join(header) + "\r\n" + ",".join(both.get(c, "") for c in header) + "\r\n"
    files["claims_with_entries.csv"] = text.encode("utf-8")
    world.plant("file_refused", "error", file="claims_with_entries.csv", note="edge: claims and entries at once")
    rows = [
        Row("achievement", "", None, r.cells | {"Centre Number": ELSEWHERE})
        for r in world.find("achievement", Unit_Series="6E26")[:3]
    ]
    files["achievement_of_another_centre.csv"] = sheet("", "achievement", rows)
    note = "edge: a CSV report all of whose rows are of 99997"
    world.plant("file_for_other_centre", "error", file="achievement_of_another_centre.csv", note=note)
    return files


def cut_short(world: World, files: dict[str, bytes]) -> None:
    """No trailer on one file, half an XML record on another."""
    name = "R9999972.X24"
    files[name] = b"".join(files[name].splitlines(keepends=True)[:-2])
    world.plant(
        "file_truncated",
        "error",
        centre=MAIN,
        file=name,
        note="9C24, second window: no trailers; its whole lines count",
    )
    name = next(n for n in files if n.lower().startswith("a2c") and "6A25" in n)
    text = files[name].decode("utf-8")
    files[name] = text[: text.rindex("<MaximumMark>") + 5].encode("utf-8")
    world.plant("file_truncated", "error", centre=MAIN, file=name, note="edge: XML cut inside the third record")


def doubled(world: World, files: dict[str, bytes]) -> None:
    """The browser's second download, a copy under another name, and a lone (1)."""
    files["R9999972 (1).X04"] = files["R9999972.X04"]
    world.plant(
        "file_duplicate_download",
        "info",
        file="R9999972.X04",
        note="same bytes as R9999972 (1).X04; either name may be shown",
    )
    files["tracker_summary_copy.csv"] = files["tracker_summary.csv"]
    world.plant(
        "file_duplicate_download",
        "info",
        file="tracker_summary.csv",
        note="edge: same bytes as tracker_summary_copy.csv; either name may be shown",
    )
    world.plant(
        "file_duplicate_download",
        "info",
        file="grade_boundaries_2026 (1).csv",
        note="edge: (1) in the name, no other copy here",
    )


def superseded(world: World) -> None:
    """Reissues that are here."""
    world.plant(
        "file_superseded",
        "info",
        centre=MAIN,
        file="R9999972.X01",
        note="6E26 of 7 August; R9999972.X06 is the reissue",
    )
    note = "edge: 9I25 of July; the optional summer copy R6I26_72.X01 holds the same results later"
    world.plant("file_superseded", "info", centre=MAIN, file="R9999972.X02", note=note)
