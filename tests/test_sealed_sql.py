"""Over 130 ways out of a question, all shut: files, the network, settings, secrets, extensions, the environment.

Each is asked as a person would ask it, of a copy of a published run, from a folder with something to steal in it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.errors import DiskError, ExitCode
from pipelines.publish import PublishedRun
from pipelines.publish import published as published_run
from pipelines.sealed import sealed
from tests.cli_helpers import CANARIES, Said, call
from tests.cli_helpers import published as tiny

SECRET = "wrenfallow"
ENVIRONMENT = {
    "OFFICE_TOKEN": SECRET,
    "HTTP_PROXY": f"http://office:{SECRET}@proxy.invalid:8080",
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "HOME": f"/nowhere/{SECRET}",
}
SHUT = "Cannot access|has been disabled|external extensions is disabled|LOAD is refused"
REFUSED = "is refused (statement "
LOCKED = "the configuration has been locked"
ABSENT = "does not exist|is not in the catalog|No function matches|requires a subquery"
READ_ONLY = "read-only|Only TEMPORARY|Cannot create non-temporary|Schema with name"

#: what is asked, and what the refusal says; {here} a file, {there} a place without one, {db} the database asked
ESCAPES: dict[str, tuple[str, str]] = {
    sql: (sql, said)
    for said, several in {
        REFUSED: (
            "COPY candidates TO '{there}'",
            "COPY (SELECT 1) TO '{there}' (FORMAT parquet)",
            "COPY (SELECT 1) TO '{db}'",
            "COPY (SELECT 1) TO '{db}.wal'",
            "COPY (SELECT 1) TO '/dev/stdout'",
            "COPY candidates FROM '{here}'",
            "copy\n(select 1)\nto '{there}'",
            "/* SELECT */ COPY (SELECT 1) TO '{there}' -- SELECT",
            "SELECT 1; COPY (SELECT 1) TO '{there}'",
            "COPY FROM DATABASE results TO memory",
            "EXPORT DATABASE '{there}'",
            "IMPORT DATABASE '{there}'",
            "ATTACH '{there}' AS other",
            "ATTACH '{db}' AS again",
            "ATTACH '{db}' AS again (READ_ONLY)",
            "ATTACH IF NOT EXISTS '{db}' AS again",
            "ATTACH '{foreign}' AS other (READ_ONLY)",
            "ATTACH ':memory:' AS other",
            "ATTACH 'https://example.invalid/a.duckdb' AS other",
            "DETACH results",
            "INSTALL httpfs",
            "FORCE INSTALL httpfs FROM community",
            "INSTALL '{there}.duckdb_extension'",
            "LOAD httpfs",
            "LOAD json",
            "LOAD '{there}.duckdb_extension'",
            "UPDATE EXTENSIONS",
            "UPDATE EXTENSIONS (httpfs)",
            "SET enable_external_access = true",
            "SET GLOBAL enable_external_access = true",
            "SET lock_configuration = false",
            "SET disabled_filesystems = ''",
            "SET allowed_directories = ['/']",
            "SET allowed_paths = ['{here}']",
            "SET memory_limit = '100GB'",
            "SET threads = 64",
            "SET temp_directory = '{there}'",
            "SET secret_directory = '{there}'",
            "SET file_search_path = '/'",
            "SET python_enable_replacements = true",
            "SET python_scan_all_frames = true",
            "SET allow_unsigned_extensions = true",
            "SET search_path = 'temp'",
            "SET TimeZone = 'UTC'",
            "SET -- VARIABLE\n threads = 64",
            "RESET enable_external_access",
            "RESET lock_configuration",
            "USE temp",
            "PRAGMA memory_limit = '100GB'",
            "PRAGMA enable_external_access = true",
            "PRAGMA database_list",
            "PRAGMA log_query_path = '{there}'",
            "PRAGMA profiling_output = '{there}'",
            "PRAGMA enable_profiling = 'json'",
            "PRAGMA json_execute_serialized_sql('{{}}')",
            "CALL enable_logging(storage = 'file', storage_path = '{there}')",
            "CALL truncate_duckdb_logs()",
            "PREPARE p AS COPY (SELECT 1) TO '{there}'",
            "PREPARE p AS SELECT * FROM read_text('{here}')",
            "EXECUTE p",
            "CREATE SECRET (TYPE http, BEARER_TOKEN 'x')",
            "CREATE OR REPLACE TEMPORARY SECRET s (TYPE http)",
            "CREATE PERSISTENT SECRET IF NOT EXISTS s (TYPE http)",
            "CREATE /* no */ SECRET s (TYPE http)",
            "DROP SECRET s",
            "DROP PERSISTENT SECRET IF EXISTS s",
            "CHECKPOINT;",
            "FORCE CHECKPOINT",
            "VACUUM candidates",
            "ANALYZE;",
        ),
        SHUT: (
            "WITH x AS (COPY (SELECT 1) TO '{db}.wal') SELECT * FROM x",
            "WITH x AS MATERIALIZED (COPY (SELECT 1) TO '{there}') SELECT 1",
            "EXPLAIN ANALYZE COPY (SELECT 1) TO '{db}.wal'",
            "EXPLAIN ANALYZE SELECT * FROM read_text('{here}')",
            "SELECT * FROM read_csv('{here}')",
            "SELECT * FROM read_csv_auto('{here}')",
            "SELECT * FROM sniff_csv('{here}')",
            "SELECT * FROM read_text('{here}')",
            "SELECT * FROM read_text(['{here}'])",
            "SELECT * FROM read_text('/proc/self/environ')",
            "SELECT * FROM read_blob('{here}')",
            "SELECT * FROM read_blob('{db}')",
            "SELECT * FROM read_json('{here}')",
            "SELECT * FROM read_json_auto('{here}')",
            "SELECT * FROM read_json_objects('{here}')",
            "SELECT * FROM read_ndjson('{here}')",
            "SELECT * FROM read_ndjson_objects('{here}')",
            "SELECT * FROM read_parquet('{parquet}')",
            "SELECT * FROM parquet_scan('{parquet}')",
            "SELECT * FROM parquet_metadata('{parquet}')",
            "SELECT * FROM parquet_schema('{parquet}')",
            "SELECT * FROM parquet_kv_metadata('{parquet}')",
            "SELECT * FROM read_duckdb('{foreign}')",
            "SELECT * FROM read_duckdb('{db}', table_name = 'candidates')",
            "SELECT * FROM '{here}'",
            'SELECT * FROM "{here}"',
            "FROM '{parquet}'",
            "SELECT * FROM glob('/*')",
            "SELECT * FROM read_csv('https://example.invalid/a.csv')",
            "SELECT * FROM 'https://example.invalid/a.parquet'",
            "SELECT * FROM read_csv('s3://bucket/a.csv')",
            "SELECT * FROM query('SELECT * FROM read_text(''{here}'')')",
            "SELECT * FROM query_table('{here}')",
            "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM read_text(''{here}'')'))",
            "CREATE TEMP TABLE mine AS SELECT * FROM read_text('{here}')",
            "CREATE TEMP VIEW mine AS SELECT * FROM read_text('{here}')",
            "CREATE TEMP MACRO mine() AS TABLE SELECT * FROM read_text('{here}'); FROM mine()",
            "SELECT * FROM duckdb_extensions()",
        ),
        LOCKED: ("SELECT * FROM enable_logging(storage = 'file', storage_path = '{there}')",),
        ABSENT: (
            "SELECT getenv('OFFICE_TOKEN')",
            "SET VARIABLE x = getenv('OFFICE_TOKEN')",
            "SELECT * FROM frame",
            "SELECT * FROM os",
            "SELECT * FROM sys.modules",
            "SELECT * FROM pandas_scan(1)",
            "SELECT * FROM arrow_scan(1, 2, 3)",
            "SELECT * FROM python_map_function()",
            "SELECT * FROM sqlite_scan('{here}', 't')",
            "SELECT * FROM postgres_scan('', '', '')",
            "SELECT * FROM st_read('{here}')",
            "SELECT * FROM read_xlsx('{here}')",
            "SELECT * FROM iceberg_scan('{there}')",
            "SELECT load_extension('x')",
            "SELECT pg_read_file('/etc/hostname')",
        ),
        READ_ONLY: (
            "CREATE TABLE mine AS SELECT 1",
            "CREATE TABLE temp.main.mine AS SELECT 1",
            "CREATE SCHEMA mine",
            "CREATE VIEW mine AS SELECT 1",
            "CREATE MACRO mine() AS 1",
            "CREATE INDEX i ON candidates (uci)",
            "INSERT INTO candidates SELECT * FROM candidates",
            "UPDATE candidates SET surname = 'x'",
            "DELETE FROM candidates",
            "TRUNCATE candidates",
            "DROP TABLE candidates",
            "ALTER TABLE candidates ADD COLUMN x INTEGER",
            "COMMENT ON TABLE candidates IS 'x'",
        ),
    }.items()
    for sql in several
}

#: what may be asked and must not tell: the answers are searched for the secret
TELLING = (
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM which_secret('s3://bucket', 's3')",
    "SELECT current_setting('http_proxy')",
    "SELECT current_setting('home_directory')",
    "SELECT current_setting('secret_directory')",
    "SELECT * FROM duckdb_logs()",
    "SELECT * FROM duckdb_databases()",
    "SELECT * FROM duckdb_temporary_files()",
    "SELECT * FROM pragma_user_agent()",
)

#: never ends, or would fill the machine
RUNAWAY = {
    "SELECT count(*) FROM range(100000000) AS a, range(100000000) AS b WHERE a.range % 7 = b.range % 11": "took longer",
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r": "took longer",
    "SELECT sum(hash(a.range, b.range)) FROM range(1000000) AS a, range(1000000) AS b": "took longer",
    "SELECT len(range(9000000000))": "not supported",
    "SELECT length(repeat('x', 9000000000))": "Out of Range",
    "SELECT " + "(" * 5_000 + "1" + ")" * 5_000: "depth",
    "SELECT " + "NOT " * 5_000 + "TRUE": "depth",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tiny centre's data folder, which nobody else asks."""
    copy = tmp_path_factory.mktemp("sealed") / "data"
    shutil.copytree(tiny(), copy, symlinks=True)
    return copy


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def of(data: Path) -> PublishedRun:
    run = published_run(data)
    assert run is not None
    return run


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below a folder, by what it holds."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


@pytest.fixture(scope="module")
def place(data: Path) -> Iterator[dict[str, str]]:
    """What the escapes reach for; when all have been tried, nothing on the disk is new or changed."""
    outside = data.parent / "outside"
    outside.mkdir()
    (outside / "here.csv").write_text(f"secret\n{SECRET}\n", encoding="utf-8")
    with duckdb.connect(str(outside / "foreign.duckdb")) as con:
        con.execute(f"CREATE TABLE t AS SELECT '{SECRET}' AS secret")
    pl.DataFrame({"secret": [SECRET]}).write_parquet(outside / "secret.parquet")
    before = snapshot(data.parent)
    yield {
        "here": str(outside / "here.csv"),
        "there": str(outside / "there"),
        "parquet": str(outside / "secret.parquet"),
        "foreign": str(outside / "foreign.duckdb"),
        "db": str(of(data).folder / "results.duckdb"),
    }
    assert snapshot(data.parent) == before


def holds(said: Said, secret: str = SECRET) -> bool:
    return secret in said.out or secret in said.err


def matches(said: str, wanted: str) -> bool:
    return any(one in said for one in wanted.split("|"))


@pytest.mark.parametrize(("sql", "wanted"), ESCAPES.values(), ids=ESCAPES.keys())
def test_an_escape_is_refused_in_words_and_touches_nothing(
    sql: str, wanted: str, data: Path, place: dict[str, str]
) -> None:
    frame = pl.DataFrame({"secret": [SECRET]})
    said = call("query", sql.format(**place), "--data", data, "--format", "csv")
    assert said.code == ExitCode.USAGE, said
    assert matches(said.err, wanted), said.err
    assert said.out == ""
    assert not holds(said)
    assert "Traceback" not in said.err
    assert not Path(place["there"]).exists()
    assert not Path(place["db"] + ".wal").exists()
    assert frame.height == 1


@pytest.mark.parametrize("sql", TELLING)
def test_what_the_database_says_of_itself_holds_nothing_of_the_environment(sql: str, data: Path) -> None:
    said = call("query", sql, "--data", data, "--format", "json")
    assert said.code in (ExitCode.DONE, ExitCode.USAGE), said
    told = said.out.replace(f"/nowhere/{SECRET}/.duckdb", "")  # a path below the home folder is no secret
    assert SECRET not in told
    assert SECRET not in said.err


def test_a_question_may_keep_something_for_a_while() -> None:
    sql = """CREATE TEMP TABLE mine AS SELECT 1 AS a; INSERT INTO mine VALUES (2); DROP TABLE IF EXISTS nothing;
        SET VARIABLE least = 2; EXPLAIN SELECT * FROM mine; PIVOT mine ON a USING count(*);
        SELECT 'DROP SECRET, COPY, SET threads' AS said, a FROM mine WHERE a >= getvariable('least')"""
    said = call("query", sql, "--data", tiny(), "--format", "csv")
    assert said.code == 0, said
    assert said.out.split("\r\n")[1] == '"DROP SECRET, COPY, SET threads",2'


@pytest.mark.parametrize(("sql", "wanted"), RUNAWAY.items(), ids=range(len(RUNAWAY)))
def test_what_would_never_end_is_stopped_in_words(sql: str, wanted: str) -> None:
    said = call("query", sql, "--data", tiny(), "--limit-seconds", "0.5")
    assert said.code == ExitCode.USAGE, said
    assert matches(said.err, wanted), said.err[:400]


def test_a_runaway_question_stays_within_its_memory() -> None:
    sql = (
        "SELECT md5(CAST(range AS VARCHAR)) AS a, count(*) AS n FROM range(200000000) GROUP BY ALL ORDER BY ALL LIMIT 1"
    )
    program = (
        "import resource, sys; from pipelines import cli\n"
        "try: cli.main()\n"
        "except SystemExit as end:\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, end.code)\n"
    )
    pytest.importorskip("resource")
    asked = [sys.executable, "-c", program, "query", sql, "--data", str(tiny()), "--limit-seconds", "4"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True)
    # and no bar of progress is drawn into the answer
    kilobytes, code = map(int, done.stdout.split())
    assert code == ExitCode.USAGE
    assert kilobytes < 3_000_000


FOREIGN = {
    "a database from elsewhere": "CREATE TABLE t AS SELECT 1 AS a",
    "a view of a table's name that reads a file": "CREATE VIEW candidates AS SELECT * FROM read_text('{here}')",
    "an empty one": "SELECT 1",
}


def published_copy(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    shutil.copytree(tiny(), data, symlinks=True)
    return data


@pytest.mark.parametrize("made", FOREIGN.values(), ids=FOREIGN.keys())
@pytest.mark.parametrize("command", [("query", "FROM candidates"), ("query", "--tables"), ("broadsheet",)])
def test_a_database_put_in_the_place_of_ours_is_refused(
    made: str, command: tuple[str, ...], tmp_path: Path, place: dict[str, str]
) -> None:
    data = published_copy(tmp_path)
    path = of(data).folder / "results.duckdb"
    path.unlink()
    with duckdb.connect(str(path)) as con:
        con.execute(made.format(**place))
    more = ("--to", tmp_path / "book.xlsx") if command == ("broadsheet",) else ()
    said = call(*command, *more, "--data", data)
    assert said.code == ExitCode.DISK, said
    assert "is not the one that was published with this run" in said.err
    assert said.out == ""
    assert not holds(said)


@pytest.mark.parametrize(
    "added",
    [
        "CREATE VIEW more AS SELECT 1 AS a",
        "CREATE TABLE more AS SELECT 1 AS a",
        "CREATE SCHEMA s; CREATE TABLE s.candidates AS SELECT 1 AS a",
        "DELETE FROM candidates",
    ],
)
def test_a_database_that_was_changed_since_is_refused(added: str, tmp_path: Path) -> None:
    run = of(published_copy(tmp_path))
    with duckdb.connect(str(run.folder / "results.duckdb")) as con:
        con.execute(added)
    with pytest.raises(DiskError, match="not the one that was published"), sealed(run.folder):
        pass


@pytest.mark.parametrize("content", [b"", b"DUCK" * 400, b"\x00" * 20_000, b"SQLite format 3\x00" + b"\x00" * 4_000])
def test_what_is_no_database_is_refused(content: bytes, tmp_path: Path) -> None:
    data = published_copy(tmp_path)
    (of(data).folder / "results.duckdb").write_bytes(content)
    said = call("query", "FROM candidates", "--data", data)
    assert said.code == ExitCode.DISK, said
    assert "Traceback" not in said.err


def test_no_refusal_names_a_student(data: Path) -> None:
    for kind in ("DATE", "TIMESTAMP", "INTEGER", "BOOLEAN", "UUID", "INTEGER[]", "DECIMAL(5, 2)"):
        said = call("query", f"SELECT CAST(surname AS {kind}) FROM candidates", "--data", data)
        assert said.code == ExitCode.USAGE
        assert not any(holds(said, canary) for canary in CANARIES), said.err
    assert os.environ["OFFICE_TOKEN"] == SECRET
