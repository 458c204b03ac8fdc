"""Whether a log still has the entry that was its last at some earlier time."""

from __future__ import annotations

from collections.abc import Mapping

from affil.audit.log import Head
from affil.store.store import Store

TABLES = {"audit": "audit", "decisions": "decision"}


def cut_since(store: Store, then: Mapping[str, Head]) -> list[str]:
    """Which of the logs, `audit` or `decisions`, do not have the entry any more that was their last one `then`.

    The chain alone cannot tell that its end was cut off, nor that all of it was written anew: a head kept elsewhere can.
    """
    lost = []
    for log, (number, digest) in sorted(then.items()):
        if log in TABLES and number:
            row = store.sql(f"SELECT 1 FROM {TABLES[log]} WHERE number = ? AND hash = ?", [number, digest]).fetchone()
            lost += [] if row else [log]
    return lost
