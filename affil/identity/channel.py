"""How likely one word of a name is written instead of another: misprints as a noisy channel, forms and spellings of one name.

A misprint is worth what the two words make of it. Let s be the chance of just this slip, and p, q the shares of the people who
bear the two words. Of one person the two are seen with p * s + q * s (either side may be the misspelt one). Of two persons the first is
seen with p + q * s, for it may be the other's name misspelt, the second with q + p * s. So the evidence is

    s * (p + q) / ((p + q * s) * (q + p * s))

the same whichever side is asked first. Against a spelling nobody bears a slip is nearly as good as equality; between two well-known
surnames it is worth little.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from affil.identity.weights import weights
from affil.language.fio import is_initial
from affil.language.fio_fold import fold_russian, sound
from affil.language.fio_given import unmarked_patronymics
from affil.language.fio_same import same_given
from affil.language.fio_words import COMMON_GIVEN

SHORTEST_MISSPELT = 4
WELL_KNOWN = 10
RATHER_A_SLIP = {"patronymic": 50, "given": 1000}
"""A patronymic borne fifty times less often than its neighbour one letter away is that neighbour misspelt: lists hold slips too. Given names
are fewer and nearer to each other (Алена is borne seventy times less often than Елена), so it takes more."""

_ALIKE = "ЫИ ОА ЕИ ЕЭ ЕЯ ИЙ ШЩ ДТ БП ВФ ГК ЗС ЖШ ЬЪ УЮ АЯ ЕЫ ОЕ ЦС ГХ ИЬ"
_SLIPS = frozenset(frozenset(pair) for pair in _ALIKE.split())
_SILENT = frozenset("ЬЪЙТ-")


@dataclass(frozen=True, slots=True)
class Slip:
    """What makes one word of another: `kind` is 'typo' or 'variant', `chance` (0 to 1) how likely just this is, and whether both are
    names in their own right."""

    kind: str
    chance: float
    two_names: bool = False

    def ratio(self, share: float, other_share: float) -> float:
        """How many times oftener the two words are seen of one person than of two, where so large shares of the people bear them."""
        made, other = share + other_share * self.chance, other_share + share * self.chance
        return self.chance * (share + other_share) / (made * other)


@cache
def slip(part: str, one: str, other: str, listed: float, other_listed: float) -> Slip | None:
    """What makes `one` of `other`, two different comparable words of `part`; None where they are two names.

    `listed` and `other_listed` are the bearers the lists of names show for each.
    """
    if is_initial(one) or is_initial(other):
        return None
    if is_variant(part, one, other):
        return Slip("variant", weights()["variant_surname" if part == "surname" else "variant"])
    rarer, commoner = sorted((listed, other_listed))
    # «Нин» is no name and «Нина» is; «Кан» and «Кин» are two.
    shortest = SHORTEST_MISSPELT - 1 if rarer == 0 and commoner >= WELL_KNOWN and part == "given" else SHORTEST_MISSPELT
    if min(len(one), len(other)) < shortest:
        return None
    if (
        part == "patronymic"
    ):  # «Дмитриевич» is kept as «Дмитрьевич», and its slips are not (one_spelling of affil/language/fio.py)
        one, other = one.replace("Ь", "И"), other.replace("Ь", "И")
    if OSA.distance(one, other, score_cutoff=1) != 1:
        # Two languages carried over a name that no list has, each as it hears it.
        heard = rarer < WELL_KNOWN and sound(one) == sound(other)
        return Slip("variant", weights()["misprint"] * weights()["likely_slip"]) if heard else None
    two_names = rarer >= WELL_KNOWN
    if two_names and part != "surname" and (rarer * RATHER_A_SLIP[part] > commoner or {one, other} <= COMMON_GIVEN):
        return None
    kind = "likely_slip" if is_likely_slip(one, other) else "other_slip"
    return Slip("typo", weights()["misprint"] * weights()[kind], two_names and part == "surname")


def is_variant(part: str, one: str, other: str) -> bool:
    """True for two forms of one name that documents of one person may have: «Наталия» and «Наталья», a name carried over from another
    alphabet by another rule."""
    if part == "given":
        return same_given(one, other)
    if part == "patronymic":
        one, other = (unmarked_patronymics().get(word, word) for word in (one, other))
    return fold_russian(one) == fold_russian(other)


def is_likely_slip(one: str, other: str) -> bool:
    """True where the one difference of two spellings is a common slip: letters that sound alike, doubled, silent or swapped."""
    start = next(
        (place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other))
    )
    if len(one) == len(other):
        swapped = one[start : start + 2] == other[start : start + 2][::-1]
        return swapped or frozenset((one[start], other[start])) in _SLIPS
    longer = max(one, other, key=len)
    return longer[start] in _SILENT or longer[start] in longer[max(start - 1, 0) : start] + longer[start + 1 : start + 2]
