"""XLSX, ODS and CSV whose bytes do not depend on the clock, the machine or the zlib at hand."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

Cell = str | int | float | dt.date | None
_DAY = dt.datetime(2026, 3, 10, 9, 0)


def _stored(members: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip without compression: other builds of zlib pack the same text into other bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, data)
    return buffer.getvalue()


def write_xlsx(path: Path, sheet: str, title: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[Cell]],
               *, numbered: bool = False) -> None:  # fmt: skip
    """One sheet: title rows merged over the table, headings, a row «1 2 3» if `numbered`, the rows. Dates are Excel dates."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _DAY, "author": "", "title": title[0]})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True, "align": "center"})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    plain = book.add_format({"border": 1})
    day = book.add_format({"border": 1, "num_format": "dd.mm.yyyy"})
    for number, text in enumerate(title):
        page.merge_range(number, 0, number, len(headings) - 1, text, bold)
    start = len(title)
    page.write_row(start, 0, headings, head)
    if numbered:
        page.write_row(start + 1, 0, range(1, len(headings) + 1), head)
    for number, row in enumerate(rows, start + 1 + numbered):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(number, column, dt.datetime(value.year, value.month, value.day), day)
            elif isinstance(value, str) and value:
                page.write_string(number, column, value, plain)
            else:
                page.write(number, column, value, plain)
    page.set_column(0, len(headings) - 1, 22)
    page.freeze_panes(start + 1 + numbered, 0)
    book.close()
    with zipfile.ZipFile(buffer) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_stored(members))


def write_ods(path: Path, sheet: str, rows: Sequence[Sequence[str]]) -> None:
    """One sheet of text cells in OpenDocument."""
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    names = {"office": "office", "table": "table", "text": "text"}
    space = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items())
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
            if value
            else "<table:table-cell/>"
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {space} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="{escape(sheet)}">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        f' manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    members = [("mimetype", mime), ("content.xml", content), ("META-INF/manifest.xml", manifest)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_stored([(name, text.encode()) for name, text in members]))


def write_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str) -> None:
    """Semicolons and CRLF, as Excel in a Russian Windows saves it."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue().encode(encoding))
