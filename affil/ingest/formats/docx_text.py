"""Word files (.docx, .docm, templates of both) as paragraphs and tables in document order; nothing here knows what they mean.

What is read is what a reader sees on the page: text that tracked changes have deleted, hidden text, comments, field codes and
the grey prompts of empty form fields are left out, inserted text is read (ECMA-376 part 1, 17.13.5 and 17.5.2). Headers, footers
and notes are not part of the body. Macros are bytes that nobody runs. The text is bounded before it is parsed, and a document
with a document type (only attacks have one) is refused before anything of it is expanded.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from affil.ingest.formats.archive import BROKEN_ZIP
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError

MAX_BODY = 24 << 20  # bytes of XML: some 3,000 pages; the tree of it takes about ten times as much
MAX_RATIO = 200
RATIO_MATTERS_ABOVE = 4 << 20
MAX_COLUMNS = 200
_MAX_RELATIONS = 1 << 20

_ZIP = b"PK\x03\x04"
_MAIN_PART = re.compile(r"word/document\d*\.xml")
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_TARGET = re.compile(r'\bTarget="([^"]*)"')
_PICTURE = re.compile(r"word/media/", re.IGNORECASE)
_WRAPPERS = frozenset(
    {"sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo", "Choice", "txbxContent"}
)
_GONE = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "tblPr", "tblGrid", "sectPr", "instrText", "delText", "comment"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`number` counts the paragraphs outside tables from 1; a line break inside is '\\n'."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class DocTable:
    """`rows` as on the page: of merged cells the first holds the text, the others are None; `merged` as a workbook gives it.

    Lines of a cell (its paragraphs) are parted by '\\n'. `number` counts the tables from 1, one inside a cell after the one
    that holds it.
    """

    number: int
    rows: tuple[tuple[str | None, ...], ...]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


@dataclass(frozen=True, slots=True)
class WordText:
    """The body of a document; `pictures` is true where pictures lie beside the text."""

    blocks: tuple[Paragraph | DocTable, ...]
    pictures: bool

    @property
    def letters(self) -> int:
        """How many letters the text has."""
        return sum(map(_letters, self.blocks))


def _letters(block: Paragraph | DocTable) -> int:
    texts = [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row if cell]
    return sum(sign.isalpha() for text in texts for sign in text)


def is_word(file: InputFile) -> bool:
    """True for a file of Word 2007 and later, macros or not."""
    if not file.head(4).startswith(_ZIP):
        return False
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            return any(_MAIN_PART.fullmatch(name) for name in archive.namelist())
    except BROKEN_ZIP:
        return False


def word_text(file: InputFile) -> WordText:
    """The document; `FileRefusedError` where it is damaged, or larger than a document can be."""
    return _word_text(file, _stamp(file))


def _stamp(file: InputFile) -> tuple[int, int]:
    """What changes when a file on disk does: several readers look at the same document, and it is parsed once."""
    if file.path is None:
        return 0, 0
    told = file.path.stat()
    return told.st_mtime_ns, told.st_size


@lru_cache(maxsize=1)
def _word_text(file: InputFile, stamp: tuple[int, int]) -> WordText:
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            part = archive.getinfo(_main_part(archive))
            if part.flag_bits & 1:
                raise FileRefusedError(file.name, "word_locked")
            if part.file_size > MAX_BODY or _is_bomb(part):
                raise FileRefusedError(file.name, "word_too_large")
            pictures = any(_PICTURE.match(name) for name in archive.namelist())
            data = archive.read(part)
    except BROKEN_ZIP as error:
        raise FileRefusedError(file.name, "word_broken", cause=str(error)) from error
    return WordText(tuple(_Blocks().of(_body(file, data))), pictures)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_MATTERS_ABOVE and part.file_size > MAX_RATIO * max(part.compress_size, 1)


def _main_part(archive: zipfile.ZipFile) -> str:
    """The part the relations of the file call its document: some programs write it under another name."""
    names = archive.namelist()
    if "_rels/.rels" in names and archive.getinfo("_rels/.rels").file_size <= _MAX_RELATIONS:
        for relation in _RELATION.findall(archive.read("_rels/.rels").decode("utf-8", "replace")):
            target = _TARGET.search(relation)
            name = posixpath.normpath(target[1].lstrip("/")) if target else ""
            if '/officeDocument"' in relation and name in names:
                return name
    return min(name for name in names if _MAIN_PART.fullmatch(name))


def _body(file: InputFile, data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    if re.search(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C|E\0N\0T)", data[:65_536]):
        raise FileRefusedError(file.name, "word_doctype")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileRefusedError(file.name, "word_broken", cause=str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileRefusedError(file.name, "word_doctype")
    return next((child for child in root if _tag(child) == "body"), root)


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _get(element: etree._Element, name: str) -> str | None:
    """An attribute by its local name: the strict and the usual form of the format have different namespaces."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def _child(element: etree._Element | None, *path: str) -> etree._Element | None:
    for name in path:
        element = next((one for one in element if _tag(one) == name), None) if element is not None else None
    return element


def _is_set(element: etree._Element | None) -> bool:
    """True for a switch that is there and not turned off (`w:val="0"`)."""
    return element is not None and _get(element, "val") not in ("0", "false", "off")


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    """What stands in `parent` on the page: wrappers opened, what is deleted or only a prompt left out."""
    for child in parent:
        tag = _tag(child)
        if tag in _GONE or (tag == "sdt" and _is_set(_child(child, "sdtPr", "showingPlcHdr"))):
            continue
        if tag in _WRAPPERS or tag in ("sdt", "AlternateContent"):
            yield from _children(child)
        else:
            yield child


class _Blocks:
    """Numbers paragraphs and tables while it walks the body."""

    def __init__(self) -> None:
        self.paragraphs = self.tables = 0

    def of(self, parent: etree._Element) -> Iterator[Paragraph | DocTable]:
        """Paragraphs with text and tables of `parent` from top to bottom; empty paragraphs are counted but not given."""
        for child in _children(parent):
            tag = _tag(child)
            if tag == "p":
                self.paragraphs += 1
                text = "\n".join(_texts(child)).strip()
                if text:
                    yield Paragraph(self.paragraphs, text)
            elif tag == "tbl":
                yield from self.table(child)

    def table(self, element: etree._Element) -> Iterator[DocTable]:
        """The table of `element`, where any cell has text, then the tables that stand in its cells."""
        self.tables += 1
        number, inner = self.tables, list[etree._Element]()
        rows, merged = _grid(element, inner)
        if any(cell for row in rows for cell in row):
            yield DocTable(number, rows, merged)
        for one in inner:
            yield from self.table(one)


def _texts(paragraph: etree._Element) -> list[str]:
    """The text of a paragraph, then those of the text boxes anchored in it."""
    parts: list[str] = []
    boxes: list[str] = []
    for child in _children(paragraph):
        _run(child, parts, boxes)
    return ["".join(parts), *boxes]


def _run(element: etree._Element, parts: list[str], boxes: list[str]) -> None:
    tag = _tag(element)
    if tag == "t":
        parts.append(element.text or "")
    elif tag in _SIGNS:
        parts.append(_SIGNS[tag])
    elif tag == "p":
        boxes.extend(text for text in _texts(element) if text.strip())
    elif tag != "r" or not _is_set(_child(element, "rPr", "vanish")):
        for child in _children(element):
            _run(child, parts, boxes)


Grid = tuple[tuple[tuple[str | None, ...], ...], tuple[tuple[tuple[int, int], tuple[int, int]], ...]]


def _grid(table: etree._Element, inner: list[etree._Element]) -> Grid:
    """The rows as on the page, and the rectangles of merged cells; tables inside cells are put into `inner`."""
    rows: list[tuple[str | None, ...]] = []
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
    open_down: dict[int, tuple[int, int]] = {}  # first column of a cell merged downwards → (its first row, its width)
    for row in (one for one in _children(table) if _tag(one) == "tr"):
        if _child(row, "trPr", "del") is not None:
            continue
        cells: list[str | None] = [None] * _number(_child(row, "trPr", "gridBefore"), 0)
        still: dict[int, tuple[int, int]] = {}
        for cell in (one for one in _children(row) if _tag(one) == "tc"):
            at, width = len(cells), _number(_child(cell, "tcPr", "gridSpan"), 1)
            down = _child(cell, "tcPr", "vMerge")
            if down is not None and _get(down, "val") != "restart" and at in open_down:
                still[at] = open_down.pop(at)
                text: str | None = None
            else:
                text = _cell_text(cell, inner)
                if down is not None:
                    still[at] = len(rows), width
                elif width > 1:
                    merged.append(((len(rows), at), (len(rows), at + width - 1)))
            cells += [text, *[None] * (width - 1)][: max(0, MAX_COLUMNS - at)]
        merged += [((top, at), (len(rows) - 1, at + width - 1)) for at, (top, width) in open_down.items()]
        open_down = still
        rows.append(tuple(cells))
    merged += [((top, at), (len(rows) - 1, at + width - 1)) for at, (top, width) in open_down.items()]
    return tuple(rows), tuple(sorted(one for one in merged if one[0] != one[1]))


def _number(element: etree._Element | None, default: int) -> int:
    text = (_get(element, "val") or "") if element is not None else ""
    return min(int(text), MAX_COLUMNS) if text.isdecimal() and len(text) < 9 else default


def _cell_text(cell: etree._Element, inner: list[etree._Element]) -> str:
    lines: list[str] = []
    for child in _children(cell):
        if _tag(child) == "p":
            lines += _texts(child)
        elif _tag(child) == "tbl":
            inner.append(child)
    return "\n".join(line.strip() for line in "\n".join(lines).split("\n") if line.strip())
