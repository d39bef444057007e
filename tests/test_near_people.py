"""Who may be whom, by name and birth date: the SQL equals a slow twin, slips are near, twins never."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines import resources
from pipelines.sql_files import load_sql_file
from tests.near_people_twin import TOLD, Named, nearest

JOINS = {name: load_sql_file(resources.sql() / "joins" / f"{name}.sql").query for name in ("near_names", "near_people")}
KNOWN_AS = (("robert", "bob"), ("robert", "rob"), ("mohammed", "mo"))
KNOWN = {(a, b) for pair in KNOWN_AS for a, b in (pair, pair[::-1])} | {("bob", "rob"), ("rob", "bob")}

Found = tuple[int, str, str, str, bool]


def _literal(value: object) -> str:
    return "NULL" if value is None else f"'{value}'"


def ask(people: dict[str, list[Named]], centres: dict[str, str] | None = None) -> dict[tuple[str, str], Found]:
    """What the SQL says of each pair; a person's names are mentions of one centre, unless told of several."""
    rows = [
        (
            *(f"{person}-{number}", person, (centres or {}).get(person, "99999"), one.surname_key, one.surname_sorted),
            *(one.forename_key, one.forenames_key, one.is_cut, one.birth),
        )
        for person, names in people.items()
        for number, one in enumerate(names)
    ]
    values = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)
    known = ", ".join(f"({', '.join(map(_literal, row))})" for row in KNOWN_AS)
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute(
            "CREATE TABLE mentions (mention_id VARCHAR, person_id VARCHAR, centre_number VARCHAR, surname_key VARCHAR, "
            "surname_sorted VARCHAR, forename_key VARCHAR, forenames_key VARCHAR, name_truncated BOOLEAN, "
            "date_of_birth DATE)"
        )
        con.execute(f"INSERT INTO mentions VALUES {values}")
        con.execute("CREATE TABLE known_as (name VARCHAR, known_as VARCHAR)")
        con.execute(f"INSERT INTO known_as VALUES {known}")
        con.execute("CREATE VIEW mention_people AS SELECT mention_id, person_id FROM mentions")
        for name, query in JOINS.items():
            con.execute(f"CREATE TABLE {name} AS {query}")
        found = con.execute(
            "SELECT person_id, other_person_id, CAST(score * 1000 AS INTEGER), surname_differs, forename_differs, "
            "birth_differs, is_crossed FROM near_people ORDER BY ALL"
        ).fetchall()
    pairs = [(row[0], row[1]) for row in found]
    assert len(pairs) == len(set(pairs)), "a pair has one row"
    return {(row[0], row[1]): (row[2], row[3], row[4], row[5], row[6]) for row in found}


def named(surname: str, forenames: str, birth: str = "2008-03-05", *, cut: bool = False) -> Named:
    return Named(tuple(surname.split()), tuple(forenames.split()), birth, cut)


def score(one: Named, other: Named) -> int:
    """In thousandths; 0 where the pair is not even listed."""
    return ask({"p1": [one], "p2": [other]}).get(("p1", "p2"), (0,))[0]


#: one person, written down twice
ONE_PERSON = [
    ("a surname one letter apart", named("hartwell", "robin"), named("hartwill", "robin")),
    ("a surname two letters apart", named("cholmondeley", "robin"), named("cholmondly", "robin")),
    ("letters exchanged in the surname", named("keilty", "robin"), named("kielty", "robin")),
    ("letters exchanged in the forename", named("sample", "nathan"), named("sample", "natahn")),
    ("a letter lost in the forename", named("sample", "xanthippe"), named("sample", "xantippe")),
    ("forename and surname exchanged", named("quennell", "robin"), named("robin", "quennell")),
    ("two forenames in the surname's place", named("quennell", "robin lee"), named("robin lee", "quennell")),
    ("day and month exchanged", named("sample", "robin"), named("sample", "robin", "2008-05-03")),
    ("one digit of the day", named("sample", "robin"), named("sample", "robin", "2008-03-06")),
    ("one digit of the year", named("sample", "robin"), named("sample", "robin", "2007-03-05")),
    ("two digits exchanged", named("sample", "robin", "2008-03-12"), named("sample", "robin", "2008-03-21")),
    ("an initial and a misspelled surname", named("sample", "r"), named("sampel", "robin")),
    ("a known-as name and a misspelled surname", named("sample", "bob"), named("sampel", "rob")),
    ("a second forename missing", named("sampel", "robin lee"), named("sample", "robin")),
    ("the second forename used", named("sample", "lee robin"), named("sample", "robin")),
    ("forenames written as one", named("sampel", "ann marie"), named("sample", "annmarie")),
    ("a name heard and not read", named("phillips", "alicia"), named("fillips", "alicia")),
    ("a forename heard and not read", named("sample", "katharine"), named("sample", "catharine")),
    ("one of two surnames", named("vela moreno", "ines"), named("moreno", "ines")),
    ("parts in another order", named("vela moreno", "ines", "2008-05-03"), named("moreno vela", "ines")),
    ("a name cut short", named("featherstonehaugh", "robin", cut=True), named("featherstonehaughsmith", "robin")),
]

#: two people, however alike
TWO_PEOPLE = [
    ("twins", named("sample", "robin"), named("sample", "wren")),
    ("twins named alike at the end", named("sample", "jayden"), named("sample", "kayden")),
    ("twins named alike at the beginning", named("sample", "amelie"), named("sample", "amelia")),
    ("a brother and a sister", named("sample", "daniel"), named("sample", "danielle")),
    ("twins whose names share their consonants", named("sample", "hassan"), named("sample", "hussain")),
    ("short names", named("sample", "amy"), named("sample", "emma")),
    ("names that begin with another sound", named("sample", "sara"), named("sample", "zara")),
    ("brothers with one first forename", named("sample", "mohammed ali"), named("sample", "mohammed hassan")),
    ("brothers whose second forenames are short", named("sample", "robert bob"), named("sample", "robert mo")),
    ("one birthday and one forename", named("sample", "robin"), named("pattern", "robin")),
    ("surnames half alike", named("jones", "robin"), named("james", "robin", "2008-05-03")),
    ("namesakes born on another day", named("sample", "robin"), named("sample", "robin", "2007-11-19")),
    ("namesakes born in one month", named("sample", "robin"), named("sample", "robin", "2008-03-29")),
    ("no forename", named("sample", "robin"), named("sample", "")),
    ("no surname", named("sample", "robin"), named("", "robin")),
    ("three slips at once", named("sample", "robin"), named("sampel", "robbyn", "2008-03-06")),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in ONE_PERSON], ids=[row[0] for row in ONE_PERSON])
def test_one_person_written_down_twice_is_near(one: Named, other: Named) -> None:
    assert TOLD <= score(one, other) == score(other, one)


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in TWO_PEOPLE], ids=[row[0] for row in TWO_PEOPLE])
def test_two_people_are_not_near(one: Named, other: Named) -> None:
    assert score(one, other) < TOLD
    assert score(other, one) < TOLD


LETTERS = st.sampled_from("aehinrsy")
NAMES = st.sampled_from(
    ["robert", "bob", "rob", "r", "robin", "robyn", "orbin", "robi", "roberta", "ann", "ane", "mohammed", "mo"]
    + ["smith", "smyth", "smithe", "simth", "smithson", "mcrae", "macrae", "phipps", "fips", "leigh", "lee", "annmarie"]
) | st.text(LETTERS, min_size=1, max_size=6)
BIRTHS = st.sampled_from(
    ["2008-03-05", "2008-05-03", "2008-03-06", "2008-03-15", "2007-03-05", "2008-03-29", "2006-11-17", "2008-12-21"]
)
PARTS = st.lists(NAMES, max_size=2).map(tuple)
NAMED = st.builds(Named, PARTS, PARTS, BIRTHS, st.sampled_from([False, False, True])).filter(
    lambda one: bool(one.surname or one.forenames)
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(NAMED, min_size=1, max_size=1), min_size=15, max_size=30))
def test_the_sql_equals_the_twin(drawn: list[list[Named]]) -> None:
    people = {f"p{number:02d}": names for number, names in enumerate(drawn)}
    expected = {
        (a, b): found for a, b in combinations(people, 2) if (found := nearest(people[a], people[b], KNOWN)) is not None
    }
    assert ask(people) == expected


def test_later_forenames_are_sounded_with_the_first() -> None:
    """Robert Bob and Robert Mo share the sound of the first forename, and have other names for all that."""
    one, other = named("", "robert bob"), named("", "robert mo")
    assert ask({"p1": [one], "p2": [other]}) == {}
    assert nearest([one], [other], KNOWN) is None


def test_the_twin_and_the_sql_agree_where_much_is_near() -> None:
    rnd = random.Random(20260820)
    names = ["robin", "robyn", "robert", "bob", "smith", "smyth", "smithson", "smiths", "leigh", "lee", "fipps", "ann"]
    births = ["2008-03-05", "2008-05-03", "2008-03-06", "2007-03-05"]
    people = {
        f"p{number:03d}": [Named((rnd.choice(names),), (rnd.choice(names),), rnd.choice(births))]
        for number in range(150)
    }
    found = ask(people)
    expected = {(a, b): nearest(people[a], people[b], KNOWN) for a, b in combinations(people, 2)}
    assert found == {pair: result for pair, result in expected.items() if result is not None}
    # a population in which nothing happens would prove nothing
    assert {result[1] for result in found.values()} == {"none", "form", "sound", "letters", "other"}
    assert {result[2] for result in found.values()} >= {"none", "form", "sound", "other"}
    assert {result[3] for result in found.values()} == {"none", "swap", "digit"}
    assert {result[4] for result in found.values()} == {True, False}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(NAMED, min_size=2, max_size=20))
@example([named("robert", "robert"), named("robert robert", "robert")])
@example([named("smithson", "robert"), named("robert", "smith")])
def test_it_makes_no_difference_who_comes_first(drawn: list[Named]) -> None:
    last = len(drawn) - 1
    there = ask({f"p{number:02d}": [one] for number, one in enumerate(drawn)})
    back = ask({f"p{last - number:02d}": [one] for number, one in enumerate(drawn)})
    numbers = {f"p{number:02d}": f"p{last - number:02d}" for number in range(last + 1)}
    assert there == {(numbers[b], numbers[a]): found for (a, b), found in back.items()}


SURNAMES = ("attenborough", "cholmondeley", "hathersage", "livingstone", "macgillivray", "quattlebaum", "winterbourne")
FORENAMES = ("persephone", "xanthippe", "bartholomew", "montgomery", "evangeline", "fitzgerald")


@st.composite
def slip(draw: st.DrawFn) -> tuple[Named, Named]:
    """A person, and the same with one slip: of a letter inside a name, of two neighbours, or of the birth date."""
    surname, forename = draw(st.sampled_from(SURNAMES)), draw(st.sampled_from(FORENAMES))
    born = draw(st.dates(date(2006, 9, 1), date(2010, 8, 31))).isoformat()
    which = draw(st.sampled_from(["surname", "forename", "swap", "exchanged"]))
    texts = {"surname": surname, "forename": forename}
    if which in texts:
        word = texts[which]
        place = draw(st.integers(1, len(word) - 3))
        letter = draw(LETTERS)
        texts[which] = draw(
            st.sampled_from(
                [
                    word[:place] + word[place + 1 :],
                    word[:place] + letter + word[place:],
                    word[:place] + letter + word[place + 1 :],
                    word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                ]
            )
        )
    elif which == "exchanged":
        texts = {"surname": forename, "forename": surname}
    year, month, day = born.split("-")
    other_birth = f"{year}-{day}-{month}" if which == "swap" and int(day) <= 12 else born
    return named(surname, forename, born), named(texts["surname"], texts["forename"], other_birth)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(slip(), min_size=30, max_size=30))
def test_one_slip_is_always_near(pairs: list[tuple[Named, Named]]) -> None:
    people = {f"{number:02d}{side}": [pair[side]] for number, pair in enumerate(pairs) for side in (0, 1)}
    found = ask(people, {person: person[:2] for person in people})
    assert [
        pair
        for pair in zip(pairs, sorted(people)[::2], strict=True)
        if found.get((pair[1], pair[1][:2] + "1"), (0,))[0] < TOLD
    ] == []


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(SURNAMES), st.dates(date(2006, 9, 1), date(2010, 8, 31)))
def test_no_two_of_a_family_born_on_one_day_are_near(surname: str, born: date) -> None:
    family = {f"p{n}": [named(surname, forename, born.isoformat())] for n, forename in enumerate(FORENAMES)}
    assert all(found[0] < TOLD for found in ask(family).values())


def test_the_nearest_of_several_names_and_birth_dates_counts() -> None:
    several = [named("pattern", "wren", "2007-11-19"), named("sample", "robin")]
    assert ask({"p1": several, "p2": [named("sampel", "robin")]})[("p1", "p2")][0] >= TOLD
    # a name from one file goes with a birth date from another
    assert ask({"p1": several, "p2": [named("pattarn", "wren")]})[("p1", "p2")][0] >= TOLD


def test_people_of_two_centres_are_never_compared() -> None:
    people = {"p1": [named("sample", "robin")], "p2": [named("sampel", "robin")]}
    assert ask(people)
    assert ask(people, {"p1": "99999", "p2": "99998"}) == {}
