"""The probability that a person somebody declared and a person of a registry are the same, from their names and what else is known.

The model. The declared person is one of the people who bear this name: himself and the expected others. Of all of them the registry shows
one, so before anything else is known each has the same chance, and agreeing facts multiply the chance of the declared one:

    P = w * L * t / (w * L * t + E + t * E_MIN)         E = expected other holders of the REGISTRY spelling, see frequencies.py

    w   where the ИНН of the registry was given. The declared person's home region: AT_HOME, E of that region. Another region: ELSEWHERE,
        E of the whole country (the chance that a local's ИНН is from elsewhere, spread over the country as its people are). ИНН unknown:
        AT_HOME, E of the home region and ELSEWHERE / AT_HOME of it more. Home unknown: AT_HOME, E of the country.
    L   product of the likelihood ratios of what agrees or disagrees (LIKELIHOOD, BIRTH_YEAR_…): how much oftener this is seen with the same person
        than with two people who share the name.
    t   a noisy channel for one misspelt part, 1 where the spelling agrees: the chance that the declared person stands in the registry with
        that spelling, t = e * q + (1 - e * q) * r * e * q / (d + r * e * q), that is: the registry misspelt him, or the declaration did and r is his
        true name. e = MISPRINT of a part; q = this misprint among all (LIKELY_SLIP for ы/и, о/а, doubled letters …, else OTHER_SLIP);
        r, d = bearers of the two spellings, d of an unlisted spelling UNLISTED (the lists miss 4 % of people, on millions of spellings).
        Two spellings that both are well-known names stay two names: surnames at most TWO_SURNAMES, given names and patronymics not at all.
    E_MIN   what the lists cannot see: families that keep together, names the lists count wrongly.

Holders of the registry spelling whom the loaded registry shows are at least that many: E + t * E_MIN is never taken below seen - 1.
The result is a probability (0 to 1); initials and names without patronymic below LEAST are no match. References: Fellegi and Sunter 1969 for the odds of agreement given the
same and given another person; the constants are judged from what is published about registries and typing, not fitted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Protocol

from rapidfuzz.distance import OSA

from affil.language.fio import PersonName, is_initial
from affil.language.identifiers import inn_region
from affil.language.phones import phone_numbers

AT_HOME = 1.0
ELSEWHERE = 0.2
E_MIN = 0.05
LEAST = 0.01
LIKELIHOOD = {"phone": 1000.0, "email": 1000.0, "employer": 100.0, "inn": 1_000_000.0}
"""How much oftener the fact agrees for one person than for two namesakes: one phone or mailbox in a thousand is shared with a namesake, one
employer in a hundred (in a district, one large employer)."""
BIRTH_YEAR_AGREES = 30.0
BIRTH_YEAR_DIFFERS = 0.02
PATRONYMIC_LEFT_OUT = 0.3
"""A registry leaves the patronymic out of foreigners' names mostly; against a declared patronymic that speaks for another person."""
MISPRINT = 0.03
LIKELY_SLIP = 0.15
OTHER_SLIP = 0.02
UNLISTED = 0.05
WELL_KNOWN = 10
RATHER_A_SLIP = 50
"""A patronymic borne fifty times less often than its neighbour one letter away is that neighbour misspelt: lists hold slips too."""
TWO_SURNAMES = 0.2
SHORTEST_MISSPELT = 4

_SLIPS = frozenset(
    frozenset(pair)
    for pair in (
        "ЫИ",
        "ОА",
        "ЕИ",
        "ЕЭ",
        "ЕЯ",
        "ИЙ",
        "ШЩ",
        "ДТ",
        "БП",
        "ВФ",
        "ГК",
        "ЗС",
        "ЖШ",
        "ЬЪ",
        "УЮ",
        "АЯ",
        "ЕЫ",
        "ОЕ",
        "ЦС",
        "ГХ",
        "ИЬ",
    )
)
_SILENT = frozenset("ЬЪЙТ-")
_PARTS = ("surname", "given", "patronymic")


class Frequencies(Protocol):
    """What the comparison asks of affil.language.frequencies.NameFrequencies."""

    def expected_holders(self, name: PersonName, region: str | None) -> float:
        """Expected other bearers of a name in a region."""

    def listed(self, part: str, word: str) -> float:
        """Bearers of a word in the lists."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one source shows him. `home_region` is the two digits of the region where he lives or serves; None = unknown."""

    name: PersonName
    inn: str | None = None
    birth_year: int | None = None
    home_region: str | None = None
    phone: str | None = None
    email: str | None = None
    employer_key: str | None = None
    birth_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What a comparison found. `facts` beside the name that agree ('phone', 'email', 'employer', 'birth_year', 'inn'), sorted.

    `grade` is 'C' for a full name with an agreeing fact, 'D' for the name alone, however rare (CONTRACT 4). `expected_holders` are the
    expected OTHER holders where the registry's ИНН was given; `seen_holders` the distinct holders in the loaded registry, this one included.
    """

    probability: float
    grade: str
    agreement: str
    facts: tuple[str, ...]
    expected_holders: float
    seen_holders: int


@dataclass(frozen=True, slots=True)
class _Agreement:
    """How two names agree: the kind, the name both vouch for (the registry's spelling), and the chance t of its spelling."""

    kind: str
    common: PersonName
    spelling: float = 1.0
    two_names: bool = False


def compare(declared: Person, registry: Person, frequencies: Frequencies, seen_holders: int) -> Match | None:
    """The match of a declared person with a person of the registry; None where they cannot be the same (probability below LEAST)."""
    if declared.inn and registry.inn and declared.inn != registry.inn:
        return None
    if born_apart(declared.birth_date, registry.birth_date):
        return None
    agreement = _agreement(declared.name, registry.name, frequencies)
    if agreement is None:
        return None
    facts = _agreeing_facts(declared, registry)
    weight, expected = _weight_and_expected(declared, registry, agreement.common, frequencies)
    odds_of_facts = _odds_of_facts(facts) * _odds_against(declared, registry)
    himself = weight * odds_of_facts * agreement.spelling
    others = max(expected + agreement.spelling * E_MIN, seen_holders - 1.0)
    probability = himself / (himself + others)
    if agreement.two_names and not facts:
        probability = min(probability, TWO_SURNAMES)
    if probability < LEAST and not _kept_however_low(agreement):
        return None
    grade = "C" if facts and declared.name.is_full and registry.name.is_full else "D"
    return Match(probability, grade, agreement.kind, facts, expected, seen_holders)


def born_apart(one: dt.date | None, other: dt.date | None) -> bool:
    """True where two dates of birth are two people's: more than one of day, month and year differs. One may be a slip, and day and
    month may have changed places."""
    if one is None or other is None or (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return False
    return (one.year != other.year) + (one.month != other.month) + (one.day != other.day) > 1


def _kept_however_low(agreement: _Agreement) -> bool:
    """A full name that agrees but for a slip of the pen stays a lead with its low probability (CONTRACT 4)."""
    return agreement.kind in ("exact", "former_surname", "typo")


def _weight_and_expected(declared: Person, registry: Person, name: PersonName, frequencies: Frequencies) -> tuple[float, float]:
    home = inn_region(declared.inn) if declared.inn else declared.home_region
    given_in = inn_region(registry.inn) if registry.inn else None
    if home is None:
        return AT_HOME, frequencies.expected_holders(name, None)
    if given_in is None:
        return AT_HOME, frequencies.expected_holders(name, home) * (1 + ELSEWHERE / AT_HOME)
    if given_in == home:
        return AT_HOME, frequencies.expected_holders(name, home)
    return ELSEWHERE, frequencies.expected_holders(name, None)


def _agreeing_facts(declared: Person, registry: Person) -> tuple[str, ...]:
    pairs = {
        "birth_year": (declared.birth_year, registry.birth_year),
        "email": (declared.email, registry.email),
        "employer": (declared.employer_key, registry.employer_key),
        "inn": (declared.inn, registry.inn),
    }
    agreeing = [fact for fact, (one, other) in pairs.items() if one is not None and one == other]
    if set(phone_numbers(declared.phone or "")) & set(phone_numbers(registry.phone or "")):
        agreeing.append("phone")
    return tuple(sorted(agreeing))


def _odds_of_facts(facts: tuple[str, ...]) -> float:
    odds = 1.0
    for fact in facts:
        odds *= LIKELIHOOD.get(fact, BIRTH_YEAR_AGREES)
    return odds


def _odds_against(declared: Person, registry: Person) -> float:
    odds = 1.0
    if declared.birth_year and registry.birth_year and declared.birth_year != registry.birth_year:
        odds *= BIRTH_YEAR_DIFFERS
    if declared.name.patronymic and not registry.name.patronymic:
        odds *= PATRONYMIC_LEFT_OUT
    return odds


def _agreement(declared: PersonName, registry: PersonName, frequencies: Frequencies) -> _Agreement | None:
    if not (declared.surname and registry.surname and declared.given and registry.given):
        return None
    if declared.gender and registry.gender and declared.gender != registry.gender:
        return None
    differing = [part for part in _PARTS if not _compatible(getattr(declared, part), getattr(registry, part))]
    common = _common(declared, registry)
    if not differing:
        return _Agreement(_kind(declared, registry), common)
    if differing == ["surname"] and _shared_surnames(declared, registry):
        return _Agreement("former_surname", common)
    return _misspelt(declared, registry, differing[0], common, frequencies) if len(differing) == 1 else None


def _shared_surnames(declared: PersonName, registry: PersonName) -> bool:
    return bool({declared.surname, *declared.former_surnames} & {registry.surname, *registry.former_surnames})


def _compatible(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return True
    return (is_initial(one) or is_initial(other)) and one[0] == other[0]


def _common(declared: PersonName, registry: PersonName) -> PersonName:
    """What both names say, in the registry's spelling: an initial or nothing where one of them says no more."""
    given = _less(declared.given, registry.given)
    patronymic = _less(declared.patronymic, registry.patronymic)
    return replace(registry, given=given, patronymic=patronymic, gender=registry.gender or declared.gender, former_surnames=())


def _less(declared: str | None, registry: str | None) -> str | None:
    if declared is None or registry is None:
        return None
    return declared if is_initial(declared) else registry


def _kind(declared: PersonName, registry: PersonName) -> str:
    if any(is_initial(part) for name in (declared, registry) for part in (name.given, name.patronymic) if part):
        return "initials"
    return "exact" if declared.patronymic and registry.patronymic else "no_patronymic"


def _misspelt(
    declared: PersonName, registry: PersonName, part: str, common: PersonName, frequencies: Frequencies
) -> _Agreement | None:
    written, shown = str(getattr(declared, part)), str(getattr(registry, part))
    if min(len(written), len(shown)) < SHORTEST_MISSPELT or OSA.distance(written, shown, score_cutoff=1) != 1:
        return None
    bearers_written, bearers_shown = frequencies.listed(part, written), frequencies.listed(part, shown)
    rarer, commoner = sorted((bearers_written, bearers_shown))
    two_names = rarer >= WELL_KNOWN
    slip_of_father = part == "patronymic" and rarer * RATHER_A_SLIP <= commoner
    if two_names and part != "surname" and not slip_of_father:
        return None
    slip = MISPRINT * (LIKELY_SLIP if is_likely_slip(written, shown) else OTHER_SLIP)
    meant = max(bearers_shown, UNLISTED) * slip
    declaration_wrong = meant / (max(bearers_written, UNLISTED) + meant)
    return _Agreement("typo", common, slip + (1 - slip) * declaration_wrong, two_names)


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
