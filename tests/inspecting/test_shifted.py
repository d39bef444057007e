"""A results file whose columns were pushed along is recognised, and every column found where it stands now."""

from __future__ import annotations

import random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines.inspecting.fixed import FixedFile
from pipelines.inspecting.sampling import Sample
from tests.inspecting.made_up import edi, inserted, known, people, results
from tests.readers.reading import shipped

LAYOUT = next(layout for layout in shipped() if layout.name == "edi_results")
#: first characters of the columns of each kind of file; 63 is behind the last
BOUNDARIES = {
    "M": (3, 8, 12, 25, 31, 37, 38, 42, 44, 45, 47, 48, 53),
    "G": (3, 8, 12, 25, 31, 37, 38, 40, 41, 43, 44, 46, 47, 49, 53),
    "MG": (3, 8, 12, 25, 31, 37, 38, 53),
}
#: of each kind of record, what is never blank in the files made here
FILLED = {"M": ("mark", "grade_as_sent"), "G": ("grade_as_sent",)}
CASES = [(kinds, at) for kinds, places in BOUNDARIES.items() for at in places]


def looked_at(text: str) -> FixedFile:
    data = text.encode()
    return FixedFile(Sample((data.replace(b"\r\n", b"\n"),), len(data), len(data)), LAYOUT, known())


def fillers(style: str, width: int, rows: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    if style == "blank":
        return [" " * width] * rows
    if style == "constant":
        # a figure that, twice, is no grade: 77 is one of a double award
        return ["0" * width] * rows
    return ["".join(chance.choice("0123456789") for _ in range(width)) for _ in range(rows)]


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    case=st.sampled_from(CASES),
    width=st.integers(1, 6),
    style=st.sampled_from(["blank", "constant", "random"]),
    number=st.integers(20, 40),
    seed=st.integers(0, 10_000),
)
def test_columns_that_were_pushed_along_are_found_exactly(
    case: tuple[str, int], width: int, style: str, number: int, seed: int
) -> None:
    kinds, at = case
    lines = results(people(number, seed), seed, kinds)
    file = looked_at(edi(inserted(lines, at, fillers(style, width, len(lines), seed))))
    proposal = file.propose(show=False)
    assert proposal is not None
    found = proposal.fit.layout
    for column in LAYOUT.columns:
        expected = column.start + (width if column.start >= at else 0)
        assert (column.name, found.all_columns[column.name].start) == (column.name, expected)
    for variant in found.variants:
        before = next(one for one in LAYOUT.variants if one.when == variant.when)
        told = FILLED[variant.when] if variant.when in kinds else ()
        for old, new in zip(before.columns, variant.columns, strict=True):
            if new.name in told:
                expected = old.start + (width if old.start >= at else 0)
                assert (variant.when, new.name, new.start) == (variant.when, old.name, expected)
