"""Some of the rules alone, and no more tables than they stand on: what `resultsday check --rules` makes.

Takes the folder of SQL and the codes asked for; gives the rules, and the names of the tables to make. Promises that
every table which a chosen rule reads, however far down, is made just as a whole run makes it, and so are those that
shape a finding, count the sums and say what each rule did. A run of some of the rules is never published: its report
would be silent about everything that nobody looked for.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pipelines.errors import UsageError
from pipelines.join import PEOPLE_TABLES
from pipelines.manifest import rule_statuses
from pipelines.rules import Rule, load_rules
from pipelines.sql_files import load_sql_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from pipelines.sums import Sums

#: what findings are worded with, what the sums count, and what says how each rule went
ALWAYS = ("candidates", "item_titles", "files", "file_facts", "centres", "results_by_carrier", "rules_run")


def rules_of(sql: Path, codes: Collection[str]) -> tuple[Rule, ...]:
    """The rules of these codes, all of them where no code is named. UsageError for a code that no rule has."""
    every = load_rules(sql / "rules")
    known = {rule.code for rule in every}
    for code in codes:
        if code not in known:
            near = get_close_matches(code, known, 1)
            raise UsageError(
                f"There is no rule {code!r}.",
                f"Did you mean {near[0]}?" if near else "resultsday explain lists the rules.",
            )
    return tuple(rule for rule in every if not codes or rule.code in codes)


def tables_of(sql: Path, rules: Iterable[Rule]) -> frozenset[str]:
    """The tables of `sql/joins/` and `sql/findings/` that these rules read, those that these read, and so on."""
    beneath = {file.name: file.reads for folder in ("joins", "findings") for file in load_sql_folder(sql / folder)}
    beneath |= dict.fromkeys(PEOPLE_TABLES, ("mentions",))
    wanted, todo = set[str](), [*ALWAYS, *(table for rule in rules for table in rule.reads)]
    while todo:
        name = todo.pop()
        if name in beneath and name not in wanted:
            wanted.add(name)
            todo.extend(beneath[name])
    return frozenset(wanted - set(PEOPLE_TABLES))


def told(con: Any, sql: Path, rules: Sequence[Rule], totals: Sums, timings: Mapping[str, object]) -> dict[str, Any]:
    """What such a run says of itself: the sums, what each chosen rule did, and how little else was made."""
    severities = con.execute(
        "SELECT severity, count(*) FILTER (state = 'open'), count(*) FROM fingerprinted "
        "GROUP BY severity ORDER BY severity"
    ).fetchall()
    every = tables_of(sql, load_rules(sql / "rules")) | {file.name for file in load_sql_folder(sql / "joins")}
    return {
        "only": {"rules": [rule.code for rule in rules], "tables": len(tables_of(sql, rules)), "of_tables": len(every)},
        "sums": totals.as_dict(),
        "rules": rule_statuses(con),
        "findings": {"by_severity": {severity: {"open": is_open, "found": n} for severity, is_open, n in severities}},
        "timings": dict(timings),
    }


def lines(manifest: Mapping[str, Any], seconds: float) -> list[str]:
    """The story of such a run; the last line is the outcome in words."""
    only = manifest["only"]
    made = f"{only['tables']} of {only['of_tables']} tables made"
    asked = f"only      {len(only['rules'])} of the rules, as --rules asks: {made}, nothing else looked for, no report"
    story = [asked]
    for code, ran in manifest["rules"].items():
        reason = f" ({ran['status'].replace('_', ' ')}: {ran['reason']})" if ran["reason"] else ""
        story.append(f"  {ran['found']:>9,}  {code}, of {ran['rows_checked']:,} looked at{reason}")
    return [*story, f"checked   nothing was published, in {seconds:.1f} s"]
