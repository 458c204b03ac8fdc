"""One look through the packed sheets of an XLSX workbook before a cell is read: how far they reach, and what nobody sees in them.

No cell is parsed; the searches by pattern run only over pieces that hold what they look for.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import IO

from affil.ingest.formats.archive import BROKEN_ZIP
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError

STRINGS = "xl/sharedStrings.xml"
_SHEETS = "xl/worksheets/"
_MAX_UNPACKED = 2 << 30
_MAX_RATIO = 400
_RATIO_FROM = 64 << 20
_MAX_CELLS = 40_000_000
_MAX_ROWS = 1_048_576
_LETTERS = 26
_CHUNK = 1 << 20
_TAIL = 1 << 12
_MOST_NAMES = 1 << 22
_MOST_FORMULAS = 10_000
_HIDDEN = rb"""\bhidden=["'](?:1|true)["']"""
_ROW = re.compile(rb"<(?:\w+:)?row\s(?=[^>]{0,400}" + _HIDDEN + rb""")[^>]{0,400}?\br=["'](\d{1,7})["']""")
_COLUMN = re.compile(
    rb"<(?:\w+:)?col\s(?=[^>]{0,400}" + _HIDDEN + rb""")[^>]{0,400}?\bmin=["'](\d{1,5})["'][^>]{0,400}?\bmax=["'](\d{1,5})["']"""
)
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s[^>]{0,200}?\br=["']([A-Z]{1,3}\d{1,7})["'][^>]{0,200}>\s*<(?:\w+:)?f(?:\s[^>]{0,300})?(?:/>|>[^<]{0,2000}</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_NO_VALUE = (b"</f></c>", b"<v></v>", b"<v/>", b"<v />")
_CELL = re.compile(rb""" r=["']([A-Z]{1,3})(\d{1,7})["']""")
_FAR = re.compile(rb""" r="[A-Z]{2}""")
_FAR_COLUMNS = re.compile(rb""" r=["']([A-Z]{2,3})\d""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]{0,600}>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)=["']([^"']*)["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]{0,2000}>")


@dataclass(slots=True)
class Scan:
    """Of one sheet: its bytes unpacked, the rectangle of its cells, and numbers of hidden rows and columns as Excel counts.

    `formulas`: addresses of formulas without a value. `plain`: it holds nothing but elements and text, and may be cut at rows.
    """

    size: int = 0
    last_row: int = 0
    last_column: int = 0
    rows: array[int] = field(default_factory=lambda: array("L"))
    columns: list[int] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    plain: bool = True

    @property
    def cells(self) -> int:
        """Those of the rectangle: one stray cell in the last corner would make a reader reserve them all."""
        return self.last_row * self.last_column


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook names it, and the part of the package that it lies in."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Scanned:
    """A workbook: its sheets in their order, what was seen of each part, the bytes of its shared strings."""

    sheets: tuple[SheetPart, ...] = ()
    scans: Mapping[str, Scan] = field(default_factory=dict)
    strings: int = 0
    ods: bool = False


def scanned(file: InputFile) -> Scanned:
    """What a zipped workbook holds; `FileRefusedError` where it is damaged or would unpack to more than a table can be."""
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            _refuse_bombs(file, archive)
            names = set(archive.namelist())
            scans = {name: _scan(file, archive, name) for name in archive.namelist() if _is_sheet(name)}
            strings = archive.getinfo(STRINGS).file_size if STRINGS in names else 0
            return Scanned(tuple(_sheets(archive, names)), scans, strings, "content.xml" in names)
    except BROKEN_ZIP as error:
        raise FileRefusedError(file.name, "workbook_broken", cause=str(error)) from error


def _is_sheet(name: str) -> bool:
    return name.startswith(_SHEETS) and name.endswith(".xml")


def _refuse_bombs(file: InputFile, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > _MAX_UNPACKED or (unpacked > _RATIO_FROM and unpacked / packed > _MAX_RATIO):
        raise FileRefusedError(file.name, "workbook_too_large")


def _sheets(archive: zipfile.ZipFile, names: set[str]) -> Iterator[SheetPart]:
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    targets = {one.get("Id", ""): one.get("Target", "") for one in _elements(archive, "xl/_rels/workbook.xml.rels", _RELATION)}
    for one in _elements(archive, "xl/workbook.xml", _SHEET):
        target = targets.get(next((value for key, value in one.items() if key.endswith(":id")), ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield SheetPart(one.get("name", ""), path, one.get("state", "visible") != "visible")


def _elements(archive: zipfile.ZipFile, name: str, pattern: re.Pattern[bytes]) -> list[dict[str, str]]:
    if archive.getinfo(name).file_size > _MOST_NAMES:
        return []
    return [
        {key.decode(): unescape(value.decode("utf-8", "replace")) for key, value in _ATTRIBUTE.findall(element)}
        for element in pattern.findall(archive.read(name))
    ]


def _scan(file: InputFile, archive: zipfile.ZipFile, name: str) -> Scan:
    with archive.open(name) as content:
        found = _look_through(content)
    if found.cells > _MAX_CELLS or found.last_row > _MAX_ROWS:
        raise FileRefusedError(file.name, "workbook_too_large")
    return found


def _look_through(content: IO[bytes]) -> Scan:
    """A piece begins with the last bytes of the one before it, so that nothing is cut in two; rows of those are told once."""
    found = Scan()
    tail = b""
    rows: set[int] = set()
    formulas: dict[str, None] = {}
    while chunk := content.read(_CHUNK):
        found.size += len(chunk)
        piece = tail + chunk
        if b"hidden=" in piece:
            _add_hidden(piece, found, rows)
        if len(formulas) <= _MOST_FORMULAS and (b"<f" in piece or b":f" in piece) and any(sign in piece for sign in _NO_VALUE):
            formulas.update(dict.fromkeys(one.decode() for one in _FORMULA.findall(piece)))
        found.plain = found.plain and b"<!" not in piece
        _reach(piece, found)
        tail = piece[-_TAIL:]
    found.formulas, found.columns = list(formulas), sorted(set(found.columns))
    if any(one >= other for one, other in pairwise(found.rows)):
        found.rows = array("L", sorted(set(found.rows)))
    return found


def _add_hidden(piece: bytes, found: Scan, before: set[int]) -> None:
    """`before`: the hidden rows of the piece before this one, whose last bytes stand in both."""
    rows = set(map(int, _ROW.findall(piece)))
    found.rows.extend(sorted(rows - before))
    before.clear()
    before.update(rows)
    found.columns += [
        column for first, last in _COLUMN.findall(piece) for column in range(int(first), min(int(last), 16_384) + 1)
    ]


def _reach(piece: bytes, found: Scan) -> None:
    """Rows of a sheet go down, so that the last cells of a piece tell how far; the columns are counted where they may be many."""
    last = _CELL.findall(piece, max(0, len(piece) - 2 * _TAIL)) or _CELL.findall(piece)
    if last:
        found.last_row = max(found.last_row, *(int(number) for _, number in last))
        found.last_column = max(found.last_column, *(_column_number(letters) for letters, _ in last))
    if _FAR.search(piece) or b" r='" in piece:
        far = set(_FAR_COLUMNS.findall(piece))
        found.last_column = max(found.last_column, _LETTERS, *map(_column_number, far))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
