"""Whatever order the files come in, in one run or in several, the last run's tables are the same.

The files are of every kind that supersedes, repeats, completes or contradicts another: two issues of one series, a
window of an annual one, a file cut short, the same bytes twice, two reports of different length, entries, claims.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from pipelines.errors import NoInputError
from tests import narrow
from tests.weeks import REPORT, UCIS, WEEKLY, Weeks, edi, entries, entry, result

_BASE = [result(who, option, "M", 49) for who in UCIS for option in ("583801", "583802", "583803")]
#: the first student up, the second without one, the fourth with one more
_REISSUE = [result("0001", "583801", "D", 60), *_BASE[1:5], *_BASE[6:], result("0004", "583805", "P", 30)]
_WINDOW = [result(who, "583820", "P") for who in UCIS]
_GENERAL = [result(who, "H446  ", "A ") for who in UCIS]


def _report(*rows: str) -> str:
    return REPORT + "".join(f"99999,4000{row},,\n" for row in rows)


_CLAIMS = (
    "Centre Number,OCR Candidate Number,Candidate Number,UCI,Surname,Forename(s),Qualification Code,Unit Code,"
    "Claimed Grade,Claim Date,Claim Type,Assessor\n"
)
_ROWS = [f"{who},{who},{UCIS[who]},Quillfeather,Ada,05839,05838/20,P,9I25,05/08/2026" for who in ("0001", "0002")]

ARRIVING = {
    "R9999972__X01": edi(_BASE),
    "R9999972__X02": edi(_REISSUE, "170826", 2),
    "R9999972__X03": edi(_WINDOW, "060826", 3, "9I25"),
    # cut short in the middle of its lines, and as new as the newest
    "R9999972__X04": edi(_BASE[:6], "170826", 4)[:300],
    "R9999972 (1)__X01": edi(_BASE),
    "R9999901__X01": edi(_GENERAL, "100826", 1, "6B26").replace("R11472", "R11401"),
    "report__csv": _report(_ROWS[0]),
    "report_longer__csv": _report(*_ROWS),
    "entries__csv": entries(*(entry(who) for who in UCIS)),
    "entries_more__csv": entries(entry("0004", "05838/05")),
    "claims__csv": _CLAIMS + "99999,40000003,0003,,,,05839,05838/20,M,20/05/2026,claim,\n",
}

#: what tells of the runs before, not of the files
HISTORY = ("changes", "finding_history")

#: what those find, or the run after them
FOUND = ("file_truncated", "grades_conflict", "missing_uci", "result_without_entry", *WEEKLY)

Order = tuple[tuple[str, ...], ...]


def _but_for_history(folder: Path) -> dict[str, Any]:
    """Every table of a run, but for what the runs before decide; and of whom those say anything."""
    found: dict[str, Any] = {}
    findings = pl.read_parquet(folder / "tables" / "discrepancies.parquet")
    weekly = findings.filter(pl.col("code").is_in(WEEKLY))
    for path in sorted((folder / "tables").glob("*.parquet")):
        if path.stem in ("discrepancies", "rules_run"):
            rows = pl.read_parquet(path).filter(~pl.col("code").is_in(WEEKLY))
            found[path.stem] = rows.drop("change", strict=False).rows()
        elif path.stem == "readiness":
            found[path.stem] = {row["person_id"]: row for row in pl.read_parquet(path).to_dicts()}
        elif path.stem not in HISTORY:
            found[path.stem] = path.read_bytes()
    found["changed"] = set(weekly["person_id"].to_list())
    return found


@cache
def _together() -> dict[str, Any]:
    """All of them in one run."""
    with TemporaryDirectory(prefix="resultsday-arrival-") as place:
        weeks = Weeks(Path(place))
        weeks.put(**ARRIVING)
        with narrow.without_reports():
            folder = weeks.run().folder
        assert folder is not None
        return _but_for_history(folder)


def _orders() -> st.SearchStrategy[Order]:
    """Every permutation of the files, cut into one to four runs."""

    def cut(drawn: tuple[list[str], set[int]]) -> Order:
        names, cuts = drawn
        edges = [0, *sorted(cuts), len(names)]
        return tuple(tuple(names[start:end]) for start, end in pairwise(edges))

    cuts = st.sets(st.integers(1, len(ARRIVING) - 1), max_size=3)
    return st.tuples(st.permutations(list(ARRIVING)), cuts).map(cut)


def test_the_files_of_this_module_do_what_they_are_here_for() -> None:
    with TemporaryDirectory(prefix="resultsday-arrival-") as place:
        with narrow.only(tables=("claims", "unit_results")):
            found = Weeks(Path(place)).week(**ARRIVING)
        files = dict(found["files"].select("name", "status").iter_rows())
    assert files["R9999972.X04"] == "truncated"
    assert files["R9999972.X01"] == "superseded"
    assert [other for other in found["files"]["other_names"].to_list() if other] != []
    assert set(files.values()) >= {"read", "superseded", "truncated"}
    assert found["claims"].height == 1
    assert found["unit_results"].height > len(UCIS)


_A, _B, _C, *_REST = ARRIVING


# a smaller order tells no more than a long one, and each try is several runs
@settings(max_examples=4, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(order=_orders())
@example(order=((_C,), (_B,), (_A,), tuple(_REST)))
@example(order=(tuple(reversed(ARRIVING)),))
@example(order=(tuple(_REST), (_B, _C), (_A,)))
def test_files_that_come_in_any_order_in_one_run_or_several_end_in_the_same_tables(order: Order) -> None:
    with TemporaryDirectory(prefix="resultsday-arrival-") as place:
        weeks = Weeks(Path(place))
        for number, group in enumerate(order, 1):
            weeks.put(**{name: ARRIVING[name] for name in group})
            # of the runs before, what they hold of the files counts, and that they found something
            weeks.codes = FOUND if number < len(order) else ()
            # one file cut short is no run, and the next one begins as if it had not been tried
            with suppress(NoInputError), narrow.without_reports():
                folder = weeks.run().folder
        assert folder is not None
        found, wanted = _but_for_history(folder), dict(_together())
    changed: set[str] = found.pop("changed")
    wanted.pop("changed")
    for told in (found, wanted):
        told["readiness"] = {who: row for who, row in told["readiness"].items() if who not in changed}
    assert found.keys() == wanted.keys()
    for name, rows in wanted.items():
        assert found[name] == rows, name
