"""Dates as officers write them; an impossible date is refused, a year alone is only a year of birth.

An Excel serial number counts days from 1899-12-30 (ECMA-376 part 1, 18.17.4.1; the workbook reader resolves the 1904 system).
Two digits of a year follow Excel: 00–29 are 2000–2029, 30–99 are 1930–1999.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from affil.ingest.values.cells import Cell, Refused, text_value

Birth = tuple[dt.date | None, int | None]

_SERIAL_ZERO = dt.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 3_000, 73_050
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_PIVOT = 30
_MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            "янв jan",
            "фев feb",
            "мар mar",
            "апр apr",
            "мая май may",
            "июн jun",
            "июл jul",
            "авг aug",
            "сен sep",
            "окт oct",
            "ноя nov",
            "дек dec",
        ),
        1,
    )
    for stem in stems.split()
}
_MONTH = r"(янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[а-яa-z]*\.?"
_YEAR_WORD = r"(?:\s*(?:г\.?\s*р\.?|г\.|г\b|год\w*))?"
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})\s*[./\-]\s*(\d{1,2})\s*[./\-]\s*(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[\-./](\d{1,2})[\-./](\d{1,2})(?!\d)")
_WORDS = re.compile(
    rf"(?<!\d)[«\"]?(\d{{1,2}})[»\"]?(?:\s*-?\s*(?:го|st|nd|rd|th))?\s*{_MONTH},?\s*(\d{{4}})(?!\d)", re.IGNORECASE
)
_WORDS_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}}){_YEAR_WORD}\s*,?\s*(\d{{1,2}})(?!\d)\s*{_MONTH}", re.IGNORECASE)
_WORDS_MONTH_FIRST = re.compile(rf"(?<!\w){_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE)
_YEAR_ALONE = re.compile(
    rf"(?:{_MONTH}\s*|(?:0?[1-9]|1[0-2])[./])?(\d{{4}}){_YEAR_WORD}(?:\s*рождения)?(?=$|[\s,;.(])", re.IGNORECASE
)
# Any full date, as a part of another pattern.
DATE_FORMS = (
    r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{1,2}-\d{1,2}(?!\d)"
    + rf"|[«\"]?\d{{1,2}}[»\"]?\s*{_MONTH},?\s*\d{{4}}(?!\d)|\d{{4}}{_YEAR_WORD}\s*,?\s*\d{{1,2}}\s*{_MONTH}".replace(
        "(янв", "(?:янв"
    )
)
_BIRTH_WORDS = re.compile(r"^\W*(?:г\.?\s*р\.?|год\w*\s+рождения|род\w*\.?|ок\w*\.?|в|born)?\W+(?=\w)", re.IGNORECASE)
_DEATH = re.compile(r"\W*(?:†|умер|ум\.|скончал|погиб|died|deceased)", re.IGNORECASE)
_UNKNOWN = frozenset(
    {
        "нет",
        "не известно",
        "неизвестно",
        "неизвестна",
        "не указана",
        "не помню",
        "отсутствует",
        "нет сведений",
        "без даты",
        "не уволен",
        "не уволена",
        "работает",
        "нет данных",
        "н.в.",
        "по настоящее время",
        "наст. время",
        "по наст. время",
        "наст. вр.",
        "по наст. вр.",
        "настоящее время",
        "бессрочно",
        "?",
    }
)


def day_of(year: int, month: int, day: int) -> dt.date:
    """The date, or `Refused` where the calendar has no such day or the year cannot be meant."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Refused("bad_date")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Refused("bad_date") from None


def date_in(text: str) -> dt.date | None:
    """The first full date in a text, in any usual writing; None where there is none, `Refused` where it is impossible."""
    if len(text) == 10 and text[2] == text[5] == "." and text.replace(".", "").isdigit():
        return day_of(int(text[6:]), int(text[3:5]), int(text[:2]))
    if found := _ISO.search(text):
        return day_of(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.search(text):
        return day_of(_full_year(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS_YEAR_FIRST.search(text):
        return day_of(int(found[1]), _MONTHS[found[3].lower()], int(found[2]))
    if found := _WORDS.search(text):
        return day_of(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    if found := _WORDS_MONTH_FIRST.search(text):
        return day_of(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
    return None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < _PIVOT else 1900)


def _from_number(number: float) -> dt.date:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise Refused("bad_date")
    return _SERIAL_ZERO + dt.timedelta(days=int(number))


def _ready(cell: Cell) -> dt.date | None:
    """The date of a cell that already is one."""
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return day_of(cell.year, cell.month, cell.day)
    if isinstance(cell, bool | dt.time | dt.timedelta):
        raise Refused("bad_date")
    return None


@lru_cache(maxsize=65_536, typed=True)
def date_value(cell: Cell) -> dt.date | None:
    """A full date; a year alone is refused, for nothing says which day of it is meant."""
    ready = _ready(cell)
    if ready is not None:
        return ready
    if isinstance(cell, float | int):
        return _from_number(cell)
    text = text_value(cell)
    if text is None or text.lower() in _UNKNOWN:
        return None
    text = text.strip("'’‘` ")
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return _from_number(float(text.replace(",", ".")))
    found = date_in(text)
    if found is None:
        raise Refused("date_incomplete" if _YEAR_ALONE.match(text) else "bad_date")
    return found


@lru_cache(maxsize=65_536, typed=True)
def birth_value(cell: Cell) -> Birth:
    """Date and year of birth: both where the date is full, the year alone where no more is written."""
    ready = _ready(cell)
    if ready is not None:
        return ready, ready.year
    if isinstance(cell, float | int):
        return _birth_number(cell)
    text = text_value(cell)
    if text is None or text.lower() in _UNKNOWN:
        return None, None
    text = text.strip("'’‘` ")
    if re.fullmatch(r"\d{4,5}(?:\.0)?", text):
        return _birth_number(float(text))
    if _DEATH.match(text):
        return None, None
    found = date_in(text)
    if found is not None:
        return found, found.year
    alone = _YEAR_ALONE.match(_BIRTH_WORDS.sub("", text))
    if alone is None or not _FIRST_YEAR <= int(alone[2]) <= _LAST_YEAR:
        raise Refused("bad_date")
    return None, int(alone[2])


def _birth_number(number: float) -> Birth:
    if _FIRST_YEAR <= number <= _LAST_YEAR and number == int(number):
        return None, int(number)
    day = _from_number(number)
    return day, day.year
