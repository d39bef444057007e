"""What the tests of stage 1 share: an inbox, taking it in, and archives made in memory."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from pipelines import receive
from pipelines.archives import ZipCaps
from pipelines.receive import Reception

CAPS = ZipCaps()


def take(inbox: Path, caps: ZipCaps = CAPS, previous: Path | None = None) -> Reception:
    return receive.receive([inbox], inbox.parent / "raw", previous, caps)


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return buffer.getvalue()


def names(reception: Reception) -> list[str]:
    return sorted(received.name for received in reception.received)


def refused(reception: Reception) -> list[tuple[str, str]]:
    return [(found.name, found.reason) for found in reception.refused]


def ignored(reception: Reception) -> list[tuple[str, str]]:
    return [(found.name, found.reason) for found in reception.ignored]
