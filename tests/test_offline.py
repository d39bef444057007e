"""No network: the tests have none, nor what they start; and a whole run makes no internet socket in any library."""

from __future__ import annotations

import os
import platform
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli_helpers import AS_OF, write_inbox
from tests.offline import kernel

ROOT = Path(__file__).parent.parent
TRIED = 86


def _stream(act: Callable[[socket.socket], object]) -> None:
    with socket.socket() as mine:
        act(mine)


def _datagram(act: Callable[[socket.socket], object]) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as mine:
        act(mine)


WAYS: dict[str, Callable[[], object]] = {
    "looking up": lambda: socket.getaddrinfo("example.org", 443),
    "looking up, the old way": lambda: socket.gethostbyname("example.org"),
    "connecting": lambda: _stream(lambda one: one.connect(("192.0.2.1", 9))),
    "connecting for an error number": lambda: _stream(lambda one: one.connect_ex(("127.0.0.1", 9))),
    "sending": lambda: _datagram(lambda one: one.sendto(b"x", ("192.0.2.1", 9))),
    "listening": lambda: _stream(lambda one: one.bind(("127.0.0.1", 0))),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_process_of_the_tests_has_no_network(way: str) -> None:
    with pytest.raises(BaseException, match=r"socket\.") as caught:
        WAYS[way]()
    assert type(caught.value).__name__ == "OfflineError"
    assert not isinstance(caught.value, Exception), "what catches every exception must not hide it"


@pytest.mark.parametrize(
    "attempt", ["socket.getaddrinfo('a.example', 443)", "socket.socket().connect(('192.0.2.1', 9))"]
)
def test_a_process_that_a_test_starts_ends_when_it_tries_though_it_would_hide_it(attempt: str) -> None:
    program = f"import socket\ntry:\n    {attempt}\nexcept BaseException:\n    pass\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, "no network" in done.stderr) == (TRIED, True)


def test_a_socket_that_is_a_file_is_none_of_the_network(tmp_path: Path) -> None:
    if not hasattr(socket, "AF_UNIX"):
        pytest.skip("this system has no sockets that are files")
    with socket.socket(socket.AF_UNIX) as mine:
        mine.bind(os.path.relpath(tmp_path / "s"))


def _under_the_kernel(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    if sys.platform != "linux" or platform.machine() not in kernel.MACHINES:
        pytest.skip("the filter of system calls is written for Linux on two kinds of machine")
    command = [sys.executable, "-m", "tests.offline.kernel", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("family", ["2", "10"])
def test_the_kernel_ends_a_process_that_makes_an_internet_socket(family: str) -> None:
    assert _under_the_kernel("--try", "1").returncode == 0
    assert _under_the_kernel("--try", family).returncode == -signal.SIGSYS


def test_a_whole_run_and_a_question_make_no_internet_socket_in_any_library(tmp_path: Path) -> None:
    write_inbox(tmp_path / "inbox")
    run = _under_the_kernel("run", "--data", tmp_path, "--as-of", AS_OF, "--centre", "99999")
    assert run.returncode == 0, (run.returncode, run.stderr)
    asked = _under_the_kernel("query", "SELECT count(*) FROM candidates", "--data", tmp_path)
    assert asked.returncode == 0, (asked.returncode, asked.stderr)
