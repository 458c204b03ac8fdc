"""What is held about one official: every row with its file and place, his kin without names, who looked (152-ФЗ ст. 14 ч. 7)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from affil.audit.numbers import numbers_of
from affil.decisions.course import courses_of
from affil.decisions.entry import Entry
from affil.decisions.references import references_of
from affil.resolve.take_out import Quoting
from affil.retention.terms import cases_of
from affil.store.store import Store

Row = dict[str, Any]
_HIS = ("official", "commission_seat", "duty", "declared_interest", "notice", "search")
# Comparable forms of what stands beside them, and what linking made: they say nothing more.
_LEFT_OUT = {
    "source_id",
    "locator",
    "superseded_by",
    "official_key",
    "link_problem",
    "employer_by",
    "customer_by",
    "surname",
    "given",
    "patronymic",
    "name_key",
    "gender",
    "birth_year",
    "organisation_key",
    "unit",
    "beside_kin",
    "customer_hint",
    "taken_out",
}
_THIRD = {"reports_to", "holder_text"}  # somebody else, by name
_ABOUT_KIN = ("birth_date", "inn", "employer", "position", "address", "phone", "email")


@dataclass(frozen=True, slots=True)
class Item:
    """One value held: the table and column it stands in, the file, the place in it and the day it was loaded."""

    table: str
    field: str
    value: str
    file: str
    place: str
    loaded: dt.date


@dataclass(frozen=True, slots=True)
class Kin:
    """A relative without a name: the word of the questionnaire, which facts are held, and where they come from."""

    relationship: str
    fields: tuple[str, ...]
    file: str
    place: str


@dataclass(frozen=True, slots=True)
class Look:
    """An entry of the access log that has his number."""

    at: dt.datetime
    who: str
    command: str


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held about one person. `others`: rows of other people's questionnaires that name him; `events`: (day, kind)."""

    name: str
    items: tuple[Item, ...]
    kin: tuple[Kin, ...]
    others: int
    looks: tuple[Look, ...]
    events: tuple[tuple[dt.date, str], ...]
    quoting: Quoting


def held_about(store: Store, keys: Collection[str], log: list[Entry]) -> Held:
    """What the store holds of the official of these posts; `log` is the decision log."""
    wanted = sorted(keys)
    officials = _rows(store, "official", wanted)
    references = {one for row in officials for one in references_of("official", row)}
    items = [item for table in _HIS for row in _rows(store, table, wanted) for item in _items(table, row)]
    quoting = Quoting(
        {row["name_key"] for row in officials if row["name_key"] and row["given"]},
        {row["inn"] for row in officials if row["inn"]},
    )
    kin = [_kin(row) for row in _rows(store, "relative", wanted)]
    items += [
        Item("reject", row["column_name"] or "", row["value"] or "", row["file"], _reject_place(row), row["loaded_at"].date())
        for row in store.rows("SELECT r.*, s.file, s.loaded_at FROM reject r JOIN source s USING (source_id)")
        if quoting.found_in(row["value"] or "")
    ]
    names = {row["name"] for row in officials}
    events = sorted(
        {
            (event.on, event.kind, event.entry)
            for key in wanted
            for name in names
            for course in cases_of(courses_of(log), key, name or "")
            for event in course.events
        }
    )
    return Held(
        next((row["name"] for row in officials if row["superseded_by"] is None), ""),
        tuple(items),
        tuple(kin),
        _others(store, officials, wanted),
        tuple(_looks(store, references)),
        tuple((on, kind) for on, kind, _ in events),
        quoting,
    )


def _rows(store: Store, table: str, keys: list[str]) -> list[Row]:
    return store.rows(
        f"""SELECT t.*, s.file, s.loaded_at FROM {table} t JOIN source s USING (source_id)
            WHERE official_key IN (SELECT unnest(CAST(? AS VARCHAR[]))) ORDER BY s.file, s.source_id, t.locator""",
        [keys],
    )


def _items(table: str, row: Row) -> list[Item]:
    told = {
        name: value
        for name, value in row.items()
        if name not in _LEFT_OUT | {"file", "loaded_at"} or (table == "search" and name == "file")
    }
    if told.get("kind_text"):
        del told["kind"]  # the word of the program for what stands beside it as the source has it
    third = _THIRD if table != "declared_interest" or row.get("holder") not in (None, "self") else {"reports_to"}
    return [
        Item(
            table,
            name,
            "•••" if name in third else _text(value),
            row["file"] or "",
            row["locator"] or "",
            row["loaded_at"].date(),
        )
        for name, value in told.items()
        if value not in (None, "", False) and name != "loaded_at"
    ]


def _text(value: object) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)


def _kin(row: Row) -> Kin:
    return Kin(
        row["relationship"] or "", tuple(name for name in ("name", *_ABOUT_KIN) if row[name]), row["file"], row["locator"] or ""
    )


def _reject_place(row: Row) -> str:
    return "!".join(part for part in (row["sheet"], f"R{row['row_no']}" if row["row_no"] else "") if part)


def _others(store: Store, officials: list[Row], keys: list[str]) -> int:
    """Rows of other questionnaires with his ИНН, or his full name and nothing that tells him from a namesake."""
    inns, names = {row["inn"] for row in officials} - {None}, {row["name_key"] for row in officials} - {None}
    born = {row["birth_date"] for row in officials} - {None}
    rows = store.rows(
        """SELECT inn, name_key, birth_date FROM relative
        WHERE official_key IS NULL OR official_key NOT IN (SELECT unnest(CAST(? AS VARCHAR[])))""",
        [keys],
    )
    return sum(
        row["inn"] in inns or (row["name_key"] in names and (not row["birth_date"] or not born or row["birth_date"] in born))
        for row in rows
    )


def _looks(store: Store, references: set[str]) -> list[Look]:
    numbers = numbers_of(store, references)
    found = []
    for at, who, command, body in store.sql('SELECT "at", who, command, body FROM audit ORDER BY number').fetchall():
        if any(number in json.dumps(json.loads(body)) for number in numbers):
            found.append(Look(at, who, command))
    return found
