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
from pipelines.html.disclosure import LEAST, Told, small, told, told_of_grades
from pipelines.html.page import environment
from pipelines.html.queries import ask

if TYPE_CHECKING:
    from collections.abc import Mapping
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


def _is_about_files(rule: Rule | None) -> bool:
    return rule is not None and bool(rule.key) and set(rule.key) <= _NOBODY


def _findings(rows: Rows, rules: Mapping[str, Rule]) -> tuple[Rows, Told[tuple[str, str]]]:
    """The findings about files, which are nobody's, and those about students as far as they are told."""
    of_files = [row for row in rows if _is_about_files(rules.get(row["code"]))]
    counts = {
        (row["owner"], row["code"]): row["findings"]
        for row in rows
        if row not in of_files and row["code"] not in _CHANGED
    }
    return of_files, told(counts)


def _awards(rows: Rows) -> tuple[list[Award], int]:
    """The qualifications of which at least five were awarded, and how many others there are."""
    by_code: dict[str, dict[str, int]] = defaultdict(dict)
    titles = {}
    for row in rows:
        by_code[row["qualification"]][row["grade"]] = row["students"]
        titles[row["qualification"]] = row["title"]
    awards = []
    for code, counts in sorted(by_code.items()):
        found = told_of_grades(counts)
        if found.total is None or found.left_out is None:
            continue
        grades = tuple((grade, count) for grade, count in found.counts.items() if count)
        awards.append(Award(code, titles[code], grades, found.total, found.left_out))
    return awards, len(by_code) - len(awards)


def _moved(row: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """How many findings came and went: both or none, since last week's page gives their difference."""
    came, went = row["came"], row["went"]
    if small(came) or small(went):
        return None, None
    return came, None if row["may_be_restricted"] else went


def context(facts: ReportFacts, answers: Mapping[str, Rows]) -> dict[str, Any]:
    """Everything the template names."""
    rules = {rule.code: rule for rule in facts.rules}
    of_files, findings = _findings(answers["summary_findings"], rules)
    awards, others = _awards(answers["summary_awards"])
    changed = {row["direction"]: row["results"] for row in answers["summary_changes"]}
    came, went = _moved(answers["summary_moved"][0])
    release = answers["releases"][0]
    return {
        "facts": facts,
        "rules": rules,
        "least": LEAST,
        "centres": [row["centre_number"] for row in answers["centres_seen"]],
        "calendar": words.calendar_words(release["past"], release["next"], words.moment_words(int(facts.season[:4]))),
        "students": told(dict(answers["summary_readiness"][0])),
        "findings": findings,
        "of_files": of_files,
        "board_counts": answers["board_counts"][0],
        "arrivals": answers["picture_arrivals"],
        "awards": awards,
        "other_awards": others,
        "changed": [
            (said, None if small(count := changed.get(word, 0)) else count) for word, said in DIRECTIONS.items()
        ],
        "came": came,
        "went": went,
        "severities": words.SEVERITIES,
        "owners": words.OWNERS,
        "readiness_words": words.READINESS,
    }


def render(facts: ReportFacts, answers: Mapping[str, Rows]) -> str:
    """The whole page."""
    style = (resources.templates() / "report.css").read_text(encoding="utf-8")
    template = environment(int(facts.season[:4])).get_template("summary.html")
    return template.render(**context(facts, answers), style=style)


def write_summary(con: Any, path: Path, facts: ReportFacts) -> int:
    """Write `summary.html`; gives its size in bytes. DiskError where the disk fails."""
    # governors are not the exams office, whoever the run is for
    page = render(facts, ask(con, replace(facts, audience="staff"), "summary"))
    files.write_text(path, page)
    return len(page.encode("utf-8"))
