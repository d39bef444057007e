"""What stands beside the sheets: the message that announces each, and the page that says what goes where until when.

Takes query sheets; gives texts. Promises that no message holds a name, a birth date or a number of a student: it
counts, and points at the column `reference` of the sheet, which travels another way.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from pipelines.packs.requests import RECIPIENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from pipelines.packs.asking import Answer, LastDay, QuerySheet

README = "README.txt"

#: whose screens and telephone numbers the request types name
_OUR_WORDS_FIT = ("01", "72")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_UNSURE = {"recollection": "from memory: check it", "inferred": "inferred: check it"}
_ORDER = tuple(RECIPIENTS)
_WIDTH = 106  #: of a line on the page, without what stands before it
#: how a sheet reaches whoever it is for
_CHANNELS = {
    "board": "the awarding body's secure channel (Interchange, or its own site)",
    "mis": "the school's own protected file store",
    "centre": "the exams office's own protected folder",
}


@dataclass(frozen=True)
class Heading:
    """The run that the sheets are of."""

    run: str
    as_of: datetime  #: London time
    season: str
    is_sample: bool


def day_words(day: date) -> str:
    """A day in full, as a letter has it: `Thursday 24 September 2026`."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def count(number: int, one: str) -> str:
    """A number of things: `1 row`, `1,204 rows`, `2 units or qualifications`."""
    many = " ".join(f"{word}s" if word != "or" else word for word in one.split())
    return f"{number:,} {one if number == 1 else many}"


def recipient(sheet: QuerySheet) -> str:
    """Whom a sheet goes to: `OCR vocational (72)`."""
    if sheet.request.to != "board":
        return RECIPIENTS[sheet.request.to]
    if sheet.board is None:
        return "the awarding body; nothing here says which"
    return f"{sheet.board_name} ({sheet.board})" if sheet.board_name else f"awarding body {sheet.board}"


def in_order(sheets: Iterable[QuerySheet], today: date) -> list[QuerySheet]:
    """The sheets as they are worked through: by recipient, the nearest last day first."""
    return sorted(sheets, key=lambda one: (_ORDER.index(one.request.to), *_nearest(one.last_days, today), one.stem))


def _nearest(days: Sequence[LastDay], today: date) -> tuple[bool, str]:
    to_come = [one.day.isoformat() for one in days if one.day >= today]
    return not to_come, min(to_come, default="")


def until_lines(days: Sequence[LastDay], today: date) -> list[str]:
    """The last days of a request type, one a line; what is over says so."""
    if not days:
        return ["no last day is known: the sooner the better"]
    return [_last_day(one, today) for one in days]


def _last_day(one: LastDay, today: date) -> str:
    notes = [one.applies_to] if one.applies_to not in ("", "all") else []
    notes += [_UNSURE[one.confidence]] if one.confidence in _UNSURE else []
    notes += ["this day is over: ask whether it is still taken"] if one.day < today else []
    told = f" ({'; '.join(notes)})" if notes else ""
    return f"{day_words(one.day)}, {one.service}{told}"


def _size(sheet: QuerySheet) -> str:
    parts = [count(sheet.frame.height, "row")]
    parts += [count(sheet.students, "student")] if sheet.students else []
    parts += [count(sheet.items, "unit or qualification")] if sheet.items else []
    return ", ".join(parts)


def message(sheet: QuerySheet, heading: Heading) -> str:
    """The text of an e-mail that announces a sheet; it names nobody and the sheet is not attached to it."""
    centre = f"centre {sheet.centre}" if sheet.centre else "our centre"
    to_board = sheet.request.to == "board"
    lines = [
        *(["SAMPLE: invented students. Send this to nobody.", ""] if heading.is_sample else []),
        f"Subject: {sheet.request.title}, {centre}: {count(sheet.frame.height, 'row')}",
        "",
        f"For {recipient(sheet)}.",
        "",
        f"{sheet.request.file.summary}",
        f"{centre[0].upper()}{centre[1:]}: {_size(sheet)}, as of {day_words(heading.as_of.date())}.",
        *(["", *_restricted()] if sheet.is_restricted else []),
        "",
        f"The sheet {sheet.stem}.xlsx lists them. It holds personal data, so it is not attached to this message:",
        f"it comes through {_CHANNELS[sheet.request.to]}.",
        'Please quote the column "reference" of the sheet when you answer, and no names.',
        *(["The layout of the sheet is ours. Where you have a form of your own, please say so."] if to_board else []),
        "",
        "By when:",
        *(f"  {line}" for line in until_lines(sheet.last_days, heading.as_of.date())),
        "",
        "-- For the sender; take these lines out --",
        f"Send the sheet through {_CHANNELS[sheet.request.to]}, never with a plain e-mail.",
        "The counts are those of the sheet as it was made: correct them where you took rows out.",
        "Put no name, birth date or number of a student into this message.",
    ]
    return "\n".join(lines) + "\n"


def _restricted() -> list[str]:
    return ["RESTRICTED: some results in the sheet may not be told to candidates yet. Do not pass it on."]


def readme(answer: Answer, heading: Heading) -> str:
    """The page that says what to send where until when, what has nothing to ask, and what each column holds."""
    today = heading.as_of.date()
    requests: dict[str, list[QuerySheet]] = {}
    for sheet in in_order(answer.sheets, today):
        requests.setdefault(sheet.request.name, []).append(sheet)
    parts = [*_opening(heading), "", "WHAT TO SEND, AND WHERE", ""]
    for sheets in requests.values():
        parts += [*_entry(sheets, today), ""]
    if answer.silent:
        parts += ["NOTHING TO ASK", "", *(f"  {one.name}: {one.title}" for one in answer.silent), ""]
    if answer.held_back:
        what = count(answer.held_back, "finding")
        told = f"{what} about results that candidates may not be told yet: on no sheet but the awarding body's own."
        parts += ["HELD BACK", "", f"  {told}", "  Pack again after the release.", ""]
    parts += ["WHAT THE COLUMNS HOLD", ""]
    for sheets in requests.values():
        request = sheets[0].request
        parts += [f"{request.name}: {request.title}"]
        parts += [f"  {column.name:<24}{request.words[column.name]}" for column in request.columns]
        parts += [""]
    return "\n".join(parts)


def _opening(heading: Heading) -> list[str]:
    moment = f"{day_words(heading.as_of.date())} {heading.as_of:%H:%M}"
    return [
        *(["SAMPLE: invented students. Send none of this to anybody.", ""] if heading.is_sample else []),
        f"Query sheets of run {heading.run}, as of {moment}, season {heading.season}.",
        "",
        "The sheets are ours. Their columns are what such a query needs; they are not the awarding bodies' own forms,",
        "which are not public. Where a form is asked for, copy the rows into it.",
        "They hold names, birth dates and numbers of students. Send each through a secure channel, to its recipient",
        "alone, never with a plain e-mail; the message beside it names nobody. Delete all of it when answered.",
        "Open the .xlsx: a spreadsheet drops the noughts in front of the numbers of a .csv.",
        "What is waived, not due yet, mere information, or follows from another finding is not asked about.",
        "Look at every row before you send it: the centre asks, not the program.",
    ]


def _entry(sheets: Sequence[QuerySheet], today: date) -> list[str]:
    """One request type: what it asks, how and until when, then a line for each of its sheets."""
    request = sheets[0].request
    lines = [f"{request.title} ({request.name})", *(f"  {line}" for line in wrap(request.file.summary, _WIDTH))]
    lines += _labelled("until", until_lines(sheets[0].last_days, today))
    if request.to == "board" and any(one.board not in _OUR_WORDS_FIT for one in sheets):
        lines += _labelled("how", ["of Cambridge OCR, as follows; of another awarding body, as that one asks for it"])
    lines += _labelled("how", request.how)
    lines += _labelled("before", request.before.splitlines())
    for sheet in sheets:
        restricted = "; RESTRICTED: some may not be told to candidates yet" if sheet.is_restricted else ""
        lines += [f"  -> {sheet.stem}.xlsx, .csv, to {recipient(sheet)}: {_size(sheet)}{restricted}"]
        if "drawn_from" in sheet.frame.columns:
            lines += [f"     drawn: {told}" for told in sheet.frame["drawn_from"].unique(maintain_order=True)]
        lines += [f"     message: {message_name(sheet)}"]
    return lines


def _labelled(label: str, lines: Iterable[str]) -> list[str]:
    """Lines under one label, long ones broken, steps indented under their number."""
    told = []
    for line in lines:
        hanging = "   " if line[:1].isdigit() and line[1:3] == ". " else ""
        told += wrap(line, _WIDTH, subsequent_indent=hanging)
    return [f"  {label if place == 0 else '':<8}{line}" for place, line in enumerate(told)]


def message_name(sheet: QuerySheet) -> str:
    """The name of the file of the message that announces a sheet."""
    return f"email_{sheet.stem}.txt"
