"""The empty form of a request for a pre-check: what request.py reads, with one example row a table that is never taken."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter

from affil.ingest.vocabulary.vocabulary import vocabulary
from affil.words import Words

_MADE = dt.datetime(2025, 1, 1)
_LEFT_OUT = frozenset(
    {"procedure_number", "customer_inn", "organizer_inn", "winner"}
)  # the sheet of the purchase tells them, or nobody yet
_TABLES = {"participants": "participants", "commission": "commissions"}
_WIDE = frozenset({"participant", "member", "director", "owners_over_25", "address"})
_DATES = frozenset({"applied_on", "from", "to"})


def write_request_form(folder: Path, lang: str) -> Path:
    """Write the form into `folder`, which exists, and return its path; the same bytes every time."""
    words = Words(lang)
    path = folder / f"{words('precheck.form.file')}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": _MADE, "title": words("precheck.form.title")})
        formats = {
            "heading": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E7EEF7"}),
            "text": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
            "date": book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"}),
            "money": book.add_format({"num_format": "#,##0.00", "valign": "top", "align": "left"}),
            "example": book.add_format(
                {"num_format": "@", "italic": True, "font_color": "#777777", "valign": "top", "text_wrap": True}
            ),
            "title": book.add_format({"bold": True, "font_size": 13}),
        }
        _purchase(book, formats, words)
        for sheet, table in _TABLES.items():
            _table(book, sheet, table, formats, words)
    return path


def _purchase(book: Any, formats: dict[str, Any], words: Words) -> None:
    """Labels in the first column, what is filled in beside them."""
    sheet = book.add_worksheet(words("precheck.form.sheets.purchase"))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, words("precheck.form.title"), formats["title"])
    kinds = {"price": "money", "notice_on": "date"}
    for row, (field, label) in enumerate(words.raw("precheck.form.labels").items(), 2):
        sheet.write_string(row, 0, label, formats["heading"])
        sheet.write_blank(row, 1, None, formats[kinds.get(field, "text")])
        if field == "stage":
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": words.raw("precheck.form.stages")})
    sheet.write_string(row + 2, 0, words("precheck.form.hint"))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _table(book: Any, name: str, table: str, formats: dict[str, Any], words: Words) -> None:
    """The headings of the same table of templates/, without what the sheet of the purchase tells."""
    sheet = book.add_worksheet(words(f"precheck.form.sheets.{name}"))
    form: dict[str, Any] = words.raw(f"templates.{table}")
    sheet.write_string(0, 0, words("templates.number"), formats["heading"])
    sheet.write_string(1, 0, words("templates.example"), formats["example"])
    sheet.set_column(0, 0, 9)
    fields = [field for field in vocabulary().tables[table].fields if field in form["headings"] and field not in _LEFT_OUT]
    for column, field in enumerate(fields, 1):
        sheet.write_string(0, column, form["headings"][field], formats["heading"])
        sheet.write_string(1, column, form["example"][field], formats["example"])
        sheet.set_column(column, column, 34 if field in _WIDE else 18, formats["date" if field in _DATES else "text"])
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
