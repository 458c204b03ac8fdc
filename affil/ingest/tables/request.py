"""A request for a pre-check: one workbook of a secretary with the purchase, its participants and its commission.

It is an order and no data: it is read where it is asked for, and `affil load` leaves it alone.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from affil.ingest.formats.archive import BROKEN_ZIP
from affil.ingest.formats.workbook import Sheet, is_workbook, sheets
from affil.ingest.inputs import InputFile, Look
from affil.ingest.refusal import FileRefusedError
from affil.ingest.tables.tabular import read_tables, tables_in
from affil.ingest.values.cells import Cell, Refused, shown
from affil.ingest.values.converters import converter
from affil.ingest.vocabulary.vocabulary import plain
from affil.model.records import SOURCE_ID_DIGITS, Reject, Sink
from affil.plain_yaml import plain_yaml

_MOST_NAMES = 1 << 20  # bytes of the part of a workbook that names its sheets
_SHEET_NAME = re.compile(r'<(?:\w+:)?sheet [^>]*?name="([^"]{1,100})"')

UNNUMBERED = "б-н"

Row = dict[str, Any]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Field(_Strict):
    kind: str
    labels: tuple[str, ...]


class _Form(_Strict):
    sheets: dict[str, tuple[str, ...]]
    fields: dict[str, _Field]
    bare_inn: tuple[str, ...]
    stages: dict[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """What files ask about: fields of the purchase, rows for the store by table, and what was not taken.

    Keys of `purchase`: those of request.yml, without what the files do not tell. `digests`: the SHA-256 of every file by its
    name, made different from that of the same file loaded; rows have its first signs as `source_id`.
    """

    purchase: Mapping[str, Any]
    rows: Mapping[str, list[Row]]
    digests: Mapping[str, str]
    rejects: tuple[Reject, ...] = field(default=())


class RequestReader:
    """Recognises such a workbook among files to load, and takes nothing of it."""

    kind = "request"

    def look(self, file: InputFile) -> Look:
        """Mine: a workbook with all three sheets of the form."""
        if not file.head(4).startswith(b"PK"):
            return Look(False, "no_request")
        named = {plain(name) for name in _sheet_names(file)}
        mine = all(named & set(map(plain, names)) for names in form().sheets.values())
        return Look(mine, "request" if mine else "no_request")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Only a note: the command that answers a request reads it."""
        sink.note("precheck_request|")


@cache
def form() -> _Form:
    """The form as request.yml has it."""
    text = (Path(__file__).parent / "request.yml").read_text(encoding="utf-8")
    return _Form.model_validate(plain_yaml(text))


def read_request(file: InputFile) -> Request:
    """The filled form; `FileRefusedError` where it is no workbook or has no sheet of the purchase."""
    if not is_workbook(file):
        raise FileRefusedError(file.name, "not_a_request")
    found = list(sheets(file))
    rejects: list[Reject] = []
    purchase = next((sheet for sheet in found if _is(sheet, "purchase")), None)
    if purchase is None:
        raise FileRefusedError(file.name, "not_a_request")
    told = _purchase(purchase, rejects)
    tables = [sheet for sheet in found if _is(sheet, "participants") or _is(sheet, "commission")]
    return _request(told, [(file, tables)], rejects)


def read_tables_asked(files: Sequence[InputFile], purchase: Mapping[str, Any]) -> Request:
    """Participants and commission from tables of their own; `purchase` is what is known of it already."""
    return _request(purchase, [(file, tables_in(file)) for file in files], [])


def _request(purchase: Mapping[str, Any], found: Iterable[tuple[InputFile, Iterable[Sheet]]], rejects: list[Reject]) -> Request:
    rows: dict[str, list[Row]] = {}
    digests: dict[str, str] = {}
    for file, tables in found:
        digest = _digest(file)
        if digest in digests.values():
            continue  # one workbook given for both
        digests[file.name] = digest
        sink = Sink(partial(_take, rows, digest[:SOURCE_ID_DIGITS]), in_memory=True)
        read_tables(tables, sink, _said(purchase))
        sink.close()
        rejects += sink.rejects
    return Request(dict(purchase), rows, digests, tuple(rejects))


def _take(rows: dict[str, list[Row]], source_id: str, table: str, batch: list[Row]) -> None:
    rows.setdefault(table, []).extend({**row, "source_id": source_id} for row in batch)


def _digest(file: InputFile) -> str:
    digest = hashlib.sha256(b"asked")
    with file.open() as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _said(purchase: Mapping[str, Any]) -> list[list[Cell]]:
    """Title rows that say what the sheet of the purchase says: its customer need not stand in every row.

    A row without a number is of the purchase asked about, however its number is written: the sign of no number stands for it. Of
    a purchase nobody gives a number that sign comes last: what a title of the table says counts.
    """
    number, customer = f"Закупка № {UNNUMBERED}", purchase.get("customer_inn")
    texts = [f"Заказчик, ИНН {customer}"] if customer else []
    return [[text] for text in ([number, *texts] if purchase.get("procedure_number") else [*texts, number])]


def _is(sheet: Sheet, what: str) -> bool:
    return plain(sheet.name) in set(map(plain, form().sheets[what]))


def _purchase(sheet: Sheet, rejects: list[Reject]) -> dict[str, Any]:
    """Field by field what stands beside its label; the first mention counts."""
    told: dict[str, Any] = {}
    before = ""
    for number, cells in enumerate(sheet.rows, 1):
        label, value = _label_and_value(cells)
        name = f"{before}_inn" if label in set(map(plain, form().bare_inn)) else _labels().get(label, "")
        before = name if name in ("customer", "organizer") else ""
        if value is None or name not in form().fields or name in told:
            continue
        try:
            told[name] = converter(form().fields[name].kind, None)(value)
        except Refused as refused:
            rejects.append(
                Reject(refused.reason, sheet.name, number, shown(cells[0]), shown(value), refused.params, row_taken=True)
            )
    told["stage"] = _stage(told.get("stage"))
    return {name: value for name, value in told.items() if value is not None}


def _label_and_value(cells: Sequence[Cell]) -> tuple[str, Cell]:
    filled = [cell for cell in cells if shown(cell)]
    label = plain(shown(filled[0]).rstrip(":")) if filled else ""
    return label, filled[1] if len(filled) > 1 else None


@cache
def _labels() -> dict[str, str]:
    return {plain(label): name for name, one in form().fields.items() for label in one.labels}


def _stage(text: str | None) -> str | None:
    """The stage its words name: the composition of the commission, applications received, before the contract."""
    found = (name for name, words in form().stages.items() if text and re.search(words, text, re.IGNORECASE))
    return next(found, None)


def _sheet_names(file: InputFile) -> Iterator[str]:
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            if "xl/workbook.xml" in archive.namelist() and archive.getinfo("xl/workbook.xml").file_size <= _MOST_NAMES:
                text = archive.read("xl/workbook.xml").decode("utf-8", "replace")
                yield from _SHEET_NAME.findall(text)
    except BROKEN_ZIP:
        return
