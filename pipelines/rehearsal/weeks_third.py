"""The third Monday, 24 August: a moderation came back, a download broke off, somebody tidied the inbox.

Takes a Monday over the world as it was on the second, and that Monday; changes rows, adds the files, says what is
gone, plants what must be said of it.
"""

from __future__ import annotations

from datetime import date

from pipelines.rehearsal import identifiers
from pipelines.rehearsal.model import MAIN, SECOND, World
from pipelines.rehearsal.statements import achievement_row
from pipelines.rehearsal.weeks import BETTER, WORSE, Monday, ordinary, regrade_work, two_records, whose

REPORT = "candidate_achievement_report_24_August.csv"


def moderation(monday: Monday) -> None:
    """July's coursework, issued again after a review of moderation: one up, one down, one gone."""
    world = monday.world
    for grades, moved, direction in (("PM", BETTER, "up"), ("DM", WORSE, "down")):
        person, unit, grade = ordinary(world, "9I25-1", grades)
        regrade_work(world, person, unit, "9I25-1", moved[grade])
        told = {"series": "9I25", "unit": unit, "cause": direction}
        note = "after a review of moderation"
        monday.plant("result_changed", "error", person, direction=direction, note=note, **told)
        told = {"unit": unit, "cause": direction}
        note = "follows: the claim says what was issued in July"
        monday.plant("claimed_grade_differs", "warning", person, note=note, **told)
    person, unit, _grade = ordinary(world, "9I25-1", "PMD")
    world.drop(
        world.one("edi", person, file="9I25-1", option=world.reference.units[unit].option),
        *world.find("achievement", person, Unit_Code=unit, Unit_Series="9I25"),
    )
    told = {"series": "9I25", "unit": unit}
    note = "edge: coursework, gone from the reissue of July"
    monday.plant("result_withdrawn", "error", person, direction="withdrawn", note=note, **told)
    note = "follows: the earlier reports have it still"
    monday.plant("missing_from_edi", "error", person, note=note, **told | {"cause": "unknown"})
    person, unit, grade = ordinary(world, "9I25-1", "PM")
    monday.by_hand(person, "9I25", unit, "D", "2026-08-20", "the teacher says so")
    told = {"series": "9I25", "unit": unit, "cause": "contradicted"}
    monday.plant("manual_change_overwritten", "error", person, note=f"edge: coursework; the file says {grade}", **told)


def missing_file_comes(monday: Monday) -> None:
    """The small centre's August file: a window that comes for the first time is nothing new, student by student."""
    note = "the file has come"
    monday.plant("file_missing", "error", centre=SECOND, series="9I25", change="resolved", note=note)
    note = "the GCSEs were due on the 19th"
    monday.plant("file_missing", "error", centre=MAIN, series="6A26", change="changed", note=note)
    person = monday.world.one("entry", Series="6A26").person
    if person is None:
        raise LookupError("6A26")
    told = {"series": "6A26", "option": "J277", "state": "pending", "change": "changed"}
    monday.plant("entry_without_result", "error", person, note="due, and its file is not here", **told)
    monday.results("R9999872.X03", "9I25-2", "9I25", 3, SECOND)


def broken_off(monday: Monday) -> None:
    """A reissue of the June papers whose download broke off: it replaces nothing, and nothing of it is withdrawn."""
    name = "R9999972.X15"
    monday.results(name, "6E26", "6E26", 15)
    lines = monday.inbox[name].splitlines(keepends=True)
    monday.inbox[name] = b"".join(lines[: len(lines) * 19 // 20])
    note = "edge: a later issue, cut short: the whole one of 17 August stands"
    monday.plant("file_truncated", "error", centre=MAIN, file=name, note=note)


def tidied(monday: Monday) -> None:
    """Two old files were taken out of the inbox: what they said is unknown now, not withdrawn."""
    monday.gone += ["R9999970.X01", "entries_general_2024-25.csv"]
    monday.plant("file_vanished", "warning", centre=MAIN, note="R9999970.X01: nothing else has its results")
    monday.plant("file_vanished", "warning", centre=MAIN, note="edge: entries_general_2024-25.csv, a list of entries")
    follows = "follows: "
    told = {"change": "resolved", "series": "BG24"}
    note = follows + "the results of this series are not here any more"
    monday.plant("basedata_missing", "warning", centre=MAIN, note=note, **told)
    resit = whose(monday.world, "result_against_other_element", series="BG24")
    monday.plant("result_against_other_element", "warning", resit, note=note, **told)
    told = {"change": "resolved", "series": "6B25", "option": "H446"}
    note = follows + "no entries of this series are here any more"
    unanswered = whose(monday.world, "entry_without_result", series="6B25")
    monday.plant("entry_without_result", "error", unanswered, note=note, **told)
    unasked = whose(monday.world, "result_without_entry", series="6B25")
    monday.plant("result_without_entry", "info", unasked, note=note, **told)


def report_again(monday: Monday) -> None:
    """The scientists' report, run for the whole year this time, in place of the one for June."""
    world = monday.world
    for person in [p for p in world.people if p.who.startswith("in a report of one series, after")]:
        marks = world.one("marks", person, Series="1E26")
        unit = world.reference.units["05847/01"]
        achievement_row(world, person, "05847", unit, "1E26", marks.cells["Grade"], date(2026, 3, 12), "science")
    monday.gone.append("achievement_science_6E26.csv")
    monday.report("achievement_science.csv", "achievement", "science")
    told = {"file": "achievement_science_6E26.csv", "cause": "series_left_out", "change": "resolved"}
    monday.plant("report_range_short", "warning", centre=MAIN, note="run again for the whole year", **told)


def comes_back(monday: Monday) -> None:
    """The entries were restored from an older copy: the wrong check letter is back."""
    world = monday.world
    person = whose(world, "invalid_uci", "in the entries")
    for row in world.find("entry", person):
        row.cells["UCI"] = identifiers.wrong_uci(person.uci)
    monday.plant("invalid_uci", "warning", person, change="reopened", note="the wrong letter is in the entries again")


def merged(monday: Monday) -> None:
    """The board made one record of two: what was open for the second goes on under the first one's number."""
    world = monday.world
    first, second = two_records(world)
    monday.plant("possible_duplicate_person", "warning", first, second, change="resolved", note="one record now")
    for row in world.find("entry", second):
        row.cells |= {"OCR Candidate Number": first.ocr, "Surname": first.surname}
    note = "follows: the older files have the second record's numbers still"
    monday.plant("duplicate_candidate_number", "error", first, second, note=note)
    monday.plant("multiple_ucis", "error", first, second, note=note)
    monday.plant("details_differ", "warning", first, second, note=note)
    told = {"series": "6E26", "unit": "05834/01", "change": "continuing"}
    note = "a finding about the second record: it goes on"
    monday.plant("grades_conflict", "error", first, second, note=note, **told)


def settled(monday: Monday, before: Monday) -> None:
    """What was kept last week: a waiver has run out, two changes by hand were taken out of the list."""
    world = monday.world
    monday.waivers = before.waivers[:2]
    monday.manual = [*before.manual[2:], *monday.manual]
    for planted in before.planted:
        if planted["code"] == "manual_change_overwritten":
            monday.planted.append(planted | {"change": "resolved", "note": "taken out of the list"})
    # the list of places was put right
    monday.places = [before.places[0], before.places[3]]
    for planted in before.planted:
        if planted["code"] == "destination_unclear":
            monday.planted.append(planted | {"change": "resolved", "note": "put right in the list"})
    awaits = whose(world, "award_missing", "failed")
    without = whose(world, "missing_uci", "earlier file")
    told = {"change": "continuing", "state": "waived"}
    monday.plant("missing_uci", "error", without, note="waived until 30 September", **told)
    told = {"qualification": "05835", "change": "continuing"}
    monday.plant("award_missing", "error", awaits, note="open again", **told)
    monday.plant("waiver_expired", "warning", centre=MAIN, cause="expired", note="ran out on 21 August")
    monday.plant("waiver_expired", "warning", centre=MAIN, cause="unused", change="resolved", note="taken out")


def everyone(world: World, before: Monday) -> Monday:
    """The whole Monday: rows first, then the files they stand in."""
    monday = Monday(world, date(2026, 8, 24))
    for story in (moderation, missing_file_comes, broken_off, tidied, report_again, comes_back, merged):
        story(monday)
    settled(monday, before)
    monday.results("R9999972.X14", "9I25-1", "9I25", 14)
    told = {"change": "changed"}
    note = "July of 9I25 once more"
    monday.plant("file_superseded", "info", centre=MAIN, file="R9999972.X02", note=note, **told)
    monday.plant("file_superseded", "info", centre=MAIN, file="R6I26_72.X01", note=note)
    for centre in (MAIN, SECOND):
        note = "more results that cannot be checked"
        monday.plant("basedata_missing", "warning", centre=centre, series="1E26", note=note, **told)
    monday.report(REPORT, "achievement", "all", "Candidate achievement report: awards from 01/08/2024 to 24/08/2026")
    monday.report("entries_2025-26.csv", "entry", "2025-26")
    return monday
