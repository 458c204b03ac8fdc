"""People whose data were destroyed: a file that names them again does not bring them back.

The log keeps of each of them salted digests of what he was known by, no name: enough to know him again, not to tell who he was. One
who is hired after the destruction is taken: that is a new service. An entry can be undone, where the destruction was a mistake.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Collection, Iterable
from typing import Any

from affil.decisions.entry import UNDO, Entry
from affil.decisions.log import of_kind, read_log
from affil.resolve.take_out import take_out
from affil.store.outline import REFUSED
from affil.store.rewrite import mark_for_rewriting
from affil.store.store import Store

Row = dict[str, Any]
DESTROYED = "destroyed"
ROUNDS = 200
SIGNS = 24


def known_by(row: Row) -> set[str]:
    """What an official's row says that no other person's row says of its own."""
    found = set[str]()
    if row["inn"]:
        found.add(f"inn:{row['inn']}")
    if row["employee_id"] and row["name_key"]:
        found.add(f"id:{row['employer_inn'] or ''}|{row['employee_id'].lstrip('0')}|{row['name_key']}")
    if row["name_key"] and row["birth_date"]:
        found.add(f"born:{row['name_key']}|{row['birth_date']}")
    return found or ({f"key:{row['official_key']}"} if row["official_key"] else set())


def entry_of(
    rows: Iterable[Row],
    sources: Iterable[str],
    salt: str,
    by: str,
    why: str,
    now: dt.datetime,
    documents: tuple[str, ...] = (),
) -> Entry:
    """The entry that these officials' data, told by these sources, were destroyed; without a name, `documents` too have none."""
    digests = sorted({_digest(salt, one) for row in rows for one in known_by(row)})
    facts = {"salt": salt, "refused": digests, "sources": sorted(sources)}
    return Entry(DESTROYED, f"D-{secrets.token_hex(4)}", (), None, by, now.date(), why, documents, now, DESTROYED, facts=facts)


def entries_in_force(log: Iterable[Entry]) -> list[Entry]:
    """The destructions that hold."""
    entries = of_kind(log, DESTROYED)
    undone = {entry.undoes for entry in entries if entry.verdict == UNDO}
    return [entry for entry in entries if entry.verdict == DESTROYED and entry.digest not in undone]


def salt_of(log: Iterable[Entry]) -> str:
    """The salt of all destructions of this store: one, so that every row is hashed once."""
    return next(
        (str(entry.facts["salt"]) for entry in of_kind(log, DESTROYED) if entry.verdict == DESTROYED), secrets.token_hex(16)
    )


def met_again(store: Store, rows: Iterable[Row]) -> dict[str, Entry]:
    """The destruction each of these rows of `official` meets, by official key; none of who was hired after it."""
    entries = entries_in_force(read_log(store))
    by_digest = {digest: entry for entry in entries for digest in entry.facts["refused"]}
    if not by_digest:
        return {}
    salt, found = salt_of(entries), dict[str, Entry]()
    for row in rows:
        entry = next((by_digest[one] for told in sorted(known_by(row)) if (one := _digest(salt, told)) in by_digest), None)
        if entry is not None and not (row["hired"] and row["hired"] > entry.on):
            found[row["official_key"]] = entry
    return found


def refuse_destroyed(store: Store) -> bool:
    """Take out again whom a file has brought back, and tell it in a reject without his name; True where anybody was. Links must be
    set and are to be set again after that; the transaction is the caller's.
    """
    if not store.sql("SELECT 1 FROM decision WHERE kind = ? LIMIT 1", [DESTROYED]).fetchone():
        return False
    rows = store.rows("SELECT * FROM official")
    back = met_again(store, rows)
    # Who serves under another row that was not destroyed stays, whatever else he is known by.
    back = {key: entry for key, entry in back.items() if not _hired_anew(rows, key, entry)}
    if not back:
        return False
    told = [row for row in rows if row["official_key"] in back]
    take_out(store, set(back))
    store.append("reject", [_reject(row, back[row["official_key"]]) for row in told])
    for source_id in sorted({row["source_id"] for row in told}):
        number = sum(row["source_id"] == source_id for row in told)
        ((taken,),) = store.sql("SELECT taken FROM source WHERE source_id = ?", [source_id]).fetchall()
        counts: dict[str, int] = json.loads(taken)
        counts["officials"] = max(0, counts.get("officials", 0) - number)
        store.sql(
            "UPDATE source SET taken = ?, rejected = rejected + ? WHERE source_id = ?",
            [json.dumps(counts, sort_keys=True), number, source_id],
        )
    mark_for_rewriting(store)
    return True


def sources_to_redact(store: Store, log: Iterable[Entry]) -> list[str]:
    """Files that told of somebody whose data were destroyed, as they were called: they are to be removed from the inbox."""
    ids = sorted({source for entry in entries_in_force(log) for source in entry.facts["sources"]})
    rows = store.sql(
        """SELECT DISTINCT file FROM source WHERE source_id IN (SELECT unnest(CAST(? AS VARCHAR[])))
           OR source_id IN (SELECT source_id FROM reject WHERE reason = ?) ORDER BY 1""",
        [ids, REFUSED],
    )
    return [str(file) for (file,) in rows.fetchall()]


def _hired_anew(rows: Collection[Row], key: str, entry: Entry) -> bool:
    return any(row["official_key"] == key and row["hired"] and row["hired"] > entry.on for row in rows)


def _digest(salt: str, text: str) -> str:
    """Slow to try many names against; how slow is bounded by loading thousands of officials."""
    return hashlib.pbkdf2_hmac("sha256", text.encode("utf-8"), bytes.fromhex(salt), ROUNDS).hex()[:SIGNS]


def _reject(row: Row, entry: Entry) -> Row:
    sheet, _, rest = (row["locator"] or "").rpartition("!")
    number = rest.removeprefix("R").partition("/")[0]
    return {
        "source_id": row["source_id"],
        "sheet": sheet,
        "row_no": int(number) if number.isdigit() else None,
        "column_name": "",
        "value": "",
        "reason": REFUSED,
        "params": json.dumps({"date": f"{entry.on:%d.%m.%Y}", "id": entry.subject}),
        "row_taken": False,
    }
