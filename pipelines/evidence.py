"""The line a finding rests on, with the values that matter marked where they stand.

Takes the text of a line as it came, the layout its file was read by, and the rule that speaks; gives the line in
pieces, marked or not, and each marked value by name and place. Which values matter is read from the rule itself: they
are the columns of the layout that its query or its key names, so that a new rule needs no word here. Promises to say
nothing that is not in the line, to cut what is long and say so, and to take no longer for a hostile line than for
another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pipelines.formats import Column, Format
    from pipelines.rules import Rule

LONGEST = 4_000  #: characters of a line that are looked at
_MOST_SHOWN = 600  #: characters of a line that are shown without leaving anything out
_CONTEXT = 40  #: of a line that is longer, characters beside each marked value
_LONGEST_VALUE = 120
_MOST_MARKED = 24  #: values of one line
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
_UPPER = ("uci", "uln", "ocr", "glh")
_PERSON = ("candidate_number", "ocr_candidate_number", "uci")
_ITEM = ("option_code", "unit_code", "qualification_code")
#: words of a key that stand for columns of other names
_KEY_COLUMNS = {
    "person": _PERSON,
    "option": _ITEM,
    "qualification": _ITEM,
    "unit": _ITEM,
    "series": ("series_as_sent",),
}
_TAG = re.compile(r"<(/?)(?:[\w.-]+:)?([\w.-]+)([^<>]*?)(/?)>")
_ATTRIBUTE = re.compile(r"""(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_WORD = re.compile(r"[a-z_]+")
_COMMENT = re.compile(r"--[^\n]*")


@dataclass(frozen=True)
class Cut:
    """How the lines of a file are cut: by its layout, and where they have cells, by these."""

    form: Format | None = None
    delimiter: str = ""  #: comma, semicolon, tab or sheet
    cells: tuple[str, ...] = ()  #: the column that each cell is; '' for one that is not used


@dataclass(frozen=True)
class Value:
    """A value in a line: the column it is of, where it stands in words, and from which character to which."""

    column: str
    where: str
    first: int  #: from 0
    end: int


@dataclass(frozen=True)
class Told:
    """A line as it is shown, and its marked values: name, value, where."""

    pieces: tuple[tuple[str, bool], ...]
    marked: tuple[tuple[str, str, str], ...]
    is_cut: bool = False


@lru_cache(maxsize=1_000)
def named_by(query: str, key: tuple[str, ...]) -> frozenset[str]:
    """The words of a rule's query and key: a column of a layout that is among them matters to the rule."""
    return frozenset(_WORD.findall(_COMMENT.sub("", query))) | {word.removeprefix("key_") for word in key}


def matters(column: str, rule: Rule | None, key: str, is_blank: bool) -> bool:
    """Whether a value of a line is what a finding is about; `key` is that of the finding."""
    if column in key.split("·"):
        return True
    if rule is None:
        return column in (*_PERSON, *_ITEM)
    if column == "centre_number":  # every rule goes by it, and few are about it
        return "centre_number" in rule.code
    words = named_by(rule.file.query, rule.key)
    if column in words or column.removesuffix("_as_sent") in words:
        return True
    return not is_blank and any(column in _KEY_COLUMNS.get(word, ()) for word in rule.key)


def flat(line: str, cut: Cut) -> str:
    """The start of a line as it is looked at: an element's spaces and line ends are no part of what it says."""
    start = line[:LONGEST]
    return re.sub(r"\s+", " ", start) if cut.form is not None and cut.form.shape == "xml" else start


def values(line: str, cut: Cut, option: str | None = None) -> list[Value]:
    """Every value of a flat line that its layout knows, in their order.

    Where a column stands several times in a record, those of `option` alone, if it is one of them.
    """
    if cut.delimiter:
        found = list(_of_cells(line, cut))
    elif cut.form is None:
        found = []
    elif cut.form.shape == "fixed_width":
        found = _of_characters(line, cut.form, option)
    else:
        found = list(_of_elements(line, cut.form)) if cut.form.shape == "xml" else []
    return sorted(found, key=lambda one: (one.first, one.end, one.column))


def _of_characters(line: str, form: Format, option: str | None) -> list[Value]:
    layout: dict[str, Column] = {column.name: column for column in form.columns}
    if form.variant_by in layout:
        kind = layout[form.variant_by]
        said = line[kind.start - 1 : kind.start - 1 + kind.width].upper()
        for variant in form.variants:
            if variant.when == said:
                layout |= {column.name: column for column in variant.columns}
    found = []
    for column in layout.values():
        places = [column.start - 1]
        if form.repeat is not None and form.repeat.column == column.name:
            places = list(range(form.repeat.start - 1, len(line.rstrip()), form.repeat.width))
            mine = [first for first in places if line[first : first + column.width].strip() == option]
            places = mine or places
        for first in places:
            last = first + column.width
            found.append(Value(column.name, span(first + 1, last), first, last))
    return [one for one in found if one.first < len(line)]


def _of_cells(line: str, cut: Cut) -> Iterator[Value]:
    if cut.delimiter == "sheet" or '"' not in line:
        sign = _DELIMITERS.get(cut.delimiter, "\t")
        ends = [*(at for at, one in enumerate(line) if one == sign), len(line)]
        spans = [(before + 1, end) for before, end in zip([-1, *ends], ends, strict=False)]
    else:
        spans = [(found.start(), found.end() - 1) for found in _cells(cut.delimiter).finditer(_led(line, cut))]
    for place, (column, (first, end)) in enumerate(zip(cut.cells, spans, strict=False), start=1):
        if column:
            text = line[first:end]
            start = first + len(text) - len(text.lstrip())
            yield Value(column, f"cell {place}", start, max(start, first + len(text.rstrip())))


def _led(line: str, cut: Cut) -> str:
    """The line behind a delimiter, as the reader cuts it."""
    return _DELIMITERS[cut.delimiter] + line


@lru_cache(maxsize=8)
def _cells(delimiter: str) -> re.Pattern[str]:
    # the readers need the frame library, which a page of a rule does not
    from pipelines.readers.quotes import cell_pattern

    sign = _DELIMITERS[delimiter]
    return re.compile(re.escape(sign) + cell_pattern(sign))


def _of_elements(line: str, form: Format) -> Iterator[Value]:
    """The values of the element that a statement was made of, and of those within it."""
    wanted = {column.path: column.name for column in form.columns}
    tops = {fill.each.rpartition("/")[2]: fill.each for fill in form.fills}
    path: list[str] = []
    for tag in _TAG.finditer(line):
        closes, name, attributes, is_empty = tag.groups()
        if closes:
            path = path[:-1]
            continue
        path.append(name if path else tops.get(name, name))
        here = "/".join(path)
        if here in wanted:
            end = line.find("<", tag.end())
            yield Value(wanted[here], f"<{name}>", tag.end(), len(line) if end < 0 or is_empty else end)
        for one in _ATTRIBUTE.finditer(attributes):
            if f"{here}/@{one[1]}" in wanted:
                group = 2 if one[2] is not None else 3
                first = tag.start(3) + one.start(group)
                yield Value(wanted[f"{here}/@{one[1]}"], f"@{one[1]}", first, tag.start(3) + one.end(group))
        if is_empty:
            path = path[:-1]


def span(first: int, last: int) -> str:
    """Where a value of a fixed-width line stands, in words."""
    return f"characters {first}–{last}" if last > first else f"character {last}"


def in_words(column: str) -> str:
    """The name of a column as it is said: OCR candidate number, grade."""
    return " ".join(
        part.upper() if part in _UPPER else part for part in column.removesuffix("_as_sent").split("_") if part
    )


def of_finding(row: Mapping[str, Any], forms: Mapping[str, Format], rule: Rule | None) -> Told:
    """The line of a finding, told.

    `row` says of it: `line_text`, the start of the line as it came; `line_length`, of the whole; `key` and
    `option_code`; `format`, `delimiter` and `cells` of its file; `column_name`, `column_from` and `column_to` where
    the line was set aside.
    """
    cells = tuple(row["cells"].split(",")) if row["cells"] else ()
    cut = Cut(forms.get(row["format"] or ""), row["delimiter"] or "", cells)
    line = flat(row["line_text"], cut)
    every = values(line, cut, row["option_code"])
    fault = row["column_name"]
    if fault is None:
        about = [
            one for one in every if matters(one.column, rule, row["key"] or "", not line[one.first : one.end].strip())
        ]
    else:
        about = [one for one in every if one.column == fault]
    if not about and row["column_from"] and row["column_to"]:
        first, last = int(row["column_from"]), int(row["column_to"])
        about = [Value(fault or "", span(first, last), first - 1, last)] if first <= len(line) else []
    return tell(line, row["line_length"], about)


def _apart(chosen: Sequence[Value]) -> list[Value]:
    """The values without those that stand inside another."""
    kept: list[Value] = []
    for one in chosen:
        if not kept or one.first >= kept[-1].end:
            kept.append(one)
    return kept


def tell(line: str, length: int, about: Collection[Value]) -> Told:
    """A flat line with the values it is about marked; `length` is that of the whole line as it came."""
    every = _apart(sorted(about, key=lambda one: (one.first, -one.end)))
    chosen, is_long = every[:_MOST_MARKED], len(line) > _MOST_SHOWN
    pieces: list[tuple[str, bool]] = []
    at, is_cut = 0, length > LONGEST or len(every) > _MOST_MARKED
    for one in [*chosen, None]:
        first, end = (one.first, one.end) if one is not None else (len(line), len(line))
        between, left = _between(line[at:first], is_long, bool(pieces), one is not None)
        value, cut_value = _clipped(line[first:end])
        is_cut |= left or cut_value
        pieces += [part for part in ((between, False), (value, True)) if part[0]]
        at = end
    told, said = [], ""
    for one in chosen:
        # characters 8–11, 12–24, 31–36: the word once
        what, _, place = one.where.rpartition(" ")
        where = place if said and what.removesuffix("s") == said else one.where
        said = what.removesuffix("s")
        told.append((in_words(one.column), _clipped(line[one.first : one.end].strip())[0], where))
    return Told(tuple(pieces), tuple(told), is_cut)


def _clipped(text: str) -> tuple[str, bool]:
    return (text, False) if len(text) <= _LONGEST_VALUE else (text[:_LONGEST_VALUE] + "…", True)


def _between(text: str, is_long: bool, after: bool, before: bool) -> tuple[str, bool]:
    """What stands between two marked values: of a long line only what is next to them."""
    if not is_long or len(text) <= 3 * _CONTEXT:
        return text, False
    if not after and not before:
        return text[:_MOST_SHOWN] + "…", True
    return (text[:_CONTEXT] if after else "") + "…" + (text[-_CONTEXT:] if before else ""), True
