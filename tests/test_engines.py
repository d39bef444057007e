"""Statements as Spark reads them, and what a person is told who has no Spark: needs neither pyspark nor Java."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines import resources
from pipelines.config import load_config
from pipelines.engines.dialect import spark_sql
from pipelines.engines.spark import _CREATE, _DROP, start
from pipelines.errors import UsageError
from pipelines.sql_files import load_sql_folder

AS_OF = {"as_of": datetime(2026, 8, 10, 7, 30, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SELECT :as_of AS t", "SELECT CAST('2026-08-10T07:30:00+00:00' AS TIMESTAMP) AS t"),
        ("SELECT CAST(a AS TIMESTAMP) AS t FROM x", "SELECT CAST(a AS TIMESTAMP_NTZ) AS t FROM x"),
        ("SELECT strpos(a, 'b') AS n FROM x", "SELECT LOCATE('b', a) AS n FROM x"),
        ("SELECT 'a\\b' AS t", "SELECT 'a\\\\b' AS t"),
        ("SELECT a // b AS n FROM x", "SELECT a DIV b AS n FROM x"),
    ],
)
def test_a_statement_is_put_into_sparks_dialect(ours: str, theirs: str) -> None:
    assert spark_sql(ours, AS_OF).sql == theirs


def test_the_tables_a_statement_may_read_are_known() -> None:
    translated = spark_sql("WITH a AS (SELECT 1 AS n FROM b) SELECT a.n FROM a INNER JOIN c ON c.n = a.n", {})
    assert translated.tables >= {"b", "c"}


def test_a_value_that_is_no_time_with_a_zone_is_refused() -> None:
    for values in ({}, {"as_of": "2026-08-10"}, {"as_of": datetime(2026, 8, 10)}):  # noqa: DTZ001
        with pytest.raises(UsageError, match=":as_of is not a time that is bound"):
            spark_sql("SELECT :as_of AS t", values)


def test_every_join_and_rule_can_be_put_into_sparks_dialect() -> None:
    for folder in ("joins", "rules"):
        for file in load_sql_folder(resources.sql() / folder):
            assert set(file.reads) <= spark_sql(file.query, AS_OF).tables


def test_what_person_resolution_says_to_a_database_is_understood() -> None:
    made = _CREATE.fullmatch("CREATE TABLE people_groups_1 AS -- why\nSELECT 1 AS a\nFROM b")
    assert made is not None
    assert made.groups() == ("people_groups_1", "-- why\nSELECT 1 AS a\nFROM b")
    assert _DROP.fullmatch("DROP TABLE IF EXISTS people_groups_1") is not None


def test_without_pyspark_a_person_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(UsageError, match="pyspark, which is not installed") as told:
        start("local[1]", "1g", tmp_path)
    assert "resultsday[spark]" in str(told.value)


@pytest.mark.parametrize(("name", "value"), [("spark_master", "localhost:7077"), ("spark_memory", "2 gigabytes")])
def test_a_setting_of_spark_that_cannot_be_is_refused(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=name):
        load_config(tmp_path, {name: value})
