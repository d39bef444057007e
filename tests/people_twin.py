"""Person resolution once more, slow and obvious: the twin that the SQL is held against.

Takes a list of mentions and the known-as pairs; gives people as sets of mentions, how each mention was
matched, and the contradictions. Nothing is shared with the SQL: plain sets, plain loops, every pair compared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

STEPS = (
    "ocr_candidate_number",
    "uci",
    "uci_12",
    "uln",
    "candidate_number",
    "name_and_birth_date",
    "name_unique",
)
KINDS = ("ocr_candidate_number", "uci", "uci_12", "uln", "candidate_number", "name", "mention")

Key = tuple[str | None, ...]


@dataclass(frozen=True)
class Mention:
    """One row of `mentions`, with the names already folded."""

    mention_id: str
    centre_number: str = "99999"
    academic_year: str | None = "2025-26"
    carrier: str = "edi"
    candidate_number: str | None = None
    ocr_candidate_number: str | None = None
    uci: str | None = None
    uln: str | None = None
    surname_key: str | None = None
    surname_sorted: str | None = None
    forename_key: str | None = None
    forenames_key: str | None = None
    name_truncated: bool = False
    date_of_birth: datetime.date | None = None


@dataclass(frozen=True)
class Outcome:
    """What came out, in terms of mentions: nothing depends on how people are numbered."""

    people: frozenset[frozenset[str]]
    matched_by: dict[str, str]
    strongest: dict[frozenset[str], tuple[str, str]]
    contradictions: frozenset[tuple[str, str | None, str, frozenset[frozenset[str]]]]


def is_valid_uln(uln: str | None) -> bool:
    """Ten digits, the last being ten less what the others, weighed from ten to two, leave over eleven."""
    if uln is None or len(uln) != 10 or any(digit not in "0123456789" for digit in uln) or uln == "9999999999":
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(uln[:9], range(10, 1, -1), strict=True)) % 11
    return rest != 0 and int(uln[9]) == 10 - rest


class Group:
    """Identities held to be one person; `came_in` says in which step each came to the group it is in."""

    def __init__(self, identity: Mention) -> None:
        self.members = [identity]
        self.came_in: dict[str, int] = {}

    def numbers(self) -> set[str]:
        return {m.ocr_candidate_number for m in self.members if m.ocr_candidate_number}

    def births(self) -> set[datetime.date]:
        return {m.date_of_birth for m in self.members if m.date_of_birth}

    def forenames(self) -> set[tuple[str, bool]]:
        return {(m.forename_key, m.name_truncated) for m in self.members if m.forename_key}

    def surnames(self) -> set[tuple[str, str | None, bool]]:
        return {(m.surname_key, m.surname_sorted, m.name_truncated) for m in self.members if m.surname_key}

    def is_identified(self) -> bool:
        return any(kind_and_value(m)[0] < KINDS.index("name") for m in self.members)

    def first(self) -> Mention:
        return min(self.members, key=lambda m: (*kind_and_value(m), m.mention_id))


def kind_and_value(m: Mention) -> tuple[int, str]:
    """The strongest identifier of one mention: the place of its kind, and the value."""
    if m.ocr_candidate_number:
        return 0, m.ocr_candidate_number
    if m.uci:
        return (1 if len(m.uci) > 12 else 2), m.uci
    if m.uln:
        return 3, m.uln
    if m.candidate_number:
        return 4, f"{m.academic_year} {m.candidate_number}"
    if m.surname_key or m.forename_key:
        names = f"{m.surname_key or ''} {m.forenames_key or m.forename_key or ''}"
        return 5, f"{names} {m.date_of_birth.isoformat() if m.date_of_birth else ''}"
    return 6, m.mention_id


class Resolver:
    """The steps, one after another, over all groups of all centres."""

    def __init__(self, mentions: Sequence[Mention], known_as: Iterable[tuple[str, str]]) -> None:
        pairs = set(known_as)
        self.known = pairs | {(b, a) for a, b in pairs}
        self.known |= {(b, d) for a, b in pairs for c, d in pairs if a == c}
        self.same: dict[Mention, list[str]] = {}
        for mention in sorted(mentions, key=lambda m: m.mention_id):
            self.same.setdefault(replace(mention, mention_id="", carrier=""), []).append(mention.mention_id)
        self.groups = [Group(self._counting(m, ids[0])) for m, ids in self.same.items()]
        self.refused: list[tuple[str, str | None, str, str, str]] = []

    @staticmethod
    def _counting(m: Mention, mention_id: str) -> Mention:
        """Only what counts: a number without its year, half a UCI and a ULN that fails its check do not."""
        return replace(
            m,
            mention_id=mention_id,
            candidate_number=m.candidate_number if m.academic_year else None,
            uci=m.uci if m.uci and len(m.uci) >= 12 else None,
            uln=m.uln if is_valid_uln(m.uln) else None,
        )

    # --- what two groups say of each other

    def forenames_agree(self, a: Group, b: Group) -> bool:
        for x, x_cut in a.forenames():
            for y, y_cut in b.forenames():
                initial = (len(x) == 1 and y.startswith(x)) or (len(y) == 1 and x.startswith(y))
                prefix = (x_cut and y.startswith(x)) or (y_cut and x.startswith(y))
                if x == y or initial or prefix or (x, y) in self.known:
                    return True
        return False

    def surnames_agree(self, a: Group, b: Group) -> bool:
        for x, x_sorted, x_cut in a.surnames():
            for y, y_sorted, y_cut in b.surnames():
                prefix = (x_cut and y.startswith(x)) or (y_cut and x.startswith(y))
                if x == y or (x_sorted and x_sorted == y_sorted) or prefix:
                    return True
        return False

    def births_agree(self, a: Group, b: Group) -> bool:
        for x in a.births():
            for y in b.births():
                if x == y or (x.year == y.year and x.month == y.day and x.day == y.month):
                    return True
        return False

    def forenames_differ(self, a: Group, b: Group) -> bool:
        return bool(a.forenames()) and bool(b.forenames()) and not self.forenames_agree(a, b)

    def names_agree(self, a: Group, b: Group) -> bool:
        surnames, forenames = a.surnames() and b.surnames(), a.forenames() and b.forenames()
        if surnames and not self.surnames_agree(a, b):
            return False
        if forenames and not self.forenames_agree(a, b):
            return False
        return bool(surnames or forenames)

    def apart(self, step: str, a: Group, b: Group) -> bool:
        forenames = self.forenames_differ(a, b)
        surnames = bool(a.surnames()) and bool(b.surnames()) and not self.surnames_agree(a, b)
        births = bool(a.births()) and bool(b.births()) and not self.births_agree(a, b)
        numbers = bool(a.numbers()) and bool(b.numbers()) and not (a.numbers() & b.numbers())
        if (forenames and (numbers or births)) or (surnames and births):
            return True
        if step in ("candidate_number", "name_and_birth_date", "name_unique") and (births or surnames):
            return True
        return step == "name_and_birth_date" and forenames

    # --- what they share

    def keys(self, step: str) -> dict[Key, dict[int, bool]]:
        """Key → who holds it, and whether that one can make a join; a key ends with the value shown."""
        held: dict[Key, dict[int, bool]] = {}
        if step == "name_unique":
            return self.unique_names()
        for place, group in enumerate(self.groups):
            for key, opens in self.keys_of(step, group):
                held.setdefault(key, {})[place] = held.get(key, {}).get(place, False) or opens
        return {key: who for key, who in held.items() if len(who) > 1 and any(who.values())}

    @staticmethod
    def keys_of(step: str, group: Group) -> Iterable[tuple[Key, bool]]:
        centre = group.members[0].centre_number
        for m in group.members:
            if step == "ocr_candidate_number" and m.ocr_candidate_number:
                yield (centre, None, m.ocr_candidate_number), True
            if step == "uci" and m.uci:
                yield (centre, None, m.uci), True
            if step == "uci_12" and m.uci and len(m.uci) in (12, 13):
                yield (centre, None, m.uci[:12]), len(m.uci) == 12
            if step == "uln" and m.uln:
                yield (centre, None, m.uln), True
            if step == "candidate_number" and m.candidate_number:
                yield (centre, m.academic_year, m.candidate_number), True
        if step == "name_and_birth_date" and group.forenames():
            for surname, ordered, _ in group.surnames():
                for birth in group.births():
                    yield (centre, None, "in order", f"{surname} {birth.isoformat()}"), True
                    if ordered:
                        yield (centre, None, "sorted", f"{ordered} {birth.isoformat()}"), True

    def unique_names(self) -> dict[Key, dict[int, bool]]:
        held: dict[Key, dict[int, bool]] = {}
        for place, asker in enumerate(self.groups):
            if asker.is_identified():
                continue
            answers: dict[Key, set[int]] = {}
            for m in asker.members:
                for other, group in enumerate(self.groups):
                    if not group.is_identified() or group.members[0].centre_number != m.centre_number:
                        continue
                    if m.academic_year not in {n.academic_year for n in group.members} - {None}:
                        continue
                    for n in group.members:
                        for key in self.full_names_shared(m, n):
                            answers.setdefault(key, set()).add(other)
            everyone = {other for others in answers.values() for other in others}
            if len(everyone) == 1:
                for key, others in answers.items():
                    held.setdefault(key, {})[place] = False
                    held[key].update(dict.fromkeys(others, True))
        return held

    @staticmethod
    def full_names_shared(m: Mention, n: Mention) -> Iterable[Key]:
        if not m.surname_key or not m.forenames_key or m.forenames_key != n.forenames_key:
            return
        if m.surname_key == n.surname_key:
            yield m.centre_number, m.academic_year, "in order", f"{m.surname_key} {m.forenames_key}"
        if n.surname_key and m.surname_sorted and m.surname_sorted == n.surname_sorted:
            yield m.centre_number, m.academic_year, "sorted", f"{m.surname_sorted} {m.forenames_key}"

    # --- a step

    def step(self, step: str) -> None:
        keys = self.keys(step)
        beside = wished = self.beside(step, keys)
        waiting = {x for x in beside if self.any_apart(step, beside[x])}
        beside = {x: others - waiting for x, others in beside.items() if x not in waiting}
        joined = []
        for together in components(beside):
            if self.any_apart(step, together):
                waiting |= together
            else:
                joined.append(together)
        for key, who in keys.items():
            for a, b in combinations(sorted(who), 2):
                if b in wished[a] and (a in waiting or b in waiting):
                    self.refuse(step, key, a, b)
        self.merge(STEPS.index(step), joined, waiting)

    def beside(self, step: str, keys: dict[Key, dict[int, bool]]) -> dict[int, set[int]]:
        """Whom each group would be joined to directly."""
        beside: dict[int, set[int]] = {place: set() for place in range(len(self.groups))}
        for key, who in keys.items():
            pairs = [(a, b) for a, b in combinations(sorted(who), 2)]
            bad = [(a, b) for a, b in pairs if self.apart(step, self.groups[a], self.groups[b])]
            for a, b in bad:
                if step != "name_and_birth_date" or not self.forenames_differ(self.groups[a], self.groups[b]):
                    self.refuse(step, key, a, b)
            for a, b in pairs:
                if (a, b) in bad or not (who[a] or who[b]):
                    continue
                if not bad or self.names_agree(self.groups[a], self.groups[b]):
                    beside[a].add(b)
                    beside[b].add(a)
        return beside

    def any_apart(self, step: str, places: Iterable[int]) -> bool:
        return any(self.apart(step, self.groups[a], self.groups[b]) for a, b in combinations(sorted(places), 2))

    def refuse(self, step: str, key: Key, a: int, b: int) -> None:
        one, other = self.groups[a].first().mention_id, self.groups[b].first().mention_id
        self.refused.append((step, key[1], str(key[-1]), one, other))

    def merge(self, number: int, joined: list[set[int]], waiting: set[int]) -> None:
        after = [self.groups[place] for place in sorted(waiting)]
        for together in joined:
            parts = sorted(
                (self.groups[place] for place in together),
                key=lambda g: (*kind_and_value(g.first()), g.first().mention_id),
            )
            whole, rest = parts[0], parts[1:]
            for part in rest:
                for member in part.members:
                    whole.came_in[member.mention_id] = number
                whole.members += part.members
            after.append(whole)
        self.groups = after

    # --- what comes out

    def outcome(self) -> Outcome:
        ids = {group_ids[0]: group_ids for group_ids in self.same.values()}
        people: dict[str, frozenset[str]] = {}
        strongest: dict[frozenset[str], tuple[str, str]] = {}
        matched: dict[str, str] = {}
        for group in self.groups:
            person = frozenset(i for m in group.members for i in ids[m.mention_id])
            kind, value = kind_and_value(group.first())
            strongest[person] = KINDS[kind], value
            for m in group.members:
                for mention_id in ids[m.mention_id]:
                    people[mention_id] = person
                    matched[mention_id] = self.how(group, m, len(person))
        contradictions = {
            (step, year, value, frozenset({people[one], people[other]}))
            for step, year, value, one, other in self.refused
            if people[one] != people[other]
        }
        return Outcome(frozenset(people.values()), matched, strongest, frozenset(contradictions))

    @staticmethod
    def how(group: Group, m: Mention, size: int) -> str:
        if m.mention_id in group.came_in:
            return STEPS[group.came_in[m.mention_id]]
        if group.came_in:
            return STEPS[min(group.came_in.values())]
        if size == 1:
            return "none"
        kind = KINDS[kind_and_value(m)[0]]
        if kind == "name":
            return "name_and_birth_date" if m.surname_key and m.forename_key and m.date_of_birth else "name_unique"
        return {"uci_12": "uci", "mention": "none"}.get(kind, kind)


def components(beside: dict[int, set[int]]) -> list[set[int]]:
    """Who hangs together, however many stand between."""
    left, found = set(beside), []
    while left:
        together, edge = set(), {min(left)}
        while edge:
            together |= edge
            edge = {b for a in edge for b in beside[a]} - together
        found.append(together)
        left -= together
    return found


def resolve_slowly(mentions: Sequence[Mention], known_as: Iterable[tuple[str, str]]) -> Outcome:
    """The whole of it: every step over every group of every centre."""
    resolver = Resolver(mentions, known_as)
    for step in STEPS:
        resolver.step(step)
    return resolver.outcome()
