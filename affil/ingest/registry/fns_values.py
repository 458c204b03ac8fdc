"""Single values of the registry's XML: dates, sums, shares, identifiers, addresses. What cannot be read is None."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from lxml import etree

from affil.language.identifiers import valid_inn

Element = etree._Element

_NUMBER = re.compile(r"\d{1,19}(?:[.,]\d{1,20})?")
_WHOLE = re.compile(r"\d{1,18}")
_REGION = re.compile(r"\d{2}")
# Percents are printed with two digits, so readings of one share may differ by as much as their last digit.
SAME_SHARE = Fraction(1, 10_000)
_FOUR_PLACES = Decimal("0.0001")
_LARGEST_SUM = 10**19

_CLASSIFIER_PARTS = (
    ("Регион", "ТипРегион", "НаимРегион"),
    ("Район", "ТипРайон", "НаимРайон"),
    ("Город", "ТипГород", "НаимГород"),
    ("НаселПункт", "ТипНаселПункт", "НаимНаселПункт"),
    ("Улица", "ТипУлица", "НаимУлица"),
)
_CLASSIFIER_ENDS = {"Дом": "Д.", "Корпус": "КОРП.", "Кварт": "КВ."}
_STATE_REGISTER_PARTS = ("МуниципРайон", "ГородСелПоселен", "НаселенПункт", "ЭлПланСтруктур", "ЭлУлДорСети")
_STATE_REGISTER_ROOMS = ("Здание", "ПомещЗдания", "ПомещКвартиры")


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The child elements with one of these local names, in any namespace, in document order."""
    if element is None:
        return iter(())
    return element.iterchildren(*_patterns(names))


@cache
def _patterns(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{{*}}{name}" for name in names)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of local names."""
    for pattern in _patterns(path):
        if element is None:
            return None
        element = next(element.iterchildren(pattern), None)
    return element


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute without stray spaces; None where it is absent or empty."""
    if element is None:
        return None
    value = element.get(name)
    return " ".join(value.split()) or None if value else None


def local(element: Element) -> str:
    """The tag without its namespace."""
    tag = str(element.tag)
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


def day(text: str | None) -> date | None:
    """A date of the form ГГГГ-ММ-ДД; a time zone after it is left out."""
    if text is None or len(text) < 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


@lru_cache(maxsize=4_096)  # sums and shares are round: a thousand of them serve a million owners
def number(text: str | None) -> Fraction | None:
    """A plain decimal number with point or comma, exact."""
    if text is None:
        return None
    plain = re.sub(r"[\s%]", "", text)
    return Fraction(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) and plain.isascii() else None


def plain_fraction(element: Element | None) -> Fraction | None:
    """@Числит / @Знаменат; None where either is missing or the denominator is zero."""
    above, below = attribute(element, "Числит"), attribute(element, "Знаменат")
    if above is None or below is None or not (_WHOLE.fullmatch(above) and _WHOLE.fullmatch(below)):
        return None
    return Fraction(int(above), int(below)) if int(below) else None


def rubles(element: Element | None, name: str) -> Fraction | None:
    """A sum of rubles in an attribute, with the part of a ruble that stands beside it as a plain fraction."""
    whole = number(attribute(element, name))
    part = None if whole is None else plain_fraction(child(element, "ДоляРубля"))
    return whole if whole is None or part is None else whole + part


@lru_cache(maxsize=4_096)
def decimal(value: Fraction | None) -> Decimal | None:
    """The value to four places, as the store keeps sums; None where it has too many digits for a sum of money."""
    if value is None or value >= _LARGEST_SUM:
        return None
    return Decimal(round(value * 10_000)).scaleb(-4).quantize(_FOUR_PLACES)


def share_text(holding: Element | None, capital: Fraction | None) -> str | None:
    """The exact share 'n/d' of ДоляУстКап: РазмерДоли, else НоминСтоим over the capital; None where it cannot be told.

    Nothing, more than the whole, or spellings of РазмерДоли that contradict one another tell no share.
    """
    size = child(holding, "РазмерДоли")
    readings = [reading for reading in _readings(size) if reading is not None]
    share = readings[0] if readings else _from_nominal(holding, size, capital)
    if share is None or not 0 < share <= 1 or any(abs(other - share) > SAME_SHARE for other in readings):
        return None
    return f"{share.numerator}/{share.denominator}"


def _readings(size: Element | None) -> Iterator[Fraction | None]:
    """The spellings of one share, the most exact first."""
    yield plain_fraction(child(size, "ДробПрост"))
    decimal_part = child(size, "ДробДесят")
    yield number(decimal_part.text) if decimal_part is not None else None
    percent = number(percent_part.text) if (percent_part := child(size, "Процент")) is not None else None
    yield percent / 100 if percent is not None else None


def _from_nominal(holding: Element | None, size: Element | None, capital: Fraction | None) -> Fraction | None:
    """НоминСтоим over СумКап, where РазмерДоли is absent or empty; a size that is there and unreadable is not guessed."""
    if size is not None and next(size.iterchildren(), None) is not None:
        return None
    nominal = rubles(holding, "НоминСтоим")
    return nominal / capital if nominal is not None and capital else None


def gender(*elements: Element | None) -> str | None:
    """'m' or 'f' of the first @Пол that says so (1 male, 2 female)."""
    for element in elements:
        found = {"1": "m", "2": "f"}.get(attribute(element, "Пол") or "")
        if found:
            return found
    return None


def is_inn(text: str, digits: int) -> bool:
    """True for an ИНН of so many digits that passes its check."""
    return len(text) == digits and valid_inn(text)


def region(*addresses: Element | None) -> str | None:
    """The two digits of the region: @КодРегион of a КЛАДР address, or the text of Регион of a ФИАС one."""
    for address in addresses:
        inner = child(address, "Регион")
        for code in (attribute(address, "КодРегион"), inner.text.strip() if inner is not None and inner.text else None):
            if code and _REGION.fullmatch(code):
                return code
    return None


def classifier_address(address: Element | None) -> str | None:
    """A КЛАДР address (АдресРФ) in one line."""
    if address is None:
        return None
    parts = [attribute(address, "Индекс")]
    for name, kind, title in _CLASSIFIER_PARTS:
        parts.append(_joined(child(address, name), kind, title))
    ends = [(attribute(address, name), kind) for name, kind in _CLASSIFIER_ENDS.items()]
    # A bare number would not tell house, block and flat apart.
    parts += [f"{kind} {value}" if value and value[0].isdigit() else value for value, kind in ends if value != "-"]
    return ", ".join(part for part in parts if part) or None


def state_register_address(address: Element | None) -> str | None:
    """A ФИАС address (СвАдрЮЛФИАС, СвМНЮЛ) in one line."""
    if address is None:
        return None
    name = child(address, "НаимРегион")
    parts = [attribute(address, "Индекс"), name.text.strip() if name is not None and name.text else None]
    parts += [_joined(one, "Тип", "Вид", "Наим") for one in children(address, *_STATE_REGISTER_PARTS)]
    parts += [_joined(one, "Тип", "Номер") for one in children(address, *_STATE_REGISTER_ROOMS)]
    return ", ".join(part for part in parts if part) or None


def _joined(element: Element | None, *names: str) -> str | None:
    return " ".join(text for name in names if (text := attribute(element, name))) or None
