"""The one writer of CSV tables: made to be opened by Excel on Windows without losing a zero or running a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from affil.reports.clean import UNSEEN
from affil.reports.values import date_text, percent_text, price_text

Cells = tuple[object, ...]

IDENTIFIER_DIGITS = 12  # Excel turns longer numbers into 4,20512E+11
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def table_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with BOM, `;`, CRLF, every cell through `cell_text`; None is an empty cell.

    A row whose length differs from the headings is a defect and raises ValueError.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell_text(heading) for heading in headings])
    for row in rows:
        if len(row) != len(headings):
            raise ValueError(f"row of {len(row)} cells under {len(headings)} headings")
        writer.writerow([cell_text(value) for value in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def cell_text(value: object) -> str:
    """The text of a cell, with a leading apostrophe where a spreadsheet would take it for a formula or spoil its digits.

    Dates are ДД.ММ.ГГГГ, prices (Decimal) have a decimal comma, shares (Fraction, parts of 1) are per cent.
    """
    if value is None:
        return ""
    text = UNSEEN.sub("", value) if isinstance(value, str) else _plain_text(value)  # one before = would hide a formula
    return f"'{text}" if needs_apostrophe(text) else text


def _plain_text(value: object) -> str:
    if isinstance(value, dt.date):
        return date_text(value)
    if isinstance(value, Decimal):
        return price_text(value)
    return percent_text(value) if isinstance(value, Fraction) else str(value)


def needs_apostrophe(text: str) -> bool:
    """True for a formula sign in front, for digits alone that are 12 or more, and for digits with a leading zero."""
    if text.startswith(FORMULA_SIGNS):
        return True
    digits = text.isascii() and text.isdigit()
    return digits and (len(text) >= IDENTIFIER_DIGITS or (len(text) > 1 and text[0] == "0"))
