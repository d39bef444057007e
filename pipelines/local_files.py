"""What a person keeps in `data/local/`: manual changes, waivers and places held, read, checked and made into tables.

Takes the folder; gives frames of typed rows, each with its line and, where it cannot be used, why. Promises that
nothing a person wrote there stops a run: a row that cannot be used keeps its place and says what is wrong with it,
and a file that is no table of ours becomes one such row. No reason holds a number of a student. What each column
means stands in `docs/local-files.md`.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.database import identifier

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    import polars as pl

#: the numbers by which a row names a person: column → digits or characters it has, as text
NUMBERS = {"ocr_candidate_number": r"\d{8}", "candidate_number": r"\d{4}", "uci": r"[0-9A-Z]{12,13}"}
_ZEROS = {"centre_number": 5, "ocr_candidate_number": 8, "candidate_number": 4, "qualification_code": 5}
#: as people and spreadsheets write a day; two figures for a year would leave the century open
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%d %B %Y")
_FORMULA = r'^="(.*)"$'


@dataclass(frozen=True)
class LocalFile:
    """One of the three files: its columns in their order, which are dates, and which may not be blank."""

    name: str
    columns: tuple[str, ...]
    dates: tuple[str, ...]
    required: tuple[str, ...]
    upper: tuple[str, ...]  #: codes, which have no lower case

    @property
    def file(self) -> str:
        """Its name in the folder."""
        return f"{self.name}.csv"

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that name a person."""
        return tuple(name for name in NUMBERS if name in self.columns)


MANUAL_CHANGES = LocalFile(
    "manual_changes",
    (
        *("id", "centre_number", "ocr_candidate_number", "candidate_number", "uci", "series", "option_code", "field"),
        *("value", "reason", "changed_by", "changed_on"),
    ),
    ("changed_on",),
    ("series", "option_code", "field", "value", "reason", "changed_by", "changed_on"),
    ("centre_number", "uci", "series", "option_code"),
)
WAIVERS = LocalFile(
    "waivers",
    (
        *("id", "fingerprint", "code", "centre_number", "ocr_candidate_number", "candidate_number", "uci"),
        *("qualification_code", "unit_code", "reason", "waived_by", "waived_on", "expires_on"),
    ),
    ("waived_on", "expires_on"),
    ("reason", "waived_by"),
    ("centre_number", "uci", "qualification_code", "unit_code"),
)
#: the places that students hold, as the school's own UCAS list has them
DESTINATIONS = LocalFile(
    "destinations",
    ("centre_number", "candidate_number", "uci", "ucas_id", "firm_choice", "offer", "tariff_points"),
    (),
    (),
    ("centre_number", "uci"),
)


@dataclass(frozen=True)
class Opened:
    """A file's lines as they are, and its rows: first line, last line, cells; a fault where it is no table of ours."""

    lines: tuple[str, ...] = ()
    rows: tuple[tuple[int, int, list[str]], ...] = ()
    fault: tuple[int, str] | None = None


@dataclass(frozen=True)
class LocalTables:
    """The rows of all files, checked, and the numbers by which they name people."""

    manual_changes: pl.DataFrame
    waivers: pl.DataFrame
    destinations: pl.DataFrame
    numbers: pl.DataFrame

    def sha256(self) -> str:
        """A hash of what they say: the same rows on the same lines give the same."""
        digest = hashlib.sha256()
        for frame in (self.manual_changes, self.waivers, self.destinations, self.numbers):
            digest.update(frame.write_csv().encode() + b"\0")
        return digest.hexdigest()

    def past(self, day: date) -> int:
        """How many waivers have run out before a day: what the calendar can change in them."""
        return int((self.waivers["expires_on"] < day).sum())


def open_local(path: Path, table: LocalFile) -> Opened:
    """Cut a file into rows, by the line where each begins; a file that is not there has none.

    Raises nothing for what a person wrote; an OSError where the disk fails.
    """
    if not path.is_file():
        return Opened()
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Opened(fault=(data[: error.start].count(b"\n") + 1, "the file is not UTF-8: save it as CSV (UTF-8)"))
    lines = tuple(io.StringIO(text, newline="").readlines())
    reader = csv.reader(lines)
    try:
        read = [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        return Opened(lines, fault=(reader.line_num, "the file is not CSV from here on"))
    starts = [1, *(end + 1 for end, _ in read)]
    rows = [
        (start, end, cells) for start, (end, cells) in zip(starts, read, strict=False) if any(map(str.strip, cells))
    ]
    if not rows:
        return Opened(lines)
    first, _, header = rows[0]
    fault = _header_fault([cell.strip() for cell in header], table)
    return Opened(lines, tuple(rows[1:]), (first, fault)) if fault else Opened(lines, tuple(rows[1:]))


def _header_fault(header: Sequence[str], table: LocalFile) -> str:
    if tuple(header) == table.columns:
        return ""
    missing = [name for name in table.columns if name not in header]
    extra = [name for name in header if name not in table.columns]
    if missing:
        return f"the header lacks {missing[0]}: no row of the file counts"
    if extra:
        return f"the header has a column that is none of {table.file}: no row of the file counts"
    return "the columns of the header are in another order: no row of the file counts"


def read_local(folder: Path) -> LocalTables:
    """Read and check every file of a folder."""
    import polars as pl

    tables = (MANUAL_CHANGES, WAIVERS, DESTINATIONS)
    changes, waivers, places = (_checked(open_local(folder / one.file, one), one) for one in tables)
    numbers = [_numbers(frame, one) for frame, one in zip((changes, waivers, places), tables, strict=True)]
    return LocalTables(_typed_changes(changes), _typed_waivers(waivers), _typed_places(places), pl.concat(numbers))


def _checked(opened: Opened, table: LocalFile) -> pl.DataFrame:
    """The rows as text, blank cells null, each with its line and what is wrong with it."""
    import polars as pl

    width = len(table.columns)
    if opened.fault is not None:
        line, words = opened.fault
        cells = [[*([None] * width), line, words, None]]
    else:
        cells = [
            [*(row + [""] * width)[:width], start, "more cells than the header has" if len(row) > width else None, None]
            for start, _, row in opened.rows
        ]
    kinds = {**dict.fromkeys(table.columns, pl.String), "line": pl.Int32, "fault": pl.String, "date_fault": pl.String}
    frame = pl.DataFrame(cells, schema=kinds, orient="row")
    return check_rows(frame, table)


def check_rows(frame: pl.DataFrame, table: LocalFile) -> pl.DataFrame:
    """The same rows, tidied; `fault` and `date_fault` say why one cannot be used, the first fault first."""
    import polars as pl

    tidy = [pl.col(name).str.strip_chars().str.replace(_FORMULA, "$1").replace("", None) for name in table.columns]
    frame = frame.with_columns(tidy)
    frame = frame.with_columns(pl.col(name).str.to_uppercase() for name in table.upper)
    # a spreadsheet takes 0042 for a number and drops its zeros
    zeros = {name: size for name, size in _ZEROS.items() if name in table.columns}
    frame = frame.with_columns(
        pl.when(pl.col(name).str.contains(r"^\d+$")).then(pl.col(name).str.zfill(size)).otherwise(name).alias(name)
        for name, size in zeros.items()
    )
    faults = [*_common_faults(table), *_OWN_FAULTS[table.name]()]
    said = [pl.when(wrong).then(pl.lit(words)) for wrong, words in faults]
    dated = [pl.when(wrong).then(pl.lit(words)) for wrong, words in _date_faults(table)]
    return frame.with_columns(
        fault=pl.coalesce("fault", *said),
        date_fault=pl.coalesce("date_fault", *dated, pl.lit(None, pl.String)),
    )


def _common_faults(table: LocalFile) -> list[tuple[pl.Expr, str]]:
    import polars as pl

    shapes = {"centre_number": ("[0-9A-Z]{5}", "five characters")}
    shapes |= {"ocr_candidate_number": (NUMBERS["ocr_candidate_number"], "eight digits")}
    shapes |= {"candidate_number": (NUMBERS["candidate_number"], "four digits")}
    shapes |= {"uci": (NUMBERS["uci"], "thirteen characters")}
    faults = []
    if "id" in table.columns:
        faults += [(pl.col("id").is_null(), "the id is blank")]
        faults += [(~pl.col("id").is_first_distinct(), "a row above has the same id")]
    for name, (shape, words) in shapes.items():
        if name not in table.columns:
            continue
        one_or_more = f"^{shape}( {shape})*$" if name != "centre_number" else f"^{shape}$"
        faults.append((~pl.col(name).str.contains(one_or_more), f"the {name} is not {words}"))
    return faults + [(pl.col(name).is_null(), f"the {name} is blank") for name in table.required]


def _change_faults() -> list[tuple[pl.Expr, str]]:
    import polars as pl

    nobody = pl.all_horizontal(pl.col(name).is_null() for name in NUMBERS)
    is_mark = pl.col("field") == "mark"
    return [
        (nobody, "no number says who it is about"),
        (~pl.col("field").is_in(["grade", "mark"]), "the field is neither grade nor mark"),
        (is_mark & ~pl.col("value").str.contains(r"^\d{1,5}(\.\d{1,2})?$"), "the value is no mark"),
        (~pl.col("series").str.contains(r"^[1-9ABC][0-9A-Z]\d\d$"), "the series is no code such as 6E26"),
        (_day("changed_on").is_null(), "changed_on is not a date such as 2026-08-13"),
    ]


def _waiver_faults() -> list[tuple[pl.Expr, str]]:
    import polars as pl

    scope = ("centre_number", *NUMBERS, "qualification_code", "unit_code")
    unlimited = pl.col("fingerprint").is_null() & pl.all_horizontal(pl.col(name).is_null() for name in scope)
    return [
        (pl.col("fingerprint").is_null() & pl.col("code").is_null(), "it has neither a fingerprint nor a code"),
        (unlimited, "a code needs at least one more column, or it would waive everything"),
        (~pl.col("fingerprint").str.contains("^[0-9a-f]{16}$"), "the fingerprint is not sixteen figures of 0-9 a-f"),
        (pl.col("code") == "waiver_expired", "what is wrong with a waiver cannot be waived"),
    ]


def _place_faults() -> list[tuple[pl.Expr, str]]:
    import polars as pl

    nobody = pl.all_horizontal(pl.col(name).is_null() for name in DESTINATIONS.numbers)
    return [
        (nobody, "no number says who it is about"),
        (~pl.col("tariff_points").str.contains(r"^\d{1,3}$"), "the tariff_points are no whole number"),
    ]


_OWN_FAULTS = {
    MANUAL_CHANGES.name: _change_faults,
    WAIVERS.name: _waiver_faults,
    DESTINATIONS.name: _place_faults,
}


def _date_faults(table: LocalFile) -> list[tuple[pl.Expr, str]]:
    import polars as pl

    if table is not WAIVERS:
        return []
    faults = [(pl.col(name).is_null(), f"the {name} is blank") for name in table.dates]
    faults += [(_day(name).is_null(), f"the {name} is not a date such as 2026-08-13") for name in table.dates]
    return [*faults, (_day("expires_on") < _day("waived_on"), "it runs out before the day it was given")]


def _day(name: str) -> pl.Expr:
    import polars as pl

    whole = pl.when(pl.col(name).str.contains(r"\d{4}")).then(pl.col(name))
    return pl.coalesce(whole.str.to_date(form, strict=False) for form in _DATES)


def _numbers(frame: pl.DataFrame, table: LocalFile) -> pl.DataFrame:
    """One row a number that a usable row gives; a cell may hold several, as ours do."""
    import polars as pl

    usable = frame.filter(pl.col("fault").is_null()).select("line", *table.numbers)
    long = usable.unpivot(on=list(table.numbers), index="line", variable_name="identifier", value_name="value")
    cut = long.drop_nulls("value").with_columns(pl.col("value").str.split(" ")).explode("value")
    return cut.select(pl.lit(table.name).alias("given"), "line", "identifier", "value").sort(pl.all())


def _typed_changes(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(changed_on=_day("changed_on")).drop("date_fault")


def _typed_waivers(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(waived_on=_day("waived_on"), expires_on=_day("expires_on"))


def _typed_places(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return frame.with_columns(pl.col("tariff_points").cast(pl.Int32, strict=False)).drop("date_fault")


#: table → column → type, as `run_tables` makes them
GIVEN_TABLES: dict[str, dict[str, str]] = {
    "given_manual_changes": {
        **dict.fromkeys(MANUAL_CHANGES.columns, "VARCHAR"),
        "changed_on": "DATE",
        "line": "INTEGER",  # of the file; in a spreadsheet its row
        "fault": "VARCHAR",  # why the row cannot be used
    },
    "given_waivers": {
        **dict.fromkeys(WAIVERS.columns, "VARCHAR"),
        "waived_on": "DATE",
        "expires_on": "DATE",
        "line": "INTEGER",
        "fault": "VARCHAR",
        "date_fault": "VARCHAR",  # why it counts as run out
    },
    "given_destinations": {
        **dict.fromkeys(DESTINATIONS.columns, "VARCHAR"),
        "tariff_points": "INTEGER",
        "line": "INTEGER",
        "fault": "VARCHAR",
    },
    "given_numbers": {
        "given": "VARCHAR",  # manual_changes, waivers or destinations
        "line": "INTEGER",
        "identifier": "VARCHAR",  # candidate_number, ocr_candidate_number or uci
        "value": "VARCHAR",
    },
}


def fill_given(con: Any, local: LocalTables) -> None:
    """Put the rows into the run's tables, which are there and empty."""
    frames = {
        "given_manual_changes": local.manual_changes,
        "given_waivers": local.waivers,
        "given_destinations": local.destinations,
        "given_numbers": local.numbers,
    }
    for name, frame in frames.items():
        columns = ", ".join(map(identifier, GIVEN_TABLES[name]))
        con.register("frame", frame)
        con.execute(f"INSERT INTO {identifier(name)} ({columns}) SELECT {columns} FROM frame")
        con.unregister("frame")
