"""Whose data a destruction took, and what kinds of data: what the act must tell (приказ РКН 28.10.2022 № 179 п. 3 «в», «д»)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from affil.decisions.references import references_of
from affil.retention.purge import Gone
from affil.store.store import Store

Row = dict[str, Any]
KIN, MENTION, DECISION, NUMBER = "kin", "mention", "decision", "number"
# Of a relative's row: whose questionnaire it is, and what the program noted.
_NOT_OF_KIN = {"employee_id", "employer_inn", "official_name", "questionnaire_date"}


@dataclass(frozen=True, slots=True)
class Person:
    """One whose data went: `columns` are `table.column`, or one of the kinds above; `relationship` is empty for the official.

    `references` are what his number in the access log is found by.
    """

    name: str
    relationship: str
    columns: frozenset[str]
    references: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """An official whose data went, and the relatives his questionnaires named, by name."""

    own: Person
    kin: tuple[Person, ...]


def told_of(name: str, gone: Gone) -> Told:
    """What went with the one official of this name; a search for a relative is the relative's."""
    went = gone.taken.went
    kin = kin_told(went.get("relative", ()), went.get("search", ()))
    theirs = {one for person in kin for one in person.references}
    columns = {
        column
        for table, rows in went.items()
        if table != "relative"
        for row in rows
        if not (table == "search" and _is_of_kin(row, went.get("relative", ())))
        for column in _filled(table, row)
    }
    columns |= {MENTION if "." in table else table for table in gone.taken.rows if table not in went}
    also = ((KIN, went.get("relative")), (DECISION, gone.decisions), (NUMBER, gone.numbers))
    columns |= {kind for kind, found in also if found}
    return Told(Person(name, "", frozenset(columns), frozenset(gone.taken.references - theirs)), kin)


def kin_told(rows: Iterable[Row], searches: Iterable[Row] = ()) -> tuple[Person, ...]:
    """Each relative once, however many questionnaires name him; a row that says «нет» names nobody."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["fact"] == "person" or row["name_key"]:
            found.setdefault((row["name_key"] or row["name"] or "", row["chains"] or row["relationship"] or ""), []).append(row)
    return tuple(sorted((_relative(named, searches) for named in found.values()), key=lambda one: (one.name, one.relationship)))


def orphans_told(store: Store, sources: Collection[str]) -> tuple[Person, ...]:
    """The relatives of nobody known that these sources brought; asked before they are destroyed."""
    rows = store.rows(
        """SELECT * FROM relative WHERE link_problem = 'official_not_found'
        AND source_id IN (SELECT unnest(CAST(? AS VARCHAR[]))) ORDER BY source_id, locator""",
        [sorted(sources)],
    )
    return kin_told(rows)


def _relative(rows: list[Row], searches: Iterable[Row]) -> Person:
    columns = {column for row in rows for column in _filled("relative", row)} - {f"relative.{name}" for name in _NOT_OF_KIN}
    columns |= {column for row in searches if _is_of_kin(row, rows) for column in _filled("search", row)}
    words = dict.fromkeys(row["relationship"] for row in rows if row["relationship"])
    references = {one for row in rows for one in references_of("relative", row)}
    return Person(min(row["name"] or "" for row in rows), ", ".join(sorted(words)), frozenset(columns), frozenset(references))


def _is_of_kin(search: Row, kin: Iterable[Row]) -> bool:
    """A search that no official is known by, for somebody called like one of them."""
    if search["official_key"] is not None:
        return False
    column = "inn" if search["inn"] else "name_key"
    return any(search[column] and search[column] == row[column] for row in kin)


def _filled(table: str, row: Row) -> Iterable[str]:
    """The columns with a value; a year of birth beside the date says nothing more."""
    empty = {"birth_year"} if row.get("birth_date") else set()
    return (f"{table}.{name}" for name, value in row.items() if value not in (None, "", False) and name not in empty)
