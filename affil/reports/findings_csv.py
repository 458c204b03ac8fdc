"""`findings.csv`: one row a case and contract, or procedure where there is no contract (OFFICER 3.1)."""

from __future__ import annotations

from collections.abc import Iterable

from affil.model.run import Run
from affil.reports.case_rows import CaseRow, case_rows
from affil.reports.table_csv import table_csv
from affil.words import Words


def findings_csv(run: Run, words: Words, rows: Iterable[CaseRow] | None = None) -> bytes:
    """All findings, however low, as rows of cases; no clock in it, equal runs give equal bytes. `rows`: already made ones."""
    rows = case_rows(run, words) if rows is None else rows
    return table_csv(words.raw("reports.findings.headings"), (row.cells for row in rows))
