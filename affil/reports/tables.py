"""The tables a run hands out, made once: CSV and workbook are written from the same rows, so they cannot differ."""

from __future__ import annotations

from dataclasses import dataclass

from affil.model.run import Run
from affil.reports.case_rows import CaseRow, case_rows
from affil.reports.coverage_csv import coverage_rows
from affil.reports.not_determinable_csv import undetermined_rows
from affil.reports.table_csv import Cells
from affil.words import Words


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows below the headings `reports.findings`, `coverage` and `reports.undetermined`; dates and numbers are no texts yet."""

    findings: tuple[CaseRow, ...]
    coverage: tuple[Cells, ...]
    undetermined: tuple[Cells, ...]


def tables_of(run: Run, words: Words) -> Tables:
    """All rows of a run in the language of `words`."""
    return Tables(tuple(case_rows(run, words)), tuple(coverage_rows(run, words)), tuple(undetermined_rows(run, words)))
