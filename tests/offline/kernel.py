"""A process whose kernel ends it when it makes an internet socket, whichever library asks for it.

`python -m tests.offline.kernel ARGUMENTS …`, on Linux with x86-64 or ARM64: runs `resultsday` with these arguments.
Python's own hooks do not see what DuckDB or Polars would do; the kernel does. Ends by SIGSYS where one was made.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

#: number of the system call `socket`, and the name of the machine as a filter knows it
MACHINES = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}
_AF_INET, _AF_INET6 = 2, 10
_LOAD, _EQUALS, _RETURN = 0x20, 0x15, 0x06
_END, _ALLOW = 0x80000000, 0x7FFF0000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def forbid() -> None:
    """From here on an internet socket ends this process and its children; raises OSError where it cannot be had."""
    call, machine = MACHINES[platform.machine()]
    steps = [
        (_LOAD, 0, 0, 4),  # the machine
        (_EQUALS, 0, 6, machine),
        (_LOAD, 0, 0, 0),  # the system call
        (_EQUALS, 0, 4, call),
        (_LOAD, 0, 0, 16),  # its first argument: the family
        (_EQUALS, 1, 0, _AF_INET),
        (_EQUALS, 0, 1, _AF_INET6),
        (_RETURN, 0, 0, _END),
        (_RETURN, 0, 0, _ALLOW),
    ]
    packed = b"".join(struct.pack("HBBI", *step) for step in steps)
    libc = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(steps), packed)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program)):
        raise OSError(ctypes.get_errno(), "no filter of system calls can be had")


if __name__ == "__main__":
    forbid()
    if sys.argv[1:2] == ["--try"]:
        import _socket

        _socket.socket(int(sys.argv[2]), _socket.SOCK_STREAM)
        sys.exit(0)
    from pipelines.cli import main

    main()
