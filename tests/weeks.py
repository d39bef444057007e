"""Small inboxes that change from week to week: invented students of centre 99999, and runs over them."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.config import Config
from pipelines.run import Options, Outcome, run
from tests import narrow

CENTRE = "99999"
AS_OF = datetime(2026, 8, 17, 8, 30, tzinfo=ZoneInfo("Europe/London"))
ENTRIES = (
    "Centre Number,Candidate Number,OCR Candidate Number,UCI,Surname,Forename(s),Date of Birth,Series,Entry Code\n"
)
REPORT = (
    "Centre Number,OCR Candidate Number,Candidate Number,UCI,Surname,Forename(s),Qualification Code,Unit Code,"
    "Unit Grade,Unit Series,Unit Award Date,Qualification Grade,Qualification Award Date\n"
)
UCIS = {
    "0001": "999990250001H",
    "0002": "999990250002E",
    "0003": "999990250003B",
    "0004": "999990250004M",
}
NAMES = {"0001": "Quillfeather,Ada", "0002": "Marrowby,Ben", "0003": "Oddsworthy,Cato", "0004": "Pemberwick,Dora"}


def result(who: str, option: str, grade: str, mark: int | None = None, uci: str | None = None) -> str:
    """One line of a results file: a candidate's grade and mark for an option."""
    shown = "    " if mark is None else f"{mark:04d}"
    number = UCIS.get(who, "") if uci is None else uci
    return f"R599999{who}{number:<13}{option}{option}M{shown}{grade:<2}".ljust(52)


def edi(lines: list[str], created: str = "100826", sequence: int = 1, series: str = "6E26") -> str:
    """A results file of these lines, created DDMMYY."""
    head = [f"R11472{series}{sequence:03d}{created}", f"R399999{series}"]
    return "\r\n".join([*head, *lines, f"R799999{len(lines) + 2:07d}", f"R9{len(lines) + 4:07d}"]) + "\r\n"


def entries(*rows: str) -> str:
    """The centre's entries; a row begins with the candidate number."""
    return ENTRIES + "".join(f"{CENTRE},{row}\n" for row in rows)


def entry(who: str, option: str = "05838/01", uci: str | None = None, ocr: str | None = None) -> str:
    """One row of the entries."""
    number = UCIS.get(who, "") if uci is None else uci
    return f"{who},{f'4000{who}' if ocr is None else ocr},{number},{NAMES[who]},01/02/2008,6E26,{option}"


@dataclass
class Weeks:
    """A data folder and its inbox; each run is a week, of all rules or of some alone (`tests/narrow.py`)."""

    place: Path
    codes: tuple[str, ...] = ()
    inbox: Path = field(init=False)
    data: Path = field(init=False)

    def __post_init__(self) -> None:
        self.inbox, self.data = self.place / "inbox", self.place / "data"
        self.inbox.mkdir(parents=True, exist_ok=True)

    def put(self, **contents: str | None) -> None:
        """Write files into the inbox (`__` is a dot); None takes one away."""
        for name, content in contents.items():
            path = self.inbox / name.replace("__", ".")
            if content is None:
                path.unlink()
            else:
                path.write_text(content, encoding="ascii", newline="")

    def options(self, **changes: Any) -> Options:
        """What a run is asked for."""
        wanted = Options((self.inbox,), self.data, AS_OF, Config(centres=(CENTRE,)))
        return replace(wanted, **changes)

    def run(self, **changes: Any) -> Outcome:
        """One run over the inbox as it is."""
        with narrow.only(*self.codes) if self.codes else nullcontext():
            return run(self.options(**changes))

    def week(self, **contents: str | None) -> dict[str, pl.DataFrame]:
        """Change the inbox, run, give the tables."""
        self.put(**contents)
        return tables(self.run())


def tables(done: Outcome) -> dict[str, pl.DataFrame]:
    """The tables of a run."""
    assert done.folder is not None
    return {path.stem: pl.read_parquet(path) for path in (done.folder / "tables").glob("*.parquet")}


def said(found: dict[str, pl.DataFrame], *codes: str) -> list[tuple[str, ...]]:
    """Code, key, severity and change of the findings of these codes."""
    rows = found["discrepancies"].filter(pl.col("code").is_in(codes)).sort("code", "key")
    return [tuple(str(cell) for cell in row) for row in rows.select("code", "key", "severity", "change").iter_rows()]


WEEKLY = ("result_changed", "result_added", "result_withdrawn", "file_vanished")
