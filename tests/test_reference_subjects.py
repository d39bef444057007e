"""The shipped subjects: whoever is not known well enough to be calculated is still known well enough to be read."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines import resources
from pipelines.reference import load_reference

TABLES = load_reference(resources.reference_data())
QUALIFICATIONS, UNITS = TABLES["qualifications"], TABLES["units"]
SUBJECTS_2016 = [
    *("Applied Science", "Business", "Digital Media", "Engineering", "Health and Social Care", "IT"),
    *("Performing Arts", "Sport and Physical Activity"),
]


@pytest.mark.parametrize("subject", SUBJECTS_2016)
def test_a_subject_of_the_2016_suite_has_all_its_sizes_and_its_examined_units(subject: str) -> None:
    mine = QUALIFICATIONS.filter((pl.col("subject") == subject) & (pl.col("suite") == "2016"))
    assert {180, 360, 540, 720, 1080} == set(mine["guided_learning_hours"].to_list())
    assert (
        mine.filter(pl.col("guided_learning_hours") <= 360, pl.col("qan").is_null())
        .filter(pl.col("size") != "Introductory Diploma")
        .is_empty()
    )
    examined = UNITS.filter(
        (pl.col("subject") == subject) & (pl.col("suite") == "2016") & (pl.col("assessment") == "examined")
    )
    assert examined.height >= 4
    assert examined["unit_code"].str.head(5).unique().len() == 1


@pytest.mark.parametrize("subject", ["IT", "Media"])
def test_a_subject_of_the_2012_suite_has_all_its_sizes_and_nothing_examined(subject: str) -> None:
    mine = QUALIFICATIONS.filter((pl.col("subject") == subject) & (pl.col("suite") == "2012") & (pl.col("level") == 3))
    assert sorted(mine["guided_learning_hours"].to_list()) == [180, 360, 540, 720, 1080]
    assert UNITS.filter((pl.col("suite") == "2012") & (pl.col("assessment") == "examined")).is_empty()


def test_the_first_five_digits_of_a_unit_are_a_qualification_of_its_subject_suite_and_level() -> None:
    kind = ["subject", "suite", "level"]
    families = UNITS.select(pl.col("unit_code").str.head(5).alias("qualification_code"), "unit_code", *kind)
    alone = families.join(QUALIFICATIONS, on=["qualification_code", *kind], how="anti")
    assert alone["unit_code"].to_list() == []
    numbers = UNITS.select(pl.col("unit_code").str.tail(2).cast(pl.Int32) == pl.col("unit_number")).to_series()
    assert numbers.all()


def test_an_award_of_every_shipped_size_can_be_decoded() -> None:
    size = ["suite", "level", "size"]
    assert QUALIFICATIONS.join(TABLES["size_gradesets"], on=size, how="anti")["qualification_code"].to_list() == []
    assert TABLES["size_gradesets"].join(QUALIFICATIONS, on=size, how="anti").rows() == []
