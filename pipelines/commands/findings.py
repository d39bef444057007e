"""`resultsday findings`: what the published run found, as a list to work through.

Takes the `discrepancies` of the published run and what a person wants of them. As text: grouped by severity and code,
a message and its evidence (file, line, the line as it came) for each, and beneath it the findings that follow from
it; what is waived in a section of its own, with who waived it, why and until when. As CSV: the columns and the care
of `discrepancies.csv`, without its byte order mark. As JSON: the same columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pipelines import files, resources
from pipelines.commands import printing, published
from pipelines.database import connect, text
from pipelines.errors import ExitCode, UsageError
from pipelines.export import CSV_COLUMNS, write_csv
from pipelines.rules import SEVERITIES, load_rules

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from pipelines.publish import PublishedRun

CHANGES = ("new", "continuing", "changed", "reopened")

#: findings of one code shown on a screen; off a screen there is no limit
SCREEN_FINDINGS = 100

_ORDER = "severity_rank, code, key, fingerprint"
_TIMES = ("due", "embargo_until")
_NUMBERS = ("candidate_number", "ocr_candidate_number", "uci")


@dataclass(frozen=True)
class Wanted:
    """Which findings: of these codes, this severity, person, centre, change; None and empty mean all."""

    codes: tuple[str, ...] = ()
    severity: str | None = None
    person: str | None = None
    centre: str | None = None
    change: str | None = None


def one_of(word: str, known: Collection[str], what: str) -> None:
    """Raise UsageError, with the nearest, for a word that is none of those known."""
    if word in known:
        return
    near = get_close_matches(word.lower().replace("-", "_"), known, n=1, cutoff=0.5)
    todo = f"Did you mean {near[0]}?" if near else f"It is one of {', '.join(sorted(known))}."
    raise UsageError(f"There is no {what} {word}.", todo)


def _check(wanted: Wanted, run: PublishedRun) -> None:
    known = {rule.code for rule in load_rules(resources.sql() / "rules")} | set(run.manifest["rules"])
    for code in wanted.codes:
        one_of(code, known, "code")
    if wanted.severity is not None:
        one_of(wanted.severity, SEVERITIES, "severity")
    if wanted.change == "resolved":
        raise UsageError(
            "A resolved finding is not in this run any more.",
            "resultsday query \"SELECT code, key FROM finding_history WHERE state = 'resolved'\"",
        )
    if wanted.change is not None:
        one_of(wanted.change, CHANGES, "change")


def _people(con: Any, run: PublishedRun, person: str) -> str:
    """SQL for the persons who go by a number. Raises UsageError, without the number, where nobody does."""
    candidates = text(run.folder / "tables" / "candidates.parquet")
    having = " OR ".join(
        f"list_contains(string_split({column}, ' '), {text(person.strip().upper())})" for column in _NUMBERS
    )
    persons = f"SELECT person_id FROM read_parquet({candidates}) WHERE {having} OR person_id = {text(person.strip())}"
    if not con.execute(f"{persons} LIMIT 1").fetchall():
        raise UsageError(
            "No student of this run has that number.",
            "Give a candidate number (four digits), an OCR candidate number (eight) or a UCI.",
        )
    return persons


def _where(con: Any, run: PublishedRun, wanted: Wanted) -> str:
    parts = ["TRUE"]
    if wanted.codes:
        parts.append(f"code IN ({', '.join(map(text, wanted.codes))})")
    for column in ("severity", "change"):
        if getattr(wanted, column) is not None:
            parts.append(f"{column} = {text(getattr(wanted, column))}")
    if wanted.centre is not None:
        parts.append(f"centre_number = {text(wanted.centre.strip())}")
    if wanted.person is not None:
        persons = _people(con, run, wanted.person)
        parts.append(f"(person_id IN ({persons}) OR other_person_id IN ({persons}))")
    return " AND ".join(parts)


def show(data: Path, wanted: Wanted, output: str) -> int:
    """List the findings; give the exit code, which is 0 whatever they are.

    Raises UsageError for a code, severity, change or person that is not there; NoInputError where nothing is
    published.
    """
    run = published.needed(data)
    _check(wanted, run)
    parquet = run.folder / "tables" / "discrepancies.parquet"
    with files.temporary_folder() as spill:
        con = connect(spill)
        try:
            con.execute("SET preserve_insertion_order = true")
            where = _where(con, run, wanted)
            source = f"read_parquet({text(parquet)})"
            if output == "csv":
                path = spill / "findings.csv"
                write_csv(con.sql(f"SELECT * FROM {source} WHERE {where} ORDER BY {_ORDER}").pl(), path)
                printing.write_exactly(path.read_bytes().decode("utf-8-sig"))
            elif output == "json":
                printing.write_exactly(_json(con, source, where))
            else:
                _list(con, source, where, run)
            printing.say(_outcome(con, source, where, run))
        finally:
            con.close()
    return int(ExitCode.DONE)


def _json(con: Any, source: str, where: str) -> str:
    cells = ", ".join(
        f"strftime({name}, '%Y-%m-%dT%H:%M:%SZ') AS {name}" if name in _TIMES else name for name in CSV_COLUMNS
    )
    query = f"SELECT {cells} FROM {source} WHERE {where} ORDER BY {_ORDER}"
    return printing.rows_as_json(con.sql(query).pl())


def _outcome(con: Any, source: str, where: str, run: PublishedRun) -> str:
    query = f"SELECT severity, count(*) FROM {source} WHERE {where} GROUP BY severity"
    counted = dict(con.execute(query).fetchall())
    words = [f"{counted[word]:,} {word}" for word in SEVERITIES if word in counted]
    total = sum(counted.values())
    told = f"{total:,} finding{'' if total == 1 else 's'}" + (f" ({', '.join(words)})" if words else "")
    waived = con.execute(f"SELECT count(*) FROM {source} WHERE {where} AND state = 'waived'").fetchone()[0]
    return f"{told}{f', {waived:,} of them waived,' if waived else ''} in {published.greeting(run)}"


def _list(con: Any, source: str, where: str, run: PublishedRun) -> None:
    """Write the findings as text: one column of ready-made blocks, put one under the other."""
    rules = {rule.code: rule.summary for rule in load_rules(resources.sql() / "rules")}
    summaries = ", ".join(f"({text(code)}, {text(summary)})" for code, summary in rules.items())
    bold, plain = ("\x1b[1m", "\x1b[0m") if printing.has_colour() else ("", "")
    values = {
        "source": source,
        "where": f"{where} AND state <> 'waived'",
        "rejects": f"read_parquet({text(run.folder / 'tables' / 'rejects.parquet')})",
        "summaries": f"VALUES {summaries or '(NULL, NULL)'}",
        "bold": text(bold),
        "plain": text(plain),
        "controls": text(printing.CONTROLS),
        "cut": str(printing.width() - 6),
        "now": f"CAST({text(published.now().isoformat())} AS TIMESTAMP WITH TIME ZONE)",
        "most": str(SCREEN_FINDINGS if printing.is_terminal() else 2**31),
    }
    blocks = con.execute(_BLOCKS.format(**values)).fetchall()
    waived = _waived(con, source, where, run)
    printing.write("".join(block for (block,) in [*blocks, *waived]))
    if blocks or waived:
        printing.say("What one means and what to do: resultsday explain CODE")


def _waived(con: Any, source: str, where: str, run: PublishedRun) -> list[tuple[str]]:
    """The waived findings as blocks of text, under a head of their own."""
    path = run.folder / "tables" / "waived_findings.parquet"
    if not path.is_file():
        return []
    bold, plain = ("\x1b[1m", "\x1b[0m") if printing.has_colour() else ("", "")
    query = _WAIVED.format(
        source=source, where=where, waivers=f"read_parquet({text(path)})", controls=text(printing.CONTROLS)
    )
    blocks = con.execute(query).fetchall()
    return [(f"\n{bold}waived{plain}  {len(blocks):,} found, and settled until a day\n",), *blocks] if blocks else []


#: one text a waived finding
_WAIVED = """
SELECT
    chr(10) || '  ' || d.code || '  ' || regexp_replace(d.key, {controls}, ' ', 'g')
    || chr(10) || '    ' || regexp_replace(d.message, {controls}, ' ', 'g')
    || chr(10) || '    waived by ' || regexp_replace(w.waived_by, {controls}, ' ', 'g')
    || ' to the end of ' || w.expires_on
    || ' (' || w.waiver_id || '): ' || regexp_replace(w.reason, {controls}, ' ', 'g') || chr(10) AS block
FROM (SELECT * FROM {source} WHERE {where} AND state = 'waived') AS d
INNER JOIN {waivers} AS w ON w.fingerprint = d.fingerprint
ORDER BY d.severity_rank, d.code, d.key, d.fingerprint
"""

#: one text a finding, headed where it is the first of its severity and code; a follow-on comes after its root
_BLOCKS = """
WITH kept AS (SELECT * FROM {source} WHERE {where}),
summaries AS (SELECT * FROM ({summaries}) AS s(code, summary)),
led AS (
    SELECT
        k.*,
        r.fingerprint IS NOT NULL AS follows,
        coalesce(r.fingerprint, k.fingerprint) AS lead_fingerprint,
        coalesce(r.severity_rank, k.severity_rank) AS lead_rank,
        coalesce(r.code, k.code) AS lead_code,
        coalesce(r.key, k.key) AS lead_key
    FROM kept AS k
    LEFT JOIN kept AS r ON r.fingerprint = k.root
),
counted AS (
    SELECT
        *,
        dense_rank() OVER (PARTITION BY lead_rank, lead_code ORDER BY lead_key, lead_fingerprint) AS lead_place,
        row_number() OVER (
            PARTITION BY lead_rank, lead_code
            ORDER BY lead_key, lead_fingerprint, follows, severity_rank, code, key, fingerprint
        ) AS place,
        count(*) FILTER (NOT follows) OVER (PARTITION BY lead_rank, lead_code) AS leads,
        count(*) FILTER (NOT follows AND change <> 'continuing') OVER (PARTITION BY lead_rank, lead_code) AS fresh
    FROM led
),
spoken AS (
    SELECT
        *,
        repeat(' ', CASE WHEN follows THEN 6 ELSE 2 END) AS indent,
        regexp_replace(message, {controls}, ' ', 'g') AS clean_message,
        regexp_replace(key, {controls}, ' ', 'g') AS clean_key,
        regexp_replace(file, {controls}, ' ', 'g') AS clean_file,
        regexp_replace(evidence, {controls}, ' ', 'g') AS clean_evidence,
        regexp_replace(expected, {controls}, ' ', 'g') AS clean_expected
    FROM counted
    WHERE lead_place <= {most}
),
faults AS (
    SELECT file_id, line, min(column_name) AS column_name, min(column_from) AS column_from, min(column_to) AS column_to
    FROM {rejects}
    WHERE because = 'row'
    GROUP BY file_id, line
)
SELECT
    CASE WHEN place = 1 THEN
        CASE WHEN row_number() OVER all_of_it > 1 THEN chr(10) ELSE '' END
        || {bold} || severity || '  ' || s.code || {plain} || '  ' || format('{{:,}}', leads) || ' found'
        || CASE WHEN fresh = leads THEN ', none of them in the run before'
            WHEN fresh > 0 THEN ', ' || format('{{:,}}', fresh) || ' new or changed' ELSE '' END
        || CASE owner WHEN 'board' THEN '; the awarding body acts' WHEN 'mis' THEN '; to do in your own system'
            ELSE '; the centre acts' END
        || chr(10) || coalesce(m.summary || chr(10), '')
    ELSE '' END
    || chr(10) || indent || CASE WHEN follows THEN 'follows: ' || s.code || '  ' ELSE '' END || clean_key
    || CASE WHEN state <> 'open' THEN '  (' || state || ')' ELSE '' END
    || CASE WHEN embargo_until > {now} THEN '  RESTRICTED' ELSE '' END
    || CASE WHEN change <> 'continuing' AND fresh < leads THEN '  [' || change || ']' ELSE '' END
    || chr(10) || indent || '  ' || clean_message || chr(10)
    || CASE WHEN clean_file IS NOT NULL THEN
        indent || '  ' || clean_file || coalesce(':' || s.line, '') || chr(10) ELSE '' END
    || CASE WHEN clean_evidence IS NOT NULL THEN
        indent || '    ' || substr(clean_evidence, 1, {cut} - length(indent)) || chr(10) ELSE '' END
    || CASE WHEN s.code = 'row_rejected' AND x.column_to < {cut} - length(indent) THEN
        indent || '    ' || repeat(' ', x.column_from - 1) || repeat('^', x.column_to - x.column_from + 1)
        || CASE WHEN x.column_from = x.column_to THEN ' column ' || x.column_from
            ELSE ' columns ' || x.column_from || '–' || x.column_to END
        || coalesce(', ' || replace(x.column_name, '_', ' '), '') || chr(10) ELSE '' END
    || CASE WHEN clean_expected IS NOT NULL AND (s.code = 'row_rejected' OR starts_with(s.code, 'file_')) THEN
        indent || CASE WHEN s.code = 'file_refused' THEN '  why: ' ELSE '  expected: ' END || clean_expected
        || chr(10) ELSE '' END
    || CASE WHEN lead_place = {most} AND leads > {most} AND NOT follows THEN
        chr(10) || '  … and ' || format('{{:,}}', leads - {most}) || ' more; --format csv has them all' || chr(10)
    ELSE '' END AS block
FROM spoken AS s
LEFT JOIN summaries AS m ON m.code = s.code
LEFT JOIN faults AS x ON x.file_id = s.file_id AND x.line = s.line
WINDOW all_of_it AS (
    ORDER BY lead_rank, lead_code, lead_key, lead_fingerprint, follows, severity_rank, s.code, key, fingerprint
)
ORDER BY lead_rank, lead_code, lead_key, lead_fingerprint, follows, severity_rank, s.code, key, fingerprint
"""
