"""Random families as they really are: who was born to whom, who is or was married, and what people truly are to each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from hypothesis import strategies as st

Path = tuple[int, ...]


@dataclass(frozen=True)
class Family:
    """`parents[i]` of person i (None for founders); `married` and `divorced` pairs."""

    parents: tuple[tuple[int, int] | None, ...]
    married: frozenset[tuple[int, int]]
    divorced: frozenset[tuple[int, int]]

    @property
    def people(self) -> list[int]:
        return list(range(len(self.parents)))

    @cached_property
    def link(self) -> dict[tuple[int, int], str]:
        """What the second is to the first, for those one link apart."""
        found = {}
        for one in self.people:
            for other in self.people:
                word = self._link(one, other)
                if one != other and word:
                    found[one, other] = word
        return found

    def _link(self, one: int, other: int) -> str | None:
        mine, theirs = set(self.parents[one] or ()), set(self.parents[other] or ())
        if other in mine:
            return "parent"
        if one in theirs:
            return "child"
        if mine & theirs:
            return "sibling" if mine == theirs else "sibling(half)"
        pair = (min(one, other), max(one, other))
        return "spouse" if pair in self.married else "spouse(former)" if pair in self.divorced else None

    def paths(self, start: int, within: set[int], longest: int) -> list[Path]:
        """Ways from `start` over distinct persons on which no one is closer to the next but one than the way says."""
        found: list[Path] = []
        ways: list[Path] = [(start,)]
        while ways:
            way = ways.pop()
            if len(way) > 1:
                found.append(way)
            if len(way) <= longest:
                ways += [(*way, person) for person in sorted(within - set(way)) if self._goes_on(way, person)]
        return sorted(found)

    def _goes_on(self, way: Path, person: int) -> bool:
        if (way[-1], person) not in self.link:
            return False
        closer = self.link.get((way[-2], person)) if len(way) > 1 else None
        return closer is None or (closer == "spouse(former)" and self.link[way[-2], way[-1]] == "child")

    def chain(self, path: Path) -> str:
        return ".".join(self.link[pair] for pair in pairwise(path))

    def declarable(self, person: int) -> list[Path]:
        """The ties a questionnaire names by one word or phrase: up to two links, the shortest for each relative."""
        nearest: dict[int, Path] = {}
        for path in sorted(self.paths(person, set(self.people), 2), key=len):
            nearest.setdefault(path[-1], path)
        return sorted(nearest.values())

    def truths(self, one: int, other: int, within: set[int]) -> set[str]:
        """Every true chain between two persons by way of no one but `within`."""
        return {self.chain(path) for path in self.paths(one, within, len(within)) if path[-1] == other}


@st.composite
def families(draw: st.DrawFn, largest: int = 9) -> Family:
    """Three generations: couples, some divorced and married again, some unmarried; children of couples living or former."""
    founders = draw(st.integers(2, 4))
    parents: list[tuple[int, int] | None] = [None] * founders
    married: set[tuple[int, int]] = set()
    divorced: set[tuple[int, int]] = set()
    taken: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _ in range(draw(st.integers(2, largest - founders))):
        grown = [person for person in range(len(parents)) if draw(st.booleans())] or [0, 1]
        one = draw(st.sampled_from(grown))
        strangers = [other for other in range(len(parents)) if other != one and not _close(parents, pairs, one, other)]
        if not strangers or draw(st.integers(0, 4)) == 0:
            parents.append(None)
            continue
        other = draw(st.sampled_from(strangers))
        pair = (min(one, other), max(one, other))
        pairs.append(pair)
        kind = draw(st.sampled_from(["married", "divorced", "unmarried"]))
        if kind == "married" and not taken & set(pair) and pair not in divorced:
            married.add(pair)
            taken |= set(pair)
        elif kind == "divorced" and pair not in married:
            divorced.add(pair)
        if draw(st.integers(0, 3)):
            parents.append(pair)
    return Family(tuple(parents), frozenset(married), frozenset(divorced))


def _close(parents: list[tuple[int, int] | None], pairs: list[tuple[int, int]], one: int, other: int) -> bool:
    """Whether two persons are of one sex (odd or even), joined by births, or one had a family with close kin of the other.

    Such families are rare, and nobody could tell there what a chain of words means.
    """
    if one % 2 == other % 2:
        return True
    if (min(one, other), max(one, other)) in pairs:
        return False
    kin = {person: _joined_by_births(parents, person) for person in (one, other)}
    mates = {(first, second) for pair in pairs for first, second in (pair, pair[::-1])}
    return other in kin[one] or any(
        first in kin[own] and second in kin[mate] for own, mate in ((one, other), (other, one)) for first, second in mates
    )


def _joined_by_births(parents: list[tuple[int, int] | None], person: int) -> set[int]:
    found: set[int] = set()
    waiting = {person}
    while waiting:
        one = waiting.pop()
        found.add(one)
        families = [{child, *pair} for child, pair in enumerate(parents) if pair and one in {child, *pair}]
        waiting |= set().union(*families) - found
    return found
