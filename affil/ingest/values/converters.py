"""Cells into comparable values, one function a kind of field.

Each takes a cell as a workbook or a CSV gives it and returns the value, None where the cell says nothing, or raises `Refused`
with the reason. Nothing is guessed: a value that cannot be proved is refused and told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from affil.ingest.values.cells import Cell, Refused, text_value
from affil.ingest.values.dates import birth_value, date_value
from affil.ingest.values.number_values import any_inn, id_value, many_inn, organisation_inn, person_inn
from affil.ingest.values.share_values import percent_cell, share_cell
from affil.ingest.vocabulary.vocabulary import plain, vocabulary

_MONEY_NOISE = re.compile(r"[\s'’‘`\u200b]+|(?:российских)?(?:рублей|рубля|рубль|руб|rub|р|₽)\.?$", re.IGNORECASE)
_SCALE = (("тыс", 1_000), ("млн", 1_000_000), ("млрд", 1_000_000_000))
_MAX_MONEY = Decimal(10) ** 16
_YES = frozenset(
    {"да", "yes", "true", "истина", "1", "победитель", "признан победителем", "y", "д", "победил", "выиграл", "won", "winner"}
)
_NO = frozenset(
    {"нет", "no", "false", "ложь", "0", "не победитель", "n", "н", "проиграл", "не признан", "не выиграл", "lost", "не победил"}
)
_GROUND = re.compile(
    r"(?:п(?:ункт\w*|\.|п\.)?\s*)?(\d+(?:\.\d+)?)\s*(?:\)\s*)?,?\s*ч(?:аст\w*|\.)?\s*(\d+(?:\.\d+)?)\s*,?\s*ст(?:ат\w*|\.)?\s*(\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_GROUND_REVERSED = re.compile(
    r"ст(?:ат\w*|\.)?\s*(\d+(?:\.\d+)?)\s*,?\s*ч(?:аст\w*|\.)?\s*(\d+(?:\.\d+)?)\s*,?\s*п(?:ункт\w*|\.|п\.)?\s*(\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_GROUND_PART_FIRST = re.compile(
    r"ч(?:аст\w*|\.)?\s*(\d+(?:\.\d+)?)\s*,?\s*ст(?:ат\w*|\.)?\s*(\d+(?:\.\d+)?)\s*,?\s*п(?:ункт\w*|\.|п\.)?\s*(\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_GROUND_SHORT = re.compile(
    r"(?:п(?:одп|\.?\s*п|ункт\w*)?\.?\s*)?(\d{1,2})(?:\.0)?\)?(?:\s*(?:п\.?|пункт))?(?:\s*,?\s*ч(?:аст\w*|\.)?\s*1)?",
    re.IGNORECASE,
)


def money_value(cell: Cell) -> Decimal | None:
    """Roubles with two decimals; «тыс.» and «млн» in the cell are counted in."""
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        raise Refused("bad_money")
    if isinstance(cell, float | int):
        return _roubles(str(cell))
    text = text_value(cell)
    if text is None:
        return None
    lowered = text.lower()
    scale = next((number for word, number in _SCALE if word in lowered), 1)
    lowered = re.sub(r"(?:тыс|млн|млрд)\w*\.?", "", lowered)
    amount = re.sub(r"(\d+)\s*руб\w*\.?\s*(\d{1,2})\s*коп\w*\.?", r"\1,\2", lowered)
    amount = re.sub(r"(\d)[-=](\d\d)(?=\D*$)", r"\1,\2", amount)
    for _ in range(2):
        amount = _MONEY_NOISE.sub("", amount)
    return _roubles(_one_point(amount), scale)


def _one_point(text: str) -> str:
    """The number with a point for decimals: of comma and point the last is the decimal one; one that repeats parts thousands."""
    last = max(text.rfind(","), text.rfind("."))
    if last < 0 or text.count(text[last]) > 1:
        return text.replace(",", "").replace(".", "")
    return text[:last].replace(",", "").replace(".", "") + "." + text[last + 1 :]


def _roubles(text: str, scale: int = 1) -> Decimal:
    try:
        amount = Decimal(text) * scale
    except InvalidOperation:
        raise Refused("bad_money") from None
    if not amount.is_finite() or not 0 <= amount < _MAX_MONEY:
        raise Refused("bad_money")
    return amount.quantize(Decimal("0.01"))


def bool_value(cell: Cell) -> bool | None:
    """Yes or no; an empty cell is unknown, a dash in a column of yes and no is no."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float | int) and cell in (0, 1):
        return bool(cell)
    raw = cell.strip() if isinstance(cell, str) else cell
    if raw is None or raw == "":
        return None
    if raw in ("+", "v", "V", "✓", "✔", "☑"):
        return True
    if raw in ("-", "–", "—", "☐"):
        return False
    word = plain(str(raw))
    if word in _YES or word in _NO:
        return word in _YES
    raise Refused("bad_yes_no")


def name_value(cell: Cell) -> str | None:
    """A person's name as written; a dash stays a dash, for in a list of relatives it declares that there is nobody."""
    if isinstance(cell, str) and cell.strip() in ("-", "–", "—", "--", "---"):
        return "—"
    return text_value(cell)


def lines_value(cell: Cell) -> str | None:
    """A text that keeps its lines: each of them is one thing of a list."""
    if not isinstance(cell, str) or "\n" not in cell:
        return text_value(cell)
    lines = [text_value(line) for line in cell.splitlines()]
    return "\n".join(line for line in lines if line) or None


def phone_value(cell: Cell) -> str | None:
    """A telephone as written; a number loses only Excel's '.0'."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return id_value(cell)
    return text_value(cell)


@lru_cache(maxsize=16_384)
def _meant(word: str, values: str) -> str | None:
    words = vocabulary().values[values]
    if word in words:
        return words[word]
    padded = f" {word} "
    return next((value for one, value in words.items() if len(one) > 2 and f" {one} " in padded), None)


def meaning(text: str, values: str) -> str | None:
    """What a word of `values` in the text means: the text as a whole, else the first word of the vocabulary found in it."""
    return _meant(plain(text), values)


def choice_value(cell: Cell, values: str) -> str | None:
    """One of the values of CONTRACT 3 in English; a word that is none of them is refused."""
    text = text_value(cell)
    word = plain(text) if text else ""
    if not word or word in vocabulary().none_of_them:
        return None
    meant = _meant(word, values)
    if meant is None:
        raise Refused("unknown_" + values)
    return meant


@lru_cache(maxsize=16_384, typed=True)
def ground_value(cell: Cell) -> str | None:
    """The ground of a purchase as «п. 4 ч. 1 ст. 93» in whatever way it was written, else as written.

    A bare number is a point of part 1 of art. 93 of 44-ФЗ: that is what the column is headed.
    """
    if (isinstance(cell, float) and cell.is_integer()) or (isinstance(cell, int) and not isinstance(cell, bool)):
        return f"п. {int(cell)} ч. 1 ст. 93"
    text = text_value(cell)
    if text is None:
        return None
    found = _GROUND.search(text)
    if found:
        return f"п. {found[1]} ч. {found[2]} ст. {found[3]}"
    found = _GROUND_REVERSED.search(text)
    if found:
        return f"п. {found[3]} ч. {found[2]} ст. {found[1]}"
    found = _GROUND_PART_FIRST.search(text)
    if found:
        return f"п. {found[3]} ч. {found[1]} ст. {found[2]}"
    found = _GROUND_SHORT.fullmatch(text)
    return f"п. {found[1]} ч. 1 ст. 93" if found else text


CONVERTERS: dict[str, Callable[[Cell], object]] = {
    "text": text_value,
    "name": name_value,
    "stated": name_value,
    "lines": lines_value,
    "id": id_value,
    "phone": phone_value,
    "person_inn": person_inn,
    "org_inn": organisation_inn,
    "any_inn": any_inn,
    "many_inn": many_inn,
    "money": money_value,
    "bool": bool_value,
    "ground": ground_value,
    "share": share_cell,
    "share_percent": percent_cell,
    "date": date_value,
    "birth": birth_value,
}


def converter(kind: str, values: str | None) -> Callable[[Cell], object]:
    """The function that reads the cells of a field of this kind."""
    if kind != "choice" or values is None:
        return CONVERTERS[kind]
    dictionary = values
    return lambda cell: choice_value(cell, dictionary)
