"""A sheet of officials or of their kin in the layouts officers have (OFFICER 2.1), on its way through the loop over rows.

What the loop reads of a row is as ever; here the official's name is filled down, separator rows become departments, and the kin
that stand in columns or in one cell become rows for the builder of relatives. Where an official's own data stand beside his kin,
the sheet is a list of officials as well: `beside_kin` marks his row, which counts only where no list has him.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from affil.ingest.formats.workbook import Sheet
from affil.ingest.tables.bulk.bulk import Chain
from affil.ingest.tables.kin.columns import KinPart, KinSheet, officials_alone
from affil.ingest.tables.kin.filled_down import FilledDown
from affil.ingest.tables.kin.rows import KinRow, Untaken, kin_rows, places_of
from affil.ingest.tables.kin.sections import Unit, section_in, unit_of_sheet
from affil.ingest.tables.rows.people import lists_several, names_several, official_records, relative_records
from affil.ingest.tables.rows.row import Builder, Records, RowRefusedError, TableRow
from affil.ingest.tables.sheet.headings import Header, Row, find_header
from affil.ingest.tables.sheet.skipped_rows import is_skipped, is_total_or_numbering
from affil.ingest.tables.sheet_parts import Block
from affil.ingest.values.cells import Refused, shown
from affil.ingest.values.converters import converter
from affil.ingest.vocabulary.vocabulary import Vocabulary, vocabulary
from affil.model.records import Reject, Sink

_LONGEST_SHOWN = 200
_IDENTITY = ("employee_id", "official_name", "name", "surname", "given", "patronymic")
_OFFICIAL_ONLY = frozenset({"name", "surname", "given", "patronymic", "employee_id", "employer_inn"})
_OF_ALL_KIN = ("employee_id", "employer_inn", "questionnaire_date")
_OF_ONE = frozenset({"relationship", "name", "surname", "given", "patronymic", "birth_date", "inn", "employer", "position"})
_MOST_NAMED = 8


class PeopleSheet:
    """The state of one sheet; `row`, `passed` and `records` are called row by row in order, `close` at the end."""

    def __init__(
        self, sheet: Sheet, header: Header, first: Sequence[Row], kin: KinSheet | None, sink: Sink, words: Vocabulary | None
    ) -> None:
        self.sheet, self.header, self.sink = sheet, header, sink
        self.of_first = isinstance(sheet, Block) and sheet.of_first
        self.parts = kin.parts if kin else ()
        self.places = places_of(self.parts)
        self.of_relatives = header.table.name == "relatives"
        self.own = _own_columns(header, first, words) if self.of_relatives else None
        read = {self.own.written[at] for several in self.own.columns.values() for at in several} if self.own else set()
        self.header = replace(header, not_loaded=tuple(one for one in header.not_loaded if one not in read))
        body = first[header.last_row + 1 :]
        identity, official = self._columns()
        number = header.number_column if self.of_relatives or kin else None
        self.filler = FilledDown(sheet, identity, official, number, body, header.last_row) if self.of_relatives or kin else None
        self.names = identity if self.of_relatives else {at for name in _IDENTITY for at in header.columns.get(name, ())}
        self.wide = {top for (top, left), (bottom, right) in sheet.merged if top == bottom and right > left}
        self.unit = unit_of_sheet(sheet.name)
        self.in_order, self.unit_used = True, False
        self.is_regular = not (self.parts or self.own or self.unit or isinstance(sheet, Block)) and self._has_no_rows_below(
            sheet, body
        )
        self.section: Unit | None = None
        self.sections: list[str] = []
        self.skipped = self.relatives = 0
        self.official: dict[str, Any] = {}  # what the row of the official said of him, for the kin below it
        self.at = ""  # the locator of that row, where it gave a record
        self.before: Mapping[str, Any] = {}  # the record of the official named last
        self.emitted: dict[tuple[Any, ...], str] = {}

    def _columns(self) -> tuple[set[int], set[int]]:
        """The columns that say who the official is, and all that are his."""
        names = _IDENTITY[:2] if self.of_relatives else _IDENTITY
        identity = {at for name in names for at in self.header.columns.get(name, ())}
        if not self.of_relatives:
            return identity, {at for several in self.header.columns.values() for at in several}
        own = {at for several in self.own.columns.values() for at in several} if self.own else set()
        return identity, own

    @property
    def of_officials(self) -> dict[int, tuple[str, str]]:
        """Columns of a list of relatives that say more of the official: the table of officials and its field, by column."""
        taken = {at for several in self.header.columns.values() for at in several}
        own = self.own.columns.items() if self.own else ()
        return {at: ("officials", name) for name, several in own for at in several if at not in taken}

    def _has_no_rows_below(self, sheet: Sheet, body: Sequence[Row]) -> bool:
        """Whether nothing shows that a row depends on one above it: no merged name, no name left out, no row of a department."""
        if self.filler is not None and self.filler.spans:
            return False
        width = max(self.header.written, default=0) + 1
        for index, cells in enumerate(body, self.header.last_row + 1):
            filled = any(at < len(cells) and shown(cells[at]) for at in self.names)
            if section_in(cells, width, self.names, index in self.wide) or (
                self.of_relatives and not filled and any(map(shown, cells))
            ):
                return False
        return True

    def by_columns(self) -> None:
        """The sheet is read by columns: only odd rows come one by one, so nothing is carried from one row to another."""
        self.in_order = False

    def chain(self, width: int) -> Chain:
        """What would make a row depend on one above it, should it come far down a sheet that is read by columns."""

        def hangs(number: int, cells: Row) -> bool:
            """True where the row belongs to one above it: a relative of nobody named, or a row that names a department."""
            if is_skipped(self.header, cells, width):
                return False
            unnamed = not any(at < len(cells) and shown(cells[at]) for at in self.names)
            return (self.of_relatives and unnamed) or section_in(cells, width, self.names, number - 1 in self.wide) is not None

        def resume(number: int, cells: Row, repeated: bool) -> None:
            """Read this row and those after it one by one, with what the rows above left behind."""
            self.in_order = True
            if self.filler and repeated:
                self.filler.once = False
            self.row(number, cells, width)

        return Chain(frozenset(self.names), self.of_relatives, hangs, resume)

    def passed(self, cells: Row, width: int) -> None:
        """A row that was skipped: a blank one ends what is filled down, a total is counted."""
        if self.filler:
            self.filler.stop()
        if is_total_or_numbering(cells, width):
            self.skipped += 1

    def row(self, number: int, cells: Row, width: int) -> Row | None:
        """The row to read, None where it only names a department."""
        section = section_in(cells, width, self.names, number - 1 in self.wide)
        if section is not None:
            if self.in_order:
                self.section = section
                self.sections.append(section.name)
            if self.filler:
                self.filler.stop()
            return None
        return self.filler.row(number, cells) if self.filler and self.in_order else cells

    def records(self, number: int, row: TableRow, cells: Row, build: Builder) -> Records:
        """The records of the row: `build`'s own, and those of kin in its columns; `at` in a record is added to its locator."""
        if self.of_relatives:
            return self._of_relative(number, row, cells, build)
        self._add_unit(row)
        if not self.parts:
            return self._with_unit(row, build(row))
        _one_official(row.name("name"), "name")
        below = self.filler is not None and not self.filler.begun
        records: Records = []
        if not below or not self.at:
            records = self._with_unit(row, build(row))
            records[0][1]["beside_kin"] = True
            self.at = self._locator(number)
            self.official = {name: row.get(name) for name in _OF_ALL_KIN} | {"official_name": row.name("name")}
        for part, place in zip(self.parts, self.places, strict=True):
            records += self._kin(number, part, place, cells)
        return records

    def _with_unit(self, row: TableRow, records: Records) -> Records:
        """No field of the table: only a sheet's name or a separator row tells it."""
        if row.get("unit"):
            records[0][1]["unit"] = row.get("unit")
        return records

    def _add_unit(self, row: TableRow) -> None:
        """Department and employer by the separator row above, else by the sheet's name, where the row says none."""
        units = [unit for unit in (self.section, self.unit) if unit is not None]
        if units and "unit" not in row.values:
            self.unit_used = self.unit_used or self.unit is not None
            row.values["unit"] = "|".join(unit.name.replace("|", " ") for unit in units)
        for unit in units:
            if unit.is_institution and row.get("employer_inn") is None:
                row.values.setdefault("employer", unit.name)
            elif not unit.is_institution:
                row.values.setdefault("department", unit.name)

    def _of_relative(self, number: int, row: TableRow, cells: Row, build: Builder) -> Records:
        """A row of one relative, or of several in the cell of the name."""
        if self.own is not None:
            _one_official(row.get("official_name"), "official_name")
        found = self._official_beside(number, cells)
        if (found or self.of_first) and not row.values.keys() & _OF_ONE:
            self.relatives -= 1  # the loop counts the row as a relative's
            return found
        try:
            several = self._several(number, row, cells)
            return [*found, *(several if several is not None else self._tied(build(row)))]
        except RowRefusedError:
            for table, record in found:
                self.sink.add(table, self._locator(number), record)
            raise

    def _tied(self, records: Records) -> Records:
        for _, record in records:
            record["official_row"] = self.at or None
        return records

    def _official_beside(self, number: int, cells: Row) -> Records:
        """The official's record, once for each that the sheet has, where it has more of him than name and number."""
        if self.own is None:
            return []
        if self.filler is None or not self.filler.begun:
            self.at = self.at if self.filler is not None and self.filler.last is not None else ""
            return []
        row = _converted(self.own, cells)
        self._add_unit(row)
        try:
            (table, record), *_ = self._with_unit(row, official_records(row))
        except RowRefusedError:
            self.at = ""
            return []
        record["beside_kin"] = True
        if self.at and _says_no_more(record, self.before):
            return []
        self.before = record
        known = tuple(str(record[name]) for name in sorted(record))
        if known in self.emitted:
            self.at = self.emitted[known]
            return []
        self.at = self.emitted[known] = self._locator(number)
        return [] if self.of_first else [(table, record)]

    def _several(self, number: int, row: TableRow, cells: Row) -> Records | None:
        """Records where the cell of the name tells of several persons, or says the kinship its own column does not."""
        columns = self.header.columns
        at = columns.get("name", (-1,))[0]
        cell = cells[at] if 0 <= at < len(cells) else None
        relationship: str | None = row.get("relationship")
        if not isinstance(cell, str) or (relationship is not None and not _may_be_several(cell)):
            return None
        official = row.get("official_name")
        if official is None and row.get("employee_id") is None:
            return None
        about = {name: several[0] for name, several in columns.items() if name in _ABOUT}
        part = KinPart(self.header.written.get(at, ""), relationship, (), None, several=True, about=about)
        people, untaken = kin_rows(part, places_of([part])[0], cells)
        if len(people) < (1 if relationship is None else 2):
            return None
        self.official = {name: row.get(name) for name in _OF_ALL_KIN} | {"official_name": official}
        self.relatives -= 1  # the row itself is counted by the loop
        row.problems[:] = [one for one in row.problems if one.field not in about]
        records = self._built(number, people, untaken)
        self.relatives += len(records)
        return records

    def _kin(self, number: int, part: KinPart, place: str, cells: Row) -> Records:
        people, untaken = kin_rows(part, place, cells)
        records = self._built(number, people, untaken)
        self.relatives += len(records)
        return records

    def _built(self, number: int, people: Sequence[KinRow], untaken: Sequence[Untaken]) -> Records:
        records: Records = []
        for one in people:
            values = {name: value for name, value in {**self.official, **one.values}.items() if value is not None}
            row = TableRow(values, [])
            try:
                (table, record), *_ = relative_records(row)
            except RowRefusedError as refused:
                self._reject(number, Untaken(one.column, refused.reason, one.text, dict(refused.params)))
                continue
            record |= {"at": f"/{one.place}", "official_row": self.at or None}
            records.append((table, record))
            for problem in row.problems:
                self._reject(number, Untaken(one.column, problem.reason, problem.value, dict(problem.params)))
        for each in untaken:
            self._reject(number, each)
        return records

    def _reject(self, number: int, one: Untaken) -> None:
        heading = self.header.written.get(one.column, "")
        value = one.value[:_LONGEST_SHOWN]
        self.sink.reject(Reject(one.reason, self.sheet.name, number, heading, value, one.params, row_taken=True))

    def _locator(self, number: int) -> str:
        block = self.sheet.block if isinstance(self.sheet, Block) and not self.of_first else ""
        return f"{self.sheet.name}!R{number}{block}" if self.sheet.name else f"R{number}{block}"

    def close(self) -> None:
        """Tell what was filled down, skipped and taken from names of departments."""
        where = f"{self.sheet.name}: " if self.sheet.name else ""
        if self.parts or self.relatives:
            self.sink.count("relatives", self.relatives)
        if self.filler and self.filler.filled:
            self.sink.note(f"filled_down|{where}{self.filler.filled}")
        if self.skipped:
            self.sink.note(f"rows_skipped|{where}{self.skipped}")
        names = list(dict.fromkeys(self.sections))
        if names:
            more = " …" if len(names) > _MOST_NAMED else ""
            self.sink.note(f"from_section|{where}{'; '.join(names[:_MOST_NAMED])}{more}")
        if self.unit and self.unit_used:
            self.sink.note(f"from_sheet_name|{self.unit.name}")


_ABOUT = (
    "name",
    "birth_date",
    "inn",
    "employer",
    "position",
    "address",
    "phone",
    "email",
    "former_names",
    "valid_from",
    "valid_to",
)


def _says_no_more(record: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a row names the official of the row before it and tells nothing new of him."""
    same = all(record[name] == before.get(name) for name in ("name_key", "employee_id") if record[name] is not None)
    return same and bool(before) and all(value is None or value == before.get(name) for name, value in record.items())


def _one_official(written: str | None, field: str) -> None:
    """Whose kin stand in a row that names two officials, nobody can say."""
    if written is not None and lists_several(written):
        raise RowRefusedError("several_officials", field)


def _may_be_several(cell: str) -> bool:
    return "\n" in cell.strip() or ";" in cell or names_several(cell)


def _own_columns(header: Header, first: Sequence[Row], words: Vocabulary | None) -> Header | None:
    """The official's own columns of a list of relatives: left of theirs, not read as theirs; None where it has only his name."""
    theirs = [at for name in ("relationship", "name", "surname") for at in header.columns.get(name, ())]
    read = {at for name, several in header.columns.items() if name not in (*_IDENTITY[:2], "employer_inn") for at in several}
    columns = [at for at in range(min(theirs)) if at not in read]
    masked = [
        [cell if at in columns else None for at, cell in enumerate(row)] if index >= header.first_row else row
        for index, row in enumerate(first[: header.last_row + 1])
    ]
    own = find_header(masked, only="officials", words=officials_alone(words or vocabulary()))
    if own is None or not {"name", "surname"} & own.columns.keys():
        return _name_alone(header, words or vocabulary())
    if "employee_id" in header.columns and not own.columns.keys() - _OFFICIAL_ONLY:
        return None  # a list of officials has him by this number
    return replace(own, last_row=header.last_row)


def _name_alone(header: Header, words: Vocabulary) -> Header | None:
    """His name right of his kin's columns, or where nothing else is his; None where a list of officials has him by his number."""
    if "employee_id" in header.columns or "official_name" not in header.columns:
        return None
    return replace(header, table=words.tables["officials"], columns={"name": header.columns["official_name"]})


def _converted(header: Header, cells: Row) -> TableRow:
    """The row's values by the columns of `header`; a value that cannot be read is left out, it is told by no column of kin."""
    values: dict[str, Any] = {}
    for name, several in header.columns.items():
        spec = header.table.fields[name]
        for at in several:
            cell = cells[at] if at < len(cells) else None
            if cell is None or not shown(cell) or name in values:
                continue
            try:
                value = converter(spec.kind, spec.values)(cell)
            except Refused:
                continue
            if value is not None:
                values[name] = value
    return TableRow(values, [])


def people_sheet(
    sheet: Sheet, header: Header, first: Sequence[Row], kin: KinSheet | None, sink: Sink, words: Vocabulary | None
) -> PeopleSheet | None:
    """The state for a sheet of officials or relatives, None for any other table."""
    return PeopleSheet(sheet, header, first, kin, sink, words) if header.table.name in ("officials", "relatives") else None


def told(kin: KinSheet) -> Mapping[int, str]:
    """How the columns of kin were understood, for `load --explain`: column → «relatives» field."""
    return {column: name for part in kin.parts for name, column in part.about.items()}
