"""Writing the store's file anew, so that what was deleted from it stands nowhere in its bytes.

DuckDB keeps the bytes of deleted rows in free blocks of the file. A transaction that deletes what nobody may find again marks the
store; whoever closes it writes the file anew. Where that is cut short the old file is still whole and still marked, so that the
next command does it. Between the closing and the writing another command may take the store: it is waited for a while, and as it
sees the mark too, it writes the file anew itself when it ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import duckdb

from affil.errors import StoreError
from affil.store.connect import StoreHeldError
from affil.store.store import Store

if TYPE_CHECKING:
    from affil.store.key import Key
    from affil.words import Words

REWRITE_DUE = "rewrite_due"
PATIENCE, PAUSE = 15.0, 0.2
"""Seconds another command is waited for, and between two tries."""


class Afterwards(Protocol):
    """What is to be done once the file has been written anew."""

    def is_due(self, store: Store) -> bool:
        """Asked before the store is closed, and again once it is open after the rewriting."""
        ...

    def do(self, store: Store) -> None:
        """Do it."""
        ...


def mark_for_rewriting(store: Store) -> None:
    """From now on the file is to be written anew; in the transaction that deletes."""
    store.sql("INSERT OR REPLACE INTO meta VALUES (?, '1')", [REWRITE_DUE])


def is_rewriting_due(store: Store) -> bool:
    """True where rows were deleted whose bytes may still stand in the file."""
    return store.sql("SELECT 1 FROM meta WHERE key = ?", [REWRITE_DUE]).fetchone() is not None


@contextmanager
def rewritten_after(
    store: Store, path: Path, key: Key | None, words: Words, told: Callable[[str], None], afterwards: Afterwards
) -> Iterator[None]:
    """The store is closed when this ends, and its file written anew where it is marked; `afterwards` comes after that.

    `told` hears where another command holds the store and will do it. `StoreError` where the file cannot be written anew.
    """
    due = False
    try:
        yield
    finally:
        with suppress(duckdb.Error):  # a store that has failed takes no word any more; the next command asks again
            due = is_rewriting_due(store) or afterwards.is_due(store)
        store.close()
        if due:
            _finished(path, key, words, told, afterwards)


def _finished(path: Path, key: Key | None, words: Words, told: Callable[[str], None], afterwards: Afterwards) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            _finish(path, key, words, afterwards)
            return
        except StoreHeldError:
            if time.monotonic() >= until:
                told(words("store.rewrite.waits", path=path))
                return
            time.sleep(PAUSE)


def _finish(path: Path, key: Key | None, words: Words, afterwards: Afterwards) -> None:
    """Where this is cut short between two steps they are done once more, which does no harm."""
    from affil.store.encrypt import RewritingError, rewrite

    with Store.open(path, words.lang, key) as store:
        due = is_rewriting_due(store)  # whoever held the store meanwhile has seen the mark too
    if due:
        try:
            rewrite(path, key, key, words)
        except RewritingError as error:
            raise StoreError(words("store.rewrite.due", path=path, cause=error.cause)) from error
    with Store.open(path, words.lang, key) as store:
        if due:
            store.sql("DELETE FROM meta WHERE key = ?", [REWRITE_DUE])
        if afterwards.is_due(store):
            afterwards.do(store)
