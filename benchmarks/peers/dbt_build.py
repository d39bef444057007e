"""The same as a dbt project on DuckDB: two models written as Parquet, three tests.

`python -m benchmarks.peers.dbt_build INBOX OUT` runs `dbt build` of the project beside this file, with everything
that dbt writes in OUT, and prints how many rows failed each test as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).parent / "dbt"


def main(inbox: Path, out: Path) -> None:
    """Build, and say what failed."""
    os.environ |= {"PEERS_INBOX": str(inbox), "PEERS_OUT": str(out), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    places += ["--target-path", str(out / "target"), "--log-path", str(out / "logs")]
    done = dbtRunner().invoke(["--quiet", "--no-version-check", "build", *places])
    if not done.success:
        raise SystemExit(f"dbt build failed: {done.exception or done.result}")
    results = json.loads((out / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    tests = {one["unique_id"].split(".")[2]: one["failures"] for one in results if one["unique_id"].startswith("test.")}
    print(json.dumps(tests))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
