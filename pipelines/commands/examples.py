"""An example for every command, as it stands at the end of its `--help`.

Takes the commands; gives each its examples, most wanted first. They are written so that bash, PowerShell and the
Windows command prompt take them alike: double quotes, no line goes on. The tests parse every one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "run": ("resultsday run", "resultsday run --inbox Downloads --as-of 2026-08-10T08:30"),
    "check": ("resultsday check --inbox Downloads", "resultsday check --fail-on warning --quiet"),
    "status": ("resultsday status", "resultsday status --format json"),
    "findings": ("resultsday findings --severity error", "resultsday findings --code missing_uci --format csv"),
    "diff": ("resultsday diff", "resultsday diff --inbox Downloads"),
    "explain": ("resultsday explain missing_uci", 'resultsday explain "Results not matched by an entry"'),
    "query": (
        "resultsday query --question one_unit_away --set qualification=05839",
        'resultsday query "SELECT grade, count(*) FROM unit_results GROUP BY grade ORDER BY grade"',
        'resultsday query "FROM unit_results" --to unit_results.parquet',
        "resultsday query --list",
    ),
    "pack": ("resultsday pack", "resultsday pack --request review_of_marking --unit 05838/01 --cohort"),
    "broadsheet": ("resultsday broadsheet", "resultsday broadsheet --centre 99999 --to autumn.xlsx"),
    "slips": ("resultsday slips", "resultsday slips --person 0042 --to slip.html"),
    "share": (
        "resultsday share --to centre.age --recipient recipients.txt --centre 99999",
        "resultsday share --to study.age --recipient recipients.txt --pseudonymise --key-file study.key",
        "resultsday share --open centre.age --identity secret.txt --to received",
    ),
    "checkpoint": ("resultsday checkpoint", "resultsday checkpoint --keep"),
    "doctor": ("resultsday doctor", "resultsday doctor --as-of 2026-08-10T08:00"),
    "init": ("resultsday init", "resultsday init --centre 99999 --suite 2016 --suite general"),
    "inspect": ("resultsday inspect june.csv", "resultsday inspect reports.zip!june.csv --save"),
    "purge": ("resultsday purge --before 2026-09-01", "resultsday purge --before 2026-09-01 --yes"),
    "rehearse": ("resultsday rehearse", "resultsday rehearse --students 1000 --seed june --keep practice"),
    "schedule": ("resultsday schedule install --weekly mon --at 08:30",),
    "schedule install": ("resultsday schedule install --weekly mon --at 08:30", "resultsday schedule install --print"),
    "schedule show": ("resultsday schedule show",),
    "schedule remove": ("resultsday schedule remove",),
    "new-rule": ("resultsday new-rule grade_not_on_scale",),
    "new-format": ("resultsday new-format aqa_results_csv made_up.csv",),
    "manual-change": ("resultsday manual-change list",),
    "manual-change add": (
        'resultsday manual-change add --series 6E26 --option 583801 --value M --uci UCI --reason "on the slip" --by me',
    ),
    "manual-change list": ("resultsday manual-change list",),
    "manual-change remove": ("resultsday manual-change remove 3f9c2a",),
    "waive": ("resultsday waive list",),
    "waive add": (
        'resultsday waive add --fingerprint 3f9c2a --expires 2026-09-30 --reason "the board knows" --by exams',
    ),
    "waive list": ("resultsday waive list",),
    "waive remove": ("resultsday waive remove 3f9c2a",),
}


def epilog(command: str) -> str | None:
    """The examples of a command as the end of its help, None where it has none; a blank line keeps each on its own."""
    examples = EXAMPLES.get(command)
    return "\n\n".join([f"Example{'s' if len(examples) > 1 else ''}:", *examples]) if examples else None


def with_examples(app: typer.Typer, before: str = "") -> None:
    """Give every command of an app, and of the apps within, its examples, but where it has some of its own."""
    for command in app.registered_commands:
        callback = command.callback.__name__ if command.callback is not None else ""
        command.epilog = command.epilog or epilog(f"{before}{command.name or callback.replace('_', '-')}")
    for group in app.registered_groups:
        name = f"{before}{group.name}"
        if group.typer_instance is not None:
            group.epilog = epilog(name)
            with_examples(group.typer_instance, f"{name} ")
