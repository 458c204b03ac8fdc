"""Writing to the end of the log and reading it; nothing in it is ever changed or taken out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from affil.audit.body import body_text
from affil.audit.entry import Entry
from affil.decisions.entry import BEGINNING
from affil.store.store import Store

LONGEST_WHO = 200
Head = tuple[int, str]
"""The number and hash of a log's last entry; 0 and 64 zeros of an empty one."""


def record(store: Store, who: str, command: str, facts: Mapping[str, Any], at: dt.datetime | None = None) -> Entry:
    """Write one entry to the end of the log and return it.

    `at` is local time to the second, now where none is given. `ValueError` where `facts` hold what must not stand in the log
    (affil/audit/body.py). A transaction that is open is the caller's.
    """
    body_text({"command": command})
    number, previous = head(store)
    when = (at or dt.datetime.now()).replace(microsecond=0)
    entry = Entry(number + 1, when, who[:LONGEST_WHO], command, body_text(facts), previous, "")
    entry = replace(entry, hash=entry.chained(previous))
    store.sql(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)",
        [entry.number, entry.at, entry.who, entry.command, entry.body, entry.previous, entry.hash],
    )
    return entry


def head(store: Store) -> Head:
    """Number and hash of the last entry; may be noted on paper, so that a log cut off later is told."""
    row = store.sql("SELECT number, hash FROM audit ORDER BY number DESC, hash LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, BEGINNING)


def heads(store: Store) -> dict[str, Head]:
    """The heads of both logs, `audit` and `decisions`: what a run's manifest keeps of them."""
    row = store.sql("SELECT number, hash FROM decision ORDER BY number DESC, hash LIMIT 1").fetchone()
    return {"audit": head(store), "decisions": (int(row[0]), str(row[1])) if row else (0, BEGINNING)}


def read(store: Store) -> list[Entry]:
    """All entries, by number, whole or not; `broken_link` says which."""
    columns = ("number", '"at"', "who", "command", "body", "previous", "hash")
    return [Entry(*row) for row in store.sql(f"SELECT {', '.join(columns)} FROM audit ORDER BY number, hash").fetchall()]


def broken_link(entries: Sequence[Entry]) -> int | None:
    """The number of the first entry whose text or place is not the one that was hashed; None where the chain holds.

    An entry taken out of the middle is told by the place it left. The end may be cut off unseen by this alone: see `is_behind`.
    """
    previous = BEGINNING
    for place, entry in enumerate(entries, start=1):
        if (entry.number, entry.previous, entry.hash) != (place, previous, entry.chained(previous)):
            return place
        previous = entry.hash
    return None


def has_head(entries: Sequence[Entry], noted: str, number: int | None = None) -> bool:
    """True where some entry (that of `number`, if given) has the hash noted at some time; a beginning of 12 signs is enough."""
    if number == 0:
        return noted == BEGINNING
    return any(entry.hash.startswith(noted) for entry in entries if number in (None, entry.number))
