"""A report under other headers in another order is mapped right where its values tell, and left open where not."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines.inspecting import delimited
from pipelines.inspecting.naming import Naming, open_questions, similarity
from tests.inspecting.made_up import known, rows_of
from tests.readers.reading import shipped

LAYOUTS = {layout.name: layout for layout in shipped() if layout.shape == "delimited"}
#: what values alone can settle of each kind of file, every header being nonsense
TOLD = {
    "achievement_report": {
        *("centre_number", "ocr_candidate_number", "candidate_number", "uci", "uln", "date_of_birth"),
        *("qualification_code", "qualification_title", "unit_code", "unit_title", "series_as_sent"),
        *("qualification_grade", "unit_grade", "qualification_award_date", "unit_award_date"),
    },
    "examined_marks": {
        *("series_as_sent", "centre_number", "qualification_code", "qualification_title", "unit_code", "title"),
        *("ocr_candidate_number", "candidate_number", "uci", "date_of_birth", "maximum_mark", "grade_as_sent"),
    },
    "tracker_summary": {
        *("centre_number", "ocr_candidate_number", "candidate_number", "uci", "date_of_birth", "qualification_code"),
        *("qualification_title", "status_as_sent"),
    },
    "tracker_detailed": {
        *("centre_number", "ocr_candidate_number", "candidate_number", "uci", "date_of_birth", "qualification_code"),
        *("qualification_title", "unit_code", "unit_title", "unit_type", "status_as_sent"),
    },
    "claims": {
        *("centre_number", "ocr_candidate_number", "candidate_number", "uci", "date_of_birth", "qualification_code"),
        *("unit_code", "claimed_grade", "claim_date", "claim_type"),
    },
    "entries": {
        *("centre_number", "ocr_candidate_number", "candidate_number", "uci", "uln", "date_of_birth", "series_as_sent"),
        *("option_code", "kind", "entry_date"),
    },
    "grade_boundaries": {"series_as_sent", "unit_code", "maximum_mark", "grade", "minimum_mark"},
}
#: what nobody can tell by values: two columns that hold the same sort of thing
NEVER_TOLD = {
    "examined_marks": {"raw_mark", "mark"},
    "tracker_summary": {"entry_date", "estimated_completion_date", "last_updated"},
    "tracker_detailed": {"entry_date", "estimated_completion_date", "last_updated"},
}


def table(kind: str, headers: Sequence[str], order: Sequence[int], seed: int) -> delimited.Table:
    """A file of a kind under other headers, its columns in another order."""
    _, rows = rows_of(kind, seed)
    lines = [[headers[place] for place in order], *([row[place] for place in order] for row in rows)]
    text = "".join(";".join(line) + "\n" for line in lines)
    header = delimited.find_header(text)
    assert header is not None
    return delimited.table_of_text([text.encode()], header, known())


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(kind=st.sampled_from(sorted(TOLD)), chance=st.randoms(use_true_random=False), seed=st.integers(0, 10_000))
def test_under_headers_that_say_nothing_values_settle_what_they_can_and_nothing_is_guessed(
    kind: str, chance: random.Random, seed: int
) -> None:
    columns, _ = rows_of(kind, seed)
    headers = [f"Col {chr(65 + place)}x" for place in range(len(columns))]
    order = list(range(len(columns)))
    chance.shuffle(order)
    naming = delimited.named(table(kind, headers, order, seed), LAYOUTS[kind], {})
    found = {name: headers[order[place]] for name, place in naming.places.items()}
    right = dict(zip(columns, headers, strict=True))
    assert {name: header for name, header in found.items() if header != right.get(name)} == {}
    assert TOLD[kind] - set(found) == set()
    assert NEVER_TOLD.get(kind, set()) & set(found) == set()
    asked = " ".join(open_questions(naming))
    assert all(f"{column.name} could be" in asked for column in naming.missing)


def mistyped(header: str, chance: random.Random) -> str:
    """A header with a letter too many, or its words the other way round."""
    words = header.split()
    if len(words) > 2 and chance.random() < 0.5:
        return " ".join([words[-1], "of", *words[:-1]])
    place = chance.randrange(1, len(header))
    return header[:place] + chance.choice("aeiou") + header[place:]


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(kind=st.sampled_from(sorted(TOLD)), chance=st.randoms(use_true_random=False), seed=st.integers(0, 10_000))
def test_under_headers_that_are_near_every_column_is_found_in_any_order(
    kind: str, chance: random.Random, seed: int
) -> None:
    columns, _ = rows_of(kind, seed)
    by_name = {column.name: column for column in LAYOUTS[kind].columns}
    headers = [mistyped(by_name[name].headers[0], chance) for name in columns]
    order = list(range(len(columns)))
    chance.shuffle(order)
    naming = delimited.named(table(kind, headers, order, seed), LAYOUTS[kind], {})
    found = {name: headers[order[place]] for name, place in naming.places.items()}
    right = dict(zip(columns, headers, strict=True))
    assert {name: header for name, header in found.items() if header != right.get(name)} == {}
    required = {column.name for column in LAYOUTS[kind].columns if column.required}
    assert required - set(found) == set()


def naming_of(kind: str, header: dict[str, str]) -> Naming:
    columns, _ = rows_of(kind, 1)
    headers = [header.get(name, f"Col {chr(65 + place)}x") for place, name in enumerate(columns)]
    return delimited.named(table(kind, headers, range(len(columns)), 1), LAYOUTS[kind], {})


def test_raw_and_final_marks_are_told_apart_by_a_word_of_their_headers_and_not_without() -> None:
    told = naming_of("examined_marks", {"raw_mark": "Raw score", "mark": "Final score"})
    places = [told.cells.names[told.places[name]] for name in ("raw_mark", "mark")]
    assert places == ["Raw score", "Final score"]
    silent = naming_of("examined_marks", {})
    assert {"raw_mark", "mark"} & set(silent.places) == set()
    asked = [question for question in open_questions(silent) if question.startswith("raw_mark could be")]
    assert len(asked) == 1
    assert "--map raw_mark=NAME" in asked[0]


def test_a_name_never_outweighs_values_that_cannot_be_what_it_says() -> None:
    # the UCIs stand under a name that is near that of candidate numbers
    naming = naming_of("claims", {"uci": "Candidates Number", "candidate_number": "UCI s"})
    assert naming.cells.names[naming.places["uci"]] == "Candidates Number"
    assert naming.cells.names[naming.places["candidate_number"]] == "UCI s"


def test_what_a_person_settles_stands() -> None:
    columns, _ = rows_of("examined_marks", 1)
    headers = [f"Col {chr(65 + place)}x" for place in range(len(columns))]
    right = dict(zip(columns, headers, strict=True))
    said = {name: right[name] for name in ("raw_mark", "mark", "surname", "forenames")}
    naming = delimited.named(table("examined_marks", headers, range(len(columns)), 1), LAYOUTS["examined_marks"], said)
    assert naming.missing == []
    assert {name: naming.cells.names[naming.places[name]] for name in said} == said


@pytest.mark.parametrize(
    ("header", "alias", "is_near"),
    [
        ("CandidateNo.", "Candidate No", True),
        ("number of the candidate", "Candidate Number", True),
        ("Specification", "Specification Code", True),
        ("Comment", "Component", False),
        ("Grade", "Claim Date", False),
    ],
)
def test_names_are_near_by_their_letters_or_their_words(header: str, alias: str, is_near: bool) -> None:
    assert (similarity(header, (alias,)) >= 0.78) is is_near


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_the_kind_is_told_by_what_the_columns_hold(kind: str) -> None:
    columns, _ = rows_of(kind, 1)
    headers = [f"Col {chr(65 + place)}x" for place in range(len(columns))]
    ranked = delimited.ranked(table(kind, headers, range(len(columns)), 1), list(LAYOUTS.values()), {})
    assert ranked[0][0].name == kind
    assert delimited.nearness(ranked[0][1]) < delimited.nearness(ranked[1][1])


def test_a_row_of_values_is_not_taken_for_a_header() -> None:
    assert delimited.find_header("99999,0042,Quillfeather,Isolde\n99999,0043,Oddsworthy,Ysolde\n") is None
    found = delimited.find_header("Some report\nCentre,Candidate,Surname\n99999,0042,Quillfeather\n")
    assert found is not None
    assert found.line == 2
