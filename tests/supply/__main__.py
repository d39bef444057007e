"""`python -m tests.supply audit|minimum`: what `make audit` and `make test-minimum` do.

`audit` exports the lock, with hashes and without development packages, and has pip-audit ask the advisories of the
package index about each. It ends with 0 only where every package was looked up and none has a known weakness: what
could not be asked is never taken for clean. `minimum` makes a throw-away environment with the oldest packages that
pyproject.toml allows and runs a choice of tests in it. Both need the network; nothing else here does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PIP_AUDIT = "pip-audit==2.10.1"

#: every reader, a whole run, every kind of output and every command once: what each package asked for is needed for
CHOSEN = (
    "tests/readers", "tests/test_cli.py", "tests/test_commands.py", "tests/test_config.py", "tests/test_formats.py",
    "tests/test_query.py", "tests/test_run.py", "tests/test_share.py", "tests/test_shell.py", "tests/test_workbooks.py",
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """What an audit came to: how it ends, and what it says."""

    code: int
    lines: tuple[str, ...]


def judged(answer: str, said: str) -> Judged:
    """The answer of pip-audit, as JSON, in words; `said` is what it wrote beside that."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = said.strip().splitlines()[-1:] or ["it said nothing"]
        return Judged(2, ("Not audited: pip-audit could not ask.", *last))
    weak = [
        f"{one['name']} {one['version']}: {flaw['id']}; mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for one in packages
        for flaw in one.get("vulns", ())
    ]
    unasked = [str(one["skip_reason"]) for one in packages if "skip_reason" in one]
    if weak:
        return Judged(1, (*weak, f"{len(weak)} known weaknesses in {len(packages)} packages."))
    if unasked or not packages:
        count = f"{len(unasked)} of {len(packages)} packages could not be looked up"
        return Judged(2, (f"Not audited: {count}.", *unasked[:1], "The advisories are at pypi.org: is it reachable?"))
    return Judged(0, (f"{len(packages)} packages, none with a known weakness.",))


def audit() -> int:
    """Ask after every package of the lock that runs with the program."""
    with TemporaryDirectory() as place:
        listed = Path(place, "requirements.txt")
        wanted = ("export", "--frozen", "--no-dev", "--no-emit-project", "--format", "requirements-txt", "--quiet")
        _run((*_uv(), *wanted, "--output-file", str(listed)))
        # with hashes nothing is resolved or built, and what the lock names is what is asked after
        asking = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")
        made = _run((*_uv(), "tool", "run", PIP_AUDIT, *asking, "--requirement", str(listed)), check=False)
    found = judged(made.stdout, made.stderr)
    sys.stdout.write("".join(f"{line}\n" for line in found.lines))
    return found.code


def minimum() -> int:
    """Run the chosen tests with the oldest packages that pyproject.toml allows."""
    with TemporaryDirectory() as place:
        copy = Path(place, "repository")
        # resolving writes the lock, and ours must stay
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "runs", "sample-runs", "cache"))
        environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(Path(place, "venv"))}
        oldest = ("sync", "--resolution", "lowest-direct", "--quiet", "--python", sys.executable)
        for command in ((*_uv(), *oldest), (*_uv(), "run", "--no-sync", "python", "-m", "pytest", "-q", *CHOSEN)):
            done = subprocess.run(command, cwd=copy, env=environment, check=False)
            if done.returncode:
                return done.returncode
    return 0


def _uv() -> tuple[str, ...]:
    """The uv of this environment, or else of this machine."""
    beside = Path(sys.executable).with_name("uv.exe" if os.name == "nt" else "uv")
    return (str(beside) if beside.exists() else "uv",)


def _run(command: Sequence[str], check: bool = True, env: Mapping[str, str] | None = None) -> Any:
    return subprocess.run(command, cwd=ROOT, env=env, check=check, capture_output=True, text=True)


if __name__ == "__main__":
    doing = {"audit": audit, "minimum": minimum}.get(" ".join(sys.argv[1:]))
    if doing is None:
        sys.stderr.write("usage: python -m tests.supply audit|minimum\n")
        raise SystemExit(2)
    raise SystemExit(doing())
