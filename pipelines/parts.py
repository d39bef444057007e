"""Parts: which files are read together, what a part is named by, and how it is written.

Takes the sources and what each is, gives buckets of files of one format. A bucket splits where it grows too large,
by the next bit of the files' sha256, so that a new or changed file changes the part it falls into and no other.
Promises: a part is named by its content alone, and is there whole or not at all: one that has lost a table, or part of
one, is deleted and made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path

import polars as pl

from pipelines import files

#: Bytes of input that are read together at most, unless one file alone is larger.
BUCKET_BYTES = 32 << 20
#: What a file costs beside its bytes, as bytes.
_FILE_COST = 4 << 10
#: The code that decides what a part holds.
_CODE = ("pipelines/formats.py", "pipelines/read.py", "pipelines/check.py", "pipelines/parts.py")
#: what a part says of itself: the bytes of each of its tables
_WHOLE = "whole.json"
_CODE_FOLDERS = ("pipelines/readers", "schemas/tables")


@dataclass(frozen=True)
class Source:
    """A file received: its bytes, under whatever name."""

    file_id: str  #: first 16 characters of the sha256
    sha256: str
    path: Path


@dataclass(frozen=True)
class Part:
    """A folder of Parquet files, one a table, made of some files of one format."""

    key: str
    folder: Path
    tables: Mapping[str, Path]
    reused: bool  #: it was there already


def buckets(sources: Sequence[Source], sizes: Mapping[str, int]) -> Iterator[tuple[Source, ...]]:
    """Share files out into buckets; within one, files are in the order of their sha256."""
    yield from _split(sorted(sources, key=lambda source: source.sha256), sizes, 0)


def _split(sources: list[Source], sizes: Mapping[str, int], bit: int) -> Iterator[tuple[Source, ...]]:
    total = sum(sizes[source.sha256] + _FILE_COST for source in sources)
    if len(sources) < 2 or total <= BUCKET_BYTES or bit >= 256:
        if sources:
            yield tuple(sources)
        return
    ones = [source for source in sources if int(source.sha256[bit // 4], 16) >> (3 - bit % 4) & 1]
    with_one = {source.sha256 for source in ones}
    yield from _split([source for source in sources if source.sha256 not in with_one], sizes, bit + 1)
    yield from _split(ones, sizes, bit + 1)


@once
def code_version() -> str:
    """A hash of the code and of the libraries that decide what a part holds."""
    from importlib.metadata import version

    top = Path(__file__).resolve().parent.parent
    paths = [top / name for name in _CODE]
    for folder in _CODE_FOLDERS:
        paths += sorted((top / folder).glob("*.py"))
    known = hashlib.sha256()
    for path in paths:
        known.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for library in ("polars", "pandera", "lxml", "fastexcel"):
        known.update(f"{library} {version(library)}\0".encode())
    return known.hexdigest()


def part_key(sources: Sequence[Source], reads_by: str) -> str:
    """The name of the part these files make; `reads_by` stands for the format and the caps."""
    text = "\n".join([*sorted(source.sha256 for source in sources), reads_by, code_version()])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def find(key: str, cache: Path) -> Part | None:
    """The part of that key, if it was made before and is as it was made; a damaged one is deleted."""
    folder = cache / key
    if not folder.is_dir():
        return None
    tables = {path.stem: path for path in sorted(folder.glob("*.parquet"))}
    try:
        is_whole = json.loads((folder / _WHOLE).read_text(encoding="utf-8")) == _sizes(tables)
    except (OSError, ValueError):
        is_whole = False
    if not is_whole:
        files.remove_folder(folder)
        return None
    return Part(key, folder, tables, reused=True)


def _sizes(tables: Mapping[str, Path]) -> dict[str, int]:
    return {name: path.stat().st_size for name, path in tables.items()}


def seal(folder: Path) -> None:
    """Write down the bytes of each table of a folder, so that `find` knows one that has lost part of them."""
    made = {path.stem: path for path in sorted(folder.glob("*.parquet"))}
    files.write_text(folder / _WHOLE, json.dumps(_sizes(made)) + "\n")


def write(key: str, cache: Path, tables: Mapping[str, pl.DataFrame]) -> Part:
    """Write a part: every table a Parquet file, the folder named once all are whole."""
    folder = cache / key
    with files.writing_folder(folder) as building:
        for name, table in sorted(tables.items()):
            table.write_parquet(
                building / f"{name}.parquet", compression="lz4", statistics=True, row_group_size=1 << 18
            )
        seal(building)
    return Part(key, folder, {name: folder / f"{name}.parquet" for name in sorted(tables)}, reused=False)
