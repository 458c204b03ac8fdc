"""Elements that stand in several places of a record: persons, organisations, shares, first days, remarks that data are untrue."""

from __future__ import annotations

import re

from affil.ingest.registry.built import put, put_text
from affil.ingest.registry.fns_values import Element
from affil.ingest.registry.pdf_items import Item
from affil.ingest.registry.pdf_values import digits, iso_day

_FRACTION = re.compile(r"(\d{1,18})\s*/\s*(\d{1,18})")
_RUBLES = re.compile(r"([\d\s.,]+?)\s+(\d{1,18})\s*/\s*(\d{1,18})(?:\s*руб\w*\.?)?")


def put_first_day(element: Element, values: dict[str, str]) -> None:
    """Add the day of the record that first told of it, where the rows have it."""
    if iso_day(values.get("first_day")):
        put(element, "ГРНДатаПерв", ДатаЗаписи=iso_day(values["first_day"]))


def put_person(parent: Element, name: str, values: dict[str, str], with_inn: bool = True) -> None:
    """Add a person's name and ИНН; a name in one value is taken apart at its first two blanks."""
    parts = [values.get(key) for key in ("surname", "given", "patronymic")]
    if not any(parts) and values.get("whole_name"):
        parts = [*values["whole_name"].split(maxsplit=2), None, None][:3]
    inn = digits(values.get("inn")) if with_inn else None
    put(parent, name, Фамилия=parts[0], Имя=parts[1], Отчество=parts[2], ИННФЛ=inn)


def put_organisation(parent: Element, values: dict[str, str]) -> None:
    """Add an organisation's numbers and name."""
    put(parent, "НаимИННЮЛ", **organisation(values))


def organisation(values: dict[str, str]) -> dict[str, str | None]:
    """The numbers and name of an organisation, by attribute."""
    return {"ОГРН": digits(values.get("ogrn")), "ИНН": digits(values.get("inn")), "НаимЮЛПолн": values.get("full_name")}


def put_share(holding: Element, values: dict[str, str]) -> None:
    """Add the nominal value in roubles and the size as the rows have it: a plain fraction, a percentage or a decimal fraction."""
    if values.get("nominal"):
        put_sum(holding, "НоминСтоим", values["nominal"])
    fraction = _FRACTION.fullmatch(values.get("fraction") or values.get("share") or values.get("percent") or "")
    size = put(holding, "РазмерДоли")
    if fraction:
        put(size, "ДробПрост", Числит=fraction[1], Знаменат=fraction[2])
    elif values.get("percent"):
        put_text(size, "Процент", values["percent"])
    elif values.get("decimal"):
        put_text(size, "ДробДесят", values["decimal"])
    elif values.get("share", "").endswith("%"):
        put_text(size, "Процент", values["share"])
    else:
        holding.remove(size)


def put_sum(element: Element, name: str, text: str) -> None:
    """A sum of rubles, with the part of a ruble that stands beside it as a plain fraction."""
    parts = _RUBLES.fullmatch(text)
    element.set(name, "".join((parts[1] if parts else text).split()))
    if parts:
        put(element, "ДоляРубля", Числит=parts[2], Знаменат=parts[3])


def put_untrue(parent: Element, items: list[Item], name: str, attribute: str) -> None:
    """What the registry says of data it holds to be untrue: in «Дополнительные сведения», or in a part of its own."""
    for place, item in enumerate(items):
        if item.part in (None, "untrue") and "недостоверн" in item.text.casefold():
            untrue = put(parent, name, **{attribute: item.text})
            following = next((one for one in items[place + 1 : place + 2] if one.key == "record_day"), None)
            put(untrue, "ГРНДата", ДатаЗаписи=iso_day(following.text) if following else None)


def put_abroad(element: Element, values: dict[str, str]) -> None:
    """Add the country and number of an organisation registered abroad."""
    if values.get("country") and not values.get("ogrn"):
        put(element, "СвРегИн", НаимСтран=values["country"], РегНомер=values.get("foreign_number"))
