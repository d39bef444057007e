"""`python -m tests.golden accept|compare`: what `make golden` and `make compare` do.

`accept` runs the seasons and reads the kept files, shows what appeared and vanished since they were kept, asks where
there is somebody to ask, and keeps them. `compare --base COMMIT` runs two versions over the sample, or over `--inbox`,
and shows the same of them; it ends with 0 whether or not they differ, and with 2 where one of them could not be run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.golden.comparing import difference, in_words
from tests.golden.seasons import HERE, all_seasons
from tests.golden.telling import Told, keep, kept, told_of
from tests.golden.two_versions import RunError, laid_out, run_of
from tests.readers import kept as readings
from tests.sample_run import CENTRES, SAMPLE, as_of

ROOT = HERE.parent.parent


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def accept(show: bool) -> int:
    """Show what the seasons have become, and keep it; the exit code."""
    made: list[tuple[Path, Told]] = []
    differs = False
    for name, after in all_seasons():
        before = kept(HERE / name)
        found = difference(before, after)
        differs = differs or bool(found)
        _say(f"\n{name}")
        for line in in_words(found, before, after, show):
            _say(f"  {line}")
        made.append((HERE / name, after))
    with TemporaryDirectory() as place:
        read = readings.lines(Path(place))
    others = len(set(read) ^ set(readings.kept()))
    _say(f"\nfiles as they are read: {others} lines of {readings.KEPT.name} are others" if others else "")
    if not differs and not others:
        return 0
    if sys.stdin.isatty() and input("\nIs this what is wanted? [y/N] ").strip().lower() not in ("y", "yes"):
        _say("Nothing is changed.")
        return 1
    for folder, told in made:
        keep(told, folder)
    readings.keep(read)
    _say(f"Kept in {HERE}. The commit says why.")
    return 0


def compare(base: str, head: str, inbox: str, moment: str, show: bool, repository: Path = ROOT) -> int:
    """Run two versions over one inbox and show what differs; the exit code."""
    place = Path(inbox).resolve() if inbox else SAMPLE / "inbox"
    arguments = ["--inbox", str(place), "--as-of", moment or as_of().strftime("%Y-%m-%dT%H:%M")]
    if not inbox:
        arguments += [word for centre in CENTRES for word in ("--centre", centre)]
    told = []
    try:
        with TemporaryDirectory(prefix="resultsday-compare-") as temporary:
            for number, commit in enumerate((base, head)):
                here = Path(temporary) / str(number)
                _say(f"{'base' if number == 0 else 'head'}: {commit or 'the working tree'}")
                with laid_out(repository, commit, here / "version") as version:
                    told.append(told_of(run_of(version, here / "data", arguments)))
    except RunError as error:
        _say(f"Not compared: {error}")
        return 2
    before, after = told
    for line in in_words(difference(before, after), before, after, show):
        _say(line)
    return 0


def main(arguments: Sequence[str]) -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(prog="make golden / make compare")
    does = parser.add_subparsers(dest="does", required=True)
    golden = does.add_parser("accept", help="keep what the seasons have become")
    versions = does.add_parser("compare", help="hold two versions beside each other")
    versions.add_argument("--base", required=True, metavar="COMMIT", help="the version before")
    versions.add_argument("--head", default="", metavar="COMMIT", help="the version after; else the working tree")
    versions.add_argument("--inbox", default="", metavar="DIR", help="other files than the sample's")
    versions.add_argument("--as-of", default="", metavar="TIME", help="the moment of both runs; else the sample's")
    for one in (golden, versions):
        one.add_argument("--show", action="store_true", help="show the rows of the findings, which name students")
    asked = parser.parse_args(arguments)
    if asked.does == "accept":
        return accept(asked.show)
    return compare(asked.base, asked.head, asked.inbox, asked.as_of, asked.show)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
