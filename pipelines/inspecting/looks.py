"""What a value looks like: the tests by which a column of text is known for a UCI, a grade, a date.

Takes a column's name and polars expressions of clean text (trimmed, upper case, blank as null); gives expressions that
are true where the text is right. Promises: nothing here reads a header, so header and values are two witnesses.
Sources: JCQ for the check letter of a UCI (weights 16 to 5, sum modulo 17), the Learning Records Service for the
check digit of a ULN (weights 10 to 2, ten less the sum modulo 11).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from pipelines.formats import Column
from pipelines.inspecting.known import Known
from pipelines.readers.values import date_of, ddmmyy

_LETTERS = "ABCDEFGHKLMRTVWXY"
_UCI = r"^\d{5}[0-9A-Z]\d{6}[A-HKLMRTVWXY]$"
_SERIES = r"^[1-9ABC][A-Z]\d\d$|^[1-9](?:\.0+)?E\+\d\d$"
_CODE = r"^[0-9A-Z]{4,6}$"
#: A general qualification's option: `H446`, `J277`, `8300H`.
_GENERAL_OPTION = r"^(?:[A-Z]\d{3}[A-Z]{0,2}|\d{4}[A-Z]{1,2})$"
_UNIT = r"^\d{5}[/-]\d{2}$|^[A-Z]/\d{3}/\d{4}$"
_COMPONENT = r"^[0-9A-Z]{4,6}[/-][0-9A-Z]{1,3}$"
_NAME = r"^\p{L}[\p{L}\p{M} .'’‘`-]*$"
_YOUNGEST, _OLDEST = 12, 75  #: years between a candidate's birth and the day of the file

Test = Callable[[pl.Expr, Known], pl.Expr]


@dataclass(frozen=True)
class Look:
    """One thing that a value may look like."""

    name: str
    says: str  #: completes `98 % …`
    strict: Test  #: what makes a column known by its values
    lenient: Test | None = None  #: what a column that a header names may hold; None for the same
    telling: bool = True  #: whether values alone may name a column
    least: int = 4  #: values there must be before they tell

    def may_hold(self, text: pl.Expr, known: Known) -> pl.Expr:
        """Where the text could be a value of this kind."""
        return (self.lenient or self.strict)(text, known)


def uci_is_right(text: pl.Expr) -> pl.Expr:
    """Where a UCI has the check letter that its figures give; two readings of a late sixth letter both count."""
    figure = [text.str.slice(place, 1).cast(pl.Int32, strict=False) for place in range(12)]
    sixth = text.str.slice(5, 1)
    scheme = sixth.replace_strict({chr(64 + n): n for n in range(1, 27)}, default=None, return_dtype=pl.Int32)
    other = pl.when(scheme >= 24).then(scheme - 14).when(scheme >= 17).then(scheme - 7).otherwise(scheme)
    rest = pl.sum_horizontal([(16 - place) * figure[place] for place in range(12) if place != 5])
    said = text.str.slice(12, 1)
    letters = dict(enumerate(_LETTERS))
    right = [
        (rest + 11 * pl.coalesce(value, figure[5])).mod(17).replace_strict(letters, default=None) == said
        for value in (scheme, other)
    ]
    return text.str.contains(_UCI) & (right[0] | right[1]).fill_null(value=False)


def uln_is_right(text: pl.Expr) -> pl.Expr:
    """Where a ULN has the check digit that its figures give, or says unknown by ten nines."""
    figure = [text.str.slice(place, 1).cast(pl.Int32, strict=False) for place in range(10)]
    rest = pl.sum_horizontal([(10 - place) * figure[place] for place in range(9)]).mod(11)
    right = (rest != 0) & (figure[9] == 10 - rest)
    return text.str.contains(r"^\d{10}$") & ((text == "9999999999") | right.fill_null(value=False))


def _uci(text: pl.Expr, _known: Known) -> pl.Expr:
    return uci_is_right(text)


def _uln(text: pl.Expr, _known: Known) -> pl.Expr:
    return uln_is_right(text)


def _like(pattern: str) -> Test:
    return lambda text, _known: text.str.contains(pattern)


def _among(which: str) -> Test:
    return lambda text, known: text.is_in(sorted(getattr(known, which)))


def _unit(text: pl.Expr, known: Known) -> pl.Expr:
    return text.str.contains(_UNIT) | text.str.replace_all("[/ -]", "").is_in(sorted(known.units))


def _option(text: pl.Expr, known: Known) -> pl.Expr:
    return text.is_in(sorted(known.options)) | text.str.contains(_GENERAL_OPTION) | _unit(text, known)


def _qualification(text: pl.Expr, known: Known) -> pl.Expr:
    # A spreadsheet that took the zero of 05839 left a code that is still known.
    padded = pl.when(text.str.contains(r"^\d{4}$")).then(text.str.zfill(5)).otherwise(text)
    return padded.is_in(sorted(known.qualifications))


def _qualification_title(text: pl.Expr, known: Known) -> pl.Expr:
    described = text.str.contains(r"^(?:OCR )?LEVEL [1-4] .*(?:CERTIFICATE|DIPLOMA|TECHNICAL|AWARD)")
    return described | text.is_in(sorted(known.qualification_titles))


def _date(text: pl.Expr, _known: Known) -> pl.Expr:
    return date_of(text).is_not_null()


def _age(text: pl.Expr, known: Known) -> pl.Expr:
    return known.year - date_of(text).dt.year()


def _birth_date(text: pl.Expr, known: Known) -> pl.Expr:
    return _age(text, known).is_between(_YOUNGEST, _OLDEST)


def _recent_date(text: pl.Expr, known: Known) -> pl.Expr:
    return _age(text, known) < _YOUNGEST


def _edi_date(text: pl.Expr, _known: Known) -> pl.Expr:
    return ddmmyy(text).is_not_null()


def _forename(text: pl.Expr, known: Known) -> pl.Expr:
    first = text.str.extract(r"^([\p{L}'-]+)", 1)
    return text.str.contains(_NAME) & first.is_in(sorted(known.forenames))


def _fragment(text: pl.Expr, _known: Known) -> pl.Expr:
    return text.is_not_null()


_WORDS = {
    "entry_type": r"^(?:QUALIFICATION|UNIT|CERTIFICATION)S?$",
    "claim_type": r"^(?:CLAIM|RE[ -]?SUBMISSION)$",
    "unit_type": r"^(?:EXAMINED|MODERATED|EXTERNAL|INTERNAL|EXTERNALLY.*|INTERNALLY.*|EXAM|MANDATORY|OPTIONAL)$",
}
_NUMBER = r"^\d{1,4}(?:[.,]\d{1,2})?$"

#: From the most particular to the most general: a column of text is the first that nearly all of its values are.
LOOKS = (
    Look("uci", "have the right check letter", _uci, _like(_UCI[:-1] + "?$"), least=2),
    Look("uln", "have the right check digit", _uln, _like(r"^\d{10}$"), least=3),
    Look("unit", "are known unit codes", _unit, _like(r"^[A-Z]{0,3}[/ -]?\d[0-9A-Z/ -]{3,11}$"), least=2),
    Look("qualification", "are known qualification codes", _qualification, _like(_CODE), least=2),
    Look("option", "are known option codes", _option, _like(r"^[0-9A-Z/-]{4,10}$"), least=3),
    Look("component", "have the form of a component code", _like(_COMPONENT), _like(r"^[0-9A-Z/-]{2,12}$")),
    Look("series", "are series", _like(_SERIES), least=2),
    Look("birth_date", "are dates of birth", _birth_date, _date),
    Look("date", "are dates", _recent_date, _date),
    Look("ocr_number", "have eight digits", _like(r"^\d{8}$"), _like(r"^\d{3,8}(?:\.0)?$")),
    Look("centre", "have the form of a centre number", _like(r"^[0-9]{5}$"), _like(r"^[0-9A-Z]{4,5}$")),
    Look("entry_type", "are qualification, unit or certification", _like(_WORDS["entry_type"])),
    Look("claim_type", "are claim or resubmission", _like(_WORDS["claim_type"])),
    Look("status", "are statuses we know", _among("statuses"), _like(r"^[A-Z][A-Z ()-]{4,}$|^ABSENT$")),
    Look("unit_type", "are examined or moderated", _like(_WORDS["unit_type"]), _like(r"^\p{L}")),
    Look("qualification_title", "are titles of qualifications", _qualification_title, _like(r"\p{L}{3}")),
    Look("unit_title", "are titles of units", _among("unit_titles"), _like(r"\p{L}{2}")),
    Look("candidate", "have four digits", _like(r"^\d{4}$"), _like(r"^\d{1,4}(?:\.0)?$")),
    Look("grade", "are grades on a scale we know", _among("grades")),
    Look("level", "are levels", _like(r"^(?:LEVEL ?)?[1-3]$"), _like(r"^(?:LEVEL ?)?[1-8]$"), telling=False),
    Look("number", "are numbers", _like(_NUMBER), _like(_NUMBER + r"|^A(?:BS(?:ENT)?)?$"), telling=False),
    Look("withdrawn", "are yes or no", _like(r"^(?:Y|N|YES|NO|W|WITHDRAWN|TRUE|FALSE|0|1)$"), _fragment, telling=False),
    Look("name", "read as names", _like(_NAME), telling=False),
    Look("text", "are there", _fragment, telling=False),
)
LOOK = {look.name: look for look in LOOKS}
LOOK["forename"] = Look("forename", "begin with a forename we know", _forename, _like(_NAME), telling=False)
LOOK["edi_date"] = Look("edi_date", "are dates DDMMYY", _edi_date, telling=False)
#: This share of the values makes a column what it is; a few may be damaged.
NEARLY_ALL = 0.9

_BY_COLUMN = {
    "uci": "uci",
    "uln": "uln",
    "unit_code": "unit",
    "qualification_code": "qualification",
    "option_code": "option",
    "entry_option_code": "option",
    "component_code": "component",
    "series_as_sent": "series",
    "date_of_birth": "birth_date",
    "ocr_candidate_number": "ocr_number",
    "candidate_number": "candidate",
    "centre_number": "centre",
    "kind": "entry_type",
    "claim_type": "claim_type",
    "status_as_sent": "status",
    "unit_type": "unit_type",
    "qualification_title": "qualification_title",
    "unit_title": "unit_title",
    "surname": "name",
    "forenames": "name",
    "assessor": "text",
    "expected_completion": "text",
}
_BY_DECODE = {
    "mark": "number",
    "integer": "number",
    "level": "level",
    "date": "date",
    "ddmmyy": "edi_date",
    "birth_ddmmyy": "edi_date",
    "withdrawn": "withdrawn",
    "series": "series",
}


def look_of(column: Column) -> Look:
    """What the values of a column of a layout should look like."""
    if column.decode in ("ddmmyy", "birth_ddmmyy"):
        return LOOK["edi_date"]
    if name := _BY_COLUMN.get(column.name):
        return LOOK[name]
    if column.name == "title" and any("unit" in header.lower() for header in column.headers):
        return LOOK["unit_title"]
    if column.name.endswith(("grade", "grade_as_sent", "endorsement_as_sent")):
        return LOOK["grade"]
    return LOOK[_BY_DECODE.get(column.decode, "text")]


def cleaned(text: pl.Expr) -> pl.Expr:
    """A text as it is compared: what a spreadsheet put round it taken off, upper case, blank as null."""
    plain = text.str.replace_all("\u00a0", " ", literal=True).str.strip_chars().str.replace(r'^="(.*)"$', "${1}")
    plain = plain.str.strip_chars().str.to_uppercase()
    return pl.when(plain != "").then(plain)
