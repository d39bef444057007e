"""The programs these tests look through: found, or the test is skipped with what to install.

The tests take minutes, so they run where they are asked for: by `make test-browser`, which installs the programs on
Debian and sets BROWSER_TESTS, or where CI is true and the programs are there. In CI nothing that is asked for may lack.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

_INSTALL = "make test-browser installs it where apt-get is there"


def _is_asked() -> bool:
    return bool(os.environ.get("BROWSER_TESTS"))


def _is_ci() -> bool:
    return os.environ.get("CI") == "true"


def _lacking(what: str) -> NoReturn:
    reason = f"{what} is not here: {_INSTALL}"
    if _is_asked() and _is_ci():
        pytest.fail(reason)
    pytest.skip(reason)


def program(*names: str) -> str:
    """The path of the first of these programs; the test is skipped where there is none."""
    if not _is_asked() and not _is_ci():
        pytest.skip("it takes minutes: make test-browser runs it")
    if sys.platform == "win32":
        pytest.skip("the browser tests speak to Chromium through a pipe of Unix")
    for name in names:
        found = shutil.which(name)
        if found is not None:
            return found
    _lacking(names[0])


def axe() -> str:
    """The source of axe-core, as axe-playwright-python carries it."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        _lacking("axe-playwright-python")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def text_of(pdf: Path, *options: str) -> list[str]:
    """The text of each page of a PDF."""
    command = [program("pdftotext"), "-layout", *options, str(pdf), "-"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    return done.stdout.decode("utf-8").split("\f")
