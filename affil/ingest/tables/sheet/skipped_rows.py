"""Rows that are no records: blank ones, totals, signatures, numbers of columns, the example of a form, headings said again."""

from __future__ import annotations

import re
from itertools import pairwise

from affil.ingest.tables.sheet.headings import Header, Row
from affil.ingest.values.cells import shown
from affil.ingest.vocabulary.vocabulary import plain, vocabulary
from affil.language.companies import looks_like_company
from affil.language.identifiers import valid_inn

_COLUMN_NUMBER = re.compile(r"(?:гр\.?\s*)?(\d{1,2})(?:\.0|[а-е])?")
_LEAST_NUMBERS = 2
_SURE_TOTALS = ("итого", "total", "всего по", "всего за")
_INN_KINDS = frozenset({"person_inn", "org_inn", "any_inn", "many_inn"})


def is_skipped(header: Header, cells: Row, width: int) -> bool:
    """True where the row says nothing of its own. `width`: the columns under headings; a remark far to the right is no row."""
    first = next((index for index, cell in enumerate(cells[:width]) if cell is not None and cell != "" and shown(cell)), None)
    if first is None:
        return True
    number = header.number_column
    if (
        number is not None
        and number < len(cells)
        and isinstance(cells[number], str)
        and plain(str(cells[number])) in vocabulary().example
    ):
        return True
    if is_total_or_numbering(cells, width):
        return _is_numbering(cells[:width], shown(cells[first])) or not _names_a_party(header, cells, first)
    return _is_header_again(header, cells)


def is_total_or_numbering(cells: Row, width: int) -> bool:
    """True for «Итого», «Всего», signatures, and the numbers of the columns."""
    cell = next((cell for cell in cells[:width] if cell is not None and cell != "" and shown(cell)), None)
    if isinstance(cell, str) and vocabulary().no_record.match(plain(cell)):
        return True
    return cell is not None and _is_numbering(cells[:width], shown(cell))


def _is_numbering(cells: Row, first: str) -> bool:
    """True for «1 2 3 4» under the headings: every cell a number, each one more than the one before (or the same: «3», «3а»)."""
    if _COLUMN_NUMBER.fullmatch(first) is None:
        return False
    found = [_COLUMN_NUMBER.fullmatch(text) for text in map(shown, cells) if text]
    numbers = [int(match[1]) for match in found if match]
    steps = pairwise(numbers)
    return len(numbers) == len(found) >= _LEAST_NUMBERS and numbers[0] <= 2 and all(0 <= b - a <= 1 for a, b in steps)


def _names_a_party(header: Header, cells: Row, first: int) -> bool:
    """True where a row that begins like a total («Итог, ООО») has an ИНН or names of its own: it is a record then."""
    inns = [
        column for field, several in header.columns.items() if header.table.fields[field].kind in _INN_KINDS for column in several
    ]
    if any(column < len(cells) and valid_inn(shown(cells[column]).strip("'’ ")) for column in inns):
        return True
    if first not in header.columns.get("supplier", ()):
        return False
    text = shown(cells[first])
    if looks_like_company(text) and not plain(text).startswith(_SURE_TOTALS):
        return True
    dated = [column for field in ("signed_on", "number_and_date") for column in header.columns.get(field, ())]
    return any(column < len(cells) and shown(cells[column]) for column in dated)


def _is_header_again(header: Header, cells: Row) -> bool:
    """True where a long table repeats its headings, or one storey of them, as on every printed page."""
    same = 0
    for column, written in header.written.items():
        cell = cells[column] if column < len(cells) else None
        if cell is None or cell == "":
            continue
        if not isinstance(cell, str):
            return False
        text, heading = plain(cell), plain(written)
        if text != heading and not heading.startswith(text + " ") and not heading.endswith(" " + text):
            return False
        same += 1
    return same > 1
