"""How near two people's names and birth dates are, once more, slow and plain: the twin of `sql/joins/near_people.sql`.

Takes folded names and birth dates; gives the score in thousandths and what differs, or None where two are not even
compared. Nothing is shared with the SQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import product

#: what remains of 1000 below which a pair is left out
FLOOR = 680
#: from here on all three details are there and nearly agree
TOLD = 850


@dataclass(frozen=True)
class Named:
    """One name and birth date, folded; the parts of the surname and the forenames in their order."""

    surname: tuple[str, ...]
    forenames: tuple[str, ...]
    birth: str
    is_cut: bool = False

    @property
    def surname_key(self) -> str | None:
        return "".join(self.surname) or None

    @property
    def surname_sorted(self) -> str | None:
        return "".join(sorted(self.surname)) or None

    @property
    def forename_key(self) -> str | None:
        return self.forenames[0] if self.forenames else None

    @property
    def forenames_key(self) -> str | None:
        return "".join(self.forenames) or None


@cache
def letters_apart(a: str, b: str) -> int:
    """Levenshtein's distance, by its definition."""
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return letters_apart(a[1:], b[1:])
    return 1 + min(letters_apart(a[1:], b), letters_apart(a, b[1:]), letters_apart(a[1:], b[1:]))


def slips(a: str, b: str) -> int:
    """As letters apart, but two letters that changed places are one slip."""
    apart = letters_apart(a, b)
    return 1 if apart == 2 and len(a) == len(b) and set(a) == set(b) else apart


def sound(name: str | None) -> str | None:
    """The name with letters that sound alike written alike."""
    if name is None:
        return None
    for group, letter in (
        *(("eigh", "i"), ("igh", "i"), ("chr", "kr"), ("sch", "x"), ("tch", "x"), ("ch", "x"), ("sh", "x")),
        *(("ph", "f"), ("ck", "k"), ("mac", "mc"), ("mps", "ms")),
        *(("ee", "i"), ("ea", "i"), ("ei", "i"), ("ie", "i"), ("ey", "i"), ("ou", "u"), ("ow", "u"), ("oo", "u")),
        *(("au", "o"), ("aw", "o")),
    ):
        name = name.replace(group, letter)
    first = {"y": "i", "c": "k", "q": "k"}.get(name[0], name[0])
    rest = "".join({"y": "i", "c": "k", "q": "k", "v": "f", "z": "s", "h": ""}.get(one, one) for one in name[1:])
    return re.sub(r"([abdfgiklmnprst])\1", r"\1", first + rest)


def turned(birth: str) -> str:
    """Day and month exchanged."""
    year, month, day = birth.split("-")
    return f"{year}-{day}-{month}"


def are_compared(a: Named, b: Named) -> bool:
    """Whether two have enough in common."""
    names_a = {name for name in (a.surname_key, a.forename_key) if name}
    names_b = {name for name in (b.surname_key, b.forename_key) if name}
    sounds_alike = bool({sound(name) for name in names_a} & {sound(name) for name in names_b})
    parts = list(zip(a.birth.split("-"), b.birth.split("-"), strict=True))
    if sounds_alike and sum(one == other for one, other in parts) >= 2:
        return True
    year_a, *day_a = a.birth.split("-")
    year_b, *day_b = b.birth.split("-")
    if (year_a, sorted(day_a)) != (year_b, sorted(day_b)):
        return False
    begins_alike = bool({name[:2] for name in names_a} & {name[:2] for name in names_b})
    initials = [sorted(n[0] for n in (x.surname_key, x.forename_key) if n) for x in (a, b)]
    return sounds_alike or begins_alike or (initials[0] == initials[1] and len(initials[0]) == 2)


def is_half(s: str, t: str) -> bool:
    """Whether one surname may be one of the two that make the other."""
    short, long = sorted((s, t), key=len)
    return len(short) >= 4 and len(long) - len(short) >= 3 and (long.startswith(short) or long.endswith(short))


def surname_cost(a: Named, b: Named, s: str | None, t: str | None, crossed: bool) -> tuple[str, int]:
    if s is None or t is None:
        return "missing", 200
    wrong, longest = slips(s, t), max(len(s), len(t))
    if s == t:
        found = "none", 0
    elif not crossed and a.surname_sorted == b.surname_sorted:
        found = "form", 10
    elif not crossed and ((a.is_cut and t.startswith(s)) or (b.is_cut and s.startswith(t))):
        found = "form", 60
    elif sound(s) == sound(t):
        found = "sound", 125 * wrong // longest
    elif is_half(s, t):
        found = "form", 60
    elif wrong <= 2 and 3 * wrong <= longest:
        found = "letters", 250 * wrong // longest
    else:
        found = "other", min(250, 60 + 250 * wrong // longest)
    return found


def forename_cost(
    a: Named, b: Named, f: str | None, g: str | None, known: set[tuple[str, str]], crossed: bool
) -> tuple[str, int]:
    if f is None or g is None:
        return "missing", 200
    if f == g or (not crossed and (a.forenames_key == b.forename_key or a.forename_key == b.forenames_key)):
        return "none", 0
    pairs = ((f, g, a, b), (g, f, b, a))
    if (f, g) in known or any(
        (len(one) == 1 and other[0] == one)
        or (owner.is_cut and other.startswith(one))
        or (len(one) >= 4 and len(rest.forenames_key or "") > len(one) and (rest.forenames_key or "").endswith(one))
        for one, other, owner, rest in pairs
    ):
        return "form", 40
    wrong, longest = slips(f, g), max(len(f), len(g))
    sounds = (sound(f), sound(g))
    if (sounds[0] == sounds[1] and wrong <= 2) or (wrong == 1 and letters_apart(f, g) == 2):
        return "sound", 125 * wrong // longest
    if wrong == 1 and longest >= 4 and f[0] == g[0] and f[-1] == g[-1]:
        return "letters", 250 * wrong // longest
    return "other", min(250, 120 + 250 * wrong // longest)


def birth_cost(a: str, b: str) -> tuple[str, int]:
    if a == b:
        return "none", 0
    if turned(a) == b:
        return "swap", 30
    if letters_apart(a, b) == 1 or (letters_apart(a, b) == 2 and set(a) == set(b)):
        return "digit", 140
    same = sum(one == other for one, other in zip(a.split("-"), b.split("-"), strict=True))
    return ("part", 200) if same == 2 else ("other", 400)


def compare(a: Named, b: Named, known: set[tuple[str, str]]) -> tuple[int, str, str, str, bool] | None:
    """Score in thousandths, what differs of surname, forename and birth date, and whether the names are crossed."""
    f, g = a.forename_key, b.forename_key
    if (
        f == g
        and f
        and not (
            (a.forenames_key or "").startswith(b.forenames_key or "")
            or (b.forenames_key or "").startswith(a.forenames_key or "")
        )
    ):
        f, g = a.forenames_key, b.forenames_key
    readings = [(False, a, b, a.surname_key, b.surname_key, f, g)]
    # which of the two has the names crossed is not known
    for x, y in ((a, b), (b, a)):
        s, t, f, g = x.surname_key, y.surname_key, x.forename_key, y.forename_key
        if s and t and f and g and s != t and s[0] == g[0] and f[0] == t[0]:
            whole = y.forenames_key if s == y.forenames_key else g
            readings.append((True, x, y, s, whole, x.forenames_key if x.forenames_key == t else f, t))
    found = []
    for crossed, x, y, one, other, first, second in readings:
        surname = surname_cost(x, y, one, other, crossed)
        forename = forename_cost(x, y, first, second, known, crossed)
        birth = birth_cost(a.birth, b.birth)
        cost = surname[1] + forename[1] + birth[1] + 30 * crossed
        found.append((cost, crossed, forename[1], surname[1], forename[0], surname[0], birth[0]))
    cost, crossed, _, _, forename_differs, surname_differs, birth_differs = min(found)
    return (1000 - cost, surname_differs, forename_differs, birth_differs, crossed) if 1000 - cost >= FLOOR else None


def nearest(
    one: list[Named], other: list[Named], known: set[tuple[str, str]]
) -> tuple[int, str, str, str, bool] | None:
    """The best of all the names and birth dates of two people, where any of them are compared at all."""
    if not any(are_compared(a, b) for a, b in product(one, other)):
        return None
    found = [result for a, b in product(one, other) if (result := compare(a, b, known)) is not None]
    return max(found, key=lambda result: result[0], default=None)
