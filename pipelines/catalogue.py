"""The pages of `docs/` that are written from the code: `python -m pipelines.catalogue`; `--check` says which are stale.

Takes rules, formats, tables, questions, commands and licences as the program itself sees them; gives one page of each.
Promises the same bytes from the same files on every machine, so that a page which differs is one that is out of date.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipelines import files, resources
from pipelines.commands.explain import CONFIDENCES, OWNERS, SEVERITIES
from pipelines.commands.scaffold import checkout
from pipelines.database import column_types, column_words
from pipelines.errors import ExitCode
from pipelines.export import CSV_COLUMNS
from pipelines.findings import NEEDS
from pipelines.formats import Column, Format, load_formats
from pipelines.licences import licensed
from pipelines.macros import MACROS
from pipelines.questions import parameters
from pipelines.reference import reference_tables
from pipelines.rules import Rule, load_rules
from pipelines.sql_files import SqlFile, load_sql_folder

_NOTE = "<!-- Written by `make docs` from the code; `make check` fails where it is out of date. -->\n\n"
_WIDTH = 100

EXIT_CODES = {
    ExitCode.DONE: "done, whatever was found",
    ExitCode.FINDINGS: "there are open findings at or above `--fail-on`",
    ExitCode.USAGE: "a wrong option, argument, setting or SQL",
    ExitCode.NO_INPUT: "no usable input file, or nothing published to ask",
    ExitCode.SUMS: "the sums did not agree; nothing was published",
    ExitCode.BUSY: "another run is going",
    ExitCode.DISK: "the disk is full, or a file or folder may not be written or read",
    ExitCode.EMBARGO: "refused, because results are under embargo",
    ExitCode.BUG: "a fault of ours",
}

#: what a rule is about, by the words of its key: the first group of which the key has a word
_GROUPS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Files and rows", "What came, and what could not be used.", frozenset({"file", "line"})),
    ("Units", "One unit of one student, whatever the series.", frozenset({"unit"})),
    ("Qualifications", "One qualification or subject of one student.", frozenset({"qualification", "subject"})),
    ("Results and entries", "One result or entry in one series.", frozenset({"option", "series"})),
    ("Students", "Who is who, and the numbers they go by.", frozenset({"person", "other_person"})),
    ("Everything else", "What is about no one student or file.", frozenset()),
)


def _prose(*pieces: str) -> str:
    """A paragraph."""
    return " ".join(pieces) + "\n"


def _cell(text: object) -> str:
    """A text as a cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _link(name: str) -> str:
    return f"[{name}](#{name})"


def rules_page(rules: Sequence[Rule]) -> str:
    """Every discrepancy, by what it is about: severity, owner, steps, wording, what it rests on."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(_group(rule), []).append(rule)
    parts = [
        "# What resultsday looks for\n",
        _prose(
            f"{len(rules)} discrepancies.",
            "A code is the fault in words, and the name of the one file in `sql/rules/` that finds it.",
            "`resultsday explain CODE` shows the same page in a terminal, with the SQL,",
            "and finds a code from the words of another system. [How a rule is written](rules-howto.md).",
        ),
        _table(["severity", "means"], SEVERITIES.items()),
    ]
    for title, says, _ in _GROUPS:
        if found := groups.get(title):
            parts += [f"## {title}\n", f"{says}\n", _rule_list(found)]
    for title, _, _ in _GROUPS:
        parts += [_rule(rule) for rule in groups.get(title, ())]
    return "\n".join(parts)


def _group(rule: Rule) -> str:
    return next((title for title, _, words in _GROUPS if words & set(rule.key)), _GROUPS[-1][0])


def _rule_list(rules: Iterable[Rule]) -> str:
    return _table(
        ["code", "severity", "owner", "fault"],
        ((_link(rule.code), rule.severity, rule.owner, rule.summary) for rule in rules),
    )


def _rule(rule: Rule) -> str:
    rests = f"{rule.source} ({rule.confidence}: {CONFIDENCES[rule.confidence]})"
    follows = ", ".join(_link(code) for code in rule.follows_from)
    facts = [
        ("Severity", f"{rule.severity}: {SEVERITIES[rule.severity]}"),
        ("Who acts", OWNERS[rule.owner]),
        ("Why it happens", rule.why),
        ("Looks at", rule.population),
        ("Not evaluated without", ", ".join(NEEDS[need] for need in rule.needs)),
        ("May follow from", follows),
        ("Other systems call it", "; ".join(rule.wording)),
        ("Rests on", rests),
    ]
    told = "\n".join(f"- **{name}**: {' '.join(said.split())}" for name, said in facts if said)
    return f"### {rule.code}\n\n{rule.summary}\n\n{rule.action}\n\n{told}\n"


def formats_page(formats: Sequence[Format]) -> str:
    """Every incoming format: its layout, where that is known from, and how sure each part is."""
    parts = [
        "# What resultsday reads\n",
        _prose(
            "One file of `schemas/formats/` a format. A centre adds its own in `data/local/formats/`;",
            "`resultsday new-format` begins one from a sample.",
        ),
        _table(
            ["sure", "means"],
            [
                ("public", "a public document says so"),
                ("inferred", "several public documents imply it"),
                ("ours", "our reading, until a real file is seen; a file that does not fit is refused"),
            ],
        ),
        _table(["format", "what it is", "shape"], ((_link(one.name), one.title, one.shape) for one in formats)),
    ]
    framings = {one.framing.name: one.framing for one in formats if one.framing is not None}
    for framing in framings.values():
        parts.append(f"## {framing.name}\n\nThe records round the body of the fixed-width formats.\n")
        for record, columns in framing.records.items():
            kind = framing.types.get(record, "")
            layout = _layout(columns.values(), "fixed_width")
            parts.append(f"**{record.replace('_', ' ')}**, record type {kind}\n\n{layout}")
    return "\n".join([*parts, *map(_format, formats)])


def _format(one: Format) -> str:
    parts = [f"## {one.name}\n", f"{one.title[:1].upper()}{one.title[1:]}. {one.source.rstrip('.')}.\n"]
    if one.framing is not None:
        framed = _link(one.framing.name)
        parts.append(f"Data type `{one.data_type}`, body record type `{one.body}`, framed by {framed}.\n")
    if one.root:
        parts.append(f"Root element `{one.root}`; of a file that is cut short, each whole `{one.whole}` counts.\n")
    if one.header:
        parts.append(f"Said once:\n\n{_layout(one.header, one.shape)}")
    parts.append(_layout(one.columns, one.shape))
    for variant in one.variants:
        parts.append(f"Where `{one.variant_by}` is `{variant.when}`:\n\n{_layout(variant.columns, one.shape)}")
    needs = "; ".join(" or ".join(f"`{name}`" for name in group) for group in one.needs)
    if needs:
        parts.append(f"A row without {needs} is set aside. ")
    parts.append(f"Fills {', '.join(f'`{table}`' for table in one.tables)}.\n")
    if one.sureness:
        parts.append(_table(["part", "sure"], ((name.replace("_", " "), sure) for name, sure in one.sureness.items())))
    return "\n".join(parts)


def _layout(columns: Iterable[Column], shape: str) -> str:
    where: dict[str, tuple[str, Callable[[Column], str]]] = {
        "fixed_width": ("characters", lambda column: f"{column.start}–{column.start + column.width - 1}"),
        "delimited": ("headers", lambda column: ", ".join(column.headers)),
        "xml": ("path", lambda column: f"`{column.path}`"),
    }
    head, place = where[shape]
    return _table(
        ["column", head, "read as", "must be there", "sure"],
        (
            (f"`{column.name}`", place(column), _decode(column), "yes" if column.required else "", column.sure)
            for column in columns
        ),
    )


def _decode(column: Column) -> str:
    words = f" ({', '.join(column.values)})" if column.values else ""
    return f"{column.decode.replace('_', ' ')}{words}{f', {column.pad} characters' if column.pad else ''}"


def tables_page(published: Sequence[SqlFile]) -> str:
    """Every published table with its columns in words; the columns of the CSV; the macros."""
    reference = reference_tables()
    parts = [
        "# What a run publishes\n",
        _prose(
            "Every table is `tables/<name>.parquet` in the run's folder and a table of `results.duckdb`,",
            "with these words as its comments. Identifiers and codes are text; times carry their zone.",
        ),
        _table(["table", "one row is"], ((_link(file.name), file.summary) for file in published)),
        *map(_published, published),
        "## discrepancies.csv\n",
        _prose(
            "`reports/discrepancies.csv` and `resultsday findings --format csv` have these columns in this order,",
            "sorted by severity, code and key. The file is UTF-8 with a byte order mark, for Excel; stdout has none.",
            "Free text that a spreadsheet would run gets an apostrophe.",
        ),
        ", ".join(f"`{name}`" for name in CSV_COLUMNS) + "\n",
        "## Macros\n",
        "For people who ask in SQL: `FROM candidate('0042')`.\n",
        _table(["macro", "gives"], ((f"`{macro.call}`", macro.says) for macro in MACROS)),
        "# Reference tables\n",
        _prose(
            "What the exams domain takes for granted: `data/reference/*.csv`,",
            "and a centre's own rows in `data/local/reference/`, which win.",
        ),
    ]
    for table in reference.values():
        rows = ((f"`{name}`", column.type, column.says) for name, column in table.columns.items())
        parts += [f"## {table.name}\n", f"{table.summary}\n", _table(["column", "type", "what it is"], rows)]
    return "\n".join(parts)


def _published(file: SqlFile) -> str:
    types, words = column_types(file), column_words(file)
    rows = ((f"`{name}`", kind, words[name]) for name, kind in types.items())
    order = ", ".join(f"`{name}`" for name in file.header["order"])
    return f"## {file.name}\n\n{file.summary} In order of {order}.\n\n{_table(['column', 'type', 'what it is'], rows)}"


def questions_page(questions: Sequence[SqlFile]) -> str:
    """Every ready question with what it is good for and its SQL."""
    parts = [
        "# Ready questions\n",
        _prose(
            "`resultsday query --question NAME` asks the published run; `--format csv` or `json` for programs,",
            "`--to FILE` for a file. `--set name=value` narrows it; what is not set has its default, or asks for all.",
            "Each is a file of `sql/questions/`, a good beginning for a question of your own: `resultsday query FILE`.",
        ),
        _table(["question", "asks"], ((_link(file.name), file.summary) for file in questions)),
    ]
    for file in questions:
        why = " ".join(str(file.header["why"]).split())
        parts.append(f"## {file.name}\n\n{file.summary} {why}\n")
        if known := parameters(file):
            rows = (
                (f"`{one.name}`", one.type, "all" if one.default is None else one.default, one.meaning) for one in known
            )
            parts.append(_table(["--set", "type", "default", "what it does"], rows))
        parts.append(f"```sql\n{file.query.rstrip()}\n```\n")
    return "\n".join(parts)


def commands_page() -> str:
    """Every command's help, as the program prints it, and what the exit codes mean."""
    parts = [
        "# Commands\n",
        _prose(
            "Data goes to stdout, everything else to stderr; the last line says the outcome in words.",
            "`--data` and `--format` may stand before the command or after it.",
        ),
        _table(["exit code", "means"], ((int(code), says) for code, says in EXIT_CODES.items())),
    ]
    parts += [f"## {name}\n\n```text\n{text}\n```\n" for name, text in _helps()]
    return "\n".join(parts)


def _helps() -> Iterator[tuple[str, str]]:
    """The help of the program and of each command, as plain text of a fixed width."""
    import typer

    from pipelines.cli import app

    # what a person has set must not show in the page
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("RESULTSDAY_")}
    try:
        group: Any = typer.main.get_command(app)
        settings = {**group.context_settings, "terminal_width": _WIDTH, "max_content_width": _WIDTH}
        top = typer.Context(group, info_name="resultsday", **settings)
        group.rich_markup_mode = None
        yield "resultsday", group.get_help(top).rstrip()
        for name, command in group.commands.items():
            if not command.hidden:
                command.rich_markup_mode = None
                context = typer.Context(command, info_name=name, parent=top, **settings)
                yield name, command.get_help(context).rstrip()
                # a command that is a group: install, show, remove
                for part, inner in getattr(command, "commands", {}).items():
                    inner.rich_markup_mode = None
                    below = typer.Context(inner, info_name=part, parent=context, **settings)
                    yield f"{name} {part}", inner.get_help(below).rstrip()
    finally:
        os.environ.update(kept)


def licences_page() -> str:
    """Every package that runs with the program, its version and its licence."""
    found = licensed(checkout() / "uv.lock")
    return "\n".join(
        [
            "# Licences of what runs with resultsday\n",
            _prose(
                f"{len(found)} packages, each locked in `uv.lock` to one version and its hashes.",
                "What is needed to develop it is not among them; pyspark, py4j and sqlglot are for the extra `spark`.",
                "`make audit` asks which have a known weakness.",
            ),
            _table(
                ["package", "version", "licence", "by", "needed by"],
                (
                    (one.package, one.version, one.licence, one.source, "us" if one.is_asked_for else "another")
                    for one in found
                ),
            ),
        ]
    )


def pages() -> dict[str, str]:
    """Every page by its name in `docs/`."""
    sql = resources.sql()
    found = [file for folder in ("joins", "findings") for file in load_sql_folder(sql / folder)]
    published = sorted((file for file in found if file.header.get("publish")), key=lambda file: file.name)
    written = {
        "rules.md": rules_page(load_rules(sql / "rules")),
        "formats.md": formats_page(load_formats(resources.formats())),
        "tables.md": tables_page(published),
        "questions.md": questions_page(load_sql_folder(sql / "questions")),
        "commands.md": commands_page(),
        "licences.md": licences_page(),
    }
    return {name: _NOTE + text.rstrip() + "\n" for name, text in written.items()}


def stale(docs: Path) -> list[str]:
    """The pages of a folder that are missing or out of date."""
    return [
        name
        for name, text in pages().items()
        if not (docs / name).is_file() or (docs / name).read_text(encoding="utf-8") != text
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` name those out of date; give the exit code."""
    docs = checkout() / "docs"
    if list(arguments) == ["--check"]:
        found = stale(docs)
        sys.stdout.write("".join(f"docs/{name} is out of date: make docs\n" for name in found))
        return 1 if found else 0
    if arguments:
        sys.stderr.write("usage: python -m pipelines.catalogue [--check]\n")
        return int(ExitCode.USAGE)
    for name, text in pages().items():
        files.write_text(docs / name, text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
