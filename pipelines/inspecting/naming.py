"""Which column of a file is which of a layout: by its name, by what its values look like, by how columns relate.

Takes the columns of a layout with the names each goes by, and the cells of a file; gives a mapping with the reason for
each, and what is left open. Promises: two columns that only a name could tell apart are told apart by no guess; a name
never outweighs values that cannot be what it says.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.formats import Column, fold_header
from pipelines.inspecting.cells import Cells
from pipelines.inspecting.looks import LOOK, Look, look_of

_NEAR = 0.78  #: from here on a name is near
_NEARER = 0.06  #: by so much the nearest must be nearer than the next
_PEOPLE = ("uci", "ocr_candidate_number", "candidate_number", "uln")
_FORENAMES, _NOT_FORENAMES = 0.3, 0.1  #: shares of known forenames that tell forenames from surnames
#: Looks that say so much that they come before a name that is merely near.
_STRONG = (
    "uci",
    "uln",
    "unit",
    "series",
    "birth_date",
    "ocr_number",
    "entry_type",
    "claim_type",
    "qualification_title",
)


@dataclass
class Naming:
    """A mapping as it grows: column name → place of the cell, and why."""

    columns: Sequence[Column]
    aliases: Mapping[str, tuple[str, ...]]  #: the names that each column goes by
    cells: Cells
    places: dict[str, int] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def put(self, column: str, place: int, how: str) -> None:
        """Settle one column."""
        self.places[column], self.how[column] = place, how
        self.taken.add(place)

    def free_columns(self, look: str = "") -> list[Column]:
        """Columns of the layout that nothing stands for yet, of one look or of all."""
        free = [column for column in self.columns if column.name not in self.places]
        return [column for column in free if not look or look_of(column).name == look]

    def free_places(self, look: str = "") -> list[int]:
        """Columns of the file that stand for nothing yet, of one class or of all."""
        free = [place for place in range(len(self.cells.names)) if place not in self.taken]
        return [place for place in free if not look or self.cells.classes[place] == look]

    @property
    def missing(self) -> list[Column]:
        """Required columns that are not settled."""
        return [column for column in self.free_columns() if column.required]


def name_columns(
    columns: Sequence[Column],
    aliases: Mapping[str, tuple[str, ...]],
    cells: Cells,
    said: Mapping[str, int] | None = None,
) -> Naming:
    """Map the columns of a layout to the cells of a file; `said` is what a person settled."""
    naming = Naming(columns, aliases, cells)
    for name, place in (said or {}).items():
        naming.put(name, place, "as you said")
    _exact(naming)
    before = -1
    while before < len(naming.places):
        before = len(naming.places)
        _by_look(naming, [LOOK[name] for name in _STRONG])
        _by_near_name(naming)
        if len(naming.places) == before:
            _by_look(naming, [look for look in LOOK.values() if look.telling])
        if len(naming.places) == before:
            _by_a_word(naming)
        if len(naming.places) == before:
            _by_relations(naming)
    return naming


def _exact(naming: Naming) -> None:
    known = {fold_header(alias): name for name, aliases in naming.aliases.items() for alias in aliases}
    for place, header in enumerate(naming.cells.names):
        name = known.get(fold_header(header))
        if name is None:
            continue
        if name not in naming.places and place not in naming.taken:
            naming.put(name, place, "by its name")
        else:
            naming.taken.add(place)


def _by_look(naming: Naming, looks: Sequence[Look]) -> None:
    """Settle a column where it is the only one of its look in the layout, and one column of the file has it."""
    for look in looks:
        columns, places = naming.free_columns(look.name), naming.free_places(look.name)
        if len(columns) == 1 and len(places) == 1:
            naming.put(columns[0].name, places[0], "by its values")


@lru_cache(maxsize=100_000)
def similarity(header: str, aliases: tuple[str, ...]) -> float:
    """How near a header is to the nearest of some names: 1 for the same letters or the same words."""
    words = _words(header)
    matcher = difflib.SequenceMatcher(b=fold_header(header))
    best = 0.0
    for alias in aliases:
        matcher.set_seq1(fold_header(alias))
        letters = matcher.ratio() if matcher.real_quick_ratio() >= _NEAR > best else 0.0
        theirs = _words(alias)
        common = len(words & theirs) / len(words | theirs) if words | theirs else 0.0
        best = max(best, letters, common)
    return best


def _words(text: str) -> set[str]:
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", text)
    return {part.lower() for part in parts} - {"the", "of", "s"}


def _by_near_name(naming: Naming) -> None:
    """Settle the pairs of a name and a column that are nearer to each other than to any other."""
    near: dict[tuple[str, int], float] = {}
    for column in naming.free_columns():
        for place in naming.free_places():
            if naming.cells.names[place].strip() and _may_be(naming, column, place):
                near[column.name, place] = similarity(naming.cells.names[place], naming.aliases[column.name])
    for (name, place), value in sorted(near.items(), key=lambda item: (-item[1], item[0])):
        if value < _NEAR or name in naming.places or place in naming.taken:
            continue
        rivals = [
            other
            for (rival, there), other in near.items()
            if (rival == name) != (there == place) and rival not in naming.places and there not in naming.taken
        ]
        if not rivals or value - max(rivals) >= _NEARER:
            how = "by a name that is near, and its values" if naming.cells.filled[place] else "by a name that is near"
            naming.put(name, place, how)


def _by_a_word(naming: Naming) -> None:
    """Settle a column of numbers, dates or grades by a word that only its names hold, and only one name of the file."""
    for look in ("number", "date", "grade"):
        columns, places = naming.free_columns(look), naming.free_places(look)
        theirs = {column.name: set().union(*map(_words, naming.aliases[column.name])) for column in columns}
        for column in columns:
            others = [words for name, words in theirs.items() if name != column.name]
            own = theirs[column.name].difference(*others) - _PLAIN
            holding = [place for place in places if _words(naming.cells.names[place]) & own]
            if len(holding) == 1 and holding[0] not in naming.taken:
                naming.put(column.name, holding[0], "by a word of its name, and its values")


#: Words of names that say nothing which of several columns it is.
_PLAIN = {"mark", "marks", "grade", "date", "number", "no", "code", "component", "unit", "candidate", "total"}


def _may_be(naming: Naming, column: Column, place: int) -> bool:
    """Whether the values of a column of the file could be those of a column of the layout."""
    look, cells = look_of(column), naming.cells
    if not cells.may_hold(place, look):
        return False
    seen = LOOK.get(cells.classes[place], LOOK["text"])
    # A column of UCIs is no candidate number, whatever it is called.
    return not (seen.telling and look.telling and seen.name != look.name and cells.share(place, look) < 0.5)


def _by_relations(naming: Naming) -> None:
    """Settle what only the other columns can tell: the greatest mark, the award that goes with a person, forenames."""
    _greatest_mark(naming)
    _of_the_award(naming)
    _forenames(naming)


def _greatest_mark(naming: Naming) -> None:
    columns, places = naming.free_columns("number"), naming.free_places("number")
    maximum = next((column.name for column in columns if column.name.endswith("maximum_mark")), "")
    settled = any(name.endswith("maximum_mark") for name in naming.places)
    unit = naming.places.get("unit_code", naming.places.get("component_code", naming.places.get("option_code")))
    if maximum and len(places) > 1 and unit is not None:
        greatest = [
            place
            for place in places
            if naming.cells.never_below(place, [other for other in places if other != place])
            and naming.cells.follows(place, [unit], least=2)
        ]
        if len(greatest) == 1:
            naming.put(maximum, greatest[0], "by its values: never below another mark, one for each unit")
    elif len(columns) == 1 and len(places) == 1 and columns[0].required and settled:
        naming.put(columns[0].name, places[0], "it is the only number left")


def _person(naming: Naming) -> int | None:
    return next((naming.places[name] for name in _PEOPLE if name in naming.places), None)


def _of_the_award(naming: Naming) -> None:
    """Grades and dates of an award are the same on every row of it, those of units are not."""
    person, qualification = _person(naming), naming.places.get("qualification_code")
    if person is None or qualification is None:
        return
    for look, of_award, of_unit in (
        ("grade", "qualification_grade", "unit_grade"),
        ("date", "qualification_award_date", "unit_award_date"),
    ):
        free = {column.name for column in naming.free_columns(look)}
        places = naming.free_places(look)
        if free != {of_award, of_unit} or len(places) != 2:
            continue
        follows = [naming.cells.follows(place, [person, qualification]) for place in places]
        if sorted(map(str, follows)) == ["False", "True"]:
            naming.put(of_award, places[follows.index(True)], "by its values: the same on every row of an award")
            naming.put(of_unit, places[follows.index(False)], "by its values: differs within an award")


def _forenames(naming: Naming) -> None:
    free = {column.name for column in naming.free_columns("name")}
    person = _person(naming)
    places = [
        place
        for place in naming.free_places("name")
        if naming.cells.distinct(place) > 1 and (person is None or naming.cells.follows(place, [person]) is not False)
    ]
    if free != {"surname", "forenames"} or len(places) != 2:
        return
    shares = [naming.cells.share(place, LOOK["forename"]) for place in places]
    first = 0 if shares[0] > shares[1] else 1
    if shares[first] >= _FORENAMES and shares[1 - first] <= _NOT_FORENAMES:
        naming.put("forenames", places[first], "by its values: forenames we know")
        naming.put("surname", places[1 - first], "by its values: the other of two columns of names")


def open_questions(naming: Naming, option: str = "--map") -> Iterator[str]:
    """What is not settled, in sentences, with the way to settle it."""
    cells = naming.cells
    for column in naming.missing:
        places = [place for place in naming.free_places() if cells.filled[place] and _may_be(naming, column, place)]
        names = [repr(cells.names[place].strip()) for place in places]
        if not names:
            yield f"{column.name} is required, and no column that is left looks like it"
        elif len(names) <= 8:
            others = [one.name for one in naming.free_columns(look_of(column).name) if one is not column]
            rival = f", as {' or '.join(others)} could" if others and len(names) > 1 else ""
            yield f"{column.name} could be {' or '.join(names)}{rival}: say which with {option} {column.name}=NAME"
        else:
            yield f"{column.name} could be any of {len(names)} columns: say which with {option} {column.name}=NAME"
