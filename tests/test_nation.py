"""Centres made for measuring: what is planted in them is found, nothing else is; of a changed file no more is read."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from benchmarks import nation, scale
from pipelines import resources
from pipelines.check import Caps, Source, read_and_check
from pipelines.config import Config
from pipelines.formats import load_formats
from pipelines.run import Options, run

CENTRES = 14  #: two are given grades that differ, one a student without a UCI, one an entry without a result


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nation") / "inbox"
    nation.make(folder, CENTRES)
    return folder


def test_what_is_planted_in_made_up_centres_is_found_and_nothing_else_is_an_error(inbox: Path, tmp_path: Path) -> None:
    as_of = datetime.fromisoformat(nation.AS_OF).replace(tzinfo=ZoneInfo("Europe/London"))
    done = run(Options(inboxes=(inbox,), data=tmp_path, as_of=as_of, config=Config(centre_reports=False)))
    assert done.folder is not None
    manifest = json.loads((done.folder / "run.json").read_text(encoding="utf-8"))
    planted, found = scale.planted_and_found(manifest, CENTRES)
    assert planted == found
    assert planted == {"grades_conflict": 2, "missing_uci": 1, "missing_from_edi": 6, "entry_without_result": 1}
    assert len(manifest["centres"]) == CENTRES
    # without pages of each centre, its own findings are there still
    assert list((done.folder / "reports" / "centres").rglob("*.html")) == []
    assert (done.folder / "reports" / "centres" / "95006" / "discrepancies.csv").is_file()


def _parts(inbox: Path, cache: Path) -> tuple[int, dict[str, bytes]]:
    """How many parts were there already, and the bytes of every file of the parts."""
    paths = sorted(path for path in inbox.rglob("*") if path.is_file())
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    sources = [Source(sha256[:16], sha256, path) for sha256, path in zip(hashes, paths, strict=True)]
    made = read_and_check(sources, load_formats(resources.formats()), cache, Caps())
    bytes_of = {f"{part.key}/{name}": path.read_bytes() for part in made for name, path in part.tables.items()}
    return sum(part.reused for part in made), bytes_of


def test_where_one_file_is_changed_the_parts_are_those_of_a_fresh_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.parts.BUCKET_BYTES", 1 << 18)  # several parts of each format, as at full size
    inbox = tmp_path / "inbox"
    nation.make(inbox, CENTRES)
    _, before = _parts(inbox, tmp_path / "kept")
    scale.alter(inbox)
    reused, after = _parts(inbox, tmp_path / "kept")
    fresh_reused, fresh = _parts(inbox, tmp_path / "fresh")
    assert fresh_reused == 0
    assert after == fresh
    made = {key.partition("/")[0] for key in after} - {key.partition("/")[0] for key in before}
    assert len(made) == 1
    assert reused == len({key.partition("/")[0] for key in after}) - 1
