"""A request type: one file of `sql/pack/` that says what is asked, of whom, how it is sent and until when.

Takes the folder; gives `RequestType` records by name. The file's query reads `asked`, the findings that it takes up,
and gives the columns of the sheet in a total order; its header says in words what each column holds. Promises a
`UsageError` that names the file and what its header lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, get_args

from pipelines.errors import UsageError
from pipelines.rules import OWNERS
from pipelines.sql_files import SqlFile, load_sql_folder
from pipelines.workbooks.sheet import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: whom a request goes to, in words
RECIPIENTS = {"board": "the awarding body", "mis": "the school's own system", "centre": "the centre itself"}

_KINDS: tuple[Kind, ...] = get_args(Kind)
#: words that a heading spells in capitals
_CAPITALS = {"uci": "UCI", "uln": "ULN", "ocr": "OCR"}


@dataclass(frozen=True)
class Takes:
    """Findings that a request type takes up: of a code, of one owner or of any; without a code, an owner's rest."""

    code: str | None
    owner: str | None


@dataclass(frozen=True)
class RequestType:
    """One request type as its file states it."""

    file: SqlFile
    name: str
    title: str
    to: str  #: board, mis or centre
    takes: tuple[Takes, ...]
    takes_info: bool  #: whether findings that only inform are asked about as well
    is_cohort: bool  #: whether it asks for a sample, drawn on request
    how: tuple[str, ...]  #: ways to send it: a screen, a telephone number, by hand
    before: str  #: numbered steps before it is sent
    deadlines: tuple[str, ...]  #: services of `deadlines.csv`
    board_if_unknown: str | None  #: where neither finding, file nor student says which awarding body
    columns: tuple[Column, ...]
    words: Mapping[str, str]  #: column → what it holds


def _text(file: SqlFile, field: str) -> str:
    value = file.header.get(field)
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f'{file.path}: the header needs {field} = "…".')
    return value.strip()


def _texts(file: SqlFile, field: str) -> tuple[str, ...]:
    value = file.header.get(field)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError(f"{file.path}: the header needs {field}, a list of texts.")
    return tuple(value)


def _one_of(file: SqlFile, word: str, known: Sequence[str]) -> str:
    if word not in known:
        raise UsageError(f"{file.path}: {word!r} is none of {', '.join(known)}.")
    return word


def _takes(file: SqlFile) -> tuple[Takes, ...]:
    found = []
    for told in _texts(file, "takes"):
        code, _, owner = told.partition(":")
        found.append(Takes(code, _one_of(file, owner, OWNERS) if owner else None))
    if "rest_of" in file.header:
        found.append(Takes(None, _one_of(file, _text(file, "rest_of"), OWNERS)))
    return tuple(found)


def heading(name: str) -> str:
    """The name of a column as people read it: `OCR candidate number`."""
    words = " ".join(_CAPITALS.get(word, word) for word in name.split("_"))
    return words[0].upper() + words[1:]


def _columns(file: SqlFile) -> tuple[tuple[Column, ...], dict[str, str]]:
    columns, words = [], {}
    for name, told in file.header.get("columns", {}).items():
        kind, _, says = str(told).partition(":")
        found = next((one for one in _KINDS if one == kind), None)
        if found is None or not says.strip():
            raise UsageError(f'{file.path}: column {name}: write "kind: words"; a kind is one of {", ".join(_KINDS)}.')
        columns.append(Column(name, heading(name), found))
        words[name] = says.strip()
    if not columns:
        raise UsageError(f"{file.path}: the header needs [columns].")
    return tuple(columns), words


def as_request(file: SqlFile) -> RequestType:
    """The request type a file states; UsageError where the header does not say what it must."""
    columns, words = _columns(file)
    return RequestType(
        file=file,
        name=file.name,
        title=_text(file, "title"),
        to=_one_of(file, _text(file, "to"), tuple(RECIPIENTS)),
        takes=_takes(file),
        takes_info=bool(file.header.get("takes_info", False)),
        is_cohort=bool(file.header.get("is_cohort", False)),
        how=_texts(file, "how"),
        before=_text(file, "before"),
        deadlines=_texts(file, "deadlines"),
        board_if_unknown=file.header.get("board_if_unknown"),
        columns=columns,
        words=words,
    )


def load_requests(folder: Path) -> dict[str, RequestType]:
    """Every request type of a folder, by name."""
    return {file.name: as_request(file) for file in load_sql_folder(folder)}


def chosen(known: Mapping[str, RequestType], names: Sequence[str], cohort: bool) -> tuple[RequestType, ...]:
    """The request types asked for; without names all, and for a cohort the sample alone.

    Raises UsageError with the nearest name for one that is not there, and for a sample of no unit.
    """
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.4)
            todo = f"Did you mean {near[0]}?" if near else "resultsday pack --list shows them."
            raise UsageError(f"There is no request type {name}.", todo)
        if known[name].is_cohort and not cohort:
            raise UsageError(f"{name} is drawn for a unit.", "Name it: resultsday pack --unit 05838/01 --cohort")
    return tuple(
        one
        for one in known.values()
        if one.name in names or (one.is_cohort if cohort else not names and not one.is_cohort)
    )
