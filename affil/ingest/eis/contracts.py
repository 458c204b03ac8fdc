"""Contracts of 44-ФЗ in three generations of suppliers, and of 223-ФЗ, as rows of `contract` (FORMATS 4.3, 4.7)."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from affil.ingest.eis.kinds import documents
from affil.ingest.eis.nodes import Element, child, descendants, money, nearest, number, own_text, text
from affil.ingest.eis.nodes import day as day_of
from affil.ingest.eis.parties import Party, all_children, checked_inn, inn_of_purchase_code, organisation, party
from affil.ingest.values.converters import ground_value
from affil.model.records import Reject, Sink

_SUPPLIERS = ("suppliers/supplier", "suppliersInfo/supplierInfo", "supplierInfo", "supplier", "supplier/mainInfo")
_SUBCONTRACTORS = (
    "subContractorsSum/subContractors/subContractor",
    "subContractors/subContractor",
    "subcontractors/subcontractor",
)
Supplier = tuple[str, Party]


def take_contract(contract: Element, place: str, sink: Sink, law_223: bool) -> None:
    """One contract: a row for each supplier, and for each subcontractor beside him. `place` is its locator."""
    fields = _fields(contract, place, sink, law_223)
    suppliers = list(_suppliers(contract, place, sink))
    if not suppliers:
        sink.reject(
            Reject("supplier_closed", row=_line(contract), value=fields["contract_number"] or "", params={"locator": place})
        )
        return
    if fields["signed_on"] is None:
        sink.reject(Reject("no_date", row=_line(contract), value=fields["contract_number"] or "", params={"locator": place}))
        return
    sink.count("contracts")
    helpers = list(_subcontractors(contract, place, sink))
    for number_, (supplier, helper) in enumerate(zip_longest(suppliers, helpers), 1):
        locator, who = supplier or suppliers[-1]
        if supplier is None:
            locator = f"{place}/subContractor[{number_}]"
        sink.add("contract", locator, {**fields, **who.columns("supplier"), **_contacts(who), "subcontractor_inn": helper})


def _line(element: Element) -> int | None:
    line: int | None = element.sourceline  # type: ignore[assignment]  # the stubs leave it open
    return line


def _contacts(who: Party) -> dict[str, str | None]:
    return {
        "supplier_phone": who.phone,
        "supplier_email": who.email,
        "supplier_address": who.address,
        "supplier_contact": who.contact,
    }


def _suppliers(contract: Element, place: str, sink: Sink) -> Iterator[Supplier]:
    found = next((elements for path in _SUPPLIERS if (elements := all_children(contract, path))), [])
    if not found and (deeper := nearest(contract, ("supplierInfo",))) is not None:
        found = [deeper]
    for position, element in enumerate(found, 1):
        locator = f"{place}/supplierInfo[{position}]"
        who = party(element, locator, sink)
        if who is not None:
            sink.count("suppliers")
            yield locator, who


def _subcontractors(contract: Element, place: str, sink: Sink) -> Iterator[str]:
    for element in all_children(contract, *_SUBCONTRACTORS):
        inn = checked_inn(own_text(nearest(element, ("INN", "inn"))), element, place, sink)
        if inn is not None:
            sink.count("subcontractors")
            yield inn


def _fields(contract: Element, place: str, sink: Sink, law_223: bool) -> dict[str, Any]:
    customer = organisation(child(contract, "customer"), place, sink)
    organizer = organisation(child(contract, "placer"), place, sink) if law_223 else None
    codes = [own_text(one) for one in descendants(contract, "purchaseCode", "customerCode")]
    return {
        "contract_number": contract_number(contract),
        "own_number": text(contract, "number") or (text(contract, "name") if law_223 else None),
        "version": number(text(contract, "versionNumber", "version")),
        "stage": _stage(contract),
        "signed_on": day_of(text(contract, "signDate", "contractDate")),
        "customer": customer.name,
        "customer_inn": customer.inn or inn_of_purchase_code(*codes),
        "organizer_inn": organizer.inn if organizer and organizer.inn != customer.inn else None,
        "notice_on": day_of(text(contract, "purchaseNoticeInfo/publicationDateTime")),
        "price": _price(contract),
        "subject": _subject(contract),
        "method": _method(contract, law_223),
        "ground": _ground(contract),
        "procedure_number": _procedure(contract),
        "ends_on": _ends_on(contract),
    }


def contract_number(contract: Element) -> str | None:
    """The number in the register of contracts; that of the document where it was given none."""
    return text(contract, "regNum", "contractRegNumber", "registrationNumber")


def _stage(contract: Element) -> str | None:
    if text(contract, "termination") == "true":
        return "terminated"
    return documents().stages.get(text(contract, "currentContractStage") or "")


def _price(contract: Element) -> Any:
    """In roubles; None where the sum is in another currency and its value in roubles is not told."""
    roubles = money(text(contract, "priceInfo/priceRUR", "rubPrice", "priceRUR"))
    if roubles is not None:
        return roubles
    currency = text(contract, "priceInfo/currency/code", "currency/code") or "RUB"
    return money(text(contract, "priceInfo/price", "price", "sum")) if currency in ("RUB", "RUR") else None


def _subject(contract: Element) -> str | None:
    told = text(contract, "contractSubject", "subjectContract", "subject")
    return told or own_text(
        next((one for product in descendants(contract, "product") for one in product.iterchildren("{*}name")), None)
    )


def _procedure(contract: Element) -> str | None:
    found = next((own_text(one) for one in descendants(child(contract, "foundation"), "notificationNumber")), None)
    return found or text(
        contract, "purchaseNoticeInfo/purchaseNoticeNumber", "purchaseInfo/purchaseNoticeNumber", "notificationNumber"
    )


def _method(contract: Element, law_223: bool) -> str | None:
    """How the supplier was found, as far as the document says it; the law stands in it where it is 223-ФЗ."""
    told = text(
        contract, "purchaseTypeInfo/name", "purchaseNoticeInfo/purchaseCodeName", "purchaseMethodInfo/name", "purchaseCodeName"
    )
    if told is None and next(descendants(child(contract, "foundation"), "singleCustomer"), None) is not None:
        told = documents().single_supplier
    return ", ".join(part for part in (documents().law_223 if law_223 else None, told) if part) or None


def _ground(contract: Element) -> str | None:
    single = next(descendants(child(contract, "foundation"), "singleCustomer"), None)
    return ground_value(text(single, "reason/name")) if single is not None else None


def _ends_on(contract: Element) -> dt.date | None:
    told = day_of(text(contract, "executionPeriod/endDate", "endExecutionDate", "contractExecutionDate", "execution/endDate"))
    if told is not None:
        return told
    stages = [day_of(own_text(one)) for one in descendants(child(contract, "executionPeriod"), "endDate")]
    known = [day for day in stages if day is not None]
    return max(known) if known else _end_of_month(contract)


def _end_of_month(contract: Element) -> dt.date | None:
    """The last day of the month of execution: up to 2014 no day is told."""
    for block in ("executionDate", "execution"):
        month, year = number(text(contract, f"{block}/month")), number(text(contract, f"{block}/year"))
        if month and year and 1 <= month <= 12 and 1990 <= year <= 2099:
            return dt.date(year, month, calendar.monthrange(year, month)[1])
    return None
