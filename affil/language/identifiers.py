"""Russian registered numbers: ИНН of 10 digits (organisation) or 12 (person), and what can be read from them."""

from __future__ import annotations

from functools import lru_cache

from stdnum.ru import inn as _inn
from stdnum.ru import ogrn as _ogrn


@lru_cache(maxsize=16_384)
def valid_inn(text: str) -> bool:
    """True for 10 or 12 digits that pass the check digits (ФНС order ЕД-7-14/559@); all zeros pass them and are refused."""
    return text.isdigit() and text.isascii() and bool(text.strip("0")) and _inn.is_valid(text)


def valid_ogrn(text: str) -> bool:
    """True for the 13 digits of an organisation's ОГРН with the right check digit: the first twelve modulo 11, its last digit
    (Минфин order 165н of 30.10.2017, п. 7); all zeros are refused."""
    return len(text) == 13 and text.isdigit() and text.isascii() and bool(text.strip("0")) and _ogrn.is_valid(text)


def inn_region(inn: str) -> str:
    """The region code of an ИНН: its first two digits, the office that gave it."""
    return inn[:2]
