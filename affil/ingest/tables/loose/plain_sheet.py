"""Loose lists of officials and kin as the plain list of relatives: the same rows, with whose kin each is in a column of its own.

A sheet that is no such list, and a long one, is given back as it is. What cannot be told surely is left as it stands, for the
reader of rows to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from affil.ingest.formats.workbook import LongRows, Sheet
from affil.ingest.tables.bulk.sheets import LONG_TEXT, size_of
from affil.ingest.tables.kin.headings import kin_heading
from affil.ingest.tables.loose.blocks import blocks_of, only
from affil.ingest.tables.loose.draft import Draft
from affil.ingest.tables.loose.joint import take_apart
from affil.ingest.tables.loose.lines import kin_by_lines
from affil.ingest.tables.loose.names import put_together
from affil.ingest.tables.loose.official_rows import officials_beside
from affil.ingest.tables.loose.roles import FIO, roles_of
from affil.ingest.tables.sheet.headings import SEARCHED_ROWS, WIDEST, Row
from affil.ingest.tables.sheet_parts import Block
from affil.ingest.values.cells import shown
from affil.ingest.vocabulary.loose_words import loose_words
from affil.ingest.vocabulary.vocabulary import Vocabulary, vocabulary

_MOST_ROWS = 20_000
_LEAST = 2
_LONGEST_HEADING = 300
_OF_KIN = re.compile(r"род(?:ств|н[яыи])|приход|довод|свойств|супруг|муж|жен|дет[яеи]|семь|relat|kin|famil", re.IGNORECASE)


def plain_sheets(sheet: Sheet, words: Vocabulary | None = None) -> Iterator[Sheet]:
    """The sheet, or a sheet of each list on it, in the layout the reader of tables knows."""
    words = words or vocabulary()
    if sheet.text and size_of(sheet.text[0]) >= LONG_TEXT:
        yield sheet
        return
    rows = sheet.rows if isinstance(sheet.rows, list) else list(islice(sheet.rows, _MOST_ROWS + 1))
    if len(rows) > _MOST_ROWS:
        yield sheet if isinstance(sheet.rows, list | LongRows) else replace(sheet, rows=chain(rows, sheet.rows))
        return
    whole = sheet if rows is sheet.rows else replace(sheet, rows=rows)
    head = _head(rows, words)
    blocks = blocks_of(rows, head, words) if head is not None else []
    if head is None or not blocks:
        yield _plain(whole, rows, words)
        return
    for number, columns in enumerate(blocks, 1):
        part = only(rows, head, columns)
        block = "" if number == 1 else f"[{number}]"
        of_first = bool(block) and any(map(columns.__contains__, blocks[0]))
        yield _plain(Block(sheet.name, part, sheet.merged, sheet.first_row, None, block, of_first), part, words)


def plain_rows(rows: Sequence[Row], words: Vocabulary | None = None) -> Sequence[Row]:
    """The same of the first rows of a text."""
    (first, *_) = plain_sheets(Sheet("", list(rows)), words)
    return list(first.rows)


def _plain(sheet: Sheet, rows: Sequence[Row], words: Vocabulary) -> Sheet:
    head = _head(rows, words)
    if head is None:
        return sheet
    draft = Draft(list(rows), sheet.merged, head, words)
    if not draft.roles().at("relationship"):
        take_apart(draft, kin_beside=True)
    else:
        put_together(draft)
        take_apart(draft, kin_beside=False)
        kin_by_lines(draft)
        officials_beside(draft)
        if not _names_officials(draft):
            return sheet
    if not draft.changed:
        return sheet
    rewritten, merged = draft.result()
    return replace(sheet, rows=rewritten, merged=merged, text=None)


def _names_officials(draft: Draft) -> bool:
    """Whether the list says whose the kin are: half a list rewritten would hide what it lacks."""
    roles = draft.roles()
    return (
        loose_words().official_heading["name"] in draft.left
        or any(roles.at(name) for name in ("official_name", "employee_id"))
        or len(roles.at(FIO)) > 1
    )


def _head(rows: Sequence[Row], words: Vocabulary) -> int | None:
    """The first row of headings of kinship, or with a name and more in one column beside kin in others."""
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        texts = [shown(cell) for cell in row[:WIDEST] if isinstance(cell, str) and cell and len(cell) <= _LONGEST_HEADING]
        if len(texts) < _LEAST or not any(map(_OF_KIN.search, texts)):
            continue
        roles = roles_of(row[:WIDEST], words)
        others = [name for name in roles.field.values() if name not in ("relationship", "number")]
        if roles.at("relationship") and (others or roles.joint):
            return index
        if any(one.whose != "relative" for one in roles.joint.values()) and any(kin_heading(text).kin for text in texts):
            return index
    return None
