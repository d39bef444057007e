"""`slips.html`: a slip a student to print and hand out, of this season's results that candidates may have.

Takes the results that count, released ones alone; gives one page of HTML with a page break before each student.
Promises that a result about which an error is open shows as being checked and not as a grade, that everything from a
file is escaped, and that the page fetches nothing and runs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import resources
from pipelines.html import words

if TYPE_CHECKING:
    import polars as pl

    from pipelines.result_cells import Shown

BEING_CHECKED = "being checked"


def slip_lines(shown: Shown) -> pl.DataFrame:
    """The lines of the slips: a released result of this season each, with `said`, what the slip says of it."""
    import polars as pl

    cells = shown.cells.filter(~pl.col("is_restricted"))
    has_something = pl.col("grade").is_not_null() | pl.col("state").is_in(["withheld", "absent", "missing"])
    lines = cells.filter(has_something & ((pl.col("state") != "missing") | pl.col("is_being_checked")))
    said = (
        pl.when(pl.col("is_being_checked"))
        .then(pl.lit(BEING_CHECKED))
        .when(pl.col("grade").is_not_null())
        .then(pl.col("grade"))
        .when(pl.col("state") == "absent")
        .then(pl.lit("absent"))
        .otherwise(pl.lit("not issued yet"))
    )
    # a slip that says nothing but "not issued yet" is no slip; one that says "being checked" is
    return lines.with_columns(said=said).filter(
        (pl.col("said").is_in([BEING_CHECKED, "not issued yet"]).not_()).any().over("centre_number", "person_id")
        | (pl.col("said") == BEING_CHECKED)
    )


def slips(shown: Shown) -> tuple[str, int]:
    """The page, and how many students have a slip on it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=words.visible,
    )
    people = _people(slip_lines(shown))
    page = environment.get_template("slips.html").render(
        people=people, season=shown.season, is_sample=shown.is_sample, being_checked=BEING_CHECKED
    )
    return page, len(people)


def _people(lines: pl.DataFrame) -> list[dict[str, Any]]:
    """A record a student, with the lines of their slip: qualifications first, then units."""
    import polars as pl

    who = ["centre_number", "person_id", "surname", "forenames", "candidate_number"]
    ordered = lines.with_columns(place=pl.col("kind") == "unit").sort(
        "centre_number", "surname", "forenames", "person_id", "place", "code", nulls_last=True
    )
    line = pl.struct("kind", "code", "title", "series", "said").alias("lines")
    return ordered.group_by(who, maintain_order=True).agg(line).to_dicts()
