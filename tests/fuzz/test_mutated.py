"""Files whose bytes were damaged: refused or read, every line accounted for, and none of it leaks into another file."""

from __future__ import annotations

import datetime as dt
import os
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.check import Caps
from pipelines.formats import Format
from tests.fuzz.accounts import LOW, look, shipped
from tests.fuzz.contents import content
from tests.fuzz.corpus import examples, kept
from tests.fuzz.damage import ODD, damaged
from tests.fuzz.tracing import beside_another, caps_for, marks
from tests.fuzz.written import seasons

#: what is done at a place: how many bytes go, what is put there, and how often
FAULTS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from([0, 0, 1, 2, 40, 10_000]),
        st.sampled_from(ODD) | st.binary(max_size=4),
        st.sampled_from([1, 1, 2]),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("layout", shipped(), ids=[layout.name for layout in shipped()])
@settings(max_examples=8)
@given(data=st.data(), faults=FAULTS)
def test_a_file_with_damaged_bytes_is_refused_or_accounted_for_line_by_line(
    layout: Format, data: st.DataObject, faults: list[tuple[float, int, bytes, int]]
) -> None:
    whole = content(data.draw(seasons(layout)))
    broken = whole
    for share, gone, put, often in faults:
        place = int(share * len(broken))
        broken = broken[:place] + put * often + broken[place + gone :]
    look([broken, whole], data.draw(st.sampled_from([Caps(), Caps(), LOW])))


@settings(max_examples=100)
@given(st.binary(max_size=200))
@example(b"")
def test_any_bytes_at_all_are_refused_or_accounted_for(any_bytes: bytes) -> None:
    look([any_bytes])


def test_what_the_search_has_kept_holds() -> None:
    """A third of it, another each day, in a few seconds; where a change is judged all of it, as `make fuzz` begins."""
    today = dt.datetime.now(tz=dt.UTC).toordinal()
    chosen = [path for path in kept() if os.environ.get("CI") or (int(path.stem, 16) + today) % 3 == 0]
    assert chosen
    for path in chosen:
        try:
            known = path.read_bytes()
            beside_another(known, look([known], caps_for(known)))
        except Exception as error:
            error.add_note(f"python -m tests.fuzz --again {path}")
            raise


def test_the_corpus_is_small() -> None:
    assert len(kept()) >= 50
    assert all(len(path.read_bytes()) <= 4_000 for path in kept())


def test_the_search_tells_inputs_apart_that_do_different_things() -> None:
    """A search that is led by nothing finds nothing."""
    whole = examples()[0]
    done = marks(whole)
    assert done == marks(whole)
    assert marks(whole[: len(whole) // 2]) - done
    assert marks(whole.replace(b"16/05/2008", b"16/05/08", 1)) - done


def test_the_same_seed_makes_the_same_damage() -> None:
    others = examples()
    one, two = ([damaged(other, others, random.Random(7)) for other in others] for _ in range(2))
    assert one == two
    assert sum(a != b for a, b in zip(one, others, strict=True)) > len(others) * 0.8
