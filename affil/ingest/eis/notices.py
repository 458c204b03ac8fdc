"""Notices of 44-ФЗ and 223-ФЗ as rows of `tender`: the purchase itself, one row a customer (FORMATS 4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from affil.ingest.eis.kinds import documents
from affil.ingest.eis.nodes import Element, child, children, descendants, money, nearest, number, own_text, text
from affil.ingest.eis.nodes import day as day_of
from affil.ingest.eis.parties import Body, inn_of_purchase_code, organisation, person_columns_of
from affil.model.records import Reject, Sink

_RESPONSIBLE = ("purchaseResponsibleInfo", "purchaseResponsible", "order", "placer")
_ORGANISATIONS = ("responsibleOrgInfo", "responsibleOrg", "placerOrganization", "placer")
_PERSON = ("contactPersonInfo", "contactPerson")


def take_notice(notice: Element, place: str, sink: Sink, law_223: bool) -> None:
    """One notice: a row for each customer of the purchase."""
    procedure = counted_procedure(notice, "tenders", place, sink)
    if procedure is None:
        return
    responsible = _responsible_223(notice, place, sink) if law_223 else _responsible(notice, place, sink)
    fields = {**_fields(notice, procedure, law_223), **responsible}
    customers = [_customer(notice, place, sink)] if law_223 else list(_customers(notice, fields, place, sink))
    for position, customer in enumerate(_distinct(customers), 1):
        row = {**fields, "customer_inn": customer.inn, "customer": customer.name}
        if row["organizer_inn"] == customer.inn:
            row["organizer_inn"] = None
        row.pop("organizer_code")
        sink.add("tender", f"{place}/customer[{position}]", row)


def _distinct(customers: list[Body]) -> list[Body]:
    return list(dict.fromkeys(customers)) or [Body(None, None, None)]


def counted_procedure(document: Element, kind: str, place: str, sink: Sink) -> str | None:
    """The number of the purchase of a document counted as of this kind; None, and a reject, where it has none."""
    sink.count(kind)
    procedure = procedure_number(document)
    if procedure is None:
        sink.reject(Reject("no_procedure", params={"locator": place}))
    return procedure


def procedure_number(document: Element) -> str | None:
    """The number of the purchase in ЕИС."""
    found = text(
        document, "commonInfo/purchaseNumber", "purchaseNumber", "commonInfo/notificationNumber", "notificationNumber",
        "purchaseInfo/purchaseNoticeNumber", "purchaseNoticeInfo/purchaseNoticeNumber", "purchaseNoticeNumber",
        "foundationDocInfo/purchaseNumber",
    )  # fmt: skip
    return found or (text(document, "registrationNumber") or "").partition("-")[0] or None


def _fields(notice: Element, procedure: str, law_223: bool) -> dict[str, Any]:
    method = text(notice, "commonInfo/placingWay/name", "placingWay/name", "purchaseCodeName", "purchaseMethod/name")
    return {
        "procedure_number": procedure,
        "version": number(text(notice, "versionNumber", "version", "modification/modificationNumber")),
        "notice_on": day_of(
            text(
                notice,
                "commonInfo/publishDTInEIS",
                "docPublishDate",
                "publishDate",
                "publicationDateTime",
                "commonInfo/docPublishDTInEIS",
            )
        ),
        "method": ", ".join(part for part in (documents().law_223 if law_223 else None, method) if part) or None,
        "subject": text(notice, "commonInfo/purchaseObjectInfo", "purchaseObjectInfo", "orderName", "name"),
        "price": _price(notice),
    }


def _price(notice: Element) -> Any:
    """The starting price: of the purchase as a whole, else the sum of its lots."""
    whole = money(
        text(
            notice,
            "notificationInfo/contractConditionsInfo/maxPriceInfo/maxPrice",
            "contractConditionsInfo/maxPriceInfo/maxPrice",
        )
    )
    if whole is not None:
        return whole
    lots = [money(text(lot, "maxPrice", "initialSum", "lotData/initialSum", "customerRequirements/customerRequirement/maxPrice"))
            for lot in descendants(notice, "lot")]  # fmt: skip
    known = [price for price in lots if price is not None]
    return sum(known) if known and len(known) == len(lots) else None


def _responsible(notice: Element, place: str, sink: Sink) -> dict[str, Any]:
    """Who places the purchase, in what role, and the official who answers for it."""
    block = next((found for name in _RESPONSIBLE if (found := child(notice, name)) is not None), None)
    body = organisation(next((found for name in _ORGANISATIONS if (found := child(block, name)) is not None), None), place, sink)
    role = text(block, "responsibleRole")
    info = child(block, "responsibleInfo")
    own = block if info is None else info
    name, columns = person_columns_of(next((found for one in _PERSON if (found := child(own, one)) is not None), None))
    return {
        "organizer_inn": body.inn, "organizer": body.name, "organizer_code": body.code, "organizer_role": role,
        "responsible": name, **columns,
        "phone": text(own, "contactPhone"), "email": text(own, "contactEMail"),
    }  # fmt: skip


def _responsible_223(notice: Element, place: str, sink: Sink) -> dict[str, Any]:
    body = organisation(child(notice, "placer"), place, sink)
    contact = child(notice, "contact")
    name, columns = person_columns_of(contact)
    return {
        "organizer_inn": body.inn, "organizer": body.name, "organizer_code": None, "organizer_role": None,
        "responsible": name, **columns,
        "phone": text(contact, "phone"), "email": text(contact, "email"),
    }  # fmt: skip


def _customer(notice: Element, place: str, sink: Sink) -> Body:
    return organisation(child(notice, "customer"), place, sink)


def _customers(notice: Element, fields: dict[str, Any], place: str, sink: Sink) -> Iterator[Body]:
    """The customers of the requirements; of one known by its code only the ИНН stands in the code of the purchase."""
    found = False
    for requirement in descendants(notice, "customerRequirement", "customerRequirementInfo"):
        found = True
        element = next(children(requirement, "customer"), None)
        customer = organisation(element, place, sink)
        codes = [own_text(one) for one in descendants(requirement, "purchaseCode", "customerCode")]
        same = customer.code is not None and customer.code == fields["organizer_code"]
        inn = customer.inn or (fields["organizer_inn"] if same else None) or inn_of_purchase_code(*codes)
        yield Body(inn, customer.name or (fields["organizer"] if same else None), None)
    if not found:
        code = nearest(notice, ("purchaseCode",))
        places_for_itself = fields["organizer_role"] in documents().publisher_is_customer
        inn = inn_of_purchase_code(own_text(code)) or (fields["organizer_inn"] if places_for_itself else None)
        if inn is not None or places_for_itself:
            yield Body(inn, fields["organizer"] if places_for_itself else None, None)
