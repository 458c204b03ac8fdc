"""The official whose name stands once above the rows of his kin: merged downwards, or empty in the rows below it.

Nothing is filled across a blank row, a row of a department or headings said again, nor where a number of its own shows that
another official begins. A sheet that repeats the name in every row has left one out where it is empty: it is not filled.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from affil.ingest.formats.workbook import Sheet
from affil.ingest.tables.sheet.headings import Row
from affil.ingest.values.cells import Cell, shown


class FilledDown:
    """Fills the columns that say who the official is, row by row in order; `filled` counts the rows."""

    def __init__(
        self, sheet: Sheet, identity: Collection[int], own: Collection[int], number: int | None, body: Sequence[Row], top: int
    ) -> None:
        """`identity`: columns of his number and name; `own`: of all that is his; `body`: the first rows below the headings, which
        end in row `top` (counted from 0)."""
        self.identity, self.number, self.filled = sorted(identity), number, 0
        self.own = sorted({*identity, *own, *([number] if number is not None else [])})
        self.once = not _repeats(body, self.identity)
        self.last: dict[int, Cell] | None = None
        self.begun = False  # whether the row given last names its official itself
        self.spans = [
            (first, last, column)
            for (first, column), (last, right) in sheet.merged
            if first > top and last > first and column in self.identity
        ]
        self.rows = sheet.rows if isinstance(sheet.rows, list) else []
        self.merged = self._merged()
        self.unsure = self._second_official()

    def row(self, number: int, cells: Row) -> Row:
        """The row (as Excel numbers it) with the official it belongs to; without any official where two may be meant."""
        over = self.merged.get(number)
        self.begun = False
        if over:
            return self._below_merged(number, cells, over)
        if any(_cell(cells, column) for column in self.identity):
            known = {column: cells[column] for column in self.identity if _cell(cells, column)}
            self.once = self.once and not (self.last is not None and known == self.last)
            self.last, self.begun = known, True
            return cells
        if self.last is None or not self.once or any(_cell(cells, column) for column in self.own):
            self.last = None
            return cells
        self.filled += 1
        return _with(cells, self.last)

    def stop(self) -> None:
        """What follows is below something else: nothing is filled until an official is named again."""
        self.last = None

    def _below_merged(self, number: int, cells: Row, over: dict[int, Cell]) -> Row:
        differs = any(_cell(cells, column) and shown(cells[column]) != shown(cell) for column, cell in over.items())
        own = [column for column in self.identity if column not in over and _cell(cells, column)]
        if differs or own or number in self.unsure:
            self.last = None
            return [None if column in self.identity else cell for column, cell in enumerate(cells)]
        self.filled += 1
        above = self.last or {}
        self.last = {**{column: cell for column, cell in above.items() if column not in over}, **over}
        return _with(cells, self.last)

    def _merged(self) -> dict[int, dict[int, Cell]]:
        found: dict[int, dict[int, Cell]] = {}
        for first, last, column in self.spans:
            if first >= len(self.rows) or not _cell(self.rows[first], column):
                continue
            for index in range(first + 1, min(last, len(self.rows) - 1) + 1):
                found.setdefault(index + 1, {})[column] = self.rows[first][column]
        return found

    def _second_official(self) -> set[int]:
        """Rows below a merged name where the numbering, left empty for kin, begins anew: the cell covers two officials."""
        if self.number is None:
            return set()
        found: set[int] = set()
        for first, last, _ in self.spans:
            below = range(first + 1, min(last, len(self.rows) - 1) + 1)
            numbered = [index for index in below if _cell(self.rows[index], self.number)]
            if numbered and len(numbered) < len(below):
                found.update(index + 1 for index in below if index >= numbered[0])
        return found


def _repeats(rows: Sequence[Row], identity: Sequence[int]) -> bool:
    """True where two rows one below the other name the same official: this sheet names him in every row."""
    before: list[str] = []
    for row in rows:
        known = [shown(_cell(row, column)) for column in identity]
        if any(known) and known == before:
            return True
        before = known
    return False


def _cell(row: Row, column: int) -> Cell:
    """The cell, None where it is empty."""
    cell = row[column] if column < len(row) else None
    return cell if cell is not None and shown(cell) else None


def _with(cells: Row, filled: dict[int, Cell]) -> Row:
    widened = [*cells, *[None] * (max(filled, default=-1) + 1 - len(cells))]
    for column, cell in filled.items():
        if widened[column] is None or not shown(widened[column]):
            widened[column] = cell
    return widened
