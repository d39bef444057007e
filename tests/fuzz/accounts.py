"""What must hold of whatever is read: nothing is raised, nothing is lost, nothing leaks from one file to another.

Takes contents of files; gives the tables they make, or raises AssertionError with what does not hold. Lines are
counted here by a splitter of its own: a line of a file is framing, or it belongs to one record, kept or set aside.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from pipelines.check import Caps, check_files
from pipelines.formats import Format, load_formats
from pipelines.parts import Source
from pipelines.read import Recognised, recognise

FORMATS = Path(__file__).resolve().parents[2] / "schemas" / "formats"
#: so low that a file of a few lines goes over each of them
LOW = Caps(file_bytes=20_000, line_bytes=400, columns=25, xml_depth=5, xml_text_bytes=300)
_ROWS = ("incoming_evidence", "incoming_rejects")


@cache
def shipped() -> tuple[Format, ...]:
    """Every format there is."""
    return load_formats(FORMATS)


@dataclass(frozen=True)
class Looked:
    """Some files as they were read."""

    found: tuple[Recognised, ...]
    tables: tuple[dict[str, pl.DataFrame], ...]  #: of each file, read alone

    def rows(self, table: str, file: int = 0) -> list[dict[str, Any]]:
        """Rows of a table of one file; none where its format does not fill it."""
        frame = self.tables[file].get(f"incoming_{table}")
        return [] if frame is None else frame.to_dicts()

    def file(self, file: int = 0) -> dict[str, Any]:
        """What is said of one file."""
        return self.rows("files", file)[0]


def look(contents: Sequence[bytes], caps: Caps | None = None) -> Looked:
    """Read each file alone, and those of one format together, and hold them to all that is promised."""
    caps = caps or Caps()
    with TemporaryDirectory(prefix="resultsday-looked-") as place:
        sources = _sources(Path(place), contents)
        found = tuple(recognise(source.path, shipped(), caps) for source in sources)
        alone = tuple(
            check_files([source], [one], one.format, caps) for source, one in zip(sources, found, strict=True)
        )
        for content, one, tables in zip(contents, found, alone, strict=True):
            _holds(content, one, tables)
        for layout in {one.format.name: one.format for one in found if one.format}.values():
            mine = [n for n, one in enumerate(found) if one.format and one.format.name == layout.name]
            if len(mine) > 1:
                together = check_files([sources[n] for n in mine], [found[n] for n in mine], layout, caps)
                _same(together, [alone[n] for n in mine])
    return Looked(found, alone)


def _sources(place: Path, contents: Sequence[bytes]) -> list[Source]:
    made = []
    for number, content in enumerate(contents):
        # the same bytes twice are one file to the program; here each is a file of its own
        sha256 = hashlib.sha256(content + str(number).encode()).hexdigest()
        path = place / str(number)
        path.write_bytes(content)
        made.append(Source(sha256[:16], sha256, path))
    return made


def _same(together: dict[str, pl.DataFrame], alone: Sequence[dict[str, pl.DataFrame]]) -> None:
    """Files read at once say what each says alone."""
    for name, frame in together.items():
        apart = pl.concat([tables[name] for tables in alone])
        assert frame.sort("file_id", maintain_order=True).equals(apart.sort("file_id", maintain_order=True)), (
            f"{name}: files that are read together do not say what each says alone"
        )


def _holds(content: bytes, found: Recognised, tables: dict[str, pl.DataFrame]) -> None:
    (file,) = tables["incoming_files"].to_dicts()
    kept, rejected = (tables[name].select("line", "raw").rows() for name in _ROWS)
    assert file["is_refused"] or not file["reason"] or file["is_truncated"]
    if file["is_refused"]:
        assert file["reason"]
        assert file["rows_kept"] == 0
        # nothing but what is said of the file itself, and the centres its headers speak of
        told = {name for name, frame in tables.items() if frame.height}
        assert told <= {"incoming_files", "incoming_file_centres"}, told
    assert file["rows_read"] == file["rows_kept"] + file["rows_rejected"]
    if file["is_refused"] or found.format is None:
        return
    assert (file["rows_kept"], file["rows_rejected"]) == (len(kept), len(rejected))
    lines = [line for line, _ in (*kept, *rejected)]
    assert len(lines) == len(set(lines)), "a record is kept and set aside, or twice either"
    known = set(lines)
    for name, frame in tables.items():
        if name not in _ROWS and "line" in frame.columns:
            assert set(frame["line"].to_list()) <= {line for line, _ in kept}, f"{name} speaks of what was not kept"
    if found.format.shape != "xml" and not found.sheet:
        _lines_add_up(content, file["rows_framing"], [*kept, *rejected], known)


def _lines_add_up(content: bytes, framing: int, records: Sequence[tuple[int, str]], known: set[int]) -> None:
    """Each line is framing or part of one record, which holds its text as it stands."""
    physical = lines_of(content)
    taken: set[int] = set()
    for line, raw in records:
        mine = range(line, line + raw.count("\n") + 1)
        assert not taken & set(mine), f"line {line} belongs to two records"
        taken |= set(mine)
        assert "\n".join(physical[line - 1 : line + raw.count("\n")]) == raw, f"line {line} is not as it was sent"
    assert known <= taken
    assert framing + len(taken) == len(physical), (
        f"{len(physical)} lines, of which {framing} framing and {len(taken)} records"
    )


def lines_of(content: bytes) -> list[str]:
    """The lines of a text file, as `docs/formats-howto.md` says they are told apart."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    else:
        content = content.removeprefix(b"\xef\xbb\xbf")
        try:
            text = content.decode()
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if re.search(r"\x1a[ \t\r\n]{0,7}\Z", text):
        text = text[: text.index("\x1a", len(text.rstrip("\x1a \t\r\n")))]
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[:-1] if lines[-1] == "" else lines
