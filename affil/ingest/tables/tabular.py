"""The reader of officers' tables: XLSX, XLS, ODS and CSV sheets whose headings the vocabulary knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice

from affil.ingest.formats.csvfile import best_separator, csv_rows, text_head
from affil.ingest.formats.workbook import Sheet, is_workbook, sheets
from affil.ingest.inputs import InputFile, Look
from affil.ingest.tables.context import Context, context_of, customer_of_all, fill, note_context, values_of
from affil.ingest.tables.contract_rows import contract_records
from affil.ingest.tables.duty_rows import duties_of_seats, duty_records
from affil.ingest.tables.forms import form_of
from affil.ingest.tables.headings import SEARCHED_ROWS, Header, Row, find_header, repeated
from affil.ingest.tables.inn_columns import with_own_inn
from affil.ingest.tables.journal_rows import interest_records, notice_records, search_records
from affil.ingest.tables.official_columns import without_official_columns
from affil.ingest.tables.people_rows import institution_records, official_records, relative_records, seat_records
from affil.ingest.tables.places import Place
from affil.ingest.tables.purchase_rows import participant_records
from affil.ingest.tables.row import Builder, Problem, RowRefusedError, TableRow
from affil.ingest.tables.sheet_parts import parts_of
from affil.ingest.tables.skipped_rows import is_skipped
from affil.ingest.tables.told import Told, tell_unseen
from affil.ingest.values.cells import Cell, Refused, shown
from affil.ingest.values.converters import converter
from affil.ingest.vocabulary.vocabulary import Vocabulary, vocabulary
from affil.model.records import Reject, Sink

BUILDERS: dict[str, Builder] = {
    "officials": official_records,
    "relatives": relative_records,
    "contracts": contract_records,
    "participants": participant_records,
    "commissions": seat_records,
    "organisations": institution_records,
    "declared_interests": interest_records,
    "notices": notice_records,
    "searches": search_records,
    "duties": duty_records,
}
COUNTED_AS = {"commissions": "commission_members"}
_FILLED_DOWN = {"relatives": ("employee_id", "official_name")}
_LONGEST_SHOWN = 200
_LEAST_KNOWN = 0.25
_LEAST_WIDTH = 0.7
_REGULAR_ROWS = 40
_NAMED = {"\t": "TAB"}


@dataclass(frozen=True, slots=True)
class _Column:
    """How one field is read: the columns to ask in turn and the function that reads the cell."""

    field: str
    at: tuple[int, ...]
    read: Callable[[Cell], object]
    checks_zero: bool


class TableReader:
    """Reads the tables of CONTRACT 3 from workbooks and CSV text."""

    kind = "table"

    def __init__(self, words: Vocabulary | None = None) -> None:
        self.words = words or vocabulary()

    def look(self, file: InputFile) -> Look:
        """Mine: any workbook, and text that splits into columns under headings the vocabulary knows."""
        if is_workbook(file):
            return Look(True, "workbook")
        head = text_head(file)
        if head is None:
            return Look(False, "no_text")
        separator, score = _separator(head, self.words)
        return Look(True, "text_table", {"separator": _NAMED.get(separator, separator)}) if score > 0 else Look(False, "no_table")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push the rows of every sheet; a sheet that is no known table becomes a note, a workbook without any a reject."""
        tell_unseen(file, sink)
        if not read_tables(tables_in(file, self.words), sink, words=self.words, file=file.name):
            sink.reject(Reject("not_a_table"))


def read_tables(
    found: Iterable[Sheet], sink: Sink, said: Sequence[Row] = (), words: Vocabulary | None = None, file: str = ""
) -> int:
    """Push the rows of these sheets and return how many are tables; `said`: title rows that hold for all of them."""
    parts = ((part, [*said, *titles]) for sheet in found for part, titles in parts_of(sheet, words))
    return sum(_read_sheet(part, sink, titles, words, Place(file, part.name)) for part, titles in parts)


def _score(words: Vocabulary, rows: Sequence[Row]) -> float:
    """How well a text reads as a table; 0 where it is no table: prose and programs, too, have names between commas."""
    header = find_header(rows, words=words)
    if header is None or len(header.columns) < _LEAST_KNOWN * len(header.written):
        return 0.0
    body = [row for row in rows[header.last_row + 1 : header.last_row + 1 + _REGULAR_ROWS] if any(map(shown, row))]
    width = max(column for several in header.columns.values() for column in several) + 1
    split = sum(len(row) >= _LEAST_WIDTH * width for row in body)
    return header.score if split * 2 >= len(body) else 0.0


def tables_in(file: InputFile, words: Vocabulary | None = None) -> Iterable[Sheet]:
    """The sheets of a workbook, or the one of a CSV file."""
    if is_workbook(file):
        return sheets(file)
    separator, _ = _separator(text_head(file) or "", words or vocabulary())
    return [Sheet("", csv_rows(file, separator))]


@lru_cache(maxsize=1)
def _separator(head: str, words: Vocabulary) -> tuple[str, float]:
    """The separator of a text and its score; a file that was just recognised is read next."""
    return best_separator(head, partial(_score, words))


def _read_sheet(sheet: Sheet, sink: Sink, said: Sequence[Row], words: Vocabulary | None, place: Place) -> bool:
    """Take one sheet; False where it is no table of the vocabulary."""
    rows = iter(sheet.rows)
    first = list(islice(rows, SEARCHED_ROWS + 1))
    header = find_header(first, said=said, words=words, place=place)
    if header is None:
        if any(shown(cell) for row in first for cell in row):
            sink.note(f"sheet_not_known|{sheet.name}")
        return False
    header = with_own_inn(without_official_columns(duties_of_seats(header, first), first), first)
    titles = [*first[: header.first_row], *said]
    context = customer_of_all(header, context_of(header.table, titles, place), first)
    _note_header(sheet, header, context, sink)
    form = form_of(header, first[: header.first_row])
    if form:
        sink.note(f"questionnaire_form|{form}")
    body = enumerate(islice(chain(first, rows), header.last_row + 1, None), sheet.first_row + header.last_row + 2)
    _read_rows(sheet, header, values_of(context, header.table, place), body, sink)
    return True


def _note_header(sheet: Sheet, header: Header, context: Context, sink: Sink) -> None:
    where = f"{sheet.name}: " if sheet.name else ""
    meant = {column: field for field, several in header.columns.items() for column in several}
    for column, heading in sorted(header.written.items()):
        sink.map(sheet.name, heading, header.table.name, meant.get(column, ""))
    if header.not_loaded:
        sink.note(f"columns_not_loaded|{where}{'; '.join(header.not_loaded)}")
    if again := repeated(header):
        sink.note(f"headings_repeated|{where}{'; '.join(again)}")
    note_context(sink, where, header.table, context)


def _read_rows(sheet: Sheet, header: Header, context: dict[str, str], body: Iterator[tuple[int, Row]], sink: Sink) -> None:
    columns = [_column(header, field) for field in header.columns]
    build, counted_as = BUILDERS[header.table.name], COUNTED_AS.get(header.table.name, header.table.name)
    filled = _filled_down(sheet, header)
    width = max(header.written, default=0) + 1
    prefix = f"{sheet.name}!R" if sheet.name else "R"
    repairs: Counter[str] = Counter()
    taken, told = 0, Told()
    for number, cells in body:
        if is_skipped(header, cells, width):
            continue
        row = _table_row(columns, _with_merged(cells, filled.get(number)) if filled else cells, repairs)
        if context:
            fill(row.values, context)
        try:
            records = build(row)
        except RowRefusedError as refused:
            sink.reject(_row_reject(sheet.name, number, header, row, refused))
            continue
        taken += 1
        for problem in row.problems:
            sink.reject(_reject(sheet.name, number, header, problem, row_taken=True))
        for table, record in records:
            sink.add(table, f"{prefix}{number}{record.pop('at', '')}", record)
        if row.told:
            told.take(number, row)
    sink.count(counted_as, taken)
    told.note(sink, f"{sheet.name}: " if sheet.name else "")
    if repairs["zeros"]:
        sink.note(f"zeros_restored|{repairs['zeros']}")


def _column(header: Header, field: str) -> _Column:
    spec = header.table.fields[field]
    return _Column(field, header.columns[field], converter(spec.kind, spec.values), spec.kind.endswith("_inn"))


def _table_row(columns: list[_Column], cells: Row, repairs: Counter[str]) -> TableRow:
    row = TableRow({}, [])
    width = len(cells)
    for column in columns:
        for at in column.at:
            cell = cells[at] if at < width else None
            if cell is None or cell == "":
                continue
            try:
                value = column.read(cell)
            except Refused as refused:
                row.problems.append(Problem(column.field, refused.reason, shown(cell), refused.params))
                continue
            if value is not None:
                row.values[column.field] = value
                if column.checks_zero and isinstance(value, str) and value[0] == "0" and shown(cell).lstrip("'’ ")[:1] != "0":
                    repairs["zeros"] += 1
                break
    return row


def _row_reject(sheet: str, number: int, header: Header, row: TableRow, refused: RowRefusedError) -> Reject:
    """Why the row was not taken: the value that was refused where one would have saved it, else what is missing."""
    for problem in row.problems:
        if problem.field in refused.fields:
            return _reject(sheet, number, header, problem, row_taken=False)
    field = next((one for one in refused.fields if row.get(one) is not None), refused.fields[0])
    value = row.name(field) if header.table.fields[field].kind == "name" else row.get(field)
    return _reject(sheet, number, header, Problem(field, refused.reason, shown(value), refused.params), row_taken=False)


def _reject(sheet: str, number: int, header: Header, problem: Problem, row_taken: bool) -> Reject:
    return Reject(
        reason=problem.reason,
        sheet=sheet,
        row=number,
        column=header.heading(problem.field),
        value=problem.value[:_LONGEST_SHOWN],
        params=problem.params,
        row_taken=row_taken,
    )


def _filled_down(sheet: Sheet, header: Header) -> dict[int, dict[int, Cell]]:
    """For each row (as Excel numbers it) under a cell merged downwards: the cells the merged one stands for.

    Only the official's number and name are filled, and only in a list of relatives: anything else merged down may be meant
    for the first row alone.
    """
    columns = {column for field in _FILLED_DOWN.get(header.table.name, ()) for column in header.columns.get(field, ())}
    spans = [span for span in sheet.merged if span[0][0] > header.last_row and span[1][0] > span[0][0] and span[0][1] in columns]
    rows = sheet.rows if isinstance(sheet.rows, list) else []
    filled: dict[int, dict[int, Cell]] = {}
    for (top, left), (bottom, _) in spans:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for index in range(top + 1, min(bottom, len(rows) - 1) + 1):
            filled.setdefault(index + 1, {})[left] = rows[top][left]
    return filled


def _with_merged(cells: Row, merged: dict[int, Cell] | None) -> Row:
    if not merged:
        return cells
    widened = list(cells) + [None] * (max(merged) + 1 - len(cells))
    for column, cell in merged.items():
        if widened[column] in (None, ""):
            widened[column] = cell
    return widened
