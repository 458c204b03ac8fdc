"""The values in the rows of a PDF extract, by section, holder and key."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from affil.ingest.registry.pdf_items import Item
from affil.ingest.registry.pdf_layout import is_hidden

_DAY = re.compile(r"(?<!\d)(\d{2})\.(\d{2})\.(\d{4})(?!\d)")
_GENDERS = {"муж": "1", "жен": "2"}

Rows = Sequence[Item]


def by_section(items: Rows) -> dict[str, list[Item]]:
    """The rows of each section; none of what stands outside."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.section is not None:
            found[item.section].append(item)
    return found


def values_of(items: Iterable[Item], part: str | None = None) -> dict[str, str]:
    """Key → the first value that stands in this part; what a part tells is no value of its holder."""
    found: dict[str, str] = {}
    for item in items:
        if item.key is not None and item.part == part and item.text:
            found.setdefault(item.key, item.text)
    return found


def by_holder(*sections: list[Item]) -> list[list[Item]]:
    """The rows of each holder, section after section."""
    found: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for which, items in enumerate(sections):
        for item in items:
            found[which, item.holder].append(item)
    return list(found.values())


def says_hidden(items: list[Item]) -> bool:
    """True where the extract says that access to the data is limited."""
    return any(is_hidden(item.text) or is_hidden(" ".join(item.label)) for item in items if item.part is None)


def gender(values: dict[str, str]) -> str | None:
    """«1» for a man, «2» for a woman, None where it is not told."""
    return _GENDERS.get(values.get("gender", "").casefold()[:3])


def digits(text: str | None) -> str | None:
    """The value without spaces; whether it is a right number is checked where all records are."""
    return "".join(text.split()) or None if text else None


def iso_day(text: str | None) -> str | None:
    """The first date of a text as YYYY-MM-DD; None where there is none, or no such day."""
    found = _DAY.search(text or "")
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return None
