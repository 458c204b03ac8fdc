"""Whose commission an order speaks of, where its heading names the customer without an ИНН."""

from __future__ import annotations

import re
from collections.abc import Iterator

from affil.language.companies import company_key
from affil.resolve.employers import named_customers
from affil.store.store import Store

BY_NAME = "seat_customer_by_name"  # how the ИНН was found, an assumption every finding lists
_BRACKETS = re.compile(r"\(([^()]+)\)")


def find_seat_customers(store: Store) -> None:
    """Give seats whose source only names the customer his ИНН, where the loaded tables call exactly one organisation so.

    Found anew at every load; what was written is never changed.
    """
    store.sql("UPDATE commission_seat SET customer_inn = NULL, customer_by = NULL WHERE customer_by IS NOT NULL")
    unnamed = store.sql(
        "SELECT DISTINCT customer FROM commission_seat WHERE customer_inn IS NULL AND customer IS NOT NULL"
    ).fetchall()
    if not unnamed:
        return
    by_name = named_customers(store)
    for (customer,) in unnamed:
        inns = {by_name[key] for name in _names(customer) if (key := company_key(name)) in by_name}
        if len(inns) == 1:
            store.sql(
                "UPDATE commission_seat SET customer_inn = ?, customer_by = ? WHERE customer_inn IS NULL AND customer = ?",
                [inns.pop(), BY_NAME, customer],
            )


def _names(customer: str) -> Iterator[str]:
    """The heading of an order gives the full name, the short one in brackets behind it, or a founder's name above both."""
    yield customer
    yield _BRACKETS.sub(" ", customer)
    yield from _BRACKETS.findall(customer)
