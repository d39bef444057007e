"""How fast reading and checking EDI results is, beside a bare polars script that cuts and writes the same columns.

Makes 1,000,000 R5 lines in 500 files in a temporary folder, then times both in turn, five times each, in one
process after one untimed turn of each: the medians, and the ratio of the throughputs. The bare script knows the
layout by heart, checks nothing, and writes neither rejects, repairs nor the raw lines.

    python -m benchmarks.read_edi [--lines 1000000] [--files 500] [--turns 5]
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from pipelines.check import Caps, Source, read_and_check
from pipelines.formats import load_formats

FORMATS = Path(__file__).resolve().parent.parent / "schemas" / "formats"
ALWAYS = {
    "centre_number": (3, 5),
    "candidate_number": (8, 4),
    "uci": (12, 13),
    "entry_option_code": (25, 6),
    "option_code": (31, 6),
    "result_type": (37, 1),
    "uln": (53, 10),
}
MARK = {
    "mark": (38, 4),
    "grade_as_sent": (42, 2),
    "first_flag": (44, 1),
    "second_grade_as_sent": (45, 2),
    "second_flag": (47, 1),
}
GRADES = {
    "grade_as_sent": (38, 2),
    "first_flag": (40, 1),
    "second_grade_as_sent": (41, 2),
    "second_flag": (43, 1),
    "first_endorsement_as_sent": (44, 2),
    "third_flag": (46, 1),
    "second_endorsement_as_sent": (47, 2),
    "fourth_flag": (49, 1),
}


def make_files(folder: Path, lines: int, files: int) -> list[Path]:
    """Write results files of invented candidates of centres 99990-99999."""
    letters, each = "ABCDEFGHKLMRTVWXY", lines // files
    paths = []
    for number in range(files):
        centre = f"{99990 + number % 10}"
        body = []
        for row in range(each):
            person = (number * 37 + row // 6) % 9999 + 1
            twelve = f"{centre}025{person:05d}"[:12]
            weighed = sum(int(digit) * weight for digit, weight in zip(twelve, range(16, 4, -1), strict=True))
            option = f"5838{1 + row % 20:02d}"
            block = f"M{row % 91:04d}{'PMDU'[row % 4]} " if row % 3 else f"G{'PMD'[row % 9 // 3]} "
            uln = f"{1000000000 + person * 7:010d}"
            body.append(f"R5{centre}{person:04d}{twelve}{letters[weighed % 17]}{option}{option}{block}".ljust(52) + uln)
        text = [f"R114726E26{number % 1000:03d}100826", f"R3{centre}6E26", *body]
        text += [f"R7{centre}{each + 2:07d}", f"R9{each + 4:07d}"]
        path = folder / f"{number:05d}"
        path.write_bytes("".join(f"{line}\r\n" for line in text).encode())
        paths.append(path)
    return paths


def cut() -> dict[str, pl.Expr]:
    """The columns of both result types, cut and trimmed."""
    line, is_mark = pl.col("raw"), pl.col("raw").str.slice(36, 1) == "M"

    def at(place: tuple[int, int] | None) -> pl.Expr:
        return line.str.slice(place[0] - 1, place[1]).str.strip_chars() if place else pl.lit(None, pl.String)

    columns = {name: at(place) for name, place in ALWAYS.items()}
    for name in MARK | GRADES:
        columns[name] = pl.when(is_mark).then(at(MARK.get(name))).otherwise(at(GRADES.get(name)))
    columns["mark"] = columns["mark"].cast(pl.Decimal(7, 2), strict=False)
    return columns


def bare_lazy(paths: Sequence[Path], out: Path) -> None:
    """Everything in one streaming query."""
    lines = pl.scan_lines(list(paths), name="raw", include_file_paths="file", row_index_name="line")
    rows = lines.filter(pl.col("raw").str.starts_with("R5")).select("file", "line", **cut())
    rows.sink_parquet(out / "bare.parquet", compression="lz4")


def bare_eager(paths: Sequence[Path], out: Path) -> None:
    """Everything in memory at once."""
    texts = [path.read_bytes() for path in paths]
    counts = [text.count(b"\n") for text in texts]
    lines = pl.read_lines(b"".join(texts), name="raw", row_index_name="line")
    file = pl.Series("file", [path.name for path in paths]).repeat_by(pl.Series(counts)).explode()
    rows = lines.with_columns(file).filter(pl.col("raw").str.starts_with("R5")).select("file", "line", **cut())
    rows.write_parquet(out / "bare.parquet", compression="lz4")


def ours(paths: Sequence[Path], out: Path) -> None:
    """Stages 2 and 3 as `resultsday run` has them, with nothing in the cache."""
    sources = []
    for path in paths:
        sha256 = hashlib.sha256(path.name.encode()).hexdigest()
        sources.append(Source(sha256[:16], sha256, path))
    parts = read_and_check(sources, load_formats(FORMATS), out, Caps())
    kept = sum(pl.read_parquet(part.tables["incoming_files"])["rows_kept"].sum() for part in parts)
    if not kept:
        raise SystemExit("nothing was kept")


def timed(work: Callable[[Sequence[Path], Path], None], paths: Sequence[Path], folder: Path) -> float:
    """Seconds one turn takes, in an empty folder."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    start = time.perf_counter()
    work(paths, out)
    return time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the medians and the ratio."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--lines", type=int, default=1_000_000)
    asked.add_argument("--files", type=int, default=500)
    asked.add_argument("--turns", type=int, default=5)
    options = asked.parse_args(arguments)
    ways = (bare_lazy, bare_eager, ours)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = make_files(folder, options.lines, options.files)
        seconds: dict[str, list[float]] = {way.__name__: [] for way in ways}
        for turn in range(options.turns + 1):
            for way in ways:
                spent = timed(way, paths, folder)
                if turn:
                    seconds[way.__name__].append(spent)
    median = {way: statistics.median(spent) for way, spent in seconds.items()}
    for way_name, middle in median.items():
        print(f"{way_name:12} {middle:6.2f} s   {options.lines / middle:12,.0f} lines/s")
    fastest = min(median["bare_lazy"], median["bare_eager"])
    print(f"throughput of ours: {fastest / median['ours']:.0%} of the fastest bare script")


if __name__ == "__main__":
    main()
