"""Russian registered numbers: ИНН of 10 digits (organisation) or 12 (person), and what can be read from them."""

from __future__ import annotations

from functools import lru_cache
from operator import mul

from stdnum.ru import ogrn as _ogrn

_TENTH = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_ELEVENTH = (7, *_TENTH)
_TWELFTH = (3, *_ELEVENTH)


@lru_cache(maxsize=16_384)
def valid_inn(text: str) -> bool:
    """True for 10 or 12 digits that pass the check digits (ФНС order ЕД-7-14/559@); all zeros pass them and are refused."""
    if not (len(text) in (10, 12) and text.isdigit() and text.isascii() and text.strip("0")):
        return False
    digits = list(map(int, text))
    if len(text) == 10:
        return _check(digits, _TENTH)
    return _check(digits, _ELEVENTH) and _check(digits, _TWELFTH)


def _check(digits: list[int], weights: tuple[int, ...]) -> bool:
    """Written out here: a register has ten million numbers, and a library for all countries takes longer than their XML."""
    control: int = sum(map(mul, digits, weights)) % 11 % 10
    return control == digits[len(weights)]


def valid_ogrn(text: str) -> bool:
    """True for the 13 digits of an organisation's ОГРН with the right check digit: the first twelve modulo 11, its last digit
    (Минфин order 165н of 30.10.2017, п. 7); all zeros are refused."""
    return len(text) == 13 and text.isdigit() and text.isascii() and bool(text.strip("0")) and _ogrn.is_valid(text)


def inn_region(inn: str) -> str:
    """The region code of an ИНН: its first two digits, the office that gave it."""
    return inn[:2]
