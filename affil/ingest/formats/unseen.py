"""What a person who opens a workbook does not see: hidden rows, columns and sheets; and formulas that were never calculated.

The reader of workbooks gives none of it; it was seen when the sheets were looked through (`sheet_scan.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from affil.ingest.formats.sheet_scan import Scan, Scanned


@dataclass(frozen=True, slots=True)
class Unseen:
    """Of one sheet: numbers of hidden rows and columns as Excel counts, addresses of formulas without a value, and itself."""

    sheet: str
    hidden: bool = False
    rows: Sequence[int] = ()
    columns: Sequence[int] = ()
    formulas: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.hidden or self.rows or self.columns or self.formulas)


def unseen_of(book: Scanned) -> list[Unseen]:
    """What is not seen in each sheet of an XLSX workbook, in its order; nothing of other kinds."""
    nothing = Scan()
    found = ((one, book.scans.get(one.path, nothing)) for one in book.sheets)
    told = (Unseen(one.name, one.hidden, scan.rows, scan.columns, scan.formulas) for one, scan in found)
    return [one for one in told if one]
