"""Stage 3, check: received files in, typed and validated `incoming_*` tables out, as parts in a cache.

Takes the received files and the formats, gives a part for each bucket of files of one format. Promises: what is
kept has passed the pandera schema of its table; what is not is a reject with its line, its text and the reason;
for every file, rows read = rows kept + rows rejected. A file that is refused, because its layout does not fit or
because more than half of its rows were rejected, contributes to no table but `incoming_files` (and its centre to
`incoming_file_centres`, with no rows kept): its rows all count as rejected, and the evidence is in `detail`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

from pipelines import parts
from pipelines.formats import Format
from pipelines.parts import Part, Source
from pipelines.read import Caps, Recognised, read, recognise
from pipelines.readers import tables

__all__ = ["Caps", "Part", "Source", "check_files", "read_and_check"]

Progress = Callable[[str, int, int], None]


def read_and_check(
    sources: Sequence[Source],
    formats: Sequence[Format],
    cache: Path,
    caps: Caps,
    progress: Progress | None = None,
) -> tuple[Part, ...]:
    """Make, or find in the cache, the parts of all these files, sorted by key.

    `progress` is told what is being done, how many files are done, and of how many. Raises `DiskError`.
    """
    tell = progress or (lambda _what, _done, _of: None)
    known: dict[str, Recognised] = {}
    unique = {source.sha256: source for source in sources}
    for done, source in enumerate(unique.values()):
        tell("recognise", done, len(unique))
        known[source.sha256] = recognise(source.path, formats, caps)
    jobs = list(_jobs(list(unique.values()), known, formats, caps))
    made, done = [], 0
    for bucket, layout, key in jobs:
        tell("read", done, len(unique))
        part = parts.find(key, cache)
        if part is None:
            checked = check_files(bucket, [known[source.sha256] for source in bucket], layout, caps)
            part = parts.write(key, cache, checked)
        made.append(part)
        done += len(bucket)
    tell("read", done, len(unique))
    return tuple(sorted(made, key=lambda part: part.key))


def _jobs(
    sources: Sequence[Source], known: Mapping[str, Recognised], formats: Sequence[Format], caps: Caps
) -> list[tuple[tuple[Source, ...], Format | None, str]]:
    """The buckets to read: those of each format, and the files that no format reads."""
    by_format: dict[str, list[Source]] = {}
    for source in sources:
        layout = known[source.sha256].format
        by_format.setdefault(layout.name if layout else "", []).append(source)
    layouts = {layout.name: layout for layout in formats}
    # Why a file is refused depends on every format there is.
    all_formats = " ".join(f"{layout.name} {layout.sha256}" for layout in formats)
    jobs = []
    for name, mine in sorted(by_format.items()):
        layout = layouts.get(name)
        reads_by = f"{layout.name} {layout.sha256} {caps}" if layout else f"refused {all_formats} {caps}"
        sizes = {source.sha256: source.path.stat().st_size if layout else 0 for source in mine}
        for bucket in parts.buckets(mine, sizes):
            jobs.append((bucket, layout, parts.part_key(bucket, reads_by)))
    return jobs


def check_files(
    bucket: Sequence[Source], found: Sequence[Recognised], layout: Format | None, caps: Caps
) -> dict[str, pl.DataFrame]:
    """Read and check the files of one bucket: every table a part holds."""
    ids = [source.file_id for source in bucket]
    if layout is None:
        return tables.refused(ids, [(one.reason, one.detail) for one in found])
    cut = read([source.path.read_bytes() for source in bucket], found, layout, caps)
    return tables.finish(tables.check(cut, layout, ids), cut, layout, ids)
