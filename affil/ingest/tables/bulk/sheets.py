"""Long sheets handed to `bulk.py` in pieces: text as it lies in its file, the cells of a workbook by columns."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path

from affil.ingest.formats.csv_chunks import CsvChunk, csv_chunks, has_odd_signs, rows_of_chunk
from affil.ingest.formats.csvfile import NoRow, split
from affil.ingest.formats.workbook import Sheet
from affil.ingest.inputs import InputFile
from affil.ingest.tables.bulk.bulk import Bulk, BulkSheet, HangsTogetherError
from affil.ingest.tables.bulk.plans import Plan
from affil.ingest.tables.sheet.headings import Row
from affil.ingest.values.cells import EXACT_FLOAT, Cell, shown

LONG_TEXT = 2 << 20  # bytes: a shorter text is read row by row sooner than the columns are set up
LONG_SHEET = 4_000  # rows
PIECE = 50_000  # rows of a workbook that are in memory as columns at once
_MORE_COLUMNS = 4
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
    with ExitStack() as stack:
        in_memory = sheet.sink.in_memory
        folder = None if in_memory else stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        bulk = stack.enter_context(Bulk(sheet, plan, folder))
        spool = None if folder is None else Path(folder) / "piece.csv"
        for chunk in csv_chunks(file, separator, after):
            try:
                read = chunk.plain and _read_chunk(chunk, separator, bulk, spool, widest + _MORE_COLUMNS)
            except HangsTogetherError:
                read = False
            if not read and sheet.chain:
                if above:
                    sheet.chain.resume(*above, bulk.repeated)
                break
            above = _last_row(bulk) or above
            if not read:
                for number, row in enumerate(split(rows_of_chunk(chunk), separator), chunk.first + 1):
                    sheet.take(number, row)
            done = None if chunk.last else chunk.first + chunk.records
        return done, bulk.taken, bulk.zeros


def _last_row(bulk: Bulk) -> tuple[int, Row] | None:
    """The last row of the piece read last, where a later one may hang on it."""
    if bulk.sheet.chain is None:
        return None
    sql = "SELECT (SELECT max(n) FROM cell), * FROM raw WHERE rowid = (SELECT max(rowid) FROM raw)"
    return next(((number, cells) for number, *cells in bulk.connection.execute(sql).fetchall()), None)


def _read_chunk(chunk: CsvChunk, separator: str, bulk: Bulk, spool: Path | None, width: int) -> bool:
    """True where the piece was read; False where the reader of lines does not see the records in it that Python's reader sees.

    Without a file to spool it to, its cells are told apart by Python's reader: it takes twice as long.
    """
    import duckdb

    if spool is None:
        return _read_in_memory(chunk, separator, bulk, max(width, bulk.width))
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(max(width, bulk.width)))
    quote = '"' if chunk.quoted else ""
    try:
        spool.write_bytes(chunk.data)
        bulk.connection.execute(
            f"""CREATE OR REPLACE TEMPORARY TABLE raw AS SELECT * FROM read_csv($file, auto_detect = false, header = false,
            delim = $separator, quote = $quote, escape = $quote, new_line = '\\n', null_padding = true, strict_mode = true,
            max_line_size = 4194304, columns = {{{columns}}})""",
            {"file": str(spool), "separator": separator, "quote": quote},
        )
    except (duckdb.Error, OSError):
        return False
    found = bulk.connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
    if found == chunk.records:
        number = f"rowid + {chunk.first + 1}"
    elif found == chunk.records - len(chunk.blank):
        number = _numbered_past(chunk)
    else:
        return False
    bulk.read(f"SELECT {number} AS n, true AS whole, * FROM raw", chunk.odd, _rows_of_raw(bulk, number))
    return True


def _read_in_memory(chunk: CsvChunk, separator: str, bulk: Bulk, width: int) -> bool:
    import numpy

    rows = list(split(rows_of_chunk(chunk), separator))
    if len(rows) != chunk.records or any(isinstance(row, NoRow) or len(row) > width for row in rows):
        return False
    columns = list(zip_longest(*rows))
    columns += [(None,) * len(rows)] * (width - len(columns))
    bulk.connection.register("piece", {f"c{place}": numpy.array(cells, dtype=object) for place, cells in enumerate(columns)})
    try:
        texts = ", ".join(f"nullif(CAST(c{place} AS VARCHAR), '') AS c{place}" for place in range(width))
        bulk.connection.execute(f"CREATE OR REPLACE TEMPORARY TABLE raw AS SELECT {texts} FROM piece")
    finally:
        bulk.connection.unregister("piece")
    number = f"rowid + {chunk.first + 1}"
    bulk.read(f"SELECT {number} AS n, true AS whole, * FROM raw", chunk.odd, _rows_of_raw(bulk, number))
    return True


def _numbered_past(chunk: CsvChunk) -> str:
    """SQL of the number of a record where blank lines were left out."""
    before = ", ".join(f"{place - count}" for count, place in enumerate(chunk.blank))
    return f"rowid + {chunk.first + 1} + len(list_filter([{before}], place -> place <= rowid))"


def _rows_of_raw(bulk: Bulk, number: str) -> Callable[[Sequence[int]], Iterator[tuple[int, Row]]]:
    def rows(numbers: Sequence[int]) -> Iterator[tuple[int, Row]]:
        if not numbers:
            return
        asked = f"SELECT {number} AS n, * FROM raw WHERE n IN (SELECT unnest($numbers)) ORDER BY n"
        found = bulk.connection.execute(asked, {"numbers": list(numbers)}).fetchall()
        for at, *cells in found:
            yield at, cells

    return rows


def read_cells(sheet: Sheet, rows: list[Row], bulk_sheet: BulkSheet, plan: Plan, judged: Iterable[int]) -> tuple[int, int, int]:
    """Read the rows below the header of a sheet whose cells are in memory; how many rows were read, taken, and zeros given back.

    `judged`: numbers of rows the row builder has to see.
    """
    merged = frozenset(judged)
    first = bulk_sheet.header.last_row + 1
    with Bulk(bulk_sheet, plan) as bulk:
        for start in range(first, len(rows), PIECE):
            try:
                _read_piece(rows, start, rows[start : start + PIECE], bulk, merged)
            except HangsTogetherError:
                if bulk_sheet.chain and start > first:
                    bulk_sheet.chain.resume(start, rows[start - 1], bulk.repeated)
                return start, bulk.taken, bulk.zeros
        return len(rows), bulk.taken, bulk.zeros


def _read_piece(rows: list[Row], start: int, piece: list[Row], bulk: Bulk, merged: frozenset[int]) -> None:
    import numpy

    kinds = {column.place: column.kind for column in bulk.columns}
    whole = numpy.ones(len(piece), dtype=bool)
    batch = {}
    odd = False
    width = max(bulk.width, max(kinds, default=0) + 1)
    columns = [column for column, _ in zip(zip_longest(*piece), range(width), strict=False)]
    columns += [(None,) * len(piece)] * (width - len(columns))
    for place, cells in enumerate(columns):
        texts = _texts(cells, kinds.get(place, ""), whole)
        odd = odd or has_odd_signs("".join(text for text in texts if text).encode("utf-8", "replace"), 0)
        batch[f"c{place}"] = numpy.array(texts, dtype=object)
    for at in range(len(piece)):
        if merged and start + at + 1 in merged:
            whole[at] = False
    batch["whole"] = whole
    batch["n"] = numpy.arange(start + 1, start + 1 + len(piece))
    bulk.connection.register("piece", batch)
    try:
        texts_of = ", ".join(f"CAST(c{place} AS VARCHAR) AS c{place}" for place in range(width))
        bulk.read(
            f"SELECT n, whole, {texts_of} FROM piece", odd, lambda numbers: ((number, rows[number - 1]) for number in numbers)
        )
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
