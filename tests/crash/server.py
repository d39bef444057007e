"""A process that has everything imported and forks a run for each job, so that no run pays for imports.

Takes jobs as lines of JSON on its stdin: `arguments` of the command line, `data`, `fault`, and `said`, the stem of the
files that its output goes to. Gives a line for each: the exit code, negative where a signal ended it. Nothing of
polars or DuckDB is used before the fork, only imported: their threads would not come along.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import duckdb  # noqa: F401
import polars  # noqa: F401

from pipelines import cli, run  # noqa: F401
from pipelines.commands import rehearse, running  # noqa: F401
from tests.crash import faults


def _child(job: dict[str, Any]) -> None:
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{job['said']}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)  # whoever started the tests may have had them ignored
    code = 99
    try:
        os.environ.update(job.get("environ", {}))
        sys.argv = ["resultsday", *job["arguments"]]
        faults.lay(job["fault"], Path(job["data"]))
        cli.main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Serve until stdin ends."""
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if not child:
            _child(job)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
