"""Rows of a PDF extract as the element СвЮЛ or СвИП that the registry's XML has for the same record."""

from __future__ import annotations

import re
from datetime import date

from affil.ingest.registry.built import Built, put, put_text, record
from affil.ingest.registry.fns_values import Element
from affil.ingest.registry.named_values import legal_form, region_code
from affil.ingest.registry.pdf_holders import put_manager, put_owner, put_succession
from affil.ingest.registry.pdf_items import Item
from affil.ingest.registry.pdf_parts import organisation, put_person, put_share, put_sum, put_untrue
from affil.ingest.registry.pdf_values import Rows, by_holder, by_section, digits, gender, iso_day, values_of

_HOUSE = (("house", "Дом"), ("block", "Корпус"), ("flat", "Кварт"))
_PARTS_OF_ADDRESS = (
    ("region_name", "Регион"), ("district", "Район"), ("city", "Город"), ("settlement", "НаселПункт"), ("street", "Улица"),
)  # fmt: skip


def company_record(items: Rows, extract_date: date, heading: str | None) -> Built:
    """СвЮЛ. `heading` is the ОГРН above the table, used where no row gives it."""
    rows = by_section(items)
    names, registered, tax = (values_of(rows[name]) for name in ("names", "registration", "tax"))
    ogrn = digits(registered.get("ogrn")) or heading
    form = legal_form(names.get("full_name"))
    root = record(
        "СвЮЛ", ДатаВып=extract_date.isoformat(), ОГРН=ogrn, ДатаОГРН=iso_day(registered.get("registered_on")),
        ИНН=digits(tax.get("inn")), КПП=digits(tax.get("kpp")), КодОПФ=form and form[0], ПолнНаимОПФ=form and form[1],
    )  # fmt: skip
    built = Built(root, f"ОГРН {ogrn}" if ogrn else "СвЮЛ")
    _put_names(root, names)
    _put_address(root, rows["address"])
    _put_email(root, items)
    _put_state(root, rows)
    capital = values_of(rows["capital"]).get("capital")
    if capital:
        put_sum(put(root, "СвУстКап"), "СумКап", capital)
    for holder in by_holder(rows["directors"], rows["managing"]):
        put_manager(root, holder, built)
    owners = put(root, "СвУчредит")
    for holder in by_holder(rows["owners"]):
        put_owner(owners, holder, built)
    if rows["registrar"]:
        put(put(root, "СвДержРеестрАО"), "ДержРеестрАО", **organisation(values_of(rows["registrar"])))
    _put_reorganisation(root, rows["reorganisation"])
    if rows["own_share"]:
        put_share(put(root, "СвДоляООО"), values_of(rows["own_share"]))
    for section, name in (("predecessor", "СвПредш"), ("successor", "СвПреем")):
        for holder in by_holder(rows[section]):
            put_succession(root, name, holder, built)
    return built


def proprietor_record(items: Rows, extract_date: date, heading: str | None) -> Built:
    """СвИП. `heading` is the ОГРНИП above the table."""
    rows = by_section(items)
    person, registered = values_of(rows["proprietor"]), values_of(rows["registration"])
    tax, ended = values_of(rows["tax"]), values_of(rows["ended"])
    ogrnip = digits(registered.get("ogrnip")) or heading
    root = record(
        "СвИП", ДатаВып=extract_date.isoformat(), ОГРНИП=ogrnip, ДатаОГРНИП=iso_day(registered.get("registered_on")),
        ИННФЛ=digits(tax.get("inn") or person.get("inn")), НаимВидИП=_kind(items, registered),
    )  # fmt: skip
    who = put(root, "СвФЛ", Пол=gender(person))
    put_person(who, "ФИОРус", person, with_inn=False)
    _put_home(root, rows["home"])
    _put_email(root, items)
    if ended:
        put(put(root, "СвПрекращ"), "СвСтатус", НаимСтатус=ended.get("way_of_end"), ДатаПрекращ=iso_day(ended.get("ended_on")))
    return Built(root, f"ОГРНИП {ogrnip}" if ogrnip else "СвИП")


def _kind(items: Rows, registered: dict[str, str]) -> str | None:
    told = registered.get("kind")
    if told:
        return told
    farm = any(item.section == "registration" and "крестьянск" in " ".join(item.label).casefold() for item in items)
    return "Глава крестьянского (фермерского) хозяйства" if farm else "Индивидуальный предприниматель"


def _put_names(root: Element, names: dict[str, str]) -> None:
    parent = put(root, "СвНаимЮЛ", НаимЮЛПолн=names.get("full_name"))
    if names.get("short_name"):
        put(parent, "СвНаимЮЛСокр", НаимСокр=names["short_name"])


def _put_address(root: Element, items: list[Item]) -> None:
    values = values_of(items)
    parent = put(root, "СвАдресЮЛ")
    if values.get("address"):
        _put_address_line(parent, values["address"])
    elif any(values.get(key) for key, _ in _PARTS_OF_ADDRESS):
        address = put(
            parent, "АдресРФ", Индекс=values.get("post_code"), КодРегион=region_code(values.get("region_name")),
            **{name: values.get(key) for key, name in _HOUSE},
        )  # fmt: skip
        for key, name in _PARTS_OF_ADDRESS:
            if values.get(key):
                put(address, name, **{f"Наим{name}": values[key]})
    elif values.get("seat"):
        _put_region(put(parent, "СвМНЮЛ"), values["seat"])
    put_untrue(parent, items, "СвНедАдресЮЛ", "ТекстНедАдресЮЛ")


def _put_address_line(parent: Element, text: str) -> None:
    """An address in one value (from 2020 on). What each part is stays open, their order is kept."""
    parts = [part for one in text.split(",") if (part := one.strip())]
    index = parts.pop(0) if parts and re.fullmatch(r"\d{6}", parts[0]) else None
    address = put(parent, "СвАдрЮЛФИАС", Индекс=index)
    _put_region(address, parts.pop(0) if parts else "")
    for part in parts:
        put(address, "ЭлУлДорСети", Наим=part)


def _put_region(address: Element, name: str) -> None:
    code = region_code(name)
    if code:
        put_text(address, "Регион", code)
    if name:
        put_text(address, "НаимРегион", name)


def _put_home(root: Element, items: list[Item]) -> None:
    name = values_of(items).get("region_name")
    if name:
        put(put(root, "СвАдрМЖ"), "АдресРФ", КодРегион=region_code(name))


def _put_email(root: Element, items: Rows) -> None:
    found = next((item for item in items if item.key == "email" and item.section not in (None, "log")), None)
    if found is not None and "@" in "".join(found.value):
        put(root, "СвАдрЭлПочты").set("E-mail", "".join("".join(found.value).split()))


def _put_state(root: Element, rows: dict[str, list[Item]]) -> None:
    for item in rows["state"]:
        if item.key == "state" and item.text:
            put(put(root, "СвСтатус"), "СвСтатус", НаимСтатусЮЛ=item.text)
    # A part «Сведения о решении …» may stand around them.
    decided = {item.key: item.text for item in rows["state"] if item.key in ("decision_day", "decision_number")}
    if decided:
        day = iso_day(decided.get("decision_day"))
        put(put(root, "СвСтатус"), "СвРешИсклЮЛ", НомерРеш=decided.get("decision_number"), ДатаРеш=day)
    ended = values_of(rows["ended"])
    if ended.get("ended_on"):
        put(put(root, "СвПрекрЮЛ", ДатаПрекрЮЛ=iso_day(ended["ended_on"])), "СпПрекрЮЛ", НаимСпПрекрЮЛ=ended.get("way_of_end"))


def _put_reorganisation(root: Element, items: list[Item]) -> None:
    """The other organisations of a reorganisation: «Сведения о юридических лицах, участвующих в реорганизации»."""
    if not items:
        return
    event = put(root, "СвРеорг")
    put(event, "СвСтатус", НаимСтатусЮЛ=values_of(items).get("way_of_reorganisation"))
    for holder in by_holder(items):
        for values in (values_of(holder), values_of(holder, "joined_by")):
            if values.get("ogrn") or values.get("full_name"):
                put(event, "СвРеоргЮЛ", **organisation(values))
