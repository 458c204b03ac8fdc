"""Cells with identifiers into text: numbers of documents and persons, ИНН with their check digits."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from math import isnan

from affil.ingest.values.cells import EXACT_FLOAT, Cell, Refused, digits_lost, text_value
from affil.ingest.vocabulary.vocabulary import plain, vocabulary
from affil.language.identifiers import valid_inn

ORGANISATION_DIGITS = 10
PERSON_DIGITS = 12
_INN_WORD = re.compile(r"^\W*(?:инн|inn)(?:\s*/\s*кпп)?\W*", re.IGNORECASE)
_KPP_BEHIND = re.compile(r"^(\d{9,10}|\d{12})[/\\](?:КПП)?\d{8,9}$", re.IGNORECASE)
_INN_NOISE = re.compile(r"[\s'’‘`´\"«»\u200b\u2060\ufeff.,;]+")
_SECRET = re.compile(r"^[*xх]+$", re.IGNORECASE)


def id_value(cell: Cell) -> str | None:
    """An identifier as text: 123.0 gives '123', a text keeps its leading zeros; a number too long for Excel is refused."""
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        raise Refused("bad_id")
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if abs(cell) > EXACT_FLOAT:
            raise Refused("id_lost_digits")
        if isnan(cell):
            raise Refused("bad_id")
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    text = text_value(cell)
    if text is None:
        return None
    if digits_lost(text):
        raise Refused("id_lost_digits")
    text = text.strip("'’‘`").removeprefix("№").strip()
    return (text[:-2] if re.fullmatch(r"\d+\.0", text) else text) or None


def inn_digits(cell: Cell) -> str | None:
    """The digits of an ИНН as they stand in a cell, before any check; None where the cell says there is none."""
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        raise Refused("bad_inn")
    if isinstance(cell, float | int):
        if abs(cell) > EXACT_FLOAT:
            raise Refused("inn_lost_digits")
        if isnan(cell) or cell != int(cell) or cell < 0:
            raise Refused("bad_inn")
        return str(int(cell)) if cell else None
    text = text_value(cell)
    if text is None:
        return None
    if digits_lost(text):
        raise Refused("inn_lost_digits")
    if text.isascii() and text.isdigit():
        return text
    if _says_none(text) or _SECRET.match(text):
        return None
    text = re.sub(r"(?<=\d)\.0$", "", _INN_WORD.sub("", text))
    text = _INN_NOISE.sub("", text)
    behind = _KPP_BEHIND.match(text)
    text = behind.group(1) if behind else text
    if not text or _says_none(text):
        return None
    if not text.isascii() or not text.isdigit():
        raise Refused("bad_inn")
    return text


def _says_none(text: str) -> bool:
    return plain(text) in vocabulary().none_of_them


def _checked(digits: str, lengths: tuple[int, ...]) -> str:
    """The ИНН, its leading zero given back where the check digits prove it; a wrong length has its own reason."""
    expected = " / ".join(str(length) for length in lengths)
    if len(digits) + 1 in lengths and valid_inn("0" + digits):
        return "0" + digits
    if len(digits) not in lengths:
        raise Refused("inn_wrong_length", digits=str(len(digits)), expected=expected)
    if not valid_inn(digits):
        raise Refused("bad_inn")
    return digits


@lru_cache(maxsize=65_536, typed=True)
def person_inn(cell: Cell) -> str | None:
    """The 12 digits of a person's ИНН."""
    digits = inn_digits(cell)
    return None if digits is None else _checked(digits, (PERSON_DIGITS,))


@lru_cache(maxsize=65_536, typed=True)
def organisation_inn(cell: Cell) -> str | None:
    """The 10 digits of an organisation's ИНН."""
    digits = inn_digits(cell)
    return None if digits is None else _checked(digits, (ORGANISATION_DIGITS,))


@lru_cache(maxsize=65_536, typed=True)
def any_inn(cell: Cell) -> str | None:
    """An ИНН of 10 or 12 digits: a supplier may be an organisation or a person."""
    digits = inn_digits(cell)
    return None if digits is None else _checked(digits, (ORGANISATION_DIGITS, PERSON_DIGITS))


def many_inn(cell: Cell) -> tuple[str, ...] | None:
    """The ИНН of one or several suppliers: the ЕИС export glues them together, people put a comma between."""
    if (
        isinstance(cell, str)
        and re.search(r"\d\s*[,;\n/|]\s*\d{9}", cell)
        and not _KPP_BEHIND.match(_INN_NOISE.sub("", _INN_WORD.sub("", cell)))
    ):
        parts = [any_inn(part) for part in re.split(r"[,;\n/|]", cell) if part.strip()]
        return tuple(dict.fromkeys(one for one in parts if one)) or None
    digits = inn_digits(cell) if isinstance(cell, str) else None
    if digits is not None and len(digits) > PERSON_DIGITS:
        glued = _unglued(digits)
        if glued is None:
            raise Refused("inn_wrong_length", digits=str(len(digits)), expected="10 / 12")
        return glued
    one = any_inn(cell)
    return None if one is None else (one,)


def _unglued(digits: str) -> tuple[str, ...] | None:
    """The one way to cut the digits into valid ИНН; None where there is none or more than one."""
    ways: list[tuple[str, ...]] = []
    stack: list[tuple[str, tuple[str, ...]]] = [(digits, ())] if len(digits) <= PERSON_DIGITS * 20 else []
    while stack and len(ways) < 2:
        rest, taken = stack.pop()
        if not rest:
            ways.append(taken)
        for length in (ORGANISATION_DIGITS, PERSON_DIGITS):
            if len(rest) >= length and valid_inn(rest[:length]):
                stack.append((rest[length:], (*taken, rest[:length])))
    return tuple(dict.fromkeys(ways[0])) if len(ways) == 1 else None
