"""Whether what a centre has written itself can be used: settings, local formats, local reference files.

Takes the data folder, gives checks. Promises: every unknown setting is named with the nearest that exists and its
line; the shipped formats are only read again where local ones stand beside them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path

from pipelines import config, resources
from pipelines.checkup import Check, ok, said, wrong
from pipelines.checkup.rows import NAME as REFERENCE_FILES
from pipelines.checkup.rows import Tables
from pipelines.errors import ExitCode, UsageError


def check_config(data: Path) -> list[Check]:
    """`resultsday.toml` and the environment can be read, and say nothing that does not exist."""
    path = data / config.FILE
    if faults := list(_unknown(path)):
        return faults
    try:
        settings = config.load_config(data)
    except UsageError as error:
        return [said("config", error)]
    except OSError as error:
        return [wrong("config", f"{error.strerror}.", str(path), "Check that you may read it.", ExitCode.DISK)]
    if not path.is_file():
        return [ok("config", "no settings file: every setting has its default", str(path))]
    centres = f"centres {', '.join(settings.centres)}" if settings.centres else "every centre that is seen"
    return [ok("config", f"{centres}; for {settings.audience}", str(path))]


def _unknown(path: Path) -> Iterator[Check]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        written = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return  # `load_config` says it, with what to do
    names = [item.name for item in fields(config.Config)]
    for key in written:
        if key not in names:
            near = get_close_matches(key, names, n=1)
            todo = f"Did you mean {near[0]}?" if near else f"The settings are: {', '.join(names)}."
            yield wrong("config", f"There is no setting {key}.", f"{path}:{_line(text, key)}", todo)


def _line(text: str, key: str) -> int:
    """The line on which a key is set, or its table begins; 1 where it cannot be told."""
    pattern = rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[\]=.]"""
    return next((number for number, line in enumerate(text.splitlines(), 1) if re.match(pattern, line)), 1)


def check_local(data: Path, tables: Tables) -> list[Check]:
    """Local formats and reference files are of use; `tables` has been read with the local ones."""
    local = data / "local"
    return [_check_formats(local / "formats"), *_check_reference(local / "reference", tables)]


def _check_formats(folder: Path) -> Check:
    found = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not found:
        return ok("local formats", "none", str(folder))
    # A format names tables of `schemas`, which bring the frame library with them: only paid for where there is one.
    from pipelines.formats import load_formats

    try:
        load_formats(resources.formats(), folder)
    except UsageError as error:
        return said("local formats", error)
    except OSError as error:
        return wrong("local formats", f"{error.strerror}.", str(folder), "Check the rights.", ExitCode.DISK)
    return ok("local formats", ", ".join(path.stem for path in found), str(folder))


def _check_reference(folder: Path, tables: Tables) -> list[Check]:
    if tables.faults:
        return list(tables.faults)
    own = sorted(path.stem for path in folder.glob("*.csv")) if folder.is_dir() else []
    rows = sum(row.is_local for name in own for row in tables.of(name))
    told = f"shipped, and {rows} rows of your own in {', '.join(own)}" if own else "as shipped; none of your own"
    return [ok(REFERENCE_FILES, told, str(folder if own else resources.reference_data()))]
