"""Answers of DaData `findById/party` (and `suggest/party`): what a service tells of an organisation or proprietor.

One answer, several one after the other, one a line, a list of answers, or parties without their answer. `founders` and
`managers` are told by the dearest tariff only: `null` is not "none", so what is not given is marked and never read as an end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from affil.ingest.formats.json_text import documents, json_head
from affil.ingest.inputs import InputFile, Look
from affil.ingest.refusal import FileRefusedError
from affil.ingest.registry.built import Built, put, put_text, record, take
from affil.ingest.registry.fns_values import Element
from affil.ingest.registry.json_values import (
    Json,
    day_of_milliseconds,
    inner,
    name_parts,
    objects,
    put_address,
    put_person,
    text,
)
from affil.model.records import Sink

_ANSWER = re.compile(r'"suggestions"\s*:|"unrestricted_value"\s*:|"(?:short_with_opf|actuality_date)"\s*:')
_STATES = {
    "LIQUIDATING": "В процессе ликвидации", "LIQUIDATED": "Ликвидировано", "REORGANIZING": "В процессе реорганизации",
    "BANKRUPT": "В процедуре банкротства",
}  # fmt: skip
_PUBLIC = re.compile(r"^(?:РОССИЙСКАЯ ФЕДЕРАЦИЯ$|МУНИЦИПАЛЬН\w+ (?:ОБРАЗОВАНИ|РАЙОН|ОКРУГ))", re.IGNORECASE)
_GENDERS = {"MALE": "1", "FEMALE": "2"}


class DadataReader:
    """Reads parties out of answers of DaData."""

    kind = "dadata"

    def look(self, file: InputFile) -> Look:
        """Mine where JSON has the words of an answer near its beginning."""
        mine = any(_ANSWER.search(json_head(file, long) or "") for long in (False, True))
        return Look(mine, "dadata" if mine else "no_dadata")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push the record of each party. `FileRefusedError` where there is none: answers on addresses, banks, nothing."""
        seen: Counter[str] = Counter()
        branches, closed = 0, 0
        for document, _ in documents(file, sink):
            for party in _parties(document):
                if text(party, "branch_type") == "BRANCH":
                    branches += 1  # a branch is told under the numbers of its organisation and says nothing of who owns that
                    continue
                built = party_record(party)
                seen[built.place] += 1
                if seen[built.place] > 1:
                    built.place += f"#{seen[built.place]}"
                closed += bool(built.not_given)
                take(built, sink)
        if not seen and not branches and not sink.rejects:
            raise FileRefusedError(file.name, "dadata_no_party")
        for key, number in (("dadata_branches", branches), ("dadata_closed", closed)):
            if number:
                sink.note(f"{key}|{number}")


def _parties(document: Any) -> Iterator[Json]:
    """The parties of an answer, of a list of answers, or of a list of suggestions."""
    if isinstance(document, list):
        for one in document:
            if isinstance(one, dict):
                yield from _parties(one)
        return
    found = objects(document, "suggestions") or [document]
    for suggestion in found:
        party = inner(suggestion, "data") or suggestion
        if text(party, "ogrn") or (text(party, "inn") and inner(party, "state") is not None):
            yield party


def party_record(party: Json) -> Built:
    """The party as СвЮЛ or СвИП. The day of the record is `state.actuality_date`."""
    return _proprietor(party) if text(party, "type") == "INDIVIDUAL" else _company(party)


def _company(party: Json) -> Built:
    ogrn = text(party, "ogrn")
    root = record(
        "СвЮЛ", ДатаВып=day_of_milliseconds(party, "state", "actuality_date"), ОГРН=ogrn, ИНН=text(party, "inn"),
        ДатаОГРН=day_of_milliseconds(party, "ogrn_date") or day_of_milliseconds(party, "state", "registration_date"),
        КПП=text(party, "kpp"), КодОПФ=text(party, "opf", "code"), ПолнНаимОПФ=text(party, "opf", "full"),
    )  # fmt: skip
    built = Built(root, f"ОГРН {ogrn}" if ogrn else f"ИНН {text(party, 'inn')}")
    names = put(root, "СвНаимЮЛ", НаимЮЛПолн=text(party, "name", "full_with_opf") or text(party, "name", "full"))
    put(names, "СвНаимЮЛСокр", НаимСокр=text(party, "name", "short_with_opf"))
    _put_place(root, party)
    _put_state(root, party)
    if text(party, "capital", "value"):
        put(root, "СвУстКап", СумКап=text(party, "capital", "value"))
    _put_managers(root, party, built)
    owners = put(root, "СвУчредит")
    for number, founder in enumerate(objects(party, "founders"), 1):
        _put_founder(owners, founder, built, f"founders[{number}]")
    for key, name in (("predecessors", "СвПредш"), ("successors", "СвПреем")):
        for number, other in enumerate(objects(party, key), 1):
            element = put(root, name, ОГРН=text(other, "ogrn"), ИНН=text(other, "inn"), НаимЮЛПолн=text(other, "name"))
            built.mark(element, f"{key}[{number}]")
    whole = {"owners_given": "founders", "directors_given": "managers"}
    built.not_given = tuple(column for column, key in whole.items() if not isinstance(inner(party, key), list))
    return built


def _put_place(root: Element, party: Json) -> None:
    line = text(party, "address", "unrestricted_value") or text(party, "address", "value")
    kladr = text(party, "address", "data", "region_kladr_id") or ""
    put_address(root, line, kladr[:2] if kladr[:2].isdigit() else None)
    if inner(party, "address", "invalidity") is not None:
        address = root.find("СвАдресЮЛ")
        if address is not None:
            put(address, "СвНедАдресЮЛ", ТекстНедАдресЮЛ=text(party, "address", "invalidity", "code"))
    email = next((found for one in objects(party, "emails") if (found := text(one, "value"))), None)
    if email:
        put(root, "СвАдрЭлПочты").set("E-mail", email)


def _put_state(root: Element, party: Json) -> None:
    state = text(party, "state", "status") or ""
    if state in _STATES:
        put(put(root, "СвСтатус"), "СвСтатус", НаимСтатусЮЛ=_STATES[state])
    ended = day_of_milliseconds(party, "state", "liquidation_date")
    if ended and state in ("LIQUIDATED", ""):
        put(root, "СвПрекрЮЛ", ДатаПрекрЮЛ=ended)


def _put_managers(root: Element, party: Json, built: Built) -> None:
    managers = objects(party, "managers")
    for number, manager in enumerate(managers, 1):
        _put_manager(root, manager, built, f"managers[{number}]")
    name = text(party, "management", "name")
    if not managers and name:
        element = put(root, "СведДолжнФЛ")
        put_person(element, "СвФЛ", name_parts(name))
        put(element, "СвДолжн", НаимДолжн=text(party, "management", "post"))
        _put_first_day(element, inner(party, "management"))
        if inner(party, "management", "disqualified") is True:
            put(element, "СвДискв")
        built.mark(element, "management")


def _put_manager(root: Element, manager: Json, built: Built, place: str) -> None:
    if text(manager, "type") in ("LEGAL", "FOREIGN"):
        element = put(root, "СвУпрОрг")
        _put_first_day(element, manager)
        put(element, "НаимИННЮЛ", ОГРН=text(manager, "ogrn"), ИНН=text(manager, "inn"), НаимЮЛПолн=text(manager, "name"))
        if text(manager, "type") == "FOREIGN":
            put(element, "СвРегИн")
        untrue = "УпрОрг"
    else:
        element = put(root, "СведДолжнФЛ")
        _put_first_day(element, manager)
        _put_fio(element, manager)
        put(element, "СвДолжн", НаимДолжн=text(manager, "post"))
        untrue = "ДолжнФЛ"
    _put_untrue(element, manager, f"СвНедДан{untrue}", f"ТекстНедДан{untrue}")
    built.mark(element, place)


def _put_founder(owners: Element, founder: Json, built: Built, place: str) -> None:
    name = text(founder, "name")
    own = {"ОГРН": text(founder, "ogrn"), "ИНН": text(founder, "inn"), "НаимЮЛПолн": name}
    if text(founder, "type") == "PHYSICAL" or isinstance(inner(founder, "fio"), dict):
        element = put(owners, "УчрФЛ")
        _put_first_day(element, founder)
        _put_fio(element, founder)
    elif not own["ИНН"] and not own["ОГРН"] and _PUBLIC.match(name or ""):
        element = put(owners, "УчрРФСубМО")
        _put_first_day(element, founder)
        put(element, "ВидНаимУчр", НаимМО=name)
    else:
        element = put(owners, "УчрЮЛРос")
        _put_first_day(element, founder)
        put(element, "НаимИННЮЛ", **own)
    _put_untrue(element, founder, "СвНедДанУчр", "ТекстНедДанУчр")
    _put_share(element, inner(founder, "share"))
    built.mark(element, place)


def _put_fio(element: Element, holder: Json) -> None:
    fio = inner(holder, "fio")
    parts = (text(fio, "surname"), text(fio, "name"), text(fio, "patronymic"))
    if not (parts[0] and parts[1]):
        parts = name_parts(text(fio, "source") or text(holder, "name"))
    put_person(element, "СвФЛ", parts, text(holder, "inn"))
    put(element, "СвПолФЛ", Пол=_GENDERS.get(text(fio, "gender") or ""))


def _put_share(element: Element, share: Any) -> None:
    kind, value = text(share, "type"), text(share, "value")
    size = put(put(element, "ДоляУстКап"), "РазмерДоли")
    if kind == "FRACTION":
        put(size, "ДробПрост", Числит=text(share, "numerator"), Знаменат=text(share, "denominator"))
    elif kind == "PERCENT" and value:
        put_text(size, "Процент", value)
    elif kind == "DECIMAL" and value:
        put_text(size, "ДробДесят", value)


def _put_first_day(element: Element, holder: Any) -> None:
    put(element, "ГРНДатаПерв", ДатаЗаписи=day_of_milliseconds(holder, "start_date"))


def _put_untrue(element: Element, holder: Json, name: str, attribute: str) -> None:
    if isinstance(inner(holder, "invalidity"), dict):
        put(element, name, **{attribute: text(holder, "invalidity", "code")})


def _proprietor(party: Json) -> Built:
    ogrnip = text(party, "ogrn")
    state = text(party, "state", "status")
    root = record(
        "СвИП", ДатаВып=day_of_milliseconds(party, "state", "actuality_date"), ОГРНИП=ogrnip, ИННФЛ=text(party, "inn"),
        ДатаОГРНИП=day_of_milliseconds(party, "ogrn_date") or day_of_milliseconds(party, "state", "registration_date"),
        НаимВидИП=text(party, "opf", "full") or "Индивидуальный предприниматель",
    )  # fmt: skip
    fio = inner(party, "fio")
    parts = (text(fio, "surname"), text(fio, "name"), text(fio, "patronymic"))
    who = put(root, "СвФЛ", Пол=_GENDERS.get(text(fio, "gender") or ""))
    put_person(who, "ФИОРус", parts if parts[0] else name_parts(text(fio, "source") or text(party, "name", "full")))
    kladr = text(party, "address", "data", "region_kladr_id") or ""
    put(put(root, "СвАдрМЖ"), "АдресРФ", КодРегион=kladr[:2] if kladr[:2].isdigit() else None)
    if state == "LIQUIDATED":
        ended = day_of_milliseconds(party, "state", "liquidation_date")
        put(put(root, "СвПрекращ"), "СвСтатус", ДатаПрекращ=ended)
    return Built(root, f"ОГРНИП {ogrnip}" if ogrnip else f"ИНН {text(party, 'inn')}")
