"""The numbered rows of a PDF extract, each with the section, the holder and the part it stands in.

A row of one cell is the title of a section or of a part of it, or the number of a holder; one of three cells is a numbered row. A
row goes on over the end of a page: there its number is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from affil.ingest.formats.pdf_text import Cell, Page
from affil.ingest.registry.pdf_layout import label_of, part_of, section_of
from affil.ingest.values.readable import readable

_HOLDERS = frozenset({"directors", "managing", "owners", "predecessor", "successor", "reorganisation"})
_NUMBER = re.compile(r"\d{1,6}")
_NAME_PARTS = ("surname", "given", "patronymic")


@dataclass(slots=True)
class Item:
    """One numbered row. `key` is what its label means, None where nothing needs it; `holder` counts from 0 within the section."""

    section: str | None
    holder: int
    part: str | None
    number: int
    page: int
    label: list[str]
    value: list[str]
    key: str | None = None

    @property
    def text(self) -> str:
        """The value in one line."""
        return joined(self.value)

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"стр. {self.page}, п. {self.number}"


@dataclass(slots=True)
class Items:
    """The rows of an extract in order; titles within lists of holders that are not known; whether the log of records was reached;
    numbers of rows that are missing."""

    items: list[Item] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    complete: bool = False
    missing: list[int] = field(default_factory=list)


def joined(lines: Iterable[str]) -> str:
    """Lines of a cell as one; a line that ends with the hyphen of a word goes on without a space."""
    text = ""
    for line in lines:
        text += line if text.endswith("-") and not text.endswith(" -") else f" {line}"
    return " ".join(readable(text).replace("\u00ad", "").split())


class ItemReader:
    """Takes page after page; `found` holds what was read so far."""

    def __init__(self) -> None:
        self.found = Items()
        self._section: str | None = None
        self._title = ""
        self._part: str | None = None
        self._holder = 0
        self._numbered = False
        self._doubtful = False
        self._last = 0

    def take(self, page: Page) -> None:
        """The rows of one page, up to the log of records, of which nothing is needed."""
        for place, row in enumerate(page.rows):
            cells = [cell for cell in row if cell]
            if self.found.complete or not cells:
                return
            if len(row) == 1 or (len(cells) == 1 and row[0]):
                self._one(cells[0], first=place == 0)
            elif len(row) == 3:
                self._three(row, page.number, first=place == 0)

    def end(self) -> Items:
        """All of it, with what rows mean."""
        found = list(_split(self.found.items))
        for item in found:
            item.key = label_of(joined(item.label))
        self.found.items = found
        return self.found

    def _one(self, cell: Cell, first: bool) -> None:
        title = joined(cell)
        if _NUMBER.fullmatch(title):
            self._next_holder(int(title))
        elif first and title[:1].islower() and self._title:
            self._begin(f"{self._title} {title}")  # the title went on over the end of the page
        else:
            self._begin(title)

    def _begin(self, title: str) -> None:
        section = section_of(title)
        if section == "log":
            self.found.complete = True
        elif section is not None:
            self._section = None if section == "not_needed" else section
            self._part, self._holder, self._numbered, self._doubtful = None, 0, False, False
        elif self._section is not None and (part := part_of(title)) is not None:
            self._part, self._doubtful = part, False
        elif self._section in _HOLDERS:
            # A part nobody knows, or another section: only the number after it tells.
            self.found.unknown.append(title)
            self._part, self._doubtful = "rest", True
        else:
            self._section, self._part = None, None
        self._title = title

    def _next_holder(self, number: int) -> None:
        if self._section not in _HOLDERS:
            return
        follows = number == self._holder + 1 if not self._numbered else number == self._holder + 2
        if follows and not (self._doubtful and not self._numbered):
            self._holder, self._numbered, self._doubtful = number - 1, True, False
            self._part = self._part if self._section == "reorganisation" else None
        elif self._doubtful:
            self._section = None
        # Otherwise it counts what is within a part: several pledges of one share.

    def _three(self, row: tuple[Cell, ...], page: int, first: bool) -> None:
        number, label, value = joined(row[0]), list(row[1]), list(row[2])
        if _NUMBER.fullmatch(number):
            if joined(label).isdigit():
                return  # the row of numbers below the headings of the table
            self._expect(int(number))
            self.found.items.append(Item(self._section, self._holder, self._part, int(number), page, label, value))
        elif not number and label and not value and not first:
            self._begin(joined(label))
        elif not number and self.found.items:
            self.found.items[-1].label += label
            self.found.items[-1].value += value

    def _expect(self, number: int) -> None:
        if number != self._last + 1:
            self.found.missing += list(range(self._last + 1, min(number, self._last + 10))) or [number]
        self._last = number


def _split(items: Iterable[Item]) -> Iterator[Item]:
    """A row that gives surname, given name and patronymic under one another (extracts from 2020 on) as three."""
    for item in items:
        keys = [label_of(line) for line in item.label]
        if len(keys) < 2 or not all(key in _NAME_PARTS for key in keys):
            yield item
            continue
        values = _unbroken(item.value)
        if len(values) != len(keys):
            values = _shared_out(values, len(keys))
        for label, value in zip(item.label, values, strict=True):
            yield Item(item.section, item.holder, item.part, item.number, item.page, [label], [value])


def _unbroken(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if found and found[-1].endswith("-"):
            found[-1] += line
        else:
            found.append(line)
    return found


def _shared_out(values: list[str], number: int) -> list[str]:
    """Values for `number` labels where there are more or fewer: what is too much is the last one's, a patronymic of two words."""
    head = values[: number - 1]
    rest = " ".join(values[number - 1 :])
    return [*head, *[""] * (number - 1 - len(head)), rest]
