"""Which rows of duties, declared interests, notices and searches a newer file replaces. Run after their officials are known."""

from __future__ import annotations

from affil.store.store import Store

# What makes two rows speak of one thing. A declaration is replaced as a whole: all that one official declared for one day of
# one holder under one section. Of the journals each entry is a thing of its own.
_WHO = "coalesce(official_key, ltrim(employee_id, '0'), name_key)"
_KEYS = {
    "duty": f"{_WHO}, contract_number, procedure_number, customer_inn, role, valid_from",
    "declared_interest": f"{_WHO}, as_of, coalesce(holder, holder_text), coalesce(kind, kind_text)",
    "notice": f"{_WHO}, coalesce(kind, kind_text), coalesce(number, ''), CASE WHEN number IS NULL THEN row(noticed_on, organisation_inn, organisation_key) END",
    "search": "coalesce(official_key, inn, name_key, who), service, searched_on",
}  # fmt: skip


def end_replaced_lists(store: Store) -> None:
    """End the rows that come again in a later load, and the rest of a list that was loaded again under its own name.

    Two files of one name are one list where they have a row in common; where they have none, the second is the next period.
    """
    for table, key in _KEYS.items():
        if store.sql(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
            _end_rows(store, table, key)


def _end_rows(store: Store, table: str, key: str) -> None:
    store.sql(f"""
        CREATE OR REPLACE TEMPORARY TABLE listed AS
        SELECT DISTINCT source_id, batch, list_name, hash({key}) AS k
        FROM {table} JOIN (SELECT source_id, batch, file AS list_name FROM source) USING (source_id)""")
    store.sql(f"""
        UPDATE {table} SET superseded_by = newer.source_id
        FROM (SELECT o.source_id AS older, o.k, arg_max(n.source_id, (n.batch, n.source_id)) AS source_id
              FROM listed o JOIN listed n ON n.k = o.k AND n.batch > o.batch GROUP BY ALL) newer
        WHERE {table}.source_id = newer.older AND superseded_by IS NULL AND newer.k = hash({key})""")
    store.sql(f"""
        UPDATE {table} SET superseded_by = newer.source_id
        FROM (SELECT o.source_id AS older, arg_max(n.source_id, (n.batch, n.source_id)) AS source_id
              FROM listed o JOIN listed n ON n.k = o.k AND n.list_name = o.list_name AND n.batch > o.batch GROUP BY ALL) newer
        WHERE {table}.source_id = newer.older AND superseded_by IS NULL""")
