"""`pipelines/config.py`: file, environment, flags, in that order; a wrong word is answered with the right one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.archives import ZipCaps
from pipelines.config import Config, load_config
from pipelines.errors import ExitCode, UsageError

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CENTRES", "SEASON", "AUDIENCE", "FAIL_ON", "NEAR_BOUNDARY_MARKS", "DATA"):
        monkeypatch.delenv(f"RESULTSDAY_{name}", raising=False)


def written(folder: Path, text: str) -> Path:
    (folder / "resultsday.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_every_setting_has_its_default(tmp_path: Path) -> None:
    config = load_config(tmp_path)
    assert (config.centres, config.audience, config.near_boundary_marks) == ((), "exams_office", 2)
    assert config.zip_caps == ZipCaps(members=10_000, unpacked_bytes=4 << 30, ratio=200, file_bytes=4 << 30)
    assert (config.line_bytes, config.columns, config.xml_depth, config.xml_text_bytes) == (
        *(1 << 20, 1_024),
        *(64, 1 << 20),
    )


def test_the_environment_wins_over_the_file_and_a_flag_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, 'centres = ["99991"]\nseason = "2023-24"\nnear_boundary_marks = 3\nfail_on = "error"\n')
    monkeypatch.setenv("RESULTSDAY_CENTRES", "99992, 99993")
    monkeypatch.setenv("RESULTSDAY_NEAR_BOUNDARY_MARKS", "4")
    config = load_config(tmp_path, {"near_boundary_marks": 5, "season": None})
    assert config == Config(centres=("99992", "99993"), season="2023-24", near_boundary_marks=5, fail_on="error")
    assert load_config(tmp_path, {"centres": ["99994"]}).centres == ("99994",)


def test_a_file_from_notepad_is_read(tmp_path: Path) -> None:
    (tmp_path / "resultsday.toml").write_bytes(b'\xef\xbb\xbfcentres = ["99999"]\r\n')
    assert load_config(tmp_path).centres == ("99999",)


@pytest.mark.parametrize(
    ("text", "words", "todo"),
    [
        ('centre = ["99999"]', "there is no setting centre", "Did you mean centres?"),
        ("near_boundry_marks = 1", "no setting near_boundry_marks", "Did you mean near_boundary_marks?"),
        ("wibble = 1", "no setting wibble", "The settings are: centres, inboxes"),
        ("centres = [99999]", "centres: Input should be a valid string", ""),
        ("centres = [09999]", "not TOML", "in quotes"),
        ('centres = ["9999"]', '"9999" is not a centre number', ""),
        ('audience = "teachers"', "audience: Input should be 'exams_office' or 'staff'", ""),
        ('fail_on = "info"', "fail_on: Input should be", ""),
        ("near_boundary_marks = -1", "greater than or equal to 0", ""),
        ("zip_ratio = 0", "greater than or equal to 1", ""),
        ('season = "2025-27"', '"2025-27" is not an academic year', ""),
        ('season = "2025/26"', '"2025/26" is not an academic year', ""),
        ('duckdb_memory = "lots"', '"lots" is not an amount such as 2GB', ""),
        ("centres = [", "not TOML", "in quotes"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_with_what_was_expected(
    tmp_path: Path, text: str, words: str, todo: str
) -> None:
    with pytest.raises(UsageError) as caught:
        load_config(written(tmp_path, text))
    assert words in caught.value.what
    assert str(tmp_path / "resultsday.toml") in caught.value.what
    assert todo in caught.value.todo
    assert caught.value.todo
    assert caught.value.exit_code == ExitCode.USAGE


def test_what_is_wrong_elsewhere_is_said_to_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "zip_ratio = 100")
    with pytest.raises(UsageError, match="the command line: season"):
        load_config(tmp_path, {"season": "2025"})
    monkeypatch.setenv("RESULTSDAY_ZIP_RATIO", "many")
    with pytest.raises(UsageError, match="the environment: zip_ratio"):
        load_config(tmp_path)
    monkeypatch.delenv("RESULTSDAY_ZIP_RATIO")
    monkeypatch.setenv("RESULTSDAY_CENTERS", "99999")
    with pytest.raises(UsageError, match="the environment: there is no setting centers"):
        load_config(tmp_path)


@pytest.mark.parametrize("value", ["2GB", "512 MiB", "1.5GB", "80%"])
def test_an_amount_of_memory_is_one_that_duckdb_takes(tmp_path: Path, value: str) -> None:
    import duckdb

    config: dict[str, Any] = {"memory_limit": load_config(tmp_path, {"duckdb_memory": value}).duckdb_memory}
    duckdb.connect(config=config).close()


def test_nothing_slow_is_imported_where_nothing_is_set(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from pipelines.config import load_config;"
        f"load_config(Path({str(tmp_path)!r})); print('pydantic' in sys.modules, 'polars' in sys.modules)"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False False\n"
