"""Days, prices and shares as coarse as a register must see them: a contract's price and day name it on the public site."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from decimal import Decimal
from fractions import Fraction

from affil.words import Words

# Roubles. 600 thousand is the bound of 44-ФЗ ст. 93 ч. 1 п. 4, 5; 3 million that of a quotation request before 2022.
PRICES = (Decimal(100_000), Decimal(600_000), Decimal(3_000_000), Decimal(10_000_000), Decimal(50_000_000))
SHARES = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2))  # a share equal to a bound is below it: «не более 10 %»


def quarter_text(day: dt.date | None, words: Words) -> str:
    """«1 кв. 2025»; '' where the day is unknown."""
    return "" if day is None else words("public.quarter.short", quarter=quarter(day), year=day.year)


def quarter(day: dt.date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def price_band(price: Decimal | None, words: Words) -> str:
    """«от 100 до 600 тыс. руб.»; '' where the price is unknown."""
    return "" if price is None else str(words.raw("public.prices")[bisect_right(PRICES, price)])


def share_band(share: Fraction | None, words: Words) -> str:
    """«более 10 до 25 %»; '' where the share is unknown."""
    return "" if share is None else str(words.raw("public.shares")[sum(share > bound for bound in SHARES)])
