"""First and last day of a period as officers write it: «1 квартал 2025 г.», «март 2025», «9 месяцев 2025», «2024–2025 годы».

Only what names a period surely is read; of anything else («на 2025 год», «с 2025 года», «25 г.») nothing is said. Months counted
without a beginning run from January: so the budget reports are kept («за 9 месяцев»).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

from affil.ingest.values.cells import Refused
from affil.ingest.values.dates import date_in

Bounds = tuple[dt.date, dt.date]

_YEAR = r"(20\d\d)"
_YEAR_WORDS = re.compile(r"(?<=\d)\s*(?:года?х?|годы|годов|году|гг?\.?(?:\s*г\.)?|years?)(?![\w])\.?")
_LEAD = re.compile(r"^(?:за\s+|for\s+)?(?:период\w*|отчетный период|period)?\s*:?\s*")
_FROM = re.compile(r"^(?:с|со|from)\s+")
_ORDINAL = re.compile(r"(?<=[\divx])\s?-?\s?(?:ый|ой|ий|го|й|ое|ье|е|st|nd|rd|th)\b")
_BETWEEN = re.compile(r"\s*-\s*|\s+(?:по|и|to|and)\s+")
_NUMBERS = {
    word: number
    for number, words in enumerate(("1 i перв first", "2 ii втор second", "3 iii трет third", "4 iv четверт fourth"), 1)
    for word in words.split()
}
_NUMBER = r"([1-4]|i{1,3}|iv|(?:перв|втор|трет|четверт)[а-я]{1,3}|first|second|third|fourth)"
_QUARTER = re.compile(rf"{_NUMBER}\s*(?:кв\.?|квартал[а-я]*|quarters?)|q\s?([1-4])")
_HALF = re.compile(rf"{_NUMBER}\s*(?:п/г|полугоди[а-я]*|half(?:[ -]year)?)|h\s?([12])")
_SO_MANY = re.compile(r"(\d{1,2})\s*(?:мес\.?|месяц[а-я]*|months?)")
_RUSSIAN = ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
_ENGLISH = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_ENDINGS = (*"ьяе", "", "а", "й")
_MONTHS = {
    word: number
    for number, (stem, english) in enumerate(zip(_RUSSIAN, _ENGLISH, strict=True), 1)
    for word in (*(stem + end for end in _ENDINGS), stem[:3], stem[:4], english, english[:3], english[:4])
    if len(word) > 2
}
_PART_FIRST = re.compile(rf"(.+?)[\s,]*\b(?:of\s+|в\s+)?{_YEAR}")
_YEAR_FIRST = re.compile(rf"{_YEAR}[\s,]+(.+)")
_MONTH_NUMBER = re.compile(rf"(0?[1-9]|1[0-2])[./]{_YEAR}")
_DAY = re.compile(rf"\d{{1,2}}\.\d{{1,2}}\.20\d\d|\d{{1,2}} (?:{'|'.join(_MONTHS)}) 20\d\d")
_UNIT = re.compile(r"\b(кв\b\.?|квартал[а-я]*|quarters?|полугоди[а-я]*)")


@lru_cache(maxsize=4_096)
def period_bounds(text: str | None) -> Bounds | None:
    """First and last day of the period, both inclusive; None where the text names none surely."""
    if text is None:
        return None
    plain = re.sub(r"[\s\u00a0]+", " ", text.lower().replace("ё", "е"))
    plain = re.sub(r"[‐‑‒–—−]", "-", plain).strip(" .;:()«»\"'")
    plain = _YEAR_WORDS.sub("", _ORDINAL.sub("", _LEAD.sub("", plain))).replace("(", "").replace(")", "").strip(" ,")
    sides = _BETWEEN.split(plain)
    if len(sides) == 1:
        return _one(plain)
    return _from_to(*sides) if len(sides) == 2 else None


def _from_to(left: str, right: str) -> Bounds | None:
    """«январь – март 2025»: what the left side leaves out it has in common with the right one, the year or the unit."""
    last = _one(right) or _day(right)
    unit, year = _UNIT.search(right), re.search(_YEAR, right)
    if last is None or year is None:
        return None
    left = _FROM.sub("", left)
    whole = (left, f"{left} {year[1]}", *((f"{left} {unit[1]} {year[1]}",) if unit else ()))
    first = next((found for text in whole if (found := _one(text) or _day(text))), None)
    return (first[0], last[1]) if first and first[0] <= last[0] and first[1] <= last[1] else None


def _day(text: str) -> Bounds | None:
    """A full date, which alone is no period but may begin or end one."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date_in(text)
    except Refused:
        return None
    return (day, day) if day else None


def _one(text: str) -> Bounds | None:
    if re.fullmatch(_YEAR, text):
        return _span(int(text), 1, 12)
    if found := _MONTH_NUMBER.fullmatch(text):
        return _span(int(found[2]), int(found[1]), int(found[1]))
    if found := _PART_FIRST.fullmatch(text):
        part, year = found[1], found[2]
    elif found := _YEAR_FIRST.fullmatch(text):
        year, part = found[1], found[2]
    else:
        return None
    months = _months(part.strip(" ,."))
    return _span(int(year), *months) if months else None


def _months(part: str) -> tuple[int, int] | None:
    """First and last month of a part of a year."""
    if part in _MONTHS:
        return _MONTHS[part], _MONTHS[part]
    if found := _QUARTER.fullmatch(part):
        quarter = _number(found)
        return 3 * quarter - 2, 3 * quarter
    if (found := _HALF.fullmatch(part)) and (half := _number(found)) <= 2:
        return 6 * half - 5, 6 * half
    if (found := _SO_MANY.fullmatch(part)) and 2 <= int(found[1]) <= 12:
        return 1, int(found[1])
    return None


def _number(found: re.Match[str]) -> int:
    word = found[1] or found[2]
    return next(number for stem, number in _NUMBERS.items() if word == stem or (len(stem) > 3 and word.startswith(stem)))


def _span(year: int, first: int, last: int) -> Bounds:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
