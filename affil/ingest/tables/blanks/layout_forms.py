"""Layouts in which kin are read besides the form of relatives: a workbook of examples, never loaded (OFFICER 2.1)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter

from affil.words import Words

_MADE = dt.datetime(2025, 1, 1)
_WIDEST, _NARROWEST = 46, 9


def write_layouts(folder: Path, lang: str) -> Path:
    """Write the workbook into `folder`, which exists, and return its path; a sheet a layout, the same bytes every time."""
    words = Words(lang)
    form: dict[str, Any] = words.raw("templates.layouts")
    path = folder / f"{form['file']}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": _MADE, "title": form["file"]})
        header = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1, "bg_color": "#E7EEF7"}
        )
        example = book.add_format(
            {"num_format": "@", "italic": True, "font_color": "#777777", "valign": "top", "text_wrap": True, "border": 1}
        )
        for layout in form["sheets"].values():
            _write_sheet(book.add_worksheet(layout["sheet"]), layout, header, example)
    return path


def _write_sheet(page: Any, layout: dict[str, Any], header: Any, example: Any) -> None:
    """Rows of the word catalogue as they stand; «пример» in the first column keeps them from being loaded."""
    for top, left, bottom, right in layout["merged"]:
        page.merge_range(top, left, bottom, right, "", header if top < layout["headings"] else example)
    for number, row in enumerate(layout["rows"]):
        for column, text in enumerate(row):
            if text:
                page.write_string(number, column, text, header if number < layout["headings"] else example)
    for column in range(max(map(len, layout["rows"]))):
        longest = max(len(line) for row in layout["rows"] if column < len(row) for line in row[column].split("\n"))
        page.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST))
    page.freeze_panes(layout["headings"], 0)
