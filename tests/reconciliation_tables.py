"""The reconciliation made from a few tables drawn by hand: the joins between them and it are really run.

Takes rows drawn as dictionaries of text; gives the reconciliation's rows as dictionaries. What the calendar, the
series and the codes say is that of one summer; the award calculation is drawn, not worked out.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pipelines import resources
from pipelines.database import column_types, identifier
from pipelines.sql_files import in_order, load_sql_file
from tests.rule_cases import AS_OF, Case, _database, table_types

Row = dict[str, str]

#: the joins that are made; every other table is drawn or empty
MADE = (
    *("entered_options", "qualification_entries", "folded_results", "unit_results", "qualification_results"),
    *("achieved_units", "claim_answers", "report_coverage", "withheld_results"),
    *("edi_gaps", "report_gaps", "basedata_gaps", "claim_windows", "entry_answers", "entry_series"),
    *("needed_units", "level_doubts", "reconciled_results", "tracked_items", "expected_by_entry"),
    *("expected_by_claim", "expected_by_need", "award_obstacles", "expected_awards", "reconciliation"),
)

_RELEASED = "2026-08-10T08:00:00+01:00"


def _series() -> list[Row]:
    rows = (
        ("9I25", "2016", "true", "2025-26"),
        ("6E26", "2016", "false", "2025-26"),
        ("9I24", "2016", "true", "2024-25"),
    )
    seen = [
        {
            "board": board, "series": series, "season": season, "family": "cambridge_technicals", "suite": suite,
            "carries": "qualifications|moderated_units" if annual == "true" else "examined_units",
            "is_annual": annual, "is_known": "true",
        }
        for board in ("72", "")
        for series, suite, annual, season in rows
    ]  # fmt: skip
    general = {
        "season": "2025-26",
        "family": "general",
        "suite": "",
        "carries": "",
        "is_annual": "false",
        "is_known": "true",
    }
    return [*seen, {"board": "01", "series": "6B26", **general}, {"board": "70", "series": "6G26", **general}]


def _usual() -> dict[str, list[Row]]:
    windows = (
        ("2025-09-01", "2026-06-30", "before", "", ""),
        ("2026-07-01", "2026-07-31", "calendar", "1", _RELEASED),
        ("2026-08-01", "2026-08-04", "calendar", "2", _RELEASED),
        ("2026-08-05", "2026-12-31", "after", "", ""),
    )
    codes = (("05838/01", "583801"), ("05838/17", "583817"), ("05838/15", "583815"))
    return {
        "series_seen": _series(),
        "award_windows": [
            {
                "board": "72", "series": "9I25", "window_from": start, "window_to": end, "place": place,
                "number": number, "released_to_centres": released,
            }
            for start, end, place, number, released in windows
        ],
        "series_due": [
            {"board": "72", "series": "6E26", "released_to_centres": _RELEASED, "is_due": "true"},
            {"board": "01", "series": "6B26", "released_to_centres": "2026-08-12T00:01:00+01:00", "is_due": "false"},
            {"board": "70", "series": "6G26", "released_to_centres": _RELEASED, "is_due": "true"},
        ],
        "code_spellings": [{"code_as_sent": unit, "option_code": option} for unit, option in codes],
        "candidates": [person("p1")],
        "claims": [],
    }  # fmt: skip


def person(name: str, **more: str) -> Row:
    """Somebody with a UCI and one OCR number."""
    usual = {"centre_number": "99999", "person_id": name, "uci": "999990240001A", "ocr_candidate_number": "40000001"}
    return {**usual, "candidate_number": "0001", **more}


def said(carrier: str, grade: str, **more: str) -> Row:
    """What one carrier says of an examined unit in June."""
    usual = {
        "centre_number": "99999", "person_id": "p1", "board": "72", "series": "6E26", "kind": "unit",
        "option_code": "583801", "unit_code": "05838/01", "qualification_code": "", "suite": "2016", "level": "3",
        "subject": "IT", "assessment": "examined", "is_technical": "true", "window_from": "", "window_to": "",
        "carrier": carrier, "grade": grade, "mark": "", "is_absent": "false", "is_on_scale": "true",
        "award_date": "2026-08-10" if carrier == "achievement" else "", "file_id": carrier, "line": "3",
    }  # fmt: skip
    return {**usual, **more}


def moderated(carrier: str, grade: str, day: str = "2026-07-09", **more: str) -> Row:
    """What one carrier says of a moderated unit, in the July or the August window."""
    july = day < "2026-08-01"
    usual = {
        "series": "9I25", "option_code": "583817", "unit_code": "05838/17", "assessment": "moderated",
        "window_from": "2026-07-01" if july else "2026-08-01", "window_to": "2026-07-31" if july else "2026-08-04",
        "award_date": day if carrier == "achievement" else "",
    }  # fmt: skip
    return said(carrier, grade, **{**usual, **more})


def award(carrier: str, grade: str, **more: str) -> Row:
    """What one carrier says of an award in August."""
    usual = {"kind": "qualification", "option_code": "05839", "unit_code": "", "qualification_code": "05839"}
    return moderated(carrier, grade, "2026-08-03", **{**usual, "assessment": "", **more})


def covers(carrier: str, series: str = "6E26", **more: str) -> Row:
    """A file or report of a carrier is here."""
    usual = {
        "centre_number": "99999", "carrier": carrier, "board": "72", "series": series, "window_from": "",
        "window_to": "", "qualification_code": "", "unit_code": "", "as_of": "2026-08-10", "file_id": carrier,
    }  # fmt: skip
    return {**usual, **more}


#: the EDI files of June and of both windows
EDI_HERE = [
    covers("edi"),
    covers("edi", "9I25", window_from="2026-07-01", window_to="2026-07-31"),
    covers("edi", "9I25", window_from="2026-08-01", window_to="2026-08-04"),
]


def entry(**more: str) -> Row:
    """An entry for an examined unit in June."""
    usual = {
        "centre_number": "99999", "person_id": "p1", "board": "72", "series": "6E26", "season": "2025-26",
        "option_code": "583801", "kind": "unit", "unit_code": "05838/01", "qualification_code": "", "suite": "2016",
        "level": "3", "subject": "IT", "assessment": "examined", "is_technical": "true", "withdrawn": "false",
        "is_eligible": "true", "source": "csv", "expected_season": "", "file_id": "f", "line": "2",
    }  # fmt: skip
    return {**usual, **more}


def entered(**more: str) -> Row:
    """An entry for a qualification, to be awarded this season."""
    usual = {
        "series": "9I25", "option_code": "05839", "kind": "qualification", "unit_code": "", "assessment": "",
        "qualification_code": "05839", "expected_season": "2025-26",
    }  # fmt: skip
    return entry(**{**usual, **more})


def claim(day: str = "2026-07-05", **more: str) -> Row:
    """A claim of a moderated unit."""
    usual = {
        "centre_number": "99999", "person_id": "p1", "qualification_code": "05839", "unit_code": "05838/17",
        "option_code": "583817", "suite": "2016", "level": "3", "subject": "IT", "claimed_grade": "P",
        "claim_date": day, "claim_season": "2025-26" if day else "", "claim_type": "claim", "file_id": "c", "line": "4",
    }  # fmt: skip
    return {**usual, **more}


def tracked(status: str, **more: str) -> Row:
    """What the tracker says of a moderated unit."""
    usual = {
        "centre_number": "99999", "person_id": "p1", "qualification_code": "05839", "unit_code": "05838/17",
        "suite": "2016", "level": "3", "subject": "IT", "assessment": "moderated", "status": status,
        "counts_as_claimed": "false", "as_of": "2026-07-24", "expected_season": "", "file_id": "t", "line": "5",
    }  # fmt: skip
    return {**usual, **more}


def outstanding(**more: str) -> Row:
    """What the award calculation leaves to be explained: no award, and no valid combination."""
    usual = {
        "centre_number": "99999", "person_id": "p1", "qualification_code": "05839", "eligible": "false",
        "award_is_covered": "false", "completed_season": "", "is_pending": "false", "not_calculated": "",
        "not_known": "", "glh_in_subject": "180", "glh_required": "360",
    }  # fmt: skip
    return {**usual, **more}


#: a valid combination, and every file that could hold the award is here
COMPLETE = outstanding(eligible="true", award_is_covered="true", completed_season="2025-26")


def achieved(unit: str, hours: str = "60", **more: str) -> Row:
    """A unit that counts."""
    usual = {
        "centre_number": "99999", "person_id": "p1", "unit_code": unit, "suite": "2016", "subject": "IT",
        "is_achieved": "true", "guided_learning_hours": hours,
    }  # fmt: skip
    return {**usual, **more}


def table(wanted: str, **drawn: list[Row]) -> list[dict[str, Any]]:
    """One of the joins that are made of what is drawn; its rows in one order."""
    tables = {name: rows for name, rows in {**_usual(), **drawn}.items() if rows}
    if "latest_statements" in tables and "results_by_carrier" not in tables:
        known = table_types()["results_by_carrier"]
        tables["results_by_carrier"] = [
            {name: value for name, value in row.items() if name in known} for row in tables["latest_statements"]
        ]
    con = _database(Case("a join", tables=tables, columns={name: list(rows[0]) for name, rows in tables.items()}))
    try:
        files = [load_sql_file(resources.sql() / "joins" / f"{name}.sql") for name in MADE if name not in tables]
        given = {name for file in files for name in file.reads} - {file.name for file in files}
        for file in in_order(files, given):
            query, bound = file.bound({"as_of": datetime.fromisoformat(AS_OF).astimezone(UTC)})
            names = ", ".join(identifier(name) for name in column_types(file))
            con.execute(f"INSERT INTO {identifier(file.name)} ({names}) SELECT {names} FROM ({query})", bound or None)
        columns = [row[0] for row in con.execute(f"DESCRIBE {identifier(wanted)}").fetchall()]
        texts = ", ".join(
            f"CAST({identifier(name)} AS VARCHAR) AS {identifier(name)}"
            if kind.startswith("TIMESTAMP")
            else identifier(name)
            for name, kind in table_types()[wanted].items()
        )
        rows = con.execute(f"SELECT {texts} FROM {identifier(wanted)} ORDER BY ALL").fetchall()
    finally:
        con.execute("ROLLBACK")
        con.close()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def about(code: str, *columns: str, **drawn: list[Row]) -> list[tuple[Any, ...]]:
    """What the reconciliation says of one code: these columns, by item, series, window and claim."""
    rows = [row for row in table("reconciliation", **drawn) if code in ("", row["code"])]
    place = ("person_id", "code", "series", "window_from", "is_stated")
    rows.sort(key=lambda row: [str(row[name] or "") for name in place])
    return [tuple(row[name] for name in columns) for row in rows]


def reconciled(*columns: str, **drawn: list[Row]) -> list[tuple[Any, ...]]:
    """Likewise all of it."""
    return about("", *columns, **drawn)
