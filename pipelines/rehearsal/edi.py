"""EDI files, fixed width, and the XML that goes with them.

Takes rows of the world, gives bytes. Promises the positions of the layouts the product ships with, CRLF line
ends and true counts in the trailers; a file that shall be broken is broken by its caller.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from xml.sax.saxutils import escape

from pipelines.rehearsal.cohorts import A_LEVELS
from pipelines.rehearsal.faults_series import UNIT_COURSES
from pipelines.rehearsal.model import Row, World

SPELLED = str.maketrans({"Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "ß": "ss", "Æ": "AE", "æ": "ae"})
Group = tuple[str, list[str]]


def lines_of(text: list[str]) -> bytes:
    """CRLF after every line."""
    return "".join(line + "\r\n" for line in text).encode("ascii")


def framed(kind: str, board: str, series: str, sequence: int, created: date, groups: list[Group]) -> list[str]:
    """Header, one 3…7 group a centre, trailer; `series` is four characters such as `6E26` or `??26`."""
    text = [f"{kind}114{board}{series}{sequence:03d}{created:%d%m%y}"]
    for centre, body in groups:
        text += [f"{kind}3{centre}{series}", *body, f"{kind}7{centre}{len(body) + 2:07d}"]
    return [*text, f"{kind}9{len(text) + 1:07d}"]


def result_line(centre: str, cells: dict[str, str]) -> str:
    """R5: mark and grade, or grades and endorsements, as the result type says."""
    block = f"{cells['mark']:4}{cells['grade']:2}{cells['flag']:1}"
    if cells["type"] == "G":
        block = f"{cells['grade']:2}{cells['flag']:1}"
    return (
        f"R5{centre}{cells['number']}{cells['uci']:13}{cells['entry']:6}{cells['option']:6}{cells['type']}"
        f"{block:15}{cells['uln']}"
    ).rstrip()


def results(
    world: World,
    name: str,
    centres: tuple[str, ...],
    source: str,
    head: tuple[str, str, int, date],
) -> list[str]:
    """The lines of a results file; `source` names the rows, `head` is board, series, sequence, created."""
    groups: list[Group] = []
    line = 2
    for centre in centres:
        body = []
        line += 1
        rows = [r for r in world.find("edi", file=source) if r.person and r.person.centre == centre]
        for row in sorted(rows, key=lambda r: (r.cells["number"], r.cells["uci"], r.cells["option"])):
            said = row.says(name)
            if said is not None:
                row.lines[name] = line
                body.append(result_line(centre, said))
                line += 1
        groups.append((centre, body))
    return framed("R", head[0], head[1], head[2], head[3], groups)


def plain(text: str) -> str:
    """Upper-case letters without accents, as entries are sent."""
    decomposed = unicodedata.normalize("NFKD", text.translate(SPELLED))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).upper()


def entry_line(kind: str, row: Row, options: list[str]) -> str:
    """E5 or A5: name of 40 characters, birth date DDMMYY, UCI at 60, then the options."""
    person = row.person
    if person is None:
        raise ValueError("an entry needs a person")
    name = plain(f"{person.surname}:{person.forenames}")[:40]
    return (
        f"{kind}5{person.centre}{row.cells['Candidate Number']} {name:40}{person.sex}{person.born:%d%m%y}"
        f"{person.uci:13}{person.uln:10}{len(options):02d}" + "".join(f"{o:6}" for o in options)
    ).rstrip()


def option_codes(world: World, series: str) -> dict[str, tuple[str, str, str, str, str]]:
    """Options of a series: syllabus, item, title, accreditation number, maximum mark."""
    ref = world.reference
    if series in UNIT_COURSES:
        return UNIT_COURSES[series]
    if series[1] in "AB":
        chosen = [c for c in ("H446", "H240", "H556", "J277") if (c == "J277") == (series[1] == "A")]
        titles = {c: A_LEVELS[c][0] if c in A_LEVELS else "Computer Science GCSE" for c in chosen}
        return {c: (c, "C", titles[c], "", "") for c in chosen}
    suite = "2012" if series[1] == "C" else "2016"
    examined = series[1] == "E"
    found = {}
    for unit in ref.units.values():
        if unit.suite == suite and unit.examined == examined and (series, unit.option) not in ref.left_out:
            found[unit.option] = (
                unit.code[:5],
                "U",
                unit.title,
                "",
                str(unit.maximum_mark) if examined else "",
            )
    for q in ref.qualifications.values() if not examined else ():
        if q.suite == suite:
            found[q.code] = (q.code, "C", q.title, q.qan.replace("/", ""), "")
    return found


def basedata(world: World, series: str, board: str) -> dict[str, list[str]]:
    """The S, O, C and L files of a series, by file name."""
    options = option_codes(world, series)
    kind = {"A": "GCSEFC ", "B": "GCE A  "}.get(series[1], "CTECFC ")
    body: dict[str, list[str]] = {"S": [], "O": [], "C": [], "L": []}
    titles: dict[str, str] = {}
    for code, (syllabus, item, title, qan, maximum) in options.items():
        titles.setdefault(syllabus, title)
        level = (kind + " " * 7) if item == "C" else (" " * 7 + kind)
        level = level[:7] + item + level[7:]
        parts = [f"{code}/{n}" for n, _, _ in A_LEVELS[code][1]] if code in A_LEVELS else []
        parts = parts or ([f"{code}/01"] if maximum else [])
        result_type = "G" if item == "C" and not parts else "M"
        body["O"].append(
            f"O5{code:6}{syllabus:6}{level}E    {qan:8}{title.upper()[:36]:36}N{'':13}{result_type}"
            f"{'':16}{maximum.zfill(4) if maximum else '':4}{len(parts):02d}"
        )
        body["C"] += [f"C5{p:12}{title.upper()[:36]:36}N{(maximum or '100').zfill(3)}{'':10}N{'':10}" for p in parts]
        body["L"] += [f"L5{code:6}{p:12}" for p in parts]
    body["S"] = [f"S5{code:6} {title.upper()[:36]:36}" for code, title in titles.items()]
    files = {}
    for letter, text in body.items():
        name = f"{letter}{series}_{board}.X01"
        created = date(2000 + int(series[2:]), 1, 9)
        files[name] = framed(letter, board, series, 1, created, [("00000", text)])
    return files


def xml_results(world: World, series: str, centre: str, created: str) -> str:
    """The A2C results of a series: one record a candidate and qualification, with component marks."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<EDIResults xmlns="urn:sample:a2c:results">',
        f"  <Header><AwardingBody>01</AwardingBody><Centre>{centre}</Centre>",
        f"    <Series>{series}</Series><Created>{created}</Created></Header>",
    ]
    for row in world.find("xml", file=series):
        person = row.person
        if person is None:
            raise ValueError("an XML record needs a person")
        c = row.cells
        parts += [
            "  <Candidate>",
            f"    <CandidateNumber>{person.number}</CandidateNumber>",
            f"    <UCI>{person.uci}</UCI><ULN>{person.uln}</ULN>",
            "    <Qualification>",
            f"      <OptionCode>{c['option']}</OptionCode><Title>{escape(c['title'])}</Title>",
            f"      <Grade>{c['grade']}</Grade><Mark>{c['mark']}</Mark>",
            f"      <MaximumMark>{c['maximum']}</MaximumMark>",
        ]
        for component in c["components"].split(";"):
            code, mark, full, weighted = component.split()
            # a dash: the board sent no weighted mark
            after = "" if weighted == "-" else f"<WeightedMark>{weighted}</WeightedMark>"
            parts.append(
                f"      <Component><Code>{code}</Code><Mark>{mark}</Mark><MaximumMark>{full}</MaximumMark>"
                f"{after}</Component>"
            )
        parts += ["    </Qualification>", "  </Candidate>"]
    return "\n".join([*parts, "</EDIResults>", ""])
