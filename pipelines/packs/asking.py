"""What there is to ask: the findings of the published run that request types take up, a sheet a recipient.

Takes a sealed connection and request types; gives `QuerySheet` records, each of one centre, and of one awarding body
where it goes to one. Promises: a finding that is open, is no mere information and follows from no other is on every
sheet whose request type takes it up, once, and no other is; what is under embargo goes to nobody but the board that
issued it. Where that should fail, nothing is given at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.database import identifier, text
from pipelines.errors import UsageError
from pipelines.sql_files import load_sql_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    import polars as pl

    from pipelines.packs.requests import RequestType

_NUMBERS = ("candidate_number", "ocr_candidate_number", "uci")


@dataclass(frozen=True)
class Draw:
    """A cohort sample asked for: of which unit, of which series (none: the latest), with which word."""

    unit: str
    series: str | None = None
    seed: str = ""


@dataclass(frozen=True)
class Asked:
    """What is asked of a run: for one student or one centre alone, and as of when."""

    requests: tuple[RequestType, ...]
    known: tuple[RequestType, ...]  #: all there are: what the others take up decides what is left for the rest
    as_of: datetime
    moment: datetime  #: results released after it are under embargo
    season: str
    is_exams_office: bool
    person: str | None = None
    centre: str | None = None
    draw: Draw | None = None


@dataclass(frozen=True)
class LastDay:
    """A day of `deadlines.csv`."""

    service: str
    applies_to: str
    day: date
    confidence: str


@dataclass(frozen=True)
class QuerySheet:
    """The rows of one request type for one recipient."""

    request: RequestType
    centre: str | None
    board: str | None  #: only where it goes to an awarding body
    board_name: str | None
    frame: pl.DataFrame
    students: int
    items: int  #: units and qualifications
    last_days: tuple[LastDay, ...]
    is_restricted: bool

    @property
    def stem(self) -> str:
        """The name of its files, without an ending: request type, centre, awarding body."""
        parts = [self.request.name, self.centre or "no-centre"]
        if self.request.to == "board":
            parts.append(self.board or "board-unknown")
        return "_".join("".join(one if one.isalnum() or one == "_" else "-" for one in part) for part in parts)


@dataclass(frozen=True)
class Answer:
    """Everything there is to ask."""

    sheets: tuple[QuerySheet, ...]
    silent: tuple[RequestType, ...]  #: request types without a row
    held_back: int  #: findings left off a sheet because candidates may not be told yet


def ask(con: Any, asked: Asked) -> Answer:
    """The sheets of a run. Raises UsageError for a student or a unit that is not there."""
    values = _values(asked)
    _tables(con, asked, values)
    sheets: list[QuerySheet] = []
    silent = []
    for request in asked.requests:
        found = _sheets(con, request, asked, values)
        sheets += found
        if not found:
            silent.append(request)
    names = ", ".join(text(request.name) for request in asked.requests)
    held_back = f"NOT may_go AND request IN ({names}) AND {_only(asked)}"
    held = con.execute(f"SELECT count(DISTINCT reference) FROM asked_of_all WHERE {held_back}").fetchone()[0]
    return Answer(tuple(sheets), tuple(silent), int(held))


def _values(asked: Asked) -> dict[str, object]:
    draw = asked.draw or Draw("")
    return {
        "as_of": asked.as_of.isoformat(),
        "moment": asked.moment.isoformat(),
        "season": asked.season,
        "is_exams_office": asked.is_exams_office,
        "unit": squeezed(draw.unit),
        "series": draw.series,
        "seed": draw.seed,
    }


def squeezed(code: str) -> str:
    """A code without what people put between its figures: `05838/01` and `05838-01` are one."""
    return "".join(one for one in code.upper() if one not in " /-.")


def _tables(con: Any, asked: Asked, values: Mapping[str, object]) -> None:
    """Make the tables that request types read beside the published ones; UsageError where the run lacks one."""
    rows = [
        f"({text(request.name)}, {text(request.to)}, {_cell(takes.code)}, {_cell(takes.owner)}, "
        f"{request.takes_info}, {_cell(request.board_if_unknown)})"
        for request in asked.known
        for takes in request.takes
    ]
    columns = "request, recipient, code, owner, takes_info, board_if_unknown"
    con.execute(f"CREATE OR REPLACE TEMP TABLE pack_takes AS SELECT * FROM (VALUES {', '.join(rows)}) AS t({columns})")
    con.execute(f"CREATE OR REPLACE TEMP TABLE pack_people AS {_people(con, asked)}")
    have = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    base = load_sql_folder(resources.sql() / "pack" / "base")
    made = {file.name for file in base} | {"asked", "pack_until"}
    reads = {table for file in (*base, *(request.file for request in asked.requests)) for table in file.reads}
    if missing := sorted(reads - have - made):
        what = f"An older version made this run, without {', '.join(missing)}."
        raise UsageError(what, "resultsday run makes a new one.")
    for file in base:
        query, bound = file.bound(values)
        con.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(file.name)} AS {query}", bound or None)


def _cell(value: str | None) -> str:
    return "CAST(NULL AS VARCHAR)" if value is None else text(value)


def _people(con: Any, asked: Asked) -> str:
    """SQL for the persons asked about. Raises UsageError, without the number, where nobody has it."""
    if asked.person is None:
        return "SELECT person_id FROM candidates WHERE FALSE"
    number = asked.person.strip()
    having = " OR ".join(f"list_contains(string_split({column}, ' '), {text(number.upper())})" for column in _NUMBERS)
    query = f"SELECT person_id FROM candidates WHERE {having} OR person_id = {text(number)}"
    if not con.execute(f"{query} LIMIT 1").fetchall():
        raise UsageError(
            "No student of this run has that number.",
            "Give a candidate number (four digits), an OCR candidate number (eight) or a UCI.",
        )
    return query


def _only(asked: Asked) -> str:
    """The condition that leaves the student and the centre asked about."""
    parts = ["TRUE"]
    if asked.person is not None:
        people = "(SELECT person_id FROM pack_people)"
        parts.append(f"(person_id IN {people} OR other_person_id IN {people})")
    if asked.centre is not None:
        parts.append(f"centre_number = {text(asked.centre.strip())}")
    return " AND ".join(parts)


def _sheets(con: Any, request: RequestType, asked: Asked, values: Mapping[str, object]) -> list[QuerySheet]:
    mine = f"request = {text(request.name)} AND may_go AND {_only(asked)}"
    con.execute(f"CREATE OR REPLACE TEMP TABLE asked AS SELECT * FROM asked_of_all WHERE {mine}")
    days = _last_days(con, request, asked.season)
    until = _next_day(days, asked.as_of.date())
    day = f"CAST({_cell(until.isoformat() if until else None)} AS DATE)"
    con.execute(f"CREATE OR REPLACE TEMP TABLE pack_until AS SELECT {day} AS until")
    query, bound = request.file.bound(values)
    frame: pl.DataFrame = con.sql(query, params=bound or None).pl()
    if request.is_cohort:
        _refuse_no_cohort(con, frame, values)
        if asked.centre is not None:
            frame = frame.filter(frame["centre_number"] == asked.centre.strip())
    else:
        _check(con, request, frame)
    if not frame.height:
        return []
    counts = {} if request.is_cohort else _counts(con, request)
    names = dict(con.execute("SELECT board, name FROM boards").fetchall())
    by = ["centre_number", "board"] if request.to == "board" else ["centre_number"]
    found = []
    for key, rows in frame.partition_by(by, as_dict=True, maintain_order=True, include_key=True).items():
        centre, board = key[0], key[1] if len(key) > 1 else None
        students, items = counts.get((centre, board), (rows.height, 1))
        restricted = "restricted" in rows.columns and bool(rows["restricted"].is_not_null().any())
        found.append(QuerySheet(request, centre, board, names.get(board), rows, students, items, days, restricted))
    return found


def _check(con: Any, request: RequestType, frame: pl.DataFrame) -> None:
    """Raise where the query lost a finding or made two of one: a sheet that lacks a student is worse than none."""
    given = sorted(frame["reference"].to_list())
    wanted = [one for (one,) in con.execute("SELECT reference FROM asked ORDER BY reference").fetchall()]
    if given != wanted or len(set(given)) != len(given):
        raise RuntimeError(f"{request.name}: {len(given)} rows of {len(wanted)} findings")


def _refuse_no_cohort(con: Any, frame: pl.DataFrame, values: Mapping[str, object]) -> None:
    """Raise UsageError where no sample can be drawn, and say why."""
    if frame.height:
        return
    having = "translate(unit_code, ' /-.', '') = $unit OR translate(option_code, ' /-.', '') = $unit"
    query = f"SELECT max(assessment) FROM unit_results WHERE {having} HAVING count(*) > 0"
    seen = con.execute(query, {"unit": values["unit"]}).fetchone()
    if seen and seen[0] == "moderated":
        raise UsageError(
            "That unit is moderated: no candidate's marking is reviewed.",
            "A review of moderation is asked for the whole centre, in one go.",
        )
    raise UsageError(
        "Nobody in this run has a grade in that unit and series.", "Write the unit as on the report: --unit 05838/01"
    )


def _counts(con: Any, request: RequestType) -> dict[tuple[str | None, str | None], tuple[int, int]]:
    """Students, and units or qualifications, of each centre and awarding body."""
    board = "board" if request.to == "board" else "CAST(NULL AS VARCHAR)"
    item = "coalesce(unit_code, qualification_code, option_code)"
    query = f"""
        WITH both_students AS (
            SELECT centre_number, {board} AS board, person_id, {item} AS item FROM asked
            UNION ALL
            SELECT centre_number, {board} AS board, other_person_id, NULL FROM asked
        )
        SELECT centre_number, board, count(DISTINCT person_id), count(DISTINCT item)
        FROM both_students GROUP BY ALL ORDER BY ALL
    """
    return {(centre, which): (students, items) for centre, which, students, items in con.execute(query).fetchall()}


def _last_days(con: Any, request: RequestType, season: str) -> tuple[LastDay, ...]:
    services = ", ".join(map(text, request.deadlines)) or "NULL"
    query = f"""
        SELECT service, applies_to, deadline, confidence FROM deadlines
        WHERE season = {text(season)} AND service IN ({services}) ORDER BY deadline, service, applies_to
    """
    return tuple(LastDay(*row) for row in con.execute(query).fetchall())


def _next_day(days: Sequence[LastDay], today: date) -> date | None:
    """The first day that is not over; where all are, the last one."""
    to_come = [one.day for one in days if one.day >= today]
    return min(to_come) if to_come else max((one.day for one in days), default=None)
