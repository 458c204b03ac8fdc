"""XLSX, XLS, XLSB and ODS into sheets of rows, with the cells that are merged."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from affil.ingest.formats.archive import BROKEN_ZIP
from affil.ingest.formats.long_sheets import LongBook
from affil.ingest.formats.shared_strings import OddXmlError
from affil.ingest.formats.sheet_scan import Scan, Scanned, scanned
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.ingest.values.cells import Cell

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MAX_UNPACKED = 2 << 30
_MAX_OLE2 = 128 << 20  # the old form holds 65,536 rows a sheet
_MAX_CELLS = 40_000_000
_SHORT = 24 << 20  # bytes of XML: a smaller workbook is read at once
_COLUMNS = 26
_MOST_CELLS_AT_ONCE = 2_000_000
_MOST_CELLS_SEEN_AT_ONCE = 3_000_000
_MOST_HEADINGS = 12  # rows
_OFFICE_NS = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE_NS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

MergedRange = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows` counted from the first row of the sheet, `merged` as ((top, left), (bottom, right)) counted from 0.

    `first_row`: how many rows of the sheet stand above `rows`, where they are one of several tables of it.
    `text`: the file of CSV text and its separator, where the sheet is one.
    """

    name: str
    rows: Iterable[Sequence[Cell]]
    merged: tuple[MergedRange, ...] = field(default=())
    first_row: int = 0
    text: tuple[InputFile, str] | None = None


def is_workbook(file: InputFile) -> bool:
    """True for an Excel or OpenDocument workbook, old binary ones and those locked by a password included."""
    head = file.head(8)
    if head.startswith(OLE2):
        return _ole2_is_workbook(file)
    if not head.startswith(_ZIP):
        return False
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            return _zip_is_workbook(archive)
    except BROKEN_ZIP:
        return False


def _ole2_is_workbook(file: InputFile) -> bool:
    names = [name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage")]
    with file.open() as stream:
        content = stream.read(_MAX_OLE2)
    return any(name in content for name in names)


def _zip_is_workbook(archive: zipfile.ZipFile) -> bool:
    names = set(archive.namelist())
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        return archive.read("mimetype").strip().startswith(_ODS_TYPE)
    return any(name.startswith("xl/workbook.") for name in names)


def sheets(file: InputFile, book: Scanned | None = None) -> Iterator[Sheet]:
    """Every sheet of the workbook in its order; `FileRefusedError` where it is locked, damaged or too large to be a table.

    `book`: what `look_through` gave of the same file, where it was asked. Rows of large workbooks come as `LongRows`.
    """
    book = book or look_through(file)
    if book.strings + sum(scan.size for scan in book.scans.values()) > _SHORT or any(map(_is_wide_open, book.scans.values())):
        yield from _long_sheets(file, book)
        return
    merged_of_ods = _merged_of_ods(file) if book.ods else {}
    try:
        with file.open() as stream:
            opened = CalamineWorkbook.from_filelike(stream)
    except CalamineError as error:
        raise _refusal(file, error) from error
    for name in opened.sheet_names:
        try:
            sheet = opened.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
        except CalamineError as error:
            if "not a worksheet" in str(error).lower():
                continue
            raise _refusal(file, error) from error
        merged = merged_of_ods.get(name, ()) if book.ods else tuple(sheet.merged_cell_ranges or ())
        yield Sheet(name, rows, merged)


def look_through(file: InputFile) -> Scanned:
    """What a workbook holds, nothing where it is not zipped; `FileRefusedError` where it is damaged or too large."""
    with file.open() as stream:
        if stream.read(8).startswith(OLE2):
            if stream.seek(0, io.SEEK_END) > _MAX_OLE2:
                raise FileRefusedError(file.name, "workbook_too_large")
            return Scanned()
    return scanned(file)


class LongRows:
    """The rows of a large sheet, read from the file anew each time they are gone through; a bounded part of them is in memory."""

    def __init__(self, file: InputFile, book: LongBook, path: str) -> None:
        self.file, self.book, self.path = file, book, path

    def at_once(self) -> list[Sequence[Cell]]:
        """All of them, for a sheet that has to be seen as a whole; `FileRefusedError` where they are too many."""
        if self.book.book.scans[self.path].cells > _MOST_CELLS_SEEN_AT_ONCE:
            raise FileRefusedError(self.file.name, "workbook_too_long")
        return list(self)

    def __iter__(self) -> Iterator[list[Cell]]:
        with _refusing(self.file):
            yield from self.book.rows(self.path)


def _is_wide_open(scan: Scan) -> bool:
    return scan.last_row * max(scan.last_column, _COLUMNS) > _MOST_CELLS_AT_ONCE


def _long_sheets(file: InputFile, book: Scanned) -> Iterator[Sheet]:
    found = [one for one in book.sheets if one.path in book.scans]
    if not found or not all(book.scans[one.path].plain for one in found):
        raise FileRefusedError(file.name, "workbook_too_long")
    with _refusing(file):
        long = LongBook(file, book)
    for one in found:
        with _refusing(file):
            merged = long.merged(one.path)
        rows = LongRows(file, long, one.path)
        names_over_rows = any(top < bottom >= _MOST_HEADINGS for (top, _), (bottom, _) in merged)
        yield Sheet(one.name, rows.at_once() if names_over_rows else rows, merged)


@contextmanager
def _refusing(file: InputFile) -> Iterator[None]:
    try:
        yield
    except OddXmlError as error:
        raise FileRefusedError(file.name, "workbook_too_long") from error
    except CalamineError as error:
        raise _refusal(file, error) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        raise FileRefusedError(file.name, "workbook_broken", cause=str(error)) from error


def _refusal(file: InputFile, error: Exception) -> FileRefusedError:
    text = str(error)
    if "password" in text.lower() or "encrypt" in text.lower() or (file.head(8).startswith(OLE2) and _locked(file)):
        return FileRefusedError(file.name, "workbook_locked")
    return FileRefusedError(file.name, "workbook_broken", cause=text or type(error).__name__)


def _locked(file: InputFile) -> bool:
    with file.open() as stream:
        return "EncryptedPackage".encode("utf-16-le") in stream.read(_MAX_UNPACKED)


@dataclass(slots=True)
class _Place:
    """Where in a sheet the reading of an ODS file stands, and the rectangle of its filled cells so far."""

    sheet: str = ""
    row: int = 0
    column: int = 0
    filled_columns: int = 0
    row_is_filled: bool = False


def _merged_of_ods(file: InputFile) -> dict[str, tuple[MergedRange, ...]]:
    """Merged cells of every sheet of an ODS file, which the reader does not give; a bomb of repeated cells is refused."""
    found: dict[str, list[MergedRange]] = {}
    place = _Place()
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive, archive.open("content.xml") as content:
            events = etree.iterparse(content, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False)
            for event, element in events:
                _ods_step(event, element, place, found, file)
    except (etree.XMLSyntaxError, *BROKEN_ZIP) as error:
        raise FileRefusedError(file.name, "workbook_broken", cause=str(error)) from error
    return {name: tuple(ranges) for name, ranges in found.items()}


def _ods_step(event: str, element: etree._Element, place: _Place, found: dict[str, list[MergedRange]], file: InputFile) -> None:
    tag = element.tag
    if event == "start" and tag == _TABLE_NS + "table":
        place.sheet, place.row, place.filled_columns = element.get(_TABLE_NS + "name", ""), 0, 0
    elif event == "start" and tag == _TABLE_NS + "table-row":
        place.column, place.row_is_filled = 0, False
    elif event == "end" and tag == _TABLE_NS + "table-row":
        place.row += int(element.get(_TABLE_NS + "number-rows-repeated", "1"))
        if place.row_is_filled and place.row * place.filled_columns > _MAX_CELLS:
            raise FileRefusedError(file.name, "workbook_too_large")
        element.clear()
    elif event == "end" and tag in (_TABLE_NS + "table-cell", _TABLE_NS + "covered-table-cell"):
        _ods_cell(element, place, found)


def _ods_cell(element: etree._Element, place: _Place, found: dict[str, list[MergedRange]]) -> None:
    down = int(element.get(_TABLE_NS + "number-rows-spanned", "1"))
    across = int(element.get(_TABLE_NS + "number-columns-spanned", "1"))
    if down > 1 or across > 1:
        corner = (place.row + down - 1, place.column + across - 1)
        found.setdefault(place.sheet, []).append(((place.row, place.column), corner))
    place.column += int(element.get(_TABLE_NS + "number-columns-repeated", "1"))
    if element.get(_OFFICE_NS + "value-type") is not None:
        place.row_is_filled = True
        place.filled_columns = max(place.filled_columns, place.column)
