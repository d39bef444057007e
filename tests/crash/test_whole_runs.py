"""A whole run fails at some operation: `current` is the old run or the new one, whole, and the next run needs no help.

A choice of places, one of each kind of operation and each part of a run; `make crash` goes through all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crash.ground import Field

pytestmark = pytest.mark.xdist_group("crash")

BUILDING = "runs/.building-RUN"
#: how it fails, at which operation, where; and whether the new run is published all the same
PLACES = [
    ("once", "write", ".resultsday.lock.json.part", False),
    ("once", "link", f"{BUILDING}/raw/SHA", True),  # a copy does as well
    ("ever", "replace", "runs/RUN", False),
    ("full", "write", f"{BUILDING}/raw/incoming.part", False),
    ("full", "write", f"{BUILDING}/reports/report.html.part", False),
    ("full", "open", "current.txt.part", True),  # the link has switched
    ("killed", "symlink_to", "current", False),  # named, and not published
]


@pytest.mark.parametrize(("how", "operation", "place", "is_new"), PLACES)
def test_wherever_a_run_fails_the_published_one_is_whole_and_the_next_needs_no_help(
    field: Field, how: str, operation: str, place: str, is_new: bool
) -> None:
    fault = {"kind": "operation", "how": how, "operation": operation, "place": place}
    ground, ended = field.fails(fault)
    assert ended.code == (-9 if how == "killed" else 0 if (how, is_new) == ("once", True) else 13), ended
    assert field.is_new(ground) == is_new
    if how in ("once", "full"):
        assert field.left(ground) == []
    else:
        field.converges(ground)


SIGNALS = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
STAGES = [
    ("receive", 1, "SIGTERM"),
    ("read", 2, "SIGHUP"),
    ("publish", 1, "SIGINT"),
]


@pytest.mark.parametrize(("stage", "nth", "name"), STAGES)
def test_a_run_that_is_told_to_stop_says_so_and_leaves_nothing(field: Field, stage: str, nth: int, name: str) -> None:
    ground, ended = field.fails({"kind": "stage", "stage": stage, "nth": nth, "signal": name})
    assert (ended.code, ended.out) == (SIGNALS[name], "")
    assert ended.err == "resultsday: stopped; the published run, old or new, is whole.\n"
    assert not field.is_new(ground)
    assert field.left(ground) == []


@pytest.mark.parametrize(("stage", "nth"), [("rules", 30)])
def test_a_run_that_is_told_to_stop_while_it_asks_the_database_stops(field: Field, stage: str, nth: int) -> None:
    fault = {"kind": "stage", "stage": stage, "nth": nth, "signal": "SIGTERM"}
    ground, ended = field.fails(fault, is_known=False)
    assert ended.code == 143, ended
    assert field.left(ground) == []


@pytest.mark.parametrize(
    ("operation", "place", "is_new"),
    [
        ("symlink_to", "current", False),
        ("open", "current.txt.part", True),
    ],
)
def test_a_signal_in_the_middle_of_writing_and_of_switching_leaves_one_whole_run(
    field: Field, operation: str, place: str, is_new: bool
) -> None:
    ground, ended = field.fails({"kind": "operation", "how": "SIGTERM", "operation": operation, "place": place})
    assert ended.code == 143, ended
    assert field.is_new(ground) == is_new
    assert field.left(ground) == []


@pytest.fixture
def rehearsing(field: Field) -> Iterator[Field]:
    assert list(field.server.temporary.iterdir()) == []
    yield field
    assert list(field.server.temporary.iterdir()) == []


def test_a_rehearsal_and_a_check_that_are_told_to_stop_leave_no_temporary_folder(rehearsing: Field) -> None:
    for arguments in (("rehearse", "--students", "1"), ("check", *rehearsing.ground.arguments[1:])):
        fault = {"kind": "operation", "how": "SIGTERM", "operation": "mkdir", "place": "elsewhere/raw"}
        ended = rehearsing.server.call(rehearsing.ground.data, arguments, fault)
        assert ended.code == 143, ended
