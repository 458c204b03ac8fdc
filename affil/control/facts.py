"""Temporary table `company_fact`: what the newest extract says of each supplier itself, and how many share its people or its seat."""

from __future__ import annotations

from collections import Counter

from affil.language.addresses import flat_key
from affil.store.store import Store

_FACTS = """
    CREATE OR REPLACE TEMPORARY TABLE company_fact AS
    WITH newest AS (
        SELECT * FROM company WHERE inn IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY inn ORDER BY extract_date DESC NULLS LAST, source_id, locator) = 1),
    held AS (
        SELECT DISTINCT p.party, t.company_inn FROM registry_tie t
        JOIN (SELECT company_inn, coalesce(max(extract_date) FILTER (NOT coalesce(partial, false)), max(extract_date)) AS day
               FROM registry_tie GROUP BY 1) latest
          ON latest.company_inn = t.company_inn AND latest.day IS NOT DISTINCT FROM t.extract_date
        JOIN party p ON p.mention = 'tie|' || t.source_id || '|' || t.locator || '|' || coalesce(CAST(t.extract_date AS VARCHAR), '')),
    spread AS (SELECT party, count(*) AS organisations FROM held GROUP BY 1),
    most AS (SELECT company_inn, max(organisations) AS shared_person FROM held JOIN spread USING (party) GROUP BY 1)
    SELECT 'inn:' || n.inn AS supplier, 'company|' || n.source_id || '|' || n.locator AS fact, n.legal_form_code, n.registered_on, n.ended_on,
           coalesce(most.shared_person, 0) AS shared_person, coalesce(a.organisations, 0) AS shared_address
    FROM newest n LEFT JOIN most ON most.company_inn = n.inn LEFT JOIN seat_count a ON a.inn = n.inn
    WHERE 'inn:' || n.inn IN (SELECT supplier FROM purchase)"""


def make_facts(store: Store) -> None:
    """One row a supplier that has an extract: supplier, fact (its evidence), legal_form_code, registered_on, ended_on, shared_person (the most
    loaded organisations one of its directors or owners stands in), shared_address (loaded organisations at its address, to the flat)."""
    rows = store.sql("""
        SELECT inn, address FROM company WHERE inn IS NOT NULL AND address IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY inn ORDER BY extract_date DESC NULLS LAST, source_id, locator) = 1""").fetchall()
    seats = {inn: key for inn, address in rows if (key := flat_key(address))}
    spread = Counter(seats.values())
    store.temporary(
        "seat_count", {"inn": "VARCHAR", "organisations": "INTEGER"}, [(inn, spread[key]) for inn, key in sorted(seats.items())]
    )
    store.sql(_FACTS)
