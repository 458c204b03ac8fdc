"""Whose commission an order or a list speaks of, where it names the customer without an ИНН."""

from __future__ import annotations

import re
from collections.abc import Iterator

from affil.language.companies import company_key
from affil.resolve.employers import by_hint, named_customers
from affil.store.store import Store

BY_NAME = "seat_customer_by_name"  # how the ИНН was found, an assumption every finding lists
_BRACKETS = re.compile(r"\(([^()]+)\)")


def find_seat_customers(store: Store) -> None:
    """Give seats whose source only names the customer his ИНН, where the loaded tables call exactly one organisation so.

    A sheet or a folder may be called after him (`customer_hint`) where nothing else tells whose commission it is. Found anew at
    every load; what was written is never changed.
    """
    store.sql("UPDATE commission_seat SET customer_inn = NULL, customer_by = NULL WHERE customer_by IS NOT NULL")
    unnamed = store.sql(
        "SELECT DISTINCT customer FROM commission_seat WHERE customer_inn IS NULL AND customer IS NOT NULL"
    ).fetchall()
    hints = store.sql(f"SELECT DISTINCT customer_hint FROM commission_seat WHERE {_ONLY_HINT}").fetchall()
    if not unnamed and not hints:
        return
    by_name = named_customers(store)
    for (customer,) in unnamed:
        inns = {by_name[key] for name in _names(customer) if (key := company_key(name)) in by_name}
        if len(inns) == 1:
            _set(store, "customer = ?", inns.pop(), customer)
    for (hint,) in hints:
        inn = next((inn for name in hint.split("|") if (inn := by_hint(name, by_name))), None)
        if inn:
            _set(store, f"{_ONLY_HINT} AND customer_hint = ?", inn, hint)


_ONLY_HINT = "customer_inn IS NULL AND customer IS NULL AND organizer_inn IS NULL AND procedure_number IS NULL AND customer_hint IS NOT NULL"


def _set(store: Store, condition: str, inn: str, told: str) -> None:
    store.sql(
        f"UPDATE commission_seat SET customer_inn = ?, customer_by = ? WHERE customer_inn IS NULL AND {condition}",
        [inn, BY_NAME, told],
    )


def _names(customer: str) -> Iterator[str]:
    """The heading of an order gives the full name, the short one in brackets behind it, or a founder's name above both."""
    yield customer
    yield _BRACKETS.sub(" ", customer)
    yield from _BRACKETS.findall(customer)
