"""The table macros of `results.duckdb`: short names for what people ask every day.

Takes nothing; gives each macro with its words, and the statements that the export runs in a finished database. Logic
never uses them. Numbers are compared one by one, so that a person of two is found by either; names without their
marks and capitals, from the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Macro:
    """A table macro: `FROM name('…')`, what it gives, and the query."""

    name: str
    parameter: str
    says: str
    query: str

    @property
    def call(self) -> str:
        """How it is written: name and parameter."""
        return f"{self.name}({self.parameter})"


_HAS_NUMBER = " OR ".join(
    f"list_contains(string_split({column}, ' '), upper(trim({{0}})))"
    for column in ("candidate_number", "ocr_candidate_number", "uci", "uln")
)


def _starts(*columns: str) -> str:
    """Whether the names of these columns, one after the other, begin as wanted."""
    named = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    return f"starts_with(lower(strip_accents({named})), lower(strip_accents(replace(trim(wanted), ',', ''))))"


_CANDIDATE = f"SELECT * FROM candidates WHERE {_HAS_NUMBER.format('number')} ORDER BY centre_number, person_id"

_PERSON = f"""SELECT c.*, r.readiness, r.code AS held_by, r.reason, r.owner
    FROM candidates AS c
    LEFT JOIN readiness AS r ON r.centre_number = c.centre_number AND r.person_id = c.person_id
    WHERE trim(wanted) <> ''
        AND ({_HAS_NUMBER.format("wanted")}
            OR {_starts("c.surname", "c.forenames")} OR {_starts("c.forenames", "c.surname")})
    ORDER BY c.centre_number, c.surname, c.forenames, c.person_id"""

_RESULTS_OF = """SELECT r.* FROM results_by_carrier AS r
    WHERE r.person_id IN (SELECT person_id FROM candidate(number))
    ORDER BY r.series, r.option_code, r.carrier, r.file_id, r.line"""

_FINDINGS_OF = """SELECT d.* FROM discrepancies AS d
    WHERE d.person_id IN (SELECT person_id FROM candidate(number))
    ORDER BY d.severity_rank, d.code, d.key"""

_FINDINGS = "SELECT * FROM discrepancies WHERE code = wanted ORDER BY severity_rank, code, key"

#: a result is the same one in two files of a carrier, and with two carriers, where all of this is
_OF_ONE = ("centre_number", "person_id", "carrier", "kind", "series", "option_code", "code", "window_from")
_OF_TWO = ("centre_number", "person_id", "kind", "series", "code")


def _same(other: str, columns: tuple[str, ...]) -> str:
    return " AND ".join(f"{other}.{column} IS NOT DISTINCT FROM s.{column}" for column in columns)


def _newest(columns: tuple[str, ...]) -> str:
    latest = "stated_on DESC, sequence DESC NULLS LAST, file_id DESC, line DESC"
    return f"row_number() OVER (PARTITION BY {', '.join(columns)}, is_since ORDER BY {latest})"


_CHANGED_SINCE = f"""WITH told AS (
        SELECT
            *,
            coalesce(unit_code, qualification_code, option_code) AS code,
            coalesce(grade, CASE WHEN is_absent THEN 'absent' END) AS said,
            stated_on >= CAST(day AS DATE) AS is_since
        FROM results_by_carrier
        WHERE stated_on IS NOT NULL
    ),
    placed AS (SELECT *, {_newest(_OF_ONE)} AS of_one, {_newest(_OF_TWO)} AS of_two FROM told),
    compared AS (
        SELECT
            s.*,
            CASE WHEN own.person_id IS NULL THEN other.said ELSE own.said END AS said_before,
            own.mark AS mark_before,
            own.person_id IS NULL AND other.person_id IS NULL AS is_new,
            own.person_id IS NOT NULL AND own.mark IS DISTINCT FROM s.mark AS has_other_mark
        FROM placed AS s
        LEFT JOIN placed AS own ON {_same("own", _OF_ONE)} AND own.of_one = 1 AND NOT own.is_since
        LEFT JOIN placed AS other ON {_same("other", _OF_TWO)} AND other.of_two = 1 AND NOT other.is_since
        WHERE s.is_since AND s.of_one = 1 AND s.superseded_by IS NULL
    )
    SELECT
        s.centre_number, c.candidate_number, c.ocr_candidate_number, c.surname, c.forenames, s.carrier, s.series,
        s.kind, s.code, s.window_from, s.said_before AS grade_before, s.said AS grade, s.mark_before, s.mark,
        CASE WHEN s.is_new THEN 'new' ELSE 'changed' END AS comparison,
        s.stated_on, s.embargo_until, s.person_id, s.file_id, s.line
    FROM compared AS s
    LEFT JOIN candidates AS c ON c.centre_number = s.centre_number AND c.person_id = s.person_id
    WHERE s.is_new OR s.said_before IS DISTINCT FROM s.said OR s.has_other_mark
    ORDER BY s.centre_number, c.surname, c.forenames, s.person_id, s.series, s.code, s.carrier, s.file_id, s.line"""

MACROS = (
    Macro(
        "person", "wanted", "Who has this number, or a name that begins so: person('0042'), person('nightin').", _PERSON
    ),
    Macro("candidate", "number", "The student of a candidate number, OCR number, UCI or ULN.", _CANDIDATE),
    Macro("results_of", "number", "Every statement of every carrier about a student.", _RESULTS_OF),
    Macro("findings_of", "number", "Every discrepancy of a student.", _FINDINGS_OF),
    Macro("findings", "wanted", "Every discrepancy of a code: findings('missing_uci').", _FINDINGS),
    Macro(
        "changed_since",
        "day",
        "Results that files made on or after a day state, and older ones state otherwise (of the same carrier where it "
        "had them) or not at all: changed_since('2026-08-10'). The table changes compares with the run before instead.",
        _CHANGED_SINCE,
    ),
)


def statements() -> Iterator[str]:
    """What makes the macros, each with its words as a comment; one that another uses comes before it."""
    for macro in MACROS:
        says = macro.says.replace("'", "''")
        yield f"CREATE MACRO {macro.call} AS TABLE {macro.query}"
        yield f"COMMENT ON MACRO TABLE {macro.name} IS '{says}'"
