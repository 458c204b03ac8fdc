"""What a word of kinship in a cell means under the heading of its column."""

from __future__ import annotations

from functools import lru_cache

from affil.ingest.vocabulary.kin_layouts import kin_layouts
from affil.language.kin_words import KinWord, parse_relationship


@lru_cache(maxsize=16_384)
def under_heading(word: str | None, heading: str | None) -> str | None:
    """The words of kinship for a person under a heading; None where cell and heading do not agree or neither says.

    «мать» under «Родители супруга(и)» is the spouse's mother; «пасынок» under «Дети» is one, «брат» is not.
    """
    if word is None or heading is None:
        return word or heading
    said, headed = parse_relationship(word), parse_relationship(heading)
    if said is None or headed is None:
        return None
    if set(said.chains) & set(headed.chains):
        return _narrowed(word, said, heading, headed)
    if len(said.chains) == 1 and "." in said.chains[0] and all("." not in chain for chain in headed.chains):
        return word  # «внук», «жена брата»: no word of a narrower circle that could be a slip
    for chain in headed.chains:
        before, _, last = chain.rpartition(".")
        if before in kin_layouts().behind and last in said.chains:
            whole = f"{word} {kin_layouts().behind[before]}"
            both = parse_relationship(whole)
            return whole if both is not None and chain in both.chains else heading
        if set(said.chains) & kin_layouts().also_in.get(chain, frozenset()):
            return word
    return None


def _narrowed(word: str, said: KinWord, heading: str, headed: KinWord) -> str:
    """«невестка» under «Супруги детей» is the son's wife and nobody else's."""
    if set(said.chains) <= set(headed.chains):
        return word
    whole = f"{word} ({heading})"
    both = parse_relationship(whole)
    return whole if both is not None and set(both.chains) <= set(headed.chains) else heading
