"""Shares of capital as exact fractions: percent, decimal and plain fractions, in a cell or inside a text.

What a bare number means depends on its place: above 1 only percent can be meant; below 1 it is a part of the whole, unless the
heading says percent. A cell of Excel in percent format is a number from 0 to 1 too, so under such a heading it proves nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction

from affil.ingest.values.cells import Cell, Refused, shown, text_value
from affil.ingest.vocabulary.vocabulary import plain, vocabulary

_SHARE = re.compile(r"(?<![\d/.,])(\d+(?:[.,]\d+)?)\s*(?:%|процент)")
_FRACTION = re.compile(r"(?<!\d)(\d{1,9})\s*/\s*(\d{1,9})(?!\d)")
_NUMBER = r"\d{1,12}(?:[.,]\d{1,20})?"
_CELL = re.compile(
    rf"(?:(?P<whole>\d{{1,3}})\s+)?(?:(?P<over>\d{{1,9}})\s*/\s*(?P<under>\d{{1,9}})|(?P<number>{_NUMBER}))\s*(?P<percent>%|процент\w*)?"
    r"(?:\s*дол\w*|\s*уставн\w* капитал\w*)*\s*",
    re.IGNORECASE,
)


def share_value(text: str) -> str | None:
    """A share as an exact fraction 'n/d', from percent or a plain fraction; None where there is none or it is over a whole."""
    percent = _SHARE.search(text)
    if percent:
        share = Fraction(percent[1].replace(",", ".")) / 100
    else:
        fraction = _FRACTION.search(text)
        if fraction is None or int(fraction[2]) == 0:
            return None
        share = Fraction(int(fraction[1]), int(fraction[2]))
    return _written(share) if 0 < share <= 1 else None


def share_cell(cell: Cell) -> str | None:
    """The share of a cell under «Доля»: '1/2' for 50 %, 50, 0,5 or 1/2. A bare 1 may be all or a hundredth: refused."""
    return _share(cell, percent=False)


def percent_cell(cell: Cell) -> str | None:
    """The share of a cell under «Доля, %»: '1/200' for the text 0,5, '1/2' for 1/2.

    A number up to 1 may be 50 % in Excel's percent format and is refused.
    """
    return _share(cell, percent=True)


def _share(cell: Cell, percent: bool) -> str | None:
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        raise Refused("bad_share")  # Excel makes a day of «1/2»
    text = text_value(cell if isinstance(cell, str) else shown(_exact(cell)))
    if text is None or plain(text) in vocabulary().none_of_them:
        return None
    found = _CELL.fullmatch(text)
    if found is None or (found["whole"] and not found["over"]) or (found["under"] and not int(found["under"])):
        raise Refused("bad_share")
    number = _number(found)
    plain_fraction = found["over"] and not found["whole"] and not found["percent"]
    if not plain_fraction:
        if not found["percent"] and number <= 1 and (not isinstance(cell, str) if percent else number == 1):
            raise Refused("share_unclear")
        if found["percent"] or percent or number > 1:
            number /= 100
    if not 0 < number <= 1:
        raise Refused("bad_share")
    return _written(number)


def _exact(cell: Cell) -> Cell:
    """A number of a workbook in decimal digits, never with an exponent."""
    return format(Decimal(repr(cell)), "f") if isinstance(cell, float) else cell


def _number(found: re.Match[str]) -> Fraction:
    if found["over"]:
        return int(found["whole"] or 0) + Fraction(int(found["over"]), int(found["under"]))
    return Fraction(found["number"].replace(",", "."))


def _written(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"
