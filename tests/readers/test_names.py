"""Names folded for comparison."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from pipelines.readers.names import add_keys, folded, folded_first, folded_sorted


def apply(name: str, by: Callable[[pl.Expr], pl.Expr]) -> str | None:
    value = pl.DataFrame({"name": [name]}).select(by(pl.col("name"))).item()
    return None if value is None else str(value)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("O'Brien", "obrien"),
        ("O’BRIEN", "obrien"),
        ("O´Brien", "obrien"),
        ("Björkqvist", "bjorkqvist"),
        ("Bjo\u0308rkqvist", "bjorkqvist"),
        ("Łukasz Ørsted", "lukaszorsted"),
        ("Großmann", "grossmann"),
        ("GROẞMANN", "grossmann"),
        ("Æthel Œuvre Đorđe Ðórunn Þór Işık", "aetheloeuvredordedorunnthorisik"),
        ("İnci", "inci"),
        ("de la Cruz-Smith", "delacruzsmith"),
        ("Null", "null"),
        ("St. John", "stjohn"),
        ("孙", None),
        ("-", None),
    ],
)
def test_case_accents_and_signs_do_not_count(name: str, key: str | None) -> None:
    assert apply(name, folded) == key


@pytest.mark.parametrize("sign", ["'", "’", "‘", "ʼ", "`", "´", "′"])
def test_each_sign_inside_a_part_leaves_it_one_part(sign: str) -> None:
    assert apply(f"O{sign}Brien Ann", folded_sorted) == "annobrien"
    assert apply(f"D{sign}Arcy Lee", folded_first) == "darcy"


@pytest.mark.parametrize(
    ("name", "key"), [("Ŋala", "nala"), ("Ħasan", "hasan"), ("Ŧeo", "teo"), ("ᴬdam", "adam"), ("ÞØRA", "thora")]
)
def test_letters_that_have_no_mark_to_lose_are_spelled(name: str, key: str) -> None:
    assert apply(name, folded) == key


def test_a_mark_does_not_part_a_name() -> None:
    assert apply("Zéa Ab", folded_sorted) == apply("Ze\u0301a Ab", folded_sorted) == "abzea"


@pytest.mark.parametrize("name", ["Smith-Jones", "JONES SMITH", "Jones  smith", "smith, jones"])
def test_the_parts_of_a_surname_may_stand_in_any_order(name: str) -> None:
    assert apply(name, folded_sorted) == "jonessmith"


@pytest.mark.parametrize(
    ("forenames", "first"),
    [("Ann Marie", "ann"), ("ANN-MARIE LOU", "annmarie"), ("J.R.", "j"), ("D'Arcy Lee", "darcy"), (" Zoë", "zoe")],
)
def test_the_first_forename_ends_at_a_space_or_a_stop(forenames: str, first: str) -> None:
    assert apply(forenames, folded_first) == first


def test_keys_are_added_beside_every_row_in_its_place() -> None:
    rows = pl.DataFrame({"surname": ["B", None, "A", "B"], "forenames": [None, "x y", "z", "Z"]})
    keyed = add_keys(rows)
    assert keyed["surname_key"].to_list() == ["b", None, "a", "b"]
    assert keyed["forename_key"].to_list() == [None, "x", "z", "z"]
    assert keyed["forenames_key"].to_list() == [None, "xy", "z", "z"]
    assert keyed.columns == ["surname", "forenames", "surname_key", "surname_sorted", "forename_key", "forenames_key"]
