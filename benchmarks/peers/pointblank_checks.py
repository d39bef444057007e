"""The bare polars script reads, pointblank checks: the quickest of the libraries that check a table.

`python -m benchmarks.peers.pointblank_checks INBOX OUT` writes the Parquet files that the floor writes, has them
validated, and prints what failed as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pointblank as pb
import polars as pl

from benchmarks.peers.polars_bare import ingest, pairs, people


def main(inbox: Path, out: Path) -> None:
    """Read, write, validate, and say what failed."""
    ingest(inbox, out)
    results, report = pl.scan_parquet(out / "results.parquet"), pl.scan_parquet(out / "report.parquet")
    students, both = pl.collect_all([people(report), pairs(results, report)])
    of_students = pb.Validate(students).col_vals_not_null("uci").col_vals_le("ocr_numbers", 1).interrogate()
    of_grades = pb.Validate(both).col_vals_eq("grade", pb.col("reported_grade")).interrogate()
    found = {
        "missing_uci": of_students.n_failed(i=1, scalar=True),
        "duplicate_candidate_number": of_students.n_failed(i=2, scalar=True),
        "grades_conflict": of_grades.n_failed(i=1, scalar=True),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
