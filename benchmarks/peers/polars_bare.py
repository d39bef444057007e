"""The floor: a bare polars script that knows the layout by heart, refuses nothing and keeps no line as it came.

`python -m benchmarks.peers.polars_bare INBOX OUT` writes `results.parquet` and `report.parquet` into OUT, both with
file and line, and prints what the three checks found as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl

PERSON = ["centre_number", "candidate_number"]
RESULT = [*PERSON, "series", "option_code"]


def read_results(inbox: Path) -> pl.DataFrame:
    """Every R5 line of every file, cut and typed."""
    paths = sorted(inbox.glob("*.X*"))
    texts = [path.read_bytes() for path in paths]
    counts = pl.Series([text.count(b"\n") for text in texts])
    place = pl.Series([path.name for path in paths], dtype=pl.Categorical).repeat_by(counts).explode()
    number = pl.select(pl.int_ranges(1, counts + 1, dtype=pl.Int32)).to_series().explode()
    series = pl.Series([text[6:10].decode() for text in texts], dtype=pl.Categorical).repeat_by(counts).explode()
    raw = pl.read_lines(b"".join(texts), name="raw")
    lines = raw.with_columns(place.alias("file"), number.alias("line"), series.alias("series"))

    def at(first: int, length: int) -> pl.Expr:
        return pl.col("raw").str.slice(first - 1, length).str.strip_chars()

    is_mark = pl.col("raw").str.slice(36, 1) == "M"
    return lines.lazy().filter(pl.col("raw").str.starts_with("R5")).select(
        "file",
        "line",
        pl.col("series").cast(pl.String),
        at(3, 5).alias("centre_number"),
        at(8, 4).alias("candidate_number"),
        at(12, 13).replace("", None).alias("uci"),
        at(31, 6).alias("option_code"),
        pl.when(is_mark).then(at(38, 4)).cast(pl.Decimal(7, 2), strict=False).alias("mark"),
        pl.when(is_mark).then(at(42, 2)).otherwise(at(38, 2)).alias("grade"),
    ).collect()  # fmt: skip


def read_report(inbox: Path) -> pl.DataFrame:
    """The report, dates and numbers typed."""
    path = inbox / "candidate_achievement_report.csv"
    rows = pl.read_csv(path, infer_schema=False, row_index_name="line", row_index_offset=2)
    rows = rows.rename({name: name.lower().replace(" ", "_").replace("(s)", "s") for name in rows.columns})
    dates = ("date_of_birth", "qualification_award_date", "unit_award_date")
    return rows.with_columns(
        *(pl.col(name).str.to_date("%d/%m/%Y") for name in dates),
        pl.col("unit_glh").cast(pl.Int32),
        pl.col("line").cast(pl.Int32),
        pl.lit(path.name).alias("file"),
    )


def people(report: pl.LazyFrame) -> pl.LazyFrame:
    """Each student of the report: a UCI if there is one, and how many OCR candidate numbers."""
    return report.group_by(PERSON).agg(
        pl.col("uci").max(), pl.col("ocr_candidate_number").n_unique().alias("ocr_numbers")
    )


def pairs(results: pl.LazyFrame, report: pl.LazyFrame) -> pl.LazyFrame:
    """Each unit result that both carriers have, with both grades."""
    said = report.select(
        *PERSON,
        pl.col("unit_series").alias("series"),
        pl.col("unit_code").str.replace("/", "").str.strip_prefix("0").alias("option_code"),
        pl.col("unit_grade").alias("reported_grade"),
    )
    return results.select(*RESULT, "grade").join(said, on=RESULT)


def ingest(inbox: Path, out: Path) -> None:
    """Write both tables as Parquet."""
    read_results(inbox).write_parquet(out / "results.parquet", compression="lz4")
    read_report(inbox).write_parquet(out / "report.parquet", compression="lz4")


def main(inbox: Path, out: Path) -> None:
    """Read, write, check, and say what was found."""
    ingest(inbox, out)
    results, report = pl.scan_parquet(out / "results.parquet"), pl.scan_parquet(out / "report.parquet")
    students, both = people(report), pairs(results, report).filter(pl.col("grade") != pl.col("reported_grade"))
    found = pl.collect_all(
        [
            students.filter(pl.col("uci").is_null()).select(pl.len()),
            students.filter(pl.col("ocr_numbers") > 1).select(pl.len()),
            both.select(pl.struct(RESULT).n_unique()),
        ]
    )
    codes = ("missing_uci", "duplicate_candidate_number", "grades_conflict")
    print(json.dumps({code: one.item() for code, one in zip(codes, found, strict=True)}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
