"""Reading the log and writing to its end; nothing in it is ever changed or taken out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from affil.decisions.entry import BEGINNING, DIFFERENT, SAME, UNDO, UNSURE, Entry, Side
from affil.errors import StoreError
from affil.store.store import Store
from affil.words import Words

Row = dict[str, Any]


def read_log(store: Store, lang: str = "ru") -> list[Entry]:
    """All entries in the order written; `StoreError` where one is not what was written, told in `lang`."""
    entries = [_entry(row) for row in store.rows("SELECT * FROM decision ORDER BY number, hash")]
    broken = broken_link(entries)
    if broken is not None:
        raise StoreError(Words(lang)("match.broken", number=broken))
    return entries


def broken_link(entries: Sequence[Entry]) -> int | None:
    """The number of the first entry whose text or place is not the one that was hashed; None where the chain holds."""
    previous = BEGINNING
    for place, entry in enumerate(entries, start=1):
        if (entry.number, entry.previous, entry.hash) != (place, previous, entry.chained(previous)):
            return place
        previous = entry.hash
    return None


def append(store: Store, fresh: Iterable[Entry]) -> list[Entry]:
    """Write entries to the end of the log, in the order given; back they come with number and hash.

    The transaction is the caller's.
    """
    log = read_log(store)
    number, previous = len(log), log[-1].hash if log else BEGINNING
    written = []
    for entry in fresh:
        number += 1
        entry = replace(entry, number=number, previous=previous, hash=entry.chained(previous))
        written.append(entry)
        previous = entry.hash
    store.append("decision", [_row(entry) for entry in written])
    return written


def effective(entries: Iterable[Entry]) -> list[Entry]:
    """The decisions in force, by number: none undone, and no «unsure» on a pair that was decided on since."""
    entries = sorted(entries, key=lambda entry: (entry.number, entry.digest))
    undone = {entry.undoes for entry in entries if entry.verdict == UNDO}
    standing = [entry for entry in entries if entry.verdict != UNDO and entry.digest not in undone]
    decided = {entry.subject for entry in standing if entry.verdict in (SAME, DIFFERENT)}
    return [entry for entry in standing if entry.verdict != UNSURE or entry.subject not in decided]


def deciding_values(entries: Iterable[Entry]) -> list[str]:
    """What of the decisions in force a run depends on: whom, verdict and documents; not who, when and in which order."""
    return sorted({json.dumps(_deciding(entry), ensure_ascii=False) for entry in entries})


def _deciding(entry: Entry) -> list[object]:
    sides = sorted(sorted(side.references) for side in entry.sides)
    return [entry.kind, entry.subject, sides, entry.verdict, sorted(entry.documents)]


def _row(entry: Entry) -> Row:
    return {
        "number": entry.number, "kind": entry.kind, "verdict": entry.verdict, "subject": entry.subject,
        "body": json.dumps(entry.body, ensure_ascii=False, sort_keys=True),
        "documents": json.dumps(entry.documents, ensure_ascii=False), "decided_by": entry.by, "decided_on": entry.on,
        "why": entry.why, "recorded_at": entry.recorded_at, "salt": "", "digest": entry.digest,
        "previous": entry.previous, "hash": entry.hash,
    }  # fmt: skip


def _entry(row: Row) -> Entry:
    body = json.loads(row["body"])
    sides = tuple(Side(tuple(side["references"]), side["name"], side["shown"]) for side in body.get("sides", ()))
    recorded: dt.datetime = row["recorded_at"]
    return Entry(
        row["verdict"], row["subject"], sides, body.get("undoes"), row["decided_by"], row["decided_on"], row["why"],
        tuple(json.loads(row["documents"])), recorded, row["kind"], row["number"], row["previous"], row["hash"],
    )  # fmt: skip
