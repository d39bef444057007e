"""Under which licence each package comes that the program needs when it runs (development only).

Takes the lock file and what is installed; gives a record a package. Promises the same answer on every machine: which
packages there are and in which version is read from the lock alone, and what an installed package does not say of
itself, or what is installed on Windows only, stands below with its source.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PROGRAM = "resultsday"

#: package → licence and where that is said
SAID_ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "colorama": ("BSD-3-Clause", "its LICENSE.txt; needed on Windows alone"),
    "py4j": ("BSD-3-Clause", "its LICENSE; comes with the extra `spark` alone"),
    "pyrage": ("MIT", "its LICENSE; its metadata say nothing"),
    "pyspark": ("Apache-2.0", "its LICENSE, which lists what it bundles; the extra `spark` alone"),
    "tzdata": ("Apache-2.0", "its LICENSE; needed on Windows alone"),
}

#: the words of older metadata → the name of the licence
_CLASSIFIERS: Mapping[str, str] = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
_TODO = "install what uv.lock has, or look it up and add it to SAID_ELSEWHERE of pipelines/licences.py"
_LONGEST = 40  #: characters; a licence that is longer is the text itself and not its name


@dataclass(frozen=True)
class Licensed:
    """A package of the lock: its licence, and where that is said."""

    package: str
    version: str
    licence: str
    source: str
    is_asked_for: bool  #: named in pyproject.toml; the others come with one of those


def licensed(lock: Path) -> tuple[Licensed, ...]:
    """Every package that runs with the program, by name. Raises LookupError where one tells no licence."""
    packages = {one["name"]: one for one in tomllib.loads(lock.read_text(encoding="utf-8"))["package"]}
    groups = packages[PROGRAM].get("optional-dependencies", {}).values()
    asked = {one["name"] for one in (*packages[PROGRAM]["dependencies"], *(one for group in groups for one in group))}
    names = sorted(set(_needed(packages, PROGRAM)) - {PROGRAM})
    return tuple(Licensed(name, packages[name]["version"], *_licence(name), name in asked) for name in names)


def _needed(packages: Mapping[str, Any], name: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """A package and all it needs, on whatever system, with the extras asked for."""
    if name in seen:
        return
    yield name
    one = packages[name]
    extras = [found for group in one.get("optional-dependencies", {}).values() for found in group]
    for found in (*one.get("dependencies", ()), *extras):
        yield from _needed(packages, found["name"], seen | {name})


def _licence(name: str) -> tuple[str, str]:
    if name in SAID_ELSEWHERE:
        return SAID_ELSEWHERE[name]
    try:
        told: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        raise LookupError(f"{name} is not installed here, so nobody says its licence: {_TODO}") from None
    if expression := told.get("License-Expression"):
        return expression, "its metadata"
    classified = [_CLASSIFIERS[one] for one in told.get_all("Classifier") or () if one in _CLASSIFIERS]
    if len(classified) == 1:
        return classified[0], "its classifier"
    text = (told.get("License") or "").strip()
    if text and len(text) <= _LONGEST:
        return text, "its metadata"
    raise LookupError(f"{name} does not say its licence: {_TODO}")
