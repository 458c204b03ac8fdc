"""The sheets of the workbook that are tables: how each looks, its rows, and how many of them it can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from affil.model.run import Run
from affil.reports.table_csv import Cells
from affil.reports.tables import Tables
from affil.reports.workbook.layout import CASES, COURSE, COVERAGE, NAMESAKES, SOURCES, STEPS, UNDETERMINED, Layout
from affil.reports.workbook.rows import StepRows, course_count, course_rows, source_rows, step_count
from affil.words import Words

MOST_ROWS = 1_048_576  # of a sheet, the headings included


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be filled: how it looks, its rows, and how many they are."""

    layout: Layout
    rows: Iterable[Cells]
    count: int

    @property
    def last(self) -> int:
        """Number of the last row that is written, the headings being row 1."""
        return min(self.count + 1, MOST_ROWS)

    def held(self, words: Words) -> Iterator[Cells]:
        """The rows a sheet can hold; where there are more, the last one says so."""
        if self.count < MOST_ROWS:
            yield from self.rows
            return
        shown = MOST_ROWS - 2
        yield from islice(self.rows, shown)
        told = words("workbook.cut_rows", shown=shown, all=self.count, file=self.layout.file)
        first = next(number for number, column in enumerate(self.layout.columns) if column.kind == "text")
        yield tuple(told if number == first else None for number in range(len(self.layout.columns)))


def sheets_of(run: Run, tables: Tables, words: Words) -> tuple[Sheet, ...]:
    """All sheets but the last, in order."""
    cases = [row.cells for row in tables.findings if not row.case.name_only]
    namesakes = [row.cells for row in tables.findings if row.case.name_only]
    return (
        Sheet(CASES, cases, len(cases)),
        Sheet(STEPS, StepRows(run, words).of(tables.findings), step_count(tables.findings)),
        Sheet(NAMESAKES, namesakes, len(namesakes)),
        Sheet(UNDETERMINED, tables.undetermined, len(tables.undetermined)),
        Sheet(COVERAGE, tables.coverage, len(tables.coverage)),
        Sheet(COURSE, course_rows(tables.findings, run, words), course_count(tables.findings, run)),
        Sheet(SOURCES, source_rows(run, words), len(run.sources)),
    )
