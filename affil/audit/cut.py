"""Whether a log still has the entry that was its last at some earlier time; and destroying entries past their term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from affil.audit.entry import Entry
from affil.audit.log import CUT, Head, beginning, broken_link, read, record, without_decisions
from affil.audit.numbers import FORM
from affil.store.rewrite import mark_for_rewriting
from affil.store.store import Store

TABLES = {"audit": "audit", "decisions": "decision"}


def cut_since(store: Store, then: Mapping[str, Head]) -> list[str]:
    """Which of the logs, `audit` or `decisions`, do not have the entry any more that was their last one `then`.

    The chain alone cannot tell that its end was cut off, nor that all of it was written anew: a head kept elsewhere can. An entry
    destroyed by its term is not missed, but the last of them must be the one the chain goes on from.
    """
    lost, start = [], _beginning(store)
    for log, (number, digest) in sorted(then.items()):
        if (
            log not in TABLES
            or not number
            or (log == "audit" and number < start[0])
            or (log == "audit" and (number, digest) == start)
        ):
            continue
        row = store.sql(f"SELECT 1 FROM {TABLES[log]} WHERE number = ? AND hash = ?", [number, digest]).fetchone()
        lost += [] if row else [log]
    return lost


def _beginning(store: Store) -> Head:
    """After which entry the log begins (affil/audit/log.py); reads the log only where it does not begin with the first."""
    row = store.sql("SELECT min(number) FROM audit").fetchone()
    return beginning(read(store)) if row and row[0] and row[0] > 1 else beginning(())


def decision_hashes(store: Store) -> dict[int, str]:
    """The hashes of the decision log as they stand, by number."""
    return dict(store.sql("SELECT number, hash FROM decision ORDER BY number, hash DESC").fetchall())


def past(store: Store, before: dt.date) -> list[Entry]:
    """The entries at the beginning of the log that are all older than a day; one of a clock set back further on stays.

    None where the log is not whole, or names decisions that are gone: then it is evidence and stays as it is.
    """
    first = store.sql('SELECT min("at") FROM audit').fetchone()
    if not first or first[0] is None or first[0].date() >= before:
        return []
    log = read(store)
    if broken_link(log) is not None or without_decisions(log, decision_hashes(store)):
        return []
    kept = next((place for place, entry in enumerate(log) if entry.at.date() >= before), len(log))
    return log[:kept]


def cut_before(store: Store, before: dt.date, who: str, at: dt.datetime | None = None) -> int:
    """Destroy the entries `past` gives and write one that tells so; how many went. The transaction is the caller's.

    That entry has the number and hash of the last of them: the chain goes on from it, and `broken_link` finds it whole. Person
    numbers that stand in no entry any more go too. The file of the store is written anew after it.
    """
    gone = past(store, before)
    if not gone:
        return 0
    last = gone[-1]
    record(store, who, CUT, {"through": last.number, "hash": f"sha256:{last.hash}", "entries": len(gone)}, at)
    store.sql("DELETE FROM audit WHERE number <= ?", [last.number])
    store.sql("DELETE FROM person_number WHERE number NOT IN (SELECT unnest(regexp_extract_all(body, ?)) FROM audit)", [FORM])
    mark_for_rewriting(store)
    return len(gone)
