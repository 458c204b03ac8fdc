"""Which row of a sheet is its header, which table that is, and which column holds which field."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

from rapidfuzz.distance import Levenshtein

from affil.ingest.tables.sheet.places import Place, said_by_place
from affil.ingest.tables.sheet.titles import title_values
from affil.ingest.values.cells import Cell, shown
from affil.ingest.vocabulary.vocabulary import NOT_NEEDED, Shared, Table, Vocabulary, plain, vocabulary

SEARCHED_ROWS = 120
WIDEST = 1_000  # columns in which headings are sought; one stray cell can make a sheet 16,384 wide
_LOOK_FURTHER = 3
_LONGEST_HEADING = 300
_FUZZY_FROM = 6
_TWO_ERRORS_FROM = 12
_FUZZY_RANK = 1_000
_SHARED = "="
_NOT_NEEDED_SCORE = 0.3
_FUZZY_SCORE = 0.9

Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings of a sheet are and what they mean; rows and columns are counted from 0."""

    table: Table
    first_row: int
    last_row: int
    columns: dict[str, tuple[int, ...]]
    written: dict[int, str]
    not_loaded: tuple[str, ...]
    number_column: int | None
    score: float
    meanings: dict[int, str] = dataclasses.field(default_factory=dict)
    """By column what its heading means, read or not: a field, `-` where nothing needs it; columns nothing is known of lack."""

    def heading(self, field: str) -> str:
        """The heading of a field as the sheet writes it, else the usual one."""
        columns = self.columns.get(field)
        return self.written[columns[0]] if columns else self.table.fields[field].heading


@dataclass(frozen=True, slots=True)
class _Match:
    column: int
    field: str
    rank: int


def find_header(
    rows: Sequence[Row],
    only: str | None = None,
    said: Sequence[Row] = (),
    words: Vocabulary | None = None,
    place: Place | None = None,
) -> Header | None:
    """The header among the first rows: the first row that makes a table of the vocabulary, unless one just below says more.

    `only`: the name of the one table asked for. `said`: title rows that stand elsewhere and hold for this table too.
    `words`: the vocabulary, the shipped one where none is given. `place`: what sheet, file and folders are called.
    """
    best: Header | None = None
    rows = [row[:WIDEST] for row in rows[: SEARCHED_ROWS + 1]]
    for index in range(min(len(rows), SEARCHED_ROWS)):
        if best is not None and index > best.first_row + _LOOK_FURTHER:
            break
        for header in _headers_at(words or vocabulary(), rows, index, only, said, place):
            if best is None or header.score > best.score:
                best = header
    return best


def _headers_at(
    words: Vocabulary, rows: Sequence[Row], index: int, only: str | None, said: Sequence[Row], place: Place | None
) -> list[Header]:
    found = []
    for draft in drafts_at(words, rows, index, only, said):
        lacks = lacking(draft, [*said, *rows[:index]], place)
        told = not lacks and len(lacking(draft, [])) == 1
        if not lacks and len(draft.columns) + told >= draft.table.at_least:
            found.append(draft)
    return found


def _names_are_of_kin(words: Vocabulary, draft: Header, upper: Sequence[str]) -> bool:
    """True where a list would be of officials but for a column «Степень родства», and its one bare «ФИО» says not whose it is.

    The officials of such a sheet stand elsewhere (rows between, its name): its persons taken for officials would be their kin.
    """
    kin = words.tables.get("relatives")
    at = draft.columns.get("name", (-1,))[0]
    if draft.table.name != "officials" or kin is None or _meaning(kin, draft.written.get(at, ""))[0] != _SHARED:
        return False
    texts = [*draft.written.items(), *enumerate(upper)]
    others = {_meaning(kin, text)[0] for column, text in texts if column != at}
    return "relationship" in others and not others & {"name", "surname", _SHARED}


def drafts_at(
    words: Vocabulary, rows: Sequence[Row], index: int, only: str | None = None, said: Sequence[Row] = ()
) -> list[Header]:
    """What the row would be as the header of each table, though columns the table needs may not be there."""
    upper = [_heading_text(cell) for cell in rows[index]]
    if sum(map(bool, upper)) == 0:
        return []
    lower = [_heading_text(cell) for cell in rows[index + 1]] if index + 1 < len(rows) else []
    storeys: list[tuple[list[str], list[str] | None]] = [(upper, None)]
    if any(lower):
        storeys.append((_carried(upper, lower), lower))
    filled = [sum(bool(above or below) for above, below in zip_longest(top, under or ())) for top, under in storeys]
    tables = words.tables
    found = [
        _draft(table, index, top, under)
        for table in (tables.values() if only is None else [tables[only]])
        for (top, under), columns in zip(storeys, filled, strict=True)
        if columns >= table.at_least - bool(table.from_place)
    ]
    return [draft for draft in found if draft is not None and not (only is None and _names_are_of_kin(words, draft, upper))]


def _heading_text(cell: Cell) -> str:
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADING:
        return ""
    return shown(cell)


def _carried(upper: list[str], lower: list[str]) -> list[str]:
    """The upper storey with each parent heading written over all its children, as its merged cell shows it."""
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    parent = ""
    carried = []
    for above, below in zip(upper, lower, strict=True):
        parent = above or (parent if below else "")
        carried.append(parent)
    return carried


def _draft(table: Table, first: int, upper: list[str], lower: list[str] | None) -> Header | None:
    width = max(len(upper), len(lower or ()))
    matches: list[_Match] = []
    shared: list[tuple[int, str]] = []
    written: dict[int, str] = {}
    not_loaded: list[str] = []
    used_upper = False
    not_needed = 0
    meanings: dict[int, str] = {}
    for column in range(width):
        above = upper[column] if column < len(upper) else ""
        below = lower[column] if lower is not None and column < len(lower) else ""
        text, (meaning, rank), from_above = _best_reading(table, above, below)
        if not text:
            continue
        written[column] = text
        if meaning == _SHARED:
            shared.append((column, plain(text)))
        elif meaning == NOT_NEEDED:
            not_needed += 1
            meanings[column] = NOT_NEEDED
        elif meaning:
            matches.append(_Match(column, meaning, rank))
        if meaning:
            used_upper = used_upper or from_above
    if lower is not None and not used_upper:
        return None
    matches += _shared_matches(table, shared, {match.field for match in matches})
    columns = _columns(table, matches, written)
    meanings |= {match.column: match.field for match in matches}
    taken = {column for several in columns.values() for column in several}
    number = next(
        (column for column, text in written.items() if column not in taken and plain(text) in vocabulary().row_number), None
    )
    not_loaded = [text for column, text in written.items() if column not in taken and column != number]
    exact = {match.field for match in matches if match.rank < _FUZZY_RANK}
    score = sum(1.0 if field in exact else _FUZZY_SCORE for field in columns) + _NOT_NEEDED_SCORE * not_needed
    last = first if lower is None else first + 1
    for column, text in written.items():
        if column == number or plain(text) in vocabulary().not_needed:
            meanings.setdefault(column, NOT_NEEDED)
    return Header(table, first, last, columns, written, tuple(not_loaded), number, score, meanings)


def lacking(header: Header, titles: Sequence[Row], place: Place | None = None) -> list[frozenset[str]]:
    """The required fields that have no column, each with its alternatives; none where only one lacks and is told elsewhere.

    A title row may say it («Закупка № …»), or the name of the sheet, the file or a folder (`place`).
    """
    missing = [group for group in header.table.requires if not group & header.columns.keys()]
    if len(missing) != 1:
        return missing
    group, table = missing[0], header.table
    by_title = group & set(table.from_title.values()) and group & title_values(table, titles).keys()
    by_place = place is not None and group & said_by_place(table.from_place, place)
    return [] if by_title or by_place else missing


def _best_reading(table: Table, above: str, below: str) -> tuple[str, tuple[str, int], bool]:
    """The heading to show, what it means, and whether the upper storey had a part in it."""
    if above and below:
        both = f"{above} {below}"
        meaning = _meaning(table, both)
        if meaning[0]:
            return both, meaning, True
        meaning = _meaning(table, below)
        if meaning[0]:
            return below, meaning, False
        if below.startswith("("):
            return above, _meaning(table, above), True
        return both, meaning, False
    text = above or below
    return text, _meaning(table, text), bool(above)


def meant_field(table: Table, text: str) -> str | None:
    """The one field of the table a heading means by itself, misspelt too; None where it means none, or may mean two."""
    meaning = _meaning(table, text)[0]
    return meaning if meaning in table.fields else None


@lru_cache(maxsize=16_384)
def _meaning(table: Table, text: str) -> tuple[str, int]:
    """The field a heading means and how good the match is, lower better; an empty field where it means none."""
    heading = plain(text)
    if not heading:
        return "", 0
    if heading in table.not_needed:
        return NOT_NEEDED, 0
    if any(heading in one.headings for one in table.shared):
        return _SHARED, 0
    if heading in table.headings:
        return table.headings[heading]
    return _misspelt(table, heading)


def _misspelt(table: Table, heading: str) -> tuple[str, int]:
    """The one field whose heading is a typing error away; none where two fields are equally near."""
    if len(heading) < _FUZZY_FROM or not any(letter.isalpha() for letter in heading):
        return "", 0
    allowed = 2 if len(heading) >= _TWO_ERRORS_FROM else 1
    near: dict[str, tuple[int, int]] = {}
    for length in range(len(heading) - allowed, len(heading) + allowed + 1):
        for other, field, rank in _known_of_length(table).get(length, ()):
            distance = Levenshtein.distance(heading, other, score_cutoff=allowed)
            if distance <= allowed:
                near[field] = min(near.get(field, (distance, rank)), (distance, rank))
    if not near:
        return "", 0
    nearest = min(distance for distance, _ in near.values())
    fields = [field for field, (distance, _) in near.items() if distance == nearest]
    return (fields[0], _FUZZY_RANK + near[fields[0]][1]) if len(fields) == 1 else ("", 0)


@cache
def _known_of_length(table: Table) -> dict[int, list[tuple[str, str, int]]]:
    """The headings of a table that can be misspelt, with field and rank, by their length: few are as long as the one sought."""
    known = [(other, field, rank) for other, (field, rank) in table.headings.items()]
    known += [(other, NOT_NEEDED, 0) for other in table.not_needed]
    by_length: dict[int, list[tuple[str, str, int]]] = {}
    for one in known:
        if len(one[0]) >= _FUZZY_FROM:
            by_length.setdefault(len(one[0]), []).append(one)
    return by_length


def _shared_matches(table: Table, columns: list[tuple[int, str]], filled: set[str]) -> list[_Match]:
    """Headings that fit two fields, given out: two bare «ФИО» of a list of relatives are the official's and the relative's."""
    found: list[_Match] = []
    for shared in table.shared:
        mine = [column for column, text in columns if text in shared.headings]
        for column, field in zip(mine, _given_out(shared, len(mine), filled), strict=False):
            found.append(_Match(column, field, 0))
            filled = filled | {field}
    return found


def _given_out(shared: Shared, number: int, filled: set[str]) -> list[str]:
    order = shared.two if number >= len(shared.two) else shared.one
    return [field for field in order if field not in filled]


def _columns(table: Table, matches: list[_Match], written: dict[int, str]) -> dict[str, tuple[int, ...]]:
    """The columns of each field, best first; more than one only of a field with a fallback, and of a heading that is repeated.

    Of a repeated heading the first column counts, the next where that is empty; not where what comes after another heading is
    somebody else's (`duplicates_after`).
    """
    pivot = min((match.column for match in matches if match.field == table.duplicates_after), default=-1)
    ordered = sorted(matches, key=lambda match: (match.rank, match.column < pivot, match.column))
    columns: dict[str, tuple[int, ...]] = {}
    for match in ordered:
        known = columns.get(match.field, ())
        again = known and not table.duplicates_after and plain(written[known[0]]) == plain(written[match.column])
        if not known or again or table.fields[match.field].fallback:
            columns[match.field] = (*known, match.column)
    return columns


def repeated(header: Header) -> tuple[str, ...]:
    """Headings that stand over more than one column of a field, as written."""
    several = [[plain(header.written[column]) for column in columns] for columns in header.columns.values()]
    again = {text for texts in several for text in texts if texts.count(text) > 1}
    return tuple(sorted({text for text in header.written.values() if plain(text) in again}))


def heading_means(table: Table, text: str) -> str:
    """The field a heading of this table means, `-` where nothing needs it, '' where it is not known; of two fields the first."""
    field, _ = _meaning(table, text)
    return next(one.one[0] for one in table.shared if plain(text) in one.headings) if field == _SHARED else field
