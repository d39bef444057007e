"""What `resultsday diff` says: the tables of a comparison as text, CSV or JSON.

Takes the connection that `pipelines/compare.py` filled; writes to stdout, and the outcome to stderr. The first line
sums it up. Rows are spelled in SQL, a text a line, so that a great many cost no more than a few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import moves
from pipelines.commands import printing, published
from pipelines.compare import OF_THE_WEEK
from pipelines.database import text
from pipelines.manifest import DIRECTIONS

if TYPE_CHECKING:
    from pipelines.publish import PublishedRun

#: lines of one part shown on a screen; off a screen there is no limit
SCREEN_LINES = 100

#: the rule that says which manual change a file contradicts
MANUAL = "manual_change_overwritten"

COLUMNS = (
    "part", "change", "severity", "code", "centre_number", "person_id", "candidate_number", "ocr_candidate_number",
    "uci", "surname", "forenames", "series", "qualification_code", "unit_code", "option_code", "carrier", "compared",
    "before", "after", "message", "key", "fingerprint", "file", "line", "embargo_until",
)  # fmt: skip

_HEADS = {
    "up": "Up",
    "down": "Down",
    "other": "Changed, not on one scale",
    "new": "New",
    "withdrawn": "Withdrawn: gone from the later issue of their file",
}
_CARRIER = (
    "CASE carrier WHEN 'edi' THEN 'EDI' WHEN 'xml' THEN 'XML' WHEN 'achievement' THEN 'achievement report' "
    "ELSE 'marks report' END"
)

#: a student's head and a line for each result beneath; one row a line of text
_RESULTS = """
WITH told AS (
    SELECT
        c.centre_number, c.person_id, c.series, c.carrier, c.window_from, c.file_id, c.line, c.previous_file_id,
        c.previous_line, c.is_older, c.embargo_until, c.kind,
        coalesce(c.unit_code, CASE WHEN c.is_technical THEN c.qualification_code END, c.option_code) AS item,
        max(CASE WHEN c.compared = 'grade' THEN coalesce(c.before, 'no grade') || ' → ' || coalesce(c.after, 'no grade')
            WHEN c.compared = 'result' THEN coalesce(c.after, c.before, 'without a grade') END) AS grade,
        max(CASE WHEN c.compared = 'mark' THEN
            'mark ' || coalesce(regexp_replace(c.before, '\\.?0+$', ''), 'none') || ' → '
            || coalesce(regexp_replace(c.after, '\\.?0+$', ''), 'none') END) AS mark,
        max(CASE WHEN c.compared = 'absence' THEN c.before || ' → ' || c.after END) AS absence
    FROM changes AS c
    GROUP BY ALL
),
named AS (
    SELECT
        t.*,
        concat_ws(', ', p.surname, p.forenames) AS name,
        concat_ws(' · ', p.candidate_number, p.ocr_candidate_number) AS numbers,
        coalesce(n.name, b.name, t.file_id) || coalesce(':' || t.line, '') AS place
    FROM told AS t
    INNER JOIN changed_results AS r
        ON r.centre_number = t.centre_number AND r.person_id = t.person_id AND r.series = t.series AND r.item = t.item
        AND r.direction = {direction}
    LEFT JOIN diff_people AS p ON p.centre_number = t.centre_number AND p.person_id = t.person_id
    LEFT JOIN files AS n ON n.file_id = t.file_id
    LEFT JOIN previous_files AS b ON b.file_id = t.file_id
),
placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY centre_number, person_id
            ORDER BY series, item, window_from, carrier, kind, file_id, line, previous_file_id, previous_line
        ) AS place_in_student
    FROM named
)
SELECT
    CASE WHEN place_in_student = 1 THEN
        '  ' || coalesce(nullif(regexp_replace(name, {controls}, ' ', 'g'), ''), 'Name not known') || '  ' || numbers
        || CASE WHEN {centres} > 1 THEN '  centre ' || centre_number ELSE '' END || chr(10)
    ELSE '' END
    || '    ' || item || ' in ' || series || ': ' || concat_ws(', ', grade, mark, absence)
    || '  (' || {carrier} || ', ' || regexp_replace(place, {controls}, ' ', 'g') || ')'
    || CASE WHEN is_older THEN '  the older file stands again' ELSE '' END
    || CASE WHEN embargo_until > {now} THEN '  RESTRICTED' ELSE '' END AS line
FROM placed
ORDER BY name NULLS LAST, centre_number, person_id, place_in_student
"""

_FINDINGS = """
SELECT
    '  ' || severity || '  ' || code || '  ' || regexp_replace(key, {controls}, ' ', 'g')
    || CASE WHEN root IS NOT NULL THEN '  (follows from another)' ELSE '' END
    || CASE WHEN state <> 'open' THEN '  (' || state || ')' ELSE '' END
    || CASE WHEN embargo_until > {now} THEN '  RESTRICTED' ELSE '' END
    || chr(10) || '      ' || regexp_replace(message, {controls}, ' ', 'g') AS line
FROM diff_findings
WHERE {where}
ORDER BY severity_rank, code, key, fingerprint
"""

_FILES = """
SELECT
    '  ' || regexp_replace(name, {controls}, ' ', 'g') || coalesce('  ' || kind, '') || coalesce('  ' || series, '')
    || CASE
        WHEN change = 'gone' AND results_unsaid > 0 THEN '  ' || results_unsaid
            || CASE WHEN results_unsaid = 1 THEN ' result of it is' ELSE ' results of it are' END || ' in no file here'
        WHEN change = 'gone' AND is_missed THEN '  nothing here covers what it covered'
        WHEN status = 'superseded' AND other_name IS NOT NULL AND change <> 'gone'
            THEN '  replaced by ' || regexp_replace(other_name, {controls}, ' ', 'g')
        WHEN status IN ('refused', 'truncated') THEN '  ' || status
        ELSE '' END AS line
FROM diff_files
WHERE change = {change}
ORDER BY name, file_id
"""

_ROWS = """
SELECT {listed} FROM (
    SELECT
        'result' AS part, c.direction AS change, CAST(NULL AS VARCHAR) AS severity, CAST(NULL AS VARCHAR) AS code,
        c.centre_number, c.person_id, p.candidate_number, p.ocr_candidate_number, p.uci, p.surname, p.forenames,
        c.series, c.qualification_code, c.unit_code, c.option_code, c.carrier, c.compared, c.before, c.after,
        CAST(NULL AS VARCHAR) AS message, CAST(NULL AS VARCHAR) AS key, CAST(NULL AS VARCHAR) AS fingerprint,
        coalesce(n.name, c.file_id) AS file, CAST(c.line AS VARCHAR) AS line,
        strftime(c.embargo_until, '%Y-%m-%dT%H:%M:%SZ') AS embargo_until,
        1 AS part_rank
    FROM changes AS c
    LEFT JOIN diff_people AS p ON p.centre_number = c.centre_number AND p.person_id = c.person_id
    LEFT JOIN files AS n ON n.file_id = c.file_id
    UNION ALL
    SELECT
        CASE WHEN code = {manual} THEN 'manual_change' ELSE 'finding' END, change, severity, code,
        centre_number, person_id, candidate_number, ocr_candidate_number, uci, surname, forenames,
        series, qualification_code, unit_code, option_code, NULL, NULL, NULL, NULL,
        message, key, fingerprint, file, CAST(line AS VARCHAR),
        strftime(embargo_until, '%Y-%m-%dT%H:%M:%SZ'), CASE WHEN code = {manual} THEN 2 ELSE 3 END
    FROM diff_findings
    WHERE code NOT IN ({week}) AND (change <> 'continuing' OR code = {manual})
    UNION ALL
    SELECT
        'file', change, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, series, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, CASE WHEN is_missed THEN 'nothing here says all that it said' ELSE other_name END, NULL, NULL,
        name, NULL, NULL, 4
    FROM diff_files
) AS every
ORDER BY part_rank, centre_number NULLS FIRST, surname NULLS LAST, forenames NULLS LAST, person_id NULLS FIRST, series,
    unit_code, qualification_code, option_code, carrier, compared, change, code, key, file, line, before, after
"""


def _values() -> dict[str, str]:
    return {
        "controls": text(printing.CONTROLS),
        "now": f"CAST({text(published.now().isoformat())} AS TIMESTAMP WITH TIME ZONE)",
        "carrier": _CARRIER,
        "manual": text(MANUAL),
        "week": ", ".join(map(text, OF_THE_WEEK)),
    }


def _counts(con: Any) -> dict[str, dict[str, int]]:
    """How many of each kind: results by direction, findings and files by what became of them, manual changes."""
    values = _values()
    results = dict(con.execute("SELECT direction, count(*) FROM changed_results GROUP BY direction").fetchall())
    findings = dict(
        con.execute(
            f"SELECT change, count(*) FROM diff_findings WHERE code NOT IN ({values['week']}, {values['manual']}) "
            "GROUP BY change"
        ).fetchall()
    )
    moved = dict(con.execute("SELECT change, count(*) FROM diff_files GROUP BY change").fetchall())
    manual = con.execute(
        f"SELECT count(*) FROM diff_findings WHERE code = {values['manual']} AND change <> 'resolved' "
        "AND severity = 'error'"
    ).fetchone()[0]
    order = ("new", "changed", "reopened", "resolved", "continuing")
    return {
        "results": {word: int(results.get(word, 0)) for word in DIRECTIONS},
        "findings": {word: int(findings.get(word, 0)) for word in order},
        "files": {word: int(moved.get(word, 0)) for word in ("came", "replaced", "gone")},
        "manual_changes": {"lost": int(manual)},
    }


def summary(counts: dict[str, dict[str, int]]) -> str:
    """The one line that comes first."""
    findings, moved = counts["findings"], counts["files"]
    told = moves.in_words(counts["results"], counts["manual_changes"]["lost"])
    words = [f"{findings[word]:,} {word}" for word in ("new", "changed", "reopened", "resolved") if findings[word]]
    told += f" | findings: {', '.join(words) or 'none new'}"
    return f"{told} | files: {moved['came']:,} in, {moved['gone']:,} out"


def nothing(output: str) -> str:
    """The empty answer for programs, where there is no run to compare with."""
    if output == "csv":
        return ",".join(COLUMNS) + "\r\n"
    return printing.as_json({"before": None, "after": None, "summary": None, "rows": []})


def write(con: Any, before: PublishedRun, after: PublishedRun, output: str, is_preview: bool) -> None:
    """Write the comparison as asked for, and say the outcome."""
    counts = _counts(con)
    if output == "text":
        _write_text(con, before, after, counts, is_preview)
    else:
        _write_rows(con, before, after, counts, output, is_preview)
    missed = con.execute("SELECT count(*) FROM diff_files WHERE change = 'gone' AND is_missed").fetchone()[0]
    printing.say(_outcome(counts, is_preview, bool(missed)))


def _name(run: PublishedRun, year: int) -> str:
    from datetime import datetime

    return f"run {run.name}, as of {published.clock(datetime.fromisoformat(run.manifest['as_of']), year)}"


def _part(con: Any, head: str, query: str) -> None:
    """A head, and beneath it the lines of a query; nothing where there are none."""
    con.execute(query)
    lines = con.fetchmany(SCREEN_LINES) if printing.is_terminal() else con.fetchall()
    if not lines:
        return
    bold, plain = ("\x1b[1m", "\x1b[0m") if printing.has_colour() else ("", "")
    printing.write(f"\n{bold}{head}{plain}\n" + "".join(f"{line}\n" for (line,) in lines))
    if len(lines) == SCREEN_LINES and printing.is_terminal():
        printing.write("  … the rest is in --format csv\n")


def _write_text(
    con: Any, before: PublishedRun, after: PublishedRun, counts: dict[str, dict[str, int]], is_preview: bool
) -> None:
    year, values = published.now().year, _values()
    latter = "these files" if is_preview else _name(after, year)
    sample = "SAMPLE " if after.manifest.get("is_sample") else ""
    printing.write(f"{summary(counts)}\n{sample}from {_name(before, year)}, to {latter}\n")
    centres = con.execute("SELECT count(DISTINCT centre_number) FROM centres").fetchone()[0]
    for direction, head in _HEADS.items():
        query = _RESULTS.format(**values, direction=text(direction), centres=centres)
        _part(con, f"{head}: {counts['results'][direction]:,}", query)
    manual = f"code = {values['manual']} AND change <> 'resolved'"
    _part(con, "Manual changes that this week's files touch", _FINDINGS.format(**values, where=manual))
    for change in ("new", "changed", "reopened", "resolved"):
        where = f"change = {text(change)} AND code NOT IN ({values['week']}, {values['manual']})"
        head = f"Findings {change}: {counts['findings'][change]:,}"
        _part(con, head, _FINDINGS.format(**values, where=where))
    for change, head in (("came", "Files in"), ("replaced", "Files replaced by a later issue"), ("gone", "Files out")):
        _part(con, f"{head}: {counts['files'][change]:,}", _FILES.format(**values, change=text(change)))


def _write_rows(
    con: Any,
    before: PublishedRun,
    after: PublishedRun,
    counts: dict[str, dict[str, int]],
    output: str,
    is_preview: bool,
) -> None:
    """One row a change: as CSV, or as JSON beside the counts."""
    import polars as pl

    rows = con.execute(_ROWS.format(**_values(), listed=", ".join(COLUMNS))).fetchall()
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    if output == "csv":
        # what a spreadsheet might run is marked as text
        guarded = [
            pl.when(pl.col(name).str.contains(r"^[=+@\t\r-]"))
            .then("'" + pl.col(name))
            .otherwise(pl.col(name))
            .alias(name)
            for name in ("surname", "forenames", "before", "after", "message", "key", "file")
        ]
        printing.write_exactly(printing.rows_as_csv(frame.with_columns(guarded)))
        return
    told = {
        "before": before.name,
        "after": None if is_preview else after.name,
        "is_preview": is_preview,
        "summary": counts,
        "rows": frame.to_dicts(),
    }
    printing.write_exactly(printing.as_json(told))


def _outcome(counts: dict[str, dict[str, int]], is_preview: bool, misses: bool) -> str:
    moved = sum(counts["results"].values())
    what = "No result changed." if not moved else f"{moved:,} result{'' if moved == 1 else 's'} changed."
    if not is_preview:
        return what
    # a file that a newer one was saved over is missed by nobody
    hint = " Files of that run are not among these: name their folder too, --inbox for each." if misses else ""
    return f"{what} Nothing was published.{hint}"
