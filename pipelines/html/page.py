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

from pipelines import evidence, resources
from pipelines.html import awards, words
from pipelines.html.pictures import pictures
from pipelines.system import file_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment
    from markupsafe import Markup

    from pipelines.formats import Format
    from pipelines.html.facts import ReportFacts
    from pipelines.html.queries import Rows
    from pipelines.rules import Rule


#: a longer query is left to `resultsday explain`
_LONGEST_QUERY = 1_000
_COMMENT = re.compile(r"^[ \t]*--.*\n|[ \t]+--[^'\n]*$", re.MULTILINE)
_INDENT = re.compile(r"^(?: {4})+", re.MULTILINE)
#: what HTML lets one leave out is a twentieth of the page, and a browser reads the same; as every value is escaped,
#: nothing in the text can look like a tag or a value
_PLAIN_VALUE = re.compile(r'="([A-Za-z0-9_#.:;%-]+)"(?=[ >])')
_IMPLIED = re.compile(
    r"</t[dh]>\s*(?=<t[dh]\b|</tr>)|</tr>\s*(?=<tr\b|</tbody>)|(?:</tr>\s*)?</thead>\s*(?=<tbody)|</tbody>\s*(?=<tbody|</table>)"
    r"|</li>\s*(?=<li\b|</[uo]l>)"
)
_WHOLE = re.compile(r"(<script>.*?</script>|<style>.*?</style>|<pre\b.*?</pre>)", re.DOTALL)
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


def short_query(query: str) -> str:
    """A query for the page: without comments, tabs for spaces; nothing where it is too long to read there."""
    bare = _COMMENT.sub("", query)
    bare = _INDENT.sub(lambda found: "\t" * (len(found[0]) // 4), bare).strip()
    return bare if len(bare) <= _LONGEST_QUERY else ""


def lean(page: str) -> str:
    """The same page without quotation marks and end tags that HTML implies; scripts, styles and queries as they are."""
    parts = _WHOLE.split(page)
    parts[::2] = [_IMPLIED.sub("", _PLAIN_VALUE.sub(r"=\1", part)) for part in parts[::2]]
    return "".join(parts)


def _carriers_seen(lines: Rows) -> dict[str, bool]:
    """Which columns of a student's lines say anything at all."""
    return {name: any(line[name] for line in lines) for name in ("expected_by", "xml", "marks", "tracker")}


def _apart(value: Any) -> Markup:
    """A name set apart, so that letters written from right to left turn nothing around them."""
    from markupsafe import Markup
    from markupsafe import escape as escaped

    said = escaped(words.visible(value))
    return said if said.isascii() else Markup("<bdi>{}</bdi>").format(said)


def context(facts: ReportFacts, answers: Mapping[str, Rows]) -> dict[str, Any]:
    """Everything the template names."""
    first_year = int(facts.season[:4])
    say = words.moment_words(first_year)
    release = answers["releases"][0]
    totals = answers["totals"][0]
    rules: dict[str, Rule] = {rule.code: rule for rule in facts.rules}
    forms = {form.name: form for form in facts.formats}
    return {
        **answers,
        "facts": facts,
        "rules": rules,
        "totals": totals,
        "places": answers["place_counts"][0],
        "ladders": awards.ladders(answers["ladders"]),
        "shares": _shares(totals),
        "centres": [row["centre_number"] for row in answers["centres_seen"]],
        "calendar": words.calendar_words(release["past"], release["next"], say),
        "restricted_until": answers["restricted"][0]["until"],
        "changed": answers["changed"][0],
        "moved_counts": answers["moved_counts"][0],
        "ways": words.WAYS,
        "board_counts": answers["board_counts"][0],
        "refused_rows": answers["refused_rows"][0],
        "kept": answers["kept_counts"][0],
        "change_words": words.CHANGES,
        "pictures": pictures(facts, answers),
        "bases": _bases(facts.formats, answers["formats_used"]),
        "severities": words.SEVERITIES,
        "owners": words.OWNERS,
        "readiness_words": words.READINESS,
        "identifiers": words.IDENTIFIERS,
        "statuses": words.STATUSES,
        "evidence_of": lambda finding, code: evidence.of_finding(finding, forms, rules.get(code)),
    }


def folder_name(centre: str) -> str:
    """The folder of a centre's own reports, beneath `centres/`."""
    return file_name(centre, "")


@lru_cache(maxsize=4)
def environment(first_year: int) -> Environment:
    """The templates, ready to be filled; days of the academic year that begins in `first_year` need no year."""
    # a tenth of a second that only a report needs
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup
    from markupsafe import escape as escaped

    from pipelines.html.byte_code import ByteCode

    environment = Environment(
        loader=FileSystemLoader(resources.templates()),
        bytecode_cache=ByteCode(resources.templates()),
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
        carriers_seen=_carriers_seen,
        drawn=awards.drawn,
        award_words=awards.told,
        place_words=awards.place_words,
        short_query=short_query,
        # `resultsday inspect` as the rules write a command
        ticks=lambda said: Markup(_TICKED.sub(r"<code>\1</code>", str(escaped(said)))),
        # between tags a quotation mark needs no escape, and a query is full of them
        sql=lambda query: Markup(escape(query, quote=False)),
        apart=_apart,
        folder=folder_name,
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
    template = environment(int(facts.season[:4])).get_template("report.html")
    return lean(template.render(**context(facts, answers), script=script, style=style, script_hash=digest))
