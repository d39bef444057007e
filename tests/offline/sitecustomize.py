"""What refuses the network in every Python process of a test run; Python itself imports it as it starts.

Takes nothing but a place on PYTHONPATH, which `tests/conftest.py` gives it. Promises that no address is looked up,
connected to, listened on or sent to, but sockets of files; a process that tries ends at once with 86, so that no
handler of ours or of a library can hide it. In the process of the tests themselves it is an exception instead. The
loopback alone is open to `make test-spark`, whose Java is spoken to through it.
"""

from __future__ import annotations

import os
import sys

#: how a process ends that tried
TRIED = 86
#: set in the process of the tests, where an exception is enough
raises = False

_WITH_A_SOCKET = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
_LOOKING_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
#: the family of sockets that are files, on every system that has it
_FILES = 1


class OfflineError(BaseException):
    """Something tried to use the network; no `except Exception` hides it."""


def _stays_within(address: object) -> bool:
    """Whether a process talks to itself or to its Java, which can be done through the loopback alone.

    Windows makes a pair of sockets so, and Spark, which `make test-spark` asks for, is driven so.
    """
    may = os.name == "nt" or bool(os.environ.get("SPARK_TESTS"))
    return may and isinstance(address, tuple) and address[0] in _LOOPBACK


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what would use the network; Python calls it for each thing it audits."""
    if not event.startswith("socket."):
        return
    if event in _WITH_A_SOCKET:
        if getattr(arguments[0], "family", None) == _FILES or _stays_within(arguments[1]):
            return
    elif event not in _LOOKING_UP or _stays_within(arguments):
        return
    if raises:
        raise OfflineError(event)
    os.write(2, f"{event}: the tests and what they test have no network\n".encode())
    os._exit(TRIED)


sys.addaudithook(refuse)
