"""Long sheets handed to `bulk.py` in pieces: text as it lies in its file, the cells of a workbook by columns."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from functools import partial
from itertools import chain, cycle, islice, zip_longest
from pathlib import Path

from affil.bound import quoted
from affil.ingest.formats.csv_chunks import CsvChunk, csv_chunks, has_odd_signs, lines_of_chunk, rows_of_chunk
from affil.ingest.formats.csvfile import MAX_FIELD, NoRow, rows_of, split
from affil.ingest.inputs import InputFile
from affil.ingest.tables.bulk.bulk import Bulk, BulkSheet, HangsTogetherError, Piece
from affil.ingest.tables.bulk.plans import Plan
from affil.ingest.tables.bulk.reading import Source
from affil.ingest.tables.sheet.headings import Row
from affil.ingest.values.cells import EXACT_FLOAT, Cell, shown

LONG_TEXT = 2 << 20  # bytes: a shorter text is read row by row sooner than the columns are set up
LONG_SHEET = 4_000  # rows
PIECE = 16_000  # rows of a workbook that are in memory as columns at once
_MORE_COLUMNS = 4
Body = Iterator[tuple[int, Row]]  # rows with their numbers as Excel counts
_TYPES_AS_SHOWN = frozenset({"text", "name", "stated", "phone"})
_TYPES_AS_NUMBERS = frozenset({"id", "money", "person_inn", "org_inn", "any_inn", "many_inn"})


def size_of(file: InputFile) -> int:
    """The bytes of a file, 0 where nobody can say."""
    if file.data is not None:
        return len(file.data)
    try:
        return file.path.stat().st_size if file.path else 0
    except OSError:
        return 0


def read_text(file: InputFile, separator: str, sheet: BulkSheet, plan: Plan, widest: int) -> tuple[int | None, int, int]:
    """Read the records below the header as far as they are regular; rows taken and zeros given back.

    The first number is that of the records of the file read so far, None where there are no more.
    """
    after = sheet.header.last_row + 1
    done: int | None = after
    above: tuple[int, Row] | None = None
    spooled = nullcontext() if sheet.sink.in_memory else tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with (
        spooled as folder,
        Bulk(sheet, plan, folder) as bulk,
        closing(_Ahead(bulk, csv_chunks(file, separator, after), separator, folder, widest + _MORE_COLUMNS)) as ahead,
    ):
        for chunk, piece in ahead:
            if not _taken(bulk, piece) and sheet.chain:
                if above:
                    sheet.chain.resume(*above, bulk.repeated)
                break
            if piece is None:
                for number, row in enumerate(split(rows_of_chunk(chunk), separator), chunk.first + 1):
                    sheet.take(number, row)
            elif sheet.chain:
                above = _last_row(bulk, piece) or above
            done = None if chunk.last else chunk.first + chunk.records
        return done, bulk.taken, bulk.zeros


def _taken(bulk: Bulk, piece: Piece | None) -> bool:
    """False where there is no piece, or rows of it hang on others."""
    try:
        if piece:
            bulk.take(piece)
    except HangsTogetherError:
        return False
    return piece is not None


def _last_row(bulk: Bulk, piece: Piece) -> tuple[int, Row] | None:
    """The last row of a piece, on which a later one may hang."""
    [(last,)] = bulk.connection.execute(f"SELECT max({piece.number}) FROM {piece.table}").fetchall()
    return None if last is None else next(iter(piece.cells_of([last])))


class _Ahead:
    """The pieces of a text, each with its cells read; while one is worked at, the cells of the next are read beside it.

    A chunk without a piece is one in which the reader of lines does not see the records that Python's reader sees.
    """

    def __init__(self, bulk: Bulk, chunks: Iterator[CsvChunk], separator: str, folder: str | None, width: int) -> None:
        self.bulk, self.chunks, self.separator = bulk, chunks, separator
        self.width = max(width, bulk.width)
        self.spool = Path(folder) / "piece.csv" if folder else None
        self.connection = bulk.connection.cursor()
        self.tables = cycle(("cell_one", "cell_two"))
        self.worker = ThreadPoolExecutor(1)

    def close(self) -> None:
        """Wait for what is being read."""
        self.worker.shutdown(cancel_futures=True)
        self.connection.close()

    def __iter__(self) -> Iterator[tuple[CsvChunk, Piece | None]]:
        following = self.worker.submit(self._next)
        while (found := following.result()) is not None:
            if found[0].last:
                yield found
                return
            following = self.worker.submit(self._next)
            yield found

    def _next(self) -> tuple[CsvChunk, Piece | None] | None:
        chunk = next(self.chunks, None)
        return None if chunk is None else (chunk, self._read(chunk, next(self.tables)) if chunk.plain else None)

    def _read(self, chunk: CsvChunk, table: str) -> Piece | None:
        found = self._read_in_memory(chunk, table) if self.spool is None else self._read_spooled(chunk, table, self.spool)
        if found == chunk.records:
            return Piece(table, f"({table}.rowid + {chunk.first + 1})", partial(_rows, chunk, self.separator))
        if found == chunk.records - len(chunk.blank):
            return Piece(table, _numbered_past(chunk, table), partial(_rows, chunk, self.separator))
        return None

    def _read_spooled(self, chunk: CsvChunk, table: str, spool: Path) -> int | None:
        """How many records were read; None where they could not be."""
        import duckdb

        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(self.width))
        # One thread and one buffer: where several read a text, its rows are not numbered in the order of its lines.
        source = f"""SELECT true AS whole, * FROM read_csv({quoted(str(spool))}, auto_detect = false, header = false,
            delim = $separator, quote = $quote, escape = $quote, new_line = '\\n', null_padding = true, strict_mode = true,
            parallel = false, max_line_size = {MAX_FIELD}, buffer_size = {max(len(chunk.data), MAX_FIELD) + 1},
            columns = {{{columns}}})"""
        given = {"separator": self.separator, "quote": '"' if chunk.quoted else ""}
        try:
            spool.write_bytes(chunk.data)
            self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS {self.bulk.cells(Source(source, chunk.odd))}", given)
        except (duckdb.Error, OSError):
            return None
        return self._rows_in(table)

    def _read_in_memory(self, chunk: CsvChunk, table: str) -> int | None:
        """The same with nothing put on the disk: Python's reader tells the cells apart."""
        import numpy

        rows = list(split(rows_of_chunk(chunk), self.separator))
        if len(rows) != chunk.records or any(isinstance(row, NoRow) or len(row) > self.width for row in rows):
            return None
        columns = list(zip_longest(*rows))
        columns += [(None,) * len(rows)] * (self.width - len(columns))
        batch = {f"c{place}": numpy.array(cells, dtype=object) for place, cells in enumerate(columns)}
        self.connection.register("chunk", batch)
        try:
            texts = ", ".join(f"nullif(CAST(c{place} AS VARCHAR), '') AS c{place}" for place in range(self.width))
            source = Source(f"SELECT true AS whole, {texts} FROM chunk", chunk.odd)
            self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS {self.bulk.cells(source)}")
        finally:
            self.connection.unregister("chunk")
        return self._rows_in(table)

    def _rows_in(self, table: str) -> int:
        [(found,)] = self.connection.execute(f"SELECT count(*) FROM {table}").fetchall()
        return int(found)


def _numbered_past(chunk: CsvChunk, table: str) -> str:
    """SQL of the number of a record where blank lines were left out."""
    before = ", ".join(f"{place - count}" for count, place in enumerate(chunk.blank))
    return f"({table}.rowid + {chunk.first + 1} + len(list_filter([{before}], place -> place <= {table}.rowid)))"


def _rows(chunk: CsvChunk, separator: str, numbers: Sequence[int]) -> Iterator[tuple[int, Row]]:
    """Rows of a chunk whose every record is a line, by their numbers in the file."""
    lines = lines_of_chunk(chunk, [number - chunk.first - 1 for number in numbers])
    return zip(numbers, rows_of(lines, separator), strict=True)


def read_cells(body: Body, bulk_sheet: BulkSheet, plan: Plan) -> tuple[Body, int, int]:
    """Read the numbered rows below the header of a sheet; those that remain, how many were taken, and zeros given back."""
    above: tuple[int, Row] | None = None
    with Bulk(bulk_sheet, plan) as bulk:
        while piece := list(islice(body, PIECE)):
            try:
                _read_piece(piece, bulk)
            except HangsTogetherError:
                if bulk_sheet.chain and above:
                    bulk_sheet.chain.resume(*above, bulk.repeated)
                return chain(piece, body), bulk.taken, bulk.zeros
            above = piece[-1]
        return iter(()), bulk.taken, bulk.zeros


def _read_piece(piece: list[tuple[int, Row]], bulk: Bulk) -> None:
    import numpy

    kinds = {column.place: column.kind for column in bulk.columns}
    whole = numpy.ones(len(piece), dtype=bool)
    batch = {}
    odd = False
    width = max(bulk.width, max(kinds, default=0) + 1)
    columns = [column for column, _ in zip(zip_longest(*(row for _, row in piece)), range(width), strict=False)]
    columns += [(None,) * len(piece)] * (width - len(columns))
    for place, cells in enumerate(columns):
        texts = _texts(cells, kinds.get(place, ""), whole)
        odd = odd or has_odd_signs("".join(text for text in texts if text).encode("utf-8", "replace"), 0)
        batch[f"c{place}"] = numpy.array(texts, dtype=object)
    batch["whole"] = whole
    first = piece[0][0]
    batch["n"] = numpy.arange(first, first + len(piece))
    bulk.connection.register("piece", batch)
    try:
        texts_of = ", ".join(f"CAST(c{place} AS VARCHAR) AS c{place}" for place in range(width))
        source = Source(f"SELECT n, whole, {texts_of} FROM piece", odd, kept=("n",))
        bulk.connection.execute(f"CREATE OR REPLACE TEMPORARY TABLE cell AS {bulk.cells(source)}")
        bulk.take(Piece("cell", "n", lambda numbers: (piece[number - first] for number in numbers)))
    finally:
        bulk.connection.unregister("piece")


def _texts(cells: Sequence[Cell], kind: str, whole: object) -> list[str | None]:
    """The cells as texts that mean the same for a field of this kind; where there is no such text, the row is not whole."""
    if set(map(type, cells)) <= {str, type(None)}:
        return list(cells)  # type: ignore[arg-type]
    texts: list[str | None] = []
    for at, cell in enumerate(cells):
        text = _text(cell, kind)
        if text is None and cell is not None:
            whole[at] = False  # type: ignore[index]
        texts.append(text)
    return texts


def _text(cell: Cell, kind: str) -> str | None:
    """A text that is read as the cell is; None where none is sure."""
    if cell is None or isinstance(cell, str):
        return cell
    if not kind:
        return shown(cell) or None
    if isinstance(cell, bool):
        return None
    if isinstance(cell, dt.datetime | dt.date):
        if kind in ("date", "birth") and 1900 <= cell.year <= 2099:
            return f"{cell:%d.%m.%Y}"
        return None
    if isinstance(cell, int | float) and 0 < cell < 10**15 and (kind in _TYPES_AS_SHOWN or kind in _TYPES_AS_NUMBERS):
        text = str(int(cell)) if float(cell).is_integer() and cell < EXACT_FLOAT else str(cell)
        return None if "e" in text or (kind != "money" and kind != "text" and "." in text) else text
    return None


__all__ = ["LONG_SHEET", "LONG_TEXT", "read_cells", "read_text", "size_of"]
