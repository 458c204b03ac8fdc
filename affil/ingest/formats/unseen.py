"""What a person who opens a workbook does not see: hidden rows, columns and sheets; and formulas that were never calculated.

The reader of workbooks gives none of it, so the XML of the sheets is looked through once; no cell is parsed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from affil.ingest.formats.archive import BROKEN_ZIP
from affil.ingest.inputs import InputFile

_CHUNK = 1 << 20
_TAIL = 1 << 12
_MOST_NAMES = 1 << 22
_MOST_KEPT = 10_000
_ZIP = b"PK\x03\x04"
_HIDDEN = rb"""\bhidden=["'](?:1|true)["']"""
_ROW = re.compile(rb"<(?:\w+:)?row\s(?=[^>]{0,400}" + _HIDDEN + rb""")[^>]{0,400}?\br=["'](\d{1,7})["']""")
_COLUMN = re.compile(
    rb"<(?:\w+:)?col\s(?=[^>]{0,400}" + _HIDDEN + rb""")[^>]{0,400}?\bmin=["'](\d{1,5})["'][^>]{0,400}?\bmax=["'](\d{1,5})["']"""
)
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s[^>]{0,200}?\br=["']([A-Z]{1,3}\d{1,7})["'][^>]{0,200}>\s*<(?:\w+:)?f(?:\s[^>]{0,300})?(?:/>|>[^<]{0,2000}</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]{0,600}>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)=["']([^"']*)["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]{0,2000}>")


@dataclass(slots=True)
class Unseen:
    """Of one sheet: numbers of hidden rows and columns as Excel counts, addresses of formulas without a value, and itself."""

    sheet: str
    hidden: bool = False
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.hidden or self.rows or self.columns or self.formulas)


def unseen_in(file: InputFile) -> list[Unseen]:
    """What is not seen in each sheet of an XLSX workbook, in its order; nothing of other kinds, nor of what cannot be read."""
    if not file.head(4).startswith(_ZIP):
        return []
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            return [one for one in _of_sheets(archive) if one]
    except (*BROKEN_ZIP, KeyError, ValueError):
        return []


def _of_sheets(archive: zipfile.ZipFile) -> Iterator[Unseen]:
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    targets = {one.get("Id", ""): one.get("Target", "") for one in _elements(archive, "xl/_rels/workbook.xml.rels", _RELATION)}
    for one in _elements(archive, "xl/workbook.xml", _SHEET):
        found = Unseen(one.get("name", ""), one.get("state", "visible") != "visible")
        target = targets.get(one.get("r:id", ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in names:
            with archive.open(path) as content:
                _look_through(content, found)
        yield found


def _elements(archive: zipfile.ZipFile, name: str, pattern: re.Pattern[bytes]) -> list[dict[str, str]]:
    if archive.getinfo(name).file_size > _MOST_NAMES:
        return []
    return [
        {key.decode(): _text(value) for key, value in _ATTRIBUTE.findall(element)}
        for element in pattern.findall(archive.read(name))
    ]


def _text(value: bytes) -> str:
    from html import unescape

    return unescape(value.decode("utf-8", "replace"))


def _look_through(content: IO[bytes], found: Unseen) -> None:
    """One pass over the sheet; the searches by pattern run only over pieces that hold what they look for."""
    tail = b""
    rows: dict[int, None] = {}
    formulas: dict[str, None] = {}
    while chunk := content.read(_CHUNK):
        piece = tail + chunk
        if b"hidden=" in piece:
            rows.update(dict.fromkeys(map(int, _ROW.findall(piece))))
            found.columns += [
                column for first, last in _COLUMN.findall(piece) for column in range(int(first), min(int(last), 16_384) + 1)
            ]
        if b"</f></c>" in piece or b"<v></v>" in piece or b"<v/>" in piece or b"<v />" in piece:
            formulas.update(dict.fromkeys(one.decode() for one in _FORMULA.findall(piece)))
        tail = piece[-_TAIL:]
        if len(rows) > _MOST_KEPT and len(formulas) > _MOST_KEPT:
            break
    found.rows, found.formulas = sorted(rows), list(formulas)
    found.columns = sorted(set(found.columns))
