"""The ready questions of `sql/questions/`: what each asks, the parameters it takes, and a statement to ask it with.

Takes the name of a question and values as a person types them; gives its SQL with `$name` for each parameter, and the
values in their types. A parameter nobody sets has its default; without a default it is NULL, which asks for all.
Promises that a value is only ever bound, never written into SQL, and never repeated in a message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from pipelines import resources
from pipelines.errors import UsageError
from pipelines.sql_files import SqlFile, load_sql_folder

#: how each type of a parameter is told, and the kind of value that TOML gives for it
TYPES: Mapping[str, tuple[str, type]] = {
    "text": ("text", str),
    "integer": ("a whole number", int),
    "date": ("a day such as 2026-08-10", date),
}


@dataclass(frozen=True)
class Parameter:
    """One value that a question takes: its type, its default, and what it does."""

    name: str
    type: str
    says: str
    default: str | int | date | None
    choices: tuple[str, ...]

    def value(self, typed: str) -> str | int | date | None:
        """What a person typed, in its type; UsageError where it cannot be. Blank is no value."""
        text = typed.strip()
        if not text:
            return None
        if self.choices and text not in self.choices:
            near = get_close_matches(text.lower(), self.choices, n=1)
            todo = f"Did you mean {near[0]}?" if near else f"It is {', '.join(self.choices)}."
            raise UsageError(f"That is no {self.name}.", todo)
        try:
            if self.type == "integer":
                return int(text)
            return date.fromisoformat(text) if self.type == "date" else text
        except ValueError:
            raise UsageError(f"{self.name} is {TYPES[self.type][0]}.", f"Such as: --set {self.example}") from None

    @property
    def meaning(self) -> str:
        """What it does, with the values it can have where they are few."""
        return f"{self.says} ({'; '.join(self.choices)})" if self.choices else self.says

    @property
    def example(self) -> str:
        """How it may be set: its default, or a value of its type."""
        some = {"text": "…", "integer": "3", "date": "2026-08-10"}[self.type]
        return f"{self.name}={some if self.default is None else self.default}"


def questions() -> dict[str, SqlFile]:
    """The ready questions, by name."""
    return {file.name: file for file in load_sql_folder(resources.sql() / "questions")}


def question(name: str) -> SqlFile:
    """One ready question; UsageError with the nearest name where there is none of that name."""
    known = questions()
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.4)
        todo = f"Did you mean {near[0]}?" if near else "`resultsday query --list` shows them."
        raise UsageError(f"There is no ready question {name}.", todo)
    return known[name]


def parameters(file: SqlFile) -> tuple[Parameter, ...]:
    """The parameters of a question, in the order of its header; UsageError where the header is wrong."""
    told = file.header.get("parameters", {})
    if not isinstance(told, dict):
        raise UsageError(f"{file.path}: parameters is no table.", 'Write [parameters.unit] with type = "text".')
    return tuple(_parameter(file, name, one) for name, one in told.items())


def _parameter(file: SqlFile, name: str, told: Any) -> Parameter:
    fields = {"type", "says", "default", "choices"}
    if not isinstance(told, dict) or not {"type", "says"} <= set(told) <= fields:
        raise UsageError(f"{file.path}: parameter {name}: it has type, says, and may have default and choices.")
    if told["type"] not in TYPES:
        raise UsageError(
            f"{file.path}: parameter {name}: there is no type {told['type']}.", f"It is {', '.join(TYPES)}."
        )
    default: Any = told.get("default")
    if default is not None and type(default) is not TYPES[told["type"]][1]:
        raise UsageError(f"{file.path}: parameter {name}: its default is not {TYPES[told['type']][0]}.")
    return Parameter(name, told["type"], str(told["says"]), told.get("default"), tuple(told.get("choices", ())))


def settings(pairs: Iterable[str]) -> dict[str, str]:
    """`name=value` pairs as a person types them; UsageError for one that is none."""
    found = {}
    for pair in pairs:
        name, is_set, value = pair.partition("=")
        if not is_set or not name.strip():
            raise UsageError("A value is set as name=value.", "Such as: --set unit=05838/01")
        found[name.strip()] = value
    return found


def statement(file: SqlFile, given: Mapping[str, str]) -> tuple[str, dict[str, object]]:
    """The SQL of a question and the values of its parameters: those given, else the defaults."""
    known = {one.name: one for one in parameters(file)}
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.4)
            listed = f"It takes {', '.join(known)}." if known else "It takes none."
            raise UsageError(f"{file.name} has no parameter {name}.", f"Did you mean {near[0]}?" if near else listed)
    values = {name: one.value(given[name]) if name in given else one.default for name, one in known.items()}
    return file.bound(values)
