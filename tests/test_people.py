"""Who is who, case by case: a test reads as the sentence that it holds the SQL to; the names are invented."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipelines.people import resolve
from tests.people_cases import KNOWN_AS, ask, database, load, says
from tests.people_twin import Mention, is_valid_uln, resolve_slowly

AMY, BEN = "10000001", "10000002"
UCI, OTHER_UCI = "999990250001A", "999990250002B"


def people(*mentions: Mention) -> set[str]:
    """Who is one person with whom: `{"a b", "c"}`. The twin must say the same, in every respect."""
    found = ask(*mentions)
    assert found == resolve_slowly(mentions, KNOWN_AS)
    return {" ".join(sorted(person)) for person in found.people}


def contradictions(*mentions: Mention) -> set[tuple[str, str | None, str, str]]:
    """Joins refused: `("uci", None, value, "a b | c")`."""
    return {
        (step, year, value, " | ".join(sorted(" ".join(sorted(person)) for person in pair)))
        for step, year, value, pair in ask(*mentions).contradictions
    }


ONE = "one person"
TWO = "two people"
BORN, SWAPPED, OTHER = "2006-03-04", "2006-04-03", "2006-05-05"


@pytest.mark.parametrize(
    ("step", "one", "other"),
    [
        (
            "ocr_candidate_number",
            says("a", ocr_candidate_number=AMY),
            says("b", "Jones", ocr_candidate_number=AMY),
        ),
        ("uci", says("a", uci=UCI, candidate_number="0001"), says("b", "Smith", uci=UCI)),
        ("uci", says("a", "Jones", uci="UNKNOWN-0001-2"), says("b", "Smith", uci="UNKNOWN-0001-2")),
        ("uci_12", says("a", uci=UCI[:12]), says("b", uci=UCI)),
        ("uln", says("a", uln="1234567899"), says("b", "Smith", uln="1234567899")),
        ("candidate_number", says("a", candidate_number="0042"), says("b", "Smith", candidate_number="0042")),
        ("name_and_birth_date", says("a", "Smith", "Amy Jo", BORN, uci=UCI), says("b", "Smith", "Amy", BORN)),
        ("name_unique", says("a", "Smith", "Amy Jo", uci=UCI), says("b", "Smith", "Amy Jo")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_step_joins_what_shares_its_key_and_says_so(step: str, one: Mention, other: Mention) -> None:
    assert people(one, other) == {"a b"}
    assert set(ask(one, other).matched_by.values()) == {step}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (says("a", uci="ODD"), says("b", "Smith", uci="ODD")),
        (says("a", uci=UCI), says("b", uci=UCI[:12] + "C")),
        (says("a", uci=UCI[:12]), says("b", "Smith", uci=UCI + "B")),
        (says("a", uln="1234567890"), says("b", "Smith", uln="1234567890")),
        (says("a", uln="9999999999"), says("b", "Smith", uln="9999999999")),
        (says("a", uln="12345678 9"), says("b", "Smith", uln="12345678 9")),
        (says("a", candidate_number="0042"), says("b", candidate_number="0042", academic_year="2024-25")),
        (says("a", "Smith", candidate_number="0042", academic_year=None),
         says("b", candidate_number="0042", academic_year=None)),
        (says("a", ocr_candidate_number=AMY), says("b", ocr_candidate_number=AMY, centre_number="99998")),
        (says("a", "Smith", "Amy", BORN), says("b", "Smith", "Amy", SWAPPED)),
        (says("a", "Smith", "Amy", BORN), says("b", "Smith", "", BORN)),
        (says("a", "Smith", "Amy", BORN), says("b", "Smith", "Zoe", BORN)),
        (says("a", "Smith", "Amy", BORN), says("b", "Smyth", "Amy", BORN)),
        (says("a", "Smith", "Amy", uci=UCI), says("b", "Smith", "Amy Jo")),
        (says("a", "Smith", "Amy", uci=UCI), says("b", "Smith", "Amy", academic_year="2024-25")),
        (says("a", "Smith", "Amy", uci=UCI), says("b", "Smith", "Amy", uci=OTHER_UCI)),
        (says("a", "Smith", "Amy", BORN, uci=UCI), says("b", "Smith", "Amy", OTHER)),
        (says("a", "Smith", uci=UCI), says("b", "Smith")),
    ],
)  # fmt: skip
def test_what_is_no_key_joins_nobody(one: Mention, other: Mention) -> None:
    assert people(one, other) == {"a", "b"}
    assert set(ask(one, other).matched_by.values()) == {"none"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Smith", "Amy"), ("Smith", "A")),
        (("Smith", "Robert"), ("Smith", "Bob")),
        (("Smith", "Bob"), ("Smith", "Rob")),
        (("Garcia Lopez", "Amy"), ("Lopez Garcia", "Amy")),
        (("Mc Donald", "Amy"), ("McDonald", "Amy")),
    ],
)
def test_names_are_one_name_in_spite_of_how_they_are_written(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert people(says("a", *one, BORN), says("b", *other, BORN)) == {"a b"}
    assert people(says("a", *other, BORN), says("b", *one, BORN)) == {"a b"}


def test_a_name_cut_at_forty_characters_agrees_with_the_whole_of_it() -> None:
    whole = says("a", "Smith", "Christabelle", BORN, uci=UCI)
    assert people(whole, says("b", "Smith", "Christa", BORN, cut=True)) == {"a b"}
    assert people(whole, says("b", "Smith", "Christa", BORN)) == {"a", "b"}
    assert people(says("b", "Smith", "Christa", BORN, cut=True, ocr_candidate_number=AMY), whole) == {"a b"}
    longer = says("a", "Featherstonehaugh", "Amy", BORN, candidate_number="0042")
    assert people(longer, says("b", "Featherstone", candidate_number="0042", cut=True)) == {"a b"}
    assert people(longer, says("b", "Featherstone", candidate_number="0042")) == {"a", "b"}


def asked(mention: Mention, key: str, value: str) -> Mention:
    said: dict[str, Any] = {key: value}
    return replace(mention, **said)


LAX = ("ocr_candidate_number", "uci", "uln")
Difference = tuple[str, Mention, Mention, str, str]
DIFFERENCES: list[Difference] = [
    ("forename alone", says("a", "Smith", "Amy"), says("b", "Smith", "Zoe"), ONE, ONE),
    ("surname alone, as after a wedding", says("a", "Smith", "Amy"), says("b", "Jones", "Amy"), ONE, TWO),
    ("birth date alone", says("a", "Smith", "Amy", BORN), says("b", "Smith", "Amy", OTHER), ONE, TWO),
    ("birth date by a swap", says("a", "Smith", "Amy", BORN), says("b", "Smith", "Amy", SWAPPED), ONE, ONE),
    (
        "surname, birth date by a swap",
        says("a", "Smith", "", BORN),
        says("b", "Jones", "", SWAPPED),
        ONE,
        TWO,
    ),
    ("surname and birth date", says("a", "Smith", "Amy", BORN), says("b", "Jones", "Amy", OTHER), TWO, TWO),
    ("forename and birth date", says("a", "Smith", "Amy", BORN), says("b", "Smith", "Zoe", OTHER), TWO, TWO),
    ("nothing: one is silent", says("a", "Smith", "Amy", BORN), says("b"), ONE, ONE),
]


@pytest.mark.parametrize("key", [*LAX, "candidate_number"])
@pytest.mark.parametrize("case", DIFFERENCES, ids=[case[0] for case in DIFFERENCES])
def test_a_join_is_contradicted_by_what_differs(key: str, case: Difference) -> None:
    _, one, other, lax, strict = case
    value = {"ocr_candidate_number": AMY, "uci": UCI, "uln": "1234567899", "candidate_number": "0042"}[key]
    one, other = asked(one, key, value), asked(other, key, value)
    expected = lax if key in LAX else strict
    assert people(one, other) == ({"a b"} if expected == ONE else {"a", "b"})
    year = "2025-26" if key == "candidate_number" else None
    assert contradictions(one, other) == (set() if expected == ONE else {(key, year, value, "a | b")})


def test_several_ocr_numbers_alone_are_one_person() -> None:
    amy = says("a", "Smith", "Amy", BORN, uci=UCI, ocr_candidate_number=AMY)
    assert people(amy, replace(amy, mention_id="b", ocr_candidate_number=BEN)) == {"a b"}


def test_twins_with_one_uci_stay_two_people() -> None:
    amy = says("a", "Smith", "Amy", BORN, uci=UCI, ocr_candidate_number=AMY)
    zoe = says("b", "Smith", "Zoe", BORN, uci=UCI, ocr_candidate_number=BEN)
    assert people(amy, zoe) == {"a", "b"}
    assert contradictions(amy, zoe) == {("uci", None, UCI, "a | b")}
    with database([amy, zoe]) as con:
        resolve(con, load)
        ids = con.execute("SELECT DISTINCT person_id FROM people").fetchall()
    assert len(ids) == 2


def test_under_a_shared_uci_names_decide_and_nameless_rows_wait_for_the_candidate_number() -> None:
    amy = says("a", "Smith", "Amy", BORN, uci=UCI, ocr_candidate_number=AMY, candidate_number="0001")
    ben = says("b", "Smith", "Ben", BORN, uci=UCI, ocr_candidate_number=BEN, candidate_number="0002")
    named = says("c", "Smith", "A", uci=UCI)
    edi = says("d", uci=UCI, candidate_number="0002")
    lost = says("e", uci=UCI, candidate_number="0003")
    assert people(amy, ben, named, edi, lost) == {"a c", "b d", "e"}
    assert contradictions(amy, ben, named, edi, lost) == {("uci", None, UCI, "a c | b d")}
    assert ask(amy, ben, named, edi, lost).matched_by == {
        "a": "uci", "b": "candidate_number", "c": "uci", "d": "candidate_number", "e": "none",
    }  # fmt: skip


def test_a_name_that_fits_both_of_two_contradicted_people_joins_neither() -> None:
    amy = says("a", "Smith", "Amy", BORN, uci=UCI, ocr_candidate_number=AMY)
    ann = says("b", "Smith", "Ann", BORN, uci=UCI, ocr_candidate_number=BEN)
    assert people(amy, ann, says("c", "Smith", "A", uci=UCI)) == {"a", "b", "c"}
    assert people(amy, ann, says("c", "Smith", uci=UCI), says("d", "Smith", "", OTHER, uci=UCI)) == {
        "a",
        "b",
        "c",
        "d",
    }


def test_an_initial_joins_neither_of_two_sisters_with_one_birth_date() -> None:
    assert people(says("a", "Smith", "Amy", BORN), says("b", "Smith", "Ann", BORN), says("c", "Smith", "A", BORN)) == {
        "a",
        "b",
        "c",
    }


def test_a_group_that_bridges_two_contradicted_people_through_two_keys_joins_neither() -> None:
    amy = says("a", "Smith", "Amy", BORN, uci=UCI)
    ben = says("b", "Jones", "Ben", OTHER, uci=OTHER_UCI)
    bridge = [
        says("c", uci=UCI, ocr_candidate_number=AMY),
        says("d", uci=OTHER_UCI, ocr_candidate_number=AMY),
    ]
    assert people(amy, ben, *bridge) == {"a", "b", "c d"}
    assert contradictions(amy, ben, *bridge) == {
        ("uci", None, UCI, "a | c d"), ("uci", None, OTHER_UCI, "b | c d"),
    }  # fmt: skip
    number = says("e", "Jones", ocr_candidate_number=AMY, candidate_number="0002")
    later = [amy, replace(ben, candidate_number="0002"), *bridge, number]
    assert people(*later) == {"a", "b c d e"}
    assert contradictions(*later) == {("uci", None, UCI, "a | b c d e")}


def test_the_others_of_a_clean_key_join_without_the_bridge() -> None:
    amy = [says("a", "Smith", "Amy", BORN, uci=UCI), says("b", "Smith", uci=UCI)]
    ben = says("c", "Jones", "Ben", OTHER, uci=OTHER_UCI)
    bridge = [says("d", uci=UCI, ocr_candidate_number=AMY), says("e", uci=OTHER_UCI, ocr_candidate_number=AMY)]
    assert people(*amy, ben, *bridge) == {"a b", "c", "d e"}


def test_two_different_check_letters_are_joined_only_by_one_who_lacks_it() -> None:
    one, two = says("a", "Smith", "Amy", BORN, uci=UCI), says("b", "Smith", "Amy", uci=UCI[:12] + "C")
    assert people(one, two, says("c", uci=UCI[:12])) == {"a b c"}
    # not under a number that a third person contradicts them over
    assert people(one, two, says("c", "Jones", "Ben", OTHER, uci=UCI[:12])) == {"a", "b", "c"}
    # and not when the one who lacks the letter waits, being tied to another person too
    ben = says("d", "Jones", "Ben", OTHER, uci=OTHER_UCI)
    bridge = [replace(says(f"c{n}", ocr_candidate_number=AMY), uci=u[:12]) for n, u in enumerate((UCI, OTHER_UCI))]
    assert people(one, two, ben, *bridge) == {"a", "b", "c0 c1", "d"}


def test_a_chain_that_would_hold_a_contradiction_waits_as_a_whole() -> None:
    third, numbers = "999990250003C", (AMY, BEN)
    chain = [
        says("a", "Smith", "Amy", BORN, uci=UCI),
        *(says(f"c{n}", uci=uci, ocr_candidate_number=numbers[0]) for n, uci in enumerate((UCI, third))),
        *(says(f"d{n}", uci=uci, ocr_candidate_number=numbers[1]) for n, uci in enumerate((third, OTHER_UCI))),
    ]
    end = says("b", "Jones", "Ben", OTHER, uci=OTHER_UCI)
    assert people(*chain, says("b", "Smith", "Amy", uci=OTHER_UCI)) == {"a b c0 c1 d0 d1"}
    assert people(*chain, end) == {"a", "b", "c0 c1", "d0 d1"}


def test_a_chain_refuses_only_joins_that_would_have_been_made() -> None:
    first, second = UCI[:12], OTHER_UCI[:12]
    ends = says("a", "Smith", "Amy", BORN, uci=UCI), says("b", "Jones", "Ben", OTHER, uci=second)
    bare = says("c", uci=first, candidate_number="0001")
    both = [says("d", uci=f"{first}C", ocr_candidate_number=AMY), says("e", uci=OTHER_UCI, ocr_candidate_number=AMY)]
    assert people(*ends, bare, *both) == {"a", "b", "c", "d e"}
    # a and d e give two different letters: they would have met in c only
    assert contradictions(*ends, bare, *both) == {
        ("uci_12", None, first, "a | c"), ("uci_12", None, first, "c | d e"), ("uci_12", None, second, "b | d e"),
    }  # fmt: skip


def test_within_a_step_everything_is_judged_as_it_stood_before() -> None:
    # joined by OCR number the group has both surnames, and only then does Jones with another birth date fit
    amy = says("a", "Smith", "Amy", BORN, ocr_candidate_number=AMY)
    wed = says("b", "Jones", "Amy", ocr_candidate_number=AMY, uci=UCI)
    new = says("c", "Jones", "Amy", OTHER, uci=UCI)
    assert people(amy, wed, new) == {"a b c"}
    amy, wed = replace(amy, ocr_candidate_number=None, uci=UCI), replace(wed, ocr_candidate_number=None)
    assert people(amy, wed, new) == {"a", "b c"}


def test_a_candidate_number_handed_out_anew_belongs_to_another_person() -> None:
    before = says("a", "Smith", "Amy", BORN, candidate_number="0042", academic_year="2024-25")
    after = says("b", "Jones", "Ben", OTHER, candidate_number="0042")
    assert people(before, after, says("c", candidate_number="0042")) == {"a", "b c"}
    assert contradictions(before, after) == set()


def test_a_transferred_uci_of_another_centre_joins_within_this_one_only() -> None:
    here = says("a", "Smith", "Amy", uci="888880250001A")
    there = says("c", uci="888880250001A", centre_number="99998")
    assert people(here, says("b", uci="888880250001A"), there) == {"a b", "c"}


def test_a_later_step_joins_what_an_earlier_one_left_apart_and_then_nothing_is_contradicted() -> None:
    amy = says("a", "Smith", "Amy", uci=UCI, ocr_candidate_number=AMY, candidate_number="0042", uln="1234567899")
    beth = says("b", "Smith", "Beth", uci=UCI, ocr_candidate_number=BEN, candidate_number="0042")
    assert people(amy, beth) == {"a", "b"}
    both = says("c", "Smith", "Beth", uln="1234567899")
    assert people(amy, beth, both) == {"a b c"}
    assert contradictions(amy, beth, both) == set()


def test_a_chain_of_keys_makes_one_person_in_few_rounds() -> None:
    years = [f"20{n}-{n + 1}" for n in range(10, 50)]
    ucis = [f"99999025{n:04d}A" for n in range(40)]
    chain = [says(f"n{n}", candidate_number="1", academic_year=years[n], uci=ucis[n]) for n in range(40)]
    chain += [says(f"u{n}", candidate_number="1", academic_year=years[n + 1], uci=ucis[n]) for n in range(39)]
    assert len(people(*chain)) == 1
    with database(chain) as con:
        assert dict(resolve(con, load).rounds)["candidate_number"] <= 7


def test_name_unique_speaks_only_where_one_identified_person_has_the_name() -> None:
    amy = says("a", "Smith", "Amy", uci=UCI)
    asks = says("x", "Smith", "Amy", BORN, uln="1234567890")
    assert people(amy, asks) == {"a x"}
    assert people(amy, says("b", "Smith", "Amy", uci=OTHER_UCI), asks) == {"a", "b", "x"}
    assert people(amy, says("b", "Smith", "Amy"), asks) == {"a b x"}
    assert people(amy, says("b", "Smith", "Amy", OTHER, carrier="claims"), asks) == {"a", "b", "x"}
    assert people(says("a", "Smith", "Amy", academic_year="2024-25", uci=UCI), says("b", uci=UCI), asks) == {"a b x"}
    assert people(says("b", "Smith", "Amy"), asks) == {"b", "x"}


def test_what_several_carriers_say_word_for_word_is_one_person() -> None:
    name = says("a", "Smith", "Amy", carrier="tracker")
    assert people(name, replace(name, mention_id="b", carrier="claims")) == {"a b"}
    assert people(name, replace(name, mention_id="b", academic_year="2024-25")) == {"a", "b"}
    edi = says("a", candidate_number="0042")
    assert ask(edi, replace(edi, mention_id="b", carrier="xml")).matched_by["b"] == "candidate_number"


def test_matched_by_is_the_step_that_led_to_the_strongest_mention() -> None:
    found = ask(
        says("a", "Smith", "Amy", BORN, ocr_candidate_number=AMY),
        says("b", "Smith", "Amy", BORN, candidate_number="0042"),
        says("c", candidate_number="0042"),
    )
    # b and c met by candidate number, but came to a, who has the OCR number, by name only
    assert found.matched_by == dict.fromkeys("abc", "name_and_birth_date")


def test_the_strongest_identifier_is_the_least_of_the_strongest_kind() -> None:
    amy = says("a", "Smith", "Amy", BORN, ocr_candidate_number=BEN, uci=UCI)
    found = ask(amy, replace(amy, mention_id="b", ocr_candidate_number=AMY), says("c", candidate_number="0042"))
    assert set(found.strongest.values()) == {
        ("ocr_candidate_number", AMY),
        ("candidate_number", "2025-26 0042"),
    }


def test_a_person_keeps_the_id_when_weaker_things_change() -> None:
    def person_id(*mentions: Mention) -> list[tuple[str]]:
        with database(mentions) as con:
            resolve(con, load)
            return con.execute("SELECT person_id FROM people ORDER BY person_id").fetchall()

    amy = says("a", "Smith", "Amy", BORN, uci=UCI, candidate_number="0001")
    assert person_id(amy) == person_id(replace(amy, mention_id="b", surname_key="jones", candidate_number="0002"))
    assert person_id(amy) != person_id(replace(amy, centre_number="99998"))


@pytest.mark.parametrize(
    ("uln", "valid"),
    [("1234567899", True), ("1000000000", True), ("1234567890", False), ("9999999999", False),
     ("123456789", False), ("12345678990", False), ("123456789X", False), ("9876543210", False), ("", False)],
)  # fmt: skip
def test_a_uln_counts_only_with_its_check_digit(uln: str, valid: bool) -> None:
    assert is_valid_uln(uln) is valid
    assert people(says("a", uln=uln), says("b", "Smith", uln=uln)) == ({"a b"} if valid else {"a", "b"})
