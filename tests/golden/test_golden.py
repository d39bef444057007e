"""What the program makes of the sample is what is kept of it; and two versions are held beside each other aright."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from tests.golden.__main__ import compare
from tests.golden.comparing import difference, in_words
from tests.golden.made_up import run_folder
from tests.golden.seasons import HERE, later_mondays, sample
from tests.golden.telling import Told, keep, kept, told_of

TELL = "\n  {}\nIf this is what is wanted: make golden, which shows it once more and keeps it."


def _holds(name: str, after: Told) -> None:
    before = kept(HERE / name)
    found = difference(before, after)
    if found:
        pytest.fail(f"{name} has become another:" + TELL.format("\n  ".join(in_words(found, before, after))))


@pytest.mark.xdist_group("sample")
def test_the_sample_becomes_what_is_kept_of_it() -> None:
    _holds("sample", sample())


@pytest.mark.xdist_group("three_mondays")
def test_each_later_monday_becomes_what_is_kept_of_it() -> None:
    seen = 0
    for day, told in later_mondays():
        _holds(day, told)
        seen += 1
    assert seen == 2


def test_what_is_kept_holds_no_more_than_codes_digests_and_names_of_outputs() -> None:
    told = kept(HERE / "sample")
    assert len(told.rules) > 50
    assert len(told.findings) > 200
    assert {len(fingerprint) for _, fingerprint in told.findings} <= {16, 32, 40, 64}
    assert {len(said) for said in (*told.findings.values(), *told.outputs.values())} == {16}
    assert not [name for name in told.outputs if name.startswith("raw/")]


def test_per_rule_it_is_told_what_appeared_vanished_and_changed(tmp_path: Path) -> None:
    before = told_of(
        run_folder(tmp_path / "a", ("marks_differ", "aa", "3"), ("marks_differ", "bb", "4"), ("gone", "cc", "1"))
    )
    after = told_of(
        run_folder(tmp_path / "b", ("marks_differ", "aa", "5"), ("marks_differ", "dd", "4"), ("come", "cc", "1"))
    )
    found = difference(before, after)
    assert [(one.code, one.appeared, one.vanished, one.changed) for one in found.rules] == [
        ("come", ("cc",), (), ()),
        ("gone", (), ("cc",), ()),
        ("marks_differ", ("dd",), ("bb",), ("aa",)),
    ]
    said = "\n".join(in_words(found, before, after))
    assert "status: no such rule -> found" in said
    assert "0042" not in said
    assert "3 rules differ, in 5 findings; 3 outputs differ." in said
    assert "99999·0042" in "\n".join(in_words(found, before, after, show=True))


def test_the_same_run_differs_in_nothing_and_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    told = told_of(run_folder(tmp_path / "a", ("marks_differ", "aa", "3")))
    keep(told, tmp_path / "kept")
    assert not difference(kept(tmp_path / "kept"), told)
    assert list(in_words(difference(told, told), told, told)) == ["Nothing differs."]


@pytest.mark.parametrize(
    "change",
    [
        lambda told: replace(told, rules={**told.rules, "marks_differ": "clean"}),
        lambda told: replace(told, findings={}),
        lambda told: replace(told, outputs={**told.outputs, "reports/summary.html": "0" * 16}),
        lambda told: replace(told, outputs={**told.outputs, "tables/new.parquet": "0" * 16}),
    ],
)
def test_whatever_is_otherwise_is_a_difference(change: Callable[[Told], Told], tmp_path: Path) -> None:
    told = told_of(run_folder(tmp_path / "a", ("marks_differ", "aa", "3")))
    assert difference(told, change(told))
    assert difference(change(told), told)


def test_a_table_is_the_same_however_its_file_is_packed_and_another_in_another_order_or_type(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "a", ("marks_differ", "aa", "3"))
    path = run / "tables" / "marks.parquet"
    frame = pl.DataFrame({"mark": [1, 2]}, schema={"mark": pl.Int32})
    digests = []
    for rows, packing in ((frame, "zstd"), (frame, "gzip"), (frame.reverse(), "zstd"), (frame.cast(pl.Int64), "zstd")):
        rows.write_parquet(path, compression=packing)  # type: ignore[arg-type]
        digests.append(told_of(run).outputs["tables/marks.parquet"])
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


#: a program that is only what a comparison asks of one: it takes the arguments of a run and publishes what it finds
_PROGRAM = """
import sys
from pathlib import Path
from tests.golden.made_up import run_folder
data = Path(sys.argv[sys.argv.index("--data") + 1])
run_folder(data / "runs" / "r", *FINDINGS)
(data / "current.txt").write_text("r")
"""


def test_two_commits_are_run_over_one_inbox_and_held_beside_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = tmp_path / "repository"
    (repository / "pipelines").mkdir(parents=True)
    (repository / "pipelines" / "__init__.py").touch()

    def git(*words: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        return subprocess.run(
            ["git", "-C", str(repository), *who, *words], check=True, capture_output=True, text=True
        ).stdout

    def commit(findings: object) -> str:
        path = [str(HERE.parent.parent)]
        text = f"import sys\nsys.path[1:1] = {path}\n{_PROGRAM.replace('FINDINGS', repr(findings))}"
        (repository / "pipelines" / "cli.py").write_text(text, encoding="utf-8")
        git("add", "-A")
        git("commit", "-q", "-m", "x")
        return git("rev-parse", "HEAD").strip()

    git("init", "-q")
    one, two = commit([("marks_differ", "aa", "3")]), commit([("marks_differ", "bb", "3")])
    assert compare(one, two, "", "", show=False, repository=repository) == 0
    said = capsys.readouterr().out
    assert "+1 appeared  -1 vanished  ~0 changed" in said
    assert compare(one, one, "", "", show=False, repository=repository) == 0
    assert "Nothing differs." in capsys.readouterr().out
    assert compare("nothing-of-the-kind", two, "", "", show=False, repository=repository) == 2
    assert "Not compared: git worktree" in capsys.readouterr().out
    # nothing is left laid out
    assert len(git("worktree", "list").splitlines()) == 1
