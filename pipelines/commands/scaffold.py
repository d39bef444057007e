"""`resultsday new-rule` and `new-format`: the file a rule or a format begins with, for its author to fill.

Takes a code, or a name and a made-up sample; writes one file into the checkout and says what to do next. Nothing is
guessed: what only the author can know says FILL IN, and the linter (a rule) or the program (a format) refuses the file
until that is gone. Of a sample only the layout is taken, never a row. Both work in a checkout alone.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

from pipelines import files, resources
from pipelines.commands import printing
from pipelines.errors import ExitCode, UsageError
from pipelines.rules import CONFIDENCES, OWNERS, SEVERITIES

#: what stands where the author must write; `pipelines.sql_lint` refuses a file that holds it
FILL_IN = "FILL IN"

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST = 48
_RECORD = re.compile(r"[A-Z][0-9]")
_VALUE = re.compile(r"\d{4}|\d[/.-]\d")
_DELIMITERS = (",", ";", "\t", "|")

_RULE = """/*
severity = "error" # {fill}: {severities}; the highest it can be
owner = "centre" # {fill}: {owners}; who acts
summary = "{fill}: one sentence that names the fault, not the ideal."
message = "{fill}: one sentence for one finding; it may name {{item}}, {{series}}, {{expected}}, {{found}}."
action = \"\"\"
1. {fill}: who does what first.
2. And then.\"\"\"
why = "{fill}: how it comes about."
source = "{fill}: who says that this is a fault."
population = "{fill}: the rows the rule looks at, in words that complete: there are no …"
reads = ["candidates"]
needs = [] # {fill}: carriers without which it cannot be evaluated, such as "edi"; or leave the list empty
key = ["person"] # {fill}: what makes two findings the same finding from run to run
follows_from = [] # {fill}: codes of the rules that cause this one; or leave the list empty
confidence = "ours" # {fill}: {confidences}; what it rests on
wording = [] # {fill}: what other systems call it; or leave the list empty
private = [] # {fill}: found, expected, where they hold personal data; or leave the list empty
*/
-- {fill}: every row the rule looks at, and `speaks` where it is a discrepancy
SELECT
    c.centre_number,
    c.person_id,
    FALSE AS speaks
FROM candidates AS c;

/* cases
{fill}: a sentence that says which row is reported
  candidates | centre_number | person_id
             | 99999         | p1
  speaks     | person_id
             | p1

{fill}: a sentence that says which row is not
  candidates | centre_number | person_id
             | 99999         | p2
  speaks nothing
  looked_at = 1
*/
"""

_FORMAT = """kind = "{fill}: what sort of file it is; docs/architecture.md lists the kinds"
title = "{fill}: what people call it"
shape = "{shape}"
{more}source = "{fill}: who says that it is laid out like this"
needs = [] # {fill}: columns that must not be blank, else the row is set aside

# {fill}: name each column as the table it fills does, and give its decode; delete what is not used.
columns = [
{columns}
]

[[fills]]
table = "{fill}: a table of schemas/tables"
fixed = {{}}

# {fill}: a few invented lines, and what they must give.
[[example]]
text = '''
'''
gives = {{}}
"""


def checkout() -> Path:
    """The folder of the repository. Raises UsageError where the program is installed without it."""
    root = resources.sql().parent
    if not (root / "pyproject.toml").is_file() or not (root / "sql" / "rules").is_dir():
        raise UsageError(
            "Rules and formats are begun in a checkout of the repository, and this is an installed program.",
            "Clone the repository and run this there.",
        )
    return root


def _checked(name: str, what: str, like: str) -> str:
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise UsageError(
            f"{name} is no name for a {what}.",
            f"Small letters, digits and underscores, at most {_LONGEST}, such as {like}.",
        )
    return name


def _write(path: Path, content: str) -> None:
    if path.exists():
        raise UsageError(f"{path}: that one is there already.", "Choose another name, or edit the file.")
    files.write_text(path, content)
    printing.write(f"{path}\n")


def new_rule(code: str) -> int:
    """Write `sql/rules/<code>.sql`; give the exit code. Raises UsageError for a name that will not do."""
    root = checkout()
    _checked(code, "rule", "grade_not_on_scale")
    content = _RULE.format(
        fill=FILL_IN,
        severities=" or ".join(SEVERITIES),
        owners=" or ".join(OWNERS),
        confidences=" or ".join(CONFIDENCES),
    )
    _write(root / "sql" / "rules" / f"{code}.sql", content)
    printing.say(f"Fill it in (docs/rules-howto.md says how), then: make rule name={code}, and make check.")
    return int(ExitCode.DONE)


def new_format(name: str, sample: Path) -> int:
    """Write `schemas/formats/<name>.toml`, drafted from a sample's layout; give the exit code.

    Raises UsageError for a name that will not do, or a sample that is not text in columns.
    """
    root = checkout()
    _checked(name, "format", "aqa_results_csv")
    _write(root / "schemas" / "formats" / f"{name}.toml", draft(_lines(sample)))
    printing.say("Fill it in: until then every run here refuses to start. No row of the sample was copied.")
    return int(ExitCode.DONE)


def _lines(sample: Path) -> list[str]:
    try:
        data = sample.read_bytes()
    except OSError:
        raise UsageError(f"{sample}: there is no such file, or it may not be read.") from None
    if data[:4] == b"PK\x03\x04":
        raise UsageError(f"{sample}: a spreadsheet.", "Save its sheet as CSV and give that.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or "\x00" in text:
        raise UsageError(f"{sample}: there is no text in it.", "Give a made-up file with a header and a row or two.")
    if lines[0].lstrip().startswith("<"):
        raise UsageError(f"{sample}: XML is not drafted.", "Begin from a copy of schemas/formats/xml_results.toml.")
    return lines


def draft(lines: list[str]) -> str:
    """The format file that the lines of a sample begin."""
    records = Counter(line[:2] for line in lines)
    if all(_RECORD.fullmatch(record) for record in records):
        return _fixed_width(lines, records)
    delimiter = max(_DELIMITERS, key=lines[0].count)
    if not lines[0].count(delimiter):
        raise UsageError(
            "The sample has neither a header with a delimiter nor lines that begin with a record type.",
            "A delimited file needs its header in the first line; a fixed-width line begins like R5.",
        )
    return _delimited(lines[0], delimiter)


def _toml(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _delimited(header: str, delimiter: str) -> str:
    titles = [title.strip() for title in next(csv.reader([header], delimiter=delimiter)) if title.strip()]
    if any(_VALUE.search(title) for title in titles):
        raise UsageError(
            "The first line of the sample looks like a row, not like a header.",
            "Give the file its header; no row of a sample is ever copied.",
        )
    names: Counter[str] = Counter()
    columns = []
    for number, title in enumerate(titles, start=1):
        name = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or f"column_{number}"
        names[name] += 1
        name = f"{name}_{names[name]}" if names[name] > 1 else name
        columns.append(f'  {{ name = {_toml(name)}, headers = [{_toml(title)}], decode = "text", sure = "ours" }},')
    return _FORMAT.format(fill=FILL_IN, shape="delimited", more="", columns="\n".join(columns))


def _fixed_width(lines: list[str], records: Counter[str]) -> str:
    body = max(records, key=lambda record: (records[record], record))
    longest = {record: max(len(line) for line in lines if line.startswith(record)) for record in records}
    more = [
        'framing = "jcq_framing"',
        f"data_type = {_toml(body[0])}",
        f"body = {_toml(body[1])}",
        *(
            f"# record {record}: {count} line{'' if count == 1 else 's'}, up to {longest[record]} characters"
            for record, count in sorted(records.items())
        ),
        "",
    ]
    width = max(1, longest[body] - 2)
    column = f'  {{ name = "rest", start = 3, width = {width}, decode = "text", sure = "ours" }},'
    return _FORMAT.format(fill=FILL_IN, shape="fixed_width", more="\n".join(more), columns=column)
