"""Taking the rows of sources out of every table that has any."""

from __future__ import annotations

from collections.abc import Sequence

from affil.store.store import Store

_NOT_OF_A_SOURCE = {"forgotten"}  # they outlive it
_FOUND: dict[str, list[str]] = {}  # tables by the column they have


def tables_of_sources(store: Store, column: str = "source_id") -> list[str]:
    """The tables that have this column, of those whose rows come from a source, by name; `source` itself among them.

    Asked once: a store of this version has the same ones as every other.
    """
    if column not in _FOUND:
        rows = store.sql(
            """
            SELECT DISTINCT table_name FROM duckdb_columns() JOIN duckdb_tables() USING (table_name, schema_name, database_name)
            WHERE column_name = ? AND NOT temporary ORDER BY 1""",
            [column],
        ).fetchall()
        _FOUND[column] = [name for (name,) in rows if name not in _NOT_OF_A_SOURCE]
    return list(_FOUND[column])


def remove_sources(store: Store, ids: Sequence[str]) -> dict[str, int]:
    """Delete the rows of these sources; how many of each table there were. The transaction is the caller's."""
    gone: dict[str, int] = {}
    for table in tables_of_sources(store) if ids else ():
        row = store.sql(f"DELETE FROM {table} WHERE source_id IN (SELECT unnest(?))", [sorted(ids)]).fetchone()
        if row and row[0]:
            gone[table] = int(row[0])
    return gone
