"""What the commands answer: status, findings, explain, query and its shell, and the two scaffolds."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from pipelines import files, resources
from pipelines.commands import explain, findings, printing, published, scaffold, shell
from pipelines.errors import DiskError, ExitCode, UsageError
from pipelines.publish import published as published_run
from pipelines.rules import Rule, load_rules
from pipelines.sealed import answer, sealed, statements
from pipelines.sql_lint import lint_file
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny

RULES = load_rules(resources.sql() / "rules")


def rows(*arguments: str) -> list[dict[str, str]]:
    """A command's CSV as records."""
    said = call(*arguments, "--data", tiny(), "--format", "csv")
    assert said.code == 0, said.err
    return list(csv.DictReader(io.StringIO(said.out, newline="")))


# status


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 minute"),
        (3_599, "59 minutes"),
        (3_600, "1 hour"),
        (86_399, "23 hours"),
        (86_400, "1 day"),
        (86_400 * 13, "13 days"),
        (86_400 * 14, "2 weeks"),
    ],
)
def test_age_is_told_in_words(seconds: int, words: str) -> None:
    then = datetime(2026, 8, 10, 7, 30, tzinfo=UTC)
    assert published.age(then, then + timedelta(seconds=seconds)) == words


def test_times_are_told_as_london_reads_them() -> None:
    assert published.clock(datetime(2026, 8, 10, 7, 0, tzinfo=UTC), 2026) == "Mon 10 Aug 08:00"
    assert published.clock(datetime(2027, 1, 14, 8, 0, tzinfo=UTC), 2026) == "Thu 14 Jan 2027 08:00"


def test_status_says_what_arrived_what_is_missing_and_what_is_open() -> None:
    told = json.loads(call("status", "--data", tiny(), "--format", "json").out)
    assert told["files"] == {"received": 4, "read": 3, "refused": 1, "repeated": 0, "ignored": 0}
    states = {(one["what"], one["series"]): one["state"] for one in told["file_board"]}
    assert states["EDI results, examined units", "6E26"] == "arrived"
    assert states["EDI results, awards 2026-07-01 to 2026-07-31", "9I25"] == "missing"
    due = {one["what"]: one["due"] for one in told["file_board"]}
    assert due["EDI results, awards 2026-07-01 to 2026-07-31"] == "2026-08-10T07:00:00Z"
    assert told["readiness"] == {"ready": 1, "hold": 4, "waiting": 0}
    found = rows("findings")
    for severity, counts in told["findings"].items():
        mine = [one for one in found if one["severity"] == severity and one["state"] == "open"]
        assert counts["roots"] == sum(not one["root"] for one in mine)
        assert counts["follow"] == sum(bool(one["root"]) for one in mine)


def test_status_tells_of_files_that_came_after_the_run(tmp_path: Path) -> None:
    run = published_run(tiny())
    assert run is not None
    data = tmp_path / "data"
    (data / "inbox").mkdir(parents=True)
    (data / "runs").mkdir()
    (data / "runs" / run.name).symlink_to(run.folder.resolve())
    files.switch_current(data, run.name)
    late = data / "inbox" / "late.csv"
    late.write_text("a\n", encoding="utf-8")
    os.utime(late, (published.started(run).timestamp() - 60,) * 2)
    assert "stale" not in call("status", "--data", data).out
    os.utime(late, (published.started(run).timestamp() + 60,) * 2)
    said = call("status", "--data", data)
    assert "1 file has come into" in said.out
    assert said.lines[-1] == "Run again before you rely on this."


def test_status_of_a_published_run_that_is_damaged_says_so(tmp_path: Path) -> None:
    run = published_run(tiny())
    assert run is not None
    folder = tmp_path / "runs" / run.name
    folder.mkdir(parents=True)
    (folder / "run.json").write_bytes((run.folder / "run.json").read_bytes())
    (folder / "results.duckdb").write_bytes(b"not a database at all")
    files.switch_current(tmp_path, run.name)
    said = call("status", "--data", tmp_path)
    assert said.code == ExitCode.DISK
    assert "cannot be opened" in said.err


# findings


def test_findings_are_the_published_ones_and_filters_take_away_exactly_the_others() -> None:
    every = rows("findings")
    assert [one["severity"] for one in every] == sorted(
        (one["severity"] for one in every), key=["error", "warning", "info"].index
    )
    asked: list[tuple[list[str], str, str]] = [
        (["--code", "missing_uci"], "code", "missing_uci"),
        (["--severity", "info"], "severity", "info"),
        (["--centre", "99999"], "centre_number", "99999"),
        (["--change", "new"], "change", "new"),
    ]
    for arguments, column, value in asked:
        kept = [one for one in every if one[column] == value]
        assert rows("findings", *arguments) == kept
        assert kept
    assert rows("findings", "--centre", "99998") == []
    both = rows("findings", "--code", "missing_uci", "--code", "grades_conflict")
    assert {one["code"] for one in both} == {"missing_uci", "grades_conflict"}


@pytest.mark.parametrize("number", ["4180", "00004999", "999990254180A", "999990254180a"])
def test_a_person_is_found_by_any_number_they_go_by(number: str) -> None:
    found = rows("findings", "--person", number)
    assert {one["candidate_number"] for one in found} == {"4180"}
    assert "duplicate_candidate_number" in {one["code"] for one in found}


def test_a_number_that_nobody_has_is_not_repeated() -> None:
    said = call("findings", "--data", tiny(), "--person", "999990259999Z")
    assert said.code == ExitCode.USAGE
    assert "999990259999Z" not in said.err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--code", "grade_conflict"], "grades_conflict"),
        (["--severity", "Warnings"], "warning"),
        (["--severity", "fatal"], "error, info, warning"),
        (["--change", "news"], "new"),
        (["--change", "resolved"], "finding_history"),
    ],
)
def test_a_word_that_is_not_there_is_answered_with_the_nearest(arguments: list[str], hint: str) -> None:
    said = call("findings", "--data", tiny(), *arguments)
    assert said.code == ExitCode.USAGE
    assert hint in said.err


def test_a_finding_as_text_is_its_message_then_file_and_line_then_the_line_as_it_came() -> None:
    lines = call("findings", "--data", tiny(), "--code", "row_rejected").lines
    assert lines[0].startswith("error  row_rejected  1 found")
    place = next(number for number, line in enumerate(lines) if line.strip() == "R9999972.X01:7")
    assert "unknown result type" in lines[place - 1]
    assert lines[place + 1].strip().startswith("R5999990042")


def test_what_follows_stands_beneath_its_root_and_alone_where_the_root_is_filtered_out() -> None:
    text = call("findings", "--data", tiny()).out
    root, follow = text.index("99999·0777\n"), text.index("follows: missing_from_edi  99999·0777")
    assert root < follow < text.index("99999·0808\n")
    alone = call("findings", "--data", tiny(), "--code", "missing_from_edi").out
    assert "follows:" not in alone
    assert "missing_from_edi  1 found" in alone


def test_evidence_is_cut_to_the_screen_and_the_csv_is_not() -> None:
    lines = call("findings", "--data", tiny(), "--code", "missing_uci", env={"COLUMNS": "70"}).lines
    evidence = [line for line in lines if line.strip().startswith("99999,00000777")]
    assert evidence
    assert all(len(line) <= 70 for line in evidence)
    (whole,) = [one for one in rows("findings", "--code", "missing_uci") if one["candidate_number"] == "0777"]
    assert whole["evidence"].endswith("6E26,10/08/2026")


def test_the_csv_is_that_of_the_report_without_its_mark() -> None:
    report = tiny() / "current" / "reports" / "discrepancies.csv"
    said = call("findings", "--data", tiny(), "--format", "csv")
    assert said.out.encode() == report.read_bytes().removeprefix(b"\xef\xbb\xbf")


def test_a_file_that_is_an_attack_on_the_terminal_arrives_as_spaces() -> None:
    frame = pl.DataFrame({"raw": ["a\x1b[2Jb\u202ec\x07d", None]})
    assert printing.cleaned(frame)["raw"].to_list() == ["a [2Jb c d", ""]
    assert printing.table_lines(frame) == ["raw", "----------", "a [2Jb c d", ""]


def test_the_nearest_of_a_word_is_named_and_a_known_word_passes() -> None:
    findings.one_of("missing_uci", ["missing_uci"], "code")
    with pytest.raises(UsageError, match="Did you mean missing_uci"):
        findings.one_of("Missing-UCIs", ["missing_uci", "grades_conflict"], "code")


# explain


def a_rule(code: str, summary: str, *wording: str) -> Rule:
    """A rule with these words and nothing else to find it by."""
    base = next(rule for rule in RULES if rule.code == "missing_uci")
    fields = {**vars(base), "code": code, "summary": summary, "wording": wording, "why": "-", "message": "-"}
    return Rule(**fields)


SOME = [
    a_rule("result_without_entry", "A result is here for which no entry is.", "E2", "Results not matched by an entry"),
    a_rule("grades_conflict", "Two carriers give two grades.", "E5", "Results which differ from a previous import"),
    a_rule("marks_conflict", "Two carriers give two marks.", "E5"),
    a_rule("missing_uci", "No source gives a UCI.", "Record contains no UCI"),
    a_rule("shared_uci", "One UCI stands against two people."),
]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("result_without_entry", ["result_without_entry"]),
        ("RESULT WITHOUT ENTRY", ["result_without_entry"]),
        ("E2", ["result_without_entry"]),
        ("e2", ["result_without_entry"]),
        ("E2: Results not matched by an entry", ["result_without_entry"]),
        ("results not matchd by an entry", ["result_without_entry"]),
        ("E5", ["grades_conflict", "marks_conflict"]),
        ("mising_uci", ["missing_uci"]),
        ("uci", ["missing_uci", "shared_uci"]),
        ("grades", ["grades_conflict"]),
        ("quite another thing", []),
        ("  ", []),
    ],
)
def test_a_discrepancy_is_found_by_its_code_or_by_anybodys_words(words: str, codes: list[str]) -> None:
    assert [rule.code for rule in explain.matching(words, SOME)] == codes


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_every_rule_is_found_by_its_code_and_among_those_of_each_of_its_wordings(rule: Rule) -> None:
    assert [one.code for one in explain.matching(rule.code, RULES)] == [rule.code]
    for words in rule.wording:
        assert rule.code in [one.code for one in explain.matching(words, RULES)]


def test_the_page_of_a_rule_says_all_that_its_file_says() -> None:
    rule = next(rule for rule in RULES if rule.code == "missing_uci")
    page = " ".join(call("explain", "missing_uci").out.split())
    for words in (rule.summary, rule.why, rule.action, rule.source, *rule.wording, rule.population, rule.file.query):
        assert " ".join(words.split()) in page
    assert "error" in page


def test_explain_counts_what_is_open_where_a_run_is_published(tmp_path: Path) -> None:
    assert "2 open" in call("explain", "missing_uci", "--data", tiny()).out
    assert "open" not in call("explain", "missing_uci", "--data", tmp_path).out.split("Why it happens")[0]
    (told,) = json.loads(call("explain", "missing_uci", "--data", tiny(), "--format", "json").out)
    assert told["findings"] == {"open": 2}


def test_explain_says_why_a_rule_was_not_evaluated() -> None:
    ran = rows("query", "SELECT code, reason FROM rules_run WHERE status = 'not_evaluated' AND centre_number = 'all'")
    said = call("explain", ran[0]["code"], "--data", tiny())
    assert " ".join(f"not evaluated: {ran[0]['reason']}".split()) in " ".join(said.out.split())


# query


def test_a_question_is_answered_as_text_of_every_type_null_as_blank() -> None:
    sql = """SELECT '0042' AS n, CAST(NULL AS INTEGER) AS nothing, TIMESTAMPTZ '2026-08-10 07:00:00+00' AS at,
        CAST(1.5 AS DECIMAL(7, 2)) AS mark, DATE '2026-08-10' AS day, TRUE AS yes, '6E26' AS series"""
    (row,) = rows("query", sql)
    assert row == {
        "n": "0042",
        "nothing": "",
        "at": "2026-08-10 08:00:00+01",
        "mark": "1.50",
        "day": "2026-08-10",
        "yes": "true",
        "series": "6E26",
    }
    (told,) = json.loads(call("query", sql, "--data", tiny(), "--format", "json").out)
    assert told["nothing"] is None
    assert told["n"] == "0042"
    assert call("query", sql, "--data", tiny()).lines[2].split() == [
        value for value in row.values() if value for value in value.split()
    ]


def test_sql_may_be_text_a_file_or_stdin(tmp_path: Path) -> None:
    path = tmp_path / "mine.sql"
    path.write_text("SELECT 'from file' AS a -- a comment\n", encoding="utf-8")
    assert rows("query", str(path)) == [{"a": "from file"}]
    assert rows("query", "SELECT 'text' AS a") == [{"a": "text"}]
    assert "piped" in call("query", "-", "--data", tiny(), stdin="SELECT 'piped' AS a").out
    missing = call("query", "gone.sql", "--data", tiny())
    assert missing.code == ExitCode.USAGE
    assert "no file gone.sql" in missing.err


def test_several_statements_are_all_run_and_the_last_one_is_the_csv() -> None:
    assert rows("query", "SELECT 1 AS a; SELECT 2 AS b") == [{"b": "2"}]
    said = call("query", "SELECT 'one' AS a; SELECT 'two' AS b", "--data", tiny())
    assert "one" in said.out
    assert "two" in said.out


def test_the_answer_says_on_stderr_which_run_gave_it() -> None:
    said = call("query", "SELECT 1 AS a", "--data", tiny())
    run = published_run(tiny())
    assert run is not None
    assert f"run {run.name}, " in said.err
    assert "as of Mon 10 Aug 08:30" in said.err
    assert said.err.rstrip().endswith("1 row")


def test_a_fault_of_the_sql_is_one_line_and_a_caret_beneath_the_place() -> None:
    said = call("query", "SELECT surname, nmae FROM candidates", "--data", tiny())
    assert said.code == ExitCode.USAGE
    fault, line, caret = said.err.splitlines()[1:]
    assert "nmae" in fault
    assert line.startswith("LINE 1: SELECT surname, nmae")
    assert line[caret.index("^") :].startswith("nmae")
    assert said.out == ""


def test_a_fault_of_a_value_does_not_show_the_value() -> None:
    said = call("query", "SELECT CAST(surname AS INTEGER) FROM candidates ORDER BY surname", "--data", tiny())
    assert said.code == ExitCode.USAGE
    assert "Nightingrove" not in said.err


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine AS SELECT 1",
        "DELETE FROM candidates",
        "UPDATE candidates SET surname = 'x'",
        "DROP TABLE candidates",
        "COPY candidates TO '{there}'",
        "COPY (SELECT 1) TO '{there}' (FORMAT parquet)",
        "EXPORT DATABASE '{there}'",
        "ATTACH '{there}' AS other",
        "SELECT * FROM read_csv('{here}')",
        "SELECT * FROM read_text('{here}')",
        "SELECT * FROM '{here}'",
        "SELECT * FROM glob('*')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET memory_limit = '100GB'",
        "RESET memory_limit",
        "SELECT * FROM said",
        "SELECT * FROM frame",
        "CREATE SECRET s (TYPE s3)",
        "CREATE PERSISTENT SECRET s (TYPE http)",
    ],
)
def test_a_question_reaches_nothing_but_the_run_and_changes_nothing(sql: str, tmp_path: Path) -> None:
    here, there = tmp_path / "here.csv", tmp_path / "there"
    here.write_text("secret\n1\n", encoding="utf-8")
    frame = pl.DataFrame({"secret": [1]})  # a variable, which a query must not see
    run = published_run(tiny())
    assert run is not None
    before = (run.folder / "results.duckdb").read_bytes()
    with sealed(run.folder) as con:
        for statement in statements(con, sql.format(here=here, there=there)):
            with pytest.raises(UsageError):
                answer(con, statement)
    assert not there.exists()
    assert (run.folder / "results.duckdb").read_bytes() == before
    assert sorted(path.name for path in run.folder.iterdir() if path.name.startswith("results")) == ["results.duckdb"]
    assert frame.height == 1


def test_somebody_else_may_ask_while_a_question_is_open() -> None:
    run = published_run(tiny())
    assert run is not None
    query = "SELECT count(*) AS n FROM candidates"
    program = [sys.executable, "-m", "pipelines.cli", "query", query, "--format", "csv", "--data", str(tiny())]
    with sealed(run.folder) as con:
        assert answer(con, query).rows() == [("5",)]
        other = subprocess.run(program, capture_output=True, text=True, check=True)
    assert other.stdout.split() == ["n", "5"]


def test_a_run_without_its_database_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="cannot be opened"), sealed(tmp_path):
        pass


def test_a_question_that_needs_too_much_memory_is_told_so_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines import sealed as module

    monkeypatch.setitem(module._CONFIG, "memory_limit", "60MB")
    run = published_run(tiny())
    assert run is not None
    with sealed(run.folder) as con, pytest.raises(UsageError, match="needs more than"):
        answer(con, "SELECT DISTINCT md5(CAST(range AS VARCHAR)) AS a FROM range(3000000) ORDER BY a")
    assert [path.name for path in run.folder.iterdir() if path.name.startswith("results")] == ["results.duckdb"]


@pytest.mark.parametrize(
    ("sql", "complete"),
    [
        ("SELECT 1", False),
        ("SELECT 1;", True),
        ("SELECT 1;  \n", True),
        ("SELECT ';", False),
        ("SELECT ';'", False),
        ("SELECT ';';", True),
        ("SELECT 1 -- no end;", False),
        ("SELECT 1; -- an end", True),
        ("SELECT /* ; */ 1", False),
        ('SELECT 1 AS ";"', False),
        ("SELECT 'it''s';", True),
    ],
)
def test_a_statement_ends_at_a_semicolon_that_counts(sql: str, complete: bool) -> None:
    assert shell.is_complete(sql) is complete


def test_the_shell_takes_statements_over_several_lines_and_dot_commands_from_a_pipe() -> None:
    typed = "SELECT 'first'\n  AS a;\n\n.schema readiness\n.tables\n.questions\nSELECT 'last' AS b"
    said = call("query", "--data", tiny(), stdin=typed)
    assert said.code == ExitCode.DONE
    for word in ("first", "readiness", "results_by_carrier", "on_hold", "last"):
        assert word in said.out


def test_a_fault_in_the_shell_does_not_end_it_and_makes_the_code_2() -> None:
    said = call(
        "query", "--data", tiny(), stdin="SELECT nope;\n.nope\nSELECT 'still here' AS a;\n.quit\nSELECT 'never';\n"
    )
    assert said.code == ExitCode.USAGE
    assert "still here" in said.out
    assert "never" not in said.out
    assert "^" in said.err


def test_a_ready_question_runs_in_the_shell_too() -> None:
    said = call("query", "--data", tiny(), stdin=".question on_hold\n.quit\n")
    assert said.code == ExitCode.DONE
    assert "grades_conflict" in said.out


def test_asking_two_things_at_once_is_refused() -> None:
    assert call("query", "SELECT 1", "--list", "--data", tiny()).code == ExitCode.USAGE


def test_a_table_too_wide_for_the_screen_is_shown_a_row_a_block() -> None:
    frame = pl.DataFrame({"a_long_name": ["1", None], "b": ["x\ny", "z"]})
    assert printing.record_lines(frame) == ["a_long_name  1\nb            x y\n", "b            z\n"]


# scaffolds


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with nothing in it but the folders that scaffolds write to."""
    (tmp_path / "sql" / "rules").mkdir(parents=True)
    (tmp_path / "schemas" / "formats").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(resources, "sql", lambda: tmp_path / "sql")
    return tmp_path


def test_a_new_rule_is_a_file_that_loads_and_that_the_linter_refuses_until_it_is_filled(checkout: Path) -> None:
    said = call("new-rule", "grade_in_wrong_ink")
    path = checkout / "sql" / "rules" / "grade_in_wrong_ink.sql"
    assert said.code == ExitCode.DONE
    assert said.lines == [str(path)]
    (rule,) = load_rules(path.parent)
    assert rule.code == "grade_in_wrong_ink"
    (message,) = [one for one in lint_file(path, "rules") if "FILL IN" in one.what]
    assert "take the words out" in message.todo


def test_a_new_rule_fails_its_speaking_case_until_its_query_is_written(checkout: Path) -> None:
    from tests.rule_cases import read_cases

    call("new-rule", "grade_in_wrong_ink")
    (rule,) = load_rules(checkout / "sql" / "rules")
    speaking, silent = read_cases(rule.file.cases)
    assert speaking.tables["speaks"]
    assert silent.silent
    assert "FALSE AS speaks" in rule.file.query


@pytest.mark.parametrize("name", ["Grade", "2grades", "a-b", "../evil", "a__b", "_a", "a_", "", "x" * 49, "con/x"])
def test_a_name_that_will_not_do_is_refused(name: str, checkout: Path) -> None:
    with pytest.raises(UsageError, match="no name"):
        scaffold.new_rule(name)
    assert list((checkout / "sql" / "rules").iterdir()) == []


def test_a_rule_or_format_that_is_there_is_not_overwritten(checkout: Path, tmp_path: Path) -> None:
    sample = tmp_path / "sample.csv"
    sample.write_text("Cand No,Grade\n0042,A\n", encoding="utf-8")
    for command in (["new-rule", "one"], ["new-format", "one", str(sample)]):
        assert call(*command).code == ExitCode.DONE
        again = call(*command)
        assert again.code == ExitCode.USAGE
        assert "there already" in again.err


def test_a_format_drafted_from_a_header_has_every_column_as_text_and_no_row(checkout: Path, tmp_path: Path) -> None:
    sample = tmp_path / "sample.csv"
    sample.write_bytes('Cand. No;"Name; full";Grade;;Grade\n0042;Quillfeather;A;;B\n'.encode("cp1252"))
    assert call("new-format", "other_board_csv", sample).code == ExitCode.DONE
    text = (checkout / "schemas" / "formats" / "other_board_csv.toml").read_text(encoding="utf-8")
    drafted = tomllib.loads(text)
    assert drafted["shape"] == "delimited"
    assert [(one["name"], one["headers"], one["decode"]) for one in drafted["columns"]] == [
        ("cand_no", ["Cand. No"], "text"),
        ("name_full", ["Name; full"], "text"),
        ("grade", ["Grade"], "text"),
        ("grade_2", ["Grade"], "text"),
    ]
    assert "Quillfeather" not in text
    assert "0042" not in text


def test_a_format_drafted_from_fixed_width_lines_counts_the_records_and_guesses_nothing(
    checkout: Path, tmp_path: Path
) -> None:
    sample = tmp_path / "sample.txt"
    sample.write_text("X1HEAD\nX5AAAAAAAA\nX5BBBB\nX9\n", encoding="utf-8")
    assert call("new-format", "other_board_lines", sample).code == ExitCode.DONE
    text = (checkout / "schemas" / "formats" / "other_board_lines.toml").read_text(encoding="utf-8")
    drafted = tomllib.loads(text)
    assert (drafted["shape"], drafted["data_type"], drafted["body"]) == ("fixed_width", "X", "5")
    assert "record X5: 2 lines, up to 10 characters" in text
    assert drafted["columns"] == [{"name": "rest", "start": 3, "width": 8, "decode": "text", "sure": "ours"}]
    assert "AAAA" not in text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no text"),
        (b"<Root/>", "XML"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"one column\nvalue\n", "neither a header"),
        (b"0042,Quillfeather,16/05/2008\n", "looks like a row"),
    ],
)
def test_a_sample_that_cannot_be_drafted_is_refused_in_words(
    content: bytes, why: str, checkout: Path, tmp_path: Path
) -> None:
    sample = tmp_path / "sample"
    sample.write_bytes(content)
    said = call("new-format", "some_format", sample)
    assert said.code == ExitCode.USAGE
    assert why in said.err
    assert list((checkout / "schemas" / "formats").iterdir()) == []


def test_scaffolds_refuse_an_installed_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sql" / "rules").mkdir(parents=True)
    monkeypatch.setattr(resources, "sql", lambda: tmp_path / "sql")
    said = call("new-rule", "some_rule")
    assert said.code == ExitCode.USAGE
    assert "checkout" in said.err
