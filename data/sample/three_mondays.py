"""The sample's three Mondays, one after another in one data folder: what a school does from results day on.

Takes `inbox/` and `weeks/` beside this file; lays each Monday's files into the folder given, looks at what they would
change (`resultsday diff`), takes them in (`resultsday run`) and prints both. With `--readme` it writes the two stories
that the README tells, from real runs. Promises that it removes nothing but the folder of an earlier such walk, that
each run judges by its own Monday, and that the README's stories are the same bytes on every machine.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pipelines.run import Outcome

HERE = Path(__file__).resolve().parent
README = HERE.parents[1] / "README.md"
PLACE = HERE.parent / "sample-runs" / "three-mondays"
CENTRES = ("99999", "99998")
#: of a Monday's story, the lines that the README shows
TOLD = ("received", "found", "changed", "since", "students", "published")

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


def preview(place: Path, day: str, output: str) -> None:
    """Write what this Monday's files would change."""
    from pipelines.commands import diff

    asked = diff.Preview((place / "inbox",), as_of(day).isoformat(), centres=CENTRES)
    diff.show(place, diff.Wanted(preview=asked), output)


def take_in(place: Path, day: str) -> Outcome:
    """This Monday's run."""
    from pipelines.config import Config
    from pipelines.run import Options, run

    return run(Options((place / "inbox",), place, as_of(day), Config(centres=CENTRES), is_sample=True))


def story(outcome: Outcome, place: Path) -> list[str]:
    """A run's story as the README tells it: 110 characters wide, its name that of its moment, its seconds left out."""
    from pipelines import story as told

    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "110"
    try:
        lines = told.lines(outcome, place, None)
    finally:
        os.environ.pop("COLUMNS")
        os.environ.update({} if before is None else {"COLUMNS": before})
    moment = datetime.fromisoformat(outcome.manifest["as_of"]).astimezone(ZoneInfo("UTC"))
    text = "\n".join(lines).replace("\\", "/")
    text = re.sub(r"\d{8}T\d{6}Z(-\d+)?", f"{moment:%Y%m%dT%H%M%SZ}", text)
    text = re.sub(r"\S+(?=/runs/|/current )", "data/sample-runs", text)
    return re.sub(r"in \d+\.\d s$", "in … s", text).split("\n")


def first_story(outcome: Outcome, place: Path) -> str:
    """What `make results` says of the sample."""
    said = "data/inbox/ is empty, so this is the SAMPLE: invented centres, invented students."
    return "\n".join(["$ make results", said, *story(outcome, place), "$ make query"])


def weekly_story(mondays: list[tuple[str, dict[str, Any], Outcome]], place: Path) -> str:
    """What the three Mondays say: day, counts of the preview (of the first none), the run."""
    from pipelines.commands.diff_words import summary

    lines = []
    for day, counts, outcome in mondays:
        moment = as_of(day)
        on = f"# {moment:%A} {moment.day} {moment:%B}"
        lines += ["", f"$ resultsday diff --inbox data/inbox            {on}", summary(counts)] if counts else [on]
        lines.append("$ resultsday run")
        lines += [line for line in story(outcome, place) if line.startswith(TOLD)]
    return "\n".join(lines)


def with_stories(readme: str, stories: dict[str, str]) -> str:
    """The README with its stories, each between its two marks. Raises ValueError where a mark is missing."""
    for name, text in stories.items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        if readme.count(begin) != 1 or readme.count(end) != 1:
            raise ValueError(f"the README needs {begin} and {end} once each")
        before, rest = readme.split(begin)
        readme = f"{before}{begin}\n```\n{text}\n```\n{end}{rest.split(end)[1]}"
    return readme


def write_readme() -> None:
    """Run the Mondays in a temporary folder and write the README's stories."""
    with TemporaryDirectory() as folder:
        place, mondays = Path(folder), []
        for day in days():
            lay_out(place, day)
            told = StringIO()
            if mondays:
                with redirect_stdout(told), redirect_stderr(StringIO()):
                    preview(place, day, "json")
            counts = json.loads(told.getvalue())["summary"] if mondays else {}
            mondays.append((day, counts, take_in(place, day)))
        stories = {"story": first_story(mondays[0][2], place), "weeks": weekly_story(mondays, place)}
    text = with_stories(README.read_text(encoding="utf-8"), stories)
    README.write_text(text, encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Walk through the Mondays; the exit code is 0."""
    if arguments == ["--readme"]:
        write_readme()
        return 0
    from pipelines import story as told

    if hasattr(sys.stdout, "reconfigure"):  # an old terminal may not know an arrow
        sys.stdout.reconfigure(errors="replace")
    place = PLACE.relative_to(Path.cwd()) if PLACE.is_relative_to(Path.cwd()) else PLACE
    shutil.rmtree(place, ignore_errors=True)
    for number, day in enumerate(days()):
        lay_out(place, day)
        if number:
            sys.stdout.write(f"\n$ resultsday diff --data {place} --inbox {place / 'inbox'} --as-of {day}T08:30\n")
            preview(place, day, "text")
        sys.stdout.write(f"\n$ resultsday run --data {place} --as-of {day}T08:30\n")
        sys.stdout.write("\n".join(told.lines(take_in(place, day), place, None)) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
