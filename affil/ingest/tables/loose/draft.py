"""A sheet while it is rewritten: its rows stay where they are, columns are added left of the first and right of the last."""

from __future__ import annotations

from dataclasses import dataclass, field

from affil.ingest.formats.csvfile import NoRow
from affil.ingest.formats.workbook import MergedRange
from affil.ingest.tables.loose.roles import Roles, roles_of
from affil.ingest.tables.sheet.headings import Row
from affil.ingest.values.cells import Cell, shown
from affil.ingest.vocabulary.vocabulary import Vocabulary


@dataclass(slots=True)
class Draft:
    """`head`: the row of headings; `left`, `right`: cells by row of the columns to add, by heading, in order."""

    rows: list[Row]
    merged: tuple[MergedRange, ...]
    head: int
    words: Vocabulary
    left: dict[str, dict[int, Cell]] = field(default_factory=dict)
    right: dict[str, dict[int, Cell]] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)  # rows of one cell that are no department
    changed: bool = False

    def roles(self) -> Roles:
        """What the headings mean as they stand now."""
        return roles_of(self.rows[self.head], self.words)

    def text(self, row: int, column: int) -> str:
        """A cell as text, its lines kept; empty where there is none."""
        cells = self.rows[row]
        cell = cells[column] if column < len(cells) else None
        return cell.strip() if isinstance(cell, str) else shown(cell)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Write a cell."""
        cells = [*self.rows[row], *[None] * (column + 1 - len(self.rows[row]))]
        cells[column] = cell
        self.rows[row] = cells
        self.changed = True

    def body(self) -> range:
        """The rows below the headings."""
        return range(self.head + 1, len(self.rows))

    def result(self) -> tuple[list[Row], tuple[MergedRange, ...]]:
        """The rows and merged ranges with the added columns."""
        width = max((at + 1 for at, cell in enumerate(self.rows[self.head]) if cell is not None and shown(cell)), default=0)
        rows = [row if isinstance(row, NoRow) else self._row(index, row, width) for index, row in enumerate(self.rows)]
        by = len(self.left)
        return rows, tuple(
            ((top, left + by if left or left == right else 0), (bottom, right + by))
            for (top, left), (bottom, right) in self.merged
        )

    def _row(self, index: int, row: Row, width: int) -> Row:
        """One row of the result; where columns are added to the right, what stands beyond the headings gives way to them."""
        if index == self.head:
            return [*self.left, *_filled_up(row, width), *self.right] if self.right else [*self.left, *row]
        left = [cells.get(index) for cells in self.left.values()]
        filled = [at for at, cell in enumerate(row) if cell is not None and shown(cell)]
        if filled == [0] and index not in self.moved and not any(cell is not None for cell in left):
            return [row[0], *[None] * len(left), *row[1:]]  # a row of a department stays in the first column
        added = [cells.get(index) for cells in self.right.values()]
        if not added:
            return [*left, *row]
        return [*left, *_filled_up(row, width), *added] if any(cell is not None for cell in added) else [*left, *row[:width]]


def _filled_up(row: Row, width: int) -> list[Cell]:
    return [*row[:width], *[None] * (width - len(row))]
