"""Names folded for comparison.

Takes names as sent, gives the keys they are compared by: case, accents, apostrophes, hyphens and spaces do not
count; only a-z and 0-9 are left. A name is folded once however many rows it stands in. A name of which nothing is
left (another script) has no key.
"""

from __future__ import annotations

import polars as pl

#: Letters that no accent separates from their base; the spelling that EDI, which knows A-Z alone, leaves of them.
_SPELLED = {
    "ø": "o",
    "ł": "l",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ŋ": "n",
    "ħ": "h",
    "ŧ": "t",
}
#: Signs that stand inside one part of a name: O'Brien is written OBrien too. The acute and the grave are typed for it.
_INSIDE = ["'", "’", "‘", "ʼ", "`", "´", "′"]


def _lowered(name: pl.Expr) -> pl.Expr:
    """Small letters without marks; what separates parts is still there."""
    letters = name.str.replace_many(_INSIDE, [""] * len(_INSIDE)).str.to_lowercase().str.normalize("NFKD")
    letters = letters.str.replace_all(r"\p{M}", "").str.to_lowercase()
    return letters.str.replace_many(list(_SPELLED), list(_SPELLED.values()))


def _parts(name: pl.Expr, separator: str = r"[^a-z0-9]+") -> pl.Expr:
    spaced = _lowered(name).str.replace_all(separator, " ").str.strip_chars(" ")
    return spaced.str.split(" ")


def _key(letters: pl.Expr) -> pl.Expr:
    key = letters.str.replace_all("[^a-z0-9]", "")
    return pl.when(key != "").then(key)


def folded(name: pl.Expr) -> pl.Expr:
    """All parts of a name run together, in their order."""
    return _key(_lowered(name))


def folded_sorted(name: pl.Expr) -> pl.Expr:
    """All parts of a name run together, in alphabetical order: `Smith-Jones` and `Jones Smith` are one."""
    return _key(_parts(name).list.sort().list.join(""))


def folded_first(name: pl.Expr) -> pl.Expr:
    """The first of some forenames; a hyphen joins (`Lee-Ann`), a space or a stop separates (`J.R.`)."""
    return _key(_parts(name, r"[\s.,]+").list.first())


def add_keys(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the keys of `surname` and `forenames`, of whichever of the two there is."""
    made = {
        "surname": {"surname_key": folded, "surname_sorted": folded_sorted},
        "forenames": {"forename_key": folded_first, "forenames_key": folded},
    }
    for name, keys in made.items():
        if name in rows.columns:
            known = rows.select(name).unique().with_columns(**{key: fold(pl.col(name)) for key, fold in keys.items()})
            rows = rows.join(known, on=name, how="left", maintain_order="left", nulls_equal=True)
    return rows
