"""Whose kin a word means under a heading of both sides: «отец» under «Родители, родители супруга» may be either's father."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from affil.language.kin_words import KinWord, parse_relationship

_SPOUSES = "spouse."
_ONE_EACH = "parent"


def either_side(said: Sequence[str | None], heading: str | None) -> list[str | None]:
    """The kin words of a cell, those that may be of either side as both: «отец» as «отец, отец супруга(и)».

    A word without a side is the official's own kin only where the cell calls others the spouse's, and no second father or
    mother stands beside him.
    """
    headed = parse_relationship(heading) if heading else None
    both = {chain for chain in headed.chains if _SPOUSES + chain in headed.chains} if headed else set()
    if not both:
        return list(said)
    words = [parse_relationship(word) if word else None for word in said]
    told = any(word is not None and all(chain.startswith(_SPOUSES) for chain in word.chains) for word in words)
    parents = Counter(word.gender for word in words if word is not None and word.chains == (_ONE_EACH,))
    return [
        f"{text}, {text} супруга(и)" if text and word and _is_open(word, both, told, parents) else text
        for text, word in zip(said, words, strict=True)
    ]


def _is_open(word: KinWord, both: set[str], told: bool, parents: Counter[str | None]) -> bool:
    own = len(word.chains) == 1 and word.chains[0] in both
    return own and (not told or (word.chains[0] == _ONE_EACH and parents[word.gender] > 1))
