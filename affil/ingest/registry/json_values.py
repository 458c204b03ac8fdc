"""Single values out of JSON answers about organisations: text, days, lists, addresses, names. What is of another kind is None."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from affil.ingest.registry.built import put, put_text
from affil.ingest.registry.fns_values import Element
from affil.ingest.registry.named_values import region_code
from affil.ingest.values.readable import readable

_LONGEST_TEXT = 4_000
_RUSSIAN_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_EPOCH = dt.datetime(1970, 1, 1)
# Services write a day as midnight of Greenwich (DaData: 677376000000 is 20.06.1991) or of Moscow, three or four hours earlier.
_MOSCOW_AHEAD = dt.timedelta(hours=4)

Json = Mapping[str, Any]


def inner(value: Any, *path: str) -> Any:
    """What stands down a path of keys, None where anything on it is missing or no object."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text(value: Any, *path: str) -> str | None:
    """A text or a whole number without stray spaces; None where there is none."""
    found = inner(value, *path)
    if isinstance(found, bool) or not isinstance(found, (str, int, Decimal)):
        return None
    return " ".join(readable(str(found)[:_LONGEST_TEXT]).split()) or None


def objects(value: Any, *path: str) -> list[Json]:
    """The objects of a list; of no list, none."""
    found = inner(value, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def day_of_milliseconds(value: Any, *path: str) -> str | None:
    """The day of unix milliseconds as ГГГГ-ММ-ДД, in Russia; None where it is no number or no day of this or the last century."""
    found = inner(value, *path)
    if isinstance(found, bool) or not isinstance(found, (int, Decimal)) or abs(int(found)) > 10**13:
        return None
    day = (_EPOCH + dt.timedelta(milliseconds=int(found)) + _MOSCOW_AHEAD).date()
    return day.isoformat() if 1900 <= day.year <= 2100 else None


def day_of_text(value: Any, *path: str) -> str | None:
    """ДД.ММ.ГГГГ or ГГГГ-ММ-ДД as ГГГГ-ММ-ДД; None where it is no day."""
    found = text(value, *path) or ""
    russian = _RUSSIAN_DAY.fullmatch(found[:10])
    try:
        return dt.date.fromisoformat("-".join(russian.group(3, 2, 1)) if russian else found[:10]).isoformat()
    except ValueError:
        return None


def put_address(parent: Element, line: str | None, code: str | None = None) -> None:
    """СвАдресЮЛ of an address in one line; where only the region is known, of that."""
    address = put(parent, "СвАдресЮЛ")
    parts = [part for one in (line or "").split(",") if (part := one.strip())]
    index = parts.pop(0) if parts and re.fullmatch(r"\d{6}", parts[0]) else None
    code = code or (region_code(parts[0]) if parts else None)
    if not parts:
        put(address, "АдресРФ", КодРегион=code)
        return
    register = put(address, "СвАдрЮЛФИАС", Индекс=index)
    if code:
        put_text(register, "Регион", code)
    put_text(register, "НаимРегион", parts[0])
    for part in parts[1:]:
        put(register, "ЭлУлДорСети", Наим=part)


def put_person(parent: Element, name: str, parts: tuple[str | None, str | None, str | None], inn: str | None = None) -> None:
    """An element with surname, given name and patronymic."""
    put(parent, name, Фамилия=parts[0], Имя=parts[1], Отчество=parts[2], ИННФЛ=inn)


def name_parts(whole: str | None) -> tuple[str | None, str | None, str | None]:
    """Surname, given name and the rest of «Фамилия Имя Отчество»."""
    parts: Iterator[str] = iter((whole or "").split(maxsplit=2))
    return next(parts, None), next(parts, None), next(parts, None)
