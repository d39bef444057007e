"""Whatever a file holds, `inspect` says what it can and ends as it should; of a large file only a part is read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipelines.inspecting.sampling import sample
from tests.cli_helpers import call
from tests.inspecting.made_up import edi, inserted, people, results, rows_of
from tests.inspecting.test_inspect import csv_of, renamed_xml

WHO = people(12, 5)
CONTENTS = {
    "edi": edi(results(WHO, 5, "MG")).encode(),
    "shifted": edi(inserted(results(WHO, 5), 12, ["  "] * 24)).encode(),
    "csv": csv_of("claims", {}).encode(),
    "xml": renamed_xml().encode(),
}


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content cut short, doubled in places, with bytes put in, taken out or turned into others."""
    made = bytearray(content)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(made) or 1)
        way = chance.randrange(5)
        if way == 0:
            del made[at : at + chance.randrange(1, 400)]
        elif way == 1:
            made[at:at] = chance.choice((b"\x00", b"\x1b[31m", b'"', b"\r", b"\n", b",;\t", b"\xff", b"<a>", b"\x1a"))
        elif way == 2:
            made[at : at + 1] = bytes([chance.randrange(256)])
        elif way == 3:
            made[at:at] = made[at : at + chance.randrange(1, 200)]
        else:
            made = made[: max(at, 1)]
    return bytes(made)


@pytest.mark.parametrize("kind", sorted(CONTENTS))
def test_a_damaged_file_never_makes_it_fail(kind: str, tmp_path: Path) -> None:
    chance = random.Random(kind)
    path = tmp_path / "file"
    for _ in range(6):
        path.write_bytes(damaged(CONTENTS[kind], chance))
        said = call("inspect", path, "--data", tmp_path / "data", "--show")
        assert said.code in (0, 10), said
        assert "\x1b" not in said.out


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x1a",
        b"R",
        b"R5\n",
        b"<",
        b"<a/>",
        b"<!DOCTYPE a><a><b>1</b></a>",
        b"PK\x03\x04 not a workbook",
        b"\xff\xfe",
        "a;b;c\n".encode("utf-16"),
        b"a,b,c\n" * 3,
        b"x" * 100_000,
        b"R5" + b"9" * 100_000 + b"\n",
        b'"a,b,c\n' * 50,
    ],
)
def test_what_is_hardly_a_file_is_told_so(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    said = call("inspect", path, "--data", tmp_path / "data")
    assert said.code in ((2, 10) if content.startswith(b"PK") else (10,)), said
    assert said.out or said.err


def test_headers_that_could_steer_a_terminal_are_shown_without_that_and_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "claims\u202e.csv"
    path.write_text(
        csv_of("claims", {"claimed_grade": "Out\x1b[31mcome", "unit_code": "Mod'ule\x07"}), encoding="utf-8"
    )
    said = call("inspect", path, "--data", tmp_path / "data", "--save")
    assert said.code == 0, said
    assert not set("\x1b\x07\u202e") & set(said.out)
    assert call("inspect", path, "--data", tmp_path / "data").out.count("Nothing needs to be changed.") == 1


def test_of_a_large_file_the_beginning_and_some_whole_lines_further_on_are_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    lines = [f"line {number}\r\n" for number in range(20_000)]
    path.write_text("".join(lines), newline="")
    looked_at = sample(path, whole=1_000, start=5_000, stretch=2_000)
    assert not looked_at.is_whole
    assert [stretch[-1:] for stretch in looked_at.stretches] == [b"\n"] * 3
    found = [line for stretch in looked_at.stretches for line in stretch.decode().splitlines()]
    assert set(found) <= {line.strip() for line in lines}
    assert found[0] == "line 0"
    numbers = [int(line.removeprefix("line ")) for line in found]
    assert numbers == sorted(set(numbers))
    assert max(numbers) > 12_000


def test_a_large_utf_16_file_is_cut_between_its_characters(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes("".join(f"line {number}\n" for number in range(5_000)).encode("utf-16"))
    looked_at = sample(path, whole=1_000, start=5_000, stretch=2_001)
    for stretch in looked_at.stretches:
        assert all(line.startswith("line ") for line in stretch.decode().splitlines())


def test_a_large_results_file_is_measured_by_a_part_of_it_and_says_so(tmp_path: Path) -> None:
    line = results(WHO[:1], 5)[0]
    path = tmp_path / "R9999972.X01"
    path.write_text(edi([line] * 160_000), newline="")
    said = call("inspect", path, "--data", tmp_path / "data")
    assert said.code == 0
    assert "looked at: 6 MB of 10 MB: the beginning and the middle" in said.out
    assert "It is read as EDI results (R)" in said.out


def test_a_sheet_of_very_many_columns_is_looked_at_in_reasonable_time(tmp_path: Path) -> None:
    columns, rows = rows_of("claims", 1)
    wide = [f"Free text {number}" for number in range(120)]
    path = tmp_path / "wide.csv"
    lines = [[*columns, *wide], *([*row, *["some text"] * 120] for row in rows)]
    path.write_text("".join(",".join(line) + "\n" for line in lines))
    assert call("inspect", path, "--data", tmp_path / "data", "--as", "claims").code in (0, 10)
