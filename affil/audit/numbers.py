"""Random numbers that stand for persons in the log, and whom they mean."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable

from affil.decisions.references import is_weak
from affil.store.store import Store

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, no 1, I and L: numbers are read from paper
SIGNS = 10
FORM = "P-[2-9A-HJKMNP-Z]{10}"


def person_number(store: Store, references: str | Iterable[str]) -> str:
    """The number of one person, as `person_numbers` gives it. `ValueError` where there is no reference at all."""
    [number] = person_numbers(store, [[references] if isinstance(references, str) else references])
    return number


def person_numbers(store: Store, persons: Iterable[Iterable[str]]) -> list[str]:
    """The number of each person known by these references (affil/decisions/references.py), drawn where he has none yet; kept.

    A person has one number whichever of his references he is met by: those not known yet are put beside the ones that are. A weak
    reference may meet a namesake, so it counts only where there is no strong one. `ValueError` where one has none at all.
    """
    every = [_told_by(references) for references in persons]
    if not all(every):
        raise ValueError("a person number needs a reference")
    asked = sorted({reference for known_by in every for reference in known_by})
    known: dict[str, str] = dict(
        store.sql(
            "SELECT person, min(number) FROM person_number WHERE person IN (SELECT unnest(?)) GROUP BY 1", [asked]
        ).fetchall()
    )
    fresh, taken, numbers = dict[str, str](), set[str](), list[str]()
    for known_by in every:
        found = [known[reference] for reference in known_by if reference in known]
        if not found and not taken:
            taken = _taken(store)
        numbers.append(min(found) if found else _drawn(taken))
        new = {reference: numbers[-1] for reference in known_by if reference not in known}
        known |= new
        fresh |= new
    store.append("person_number", [{"number": number, "person": reference} for reference, number in fresh.items()])
    return numbers


def numbers_of(store: Store, references: Collection[str]) -> list[str]:
    """The numbers these references have in the log, none where nobody looked: for who asks what was done with his data."""
    rows = store.sql(
        "SELECT DISTINCT number FROM person_number WHERE person IN (SELECT unnest(?)) ORDER BY 1", [sorted(references)]
    )
    return [str(number) for (number,) in rows.fetchall()]


def persons_of(store: Store, numbers: Collection[str]) -> dict[str, list[str]]:
    """The references behind numbers; a number whose person was purged is not among them."""
    rows = store.sql(
        "SELECT number, list_sort(list(person)) FROM person_number WHERE number IN (SELECT unnest(?)) GROUP BY 1 ORDER BY 1",
        [sorted(numbers)],
    )
    return {str(number): [str(one) for one in persons] for number, persons in rows.fetchall()}


def forget_numbers(store: Store, references: Collection[str]) -> list[str]:
    """Delete the rows of every number one of these references has, whatever else it was known by; the numbers come back.

    What the log says under them is nobody's after that. The transaction is the caller's.
    """
    gone = numbers_of(store, references)
    store.sql("DELETE FROM person_number WHERE number IN (SELECT unnest(?))", [gone])
    return gone


def _told_by(references: Iterable[str]) -> list[str]:
    every = sorted(set(references))
    return [one for one in every if not is_weak(one)] or every


def _taken(store: Store) -> set[str]:
    """Every number there is, in the log too: that of a purged person is not given to another."""
    rows = store.sql("SELECT number FROM person_number UNION SELECT unnest(regexp_extract_all(body, ?)) FROM audit", [FORM])
    return {str(number) for (number,) in rows.fetchall()} | {""}


def _drawn(taken: set[str]) -> str:
    """A number nobody has; from now on it is taken."""
    while (number := "P-" + "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))) in taken:
        pass
    taken.add(number)
    return number
