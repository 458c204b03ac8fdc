"""Telephones in comparable form: ten digits with the area code, whatever brackets, dashes, «+7» or «8» they are written with."""

from __future__ import annotations

import re
from functools import lru_cache

_BETWEEN = r"[\s().–—‑\-]*"
_NUMBER = re.compile(rf"(?<![\d+])(?:\+?7|8)?{_BETWEEN}((?:\d{_BETWEEN}){{9}}\d)(?!\d)")
_FIRST = "345789"  # no area code of the country begins with another digit


@lru_cache(maxsize=65_536)
def phone_numbers(text: str) -> tuple[str, ...]:
    """The numbers in `text`, sorted; extensions left out. One without its area code is many places' number, and none here.

    So is one that only fills the cell: one digit ten times, or no area code there is.
    """
    found = {re.sub(r"\D", "", match[1]) for match in _NUMBER.finditer(text)}
    return tuple(sorted(number for number in found if number[0] in _FIRST and len(set(number)) > 1))
