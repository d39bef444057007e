"""What staff may not be told yet, taken out of the tables before anything is written or counted from them.

Takes the connection after the rules ran; leaves in it, for the audience `staff`, only what may be told at as-of: every
table that a run publishes, the history of findings, the counts of the rules. Report, CSV files, database, manifest and
whatever reads them later then cannot tell more. Promises to fail closed: what nobody dates is never told, and what is
left out shows neither as a row nor in a count. An override needs a reason and a name, and both are logged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.database import identifier, text
from pipelines.errors import EmbargoError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pipelines.config import Config

#: longer figures are numbers of students, and a log keeps none
_NUMBER_OF_A_STUDENT = re.compile(r"\d{8,}")
_LONGEST = 300  #: characters of a reason


@dataclass(frozen=True)
class Lifted:
    """An override: why the outputs for staff hold what is under embargo, and who answers for it."""

    reason: str
    by: str


def lifted(reason: str | None, by: str) -> Lifted:
    """The override asked for. Raises EmbargoError without a reason, or where it holds a number of a student."""
    told = " ".join((reason or "").split())
    todo = 'Say why, without naming a student: --lift-embargo --reason "head of sixth form asked, staff meeting".'
    if not told:
        raise EmbargoError("The embargo is lifted only with a reason: it is logged.", todo)
    if _NUMBER_OF_A_STUDENT.search(told) or len(told) > _LONGEST:
        raise EmbargoError("That reason is too long for a log, or holds a number of a student.", todo)
    return Lifted(told, by)


def holds_back(config: Config, override: Lifted | None) -> bool:
    """Whether the outputs of a run leave out what is under embargo."""
    return config.audience != "exams_office" and override is None


def refuse_a_later_moment(as_of: datetime, now: datetime) -> None:
    """Raise EmbargoError for staff who ask what may be told at a moment that has not come."""
    if as_of > now:
        raise EmbargoError(
            "For staff a run judges by a moment that is past, or by now: what is released later stays under embargo.",
            "Leave out --as-of, or lift the embargo with a reason: --lift-embargo --reason …",
        )


def hold_back(con: Any, tables: Iterable[str], as_of: datetime) -> None:
    """Delete from each of the tables, and from all that was made of them, what may not be told at `as_of`.

    `tables` are those with a column `embargo_until`; `discrepancies` is one of them.
    """
    still = f"embargo_until > CAST({text(as_of.isoformat())} AS TIMESTAMP WITH TIME ZONE)"
    held = f"(SELECT fingerprint FROM discrepancies WHERE {still})"
    # what a person wrote of such a finding, and the history of it, would tell it
    con.execute(
        f"DELETE FROM waivers WHERE fingerprint IN {held} "
        f"OR given_line IN (SELECT line FROM waiver_hits WHERE fingerprint IN {held})"
    )
    for table in ("waived_findings", "finding_history"):
        con.execute(f"DELETE FROM {identifier(table)} WHERE fingerprint IN {held}")
    # a cause that is left out may not be pointed at
    con.execute(f"UPDATE discrepancies SET root = NULL WHERE root IN {held}")
    for table in tables:
        con.execute(f"DELETE FROM {identifier(table)} WHERE {still}")
    _recount(con)


def _recount(con: Any) -> None:
    """Let the counts of the rules be of what is left; that there is more is said of every rule alike."""
    con.execute(
        "UPDATE rules_run SET found = (SELECT count(*) FROM discrepancies AS d WHERE d.code = rules_run.code "
        "AND (rules_run.centre_number = 'all' OR d.centre_number = rules_run.centre_number))"
    )
    con.execute("UPDATE rules_run SET status = 'clean' WHERE status = 'found' AND found = 0")
    con.execute(
        "UPDATE rules_run SET reason = 'as far as it may be told: results under embargo are left out' "
        "WHERE status IN ('clean', 'found') AND reason IS NULL"
    )
