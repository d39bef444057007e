"""Times, numbers and names as the report says them.

Takes values as the queries give them: moments as whole seconds since 1970 in UTC, days as `date`. Gives plain text;
the template escapes it. All clocks are those of Europe/London.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

_LONDON = ZoneInfo("Europe/London")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: a moment so far off stands for one that nobody knows
_NEVER = int(datetime(9000, 1, 1, tzinfo=UTC).timestamp())
_STEP = re.compile(r"^\s*\d+\.\s*", re.MULTILINE)

#: characters that steer the text around them, or show nothing at all, are spelled out
_UNSEEN = {
    code: f"‹U+{code:04X}›"
    for code in (
        *range(0x09),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        *(0x061C, 0x200E, 0x200F, 0xFEFF),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
}

#: mark, word; the mark's shape and the word say it without the colour
SEVERITIES = {"error": ("●", "error"), "warning": ("▲", "warning"), "info": ("○", "info")}
OWNERS = {"board": "Ring the board", "centre": "Centre", "mis": "MIS"}
READINESS = {"hold": "on hold", "waiting": "waiting", "ready": "ready", "none": "nothing expected this season"}
IDENTIFIERS = {
    "candidate_number": "Candidate number",
    "ocr_candidate_number": "OCR candidate number",
    "uci": "UCI",
    "uln": "ULN",
}
#: mark, word: which way a result went since the run before
WAYS = {
    "up": ("▲", "up"),
    "down": ("▼", "down"),
    "new": ("+", "new"),
    "withdrawn": ("−", "withdrawn"),
    "other": ("~", "otherwise"),
}
#: how the files stand to what was changed by hand
CHANGES = {
    "contradicted": "would be lost: a newer file says otherwise",
    "undated": "a file whose date is not known says otherwise",
    "older": "a file from before the change says otherwise; importing it again loses it",
    "agrees": "the files say the same now: the row can go",
    "stands": "nothing that is imported speaks against it",
    "no_result": "no file here has the result",
    "replaced": "a later row changes the same",
    "nobody": "the numbers are nobody's here",
    "unclear": "the numbers are more than one person's",
    "unusable": "the row cannot be used",
}
STATUSES = {"clean": "clean", "found": "found", "not_evaluated": "not evaluated", "failed": "failed"}


def visible(value: Any) -> Any:
    """A value to print: nothing for None; in text, what cannot be seen is spelled out."""
    if value is None:
        return ""
    if type(value) is str:
        return value.translate(_UNSEEN)
    return value


def number(value: int | None) -> str:
    """A whole number with its thousands set apart."""
    return "" if value is None else f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 student, 2 students."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def steps(text: str) -> list[str]:
    """The steps of an action, without the numbers they are written with."""
    return [step.strip() for step in _STEP.split(text) if step.strip()]


def day_words(first_year: int) -> Callable[[date | None], str]:
    """Say a day as Mon 10 Aug; one outside the academic year that begins in `first_year` with its year."""

    @lru_cache(maxsize=4096)
    def say(day: date | None) -> str:
        if day is None:
            return ""
        said = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
        is_inside = date(first_year, 9, 1) <= day <= date(first_year + 1, 8, 31)
        return said if is_inside else f"{said} {day.year}"

    return say


def moment_words(first_year: int) -> Callable[[int | None], str]:
    """Say a moment as Mon 10 Aug 08:00."""
    say_day = day_words(first_year)

    @lru_cache(maxsize=4096)
    def say(seconds: int | None) -> str:
        if seconds is None:
            return ""
        if seconds >= _NEVER:
            return "a day not known yet"
        moment = datetime.fromtimestamp(seconds, _LONDON)
        return f"{say_day(moment.date())} {moment:%H:%M}"

    return say


def calendar_words(past: int | None, following: int | None, say: Callable[[int | None], str]) -> str:
    """Where a run stands in the release calendar, in place of the time on its clock."""
    parts = []
    if past is not None:
        parts.append(f"after the release of {say(past)}")
    if following is not None:
        parts.append(f"before that of {say(following)}" if parts else f"before the release of {say(following)}")
    return ", ".join(parts) or "the calendar has no release"


def month(day: date | None) -> str:
    """The month of a window, short."""
    return "" if day is None else _MONTHS[day.month - 1]
