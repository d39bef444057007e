"""A run of nothing but some findings, for the tests of comparing; it needs no part of the program."""

from __future__ import annotations

from pathlib import Path

import polars as pl


def run_folder(place: Path, *findings: tuple[str, str, str], status: str = "found") -> Path:
    """A run that says this and nothing else: code, fingerprint, what was found."""
    tables = place / "tables"
    tables.mkdir(parents=True)
    rows = [
        {"code": code, "fingerprint": print_, "key": "99999·0042", "message": "A mark differs.", "found": found}
        for code, print_, found in findings
    ]
    schema = dict.fromkeys(("code", "fingerprint", "key", "message", "found"), pl.String)
    pl.DataFrame(rows, schema=schema).write_parquet(tables / "discrepancies.parquet")
    codes = sorted({code for code, _, _ in findings})
    pl.DataFrame(
        {"code": codes, "centre_number": [None] * len(codes), "status": [status] * len(codes)},
        schema=dict.fromkeys(("code", "centre_number", "status"), pl.String),
    ).write_parquet(tables / "rules_run.parquet")
    (place / "reports").mkdir()
    (place / "reports" / "summary.html").write_text(str(findings), encoding="utf-8")
    return place
