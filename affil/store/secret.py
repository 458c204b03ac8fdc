"""The secret that pseudonyms are made with: one a workspace, in the store, which only its owner can read."""

from __future__ import annotations

import secrets

from affil.store.store import Store

BITS = 256
_KEY = "pseudonym_key"


def pseudonym_key(store: Store) -> str:
    """The workspace's key, 64 hex digits; made when first asked for and kept, so that quarters can be compared.

    It lives in the store and nowhere else: whoever has the store can read every name anyway, whoever has only a table of
    pseudonyms can undo none. A store made anew has another key, and pseudonyms of its runs are others.
    """
    found = store.sql("SELECT value FROM meta WHERE key = ?", [_KEY]).fetchone()
    if found is None:
        with store.transaction():
            store.sql("INSERT INTO meta VALUES (?, ?)", [_KEY, secrets.token_hex(BITS // 8)])
        return pseudonym_key(store)
    return str(found[0])
