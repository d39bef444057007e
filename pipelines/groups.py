"""A large run joined and judged a group of centres at a time, each group kept by what it is made of.

Takes the connection with the incoming, reference and run tables of all centres; gives, in that connection, every table
that is asked for after the rules, and what the rules found. Promises the rows that a run of all centres at once gives:
whatever speaks of one centre stands on that centre's files, on tables of all centres and on files of no centre, and of
those a group sees all; files that name a centre together are in one group; rows of no centre and of a file of none are
told by the first group alone. A group is made again when a file of its own, a table of all centres, or what the run
goes by has changed, and not for another group's file. One in which a rule failed is not kept.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines import files, parts
from pipelines.database import Made, Within, column_types, identifier, text
from pipelines.engines.duck import Duck
from pipelines.findings import HARNESS_TABLES, Judged, judge
from pipelines.join import incoming_columns, join_files
from pipelines.layers import layers as layers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipelines.layers import Layers
    from pipelines.parts import Part
    from pipelines.rules import Rule

#: bytes received that are joined at once
GROUP_BYTES = 48 << 20
#: the folders of kept groups, beside those of parts
_PREFIX = "group-"
#: what `resultsday purge` asks a folder of the cache: the files it was made of
_FILES = "incoming_files"
_FOUND = ("found", "rule_counts")

_SHARES = """
CREATE TABLE group_links AS
WITH inside AS (
    SELECT file_id, centre_number FROM incoming_file_centres WHERE centre_number IS NOT NULL
    UNION
    SELECT file_id, centre_number FROM file_series WHERE centre_number IS NOT NULL
)

SELECT file_id, centre_number FROM inside
UNION
SELECT n.file_id, n.name_centre AS centre_number
FROM file_names AS n
WHERE n.name_centre IS NOT NULL AND NOT EXISTS (SELECT 1 FROM inside AS i WHERE i.file_id = n.file_id)
"""

#: each centre takes the least label among the centres that any of its files names
_SPREAD = """
CREATE OR REPLACE TABLE group_labels AS
WITH of_files AS (
    SELECT k.file_id, min(l.label) AS label
    FROM group_links AS k
    INNER JOIN group_labels AS l ON l.centre_number = k.centre_number
    GROUP BY k.file_id
)

SELECT l.centre_number, min(coalesce(f.label, l.label)) AS label
FROM group_labels AS l
LEFT JOIN group_links AS k ON k.centre_number = l.centre_number
LEFT JOIN of_files AS f ON f.file_id = k.file_id
GROUP BY l.centre_number
"""


@dataclass(frozen=True)
class Grouped:
    """What became of the groups: rows and seconds of each table, what the rules found, how many were there."""

    made: Made
    judged: Judged
    groups: int
    reused: int


def number_of_groups(received: int) -> int:
    """In how many groups so many bytes are joined: a power of two, and one where two would do."""
    number = 1
    while number * GROUP_BYTES < received:
        number *= 2
    return number if number > 2 else 1


def join_in_groups(
    con: Any,
    sql: Path,
    rules: Sequence[Rule],
    given: Sequence[str],
    as_of: datetime,
    circumstances: str,
    places: tuple[Path, Path],
    number: int,
    progress: Callable[[str], None] = lambda _what: None,
) -> Grouped:
    """Make the whole tables, each group's own or find them in the cache, and the last ones.

    `given` names the tables there already; `circumstances` is what beside the files decides what is joined; of the
    `places`, groups are kept in the first, or for this run alone in the second. Kept groups that it does not use are
    deleted. Raises DiskError where a group cannot be written.
    """
    layers = layers_of(sql, rules, given, (*incoming_columns(), "file_names"))
    made = join_files(layers.whole, sql, given, as_of, Duck(con), progress)
    known = [*given, *made.rows]
    _share_out(con, number)
    run = _Run(con, sql, layers, known, as_of, _standing(con, layers, circumstances), *places)
    groups = []
    for place, group in enumerate(wanted := _wanted(con)):
        progress(f"group {place + 1} of {len(wanted)}")
        groups.append(run.group(group))
    _forget(places[0], {one.part.key for one in groups})
    rows = {**made.rows, **run.show([one.part for one in groups])}
    last = join_files(layers.last, sql, (*given, *rows), as_of, Duck(con), progress)
    seconds = _sum([made.seconds, *(one.seconds for one in groups), last.seconds])
    judged = Judged(
        frozenset(rule.code for rule in layers.rules),
        _sum(one.rule_seconds for one in groups),
        {code: fault for one in groups for code, fault in one.failures.items()},
        {table: [one.part.tables[table] for one in groups] for table in _FOUND},
    )
    return Grouped(Made({**rows, **last.rows}, seconds), judged, len(groups), sum(one.part.reused for one in groups))


def _sum(told: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for one in told:
        total.update(one)
    return dict(total)


def _share_out(con: Any, number: int) -> None:
    """The table `group_files`: the group of each file; NULL for one that names no centre, which every group sees.

    Centres that a file names together have one label, and a label has its group by its own digits, not by what else
    there is: so a centre stays in its group from week to week.
    """
    con.execute(_SHARES)
    # a centre that was asked for and sent nothing has its group too: somebody awaits its files
    con.execute(
        "CREATE TABLE group_labels AS SELECT centre_number, centre_number AS label FROM group_links "
        "UNION SELECT centre_number, centre_number AS label FROM centres"
    )
    labels = "SELECT md5(string_agg(label, ' ' ORDER BY centre_number)) FROM group_labels"
    before, after = None, con.execute(labels).fetchone()
    while after != before:
        con.execute(_SPREAD)
        before, after = after, con.execute(labels).fetchone()
    con.execute(
        "CREATE TABLE group_centres AS SELECT centre_number, "
        f"CAST(CAST('0x' || substr(md5(label), 1, 8) AS BIGINT) % {number} AS INTEGER) AS of_group FROM group_labels"
    )
    con.execute(
        "CREATE TABLE group_files AS SELECT n.file_id, min(c.of_group) AS of_group FROM "
        "(SELECT file_id FROM file_names UNION SELECT file_id FROM incoming_files) AS n "
        "LEFT JOIN group_links AS k ON k.file_id = n.file_id "
        "LEFT JOIN group_centres AS c ON c.centre_number = k.centre_number GROUP BY n.file_id"
    )


def _wanted(con: Any) -> list[int]:
    """The groups that have a centre, and the first, which tells what is no centre's."""
    found = con.execute("SELECT DISTINCT of_group FROM group_centres ORDER BY of_group")
    return sorted({0, *(number for (number,) in found.fetchall())})


def _standing(con: Any, layers: Layers, circumstances: str) -> str:
    """A hash of what every group stands on: the circumstances, the rows of shared tables, the files of no centre."""
    told = [circumstances, parts.code_version()]
    for table in sorted(layers.shared):
        row = con.execute(
            f"SELECT count(*), bit_xor(md5_number(CAST(t AS VARCHAR))), sum(hash(t)) FROM {identifier(table)} AS t"
        ).fetchone()
        told.append(f"{table} {row}")
    return hashlib.sha256("\n".join([*told, _of(con, "IS NULL")]).encode()).hexdigest()


def _of(con: Any, condition: str) -> str:
    """A hash of the names and contents of files, `condition` upon their group."""
    row = con.execute(
        "SELECT md5(string_agg(CAST(n AS VARCHAR), chr(10) ORDER BY CAST(n AS VARCHAR))) FROM file_names AS n "
        f"WHERE file_id IN (SELECT file_id FROM group_files WHERE of_group {condition})"
    ).fetchone()
    return str(row[0])


def _centres(con: Any, number: int) -> list[str]:
    """The centres of a group: one that sent nothing is told by its number alone."""
    found = con.execute(f"SELECT centre_number FROM group_centres WHERE of_group = {number} ORDER BY centre_number")
    return [centre for (centre,) in found.fetchall()]


def _forget(cache: Path, used: set[str]) -> None:
    for folder in cache.glob(f"{_PREFIX}*"):
        if folder.name not in used and folder.is_dir():
            files.remove_folder(folder)


@dataclass(frozen=True)
class _Group:
    """One group as it was made or found: its Parquet files, and what making it cost."""

    part: Part
    seconds: dict[str, float]
    rule_seconds: dict[str, float]
    failures: dict[str, str]


@dataclass(frozen=True)
class _Run:
    """What all groups of a run have in common."""

    con: Any
    sql: Path
    layers: Layers
    known: Sequence[str]
    as_of: datetime
    standing: str
    cache: Path
    spill: Path

    def group(self, number: int) -> _Group:
        """Find a group in the cache, or make it."""
        told = [self.standing, number == 0, _of(self.con, f"= {number}"), _centres(self.con, number)]
        key = _PREFIX + hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
        if (found := parts.find(key, self.cache)) is not None:
            return _Group(found, {}, {}, {})
        schema = f"group_{number}"
        self._open(schema, number)
        within = Within(self.con, schema)
        try:
            return self._make(within, key, number)
        finally:
            within.close()
            self.con.execute(f"DROP SCHEMA {schema} CASCADE")

    def _make(self, within: Within, key: str, number: int) -> _Group:
        engine = Duck(within)
        made = join_files(self.layers.own, self.sql, self.known, self.as_of, engine)
        shared = "file_id IN (SELECT file_id FROM main.group_files WHERE of_group IS NULL)" if number else ""
        judged = judge(within, self.layers.rules, self.as_of, engine, shared)
        place = self.spill if judged.failures else self.cache
        with files.writing_folder(place / key) as building:
            for table in (*self.layers.kept, *_FOUND):
                self._write(within, table, shared, building / f"{table}.parquet")
            _copy(
                within,
                f"SELECT file_id FROM main.group_files WHERE coalesce(of_group, {number}) = {number} ORDER BY file_id",
                building / f"{_FILES}.parquet",
            )
            parts.seal(building)
        tables = {path.stem: path for path in sorted((place / key).glob("*.parquet"))}
        told = dict(made.seconds), dict(judged.seconds), dict(judged.failures)
        return _Group(parts.Part(key, place / key, tables, reused=False), *told)

    def _open(self, schema: str, number: int) -> None:
        """Make a schema in which the tables of files, and those of centres, show this group's rows alone."""
        self.con.execute(f"CREATE SCHEMA {schema}")
        mine = f"SELECT file_id FROM main.group_files WHERE of_group = {number} OR of_group IS NULL"
        for table in self.known:
            if table in self.layers.shared:
                continue
            columns = _columns(self.con, table)
            if "file_id" in columns:
                kept = f"file_id IN ({mine})"
            elif table == "centres":
                kept = f"centre_number IN (SELECT centre_number FROM main.group_centres WHERE of_group = {number})"
            else:
                continue
            name = identifier(table)
            self.con.execute(f"CREATE VIEW {schema}.{name} AS SELECT * FROM main.{name} WHERE {kept}")

    def _write(self, within: Within, table: str, shared: str, path: Path) -> None:
        columns = _columns(within, table)
        kinds = self._kinds.get(table) or HARNESS_TABLES.get(table, {})
        named = (
            f"CAST({identifier(c)} AS {kinds[c]}) AS {identifier(c)}" if c in kinds else identifier(c) for c in columns
        )
        told_elsewhere = ""
        if shared and {"centre_number", "file_id"} <= set(columns):
            told_elsewhere = f" WHERE NOT (centre_number IS NULL AND (file_id IS NULL OR {shared}))"
        _copy(within, f"SELECT {', '.join(named)} FROM {identifier(table)}{told_elsewhere}", path)

    @property
    def _kinds(self) -> dict[str, dict[str, str]]:
        return {file.name: column_types(file) for file in self.layers.own}

    def show(self, made: Sequence[Part]) -> dict[str, int]:
        """Make each kept table a view over the rows of all groups; gives how many there are of each."""
        rows = {}
        for table in self.layers.kept:
            listed = ", ".join(text(part.tables[table]) for part in made)
            self.con.execute(f"CREATE VIEW {identifier(table)} AS SELECT * FROM read_parquet([{listed}])")
            rows[table] = int(self.con.execute(f"SELECT count(*) FROM {identifier(table)}").fetchone()[0])
        return rows


def _columns(con: Any, table: str) -> tuple[str, ...]:
    return tuple(column[0] for column in con.execute(f"SELECT * FROM {identifier(table)} LIMIT 0").description)


def _copy(con: Any, query: str, path: Path) -> None:
    con.execute(f"COPY ({query}) TO {text(path)} (FORMAT parquet, COMPRESSION lz4)")
