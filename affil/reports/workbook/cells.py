"""Rows of a sheet as they stand in the file. XlsxWriter makes everything else; cell by cell it takes seven times as long."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from xml.sax.saxutils import escape

from affil.reports.clean import UNSEEN
from affil.reports.values import date_text, percent_text, price_text
from affil.reports.workbook.heights import line_count, row_height, short_text

LONGEST = 32_767  # UTF-16 units in a cell
EPOCH = dt.date(1899, 12, 30)
FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel counts a day that never was
LARGEST = Decimal(10) ** 13  # more digits than a number of a spreadsheet keeps with two decimals
LINE_ENDS = re.compile("\r\n?")
CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # a program would read `_x0041_` as the letter A


@dataclass(frozen=True, slots=True)
class Place:
    """A column: its letters and width, the number of its style, whether an empty cell is written too."""

    letters: str
    style: int
    always: bool
    width: float


class Texts(dict[str, int]):
    """The number of every text of a workbook, each kept once; the first numbers are taken by headings. Asking adds a text."""

    def __init__(self, first: int, cut: str) -> None:
        super().__init__()
        self._first, self._cut = first, cut

    def __missing__(self, text: str) -> int:
        number = self[text] = self._first + len(self)
        return number

    @property
    def count(self) -> int:
        """How many texts there are, headings included."""
        return self._first + len(self)

    def xml(self) -> Iterator[str]:
        """All texts in the order of their numbers."""
        return (f'<si><t xml:space="preserve">{_written(text, self._cut)}</t></si>' for text in self)


def safe_text(text: str, cut: str) -> str:
    """`text` without unseen signs, with plain line ends, cut where a cell cannot hold it; `cut` then says so."""
    seen = UNSEEN.sub("", LINE_ENDS.sub("\n", text))
    if len(seen) <= LONGEST // 2:
        return seen
    units = seen.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return seen
    return units[: 2 * (LONGEST - len(cut))].decode("utf-16-le", "ignore") + cut


def _written(text: str, cut: str) -> str:
    return CODED.sub("_x005F_", escape(safe_text(text, cut)))


def rows_xml(rows: Iterable[Sequence[object]], places: Sequence[Place], texts: Texts, first: int = 2) -> Iterator[str]:
    """The rows from number `first` on, one by one. A row of another length than `places` raises ValueError."""
    columns = [(one.letters, one.style, one.always, one.width, short_text(one.width)) for one in places]
    heights: dict[tuple[int, float], int] = {}  # a text that stands in many rows is measured once
    for number, row in enumerate(rows, first):
        cells, lines = [], 1
        for (letters, style, always, width, short), value in zip(columns, row, strict=True):
            if value is None or value == "":
                if always:
                    cells.append(f'<c r="{letters}{number}" s="{style}"/>')
                continue
            known = value if type(value) is str else _number_or_text(value)
            if type(known) is not str:
                cells.append(f'<c r="{letters}{number}" s="{style}"><v>{known}</v></c>')
                continue
            place = texts[known]
            cells.append(f'<c r="{letters}{number}" s="{style}" t="s"><v>{place}</v></c>')
            if len(known) > short or "\n" in known:
                high = heights.get((place, width)) or heights.setdefault((place, width), line_count(known, width))
                lines = high if high > lines else lines
        yield f'<row r="{number}" ht="{row_height(lines):g}">{"".join(cells)}</row>'


def _number_or_text(value: object) -> int | float | Decimal | str:
    """What a spreadsheet can count with, else a text: days since its epoch, roubles, per cent."""
    if type(value) is int or type(value) is float:
        return value
    if isinstance(value, dt.date):
        return (value - EPOCH).days if value >= FIRST_DAY else date_text(value)
    if isinstance(value, Fraction):
        return Decimal(percent_text(value).replace(",", "."))
    if isinstance(value, Decimal):
        return value.quantize(Decimal("0.01")) if abs(value) < LARGEST else price_text(value)
    return str(value)


def letters(number: int) -> str:
    """Name of a column: 0 is A, 26 is AA."""
    text = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(65 + digit) + text
    return text
