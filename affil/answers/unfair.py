"""Which suppliers and bidders stood in the register of unfair suppliers (РНП) on the day of their purchase."""

from __future__ import annotations

from affil.model.run import UnfairListed
from affil.store.store import Store

# An entry counts from the day it is made for two years, unless it was taken out before (44-ФЗ ст. 104 ч. 9). It bars from a purchase
# only where the notice says so (ст. 31 ч. 1.1), so it is told as information and is no finding. An application that was refused
# (REVIEW_CANCELED) never became an entry.
_LISTED = """
    WITH entry AS (
        SELECT number, min(supplier_inn) AS inn, min(included_on) AS since, min(excluded_on) AS excluded, min(auto_exclude_on) AS planned,
               min({'source_id': source_id, 'locator': locator}) FILTER (supplier_inn IS NOT NULL) AS ref
        FROM unfair_supplier WHERE coalesce(state, '') <> 'REVIEW_CANCELED' AND number IS NOT NULL
        GROUP BY number HAVING count(DISTINCT supplier_inn) = 1),
    counting AS (
        SELECT *, coalesce(least(excluded, planned), CAST(since + INTERVAL 2 YEAR AS DATE)) AS until FROM entry)
    SELECT DISTINCT e.inn, coalesce(pu.supplier_name, ''), coalesce(pu.contract_number, pu.procedure_number, ''), pu.event_date, e.number,
           e.since, e.until, s.file, e.ref.locator
    FROM purchase pu JOIN counting e ON e.inn = pu.supplier_inn JOIN source s ON s.source_id = e.ref.source_id
    WHERE pu.event_date BETWEEN e.since AND e.until ORDER BY ALL"""


def unfair_listed(store: Store) -> tuple[UnfairListed, ...]:
    """Of the purchases of the run (table `purchase`), those whose supplier or bidder was in the register that day, by ИНН and day."""
    return tuple(UnfairListed(*row) for row in store.sql(_LISTED).fetchall())
