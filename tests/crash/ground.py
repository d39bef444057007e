"""The ground a run fails on: a data folder with an old run, an inbox with something new, and what must hold afterwards.

Gives `Ground`, made once and copied for each failure; `whole`, which fails where the published run is not; `answers`,
the bytes by which two runs are compared; and `Server`, which does the runs.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import polars as pl

from pipelines import files, publish
from tests.cli_helpers import AS_OF, write_inbox
from tests.crash.faults import Fault

ROOT = Path(__file__).resolve().parents[2]
#: a disk in memory, where there is one: thousands of runs wait for no disk
_QUICK = Path("/dev/shm")


def scratch(name: str) -> Path:
    """A new folder for all that a test of failures makes."""
    return Path(tempfile.mkdtemp(prefix=f"resultsday-crash-{name}-", dir=_QUICK if _QUICK.is_dir() else None))


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code, negative where a signal ended it, and what it said."""

    code: int
    out: str
    err: str


class Server:
    """The process that does the runs; see `server.py`."""

    def __init__(self, place: Path, shim: Path | None = None) -> None:
        self.temporary = place / "temporary"
        self.temporary.mkdir(parents=True, exist_ok=True)
        self.said = place / "said"
        environ = {**os.environ, "TMPDIR": str(self.temporary), "NO_COLOR": "1", "COLUMNS": "160"}
        if shim is not None:
            environ["LD_PRELOAD"] = str(shim)
        command = [sys.executable, "-W", "error::UserWarning", "-m", "tests.crash.server"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def close(self) -> None:
        """End it, once what is asked is done."""
        self.process.communicate(timeout=60)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.process.communicate(timeout=60)

    def run(self, ground: Ground, fault: Fault | None = None, *options: str, **environ: str) -> Ended:
        """One run of the command line over a ground, with a fault laid."""
        return self.call(ground.data, (*ground.arguments, *options), fault, **environ)

    def call(self, data: Path, arguments: Sequence[str], fault: Fault | None = None, **environ: str) -> Ended:
        """Any command of the command line."""
        job: dict[str, Any] = {
            "arguments": ["--debug", *arguments],
            "data": str(data),
            "fault": fault or {"kind": "none"},
        }
        job |= {"said": str(self.said), "environ": environ}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        out, err = (Path(f"{self.said}.{name}").read_text(encoding="utf-8") for name in ("out", "err"))
        return Ended(code, out, err)


@dataclass(frozen=True)
class Ground:
    """A data folder with an old run published, and an inbox that has changed since."""

    place: Path

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def inbox(self) -> Path:
        return self.place / "inbox"

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("run", "--inbox", str(self.inbox), *self.where, "--as-of", AS_OF, "--centre", "99999")

    @property
    def where(self) -> tuple[str, ...]:
        return ("--data", str(self.data))

    def copy(self, to: Path) -> Ground:
        """The same ground elsewhere; runs are never written to again, so their files are linked."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.place, to, symlinks=True, copy_function=_link_runs)
        return Ground(to)


def _link_runs(source: str, target: str) -> None:
    if "/runs/" in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def make_ground(place: Path, server: Server) -> Ground:
    """Publish the old run, then let a file of the inbox change."""
    ground = Ground(place)
    write_inbox(ground.inbox)
    (ground.inbox / "notes.csv").unlink()  # three files are enough
    done = server.run(ground)
    assert done.code == 0, done
    entries = ground.inbox / "entries.csv"
    entries.write_text(entries.read_text(encoding="utf-8").replace("18/02/2026", "19/02/2026"), encoding="utf-8")
    return ground


def whole(data: Path) -> publish.PublishedRun:
    """Give the published run; AssertionError where any part of it is not what its manifest says."""
    found = publish.published(data)
    assert found is not None
    inputs = [one["sha256"] for one in found.manifest["inputs"] if one["sha256"]]
    assert sorted(path.name for path in (found.folder / "raw").iterdir()) == sorted(inputs)
    for sha256 in inputs:
        assert hashlib.sha256((found.folder / "raw" / sha256).read_bytes()).hexdigest() == sha256
    rows = {path.stem: pl.read_parquet(path).height for path in (found.folder / "tables").glob("*.parquet")}
    assert rows == found.manifest["tables"]
    with duckdb.connect(found.folder / "results.duckdb", read_only=True) as con:
        for table, count in rows.items():
            assert con.execute(f'SELECT count(*) FROM "{table}"').fetchall() == [(count,)], table
    listed = pl.read_csv(found.folder / "reports" / "discrepancies.csv", infer_schema=False)
    assert listed.height == rows["discrepancies"]
    for name in ("report.html", "summary.html"):
        assert (found.folder / "reports" / name).read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert not [path.name for path in found.folder.rglob("*") if path.name.startswith(".") or path.suffix == ".part"]
    return found


def answers(run: publish.PublishedRun) -> dict[str, str]:
    """The hash of every file by which two runs are compared: all but `run.json`, the database and the workbook."""
    return {
        str(path.relative_to(run.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(run.folder.rglob("*"))
        if path.suffix in (".parquet", ".csv", ".html")
    }


def build_shim(place: Path) -> Path | None:
    """Compile `shim.c`; None where there is no compiler, or this is no Linux."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    shim = place / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True, timeout=60)
    return shim


@dataclass(frozen=True)
class Field:
    """All that is made once: the server, the ground, the answers of the old run and of the new one."""

    place: Path
    server: Server
    ground: Ground
    old: dict[str, str]
    new: dict[str, str]
    has_shim: bool

    @property
    def known(self) -> str:
        """Where the joined tables of the new run are."""
        return str(self.place / "known")

    def fails(self, fault: Fault, *, is_known: bool = True) -> tuple[Ground, Ended]:
        """Do the new run with a fault over a fresh ground; gives the ground, with the old run or the new one whole."""
        ground = self.ground.copy(self.place / "one")
        ended = self.server.run(ground, {**fault, "known": self.known} if is_known else fault)
        assert "Traceback" not in ended.err, ended
        is_new = self.is_new(ground)
        assert is_new or ended.code != 0, "a run that says it is published is"
        return ground, ended

    def is_new(self, ground: Ground) -> bool:
        """Tell whether the published run, which must be whole, is the new one."""
        found = answers(whole(ground.data))
        assert found in (self.old, self.new)
        return found == self.new

    def left(self, ground: Ground) -> list[str]:
        """What a failed run left behind."""
        return leftovers(ground.data, self.server.temporary)

    def converges(self, ground: Ground) -> None:
        """The next run needs no help: it publishes what a run that never failed does, and leaves nothing else."""
        ended = self.server.run(ground, {"kind": "none", "known": self.known})
        assert ended.code == 0, ended
        assert self.is_new(ground)
        assert self.left(ground) == []
        shown = [answers(run) for run in publish.runs(ground.data)]
        assert shown == [self.old, self.new], "a run that nobody was shown is nobody's history"


def make_field(place: Path) -> Field:
    """Compile the shim where that can be done, start the server, publish the old run, and work out the new one."""
    shim = build_shim(place)
    server = Server(place, shim)
    ground = make_ground(place / "ground", server)
    (place / "known").mkdir()
    new = ground.copy(place / "new")
    ended = server.run(new, {"kind": "remember", "to": str(place / "known")})
    assert ended.code == 0, ended
    before, after = answers(whole(ground.data)), answers(whole(new.data))
    assert before != after
    return Field(place, server, ground, before, after, shim is not None)


def leftovers(data: Path, temporary: Path) -> list[str]:
    """What a failed run left beside the runs: hidden or half-written; the lock's own file stays and is no hindrance."""
    found = [path for path in data.rglob("*") if path.name.startswith(".") or ".part" in path.name]
    return sorted(path.name for path in [*found, *temporary.iterdir()] if path.name != files.LOCK)
