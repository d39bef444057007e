"""What the tests of person resolution share: how a mention is written down, and how the SQL is asked.

Takes mentions; gives an `Outcome` in terms of mentions, as the twin does, so that the two compare.
"""

from __future__ import annotations

import datetime
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import duckdb
import polars as pl

from pipelines.people import resolve
from pipelines.sql_files import SqlFile, load_sql_file
from tests.people_twin import Mention, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polars._typing import PolarsDataType

FOLDER = Path(__file__).parent.parent / "sql" / "people"
KNOWN_AS = (("robert", "bob"), ("robert", "rob"))
TYPES: dict[str, PolarsDataType] = {"name_truncated": pl.Boolean(), "date_of_birth": pl.Date()}
SCHEMA = {name: TYPES.get(name, pl.String()) for name in Mention.__dataclass_fields__}


@cache
def load(name: str) -> SqlFile:
    return load_sql_file(FOLDER / f"{name}.sql")


class Numbers(TypedDict, total=False):
    """What else a mention may say: where it stands, and the person's numbers."""

    centre_number: str
    academic_year: str | None
    carrier: str
    candidate_number: str | None
    ocr_candidate_number: str | None
    uci: str | None
    uln: str | None


def says(
    mention_id: str,
    surname: str = "",
    forenames: str = "",
    born: str = "",
    *,
    cut: bool = False,
    **rest: Unpack[Numbers],
) -> Mention:
    """A mention: `born` is an ISO date, `cut` a name that filled its forty characters."""
    parts, first = surname.lower().split(), forenames.lower().split()
    return Mention(
        mention_id,
        surname_key="".join(parts) or None,
        surname_sorted="".join(sorted(parts)) or None,
        forename_key=first[0] if first else None,
        forenames_key="".join(first) or None,
        date_of_birth=datetime.date.fromisoformat(born) if born else None,
        name_truncated=cut,
        **rest,
    )


def database(mentions: Sequence[Mention]) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.register("mentions_given", pl.DataFrame([asdict(m) for m in mentions], schema=SCHEMA))
    con.register("known_given", pl.DataFrame(KNOWN_AS, schema=["name", "known_as"], orient="row"))
    con.execute("CREATE TABLE mentions AS SELECT * FROM mentions_given")
    con.execute("CREATE TABLE known_as AS SELECT * FROM known_given")
    return con


@cache
def ask(*mentions: Mention) -> Outcome:
    """What the SQL makes of the mentions, with people as sets of mentions."""
    with database(mentions) as con:
        resolve(con, load)
        rows = con.execute("SELECT mention_id, person_id, matched_by FROM mention_people").fetchall()
        people = con.execute("SELECT person_id, strongest_kind, strongest_value FROM people").fetchall()
        refused = con.execute(
            "SELECT step, academic_year, value, person_id, other_person_id FROM identity_contradictions"
        ).fetchall()
    assert sorted(row[0] for row in rows) == sorted(m.mention_id for m in mentions)
    gathered: dict[str, set[str]] = {person: set() for person, _, _ in people}
    for mention, person, _ in rows:
        gathered[person].add(mention)
    members = {person: frozenset(said) for person, said in gathered.items()}
    assert len(members) == len(people)
    assert all(one < other for *_, one, other in refused)
    assert len(set(refused)) == len(refused)
    return Outcome(
        frozenset(members.values()),
        {mention: how for mention, _, how in rows},
        {members[person]: (kind, value) for person, kind, value in people},
        frozenset((s, y, v, frozenset({members[a], members[b]})) for s, y, v, a, b in refused),
    )
