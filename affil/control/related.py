"""Organisations that have something in common with a supplier: a director, an owner, an address, a phone, an e-mail."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from affil.control.contacts import MOST_ORGANISATIONS, Contact, Hub, fits, loose
from affil.store.store import Store

Row = dict[str, Any]

MOST_HELD = 20  # who stands in more organisations is a liquidator, a managing company or a nominee: he joins none of them
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Relation:
    """`one` and `other` (a supplier) have `holder` in common, or one holds the other; `evidence`: the record at either end.

    `link` is one of hops.Link. Dates are those of the tie that began last; None is unknown or open.
    """

    one: str
    other: str
    link: str
    holder: str
    evidence: tuple[str, ...]
    since: dt.date | None = None


def make_related(store: Store, contacts: list[Contact]) -> tuple[list[Relation], list[Hub]]:
    """Temporary table `related` (related_id is the place in the list), and what too many have in common to say anything.

    What a public body owns joins nobody: half of a town is its. Needs the temporary table joint_stock.
    """
    store.sql(_PUBLIC)
    suppliers = {str(row[0]) for row in store.sql("SELECT DISTINCT supplier FROM purchase").fetchall()}
    held, hubs = _held(store, suppliers)
    shared, contact_hubs = _shared(contacts, suppliers)
    found = sorted({*held, *shared}, key=lambda r: (r.one, r.other, r.link, r.holder, r.evidence))
    columns = {
        "related_id": "INTEGER", "one": "VARCHAR", "other": "VARCHAR", "link": "VARCHAR", "holder": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE",
    }  # fmt: skip
    store.temporary("related", columns, [(i, r.one, r.other, r.link, r.holder, r.since, None) for i, r in enumerate(found)])
    return found, [*hubs, *contact_hubs]


# Public bodies (ОКОПФ 75xxx) that extracts name as owners among organisations; where no extract of one is loaded, who buys for
# itself or employs the officials is taken for one.
_PUBLIC = """
    CREATE OR REPLACE TEMPORARY TABLE public_body AS
    WITH form AS (SELECT inn, arg_max(legal_form_code, extract_date) AS code FROM company WHERE inn IS NOT NULL GROUP BY inn)
    SELECT 'inn:' || inn AS party FROM form WHERE starts_with(code, '75')
    UNION
    SELECT 'inn:' || inn FROM (
        SELECT customer_inn AS inn FROM purchase UNION SELECT employer_inn FROM official_in_force)
    WHERE inn IS NOT NULL AND inn NOT IN (SELECT inn FROM form WHERE code IS NOT NULL)"""

_HELD = """
    WITH newest AS (
        SELECT t.* FROM registry_tie t JOIN (SELECT company_inn, max(extract_date) AS day FROM registry_tie GROUP BY 1) n
          ON n.company_inn = t.company_inn AND n.day IS NOT DISTINCT FROM t.extract_date
        WHERE NOT coalesce(t.restricted, false)),
    held AS (
        SELECT 'inn:' || n.company_inn AS organisation, coalesce(p.party, 'inn:' || n.holder_inn) AS holder, n.kind, n.holder_kind,
               CASE WHEN n.kind = 'owner' AND n.company_inn IN (SELECT inn FROM joint_stock) THEN NULL ELSE n.share END AS share, n.since,
               'tie|' || n.source_id || '|' || n.locator || '|' || coalesce(CAST(n.extract_date AS VARCHAR), '') AS evidence
        FROM newest n LEFT JOIN party p ON p.mention = 'tie|' || n.source_id || '|' || n.locator || '|' || coalesce(CAST(n.extract_date AS VARCHAR), ''))
    SELECT * FROM held WHERE holder_kind IN ('person', 'organisation') AND holder IS NOT NULL
      AND NOT (kind = 'owner' AND holder IN (FROM public_body))
      AND (holder IN (SELECT holder FROM held WHERE organisation IN (SELECT supplier FROM purchase)) OR organisation IN (SELECT supplier FROM purchase))
    ORDER BY ALL"""


def _held(store: Store, suppliers: set[str]) -> tuple[list[Relation], list[Hub]]:
    by_holder: dict[str, list[Row]] = defaultdict(list)
    for row in store.rows(_HELD):
        by_holder[row["holder"]].append(row)
    found: list[Relation] = []
    hubs = []
    for holder, rows in by_holder.items():
        organisations = {row["organisation"] for row in rows}
        if len(organisations) > MOST_HELD:
            hubs.append(Hub("holder", holder, len(organisations)))
            continue
        found += [relation for a in rows for b in rows for relation in _common(holder, a, b) if b["organisation"] in suppliers]
        found += [relation for row in rows for relation in _subsidiary(row, suppliers)]
    return found, hubs


def _common(holder: str, a: Row, b: Row) -> Iterator[Relation]:
    """What one holder of two organisations makes of them."""
    if a["organisation"] == b["organisation"]:
        return
    evidence, since = (a["evidence"], b["evidence"]), max((day for day in (a["since"], b["since"]) if day), default=None)
    yield Relation(a["organisation"], b["organisation"], a["holder_kind"], holder, evidence, since)
    if _decides(a) and _decides(b):
        yield Relation(a["organisation"], b["organisation"], "majority", holder, evidence, since)


def _subsidiary(row: Row, suppliers: set[str]) -> Iterator[Relation]:
    """More than half of one organisation in the hands of another, seen from either."""
    if row["kind"] == "owner" and row["holder_kind"] == "organisation" and _decides(row):
        for one, other in ((row["holder"], row["organisation"]), (row["organisation"], row["holder"])):
            if other in suppliers:
                yield Relation(one, other, "majority", row["holder"], (row["evidence"],), row["since"])


def _decides(row: Row) -> bool:
    """Who runs an organisation or owns more than half of it (135-ФЗ ст. 9 ч. 1 п. 1, 2)."""
    return row["kind"] in ("director", "managing") or (row["share"] is not None and Fraction(row["share"]) > HALF)


def _shared(contacts: list[Contact], suppliers: set[str]) -> tuple[list[Relation], list[Hub]]:
    by_key: dict[tuple[str, str], list[Contact]] = defaultdict(list)
    for contact in contacts:
        by_key[contact.means, contact.key].append(contact)
    found, hubs = [], []
    for (means, key), group in sorted(by_key.items()):
        holders = {contact.holder for contact in group}
        if len(holders) > MOST_ORGANISATIONS:
            if holders & suppliers:
                hubs.append(Hub(means, loose(group[0]), len(holders)))
            continue
        found += [
            Relation(a.holder, b.holder, means, f"{means}:{key}", (a.evidence, b.evidence))
            for a in group
            for b in group
            if a.holder != b.holder and b.holder in suppliers and fits(a, b)
        ]
    return found, hubs
