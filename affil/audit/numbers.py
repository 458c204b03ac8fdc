"""Random numbers that stand for persons in the log, and whom they mean."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable

from affil.decisions.references import is_weak
from affil.store.store import Store

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, no 1, I and L: numbers are read from paper
SIGNS = 10


def person_number(store: Store, references: str | Iterable[str]) -> str:
    """The number of the person known by these references (affil/decisions/references.py), drawn where he has none yet; kept.

    A person has one number whichever of his references he is met by: those not known yet are put beside the ones that are. A weak
    reference may meet a namesake, so it counts only where there is no strong one. `ValueError` where there is none at all.
    """
    known_by = _told_by([references] if isinstance(references, str) else references)
    if not known_by:
        raise ValueError("a person number needs a reference")
    found = dict(
        store.sql(
            "SELECT person, min(number) FROM person_number WHERE person IN (SELECT unnest(?)) GROUP BY 1", [known_by]
        ).fetchall()
    )
    number = min(found.values()) if found else _drawn(store)
    for reference in known_by:
        if reference not in found:
            store.sql("INSERT INTO person_number VALUES (?, ?)", [number, reference])
    return str(number)


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


def _drawn(store: Store) -> str:
    """A number nobody has, none in the log either: that of a purged person is not given to another."""
    while True:
        number = "P-" + "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
        taken = store.sql(
            "SELECT 1 FROM person_number WHERE number = ? UNION ALL SELECT 1 FROM audit WHERE contains(body, ?) LIMIT 1",
            [number, number],
        ).fetchone()
        if taken is None:
            return number
