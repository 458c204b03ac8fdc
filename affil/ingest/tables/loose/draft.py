"""A sheet while it is rewritten: its rows stay where they are, columns are added left of the first and right of the last."""

from __future__ import annotations

from collections.abc import Sequence
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
        width = max(map(len, self.rows), default=0)
        rows = [row if isinstance(row, NoRow) else self._row(index, row, width) for index, row in enumerate(self.rows)]
        by = len(self.left)
        return rows, tuple(
            ((top, left + by if left or left == right else 0), (bottom, right + by))
            for (top, left), (bottom, right) in self.merged
        )

    def _row(self, index: int, row: Row, width: int) -> Row:
        if index == self.head:
            left: Sequence[Cell] = list(self.left)
            return [*left, *row, *[None] * (width - len(row)), *self.right] if self.right else [*left, *row]
        left = [cells.get(index) for cells in self.left.values()]
        filled = [at for at, cell in enumerate(row) if cell is not None and shown(cell)]
        if filled == [0] and not any(cell is not None for cell in left):
            return [row[0], *[None] * len(left), *row[1:]]  # a row of a department stays in the first column
        added = [cells.get(index) for cells in self.right.values()]
        return [*left, *row, *([None] * (width - len(row)) + added if added else [])]
