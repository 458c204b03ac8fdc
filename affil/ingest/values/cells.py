"""What a cell can be, and the text of it."""

from __future__ import annotations

import datetime as dt
import re

Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta | None

EXACT_FLOAT = 2**53
LONGEST_CELL = 32_767  # letters; no cell of Excel holds more
_SPACES = re.compile(r"\s+")
# Soft hyphens, zero-width and direction marks, control signs: copied along from Word and PDF, seen by nobody.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_E_NOTATION = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    {
        "-",
        "–",
        "—",
        "--",
        "---",
        "н/д",
        "н.д.",
        "#н/д",
        "#n/a",
        "#ref!",
        "#ссылка!",
        "#value!",
        "#знач!",
        "#name?",
        "#имя?",
        "#div/0!",
        "#null!",
    }
)


class Refused(Exception):
    """A value that cannot be taken: `reason` is a key of the `rejects` catalogue, `params` fill its text."""

    def __init__(self, reason: str, **params: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


def shown(cell: Cell) -> str:
    """The cell as a person would see it, for lists of what was not taken."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_FLOAT:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return _clean(str(cell))


def text_value(cell: Cell) -> str | None:
    """The text with single spaces; None for an empty cell, a dash, and a formula's error. One too long for Excel is refused."""
    if isinstance(cell, str):
        if len(cell) > LONGEST_CELL:
            raise Refused("cell_too_long", length=str(len(cell)))
        text = cell if cell.isalnum() else _clean(cell)
        return None if not text or (len(text) < 9 and text.lower() in _SAYS_NOTHING) else text
    return shown(cell) or None


def _clean(text: str) -> str:
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def digits_lost(text: str) -> bool:
    """True where a number was written with an exponent: Excel has thrown digits away."""
    return "e" in text.lower() and _E_NOTATION.fullmatch(text.replace(" ", "")) is not None
