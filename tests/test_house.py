"""The house itself: one module writes, files stay short, and the two make files offer the same."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "pipelines").rglob("*.py"))
#: what changes a disk, whoever offers it
WRITING = {
    "write_text", "write_bytes", "unlink", "rename", "replace", "mkdir", "rmdir", "symlink_to", "hardlink_to", "touch",
    "chmod", "rmtree", "copyfile", "copytree", "move", "mkdtemp", "mkstemp",
}  # fmt: skip
#: also said of texts and of frames
NOT_ONLY_OF_FILES = {"replace", "rename"}


def _calls(path: Path) -> list[tuple[str, int, ast.Call]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found.append((node.func.attr, node.lineno, node))
    return found


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "files.py"], ids=lambda path: path.stem)
def test_only_files_py_changes_the_disk(path: Path) -> None:
    guilty = []
    for name, line, node in _calls(path):
        owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if name in WRITING - NOT_ONLY_OF_FILES and owner not in ("files", "printing"):
            guilty.append(f"{path.name}:{line} {owner}.{name}")
        if name == "open" and any(isinstance(one, ast.Constant) and "w" in str(one.value) for one in node.args):
            guilty.append(f"{path.name}:{line} open for writing")
    assert guilty == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_a_short_read_and_opens_with_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text))


def test_make_cmd_has_the_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    command = (ROOT / "make.cmd").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    labels = set(re.findall(r"^:([a-z-]+)\s*$", command, flags=re.MULTILINE)) - {"argument"}
    assert targets == labels


def test_every_target_is_in_the_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+): \$\(READY\)", makefile, flags=re.MULTILINE))
    told = set(re.findall(r"make ([a-z-]+)", makefile))
    assert {"results", "test", "check", "query", "bench", "new-rule", "new-format", "docs"} <= told
    assert targets - told <= {"format", "lint", "types"}


def test_no_core_dependency_brings_pandas_or_numpy() -> None:
    packages: dict[str, set[str]] = {}
    for one in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]:
        # what is measured beside us is in an environment of its own
        groups = {name: found for name, found in one.get("dev-dependencies", {}).items() if name != "peers"}
        extras = (*one.get("optional-dependencies", {}).values(), *groups.values())
        asked = (*one.get("dependencies", ()), *(found for extra in extras for found in extra))
        packages.setdefault(one["name"], set()).update(found["name"] for found in asked)
    names, todo = set[str](), ["resultsday"]
    while todo:
        name = todo.pop()
        if name not in names:
            names.add(name)
            todo.extend(packages[name])
    assert {"polars", "duckdb", "pytest"} <= names
    assert names.isdisjoint({"pandas", "numpy", "dbt-core", "pointblank"})
