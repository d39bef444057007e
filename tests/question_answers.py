"""The ready questions, and what they answer about the tiny centre and about the sample, as records of text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipelines.questions import questions
from tests import sample_run
from tests.cli_helpers import call
from tests.cli_helpers import published as tiny

QUESTIONS = questions()


def asked(name: str, *pairs: str, data: Path | None = None) -> list[dict[str, str]]:
    """The answer to one question as records of text; pairs are name=value."""
    values = [text for pair in pairs for text in ("--set", pair)]
    said = call("query", "--question", name, *values, "--data", data or tiny(), "--format", "csv")
    assert said.code == 0, said.err
    return list(csv.DictReader(io.StringIO(said.out, newline="")))


def sample(name: str, *pairs: str) -> list[dict[str, str]]:
    """The answer to one question about the shipped sample."""
    return asked(name, *pairs, data=sample_run.folder().parent.parent)
