"""The same in pandas, with care: one Series of lines sliced column by column, categories for what repeats, merges.

`python -m benchmarks.peers.pandas_slices INBOX OUT` writes `results.parquet` and `report.parquet` into OUT, both with
file and line, and prints what the three checks found as JSON. Strings are pandas' own, which lie in Arrow.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

PERSON = ["centre_number", "candidate_number"]
RESULT = [*PERSON, "series", "option_code"]
#: columns of the report that say the same again and again
REPEATED = (
    "Centre Number", "Qualification Code", "Qualification Title", "Qualification Grade", "Unit Code", "Unit Title",
    "Unit Grade", "Unit Series",
)  # fmt: skip


def read_results(inbox: Path) -> pd.DataFrame:
    """Every R5 line of every file, cut and typed."""
    paths = sorted(inbox.glob("*.X*"))
    lines: list[str] = []
    counts = []
    series = []
    for path in paths:
        text = path.read_text(encoding="ascii").splitlines()
        lines += text
        counts.append(len(text))
        series.append(text[0][6:10])
    frame = pd.DataFrame({"raw": pd.Series(lines, dtype="str")})
    del lines
    place = np.repeat(np.arange(len(paths), dtype=np.int32), counts)
    begins = np.repeat(np.cumsum([0, *counts[:-1]]), counts)
    frame["file"] = pd.Categorical.from_codes(place, [path.name for path in paths])
    frame["line"] = (np.arange(len(frame)) - begins + 1).astype(np.int32)
    kinds, names = pd.factorize(pd.Series(series, dtype="str"))
    frame["series"] = pd.Categorical.from_codes(kinds[place], names)
    frame = frame[frame["raw"].str.startswith("R5")]
    raw = frame["raw"].str
    is_mark = raw.slice(36, 37) == "M"
    out = frame[["file", "line", "series"]].copy()
    out["centre_number"] = raw.slice(2, 7).astype("category")
    out["candidate_number"] = raw.slice(7, 11)
    uci = raw.slice(11, 24).str.strip()
    out["uci"] = uci.mask(uci == "")
    out["option_code"] = raw.slice(30, 36).str.strip().astype("category")
    mark = raw.slice(37, 41).str.strip().where(is_mark)
    out["mark"] = pd.to_numeric(mark, errors="coerce").astype("float32")
    out["grade"] = raw.slice(41, 43).where(is_mark, raw.slice(37, 39)).str.strip().astype("category")
    return out


def read_report(inbox: Path) -> pd.DataFrame:
    """The report, dates and numbers typed."""
    path = inbox / "candidate_achievement_report.csv"
    # asked for categories, read_csv makes a number of 6E26 and of 05839; so text first
    rows = pd.read_csv(path, dtype="str")
    rows = rows.astype(dict.fromkeys(REPEATED, "category"))
    rows.columns = [name.lower().replace(" ", "_").replace("(s)", "s") for name in rows.columns]
    for name in ("date_of_birth", "qualification_award_date", "unit_award_date"):
        rows[name] = pd.to_datetime(rows[name], format="%d/%m/%Y")
    rows["unit_glh"] = pd.to_numeric(rows["unit_glh"]).astype("int32")
    rows["line"] = np.arange(2, len(rows) + 2, dtype=np.int32)
    rows["file"] = pd.Categorical.from_codes(np.zeros(len(rows), dtype=np.int8), [path.name])
    return rows


def count(results: pd.DataFrame, report: pd.DataFrame) -> dict[str, int]:
    """What the three checks find."""
    students = report.groupby(PERSON, observed=True)
    no_uci = int((students["uci"].count() == 0).sum())
    several = report[[*PERSON, "ocr_candidate_number"]].drop_duplicates()
    double = int((several.groupby(PERSON, observed=True).size() > 1).sum())
    units = report["unit_code"].cat.categories
    option = {unit: unit.replace("/", "").removeprefix("0") for unit in units}
    said = report[[*PERSON, "unit_series", "unit_code", "unit_grade"]].rename(
        columns={"unit_series": "series", "unit_grade": "reported_grade"}
    )
    said["option_code"] = said.pop("unit_code").cat.rename_categories(option)
    held = results[[*RESULT, "grade"]].copy()
    # keys of one set of categories are joined as numbers
    for name in ("centre_number", "series", "option_code"):
        both = pd.api.types.union_categoricals([held[name], said[name]]).categories
        held[name], said[name] = held[name].cat.set_categories(both), said[name].cat.set_categories(both)
    held["candidate_number"] = held["candidate_number"].astype("int32")
    said["candidate_number"] = said["candidate_number"].astype("int32")
    pairs = held.merge(said, on=RESULT)
    differ = pairs[pairs["grade"].astype("str") != pairs["reported_grade"].astype("str")]
    conflicts = len(differ[RESULT].drop_duplicates())
    return {"missing_uci": no_uci, "duplicate_candidate_number": double, "grades_conflict": conflicts}


def main(inbox: Path, out: Path) -> None:
    """Read, write, check, and say what was found."""
    results, report = read_results(inbox), read_report(inbox)
    results.to_parquet(out / "results.parquet", index=False)
    report.to_parquet(out / "report.parquet", index=False)
    print(json.dumps(count(results, report)))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
