"""Reads made-up files through the real program, for tests: contents in, rows of the `incoming_*` tables out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.check import Caps, Part, Source, read_and_check
from pipelines.formats import Format, load_formats

FORMATS = Path(__file__).resolve().parents[2] / "schemas" / "formats"


@cache
def shipped() -> tuple[Format, ...]:
    return load_formats(FORMATS)


@dataclass(frozen=True)
class Tables:
    """What was read of some files, in the order they were given."""

    parts: tuple[Part, ...]
    ids: tuple[str, ...]

    def frame(self, table: str) -> pl.DataFrame:
        name = f"incoming_{table}"
        frames = [pl.read_parquet(part.tables[name]) for part in self.parts if name in part.tables]
        return pl.concat(frames) if frames else pl.DataFrame()

    def rows(self, table: str, file: int | None = None) -> list[dict[str, Any]]:
        """Rows as dictionaries, `file` being the position of the file, in the order of file and line."""
        rows = [{"file": self.ids.index(row["file_id"]), **row} for row in self.frame(table).iter_rows(named=True)]
        rows = [row for row in rows if file is None or row["file"] == file]
        return sorted(rows, key=lambda row: (row["file"], row.get("line", 0)))

    def column(self, table: str, column: str, file: int | None = None) -> list[Any]:
        return [row[column] for row in self.rows(table, file)]

    def file(self, position: int = 0) -> dict[str, Any]:
        return self.rows("files", position)[0]


def sources(folder: Path, contents: Sequence[str | bytes]) -> list[Source]:
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for position, content in enumerate(contents):
        data = content.encode() if isinstance(content, str) else content
        sha256 = hashlib.sha256(data).hexdigest()
        path = folder / f"{position}.received"
        path.write_bytes(data)
        made.append(Source(sha256[:16], sha256, path))
    return made


def read(
    folder: Path,
    *contents: str | bytes,
    formats: Sequence[Format] | None = None,
    caps: Caps | None = None,
) -> Tables:
    """Read and check files of these contents."""
    received = sources(folder / "received", contents)
    formats = shipped() if formats is None else formats
    parts = read_and_check(received, formats, folder / "cache", caps or Caps())
    return Tables(parts, tuple(source.file_id for source in received))


def edi(*body: str, letter: str = "R", centre: str = "99999", series: str = "6E26") -> str:
    """A whole EDI file round some body lines."""
    lines = [f"{letter}11472{series}001100826", f"{letter}3{centre}{series}", *body]
    lines += [f"{letter}7{centre}{len(body) + 2:07d}", f"{letter}9{len(body) + 4:07d}"]
    return "".join(f"{line}\r\n" for line in lines)


def result(
    candidate: str = "0042",
    *,
    uci: str = "999990250042X",
    option: str = "583402",
    entry: str | None = None,
    block: str = "M0042D",
    uln: str = "1000000043",
    centre: str = "99999",
) -> str:
    """One R5 line."""
    codes = f"{entry if entry is not None else option:<6}{option:<6}"
    return f"R5{centre}{candidate:<4}{uci:<13}{codes}{block:<16}{uln:<10}"


CLAIMS = "Centre Number,Candidate Number,Surname,Forename(s),Qualification Code,Unit Code,Claimed Grade,Claim Date"


def claim(candidate: str = "0042", *, surname: str = "Sample", unit: str = "05834/04", date: str = "17/05/2026") -> str:
    """One row of a claims sheet with the headers of `CLAIMS`."""
    return f"99999,{candidate},{surname},Ann,05878,{unit},M,{date}"
