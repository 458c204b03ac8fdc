"""The tables of one sheet: one below the other under headings of their own, or side by side with an empty column between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, groupby, islice, pairwise
from operator import itemgetter

from affil.ingest.formats.workbook import LongRows, Sheet
from affil.ingest.tables.bulk.sheets import LONG_TEXT, size_of
from affil.ingest.tables.sheet.headings import SEARCHED_ROWS, Header, Row, find_header
from affil.ingest.values.cells import Cell, shown
from affil.ingest.vocabulary.vocabulary import Vocabulary, plain, vocabulary

_LONGEST_HEADING = 150
_LEAST_KNOWN = 3
_MOST_UNKNOWN_FIRST = 1
_MOST_TITLES = 6
_MOST_ROWS_OF_TEXT = 50_000
_MOST_ROWS_OF_HEAD = 5_000
_BLOCK = 5_000
_STOREYS = 3
_ENDLESS = 1 << 30


@dataclass(frozen=True, slots=True)
class Block(Sheet):
    """One of several tables side by side; `block` tells its rows from those of the first table, which has none.

    `of_first`: its kin are of the officials of the first table, in the same columns.
    """

    block: str = ""
    of_first: bool = False


def parts_of(sheet: Sheet, words: Vocabulary | None = None) -> Iterator[tuple[Sheet, Sequence[Row]]]:
    """The tables of a sheet as sheets of their own, each with the title rows of the whole sheet that hold for it too.

    `first_row` of each says how many rows stand above it. Of a long text only its first table is looked for.
    """
    words = words or vocabulary()
    if sheet.text and size_of(sheet.text[0]) >= LONG_TEXT:
        yield sheet, ()
        return
    if isinstance(sheet.rows, LongRows):
        yield from _long_parts(sheet, sheet.rows, words)
        return
    rows = sheet.rows if isinstance(sheet.rows, list) else list(islice(sheet.rows, _MOST_ROWS_OF_TEXT))
    if rows is not sheet.rows and len(rows) == _MOST_ROWS_OF_TEXT:
        yield replace(sheet, rows=chain(rows, sheet.rows)), ()
        return
    cuts = _cuts(rows, words)
    if len(cuts) == 1 and not _has_gap(rows, words):
        yield (sheet if rows is sheet.rows else replace(sheet, rows=rows)), ()
        return
    first = find_header(rows[: cuts[1]] if len(cuts) > 1 else rows, words=words)
    titles = rows[: first.first_row] if first else []
    for top, end in zip(cuts, [*cuts[1:], len(rows)], strict=True):
        said = titles if top else []
        for number, part in enumerate(_side_by_side(rows[top:end], words), 1):
            one = replace(sheet, rows=part, text=None, merged=_shifted(sheet, top, end), first_row=sheet.first_row + top)
            yield one if number == 1 else Block(one.name, one.rows, one.merged, one.first_row, None, f"[{number}]"), said


def _shifted(sheet: Sheet, top: int, end: int) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    inside = [one for one in sheet.merged if one[0][0] >= top and one[1][0] < end]
    return tuple(((a - top, left), (b - top, right)) for (a, left), (b, right) in inside)


def _long_parts(sheet: Sheet, rows_of: LongRows, words: Vocabulary) -> Iterator[tuple[Sheet, Sequence[Row]]]:
    """The same of a sheet too long to be in memory. Whether tables stand side by side is judged by its first rows."""
    rows: Iterator[Row] = iter(rows_of)
    head = list(islice(rows, _MOST_ROWS_OF_HEAD))
    if _has_gap(head, words) and len(_side_by_side(head, words)) > 1:
        yield from parts_of(replace(sheet, rows=rows_of.at_once()), words)
        return
    top_rows = head[: SEARCHED_ROWS + 1]
    titles: list[Row] = []
    for top, part in groupby(_by_table(chain(head, rows), words), itemgetter(0)):
        if top and not titles:
            first = find_header(top_rows[:top], words=words)
            titles = top_rows[: first.first_row] if first else []
        merged = _shifted(sheet, top, _ENDLESS) if top else sheet.merged
        yield replace(sheet, rows=map(itemgetter(1), part), merged=merged, first_row=sheet.first_row + top), titles if top else ()


def _by_table(rows: Iterator[Row], words: Vocabulary) -> Iterator[tuple[int, Row]]:
    """Each row behind the number of the row at which its table begins."""
    cuts = _Cuts(words)
    held: list[Row] = []
    base = judged = 0
    while block := list(islice(rows, _BLOCK)):
        held += block
        judged = cuts.judge(held, base, judged, base + len(held) - _STOREYS)
        free = max(0, judged - base - _MOST_TITLES - 2)
        yield from cuts.told(held[:free], base)
        held, base = held[free:], base + free
    cuts.judge(held, base, judged, base + len(held))
    yield from cuts.told(held, base)


def _cuts(rows: Sequence[Row], words: Vocabulary) -> list[int]:
    """The rows at which tables begin, their titles included; 0 first."""
    found = _Cuts(words)
    found.judge(rows, 0, 0, len(rows))
    return found.places


class _Cuts:
    """Finds where tables begin in rows given one after another."""

    def __init__(self, words: Vocabulary) -> None:
        self.words, self.known = words, _known(words)
        self.places: list[int] = [0]
        self.above: Header | None = None
        self.last, self.said = -_LEAST_KNOWN, frozenset[str]()

    def judge(self, rows: Sequence[Row], base: int, first: int, end: int) -> int:
        """Judge the rows from `first` up to `end`, which is given back; `rows` begin with row `base` of the sheet."""
        for index in range(first, end):
            row = rows[index - base]
            if not _like_headings(row, self.known) or index <= self.last + 1 or _texts([row]) <= self.said:
                continue
            at = index - base
            header = find_header(rows[at : at + _STOREYS], words=self.words)
            if header is None or header.first_row > 1:
                continue
            if self.above is not None and not _again(header, self.above):
                self.places.append(base + _title_above(rows, at, self.places[-1] - base))
            self.above, self.last = header, index + header.last_row
            self.said = _texts(rows[at : at + header.last_row + 1])
        return max(first, end)

    def told(self, rows: Sequence[Row], base: int) -> Iterator[tuple[int, Row]]:
        """Rows from row `base` on with the beginning of the table each is in; all of them were judged."""
        for index, row in enumerate(rows, base):
            while len(self.places) > 1 and self.places[1] <= index:
                del self.places[0]
            yield self.places[0], row


def _texts(rows: Sequence[Row]) -> frozenset[str]:
    return frozenset(plain(cell) for row in rows for cell in row if isinstance(cell, str) and cell)


def _again(header: Header, above: Header) -> bool:
    """True where a page repeats the headings of the table."""
    return header.table is above.table and header.columns == above.columns


@lru_cache(maxsize=4)
def _known(words: Vocabulary) -> frozenset[str]:
    known = {heading for table in words.tables.values() for heading in (*table.headings, *table.not_needed)}
    known |= {heading for table in words.tables.values() for shared in table.shared for heading in shared.headings}
    return frozenset(known | words.row_number)


def _like_headings(row: Row, known: frozenset[str]) -> bool:
    """Whether a row is made of headings; cheap for rows that are not, which nearly all are."""
    hits = filled = 0
    for cell in row:
        if cell is None or cell == "":
            continue
        if not isinstance(cell, str) or len(cell) > _LONGEST_HEADING or cell[0].isdigit():
            return False
        filled += 1
        hits += plain(cell) in known
        if hits == 0 and filled > _MOST_UNKNOWN_FIRST:
            return False
    return hits >= _LEAST_KNOWN and hits * 2 >= filled


def _title_above(rows: Sequence[Row], index: int, least: int) -> int:
    """Where the title of a table begins: rows of one text, or of a label and its value, right above the headings."""
    top = index
    for above in range(index - 1, max(least, index - 1 - _MOST_TITLES), -1):
        filled = [cell for cell in rows[above] if shown(cell)]
        if not filled:
            continue
        if not _is_title(filled):
            break
        top = above
    return top


def _is_title(filled: Sequence[Cell]) -> bool:
    if not all(isinstance(cell, str) for cell in filled):
        return False
    return len(filled) == 1 or (len(filled) == 2 and str(filled[0]).rstrip().endswith(":"))


def _has_gap(rows: Sequence[Row], words: Vocabulary) -> bool:
    header = find_header(rows, words=words)
    return header is not None and bool(_gaps(header, rows))


def _gaps(header: Header, rows: Sequence[Row]) -> list[int]:
    """Columns under no heading and empty all the way down, with headings on both sides."""
    first, last = min(header.written), max(header.written)
    open_ones = [column for column in range(first + 1, last) if column not in header.written]
    return [
        column
        for column in open_ones
        if not any(column < len(row) and shown(row[column]) for row in rows[header.first_row :])
    ]  # fmt: skip


def _side_by_side(rows: list[Row], words: Vocabulary) -> list[list[Row]]:
    """The rows once for each table beside another, the cells of the others empty; the same rows where there is one table."""
    header = find_header(rows, words=words)
    gaps = _gaps(header, rows) if header else []
    if header is None or not gaps:
        return [rows]
    edges = [0, *gaps, max(header.written) + 1]
    titles, body = rows[: header.first_row], rows[header.first_row :]
    parts = [
        [*(titles if left == 0 else [()] * len(titles)), *(_only(row, left, right) for row in body)]
        for left, right in pairwise(edges)
    ]  # fmt: skip
    filled = [part for part in parts if any(shown(cell) for cell in part[header.first_row])]
    tables = [part for part in filled if find_header(part, words=words) is not None]
    return tables if len(tables) == len(filled) > 1 else [rows]


def _only(row: Row, left: int, right: int) -> Row:
    return [*([None] * left), *row[left:right]]
