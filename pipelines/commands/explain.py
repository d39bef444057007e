"""`resultsday explain`: what a discrepancy means, why it happens, who acts and how, and the SQL that finds it.

Takes a code, or the words of a school system for it (`E2`, `Results not matched by an entry`), misspelled or not;
gives the page of that rule, or a list where several fit. Everything on the page is read from the rule's own file. It
works before anything is published; where a run is, it says how many are open.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from difflib import SequenceMatcher
from textwrap import fill, indent
from typing import TYPE_CHECKING, Any

from pipelines import publish, resources
from pipelines.commands import explain_finding, printing, published
from pipelines.errors import ExitCode, UsageError
from pipelines.findings import NEEDS
from pipelines.rules import Rule, load_rules
from pipelines.sealed import sealed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.publish import PublishedRun

OWNERS = {
    "centre": "the centre",
    "board": "the centre asks the awarding body",
    "mis": "the centre, in its own system",
}
SEVERITIES = {
    "error": "a result is or may be missing or wrong: act today",
    "warning": "look this week",
    "info": "to know",
}
CONFIDENCES = {
    "documented": "a published document says so",
    "inferred": "inferred from what is published",
    "recollection": "figures from memory: never more than a warning",
    "ours": "our own judgement",
}

#: from this likeness on a rule is worth listing; from the other on it is what was meant
_WORTH_LISTING, _MEANT = 0.6, 0.86

#: words that all occur are worth this much: listed, but never taken for what was meant
_WORDS_AT_MOST = 0.85
_MOST_CANDIDATES = 6


def folded(words: str) -> str:
    """Words for comparison: lower case, letters and digits alone, one space between."""
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def _likeness(asked: str, said: str) -> float:
    """How alike two folded texts are, from 0 to 1: as a whole, or word for word in any order."""
    whole = SequenceMatcher(None, asked, said).ratio()
    mine, theirs = [word for word in asked.split() if len(word) > 2], said.split()
    if len(mine) < 2 or not theirs:
        return whole
    near = [max(SequenceMatcher(None, word, other).ratio() for other in theirs) for word in mine]
    return max(whole, _WORDS_AT_MOST * sum(one for one in near if one > 0.75) / len(near))


def _is_within(asked: str, words: str) -> bool:
    """Whether words have what is asked in them, from the start of a word; or are, being long, part of it."""
    said = folded(words)
    return f" {asked}" in f" {said}" or (len(said.split()) > 2 and f" {said} " in f" {asked} ")


def _texts(rule: Rule) -> tuple[str, ...]:
    return (rule.code, rule.summary, rule.message, rule.why, *rule.wording)


def matching(text: str, rules: Sequence[Rule]) -> list[Rule]:
    """The rules that words mean: exactly, else as part of a wording, else by likeness, the nearest first."""
    asked = folded(text)
    if not asked:
        return []
    exact = [rule for rule in rules if text.strip().lower() == rule.code]
    exact = exact or [rule for rule in rules if asked in map(folded, (rule.code, *rule.wording))]
    within = [rule for rule in rules if any(_is_within(asked, words) for words in (rule.code, *rule.wording))]
    if exact or within:
        return exact or within
    scored = [(max(_likeness(asked, folded(words)) for words in _texts(rule)), rule.code, rule) for rule in rules]
    likely = sorted((one for one in scored if one[0] >= _WORTH_LISTING), key=lambda one: (-one[0], one[1]))
    meant = [rule for score, _, rule in likely if score >= _MEANT]
    return meant if len(meant) == 1 else [rule for _, _, rule in likely][:_MOST_CANDIDATES]


def show(text: str, data: Path, output: str) -> int:
    """Explain a rule, or one finding by its fingerprint; give the exit code.

    Raises UsageError where nothing is meant.
    """
    if explain_finding.is_fingerprint(text):
        return explain_finding.show(text, data, output)
    printing.refuse_csv(output, "resultsday explain")
    rules = load_rules(resources.sql() / "rules")
    found = matching(text, rules)
    if not found:
        raise UsageError(
            f"No discrepancy is called {text!r}, here or in another system we know of.",
            "Try one word of it, such as claim, entry, grade or file.",
        )
    run, local = publish.published(data), data / "local" / "reference"
    if output == "json":
        printing.write_exactly(printing.as_json([_told(rule, run, local) for rule in found]))
    elif len(found) > 1:
        printing.write("".join(f"{rule.code:<30}  {rule.summary}\n" for rule in found))
        printing.say(f"{len(found)} discrepancies may be meant: resultsday explain CODE")
    else:
        printing.write(page(found[0], _open(found[0], run), local) + "\n")
    return int(ExitCode.DONE)


def _counts(rule: Rule, run: PublishedRun | None) -> dict[str, int] | None:
    """By state, how many findings of a rule the published run has."""
    if run is None:
        return None
    with sealed(run.folder) as con:
        query = "SELECT state, count(*) FROM discrepancies WHERE code = ? GROUP BY state ORDER BY state"
        return {state: int(count) for state, count in con.execute(query, [rule.code]).fetchall()}


def _open(rule: Rule, run: PublishedRun | None) -> str:
    """What the published run says of a rule, in one line; blank where there is none."""
    counts = _counts(rule, run)
    if run is None or counts is None:
        return ""
    ran = run.manifest["rules"].get(rule.code)
    if ran is None:
        return f"not yet run: {published.greeting(run)} is older than this rule"
    words = [f"{counts.get('open', 0):,} open"]
    words += [f"{counts[state]:,} {state}" for state in ("pending", "waived") if counts.get(state)]
    told = ", ".join(words) + f" of {ran['rows_checked']:,} looked at"
    if ran["status"] in ("not_evaluated", "failed"):
        told = f"{ran['status'].replace('_', ' ')}: {ran['reason']}"
    return f"{told}, in {published.greeting(run)}"


def _told(rule: Rule, run: PublishedRun | None, local: Path) -> dict[str, Any]:
    return {
        "code": rule.code,
        "severity": rule.severity,
        "owner": rule.owner,
        "summary": rule.summary,
        "why": rule.why,
        "action": rule.action,
        "source": rule.source,
        "confidence": rule.confidence,
        "where": list(rule.where),
        "deadlines": _deadlines(rule, local),
        "wording": list(rule.wording),
        "looks_at": rule.population,
        "needs": list(rule.needs),
        "follows_from": list(rule.follows_from),
        "example": example(rule),
        "reads": list(rule.reads),
        "findings": _counts(rule, run),
        "sql": rule.file.query,
    }


def page(rule: Rule, now: str = "", local: Path | None = None) -> str:
    """The page of one rule, wrapped for the screen; the centre's own reference data, in `local`, may move a day."""
    bold, plain = ("\x1b[1m", "\x1b[0m") if printing.has_colour() else ("", "")
    wide = min(printing.width(), 100)

    def part(head: str, body: str) -> str:
        lines = [fill(line, wide - 2, subsequent_indent=" " * _hanging(line)) for line in body.splitlines()]
        return f"{bold}{head}{plain}\n{indent(chr(10).join(lines), '  ')}"

    parts = [
        f"{bold}{rule.code}{plain}  {rule.severity}: {SEVERITIES[rule.severity]}",
        fill(rule.summary, wide),
        part("Now", now) if now else "",
        part("Why it happens", rule.why),
        part(f"Who acts: {OWNERS[rule.owner]}", rule.action),
        part("Where", "\n".join(rule.where)) if rule.where else "",
        part("By when", "\n".join(_deadlines(rule, local))) if rule.deadlines else "",
        part("Says who", f"{rule.source} ({rule.confidence}: {CONFIDENCES[rule.confidence]})"),
        part("Other systems call it", "\n".join(rule.wording)) if rule.wording else "",
        part("Looks at", _looks_at(rule)),
        part("May follow from", ", ".join(rule.follows_from)) if rule.follows_from else "",
        part("For example", example(rule)),
        f"{bold}The SQL{plain} (sql/rules/{rule.code}.sql)\n{indent(rule.file.query, '  ')}",
    ]
    return "\n\n".join(one for one in parts if one)


def _deadlines(rule: Rule, local: Path | None) -> list[str]:
    """The days a finding of this rule should be settled by, as far as they are known."""
    said: dict[tuple[str, str, str], str] = {}
    for folder in (resources.reference_data(), local):
        path = folder / "deadlines.csv" if folder is not None else None
        if path is None or not path.is_file():
            continue
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["service"] in rule.deadlines:
                    sure = "" if row["confidence"] == "documented" else f", {row['confidence']}: check the day"
                    words = f"{row['deadline']}  {row['service']}, {row['applies_to']} ({row['season']}{sure})"
                    said[row["season"], row["service"], row["applies_to"]] = words
    return sorted(said.values()) or [f"{service}: no day is known" for service in rule.deadlines]


def example(rule: Rule) -> str:
    """The rule's first case that speaks, and what is said of it: what the case leaves open is an ellipsis."""
    for case in re.split(r"\n(?=\S)", rule.file.cases.strip("\n")):
        drawn = re.search(r"^\s+speaks +\|(.*)\n\s+\|(.*)$", case, re.MULTILINE)
        if drawn is not None:
            names, cells = ([cell.strip() for cell in line.split("|")] for line in drawn.groups())
            row = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
            codes = [row[name] for name in ("unit_code", "qualification_code", "option_code") if name in row]
            row["item"] = codes[0] if codes else "…"
            said = rule.message.format_map(defaultdict(lambda: "…", row))
            return f"{case.splitlines()[0].strip()}\n{said}"
    return ""


def _looks_at(rule: Rule) -> str:
    needs = "; ".join(NEEDS[need] for need in rule.needs)
    return f"{rule.population}\nnot evaluated without {needs}" if needs else rule.population


def _hanging(line: str) -> int:
    """How far the later lines of a numbered step stand in."""
    number = re.match(r"\d+\. ", line)
    return len(number[0]) if number else 0
