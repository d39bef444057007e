"""What makes two runs the same run: inputs, options, local tables, versions and the calendar's state.

Takes what is known before a file is read; gives one hash. Two runs of equal identity give equal bytes, so the second
is not published. The as-of time counts only through what is past by then: every time of the calendar and every
deadline before it, and every waiver that has run out.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.reference import reference_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    import polars as pl

    from pipelines.config import Config
    from pipelines.embargo import Lifted
    from pipelines.formats import Format
    from pipelines.local_files import LocalTables
    from pipelines.receive import Reception

PACKAGES = ("duckdb", "polars", "pandera", "lxml", "fastexcel", "jinja2", "markupsafe")
_CODE = ("*.py", "readers/*.py", "engines/*.py", "html/*.py", "templates/*")


def versions() -> dict[str, str]:
    """The versions of this program and of the libraries whose work ends up in the tables."""
    found = {}
    for name in ("resultsday", *PACKAGES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "0"
    return found


def code_hash() -> str:
    """A hash of every file of the program that decides what comes out: its modules, its SQL."""
    package = resources.sql().parent / "pipelines"
    folders: list[tuple[Path, Sequence[str]]] = [(resources.sql(), ("*/*.sql",))]
    if package.is_dir():
        folders.append((package, _CODE))
    digest = hashlib.sha256()
    for folder, patterns in folders:
        # beside the templates lies a folder of their byte code
        for path in sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def calendar_state(reference: Mapping[str, pl.DataFrame], as_of: datetime) -> dict[str, int]:
    """How many moments of each kind are past: what as-of can change in a run."""
    calendar = reference["release_calendar"]
    moment = as_of.astimezone(UTC)
    moments = {
        name: int((calendar[name] <= moment).sum()) for name in ("released_to_centres", "released_to_candidates")
    }
    windows = {name: int((calendar[name] <= as_of.date()).sum()) for name in ("window_from", "window_to")}
    deadlines = reference["deadlines"]["deadline"]
    return {
        **moments,
        **windows,
        "deadlines": int((deadlines <= as_of.date()).sum()),
        "deadlines_over": int((deadlines < as_of.date()).sum()),
        # what the calendar does not date is under embargo to the end of its academic year
        "seasons_over": int((reference["seasons"]["last_day"] < as_of.date()).sum()),
    }


def circumstances(
    reference: Mapping[str, pl.DataFrame],
    formats: Sequence[Format],
    config: Config,
    as_of: datetime,
    season: str,
) -> str:
    """What, beside the files themselves, decides what is joined and found of a centre: equal where that is equal.

    Not in it: what is kept by hand and the runs before, which only the tables made last rest on.
    """
    return json.dumps([season, _settings(reference, formats, config, as_of)], sort_keys=True)


def _settings(
    reference: Mapping[str, pl.DataFrame], formats: Sequence[Format], config: Config, as_of: datetime
) -> dict[str, Any]:
    return {
        "centres": sorted(config.centres),
        "season": config.season,
        "audience": config.audience,
        "near_boundary_marks": config.near_boundary_marks,
        "caps": [
            config.file_bytes,
            config.line_bytes,
            config.columns,
            config.xml_depth,
            config.xml_text_bytes,
        ],
        "reference": reference_hash(reference),
        "formats": sorted((one.name, one.sha256) for one in formats),
        "calendar": calendar_state(reference, as_of),
        "versions": versions(),
        "code": code_hash(),
    }


def identity(
    reception: Reception,
    reference: Mapping[str, pl.DataFrame],
    formats: Sequence[Format],
    config: Config,
    as_of: datetime,
    is_sample: bool,
    kept: LocalTables,
    lifted: Lifted | None = None,
) -> str:
    """Sixteen hexadecimal digits: the same for two runs that must come out the same."""
    told: dict[str, Any] = {
        "inputs": [[one.sha256, one.name, *one.other_names] for one in reception.received],
        "refused": [[one.name, one.reason] for one in reception.refused],
        **_settings(reference, formats, config, as_of),
        "lifted": [lifted.reason, lifted.by] if lifted else None,
        "centre_reports": config.centre_reports,
        "sample": is_sample,
        # the day as `sql/findings/waivers.sql` reckons it
        "local": [kept.sha256(), kept.past((as_of.astimezone(UTC) + timedelta(hours=1)).date())],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
