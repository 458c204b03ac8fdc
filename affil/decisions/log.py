"""Reading the log and writing to its end; nothing in it is changed or taken out, save that purge destroys what an entry says."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from affil.decisions.entry import BEGINNING, DIFFERENT, IDENTITY, PURGE, PURGED, SAME, UNDO, UNSURE, Entry, Side
from affil.errors import StoreError
from affil.store.store import Store
from affil.words import Words

Row = dict[str, Any]
SALT_BYTES = 16

# Every stage of a run asks for the log; to read and hash a long one takes longer than to see that no row has changed.
_READ: WeakKeyDictionary[Store, tuple[object, list[Entry]]] = WeakKeyDictionary()


def read_log(store: Store, lang: str = "ru") -> list[Entry]:
    """All entries in the order written; `StoreError` where one is not what was written, told in `lang`."""
    state = store.sql("SELECT count(*), bit_xor(hash(d)) FROM decision d").fetchone()
    known = _READ.get(store)
    if known is None or known[0] != state:
        entries = [_entry(row) for row in store.rows("SELECT * FROM decision ORDER BY number, hash")]
        broken = broken_link(entries)
        if broken is not None:
            raise StoreError(Words(lang)("match.broken", number=broken))
        known = _READ[store] = state, entries
    return list(known[1])


def broken_link(entries: Sequence[Entry]) -> int | None:
    """The number of the first entry whose text or place is not the one that was hashed; None where the chain holds.

    A purged entry has no text to hash; a later entry of the log must say that it was purged.
    """
    destroyed = {digest: entry.number for entry in entries if entry.kind == PURGE for digest in entry.facts.get("digests", ())}
    previous = BEGINNING
    for place, entry in enumerate(entries, start=1):
        if (entry.number, entry.previous, entry.hash) != (place, previous, entry.chained(previous)) or not entry.is_whole:
            return place
        if entry.verdict == PURGED and destroyed.get(entry.digest, 0) <= place:
            return place
        previous = entry.hash
    return None


def append(store: Store, fresh: Iterable[Entry]) -> list[Entry]:
    """Write entries to the end of the log, in the order given; back they come with salt, number and hash.

    An undo may take back one of the same call by the digest it has without a salt. The transaction is the caller's.
    """
    log = read_log(store)
    number, previous = len(log), log[-1].hash if log else BEGINNING
    written, named = list[Entry](), dict[str, str]()
    for entry in fresh:
        number += 1
        undoes = named.get(entry.undoes, entry.undoes) if entry.undoes else None
        facts = dict(entry.facts)
        if facts.get("identity") in named:
            facts["identity"] = named[facts["identity"]]
        fresh_one = replace(salted(entry), undoes=undoes, facts=facts, stored="", number=number, previous=previous)
        named[entry.digest] = fresh_one.worked_out
        fresh_one = replace(fresh_one, stored=fresh_one.worked_out)
        written.append(replace(fresh_one, hash=fresh_one.chained(previous)))
        previous = written[-1].hash
    store.append("decision", [_row(entry) for entry in written])
    return written


def salted(entry: Entry) -> Entry:
    """The entry with a salt of its own, so that another of the same call can name it by its digest."""
    return entry if entry.salt else replace(entry, salt=secrets.token_hex(SALT_BYTES))


def blanked(store: Store, digests: Collection[str], by: str = "affil purge", now: dt.datetime | None = None) -> list[int]:
    """Destroy what these entries and the undos of them say, and write an entry that tells so; the numbers of all destroyed.

    Number, kind, days, digest and hash stay: the chain holds, and no name can be tried against the digest without the salt.
    The transaction is the caller's.
    """
    log, wanted = read_log(store), set(digests)
    gone = [entry for entry in log if (entry.digest in wanted or entry.undoes in wanted) and entry.verdict != PURGED]
    if not gone:
        return []
    now = now or dt.datetime.now()
    told = {"digests": sorted(entry.digest for entry in gone), "numbers": [entry.number for entry in gone]}
    append(store, [Entry(PURGE, "", (), None, by, now.date(), "", (), now, PURGE, facts=told)])
    store.sql(
        """
        UPDATE decision SET verdict = ?, subject = '', body = '{}', documents = '[]', decided_by = '', why = '', salt = ''
        WHERE digest IN (SELECT unnest(CAST(? AS VARCHAR[])))""",
        [PURGED, told["digests"]],
    )
    return [entry.number for entry in gone]


def of_kind(entries: Iterable[Entry], kind: str) -> list[Entry]:
    """The entries of a kind that still say something."""
    return [entry for entry in entries if entry.kind == kind and entry.verdict != PURGED]


def effective(entries: Iterable[Entry]) -> list[Entry]:
    """The decisions on identities in force, by number: none undone, and no «unsure» on a pair that was decided on since."""
    entries = sorted(of_kind(entries, IDENTITY), key=lambda entry: (entry.number, entry.digest))
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
        "why": entry.why, "recorded_at": entry.recorded_at, "previous": entry.previous, "hash": entry.hash,
        "salt": entry.salt, "digest": entry.digest,
    }  # fmt: skip


def _entry(row: Row) -> Entry:
    body = json.loads(row["body"])
    sides = tuple(Side(tuple(side["references"]), side["name"], side["shown"]) for side in body.get("sides", ()))
    recorded: dt.datetime = row["recorded_at"]
    facts = body if row["kind"] != IDENTITY and "undoes" not in body else {}
    return Entry(
        row["verdict"], row["subject"], sides, body.get("undoes"), row["decided_by"], row["decided_on"], row["why"],
        tuple(json.loads(row["documents"])), recorded, row["kind"], row["number"], row["previous"], row["hash"],
        facts, row["salt"], row["digest"],
    )  # fmt: skip
