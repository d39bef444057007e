"""A made-up centre of any size with the files of a real morning: what a whole run is measured on.

Takes a folder and a number of candidates; writes EDI results, reports, tracker, entries and claims that agree.
"""

from __future__ import annotations

from pathlib import Path

CHECK = "ABCDEFGHKLMRTVWXY"
EXAMS = (("05838/01", "583801", "M"), ("05838/02", "583802", "P"), ("05838/03", "583803", "D"))
WORK = (("05838/09", "583809", "M", 1), ("05838/17", "583817", "P", 2))
IDENTITY = "Centre Number,OCR Candidate Number,Candidate Number,UCI"
NAMES = "Surname,Forename(s),Date of Birth"


def uci(centre: str, number: int) -> str:
    """A UCI with its right check letter."""
    stem = f"{centre}025{number:04d}"
    total = sum(int(digit) * weight for digit, weight in zip(stem, range(16, 4, -1), strict=True))
    return stem + CHECK[total % 17]


def edi(letter_lines: list[str], centre: str, series: str, sequence: int, created: str) -> str:
    """An EDI results file: headers, body, trailers."""
    body = len(letter_lines)
    lines = [f"R11472{series}{sequence:03d}{created}", f"R3{centre}{series}", *letter_lines]
    lines += [f"R7{centre}{body + 2:07d}", f"R9{body + 4:07d}"]
    return "\r\n".join(lines) + "\r\n"


def line(centre: str, number: int, option: str, kind: str, block: str) -> str:
    """One R5 line."""
    return f"R5{centre}{number:04d}{uci(centre, number)}{option:<6}{option:<6}{kind}{block:<15}".rstrip()


def _write(path: Path, header: str, rows: list[str]) -> None:
    path.write_text("\r\n".join([header, *rows]) + "\r\n", encoding="utf-8")


def make(folder: Path, candidates: int, centre: str = "99999") -> None:
    """Write the centre's inbox."""
    folder.mkdir(parents=True, exist_ok=True)
    everyone = range(1, candidates + 1)
    people = {n: (f"{centre},{40_000_000 + n},{n:04d},{uci(centre, n)}", f"Surname{n},Forename{n}") for n in everyone}
    birth = "01/02/2008"
    examined = [line(centre, n, code, "M", f"0050{grade}") for n in everyone for _, code, grade in EXAMS]
    (folder / "R9999972.X01").write_text(edi(examined, centre, "6E26", 1, "100826"), encoding="ascii")
    july = [line(centre, n, WORK[0][1], "M", f"    {WORK[0][2]}") for n in everyone]
    (folder / "R9999972.X02").write_text(edi(july, centre, "9I25", 2, "010826"), encoding="ascii")
    august = [line(centre, n, WORK[1][1], "M", f"    {WORK[1][2]}") for n in everyone]
    august += [line(centre, n, "05839", "G", "M") for n in everyone]
    (folder / "R9999972.X03").write_text(edi(august, centre, "9I25", 3, "060826"), encoding="ascii")

    report, marks, tracker, entries, claims = [], [], [], [], []
    for n in everyone:
        numbers, names = people[n]
        award = "05839,IT,M,03/08/2026"
        for unit, _, grade in EXAMS:
            report.append(f"{numbers},,{names},{birth},{award},{unit},Unit,90,{grade},,6E26,10/08/2026")
            marks.append(
                f"6E26,{centre},05839,IT,{unit},Unit,{40_000_000 + n},{n:04d},{uci(centre, n)},{names},50,50,80,{grade}"
            )
            entries.append(f"{centre},{n:04d},,{uci(centre, n)},,{names},{birth},6E26,{unit},unit,3,18/02/2026,")
        for unit, _, grade, window in WORK:
            day, claimed = ("09/07/2026", "01/06/2026") if window == 1 else ("02/08/2026", "01/08/2026")
            report.append(f"{numbers},,{names},{birth},{award},{unit},Unit,60,{grade},,9I25,{day}")
            claims.append(f"{numbers},{names},05839,{unit},{grade},{claimed},claim,")
        entries.append(f"{centre},{n:04d},,{uci(centre, n)},,{names},{birth},9I25,05839,qualification,3,03/10/2025,")
        tracker.append(f"{numbers},{names},{birth},05839,IT,3,360,03/10/2025,31/08/2026,Result not yet achieved")
    _write(
        folder / "candidate_achievement_report.csv",
        f"{IDENTITY},ULN,{NAMES},Qualification Code,Qualification Title,Qualification Grade,Qualification Award Date,"
        "Unit Code,Unit Title,Unit GLH,Unit Grade,Unit Points,Unit Series,Unit Award Date",
        report,
    )
    _write(
        folder / "examined_marks.csv",
        "Series,Centre Number,Qualification Code,Qualification Title,Unit Code,Unit Title,OCR Candidate Number,"
        "Candidate Number,UCI,Surname,Forename(s),Raw Mark,Final Mark,Maximum Mark,Grade",
        marks,
    )
    _write(
        folder / "tracker_summary.csv",
        f"{IDENTITY},{NAMES},Specification Code,Specification Title,Level,GLH Required,Entry Date,"
        "Estimated Completion Date,Qualification Result Status",
        tracker,
    )
    _write(
        folder / "entries.csv",
        f"Centre Number,Candidate Number,OCR Candidate Number,UCI,ULN,{NAMES},Series,Entry Code,Entry Type,"
        "Intended Level,Entry Date,Withdrawn",
        entries,
    )
    _write(
        folder / "claims.csv",
        f"{IDENTITY},Surname,Forename(s),Qualification Code,Unit Code,Claimed Grade,Claim Date,Claim Type,Assessor",
        claims,
    )
