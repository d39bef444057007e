"""People nobody could take for anybody: one of each kind for every carrier, the inbox that holds them, and the search.

A person is known by a name that occurs nowhere else, a UCI, a ULN, an OCR number and a birth date. `found` looks for
each in any bytes: plain, in UTF-16, percent-encoded, as HTML or JSON escapes, in base64, in either case, folded as keys
of names are; birth dates in every spelling that is used. The name says which carrier a leak came from.
"""

from __future__ import annotations

import base64
import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import xlsxwriter

from pipelines.local_files import DESTINATIONS, MANUAL_CHANGES, WAIVERS
from pipelines.rehearsal.identifiers import uci

CENTRES = ("99998", "99999")
#: every carrier, and what a person keeps; `other` is of a centre that is not ours, `unknown` fits no layout
CARRIERS = (
    "edi", "entry", "amendment", "xml", "report", "marks", "summary", "detail", "claims", "sheet", "entries", "member",
    "places", "waivers", "changes", "other", "unknown", "broken", "spoilt",
)  # fmt: skip
#: those of whom no row is taken in, so that no table but the raw file holds them
UNREAD = ("other", "unknown", "broken", "spoilt")


@dataclass(frozen=True)
class Canary:
    """One person of one carrier; the last of each carrier's three stands in a row that cannot be used."""

    carrier: str
    number: int
    centre: str

    @property
    def surname(self) -> str:
        tail = ("one", "two", "bad")[self.number % 3]
        return f"Zqx{self.carrier}{tail}"

    @property
    def forename(self) -> str:
        return f"Qwv{self.carrier}{'xyz'[self.number % 3]}"

    @property
    def candidate(self) -> str:
        return f"{4000 + self.number:04d}"

    @property
    def ocr(self) -> str:
        return f"{71_000_003 + 1_019 * self.number:08d}"

    @property
    def uci(self) -> str:
        return uci(f"{self.centre}025{self.candidate}")

    @property
    def uln(self) -> str:
        nine = 613_000_007 + 10_007 * self.number
        while True:
            rest = sum(int(digit) * weight for digit, weight in zip(str(nine), range(10, 1, -1), strict=True)) % 11
            if rest:
                return f"{nine}{10 - rest}"
            nine += 1

    @property
    def born(self) -> date:
        return date(2007, 9, 13) + timedelta(days=self.number)

    def who(self) -> dict[str, str]:
        """Cells of any report that names a person."""
        return {
            "Centre Number": self.centre, "Candidate Number": self.candidate, "OCR Candidate Number": self.ocr,
            "UCI": self.uci, "ULN": self.uln, "Surname": self.surname, "Forename(s)": self.forename,
            "Date of Birth": f"{self.born:%d/%m/%Y}",
        }  # fmt: skip

    def words(self) -> tuple[str, ...]:
        """What must be nowhere but where people are meant to be, birth dates aside."""
        return (self.surname, self.forename, self.uci[:12], self.uln, self.ocr)

    def dates(self) -> tuple[str, ...]:
        """The birth date as files, tables, pages and programs spell it."""
        born = self.born
        plain = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%d%m%Y", "%Y%m%d", "%d%m%y"]
        short = [f"{born.day} {born:%B %Y}", f"{born.day} {born:%b %Y}", f"{born.day}/{born.month}/{born.year}"]
        return (*(born.strftime(one) for one in plain), *short, f"({born.year}, {born.month}, {born.day})")


def people(carrier: str) -> list[Canary]:
    """The two whose rows are good, and the one whose row is not."""
    start = 3 * CARRIERS.index(carrier)
    # one carrier is of the second centre, so that there is a page of the trust
    centre = {"summary": "99998", "other": "99997"}.get(carrier, "99999")
    return [Canary(carrier, start + place, centre) for place in range(3)]


@cache
def everybody() -> tuple[Canary, ...]:
    """Of every carrier."""
    return tuple(one for carrier in CARRIERS for one in people(carrier))


def _csv(carrier: str, head: str, spoil: dict[str, str], delimiter: str = ",", **cells: str) -> str:
    """A report with a row for each person; in the last, `spoil` is what cannot be read."""
    names = head.split(",")
    lines = [delimiter.join(names)]
    for place, one in enumerate(people(carrier)):
        row = one.who() | {name.replace("_", " "): value for name, value in cells.items()}
        row |= {name: value.format(one=one) for name, value in spoil.items()} if place == 2 else {}
        lines.append(delimiter.join(row.get(name, "") for name in names))
    return "\r\n".join(lines) + "\r\n"


def _framed(kind: str, series: str, body: list[str]) -> str:
    lines = [f"{kind}11472{series}001070826", f"{kind}399999{series}", *body]
    lines += [f"{kind}799999{len(body) + 2:07d}", f"{kind}9{len(body) + 4:07d}"]
    return "\r\n".join(lines) + "\r\n"


def _results() -> str:
    marks = ("0049", "0052", "00X9")
    return _framed(
        "R",
        "6E26",
        [
            f"R5{one.centre}{one.candidate}{one.uci}583801583801M{mark}M ".ljust(52) + one.uln
            for one, mark in zip(people("edi"), marks, strict=True)
        ],
    )


def _entered(kind: str, carrier: str) -> str:
    body = []
    for place, one in enumerate(people(carrier)):
        name = f"{one.surname}:{one.forename}".upper()
        born = f"{one.born:%d%m%y}" if place < 2 else "999999"
        options = "01583802" if place < 2 else "99"
        body.append(f"{kind}5{one.centre}{one.candidate} {name:40}F{born}{one.uci:13}{one.uln}{options}")
    return _framed(kind, "6E26", body)


def _xml(carrier: str, is_cut: bool = False) -> str:
    inner = "".join(
        f"<Candidate><CandidateNumber>{one.candidate}</CandidateNumber><UCI>{one.uci}</UCI><ULN>{one.uln}</ULN>"
        f"<Surname>{one.surname}</Surname><Qualification><OptionCode>H446</OptionCode><Title>{one.forename}</Title>"
        f"<Grade>{'A' if place < 2 else 'A' * 90}</Grade><Mark>{'120' if place < 2 else one.surname}</Mark>"
        "</Qualification></Candidate>"
        for place, one in enumerate(people(carrier))
    )
    head = "<Header><AwardingBody>01</AwardingBody><Centre>99999</Centre><Series>6B25</Series>"
    whole = f"<EDIResults>{head}<Created>2025-08-13T00:01:00</Created></Header>{inner}</EDIResults>"
    return '<?xml version="1.0" encoding="UTF-8"?>' + (whole[:-40] if is_cut else whole)


_WHO = "Centre Number,OCR Candidate Number,Candidate Number,UCI,Surname,Forename(s),Date of Birth"
_SUMMARY = f"{_WHO},Specification Code,Specification Title,Level,GLH Required,Entry Date,Estimated Completion Date"
_COURSE = {"Specification_Code": "05839", "Level": "3", "GLH_Required": "360", "Entry_Date": "04/10/2025"}
_ENTRY = f"{_WHO},ULN,Series,Entry Code,Entry Type,Intended Level,Entry Date,Expected Completion,Withdrawn"
_CLAIM = f"{_WHO},Qualification Code,Unit Code,Claimed Grade,Claim Date,Claim Type,Assessor"
_MARK = (
    f"Series,Centre Number,Qualification Code,Unit Code,{_WHO.partition(',')[2]},Raw Mark,"
    "Special Consideration Tariff,Special Consideration Mark,Final Mark,Maximum Mark,Grade"
)
_REPORT = (
    f"{_WHO},ULN,Qualification Code,Qualification Title,Qualification Grade,Qualification Award Date,"
    "Unit Code,Unit Title,Unit GLH,Unit Grade,Unit Points,Unit Series,Unit Award Date"
)


def _entries(carrier: str, spoil: dict[str, str] | None = None) -> str:
    spoilt = {"Centre Number": "1.23E+12", "Entry Date": "{one.surname}"} if spoil is None else spoil
    cells = {"Series": "6E26", "Entry_Code": "05838/01", "Entry_Type": "unit", "Intended_Level": "3"}
    return _csv(carrier, _ENTRY, spoilt, **cells)


def _claims(carrier: str, **cells: str) -> str:
    spoilt = {"Claim Date": "{one.surname} {one.born:%d/%m/%y}", "Unit Code": ""}
    given = {"Qualification_Code": "05839", "Unit_Code": "05838/08", "Claimed_Grade": "D", "Claim_Date": "07/07/2026"}
    return _csv(carrier, _CLAIM, spoilt, **{**given, **cells})


def _sheet(text: str) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for place, line in enumerate(text.splitlines()):
            page.write_row(place, 0, line.split(","))
    return buffer.getvalue()


def _zip(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def inbox() -> dict[str, bytes]:
    """Every file by its name."""
    unit = {"Unit_Code": "05838/01", "Qualification_Code": "05839"}
    report = {**unit, "Unit_Grade": "M", "Unit_Series": "6E26", "Unit_Award_Date": "10/08/2026", "Unit_Points": "24"}
    marks = {**unit, "Series": "6E26", "Raw_Mark": "49", "Final_Mark": "49", "Maximum_Mark": "80", "Grade": "M"}
    no_centre = {"Centre Number": "1.23E+12", "Unit Points": "{one.surname}"}
    no_mark = {"Raw Mark": "{one.surname}", "Final Mark": "{one.uln}"}
    no_date = {"Entry Date": "{one.born:%d/%m/%y}", "Specification Code": "", "Centre Number": "{one.surname}"}
    detail = {**_COURSE, "Unit_Code": "05838/01", "Unit_Achievement_Status": "Entered", "Last_Updated": "23/07/2026"}
    summary = {**_COURSE, "Qualification_Result_Status": "Result not yet achieved"}
    # of three rows all are spoilt, so that the file is refused whole
    spoilt = _claims("spoilt", Unit_Code="", Claimed_Grade="D")
    texts = {
        "R9999972.X01": _results(),
        "E9999972.X01": _entered("E", "entry"),
        "A9999972.X01": _entered("A", "amendment"),
        "results.xml": _xml("xml"),
        "cut.xml": _xml("broken", is_cut=True),
        "candidate_achievement_report.csv": _csv("report", _REPORT, no_centre, **report),
        "examined_marks.csv": _csv("marks", _MARK, no_mark, ";", **marks),
        "tracker_summary.csv": _csv("summary", f"{_SUMMARY},Qualification Result Status", no_date, **summary),
        "tracker_detailed.csv": _csv(
            "detail",
            f"{_SUMMARY},Unit Code,Unit Title,Unit Type,Unit GLH,Unit Achievement Status,Last Updated",
            no_date,
            **detail,
        ),
        "claims.csv": _claims("claims"),
        "spoilt.csv": spoilt,
        "other.csv": _entries("other"),
        "unknown.csv": "Pupil,Number,Born\r\n"
        + "".join(f"{one.surname} {one.forename},{one.uci},{one.born}\r\n" for one in people("unknown")),
    }  # fmt: skip
    return {
        **{name: text.encode("utf-8") for name, text in texts.items()},
        "entries.csv": _entries("entries").encode("utf-16"),
        "claims.xlsx": _sheet(_claims("sheet")),
        "more.zip": _zip("more/entries.csv", _entries("member").encode("cp1252")),
        "damaged.zip": b"PK\x03\x04" + spoilt.encode(),
    }


def local() -> dict[str, str]:
    """What a person keeps: two rows that can be used, and one that cannot."""
    places = [",".join(DESTINATIONS.columns)]
    changes = [",".join(MANUAL_CHANGES.columns)]
    waivers = [",".join(WAIVERS.columns)]
    for place, one in enumerate(people("places")):
        points = "112" if place < 2 else one.surname
        places.append(f"99999,{one.candidate},{one.uci},,{one.surname} College {one.forename},MM,{points}")
    for place, one in enumerate(people("changes")):
        day = "2026-08-10" if place < 2 else f"{one.born}x"
        reason = f"{one.surname} {one.forename} {one.uln} born {one.born}"
        changes.append(
            f"M{place},99999,{one.ocr},{one.candidate},{one.uci},6E26,05838/01,grade,P,{reason},A. Officer,{day}"
        )
    for place, one in enumerate(people("waivers")):
        day = "2026-08-10" if place < 2 else one.surname
        reason = f"{one.surname} {one.forename} {one.uln} born {one.born}"
        waivers.append(
            f"W{place},,missing_uci,99999,{one.ocr},{one.candidate},{one.uci},,,{reason},A. Officer,{day},2026-09-30"
        )
    tables = {"destinations.csv": places, "manual_changes.csv": changes, "waivers.csv": waivers}
    return {name: "\r\n".join(lines) + "\r\n" for name, lines in tables.items()}


def lay_out(data: Path) -> None:
    """Write the inbox and what a person keeps into a data folder."""
    for folder in (data / "inbox", data / "local"):
        folder.mkdir(parents=True)
    for name, content in inbox().items():
        (data / "inbox" / name).write_bytes(content)
    for name, text in local().items():
        (data / "local" / name).write_text(text, encoding="utf-8", newline="")


def _unfolded(content: bytes) -> Iterator[bytes]:
    """The bytes as they are, and the members where they are an archive."""
    yield content
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from (archive.read(name) for name in archive.namelist())
        except zipfile.BadZipFile:
            return


def _readings(content: bytes) -> Iterator[str]:
    """Every way that bytes may be meant, in lower case."""
    # without its zero bytes UTF-16 is plain
    plain = content.replace(b"\x00", b"").decode("latin-1")
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), plain)
    for reading in {plain, unquote(plain), html.unescape(plain), unescaped}:
        yield reading.casefold()


@cache
def _hidden(word: str) -> tuple[str, ...]:
    """A word as base64, wherever in the encoded text it begins; only what depends on nothing beside it."""
    found = []
    for shift in range(3):
        for encoding in ("utf-8", "utf-16-le"):
            code = base64.b64encode(b"\x00" * shift + word.encode(encoding)).decode()
            whole = 4 * ((shift + len(word.encode(encoding))) // 3)
            found.append(code[(0, 2, 3)[shift] : whole])
    return tuple(found)


def found(content: bytes) -> set[str]:
    """Every canary of anybody in these bytes."""
    seen = set()
    for part in _unfolded(content):
        readings = list(_readings(part))
        raw = part.decode("latin-1")
        for one in everybody():
            for word in one.words():
                is_there = any(word.casefold() in reading for reading in readings)
                if is_there or any(code in raw for code in _hidden(word)):
                    seen.add(word)
            for day in one.dates():
                # six or eight figures may be part of any number
                if any(
                    re.search(rf"(?<!\w){re.escape(day.casefold())}(?!\w)", text)
                    for text in readings
                    if day.casefold() in text
                ):
                    seen.add(day)
    return seen
