"""`rejects.csv`: every row or value not taken, where it stands, why, and how to correct it (OFFICER 3.1)."""

from __future__ import annotations

from affil.model.run import RejectRow, Run
from affil.reports.table_csv import table_csv
from affil.words import Words


def rejects_csv(run: Run, words: Words) -> bytes:
    """One row a reject, in the order of files, sheets and rows."""
    return table_csv(words.raw("reports.rejects.headings"), [_row(item, words) for item in sorted(run.rejects, key=_order)])


def reject_text(item: RejectRow, part: str, words: Words) -> str:
    """`reason` or `remedy` of a reject, filled with its parameters and its place."""
    place = {"file": item.file, "sheet": item.sheet, "row": item.row, "column": item.column, "value": item.value}
    return words(f"rejects.{item.reason}.{part}", **{**place, **item.params})


def _row(item: RejectRow, words: Words) -> tuple[object, ...]:
    reason = reject_text(item, "reason", words)
    if item.row_taken:
        reason = words("reports.rejects.row_taken", reason=reason)
    return item.file, item.sheet, item.row, item.column, item.value, reason, reject_text(item, "remedy", words)


def _order(item: RejectRow) -> tuple[str, str, int, str, str, str]:
    return item.file, item.sheet, item.row or 0, item.column, item.reason, item.value
