"""`resultsday rehearse`: what is planted is found whoever the people are, a miss is counted, and nothing stays."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipelines import rules
from pipelines.rehearsal import crowd, making, rehearsing
from pipelines.rehearsal.comparing import Comparison, Row, compared, compared_since
from pipelines.rehearsal.crowd import FURTHER, LARGEST, spread
from pipelines.rehearsal.identifiers import UCI_LETTERS, uci
from pipelines.rehearsal.making import QUIET, Wish, make
from pipelines.rehearsal.model import MAIN, World
from pipelines.rehearsal.rehearsing import Monday, Rehearsed, rehearse
from tests import narrow
from tests.cli_helpers import Said, call
from tests.sample_run import SAMPLE

#: the runs are long, and each is made once by the one process that has these tests
pytestmark = pytest.mark.xdist_group("rehearse")


#: so many join the main centre in these tests before a further one is opened
FEW = 10


@cache
def _made(students: int, word: str) -> dict[str, bytes]:
    whole: dict[str, bytes] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(making, "ROOM", FEW)
        for part in make(Wish(students, word)):
            whole |= part | {"quiet.csv": whole.get("quiet.csv", b"") + part["quiet.csv"]}
    return whole


def _rows(data: bytes) -> list[Row]:
    return list(csv.DictReader(data.decode("utf-8").splitlines()))


def _rehearsed(wish: Wish) -> Rehearsed:
    with TemporaryDirectory() as folder, narrow.without_reports():
        return rehearse(Path(folder), wish, has_weeks=False, tell=lambda _: None)


def _row(code: str, severity: str = "error", **cells: str) -> Row:
    names = ("centre_number", "candidate_number", "ocr_candidate_number", "uci", "series", "qualification_code")
    more = ("unit_code", "option_code", "file", "line", "cause", "note")
    return dict.fromkeys((*names, *more), "") | {"code": code, "severity": severity, "state": "open"} | cells


def _found(code: str, severity: str = "error", **cells: str) -> Row:
    return _row(code, severity) | {"change": "new"} | cells


def test_without_size_and_word_the_centre_is_the_shipped_sample() -> None:
    names = ("inbox", "weeks", "as_of.txt", "planted.csv", "quiet.csv")
    there = [path for path in SAMPLE.rglob("*") if path.is_file() and path.relative_to(SAMPLE).parts[0] in names]
    assert {path.relative_to(SAMPLE).as_posix(): path.read_bytes() for path in there} == _made(QUIET, "")


def test_the_number_of_quiet_students_is_the_one_asked_for() -> None:
    for students in (QUIET - 10, QUIET, QUIET + 7, QUIET + FEW + 40):
        assert len(_rows(_made(students, "")["quiet.csv"])) == students
    # who has a story is always there
    assert 100 < len(_rows(_made(0, "")["quiet.csv"])) < QUIET


def test_another_word_names_and_numbers_everybody_differently_and_plants_the_same() -> None:
    one, other = (_rows(_made(QUIET, word)["planted.csv"]) for word in ("", "june"))
    told = ("code", "severity", "series", "qualification_code", "unit_code", "file", "cause", "state")
    assert sorted([row[name] for name in told] for row in one) == sorted([row[name] for name in told] for row in other)
    numbers = [{row["ocr_candidate_number"] for row in rows if row["ocr_candidate_number"]} for rows in (one, other)]
    assert min(map(len, numbers)) > 50
    assert not numbers[0] & numbers[1]
    assert _made(QUIET, "june") == {**next(iter(make(Wish(QUIET, "june"))))}


@pytest.mark.parametrize(("students", "word"), [(QUIET, "june"), (QUIET + FEW + 40, "")])
def test_quiet_people_share_no_number_with_anybody_and_their_ucis_are_right(students: int, word: str) -> None:
    made = _made(students, word)
    quiet, planted = _rows(made["quiet.csv"]), _rows(made["planted.csv"])
    more = [row for row in quiet if row["who"] == "one of the crowd"]
    assert len(more) == students - QUIET
    for row in (row for row in quiet if row["uci"]):
        assert row["uci"] == uci(row["uci"][:12])
        assert row["uci"][12] in UCI_LETTERS
        assert row["centre_number"].startswith("9999")
    for name in ("uci", "ocr_candidate_number"):
        numbers = [row[name] for row in more]
        assert len(set(numbers)) == len(more)
        others = {n for row in [*planted, *(row for row in quiet if row not in more)] for n in row[name].split()}
        assert not others & set(numbers)


def test_nobody_of_the_crowd_has_a_number_that_somebody_is_said_to_have() -> None:
    world = World(1)
    free = {"4567", "4568", "9999"}
    world.invent("y12").more["number"] = [f"{n:04d}" for n in range(10_000) if f"{n:04d}" not in free]
    crowd.join(world, MAIN, len(free), "")
    assert {person.number for person in world.people[1:]} == free


def test_further_centres_share_the_students_evenly_until_all_are_full() -> None:
    assert spread(0) == ()
    assert spread(41) == (("99990", 41),)
    assert spread(LARGEST + 1) == (("99990", LARGEST // 2 + 1), ("99991", LARGEST // 2))
    assert sum(count for _, count in spread(50_000)) == 50_000
    assert {count for _, count in spread(LARGEST * len(FURTHER))} == {LARGEST}
    with pytest.raises(ValueError, match="all that further centres take"):
        spread(LARGEST * len(FURTHER) + 1)


# nobody but those with a story, under another word: the Mondays below
@pytest.mark.parametrize("wish", [Wish(500), Wish(QUIET + FEW + 40, "june")])
def test_whatever_the_size_and_the_people_all_is_found_and_nothing_else_said(
    wish: Wish, monkeypatch: pytest.MonkeyPatch
) -> None:
    if wish.word and wish.more:  # a further centre is opened without thousands of students at the main one
        monkeypatch.setattr(making, "ROOM", FEW)
        assert len(wish.centres) == 3
    (monday,) = _rehearsed(wish).mondays
    assert len(monday.comparison.planted) > 150
    assert monday.comparison.missed == []
    assert monday.comparison.beside == []


def test_a_planted_row_that_nobody_says_is_missed_and_a_finding_nobody_planted_is_beside() -> None:
    planted = [_row("missing_uci", candidate_number="0042"), _row("missing_uci", candidate_number="0043")]
    quiet = frozenset({"999990250001A"})
    found = [
        _found("missing_uci", candidate_number="0042"),
        _found("row_rejected", "warning", uci="999990250001A 999990250002B"),
        _found("units_incomplete", "info", uci="999990250001A"),
        _found("near_boundary", "info"),
    ]
    comparison = compared(planted, found, quiet)
    assert comparison.missed == planted[1:]
    assert [row["code"] for row in comparison.beside] == ["row_rejected", "units_incomplete"]
    lines = {
        line.code: (line.planted, line.found, line.missed, line.beside, line.of_quiet) for line in comparison.lines()
    }
    assert lines == {
        "missing_uci": (2, 1, 1, 0, 0),
        "row_rejected": (0, 0, 0, 1, 1),
        "units_incomplete": (0, 0, 0, 1, 0),
    }
    assert not comparison.agrees


@pytest.mark.parametrize(
    ("planted", "found", "fits"),
    [
        (_row("a"), _found("a", uci="1"), True),
        (_row("a"), _found("a", "warning"), False),
        (_row("a", "warning", state="pending"), _found("a", "info", state="pending"), True),
        (_row("a", uci="1 2"), _found("a", uci="2 1"), True),
        (_row("a", uci="1"), _found("a", uci="1 2"), False),
        (_row("a", line="7"), _found("a", line="8"), False),
        (_row("a", change="changed"), _found("a"), False),
    ],
)
def test_a_finding_answers_what_was_planted_but_for_blank_cells(planted: Row, found: Row, fits: bool) -> None:
    assert (compared([planted], [found], frozenset()).missed == []) is fits


def test_one_finding_does_not_answer_two_planted_rows() -> None:
    assert len(compared([_row("a"), _row("a")], [_found("a")], frozenset()).missed) == 1


def test_of_a_later_monday_only_news_counts() -> None:
    found = [
        _found("a", change="continuing"),
        _found("b", change="continuing", state="waived"),
        _found("result_changed", change="resolved"),
        _found("c", change="resolved"),
    ]
    assert [row["code"] for row in compared_since([], found, frozenset()).beside] == ["b", "c"]


def _quick(monkeypatch: pytest.MonkeyPatch, comparison: Comparison) -> None:
    """A rehearsal that only leaves a file, and comes to this."""

    def pretended(place: Path, *_: object) -> Rehearsed:
        (place / "planted.csv").write_text("code\n", encoding="utf-8")
        return Rehearsed((Monday("2026-08-10T08:30", comparison),), 150, ("99998", "99999"))

    monkeypatch.setattr(rehearsing, "rehearse", pretended)


def _call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *more: str | Path) -> Said:
    """The command, with a temporary place of its own that is looked at afterwards."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir(exist_ok=True)
    said = call("rehearse", *more)
    assert list((tmp_path / "temporary").iterdir()) == []
    return said


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """A rehearsal that was kept, and what the command said of it; a test may run in it."""
    place = tmp_path_factory.mktemp("kept") / "in" / "practice"
    with pytest.MonkeyPatch.context() as patched:
        return place, _call(place.parents[1], patched, "--keep", place, "--format", "json")


def test_the_command_finds_all_and_says_so(kept: tuple[Path, Said]) -> None:
    _, said = kept
    assert said.code == 0, said.err
    table = json.loads(said.out)
    planted = _rows((SAMPLE / "planted.csv").read_bytes())
    assert sum(int(row["planted"]) for row in table) == sum(int(row["found"]) for row in table) == len(planted)
    assert {row["missed"] for row in table} == {row["not_planted"] for row in table} == {0}
    last = said.err.splitlines()[-1]
    codes = len({row["code"] for row in planted})
    assert last.startswith(
        f"all {len(planted)} planted discrepancies of {codes} codes found; nothing said of 150 quiet"
    )


def test_a_rule_that_is_gone_is_a_miss_and_ends_with_1_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rules.load_rules
    monkeypatch.setattr(
        "pipelines.chosen.load_rules",
        lambda *given: [rule for rule in whole(*given) if rule.code != "special_consideration_differs"],
    )
    monkeypatch.chdir(tmp_path)
    said = _call(tmp_path, monkeypatch, "--format", "csv")
    assert said.code == 1
    assert "special_consideration_differs,warning,3,0,3,0,0" in said.lines
    assert "missed: special_consideration_differs at warning, centre 99999" in said.err
    last = said.err.splitlines()[-1]
    assert last.startswith("3 of 190 planted discrepancies")
    assert last.endswith("; nothing kept")
    assert {path.name for path in tmp_path.iterdir()} == {"temporary"}


def test_what_is_said_of_quiet_people_ends_with_1_and_nobody_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarm = _found("missing_uci", uci="999990250042X", centre_number="99999", unit_code="05838/01")
    _quick(monkeypatch, Comparison([], [], [alarm], frozenset({"999990250042X"})))
    said = _call(tmp_path, monkeypatch)
    assert said.code == 1
    assert "not planted: missing_uci at error, centre 99999, unit 05838/01" in said.err
    assert "1 finding of 150 quiet students, which are false" in said.err
    assert "999990250042X" not in said.out + said.err


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError])
@pytest.mark.parametrize("keep", [False, True])
def test_a_rehearsal_that_is_stopped_leaves_nothing(
    fault: type[BaseException], keep: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise fault

    monkeypatch.setattr(rehearsing, "_run", stopped)
    place = tmp_path / "practice"
    said = _call(tmp_path, monkeypatch, *(("--keep", place) if keep else ()))
    assert said.code == (130 if fault is KeyboardInterrupt else 70)
    assert {path.name for path in tmp_path.iterdir()} == {"temporary"}


def test_what_is_kept_says_that_it_is_a_sample_and_how_to_practise(kept: tuple[Path, Said]) -> None:
    place, _ = kept
    assert sorted(path.name for path in place.iterdir()) == [
        "README.txt",
        "as_of.txt",
        "data",
        "inbox",
        "planted.csv",
        "quiet.csv",
    ]
    text = (place / "README.txt").read_text(encoding="utf-8")
    assert text.startswith("SAMPLE")
    report = next((place / "data" / "runs").glob("*/reports/report.html")).read_text(encoding="utf-8")
    assert "SAMPLE" in report
    (typed,) = [line.split('"') for line in text.splitlines() if "resultsday run" in line]
    assert [Path(typed[1]), Path(typed[3])] == [place / "inbox", place / "data"]
    # run as it says, over the same files: nothing is new
    again = call("run", "--inbox", typed[1], "--data", typed[3], *typed[4].split())
    assert again.code == 0, again.err
    assert "continuing" in again.out + again.err


def test_a_folder_that_is_there_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    said = _call(tmp_path, monkeypatch, "--keep", tmp_path / "mine")
    assert said.code == 2
    assert list((tmp_path / "mine").iterdir()) == []


def test_the_mondays_after_are_rehearsed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with narrow.without_reports():
        said = _call(tmp_path, monkeypatch, "--weeks", "--students", "0", "--seed", "autumn", "--format", "json")
    assert said.code == 0, said.err
    table = json.loads(said.out)
    assert sorted({row["monday"] for row in table}) == ["2026-08-10", "2026-08-17", "2026-08-24"]
    assert {row["missed"] for row in table} == {row["not_planted"] for row in table} == {0}
    assert sum(int(row["planted"]) for row in table if row["monday"] == "2026-08-10") > 150
    changed = [row for row in table if row["code"] == "result_changed"]
    assert [row["monday"] for row in changed] == ["2026-08-17", "2026-08-24"]


def test_nothing_of_the_program_knows_the_rehearsal_but_its_command() -> None:
    root = SAMPLE.parents[1] / "pipelines"
    knowing = [path for path in root.rglob("*.py") if "pipelines.rehearsal" in path.read_text(encoding="utf-8")]
    outside = [path.relative_to(root).as_posix() for path in knowing if path.parent != root / "rehearsal"]
    assert outside == ["commands/rehearse.py"]


def test_the_centre_is_made_from_what_the_wheel_has_alone(tmp_path: Path) -> None:
    root = SAMPLE.parents[1]
    wheel = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    for source, target in [*((name, name) for name in wheel["packages"]), *wheel["force-include"].items()]:
        shutil.copytree(root / source, tmp_path / target, ignore=shutil.ignore_patterns("__pycache__"))
    asked = (
        "import sys; from pipelines.rehearsal.making import make; import pipelines;"
        "made = next(iter(make())); print(pipelines.__file__);"
        "sys.stdout.flush(); sys.stdout.buffer.write(made['planted.csv'])"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=tmp_path, capture_output=True, check=True)
    where, planted = done.stdout.split(b"\n", 1)
    assert Path(where.decode().strip()).is_relative_to(tmp_path)
    assert planted == (SAMPLE / "planted.csv").read_bytes()
