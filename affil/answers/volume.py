"""How much was compared: people, contracts, money, extracts, and which customers handed in their lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from affil.model.run import Customer, Money, Volume
from affil.store.store import Store

# 44-ФЗ ст. 93 ч. 1 п. 4 and 5: small purchases from a single supplier, which reports count apart (OFFICER 3.2, 3.6).
SMALL = re.compile(r"\bп\.?\s*[45]\b(?!\s*ч\.?\s*(?!1\b)\d)", re.IGNORECASE)
NO_PROJECT = re.compile(r"\s*(нет|не относится|no|-|—|)\s*", re.IGNORECASE)


def volume(store: Store, own_customers: Sequence[str]) -> Volume:
    """Counts over the purchases of the run (table `purchase`) and over the records in force.

    `own_customers`: ИНН of the settings. A customer is expected to hand in a list where the settings, an official's place of work
    or the list of institutions names it.
    """
    bought = store.rows("""
        SELECT coalesce(customer_inn, '') AS customer, price, ground, national_project FROM purchase
        WHERE event = 'award' AND role = 'winner' ORDER BY purchase""")
    sums = _one(store, Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    return Volume(
        **{key: sums[key] for key in ("relatives", "members", "unlinked_members", "suppliers", "participants", "procedures")},
        all=_money(bought),
        national=_money([row for row in bought if is_national(row["national_project"])]),
        small=_money([row for row in bought if SMALL.search(row["ground"] or "")]),
        customers=_customers(store, bought, own_customers),
        companies=sums["companies"], proprietors=sums["proprietors"], extracts=(sums["oldest"], sums["newest"]),
        searches=sums["searches"],
    )  # fmt: skip


def is_national(project: str | None) -> bool:
    """True where a row names a national project, and not that there is none."""
    return not NO_PROJECT.fullmatch(project or "")


def _one(store: Store, statement: str) -> dict[str, Any]:
    return store.rows(statement)[0]


def _money(rows: Sequence[dict[str, Any]]) -> Money:
    priced = [row["price"] for row in rows if row["price"] is not None]
    return Money(len(rows), sum(priced, Money().price), len(rows) - len(priced))


def _customers(store: Store, bought: Sequence[dict[str, Any]], own: Sequence[str]) -> tuple[Customer, ...]:
    """Those expected to hand in a list, by name, with the number of contracts loaded."""
    rows = store.sql("""
        SELECT inn, min(name) FROM (
            SELECT employer_inn AS inn, employer AS name FROM official_in_force
            UNION ALL SELECT inn, name FROM institution_in_force
            UNION ALL SELECT customer_inn, customer FROM contract_in_force
            UNION ALL SELECT unnest(CAST(? AS VARCHAR[])), NULL)
        WHERE inn IS NOT NULL GROUP BY inn""", [list(own)]).fetchall()  # fmt: skip
    handed = {row["customer"]: 0 for row in bought}
    for row in bought:
        handed[row["customer"]] += 1
    known = [Customer(inn, name, handed.get(inn, 0)) for inn, name in rows]
    return tuple(sorted(known, key=lambda one: (one.name or "", one.inn)))
