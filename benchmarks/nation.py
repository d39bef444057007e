"""Any number of made-up centres with the files of a real morning, and so many discrepancies planted in them.

Takes a folder and a number of centres; writes five files a centre (three of EDI results, the achievement report, and
either the entries or an A2C file of GCSE results) and gives how many findings of each rule are planted. Centres are
95000 to 99999, which nobody has; all but the number of the centre and the check letters that follow from it is the same
in each, so that the files of a centre are one replacement in a text that is made once, and 5,000 centres take seconds.

    python -m benchmarks.nation FOLDER [--centres 100]
"""

from __future__ import annotations

import argparse
import functools
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.centre import CHECK, EXAMS, IDENTITY, NAMES, WORK

AS_OF = "2026-08-24T08:30"  #: the first Monday after the GCSE results, when all of it is out
STATEMENTS = len(EXAMS) + len(WORK) + 1  #: of a candidate in EDI: units, and the award
CANDIDATES = 180  #: with 11 statements each in EDI and report: 2,000 a centre
FIRST, LAST = 95_000, 99_999
#: rule → one centre in so many has it
PLANTED = {"grades_conflict": 7, "missing_uci": 11, "entry_without_result": 13}
_OF_XML = 4  #: one centre in so many sends A2C in the place of entries
_CENTRE = "\x00"  #: where the number of the centre goes
_GCSE = "J277"
#: names are made of these, so that no two people of a centre are nearly called the same
_FIRST = (
    "Bra",
    "Cor",
    "Dun",
    "Fal",
    "Gre",
    "Hal",
    "Jas",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Pen",
    "Quar",
    "Ros",
    "Sten",
    "Tur",
)
_LAST = ("bury", "combe", "dale", "field", "gate", "ham", "ley", "mere", "stow", "worth", "wick", "sett")
_FORENAMES = (
    "Ada",
    "Bela",
    "Cyd",
    "Dov",
    "Eli",
    "Fen",
    "Gus",
    "Hugo",
    "Ivo",
    "Jude",
    "Kit",
    "Lux",
    "Mo",
    "Nye",
    "Oz",
    "Pia",
    "Rex",
)


def planted_in(number: int) -> frozenset[str]:
    """The rules that a centre's files are made to trip, by its place in the row of centres."""
    wanted = {rule for rule, every in PLANTED.items() if number % every == every - 1}
    return frozenset(wanted - ({"entry_without_result"} if _sends_xml(number) else set()))


def expected(centres: int) -> Counter[str]:
    """How many findings of each rule are planted in so many centres."""
    return Counter(rule for number in range(centres) for rule in planted_in(number))


def make(folder: Path, centres: int) -> int:
    """Write every centre's files, a folder each; gives the number of statements of results in them."""
    if not 0 < centres <= LAST - FIRST + 1:
        raise ValueError(f"there are 1 to {LAST - FIRST + 1} centres")
    statements = 0
    for number in range(centres):
        centre = str(FIRST + number)
        texts, said = _morning(_residue(centre), planted_in(number), _sends_xml(number))
        place = folder / centre
        place.mkdir(parents=True)
        for name, text in texts.items():
            (place / name.replace(_CENTRE, centre)).write_bytes(text.replace(_CENTRE, centre).encode())
        statements += said
    return statements


def _sends_xml(number: int) -> bool:
    return number % _OF_XML == _OF_XML - 1


def _residue(centre: str) -> int:
    """What the centre's digits add to the weighed sum of a UCI, modulo 17: it alone decides the check letters."""
    return sum(int(digit) * weight for digit, weight in zip(centre, range(16, 11, -1), strict=True)) % 17


def _uci(residue: int, number: int) -> str:
    stem = f"025{number:04d}"
    weighed = sum(int(digit) * weight for digit, weight in zip(stem, range(11, 4, -1), strict=True))
    return _CENTRE + stem + CHECK[(residue + weighed) % 17]


@functools.cache
def _morning(residue: int, planted: frozenset[str], xml: bool) -> tuple[dict[str, str], int]:
    """The texts of a centre's files by their names, and the statements of results in them."""
    everyone = range(1, CANDIDATES + 1)
    nameless = 11 if "missing_uci" in planted else 0  # no UCI: the report has them, EDI does not
    absent = 13 if "entry_without_result" in planted else 0  # entered for the first unit, and nobody says a result
    other = 17 if "grades_conflict" in planted else 0  # another grade in the report than in EDI

    def line(number: int, option: str, kind: str, block: str) -> str:
        return f"R5{_CENTRE}{number:04d}{_uci(residue, number)}{option:<6}{option:<6}{kind}{block:<15}".rstrip()

    sent = [n for n in everyone if n != nameless]
    sat = [(n, unit) for n in sent for unit in EXAMS if not (n == absent and unit is EXAMS[0])]
    exams = [line(n, code, "M", f"0050{grade}") for n, (_, code, grade) in sat]
    july = [line(n, WORK[0][1], "M", f"    {WORK[0][2]}") for n in sent]
    august = [line(n, WORK[1][1], "M", f"    {WORK[1][2]}") for n in sent]
    august += [line(n, "05839", "G", "M") for n in sent]

    def identity(n: int) -> str:
        return f"{_CENTRE},{_CENTRE}{n:03d},{n:04d},{'' if n == nameless else _uci(residue, n)}"

    report = []
    for n in everyone:
        award = f"{_person(n)},05839,IT,M,03/08/2026"
        for unit, _, grade in EXAMS:
            if (n, unit) != (absent, EXAMS[0][0]):
                said = "P" if n == other and unit == EXAMS[0][0] else grade
                report.append(f"{identity(n)},,{award},{unit},Unit,90,{said},,6E26,10/08/2026")
        for unit, _, grade, window in WORK:
            day = "09/07/2026" if window == 1 else "02/08/2026"
            report.append(f"{identity(n)},,{award},{unit},Unit,60,{grade},,9I25,{day}")
    texts = {
        f"R{_CENTRE}72.X01": _edi(exams, "6E26", 1, "100826"),
        f"R{_CENTRE}72.X02": _edi(july, "9I25", 2, "010826"),
        f"R{_CENTRE}72.X03": _edi(august, "9I25", 3, "060826"),
        "candidate_achievement_report.csv": _csv(
            f"{IDENTITY},ULN,{NAMES},Qualification Code,Qualification Title,Qualification Grade,"
            "Qualification Award Date,Unit Code,Unit Title,Unit GLH,Unit Grade,Unit Points,Unit Series,Unit Award Date",
            report,
        ),
    }
    statements = len(exams) + len(july) + len(august) + len(report)
    if xml:
        name = f"A2C.{_CENTRE}.01.ediresults.5A3E0C1D-0000-4000-8000-0000000{_CENTRE}.xml"
        texts[name] = _a2c([_gcse(n, _uci(residue, n)) for n in sent])
        statements += 3 * len(sent)
    else:
        entries = []
        for n in everyone:
            who = f"{_CENTRE},{n:04d},,{'' if n == nameless else _uci(residue, n)},,{_person(n)}"
            entries += [f"{who},6E26,{unit},unit,3,18/02/2026," for unit, _, _ in EXAMS]
            entries.append(f"{who},9I25,05839,qualification,3,03/10/2025,")
        texts["entries.csv"] = _csv(
            f"Centre Number,Candidate Number,OCR Candidate Number,UCI,ULN,{NAMES},Series,Entry Code,Entry Type,"
            "Intended Level,Entry Date,Withdrawn",
            entries,
        )
    return texts, statements


def _person(number: int) -> str:
    """Surname, forename and birth date of a candidate: invented, and unlike anybody else's of the centre."""
    surname = _FIRST[number % len(_FIRST)] + _LAST[number // len(_FIRST) % len(_LAST)]
    day, month = 1 + number * 11 % 28, 1 + number * 7 % 12
    return f"{surname},{_FORENAMES[number * 5 % len(_FORENAMES)]},{day:02d}/{month:02d}/2008"


def _csv(header: str, rows: list[str]) -> str:
    return "\r\n".join([header, *rows]) + "\r\n"


def _edi(body: list[str], series: str, sequence: int, created: str) -> str:
    """An EDI results file with its headers and trailers."""
    framed = [f"R11472{series}{sequence:03d}{created}", f"R3{_CENTRE}{series}", *body]
    framed += [f"R7{_CENTRE}{len(body) + 2:07d}", f"R9{len(body) + 4:07d}"]
    return "\r\n".join(framed) + "\r\n"


def _a2c(candidates: list[str]) -> str:
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<EDIResults xmlns="urn:sample:a2c:results">\n'
        f"  <Header><AwardingBody>01</AwardingBody><Centre>{_CENTRE}</Centre>\n"
        "    <Series>6A26</Series><Created>2026-08-20T00:01:00</Created></Header>\n"
    )
    return head + "".join(candidates) + "</EDIResults>\n"


def _gcse(number: int, uci: str) -> str:
    """A candidate's GCSE of two components, in the words of the A2C file."""
    components = "".join(
        f"      <Component><Code>{_GCSE}/{paper}</Code><Mark>{mark}</Mark><MaximumMark>80</MaximumMark>"
        f"<WeightedMark>{mark}.0</WeightedMark></Component>\n"
        for paper, mark in (("01", 66), ("02", 61))
    )
    return (
        f"  <Candidate>\n    <CandidateNumber>{number:04d}</CandidateNumber>\n    <UCI>{uci}</UCI>\n"
        "    <Qualification>\n"
        f"      <OptionCode>{_GCSE}</OptionCode><Title>Computer Science GCSE</Title>\n"
        f"      <Grade>6</Grade><Mark>127</Mark>\n      <MaximumMark>160</MaximumMark>\n{components}"
        "    </Qualification>\n  </Candidate>\n"
    )


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> None:
    """Write the files and say what is in them."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--centres", type=int, default=100)
    options = asked.parse_args(arguments)
    statements = make(options.folder, options.centres)
    planted = ", ".join(f"{count} {rule}" for rule, count in sorted(expected(options.centres).items()))
    files = 5 * options.centres
    say(f"{options.centres:,} centres, {files:,} files, {statements:,} statements of results; planted: {planted}")


if __name__ == "__main__":
    main()
