"""Sheets with one row an official and his kin in columns: which column is whose, and what is left for the official.

Headings may stand on one storey («Супруг(а) ФИО | дата рожд. | место работы | Дети») or on up to three, merged or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from affil.ingest.formats.workbook import MergedRange
from affil.ingest.tables.kin.headings import ANY, KinHeading, kin_heading
from affil.ingest.tables.sheet.headings import SEARCHED_ROWS, Header, Row, find_header, meant_field
from affil.ingest.values.cells import shown
from affil.ingest.vocabulary.vocabulary import Vocabulary, vocabulary

_MOST_STOREYS = 3
_LONGEST_HEADING = 300
_LEAST_SURE = 2  # columns of kin that tell such a sheet from another table
_NAME_PARTS = ("name", "surname", "given", "patronymic")
# What an official has as well as a relative: bare behind a column of several persons, it may be either's.
_EITHERS = frozenset({"birth_date", "inn", "employer", "position", "address", "phone", "email", "former_names"})


@dataclass(slots=True)
class KinPart:
    """The columns of one relative or group: `kin` is None where the cells say themselves who is meant.

    `about`: column by field of the table of relatives; `name` is the column that tells who they are.
    """

    label: str
    kin: str | None
    chains: tuple[str, ...]
    number: int | None
    several: bool
    about: dict[str, int] = field(default_factory=dict)
    named: bool = False  # the heading says «ФИО» or has others below it: bare headings to its right are of this relative


@dataclass(frozen=True, slots=True)
class KinSheet:
    """`header`: the official's own columns, the headings of kin among `written`; `parts`: the columns of kin, left to right."""

    header: Header
    parts: tuple[KinPart, ...]


def kin_sheet(
    rows: Sequence[Row], merged: Sequence[MergedRange], found: Header | None, words: Vocabulary | None
) -> KinSheet | None:
    """The columns of such a sheet; None where it is another table. `found`: what the sheet is without looking for kin."""
    if found is not None and found.table.name == "relatives":
        return None
    limit = min(len(rows), SEARCHED_ROWS)
    relatives = vocabulary().tables["relatives"]
    relating = set[int]()  # columns headed «Степень родства» above: «жена» there is a value and heads nothing
    for index in range(limit):
        texts = _texts(rows[index])
        said = [text for column, text in texts.items() if column not in relating]
        relating |= {column for column, text in texts.items() if meant_field(relatives, text) == "relationship"}
        if sum(map(bool, texts.values())) < _LEAST_SURE or not any(kin_heading(text).kin for text in said):
            continue
        sheet = _sheet_at(rows, merged, index, words or vocabulary())
        if sheet is None or (found is not None and found.table.name != "officials" and len(sheet.parts) < _LEAST_SURE):
            continue
        return sheet
    return None


def _texts(row: Row) -> dict[int, str]:
    found = {column: shown(cell) for column, cell in enumerate(row) if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING}
    return {column: text for column, text in found.items() if text}


def _sheet_at(rows: Sequence[Row], merged: Sequence[MergedRange], index: int, words: Vocabulary) -> KinSheet | None:
    storeys = _storeys(rows, merged, index)
    columns = sorted({column for storey in storeys for column in storey})
    paths = {column: [storey[column] for storey in storeys if column in storey] for column in columns}
    has_own = next((False for storey in storeys[1:]), True)
    parts, taken = _parts(paths, _left_of_kin(paths), one_storey=has_own)
    if not parts:
        return None
    first, last = max(index - 1, 0), index + len(storeys) - 1
    masked = [
        [None if column in taken else cell for column, cell in enumerate(row)] if first <= at <= last else row
        for at, row in enumerate(rows[: last + 1])
    ]
    header = find_header(masked, only="officials", words=officials_alone(words))
    if header is None or not first <= header.last_row <= last or not set(_NAME_PARTS) & header.columns.keys():
        return None
    own = {column for several in header.columns.values() for column in several}
    written = {**header.written, **{column: " ".join(dict.fromkeys(paths[column])) for column in taken - own}}
    not_loaded = (*header.not_loaded, *(written[column] for column in sorted(taken - own - _read_columns(parts))))
    header = replace(header, last_row=last, written=written, not_loaded=not_loaded)
    return KinSheet(header, tuple(parts))


def _read_columns(parts: Sequence[KinPart]) -> set[int]:
    return {column for part in parts for column in part.about.values()}


@lru_cache(maxsize=8)
def officials_alone(words: Vocabulary) -> Vocabulary:
    """A vocabulary with the table of officials alone, for which one column is enough: the kin beside it tell the rest."""
    return replace(words, tables={"officials": replace(words.tables["officials"], at_least=1)})


def _storeys(rows: Sequence[Row], merged: Sequence[MergedRange], index: int) -> list[dict[int, str]]:
    """The rows of headings from `index` down; an upper heading stands over all the columns its cell covers."""
    storeys = [_carried(rows, merged, index)]
    for at in range(index + 1, min(index + _MOST_STOREYS, len(rows))):
        below = _texts(rows[at])
        over = [column for column in below if _is_kin_path(storeys, column)]
        told = [kin_heading(below[column]) for column in over]
        headings = sum(
            bool(one.field) or (one.kin is not None and _only_any(storeys, column))
            for one, column in zip(told, over, strict=True)
        )
        if (
            not headings
            or headings * 2 < len(below) - sum(column not in over for column in below)
            or _has_records(rows[at], over)
        ):
            break
        storeys.append(_carried(rows, merged, at) if at + 1 < len(rows) else below)
    return storeys


def _is_kin_path(storeys: Sequence[dict[int, str]], column: int) -> bool:
    return any(kin_heading(storey[column]).kin for storey in storeys if column in storey)


def _only_any(storeys: Sequence[dict[int, str]], column: int) -> bool:
    found = [kin_heading(storey[column]).kin for storey in storeys if column in storey]
    return all(kin in (None, ANY) for kin in found)


def _has_records(row: Row, over: Sequence[int]) -> bool:
    """True where a cell outside the columns of kin holds a number or a date: a row of data, not of headings."""
    return any(cell not in (None, "") and not isinstance(cell, str) for column, cell in enumerate(row) if column not in over)


def _carried(rows: Sequence[Row], merged: Sequence[MergedRange], index: int) -> dict[int, str]:
    texts = _texts(rows[index])
    across = [(left, right) for (top, left), (bottom, right) in merged if top <= index <= bottom and right > left]
    for left, right in across:
        if left in texts:
            texts.update(dict.fromkeys(range(left, right + 1), texts[left]))
    if across or index + 1 >= len(rows):
        return texts
    below, parent = _texts(rows[index + 1]), ""
    for column in range(max([*texts, *below], default=-1) + 1):
        parent = texts.get(column, parent if column in below and kin_heading(parent).kin else "")
        if parent and column not in texts and kin_heading(below.get(column, "")).field:
            texts[column] = parent
    return texts


def _left_of_kin(paths: dict[int, list[str]]) -> set[str]:
    """Fields the official himself has a column for, left of all columns of kin."""
    found: set[str] = set()
    for column in sorted(paths):
        told = [kin_heading(text) for text in paths[column]]
        if any(one.kin for one in told):
            break
        found |= {one.field for one in told if one.field}
    return found


def _parts(paths: dict[int, list[str]], own: set[str], one_storey: bool) -> tuple[list[KinPart], set[int]]:
    """The columns of kin in order, and every column that is theirs or nobody's."""
    parts: list[KinPart] = []
    taken: set[int] = set()
    last: KinPart | None = None
    for column in sorted(paths):
        kin, field_name = _path_meaning([kin_heading(text) for text in paths[column]])
        if kin is not None:
            taken.add(column)
            last = _placed(parts, kin, field_name, column, paths[column])
        elif last is not None and field_name in _EITHERS:
            if _belongs(last, field_name, own, one_storey):
                last.about[field_name] = column
            taken.add(column)  # where nobody can say whose it is, it is nobody's
        else:
            last = None
    return [part for part in parts if set(_NAME_PARTS) & part.about.keys()], taken


def _path_meaning(told: Sequence[KinHeading]) -> tuple[KinHeading | None, str | None]:
    """The lowest heading that names kin (any other wins over «Родственники»), and the lowest that says what of them."""
    specific = [one for one in told if one.kin and one.kin != ANY]
    kin = next(reversed(specific or [one for one in told if one.kin]), None)
    fields = [one.field for one in told if one.field]
    return kin, fields[-1] if fields else None


def _placed(parts: list[KinPart], kin: KinHeading, field_name: str | None, column: int, path: list[str]) -> KinPart:
    """Puts a column to the part it speaks of, or begins one: the same kin of the same number has each field once."""
    name = field_name or "name"
    same = [
        part
        for part in parts
        if (part.chains, part.number) == (kin.chains, kin.number) and (part.kin is None) == (kin.kin == ANY)
    ]
    free = [part for part in same if name not in part.about and not (name in _NAME_PARTS[1:] and "name" in part.about)]
    if free and (field_name is not None or not free[-1].about):
        part = free[-1]
    else:
        label = next((text for text in path if kin_heading(text).kin), path[0])
        several = kin.group and kin.number is None
        part = KinPart(label, None if kin.kin == ANY else kin.kin, kin.chains, kin.number, several)
        parts.append(part)
    part.about[name] = column
    part.named = part.named or field_name is not None
    return part


def _belongs(part: KinPart, field_name: str, own: set[str], one_storey: bool) -> bool:
    """Whether a bare heading right of a relative's column is his.

    Surely where the column says «ФИО», where the official has such a column already, or where a date of birth came before it;
    never behind a column of several persons.
    """
    if part.kin is None or part.several or field_name in part.about:
        return False
    return part.named or field_name in own or field_name == "birth_date" or "birth_date" in part.about
