"""What is left of every column of a run where nobody may be named.

Takes the columns of a table; gives the SQL of those that stay. Promises to fail closed: a number of a student becomes
a pseudonym, a birth date its year, a grade stays where it is one that some scale has, and text that is not named here
as a code or a word of ours is left out, whatever it holds. Pseudonyms are HMAC-SHA256 (RFC 2104), worked out by the
database: the same number under one key is the same pseudonym in every table and every bundle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.database import identifier, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: a number of a student → what it is; several of one kind may stand in a cell, set apart by spaces
NUMBERS: Mapping[str, str] = {
    "person_id": "person",
    "other_person_id": "person",
    "candidate_number": "candidate_number",
    "ocr_candidate_number": "ocr_candidate_number",
    "uci": "uci",
    "uln": "uln",
    "ucas_id": "ucas_id",
    # made of a finding's key, which has the student's number in it: who tries all numbers would find the right one
    "fingerprint": "finding",
    "root": "finding",
    "became": "finding",
}

#: a candidate number is one student's within a centre alone
_OF_A_CENTRE = frozenset({"candidate_number"})

#: stays where some scale has that grade, or where it is a mark: what slipped into such a column stays in no bundle
GRADES = frozenset({
    "grade", "grade_at_award", "issued_grade", "next_grade", "next_unit_grade", "claimed_grade", "edi_grade",
    "xml_grade", "achievement_grade", "marks_grade", "board_grade", "manual_grade", "school_grade", "before", "after",
})  # fmt: skip

#: codes, days as text, and words of which this program or a list of its own has only so many
CODES = frozenset({
    "academic_year", "assessment", "attempts_check", "basis", "because", "board", "carrier", "carriers",
    "centre_number", "change", "change_state", "claim_season", "claim_type", "claims_check", "code",
    "combination_confidence", "column_name", "compared", "comparison", "component_code", "confidence", "date_check",
    "direction", "eligible_check", "entry_check", "entry_option_code", "expected_by", "expected_season", "family",
    "field", "figures_confidence", "file_before", "file_id", "first_run", "format", "gradeset", "identifier",
    "issued_file_id", "issued_series", "kind", "last_run", "level_check", "mandatory_missing", "matched_by",
    "next_unit", "option_code", "owner", "points_confidence", "previous_file_id", "qualification_code", "readiness",
    "record_check", "reported_to", "season", "series", "severity", "size", "size_check", "source", "standing", "state",
    "status", "status_after", "status_before", "subject", "suite", "superseded_by", "tariff_confidence",
    "tracker_check", "tracker_status", "uci_check", "unit_code", "units_check", "units_counted", "what",
})  # fmt: skip

#: a cause is one word of ours; some rules write a sentence instead
WORDS = frozenset({"cause"})

#: free text, and what says more of a person than who reads a bundle needs
LEFT_OUT = frozenset({
    "surname", "forenames", "label", "key", "key_shape", "message", "expected", "action", "evidence", "raw", "file",
    "name", "other_names", "delimiter", "cells", "detail", "reason", "reasons", "next_step", "not_calculated",
    "fault", "said",
    "value_as_given", "board_value", "changed_by", "waived_by", "firm_choice", "offer", "id", "waiver_id",
    "series_as_sent", "grade_as_sent", "second_grade_as_sent", "first_endorsement_as_sent",
    "second_endorsement_as_sent",
    "status_as_sent", "status_after_as_sent", "status_before_as_sent",
    # who holds the files could look the line up
    "line", "line_before", "issued_line", "previous_line", "given_line",
    # why somebody had special consideration is a matter of health
    "special_consideration_tariff", "special_consideration_mark", "raw_mark",
})  # fmt: skip

BIRTH = "date_of_birth"
YEAR = "year_of_birth"


def make_macro(con: Any, key: bytes) -> None:
    """Make `pseudonym(kind, value)`: 24 hexadecimal digits, 96 bits, of the HMAC of both under the key.

    Only in a connection whose tables are in memory: the key stands in the macro.
    """
    import hashlib

    block = hashlib.sha256(key).digest() if len(key) > 64 else key
    inner, outer = (bytes(one ^ pad for one in block.ljust(64, b"\0")).hex() for pad in (0x36, 0x5C))
    digest = f"sha256(unhex('{outer}') || unhex(sha256(unhex('{inner}') || encode(kind || ':' || value))))"
    con.execute(f"CREATE TEMP MACRO pseudonym(kind, value) AS left({digest}, 24)")


def make_grades(con: Any) -> None:
    """Make `known_grades`, every grade that a scale of the run has."""
    names = ("grade_codes", "grade_thresholds")
    found = " UNION ".join(f"SELECT grade FROM {name}" for name in names)
    con.execute(f"CREATE TEMP TABLE known_grades AS {found} UNION SELECT unnest(['X', 'Q', 'U', 'R'])")


def pseudonymous(table: str, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The columns of a table that stay where nobody may be named, in their order: name, and the SQL of it.

    `columns` is name → type, as the database spells it.
    """
    for name, kind in columns.items():
        column = identifier(name)
        if name == BIRTH:
            yield YEAR, f"CAST(year({column}) AS INTEGER)"
        elif name in NUMBERS:
            yield name, _pseudonyms(text(NUMBERS[name]), column, name in _OF_A_CENTRE)
        elif (table, name) == ("candidate_identities", "value"):
            yield name, _identity()
        elif name in LEFT_OUT:
            continue
        elif kind != "VARCHAR" or name in CODES:
            yield name, column
        elif name in GRADES:
            known = f"{column} IN (SELECT grade FROM known_grades) OR TRY_CAST({column} AS DECIMAL(7, 2)) IS NOT NULL"
            yield name, f"CASE WHEN {known} THEN {column} END"
        elif name in WORDS:
            yield name, f"CASE WHEN regexp_full_match({column}, '[a-z_]+') THEN {column} END"


def _pseudonyms(kind: str, column: str, is_of_a_centre: bool) -> str:
    """Each number of a cell by itself, so that it is found again where it stands alone."""
    told = f"{kind} || ':' || coalesce(centre_number, '')" if is_of_a_centre else kind
    return f"array_to_string([pseudonym({told}, one) FOR one IN string_split({column}, ' ')], ' ')"


def _identity() -> str:
    told = "CASE identifier WHEN 'candidate_number' THEN 'candidate_number:' || coalesce(centre_number, '') "
    return _pseudonyms(f"{told} ELSE identifier END", "value", is_of_a_centre=False)
