"""Planted second records of one student, and people who are only alike.

Takes a world of clean makers; adds rows and planted findings. Promises that two records share no number and no
result, so that names and birth dates alone can tell, and that the alike are as alike as people are in a school.
"""

from __future__ import annotations

from pipelines.rehearsal.cohorts import year12
from pipelines.rehearsal.model import World


def _born_with(world: World, first: tuple[str, str], second: tuple[str, str], note: str) -> None:
    """Two records, (surname, forename) each, with one birth date; the second has no ULN and another subject."""
    one = world.invent("y12", surname=first[0], forenames=first[1], sex="F")
    other = world.invent("y12", surname=second[0], forenames=second[1], sex="F", born=one.born.isoformat(), uln="")
    year12(world, one, "05839")
    year12(world, other, "05835")
    world.plant("possible_duplicate_person", "warning", one, other, note=note)


def second_records(world: World) -> None:
    """One student typed twice: a letter of the surname, or the names in each other's place."""
    note = "a letter of the surname; every number is another one"
    _born_with(world, ("Wintermarsh", "Philippa"), ("Wintermersh", "Philippa"), note)
    note = "edge: forename and surname exchanged"
    _born_with(world, ("Calloway", "Merrion"), ("Merrion", "Calloway"), note)


def only_alike(world: World) -> None:
    """Quiet: twins a letter apart, namesakes a year apart, two whose ULNs say that they are two."""
    twin = world.invent("y12", who="a twin: the forenames differ in one letter", surname="Sorrelby", forenames="Amelie")
    year12(world, twin, "05839")
    other = world.invent("y12", who=twin.who, surname="Sorrelby", forenames="Amelia", born=twin.born.isoformat())
    year12(world, other, "05835")
    name = {"surname": "Tidewell", "forenames": "Roland"}
    older = world.invent("y13", who="a namesake, born in another year", **name)
    younger = world.invent("y12", who=older.who, **name)
    year12(world, older, "05835")
    year12(world, younger, "05839")
    one = world.invent(
        "y12", who="alike in name and birth date, with a ULN each", surname="Hathersage", forenames="Maud"
    )
    two = world.invent("y12", who=one.who, surname="Hathersedge", forenames="Maud", born=one.born.isoformat())
    year12(world, one, "05839")
    year12(world, two, "05835")


def everyone(world: World) -> None:
    """All of the above, in a fixed order."""
    for fault in (second_records, only_alike):
        fault(world)
