"""Holds: a commission, an inspection or a court needs the data, so no term lets them be destroyed. Entries of the log."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from affil.decisions.entry import UNDO, Entry
from affil.decisions.log import of_kind

HOLD, RELEASE = "hold", "release"


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold in force: on an official (`key`) or on a case (`tie`), the other is empty; `until` None: until it is released."""

    subject: str
    key: str
    tie: str
    by: str
    on: dt.date
    why: str
    until: dt.date | None
    documents: tuple[str, ...]
    digest: str

    def holds_on(self, day: dt.date) -> bool:
        """True where it is in force on that day."""
        return self.until is None or day <= self.until


def subject_of(key: str, tie: str) -> str:
    """What an entry is about: the tie, or an id of the official."""
    return tie or "O-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def hold_entry(
    verdict: str,
    key: str,
    tie: str,
    by: str,
    why: str,
    now: dt.datetime,
    until: dt.date | None = None,
    documents: Iterable[str] = (),
) -> Entry:
    """The entry that puts a hold on, or releases it."""
    facts = {"key": key, "until": until.isoformat() if until else None}
    return Entry(verdict, subject_of(key, tie), (), None, by, now.date(), why, tuple(documents), now, HOLD, facts=facts)


def holds_of(log: Iterable[Entry]) -> list[Hold]:
    """The holds that were not released, whatever their day, in the order put on; of two on one subject the later."""
    entries = of_kind(log, HOLD)
    undone = {entry.undoes for entry in entries if entry.verdict == UNDO}
    found: dict[str, Hold] = {}
    for entry in sorted(entries, key=lambda one: one.number):
        if entry.verdict == RELEASE:
            found.pop(entry.subject, None)
        elif entry.verdict == HOLD and entry.digest not in undone:
            tie = entry.subject if entry.subject.startswith("T-") else ""
            until = dt.date.fromisoformat(entry.facts["until"]) if entry.facts.get("until") else None
            found[entry.subject] = Hold(
                entry.subject, entry.facts["key"], tie, entry.by, entry.on, entry.why, until, entry.documents, entry.digest
            )
    return list(found.values())
