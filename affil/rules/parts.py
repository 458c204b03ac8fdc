"""Parts of findings made of rows of the derived tables: official, supplier, contract, procedure, names; and their stable keys."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from affil.model.finding import Contract, Employee, OtherParty, Party, Procedure
from affil.store.store import Store

Row = dict[str, Any]


def digest(*parts: str) -> str:
    """Twelve hex digits that depend on the parts alone."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def employee_of(person: Row, role: str | None) -> Employee:
    """The official in one post, with the role he has in the purchase."""
    return Employee(
        key=person["official_key"], employee_id=person["employee_id"], employer_inn=person["employer_inn"], employer=person["employer"],
        name=person["name"], inn=person["inn"], status=person["status"], procurement_role=role or person["procurement_role"],
        position=person["position"], department=person["department"],
    )  # fmt: skip


def supplier_of(purchase: Row, names: dict[str, str]) -> Party:
    """The supplier or bidder of a purchase."""
    party = purchase["supplier"]
    inn = party.removeprefix("inn:") if party.startswith("inn:") else None
    return Party(inn or party, inn, names[party])


def contract_of(purchase: Row) -> Contract | None:
    """The contract of an award; None for a bid."""
    if purchase["event"] != "award":
        return None
    return Contract(
        purchase["contract_number"], purchase["event_date"], purchase["customer_inn"], purchase["customer"], purchase["price"], purchase["ground"],
        purchase["method"], purchase["organizer_inn"], purchase["procedure_number"], purchase["national_project"], purchase["subject"],
    )  # fmt: skip


def procedure_of(purchase: Row) -> Procedure | None:
    """The procedure of a bid; None for an award."""
    if purchase["event"] != "bid":
        return None
    return Procedure(purchase["procedure_number"], purchase["event_date"], purchase["customer_inn"], purchase["won"])


def customer_party(purchase: Row) -> OtherParty:
    """The customer of a purchase, as the other end of a finding about suppliers alone."""
    inn = purchase["customer_inn"]
    return OtherParty(inn or purchase["customer"] or "", "organisation", purchase["customer"] or inn or "", inn)


def supplier_names(store: Store, parties: Collection[str]) -> dict[str, str]:
    """A name for each of these suppliers and companies that has one: the registry's, else the one in its contracts and bids."""
    store.temporary("party_named", {"party": "VARCHAR"}, [(party,) for party in sorted(parties)])
    rows = store.sql("""
        SELECT supplier, min(coalesce(nullif(supplier_name, ''), nullif(supplier_inn, ''), supplier)) FROM purchase
        SEMI JOIN party_named ON party = supplier GROUP BY 1
        UNION ALL
        SELECT 'inn:' || inn, arg_max(coalesce(short_name, full_name), (extract_date, source_id)) FROM company
        SEMI JOIN party_named ON party = 'inn:' || inn
        WHERE coalesce(short_name, full_name) IS NOT NULL GROUP BY inn""").fetchall()
    return dict(rows)


def customer_names(store: Store) -> dict[str, str]:
    """A name for every customer's ИНН: as contracts write it, else as officials' rows, the officer's list or the registry do."""
    rows = store.sql("""
        SELECT inn, arg_min(name, (rank, name)) FROM (
            SELECT customer_inn AS inn, customer AS name, 1 AS rank FROM contract_in_force
            UNION ALL SELECT employer_inn, employer, 2 FROM official_in_force
            UNION ALL SELECT inn, name, 3 FROM institution_in_force
            UNION ALL SELECT inn, coalesce(short_name, full_name), 4 FROM company WHERE inn IN (SELECT customer_inn FROM purchase))
        WHERE inn IS NOT NULL AND name IS NOT NULL GROUP BY inn""").fetchall()
    return {str(inn): str(name) for inn, name in rows}
