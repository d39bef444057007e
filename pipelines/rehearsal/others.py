"""Other names and numbers for the people of the sample: the same stories, told of somebody else.

Takes a word; gives names, birth dates and numbers drawn from it alone. Promises that none is given twice, that every
check character is right, and that the same word gives the same people on every machine.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from pipelines.rehearsal import identifiers
from pipelines.rehearsal.names import BOYS, GIRLS, HEADS, LATER_TAILS, TAILS

#: candidate numbers of the sample's own people; those that a story names are below, those of the crowd above
NUMBERS = range(51, 4200)


class Others:
    """A supply of identities."""

    def __init__(self, word: str) -> None:
        self._random = Random(f"people {word}")
        self._surnames = [head + tail for head in HEADS for tail in (*TAILS, *LATER_TAILS)]
        self._random.shuffle(self._surnames)
        self._numbers: dict[str, list[int]] = {}
        self._taken: set[str | date] = set()

    def name(self, sex: str) -> tuple[str, str]:
        """Surname and forename; a surname once."""
        # a story has twins of whom one is Ottilie: nobody else's name may begin like hers
        forenames = [name for name in (GIRLS if sex == "F" else BOYS) if not name.startswith("Ott")]
        return self._surnames.pop(), self._random.choice(forenames)

    def born(self, year: int) -> date:
        """A birth date in the school year that begins in September of a year; day and month are never one figure."""
        start = date(year, 9, 1)
        while True:
            born = start + timedelta(days=self._random.randrange(365))
            if born.day != born.month and born not in self._taken:
                self._taken.add(born)
                return born

    def number(self, centre: str) -> str:
        """A candidate number of a centre."""
        free = self._numbers.setdefault(centre, [])
        if not free:
            free.extend(self._random.sample(NUMBERS, len(NUMBERS)))
        return f"{free.pop():04d}"

    def ocr(self) -> str:
        """An OCR candidate number; every third is an old, short one."""
        while True:
            is_short = self._random.random() < 1 / 3
            drawn = self._random.randrange(100_000, 999_999) if is_short else self._random.randrange(10**7, 10**8)
            number = f"{drawn:08d}"
            if number not in self._taken:
                self._taken.add(number)
                return number

    def uln(self) -> str:
        """A ULN."""
        while True:
            number = identifiers.uln(self._random)
            if number not in self._taken:
                self._taken.add(number)
                return number
