"""Writing to the end of the log and reading it; nothing in it is ever changed or taken out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from affil.audit.body import body_text
from affil.audit.entry import Entry
from affil.decisions.entry import BEGINNING

if TYPE_CHECKING:  # every command knows who works before it opens a store
    from affil.store.store import Store

LONGEST_WHO = 200
_HASH = re.compile(r"[0-9a-f]{64}")
Head = tuple[int, str]
"""The number and hash of a log's last entry; 0 and 64 zeros of an empty one."""
CUT = "audit cut"
"""The command of the entry that tells of a beginning of the log destroyed by its term (affil/audit/cut.py)."""


def record(store: Store, who: str, command: str, facts: Mapping[str, Any], at: dt.datetime | None = None) -> Entry:
    """Write one entry to the end of the log and return it.

    The head the decision log has at that moment is put into it: who cuts that log off later must rewrite this one too. `at` is
    local time to the second, now where none is given. `ValueError` where `facts` hold what must not stand in the log
    (affil/audit/body.py). A transaction that is open is the caller's.
    """
    body_text({"command": command})
    number, previous = head(store)
    when = (at or dt.datetime.now()).replace(microsecond=0)
    entry = Entry(number + 1, when, who[:LONGEST_WHO], command, body_text({**facts, **_decided(store)}), previous, "")
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
    return {"audit": head(store), "decisions": _decision_head(store)}


def _decision_head(store: Store) -> Head:
    row = store.sql("SELECT number, hash FROM decision ORDER BY number DESC, hash LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, BEGINNING)


def _decided(store: Store) -> dict[str, Any]:
    """The head of the decision log as an entry has it; nothing while there is none, or where it is no hash any more."""
    number, digest = _decision_head(store)
    return {"decisions": {"number": number, "hash": f"sha256:{digest}"}} if number and _HASH.fullmatch(digest) else {}


def read(store: Store) -> list[Entry]:
    """All entries, by number, whole or not; `broken_link` says which."""
    columns = ("number", '"at"', "who", "command", "body", "previous", "hash")
    return [Entry(*row) for row in store.sql(f"SELECT {', '.join(columns)} FROM audit ORDER BY number, hash").fetchall()]


def beginning(entries: Sequence[Entry]) -> Head:
    """After which entry the log begins: none, or the last of those destroyed by their term, where an entry tells of just that."""
    if not entries or entries[0].number <= 1:
        return 0, BEGINNING
    before = entries[0].number - 1, entries[0].previous
    told = (entry.facts for entry in reversed(entries) if entry.command == CUT)
    return (
        before
        if any((facts.get("through"), facts.get("hash")) == (before[0], f"sha256:{before[1]}") for facts in told)
        else (0, BEGINNING)
    )


def broken_link(entries: Sequence[Entry]) -> int | None:
    """The number of the first entry whose text or place is not the one that was hashed; None where the chain holds.

    An entry taken out of the middle is told by the place it left. The end may be cut off unseen by this alone: see `cut_since`.
    """
    number, previous = beginning(entries)
    for place, entry in enumerate(entries, start=number + 1):
        if (entry.number, entry.previous, entry.hash) != (place, previous, entry.chained(previous)):
            return place
        previous = entry.hash
    return None


def without_decisions(entries: Sequence[Entry], decided: Mapping[int, str]) -> list[tuple[int, int]]:
    """(its number, that of the decision) of each entry that names a head the decision log does not have any more.

    `decided`: hashes of the decision log by number; an entry of it that was purged has kept its own.
    """
    told = ((entry.number, entry.facts.get("decisions")) for entry in entries)
    heads = (
        (number, one["number"], one["hash"]) for number, one in told if isinstance(one, dict) and {"number", "hash"} <= one.keys()
    )
    return [(number, decision) for number, decision, digest in heads if f"sha256:{decided.get(decision)}" != digest]


def place_of(hashes: Mapping[int, str], noted: str) -> int | None:
    """The number of the entry, of a log's hashes by number, whose hash was noted at some time; a beginning of 12 signs is enough."""
    return next((number for number, digest in sorted(hashes.items()) if digest.startswith(noted)), None)
