"""`trust.html`: a row a centre, and what is the same at several, without a name: for whoever answers for all of them.

Takes the pages without names of each centre; gives one HTML file. Promises that every number about students on it is
one that a centre's own `summary.html` tells, or a sum of such: so nothing that a centre's page leaves out can be worked
out from both. What is about files is nobody's and told in full.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines import files, resources
from pipelines.html import words
from pipelines.html.disclosure import LEAST, added, together
from pipelines.html.page import environment, folder_name
from pipelines.html.summary import ask_summary, nobodys, of_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pipelines.html.disclosure import Told
    from pipelines.html.facts import ReportFacts
    from pipelines.html.queries import Rows
    from pipelines.html.summary import Page
    from pipelines.rules import Rule

NAME = "trust.html"
MOST_CAUSES = 3  #: of one centre
MOST_LINKED = 12  #: centres named beside one code
OWNERS = ("board", "centre", "mis")
_RANKS = {"error": 1, "warning": 2, "info": 3}


@dataclass(frozen=True)
class Count:
    """Findings: those that are told, and whether there are others that are not."""

    told: int
    has_more: bool

    @property
    def order(self) -> tuple[int, bool]:
        """The most that is told comes first; of nothing told, what there is."""
        return -self.told, not self.has_more


@dataclass(frozen=True)
class Line:
    """A row of the table of centres."""

    centre: str
    folder: str
    students: Told[str]
    errors: Mapping[str, Count]  #: by who acts
    missing: int
    expected: int
    causes: tuple[tuple[str, Count], ...]


@dataclass(frozen=True)
class Shared:
    """A code that several centres have."""

    code: str
    rule: Rule | None
    owner: str
    centres: tuple[str, ...]
    count: Count


def _count(counts: Iterable[int | None]) -> Count:
    found = list(counts)
    return Count(sum(count for count in found if count is not None), None in found)


def _by_code(found: Told[tuple[str, str]], files_too: Rows) -> dict[tuple[str, str], int | None]:
    """All findings of a centre by owner and code, as its own page tells them."""
    return {**found.counts, **{(row["owner"], row["code"]): row["findings"] for row in files_too}}


def _severity(code: str, rules: Mapping[str, Rule]) -> str:
    return rules[code].severity if code in rules else "info"


def _errors(counts: Mapping[tuple[str, str], int | None], rules: Mapping[str, Rule]) -> dict[str, Count]:
    return {
        owner: _count(
            count for (one, code), count in counts.items() if one == owner and _severity(code, rules) == "error"
        )
        for owner in OWNERS
    }


def _causes(counts: Mapping[tuple[str, str], int | None], rules: Mapping[str, Rule]) -> tuple[tuple[str, Count], ...]:
    """The codes with the most findings that ask for something: errors before warnings where as many are told."""
    found = [(code, _count([count])) for (_, code), count in counts.items() if _severity(code, rules) != "info"]
    ranked = sorted(found, key=lambda one: (one[1].order, _RANKS[_severity(one[0], rules)], one[0]))
    return tuple(ranked[:MOST_CAUSES])


def _line(page: Page, rules: Mapping[str, Rule]) -> Line:
    counts = _by_code(page.figures.findings, page.of_files)
    due = page.answers["files_missing"][0]
    return Line(
        page.centre,
        folder_name(page.centre),
        page.figures.students,
        _errors(counts, rules),
        due["missing"],
        page.answers["board_counts"][0]["expected"],
        _causes(counts, rules),
    )


def _shared(pages: Sequence[Page], rules: Mapping[str, Rule]) -> list[Shared]:
    """The codes of two centres or more that ask for something: the most centres first."""
    centres: dict[tuple[str, str], list[str]] = defaultdict(list)
    counts: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for page in pages:
        for key, count in _by_code(page.figures.findings, page.of_files).items():
            centres[key].append(page.centre)
            counts[key].append(count)
    found = [
        Shared(code, rules.get(code), owner, tuple(listed), _count(counts[owner, code]))
        for (owner, code), listed in centres.items()
        if len(listed) > 1 and _severity(code, rules) != "info"
    ]
    ranks = {one.code: _RANKS[_severity(one.code, rules)] for one in found}
    return sorted(found, key=lambda one: (-len(one.centres), ranks[one.code], one.count.order, one.code, one.owner))


def context(facts: ReportFacts, answers: Mapping[str, Rows], pages: Sequence[Page]) -> dict[str, Any]:
    """Everything the template names; `answers` are of all centres together."""
    rules = {rule.code: rule for rule in facts.rules}
    lines = [_line(page, rules) for page in pages]
    left = nobodys(answers, pages, rules)
    theirs = _of_no_centre(of_files(answers, rules), pages)
    release = answers["releases"][0]
    counts = _by_code(left, theirs)
    return {
        "facts": facts,
        "rules": rules,
        "least": LEAST,
        "calendar": words.calendar_words(release["past"], release["next"], words.moment_words(int(facts.season[:4]))),
        "lines": lines,
        "students": together([line.students for line in lines]),
        "no_centre": _errors(counts, rules) if counts else None,
        "no_centre_causes": _causes(counts, rules),
        "errors": {owner: _errors_of_all(lines, owner, counts, rules) for owner in OWNERS},
        "missing": added(line.missing for line in lines),
        "expected": added(line.expected for line in lines),
        "shared": _shared(pages, rules),
        "folders": {line.centre: line.folder for line in lines},
        "most_linked": MOST_LINKED,
        "severities": words.SEVERITIES,
        "owners": words.OWNERS,
        "owner_codes": OWNERS,
        "readiness_words": words.READINESS,
    }


def _of_no_centre(everywhere: Rows, pages: Sequence[Page]) -> Rows:
    """The findings about files that are no centre's, such as files nobody can read."""
    left = {(row["owner"], row["code"]): row["findings"] for row in everywhere}
    for page in pages:
        for row in page.of_files:
            left[row["owner"], row["code"]] = left.get((row["owner"], row["code"]), 0) - row["findings"]
    return [{"owner": owner, "code": code, "findings": count} for (owner, code), count in left.items() if count > 0]


def _errors_of_all(
    lines: Sequence[Line], owner: str, of_no_centre: Mapping[tuple[str, str], int | None], rules: Mapping[str, Rule]
) -> Count:
    each = [line.errors[owner] for line in lines] + [_errors(of_no_centre, rules)[owner]]
    return Count(sum(one.told for one in each), any(one.has_more for one in each))


def render(facts: ReportFacts, answers: Mapping[str, Rows], pages: Sequence[Page]) -> str:
    """The whole page."""
    style = (resources.templates() / "report.css").read_text(encoding="utf-8")
    template = environment(int(facts.season[:4])).get_template(NAME)
    return template.render(**context(facts, answers, pages), style=style)


def write_trust(con: Any, path: Path, facts: ReportFacts, pages: Sequence[Page]) -> None:
    """Write `trust.html`; `con` sees all centres, each of `pages` one of them. DiskError where the disk fails."""
    files.write_text(path, render(facts, ask_summary(con, facts), pages))
