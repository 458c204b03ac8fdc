"""The reader of officers' tables: XLSX, XLS, ODS and CSV sheets whose headings the vocabulary knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice

from affil.ingest.formats.csvfile import NoRow, best_separator, csv_rows, text_head
from affil.ingest.formats.sheet_scan import Scanned
from affil.ingest.formats.unseen import unseen_of
from affil.ingest.formats.workbook import Sheet, is_workbook, look_through, sheets
from affil.ingest.inputs import InputFile, Look
from affil.ingest.tables.bulk.bulk import BulkSheet, plan_for
from affil.ingest.tables.bulk.sheets import LONG_SHEET, LONG_TEXT, read_cells, read_text, size_of
from affil.ingest.tables.kin.columns import KinSheet, kin_sheet
from affil.ingest.tables.kin.official_columns import without_official_columns
from affil.ingest.tables.kin.official_form import form_of
from affil.ingest.tables.kin.people_sheet import PeopleSheet, people_sheet, told
from affil.ingest.tables.loose.plain_sheet import plain_rows, plain_sheets
from affil.ingest.tables.rows.contracts import contract_records
from affil.ingest.tables.rows.duties import duties_of_seats, duty_records
from affil.ingest.tables.rows.journals import interest_records, notice_records, search_records
from affil.ingest.tables.rows.people import institution_records, official_records, relative_records
from affil.ingest.tables.rows.purchases import participant_records
from affil.ingest.tables.rows.row import Builder, Problem, RowRefusedError, TableRow
from affil.ingest.tables.rows.seats import seat_records
from affil.ingest.tables.sheet.context import Context, context_of, customer_of_all, fill, note_context, told_apart, values_of
from affil.ingest.tables.sheet.headings import SEARCHED_ROWS, Header, Row, find_header, repeated
from affil.ingest.tables.sheet.inn_columns import with_one_number, with_own_inn
from affil.ingest.tables.sheet.nearest import map_columns, near_by, nearest, refusal_of
from affil.ingest.tables.sheet.places import Place
from affil.ingest.tables.sheet.skipped_rows import is_skipped
from affil.ingest.tables.sheet_parts import Block, parts_of
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
_EACH_COUNTED = frozenset({"commissions"})  # a cell may name several members
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
        separator, saw = _separator(head, self.words, Place(file.name))
        return Look(saw != "no_table", saw, {"separator": _NAMED.get(separator, separator)})

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push the rows of every sheet; a sheet that is no known table becomes a note, a workbook without any a reject."""
        book = look_through(file) if is_workbook(file) else None
        if book:
            tell_unseen(unseen_of(book), sink)
        if not read_tables(tables_in(file, self.words, book), sink, words=self.words, file=file.name):
            sink.reject(refusal_of(sink, self.words))


def read_tables(
    found: Iterable[Sheet], sink: Sink, said: Sequence[Row] = (), words: Vocabulary | None = None, file: str = ""
) -> int:
    """Push the rows of these sheets and return how many are tables; `said`: title rows that hold for all of them."""
    lists = (one for sheet in found for one in plain_sheets(sheet, words))
    parts = ((part, [*said, *titles]) for sheet in lists for part, titles in parts_of(sheet, words))
    return sum(_read_sheet(part, sink, titles, words, Place(file, part.name)) for part, titles in parts)


def _score(place: Place, words: Vocabulary, rows: Sequence[Row]) -> float:
    """How well a text reads as a table; 0 where it is no table: prose and programs, too, have names between commas."""
    rows = plain_rows(rows, words)
    header = find_header(rows, words=words, place=place)
    kin = kin_sheet(rows, (), header, words)
    header = kin.header if kin else header
    known = len(header.columns) + (len(told(kin)) if kin else 0) if header else 0
    if header is None or known < _LEAST_KNOWN * len(header.written):
        return 0.0
    return _regular(header, rows, kin)


def _near_score(words: Vocabulary, rows: Sequence[Row]) -> float:
    """The same for a text that only lacks a column it needs."""
    header = nearest(rows, words)
    return _regular(header, rows) if header else 0.0


def _regular(header: Header, rows: Sequence[Row], kin: KinSheet | None = None) -> float:
    body = [row for row in rows[header.last_row + 1 : header.last_row + 1 + _REGULAR_ROWS] if any(map(shown, row))]
    columns = [column for several in header.columns.values() for column in several] + [*(told(kin) if kin else ())]
    split = sum(len(row) >= _LEAST_WIDTH * (max(columns) + 1) for row in body)
    return header.score + (len(kin.parts) if kin else 0) if split * 2 >= len(body) else 0.0


def tables_in(file: InputFile, words: Vocabulary | None = None, book: Scanned | None = None) -> Iterable[Sheet]:
    """The sheets of a workbook, or the one of a CSV file. `book`: what the workbook holds, where it was looked through before."""
    if book or is_workbook(file):
        return sheets(file, book)
    separator, _ = _separator(text_head(file) or "", words or vocabulary(), Place(file.name))
    return [Sheet("", csv_rows(file, separator), text=(file, separator))]


@lru_cache(maxsize=1)
def _separator(head: str, words: Vocabulary, place: Place) -> tuple[str, str]:
    """The separator of a text and what the text is, as a key of `readers`; a file that was just recognised is read next."""
    for saw, score in (("text_table", partial(_score, place)), ("near_table", _near_score)):
        separator, found = best_separator(head, partial(score, words))
        if found > 0:
            return separator, saw
    return separator, "no_table"


def _read_sheet(sheet: Sheet, sink: Sink, said: Sequence[Row], words: Vocabulary | None, place: Place) -> bool:
    """Take one sheet; False where it is no table of the vocabulary."""
    rows = iter(sheet.rows)
    first = list(islice(rows, SEARCHED_ROWS + 1))
    header = find_header(first, said=said, words=words, place=place)
    kin = kin_sheet(first, sheet.merged, header, words)
    header = kin.header if kin else header
    if header is None:
        if any(shown(cell) for row in first for cell in row):
            if sheet.name:
                sink.note(f"sheet_not_known|{sheet.name}")
            near_by(sheet.name, first, words or vocabulary(), sink)
        return False
    header = header if kin else _by_neighbours(header, first)
    titles = [*first[: header.first_row], *said]
    context = customer_of_all(header, context_of(header.table, titles, place), first)
    people = people_sheet(sheet, header, first, kin, sink, words)
    header = people.header if people else header
    of_kin = {column: ("relatives", field) for column, field in told(kin).items()} if kin else {}
    map_columns(sheet.name, header, first, sink, of_kin | (people.of_officials if people else {}))
    _note_header(sheet, header, context, sink)
    form = form_of(header, first[: header.first_row])
    if form:
        sink.note(f"questionnaire_form|{form}")
    body = enumerate(islice(chain(first, rows), header.last_row + 1, None), sheet.first_row + header.last_row + 2)
    _read_rows(sheet, header, values_of(context, header.table, place), body, sink, people)
    return True


def _by_neighbours(header: Header, rows: list[Row]) -> Header:
    """The header with the columns whose meaning hangs on the others and on the first rows."""
    return with_one_number(with_own_inn(without_official_columns(duties_of_seats(header, rows), rows), rows))


def _note_header(sheet: Sheet, header: Header, context: Context, sink: Sink) -> None:
    where = f"{sheet.name}: " if sheet.name else ""
    if header.not_loaded:
        sink.note(f"columns_not_loaded|{where}{'; '.join(header.not_loaded)}")
    if again := repeated(header):
        sink.note(f"headings_repeated|{where}{'; '.join(again)}")
    note_context(sink, where, header.table, context)


def _read_rows(
    sheet: Sheet, header: Header, context: dict[str, str], body: Iterator[tuple[int, Row]], sink: Sink, people: PeopleSheet | None
) -> None:
    rows = _Rows(sheet, header, context, sink, people)
    for number, cells in _left_by_columns(rows, body):
        rows.take(number, cells)
    rows.told.note(sink, f"{sheet.name}: " if sheet.name else "")
    sink.count(COUNTED_AS.get(header.table.name, header.table.name), rows.taken)
    if people:
        people.close()
    if rows.repairs["zeros"]:
        sink.note(f"zeros_restored|{rows.repairs['zeros']}")


class _Rows:
    """The rows of a sheet one by one into records; the judge of every row that is not regular, and of short sheets altogether."""

    def __init__(
        self, sheet: Sheet, header: Header, context: dict[str, str], sink: Sink, people: PeopleSheet | None = None
    ) -> None:
        self.people = people
        self.sheet, self.header, self.context, self.sink = sheet, header, context, sink
        self.columns = [_column(header, field) for field in header.columns]
        self.build = BUILDERS[header.table.name]
        self.width = max(header.written, default=0) + 1
        self.prefix = f"{sheet.name}!R" if sheet.name else "R"
        self.block = sheet.block if people and isinstance(sheet, Block) else ""
        self.repairs: Counter[str] = Counter()
        self.taken = 0
        self.told = Told()

    def take(self, number: int, cells: Row) -> None:
        """One row, `number` as Excel counts; its records, or why there are none."""
        if isinstance(cells, NoRow):
            self.sink.reject(Reject(cells.reason, sheet=self.sheet.name, row=number))
            return
        if is_skipped(self.header, cells, self.width):
            if self.people:
                self.people.passed(cells, self.width)
            return
        told_of = self.people.row(number, cells, self.width) if self.people else cells
        if told_of is None:
            return
        row = _table_row(self.columns, told_of, self.repairs)
        if self.context:
            fill(row.values, self.context)
        try:
            records = self.people.records(number, row, told_of, self.build) if self.people else self.build(row)
        except RowRefusedError as refused:
            self.sink.reject(_row_reject(self.sheet.name, number, self.header, row, refused))
            return
        self.taken += len(records) if self.header.table.name in _EACH_COUNTED else 1
        for problem in row.problems:
            self.sink.reject(_reject(self.sheet.name, number, self.header, problem, row_taken=True))
        for table, record in records:
            self.sink.add(table, f"{self.prefix}{number}{self.block}{record.pop('at', '')}", record)
        if row.told:
            self.told.take(number, row)

    def refused_value(self, number: int, field: str, reason: str, value: str, params: Mapping[str, str]) -> Reject:
        """What is told of a value that was refused while its row was taken."""
        return _reject(self.sheet.name, number, self.header, Problem(field, reason, value, params), row_taken=True)


def _left_by_columns(rows: _Rows, body: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """The rows that remain when a long sheet was read by columns as far as that goes; all of them of a short one."""
    sheet, header = rows.sheet, rows.header
    text = sheet.text
    if not (size_of(text[0]) >= LONG_TEXT if text else not isinstance(sheet.rows, list) or len(sheet.rows) >= LONG_SHEET):
        return body
    plan = None if sheet.first_row or told_apart(header, rows.context) else plan_for(header)
    if plan is None or (rows.people is not None and not rows.people.is_regular):
        return body
    if rows.people is not None:
        rows.people.by_columns()
    chain = rows.people.chain(rows.width) if rows.people else None
    bulk_sheet = BulkSheet(sheet.name, header, rows.context, rows.sink, rows.take, rows.refused_value, chain)
    if text:
        done, taken, zeros = read_text(*text, bulk_sheet, plan, rows.width)
        body = iter(()) if done is None else enumerate(islice(csv_rows(*text), done, None), done + 1)
    else:
        body, taken, zeros = read_cells(body, bulk_sheet, plan)
    rows.taken += taken
    rows.repairs["zeros"] += zeros
    return body


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
    value = row.name(field) if header.table.fields[field].kind in ("name", "lines") else row.get(field)
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
