"""What refuses the network in every Python process of a test run; Python itself imports it as it starts.

Takes nothing but a place on PYTHONPATH, which `tests/conftest.py` gives it. Promises that no address is looked up,
connected to, listened on or sent to, but sockets of files; a process that tries ends at once with 86, so that no
handler of ours or of a library can hide it. In the process of the tests themselves it is an exception instead.
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
#: the family of sockets that are files, on every system that has it
_FILES = 1


class OfflineError(BaseException):
    """Something tried to use the network; no `except Exception` hides it."""


def _is_its_own_pair(address: object) -> bool:
    """Whether Windows makes a pair of sockets, which it can do through the loopback alone."""
    return os.name == "nt" and isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what would use the network; Python calls it for each thing it audits."""
    if not event.startswith("socket."):
        return
    if event in _WITH_A_SOCKET:
        if getattr(arguments[0], "family", None) == _FILES or _is_its_own_pair(arguments[1]):
            return
    elif event not in _LOOKING_UP:
        return
    if raises:
        raise OfflineError(event)
    os.write(2, f"{event}: the tests and what they test have no network\n".encode())
    os._exit(TRIED)


sys.addaudithook(refuse)
