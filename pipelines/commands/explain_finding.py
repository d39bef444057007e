"""`resultsday explain FINGERPRINT`: one finding of the published run, and the line it rests on.

Takes the fingerprint, as `discrepancies.csv` has it; gives what was found, its state, the line as it came with carets
beneath the values that matter and each of them by name and place, what it follows from, and the steps. A terminal gets
no control character that stood in a file. Asks the published tables alone: of what was left out for staff it knows
nothing.
"""

from __future__ import annotations

import re
import unicodedata
from textwrap import fill, indent
from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.commands import printing, published
from pipelines.errors import ExitCode, UsageError
from pipelines.evidence import LONGEST, of_finding
from pipelines.formats import load_formats
from pipelines.rules import load_rules
from pipelines.sealed import sealed

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.evidence import Told

_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
#: moments as seconds: to fetch one with its zone takes a library that is not needed elsewhere
_FINDING = """
SELECT * EXCLUDE (due, embargo_until), CAST(epoch(embargo_until) AS BIGINT) AS embargo_until
FROM discrepancies
WHERE fingerprint = ?
"""
_IN_JSON = (
    *("severity", "code", "key", "fingerprint", "root", "owner", "state", "change", "centre_number", "message"),
    *("expected", "found", "cause", "action", "confidence", "file", "line"),
)


def is_fingerprint(text: str) -> bool:
    """Whether words are the fingerprint of a finding, and not of a rule."""
    return _FINGERPRINT.fullmatch(text.strip().lower()) is not None


def show(text: str, data: Path, output: str) -> int:
    """Explain one finding; give the exit code.

    Raises UsageError where the run has no such finding, NoInputError where nothing is published.
    """
    printing.refuse_csv(output, "resultsday explain")
    run = published.needed(data)
    fingerprint = text.strip().lower()
    with sealed(run.folder) as con:
        found = _row(con, _FINDING, fingerprint)
        if found is None:
            raise UsageError(
                f"The published run has no finding {fingerprint}.",
                "Those it has are listed with it: resultsday findings --format csv",
            )
        root = _row(con, "SELECT code, message FROM discrepancies WHERE fingerprint = ?", found["root"])
        told = _told(con, found, data)
    if output == "json":
        printing.write_exactly(printing.as_json(_as_json(found, told)))
    else:
        printing.write(_page(found, root, told) + "\n")
        printing.say(f"In {published.greeting(run)}. The rule behind it: resultsday explain {found['code']}")
    return int(ExitCode.DONE)


def _row(con: Any, query: str, value: object) -> dict[str, Any] | None:
    cursor = con.execute(query, [value])
    names = [column[0] for column in cursor.description]
    row = cursor.fetchone()
    return None if row is None else dict(zip(names, row, strict=True))


def _told(con: Any, found: dict[str, Any], data: Path) -> Told | None:
    """The line of a finding with its marks; nothing for one that has no line."""
    if found["evidence"] is None:
        return None
    # a run of an older version has no cells
    file = _row(con, "SELECT * FROM files WHERE file_id = ?", found["file_id"]) or {}
    query = (
        "SELECT column_name, column_from, column_to FROM rejects WHERE file_id = ? AND line = ? AND because = 'row' "
        "AND column_name IS NOT NULL ORDER BY column_from NULLS FIRST, column_to NULLS FIRST, column_name LIMIT 1"
    )
    fault = con.execute(query, [found["file_id"], found["line"]]).fetchone() or (None, None, None)
    row = {
        **{name: file.get(name) for name in ("format", "delimiter", "cells")},
        **dict(zip(("column_name", "column_from", "column_to"), fault, strict=True)),
        "key": found["key"],
        "option_code": found["option_code"],
        "line_text": found["evidence"][:LONGEST],
        "line_length": len(found["evidence"]),
    }
    forms = {form.name: form for form in load_formats(resources.formats(), data / "local" / "formats")}
    rules = {rule.code: rule for rule in load_rules(resources.sql() / "rules")}
    return of_finding(row, forms, rules.get(found["code"]))


def _as_json(found: dict[str, Any], told: Told | None) -> dict[str, Any]:
    marked = told.marked if told is not None else ()
    return {
        **{name: found[name] for name in _IN_JSON},
        "evidence": found["evidence"],
        "marked": [{"name": name, "value": value, "where": where} for name, value, where in marked],
    }


def _page(found: dict[str, Any], root: dict[str, Any] | None, told: Told | None) -> str:
    bold, plain = ("\x1b[1m", "\x1b[0m") if printing.has_colour() else ("", "")
    wide = min(printing.width(), 100)
    held = found["embargo_until"] is not None and found["embargo_until"] > published.now().timestamp()
    parts = [
        f"{bold}{found['code']}{plain}  {found['severity']}, {found['state']}, {found['change']}"
        + ("  RESTRICTED" if held else ""),
        f"{_plain(found['key'])}\n{fill(_plain(found['message']), wide)}",
        *(
            fill(f"{name}: {_plain(str(found[name]))}", wide)
            for name in ("expected", "found", "cause")
            if found[name] is not None and str(found[name]) not in found["message"]
        ),
    ]
    if found["file"] is not None:
        place = f"{bold}{_plain(found['file'])}{'' if found['line'] is None else ':' + str(found['line'])}{plain}"
        parts.append(f"{place}\n{_line(told, wide - 2)}" if told is not None else place)
    if root is not None:
        words = fill(f"{root['code']}: {_plain(root['message'])}", wide - 2)
        parts.append(f"{bold}Follows from{plain} ({found['root']})\n{indent(words, '  ')}")
    steps = "\n".join(fill(step, wide - 2, subsequent_indent="   ") for step in found["action"].splitlines())
    parts.append(f"{bold}What to do{plain}\n{indent(steps, '  ')}")
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    """Text of a file as a terminal may have it: what steers, rings or turns the writing becomes a space."""
    return _CONTROLS.sub(" ", text)


def _columns(sign: str) -> int:
    """How many columns of a terminal a sign takes."""
    return 0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _line(told: Told, wide: int) -> str:
    """The line in pieces as wide as the screen, carets beneath what is marked, and the marked values by name."""
    lines: list[str] = []
    text = under = ""
    room, mark = wide, ""
    for piece, is_marked in told.pieces:
        # two values that touch have two marks
        mark = "" if not is_marked else "^" if mark != "^" else "~"
        for sign in _plain(piece):
            if _columns(sign) > room:
                lines += [text, under.rstrip()]
                text, under, room = "", "", wide
            text += sign
            under += (mark or " ") * _columns(sign)
            room -= _columns(sign)
    lines = [one for one in (*lines, text, under.rstrip()) if one]
    named = "; ".join(f"{where}: {name} {_plain(value) or '(blank)'}" for name, value, where in told.marked)
    lines += [fill(named, wide)] if named else []
    if told.is_cut:
        lines.append("cut to fit; it is whole in tables/discrepancies.parquet")
    return indent("\n".join(lines), "  ")
