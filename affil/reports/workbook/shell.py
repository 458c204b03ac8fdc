"""The workbook without its rows: styles, filters, drop-downs, print settings, and the last sheet. The only user of XlsxWriter."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from affil.model.run import Run
from affil.reports.clean import clean
from affil.reports.values import date_text
from affil.reports.workbook.about import Line
from affil.reports.workbook.heights import line_count, row_height
from affil.reports.workbook.layout import FORMATS, PLAIN, SCALE, Layout, choices
from affil.reports.workbook.sheets import MOST_ROWS, Sheet
from affil.words import Words

ABOUT_WIDTHS = (38, 90, 40, 68)
DAYS = (dt.date(2000, 1, 1), dt.date(2100, 12, 31))


def empty_book(run: Run, sheets: tuple[Sheet, ...], about: list[Line], words: Words, checksum: str) -> bytes:
    """The bytes of the workbook: under the headings of each sheet one row that shows the style of every column."""
    import xlsxwriter  # for this alone: commands that write no workbook need not wait for it

    target = io.BytesIO()
    imprint = words(
        "paper.footer",
        run=run.id,
        version=run.version,
        rules=date_text(run.rules_date) or words("paper.no_date"),
        checksum=checksum[:8],
    )
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_format_properties": PLAIN}) as book:
        book.set_properties({"title": words("page.title"), "author": "affil", "created": run.started.replace(microsecond=0)})
        formats = {name: book.add_format(properties) for name, properties in FORMATS.items()}
        for sheet in sheets:
            page = book.add_worksheet(words(f"workbook.sheet.{sheet.layout.name}"))
            _columns(page, sheet.layout, words, formats)
            _helps(page, sheet.layout, sheet.last, words)
            _print_settings(page, sheet.layout, imprint, words)
        page = book.add_worksheet(words("workbook.sheet.about"))
        _about(page, formats, about)
        _print_settings(page, None, imprint, words)
    return target.getvalue()


def _columns(page: Any, layout: Layout, words: Words, formats: dict[str, Any]) -> None:
    headings = words.raw(layout.headings)
    for number, (column, heading) in enumerate(zip(layout.columns, headings, strict=True)):
        page.set_column(number, number, column.width, formats[column.kind.removesuffix("+")])
        page.write_string(0, number, heading, formats["head+" if column.answered else "head"])
        page.write_blank(1, number, None, formats[column.kind])
    lines = (line_count(heading, column.width, bold=True) for column, heading in zip(layout.columns, headings, strict=True))
    page.set_row(0, row_height(max(lines)))


def _helps(page: Any, layout: Layout, last: int, words: Words) -> None:
    """What makes a table easy to work in: filter, what never leaves the screen, drop-downs, what the sheet is."""
    last = max(last - 1, 1)  # XlsxWriter counts from 0
    page.autofilter(0, 0, last, len(layout.columns) - 1)
    page.freeze_panes(1, layout.frozen)
    page.set_zoom(90)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    note = {"input_title": words(f"workbook.sheet.{layout.name}"), "input_message": words(f"workbook.note.{layout.name}")}
    page.data_validation(0, 0, 0, 0, {"validate": "any", **note})
    for number, column in enumerate(layout.columns):
        rule = _validation(column.kind, column.choice, words)
        if rule:
            page.data_validation(1, number, min(last + layout.spare, MOST_ROWS - 1), number, rule)


def _validation(kind: str, choice: str | None, words: Words) -> dict[str, Any] | None:
    """A drop-down or a date: what no list knows would not be taken back (`affil review --import`)."""
    if choice is not None:
        told = {"error_title": words("workbook.choice.title"), "error_message": words("workbook.choice.text")}
        return {"validate": "list", "source": choices(choice, words), "error_type": "stop", **told}
    if kind == "date+":
        told = {"error_title": words("workbook.choice.date_title"), "error_message": words("workbook.choice.date")}
        return {"validate": "date", "criteria": "between", "minimum": DAYS[0], "maximum": DAYS[1], **told}
    return None


def _print_settings(page: Any, layout: Layout | None, imprint: str, words: Words) -> None:
    """A4, lying; headings on every page; which run, whose data, which page."""
    page.set_paper(9)
    page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    number = words("paper.page").replace("{page}", "&P").replace("{pages}", "&N")
    page.set_header(f"&L&8&A&R&8{_marks(words('reports.personal_data'))}", {"margin": 0.3})
    page.set_footer(f"&L&8{_marks(imprint)}&R&8{number}", {"margin": 0.3})
    if layout is None:
        page.fit_to_pages(1, 0)
        return
    page.repeat_rows(0)
    page.hide_gridlines(0)  # 0 shows them on paper too
    if not layout.parts:
        page.fit_to_pages(1, 0)
        return
    page.set_print_scale(SCALE)
    page.set_v_pagebreaks(list(layout.parts))
    page.repeat_columns(0, layout.repeated - 1)
    page.print_across()


def _marks(text: str) -> str:
    return text.replace("&", "&&")


def _about(page: Any, formats: dict[str, Any], lines: list[Line]) -> None:
    for number, width in enumerate(ABOUT_WIDTHS):
        page.set_column(number, number, width)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for row, line in enumerate(lines):
        texts = enumerate(zip(ABOUT_WIDTHS, map(str, line.cells), strict=False))
        page.set_row(row, row_height(max(line_count(text, width, bold=number == 0) for number, (width, text) in texts)))
        for column, value in enumerate(line.cells):
            kind = "section" if line.kind == "section" else "head" if line.kind == "head" else "text" if column else "label"
            if isinstance(value, int):
                page.write_number(row, column, value, formats["section" if kind == "section" else "number"])
            else:
                page.write_string(row, column, clean(value, 30_000), formats[kind])
