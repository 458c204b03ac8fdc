"""A workbook that came back: the rows people filled in, wherever they stand now, and what Excel did to their cells.

A sheet is known by its headings, whatever it is called; a row by its key alone (`case_rows.row_key`). Hidden columns, filters and
the order of rows, columns and sheets play no part.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import join, normpath

from lxml import etree

from affil.ingest.formats.archive import BROKEN_ZIP
from affil.ingest.formats.workbook import sheets
from affil.ingest.inputs import InputFile
from affil.ingest.values.cells import Cell
from affil.reports.values import date_text
from affil.reports.workbook.cells import EPOCH, letters
from affil.words import LANGUAGES, Words

DECISIONS, COURSE = "decisions", "course"
FIELDS = {
    DECISIONS: ("identity", "tie", "by", "on", "why"),
    COURSE: ("event", "on", "number", "by", "due", "scope", "result", "identity", "documents", "tie", "assessment", "assessed_by",
             "measure", "why", "entry"),
}  # fmt: skip
"""The columns that are read, in the order the headings have them; behind them stand run (of decisions), tie code and key."""
FROM = {DECISIONS: 35, COURSE: 4}
_HEADINGS = {DECISIONS: "reports.findings.headings", COURSE: "workbook.course.headings"}
_TELLING = {DECISIONS: ("by", "identity"), COURSE: ("by", "event")}
TIE, KEY = "tie_code", "key"
HEADING_WITHIN = 20  # rows: somebody may have put a title above
LONGEST = 2_000
EXCEL_ERRORS = re.compile(
    r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|Н/Д|ССЫЛКА!|ЗНАЧ!|ИМЯ\?|ДЕЛ/0!|ПУСТО!|ЧИСЛО!)"
)
_SHEET_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
FORMS = ("%d.%m.%Y", "%Y-%m-%d")
DAYS = (dt.date(2000, 1, 1), dt.date(2100, 12, 31))


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: the sheet as it is called now, and `D7`."""

    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell: a key of `review.import`, and what it names."""

    place: Place
    key: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of one of the two sheets: its cells by field, where each stands, which of them are formulas."""

    kind: str
    sheet: str
    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]
    formulas: frozenset[str] = frozenset()

    def place(self, name: str) -> Place:
        """Where a field stands; the row's first read cell where the sheet has no such column."""
        return Place(self.sheet, f"{letters(self.columns.get(name, min(self.columns.values())))}{self.number}")

    def is_filled(self, *besides: str) -> bool:
        """True where a column that people fill in holds something."""
        return any(not _is_empty(self.cells.get(name)) for name in FIELDS[self.kind] if name not in besides)


def filled_rows(file: InputFile) -> tuple[list[FilledRow], list[CellFault]]:
    """Every row of the sheets people fill in, and what is wrong with their headings; `FileRefusedError` of no workbook."""
    rows, faults = list[FilledRow](), list[CellFault]()
    formulas = _formulas(file)
    for sheet in sheets(file):
        table = [list(row) for row in sheet.rows]
        found = _heading(table)
        if found is None:
            continue
        kind, at, columns, twice = found
        faults += [CellFault(Place(sheet.name, f"{letters(first)}{at + 1}"), "twice",
                             {"heading": heading, "cell": f"{letters(again)}{at + 1}"})
                   for heading, first, again in twice]  # fmt: skip
        wrong = formulas.get(sheet.name, frozenset())
        for number, row in enumerate(table[at + 1 :], start=at + 2):
            cells = {name: row[place] if place < len(row) else None for name, place in columns.items()}
            marked = frozenset(name for name, place in columns.items() if f"{letters(place)}{number}" in wrong)
            rows.append(FilledRow(kind, sheet.name, number, cells, columns, marked))
    return rows, faults


Heading = tuple[str, int, dict[str, int], list[tuple[str, int, int]]]


def _heading(table: Sequence[Sequence[Cell]]) -> Heading | None:
    """Which sheet it is, the row of its headings, the columns by field, and headings that stand twice."""
    for at, row in enumerate(table[:HEADING_WITHIN]):
        texts = [_folded(cell) for cell in row]
        for kind, known in _known().items():
            columns, twice = dict[str, int](), list[tuple[str, int, int]]()
            for place, text in enumerate(texts):
                name = known.get(text)
                if name in columns:
                    twice.append((str(row[place]), columns[name], place))
                elif name is not None:
                    columns[name] = place
            if all(name in columns for name in _TELLING[kind]):
                return kind, at, columns, twice
    return None


def _known() -> dict[str, dict[str, str]]:
    """For each kind of sheet its fields by heading, in every language."""
    found: dict[str, dict[str, str]] = {COURSE: {}, DECISIONS: {}}
    for lang in LANGUAGES:
        for kind, known in found.items():
            headings = Words(lang).raw(_HEADINGS[kind])
            begun = headings[FROM[kind] : FROM[kind] + len(FIELDS[kind])]
            known |= {_folded(heading): name for heading, name in zip(begun, FIELDS[kind], strict=True)}
            known |= {_folded(headings[-2]): TIE, _folded(headings[-1]): KEY}
    return found


def _folded(cell: Cell) -> str:
    return " ".join(cell.casefold().split()) if isinstance(cell, str) else ""


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_in(row: FilledRow, name: str) -> str | CellFault:
    """The text of a cell as one line, empty where nothing stands there."""
    cell, place = row.cells.get(name), row.place(name)
    if name in row.formulas:
        return CellFault(place, "formula")
    if _is_empty(cell):
        return ""
    if isinstance(cell, dt.date):
        return CellFault(place, "text_number", {"found": date_text(cell)})
    if not isinstance(cell, str):
        return CellFault(place, "text_number", {"found": _number(cell)})
    told = " ".join("".join(sign if sign.isprintable() else " " for sign in cell).split())
    if EXCEL_ERRORS.fullmatch(told.upper()):
        return CellFault(place, "error", {"found": told})
    return told if len(told) <= LONGEST else CellFault(place, "too_long", {"most": str(LONGEST)})


def day_in(row: FilledRow, name: str) -> dt.date | CellFault | None:
    """The day a cell tells, None where it is empty. A bare number is no day: which one it meant is for a person to say."""
    cell, place = row.cells.get(name), row.place(name)
    if name in row.formulas:
        return CellFault(place, "formula")
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date) or cell is None:
        return cell
    if isinstance(cell, str):
        return _day(cell, place)
    meant = _meant(cell)
    return CellFault(place, "date_number", {"found": _number(cell), "day": date_text(meant)})


def _day(text: str, place: Place) -> dt.date | CellFault | None:
    if not (told := text.strip()):
        return None
    if EXCEL_ERRORS.fullmatch(told.upper()):
        return CellFault(place, "error", {"found": told})
    for form in FORMS:
        with contextlib.suppress(ValueError):
            return dt.datetime.strptime(told, form).date()
    return CellFault(place, "bad_date", {"found": told})


def _meant(cell: Cell) -> dt.date | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 < cell < 100_000:
        day = EPOCH + dt.timedelta(int(cell))
        return day if DAYS[0] <= day <= DAYS[1] else None
    return None


def _number(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _formulas(file: InputFile) -> dict[str, frozenset[str]]:
    """By sheet the cells that hold a formula; nothing where the file is no XLSX or cannot be read: that is told elsewhere."""
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            return {name: frozenset(_formula_cells(archive, part)) for name, part in _parts(archive)}
    except (*BROKEN_ZIP, KeyError, etree.XMLSyntaxError, OSError):
        return {}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of every sheet and the part of the file it stands in."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for sheet in etree.fromstring(archive.read("xl/workbook.xml"), parser).iter(_SHEET_NS + "sheet"):
        target = targets.get(sheet.get(_REL), "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _formula_cells(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    with archive.open(part) as stream:
        for _, cell in etree.iterparse(stream, tag=_SHEET_NS + "c", resolve_entities=False, no_network=True, huge_tree=False):
            place = cell.get("r", "")
            if cell.find(_SHEET_NS + "f") is not None and _PLACE.fullmatch(place):
                yield place
            cell.clear()
