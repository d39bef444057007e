"""An invented county as tables, the joins made of them, and what the rules find.

Takes a `County`; gives the findings of the rules whose twins stand in `course_twin` and `course_claims_twin`. Filled
are only the tables of entries, claims, tracker, statements and coverage; everything between them and the rules is made
by the joins themselves, as their headers say what they read.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import duckdb

from pipelines import resources
from pipelines.database import identifier, make_tables
from pipelines.findings import prepare, run_rule
from pipelines.reference import reference_tables
from pipelines.rules import load_rules
from pipelines.run_tables import RUN_TABLES
from pipelines.sql_files import SqlFile, in_order, load_sql_folder
from tests.award_records import Figures
from tests.award_tables import _fill, figures_as_tables, shipped
from tests.course_records import (
    SEASONS,
    County,
    Finding,
    Said,
    School,
    Student,
    Window,
    annual,
    season_of_series,
    summer,
    windows,
)
from tests.rule_cases import table_types

Row = dict[str, Any]
CODES = (
    *("award_missing", "units_incomplete", "invalid_combination", "wrong_size"),
    *("award_grade_differs", "near_pass_relied_on", "wrong_level", "unit_not_claimed"),
)
#: the tables that a county fills, beside the reference tables; the last four only give words and stay empty
FILLED = (
    *("entries", "claims", "tracker", "results_by_carrier", "coverage", "file_facts", "placed_results", "series_seen"),
    *("incoming_options", "candidates", "item_titles"),
)
FACTS = ("suite", "level", "subject")
COUNTED = ("claim_submitted", "sample_selected", "result_pending", "awaiting_assessed_grade")


def _named(figures: Figures, code: str | None) -> Row:
    """Suite, level and subject of a qualification, nothing where the reference data have no row."""
    for q in figures.qualifications:
        if q.qualification_code == code and q.is_known:
            return {name: getattr(q, name) for name in FACTS}
    return dict.fromkeys(FACTS)


def _unit(figures: Figures, code: str) -> Row:
    unit = figures.unit[code]
    return {name: getattr(unit, name) for name in (*FACTS, "assessment", "option_code", "unit_code")}


def _entries(figures: Figures, who: Row, student: Student) -> Iterator[Row]:
    usual = {**who, "board": "72", "is_technical": True, "is_eligible": True, "source": "csv", "file_id": "entries"}
    for row in student.enrolled:
        code, about = row.qualification_code, _named(figures, row.qualification_code)
        yield {
            **usual, **about, "series": annual(about["suite"] or "2016", row.season), "season": row.season,
            "kind": "qualification", "option_code": code, "qualification_code": code, "withdrawn": row.withdrawn,
            "unit_code": None, "assessment": None, "intended_level": row.intended_level,
            "expected_season": row.completes, "line": row.line,
        }  # fmt: skip
    for n, sat in enumerate(student.sittings, 100):
        yield {
            **usual, **_unit(figures, sat.unit_code), "series": sat.series, "season": season_of_series(sat.series),
            "kind": "unit", "qualification_code": None, "withdrawn": sat.withdrawn, "intended_level": None,
            "expected_season": None, "line": n,
        }  # fmt: skip


def _tracker(figures: Figures, who: Row, student: Student) -> Iterator[Row]:
    for row in student.tracker:
        unit = _unit(figures, row.unit_code) if row.unit_code else {"unit_code": None, "assessment": None}
        yield {
            **who, **_named(figures, row.qualification_code), "unit_code": unit["unit_code"],
            "assessment": unit["assessment"], "qualification_code": row.qualification_code, "status": row.status,
            "counts_as_claimed": row.unit_code is not None and row.status in COUNTED, "as_of": row.as_of,
            "entry_date": row.entered_on, "expected_season": row.completes, "file_id": "tracker", "line": row.line,
        }  # fmt: skip


def _said(figures: Figures, who: Row, one: Said, stated_on: datetime.date | None) -> Row:
    if one.is_award:
        about = {**_named(figures, one.code), "assessment": None, "unit_code": None, "option_code": one.code}
    else:
        about = _unit(figures, one.code)
    return {
        **who, **about, "carrier": one.carrier, "board": "72", "is_technical": True, "series": one.series,
        "kind": "qualification" if one.is_award else "unit", "grade": one.grade,
        "qualification_code": one.code if one.is_award else one.listed_under,
        "window_from": one.window.first if one.window else None, "window_to": one.window.last if one.window else None,
        "award_date": one.award_date, "is_absent": one.is_absent, "stated_on": stated_on, "file_id": one.file_id,
        "line": one.line,
    }  # fmt: skip


def report_windows(series: str, last_award: datetime.date) -> tuple[Window | None, ...]:
    """The windows of a series that a report with this latest award date speaks of."""
    return tuple(window for window in windows(series) if window.first <= last_award) or (None,)


def ends(school: School) -> dict[str, datetime.date]:
    """The latest award date on each report."""
    days: dict[str, datetime.date] = {}
    for student in school.students:
        for one in student.said:
            if one.carrier == "achievement" and one.award_date:
                days[one.file_id] = max(one.award_date, days.get(one.file_id, one.award_date))
    return days


def _coverage(school: School) -> Iterator[Row]:
    usual = {"centre_number": school.number, "board": "72", "family": "cambridge_technicals"}

    def row(carrier: str, window: Window | None = None, **more: Any) -> Row:
        place = {"window_from": window.first if window else None, "window_to": window.last if window else None}
        blank = dict.fromkeys(("qualification_code", "unit_code", "series", "as_of"))
        return {**usual, **blank, "carrier": carrier, **place, "file_id": carrier, **more}

    for series, window in sorted(school.edi, key=str):
        yield row("edi", window, series=series)
    for series, unit in sorted(school.marks):
        yield row("marks", series=series, unit_code=unit)
    last, run_on = ends(school), dict(school.reports)
    told = {
        (o.file_id, o.listed_under, o.series) for s in school.students for o in s.said if o.carrier == "achievement"
    }
    for file_id, code, series in sorted(told, key=str):
        for window in report_windows(series, last[file_id]):
            day = run_on[file_id] or last[file_id]
            yield row("achievement", window, series=series, qualification_code=code, file_id=file_id, as_of=day)
    claimed = {(claim.qualification_code, claim.unit_code) for student in school.students for claim in student.claims}
    for code, unit in sorted(claimed):
        yield row("claims", qualification_code=code, unit_code=unit)


def _students(county: County) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {name: [] for name in FILLED}
    figures = county.figures
    for school in county.schools:
        last, run_on = ends(school), dict(school.reports)
        tables["coverage"] += _coverage(school)
        tables["file_facts"] += [{"file_id": name, "stated_on": day} for name, day in school.reports]
        for student in school.students:
            who = {"centre_number": school.number, "person_id": student.name}
            tables["entries"] += _entries(figures, who, student)
            tables["tracker"] += _tracker(figures, who, student)
            for n, claim in enumerate(student.claims, 1):
                about = {**_unit(figures, claim.unit_code), "qualification_code": claim.qualification_code}
                tables["claims"].append({**who, **about, "claim_date": claim.day, "file_id": "claims", "line": n})
            for one in student.said:
                day = run_on.get(one.file_id) or last.get(one.file_id)
                tables["results_by_carrier"].append(_said(figures, who, one, day))
    return tables


def _series() -> list[Row]:
    names = {f"{month}E{summer(season) % 100:02d}" for season in SEASONS for month in "16"}
    names |= {annual(suite, season) for season in SEASONS for suite in ("2016", "2012")}
    return [
        {"board": board, "series": series, "season": season_of_series(series), "family": "cambridge_technicals",
         "is_annual": series[0] == "9", "is_known": True}
        for board in ("72", None) for series in sorted(names)
    ]  # fmt: skip


def _needed(wanted: set[str], given: set[str]) -> list[SqlFile]:
    files = {file.name: file for file in load_sql_folder(resources.sql() / "joins")}
    todo, found = sorted(wanted), {}
    while todo:
        name = todo.pop()
        if name not in given and name not in found:
            found[name] = files[name]
            todo.extend(files[name].reads)
    return list(in_order(list(found.values()), given))


def _kinds() -> dict[str, dict[str, str]]:
    reference = {
        name: {column: "VARCHAR" if told.type == "TEXT" else told.type for column, told in table.columns.items()}
        for name, table in reference_tables().items()
    }
    return {**reference, **RUN_TABLES, **{name: table_types()[name] for name in FILLED}}


def database(county: County, wanted: set[str]) -> Any:
    """A connection with every table that the wanted ones stand on, and these themselves."""
    drawn = {**figures_as_tables(county.figures), **_students(county), "series_seen": _series()}
    pairs = {(row["board"], row["series"]) for row in drawn["results_by_carrier"]}
    drawn["placed_results"] = [{"board": board, "series": series, "carrier": "edi"} for board, series in sorted(pairs)]
    drawn["run"] = [{"season": "2025-26", "season_start": "2025-09-01", "season_end": "2026-08-31"}]
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    for table, kinds in _kinds().items():
        rows = drawn[table] if table in drawn else shipped().get(table, [])
        _fill(con, table, kinds, rows)
    make_tables(con, _needed(wanted, set(_kinds())), {"as_of": county.as_of})
    return con


def found_by_rules(county: County) -> list[Finding]:
    """What the rules find in the county, in order."""
    rules = [rule for rule in load_rules(resources.sql() / "rules") if rule.code in CODES]
    with database(county, {name for rule in rules for name in rule.reads}) as con:
        prepare(con, rules)
        for rule in rules:
            run_rule(con, rule, datetime.datetime.fromisoformat(county.as_of).astimezone(UTC))
        names = ", ".join(f"coalesce({identifier(name)}, '')" for name in Finding._fields)
        return sorted(Finding(*row) for row in con.execute(f"SELECT {names} FROM found").fetchall())


def made(county: County, table: str) -> list[Row]:
    """The rows of one join made of the county."""
    with database(county, {table}) as con:
        names = list(table_types()[table])
        texts = ", ".join(f"CAST({identifier(name)} AS VARCHAR)" for name in names)
        return [dict(zip(names, row, strict=True)) for row in con.execute(f"SELECT {texts} FROM {table}").fetchall()]
