"""The participants of the procurement, and by what it is seen who stands behind each."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from affil.rules.parts import supplier_names, supplier_of
from affil.store.store import Store

Row = dict[str, Any]

_JOINT_STOCK = re.compile(r"(ПАО|АО|ОАО|ЗАО|НАО|НПАО)\b")


@dataclass(frozen=True, slots=True)
class Bidder:
    """A column of the matrix. `seen_by`: extract, application, self (a person stands behind himself), nothing.

    `disclosed`: what its application names: director, owners. `extract_on`, `first_extract_on`: the days of its
    newest and its oldest extract.
    """

    key: str
    inn: str | None
    name: str
    applied_on: dt.date | None
    seen_by: str
    disclosed: tuple[str, ...] = ()
    extract_on: dt.date | None = None
    first_extract_on: dt.date | None = None
    joint_stock: bool = False


def bidders_of(store: Store) -> list[Bidder]:
    """The bidders of `purchase`, which holds the bids of this procurement alone; by name and ИНН."""
    rows = store.rows(_BIDDERS)
    names = supplier_names(store, {row["supplier"] for row in rows})
    disclosed = dict(store.sql(_DISCLOSED).fetchall())
    found = [_bidder(row, names, tuple(disclosed.get(row["supplier"], ()))) for row in rows]
    return sorted(found, key=lambda bidder: (bidder.name, bidder.key))


def _bidder(row: Row, names: dict[str, str], disclosed: tuple[str, ...]) -> Bidder:
    party = supplier_of(row, names)
    person = row["supplier_kind"] == "person"
    seen_by = "self" if person else "extract" if row["company"] else "application" if disclosed else "nothing"
    joint_stock = not person and not row["company"] and _JOINT_STOCK.match(row["name_key"] or "") is not None
    return Bidder(
        party.key, party.inn, party.name, row["event_date"], seen_by, disclosed, row["extract_on"], row["first_on"], joint_stock
    )


_BIDDERS = """
    SELECT pu.supplier, pu.event_date, pu.supplier_kind, c.inn IS NOT NULL AS company, coalesce(c.extract_on, p.extract_on) AS extract_on, c.first_on,
           (SELECT min(participant_key) FROM participant_in_force b WHERE b.source_id = pu.source_id AND b.locator = pu.locator) AS name_key
    FROM purchase pu
    LEFT JOIN (SELECT inn, max(extract_date) AS extract_on, min(extract_date) AS first_on FROM company WHERE inn IS NOT NULL GROUP BY inn) c ON 'inn:' || c.inn = pu.supplier
    LEFT JOIN (SELECT inn, max(extract_date) AS extract_on FROM proprietor WHERE inn IS NOT NULL GROUP BY inn) p ON 'inn:' || p.inn = pu.supplier
    ORDER BY pu.supplier"""

_DISCLOSED = """
    SELECT coalesce('inn:' || d.participant_inn, f.party, 'firm:' || d.participant_key) AS supplier,
           list_sort(list(DISTINCT CASE d.kind WHEN 'owner' THEN 'owners' ELSE d.kind END))
    FROM participant_person_in_force d LEFT JOIN firm_party f ON f.firm_key = CASE WHEN d.participant_inn IS NULL THEN d.participant_key END
    WHERE d.basis IS NULL GROUP BY 1"""
