"""Kin composed over questionnaires: what one official declares and what another declares meet in one person.

Walks of up to three declarations are followed from each official, forwards and backwards, over distinct persons. For a
pair of persons

- a declaration of their own settles what they are to one another: the official's own, and the other's where it adds a
  reading or a date; a longer way is kept only if it is more precise («зять», and by the daughter's questionnaire her husband);
- otherwise the shortest ways count, the more precise of two, one for each relation and interval.

A tie whose parts never held at once is none, and two persons of one gender are no spouses (СК ст. 12 п. 1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from affil.kinship.chains import concat_reduce, inverse, links, marriages, without_marks
from affil.kinship.circles import best_reading, group_of, membership

MAX_DECLARATIONS = 3
MAX_DECLARERS = 30  # somebody declared by more officials is several persons merged by mistake; ways do not lead through him
_MARRIED = frozenset(("spouse", "spouse(former)"))
_Interval = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class KinEdge:
    """A declaration: `alter` is `ego`'s kin by one of `chains`. Dates are of the tie, inclusive; None is unknown or open."""

    ego: str
    alter: str
    chains: tuple[str, ...]
    evidence: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Kin:
    """`person` is `ego`'s kin by `chain`; `hops` are the declarations on the way, each with whether it is read backwards.

    `readings` are all meanings, those too far to follow included; `circles` are theirs by the present wordings.
    """

    ego: str
    person: str
    chain: str
    alternatives: tuple[str, ...]
    hops: tuple[tuple[str, bool], ...]
    circles: dict[str, str]
    group: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hop:
    """A declaration as one walks it."""

    to: str
    chains: tuple[str, ...]
    evidence: str
    backwards: bool
    interval: _Interval


@dataclass(frozen=True, slots=True)
class _Walk:
    visited: tuple[str, ...]
    chains: frozenset[str]
    declared: tuple[tuple[str, ...], ...]
    hops: tuple[tuple[str, bool], ...]
    interval: _Interval

    @property
    def plain(self) -> frozenset[str]:
        """The readings without half and adopted: no word of another questionnaire is exact about these."""
        return frozenset(without_marks(chain, "half", "adopted") for chain in self.chains)


def compose(
    edges: Iterable[KinEdge],
    egos: Collection[str],
    max_links: int = 4,
    max_marriages: int = 2,
    among: Collection[str] | None = None,
    genders: Mapping[str, str] | None = None,
) -> list[Kin]:
    """All kin of `egos` that the declarations tell, sorted by ego, person and way; the order of `edges` does not matter.

    A chain of more than `max_links` links or `max_marriages` marriages, or of no group, is left out. `among`: only kin who are
    one of these persons; what is told of a pair does not depend on others, so a few are found without walking to all. `genders`:
    m or f by person, where known.
    """
    hops = _hops(edges)
    crowded = _crowded(hops)
    known = set(egos) & hops.keys()
    found: list[Kin] = []
    for ego in sorted(known if among is None else known & _within_reach(among, hops, crowded)):
        for person, walks in sorted(_walks(ego, hops, crowded, genders or {}).items()):
            if among is None or person in among:
                found += _kin_of(ego, person, walks, max_links, max_marriages)
    return sorted(found, key=_order)


def _within_reach(among: Collection[str], hops: dict[str, list[_Hop]], crowded: set[str]) -> set[str]:
    """Everybody from whom a walk to one of `among` may start: walks read alike from either end."""
    reached = last = among & hops.keys()
    for step in range(MAX_DECLARATIONS):
        last = {hop.to for person in last if not (step and person in crowded) for hop in hops[person]} - reached
        reached = reached | last
    return reached


def _order(kin: Kin) -> tuple[object, ...]:
    return kin.ego, kin.person, len(kin.hops), kin.chain, kin.hops, str(kin.valid_from), str(kin.valid_to)


def _hops(edges: Iterable[KinEdge]) -> dict[str, list[_Hop]]:
    """Every declaration from both its ends, those that say the same only once (the first by evidence)."""
    hops: dict[str, dict[tuple[object, ...], _Hop]] = {}
    for edge in sorted(edges, key=lambda edge: (edge.ego, edge.alter, edge.evidence, edge.chains, str(edge.valid_from))):
        if edge.ego == edge.alter or not edge.chains:
            continue
        interval = edge.valid_from, edge.valid_to
        there = _Hop(edge.alter, tuple(sorted(set(edge.chains))), edge.evidence, False, interval)
        back = _Hop(edge.ego, tuple(sorted({inverse(chain) for chain in edge.chains})), edge.evidence, True, interval)
        hops.setdefault(edge.ego, {}).setdefault((there.to, there.chains, False, interval), there)
        hops.setdefault(edge.alter, {}).setdefault((back.to, back.chains, True, interval), back)
    return {person: list(kept.values()) for person, kept in hops.items()}


def _crowded(hops: dict[str, list[_Hop]]) -> set[str]:
    """The persons declared by too many to be one person."""
    return {person for person, ways in hops.items() if len({hop.to for hop in ways if hop.backwards}) > MAX_DECLARERS}


def _walks(ego: str, hops: dict[str, list[_Hop]], crowded: set[str], genders: Mapping[str, str]) -> dict[str, list[_Walk]]:
    """Every walk from `ego` that says something, by the person it ends at, shorter ones first."""
    found: dict[str, list[_Walk]] = {}
    last = [_Walk((ego,), frozenset(), (), (), (None, None))]
    for _ in range(MAX_DECLARATIONS):
        through = [walk for walk in last if walk.visited[-1] == ego or walk.visited[-1] not in crowded]
        last = [longer for walk in through for hop in hops[walk.visited[-1]] for longer in _extended(walk, hop, genders)]
        for walk in last:
            found.setdefault(walk.visited[-1], []).append(walk)
    return found


def _extended(walk: _Walk, hop: _Hop, genders: Mapping[str, str]) -> Iterator[_Walk]:
    interval = _common(walk.interval, hop.interval)
    if hop.to in walk.visited or interval is None:
        return
    declared = (*walk.declared, hop.chains)
    chains = _readings(walk.chains, declared)
    if len(declared) > 1 and genders.get(hop.to, "") == genders.get(walk.visited[0]):
        chains = chains - _MARRIED or chains
    if chains:
        yield _Walk((*walk.visited, hop.to), chains, declared, (*walk.hops, (hop.evidence, hop.backwards)), interval)


def _readings(before: frozenset[str], declared: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """What the last person of a walk can be, from what the last but one can be and the declarations in order.

    Read from either end, each side knows other persons to be distinct: the wife (declared) has a brother (declared) who has
    another brother. From the left he may be the wife, from the right he is a sibling of hers; both must allow a reading.
    """
    if len(declared) == 1:
        return frozenset(declared[0])
    left = _continued(before, declared[-1])
    if len(declared) == 2:
        return left
    right = _continued(frozenset(declared[0]), tuple(sorted(_readings(frozenset(declared[1]), declared[1:]))))
    return left & right or left


def _continued(near: frozenset[str], far: tuple[str, ...]) -> frozenset[str]:
    return frozenset(chain for pair in product(near, far) for chain in concat_reduce(*pair))


def _common(one: _Interval, other: _Interval) -> _Interval | None:
    """The days both intervals have, None where there are none."""
    since = max((day for day in (one[0], other[0]) if day), default=None)
    until = min((day for day in (one[1], other[1]) if day), default=None)
    return None if since and until and since > until else (since, until)


def _kin_of(ego: str, person: str, walks: list[_Walk], max_links: int, max_marriages: int) -> Iterator[Kin]:
    readings = {walk: _followed(walk, max_links, max_marriages) for walk in walks}
    for walk in _telling([walk for walk in walks if readings[walk]]):
        yield _kin(ego, person, walk, readings[walk])


def _telling(walks: list[_Walk]) -> list[_Walk]:
    """The walks of one pair that are kept; see the head of this module."""
    direct = [walk for walk in walks if len(walk.hops) == 1]
    if not direct:
        return _one_each(_most_precise(walks))
    own = [walk for walk in direct if not walk.hops[0][1]]
    others = [walk for walk in direct if walk.hops[0][1] and not any(_repeats(walk, known) for known in own)]
    kept = own + others
    more = [walk for walk in walks if len(walk.hops) > 1 and all(walk.plain < known.plain for known in direct)]
    return kept + _one_each(_most_precise(more))


def _repeats(walk: _Walk, known: _Walk) -> bool:
    return known.plain <= walk.plain and known.interval == walk.interval


def _most_precise(walks: list[_Walk]) -> list[_Walk]:
    """The walks of fewest declarations, and longer ones that leave fewer readings than every one of these."""
    shortest = min((len(walk.hops) for walk in walks), default=0)
    short = [walk for walk in walks if len(walk.hops) == shortest]
    longer = [walk for walk in walks if len(walk.hops) > shortest and all(walk.plain < known.plain for known in short)]
    kept = short + longer
    return [walk for walk in kept if not any(_sharper(other, walk) for other in kept)]


def _sharper(walk: _Walk, than: _Walk) -> bool:
    """Whether `walk` leaves fewer readings than the other, and holds on all its days."""
    return walk.plain < than.plain and _common(walk.interval, than.interval) == than.interval


def _one_each(walks: list[_Walk]) -> list[_Walk]:
    """One walk for each relation and interval: the shortest, then the first by evidence."""
    kept: dict[tuple[frozenset[str], _Interval], _Walk] = {}
    for walk in sorted(walks, key=lambda walk: (len(walk.hops), walk.hops)):
        kept.setdefault((walk.chains, walk.interval), walk)
    return list(kept.values())


def _followed(walk: _Walk, max_links: int, max_marriages: int) -> list[str]:
    """The readings of a walk that are near enough to be kin for a rule."""
    near = (chain for chain in walk.chains if links(chain) <= max_links and marriages(chain) <= max_marriages)
    return _told_once([chain for chain in near if group_of(chain)])


def _kin(ego: str, person: str, walk: _Walk, readings: list[str]) -> Kin:
    """The kin a walk tells; readings too far to follow still make the circles disputed."""
    chain, others = best_reading(readings)
    every = tuple(sorted(walk.chains))
    return Kin(ego, person, chain, others, walk.hops, membership(every), group_of(chain) or "", *walk.interval, every)


def _told_once(chains: list[str]) -> list[str]:
    """`chains` without those that differ from another only by a mark of half or adopted: the circles hold both alike."""
    plain = {chain for chain in chains if chain == without_marks(chain, "half", "adopted")}
    return [chain for chain in chains if chain in plain or without_marks(chain, "half", "adopted") not in plain]
