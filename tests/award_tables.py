"""An invented world as tables, and the two tables that the SQL makes of it.

Takes a `World`; gives the rows of `unit_achievements` and `award_calculations` as dictionaries, NULL as None, dates
as dates, times as text. Which joins are run follows from what their headers read: the tables filled here, the shipped
reference tables and the run's own end the search.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import duckdb
import polars as pl

from pipelines import resources
from pipelines.database import column_types, empty_table, identifier, make_tables
from pipelines.reference import load_reference, reference_tables
from pipelines.run_tables import RUN_TABLES
from pipelines.sql_files import SqlFile, in_order, load_sql_folder
from tests.award_people import SEASONS, World
from tests.award_records import Figures, Person, Result
from tests.rule_cases import table_types

Row = dict[str, Any]
MADE = ("unit_achievements", "award_calculations")
#: the tables beneath the calculation that a world fills
FILLED = ("unit_results", "qualification_results", "qualification_entries", "tracker", "series_seen")


def _subset(row: object, names: Sequence[str]) -> Row:
    return {name: getattr(row, name) for name in names}


def figures_as_tables(figures: Figures) -> dict[str, list[Row]]:
    """The reference tables of a world, their columns as in the shipped ones."""
    hours = {(q.suite, q.level, q.size): q.guided_learning_hours for q in figures.qualifications}
    return {
        "units": [
            {**vars(unit), "unit_number": int(unit.unit_code[-2:]), "title": "A unit"}
            for unit in figures.units
            if unit.is_known
        ],
        "qualifications": [{**vars(q), "title": "A qualification"} for q in figures.qualifications if q.is_known],
        "combinations": [vars(row) for row in figures.listed],
        "unit_points": [vars(row) for row in figures.points],
        "grade_thresholds": [
            {**vars(row), "guided_learning_hours": hours.get((row.suite, row.level, row.size))}
            for row in figures.thresholds
        ],
        "attempts": [{**vars(row), "confidence": "documented"} for row in figures.limits],
        "size_gradesets": [],
    }


def _result(person: Person, result: Result) -> Row:
    names = ("series", "option_code", "window_from", "grade", "award_date", "embargo_until", "file_id", "line")
    return {
        "centre_number": person.centre_number,
        "person_id": person.person_id,
        "board": "01",
        "is_technical": True,
        "carriers": "achievement edi",
        **_subset(result, names),
    }


def people_as_tables(figures: Figures, people: Sequence[Person]) -> dict[str, list[Row]]:
    """What is known of the people, as the tables the calculation reads."""
    tables: dict[str, list[Row]] = {name: [] for name in FILLED}
    qualification = {q.qualification_code: q for q in figures.qualifications}
    facts = ("suite", "level", "subject")
    for person in people:
        who = {"centre_number": person.centre_number, "person_id": person.person_id}
        for result in person.results:
            about = _subset(figures.unit[result.code], (*facts, "assessment"))
            row = {**_result(person, result), **about, "unit_code": result.code, "is_absent": result.is_absent}
            tables["unit_results"].append(row)
        for award in person.awards:
            q = qualification[award.code]
            about = _subset(q, facts) if q.is_known else dict.fromkeys(facts)
            row = {**_result(person, award), **about, "qualification_code": award.code}
            tables["qualification_results"].append(row)
        for entry in person.entries:
            q = qualification[entry.qualification_code]
            named = (*facts, "size", "guided_learning_hours")
            about = _subset(q, named) if q.is_known else dict.fromkeys(named)
            about["qualification_code"] = entry.qualification_code
            states = {"is_live": entry.is_live, "withdrawn": not entry.is_live, "is_expected": entry.is_expected}
            row = {**who, **about, **states, "is_complete": bool(q.complete), "by_entry": True, "by_tracker": False}
            tables["qualification_entries"].append(row)
        for told in person.tracked:
            about = _subset(told, ("unit_code", "status", "as_of", "file_id", "line"))
            # the level of a tracker row is that of the qualification it is listed under, not of the unit
            tables["tracker"].append({**who, **about, "level": 9, "qualification_code": "00000"})
    tables["series_seen"] = [
        {"board": board, "series": series, "season": season, "is_known": True}
        for series, season in SEASONS.items()
        for board in ("01", "72", None)
    ]
    return tables


def _needed(given: set[str]) -> list[SqlFile]:
    """The joins to run for the two tables, nothing of `given` among them."""
    files = {file.name: file for file in load_sql_folder(resources.sql() / "joins")}
    todo, found = list(MADE), {}
    while todo:
        name = todo.pop()
        if name not in given and name not in found:
            found[name] = files[name]
            todo.extend(files[name].reads)
    return list(in_order(list(found.values()), given))


def _fill(con: Any, table: str, kinds: dict[str, str], rows: Sequence[Row]) -> None:
    con.execute(f"CREATE TABLE {identifier(table)} ({empty_table(kinds)})")
    if not rows:
        return
    known = [name for name in kinds if name in rows[0]]
    con.register("drawn", pl.DataFrame(rows, infer_schema_length=None))
    values = ", ".join(f"CAST({identifier(name)} AS {kinds[name]})" for name in known)
    con.execute(f"INSERT INTO {identifier(table)} ({', '.join(map(identifier, known))}) SELECT {values} FROM drawn")
    con.unregister("drawn")


@cache
def shipped() -> dict[str, list[Row]]:
    """The rows of the reference tables that come with the program; read once, not to be changed."""
    return {name: frame.to_dicts() for name, frame in load_reference(resources.reference_data(), None).items()}


def _kinds() -> dict[str, dict[str, str]]:
    reference = {
        name: {column: "VARCHAR" if told.type == "TEXT" else told.type for column, told in table.columns.items()}
        for name, table in reference_tables().items()
    }
    return {**reference, **RUN_TABLES, **{name: table_types()[name] for name in FILLED}}


def made_by_sql(world: World) -> dict[str, list[Row]]:
    """Every row of the two tables, in order of person and code."""
    drawn = {**figures_as_tables(world.figures), **people_as_tables(world.figures, world.people)}
    drawn["run"] = [{"season": "2025-26", "season_start": "2025-09-01", "season_end": "2026-08-31"}]
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    with con:
        for table, kinds in _kinds().items():
            rows = drawn[table] if table in drawn else shipped().get(table, [])
            _fill(con, table, kinds, rows)
        files = _needed(set(_kinds()))
        make_tables(con, files, {"as_of": "2026-08-10 07:30:00+00"})
        return {file.name: _rows(con, file) for file in files if file.name in MADE}


def _rows(con: Any, file: SqlFile) -> list[Row]:
    kinds = column_types(file)
    asked = [
        f"CAST({identifier(name)} AS VARCHAR)" if kind.startswith("TIMESTAMP") else identifier(name)
        for name, kind in kinds.items()
    ]
    order = ", ".join(f"{identifier(name)} ASC NULLS LAST" for name in file.header["order"])
    found = con.execute(f"SELECT {', '.join(asked)} FROM {identifier(file.name)} ORDER BY {order}").fetchall()
    return [dict(zip(kinds, row, strict=True)) for row in found]
