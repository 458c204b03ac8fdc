"""Long regular sheets into records by whole columns. The row builder stays the judge: what is not surely equal goes to it.

A sheet comes in pieces of some tens of thousands of rows. SQL reads the cells (`reading.py`, `cells.py`); each distinct cell,
party or name that SQL does not read is asked of Python once (`asking.py`); SQL tells the regular rows and makes records of them
(`making.py`, `plans.py`); every other row is built by Python from its own cells. Records, rejects, counts and notes are those of
the row by row reading (a test holds the two equal).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from affil.bound import quoted
from affil.ingest.tables.bulk.asking import Asking
from affil.ingest.tables.bulk.cells import MACROS
from affil.ingest.tables.bulk.columns import Fields, columns_of
from affil.ingest.tables.bulk.making import records_of, refused_cells, regular_rows
from affil.ingest.tables.bulk.plans import Plan, plans
from affil.ingest.tables.bulk.reading import Source, cells_read
from affil.ingest.tables.sheet.headings import Header, Row
from affil.ingest.values.cells import shown
from affil.model.records import Reject, Sink

_MEMORY = "160MB"
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "pandas_analyze_sample": "0",
    "memory_limit": _MEMORY,
    "threads": "1",
}
_IN_MEMORY = {**{name: value for name, value in _CONFIG.items() if name != "memory_limit"}, "temp_directory": ""}
RowTaker = Callable[[int, Row], None]


@dataclass(frozen=True, slots=True)
class BulkSheet:
    """A sheet to read by columns: its header, what its titles say of every row, and `take`, the row by row reading."""

    name: str
    header: Header
    context: Mapping[str, str]
    sink: Sink
    take: RowTaker
    reject: Callable[[int, str, str, str, Mapping[str, str]], Reject]
    chain: Chain | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """What makes rows of a sheet depend on rows above: one that fills a single cell, or none of `names` where `named`.

    `hangs` says of such a row whether it is so; `resume` takes the last row before it, and whether two rows running
    had the same in `names`: the rows are read one by one from there.
    """

    names: frozenset[int]
    named: bool
    hangs: Callable[[int, Row], bool]
    resume: Callable[[int, Row, bool], None]


class HangsTogetherError(Exception):
    """A piece of the sheet has rows that depend on rows above them: it is not for reading by columns."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece whose cells are read into `table`: `number` is SQL of the number of a row in the sheet.

    `cells_of` gives the cells of rows, by these numbers, as the row builder has to see them.
    """

    table: str
    number: str
    cells_of: Callable[[Sequence[int]], Iterable[tuple[int, Row]]]


def plan_for(header: Header) -> Plan | None:
    """The plan by which sheets under this header are read by columns; None where only the row builder can read them."""
    plan = plans().get(header.table.name)
    if plan is None or plan.never_with & header.columns.keys() or plan.stale(header.table.fields):
        return None
    return plan


class Bulk:
    """Reads the pieces of one sheet. Use as a context; `taken` rows and `zeros` given back count as in the row reading."""

    def __init__(self, sheet: BulkSheet, plan: Plan, folder: str | None = None) -> None:
        import duckdb

        self.sheet, self.plan = sheet, plan
        self.connection = duckdb.connect(":memory:", config=_IN_MEMORY if sheet.sink.in_memory else dict(_CONFIG))
        if folder:
            self.connection.execute(f"SET allowed_directories = [{quoted(folder)}]")
            self.connection.execute(f"SET temp_directory = {quoted(folder)}")
        self.connection.execute("SET enable_external_access = false")
        for macro in MACROS:
            self.connection.execute(macro)
        self.taken = self.zeros = 0
        self.repeated = False
        self.columns = columns_of(sheet.header)
        self.width = max(sheet.header.written, default=0) + 1
        self.fields = Fields(sheet.header, self.columns, sheet.context)
        self.asking = Asking(self.connection, self.fields, plan)

    def __enter__(self) -> Bulk:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def cells(self, source: Source) -> str:
        """The query that reads the cells of a source, for `Piece.table`; any connection to the same database may run it."""
        chain = self.sheet.chain
        named = None if chain is None else chain.names if chain.named else frozenset[int]()
        return cells_read(source, self.sheet.header, self.columns, self.width, named)

    def take(self, piece: Piece) -> None:
        """Take the rows of a piece; `HangsTogetherError` where they depend on others, and nothing of it is taken."""
        before = len(self.sheet.sink.rejects)
        self._check_chain(piece)
        self.asking.cells(piece.table)
        self.asking.lookups(piece.table)
        self.asking.names(piece.table)
        regular = regular_rows(self.fields, self.plan, piece.table, piece.number)
        self.connection.execute(f"CREATE OR REPLACE TEMPORARY TABLE regular AS {regular}")
        # The limit said again has DuckDB give back what it has freed, before the store needs most to write a group of rows.
        self.connection.execute(f"SET memory_limit = '{_MEMORY}'")
        self._push()
        numbers = [number for (number,) in self.connection.execute("SELECT n FROM regular WHERE slow ORDER BY n").fetchall()]
        for number, cells in piece.cells_of(numbers):
            self.sheet.take(number, cells)
        rejects = self.sheet.sink.rejects
        rejects[before:] = sorted(rejects[before:], key=lambda reject: reject.row or 0)

    def _check_chain(self, piece: Piece) -> None:
        chain = self.sheet.chain
        if chain is None:
            return
        hang = f"SELECT {piece.number} AS n FROM {piece.table} WHERE may_hang ORDER BY n"
        places = [number for (number,) in self.connection.execute(hang).fetchall()]
        if any(chain.hangs(number, cells) for number, cells in piece.cells_of(places)):
            raise HangsTogetherError
        if chain.named and not self.repeated:
            running = (
                f"SELECT who = lag(who) OVER (ORDER BY {piece.number}) AS same FROM {piece.table} WHERE NOT judged AND who <> ''"
            )
            found = self.connection.execute(f"SELECT coalesce(bool_or(same), false) FROM ({running})").fetchall()
            self.repeated = bool(found[0][0])

    def _push(self) -> None:
        """Send the regular rows on their way, tell what was refused of them, and count them."""
        counted = self.connection.execute("SELECT count(*), coalesce(sum(zeros), 0) FROM regular WHERE NOT slow").fetchall()
        taken, zeros = map(int, counted[0])
        self.taken += taken
        self.zeros += zeros
        if taken:
            prefix = f"{self.sheet.name}!R" if self.sheet.name else "R"
            self.sheet.sink.add_columns(self.plan.table, records_of(self.connection, prefix))
        for number, column, cell in refused_cells(self.connection, self.fields):
            refused = column.problems[cell]
            self.sheet.sink.reject(self.sheet.reject(number, column.field, refused.reason, shown(cell), refused.params))


__all__ = ["Bulk", "BulkSheet", "Chain", "HangsTogetherError", "Piece", "plan_for"]
