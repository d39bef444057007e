"""A rule: one file of `sql/rules/` that finds one discrepancy.

Takes the folder; gives `Rule` records in order of code. The file's name is the rule's code. Its query returns
every row the rule looked at, with a boolean `speaks` for the rows that are discrepancies: so the denominator
of a rule is counted, never guessed. A header that lacks something is a `UsageError` that says what to write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.errors import UsageError
from pipelines.sql_files import SqlFile, load_sql_folder

if TYPE_CHECKING:
    from pathlib import Path

SEVERITIES = ("error", "warning", "info")
OWNERS = ("centre", "board", "mis")
CONFIDENCES = ("documented", "inferred", "recollection", "ours")

#: columns a rule's query may give beside `speaks` and `key_…`; the type each is stored in
FINDING_COLUMNS = {
    "centre_number": "VARCHAR",
    "person_id": "VARCHAR",
    "other_person_id": "VARCHAR",
    "subject": "VARCHAR",
    "board": "VARCHAR",
    "series": "VARCHAR",
    "qualification_code": "VARCHAR",
    "unit_code": "VARCHAR",
    "option_code": "VARCHAR",
    "expected": "VARCHAR",
    "found": "VARCHAR",
    "cause": "VARCHAR",
    "due": "TIMESTAMP WITH TIME ZONE",
    "severity": "VARCHAR",
    "owner": "VARCHAR",
    "state": "VARCHAR",
    "confidence": "VARCHAR",
    "file_id": "VARCHAR",
    "line": "INTEGER",
    "embargo_until": "TIMESTAMP WITH TIME ZONE",
}

#: words of a key, and the column of the finding each stands for
KEY_WORDS = {
    "person": "person_label",
    "other_person": "other_label",
    "option": "item_code",
    "qualification": "qualification_code",
    "unit": "unit_code",
    "series": "series",
    "subject": "subject",
    "board": "board",
    "file": "file",
    "line": "line",
}

#: what a message may name; nothing here is personal
MESSAGE_WORDS = ("item", "series", "subject", "board", "expected", "found", "cause", "file", "line", "due")

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Rule:
    """One rule as its file states it."""

    file: SqlFile
    code: str
    severity: str
    owner: str
    summary: str
    action: str
    why: str
    source: str
    message: str
    population: str
    key: tuple[str, ...]
    reads: tuple[str, ...]
    needs: tuple[str, ...]
    follows_from: tuple[str, ...]
    confidence: str
    wording: tuple[str, ...]
    where: tuple[str, ...]  #: the screens to go to, in the awarding body's site or the school's own system
    deadlines: tuple[str, ...]  #: services of `deadlines.csv` that a finding may need
    private: tuple[str, ...]
    rests_on_figures: bool

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The words of the message that are filled in from the finding."""
        return tuple(_PLACEHOLDER.findall(self.message))


def _text(file: SqlFile, field: str, allowed: tuple[str, ...] = ()) -> str:
    value = file.header.get(field)
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f'{file.path}: the header needs {field} = "…".')
    if allowed and value not in allowed:
        raise UsageError(f"{file.path}: {field} is {value!r}; it is one of {', '.join(allowed)}.")
    return value.strip()


def _texts(file: SqlFile, field: str) -> tuple[str, ...]:
    value = file.header.get(field, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError(f'{file.path}: {field} is a list of texts, such as ["edi", "entries"].')
    return tuple(value)


def as_rule(file: SqlFile) -> Rule:
    """The rule a file states; UsageError where the header does not say what it must."""
    rule = Rule(
        file=file,
        code=file.name,
        severity=_text(file, "severity", SEVERITIES),
        owner=_text(file, "owner", OWNERS),
        summary=_text(file, "summary"),
        action=_text(file, "action"),
        why=_text(file, "why"),
        source=_text(file, "source"),
        message=_text(file, "message"),
        population=_text(file, "population"),
        key=_texts(file, "key"),
        reads=_texts(file, "reads"),
        needs=_texts(file, "needs"),
        follows_from=_texts(file, "follows_from"),
        confidence=_text(file, "confidence", CONFIDENCES),
        wording=_texts(file, "wording"),
        where=_texts(file, "where"),
        deadlines=_texts(file, "deadlines"),
        private=_texts(file, "private"),
        rests_on_figures=bool(file.header.get("rests_on_figures", False)),
    )
    for word in rule.key:
        if word not in KEY_WORDS and not word.startswith("key_"):
            raise UsageError(f"{file.path}: key word {word!r}; one of {', '.join(KEY_WORDS)} or key_….")
    for word in rule.placeholders:
        if word not in MESSAGE_WORDS or word in rule.private:
            raise UsageError(f"{file.path}: the message may not name {{{word}}}.")
    if not rule.key:
        raise UsageError(f"{file.path}: the header needs a key.")
    return rule


def load_rules(folder: Path) -> tuple[Rule, ...]:
    """Every rule of a folder, by code."""
    rules = tuple(as_rule(file) for file in load_sql_folder(folder))
    for rule in rules:
        if rule.code in rule.follows_from:
            raise UsageError(f"{rule.file.path}: a rule cannot follow from itself.")
    return rules
