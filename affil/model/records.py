"""What one file gives: wide records for the store, rows that could not be taken, and counts of what was there.

A reader pushes into a `Sink`; it knows nothing of the store. Column names are those of `affil/store/schema.sql`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

SOURCE_ID_DIGITS = 16  # of the hash of its bytes are the id of a file
FLUSH_AT = 5_000
MOST_REJECTS = 50_000  # of a file are told one by one; nobody mends more by hand, and a million of them fill the memory


@dataclass(frozen=True, slots=True)
class Reject:
    """A row or a value not taken. `reason` is a key under `rejects` in the word catalogue, `params` fill its text.

    `row_taken` is true where only the value was refused and the rest of the row is in the store.
    """

    reason: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    row_taken: bool = False


@dataclass(frozen=True, slots=True)
class Mapped:
    """How a reader understood a column or element; `field` is empty where it means nothing known, `-` where nothing needs it.

    `filled`: whether the first rows have anything under it; `used`: false for a second column of one field, which is not read.
    """

    place: str
    heading: str
    table: str
    field: str
    filled: bool = True
    used: bool = True


@dataclass(frozen=True, slots=True)
class Near:
    """A sheet that is no known table: the table it is nearest to, and for each column that lacks the fields that would do."""

    place: str
    table: str
    missing: tuple[tuple[str, ...], ...]


class Columns(Protocol):
    """Many records as typed columns: what gives an Arrow stream, and the same row by row (a relation of DuckDB does both)."""

    @property
    def columns(self) -> list[str]:
        """Their names."""
        ...

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The Arrow PyCapsule of all records."""
        ...

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All records, values in the order of `columns`."""
        ...


@dataclass(slots=True)
class Sink:
    """Where a reader puts what it found. `write(table, rows)` is called with full batches; `close` sends the rest.

    `write_columns(table, columns)` takes records that come as columns; without it they go to `write` as rows. `in_memory`: no
    piece of the file may be put on the disk while it is read, for the store is encrypted or nothing of the file is to be kept.
    """

    write: Callable[[str, list[dict[str, Any]]], None]
    write_columns: Callable[[str, Columns], None] | None = None
    in_memory: bool = False
    taken: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    untold: Counter[bool] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    mapped: list[Mapped] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)
    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: str, locator: str, values: Mapping[str, Any]) -> None:
        """One record for `table`; missing columns become NULL."""
        rows = self._rows.setdefault(table, [])
        rows.append({"locator": locator, **values})
        if len(rows) >= FLUSH_AT:
            self.write(table, rows)
            self._rows[table] = []

    def extend(self, table: str, found: list[dict[str, Any]]) -> None:
        """Records for `table` that hold their locators already."""
        rows = self._rows.setdefault(table, [])
        rows += found
        if len(rows) >= FLUSH_AT:
            self.write(table, rows)
            self._rows[table] = []

    def add_columns(self, table: str, columns: Columns) -> None:
        """Many records for `table` at once, `locator` among their columns; missing columns become NULL."""
        if self.write_columns is not None:
            self.write_columns(table, columns)
            return
        names = columns.columns
        self.write(table, [dict(zip(names, values, strict=True)) for values in columns.fetchall()])

    def count(self, what: str, number: int = 1) -> None:
        """Count elements of the file as `affil load --json` reports them under `taken`."""
        self.taken[what] += number

    def reject(self, reject: Reject) -> None:
        """Remember a row or value that was not taken; of those beyond `MOST_REJECTS` only the number."""
        if len(self.rejects) < MOST_REJECTS:
            self.rejects.append(reject)
        else:
            self.untold[reject.row_taken] += 1

    @property
    def rows_rejected(self) -> int:
        """Rows not taken, those told only by number among them; not rows taken without a value."""
        return sum(not reject.row_taken for reject in self.rejects) + self.untold[False]

    def note(self, text: str) -> None:
        """A remark about the whole file: headings not used, repairs made. A catalogue key, then `|`, then its value."""
        self.notes.append(text)

    def map(self, place: str, heading: str, table: str, field_name: str, filled: bool = True, used: bool = True) -> None:
        """Remember how a column was understood, for `affil load --explain` and `--map`."""
        self.mapped.append(Mapped(place, heading, table, field_name, filled, used))

    def close(self) -> None:
        """Send what is left to the writer."""
        for table, rows in self._rows.items():
            if rows:
                self.write(table, rows)
        self._rows = {}
        if self.untold:
            self.note(f"more_rejects|{self.untold.total()}")
