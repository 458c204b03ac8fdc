"""Declarations of kin that exclude one another, by the algebra of chains alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from affil.kinship.chains import concat_reduce, inverse, without_marks
from affil.kinship.compose import MAX_DECLARERS, KinEdge

_Said = dict[tuple[str, str], list[KinEdge]]  # by who says it and of whom; one edge a declaration
_MARKS = {"sibling": "half", "parent": "adopted", "child": "adopted", "spouse": "former"}


def unlike(edges: Iterable[KinEdge]) -> list[tuple[str, KinEdge, KinEdge]]:
    """Pairs of declarations that cannot both be true, with the kind of contradiction, sorted by evidence."""
    said = _by_pair(edges)
    found = [*_told_twice(said), *_told_differently(said)]
    return sorted(found, key=lambda item: (item[0], item[1].evidence, item[2].evidence))


def _by_pair(edges: Iterable[KinEdge]) -> _Said:
    """Declarations by pair; the two halves of an ended marriage are one declaration with both readings."""
    whole: dict[tuple[str, str, str], KinEdge] = {}
    for edge in edges:
        known = whole.get((edge.ego, edge.alter, edge.evidence))
        chains = tuple(sorted({*edge.chains, *(known.chains if known else ())}))
        whole[edge.ego, edge.alter, edge.evidence] = KinEdge(edge.ego, edge.alter, chains, edge.evidence)
    said: _Said = defaultdict(list)
    for (ego, alter, _), edge in sorted(whole.items()):
        said[ego, alter].append(edge)
    return said


def _told_twice(said: _Said) -> Iterator[tuple[str, KinEdge, KinEdge]]:
    for (ego, alter), own in said.items():
        back = [_backwards(edge) for edge in said.get((alter, ego), [])] if ego < alter else []
        for one, other in combinations([*own, *back], 2):
            if not _plain(one.chains) & _plain(other.chains):
                yield "kin_told_twice", one, other


def _backwards(edge: KinEdge) -> KinEdge:
    return KinEdge(edge.alter, edge.ego, tuple(map(inverse, edge.chains)), edge.evidence)


def _told_differently(said: _Said) -> Iterator[tuple[str, KinEdge, KinEdge]]:
    """A triangle: two officials declare one person, and one of them declares the other."""
    declarers: dict[str, list[str]] = defaultdict(list)
    for ego, alter in said:
        declarers[alter].append(ego)
    for person, several in sorted(declarers.items()):
        if len(several) > MAX_DECLARERS:
            continue
        for near, far in combinations(sorted(several), 2):
            between = _between(said, near, far)
            for one, other in product(said[near, person], said[far, person]) if between else ():
                if not _agree(between, one, other) and not _agree(set(map(inverse, between)), other, one):
                    yield "kin_told_differently", one, other


def _between(said: _Said, near: str, far: str) -> set[str]:
    """What `far` is to `near` by their own words, whoever said it."""
    own = {chain for edge in said.get((near, far), []) for chain in edge.chains}
    return own | {inverse(chain) for edge in said.get((far, near), []) for chain in edge.chains}


def _agree(between: set[str], one: KinEdge, other: KinEdge) -> bool:
    """Whether the other's kin can be what one declares, where people leave out half, adopted and former."""
    ways = {(near, far) for chain in between for near in _loosely(chain) for last in other.chains for far in _loosely(last)}
    return any(_plain(concat_reduce(*way)) & _plain(one.chains) for way in ways)


def _loosely(chain: str) -> set[str]:
    """The chain as people may have meant it: «брат» is said of a half brother, «сын» of an adopted one."""
    found = {""}
    for link in without_marks(chain, "half", "adopted", "former").split("."):
        also = [f"{link}({_MARKS[link]})"] if link in _MARKS else []
        found = {f"{start}.{end}" if start else end for start in found for end in (link, *also)}
    return found


def _plain(chains: Iterable[str]) -> set[str]:
    return {without_marks(chain, "half", "adopted", "former") for chain in chains}
