"""СвЮЛ and СвИП as rows of the store: `company`, `registry_tie`, `proprietor` (paths: ФНС formats 4.04 to 4.07)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from affil.ingest.registry import fns_remarks
from affil.ingest.registry import fns_values as fns
from affil.ingest.registry.fns_values import Element, attribute, child, children
from affil.language.companies import company_key
from affil.language.fio import PersonName, name_from_parts
from affil.model.records import Reject, Sink

_OWNER_COUNTS = {"УчрФЛ": "owners", "УчрЮЛРос": "owners", "УчрЮЛИн": "owners"}
# The change log of a record, half to four fifths of it; where one of those needed stands inside, the log is read.
LOGS = ("СвЗапЕГРЮЛ", "СвЗапЕГРИП")
NEEDED = ("СведДолжнФЛ", "СвУпрОрг", "СвУчредит")
_NAME_PARTS = ("Фамилия", "Имя", "Отчество")
_SUCCESSION = {"СвПредш": "predecessor", "СвПреем": "successor"}
_HOLDER_KINDS = {"УчрФЛ": "person", "УчрЮЛРос": "organisation", "УчрЮЛИн": "foreign", "УчрРФСубМО": "public", "УчрПИФ": "fund"}


def take_company(record: Element, place: str, sink: Sink) -> None:
    """One СвЮЛ: a company row and a tie for each director, managing organisation and owner. `place` is its locator."""
    sink.count("organisations")
    capital_part = child(record, "СвУстКап")
    capital = fns.rubles(capital_part, "СумКап")
    company = _company(record, place, sink)
    sink.add("company", place, {**company, "capital": fns.decimal(capital)})
    ties = _Ties({"ogrn": company["ogrn"], "company_inn": company["inn"], "extract_date": company["extract_date"]}, place, sink)
    for element in children(record, "СведДолжнФЛ", "СвУпрОрг"):
        ties.take_manager(element)
    for part in children(record, "СвУчредит"):  # one by the format; a second one must not lose its owners
        for element in children(part):
            # СвЗапретРаспДолями stands among the owners and is none.
            if fns.local(element).startswith("Учр"):
                ties.take_owner(element, capital)
    for element in children(record, *_SUCCESSION):
        ties.take_succession(element)
    for remark in fns_remarks.of_company(record):
        sink.add("registry_remark", place, {**ties.company, **remark})


def registry_number(record: Element) -> str | None:
    """ОГРН of a СвЮЛ, ОГРНИП of a СвИП."""
    if fns.local(record) == "СвИП":
        return attribute(record, "ОГРНИП") or attribute(child(record, "СвРегИП"), "ОГРНИП")
    return attribute(record, "ОГРН") or attribute(child(record, "СвОбрЮЛ"), "ОГРН")


def take_proprietor(record: Element, place: str, sink: Sink) -> None:
    """One СвИП: a row of `proprietor`."""
    sink.count("proprietors")
    person = child(record, "СвФЛ")
    address = child(record, "СвАдрМЖ")
    inn = attribute(record, "ИННФЛ") or attribute(child(record, "СвУчетНО"), "ИННФЛ")
    row = {
        **_person_columns(_spelt(person), fns.gender(person)),
        "ogrnip": registry_number(record),
        "inn": _checked_inn(inn, 12, record, "ИННФЛ", place, sink),
        "kind": attribute(record, "НаимВидИП"),
        "extract_date": fns.day(attribute(record, "ДатаВып")),
        "registered_on": fns.day(attribute(record, "ДатаОГРНИП")),
        "ended_on": fns.day(attribute(child(record, "СвПрекращ", "СвСтатус"), "ДатаПрекращ")),
        "region": fns.region(child(address, "АдресРФ"), child(address, "АдрМЖФИАС")),
        "email": _email(record),
    }
    sink.add("proprietor", place, row)


def _company(record: Element, place: str, sink: Sink) -> dict[str, Any]:
    names = child(record, "СвНаимЮЛ")
    full_name = attribute(names, "НаимЮЛПолн")
    # Up to format 4.05 the short name is an attribute, from 4.06 on an element of its own.
    short_name = attribute(child(names, "СвНаимЮЛСокр"), "НаимСокр") or attribute(names, "НаимЮЛСокр")
    name_key, short_key = (company_key(name or "") or None for name in (full_name or short_name, short_name))
    office = child(record, "СвУчетНО")
    address = child(record, "СвАдресЮЛ")
    classifier, register, seat = child(address, "АдресРФ"), child(address, "СвАдрЮЛФИАС"), child(address, "СвМНЮЛ")
    inn = attribute(record, "ИНН") or attribute(office, "ИНН")
    return {
        "ogrn": registry_number(record),
        "inn": _checked_inn(inn, 10, record, "ИНН", place, sink),
        "kpp": attribute(record, "КПП") or attribute(office, "КПП"),
        "full_name": full_name,
        "short_name": short_name,
        "name_key": name_key,
        "short_key": short_key if short_key != name_key else None,
        "legal_form_code": attribute(record, "КодОПФ"),
        "legal_form": attribute(record, "ПолнНаимОПФ"),
        "region": fns.region(classifier, register, seat),
        "extract_date": fns.day(attribute(record, "ДатаВып")),
        "registered_on": fns.day(attribute(record, "ДатаОГРН")),
        "ended_on": fns.day(attribute(child(record, "СвПрекрЮЛ"), "ДатаПрекрЮЛ")),
        "status": _status(record),
        "email": _email(record),
        "address": fns.classifier_address(classifier) or fns.state_register_address(register if register is not None else seat),
    }


def _status(record: Element) -> str | None:
    outer = list(children(record, "СвСтатус"))
    names = [attribute(inner, "НаимСтатусЮЛ") for one in outer for inner in (one, *children(one, "СвСтатус"))]
    return "; ".join(dict.fromkeys(name for name in names if name)) or None


def _email(record: Element) -> str | None:
    text = attribute(child(record, "СвАдрЭлПочты"), "E-mail")
    return text.lower() if text else None


def _person_columns(person: Element | None, known_gender: str | None) -> dict[str, str | None]:
    """Name as written and its comparable columns; the registry's own gender wins over the one read from the name."""
    parts = [attribute(person, name) for name in _NAME_PARTS]
    columns = (name_from_parts(*parts) if any(parts) else PersonName(None, None, None)).columns()
    del columns["former_surnames"]
    return {**columns, "name": " ".join(part for part in parts if part) or None, "gender": known_gender or columns["gender"]}


def _spelt(person: Element | None, *others: Element | None) -> Element | None:
    """Where the name stands: the person's own attributes, an element in it, Latin letters where there are no Russian ones."""
    inside = [child(person, name) for name in ("ФИОРус", "ФИО", "ФИОЛат")]
    places = [one for one in (person, *inside, *others) if one is not None]
    return next((one for one in places if any(attribute(one, part) for part in _NAME_PARTS)), person)


def _checked_inn(text: str | None, digits: int, element: Element, column: str, place: str, sink: Sink) -> str | None:
    """The ИНН where it passes its check; a faulty one is reported and never a key."""
    if text is None or fns.is_inn(text, digits):
        return text
    row: int | None = element.sourceline  # type: ignore[assignment]  # the stubs leave it open
    sink.reject(Reject("bad_inn_extract", row=row, column=column, value=text, params={"locator": place}, row_taken=True))
    return None


class _Ties:
    """The ties of one company; numbers elements of a kind from 1, as XPath does."""

    def __init__(self, company: dict[str, Any], place: str, sink: Sink) -> None:
        self.company = company
        self.place = place
        self.sink = sink
        self.numbers: Counter[str] = Counter()

    def take_manager(self, element: Element) -> None:
        """СведДолжнФЛ or СвУпрОрг."""
        if fns.local(element) == "СведДолжнФЛ":
            self.sink.count("directors")
            post = child(element, "СвДолжн")
            position = attribute(post, "НаимДолжн") or attribute(post, "НаимВидДолжн")
            self._add(element, "director", "person", {**self._person(element), "position": position})
        else:
            self.sink.count("managing")
            holder = self._organisation(child(element, "НаимИННЮЛ"), element)
            abroad = child(element, "СвРегИн") is not None and not (holder["holder_ogrn"] or holder["holder_inn"])
            place = self._add(element, "managing", "foreign" if abroad else "organisation", holder)
            self._take_representative(element, place)

    def _take_representative(self, manager: Element, place: str) -> None:
        """The person through whom a foreign manager acts: up to format 4.05 ПредИнЮЛ/СвФЛ. He is who runs the company."""
        acting = next((one for one in (child(manager, "ПредИнЮЛ"), manager) if child(one, "СвФЛ") is not None), None)
        if acting is None:
            return
        columns = {**self._person(acting), "holder_name": None}
        common = {"kind": "director", "holder_kind": "person", "since": self._since(manager), "restricted": False}
        self.sink.add("registry_tie", f"{place}/СвФЛ[1]", {**self.company, **common, **columns})

    def take_owner(self, element: Element, capital: Fraction | None) -> None:
        """Any owner among the children of СвУчредит."""
        name = fns.local(element)
        self.sink.count(_OWNER_COUNTS.get(name, "other_owners"))
        holding = child(element, "ДоляУстКап")
        values = {"share": fns.share_text(holding, capital), "nominal": fns.decimal(fns.rubles(holding, "НоминСтоим"))}
        values["died_on"] = fns_remarks.died_on(element)
        self._add(element, "owner", _HOLDER_KINDS.get(name, "other"), {**self._holder(element, name), **values})

    def take_succession(self, element: Element) -> None:
        """СвПредш or СвПреем: attributes, or an element НаимИННЮЛ of its own; both spellings are read."""
        names = child(element, "НаимИННЮЛ")
        locator, name = self._locator(element), fns.local(element)
        self.numbers[name] += 1
        inn = attribute(element, "ИНН") or attribute(names, "ИНН")
        first = child(element, "ГРНДатаПерв")
        values = {
            "kind": _SUCCESSION[name],
            "other_ogrn": attribute(element, "ОГРН") or attribute(names, "ОГРН"),
            "other_inn": _checked_inn(inn, 10, element, "ИНН", locator, self.sink),
            "other_name": attribute(element, "НаимЮЛПолн") or attribute(names, "НаимЮЛПолн"),
            "since": fns.day(attribute(first if first is not None else child(element, "ГРНДата"), "ДатаЗаписи")),
        }
        if any(values[key] for key in ("other_ogrn", "other_inn", "other_name")):  # the registry may hide them (ОгрДосСв)
            self.sink.add("succession", locator, {**self.company, **values})

    def _holder(self, element: Element, name: str) -> dict[str, Any]:
        if name == "УчрФЛ":
            return self._person(element)
        if name == "УчрЮЛРос":
            return self._organisation(child(element, "НаимИННЮЛ"), element)
        if name == "УчрЮЛИн":
            latin = attribute(child(element, "СвНаимЮЛПолнИн"), "НаимПолн")
            holder = self._organisation(child(element, "НаимИННЮЛ"), element)
            return {**holder, "holder_name": holder["holder_name"] or latin}
        if name == "УчрРФСубМО":
            return self._public(element)
        if name == "УчрПИФ":
            return {"holder_name": attribute(child(element, "СвНаимПИФ"), "НаимПИФ")}
        return {"holder_name": _any_name(element)}

    def _public(self, element: Element) -> dict[str, Any]:
        body = child(element, "СвОргОсущПр", "НаимИННЮЛ")
        holder = self._organisation(body, element)
        owner = child(element, "ВидНаимУчр")
        return {**holder, "holder_name": holder["holder_name"] or attribute(owner, "НаимМО") or attribute(owner, "НаимРегион")}

    def _person(self, element: Element) -> dict[str, Any]:
        person = child(element, "СвФЛ")
        spelt = _spelt(person, child(element, "СвФИОЗАГС"))
        columns = _person_columns(spelt, fns.gender(child(element, "СвПолФЛ"), person))
        inn = attribute(person, "ИННФЛ") or attribute(child(person, "СвУчетНО"), "ИННФЛ")
        inn = _checked_inn(inn, 12, element, "ИННФЛ", self._locator(element), self.sink)
        return {**columns, "inn": inn}

    def _organisation(self, names: Element | None, element: Element) -> dict[str, Any]:
        inn = _checked_inn(attribute(names, "ИНН"), 10, element, "ИНН", self._locator(element), self.sink)
        name = attribute(names, "НаимЮЛПолн")
        return {"holder_ogrn": attribute(names, "ОГРН"), "holder_inn": inn, "holder_name": name}

    def _locator(self, element: Element) -> str:
        name = fns.local(element)
        return f"{self.place}/{name}[{self.numbers[name] + 1}]"

    def _add(self, element: Element, kind: str, holder_kind: str, values: dict[str, Any]) -> str:
        """A tie and what the extract remarks on it; its locator."""
        locator = self._locator(element)
        self.numbers[fns.local(element)] += 1
        restricted = child(element, "ОгрДосСв") is not None
        common = {"kind": kind, "holder_kind": holder_kind, "since": self._since(element), "restricted": restricted}
        self.sink.add("registry_tie", locator, {**self.company, **common, **values})
        of_whom = values.get("name") or values.get("holder_name")
        for remark in fns_remarks.of_tie(element):
            self.sink.add("registry_remark", locator, {**self.company, **remark, "of_whom": of_whom})
        return locator

    def _since(self, element: Element) -> date | None:
        return fns.day(attribute(child(element, "ГРНДатаПерв"), "ДатаЗаписи"))


def _any_name(element: Element) -> str | None:
    """The first name an owner of a rare kind has: that of the contract of an investment partnership, or of a body in it."""
    for one in element.iterdescendants():
        for name in ("НаимДог", "НаимЮЛПолн", "НаимПолн"):
            if found := attribute(one, name):
                return found
    return None


# The records of the two registers: what their number is called, and what takes them.
TAKE: dict[str, tuple[str, Callable[[Element, str, Sink], None]]] = {
    "СвЮЛ": ("ОГРН", take_company),
    "СвИП": ("ОГРНИП", take_proprietor),
}
