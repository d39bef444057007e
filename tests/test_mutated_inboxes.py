"""The sample's files with bytes changed, cut and doubled: a run ends well or says why, and no rule fails."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipelines.config import Config
from pipelines.errors import NoInputError
from pipelines.run import run
from tests.sample_run import SAMPLE, options
from tests.test_bad_input import HEAD, LINE, codes, edi, file_said, told
from tests.test_bad_input import run as run_files

FILES = sorted(path for path in (SAMPLE / "inbox").rglob("*") if path.is_file())
ODD = b'",;\n\r\t\x00\x1aR59 AX#\xe9'


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them changed, taken out, put in, doubled, or the end cut off."""
    data = bytearray(content)
    for _ in range(chance.choice([0, 0, 1, 3, 20])):
        if not data:
            break
        place, how = chance.randrange(len(data)), chance.randrange(5)
        if how == 0:
            data[place] = chance.randrange(256)
        elif how == 1:
            del data[place : place + chance.randrange(1, 200)]
        elif how == 2:
            data[place:place] = bytes(chance.choices(ODD, k=chance.randrange(1, 9)))
        elif how == 3:
            data = data[:place]
        else:
            data[place:place] = data[max(0, place - 300) : place]
    return bytes(data)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_inbox_never_breaks_a_run_or_a_rule(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number, path in enumerate(chance.sample(FILES, 25)):
        (inbox / f"{number}-{path.name}").write_bytes(mutated(path.read_bytes(), chance))
    centres = chance.choice([(), ("99999",), ("99998", "99999")])
    try:
        done = run(options(tmp_path / "data", inboxes=(inbox,), config=Config(centres=centres)))
    except NoInputError:
        return
    statuses = {rule["status"] for rule in done.manifest["rules"].values()}
    assert "failed" not in statuses


def test_a_header_whose_sequence_is_no_number_costs_nothing_but_the_order(tmp_path: Path) -> None:
    # a series each, so that no file replaces another
    numbers = {"6E26": "00;", "1E26": "   ", "6E25": "1.5", "1E25": "abc"}
    heads = [HEAD.replace("6E26001", f"6E26{number}", 1).replace("6E26", series) for series, number in numbers.items()]
    files = {f"R9999972__X{place:02}": edi(LINE, head=head) for place, head in enumerate(heads, 1)}
    answer = told(run_files(tmp_path, **files))
    for name in files:
        assert file_said(answer, name.replace("__", "."))["status"] == "read"
    assert answer["sums"]["statements"]["kept"] == len(files) == 4
    assert "file_refused" not in codes(answer)
