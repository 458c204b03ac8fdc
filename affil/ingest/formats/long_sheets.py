"""Sheets of a large XLSX workbook row by row, a bounded piece of each in memory at a time.

A piece is cut from the XML at its rows and given to the reader of workbooks as a workbook of its own: a cell means what it says
in long sheets as in short ones. While the rows of one piece are used, the next one is made ready by a second thread.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, Any

from python_calamine import CalamineWorkbook

from affil.ingest.formats.shared_strings import OddXmlError, SharedStrings, in_plain_form, root_of
from affil.ingest.formats.sheet_scan import STRINGS, Scanned
from affil.ingest.inputs import InputFile
from affil.ingest.values.cells import Cell

PIECE = 4 << 20  # bytes of XML
_AHEAD = 2
_CHUNK = 1 << 20
_MOST_CELLS = 1_500_000  # of the rectangle of a piece
_MOST_COLUMNS = 16_384
_MOST_SHELL = 16 << 20
_MOST_ROW = 64 << 20
_MOST_MERGED = 8 << 20
_SHELL = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
_NUMBER = re.compile(rb"""<(?:\w+:)?row\b(?:[^>]*?\sr=["'](\d{1,9})["'])?""")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCells\b.*?</(?:\w+:)?mergeCells>", re.DOTALL)
Merged = tuple[tuple[tuple[int, int], tuple[int, int]], ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    """How a sheet is cut: its opening tag, and the prefix before its names."""

    root: bytes
    prefix: bytes

    def sheet(self, rows: bytes, merged: bytes = b"") -> bytes:
        """A sheet of these rows. Merged cells stand before the rows: their reader goes no further then."""
        prefix = self.prefix
        merged = merged or b"<%bmergeCells></%bmergeCells>" % (prefix, prefix)
        return b"%b%b<%bsheetData>%b</%bsheetData></%bworksheet>" % (self.root, merged, prefix, rows, prefix, prefix)


class LongBook:
    """The sheets of one workbook; `OddXmlError` from any of them where the workbook is not for cutting."""

    def __init__(self, file: InputFile, book: Scanned) -> None:
        self.file, self.book = file, book
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            names = [name for name in _SHELL if name in archive.namelist()]
            if sum(archive.getinfo(name).file_size for name in names) > _MOST_SHELL:
                raise OddXmlError
            self.shell = {name: archive.read(name) for name in names}

    def rows(self, path: str) -> Iterator[list[Cell]]:
        """Every row of a sheet from its first, those without cells as empty lists."""
        return _ahead(lambda stack: self._pieces(path, stack))

    def merged(self, path: str) -> Merged:
        """The merged cells of a sheet, which stand behind its rows."""
        with self.file.open() as stream, zipfile.ZipFile(stream) as archive, archive.open(path) as content:
            first = content.read(_CHUNK)
            cut = _Cut(*root_of(first, b"worksheet"))
            found = _merged_in(first, content, cut.prefix)
        if not found:
            return ()
        return tuple(self._read(path, cut.sheet(b"", found)).merged_cell_ranges or ())

    def _pieces(self, path: str, stack: ExitStack) -> Iterator[list[list[Cell]]]:
        archive = stack.enter_context(zipfile.ZipFile(stack.enter_context(self.file.open())))
        strings = stack.enter_context(SharedStrings(archive, STRINGS)) if self.book.strings else None
        content = stack.enter_context(archive.open(path))
        columns = self.book.scans[path].last_column or 1
        done = 0
        for cut, rows in _cuts(content):
            for first, piece in _bounded(rows, done + 1, max(columns, 26)):
                found, done = self._read_rows(path, cut, piece, first, strings, done)
                yield found

    def _read_rows(
        self, path: str, cut: _Cut, piece: bytes, first: int, strings: SharedStrings | None, done: int
    ) -> tuple[list[list[Cell]], int]:
        sheet, named = _with_strings(cut, piece, strings)
        read = self._read(path, sheet, named)
        rows: list[list[Cell]] = read.to_python(skip_empty_area=True)
        if not rows or read.start is None:
            return [], done
        top, left = read.start
        if top < done:
            raise OddXmlError  # rows that do not go down
        if left:
            rows = [[*[""] * left, *row] for row in rows]
        blank: list[list[Cell]] = [[] for _ in range(top - done)]
        return blank + rows, top + len(rows)

    def _read(self, path: str, sheet: bytes, strings: bytes = b"") -> Any:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, data in self.shell.items():
                archive.writestr(name, data)
            if strings:
                archive.writestr(STRINGS, strings)
            archive.writestr(path, sheet)
        packed.seek(0)
        name = next(one.name for one in self.book.sheets if one.path == path)
        return CalamineWorkbook.from_filelike(packed).get_sheet_by_name(name)


def _with_strings(cut: _Cut, rows: bytes, strings: SharedStrings | None) -> tuple[bytes, bytes]:
    if strings is None:
        return cut.sheet(rows), b""
    try:
        numbered, named = strings.named_by(rows)
        return cut.sheet(numbered), named
    except OddXmlError:
        return strings.named_by(in_plain_form(cut.sheet(rows)))


def _cuts(content: IO[bytes]) -> Iterator[tuple[_Cut, bytes]]:
    """The rows of a sheet as XML, some `PIECE` bytes at a time."""
    held = content.read(_CHUNK)
    cut = _Cut(*root_of(held, b"worksheet"))
    begins, ends = b"<" + cut.prefix + b"row", b"</" + cut.prefix + b"sheetData>"
    started = False
    while True:
        end = held.find(ends)
        if end < 0 and len(held) < PIECE and (chunk := _filled(content, held)):
            held = chunk
            continue
        if not started:
            start = held.find(begins)
            if start < 0 or 0 <= end < start:
                return
            held, started, end = held[start:], True, end - start if end >= 0 else -1
        if end >= 0:
            yield cut, held[:end]
            return
        last = held.rfind(begins)
        if last <= 0:
            more = _filled(content, held)
            if not more or len(held) > _MOST_ROW:
                raise OddXmlError
            held = more
            continue
        yield cut, held[:last]
        held = held[last:]


def _filled(content: IO[bytes], held: bytes) -> bytes:
    """What is held and what follows, some `PIECE` bytes of it; nothing at the end."""
    more = content.read(max(PIECE - len(held), _CHUNK))
    return held + more if more else b""


def _bounded(rows: bytes, expected: int, columns: int) -> Iterator[tuple[int, bytes]]:
    """The rows with the number of the first, cut where they stand so far apart that the rectangle of them would be huge."""
    begins = rows.find(b"<")
    first_of = _NUMBER.match(rows, begins)
    if first_of is None:
        raise OddXmlError
    if first_of[1] is None:
        rows = rows[: first_of.end()] + b' r="%d"' % expected + rows[first_of.end() :]
    first = int(first_of[1] or expected)
    numbers = [(int(found[1]) if found[1] else None, found.start()) for found in _NUMBER.finditer(rows)]
    limit = max(1, _MOST_CELLS // min(columns, _MOST_COLUMNS))
    start, top, number = 0, first, first - 1
    for told, at in numbers:
        number = told if told is not None else number + 1
        if number - top >= limit:
            if told is None:
                raise OddXmlError
            yield top, rows[start:at]
            start, top = at, number
    yield top, rows[start:]


def _merged_in(first: bytes, content: IO[bytes], prefix: bytes) -> bytes:
    """The element of merged cells, empty where there is none; `OddXmlError` where they are too many."""
    ends, opens = b"</" + prefix + b"sheetData>", b"<" + prefix + b"mergeCells"
    held, behind = first, False
    while True:
        if not behind:
            at = held.find(ends)
            behind, held = at >= 0, held[at if at >= 0 else -len(ends) :]
        if behind:
            at = held.find(opens)
            held = held[at:] if at >= 0 else held[-len(opens) :]
            if found := _MERGED.match(held):
                return found[0]
            if len(held) > _MOST_MERGED:
                raise OddXmlError
        chunk = content.read(_CHUNK)
        if not chunk:
            return b""
        held += chunk


def _ahead(pieces: Callable[[ExitStack], Iterator[Sequence[list[Cell]]]]) -> Iterator[list[Cell]]:
    """The rows of pieces of which the next ones are made ready while one is used."""
    with ExitStack() as files, ThreadPoolExecutor(1) as pool:
        found = pieces(files)
        coming = deque(pool.submit(next, found, None) for _ in range(_AHEAD))
        try:
            while (piece := coming.popleft().result()) is not None:
                coming.append(pool.submit(next, found, None))
                yield from piece
                del piece
        finally:
            pool.shutdown(cancel_futures=True)


__all__ = ["LongBook", "Merged", "OddXmlError"]
