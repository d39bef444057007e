"""Who is who: from mentions of people to people, centre by centre, all centres at once.

Takes the tables `mentions` and `known_as` of a database; gives the tables `mention_people`, `people` and
`identity_contradictions`. All comparing and joining is in `sql/people/`; this module knows the order of the
files, fills in their parameters, and repeats one of them until nothing changes. Promises that every mention
has exactly one person, that the same mentions give the same people, and that its own tables are cleared away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.sql_files import SqlFile


class Connection(Protocol):
    """A database that runs one statement at a time: DuckDB, or an engine behind the same two calls."""

    def execute(self, query: str, /) -> Any:
        """Run a statement; what comes back has `fetchone`."""


@dataclass(frozen=True)
class Step:
    """One way of joining, and how careful it is.

    `strict`: a birth date or a surname that differs keeps two groups apart by itself, since the key is only
    lent (a candidate number is handed out anew each year) or is held by many (a name). `same_forename`: so
    does a forename, since it is part of what they must share.
    """

    name: str
    strict: bool = False
    same_forename: bool = False


STEPS = (
    Step("ocr_candidate_number"),
    Step("uci"),
    Step("uci_12"),
    Step("uln"),
    Step("candidate_number", strict=True),
    Step("name_and_birth_date", strict=True, same_forename=True),
    Step("name_unique", strict=True),
)
"""In this order, strongest first; the number of a step is its place, from 1."""

RESULTS = ("mention_people", "people", "identity_contradictions")


@dataclass(frozen=True)
class Resolution:
    """How it went: the rounds that each step needed until its labels stood still, and how many came out."""

    rounds: tuple[tuple[str, int], ...]
    people: int
    contradictions: int


def resolve(con: Connection, load_sql: Callable[[str], SqlFile]) -> Resolution:
    """Make the three tables; `load_sql` gives a file of `sql/people/` by its name without `.sql`.

    Tables of those names, and any whose name begins with `people_` and that a file here makes, are replaced.
    """
    bench = _Bench(con, load_sql)
    try:
        for name in ("known_forenames", "mention_identities", "identities", "nobody"):
            bench.make(name)
        state = _State(groups=bench.make("alone"), refused=bench.make("refused_nothing"))
        rounds = []
        for number, step in enumerate(STEPS, start=1):
            state, needed = _join(bench, step, number, state)
            rounds.append((step.name, needed))
        bench.make("persons", groups=state.groups)
        for name in RESULTS:
            bench.make(name, groups=state.groups, refused=state.refused)
        people, contradictions = bench.count("people"), bench.count("identity_contradictions")
    finally:
        bench.clear()
    return Resolution(tuple(rounds), people, contradictions)


@dataclass(frozen=True)
class _State:
    """Names of the two tables that a step hands to the next: the groups, and the joins refused so far."""

    groups: str
    refused: str


def _join(bench: _Bench, step: Step, number: int, state: _State) -> tuple[_State, int]:
    """One step: the state after it, and the rounds of spreading that took; none where no key is shared.

    Everything is judged on the groups as they stood before: first the pairs that share a key, then those with
    a common neighbour, then those at the ends of a longer chain.
    """
    groups = state.groups
    care = {
        "groups": groups,
        "strict": str(step.strict).upper(),
        "same_forename": str(step.same_forename).upper(),
    }
    bench.make(f"keys_{step.name}", groups=groups)
    if not bench.count(bench.make("shared")):
        return state, 0
    bench.make("doubtful", **care)
    bench.make("pairs", groups=groups)
    bench.make("judge", pairs="people_pairs", judged="people_judged", **care)
    bench.make("links")
    bridges = waiting = "people_nobody"
    is_chained = bench.count(bench.make("neighbours", groups=groups)) > 0
    if is_chained:
        bench.make("wedges")
        bench.make("judge", pairs="people_wedges", judged="people_wedges_judged", **care)
        bridges = bench.make("bridges")
    bench.make("joins", bridges=bridges)
    labels, rounds = _spread(bench)
    if is_chained:
        bench.make("within", labels=labels, groups=groups)
        bench.make("judge", pairs="people_within", judged="people_within_judged", **care)
        waiting = bench.make("waiting", labels=labels)
    after = _State(f"people_groups_{number}", f"people_refused_{number}")
    places = {"labels": labels, "waiting": waiting, "number": str(number), "step": step.name}
    bench.make("groups", after=after.groups, **places, **care)
    bench.make("refused", refused=state.refused, after=after.refused, **places, **care)
    return after, rounds


def _spread(bench: _Bench) -> tuple[str, int]:
    """Labels that stand still, and the rounds until then: each carries the least label one link further."""
    before, after = bench.make("labels"), "people_labels_1"
    rounds = 0
    moved = 1
    while moved:
        bench.make("spread", before=before, after=after)
        moved = bench.count(after, "moved = 1")
        before, after = after, before
        rounds += 1
    return before, rounds


class _Bench:
    """The tables in the making: one file writes each, and it is remembered so as to be cleared away."""

    def __init__(self, con: Connection, load_sql: Callable[[str], SqlFile]) -> None:
        self._con = con
        self._load_sql = load_sql
        self._files: dict[str, SqlFile] = {}
        self._made: dict[str, None] = {}

    def make(self, name: str, **parameters: str) -> str:
        """Write the table of one file, in place of what was there; its name."""
        if name not in self._files:
            self._files[name] = self._load_sql(name)
        file = self._files[name]
        table, query = _filled(str(file.header["makes"]), parameters), _filled(file.query, parameters)
        self._made[table] = None
        self._con.execute(f"DROP TABLE IF EXISTS {table}")
        self._con.execute(f"CREATE TABLE {table} AS {query}")
        return table

    def count(self, table: str, condition: str = "TRUE") -> int:
        """How many rows of a table meet a condition."""
        return int(self._con.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchone()[0])

    def clear(self) -> None:
        """Clear away every table but the results."""
        for table in [table for table in self._made if table not in RESULTS]:
            self._con.execute(f"DROP TABLE IF EXISTS {table}")


def _filled(text: str, parameters: dict[str, str]) -> str:
    """Text with each `{parameter}` replaced; parameters are table names, numbers, TRUE or FALSE: no data."""
    for name, value in parameters.items():
        text = text.replace(f"{{{name}}}", value)
    return text
