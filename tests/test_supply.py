"""What the program is made of: locked with hashes, under licences we may pass on, nothing that is for development."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipelines import catalogue
from pipelines.licences import SAID_ELSEWHERE, licensed
from tests.sample_run import SAMPLE
from tests.supply.__main__ import CHOSEN, judged

ROOT = Path(__file__).parent.parent
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

#: may be passed on with a program under the MIT licence, and ask for no more than that they are named
ALLOWED = {
    "Apache-2.0", "Apache-2.0 OR BSD-2-Clause", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "PSF-2.0",
}  # fmt: skip


def named(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_every_file_of_the_lock_has_a_hash_and_comes_from_the_index() -> None:
    files = [one for package in LOCK["package"] for one in (*package.get("wheels", ()), package.get("sdist")) if one]
    assert len(files) > 100
    assert [one["url"] for one in files if not re.fullmatch(r"sha256:[0-9a-f]{64}", one["hash"])] == []
    sources = {json.dumps(package["source"]) for package in LOCK["package"] if package["name"] != "resultsday"}
    assert sources == {'{"registry": "https://pypi.org/simple"}'}


def test_every_package_that_runs_with_it_is_under_a_licence_that_is_allowed() -> None:
    found = licensed(ROOT / "uv.lock")
    assert [f"{one.package}: {one.licence}" for one in found if one.licence not in ALLOWED] == []
    packages = {one.package for one in found}
    assert packages >= {named(one) for one in PROJECT["project"]["dependencies"]}
    assert packages.isdisjoint({"pytest", "mypy", "ruff", "hypothesis", "pandas", "numpy"})
    # with the extra `spark`, and without it for development alone
    assert packages >= {"pyspark", "py4j", "sqlglot"}
    assert set(SAID_ELSEWHERE) <= packages


def test_the_page_of_licences_names_each_in_the_version_of_the_lock() -> None:
    page = catalogue.pages()["licences.md"]
    for one in licensed(ROOT / "uv.lock"):
        assert f"| {one.package} | {one.version} | {one.licence} |" in page


def test_a_licence_that_nobody_says_stops_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.licences.SAID_ELSEWHERE", {})
    with pytest.raises(LookupError, match="colorama"):
        licensed(ROOT / "uv.lock")


#: a program that finds no package of those named in its first argument, as if it were not installed
WITHOUT = """
import sys
blocked = set(sys.argv.pop(1).split(","))
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
"""
#: how each development package is imported
MODULES = {
    "axe-playwright-python": "axe_playwright_python", "coverage": "coverage", "hypothesis": "hypothesis",
    "import-linter": "importlinter", "lxml-stubs": "lxml_stubs", "mypy": "mypy", "pytest": "pytest",
    "pytest-xdist": "xdist", "ruff": "ruff", "sqlglot": "sqlglot",
}  # fmt: skip
EXTRA = ("_pytest", "pandas", "numpy", "tests")


def without_development(program: str, *arguments: str | Path, blocked: tuple[str, ...] = ()) -> str:
    """What a program prints in a process of its own that has no development packages."""
    names = ",".join(blocked or (*MODULES.values(), *EXTRA))
    command = [sys.executable, "-c", WITHOUT + program, names, *map(str, arguments)]
    # before what is there already: what refuses the network
    places = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": places}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_every_development_package_is_known_by_the_name_it_is_imported_by() -> None:
    assert {named(one) for one in PROJECT["dependency-groups"]["dev"]} == set(MODULES)


def test_every_module_but_those_for_development_is_imported_without_development_packages() -> None:
    program = """
import importlib, pkgutil
import pipelines, schemas
for package in (pipelines, schemas):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.endswith(".__main__") and "_shipped" not in found.name:
            try:
                importlib.import_module(found.name)
            except ModuleNotFoundError as fault:
                print(found.name, fault.name)
print("all")
"""
    lines = without_development(program).splitlines()
    assert lines[-1] == "all"
    # the linter of SQL is for development, with what it proves
    assert {line.split()[0] for line in lines[:-1]} <= {
        "pipelines.sql_lint",
        "pipelines.sql_proofs",
        "pipelines.sql_subset",
    }


def test_help_and_a_whole_run_need_no_development_package_and_no_pandas(tmp_path: Path) -> None:
    program = "from pipelines.cli import main\nsys.argv[0] = 'resultsday'\nmain()"
    assert "Commands" in without_development(program, "--help")
    data = tmp_path / "data"
    arguments = ("run", "--inbox", SAMPLE / "inbox", "--data", data, "--as-of", "2026-08-10T08:30", "--centre", "99999")
    without_development(program, *arguments)
    assert "run" in without_development(program, "status", "--data", data)


def test_the_guard_does_stop_an_import() -> None:
    with pytest.raises(AssertionError, match="No module named 'polars'"):
        without_development("import polars", blocked=("polars",))


def test_an_audit_that_could_not_ask_is_not_clean() -> None:
    clean = {"name": "a", "version": "1", "vulns": []}
    weak = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
    skipped = {"name": "c", "skip_reason": "c was not found"}

    def code(*packages: object) -> int:
        return judged(json.dumps({"dependencies": packages}), "").code

    assert (code(clean), code(clean, weak), code(clean, skipped), code()) == (0, 1, 2, 2)
    assert code(weak, skipped) == 1
    told = judged("", "Traceback\nConnectionError: no route\n")
    assert (told.code, told.lines[-1]) == (2, "ConnectionError: no route")
    assert "mended in 2.1" in judged(json.dumps({"dependencies": [weak]}), "").lines[0]


def test_the_chosen_tests_are_there() -> None:
    assert [one for one in CHOSEN if not (ROOT / one).exists()] == []
    assert all(">=" in one or "==" in one for one in PROJECT["project"]["dependencies"])
