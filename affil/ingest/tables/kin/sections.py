"""Where in the organisation the people of a sheet are: by the sheet's name and by rows that hold nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from affil.ingest.tables.kin.pieces import name_in_front
from affil.ingest.tables.sheet.headings import Row
from affil.ingest.values.cells import shown
from affil.ingest.vocabulary.kin_layouts import kin_layouts
from affil.ingest.vocabulary.vocabulary import plain
from affil.language.companies import looks_like_company
from affil.language.company_forms import split_form

_LONGEST = 200
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """A name of a department or institution as officers write it; `is_institution` where a legal form shows it.

    A name without one may still be an institution's: that is known where the store knows an organisation of this name.
    """

    name: str
    is_institution: bool


def unit_of_sheet(name: str) -> Unit | None:
    """What a sheet's name says of the people on it; None for «Лист1», «Сотрудники», «2025»."""
    if not name.strip() or kin_layouts().sheet_says_nothing.fullmatch(plain(name)):
        return None
    return unit_named(name)


def unit_named(text: str) -> Unit:
    """A unit of this name."""
    name = " ".join(text.split()).strip(" :;,")
    return Unit(name, bool(split_form(name)[0]))


def section_in(cells: Row, width: int, people: Collection[int], wide: bool) -> Unit | None:
    """The unit a row names where it holds nothing else; None for any other row.

    `people`: the columns of names; `wide`: whether its only cell is merged over several columns.
    """
    filled = [column for column, cell in enumerate(cells[:width]) if cell is not None and cell != "" and shown(cell)]
    if len(filled) != 1 or not isinstance(cells[filled[0]], str):
        return None
    text = shown(cells[filled[0]])
    if len(text) > _LONGEST or sum(map(str.isalpha, text)) < _LEAST_LETTERS or name_in_front(text, sure=True) is not None:
        return None
    told = kin_layouts().department.search(text) is not None or looks_like_company(text)
    beside = (wide or filled[0] < min(people, default=0)) and filled[0] == 0
    return unit_named(text) if told or beside else None
