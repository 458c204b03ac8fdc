"""What the settings of a run give to documents, and numbers as sentences tell them.

`Run.settings` are plain values, of an older program too: what is not there is not given, never a default.
"""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal

from affil.model.run import Run
from affil.reports.values import NBSP, in_text
from affil.words import Words


def setting(run: Run, *keys: str) -> object:
    """The value of the settings at `keys`; None where there is none."""
    value: object = run.settings
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text_of(run: Run, *keys: str) -> str:
    """A text of the settings; empty where none is given."""
    value = setting(run, *keys)
    return value.strip() if isinstance(value, str) else ""


def number_of(run: Run, *keys: str) -> int | float | None:
    """A number of the settings; None where none is given."""
    value = setting(run, *keys)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def day_after(run: Run, key: str) -> dt.date | None:
    """The day of the run and so many days as `[documents]` gives at `key`; None where it gives none, or the calendar ends."""
    days = number_of(run, "documents", key)
    try:
        return None if days is None else run.started.date() + dt.timedelta(days=int(days))
    except OverflowError:
        return None


def day_months_after(run: Run, key: str) -> dt.date | None:
    """The day of the run and so many months as `[documents]` gives at `key`, the last of a shorter month."""
    months, day = number_of(run, "documents", key), run.started.date()
    if months is None:
        return None
    years, month = divmod(day.month - 1 + int(months), 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1])) if year <= dt.MAXYEAR else None


def spaced(number: int) -> str:
    """`12 345`: thousands apart, so that they do not part at the end of a line."""
    return f"{number:,}".replace(",", NBSP)


def rubles(price: Decimal, words: Words) -> str:
    """`1 234 567,80`, as the language of `words` writes it."""
    return in_text(f"{price:,.2f}".replace(",", NBSP).replace(".", ","), words)


def counted(key: str, number: int, words: Words) -> str:
    """`12 контрагентов` after «в отношении»: the noun in the genitive, of one or of many, from the table `key`."""
    single = number == 1 if words.lang == "en" else number % 10 == 1 and number % 100 != 11
    return words(f"{key}.{'one' if single else 'many'}", number=spaced(number))
