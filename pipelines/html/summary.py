"""`summary.html`: the numbers of the report without a name, small ones left out, for governors.

Takes a connection with the tables that a run publishes; gives one HTML file. Promises that nothing about one person is
in it, that no count of students from 1 to 4 is or can be worked out from it, that results under embargo are not counted
whoever the run is for, and that equal tables and facts give equal bytes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipelines import files, resources
from pipelines.html import words
from pipelines.html.disclosure import LEAST, Told, added, small, together, told, told_of_grades
from pipelines.html.page import environment
from pipelines.html.queries import ask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipelines.html.facts import ReportFacts
    from pipelines.html.queries import Rows
    from pipelines.rules import Rule

#: what a finding about files, options or boards may be known by; any other key can lead to a student
_NOBODY = frozenset(
    {"file", "board", "series", "key_season", "key_window", "key_name", "key_option", "key_column"},
)
#: counted under what changed: beside the numbers there they would tell each other
_CHANGED = frozenset({"result_changed", "result_added", "result_withdrawn"})
DIRECTIONS = {
    "up": "went up",
    "down": "went down",
    "other": "changed otherwise",
    "new": "are new",
    "withdrawn": "were withdrawn",
}


@dataclass(frozen=True)
class Award:
    """The awards of one qualification: the grades that are told, and how many there are."""

    code: str
    title: str | None
    grades: tuple[tuple[str, int], ...]
    total: int
    left_out: int


@dataclass(frozen=True)
class Figures:
    """Everything about students that a page without names tells: of one centre, or of several added up."""

    students: Told[str]
    findings: Told[tuple[str, str]]  #: by owner and code
    awards: Mapping[str, Told[str]]  #: qualification → by grade
    titles: Mapping[str, str | None]
    changed: Mapping[str, int | None]  #: by direction
    came: int | None
    went: int | None


@dataclass(frozen=True)
class Page:
    """The page of one centre: its figures, and the answers that they and the files are told from."""

    centre: str
    figures: Figures
    of_files: Rows  #: findings about files, options and boards, by owner and code
    answers: Mapping[str, Rows]


def _is_about_files(rule: Rule | None) -> bool:
    return rule is not None and bool(rule.key) and set(rule.key) <= _NOBODY


def of_files(answers: Mapping[str, Rows], rules: Mapping[str, Rule]) -> Rows:
    """The findings about files, options and boards: nobody's own, so every number is told."""
    return [row for row in answers["summary_findings"] if _is_about_files(rules.get(row["code"]))]


def _of_students(rows: Rows, rules: Mapping[str, Rule]) -> dict[tuple[str, str], int]:
    return {
        (row["owner"], row["code"]): row["findings"]
        for row in rows
        if not _is_about_files(rules.get(row["code"])) and row["code"] not in _CHANGED
    }


def figures(answers: Mapping[str, Rows], rules: Mapping[str, Rule]) -> Figures:
    """What may be told of these answers."""
    by_code: dict[str, dict[str, int]] = defaultdict(dict)
    titles = {}
    for row in answers["summary_awards"]:
        by_code[row["qualification"]][row["grade"]] = row["students"]
        titles[row["qualification"]] = row["title"]
    changed = {row["direction"]: row["results"] for row in answers["summary_changes"]}
    came, went = _moved(answers["summary_moved"][0])
    return Figures(
        told(dict(answers["summary_readiness"][0])),
        told(_of_students(answers["summary_findings"], rules)),
        {code: told_of_grades(counts) for code, counts in sorted(by_code.items())},
        titles,
        {word: None if small(count := changed.get(word, 0)) else count for word in DIRECTIONS},
        came,
        went,
    )


def nobodys(answers: Mapping[str, Rows], pages: Sequence[Page], rules: Mapping[str, Rule]) -> Told[tuple[str, str]]:
    """The findings about students of which nobody can tell whose centre they are of: what is left of all."""
    left = _of_students(answers["summary_findings"], rules)
    for page in pages:
        for key, count in _of_students(page.answers["summary_findings"], rules).items():
            left[key] = left.get(key, 0) - count
    return told({key: count for key, count in left.items() if count > 0})


def added_up(pages: Sequence[Page], of_no_centre: Told[tuple[str, str]]) -> Figures:
    """The figures of several centres together, as far as each centre's own page tells them."""
    each = [page.figures for page in pages]
    codes = sorted({code for one in each for code in one.awards})
    return Figures(
        together([one.students for one in each]),
        _in_order(together([*(one.findings for one in each), of_no_centre])),
        {code: together([one.awards[code] for one in each if code in one.awards]) for code in codes},
        {code: title for one in each for code, title in one.titles.items()},
        {word: added(one.changed[word] for one in each) for word in DIRECTIONS},
        added(one.came for one in each),
        added(one.went for one in each),
    )


def _in_order(found: Told[tuple[str, str]]) -> Told[tuple[str, str]]:
    return replace(found, counts=dict(sorted(found.counts.items())))


def _awards(found: Figures) -> list[Award]:
    """The qualifications whose awards are enough to be told."""
    awards = []
    for code, one in found.awards.items():
        if one.total is None or one.left_out is None:
            continue
        grades = tuple((grade, count) for grade, count in one.counts.items() if count)
        awards.append(Award(code, found.titles[code], grades, one.total, one.left_out))
    return awards


def _moved(row: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """How many findings came and went: both or none, since last week's page gives their difference."""
    came, went = row["came"], row["went"]
    if small(came) or small(went):
        return None, None
    return came, None if row["may_be_restricted"] else went


def context(facts: ReportFacts, answers: Mapping[str, Rows], found: Figures, is_added_up: bool) -> dict[str, Any]:
    """Everything the template names."""
    rules = {rule.code: rule for rule in facts.rules}
    awards = _awards(found)
    release = answers["releases"][0]
    return {
        "facts": facts,
        "rules": rules,
        "least": LEAST,
        "centres": [row["centre_number"] for row in answers["centres_seen"]],
        "calendar": words.calendar_words(release["past"], release["next"], words.moment_words(int(facts.season[:4]))),
        "students": found.students,
        "findings": found.findings,
        "of_files": of_files(answers, rules),
        "is_added_up": is_added_up,
        "board_counts": answers["board_counts"][0],
        "arrivals": answers["picture_arrivals"],
        "awards": awards,
        "other_awards": len(found.awards) - len(awards),
        "changed": [(said, found.changed[word]) for word, said in DIRECTIONS.items()],
        "came": found.came,
        "went": found.went,
        "severities": words.SEVERITIES,
        "owners": words.OWNERS,
        "readiness_words": words.READINESS,
    }


def render(facts: ReportFacts, answers: Mapping[str, Rows], found: Figures, is_added_up: bool = False) -> str:
    """The whole page."""
    style = (resources.templates() / "report.css").read_text(encoding="utf-8")
    template = environment(int(facts.season[:4])).get_template("summary.html")
    return template.render(**context(facts, answers, found, is_added_up), style=style)


def ask_summary(con: Any, facts: ReportFacts) -> dict[str, Rows]:
    """What a page without names is made of: governors are not the exams office, whoever the run is for."""
    return ask(con, replace(facts, audience="staff"), "summary")


def write_centre_summary(con: Any, path: Path, facts: ReportFacts, centre: str) -> Page:
    """Write the `summary.html` of one centre, whose rows alone `con` sees; gives what it was made of."""
    answers = ask_summary(con, facts)
    rules = {rule.code: rule for rule in facts.rules}
    found = figures(answers, rules)
    files.write_text(path, render(facts, answers, found))
    return Page(centre, found, of_files(answers, rules), answers)


def write_summary(con: Any, path: Path, facts: ReportFacts, pages: Sequence[Page] = ()) -> int:
    """Write `summary.html`; gives its size in bytes. DiskError where the disk fails.

    `pages` are those of the centres where each has a page of its own: what they leave out is left out here too.
    """
    answers = ask_summary(con, facts)
    rules = {rule.code: rule for rule in facts.rules}
    found = added_up(pages, nobodys(answers, pages, rules)) if pages else figures(answers, rules)
    page = render(facts, answers, found, bool(pages))
    files.write_text(path, page)
    return len(page.encode("utf-8"))
