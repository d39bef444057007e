"""`resultsday init`: three questions, and a commented `resultsday.toml` in the data folder.

Asks for the centre numbers, the folders that files arrive in and the suites that are taken, on stderr, but for what
options answered; where nobody answers, the default stands. Writes the file and the inbox folder, never over a file that
is there. Every setting that exists is in the file, with its default, so that nobody needs to look it up; the suites
become a list of what to fetch and where it goes.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pipelines import files, resources
from pipelines.commands import printing
from pipelines.config import FILE, Config
from pipelines.errors import ExitCode, UsageError

AUDIENCES = ("exams_office", "staff")
#: what a centre takes → what to fetch for it, as far as it is known here
SUITES = {
    "2016": "Cambridge Technicals (2016): on Interchange the EDI files of the June series (6E..) and of 9I.. twice, "
    "July and August; the reports of Cambridge Technicals > Results documents",
    "2012": "Cambridge Technicals (2012): on Interchange the EDI files of 9C.. twice, July and August; the reports of "
    "Cambridge Technicals > Results documents",
    "general": "A levels and GCSEs of OCR: on Interchange the EDI and XML files of the June series",
}
_ELSEWHERE = "its website or the A2C inbox: results files R…{board}.X…, untouched"
_WIDTH = 100
#: what a setting looks like that has no default of its own
_EXAMPLES: dict[str, Any] = {
    "centres": ["99999"],
    "inboxes": ["/home/exams/results"],
    "season": "2025-26",
    "fail_on": "error",
    "duckdb_memory": "2GB",
    "duckdb_threads": 2,
}


@dataclass(frozen=True)
class Answers:
    """What options have answered already; None is still to be asked."""

    centres: list[str] | None
    inboxes: list[str] | None
    suites: list[str] | None
    audience: str | None


def write(data: Path, given: Answers, output: str) -> int:
    """Ask, write, say what is next; give the exit code. Raises UsageError where the file is there already."""
    printing.refuse_csv(output, "resultsday init")
    path, inbox = data / FILE, data / "inbox"
    if path.exists():
        raise UsageError(f"{path}: it is there already.", "Edit it; every setting stands in it with its meaning.")
    known = known_boards()
    centres = answer("Our centre numbers, five characters each (none: every centre seen)", given.centres, "", _centres)
    folders = answer("The folders our files arrive in", given.inboxes, str(inbox), _folders(inbox))
    suites = answer(
        f"The suites we take: {', '.join(SUITES)} (A levels and GCSEs); other awarding bodies by name",
        given.suites,
        ", ".join(SUITES),
        lambda words: _suites(words, known),
    )
    audience = _audience(given.audience) if given.audience is not None else AUDIENCES[0]
    files.make_folder(data)
    if inbox in map(Path, folders):
        files.make_folder(inbox)
        folders = [one for one in folders if len(folders) > 1 or Path(one) != inbox]
    answered = {"centres": centres, "inboxes": folders, "audience": audience}
    files.write_text(path, settings(answered, _fetch(suites, known), Path(folders[0]) if folders else inbox))
    if output == "json":
        told = {"written": str(path), **answered, "suites": suites}
        printing.write_exactly(printing.as_json(told))
    else:
        printing.write(f"{path}\n")
    place = folders[0] if folders else inbox
    printing.say(f"Put the files as they were downloaded into {place}, then: resultsday doctor, resultsday run")
    return int(ExitCode.DONE)


def known_boards() -> dict[str, str]:
    """The awarding bodies of the shipped reference data by their number."""
    text = (resources.reference_data() / "boards.csv").read_text(encoding="utf-8")
    return {row["board"]: row["name"] for row in csv.DictReader(text.splitlines())}


def answer(
    question: str, given: list[str] | None, default: str, checked: Callable[[list[str]], list[str]]
) -> list[str]:
    """The words that answer a question: those given, else those typed, else the default.

    On a terminal a wrong answer is asked again. Raises UsageError for one given, or read from a pipe.
    """
    if given is not None:
        return checked([word for text in given for word in _words(text)])
    while True:
        sys.stderr.write(f"{question} [{default}]: ")
        sys.stderr.flush()
        typed = sys.stdin.readline()
        if not (typed and sys.stdin.isatty()):
            sys.stderr.write("\n")  # nobody was there to end the line
        try:
            return checked(_words(typed) or _words(default))
        except UsageError as error:
            if not sys.stdin.isatty():
                raise
            sys.stderr.write(f"{error}\n")


def _words(text: str) -> list[str]:
    """Words parted by commas or semicolons; a name may hold spaces."""
    return [word.strip() for word in re.split(r"[,;]", text) if word.strip()]


def _centres(words: list[str]) -> list[str]:
    numbers = [number.upper() for word in words for number in word.split()]
    for number in numbers:
        if not re.fullmatch(r"[0-9A-Z]{5}", number):
            raise UsageError(f"{number} is not a centre number.", "Five characters with their zeros, such as 09999.")
    return list(dict.fromkeys(numbers))


def _folders(inbox: Path) -> Callable[[list[str]], list[str]]:
    """Folders as typed, written in full; the one that is made here need not be there yet."""

    def checked(words: list[str]) -> list[str]:
        found = [inbox if Path(word) == inbox else Path(word).expanduser().absolute() for word in words]
        for folder in found:
            if folder != inbox and not folder.is_dir():
                raise UsageError(f"There is no folder {folder}.", "Make it first, or name the one that is there.")
        return list(dict.fromkeys(map(str, found)))

    return checked


def _suites(words: list[str], known: Mapping[str, str]) -> list[str]:
    """The suites and the awarding bodies that words name; the suites first."""
    parts = [part for word in words for part in (word.split() if set(word.lower().split()) <= set(SUITES) else [word])]
    suites = [suite for suite in SUITES if suite in map(str.lower, parts)]
    return suites + _boards([part for part in parts if part.lower() not in SUITES], known)


def _fetch(suites: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """What to fetch for each suite, and of each awarding body named."""
    return {one: SUITES.get(one) or f"{known[one]}: {_ELSEWHERE.format(board=one)}" for one in suites}


def _boards(words: list[str], known: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    for word in words:
        numbers = [part for part in word.split() if part in known]
        if len(numbers) == len(word.split()):
            found += numbers
            continue
        # `OCR` is two bodies in files: general and vocational
        named = [board for board, name in known.items() if name.lower().startswith(word.lower())]
        if not named:
            names = {name.lower(): name for name in known.values()}
            near = get_close_matches(word.lower(), names, n=1)
            todo = (
                f"Did you mean {names[near[0]]}?" if near else f"They are: {'; '.join(map(' '.join, known.items()))}."
            )
            raise UsageError(f"There is no awarding body {word}.", todo)
        found += named
    return sorted(dict.fromkeys(found))


def _audience(typed: str) -> str:
    word = typed.lower().replace(" ", "_").replace("-", "_")
    if word not in AUDIENCES:
        raise UsageError(f"There is no audience {word}.", f"It is {' or '.join(AUDIENCES)}.")
    return word


def settings(answered: Mapping[str, Any], fetch: Mapping[str, str], inbox: Path) -> str:
    """The text of the file: what was answered set, every other setting named with its default behind a `#`."""
    parts = [
        "# Settings of resultsday. A line that begins with # is off. A variable RESULTSDAY_<NAME> wins over this file,",
        "# an option of a command over both. `resultsday doctor` says whether everything here can be used.",
        "",
        *_fetching(fetch, inbox),
    ]
    for item in fields(Config):
        parts += ["", *_setting(item, answered)]
    return "\n".join(parts) + "\n"


def _fetching(fetch: Mapping[str, str], inbox: Path) -> Iterator[str]:
    yield f"# What to fetch on the morning; all of it goes into {inbox} as it came, or say: run --inbox FOLDER"
    for name, words in fetch.items():
        first, *rest = textwrap.wrap(words, _WIDTH - 14)
        yield f"#   {name:<8} {first}"
        yield from (f"#            {line}" for line in rest)


def _setting(item: Field[Any], answered: Mapping[str, Any]) -> Iterator[str]:
    for text in textwrap.wrap(str(item.metadata["description"]), _WIDTH):
        yield f"# {text}"
    if answered.get(item.name):
        yield f"{item.name} = {json.dumps(answered[item.name], ensure_ascii=False)}"
    else:
        yield f"# {item.name} = {json.dumps(_EXAMPLES.get(item.name, item.default))}"
