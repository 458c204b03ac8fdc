"""What SQL does not know of the cells of a piece, asked of Python: each distinct cell or combination once, then remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from affil.ingest.tables.bulk.columns import Column, Fields
from affil.ingest.tables.bulk.plans import Lookup, Plan
from affil.ingest.values.cells import Refused, shown
from affil.language.fio_bulk import parse_names
from affil.language.fio_lists import close_database

if TYPE_CHECKING:
    import duckdb

REMEMBERED = 100_000  # distinct cells or combinations kept for the next pieces, of each column
REFUSED = 10_000  # the same of cells with a reason against them, which Python keeps
FEW_NAMES = 2_000
Told = tuple[str | bool | None, ...]


class Asking:
    """The tables of answers on one connection: `map_<column>` of cells, those of the lookups and names of the plan."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, fields: Fields, plan: Plan) -> None:
        self.connection, self.fields, self.plan = connection, fields, plan
        for column in fields.columns:
            answers = "cell VARCHAR, one VARCHAR, two VARCHAR, refused BOOLEAN, zeros BOOLEAN, several BOOLEAN"
            connection.execute(f"CREATE TABLE map_{column.key} ({answers})")
        for lookup in plan.lookups:
            keys = ", ".join(f"key{place} VARCHAR" for place in range(len(lookup.keys)))
            answers = ", ".join(f"{one} VARCHAR" for one in lookup.columns)
            connection.execute(f"CREATE TABLE {lookup.name} ({keys}, {answers}, judged BOOLEAN)")
        self.remembered = dict.fromkeys((lookup.name for lookup in plan.lookups), 0)

    def cells(self, piece: str) -> None:
        """Ask the converters of each column for the cells of the piece that SQL left."""
        columns = self.fields.columns
        left = ", ".join(f"bool_or(u_{column.key} IS NOT NULL)" for column in columns)
        [asked] = self.connection.execute(f"SELECT {left} FROM {piece}").fetchall()
        for column, one in zip(columns, asked, strict=True):
            column.asked = bool(one)
            if one:
                self._converter(piece, column)

    def _converter(self, piece: str, column: Column) -> None:
        if column.seen > REMEMBERED or len(column.problems) > REFUSED:
            self.connection.execute(f"DELETE FROM map_{column.key}")
            column.seen = 0
            column.problems.clear()
        unknown = self.connection.execute(
            f"SELECT DISTINCT u_{column.key} FROM {piece} ANTI JOIN map_{column.key} ON cell = u_{column.key} "
            f"WHERE u_{column.key} IS NOT NULL"
        ).fetchall()
        column.seen += len(unknown)
        self._fill(f"map_{column.key}", [_converted(column, cell) for (cell,) in unknown])

    def lookups(self, piece: str) -> None:
        """Ask what the plan looks up of the values of the piece."""
        for lookup in self.plan.lookups:
            if self.remembered[lookup.name] > REMEMBERED:
                self.connection.execute(f"DELETE FROM {lookup.name}")
                self.remembered[lookup.name] = 0
            keys = [self.fields.named(key) for key in lookup.keys]
            values, joins = self.fields.asked_for(*keys)
            places = range(len(keys))
            unknown = self.connection.execute(
                f"SELECT DISTINCT {', '.join(f'{key} AS key{place}' for place, key in enumerate(keys))} "
                f"FROM (SELECT {values} FROM {piece} {joins} WHERE NOT judged) WHERE {keys[0]} IS NOT NULL"
                f" EXCEPT SELECT {', '.join(f'key{place}' for place in places)} FROM {lookup.name}"
            ).fetchall()
            self.remembered[lookup.name] += len(unknown)
            self._fill(lookup.name, [_looked_up(lookup, key) for key in unknown])

    def names(self, piece: str) -> None:
        """Read the names of persons of the piece."""
        for name, sql in self.plan.names.items():
            text = self.fields.named(sql)
            values, joins = self.fields.asked_for(text)
            self.connection.execute(
                "CREATE OR REPLACE TEMPORARY VIEW said AS "
                f"SELECT {text} AS text FROM (SELECT {values} FROM {piece} {joins} WHERE NOT judged)"
            )
            parse_names(self.connection, "said", "text", name, few=FEW_NAMES)
        close_database()  # 60 MB; what it told stays known

    def _fill(self, table: str, rows: Sequence[Told]) -> None:
        if not rows:
            return
        import numpy

        batch = {f"v{place}": numpy.array(values, dtype=object) for place, values in enumerate(zip(*rows, strict=True))}
        self.connection.register("_batch", batch)
        try:
            texts = ", ".join(f"CAST({name} AS VARCHAR)" for name in batch)
            self.connection.execute(f"INSERT INTO {table} SELECT {texts} FROM _batch")
        finally:
            self.connection.unregister("_batch")


def _converted(column: Column, cell: str) -> Told:
    """cell, value, second value, refused, zeros given back, several values."""
    try:
        value = column.read(cell)
    except Refused as refused:
        column.problems[cell] = refused.with_traceback(None)  # it would keep every frame it came through
        return cell, None, None, True, False, False
    if column.kind == "birth" and isinstance(value, tuple):
        day, year = value
        return cell, day.isoformat() if day else None, str(year) if year else None, False, False, False
    if column.kind == "many_inn" and isinstance(value, tuple):
        return cell, value[0], None, False, False, len(value) > 1
    zeros = column.is_number and isinstance(value, str) and value[0] == "0" and shown(cell).lstrip("'’ ")[:1] != "0"
    several_lines = column.kind == "name" and "\n" in cell.strip()  # they may be several persons
    return cell, None if value is None else str(value), None, False, zeros, several_lines


def _looked_up(lookup: Lookup, key: Sequence[str | None]) -> Told:
    made = lookup.made(*key)
    return (*key, *(made or (None,) * len(lookup.columns)), made is None)
