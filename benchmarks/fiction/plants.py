"""Everything planted in a district: near misses first, those by name need the choice; then ties, the oldest officials first."""

from __future__ import annotations

from itertools import cycle, islice

from benchmarks.fiction.misses import MISSES, Misses
from benchmarks.fiction.planting import YOUNGEST, Plant
from benchmarks.fiction.ties import TIES, Ties
from benchmarks.fiction.world import District


def plant(district: District, ties: int, misses: int) -> list[Plant]:
    """That many ties and near misses, the kinds taken in turn, each on an official of his own."""
    near, true = Misses(district), Ties(district)
    planted = [near.miss(kind) for kind in islice(cycle(MISSES), misses)]
    kinds = sorted(islice(cycle(TIES), ties), key=lambda kind: YOUNGEST.get(kind, 2100))  # few are old enough for some
    return planted + [true.tie(kind) for kind in kinds]
