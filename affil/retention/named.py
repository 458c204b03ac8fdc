"""What the store says after a destruction of the people whose data went, and on which ground it stays: nothing is kept silently.

Destroyed are the facts of questionnaires and of lists of officials. What a public register tells (contracts, bids, ЕГРЮЛ) was not
collected from the person and is kept on a ground of its own; so is what others told of themselves and their kin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from affil.resolve.take_out import Quoting
from affil.store.remove import tables_of_sources
from affil.store.store import Store

Row = dict[str, Any]
REGISTERS = {"egrul", "egrip", "fns_pdf", "dadata", "egrul_search", "other_service"}
_REGISTERED = {"company", "proprietor", "registry_tie", "registry_remark", "succession"}
_PURCHASES = {"contract", "contract_end", "tender", "participant", "participant_person", "unfair_supplier"}
_LOGS = ("decision", "person_number")  # the program's own: what is decided on others, and who stands behind a number
_TOLD_APART = {"source", "heading"}  # files and headings that name the person are renamed and deleted by `destroy` itself
_NOT_SEARCHED = {"source_id", "locator", "superseded_by"}
# Of a row about one person: the cells with his name, and the one with his ИНН.
_HIS_NAME = {
    "name",
    "name_key",
    "surname",
    "given",
    "patronymic",
    "supplier",
    "supplier_key",
    "participant",
    "participant_key",
    "who",
}
_HIS_INN = {"contract": "supplier_inn", "unfair_supplier": "supplier_inn", "participant": "participant_inn"}
_APART = " ;;;;;;; "  # more signs than may stand between the parts of a name


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose data went, by the rows that did: what he is known by. `births` and `inns` may be empty: not known."""

    name: str
    name_key: str
    inns: frozenset[str]
    births: frozenset[Any]


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """Rows that name one of them and stay. `source`: the kind of file they come from, empty of the logs; `ground`: a key of
    `retention.kept.ground`; `is_sure`: by ИНН, else by name, so that it may be a namesake; `whose`: the official whose
    questionnaire it is, else empty.
    """

    who: str
    table: str
    source: str
    ground: str
    is_sure: bool
    whose: str
    rows: int


def people_of(rows: Iterable[Row]) -> list[Person]:
    """The persons these rows of officials and relatives are about, each once by his name."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        if row["name_key"] and row["given"]:
            by_name.setdefault(row["name_key"], []).append(row)
    return [
        Person(
            min(row["name"] for row in named),
            key,
            frozenset(row["inn"] for row in named if row["inn"]),
            frozenset(row["birth_date"] for row in named if row["birth_date"]),
        )
        for key, named in sorted(by_name.items())
    ]


def still_named(store: Store, people: Sequence[Person]) -> tuple[Kept, ...]:
    """Every row that names one of them, counted by person, table and kind of file; asked once their own rows are gone."""
    found = Counter[tuple[str, str, str, str, bool, str]]()
    wanted = Quoting((one.name_key for one in people), (inn for one in people for inn in one.inns))
    if not wanted.hints:
        return ()
    known = [(one, Quoting([one.name_key], ()), Quoting((), one.inns)) for one in people]
    for table in (*tables_of_sources(store), *_LOGS):
        if table in _TOLD_APART:
            continue
        for row in _candidates(store, table, wanted.hints):
            for one, by_name, by_inn in known:
                if (sure := _names(table, row, one, by_name, by_inn)) is not None:
                    whose = row["whose"] if table == "relative" else ""
                    found[one.name, table, row["source_kind"], _ground(table, row["source_kind"]), sure, whose or ""] += 1
    return tuple(sorted(Kept(*key, rows) for key, rows in found.items()))


def _candidates(store: Store, table: str, hints: Collection[str]) -> list[Row]:
    """Rows with a part of a name or an ИНН in any cell of text; the store looks first, for a district has 100,000 rows."""
    texts = [
        name for name, kind, *_ in store.sql(f"DESCRIBE {table}").fetchall() if kind == "VARCHAR" and name not in _NOT_SEARCHED
    ]
    joined = f"replace(upper(concat_ws('{_APART}', {', '.join(f't.{name}' for name in texts)})), 'Ё', 'Е')"
    whose = "o.name AS whose" if table == "relative" else "NULL AS whose"
    of_whom = "LEFT JOIN official_in_force o ON o.official_key = t.official_key" if table == "relative" else ""
    kind, source = ("''", "") if table in _LOGS else ("s.kind", "JOIN source s USING (source_id)")
    return store.rows(
        f"""SELECT t.*, {joined} AS all_text, {kind} AS source_kind, {whose} FROM {table} t {source} {of_whom}
        WHERE regexp_matches({joined}, ?)""",
        ["|".join(map(re.escape, sorted(hints)))],
    )


def _names(table: str, row: Row, one: Person, by_name: Quoting, by_inn: Quoting) -> bool | None:
    """True: by ИНН; False: by name; None: it does not name him, or its ИНН or birth date tells a namesake."""
    text = row["all_text"]
    if not any(hint in text for hint in (*by_name.hints, *by_inn.hints)):
        return None
    if by_inn.found_in(text):
        return True
    if not by_name.found_in(text):
        return None
    elsewhere = any(
        by_name.found_in(value)
        for column, value in row.items()
        if isinstance(value, str) and column not in _HIS_NAME | {"all_text"}
    )
    return None if _is_namesake(table, row, one) and not elsewhere else False


def _is_namesake(table: str, row: Row, one: Person) -> bool:
    inn, born = row.get(_HIS_INN.get(table, "inn")), row.get("birth_date")
    return bool(inn and len(inn) == 12 and one.inns) or bool(born and one.births and born not in one.births)


def _ground(table: str, source: str) -> str:
    """Why it stays: a key of `retention.kept.ground`."""
    if table in _LOGS:
        return "log"
    if source in REGISTERS or table in _REGISTERED:
        return "companies"
    if source == "eis" or table in _PURCHASES:
        return "purchases" if source == "eis" else "own_purchases"
    return {"relative": "questionnaire", "official": "service"}.get(table, "others")
