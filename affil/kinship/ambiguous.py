"""Which meaning an ambiguous word of kinship has, where the rest of the same questionnaire decides it.

«Зять» is the daughter's husband, the sister's or the husband's sister's; «невестка» the wife of the son, of the brother or of
the wife's brother. Each meaning needs a middle person: a daughter, a sister. In this order the data decide:

1. A meaning whose group of kin was declared and holds nobody who fits is out; so is what the speaker would call otherwise
   (a man calls his wife's sister's husband «свояк»). A spouse's kin is out where the questionnaire says there is no spouse.
2. The far meaning (by the spouse's brother or sister) is out as soon as a near one has its middle person.
3. A middle woman who took the relative's surname in marriage decides for her.
4. Ages decide where of two meanings only one leaves a couple of ordinary ages, or an undeclared group could hardly be meant.

What is left undecided keeps every meaning (CONTRACT 4). Nothing is decided by a missing row alone: a group that was not
declared leaves its meaning open. Where every meaning falls out, the data contradict themselves and all meanings stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from affil.kinship.chains import without_marks
from affil.language.kin_names import family, same_father

YOUNGEST_MARRIED = 16  # Family Code art. 13: marriage from 18, with permission from 16
ORDINARY_GAP = 15  # years between husband and wife; nothing is out for a greater one alone
WIDE_GAP = 25  # a couple of so different ages is left only where nobody else could be meant
GENERATION = 20  # years by which a child's spouse is younger than the official, where only ages speak
SAME_GENERATION = 10  # a sister's husband is at most this much younger, where only ages speak
_FAR = "spouse.sibling.spouse"
_FIRST_WIFE = frozenset(("spouse", "spouse(former)"))


@dataclass(frozen=True, slots=True)
class Declared:
    """One row of a questionnaire: `chains` are the readings of its kin word, `fact` as in the store (person, none, deceased)."""

    chains: tuple[str, ...]
    fact: str
    gender: str | None = None
    surname: str | None = None
    former_surnames: tuple[str, ...] = ()
    patronymic: str | None = None
    birth_year: int | None = None
    questionnaire_date: dt.date | None = None
    person: str = ""  # the party, to tell one person from another


@dataclass(frozen=True, slots=True)
class Speaker:
    """The official whose words they are."""

    gender: str | None = None
    surname: str | None = None
    birth_year: int | None = None


def decided(row: Declared, others: Sequence[Declared], speaker: Speaker) -> tuple[str, ...]:
    """The readings of `row` that the questionnaire (`others`: its other rows) leaves, in their order; never none."""
    if len(row.chains) < 2:
        return row.chains
    if frozenset(row.chains) == _FIRST_WIFE:
        return _first_marriage(row, others)
    fits = {chain: _middle(chain, row, others) for chain in row.chains}
    left = [chain for chain in row.chains if not _is_out(chain, row, others, fits[chain], speaker)]
    if any(fits[chain] for chain in left if chain != _FAR):
        left = [chain for chain in left if chain != _FAR]
    if len(left) > 1:
        left = _by_surname(row, left, fits, speaker) or _by_age(row, left, fits, others, speaker) or left
    return tuple(left) or row.chains


def _first_marriage(row: Declared, others: Sequence[Declared]) -> tuple[str, ...]:
    """«Первая жена» is a former one where there is another wife now, or none."""
    now = [one for one in others if one.chains == ("spouse",)]
    married = any(one.fact == "person" and one.person != row.person for one in now)
    return ("spouse(former)",) if married or any(one.fact == "none" for one in now) else row.chains


def _group(chain: str, others: Sequence[Declared]) -> list[Declared]:
    """The rows that surely speak of this kin, half and adopted kin with it."""
    return [one for one in others if len(one.chains) == 1 and without_marks(one.chains[0], "half", "adopted") == chain]


def _prefix(chain: str) -> str:
    """The kin a reading goes by: `child` of `child.spouse`, `spouse` of `spouse.sibling`."""
    return chain.rpartition(".")[0]


def _middle(chain: str, row: Declared, others: Sequence[Declared]) -> list[Declared]:
    """The declared persons by whom the relative can be what `chain` says."""
    living = [one for one in _group(_prefix(chain), others) if one.fact != "none" and one.person != row.person]
    if chain.endswith(".spouse"):
        return [one for one in living if not _same(one.gender, row.gender) and not _is_child(one, row)]
    if chain == "spouse.sibling":
        return [one for one in living if same_father(one.patronymic, row.patronymic) and _one_family(one, row)]
    return living


def _is_out(chain: str, row: Declared, others: Sequence[Declared], fits: list[Declared], speaker: Speaker) -> bool:
    if chain == _FAR and "child.spouse" in row.chains and row.gender == speaker.gender == "m":
        return True
    if chain.startswith("spouse.") and any(one.fact == "none" for one in _group("spouse", others)):
        return True
    return chain.endswith(".spouse") and bool(_group(_prefix(chain), others)) and not fits


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _is_child(one: Declared, row: Declared) -> bool:
    """Whether the person was too young to be married when the questionnaire was filled in."""
    day = row.questionnaire_date
    return day is not None and one.birth_year is not None and day.year - one.birth_year < YOUNGEST_MARRIED


def _one_family(one: Declared, row: Declared) -> bool:
    return family(row.surname) in {family(name) for name in (one.surname, *one.former_surnames)}


def _by_surname(row: Declared, left: list[str], fits: dict[str, list[Declared]], speaker: Speaker) -> list[str]:
    """The reading whose middle woman bears the relative's surname, which is not the one she was born with."""
    if row.gender != "m" or not row.surname or family(row.surname) == family(speaker.surname):
        return [chain for chain in left if chain == "spouse.sibling" and fits[chain]]
    took = [chain for chain in left if chain.endswith(".spouse") and any(_took(one, row) for one in fits[chain])]
    born = [chain for chain in left if chain == "spouse.sibling" and fits[chain]]
    return took + born if len(took + born) == 1 else []


def _took(one: Declared, row: Declared) -> bool:
    same = family(one.surname) == family(row.surname)
    return same and family(row.surname) not in {family(name) for name in one.former_surnames}


def _by_age(
    row: Declared, left: list[str], fits: dict[str, list[Declared]], others: Sequence[Declared], speaker: Speaker
) -> list[str]:
    ordinary = [chain for chain in left if any(_gap(one, row, 0, ORDINARY_GAP) for one in fits[chain])]
    if len(ordinary) != 1 or frozenset(left) != {"child.spouse", "sibling.spouse"}:
        return []
    (other,) = (chain for chain in left if chain != ordinary[0])
    if fits[other]:
        return ordinary if all(_gap(one, row, WIDE_GAP, 1000) for one in fits[other]) else []
    younger = row.birth_year - speaker.birth_year if row.birth_year and speaker.birth_year else None
    if younger is None or _group(_prefix(other), others):
        return []
    return ordinary if (younger >= GENERATION if ordinary == ["child.spouse"] else younger <= SAME_GENERATION) else []


def _gap(one: Declared, other: Declared, least: int, most: int) -> bool:
    """Whether both years of birth are known and lie so far apart."""
    if one.birth_year is None or other.birth_year is None:
        return False
    return least <= abs(one.birth_year - other.birth_year) <= most
