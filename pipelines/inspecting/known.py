"""What values are measured against: the codes, titles, grades, statuses and forenames that we know of.

Takes the reference tables, and the basedata that lies beside a file; gives one frozen `Known`. Promises: a folder
that cannot be listed, or basedata that cannot be read, makes less known and is no fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.formats import Format

if TYPE_CHECKING:
    import polars as pl

#: Grades are two characters at most in EDI, so these stand for themselves there and in a report.
_OTHER_GRADES = ("X", "Q", "U", "R", "NEAR PASS", "UNCLASSIFIED", "NO RESULT", "PENDING", "ABSENT", "ABS")
_BASEDATA_KIND = "basedata_options"
_BASEDATA_BYTES = 16 << 20  #: a larger file is not looked through for its codes
_BASEDATA_FILES = 200


@dataclass(frozen=True)
class Known:
    """Everything upper case, in the spelling in which it is compared."""

    options: frozenset[str]  #: as an EDI record spells them
    qualifications: frozenset[str]
    units: frozenset[str]  #: every spelling without / - and spaces
    qualification_titles: frozenset[str]
    unit_titles: frozenset[str]
    grades: frozenset[str]
    statuses: frozenset[str]
    forenames: frozenset[str]
    year: int  #: of the day it is looked at: what a birth date lies well before
    basedata: int = 0  #: options that basedata beside the file gave


def known_codes(reference: dict[str, pl.DataFrame]) -> Known:
    """What the reference tables know."""
    units, qualifications = reference["units"], reference["qualifications"]
    codes, known_as = reference["grade_codes"], reference["known_as"]
    qualification_codes = _upper(qualifications["qualification_code"])
    return Known(
        options=_upper(units["option_code"]) | qualification_codes,
        qualifications=qualification_codes,
        units=frozenset(code.replace("/", "").replace("-", "") for name in _UNIT_CODES for code in _upper(units[name])),
        qualification_titles=_upper(qualifications["title"]),
        unit_titles=_upper(units["title"]),
        grades=_upper(codes["code"]) | _upper(codes["grade"]) | frozenset(_OTHER_GRADES),
        statuses=_upper(reference["tracker_statuses"]["status_as_sent"]),
        forenames=_upper(known_as["name"]) | _upper(known_as["known_as"]),
        year=datetime.now(UTC).year,
    )


_UNIT_CODES = ("unit_code", "option_code", "unit_reference")


def _upper(column: pl.Series) -> frozenset[str]:
    return frozenset(column.drop_nulls().str.to_uppercase().to_list())


def with_basedata(known: Known, folders: Sequence[Path], formats: Sequence[Format]) -> Known:
    """The same and the option codes of the basedata in these folders, whatever its files are called."""
    layout = next((one for one in formats if one.kind == _BASEDATA_KIND), None)
    if layout is None:
        return known
    contents: list[bytes] = []
    for path in sorted({path.resolve() for folder in folders for path in _files(folder)}):
        if len(contents) == _BASEDATA_FILES:
            break
        try:
            if path.stat().st_size > _BASEDATA_BYTES:
                continue
            with path.open("rb") as stream:
                if stream.read(2).upper() == f"{layout.data_type}1".encode():
                    stream.seek(0)
                    contents.append(stream.read())
        except OSError:
            continue
    if not contents:
        return known
    from pipelines.readers import fixed_width
    from pipelines.readers.cut import Caps

    codes = fixed_width.read(contents, layout, Caps()).rows[""]["option_code"].str.strip_chars()
    found = _upper(codes) - {""}
    return replace(known, options=known.options | found, basedata=len(found))


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in sorted(folder.rglob("*"))[: 10 * _BASEDATA_FILES] if path.is_file()]
    except OSError:
        return []
