"""What may stand in the body of an entry; see affil/audit/__init__.py for why."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

MOST_COUNT = 10**9  # ten digits may be an ИНН
MOST_DEEP = 4

_FORMS = (
    r"[a-z][a-z_ -]{0,39}",  # words of the program: kinds, formats, options, commands
    r"R-[0-9a-f]{8,64}",  # a run
    r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_[0-9a-f]{8}(-\d{1,3})?",  # a run's folder
    r"P-[2-9A-HJKMNP-Z]{10}",  # a person, see numbers.py
    r"sha256:([0-9a-f]{12}|[0-9a-f]{64})",  # a file
    r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?",  # a day
    r"\d+\.\d+(\.\d+)?([a-z]+\d*)?",  # a version of the program
    r"[0-9a-f]{32}",  # what tells one waiting entry from another
)
_ALLOWED = re.compile("|".join(f"({form})" for form in _FORMS))
_KEY = re.compile(r"[a-z][a-z_0-9]{0,39}")


def body_text(facts: Mapping[str, Any]) -> str:
    """The JSON text of a body, always written alike. `ValueError` where it holds what must not stand in the log."""
    _check(dict(facts), 0)
    return json.dumps(dict(facts), ensure_ascii=True, sort_keys=True)


def is_word(text: str) -> bool:
    """True for a word of the program as an entry may hold it."""
    return re.fullmatch(_FORMS[0], text) is not None


def _check(value: object, depth: int) -> None:
    if depth > MOST_DEEP:
        raise ValueError("an entry of the log is too deep")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not (isinstance(key, str) and _KEY.fullmatch(key)):
                raise ValueError("an entry of the log: a key that is no word")
            _check(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner, depth + 1)
    elif not _is_plain(value):  # the value itself is not told: it may be what must not be told
        raise ValueError(f"an entry of the log holds a value of no allowed form ({type(value).__name__})")


def _is_plain(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, int):
        return abs(value) < MOST_COUNT
    return isinstance(value, str) and _ALLOWED.fullmatch(value) is not None
