"""Telephone numbers in comparable form."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?:\+?\s*[78][\s(.-]*)?\(?\d{3,5}\)?[\s.-]*\d[\d\s.-]{3,9}\d")
_NATIONAL = 10  # digits of a Russian number without its country code
_MANY_ALIKE = 3  # 0000000000 and the like stand for no telephone


def phone_key(text: str | None) -> str | None:
    """The ten national digits of the first number in the text: `8 (913) 123-45-67` and `+7 913 1234567` are one; else None.

    A number without its area code (five to seven digits) is none: it is another telephone in the next town.
    """
    for match in _NUMBER.finditer(text or ""):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) == _NATIONAL + 1 and digits[0] in "78":
            digits = digits[1:]
        if len(digits) == _NATIONAL and len(set(digits)) > _MANY_ALIKE - 1:
            return digits
    return None
