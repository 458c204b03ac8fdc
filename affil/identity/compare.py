"""Persons compared two by two: what tests, an analyst's notebook and `affil match` ask of the model for a few pairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from affil.identity.posterior import make_likeness
from affil.identity.weigh import weigh
from affil.language.fio import PersonName
from affil.language.frequencies import NameFrequencies
from affil.store.store import Store


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one source shows him. `home_region`: two digits of the region where he lives or serves; None = unknown. Contacts and
    employers are comparable texts (affil/language/phones.py and its like)."""

    name: PersonName
    inn: str | None = None
    birth_date: dt.date | None = None
    birth_year: int | None = None
    home_region: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    flats: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a comparison found: the probability (0 to 1) that the two are one person; `grade` C or D (CONTRACT 4); how the names agree; the
    facts beside the name that agree, sorted; the expected other holders of the name in the home region (persons)."""

    probability: float
    grade: str
    agreement: str
    facts: tuple[str, ...]
    expected: float


_SIDE = {
    "surname": "VARCHAR", "given": "VARCHAR", "patronymic": "VARCHAR", "former": "VARCHAR[]", "gender": "VARCHAR", "inn": "VARCHAR",
    "birth_date": "DATE", "birth_year": "INTEGER", "home_region": "VARCHAR", "phones": "VARCHAR[]", "emails": "VARCHAR[]", "flats": "VARCHAR[]",
    "employers": "VARCHAR[]",
}  # fmt: skip


def compare_all(
    pairs: Sequence[tuple[Person, Person]], seen: Sequence[int] | None = None, frequencies: NameFrequencies | None = None
) -> list[Likeness | None]:
    """The likeness of each pair by itself, in a registry that shows nobody else; None where the two cannot be one person.

    `seen`: how many persons of the registry bear the other's full name, he included. `frequencies`: of the lists, None reads them.
    """
    counts = seen or [1] * len(pairs)
    columns = {"pair_id": "BIGINT", "declared": "VARCHAR", "behind": "VARCHAR", "seen": "INTEGER", "father_fits": "BOOLEAN"}
    columns |= {f"{side}{name}": kind for side in ("", "b_") for name, kind in _SIDE.items()}
    with Store.scratch() as store:
        rows = [(place, str(place), str(place), counts[place], None, *_side(a), *_side(b)) for place, (a, b) in enumerate(pairs)]
        store.temporary("pair", columns, rows)
        people = dict.fromkeys(("surname", "given", "patronymic", "gender", "region"), "VARCHAR")
        store.temporary("holder", people, [])
        store.temporary("family_of", {"declared": "VARCHAR", "family": "VARCHAR"}, [])
        store.temporary("standing_in", {"behind": "VARCHAR", "company": "VARCHAR"}, [])
        weigh(store, frequencies)
        make_likeness(store)
        found = {
            row["pair_id"]: Likeness(row["probability"], row["grade"], row["agreement"], tuple(row["facts"]), row["expected"])
            for row in store.rows("SELECT pair_id, probability, grade, agreement, facts, expected FROM likeness")
        }
    return [found.get(place) for place in range(len(pairs))]


def _side(person: Person) -> tuple[object, ...]:
    name = person.name
    return (
        name.surname, name.given, name.patronymic, list(name.former_surnames), name.gender, person.inn, person.birth_date, person.birth_year,
        person.home_region, list(person.phones), list(person.emails), list(person.flats), list(person.employers),
    )  # fmt: skip
