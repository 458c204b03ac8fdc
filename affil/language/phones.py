"""Telephones in comparable form: ten digits with the area code, whatever brackets, dashes, «+7» or «8» they are written with."""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBER = re.compile(r"(?<![\d+])(?:\+?7|8)?[\s()\-]*((?:\d[\s()\-]*){9}\d)(?!\d)")


@lru_cache(maxsize=65_536)
def phone_numbers(text: str) -> tuple[str, ...]:
    """The numbers in `text`, sorted; extensions left out. One without its area code is many places' number, and none here."""
    found = {re.sub(r"\D", "", match[1]) for match in _NUMBER.finditer(text)}
    return tuple(sorted(found))
