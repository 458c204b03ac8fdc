"""What an extract says of its own entries: hidden, untrue, disqualified, pledged, in trust, inherited (ФНС formats 4.04 to 4.08).

Rows of `registry_remark`: kept beside the ties, so that a tie stays what the registry shows, and a reader is told what ails it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from affil.ingest.registry import fns_values as fns
from affil.ingest.registry.fns_values import Element, attribute, child, children

Row = dict[str, Any]

# Parts of an extract that may be hidden and are no tie; a tie says so itself.
_PARTS = ("СвСтатус", "СвДоляООО", "СвДержРеестрАО", "СвРеорг", "СвПредш", "СвПреем", "СвЛицензия")
_BRANCHES = ("СвФилиал", "СвПредстав")
# Признак: 1 to 3 are all grounds of one thing, that what is written is not true.
_UNTRUE = {"СвНедДанДолжнФЛ": "ТекстНедДанДолжнФЛ", "СвНедДанУпрОрг": "ТекстНедДанУпрОрг", "СвНедДанУчр": "ТекстНедДанУчр"}
_TRUST = ("СвДовУпрФЛ", "СвДовУпрЮЛ", "СвДовУпрЮЛРФ")
_BEHIND = {  # kind of the remark → the elements that hold who it is about
    "pledged": ("СвЗалогДержФЛ", "СвЗалогДержЮЛ", "СвУпрЗалФЛ", "СвУпрЗалЮЛ"),
    "fund_manager": ("УпрКомпПиф",),
    "partner": ("СвУпТовЮЛ", "СвУпТовИнЮЛ"),
}
# Most entries have none of these; to see that costs less than to look for each of them.
_OF_TIES = frozenset({
    *_UNTRUE, *_TRUST, *_BEHIND["partner"], "СвДискв", "СвОбрем", "СвУправЗал", "ЛицоУпрНасл", "СвУпрКомпПИФ", "СвОргОсущПр",
    "СвФЛОсущПр", "СвРегИн", "СвРегСтарые",
})  # fmt: skip
_OF_COMPANIES = frozenset({
    *_PARTS, "СвПодразд", "СвАдресЮЛ", "СвПрекрЮЛ", "СвПолном", "СвУчредит", "СвКФХПредш", "СвКФХПреем",
})  # fmt: skip
_NAMES = ("НаимИННЮЛ", "НаимИННДовУпр", "НаимИННЮЛРФ")


def of_company(record: Element) -> Iterator[Row]:
    """Remarks on the company itself, each with the local name of the part it is about."""
    there = {fns.local(each) for each in record} & _OF_COMPANIES
    for untrue in children(child(record, "СвАдресЮЛ"), "СвНедАдресЮЛ"):
        yield {
            "kind": "untrue",
            "about": "СвАдресЮЛ",
            "text": attribute(untrue, "ТекстНедАдресЮЛ"),
            "valid_from": _recorded(untrue),
        }
    if there - {"СвАдресЮЛ", "СвУчредит"} or child(record, "СвУчредит", "СвЗапретРаспДолями") is not None:
        yield from _of_parts(record)


def _of_parts(record: Element) -> Iterator[Row]:
    for part in children(record, *_PARTS):
        if child(part, "ОгрДосСв") is not None:
            yield {"kind": "hidden", "about": fns.local(part)}
    for part in children(child(record, "СвПодразд"), *_BRANCHES):
        if child(part, "ОгрДосСв") is not None:
            yield {"kind": "hidden", "about": fns.local(part)}
    for status in children(record, "СвСтатус"):
        for decided in children(status, "СвРешИсклЮЛ"):
            yield {
                "kind": "exclusion",
                "about": "СвСтатус",
                "text": attribute(decided, "НомерРеш"),
                "valid_from": _day(decided, "ДатаРеш"),
            }
    if (ended := child(record, "СвПрекрЮЛ")) is not None:
        text = attribute(child(ended, "СпПрекрЮЛ"), "НаимСпПрекрЮЛ")
        yield {"kind": "ended", "about": "СвПрекрЮЛ", "text": text, "valid_from": _day(ended, "ДатаПрекрЮЛ")}
    powers = {"1": "jointly", "2": "severally"}.get(attribute(child(record, "СвПолном"), "ВидПолном") or "")
    if powers:
        yield {"kind": powers, "about": "СвПолном"}
    yield from _of_shares(record)
    yield from _of_reorganisation(record)


def _of_shares(record: Element) -> Iterator[Row]:
    own = child(record, "СвДоляООО")
    if own is not None and child(own, "ОгрДосСв") is None:
        capital = fns.rubles(child(record, "СвУстКап"), "СумКап")
        yield {"kind": "own_share", "about": "СвДоляООО", "share": fns.share_text(own, capital)}
        yield from _pledges(own, "СвДоляООО")
    for barred in children(child(record, "СвУчредит"), "СвЗапретРаспДолями"):
        yield {"kind": "barred", "about": "СвУчредит", "text": attribute(barred, "ТексЗапретРаспДолями")}
    for keeper in children(child(record, "СвДержРеестрАО"), "ДержРеестрАО"):
        yield {"kind": "registrar", "about": "СвДержРеестрАО", **_organisation(keeper)}


def _of_reorganisation(record: Element) -> Iterator[Row]:
    for event in children(record, "СвРеорг"):
        for other in children(event, "СвРеоргЮЛ"):
            text = attribute(child(event, "СвСтатус"), "НаимСтатусЮЛ")
            yield {"kind": "reorganisation", "about": "СвРеорг", "text": text, **_organisation(other)}
    for event in children(record, "СвПредш", "СвПреем"):
        for other in children(event, "СвЮЛсложнРеорг"):
            yield {"kind": "reorganisation", "about": fns.local(event), **_organisation(other)}
    for farm in children(record, "СвКФХПредш", "СвКФХПреем"):
        yield {"kind": "farm", "about": fns.local(farm), **_person(farm), "text": attribute(farm, "ОГРНИП")}


def of_tie(element: Element) -> Iterator[Row]:
    """Remarks on one director, managing organisation or owner."""
    if _OF_TIES.isdisjoint({fns.local(each) for each in element}):
        return
    about = fns.local(element)
    for name, text in _UNTRUE.items():
        for untrue in children(element, name):
            yield {"kind": "untrue", "about": about, "text": attribute(untrue, text), "valid_from": _recorded(untrue)}
    for barred in children(element, "СвДискв"):
        yield {
            "kind": "disqualified",
            "about": about,
            "valid_from": _day(barred, "ДатаНачДискв"),
            "valid_to": _day(barred, "ДатаОкончДискв"),
        }
    yield from _pledges(element, about)
    for trust in children(element, *_TRUST):
        inherited = attribute(trust, "ДатаОткрНасл") is not None
        yield {
            "kind": "inherited" if inherited else "trust",
            "about": about,
            **_holder(trust),
            "valid_from": _day(trust, "ДатаОткрНасл"),
        }
    for heir in children(element, "ЛицоУпрНасл"):
        yield {"kind": "inherited", "about": about, **_holder(heir), "valid_from": _day(heir, "ДатаОткрНасл")}
    yield from _behind(element, about)
    if (abroad := child(element, "СвРегИн")) is not None:
        number = attribute(abroad, "РегНомер") or attribute(abroad, "КодНПСтрРег")
        yield {
            "kind": "foreign",
            "about": about,
            "text": "; ".join(filter(None, (attribute(abroad, "НаимСтран"), number))) or None,
        }
    if (old := child(element, "СвРегСтарые")) is not None:
        yield {
            "kind": "registered_before_2002",
            "about": about,
            "text": attribute(old, "РегНом"),
            "valid_from": _day(old, "ДатаРег"),
        }


def died_on(element: Element) -> Any:
    """The day a participant died, as his own entry says (ДатаОткрНасл); None where it says nothing."""
    days = [_day(one, "ДатаОткрНасл") for one in children(element, "ЛицоУпрНасл", *_TRUST)]
    return min((day for day in days if day), default=None)


def _pledges(element: Element, about: str) -> Iterator[Row]:
    for burden in children(element, "СвОбрем", "СвУправЗал"):
        kind = attribute(burden, "ВидОбрем")
        found = list(children(burden, *_BEHIND["pledged"]))
        for holder in found:
            yield {"kind": "pledged", "about": about, "text": kind, **_holder(holder)}
        if not found:
            yield {"kind": "pledged", "about": about, "text": kind}


def _behind(element: Element, about: str) -> Iterator[Row]:
    for one in children(child(element, "СвУпрКомпПИФ"), *_BEHIND["fund_manager"]):
        yield {"kind": "fund_manager", "about": about, **_organisation(one)}
    for one in children(element, *_BEHIND["partner"]):
        yield {"kind": "partner", "about": about, **_holder(one)}
    for one in children(element, "СвОргОсущПр", "СвФЛОсущПр"):
        yield {"kind": "body", "about": about, **_holder(one)}


def _holder(element: Element) -> Row:
    """A person or an organisation, whichever the element holds."""
    if child(element, "СвФЛ") is not None:
        return _person(element)
    names = next((found for name in _NAMES if (found := child(element, name)) is not None), element)
    latin = attribute(child(element, "СвНаимЮЛПолнИн"), "НаимПолн")
    organisation = _organisation(names)
    return {**organisation, "holder_name": organisation["holder_name"] or latin}


def _person(element: Element) -> Row:
    person = child(element, "СвФЛ")
    name = " ".join(part for key in ("Фамилия", "Имя", "Отчество") if (part := attribute(person, key)))
    inn = attribute(person, "ИННФЛ")
    return {"holder_name": name or None, "holder_inn": inn if inn and fns.is_inn(inn, 12) else None}


def _organisation(names: Element | None) -> Row:
    inn = attribute(names, "ИНН")
    return {"holder_name": attribute(names, "НаимЮЛПолн"), "holder_inn": inn if inn and fns.is_inn(inn, 10) else None}


def _day(element: Element, name: str) -> Any:
    return fns.day(attribute(element, name))


def _recorded(element: Element) -> Any:
    return _day(mark, "ДатаЗаписи") if (mark := child(element, "ГРНДата")) is not None else None
