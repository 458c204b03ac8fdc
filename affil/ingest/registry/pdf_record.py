"""Rows of a PDF extract as the element СвЮЛ or СвИП that the registry's XML has for the same record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from affil.ingest.registry.built import Built, put, put_text, record
from affil.ingest.registry.fns_values import Element
from affil.ingest.registry.named_values import legal_form, region_code
from affil.ingest.registry.pdf_items import Item
from affil.ingest.registry.pdf_layout import is_hidden

_DAY = re.compile(r"(?<!\d)(\d{2})\.(\d{2})\.(\d{4})(?!\d)")
_FRACTION = re.compile(r"(\d{1,18})\s*/\s*(\d{1,18})")
_RUBLES = re.compile(r"([\d\s.,]+?)\s+(\d{1,18})\s*/\s*(\d{1,18})(?:\s*руб\w*\.?)?")
_GENDERS = {"муж": "1", "жен": "2"}
_HOUSE = (("house", "Дом"), ("block", "Корпус"), ("flat", "Кварт"))
_PARTS_OF_ADDRESS = (
    ("region_name", "Регион"), ("district", "Район"), ("city", "Город"), ("settlement", "НаселПункт"), ("street", "Улица"),
)  # fmt: skip

Rows = Sequence[Item]


def company_record(items: Rows, extract_date: date, heading: str | None) -> Built:
    """СвЮЛ. `heading` is the ОГРН above the table, used where no row gives it."""
    rows = _by_section(items)
    names, registered, tax = (_values(rows[name]) for name in ("names", "registration", "tax"))
    ogrn = _digits(registered.get("ogrn")) or heading
    form = legal_form(names.get("full_name"))
    root = record(
        "СвЮЛ", ДатаВып=extract_date.isoformat(), ОГРН=ogrn, ДатаОГРН=_day(registered.get("registered_on")),
        ИНН=_digits(tax.get("inn")), КПП=_digits(tax.get("kpp")), КодОПФ=form and form[0], ПолнНаимОПФ=form and form[1],
    )  # fmt: skip
    built = Built(root, f"ОГРН {ogrn}" if ogrn else "СвЮЛ")
    _put_names(root, names)
    _put_address(root, rows["address"])
    _put_email(root, items)
    _put_state(root, rows)
    capital = _values(rows["capital"]).get("capital")
    if capital:
        _put_sum(put(root, "СвУстКап"), "СумКап", capital)
    for holder in _holders(rows["directors"], rows["managing"]):
        _put_manager(root, holder, built)
    owners = put(root, "СвУчредит")
    for holder in _holders(rows["owners"]):
        _put_owner(owners, holder, built)
    if rows["registrar"]:
        put(put(root, "СвДержРеестрАО"), "ДержРеестрАО", **_organisation(_values(rows["registrar"])))
    _put_reorganisation(root, rows["reorganisation"])
    if rows["own_share"]:
        _put_share(put(root, "СвДоляООО"), _values(rows["own_share"]))
    for section, name in (("predecessor", "СвПредш"), ("successor", "СвПреем")):
        for holder in _holders(rows[section]):
            _put_succession(root, name, holder, built)
    return built


def proprietor_record(items: Rows, extract_date: date, heading: str | None) -> Built:
    """СвИП. `heading` is the ОГРНИП above the table."""
    rows = _by_section(items)
    person, registered = _values(rows["proprietor"]), _values(rows["registration"])
    tax, ended = _values(rows["tax"]), _values(rows["ended"])
    ogrnip = _digits(registered.get("ogrnip")) or heading
    root = record(
        "СвИП", ДатаВып=extract_date.isoformat(), ОГРНИП=ogrnip, ДатаОГРНИП=_day(registered.get("registered_on")),
        ИННФЛ=_digits(tax.get("inn") or person.get("inn")), НаимВидИП=_kind(items, registered),
    )  # fmt: skip
    who = put(root, "СвФЛ", Пол=_gender(person))
    _put_person(who, "ФИОРус", person, with_inn=False)
    _put_home(root, rows["home"])
    _put_email(root, items)
    if ended:
        put(put(root, "СвПрекращ"), "СвСтатус", НаимСтатус=ended.get("way_of_end"), ДатаПрекращ=_day(ended.get("ended_on")))
    return Built(root, f"ОГРНИП {ogrnip}" if ogrnip else "СвИП")


def _kind(items: Rows, registered: dict[str, str]) -> str | None:
    told = registered.get("kind")
    if told:
        return told
    farm = any(item.section == "registration" and "крестьянск" in " ".join(item.label).casefold() for item in items)
    return "Глава крестьянского (фермерского) хозяйства" if farm else "Индивидуальный предприниматель"


def _by_section(items: Rows) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.section is not None:
            found[item.section].append(item)
    return found


def _values(items: Iterable[Item], part: str | None = None) -> dict[str, str]:
    """Key → the first value that stands in this part; what a part tells is no value of its holder."""
    found: dict[str, str] = {}
    for item in items:
        if item.key is not None and item.part == part and item.text:
            found.setdefault(item.key, item.text)
    return found


def _holders(*sections: list[Item]) -> list[list[Item]]:
    found: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for which, items in enumerate(sections):
        for item in items:
            found[which, item.holder].append(item)
    return list(found.values())


def _put_names(root: Element, names: dict[str, str]) -> None:
    parent = put(root, "СвНаимЮЛ", НаимЮЛПолн=names.get("full_name"))
    if names.get("short_name"):
        put(parent, "СвНаимЮЛСокр", НаимСокр=names["short_name"])


def _put_address(root: Element, items: list[Item]) -> None:
    values = _values(items)
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
    _put_untrue(parent, items, "СвНедАдресЮЛ", "ТекстНедАдресЮЛ")


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
    name = _values(items).get("region_name")
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
        day = _day(decided.get("decision_day"))
        put(put(root, "СвСтатус"), "СвРешИсклЮЛ", НомерРеш=decided.get("decision_number"), ДатаРеш=day)
    ended = _values(rows["ended"])
    if ended.get("ended_on"):
        put(put(root, "СвПрекрЮЛ", ДатаПрекрЮЛ=_day(ended["ended_on"])), "СпПрекрЮЛ", НаимСпПрекрЮЛ=ended.get("way_of_end"))


def _put_manager(root: Element, items: list[Item], built: Built) -> None:
    values = _values(items)
    is_person = bool(values.get("surname") or values.get("given") or values.get("whole_name"))
    if not is_person and (values.get("full_name") or values.get("ogrn")):
        element = put(root, "СвУпрОрг")
        _put_first_day(element, values)
        _put_organisation(element, values)
        _put_abroad(element, values)
        _put_untrue(element, items, "СвНедДанУпрОрг", "ТекстНедДанУпрОрг")
    elif is_person or _hidden(items):
        element = put(root, "СведДолжнФЛ")
        _put_first_day(element, values)
        if is_person:
            _put_person(element, "СвФЛ", values)
            put(element, "СвДолжн", НаимДолжн=values.get("position"))
            put(element, "СвПолФЛ", Пол=_gender(values))
        _put_untrue(element, items, "СвНедДанДолжнФЛ", "ТекстНедДанДолжнФЛ")
        _put_disqualified(element, _values(items, "disqualified"))
    else:
        return
    built.mark(element, items[0].place)


def _put_owner(owners: Element, items: list[Item], built: Built) -> None:
    values = _values(items)
    kind = _kind_of_owner(values, items)
    if kind is None:
        return
    element = put(owners, kind)
    _put_first_day(element, values)
    if kind == "УчрФЛ" and not _hidden(items):
        _put_person(element, "СвФЛ", values)
        if _gender(values):
            put(element, "СвПолФЛ", Пол=_gender(values))
    elif kind == "УчрПИФ":
        put(element, "СвНаимПИФ", НаимПИФ=values.get("fund"))
    elif kind == "УчрРФСубМО":
        _put_public(element, values, _values(items, "body"))
    elif kind in ("УчрЮЛРос", "УчрЮЛИн"):
        _put_organisation(element, values)
        if values.get("foreign_name"):
            put(element, "СвНаимЮЛПолнИн", НаимПолн=values["foreign_name"])
        _put_abroad(element, values)
        if values.get("old_number") or values.get("old_day"):
            put(element, "СвРегСтарые", РегНом=values.get("old_number"), ДатаРег=_day(values.get("old_day")))
    _put_untrue(element, items, "СвНедДанУчр", "ТекстНедДанУчр")
    if any(values.get(key) for key in ("nominal", "percent", "fraction", "decimal", "share")):
        _put_share(put(element, "ДоляУстКап"), values)
    _put_parts(element, items)
    if _hidden(items):
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
    return "УчрФЛ" if _hidden(items) else None


def _put_public(element: Element, values: dict[str, str], body: dict[str, str]) -> None:
    name = values.get("municipality") or values.get("full_name")
    put(element, "ВидНаимУчр", НаимМО=name, НаимРегион=values.get("region_name"))
    if body:
        _put_organisation(put(element, "СвОргОсущПр"), body)


def _put_parts(element: Element, items: list[Item]) -> None:
    """Who manages the share in trust or for the heirs, and a pledge."""
    for part, name in (("trust", "СвДовУпрФЛ"), ("heir", "ЛицоУпрНасл")):
        values = _values(items, part)
        if values.get("surname"):
            person = put(element, name, ДатаОткрНасл=_day(values.get("heritage_day")))
            _put_first_day(person, values)
            _put_person(person, "СвФЛ", values)
        elif part == "trust" and values.get("full_name"):
            trustee = put(element, "СвДовУпрЮЛ", ДатаОткрНасл=_day(values.get("heritage_day")))
            put(trustee, "НаимИННДовУпр", **_organisation(values))
    pledge = _values(items, "pledge")
    if pledge:
        holder = put(element, "СвОбрем", ВидОбрем=pledge.get("pledge_kind"))
        if pledge.get("surname"):
            _put_person(put(holder, "СвЗалогДержФЛ"), "СвФЛ", pledge)
        elif pledge.get("full_name"):
            put(put(holder, "СвЗалогДержЮЛ"), "НаимИННЮЛ", **_organisation(pledge))


def _put_abroad(element: Element, values: dict[str, str]) -> None:
    if values.get("country") and not values.get("ogrn"):
        put(element, "СвРегИн", НаимСтран=values["country"], РегНомер=values.get("foreign_number"))


def _put_reorganisation(root: Element, items: list[Item]) -> None:
    """The other organisations of a reorganisation: «Сведения о юридических лицах, участвующих в реорганизации»."""
    if not items:
        return
    event = put(root, "СвРеорг")
    put(event, "СвСтатус", НаимСтатусЮЛ=_values(items).get("way_of_reorganisation"))
    for holder in _holders(items):
        for values in (_values(holder), _values(holder, "joined_by")):
            if values.get("ogrn") or values.get("full_name"):
                put(event, "СвРеоргЮЛ", **_organisation(values))


def _put_succession(root: Element, name: str, items: list[Item], built: Built) -> None:
    values = _values(items)
    element = put(root, name, **_organisation(values))
    _put_first_day(element, values)
    put(element, "ГРНДата", ДатаЗаписи=_day(values.get("record_day")))
    built.mark(element, items[0].place)


def _put_first_day(element: Element, values: dict[str, str]) -> None:
    if _day(values.get("first_day")):
        put(element, "ГРНДатаПерв", ДатаЗаписи=_day(values["first_day"]))


def _put_person(parent: Element, name: str, values: dict[str, str], with_inn: bool = True) -> None:
    parts = [values.get(key) for key in ("surname", "given", "patronymic")]
    if not any(parts) and values.get("whole_name"):
        parts = [*values["whole_name"].split(maxsplit=2), None, None][:3]
    inn = _digits(values.get("inn")) if with_inn else None
    put(parent, name, Фамилия=parts[0], Имя=parts[1], Отчество=parts[2], ИННФЛ=inn)


def _put_organisation(parent: Element, values: dict[str, str]) -> None:
    put(parent, "НаимИННЮЛ", **_organisation(values))


def _organisation(values: dict[str, str]) -> dict[str, str | None]:
    return {"ОГРН": _digits(values.get("ogrn")), "ИНН": _digits(values.get("inn")), "НаимЮЛПолн": values.get("full_name")}


def _put_share(holding: Element, values: dict[str, str]) -> None:
    if values.get("nominal"):
        _put_sum(holding, "НоминСтоим", values["nominal"])
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


def _put_sum(element: Element, name: str, text: str) -> None:
    """A sum of rubles, with the part of a ruble that stands beside it as a plain fraction."""
    parts = _RUBLES.fullmatch(text)
    element.set(name, "".join((parts[1] if parts else text).split()))
    if parts:
        put(element, "ДоляРубля", Числит=parts[2], Знаменат=parts[3])


def _put_untrue(parent: Element, items: list[Item], name: str, attribute: str) -> None:
    """What the registry says of data it holds to be untrue: in «Дополнительные сведения», or in a part of its own."""
    for place, item in enumerate(items):
        if item.part in (None, "untrue") and "недостоверн" in item.text.casefold():
            untrue = put(parent, name, **{attribute: item.text})
            following = next((one for one in items[place + 1 : place + 2] if one.key == "record_day"), None)
            put(untrue, "ГРНДата", ДатаЗаписи=_day(following.text) if following else None)


def _put_disqualified(element: Element, values: dict[str, str]) -> None:
    if values:
        put(
            element, "СвДискв", ДатаНачДискв=_day(values.get("disqualified_from")),
            ДатаОкончДискв=_day(values.get("disqualified_to")), ДатаРеш=_day(values.get("disqualified_by")),
        )  # fmt: skip


def _hidden(items: list[Item]) -> bool:
    return any(is_hidden(item.text) or is_hidden(" ".join(item.label)) for item in items if item.part is None)


def _gender(values: dict[str, str]) -> str | None:
    return _GENDERS.get(values.get("gender", "").casefold()[:3])


def _digits(text: str | None) -> str | None:
    """The value without spaces; whether it is a right number is checked where all records are."""
    return "".join(text.split()) or None if text else None


def _day(text: str | None) -> str | None:
    found = _DAY.search(text or "")
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return None
