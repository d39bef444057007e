"""Every file of `sql/joins/` and `sql/rules/`, and a whole run, give the same rows on DuckDB and on Apache Spark.

Each file is run on both over DuckDB's own tables, so that a difference shows in the file that makes it; then the sample
is run from its files on Spark, people and awards with it, and what is published is compared. It takes many minutes.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import resources, run
from pipelines.config import Config
from pipelines.database import connect, identifier, text
from pipelines.rehearsal.making import Wish, make
from pipelines.sql_files import SqlFile, load_sql_folder
from tests.sample_run import CENTRES, SAMPLE, as_of, folder, options

pytestmark = [
    pytest.mark.skipif(not os.environ.get("SPARK_TESTS"), reason="SPARK_TESTS=1 asks for it: make test-spark"),
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is not installed"),
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java"),
    pytest.mark.filterwarnings("default"),
]
#: small data: few pieces, and no planning in stages
QUICK = {"spark.sql.shuffle.partitions": "1", "spark.sql.adaptive.enabled": "false"}
FILES = [file for name in ("joins", "rules") for file in load_sql_folder(resources.sql() / name)]


def generated(place: Path) -> Path:
    """An inbox of invented people other than the sample's."""
    for part in make(Wish(60, "kestrel")):
        for name, data in part.items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return place / "inbox"


@pytest.fixture(scope="module", params=["the sample", "a generated centre"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """A DuckDB with every table of a run, and Spark beside it, which is lent those it reads."""
    from pipelines.engines.spark import Spark

    place = tmp_path_factory.mktemp("spark")
    inbox = SAMPLE / "inbox" if request.param == "the sample" else generated(place)
    con = connect(place / "spill")
    keep = run._write

    def copied(running: Any, *others: Any) -> Any:
        found = running.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'")
        for (name,) in found.fetchall():
            path = place / f"{name}.parquet"
            running.execute(f"COPY {identifier(name)} TO {text(path)} (FORMAT parquet)")
            con.execute(f"CREATE TABLE {identifier(name)} AS SELECT * FROM read_parquet({text(path)})")
        return keep(running, *others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "_write", copied)
        run.run(options(place / "data", inboxes=(inbox,), publishes=False))
    engine = Spark(con, place / "tables", "local[2]", "2g", QUICK)
    yield con, engine
    engine.close()
    con.close()


def differing(con: Any, one: str, other: str) -> int:
    """How many rows one of two tables has more of than the other; text and type of each cell count."""
    kinds = con.execute(f"DESCRIBE {one}").fetchall()
    columns = ", ".join(f"CAST({identifier(row[0])} AS {row[1]}) AS {identifier(row[0])}" for row in kinds)
    cast = f"(SELECT {columns} FROM {other})"
    pairs = ((f"SELECT * FROM {one}", f"SELECT * FROM {cast}"), (f"SELECT * FROM {cast}", f"SELECT * FROM {one}"))
    return sum(int(con.execute(f"SELECT count(*) FROM ({a} EXCEPT ALL {b})").fetchone()[0]) for a, b in pairs)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_gives_the_same_rows_on_both(both: tuple[Any, Any], file: SqlFile) -> None:
    con, engine = both
    values = {"as_of": as_of()}
    query, bound = file.bound(values)
    con.execute(f"CREATE OR REPLACE TEMP TABLE by_duckdb AS {query}", bound or None)
    engine.look(con, file, values)
    named = [[row[0] for row in con.execute(f"DESCRIBE {name}").fetchall()] for name in ("by_duckdb", "looked")]
    assert named[0] == named[1]
    assert differing(con, "by_duckdb", "looked") == 0


def test_one_row_that_differs_is_a_difference(both: tuple[Any, Any]) -> None:
    con, _ = both
    con.execute("CREATE OR REPLACE TEMP TABLE by_duckdb AS SELECT 1 AS a, NULL AS b UNION ALL SELECT 1, 'x'")
    con.execute("CREATE OR REPLACE TEMP TABLE looked AS SELECT 1 AS a, NULL AS b UNION ALL SELECT 1, 'x'")
    assert differing(con, "by_duckdb", "looked") == 0
    con.execute("UPDATE looked SET b = NULL")
    assert differing(con, "by_duckdb", "looked") == 2


def test_a_whole_run_publishes_the_same_tables(tmp_path: Path) -> None:
    config = Config(centres=CENTRES, spark_master="local[2]")
    done = run.run(options(tmp_path / "data", engine="spark", config=config))
    assert done.folder is not None
    names = sorted(path.name for path in (folder() / "tables").glob("*.parquet"))
    assert names == sorted(path.name for path in (done.folder / "tables").glob("*.parquet"))
    con = duckdb.connect()
    for name in names:
        mine, theirs = (f"read_parquet({text(place / 'tables' / name)})" for place in (folder(), done.folder))
        con.execute(f"CREATE OR REPLACE TABLE mine AS FROM {mine}")
        con.execute(f"CREATE OR REPLACE TABLE theirs AS FROM {theirs}")
        assert con.execute("DESCRIBE mine").fetchall() == con.execute("DESCRIBE theirs").fetchall(), name
        assert differing(con, "mine", "theirs") == 0, name
