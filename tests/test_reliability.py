"""`docs/reliability.md`: every test it names exists, each claim has one, and figures that can be counted are right."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from pipelines.licences import licensed
from tests import test_query

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
CLAIMS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| claim |")]


def _tests(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_test_that_is_named_exists() -> None:
    assert len(NAMED) > 50
    assert [f"{path}::{name}" for path, name in NAMED if name not in _tests(ROOT / path)] == []


def test_every_claim_names_a_test_or_a_target_of_make() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert len(CLAIMS) > 35
    for claim in CLAIMS:
        shown = claim.split(" | ")[1]
        assert re.search(r"`tests/", shown) or set(re.findall(r"`make ([a-z-]+)`", shown)) & targets, claim


def test_figures_that_can_be_counted_are_right() -> None:
    assert f"{len(licensed(ROOT / 'uv.lock'))} packages, [listed]" in PAGE
    marks = vars(test_query.test_a_question_reaches_nothing_but_the_run_and_changes_nothing)["pytestmark"]
    (ways,) = [mark.args[1] for mark in marks if mark.name == "parametrize"]
    assert f"{len(ways)} ways to try" in PAGE
