"""Two commits over one inbox: each laid out in a folder of its own, run with the environment at hand.

Takes a repository, two commits (the second may be the working tree as it is) and the arguments of a run; gives the
run folder of each. Nothing is published where anybody looks: the runs lie in a temporary folder of the caller.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class RunError(Exception):
    """A version could not be laid out or run; in words."""


def _git(repository: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(repository), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RunError(f"git {arguments[0]}: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout.strip()


@contextmanager
def laid_out(repository: Path, commit: str, place: Path) -> Iterator[Path]:
    """The files of a commit in a folder; with no commit, those of the working tree where they are."""
    if not commit:
        yield repository
        return
    _git(repository, "worktree", "add", "--detach", "--force", str(place), commit)
    try:
        yield place
    finally:
        _git(repository, "worktree", "remove", "--force", str(place))


def run_of(version: Path, data: Path, arguments: Sequence[str]) -> Path:
    """Run the program of a folder; the folder of its run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RESULTSDAY_")}
    command = [sys.executable, "-m", "pipelines.cli", "run", "--data", str(data), "--quiet", *arguments]
    # its own modules, before whatever version is installed
    environment = {**kept, "PYTHONPATH": str(version)}
    done = subprocess.run(command, cwd=version, env=environment, capture_output=True, text=True, check=False)
    name = data / "current.txt"
    if done.returncode not in (0, 1) or not name.is_file():
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise RunError(f"the run ended with {done.returncode}: {last[0]}")
    return data / "runs" / name.read_text(encoding="utf-8").strip()
