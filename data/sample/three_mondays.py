"""The sample's three Mondays, one after another in one data folder: what a school does from results day on.

Takes `inbox/` and `weeks/` beside this file; lays each Monday's files into the folder given, looks at what they would
change (`resultsday diff`), takes them in (`resultsday run`) and prints both. Promises that it removes nothing but the
folder of an earlier such walk, and that each run judges by its own Monday.
"""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
PLACE = HERE.parent / "sample-runs" / "three-mondays"
CENTRES = ("99999", "99998")

if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parents[1]))


def days() -> list[str]:
    """The Mondays there are: the first, then one a folder of `weeks/`."""
    first = (HERE / "as_of.txt").read_text(encoding="ascii").strip()[:10]
    return [first, *sorted(path.name for path in (HERE / "weeks").iterdir() if path.is_dir())]


def as_of(day: str) -> datetime:
    """The moment a Monday's run judges by."""
    folder = HERE / "weeks" / day
    text = ((folder if folder.is_dir() else HERE) / "as_of.txt").read_text(encoding="ascii").strip()
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))


def lay_out(place: Path, day: str) -> None:
    """Make `inbox/` and `local/` of a data folder what they are on this Monday, given those of the Monday before."""
    folder = HERE / "weeks" / day
    if not folder.is_dir():
        shutil.copytree(HERE / "inbox", place / "inbox")
        return
    shutil.copytree(folder / "inbox", place / "inbox", dirs_exist_ok=True)
    shutil.copytree(folder / "local", place / "local", dirs_exist_ok=True)
    for name in (folder / "gone.txt").read_text(encoding="ascii").splitlines():
        (place / "inbox" / name).unlink()


def main() -> int:
    """Walk through the Mondays; the exit code is 0."""
    from pipelines import story
    from pipelines.commands import diff
    from pipelines.config import Config
    from pipelines.run import Options, run

    shutil.rmtree(PLACE, ignore_errors=True)
    for day in days():
        lay_out(PLACE, day)
        shown = PLACE.relative_to(Path.cwd()) if PLACE.is_relative_to(Path.cwd()) else PLACE
        if (PLACE / "current").exists() or (PLACE / "current.txt").exists():
            sys.stdout.write(f"\n$ resultsday diff --inbox {shown / 'inbox'} --as-of {day}T08:30\n")
            sys.stdout.flush()
            preview = diff.Preview((shown / "inbox",), as_of(day).isoformat(), centres=CENTRES)
            diff.show(shown, diff.Wanted(preview=preview), "text")
        sys.stdout.write(f"\n$ resultsday run --as-of {day}T08:30\n")
        options = Options((shown / "inbox",), shown, as_of(day), Config(centres=CENTRES), is_sample=True)
        sys.stdout.write("\n".join(story.lines(run(options), shown, None)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
