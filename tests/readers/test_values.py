"""Column decoders: what each text becomes, what is repaired, and what is never guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.formats import Column
from pipelines.readers.values import Setting, decode


def decoded(
    text: str | None, name: str, *, edi: bool = False, comma: bool = False, created: str | None = None, **column: Any
) -> dict[str, Any]:
    """The value, the reason of a fault, whether it is fatal, and the repairs of one text."""
    setting = Setting(edi=edi, decimal_comma=pl.lit(value=True) if comma else None)
    made = decode(Column("x", name, **column), setting)
    frame = pl.DataFrame({"x": [text]}, schema={"x": pl.String}).with_columns(
        created_at=pl.lit(dt.date.fromisoformat(created) if created else None, dtype=pl.Date)
    )
    found = {key: frame.select(value).item() for key, value in made.values.items()}
    faults = [fault for fault in made.faults if frame.select(fault.mask.fill_null(value=False)).item()]
    repairs = {name for name, mask in made.repairs.items() if frame.select(mask.fill_null(value=False)).item()}
    return {
        "value": found.get("x"),
        "all": found,
        "fault": faults[0].reason if faults else None,
        "faults": len(faults),
        "expected": faults[0].expected if faults else None,
        "fatal": any(fault.fatal for fault in faults),
        "repairs": repairs,
    }


@pytest.mark.parametrize(
    ("text", "pad", "value", "repairs"),
    [
        ("0042", 4, "0042", set()),
        ("42", 4, "0042", {"leading_zeros"}),
        ("5839", 5, "05839", {"leading_zeros"}),
        ("12345", 8, "00012345", {"leading_zeros"}),
        ("h446", 5, "H446", set()),
        ("42.0", 4, "0042", {"decimal_point", "leading_zeros"}),
        ("1.5", 4, "1.5", set()),
        ("123456", 4, "123456", set()),
        (None, 4, None, set()),
        ("AB.0", 4, "AB.0", set()),
    ],
)
def test_zeros_that_a_spreadsheet_took_are_put_back(
    text: str | None, pad: int, value: str | None, repairs: set[str]
) -> None:
    found = decoded(text, "identifier", pad=pad)
    assert (found["value"], found["repairs"], found["fault"]) == (value, repairs, None)


@pytest.mark.parametrize("text", ["1.23E+12", "1,23E+12", "1.23e+09", "1E+12", "1.2E-5", "1.23E12"])
def test_a_number_that_lost_digits_is_never_guessed(text: str) -> None:
    found = decoded(text, "identifier", pad=8)
    assert found["fatal"]
    assert "lost digits" in found["fault"]


@pytest.mark.parametrize("text", ["6E26", "9C25", "12E45"])
def test_a_code_with_an_e_in_it_is_a_code(text: str) -> None:
    assert decoded(text, "identifier")["fault"] is None


@pytest.mark.parametrize(
    ("text", "value", "repairs"),
    [
        ("6E26", "6E26", set()),
        ("6e26", "6E26", set()),
        ("6E+26", "6E26", {"exponent"}),
        ("6.00E+26", "6E26", {"exponent"}),
        ("1E+26", "1E26", {"exponent"}),
        ("600000000000000000000000000", "6E26", {"exponent"}),
        ("599999999999999994228637696", "6E26", {"exponent"}),
        ("9I25", "9I25", set()),
        ("June 2026", "JUNE 2026", set()),
        ("61234567890123", "61234567890123", set()),
    ],
)
def test_a_series_that_became_a_number_lost_nothing(text: str, value: str, repairs: set[str]) -> None:
    found = decoded(text, "series")
    assert (found["value"], found["repairs"], found["fault"]) == (value, repairs, None)


def test_a_series_with_digits_lost_is_rejected() -> None:
    assert decoded("6.12E+26", "series")["fatal"]


@pytest.mark.parametrize(("name", "text"), [("identifier", "42.0"), ("identifier", "1.2E+8"), ("series", "6E+26")])
def test_in_a_file_of_fixed_width_no_spreadsheet_has_been(name: str, text: str) -> None:
    found = decoded(text, name, edi=True, pad=8)
    assert (found["value"], found["repairs"], found["fault"]) == (text, set(), None)


def test_a_file_is_not_of_fixed_width_unless_it_is_said() -> None:
    made = decode(Column("x", "identifier", pad=4), Setting())
    assert pl.DataFrame({"x": ["42"]}).select(made.values["x"]).item() == "0042"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("16/05/2008", "2008-05-16"),
        ("6/5/2008", "2008-05-06"),
        ("2008-05-16", "2008-05-16"),
        ("16-May-2008", "2008-05-16"),
        ("16-MAY-2008", "2008-05-16"),
        ("16 May 2008", "2008-05-16"),
        ("16 September 2008", "2008-09-16"),
        ("16-Sept-2008", "2008-09-16"),
        ("2008-05-16 00:00:00", "2008-05-16"),
        ("2026-08-12T00:01:00", "2026-08-12"),
        ("23/07/2026 14:05", "2026-07-23"),
        ("29/02/2008", "2008-02-29"),
    ],
)
def test_dates_are_read_day_first(text: str, value: str) -> None:
    found = decoded(text, "date")
    assert (str(found["value"]), found["fault"]) == (value, None)


@pytest.mark.parametrize("text", ["16/05/08", "16-May-08", "1 May 08", "1/2/03"])
def test_a_two_digit_year_is_ambiguous_and_rejected(text: str) -> None:
    found = decoded(text, "date")
    assert found["value"] is None
    assert found["fatal"]
    assert "two-digit year" in found["fault"]
    assert found["faults"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "29/02/2007",
        "2008-13-01",
        "31/06/2026",
        "tomorrow",
        "16.05.2008",
        "16/05/20088",
        "+2008-05-16",
        "31 Abc 2026",
        "31 February 2026",
    ],
)
def test_what_is_no_date_is_left_out_or_rejected_where_it_is_required(text: str) -> None:
    assert decoded(text, "date")["value"] is None
    assert not decoded(text, "date")["fatal"]
    assert decoded(text, "date", required=True)["fatal"]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y"]))
def test_every_date_is_read_as_it_was_written(date: dt.date, form: str) -> None:
    assert decoded(date.strftime(form), "date")["value"] == date


@pytest.mark.parametrize(
    ("text", "created", "value"),
    [
        ("160508", "2026-02-20", "2008-05-16"),
        ("200226", "2026-02-20", "2026-02-20"),
        ("210226", "2026-02-20", "1926-02-21"),
        ("311299", "2026-02-20", "1999-12-31"),
        ("010100", "2026-02-20", "2000-01-01"),
        ("010130", None, "2030-01-01"),
        ("010131", None, "1931-01-01"),
        ("010100", "1999-12-31", "1900-01-01"),
        ("000000", "2026-02-20", "None"),
    ],
)
def test_an_edi_birth_date_is_never_after_the_file_was_made(text: str, created: str | None, value: str) -> None:
    found = decoded(text, "birth_ddmmyy", edi=True, created=created)
    assert (str(found["value"]), found["fault"]) == (value, None)


@pytest.mark.parametrize(
    ("text", "value", "fault"), [("000000", None, False), ("310226", None, True), ("1605 8", None, True)]
)
def test_an_edi_date_of_zeros_is_blank_and_an_impossible_one_a_fault(text: str, value: None, fault: bool) -> None:
    found = decoded(text, "ddmmyy", edi=True)
    assert (found["value"], found["fault"] is not None) == (value, fault)


@pytest.mark.parametrize(("text", "value"), [("311279", "2079-12-31"), ("010180", "1980-01-01")])
def test_no_file_is_older_than_its_format(text: str, value: str) -> None:
    assert str(decoded(text, "ddmmyy", edi=True)["value"]) == value


@pytest.mark.parametrize(
    ("text", "edi", "value"),
    [
        ("30", False, 30),
        ("30.0", False, 30),
        ("30.", False, 30),
        ("30.0", True, None),
        ("30.5", False, None),
        ("-30", False, None),
        ("+30", False, None),
        ("123456789", False, 123456789),
        ("1234567890", False, None),
    ],
)
def test_a_whole_number_is_digits_alone(text: str, edi: bool, value: int | None) -> None:
    found = decoded(text, "integer", edi=edi)
    assert (found["value"], found["fault"] is None) == (value, value is not None)


@pytest.mark.parametrize(("text", "value"), [("Un it", "unit"), ("QUALIFICATION", "qualification"), ("part", None)])
def test_one_of_a_few_words(text: str, value: str | None) -> None:
    found = decoded(text, "word", values=("unit", "qualification"))
    assert (found["value"], found["expected"]) == (value, None if value else "unit or qualification")


def test_a_comma_in_a_mark_of_fixed_width_is_no_mark_and_nothing_more() -> None:
    found = decoded("72,5", "mark", edi=True)
    assert (found["fault"], found["faults"]) == ("is not a mark", 1)


def test_a_mark_is_as_wide_as_its_column() -> None:
    made = decode(Column("x", "mark"), Setting())
    frame = pl.DataFrame({"x": ["99999.99", "1." + "0" * 60]}).select(made.values["x"])
    assert frame.schema["x"] == pl.Decimal(7, 2)
    assert frame["x"].to_list() == [Decimal("99999.99"), Decimal("1.00")]


@pytest.mark.parametrize(
    ("text", "comma", "value", "absent", "fault"),
    [
        ("72", False, "72.00", False, None),
        ("0042", False, "42.00", False, None),
        ("72.5", False, "72.50", False, None),
        ("72,5", True, "72.50", False, None),
        ("72,5", False, None, False, "decimal comma"),
        ("72.5", True, "72.50", False, None),
        ("A", False, None, True, None),
        ("abs", False, None, True, None),
        ("Absent", False, None, True, None),
        (None, False, None, False, None),
        ("-3", False, None, False, "not a mark"),
        ("1e3", False, None, False, "not a mark"),
        ("X", False, None, False, "not a mark"),
        ("1,234", True, "1.23", False, None),
        ("123456", False, None, False, "not a mark"),
    ],
)
def test_a_mark_is_a_number_or_says_absent(
    text: str | None, comma: bool, value: str | None, absent: bool, fault: str | None
) -> None:
    found = decoded(text, "mark", comma=comma, required=True)
    assert found["value"] == (Decimal(value) if value else None)
    assert bool(found["all"]["x absent"]) == absent
    assert (found["fault"] is None) if fault is None else (fault in found["fault"] and found["fatal"])


def test_a_mark_with_more_than_two_decimals_is_rounded_and_said_so() -> None:
    found = decoded("125.714", "mark")
    assert (found["value"], found["repairs"]) == (Decimal("125.71"), {"rounded"})
    assert decoded("125.700", "mark")["repairs"] == set()


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("Level 2", 2), ("L3", 3), ("level3", 3), ("3.0", 3), ("high", None)]
)
def test_a_level_is_its_digit(text: str, value: int | None) -> None:
    assert decoded(text, "level")["value"] == value


@pytest.mark.parametrize("text", [None, "N", "No", "no", "0", "False", "FALSE"])
def test_not_withdrawn(text: str | None) -> None:
    assert decoded(text, "withdrawn")["value"] is False


@pytest.mark.parametrize("text", ["Y", "Yes", "1", "W", "12/03/2026", "null"])
def test_anything_else_is_withdrawn(text: str) -> None:
    assert decoded(text, "withdrawn")["value"] is True


@pytest.mark.parametrize("text", ["Null", "NA", "None", "NaN", "True", "N/A", "inf"])
def test_words_that_programs_know_stay_words(text: str) -> None:
    assert decoded(text, "text")["value"] == text


@pytest.mark.parametrize(
    ("text", "surname", "forenames", "truncated"),
    [
        ("SAMPLE:ANN MARIE", "SAMPLE", "ANN MARIE", False),
        ("SAMPLE PO HENG:", "SAMPLE PO HENG", None, False),
        ("SAMPLE", "SAMPLE", None, False),
        ("SAMPLE:A:B", "SAMPLE", "A:B", False),
        ("S" * 30 + ":" + "A" * 9, "S" * 30, "A" * 9, True),
        (":ANN", None, "ANN", False),
        (None, None, None, False),
    ],
)
def test_an_edi_name_is_split_at_its_colon(
    text: str | None, surname: str | None, forenames: str | None, truncated: bool
) -> None:
    found = decoded(text, "edi_name", edi=True, width=40)["all"]
    assert found == {"surname": surname, "forenames": forenames, "name_truncated": truncated}


@given(st.text(max_size=12), st.sampled_from(["identifier", "series", "mark", "date", "integer", "level", "withdrawn"]))
def test_no_text_breaks_a_decoder_and_none_is_dropped_without_a_word(text: str, name: str) -> None:
    """What is not blank becomes a value, says absent, or is a fault."""
    clean = text.strip() or None
    found = decoded(clean, name, pad=8 if name == "identifier" else 0)
    is_absent = bool(found["all"].get("x absent"))
    assert clean is None or found["value"] is not None or is_absent or found["fault"]
