"""The sums that must agree: at every arrow between two stages, what went in is what came out.

Takes the connection after the rules ran; gives the counts that are printed and stored. A sum that does not agree
is a `SumsError`, and nothing is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.errors import SumsError

if TYPE_CHECKING:
    from pipelines.receive import Reception

_WHAT_NEXT = (
    "Nothing was published. This is a fault of the program: please report it with run.json of the last good run."
)


@dataclass(frozen=True)
class Sums:
    """Files, lines and statements, counted on both sides of each arrow."""

    files: dict[str, int]
    lines: dict[str, int]
    statements: dict[str, int]
    rules: dict[str, int]

    def as_dict(self) -> dict[str, dict[str, int]]:
        """As `run.json` has them."""
        return {"files": self.files, "lines": self.lines, "statements": self.statements, "rules": self.rules}


def _one(con: Any, query: str) -> tuple[int, ...]:
    return tuple(int(value or 0) for value in con.execute(query).fetchone())


def _agree(what: str, whole: int, parts: int) -> None:
    if whole != parts:
        raise SumsError(f"The sums do not agree: {what}: {whole:,} against {parts:,}.", _WHAT_NEXT)


def count(con: Any, reception: Reception, rules: int) -> Sums:
    """Count everything, and raise SumsError at the first sum that does not agree."""
    read, refused = _one(
        con, "SELECT count(*) FILTER (status <> 'refused'), count(*) FILTER (status = 'refused') FROM files"
    )
    ignored, repeated = len(reception.ignored), reception.repeated
    received = len(reception.received) + len(reception.refused) + repeated + ignored
    _agree("files received = read + refused + repeated + ignored", received, read + refused + repeated + ignored)

    framing, kept, rejected = _one(con, "SELECT sum(rows_framing), sum(rows_kept), sum(rows_rejected) FROM files")
    lines = _one(con, "SELECT sum(rows_framing) + sum(rows_read) FROM files")[0]
    _agree("lines = framing + kept + rejected", lines, framing + kept + rejected)
    uneven = _one(con, "SELECT count(*) FROM files WHERE rows_read <> rows_kept + rows_rejected")[0]
    _agree("rows read = rows kept + rows rejected, in every file", 0, uneven)

    stated = _one(
        con,
        "SELECT count(*) FROM incoming_results AS r "
        "INNER JOIN file_facts AS f ON f.file_id = r.file_id AND f.is_used "
        "INNER JOIN centres AS c ON c.centre_number = r.centre_number",
    )[0]
    in_tables = _one(con, "SELECT count(*) FROM results_by_carrier")[0]
    _agree("statements kept = rows of results_by_carrier", stated, in_tables)

    centres = _one(con, "SELECT count(*) FROM centres")[0]
    statuses = _one(con, "SELECT count(*) FROM rules_run WHERE status IS NOT NULL")[0]
    _agree("every rule has a status for every centre, and for all", rules * (centres + 1), statuses)
    return Sums(
        {"received": received, "read": read, "refused": refused, "repeated": repeated, "ignored": ignored},
        {"lines": lines, "framing": framing, "kept": kept, "rejected": rejected},
        {"kept": stated, "in_tables": in_tables},
        {"rules": rules, "centres": centres, "statuses": statuses},
    )
