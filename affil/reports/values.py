"""How dates, money, shares and percentages are written in documents: ДД.ММ.ГГГГ, a decimal comma, per cent.

Tables have the comma in either language, as Excel in Russia reads it; running text has what its language writes (`in_text`).
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from affil.words import Words

NBSP = "\u00a0"


def in_text(number: str, words: Words) -> str:
    """A number with a decimal comma as a sentence or a page in the language of `words` writes it."""
    return number.replace(",", words("reports.text.decimal"))


def date_text(date: dt.date | None) -> str:
    """`05.03.2025`, or an empty text where the date is unknown."""
    return "" if date is None else f"{date.day:02d}.{date.month:02d}.{date.year:04d}"


def price_text(price: Decimal | None) -> str:
    """Roubles with kopecks and a decimal comma, no spaces, as tables want them: `1234567,80`."""
    return "" if price is None else f"{price:.2f}".replace(".", ",")


def spaced_price(price: Decimal | None) -> str:
    """The same for a page, thousands apart: `1 234 567,80`."""
    return "" if price is None else f"{price:,.2f}".replace(",", NBSP).replace(".", ",")


def percent_text(share: Fraction | None) -> str:
    """A share as per cent, at most four decimals, without idle zeros: 7/20 gives `35`, 1/3 gives `33,3333`.

    Never rounded across the threshold of the law: 10.00001 % is not shown as `10`.
    """
    if share is None:
        return ""
    value = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    places = Decimal("0.0001")
    rounded = value.quantize(places, rounding=ROUND_HALF_UP)
    if rounded == 10 and value != 10:
        rounded += places if value > 10 else -places
    return f"{rounded:f}".rstrip("0").rstrip(".").replace(".", ",")


def part_text(part: int, whole: int) -> str:
    """`part` of `whole` as per cent with at most one decimal, rounded down: 2,999 of 3,000 is not 100 %."""
    if whole == 0:
        return "0"
    value = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_DOWN)
    return f"{value:f}".removesuffix(".0").replace(".", ",")
