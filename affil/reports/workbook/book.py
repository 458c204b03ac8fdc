"""`findings.xlsx`: eight sheets made of the same rows as the CSV tables (CONTRACT 4, OFFICER 3.1).

XlsxWriter makes the workbook with its styles, filters, drop-downs and print settings; the rows are put in afterwards.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from affil.model.finding import Run
from affil.reports.clean import clean
from affil.reports.findings_json import findings_json
from affil.reports.table_csv import Cells
from affil.reports.tables import Tables, tables_of
from affil.reports.values import date_text
from affil.reports.workbook.about import about_lines
from affil.reports.workbook.cells import Place, Texts, rows_xml
from affil.reports.workbook.heights import line_count, row_height
from affil.reports.workbook.layout import (
    CASES,
    COURSE,
    COVERAGE,
    FORMATS,
    NAMESAKES,
    PLAIN,
    SCALE,
    SOURCES,
    STEPS,
    UNDETERMINED,
    Layout,
    choices,
)
from affil.reports.workbook.rows import BEGUN, StepRows, course_rows, source_rows, step_count
from affil.words import Words

MOST_ROWS = 1_048_576  # of a sheet, the headings included
ABOUT_WIDTHS = (38, 90, 40, 68)
DAYS = (dt.date(2000, 1, 1), dt.date(2100, 12, 31))
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
TEXTS = "xl/sharedStrings.xml"
PIECE = 500  # rows or texts written at once
_PATTERN = re.compile(r'<row r="2".*?</row>')
_STYLE = re.compile(r' s="(\d+)"')
_SIZE = re.compile(r'<dimension ref="[^"]*"/>')
_TEXT_COUNT = re.compile(r'count="(\d+)" uniqueCount="(\d+)"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be filled: how it looks, its rows, and how many they are."""

    layout: Layout
    rows: Iterable[Cells]
    count: int


def findings_xlsx(run: Run, words: Words, tables: Tables | None = None, checksum: str | None = None) -> bytes:
    """The workbook in the language of `words`; equal runs give equal bytes.

    `tables`: rows already made; `checksum`: SHA-256 of `findings.json`; both are worked out where not given. No text becomes
    a formula or a link; what a cell or sheet cannot hold is cut, and the cell says so.
    """
    tables = tables or tables_of(run, words)
    checksum = checksum or hashlib.sha256(findings_json(run)).hexdigest()
    sheets = _sheets(run, tables, words)
    return _filled(_shell(run, sheets, tables, words, checksum), sheets, words)


def _sheets(run: Run, tables: Tables, words: Words) -> tuple[Sheet, ...]:
    """All sheets but the last, in order."""
    cases = [row.cells for row in tables.findings if not row.case.name_only]
    namesakes = [row.cells for row in tables.findings if row.case.name_only]
    events = len({row.case.number for row in tables.findings}) * len(BEGUN)
    return (
        Sheet(CASES, cases, len(cases)),
        Sheet(STEPS, StepRows(run, words).of(tables.findings), step_count(tables.findings)),
        Sheet(NAMESAKES, namesakes, len(namesakes)),
        Sheet(UNDETERMINED, tables.undetermined, len(tables.undetermined)),
        Sheet(COVERAGE, tables.coverage, len(tables.coverage)),
        Sheet(COURSE, course_rows(tables.findings, run, words), events),
        Sheet(SOURCES, source_rows(run, words), len(run.sources)),
    )


def _shell(run: Run, sheets: tuple[Sheet, ...], tables: Tables, words: Words, checksum: str) -> bytes:
    """The workbook without its rows: under the headings of each sheet one row that shows the style of every column."""
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
            _helps(page, sheet.layout, sheet.count, words)
            _print_settings(page, sheet.layout, imprint, words)
        page = book.add_worksheet(words("workbook.sheet.about"))
        _about(page, formats, about_lines(run, tables.findings, words, checksum))
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


def _helps(page: Any, layout: Layout, count: int, words: Words) -> None:
    """What makes a table easy to work in: filter, what never leaves the screen, drop-downs, what the sheet is."""
    last = max(min(count, MOST_ROWS - 1), 1)
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
    """A drop-down or a date; a measure may be one that no list knows."""
    if choice is not None:
        told = {"error_title": words("workbook.choice.title"), "error_message": words("workbook.choice.text")}
        free = "information" if choice == "measure" else "stop"
        return {"validate": "list", "source": choices(choice, words), "error_type": free, **told}
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


def _about(page: Any, formats: dict[str, Any], lines: list[Any]) -> None:
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


def _filled(shell: bytes, sheets: tuple[Sheet, ...], words: Words) -> bytes:
    """The workbook with its rows, written piece by piece. Times inside are fixed; the texts come last, when all are known."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(shell)) as old, zipfile.ZipFile(target, "w") as new:
        first = _TEXT_COUNT.search(old.read(TEXTS).decode("utf-8"))
        texts = Texts(int(first[2]) if first else 0, words("workbook.cut_text"))
        filled = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, start=1)}
        for name in sorted(old.namelist(), key=lambda name: name == TEXTS):
            xml = old.read(name)
            if name in filled:
                _write(new, name, _with_rows(xml.decode("utf-8"), filled[name], texts, words))
            elif name == TEXTS:
                _write(new, name, _with_texts(xml.decode("utf-8"), texts))
            else:
                _write(new, name, iter([xml.decode("utf-8")]))
    return target.getvalue()


def _write(archive: zipfile.ZipFile, name: str, parts: Iterator[str]) -> None:
    member = zipfile.ZipInfo(name, ZIP_DAY)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3  # whatever the system that writes it
    with archive.open(member, "w") as file:
        while piece := "".join(islice(parts, PIECE)):
            file.write(piece.encode("utf-8"))


def _with_texts(xml: str, texts: Texts) -> Iterator[str]:
    yield _TEXT_COUNT.sub(f'uniqueCount="{texts.count}"', xml, count=1).removesuffix("</sst>")
    yield from texts.xml()
    yield "</sst>"


def _with_rows(xml: str, sheet: Sheet, texts: Texts, words: Words) -> Iterator[str]:
    """The sheet with its rows in the place of the one that shows the styles."""
    pattern = _PATTERN.search(xml)
    if pattern is None:
        raise ValueError(f"sheet {sheet.layout.name}: no row of styles")
    columns = zip(_STYLE.findall(pattern[0]), sheet.layout.columns, strict=True)
    places = [
        Place(_letters(number), int(style), column.answered, column.width) for number, (style, column) in enumerate(columns)
    ]
    size = f'<dimension ref="A1:{places[-1].letters}{min(sheet.count + 1, MOST_ROWS)}"/>'
    yield _SIZE.sub(size, xml[: pattern.start()], count=1)
    yield from rows_xml(_limited(sheet, words), places, texts)
    yield xml[pattern.end() :]


def _limited(sheet: Sheet, words: Words) -> Iterator[Cells]:
    """The rows a sheet can hold; where they are more, the last one says so."""
    if sheet.count < MOST_ROWS:
        yield from sheet.rows
        return
    shown = MOST_ROWS - 2
    yield from islice(sheet.rows, shown)
    told = words("workbook.cut_rows", shown=shown, all=sheet.count, file=sheet.layout.file)
    first = next(number for number, column in enumerate(sheet.layout.columns) if column.kind == "text")
    yield tuple(told if number == first else None for number in range(len(sheet.layout.columns)))


def _letters(number: int) -> str:
    """Name of a column: 0 is A, 26 is AA."""
    text = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(65 + digit) + text
    return text
