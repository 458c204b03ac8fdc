"""Elements of ЕИС documents by local name, and single values in them. What cannot be read is None."""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from affil.ingest.values.readable import visible

Element = etree._Element

LONGEST = 10_000
_MAX_MONEY = Decimal(10) ** 16


def local(element: Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The child elements with one of these local names, all where none is named, in document order."""
    if element is None:
        return iter(())
    return element.iterchildren(*[f"{{*}}{name}" for name in names] or ["{*}*"])


def child(element: Element | None, path: str) -> Element | None:
    """The first element down a path «a/b/c» of local names."""
    for name in path.split("/"):
        element = next(children(element, name), None)
    return element


def descendants(element: Element | None, *names: str) -> Iterator[Element]:
    """Elements below with one of these names, in document order."""
    return iter(()) if element is None else (one for one in element.iterdescendants(*[f"{{*}}{name}" for name in names]))


def nearest(element: Element | None, names: Collection[str], without: Collection[str] = ()) -> Element | None:
    """The least deep element below with one of these names that is not empty; what stands inside `without` is passed over."""
    waiting = deque([] if element is None else [element])
    while waiting:
        for one in children(waiting.popleft()):
            name = local(one)
            if name in names and (len(one) or own_text(one)):
                return one
            if name not in without:
                waiting.append(one)
    return None


def own_text(element: Element | None) -> str | None:
    """The text of an element with single spaces, no longer than ЕИС lets any be; None where there is none."""
    if element is None or element.text is None:
        return None
    return visible(element.text[: 2 * LONGEST])[:LONGEST] or None


def text(element: Element | None, *paths: str) -> str | None:
    """The text at the first of these paths that has one."""
    for path in paths:
        found = own_text(child(element, path))
        if found:
            return found
    return None


def day(value: str | None) -> dt.date | None:
    """The day of a date or moment of the form ГГГГ-ММ-ДД…; hours and time zone are left out: it is the day as printed."""
    if value is None or not re.match(r"\d{4}-\d\d-\d\d(?!\d)", value):
        return None
    try:
        found = dt.date.fromisoformat(value[:10])
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2099 else None


def money(value: str | None) -> Decimal | None:
    """Roubles with two decimals."""
    if value is None or len(value) > 40:
        return None
    try:
        amount = Decimal(value.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation:
        return None
    return amount.quantize(Decimal("0.01")) if amount.is_finite() and 0 <= amount < _MAX_MONEY else None


def number(value: str | None) -> int | None:
    """A whole number of a version."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else None
