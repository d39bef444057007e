"""Make the sample centre, byte for byte.

Takes nothing but the makers in `pipelines/rehearsal/` and `data/reference/`; rewrites `inbox/`, `weeks/`, `as_of.txt`,
`planted.csv` and `quiet.csv` beside this file. With `--check` it writes nothing, and exits 1 when a file differs, is
missing or is one too many. Promises the same bytes on every machine: fixed seed and dates, nothing compressed.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from pipelines.rehearsal.making import make


def present() -> dict[str, bytes]:
    """What lies here now."""
    kept = [p for folder in ("inbox", "weeks") for p in (HERE / folder).rglob("*") if p.is_file()]
    kept += [p for p in (HERE / name for name in ("as_of.txt", "planted.csv", "quiet.csv")) if p.is_file()]
    return {p.relative_to(HERE).as_posix(): p.read_bytes() for p in kept}


def main(arguments: list[str]) -> int:
    """Write the sample, or compare it; the exit code says whether it agreed."""
    (wanted,) = make()
    if arguments == ["--check"]:
        here = present()
        different = sorted(name for name in wanted.keys() | here.keys() if wanted.get(name) != here.get(name))
        print("\n".join([f"differs: {name}" for name in different] or ["the sample is as its makers make it"]))
        return 1 if different else 0
    for folder in ("inbox", "weeks"):
        shutil.rmtree(HERE / folder, ignore_errors=True)
    for name, data in wanted.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(wanted)} files, {sum(map(len, wanted.values())):,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
