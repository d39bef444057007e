"""How fast each shape of file is read and checked into Parquet, beside the fastest bare script for the same bytes.

Takes files that `benchmarks.nation` and `benchmarks.read_edi` make; times both sides in turn, in one process, after one
untimed turn, and gives medians and the ratio of throughputs. The bare scripts know the layout by heart, check nothing,
and write neither rejects, repairs nor raw lines; the bare XML is `lxml.etree.iterparse` that looks at every element and
keeps none, on one core.

    python -m benchmarks.reading [edi-one] [edi-many] [csv] [xml] [--lines 1000000] [--centres 1000] [--turns 3]
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
from lxml import etree

from benchmarks import nation, read_edi
from pipelines.check import Caps, Source, read_and_check
from pipelines.formats import load_formats

Way = Callable[[Sequence[Path], Path], None]
KINDS = {
    "edi-one": "EDI, one file",
    "edi-many": "EDI, 5,000 files",
    "csv-one": "achievement reports, one file",
    "csv-many": "achievement reports, a file a centre",
    "xml": "A2C XML",
}
AIMS = {"edi-one": 0.5, "edi-many": 0.5, "csv-one": 0.5, "csv-many": 0.5, "xml": 0.7}
SMALL_FILES = 5_000


def ours(paths: Sequence[Path], out: Path) -> None:
    """Stages 2 and 3 as `resultsday run` has them, with nothing in the cache."""
    sources = []
    for path in paths:
        sha256 = hashlib.sha256(str(path).encode()).hexdigest()
        sources.append(Source(sha256[:16], sha256, path))
    parts = read_and_check(sources, load_formats(read_edi.FORMATS), out, Caps())
    refused = sum(pl.read_parquet(part.tables["incoming_files"])["rows_rejected"].sum() for part in parts)
    if refused:
        raise SystemExit(f"{refused} rows were set aside")


def bare_csv(paths: Sequence[Path], out: Path) -> None:
    """Every column as text with the place it comes from, in one streaming query."""
    rows = pl.scan_csv(list(paths), infer_schema=False, include_file_paths="file", row_index_name="line")
    rows.sink_parquet(out / "bare.parquet", compression="lz4")


def bare_csv_eager(paths: Sequence[Path], out: Path) -> None:
    """The same, everything in memory at once."""
    header, texts, counts = b"", [], []
    for path in paths:
        header, _, body = path.read_bytes().partition(b"\n")
        texts.append(body)
        counts.append(body.count(b"\n"))
    rows = pl.read_csv(header + b"\n" + b"".join(texts), infer_schema=False, row_index_name="line")
    file = pl.Series("file", [path.name for path in paths]).repeat_by(pl.Series(counts)).explode()
    rows.with_columns(file).write_parquet(out / "bare.parquet", compression="lz4")


def bare_xml(paths: Sequence[Path], _out: Path) -> None:
    """Every element looked at, none kept."""
    seen = 0
    for path in paths:
        for _, element in etree.iterparse(str(path), resolve_entities=False, no_network=True):
            seen += 1
            element.clear()
    if not seen:
        raise SystemExit("there was no element")


def make(kind: str, folder: Path, lines: int, centres: int) -> list[Path]:
    """The files of a kind."""
    if kind.startswith("edi"):
        return read_edi.make_files(folder, lines, 1 if kind == "edi-one" else SMALL_FILES)
    nation.make(folder, centres)
    if kind == "xml":
        return sorted(folder.rglob("*.xml"))
    reports = sorted(folder.rglob("candidate_achievement_report.csv"))
    if kind == "csv-many":
        return reports
    texts = [path.read_bytes() for path in reports]
    one = folder / "reports.csv"
    one.write_bytes(texts[0] + b"".join(text.partition(b"\n")[2] for text in texts[1:]))
    return [one]


def measure(kind: str, lines: int, centres: int, turns: int) -> str:
    """One row of the table."""
    ways: tuple[Way, ...] = {
        "edi": (ours, read_edi.bare_lazy, read_edi.bare_eager),
        "csv": (ours, bare_csv, bare_csv_eager),
        "xml": (ours, bare_xml),
    }[kind.partition("-")[0]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "files").mkdir()
        paths = make(kind, folder / "files", lines, centres)
        size = sum(path.stat().st_size for path in paths) / 1e6
        taken: list[list[float]] = [[read_edi.timed(way, paths, folder) for way in ways] for _ in range(turns + 1)][1:]
    mine, *bare = (statistics.median(side) for side in zip(*taken, strict=True))
    ratio = statistics.median(min(others) / ours for ours, *others in taken)
    said = (KINDS[kind], f"{len(paths):,}", f"{size:,.0f} MB", f"{mine:.2f} s", f"{min(bare):.2f} s", f"{ratio:.0%}")
    return f"| {' | '.join(said)} | ≥ {AIMS[kind]:.0%} |"


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> None:
    """Print a table, a row for each kind that is asked for."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("kinds", nargs="*", default=[], metavar="KIND", help=", ".join(KINDS))
    asked.add_argument("--lines", type=int, default=1_000_000)
    asked.add_argument("--centres", type=int, default=1_000)
    asked.add_argument("--turns", type=int, default=3)
    options = asked.parse_args(arguments)
    say("| what | files | bytes | ours | fastest bare script | ours of its throughput | aim |")
    say("|---|---|---|---|---|---|---|")
    for kind in options.kinds or KINDS:
        say(measure(kind, options.lines, options.centres, options.turns))


if __name__ == "__main__":
    main()
