"""The ground of all tests of failures, made once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.crash.ground import Field, make_field, scratch


@pytest.fixture(scope="session")
def field() -> Iterator[Field]:
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork: failures are laid into forked processes")
    place = scratch("tests")
    made = None
    try:
        made = make_field(place)
        yield made
    finally:
        if made is not None:
            made.server.close()
        shutil.rmtree(place, ignore_errors=True)
