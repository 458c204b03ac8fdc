"""Directors, managing organisations, owners and predecessors in the rows of a PDF extract, as elements of the record."""

from __future__ import annotations

from affil.ingest.registry.built import Built, put
from affil.ingest.registry.fns_values import Element
from affil.ingest.registry.pdf_items import Item
from affil.ingest.registry.pdf_parts import (
    organisation,
    put_abroad,
    put_first_day,
    put_organisation,
    put_person,
    put_share,
    put_untrue,
)
from affil.ingest.registry.pdf_values import gender, iso_day, says_hidden, values_of


def put_manager(root: Element, items: list[Item], built: Built) -> None:
    """Add a director, a managing organisation, or an element for what is hidden; nothing where the rows name nobody."""
    values = values_of(items)
    is_person = bool(values.get("surname") or values.get("given") or values.get("whole_name"))
    if not is_person and (values.get("full_name") or values.get("ogrn")):
        element = put(root, "СвУпрОрг")
        put_first_day(element, values)
        put_organisation(element, values)
        put_abroad(element, values)
        put_untrue(element, items, "СвНедДанУпрОрг", "ТекстНедДанУпрОрг")
    elif is_person or says_hidden(items):
        element = put(root, "СведДолжнФЛ")
        put_first_day(element, values)
        if is_person:
            put_person(element, "СвФЛ", values)
            put(element, "СвДолжн", НаимДолжн=values.get("position"))
            put(element, "СвПолФЛ", Пол=gender(values))
        put_untrue(element, items, "СвНедДанДолжнФЛ", "ТекстНедДанДолжнФЛ")
        _put_disqualified(element, values_of(items, "disqualified"))
    else:
        return
    built.mark(element, items[0].place)


def _put_disqualified(element: Element, values: dict[str, str]) -> None:
    if values:
        put(
            element, "СвДискв", ДатаНачДискв=iso_day(values.get("disqualified_from")),
            ДатаОкончДискв=iso_day(values.get("disqualified_to")), ДатаРеш=iso_day(values.get("disqualified_by")),
        )  # fmt: skip


def put_owner(owners: Element, items: list[Item], built: Built) -> None:
    """Add an owner of the kind the rows show, with share, trust, heir and pledge; nothing where they name nobody."""
    values = values_of(items)
    kind = _kind_of_owner(values, items)
    if kind is None:
        return
    element = put(owners, kind)
    put_first_day(element, values)
    if kind == "УчрФЛ" and not says_hidden(items):
        put_person(element, "СвФЛ", values)
        if gender(values):
            put(element, "СвПолФЛ", Пол=gender(values))
    elif kind == "УчрПИФ":
        put(element, "СвНаимПИФ", НаимПИФ=values.get("fund"))
    elif kind == "УчрРФСубМО":
        _put_public(element, values, values_of(items, "body"))
    elif kind in ("УчрЮЛРос", "УчрЮЛИн"):
        put_organisation(element, values)
        if values.get("foreign_name"):
            put(element, "СвНаимЮЛПолнИн", НаимПолн=values["foreign_name"])
        put_abroad(element, values)
        if values.get("old_number") or values.get("old_day"):
            put(element, "СвРегСтарые", РегНом=values.get("old_number"), ДатаРег=iso_day(values.get("old_day")))
    put_untrue(element, items, "СвНедДанУчр", "ТекстНедДанУчр")
    if any(values.get(key) for key in ("nominal", "percent", "fraction", "decimal", "share")):
        put_share(put(element, "ДоляУстКап"), values)
    _put_parts(element, items)
    if says_hidden(items):
        put(element, "ОгрДосСв", ОгрДосСв="1")
    built.mark(element, items[0].place)


def _kind_of_owner(values: dict[str, str], items: list[Item]) -> str | None:
    if values.get("surname") or values.get("given") or values.get("whole_name"):
        return "УчрФЛ"
    if values.get("fund"):
        return "УчрПИФ"
    own = bool(values.get("ogrn") or values.get("inn"))
    name = (values.get("full_name") or "").upper()
    if not own and (values.get("region_name") or values.get("municipality") or name == "РОССИЙСКАЯ ФЕДЕРАЦИЯ"):
        return "УчрРФСубМО"
    if values.get("country") and not values.get("ogrn"):
        return "УчрЮЛИн"
    if own or name or values.get("foreign_name"):
        return "УчрЮЛРос"
    return "УчрФЛ" if says_hidden(items) else None


def _put_public(element: Element, values: dict[str, str], body: dict[str, str]) -> None:
    name = values.get("municipality") or values.get("full_name")
    put(element, "ВидНаимУчр", НаимМО=name, НаимРегион=values.get("region_name"))
    if body:
        put_organisation(put(element, "СвОргОсущПр"), body)


def _put_parts(element: Element, items: list[Item]) -> None:
    """Who manages the share in trust or for the heirs, and a pledge."""
    for part, name in (("trust", "СвДовУпрФЛ"), ("heir", "ЛицоУпрНасл")):
        values = values_of(items, part)
        if values.get("surname"):
            person = put(element, name, ДатаОткрНасл=iso_day(values.get("heritage_day")))
            put_first_day(person, values)
            put_person(person, "СвФЛ", values)
        elif part == "trust" and values.get("full_name"):
            trustee = put(element, "СвДовУпрЮЛ", ДатаОткрНасл=iso_day(values.get("heritage_day")))
            put(trustee, "НаимИННДовУпр", **organisation(values))
    pledge = values_of(items, "pledge")
    if pledge:
        holder = put(element, "СвОбрем", ВидОбрем=pledge.get("pledge_kind"))
        if pledge.get("surname"):
            put_person(put(holder, "СвЗалогДержФЛ"), "СвФЛ", pledge)
        elif pledge.get("full_name"):
            put(put(holder, "СвЗалогДержЮЛ"), "НаимИННЮЛ", **organisation(pledge))


def put_succession(root: Element, name: str, items: list[Item], built: Built) -> None:
    """Add an organisation before or after this one."""
    values = values_of(items)
    element = put(root, name, **organisation(values))
    put_first_day(element, values)
    put(element, "ГРНДата", ДатаЗаписи=iso_day(values.get("record_day")))
    built.mark(element, items[0].place)
