"""A command that is told to stop ends as Ctrl-C ends it, whatever it was at."""

from __future__ import annotations

import os
import signal
import time

import duckdb
import pytest

from pipelines import cli
from pipelines.stopping import stoppable
from pipelines.watched import watched
from tests.cli_helpers import Said, call

#: many short steps: within a long one DuckDB hears no signal
SLOW = "SELECT count(*) FROM range(1000000000000) AS a WHERE a.range % 7 = 8"
needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")


def _called(monkeypatch: pytest.MonkeyPatch, command: object) -> Said:
    monkeypatch.setattr(cli, "app", command)
    return call("run")


@needs_signals
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_is_said_and_has_the_code_that_shells_know(
    monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    number = getattr(signal, name)
    before, cleaned = signal.signal(number, signal.SIG_DFL), []

    def command() -> None:
        try:
            os.kill(os.getpid(), number)
            time.sleep(5)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)  # a second one does not cut the cleaning short
            cleaned.append(True)

    try:
        said = _called(monkeypatch, command)
        assert signal.getsignal(number) == signal.SIG_DFL
    finally:
        signal.signal(number, before)
    assert (said.code, said.err) == (code, "resultsday: stopped; the published run, old or new, is whole.\n")
    assert cleaned == [True]


@needs_signals
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_a_signal_while_the_database_works_is_not_taken_for_a_fault(
    monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    def command() -> None:
        try:
            os.kill(os.getpid(), getattr(signal, name))
            time.sleep(5)
        except BaseException:
            # DuckDB loses what the signal raised and says this in its place, if it hears the signal at all: half of
            # the time it goes on to the end of its statement, so a test of the real thing would hang
            raise RuntimeError("Query interrupted") from None

    # a job in the background of a script is started with Ctrl-C switched off
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        said = _called(monkeypatch, command)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (said.code, said.err) == (code, "resultsday: stopped; the published run, old or new, is whole.\n")


@needs_signals
def test_a_question_that_is_told_to_stop_leaves_nothing_at_work() -> None:
    con = duckdb.connect()
    old = signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(SystemExit), stoppable():
            watched(con, lambda: con.execute(SLOW).fetchall())
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    assert con.execute("SELECT 1").fetchall() == [(1,)]


@needs_signals
def test_what_was_told_to_ignore_a_signal_goes_on_ignoring_it() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stoppable() as stop:
            os.kill(os.getpid(), signal.SIGHUP)
        assert stop.number is None
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
