"""Kin that may not be kept: of officials whose own row names a category for whose relatives affil.toml gives no basis.

The only place where this is decided, whatever layout the kin came in: it is asked after linking, when every row has its official.
What is not taken leaves no value behind; a reject says whose kin it was, so that the file can be read again when a basis is written
or the category turns out to be another (152-ФЗ ст. 5, 6; OFFICER 7). A category is what a row of the official says, never a title's
or a file name's guess; of an official of whom no row says it, nothing is withheld.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection
from typing import Any

from affil.store.outline import KIN_WITHOUT_BASIS
from affil.store.rewrite import mark_for_rewriting
from affil.store.store import Store

Row = dict[str, Any]
COUNTED_AS = "relatives"
_PLACE = re.compile(r"(?:(?P<sheet>.*)!)?R(?P<row>\d+)(?:/[^!]*)?$")

# The row in force says it first; of others that do, the newest.
_WITHHELD = """
    CREATE OR REPLACE TEMPORARY TABLE withheld AS
    SELECT official_key FROM (
        SELECT official_key, arg_max(status, row(superseded_by IS NULL, coalesce(questionnaire_date, DATE '0001-01-01'), batch, source_id, locator)) AS status
        FROM official JOIN source USING (source_id) WHERE status IS NOT NULL AND official_key IS NOT NULL GROUP BY 1)
    WHERE list_contains(CAST(? AS VARCHAR[]), status)"""


def withhold_kin(store: Store, without_basis: Collection[str]) -> None:
    """Take out the kin of officials of the categories `without_basis`, and what rejects quote of it. Links must be set; the
    transaction is the caller's.
    """
    if not _make_withheld(store, without_basis):
        return
    _blank_rejects(store)
    rows = store.rows(
        "SELECT source_id, locator, official_key, employee_id, official_name FROM relative JOIN withheld USING (official_key)"
    )
    if not rows:
        return
    store.sql("DELETE FROM relative WHERE official_key IN (SELECT official_key FROM withheld)")
    store.append("reject", [_reject(row) for row in rows])
    _count(store, Counter(row["source_id"] for row in rows))
    mark_for_rewriting(store)


def read_again(store: Store, without_basis: Collection[str]) -> set[str]:
    """Ids of the sources of which kin was withheld that may be taken now: a basis is written, or the category is another."""
    rows = store.sql("SELECT DISTINCT source_id, params FROM reject WHERE reason = ?", [KIN_WITHOUT_BASIS]).fetchall()
    if not rows:
        return set()
    _make_withheld(store, without_basis)
    still = {key for (key,) in store.sql("SELECT official_key FROM withheld").fetchall()}
    return {source_id for source_id, params in rows if json.loads(params).get("official_key") not in still}


def withheld_officials(store: Store) -> set[str]:
    """Keys of the officials whose kin was not taken."""
    rows = store.sql("SELECT DISTINCT params FROM reject WHERE reason = ?", [KIN_WITHOUT_BASIS]).fetchall()
    return {str(json.loads(params).get("official_key")) for (params,) in rows}


def withheld_in(store: Store, sources: Collection[str]) -> tuple[int, int]:
    """Of these sources: of how many officials kin was not taken, and how many rows."""
    rows = store.sql(
        "SELECT params FROM reject WHERE reason = ? AND source_id IN (SELECT unnest(CAST(? AS VARCHAR[])))",
        [KIN_WITHOUT_BASIS, sorted(sources)],
    ).fetchall()
    return len(set(rows)), len(rows)


def _make_withheld(store: Store, without_basis: Collection[str]) -> bool:
    store.sql(_WITHHELD, [sorted(without_basis)])
    return store.sql("SELECT 1 FROM withheld LIMIT 1").fetchone() is not None


def _blank_rejects(store: Store) -> None:
    """Values quoted from rows of such an official's kin: from a row that was taken, and from his own row of a sheet with columns
    of kin. What they were wrong in stays told, and what they said does not.
    """
    rows = store.sql("""
        SELECT source_id, locator FROM relative JOIN withheld USING (official_key)
        UNION SELECT source_id, locator FROM official JOIN withheld USING (official_key)
        WHERE source_id IN (SELECT source_id FROM relative JOIN withheld USING (official_key))""").fetchall()
    found = {
        (source_id, place["sheet"] or "", int(place["row"]))
        for source_id, locator in rows
        if (place := _PLACE.match(locator or ""))
    }
    store.sql("""
        UPDATE reject SET value = '', params = '{}'
        WHERE value <> '' AND json_exists(params, '$.whose_id') AND EXISTS (
            FROM official o JOIN withheld USING (official_key)
            WHERE ltrim(o.employee_id, '0') = nullif(ltrim(json_extract_string(params, '$.whose_id'), '0'), '') OR o.name_key = json_extract_string(params, '$.whose_name'))""")
    if not found:
        return
    store.temporary("withheld_row", {"source_id": "VARCHAR", "sheet": "VARCHAR", "row_no": "INTEGER"}, sorted(found))
    store.sql("""
        UPDATE reject SET value = '', params = '{}' FROM withheld_row w
        WHERE reject.source_id = w.source_id AND coalesce(reject.sheet, '') = w.sheet AND reject.row_no = w.row_no""")


def _reject(row: Row) -> Row:
    place = _PLACE.match(row["locator"])
    whose = " ".join(part for part in (row["employee_id"], row["official_name"]) if part)
    return {
        "source_id": row["source_id"],
        "sheet": (place["sheet"] if place else None) or "",
        "row_no": int(place["row"]) if place else None,
        "column_name": "",
        "value": whose,
        "reason": KIN_WITHOUT_BASIS,
        "params": json.dumps({"official_key": row["official_key"]}, ensure_ascii=False),
        "row_taken": False,
    }


def _count(store: Store, withheld: Counter[str]) -> None:
    """The rows of each source are not taken but rejected."""
    for source_id, number in sorted(withheld.items()):
        (taken,) = store.sql("SELECT taken FROM source WHERE source_id = ?", [source_id]).fetchall()[0]
        counts: dict[str, int] = json.loads(taken)
        counts[COUNTED_AS] = max(0, counts.get(COUNTED_AS, 0) - number)
        store.sql(
            "UPDATE source SET taken = ?, rejected = rejected + ? WHERE source_id = ?",
            [json.dumps(counts, sort_keys=True), number, source_id],
        )
