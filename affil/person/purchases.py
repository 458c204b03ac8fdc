"""Purchases of the employer, of the institutions under it, and those the person serves otherwise, that his firms have to do with."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from affil.control.intervals import Period, covers
from affil.model.finding import CONTROLS, Source
from affil.person.answer import Compared, Participation, Subject, Touched
from affil.store.store import Store

Row = dict[str, Any]

# subordinate: the employers, and whatever is under them by the officer's own list.
_CUSTOMERS = """
    WITH RECURSIVE under(inn) AS (
        SELECT unnest(CAST($employers AS VARCHAR[]))
        UNION SELECT substr(institution, 5) FROM institution_of JOIN under ON parent_inn = under.inn)
    SELECT u.inn, coalesce(min(i.name), min(o.employer), min(c.customer)) FROM under u
    LEFT JOIN institution_in_force i ON i.inn = u.inn LEFT JOIN (SELECT DISTINCT employer_inn, employer FROM official_in_force) o ON o.employer_inn = u.inn
    LEFT JOIN (SELECT DISTINCT customer_inn, customer FROM contract_in_force) c ON c.customer_inn = u.inn
    GROUP BY u.inn ORDER BY u.inn"""
_LOADED = """
    SELECT count(DISTINCT coalesce(inn, ogrn)), min(extract_date), max(extract_date) FROM company
    UNION ALL SELECT count(DISTINCT coalesce(inn, ogrnip)), min(extract_date), max(extract_date) FROM proprietor"""
_HIS = """
    CREATE OR REPLACE TEMPORARY TABLE his_purchase AS
    SELECT p.*, s.file FROM purchase p JOIN source s USING (source_id)
    WHERE list_contains($customers, p.customer_inn) OR p.purchase IN (
        SELECT purchase FROM purchase_scope JOIN service USING (scope) WHERE list_contains($keys, service.official_key))"""


def customers_of(store: Store, subject: Subject) -> tuple[tuple[str, str | None], ...]:
    """ИНН and name of his employers and the institutions under them; needs the temporary table institution_of."""
    employers = sorted({post.employer_inn for post in subject.posts if post.employer_inn})
    return tuple((str(inn), name) for inn, name in store.sql(_CUSTOMERS, {"employers": employers}).fetchall())


def founders_of(store: Store, subject: Subject) -> tuple[str, ...]:
    """ИНН of the bodies above his employers, by the officer's own list."""
    employers = [f"inn:{post.employer_inn}" for post in subject.posts if post.employer_inn]
    found = store.sql(
        "SELECT DISTINCT parent_inn FROM institution_of WHERE list_contains(CAST($1 AS VARCHAR[]), institution) ORDER BY 1",
        [employers],
    )
    return tuple(str(inn) for (inn,) in found.fetchall())


def compared(store: Store, subject: Subject, customers: tuple[tuple[str, str | None], ...]) -> Compared:
    """What there was to compare with. Makes the temporary table `his_purchase`; needs purchase, purchase_scope and service."""
    store.sql(_HIS, {"customers": [inn for inn, _ in customers], "keys": [post.key for post in subject.posts]})
    companies, proprietors = store.sql(_LOADED).fetchall()
    [(purchases,)] = store.sql("SELECT count(*) FROM his_purchase").fetchall()
    return Compared(companies[0], proprietors[0], companies[1:], proprietors[1:], customers, int(purchases))


def touched(store: Store, found: Iterable[Participation]) -> tuple[Touched, ...]:
    """Purchases of `his_purchase` whose supplier or bidder is an organisation of `found`; one row a purchase and person, by day."""
    by_firm: dict[str, dict[str, list[Participation]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        by_firm[one.organisation][one.party].append(one)
    rows = store.rows(
        "SELECT * FROM his_purchase WHERE list_contains($1, supplier) ORDER BY event_date NULLS LAST, purchase", [sorted(by_firm)]
    )
    return tuple(_touched(row, ties) for row in rows for _, ties in sorted(by_firm[row["supplier"]].items()))


def _touched(row: Row, ties: list[Participation]) -> Touched:
    force, day = _force(row, ties)
    first, order = ties[0], {kind: place for place, kind in enumerate(CONTROLS)}
    kinds = sorted({one.kind for one in ties}, key=lambda kind: order.get(kind, len(order)))
    return Touched(
        row["event"], row["role"], row["contract_number"], row["procedure_number"], row["event_date"], row["price"], row["customer_inn"],
        row["customer"], first.organisation, first.name or row["supplier_name"] or "", first.inn, first.who, first.relationship,
        tuple(kinds), force, day, all(one.name_only for one in ties), Source(row["file"], row["locator"]),
    )  # fmt: skip


def _force(row: Row, ties: list[Participation]) -> tuple[str, dt.date | None]:
    """What the ties were on the day (CONTRACT 4, in_force): one that may have covered it is enough."""
    day = row["event_date"]
    if day is None:
        return "unknown", None
    if any(covers(Period(one.since, one.until, one.seen), day).answer != "no" for one in ties):
        return "yes", None
    begun = min((one.since for one in ties if one.since and one.since > day), default=None)
    ended = max((one.until for one in ties if one.until and one.until < day), default=None)
    if begun is not None and row["ends_on"] is not None and begun <= row["ends_on"]:
        return "during_performance", begun
    return ("ended", ended) if ended is not None else ("begun", begun)
