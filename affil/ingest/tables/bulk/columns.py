"""The columns of a sheet, and SQL for the values of its fields as its cells and Python's converters give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_of
from itertools import chain

from affil.bound import quoted
from affil.ingest.tables.bulk.cells import TYPES
from affil.ingest.tables.sheet.headings import Header
from affil.ingest.values.cells import Cell, Refused
from affil.ingest.values.converters import converter

_NO_FIELDS = ("customer_hint",)  # what a context says and no heading can


@dataclass(slots=True)
class Column:
    """One column of a field: `place` among the columns of the sheet, `key` its name in SQL.

    `asked`: cells of the piece are left to the converter `read`, and what it makes of them stands in the table `map_<key>`.
    """

    field: str
    place: int
    key: str
    kind: str
    read: Callable[[Cell], object]
    seen: int = 0
    asked: bool = False
    problems: dict[str, Refused] = made_of(default_factory=dict)

    @property
    def is_number(self) -> bool:
        """True of an ИНН, whose zeros at the beginning Excel may have taken."""
        return self.kind.endswith("_inn")


def columns_of(header: Header) -> list[Column]:
    """The columns that a header gives a field, in the order of the fields."""
    return [
        Column(name, place, f"{name}_{place}", header.table.fields[name].kind, converter(*_kind(header, name)))
        for name, several in header.columns.items()
        for place in several
    ]


def _kind(header: Header, name: str) -> tuple[str, str | None]:
    return header.table.fields[name].kind, header.table.fields[name].values


class Fields:
    """SQL of the values of fields: `v_<field>`, and `y_<field>` of a date of birth, the year."""

    def __init__(self, header: Header, columns: Sequence[Column], context: Mapping[str, str]) -> None:
        self.kinds = {name: one.kind for name, one in header.table.fields.items()}
        self.context = context
        self.columns = columns
        self.by_field: dict[str, list[Column]] = {}
        for column in columns:
            self.by_field.setdefault(column.field, []).append(column)
        self.known = self.by_field.keys() | context.keys()

    def named(self, text: str) -> str:
        """SQL with the names of values in place of `{field}` and `{field.year}`; NULL of a field the sheet does not have."""
        return re.sub(r"\{(\w+)(\.year)?\}", lambda found: self._name(found[1], bool(found[2])), text)

    def _name(self, name: str, year: bool) -> str:
        if year:
            return f"y_{name}" if name in self.by_field else "CAST(NULL AS INTEGER)"
        if name in self.known:
            return f"v_{name}"
        if name not in self.kinds and name not in _NO_FIELDS:
            raise KeyError(name)
        return f"CAST(NULL AS {TYPES.get(self.kinds.get(name, ''), 'VARCHAR')})"

    def values(self) -> list[str]:
        """Every value of a row under its name."""
        several = [one for name in self.by_field for one in self._values(name)]
        return several + [f"{quoted(text)} AS v_{name}" for name, text in self.context.items() if name not in self.by_field]

    def _values(self, name: str) -> Iterator[str]:
        columns = self.by_field[name]
        kind = TYPES.get(columns[0].kind, "VARCHAR")
        parts = [part for one in columns for part in self._parts(one, f"x_{one.key}", f"CAST({one.key}.one AS {kind})")]
        if name in self.context:
            parts.append(quoted(self.context[name]))
        yield f"coalesce({', '.join(parts)}) AS v_{name}"
        if columns[0].kind == "birth":
            years = [self._parts(one, f"year(x_{one.key})", f"CAST({one.key}.two AS INTEGER)") for one in columns]
            yield f"coalesce({', '.join(chain(*years))}) AS y_{name}"

    def _parts(self, column: Column, read: str, told: str) -> list[str]:
        return [read, told] if column.asked else [read]

    def joins(self, columns: Iterable[Column]) -> str:
        """The tables of what the converters made of cells of these columns."""
        return " ".join(f"LEFT JOIN map_{one.key} {one.key} ON {one.key}.cell = u_{one.key}" for one in columns if one.asked)

    def asked_for(self, *named: str) -> tuple[str, str]:
        """What a question needs of the rows: the values whose names stand in `named`, and the joins for them."""
        names = {found for text in named for found in re.findall(r"\b[vy]_\w+", text)}
        values = [one for one in self.values() if one.rpartition(" AS ")[2] in names]
        columns = [one for one in self.columns if f"v_{one.field}" in names or f"y_{one.field}" in names]
        return ", ".join(values) or "NULL", self.joins(columns)
