"""Whole columns of names read at once: SQL for the regular, Python for the distinct rest, the same answers as `parse_name`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from affil.language.fio import PersonName, name_from_parts, parse_name
from affil.language.fio_conditions import conditions

if TYPE_CHECKING:
    import duckdb

_COLUMNS = tuple(PersonName(None, None, None).columns())
_NOBODY = PersonName(None, None, None)


def parse_names(
    connection: duckdb.DuckDBPyConnection, texts: str, column: str, into: str, *, temporary: bool = True, few: int = 0
) -> None:
    """Make the table `into`: every distinct text in `column` of the table `texts` and what `parse_name` reads in it.

    Columns: text, surname, given, patronymic, gender ('m', 'f'), former_surnames (joined by '|'), name_key, is_full (all three
    parts written out). A text that is no name of a person has a row without parts. So many texts as `few`, where their words do
    not tell at once, are left to Python: to plan the SQL for them would take longer.
    """
    connection.execute(_filled("fio_bulk_words.sql", into, temporary, texts=_quoted(texts), column=_quoted(column)))
    left = "surname IS NULL OR given IS NULL OR patronymic IS NULL"
    [(many,)] = connection.execute(f"SELECT count(*) FROM _name_words WHERE {left}").fetchall()
    if many > few:
        connection.execute(_filled("fio_bulk.sql", into, temporary))
    else:
        connection.execute(
            f"CREATE OR REPLACE TEMPORARY TABLE _name_text AS SELECT text, false AS plain FROM _name_words WHERE {left}"
        )
    rest = connection.execute("SELECT rowid, text FROM _name_text WHERE NOT plain ORDER BY rowid").fetchall()
    _insert(connection, into, ("text",), [row[0] for row in rest], (parse_name(text) or _NOBODY for _, text in rest))
    connection.execute("DROP TABLE _name_text; DROP TABLE _name_words")


def parse_name_fields(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    surname: str,
    given: str,
    patronymic: str,
    into: str,
    *,
    temporary: bool = True,
) -> None:
    """Make the table `into`: every distinct row of three name columns of `table` and what `name_from_parts` reads in it.

    Columns: surname_text, given_text, patronymic_text as they stand (each may be NULL), then those of `parse_names`.
    """
    fields = {"surname_field": _quoted(surname), "given_field": _quoted(given), "patronymic_field": _quoted(patronymic)}
    connection.execute(_filled("fio_bulk_fields.sql", into, temporary, texts=_quoted(table), **fields))
    names = ("surname_text", "given_text", "patronymic_text")
    rest = connection.execute(f"SELECT rowid, {', '.join(names)} FROM _name_text WHERE NOT plain ORDER BY rowid").fetchall()
    _insert(connection, into, names, [row[0] for row in rest], (name_from_parts(*fields) for _, *fields in rest))
    connection.execute("DROP TABLE _name_text")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _insert(
    connection: duckdb.DuckDBPyConnection, into: str, texts: Sequence[str], places: Sequence[int], names: Iterable[PersonName]
) -> None:
    """Write the `names` of the rows of _name_text at `places`, whose columns `texts` go with them."""
    import numpy  # slow to import, needed only where something is left for Python

    if not places:
        return
    read = [(name.is_full, *name.columns().values()) for name in names]
    full, *parts = zip(*read, strict=True)
    batch: dict[str, Any] = {"place": numpy.array(places, dtype="int64"), "is_full": numpy.array(full, dtype=bool)}
    # A column that begins with None is refused; no part of a name is empty, so '' stands for None on the way.
    batch |= {
        name: numpy.array([part or "" for part in column], dtype=object) for name, column in zip(_COLUMNS, parts, strict=True)
    }
    connection.register("_names_read", batch)
    try:
        values = ", ".join(f"nullif(CAST(_names_read.{name} AS VARCHAR), '')" for name in _COLUMNS)
        connection.execute(
            f"INSERT INTO {_quoted(into)} ({', '.join((*texts, *_COLUMNS))}, is_full)"
            f" SELECT {', '.join(texts)}, {values}, is_full"
            " FROM _names_read JOIN _name_text ON _name_text.rowid = place"
        )
    finally:
        connection.unregister("_names_read")


def _filled(name: str, into: str, temporary: bool, **places: str) -> str:
    text = _sql(name)
    for place, value in ({"into": _quoted(into), "temporary": "TEMPORARY" if temporary else ""} | places).items():
        text = text.replace("{" + place + "}", value)
    return text


@cache
def _sql(name: str) -> str:
    """The SQL with the patterns and lists in their places that Python reads names with."""
    text = (files("affil.language") / name).read_text(encoding="utf-8")
    for place, value in conditions().items():
        text = text.replace("{" + place + "}", value)
    return text
