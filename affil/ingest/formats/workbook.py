"""XLSX, XLS, XLSB and ODS into sheets of rows, with the cells that are merged."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from affil.ingest.formats.archive import BROKEN_ZIP
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.ingest.values.cells import Cell

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MAX_UNPACKED = 2 << 30
_MAX_OLE2 = 128 << 20  # the old form holds 65,536 rows a sheet
_MAX_RATIO = 400
_RATIO_FROM = 64 << 20
_MAX_CELLS = 40_000_000
_CHUNK = 1 << 20
_CELL = re.compile(rb'<(?:\w+:)?c [^>]{0,200}?r="([A-Z]{1,3})(\d{1,7})"')
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


def sheets(file: InputFile) -> Iterator[Sheet]:
    """Every sheet of the workbook in its order; `FileRefusedError` where it is locked, damaged or too large to be a table."""
    with file.open() as stream:
        if stream.read(8).startswith(OLE2) and stream.seek(0, io.SEEK_END) > _MAX_OLE2:
            raise FileRefusedError(file.name, "workbook_too_large")
    ods = _refuse_bombs(file)
    merged_of_ods = _merged_of_ods(file) if ods else {}
    try:
        with file.open() as stream:
            book = CalamineWorkbook.from_filelike(stream)
    except CalamineError as error:
        raise _refusal(file, error) from error
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
        except CalamineError as error:
            if "not a worksheet" in str(error).lower():
                continue
            raise _refusal(file, error) from error
        merged = merged_of_ods.get(name, ()) if ods else tuple(sheet.merged_cell_ranges or ())
        yield Sheet(name, rows, merged)


def _refusal(file: InputFile, error: Exception) -> FileRefusedError:
    text = str(error)
    if "password" in text.lower() or "encrypt" in text.lower() or (file.head(8).startswith(OLE2) and _locked(file)):
        return FileRefusedError(file.name, "workbook_locked")
    return FileRefusedError(file.name, "workbook_broken", cause=text or type(error).__name__)


def _locked(file: InputFile) -> bool:
    with file.open() as stream:
        return "EncryptedPackage".encode("utf-16-le") in stream.read(_MAX_UNPACKED)


def _refuse_bombs(file: InputFile) -> bool:
    """True for ODS. A workbook that would unpack to more than a table can be is refused before anything of it is read."""
    if file.head(8).startswith(OLE2):
        return False
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            packed = sum(part.compress_size for part in parts) or 1
            if unpacked > _MAX_UNPACKED or (unpacked > _RATIO_FROM and unpacked / packed > _MAX_RATIO):
                raise FileRefusedError(file.name, "workbook_too_large")
            sheets_of_it = [
                part for part in parts if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
            ]
            for part in sheets_of_it:
                with archive.open(part) as content:
                    if _grid(content) > _MAX_CELLS:
                        raise FileRefusedError(file.name, "workbook_too_large")
            return "content.xml" in archive.namelist()
    except BROKEN_ZIP as error:
        raise FileRefusedError(file.name, "workbook_broken", cause=str(error)) from error


def _grid(content: IO[bytes]) -> int:
    """The cells of the rectangle a sheet spans: one stray cell in the last corner would make the reader reserve them all."""
    rows = columns = 0
    tail = b""
    while chunk := content.read(_CHUNK):
        for letters, number in _CELL.findall(tail + chunk):
            rows = max(rows, int(number))
            columns = max(columns, _column_number(letters))
        tail = chunk[-256:]
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


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
