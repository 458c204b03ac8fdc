"""What is asked by files, laid over the store for the length of the question: compared with what is loaded, and never kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from affil.errors import UsageError
from affil.ingest.tables.request import UNNUMBERED, Request
from affil.model.records import SOURCE_ID_DIGITS
from affil.precheck.asked import Asked, with_names
from affil.precheck.seats import NOBODY_KNOWS
from affil.resolve.link import link_seats
from affil.store.store import Store
from affil.words import Words

Row = dict[str, Any]
_BIDS = ("participant", "participant_person")
_PERSON = ("name", "surname", "given", "patronymic", "name_key", "gender")


@contextmanager
def laid_over(
    store: Store, request: Request, given_by: str, default_customer: str | None, now: dt.datetime, words: Words
) -> Iterator[Asked]:
    """The procurement that files ask about; inside, the store reads as if they were loaded, afterwards it is as before.

    Their participants stand for all of the procurement, their members for its commission. A member nobody knows is compared by name
    alone. `UsageError` where they name no participant, no customer, or several procurements.
    """
    with store.undone():
        asked = _asked(store, request, given_by, default_customer, words)
        sources = _sources(store, request.digests, now)
        _replace(store, sources, request.rows, asked)
        _add_unknown_members(store, sources)
        yield asked


def _asked(store: Store, request: Request, given_by: str, default_customer: str | None, words: Words) -> Asked:
    bids = request.rows.get("participant", [])
    if not bids:
        raise UsageError(words("precheck.ask.no_participants"))
    told = dict(request.purchase)
    told["number"] = _number(told.pop("procedure_number", None), bids, words)
    if not any(row["procedure_number"] in (told["number"], UNNUMBERED) for row in bids):
        raise UsageError(words("precheck.ask.several", found=", ".join(sorted({row["procedure_number"] for row in bids}))))
    for field in ("customer_inn", "organizer_inn"):
        told[field] = told.get(field) or _common(field, [*bids, *request.rows.get("commission_seat", [])])
    told["customer_inn"] = told["customer_inn"] or default_customer
    if told["customer_inn"] is None:
        raise UsageError(words("precheck.ask.no_customer"))
    return Asked(given_by=given_by, **with_names(store, told))


def _number(said: str | None, bids: Sequence[Row], words: Words) -> str:
    found = sorted({str(row["procedure_number"]) for row in bids} - {UNNUMBERED})
    if said or not found:
        return said or UNNUMBERED
    if len(found) > 1:
        raise UsageError(words("precheck.ask.several", found=", ".join(found)))
    return found[0]


def _common(field: str, rows: Sequence[Row]) -> str | None:
    """The one value the rows give, None where they give none or several."""
    found = {str(row[field]) for row in rows if row.get(field)}
    return found.pop() if len(found) == 1 else None


def _sources(store: Store, digests: Mapping[str, str], now: dt.datetime) -> list[str]:
    """A row of `source` for each file: steps of paths are told with the file they stand in."""
    rows = [
        {"source_id": digest[:SOURCE_ID_DIGITS], "sha256": digest, "file": name, "kind": "request", "batch": 0, "loaded_at": now,
         "taken": json.dumps({}), "rejected": 0, "notes": json.dumps([])}
        for name, digest in digests.items()
    ]  # fmt: skip
    store.append("source", rows)
    return [str(row["source_id"]) for row in rows]


def _replace(store: Store, sources: Sequence[str], rows: Mapping[str, list[Row]], asked: Asked) -> None:
    """The rows of the files in place of what is loaded of this procurement: its bids, and its commission where they name one."""
    wanted = [asked.number, UNNUMBERED]
    bids = {table: [row for row in rows.get(table, []) if row["procedure_number"] in wanted] for table in _BIDS}
    seats = rows.get("commission_seat", [])
    for table in (*_BIDS, *(["commission_seat"] if seats else [])):
        store.sql(
            f"UPDATE {table} SET superseded_by = 'asked' WHERE procedure_number = ? AND superseded_by IS NULL", [asked.number]
        )
    buyer = {"procedure_number": asked.number, "customer_inn": asked.customer_inn, "organizer_inn": asked.organizer_inn}
    store.append("participant", [{**row, **buyer} for row in bids["participant"]])
    store.append("participant_person", [{**row, "procedure_number": asked.number} for row in bids["participant_person"]])
    store.append("commission_seat", [{**row, **buyer} for row in seats])
    for source in sources:
        link_seats(store, source)


_UNKNOWN = "list_contains($sources, source_id) AND link_problem = 'official_not_found' AND name_key IS NOT NULL"


def _add_unknown_members(store: Store, sources: Sequence[str]) -> None:
    """Members who are none of the loaded officials stand for themselves: nothing but their names can be compared."""
    given = {"sources": list(sources)}
    people: dict[str, Row] = {}
    for row in store.rows(f"SELECT * FROM commission_seat WHERE {_UNKNOWN} ORDER BY source_id, locator", given):
        key = NOBODY_KNOWS + row["name_key"]
        known = {part: row[part] for part in (*_PERSON, "source_id", "locator")}
        people.setdefault(key, {**known, "official_key": key})
    store.append("official", list(people.values()))
    store.sql(
        f"UPDATE commission_seat SET official_key = '{NOBODY_KNOWS}' || name_key, link_problem = NULL WHERE {_UNKNOWN}", given
    )
