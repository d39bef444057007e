"""The page: the template filled with the answers of the queries.

Takes facts and answers; gives the text of the file. Everything that came from a file is escaped, and what cannot be
seen is spelled out. The page may run the one script it carries, known by its hash, and fetch nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.html import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from pipelines.formats import Format
    from pipelines.html.facts import ReportFacts
    from pipelines.html.queries import Rows
    from pipelines.rules import Rule


_TICKED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Basis:
    """What one layout rests on: of its columns and figures, how many by each kind of source."""

    title: str
    kind: str
    source: str
    files: int
    public: int
    inferred: int
    ours: int


def _basis(form: Format, files: int) -> Basis:
    sure = [column.sure for column in form.all_columns.values()] + list(form.sureness.values())
    return Basis(
        form.title,
        form.kind,
        form.source,
        files,
        sure.count("public"),
        sure.count("inferred"),
        sure.count("ours"),
    )


def _bases(formats: tuple[Format, ...], used: Rows) -> list[Basis]:
    files = {row["format"]: row["files"] for row in used}
    found = [_basis(form, files.get(form.name, 0)) for form in formats]
    return sorted(found, key=lambda one: (one.files == 0, one.title))


def _shares(totals: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """The parts of the bar: word, students, width in percent."""
    whole = sum(totals[word] for word in ("ready", "hold", "waiting"))
    return [
        (word, totals[word], f"{100 * totals[word] / whole:.2f}")
        for word in ("ready", "hold", "waiting")
        if totals[word]
    ]


def context(facts: ReportFacts, answers: Mapping[str, Rows]) -> dict[str, Any]:
    """Everything the template names."""
    first_year = int(facts.season[:4])
    say = words.moment_words(first_year)
    release = answers["releases"][0]
    totals = answers["totals"][0]
    rules: dict[str, Rule] = {rule.code: rule for rule in facts.rules}
    return {
        **answers,
        "facts": facts,
        "rules": rules,
        "totals": totals,
        "shares": _shares(totals),
        "centres": [row["centre_number"] for row in answers["centres_seen"]],
        "calendar": words.calendar_words(release["past"], release["next"], say),
        "restricted_until": answers["restricted"][0]["until"],
        "changed": answers["changed"][0],
        "board_counts": answers["board_counts"][0],
        "refused_rows": answers["refused_rows"][0],
        "kept": answers["kept_counts"][0],
        "change_words": words.CHANGES,
        "bases": _bases(facts.formats, answers["formats_used"]),
        "severities": words.SEVERITIES,
        "owners": words.OWNERS,
        "readiness_words": words.READINESS,
        "identifiers": words.IDENTIFIERS,
        "statuses": words.STATUSES,
    }


@lru_cache(maxsize=4)
def _environment(first_year: int) -> Environment:
    """The templates, ready to be filled; days of the academic year that begins in `first_year` need no year."""
    # a tenth of a second that only a report needs
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup
    from markupsafe import escape as escaped

    environment = Environment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=words.visible,
    )
    environment.filters.update(
        moment=words.moment_words(first_year),
        day=words.day_words(first_year),
        month=words.month,
        n=words.number,
        plural=words.plural,
        steps=words.steps,
        # `resultsday inspect` as the rules write a command
        ticks=lambda said: Markup(_TICKED.sub(r"<code>\1</code>", str(escaped(said)))),
        # between tags a quotation mark needs no escape, and a query is full of them
        sql=lambda query: Markup(escape(query, quote=False)),
        # our own style and script, the only text on the page that is not escaped
        own=Markup,
    )
    return environment


def render(facts: ReportFacts, answers: Mapping[str, Rows]) -> str:
    """The whole page."""
    folder = resources.templates()
    script = (folder / "report.js").read_text(encoding="utf-8")
    style = (folder / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    template = _environment(int(facts.season[:4])).get_template("report.html")
    return template.render(**context(facts, answers), script=script, style=style, script_hash=digest)
