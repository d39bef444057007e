"""The `resultsday` command: what a person types, and what comes back.

Takes arguments; data goes to stdout, talk to stderr, the outcome to the exit code. Every command accepts `--data` and
`--format`, before or after its own arguments. Promises: a fault a person can mend is told in words with what to do
next; no traceback without `--debug`, and none with the values of a row.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pipelines.commands import completing
from pipelines.commands.broadsheet_cli import broadsheet, slips
from pipelines.commands.checkpoint_cli import checkpoint
from pipelines.commands.examples import with_examples
from pipelines.commands.keeping_cli import manual_change_app, waive_app
from pipelines.commands.pack_cli import pack
from pipelines.commands.query_cli import query
from pipelines.commands.rehearse_cli import rehearse
from pipelines.commands.share_cli import share
from pipelines.errors import ExitCode, ResultsdayError
from pipelines.options import (
    AsOf,
    Audience,
    Centre,
    Data,
    Engine,
    FailOn,
    Inbox,
    Output,
    ScheduleKind,
    Season,
    Shared,
    data_folder,
    output_format,
)
from pipelines.stopping import INTERRUPTED, Stop, stoppable
from pipelines.system import make_lenient

app = typer.Typer(
    name="resultsday",
    help="Reads the files of results morning and says what is wrong, for whom, and who must act.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # in the words of an option a bracket is a bracket
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def shared(
    data: Data = None,
    output: Output = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program a fault arose.")] = False,
) -> None:
    """Take the options that every command accepts."""
    Shared.data, Shared.output, Shared.debug = data, output, debug


@app.command()
def run(
    data: Data = None,
    inbox: Inbox = None,
    as_of: AsOf = None,
    season: Season = None,
    centre: Centre = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="End with 1 from this severity on. [default: never]")] = None,
    output: Output = None,
    audience: Annotated[Audience | None, typer.Option(help="Who reads the reports. [default: exams_office]")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only the outcome.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but publish.")] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Say afterwards where the time went.")] = False,
    engine: Annotated[Engine, typer.Option(help="What runs the SQL.")] = Engine.DUCKDB,
    lift_embargo: Annotated[
        bool, typer.Option("--lift-embargo", help="Let staff see what is under embargo; needs --reason, and is logged.")
    ] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why the embargo is lifted; name no student.")] = None,
    by: Annotated[str | None, typer.Option(help="Who lifts it. [default: the user of this computer]")] = None,
    or_sample: Annotated[bool, typer.Option("--or-sample", hidden=True)] = False,
    scheduled: Annotated[bool, typer.Option("--scheduled", hidden=True)] = False,
) -> None:
    """Receive, read, check, join, report, publish."""
    from pipelines.commands import running

    request = running.Request(
        data_folder(data),
        inbox,
        as_of,
        season,
        centre,
        fail_on and fail_on.value,
        audience and audience.value,
        running.Lift(lift_embargo, reason, by),
    )
    is_quiet, publishes = quiet or scheduled, scheduled or not dry_run
    manner = running.Manner(output_format(output).value, is_quiet, publishes, or_sample, profile)
    if scheduled:
        from pipelines.commands import scheduled as unattended

        raise typer.Exit(unattended.start(request, manner, engine.value))
    raise typer.Exit(running.start(request, manner, engine.value))


@app.command()
def check(
    data: Data = None,
    inbox: Inbox = None,
    as_of: AsOf = None,
    season: Season = None,
    centre: Centre = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="End with 1 from this severity on. [default: error]")] = None,
    output: Output = None,
    audience: Annotated[Audience | None, typer.Option(help="Who reads the reports. [default: exams_office]")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only the outcome.")] = False,
    rules: Annotated[str | None, typer.Option(help="Only these: their codes, commas between. [default: all]")] = None,
) -> None:
    """Do the same run in a temporary place and publish nothing; end with 1 where an error is found."""
    from pipelines.commands import running

    severity = fail_on.value if fail_on else "error"
    request = running.Request(data_folder(data), inbox, as_of, season, centre, severity, audience and audience.value)
    manner = running.Manner(output_format(output).value, quiet, publishes=False, or_sample=False, rules=rules or "")
    raise typer.Exit(running.start(request, manner, Engine.DUCKDB.value))


@app.command()
def status(data: Data = None, output: Output = None) -> None:
    """What is published, how old it is, what has arrived, and what is awaited and when."""
    from pipelines.commands import status as command

    raise typer.Exit(command.show(data_folder(data), output_format(output).value))


@app.command()
def findings(
    code: Annotated[
        list[str] | None, typer.Option("--code", help="Only of this rule; repeatable.", autocompletion=completing.codes)
    ] = None,
    severity: Annotated[str | None, typer.Option(help="error, warning or info.")] = None,
    person: Annotated[str | None, typer.Option(help="A candidate number, OCR number or UCI.")] = None,
    centre: Annotated[str | None, typer.Option(help="Only of this centre.")] = None,
    change: Annotated[str | None, typer.Option(help="new, continuing, changed or reopened.")] = None,
    data: Data = None,
    output: Output = None,
) -> None:
    """List what the published run found."""
    from pipelines.commands import findings as command

    wanted = command.Wanted(tuple(code or ()), severity, person, centre, change)
    raise typer.Exit(command.show(data_folder(data), wanted, output_format(output).value))


@app.command()
def diff(
    runs: Annotated[
        list[str] | None,
        typer.Argument(
            help="RUN compared with, RUN it is about. [default: the published, the one before]",
            autocompletion=completing.runs,
        ),
    ] = None,
    inbox: Annotated[
        list[Path] | None,
        typer.Option(
            "--inbox", help="Show what the files of this folder would change, and publish nothing; repeatable."
        ),
    ] = None,
    as_of: AsOf = None,
    season: Season = None,
    centre: Centre = None,
    audience: Annotated[Audience | None, typer.Option(help="Who reads it. [default: as the run compared with]")] = None,
    data: Data = None,
    output: Output = None,
) -> None:
    """What changed between two runs, by student; or what new files would change."""
    from pipelines.commands import diff as command

    preview = (
        command.Preview(tuple(inbox), as_of, season, tuple(centre or ()), audience and audience.value)
        if inbox
        else None
    )
    raise typer.Exit(
        command.show(data_folder(data), command.Wanted(tuple(runs or ()), preview), output_format(output).value)
    )


@app.command()
def explain(
    text: Annotated[
        list[str],
        typer.Argument(
            help="A code, the words of another system (E2), or the fingerprint of one finding.",
            autocompletion=completing.codes,
        ),
    ],
    data: Data = None,
    output: Output = None,
) -> None:
    """What a discrepancy means, why it happens, who acts and how, and the SQL that finds it."""
    from pipelines.commands import explain as command

    raise typer.Exit(command.show(" ".join(text), data_folder(data), output_format(output).value))


app.command()(query)
app.command()(checkpoint)
app.command()(pack)
app.command()(broadsheet)
app.command()(slips)
app.command()(rehearse)
app.command()(share)
app.add_typer(manual_change_app, name="manual-change")
app.add_typer(waive_app, name="waive")


@app.command()
def doctor(data: Data = None, as_of: AsOf = None, output: Output = None) -> None:
    """Is everything fit for results day: machine, disk, clock, calendar, settings, reference data."""
    from pipelines.commands import doctor as command

    raise typer.Exit(command.show(data_folder(data), as_of, output_format(output).value))


@app.command()
def init(
    centre: Annotated[list[str] | None, typer.Option("--centre", help="A centre of ours; repeatable.")] = None,
    inbox: Annotated[list[str] | None, typer.Option("--inbox", help="A folder files arrive in; repeatable.")] = None,
    suite: Annotated[
        list[str] | None,
        typer.Option("--suite", help="2016, 2012, general, or another awarding body by name; repeatable."),
    ] = None,
    audience: Annotated[Audience | None, typer.Option(help="Who reads the reports.")] = None,
    data: Data = None,
    output: Output = None,
) -> None:
    """Ask three questions and write a commented resultsday.toml; what an option answers is not asked."""
    from pipelines.commands import init as command

    answers = command.Answers(centre, inbox, suite, audience and audience.value)
    raise typer.Exit(command.write(data_folder(data), answers, output_format(output).value))


@app.command()
def inspect(
    file: Annotated[str, typer.Argument(help="A file, an archive, or a member of one: reports.zip!june.csv.")],
    save: Annotated[bool, typer.Option("--save", help="Keep the layout proposed, in DATA/local/formats.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace one that is kept already.")] = False,
    shapes: Annotated[bool, typer.Option("--show", help="Show values as shapes: letters as x, digits as 9.")] = False,
    as_format: Annotated[str, typer.Option("--as", help="Measure against this format.")] = "",
    said: Annotated[
        list[str] | None, typer.Option("--map", help="Settle a column: raw_mark=HEADER; repeatable.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Keep it under this name, beside the format it mends.")] = "",
    data: Data = None,
    output: Output = None,
) -> None:
    """What a file is, how well each layout fits it column by column, and a layout that fits better."""
    from pipelines.commands import inspect as command

    asked = command.Asked(file, data_folder(data), save, force, shapes, as_format, tuple(said or ()), name)
    raise typer.Exit(command.show(asked, output_format(output).value))


@app.command()
def purge(
    before: Annotated[str, typer.Option("--before", help="Remove the runs begun before this day: 2026-09-01.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this it is only told.")] = False,
    data: Data = None,
    output: Output = None,
) -> None:
    """Remove old runs, never the published one; keep their manifests, which name nobody. Tells only, unless --yes."""
    from pipelines.commands import purge as command

    raise typer.Exit(command.purge(data_folder(data), before, yes, output_format(output).value))


schedule = typer.Typer(no_args_is_help=True, help="Have it run by itself each week: install, show, remove.")
app.add_typer(schedule, name="schedule")
Kind = Annotated[ScheduleKind | None, typer.Option("--kind", help="What starts it. [default: what this machine has]")]


@schedule.command(name="install")
def schedule_install(
    weekly: Annotated[str, typer.Option("--weekly", help="The day of the week: mon, tue, …")] = "mon",
    at: Annotated[str, typer.Option("--at", help="The time, 24 hours: 08:30.")] = "08:30",
    kind: Kind = None,
    only_print: Annotated[bool, typer.Option("--print", help="Write it to stdout and install nothing.")] = False,
    inbox: Inbox = None,
    data: Data = None,
    output: Output = None,
) -> None:
    """Set up the weekly run; of Mondays also a look on Tuesday, that says when no file has come."""
    from pipelines.commands import schedule as command

    wanted = command.Wanted(weekly, at, kind and kind.value, tuple(inbox or ()), only_print)
    raise typer.Exit(command.install(data_folder(data), wanted, output_format(output).value))


@schedule.command(name="show")
def schedule_show(data: Data = None, output: Output = None) -> None:
    """What is set up on this machine, when it runs next, and how it ended last."""
    from pipelines.commands import schedule as command

    raise typer.Exit(command.show(data_folder(data), output_format(output).value))


@schedule.command(name="remove")
def schedule_remove(kind: Kind = None, data: Data = None, output: Output = None) -> None:
    """Take the weekly run away again; what was published stays."""
    from pipelines.commands import schedule as command

    raise typer.Exit(command.remove(data_folder(data), kind and kind.value, output_format(output).value))


@app.command(name="new-rule")
def new_rule(code: Annotated[str, typer.Argument(help="The fault in words: grade_not_on_scale.")]) -> None:
    """Begin a rule: one file in sql/rules/, its cases empty."""
    from pipelines.commands import scaffold

    raise typer.Exit(scaffold.new_rule(code))


@app.command(name="new-format")
def new_format(
    name: Annotated[str, typer.Argument(help="What the file is called: aqa_results_csv.")],
    sample: Annotated[Path, typer.Argument(help="A made-up file of that shape.")],
) -> None:
    """Begin a format: one file in schemas/formats/, drafted from a sample's header."""
    from pipelines.commands import scaffold

    raise typer.Exit(scaffold.new_format(name, sample))


with_examples(app)

_STOPPED = "resultsday: stopped; the published run, old or new, is whole."


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


def main() -> NoReturn:
    """Run the command; every way it can end has its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # a console of code page 1252 shows what it can and never breaks a run
        make_lenient(stream)
    with stoppable() as stop:
        try:
            app()
            raise SystemExit(int(ExitCode.DONE))
        except ResultsdayError as fault:
            if stop.number is not None:
                _stopped(stop)
            _say(f"resultsday: {fault}")
            raise SystemExit(int(fault.exit_code)) from None
        except KeyboardInterrupt:
            _stopped(stop)
        except SystemExit as end:
            # within a command Ctrl-C has been made this code by then, without a word
            if end.code == INTERRUPTED or stop.number is not None:
                _stopped(stop)
            raise
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        except Exception as fault:
            if stop.ended(fault):
                _stopped(stop)
            _our_fault(fault)


def _stopped(stop: Stop) -> NoReturn:
    # the terminal it would be said to may be what has gone
    with suppress(OSError):
        _say(_STOPPED)
    raise SystemExit(stop.code) from None


def _our_fault(fault: Exception) -> NoReturn:
    _say(f"resultsday: a fault of ours ({type(fault).__name__}); the published run, old or new, is whole.")
    _say("Run it again with --debug before the command and report what it prints; it shows no student's data.")
    if Shared.debug:
        from pipelines.commands import debugging

        debugging.show(fault)
    raise SystemExit(int(ExitCode.BUG)) from None


if __name__ == "__main__":
    main()
