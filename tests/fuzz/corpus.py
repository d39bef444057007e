"""What the search begins with and what it has kept: small files that each make the readers do something of their own.

A file of `corpus/` is named by the first characters of the sha256 of its content. All of them are invented: they grow
from the examples in the formats and from faults, never from a file that anybody received.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.fuzz.accounts import shipped

FOLDER = Path(__file__).parent / "corpus"
SUFFIX = ".bytes"


def name_of(content: bytes) -> str:
    """The name of a file of the corpus."""
    return hashlib.sha256(content).hexdigest()[:12] + SUFFIX


def kept() -> list[Path]:
    """Every file of the corpus, by name."""
    return sorted(FOLDER.glob(f"*{SUFFIX}"))


def examples() -> list[bytes]:
    """The examples of every format, so that a new format is searched by itself."""
    return [str(example["text"]).lstrip("\n").encode() for layout in shipped() for example in layout.examples]
