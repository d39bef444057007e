"""What holds for every test: no example has a time limit, since a busy machine would fail it for nothing; no network.

Where a change is judged (CI), the examples drawn are the same each time, so that a red answer is about the change;
everywhere else they are new in each run, and go on looking.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("resultsday", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("judged", settings.get_profile("resultsday"), derandomize=True)
settings.load_profile("judged" if os.environ.get("CI") else "resultsday")

_OFFLINE = str(Path(__file__).parent / "offline")


def _go_offline() -> None:
    """Refuse the network here, and in every Python that a test starts with the environment it has."""
    kept = [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place and place != _OFFLINE]
    os.environ["PYTHONPATH"] = os.pathsep.join([_OFFLINE, *kept])
    found = sys.modules.get("sitecustomize")
    if getattr(found, "__file__", None) != str(Path(_OFFLINE, "sitecustomize.py")):
        # a machine may have one of its own, which has done its work by now
        sys.modules.pop("sitecustomize", None)
        sys.path.insert(0, _OFFLINE)
        try:
            found = importlib.import_module("sitecustomize")
        finally:
            sys.path.remove(_OFFLINE)
    vars(found)["raises"] = True


_go_offline()


@pytest.fixture(scope="session", autouse=True)
def _waits_for_no_disk() -> Iterator[None]:
    """Hundreds of runs that nobody needs after the next power cut: what is synced, and when, is tests/crash's matter.

    Its runs are processes of their own, which this does not reach.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda _handle: None)
        yield
