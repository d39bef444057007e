"""`run.json`: what a run was made of and what came of it, without a name or a number of any student.

Takes the connection after the rules ran, and what the stages counted; gives a dictionary that JSON can hold.
Times live here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.embargo import holds_back
from pipelines.identity import versions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pipelines.config import Config
    from pipelines.embargo import Lifted
    from pipelines.receive import Reception
    from pipelines.sums import Sums


#: what can have become of a result since the run before
DIRECTIONS = ("up", "down", "other", "new", "withdrawn")


@dataclass(frozen=True)
class Told:
    """What the run knows of itself beside its tables."""

    identity: str
    season: str
    as_of: datetime
    started_at: datetime
    config: Config
    is_sample: bool
    is_published: bool
    reuse: Mapping[str, int]
    lifted: Lifted | None = None


def reader_of(told: Mapping[str, Any]) -> str:
    """Whose eyes the tables of a run were made for, by its manifest; one of an older version says its audience."""
    return str(told.get("reader") or told.get("options", {}).get("audience") or "exams_office")


def _records(con: Any, query: str) -> list[dict[str, Any]]:
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def inputs(con: Any) -> list[dict[str, Any]]:
    """Every file received: its name, hash, kind, rows and what became of it."""
    return _records(
        con,
        "SELECT file_id, name, other_names, kind, series, status, reason, rows_read, rows_kept, rows_rejected "
        "FROM files ORDER BY name, file_id",
    )


def rule_statuses(con: Any) -> dict[str, dict[str, Any]]:
    """What each rule did over all centres."""
    rows = _records(
        con,
        "SELECT code, status, reason, rows_checked, found FROM rules_run WHERE centre_number = 'all' ORDER BY code",
    )
    return {row.pop("code"): row for row in rows}


def findings(con: Any) -> dict[str, Any]:
    """How many findings there are, by severity, state, change and code; headline counts are of roots not waived."""
    by_severity = _records(
        con,
        "SELECT severity, count(*) AS found, count(*) FILTER (root IS NULL AND state <> 'waived') AS roots, "
        "count(*) FILTER (state = 'open') AS open, count(*) FILTER (state = 'waived') AS waived "
        "FROM discrepancies GROUP BY severity ORDER BY severity",
    )
    by_change = _records(con, "SELECT change, count(*) AS found FROM discrepancies GROUP BY change ORDER BY change")
    resolved = con.execute(
        "SELECT count(*) FROM previous_history AS p INNER JOIN finding_history AS h ON h.fingerprint = p.fingerprint "
        "WHERE p.state <> 'resolved' AND h.state = 'resolved'"
    ).fetchone()[0]
    by_code = _records(
        con,
        "SELECT code, severity, count(*) AS found, count(*) FILTER (state = 'waived') AS waived "
        "FROM discrepancies GROUP BY code, severity ORDER BY code, severity",
    )
    return {
        "by_severity": {row.pop("severity"): row for row in by_severity},
        "by_change": {**{row["change"]: row["found"] for row in by_change}, "resolved": resolved},
        "by_code": by_code,
    }


def changes(con: Any) -> dict[str, Any]:
    """How many results went up, down, otherwise, came or were withdrawn since the run before; files in and out.

    A result counts once, however many carriers say it. Empty where there is no run before.
    """
    moment = "strftime(as_of AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')"
    before = con.execute(f"SELECT identity, {moment} FROM previous_run").fetchall()
    if not before:
        return {}
    counted = dict(con.execute("SELECT direction, count(*) FROM changed_results GROUP BY direction").fetchall())
    used = "status <> 'refused' AND kind IS NOT NULL"
    files = con.execute(
        f"SELECT (SELECT count(*) FROM files WHERE {used} AND file_id NOT IN (SELECT file_id FROM previous_files)), "
        f"(SELECT count(*) FROM previous_files WHERE {used} AND file_id NOT IN (SELECT file_id FROM files))"
    ).fetchone()
    return {
        "since": before[0][0],
        "since_as_of": before[0][1],
        "results": {word: int(counted.get(word, 0)) for word in DIRECTIONS},
        "files": {"came": int(files[0]), "gone": int(files[1])},
    }


def readiness(con: Any) -> dict[str, int]:
    """How many students are ready, on hold, waiting."""
    counted = dict(con.execute("SELECT readiness, count(*) FROM readiness GROUP BY readiness").fetchall())
    return {word: int(counted.get(word, 0)) for word in ("ready", "hold", "waiting")}


def centres(con: Any) -> dict[str, dict[str, Any]]:
    """Of each centre: how many students are ready, on hold, waiting, and the roots not waived by severity."""
    words = ("ready", "hold", "waiting")
    names = con.execute(
        "SELECT DISTINCT centre_number FROM rules_run WHERE centre_number <> 'all' ORDER BY 1"
    ).fetchall()
    told: dict[str, dict[str, Any]] = {
        name: {"readiness": dict.fromkeys(words, 0), "findings": {"by_severity": {}}} for (name,) in names
    }
    students = con.execute(
        "SELECT centre_number, readiness, count(*) FROM readiness GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for name, word, count in students:
        if name in told and word in words:
            told[name]["readiness"][word] = count
    roots = con.execute(
        "SELECT centre_number, severity, count(*) FROM discrepancies WHERE root IS NULL AND state <> 'waived' "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for name, severity, count in roots:
        if name in told:
            told[name]["findings"]["by_severity"][severity] = {"roots": count}
    return told


def board(con: Any) -> list[dict[str, Any]]:
    """The files that are awaited or missing, and what to do."""
    return _records(
        con,
        "SELECT centre_number, what, series, state, strftime(due, '%Y-%m-%dT%H:%M:%SZ') AS due, next_step "
        "FROM file_board WHERE state IN ('missing', 'awaited') ORDER BY ALL",
    )


def kept(con: Any) -> dict[str, dict[str, int]]:
    """How many rows of each file that a person keeps stand how; nothing of what they say."""
    return {
        table: dict(con.execute(f"SELECT state, count(*) FROM {table} GROUP BY state ORDER BY state").fetchall())
        for table in ("manual_changes", "waivers", "destinations")
    }


def manifest(
    con: Any,
    told: Told,
    reception: Reception,
    totals: Sums,
    rows: Mapping[str, int],
    timings: Mapping[str, Any],
) -> dict[str, Any]:
    """Everything `run.json` holds, but the run's name."""
    hashes = {one.file_id: one.sha256 for one in reception.received}
    received = inputs(con)
    for one in received:
        one["sha256"] = hashes.get(one["file_id"])
    return {
        "identity": told.identity,
        "started_at": told.started_at.isoformat(),
        "as_of": told.as_of.isoformat(),
        "season": told.season,
        "is_sample": told.is_sample,
        "is_published": told.is_published,
        "reader": "exams_office" if not holds_back(told.config, told.lifted) else "staff",
        "embargo_lifted": {"reason": told.lifted.reason, "by": told.lifted.by} if told.lifted else None,
        "options": {
            "centres": list(told.config.centres),
            "audience": told.config.audience,
            "season": told.config.season,
            "near_boundary_marks": told.config.near_boundary_marks,
            "centre_reports": told.config.centre_reports,
        },
        "versions": versions(),
        "inputs": received,
        "ignored": [{"name": one.name, "reason": one.reason} for one in reception.ignored],
        "sums": totals.as_dict(),
        "rules": rule_statuses(con),
        "findings": findings(con),
        "changes": changes(con),
        "readiness": readiness(con),
        "centres": centres(con),
        "file_board": board(con),
        "local": kept(con),
        "tables": dict(rows),
        "parts": dict(told.reuse),
        "timings": dict(timings),
    }
