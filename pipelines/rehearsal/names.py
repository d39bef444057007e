"""Names for people who do not exist.

Takes a random generator, gives pairs of plainly made-up surname and forename, each surname once. Promises
that the awkward kinds are there: apostrophe, hyphen, accents, `Null`, over thirty characters, one letter.
"""

from __future__ import annotations

from random import Random

HEADS = [
    "Amber",
    "Bramble",
    "Cinder",
    "Dapple",
    "Elder",
    "Fennel",
    "Gorse",
    "Hollow",
    "Ivory",
    "Juniper",
    "Kestrel",
    "Larch",
    "Marrow",
    "Nettle",
    "Otter",
    "Pebble",
    "Quill",
    "Rook",
    "Saffron",
    "Thistle",
    "Umber",
    "Velvet",
    "Willow",
    "Yarrow",
    "Zephyr",
]
TAILS = [
    "bourne",
    "feather",
    "gate",
    "ington",
    "mere",
    "shaw",
    "stead",
    "thorpe",
]
LATER_TAILS = [
    "combe",
    "dale",
    "garth",
    "hurst",
    "minster",
    "sedge",
    "wick",
    "worth",
]
GIRLS = [
    "Briony",
    "Delphine",
    "Fenella",
    "Hesper",
    "Isolde",
    "Jocasta",
    "Leocadia",
    "Marigold",
    "Nerys",
    "Ottoline",
    "Perpetua",
    "Quenby",
    "Rosalba",
    "Seraphina",
    "Tamsin",
    "Undine",
    "Verity",
    "Wilhelmina",
    "Xanthippe",
    "Ysolde",
    "Zenobia",
    "Anthea",
    "Clementine",
    "Drusilla",
]
BOYS = [
    "Aldous",
    "Barnaby",
    "Cassian",
    "Diggory",
    "Emrys",
    "Florian",
    "Gethin",
    "Hyperion",
    "Inigo",
    "Jocelyn",
    "Kenelm",
    "Lysander",
    "Mortimer",
    "Ninian",
    "Osbert",
    "Peregrine",
    "Quillon",
    "Rufus",
    "Septimus",
    "Tarquin",
    "Ulric",
    "Valentine",
    "Wystan",
    "Zebedee",
]
AWKWARD = {
    "apostrophe": ("O'Brackenridge", "Siân"),
    "hyphen": ("Quince-Farthingale", "Mary-Jo"),
    "accents": ("Löwenmühlén", "Zoë"),
    "null": ("Null", "Terence"),
    "long": ("Ravensbourne-Cholmondeley-Amberwold", "Bartholomew Maximilian"),
    "short": ("Ashplant", "J"),
    "stroke": ("Østerbrød", "Søren"),
    "spaces": ("van der Puddle", "Ines Marisol"),
}


class Names:
    """A supply of names that never repeats a surname."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._surnames = [head + tail for head in HEADS for tail in TAILS]
        random.shuffle(self._surnames)

    def next(self) -> tuple[str, str, str]:
        """Surname, forename(s) and sex (`F`, `M`) of the next person."""
        sex = self._random.choice("FM")
        forename = self._random.choice(GIRLS if sex == "F" else BOYS)
        if self._random.random() < 0.2:
            forename += " " + self._random.choice(GIRLS if sex == "F" else BOYS)
        if not self._surnames:
            # a second supply, so that whoever was named from the first keeps the name
            self._surnames = [head + tail for head in HEADS for tail in LATER_TAILS]
            self._random.shuffle(self._surnames)
        return self._surnames.pop(), forename, sex
