"""Lists that stand side by side with nothing between, and several relatives to the right of one official: a sheet of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from affil.ingest.tables.loose.roles import FIO, NUMBER, roles_of
from affil.ingest.tables.sheet.headings import Row
from affil.ingest.values.cells import Cell, shown
from affil.ingest.vocabulary.vocabulary import Vocabulary, plain

_COUNT = re.compile(r"\s*(?:№|N)?\s*\(?\d{1,2}\)?\.?\s*$")


def blocks_of(rows: Sequence[Row], head: int, words: Vocabulary) -> list[set[int]]:
    """The columns of each block of the list, at least two; [] where it is one list."""
    texts = [_COUNT.sub("", shown(cell)) if isinstance(cell, str) else "" for cell in rows[head]]
    roles = roles_of(texts, words)
    kinship = roles.at("relationship")
    own = [column for name in ("official_name", "employee_id") for column in roles.at(name)]
    if len(kinship) < 2 or not own:
        return []
    shared = [column for column in roles.at(NUMBER) if column < min(own)]
    columns = [column for column, text in enumerate(texts) if text and column not in shared]
    first = plain(texts[columns[0]])
    if [column for column in columns if plain(texts[column]) == first] == columns[:1]:
        return _beside_one(columns, kinship, own, {*shared, *roles.at(NUMBER)}, roles.at("name") + roles.at(FIO))
    starts = [column for column in columns if plain(texts[column]) == first]
    blocks = [
        {column for column in columns if start <= column < end}
        for start, end in zip(starts, [*starts[1:], len(texts)], strict=True)
    ]
    whole = all(len(block & set(kinship)) == 1 and block & set(own) for block in blocks)
    return blocks if whole and not set(columns) - set().union(*blocks) else []


def _beside_one(columns: list[int], kinship: list[int], own: list[int], number: set[int], names: list[int]) -> list[set[int]]:
    """«Степень родства 1 · ФИО родственника 1 · Степень родства 2 · …» behind one official: each group with his columns."""
    groups = [column for column in kinship if column > max(own)]
    if len(groups) != len(kinship) or len(names) != len(kinship):
        return []
    before = names[0] < kinship[0]
    starts = names if before else kinship
    his = {column for column in columns if column < starts[0]} | number
    ends = [*starts[1:], columns[-1] + 1]
    blocks = [{column for column in columns if start <= column < end} for start, end in zip(starts, ends, strict=True)]
    whole = all(len(block & set(kinship)) == len(block & set(names)) == 1 for block in blocks)
    return [his | block for block in blocks] if whole else []


def only(rows: Sequence[Row], head: int, columns: set[int]) -> list[Row]:
    """The rows with the cells of these columns alone, from the headings down; «ФИО родственника 2» without its number."""
    found: list[Row] = []
    for index, row in enumerate(rows):
        cells: Row = row if index < head else [cell if at in columns else None for at, cell in enumerate(row)]
        found.append([_counted(cell) for cell in cells] if index == head else cells)
    return found


def _counted(cell: Cell) -> Cell:
    return _COUNT.sub("", cell) if isinstance(cell, str) else cell
