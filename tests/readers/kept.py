"""What the readers make of some hundred kept files, told as a digest of every table.

Takes the corpus of the search for faults, the examples of the formats and the files of the sample; gives for each what
it was taken for and a digest of its tables, read alone, and for each format a digest of all its files read together
under low caps. Promises: a digest is of what the tables say, not of the library or machine that wrote them.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl

from pipelines.check import Caps, check_files
from pipelines.parts import Source
from pipelines.read import recognise
from tests.fuzz import corpus
from tests.fuzz.accounts import LOW, shipped
from tests.sample_run import SAMPLE

KEPT = Path(__file__).with_name("kept.csv")
#: what is said of the files that no format reads
NO_FORMAT = "none"
TOGETHER = "together, low caps"


@cache
def contents() -> Mapping[str, bytes]:
    """Every file by a name that follows from its content, so that one more moves no other."""
    found = [path.read_bytes() for path in corpus.kept()] + corpus.examples()
    found += [path.read_bytes() for path in sorted((SAMPLE / "inbox").rglob("*")) if path.is_file()]
    return dict(sorted((hashlib.sha256(content).hexdigest(), content) for content in found))


def digest(tables: Mapping[str, pl.DataFrame]) -> str:
    """Of every row of every table, in the order they stand in."""
    said = hashlib.sha256()
    for name, frame in sorted(tables.items()):
        said.update(f"{name} {frame.columns}\n".encode())
        said.update(frame.write_csv(null_value="NULL", include_header=False).encode())
    return said.hexdigest()[:16]


def told(names: Sequence[str], place: Path) -> Iterator[tuple[str, str, str]]:
    """Of these files: format, name, digest; and of all of one format together. `place` is a folder to write in."""
    sources = []
    for name in names:
        path = place / name
        path.write_bytes(contents()[name])
        sources.append(Source(name[:16], name, path))
    for caps in (Caps(), LOW):
        found = [recognise(source.path, shipped(), caps) for source in sources]
        layouts = {one.format.name: one.format for one in found if one.format}
        if caps is LOW:
            for format_name, layout in sorted(layouts.items()):
                mine = [n for n, one in enumerate(found) if one.format and one.format.name == format_name]
                tables = check_files([sources[n] for n in mine], [found[n] for n in mine], layout, caps)
                yield format_name, TOGETHER, digest(tables)
            continue
        for source, one in zip(sources, found, strict=True):
            tables = check_files([source], [one], one.format, caps)
            yield one.format.name if one.format else NO_FORMAT, source.sha256[:12], digest(tables)


def kept() -> list[tuple[str, str, str]]:
    """Format, name, digest as they were accepted."""
    with KEPT.open(encoding="utf-8", newline="") as file:
        return [(row[0], row[1], row[2]) for row in csv.reader(file)]


def lines(place: Path) -> list[tuple[str, str, str]]:
    """What the readers make of all the files now, as `kept` has it."""
    return sorted(told(list(contents()), place))


def keep(accepted: Sequence[tuple[str, str, str]]) -> None:
    """Write down what is accepted."""
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(accepted)
