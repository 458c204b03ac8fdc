"""Tables for tests of the table reader: text in, what the sink was given out. All names and numbers are invented."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from stdnum.ru import inn as checksum

from affil.ingest.inputs import InputFile
from affil.ingest.tables.tabular import TableReader
from affil.model.records import Reject, Sink


def valid(stem: str) -> str:
    """An ИНН that begins with `stem` (9 or 10 digits) and passes its check digits."""
    digits = 1 if len(stem) == 9 else 2
    return next(one for n in range(10**digits) if checksum.is_valid(one := stem + str(n).zfill(digits)))


ORGANISATION, SUPPLIER = valid("420500000"), valid("420500001")
PERSON, OTHER_PERSON = valid("4205000001"), valid("0405000002")


@dataclass
class Given:
    """Everything one file gave."""

    records: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)

    def one(self, table: str) -> dict[str, Any]:
        (record,) = self.records[table]
        return record

    def reasons(self) -> list[str]:
        return [reject.reason for reject in self.rejects]


def read(data: bytes, name: str = "table") -> Given:
    """What the reader makes of the bytes; it must recognise them."""
    given = Given()
    sink = Sink(lambda table, rows: given.records.setdefault(table, []).extend(rows))
    reader, file = TableReader(), InputFile(name, data=data)
    assert reader.look(file).mine
    reader.read(file, sink)
    sink.close()
    given.rejects, given.notes, given.taken = sink.rejects, sink.notes, dict(sink.taken)
    return given


def csv_of(*rows: str, encoding: str = "utf-8") -> Given:
    return read("\r\n".join(rows).encode(encoding))


def xlsx_bytes(rows: list[list[Any]], merged: tuple[tuple[int, int, int, int], ...] = (), sheet: str = "Лист1") -> bytes:
    """A workbook of one sheet; `merged` as first row, first column, last row, last column, counted from 0."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "dd.mm.yyyy"}) as book:
        page = book.add_worksheet(sheet)
        for top, left, bottom, right in merged:
            page.merge_range(top, left, bottom, right, "")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(number, column, cell)
    return buffer.getvalue()
