"""The shell at a real terminal, and what Ctrl-C and the time limit do to a question, within it and without."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.commands import shell
from pipelines.commands.answering import Manner
from pipelines.errors import ExitCode, UsageError
from pipelines.publish import published as published_run
from pipelines.sealed import answer, sealed
from pipelines.watched import TimeLimitError, watched
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny

#: more work than any machine does in a minute
SLOW = "SELECT count(*) FROM range(1000000) AS a, range(100000000) AS b WHERE a.range * b.range % 7 = 3"
PROGRAM = [sys.executable, "-m", "pipelines.cli"]
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>()][0-9A-B]?|\r")

needs_terminal = pytest.mark.skipif(os.name == "nt", reason="there is no pseudo-terminal in Windows' Python")


class Terminal:
    """`resultsday query` on a pseudo-terminal of 100 columns, and what stands on it."""

    def __init__(self, home: Path, *arguments: str, term: str = "xterm") -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.screen, mine = "", {"HOME": str(home), "TERM": term, "PROMPT_TOOLKIT_NO_CPR": "1", "NO_COLOR": "1"}
        self.own, theirs = pty.openpty()
        fcntl.ioctl(self.own, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))

        def take() -> None:
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            [*PROGRAM, "query", "--data", str(tiny()), *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, **mine},
            # the terminal is opened here, and only the child itself can make it its own: no option of Popen's does
            preexec_fn=take,  # noqa: PLW1509
        )
        os.close(theirs)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        try:
            while data := os.read(self.own, 65536):
                self.screen += _ESCAPES.sub("", data.decode("utf-8", "replace"))
        except OSError:
            return  # the other end is closed

    def type(self, text: str) -> int:
        """Type; gives where what comes next on the screen begins."""
        mark = len(self.screen)
        os.write(self.own, text.encode())
        return mark

    def wait(self, words: str, mark: int = 0, seconds: float = 60) -> None:
        """Until the words stand on the screen."""
        end = time.monotonic() + seconds
        while words not in self.screen[mark:]:
            if time.monotonic() > end:
                raise AssertionError(f"{words!r} never came:\n{self.screen[mark:]}")
            time.sleep(0.02)

    def end(self) -> int:
        """The exit code, once it has ended."""
        code = self.process.wait(60)
        self._reader.join(10)
        os.close(self.own)
        return code


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    yield opened
    if opened.process.poll() is None:
        opened.process.kill()
        opened.end()


@needs_terminal
def test_the_shell_reads_lines_up_to_a_semicolon_and_completes_at_the_tab_key(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.wait("results>")
    mark = terminal.type("SELECT count(*) || ' students' AS told FROM candid\t")
    terminal.wait("candidate", mark)
    mark = terminal.type("\x03")
    terminal.wait("results>", mark)
    mark = terminal.type("SELECT count(*) || ' students' AS told FROM read\t")
    terminal.wait("FROM readiness", mark)
    mark = terminal.type("\r;\r")
    terminal.wait("5 students", mark)
    mark = terminal.type(".desc\t")
    terminal.wait(".describe", mark)
    mark = terminal.type(" candidates\r")
    terminal.wait("date_of_birth", mark)
    terminal.type(".quit\r")
    assert terminal.end() == ExitCode.DONE
    # nothing typed is kept: it may hold a student's number
    assert list(tmp_path.rglob("*")) == []


@needs_terminal
def test_ctrl_c_stops_a_question_and_the_shell_goes_on(terminal: Terminal) -> None:
    terminal.wait("results>")
    terminal.type(f"{SLOW};\r")
    time.sleep(1)
    begun, mark = time.monotonic(), terminal.type("\x03")
    terminal.wait("Stopped.", mark)
    terminal.wait("results>", mark)
    assert time.monotonic() - begun < 20
    mark = terminal.type("SELECT 'still' || ' here' AS a;\r")
    terminal.wait("still here", mark)
    # a dot command's question is stopped as well, and what is half typed given up
    mark = terminal.type("SELECT 'never asked'\r\x03")
    terminal.wait("results>", mark)
    mark = terminal.type("SELECT 1 + 41 AS a;\r")
    terminal.wait("42", mark)
    terminal.type("\x04")
    assert terminal.end() == ExitCode.DONE


@needs_terminal
def test_the_time_limit_stops_a_question_and_the_shell_goes_on(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--limit-seconds", "1")
    terminal.wait("results>")
    mark = terminal.type(f"{SLOW};\r")
    terminal.wait("longer than the 1 second", mark)
    mark = terminal.type("SELECT 'still' || ' here' AS a;\r")
    terminal.wait("still here", mark)
    terminal.type(".quit\r")
    assert terminal.end() == ExitCode.DONE


@needs_terminal
def test_a_terminal_that_can_do_nothing_is_enough(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, term="dumb")
    terminal.wait("results>")
    mark = terminal.type("SELECT 'plain' || 'ly' AS a;\r")
    terminal.wait("plainly", mark)
    # the end may be typed once the shell asks again: between two prompts the terminal itself would take it
    terminal.wait("results>", mark + terminal.screen[mark:].index("plainly"))
    time.sleep(0.5)
    terminal.type("\x04")
    assert terminal.end() == ExitCode.DONE


@needs_terminal
def test_ctrl_c_outside_the_shell_ends_with_words_and_130() -> None:
    asked = subprocess.Popen(
        [*PROGRAM, "query", SLOW, "--data", str(tiny())], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert asked.stderr is not None
    assert "as of" in asked.stderr.readline()
    time.sleep(1)
    asked.send_signal(signal.SIGINT)
    out, said = asked.communicate(timeout=60)
    assert asked.returncode == 130
    assert out == ""
    assert said.startswith("resultsday: stopped")


def test_a_pipe_needs_no_terminal_library() -> None:
    program = (
        "import sys; sys.modules['prompt_toolkit'] = None; sys.argv = ['resultsday', 'query', '--data', sys.argv[1]]\n"
        "from pipelines.cli import main; main()"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tiny())],
        input="SELECT 'piped' AS a;",
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["a", "-----", "piped"]


def test_a_question_that_takes_too_long_is_stopped_with_what_to_do_and_the_code_2() -> None:
    begun = time.monotonic()
    said = call("query", SLOW, "--limit-seconds", "0.3", "--data", tiny())
    assert time.monotonic() - begun < 30
    assert said.code == ExitCode.USAGE
    assert "longer than the 0.3 seconds it may" in said.err
    for way in ("--limit-seconds", ".limit", "query_seconds"):
        assert way in said.err


def test_the_limit_is_a_setting_and_an_option_wins_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESULTSDAY_QUERY_SECONDS", "1")
    said = call("query", SLOW, "--data", tiny())
    assert (said.code, "longer than the 1 second" in said.err) == (2, True)
    slower = "SELECT count(*) FROM range(3000) AS a, range(1000) AS b WHERE a.range * b.range % 7 = 3"
    assert call("query", slower, "--limit-seconds", "0", "--data", tiny()).code == ExitCode.DONE


@pytest.mark.parametrize("written", ["parquet", "csv"])
def test_a_question_that_is_stopped_leaves_no_file(written: str, tmp_path: Path) -> None:
    to = tmp_path / f"answer.{written}"
    said = call("query", "FROM range(100000000000)", "--to", to, "--limit-seconds", "0.5", "--data", tiny())
    assert said.code == ExitCode.USAGE
    assert list(tmp_path.iterdir()) == []


def test_after_a_stop_the_connection_answers_at_once_and_rightly() -> None:
    run = published_run(tiny())
    assert run is not None
    with sealed(run.folder) as con:
        for _ in range(3):
            with pytest.raises(TimeLimitError):
                answer(con, SLOW, seconds=0.2)
            assert answer(con, "SELECT count(*) AS n FROM candidates").rows() == [("5",)]


def test_work_that_ends_in_time_gives_what_it_gives_or_raises_what_it_raises() -> None:
    class Deaf:
        interrupted = 0

        def interrupt(self) -> None:
            self.interrupted += 1

    con = Deaf()
    assert watched(con, lambda: 42, 60) == 42
    with pytest.raises(ZeroDivisionError):
        watched(con, lambda: 1 // 0, 60)
    assert con.interrupted == 0

    def late() -> int:
        time.sleep(0.3)
        return 42

    # what is ready after all, though late, is given
    assert watched(con, late, 0.1) == 42
    assert con.interrupted > 1


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (".tabels", "Did you mean .tables?"),
        (".zzz", ".help"),
        (".describe", ".describe candidates"),
        (".describe candidats", "Did you mean candidates?"),
        (".describe zzzzzzzz", ".tables"),
        (".question", ".question on_hold"),
        (".question on_holt", "Did you mean on_hold?"),
        (".question on_hold centr=1", "Did you mean centre?"),
        (".question on_hold 'centre=1", "not closed"),
        (".format parquet", "--to FILE"),
        (".format jsn", "Did you mean json?"),
        (".timer maybe", ".timer on"),
        (".limit soon", ".limit 900"),
        (".limit -1", ".limit 900"),
        (".limit nan", ".limit 900"),
    ],
)
def test_a_command_that_is_wrong_is_answered_with_what_to_type(line: str, hint: str) -> None:
    said = call("query", "--data", tiny(), stdin=f"{line}\nSELECT 'still here' AS a;\n")
    assert said.code == ExitCode.USAGE
    assert hint in said.err
    assert "still here" in said.out


def test_dot_commands_answer() -> None:
    typed = ".tables;\n.describe READINESS\n.schema readiness\n.macros\n.timer\n.limit 7\n"
    typed += ".question on_hold centre=99999\n.help\n"
    said = call("query", "--data", tiny(), stdin=typed)
    assert said.code == ExitCode.DONE, said.err
    assert said.out.count("the finding that holds or delays them") == 2
    assert "changed_since(day)" in said.out
    assert "7 s" in said.err
    assert re.search(r"\d+ rows, \d+\.\d\d s", said.err)
    assert all(command in said.err for command in (".describe TABLE", ".format", ".quit"))


def test_the_format_of_answers_can_be_changed_and_back() -> None:
    typed = ".format csv\nSELECT 1 AS a, 2 AS b;\n.format table\nSELECT 3 AS c;\n"
    said = call("query", "--data", tiny(), stdin=typed)
    assert said.out == "a,b\r\n1,2\r\nc\n-\n3\n"


def test_the_shell_makes_no_file() -> None:
    with pytest.raises(UsageError, match="one answer"):
        shell.start(None, Manner("csv", Path("answer.csv")))
    with pytest.raises(UsageError, match="one answer"):
        shell.start(None, Manner("parquet"))
