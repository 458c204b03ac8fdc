"""What is held about one official: every row with its file and place, his kin without names, when somebody looked.

152-ФЗ ст. 14 ч. 7. Nobody else's data is told (ч. 2, ч. 8 п. 4): what is about somebody else, and whatever names another person
the store knows, comes out as `CLOSED`; workers of the operator who looked are not named (ч. 7 п. 4).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from affil.audit.numbers import numbers_of
from affil.decisions.course import courses_of
from affil.decisions.entry import Entry
from affil.decisions.references import references_of
from affil.language.fio import parse_name
from affil.resolve.take_out import Quoting
from affil.retention.named import Kept, people_of, still_named
from affil.retention.others import CLOSED, Others
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
    "organisation_key",
    "unit",
    "beside_kin",
    "customer_hint",
    "taken_out",
    "loaded_from",
    "loaded_at",
}
# Row by row above, or as a number; who looked and what was done in his cases have points of their own.
_TOLD = {*_HIS, "relative", "reject", "decision", "person_number"}
_THIRD = {"reports_to"}  # somebody else, by name
_INTEREST = {"holder_text", "organisation", "organisation_inn", "share", "kind", "kind_text"}
_AS_WRITTEN = {"kind": "kind_text", "role": "detail", "decision": "decision_text"}  # the word of the program, that of the source
_HIS_NAME = {"name", "who", "former_surnames"}
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
    """A relative without a name: the word of the questionnaire, which facts are held, and where they come from.

    `fields` empty: it says that there is nobody.
    """

    relationship: str
    fields: tuple[str, ...]
    file: str
    place: str


@dataclass(frozen=True, slots=True)
class Look:
    """An entry of the access log that has his number; whose it is is not told."""

    at: dt.datetime
    command: str


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held about one person. `others`: rows of other people's questionnaires that name him; `events`: (day, kind);
    `named`: rows of registers, purchases and lists of institutions that name him, or a namesake.
    """

    name: str
    items: tuple[Item, ...]
    kin: tuple[Kin, ...]
    others: int
    looks: tuple[Look, ...]
    events: tuple[tuple[dt.date, str], ...]
    quoting: Quoting
    named: tuple[Kept, ...] = ()


def held_about(store: Store, keys: Collection[str], log: list[Entry]) -> Held:
    """What the store holds of the official of these posts; `log` is the decision log."""
    wanted = sorted(keys)
    officials = _rows(store, "official", wanted)
    references = {one for row in officials for one in references_of("official", row)}
    names, inns = ({row[column] for row in officials if row[column]} for column in ("name_key", "inn"))
    quoting = Quoting({row["name_key"] for row in officials if row["name_key"] and row["given"]}, inns)
    others = Others(store, wanted, quoting, names, inns)
    own, kin = {table: _rows(store, table, wanted) for table in _HIS}, _rows(store, "relative", wanted)
    items = [item for table, rows in own.items() for row in rows for item in _items(table, row, others)]
    his = {_place(row) for rows in own.values() for row in rows} - {_place(row) for row in kin}
    items += _rejects(store, quoting, his, others)
    return Held(
        next((row["name"] for row in officials if row["superseded_by"] is None), ""),
        tuple(items),
        tuple(_kin(row, others) for row in kin),
        _named_by_others(store, officials, wanted),
        tuple(_looks(store, references)),
        tuple(_events(log, wanted, {row["name"] or "" for row in officials})),
        quoting,
        tuple(one for one in still_named(store, people_of(officials)) if one.table not in _TOLD),
    )


def _events(log: list[Entry], keys: list[str], names: Collection[str]) -> list[tuple[dt.date, str]]:
    """What was done in his cases, by day."""
    found = {
        (event.on, event.kind, event.entry)
        for key in keys
        for name in names
        for course in cases_of(courses_of(log), key, name)
        for event in course.events
    }
    return [(on, kind) for on, kind, _ in sorted(found)]


def _rows(store: Store, table: str, keys: list[str]) -> list[Row]:
    return store.rows(
        f"""SELECT t.*, s.file AS loaded_from, s.loaded_at FROM {table} t JOIN source s USING (source_id)
            WHERE official_key IN (SELECT unnest(CAST(? AS VARCHAR[]))) ORDER BY s.file, s.source_id, t.locator""",
        [keys],
    )


def _items(table: str, row: Row, others: Others) -> list[Item]:
    told = {name: value for name, value in row.items() if name not in _LEFT_OUT and value not in (None, "", False)}
    for name, as_written in _AS_WRITTEN.items():
        if told.get(as_written):
            told.pop(name, None)
    if told.get("holder"):
        told.pop("holder_text", None)
    if told.get("birth_date"):
        told.pop("birth_year", None)
    if told.get("fact") == "interest":
        del told["fact"]
    third = _THIRD | (_INTEREST if table == "declared_interest" and _is_another_s(row) else set())
    file, place = others.closed(row["loaded_from"]), others.closed(row["locator"] or "")
    return [
        Item(table, name, CLOSED if name in third else _value(name, value, others), file, place, row["loaded_at"].date())
        for name, value in told.items()
    ]


def _is_another_s(row: Row) -> bool:
    """An interest declared for a spouse, a child, or for whom the program cannot say."""
    return row["holder"] != "self" and bool(row["holder"] or row["holder_text"])


def _value(name: str, value: object, others: Others) -> str:
    return _text(value) if name in _HIS_NAME else others.closed(_text(value))


def _text(value: object) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)


def _kin(row: Row, others: Others) -> Kin:
    return Kin(
        others.closed(row["relationship"] or ""),
        () if row["fact"] == "none" else tuple(name for name in ("name", *_ABOUT_KIN) if row[name]),
        others.closed(row["loaded_from"]),
        others.closed(row["locator"] or ""),
    )


def _rejects(store: Store, quoting: Quoting, his: Collection[tuple[str, str]], others: Others) -> Iterable[Item]:
    """Values not taken: of rows about him alone, and cells that quote him, closed where they say more than his name."""
    for row in store.rows("SELECT r.*, s.file, s.loaded_at FROM reject r JOIN source s USING (source_id)"):
        value, place = row["value"] or "", _reject_place(row)
        quoted = quoting.found_in(value)
        if value and (quoted or (row["source_id"], place) in his):
            third = row["column_name"] in _THIRD or (quoted and not _is_only_him(value, quoting))
            shown = CLOSED if third else others.closed(value)
            file, at = others.closed(row["file"]), others.closed(place)
            yield Item("reject", row["column_name"] or "", shown, file, at, row["loaded_at"].date())


def _is_only_him(value: str, quoting: Quoting) -> bool:
    return parse_name(value) is not None or not re.search(r"\w", quoting.cut_from(value))


def _place(row: Row) -> tuple[str, str]:
    """The row of a source, without the part of a cell."""
    return row["source_id"], (row["locator"] or "").partition("/")[0]


def _reject_place(row: Row) -> str:
    return "!".join(part for part in (row["sheet"], f"R{row['row_no']}" if row["row_no"] else "") if part)


def _named_by_others(store: Store, officials: list[Row], keys: list[str]) -> int:
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
    for at, command, body in store.sql('SELECT "at", command, body FROM audit ORDER BY number').fetchall():
        if any(number in json.dumps(json.loads(body)) for number in numbers):
            found.append(Look(at, command))
    return found
