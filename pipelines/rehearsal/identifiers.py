"""Check characters of the identifiers in the sample.

Takes the leading characters of a UCI or ULN, gives the whole identifier. Promises valid check characters
only: a deliberately wrong one is made by the fault that needs it.
"""

from __future__ import annotations

from random import Random

UCI_LETTERS = "ABCDEFGHKLMRTVWXY"


def uci(first_twelve: str) -> str:
    """Append the check letter: the characters (A=1 … Z=26) times 16 down to 5, summed, modulo 17."""
    values = [int(c) if c.isdigit() else ord(c) - 64 for c in first_twelve]
    return first_twelve + UCI_LETTERS[sum(v * w for v, w in zip(values, range(16, 4, -1), strict=True)) % 17]


def wrong_uci(right: str) -> str:
    """The same UCI with the next check letter, which is therefore wrong."""
    return right[:12] + UCI_LETTERS[(UCI_LETTERS.index(right[12]) + 1) % 17]


def uln(random: Random) -> str:
    """A random ULN: nine digits times 10 to 2, r = sum modulo 11, never 0, last digit 10 - r."""
    while True:
        nine = str(random.randrange(100_000_000, 999_999_999))
        remainder = sum(int(c) * w for c, w in zip(nine, range(10, 1, -1), strict=True)) % 11
        if remainder:
            return f"{nine}{10 - remainder}"
