"""Numbers that may be published: none from which one person's lot could be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from affil.words import Words

FEWEST = 5  # 1 to 4 are told as «менее 5» (CONTRACT 4)
FEWEST_PERSONS = 20  # a category of fewer persons in the district is not shown (OFFICER 3.7)


def told(number: int | None, words: Words) -> str:
    """The number, «менее 5» for 1 to 4, «сведений нет» where nobody has counted: that is not 0."""
    if number is None:
        return words("public.numbers.unknown")
    return words("public.numbers.few") if 0 < number < FEWEST else str(number)


@dataclass(frozen=True, slots=True)
class Group:
    """Categories shown together: how many persons of them there are, and how many are counted. `keys` empty: all others."""

    keys: tuple[str, ...]
    persons: int
    counted: int


def shown_groups(persons: Mapping[str, int], counted: Mapping[str, int]) -> Sequence[Group]:
    """The categories that may stand below their sum, the largest first, then all others as one; none where that cannot be.

    `persons` of a category are there, `counted` of them are told. The sum stands above, so whatever is left out could be worked
    out of it: the others together must be 20 persons too, else the smallest category that could be shown joins them. The counts
    are told exactly or not at all: with one «менее 5» among them the sum would give it away.
    """
    ordered = sorted(persons, key=lambda key: (-persons[key], key))
    kept = [key for key in ordered if persons[key] >= FEWEST_PERSONS]
    while kept and 0 < sum(persons[key] for key in ordered if key not in kept) < FEWEST_PERSONS:
        kept.pop()
    others = [key for key in ordered if key not in kept]
    groups = [Group((key,), persons[key], counted.get(key, 0)) for key in kept]
    if others:
        groups.append(Group((), sum(persons[key] for key in others), sum(counted.get(key, 0) for key in others)))
    return groups if len(groups) > 1 and not any(0 < group.counted < FEWEST for group in groups) else ()
