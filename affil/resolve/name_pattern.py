"""Suppositions of kin: a person behind a supplier whose surname and patronymic are an official's, and whom no questionnaire names.

Most such pairs are chance, so each row says how many people of the region bear that surname, and that surname with that patronymic;
rules set how few there must be. The probability that the person is near kin is

    P = UNDECLARED / (UNDECLARED + max(bearers, OTHER_KIN))

where bearers are the expected people of the region with that surname and patronymic (of a father: that surname and given name). It
is judged, not fitted, and cannot reach one half: a pattern of names is for information.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from affil.language.fio import PersonName, is_initial
from affil.language.frequencies import NameFrequencies, population
from affil.language.identifiers import inn_region
from affil.language.kin_names import patronymic_fits, same_father
from affil.store.store import Store

Row = dict[str, Any]

UNDECLARED = 0.1
"""Near kin of that name who are left out of a questionnaire, a head: about one bears it, and one questionnaire in ten leaves him out."""
OTHER_KIN = 0.2
"""People of that name there are at least: bearers of a rare surname are one family, and cousins share patronymics too."""
ONE_FAMILY = 4
"""Loaded persons of one surname whom one family accounts for; only more of them show that the surname is common here."""
SIBLINGS_APART = 30
PARENT_OLDER = range(14, 66)

_COLUMNS = {
    "official_key": "VARCHAR", "person": "VARCHAR", "mention": "VARCHAR", "readings": "VARCHAR", "surname_bearers": "DOUBLE",
    "bearers": "DOUBLE", "probability": "DOUBLE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bearer:
    """What is compared of a person; names are comparable (upper case, ё as е)."""

    given: str | None
    patronymic: str | None
    gender: str | None
    birth_year: int | None = None


def readings(official: Bearer, person: Bearer) -> tuple[str, ...]:
    """What a person of the same surname can be to the official by given names, patronymics, gender and years: child, parent, sibling.

    Both must have a full given name. A patronymic comes from the father, so a mother and her children are never told by it.
    """
    if any(one.given is None or is_initial(one.given) for one in (official, person)):
        return ()
    return tuple(reading for reading in ("child", "parent", "sibling") if _fits(reading, official, person))


def _fits(reading: str, official: Bearer, person: Bearer) -> bool:
    older = None if official.birth_year is None or person.birth_year is None else official.birth_year - person.birth_year
    if reading == "sibling":
        named_alike = official.given == person.given
        near = older is None or abs(older) <= SIBLINGS_APART
        return not named_alike and near and same_father(official.patronymic, person.patronymic) is True
    father, child, gap = (
        (official, person, None if older is None else -older) if reading == "child" else (person, official, older)
    )
    old_enough = gap is None or gap in PARENT_OLDER
    return father.gender != "f" and old_enough and patronymic_fits(father.given, child.patronymic) is True


def pattern_pairs(store: Store) -> list[Row]:
    """Pairs of an official and a person behind a supplier of his customer whose names fit kin, with `readings`.

    Needs the temporary tables mention, party and kin, and those of near_names.sql.
    """
    store.script(Path(__file__).with_suffix(".sql"))
    rows = [{**row, "readings": _of_pair(row)} for row in store.rows(_PAIRS, {"one_family": ONE_FAMILY})]
    return [row for row in rows if row["readings"]]


_PAIRS = """
    SELECT pair.*, greatest(c.bearers - $one_family, 0) / c.loaded AS common FROM pattern_pair pair JOIN family_count c USING (family)
    ORDER BY ALL"""


def _of_pair(row: Row) -> tuple[str, ...]:
    official = Bearer(row["given"], row["patronymic"], row["gender"], row["birth_year"])
    person = Bearer(row["b_given"], row["b_patronymic"], row["b_gender"], row["b_birth_year"])
    found = readings(official, person)
    return tuple(reading for reading in found if reading != "parent" or not row["father_named"])


def make_name_pattern(store: Store, pairs: list[Row], frequencies: NameFrequencies, home_region: str | None) -> None:
    """Temporary table `name_pattern`: official_key, person (party), mention (a record that names him), readings, and how many people
    of the region are expected to bear the surname, and the name as far as it fits; the probability of near kin."""
    best: dict[tuple[str, str], tuple[object, ...]] = {}
    for row in pairs:
        best.setdefault((row["official_key"], row["person"]), _told(row, frequencies, home_region))
    store.temporary("name_pattern", _COLUMNS, [best[key] for key in sorted(best)])


def _told(row: Row, frequencies: NameFrequencies, home_region: str | None) -> tuple[object, ...]:
    """A row of the table. `common` is the share of the loaded persons who bear the surname: a list of names knows no village."""
    region = home_region if row["b_inn"] is None or inn_region(row["b_inn"]) == home_region else None
    listed = frequencies.share("surname", row["b_surname"], None)
    surname = population(region) * max(listed, row["common"])
    expected = sum(frequencies.expected_holders(name, region) for name in _patterns(row)) * max(1.0, row["common"] / listed)
    probability = UNDECLARED / (UNDECLARED + max(expected, OTHER_KIN))
    return row["official_key"], row["person"], row["mention"], "|".join(row["readings"]), surname, expected, probability


def _patterns(row: Row) -> Iterator[PersonName]:
    """The names that would have fitted: the surname with the patronymic, and of a father with the given name."""
    if {"child", "sibling"} & set(row["readings"]):
        yield PersonName(row["b_surname"], None, row["b_patronymic"], (), row["b_gender"])
    if "parent" in row["readings"]:
        yield PersonName(row["b_surname"], row["b_given"], None, (), row["b_gender"])
