"""Writing the store's file anew, so that what was deleted from it stands nowhere in its bytes.

DuckDB keeps the bytes of deleted rows in free blocks of the file. A transaction that deletes what nobody may find again marks the
store; whoever closes it writes the file anew. Where that is cut short the old file is still whole and still marked.
"""

from __future__ import annotations

from affil.store.store import Store

REWRITE_DUE = "rewrite_due"


def mark_for_rewriting(store: Store) -> None:
    """From now on the file is to be written anew; in the transaction that deletes."""
    store.sql("INSERT OR REPLACE INTO meta VALUES (?, '1')", [REWRITE_DUE])


def is_rewriting_due(store: Store) -> bool:
    """True where rows were deleted whose bytes may still stand in the file."""
    return store.sql("SELECT 1 FROM meta WHERE key = ?", [REWRITE_DUE]).fetchone() is not None
