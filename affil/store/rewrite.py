"""Writing the store's file anew, so that what was deleted from it stands nowhere in its bytes.

DuckDB keeps the bytes of deleted rows in free blocks of the file. A transaction that deletes what nobody may find again marks the
store; whoever closes it writes the file anew. Where that is cut short the old file is still whole and still marked, so that the
next command does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from affil.store.store import Store

if TYPE_CHECKING:
    from affil.store.key import Key
    from affil.words import Words

REWRITE_DUE = "rewrite_due"


def mark_for_rewriting(store: Store) -> None:
    """From now on the file is to be written anew; in the transaction that deletes."""
    store.sql("INSERT OR REPLACE INTO meta VALUES (?, '1')", [REWRITE_DUE])


def is_rewriting_due(store: Store) -> bool:
    """True where rows were deleted whose bytes may still stand in the file."""
    return store.sql("SELECT 1 FROM meta WHERE key = ?", [REWRITE_DUE]).fetchone() is not None


@contextmanager
def rewritten_after(store: Store, path: Path, key: Key | None, words: Words) -> Iterator[None]:
    """The store is closed when this ends, and its file written anew where it is marked; errors as of opening."""
    due = False
    try:
        yield
    finally:
        with suppress(duckdb.Error):  # a store that has failed takes no word any more; the next command asks again
            due = is_rewriting_due(store)
        store.close()
        if due:
            _rewrite(path, key, words)


def _rewrite(path: Path, key: Key | None, words: Words) -> None:
    """Where this is cut short between the two steps the file is written anew once more, which does no harm."""
    from affil.store.encrypt import rewrite

    rewrite(path, key, key, words)
    with Store.open(path, words.lang, key) as store:
        store.sql("DELETE FROM meta WHERE key = ?", [REWRITE_DUE])
