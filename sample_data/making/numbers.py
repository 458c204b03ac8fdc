"""Invented registered numbers with right check digits, and choices that are the same on every machine and Python."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

OFFICE = "99"  # two digits after the region in every number here, so that they are seen to be made up
_PERSON_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_PERSON_12 = (3, *_PERSON_11)
_FIRM_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def number_of(*key: object) -> int:
    """A large whole number that depends on the key only; `random` is not used because its methods may change with Python."""
    text = "|".join(str(part) for part in key)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def pick(options: Sequence[T], *key: object) -> T:
    """One of the options, chosen by the key."""
    return options[number_of(*key) % len(options)]


def day_between(first: dt.date, last: dt.date, *key: object) -> dt.date:
    """A day from first to last, both included, chosen by the key."""
    return first + dt.timedelta(days=number_of(*key) % ((last - first).days + 1))


def _check(digits: str, weights: Sequence[int]) -> str:
    return str(sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 % 10)


def person_inn(key: str, region: str = "42") -> str:
    """ИНН of a person, 12 digits."""
    body = f"{region}{OFFICE}{number_of('person', key) % 1_000_000:06d}"
    body += _check(body, _PERSON_11)
    return body + _check(body, _PERSON_12)


def firm_inn(key: str, region: str = "42") -> str:
    """ИНН of an organisation, 10 digits."""
    body = f"{region}{OFFICE}{number_of('firm', key) % 100_000:05d}"
    return body + _check(body, _FIRM_10)


def ogrn(key: str, year: int, region: str = "42") -> str:
    """ОГРН of an organisation, 13 digits."""
    body = f"1{year % 100:02d}{region}{OFFICE}{number_of('ogrn', key) % 100_000:05d}"
    return body + str(int(body) % 11 % 10)


def ogrnip(key: str, year: int, region: str = "42") -> str:
    """ОГРНИП of a sole proprietor, 15 digits."""
    body = f"3{year % 100:02d}{region}{OFFICE}{number_of('ogrnip', key) % 10_000_000:07d}"
    return body + str(int(body) % 13 % 10)


def guid(*key: object) -> str:
    """A GUID made of the key."""
    h = hashlib.sha256("|".join(str(part) for part in key).encode()).hexdigest()
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:32]}"
