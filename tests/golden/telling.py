"""What one version of the program makes of an inbox, told so that another can be held beside it.

Takes a published run's folder, gives `Told`: each rule with its status, each finding by its fingerprint, each output by
a digest of what it says. Promises: nothing in it is of any person, but where the rows are asked for; a digest does not
depend on the machine, nor on the library that wrote the Parquet or packed the workbook.
"""

from __future__ import annotations

import csv
import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

#: columns that say when, not what: a finding that is otherwise the same has not changed
_OF_THE_RUN = ("change",)
_SHORT = 8  #: characters of a run's identity in the footer of a sheet
_RULES, _FINDINGS, _OUTPUTS = "rules.csv", "findings.csv", "outputs.csv"


@dataclass(frozen=True)
class Told:
    """Rules, findings and outputs of a run."""

    rules: Mapping[str, str]  #: code → its status over all centres
    findings: Mapping[tuple[str, str], str]  #: code and fingerprint → a digest of all that the finding says
    outputs: Mapping[str, str]  #: path below the run → a digest of its contents
    rows: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)  #: the findings in full


def told_of(folder: Path, has_reports: bool = True) -> Told:
    """What a published run says; without its reports where they tell when the run before it was."""
    frame = pl.read_parquet(folder / "tables" / "discrepancies.parquet")
    rows = {(row["code"], row["fingerprint"]): row for row in frame.iter_rows(named=True)}
    statuses = pl.read_parquet(folder / "tables" / "rules_run.parquet").select("code", "centre_number", "status")
    by_rule: dict[str, set[str]] = {}
    for code, centre, status in statuses.iter_rows():
        # where a row over all centres stands, it alone speaks
        by_rule.setdefault(code, set()).add(f"{centre or ''} {status}".strip())
    return Told(
        rules={code: " ".join(sorted(said)) for code, said in sorted(by_rule.items())},
        findings={key: _digest(_said(row)) for key, row in sorted(rows.items())},
        outputs={name: said for name, said in _outputs(folder) if has_reports or "reports/" not in name},
        rows=rows,
    )


def _said(row: Mapping[str, Any]) -> Iterable[bytes]:
    for name, value in sorted(row.items()):
        if name not in _OF_THE_RUN:
            yield f"{name}\x1f{value}\x1e".encode()


def _digest(pieces: Iterable[bytes]) -> str:
    made = hashlib.sha256()
    for piece in pieces:
        made.update(piece)
    return made.hexdigest()[:16]


def _outputs(folder: Path) -> Iterable[tuple[str, str]]:
    runs = _runs_of(folder)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".parquet":
            pieces = _of_table(path)
        elif path.suffix == ".xlsx":
            pieces = _of_workbook(path)
        elif name.startswith("reports/") and path.is_file():
            pieces = [path.read_bytes()]
        else:
            continue
        yield name, _digest(runs.sub(b"a run", piece) for piece in pieces)


def _runs_of(folder: Path) -> re.Pattern[bytes]:
    """What a run is known by: its start, and the identity, which any change of the program's text makes another."""
    history = folder / "tables" / "finding_history.parquet"
    known = pl.read_parquet(history, columns=["first_run", "last_run"]).rows() if history.is_file() else []
    names = sorted({str(name) for row in known for name in row if name})
    return re.compile(
        "|".join(
            [r"\d{8}T\d{6}Z(?:-\d+)?", *map(re.escape, names), *(re.escape(name[:_SHORT]) for name in names)]
        ).encode()
    )


def _of_table(path: Path) -> Iterable[bytes]:
    """Names, types and every row in its order, as text: the bytes of Parquet change with the library that writes it."""
    frame = pl.read_parquet(path)
    yield repr([(name, str(kind)) for name, kind in frame.schema.items()]).encode()
    for row in frame.iter_rows():
        yield repr([None if value is None else str(value) for value in row]).encode()


def _of_workbook(path: Path) -> Iterable[bytes]:
    """The parts of a workbook, unpacked: how well they are packed depends on zlib."""
    with zipfile.ZipFile(path) as book:
        for name in sorted(book.namelist()):
            yield name.encode() + b"\x1f" + book.read(name)


def keep(told: Told, folder: Path) -> None:
    """Write what is told into a folder, a line each, so that a change shows line by line."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / _RULES, ("code", "status"), told.rules.items())
    _write(folder / _FINDINGS, ("code", "fingerprint", "says"), ((*key, said) for key, said in told.findings.items()))
    _write(folder / _OUTPUTS, ("output", "says"), told.outputs.items())


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


def kept(folder: Path) -> Told:
    """What was kept of a season; nothing where nothing was."""
    rules, findings, outputs = (_read(folder / name) for name in (_RULES, _FINDINGS, _OUTPUTS))
    return Told(
        rules={row[0]: row[1] for row in rules},
        findings={(code, fingerprint): said for code, fingerprint, said in findings},
        outputs={row[0]: row[1] for row in outputs},
    )


def _read(path: Path) -> list[list[str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]
