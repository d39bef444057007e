"""What the shell offers at the Tab key: `|` is where the cursor stands."""

from __future__ import annotations

import pytest
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document

from pipelines.commands import terminal
from pipelines.commands.suggesting import COMMANDS, Vocabulary, suggestions, vocabulary
from pipelines.publish import published as published_run
from pipelines.sealed import sealed
from tests.cli_helpers import published as tiny

KNOWN = Vocabulary(
    tables={"candidates": "people", "claims": "claims", "unit_results": "results"},
    columns={
        "candidates": {"person_id": "who", "surname": "name"},
        "claims": {"person_id": "who", "claim_date": "when", "unit_code": "what"},
        "unit_results": {"person_id": "who", "unit_code": "what", "grade": "how"},
    },
    macros={"candidate": "one of them"},
    questions={"on_hold": ("Who is on hold?", ("centre", "owner"))},
)


def offered(typed: str) -> list[str]:
    before, _, after = typed.partition("|")
    return [one.text for one in suggestions(before, before + after, KNOWN)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("SELECT * FROM c|", ["candidates", "claims", "candidate('"]),
        ("SELECT * FROM |", ["candidates", "claims", "unit_results", "candidate('"]),
        ("select * from CLA|", ["claims"]),
        ("SELECT * FROM candidates AS c JOIN u|", ["unit_results"]),
        ("SELECT * FROM candidates, u|", ["unit_results"]),
        ("DESCRIBE cl|", ["claims"]),
        ("SELECT c.| FROM claims AS c", ["person_id", "claim_date", "unit_code"]),
        ("SELECT c.p| FROM claims c", ["person_id"]),
        ("SELECT claims.u| FROM claims", ["unit_code"]),
        ("SELECT x.gra|", ["grade"]),
        ("SELECT * FROM claims c JOIN unit_results AS r ON r.g|", ["grade"]),
        ("SELECT GR| FROM unit_results", ["grade", "GROUP"]),
        ("SELECT sur|", ["surname"]),
        ("SELECT | FROM candidates", ["person_id", "surname"]),
        ("SELECT 1 FROM claims; SELECT | FROM candidates", ["person_id", "surname"]),
        ("SELECT | FROM candidates; SELECT 1 FROM claims", ["person_id", "surname"]),
        ("selec|", ["select"]),
        ("SELEC|", ["SELECT"]),
        ("SELECT * FROM candidates WHERE surname = 'c|", []),
        ("SELECT * FROM candidates -- from c|", []),
        ("SELECT /* from c|", []),
        ("SELECT '--', g| FROM unit_results", ["grade", "group"]),
        ("|", []),
        (".ta|", [".tables"]),
        (".qu|", [".questions", ".question", ".quit"]),
        (".describe c|", ["candidates", "claims"]),
        (".schema u|", ["unit_results"]),
        (".describe candidates c|", []),
        (".question o|", ["on_hold"]),
        (".question on_hold |", ["centre=", "owner="]),
        (".question on_hold centre=1 o|", ["owner="]),
        (".format |", ["table", "csv", "json"]),
        (".timer o|", ["on", "off"]),
        (".limit |", []),
    ],
)
def test_what_may_stand_at_the_cursor_is_offered(typed: str, words: list[str]) -> None:
    assert offered(typed) == words


def test_the_words_are_those_of_the_run() -> None:
    run = published_run(tiny())
    assert run is not None
    with sealed(run.folder) as con:
        known = vocabulary(con)
    assert known.columns["readiness"]["owner"] == "who acts"
    assert known.tables["candidates"].startswith("The people")
    assert set(known.macros) >= {"person", "changed_since"}
    assert known.questions["one_unit_away"][1] == ("centre", "qualification", "points")
    assert set(known.columns) == set(known.tables)


@pytest.mark.parametrize(
    ("typed", "is_over"),
    [("SELECT 1", False), ("SELECT 1;", True), ("SELECT ';", False), (".tables", True), ("", True), ("  \n", True)],
)
def test_enter_hands_over_what_is_whole(typed: str, is_over: bool) -> None:
    assert terminal.ends(Buffer(document=Document(typed))) is is_over


def test_every_command_of_the_shell_is_one_it_obeys() -> None:
    from pipelines.commands.shell import _DOING

    assert set(COMMANDS) == {*_DOING, ".quit"}
