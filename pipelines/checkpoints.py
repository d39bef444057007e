"""Checkpoints that were declared: kept as they stood that day, and set beside a later run.

Takes a published run and the data folder; keeps who was expected and at risk in `local/checkpoints/<day>/` (two tables
with names, and `declared.json` without any), and gives what has changed since, by student. Promises that what is kept
is never written over, that it is there whole or not at all, and that a student who has gained a number, or whose two
records were joined, is found again by any number they share.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipelines import files
from pipelines.database import connect, text
from pipelines.errors import DiskError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    import polars as pl

    from pipelines.publish import PublishedRun

DECLARED = "declared.json"
_LONDON = ZoneInfo("Europe/London")

#: the columns of a checkpoint that are kept and printed beside the student's own, in this order
COLUMNS = (
    "centre_number", "candidate_number", "ocr_candidate_number", "uci", "surname", "forenames", "qualification_code",
    "subject", "level", "size", "expected_season", "estimated_completion_date", "standing", "at_risk", "reasons",
    "entry_check", "level_check", "size_check", "claims_check", "units_check", "attempts_check", "uci_check",
    "record_check", "tracker_check", "eligible_check", "date_check", "mandatory_missing", "glh_planned",
    "glh_required",
)  # fmt: skip

_PEOPLE = """
SELECT
    n.person_id, n.label, c.centre_number, {columns}
FROM {checkpoint} AS c
INNER JOIN {candidates} AS n ON n.centre_number = c.centre_number AND n.person_id = c.person_id
ORDER BY
    CASE c.standing WHEN 'at_risk' THEN 1 WHEN 'not_known' THEN 2 WHEN 'on_course' THEN 3 ELSE 4 END,
    c.centre_number, n.surname NULLS LAST, n.forenames NULLS LAST, c.person_id, c.qualification_code NULLS FIRST,
    c.subject NULLS FIRST
"""

_IDENTITIES = """
SELECT DISTINCT i.centre_number, i.person_id, i.identifier, i.value, i.academic_year
FROM {identities} AS i
WHERE EXISTS (
    SELECT 1 FROM {checkpoint} AS c WHERE c.centre_number = i.centre_number AND c.person_id = i.person_id
)
ORDER BY ALL
"""

#: who somebody of that day is now: under the same name for a person, else by the strongest number that is still theirs
_CHANGES = """
WITH links AS (
    SELECT DISTINCT k.centre_number, k.person_id AS old_person, c.person_id AS new_person, 0 AS rank
    FROM {kept} AS k
    INNER JOIN {candidates} AS c ON c.centre_number = k.centre_number AND c.person_id = k.person_id
    UNION ALL
    SELECT
        o.centre_number, o.person_id, n.person_id,
        CASE o.identifier WHEN 'ocr_candidate_number' THEN 1 WHEN 'uci' THEN 2 WHEN 'uln' THEN 3 ELSE 4 END
    FROM {kept_identities} AS o
    INNER JOIN {identities} AS n
        ON
            n.centre_number = o.centre_number AND n.identifier = o.identifier AND n.value = o.value
            AND n.academic_year IS NOT DISTINCT FROM o.academic_year
),
linked AS (
    SELECT centre_number, old_person, new_person
    FROM links
    QUALIFY row_number() OVER (PARTITION BY centre_number, old_person ORDER BY rank, new_person) = 1
),
-- two records that were joined since are one student: what stood worse that day counts
before AS (
    SELECT k.* REPLACE (coalesce(l.new_person, k.person_id) AS person_id)
    FROM {kept} AS k
    LEFT JOIN linked AS l ON l.centre_number = k.centre_number AND l.old_person = k.person_id
    QUALIFY row_number() OVER (
        PARTITION BY k.centre_number, coalesce(l.new_person, k.person_id), k.qualification_code, k.subject
        ORDER BY k.at_risk DESC NULLS LAST, k.person_id
    ) = 1
),
now AS (
    {people}
),
planned AS (
    SELECT
        centre_number, person_id, qualification_code,
        max(expected_season) AS expected_season, bool_and(withdrawn) AS withdrawn
    FROM {entries}
    WHERE kind = 'qualification'
    GROUP BY ALL
),
tracked AS (
    SELECT
        centre_number, person_id, qualification_code,
        arg_max(estimated_completion_date, as_of) AS completion,
        arg_max(expected_season, as_of) AS season,
        coalesce(bool_or(unit_code IS NULL AND status = 'withdrawn'), FALSE) AS withdrawn
    FROM {tracker}
    GROUP BY ALL
),
paired AS (
    SELECT
        coalesce(n.person_id, b.person_id) AS person_id,
        coalesce(n.centre_number, b.centre_number) AS centre_number,
        coalesce(n.qualification_code, b.qualification_code) AS qualification_code,
        coalesce(n.subject, b.subject) AS subject,
        b.person_id IS NOT NULL AS was_there, n.person_id IS NOT NULL AS is_there,
        b.standing AS standing_before, n.standing AS standing_now,
        coalesce(b.at_risk, FALSE) AS was_at_risk, coalesce(n.at_risk, FALSE) AS is_at_risk,
        b.reasons AS reasons_before, n.reasons AS reasons_now,
        b.expected_season AS season_before, n.expected_season AS season_now,
        b.estimated_completion_date AS completion_before, n.estimated_completion_date AS completion_now,
        coalesce(n.label, b.label) AS label,
        coalesce(n.candidate_number, b.candidate_number) AS candidate_number,
        coalesce(n.ocr_candidate_number, b.ocr_candidate_number) AS ocr_candidate_number,
        coalesce(n.uci, b.uci) AS uci,
        coalesce(n.surname, b.surname) AS surname, coalesce(n.forenames, b.forenames) AS forenames
    FROM now AS n
    FULL OUTER JOIN before AS b
        ON
            b.centre_number = n.centre_number AND b.person_id = n.person_id
            AND b.qualification_code IS NOT DISTINCT FROM n.qualification_code
            AND (n.qualification_code IS NOT NULL OR b.subject IS NOT DISTINCT FROM n.subject)
),
known AS (
    SELECT
        p.* REPLACE (
            coalesce(p.season_now, t.season, e.expected_season) AS season_now,
            coalesce(p.completion_now, t.completion) AS completion_now
        ),
        coalesce(e.withdrawn, FALSE) OR coalesce(t.withdrawn, FALSE) AS withdrawn
    FROM paired AS p
    LEFT JOIN planned AS e
        ON
            e.centre_number = p.centre_number AND e.person_id = p.person_id
            AND e.qualification_code = p.qualification_code
    LEFT JOIN tracked AS t
        ON
            t.centre_number = p.centre_number AND t.person_id = p.person_id
            AND t.qualification_code = p.qualification_code
),
named AS (
    SELECT
        *,
        CASE
            WHEN standing_now = 'achieved' AND standing_before IS DISTINCT FROM 'achieved' THEN 'result_came'
            WHEN is_there AND standing_before = 'achieved' AND standing_now <> 'achieved' THEN 'result_gone'
            WHEN is_there AND was_there AND is_at_risk AND NOT was_at_risk THEN 'newly_at_risk'
            WHEN was_there AND NOT is_there AND withdrawn THEN 'withdrawn'
            WHEN
                was_there AND (
                    season_now IS DISTINCT FROM season_before AND season_now IS NOT NULL
                    OR completion_now <> completion_before
                )
                THEN 'date_moved'
            WHEN is_there AND was_there AND was_at_risk AND NOT is_at_risk THEN 'no_longer_at_risk'
            WHEN was_there AND NOT is_there THEN 'no_longer_expected'
            WHEN NOT was_there AND is_at_risk THEN 'newly_expected_at_risk'
            WHEN NOT was_there THEN 'newly_expected'
            WHEN is_at_risk AND reasons_now IS DISTINCT FROM reasons_before THEN 'other_reason'
        END AS change
    FROM known
)
SELECT
    change, centre_number, label, candidate_number, ocr_candidate_number, uci, surname, forenames,
    qualification_code, subject, standing_before, standing_now, reasons_before, reasons_now,
    season_before, season_now, completion_before, completion_now
FROM named
WHERE change IS NOT NULL
ORDER BY
    CASE change
        WHEN 'newly_at_risk' THEN 1 WHEN 'newly_expected_at_risk' THEN 2 WHEN 'result_gone' THEN 3
        WHEN 'other_reason' THEN 4 WHEN 'date_moved' THEN 5 WHEN 'withdrawn' THEN 6 WHEN 'no_longer_expected' THEN 7
        WHEN 'newly_expected' THEN 8 WHEN 'no_longer_at_risk' THEN 9 ELSE 10
    END,
    centre_number, surname NULLS LAST, forenames NULLS LAST, person_id, qualification_code NULLS FIRST,
    subject NULLS FIRST
"""


@dataclass(frozen=True)
class Kept:
    """A checkpoint as it was declared."""

    folder: Path
    declared: Mapping[str, Any]

    @property
    def day(self) -> str:
        """The day it judged by, as its folder is named without the number of a second one."""
        return self.folder.name[:10]

    def line(self) -> str:
        """Who declared what, and when, in one line."""
        kept_at = datetime.fromisoformat(self.declared["kept_at"]).astimezone(_LONDON)
        return f"{self.folder.name}, kept {kept_at:%d/%m/%Y %H:%M} by {self.declared['by']}"


def opened(run: PublishedRun) -> AbstractContextManager[Any]:
    """A connection in memory for questions to the tables of a run, with a place to spill.

    Raises UsageError where the run was made before there were checkpoints.
    """
    from contextlib import contextmanager

    if not (run.folder / "tables" / "checkpoint_people.parquet").is_file():
        raise UsageError(f"Run {run.name} has no checkpoint: an older version made it.", "resultsday run, then again.")

    @contextmanager
    def lend() -> Iterator[Any]:
        with files.temporary_folder() as spill:
            con = connect(spill)
            try:
                con.execute("SET preserve_insertion_order = true")
                yield con
            finally:
                con.close()

    return lend()


def _tables(run: PublishedRun) -> dict[str, str]:
    names = {
        "checkpoint": "checkpoint_people",
        "candidates": "candidates",
        "identities": "candidate_identities",
        "entries": "entries",
        "tracker": "tracker",
    }
    return {word: f"read_parquet({text(run.folder / 'tables' / f'{name}.parquet')})" for word, name in names.items()}


def _people_query(run: PublishedRun) -> str:
    mine = ("candidate_number", "ocr_candidate_number", "uci", "surname", "forenames")
    columns = ", ".join(f"{'n' if name in mine else 'c'}.{name}" for name in COLUMNS if name != "centre_number")
    return _PEOPLE.format(columns=columns, **_tables(run))


def people(con: Any, run: PublishedRun) -> pl.DataFrame:
    """Everyone expected and not, with the checks: those at risk first."""
    frame: pl.DataFrame = con.sql(_people_query(run)).pl()
    return frame


def tracker_steps(con: Any, run: PublishedRun) -> list[tuple[str, str, int]]:
    """Between the two newest tracker downloads: the days compared, and how many items went which way."""
    source = f"read_parquet({text(run.folder / 'tables' / 'tracker_changes.parquet')})"
    steps: list[tuple[str, str, int]] = con.execute(
        "SELECT CAST(min(day_before) AS VARCHAR), coalesce(direction, change), count(*) "
        f"FROM {source} GROUP BY coalesce(direction, change) ORDER BY 2"
    ).fetchall()
    return steps


def kept(data: Path) -> list[Kept]:
    """Every checkpoint that was kept, the oldest first; a folder without its `declared.json` is none."""
    parent = data / "local" / "checkpoints"
    found = []
    for folder in sorted(parent.iterdir(), key=_place) if parent.is_dir() else ():
        try:
            declared = json.loads((folder / DECLARED).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if not folder.name.startswith(".") and isinstance(declared, dict) and {"kept_at", "by"} <= set(declared):
            found.append(Kept(folder, declared))
    return found


def _place(folder: Path) -> tuple[str, int, str]:
    number = folder.name[11:]
    return folder.name[:10], int(number) if number.isdecimal() else 1, folder.name


def of_day(data: Path, day: str) -> Kept:
    """The last checkpoint kept for a day. Raises UsageError for what is no day, or one that has none."""
    try:
        wanted = date.fromisoformat(day).isoformat()
    except ValueError:
        raise UsageError(f"--since {day} is not a day.", "Write it as 2026-06-16.") from None
    everything = kept(data)
    found = [one for one in everything if one.day == wanted]
    if not found:
        days = ", ".join(one.folder.name for one in everything)
        todo = f"There are: {days}." if days else "`resultsday checkpoint --keep` keeps one."
        raise UsageError(f"No checkpoint of {wanted} was kept.", todo)
    return found[-1]


def keep(con: Any, run: PublishedRun, data: Path, told: Mapping[str, Any], by: str) -> Kept:
    """Keep what a run says as what was declared; a second one of a day gets a number.

    Raises DiskError where the disk fails.
    """
    from pipelines.export import write_parquet

    day = datetime.fromisoformat(run.manifest["as_of"]).astimezone(_LONDON).date().isoformat()
    parent = files.make_folder(data / "local" / "checkpoints")
    name, number = day, 1
    while (parent / name).exists():
        number += 1
        name = f"{day}-{number}"
    declared = {
        "kept_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "by": by,
        "run": run.name,
        "identity": run.manifest["identity"],
        "as_of": run.manifest["as_of"],
        "season": run.manifest["season"],
        "is_sample": run.manifest.get("is_sample", False),
        "version": run.manifest["versions"]["resultsday"],
        **told,
    }
    with files.writing_folder(parent / name) as folder:
        write_parquet(con, _people_query(run), folder / "people.parquet")
        write_parquet(con, _IDENTITIES.format(**_tables(run)), folder / "identities.parquet")
        files.write_text(folder / DECLARED, json.dumps(declared, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    return Kept(parent / name, declared)


def changes(con: Any, run: PublishedRun, before: Kept) -> pl.DataFrame:
    """What has changed for whom since a checkpoint. Raises DiskError where its tables cannot be read."""
    import duckdb

    values = {
        **_tables(run),
        "kept": f"read_parquet({text(before.folder / 'people.parquet')})",
        "kept_identities": f"read_parquet({text(before.folder / 'identities.parquet')})",
        "people": _people_query(run),
    }
    try:
        frame: pl.DataFrame = con.sql(_CHANGES.format(**values)).pl()
    except duckdb.Error:
        raise DiskError(
            f"{before.folder}: the tables of that checkpoint cannot be read.", "Put the folder back from a backup."
        ) from None
    return frame
