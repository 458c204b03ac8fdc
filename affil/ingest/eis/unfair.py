"""РНП: `unfair_supplier`, and the persons behind each as `participant_person` (FORMATS 4.6; 44-ФЗ ст. 104)."""

from __future__ import annotations

from typing import Any

from affil.ingest.eis.kinds import documents
from affil.ingest.eis.nodes import Element, child, descendants, local, number, own_text, text
from affil.ingest.eis.nodes import day as day_of
from affil.ingest.eis.parties import (
    PERSON,
    all_children,
    checked_inn,
    inn_of_purchase_code,
    named_person,
    organisation,
    party,
    person_columns_of,
)
from affil.model.records import Reject, Sink

BASIS = "РНП"
_SUPPLIERS = ("unfairSupplierInfo", "unfairSupplier", "dishonestSupplierInfo", "supplierInfo", "supplier", "participantInfo")
_FOUNDERS = ("founders", "founders/founder", "foundersInfo/founderInfo", "foundersInfo/founder", "founderInfo")


def take_unfair(entry: Element, place: str, sink: Sink) -> None:
    """One entry: who it is about, and a row for each founder or member of a body it names, tied to him on its day."""
    sink.count("unfair_suppliers")
    block = next((found for name in _SUPPLIERS if (found := child(entry, name)) is not None), None)
    supplier = entry if block is None and local(entry) == "unfairSupplierInfo" else block
    who = None if supplier is None else party(supplier, place, sink)
    if supplier is None or who is None:
        sink.reject(Reject("no_supplier", params={"locator": place}))
        return
    fields = _fields(entry, place, sink)
    sink.add("unfair_supplier", place, {**fields, **who.columns("supplier")})
    if who.kind == PERSON:
        return
    tied = {
        "procedure_number": fields["number"] or place, "participant_inn": who.inn,
        "participant_key": who.columns("supplier")["supplier_key"], "applied_on": fields["included_on"], "basis": BASIS,
    }  # fmt: skip
    for position, founder in enumerate(_founders(supplier, entry), 1):
        _take_founder(founder, tied, f"{place}/founders[{position}]", sink)


def _fields(entry: Element, place: str, sink: Sink) -> dict[str, Any]:
    codes = [own_text(one) for one in descendants(entry, "purchaseCode", "IKZ", "customerCode")]
    return {
        "number": entry_number(entry),
        "version": number(text(entry, "versionNumber", "version", "commonInfo/versionNumber")),
        "state": text(entry, "state", "commonInfo/state"),
        "included_on": day_of(
            text(
                entry,
                "approveDate",
                "commonInfo/includeDate",
                "commonInfo/approveDate",
                "includeDate",
                "publishDate",
                "commonInfo/publishDT",
                "commonInfo/publishDTInEIS",
            )
        ),
        "excluded_on": day_of(text(entry, "exclude/excludeDate", "excludeInfo/excludeDate", "excludeDate", "exclude/date")),
        "auto_exclude_on": day_of(text(entry, "autoExDateInfo/autoExDate", "autoExDate", "autoExcludeDate")),
        "reason": text(entry, "createReasonInfo/createReason", "createReason", "reason"),
        "procedure_number": text(entry, "purchase/purchaseNumber", "purchaseInfo/purchaseNumber"),
        "contract_number": text(entry, "contract/regNum", "contractInfo/regNum"),
        "customer_inn": organisation(child(entry, "customer"), place, sink).inn or inn_of_purchase_code(*codes),
    }


def take_exclusion(entry: Element, place: str, sink: Sink) -> None:
    """An exclusion: the day after which the entry of this number does not count."""
    sink.count("unfair_suppliers")
    day = day_of(
        text(
            entry,
            "excludeDate",
            "exclude/excludeDate",
            "excludeInfo/excludeDate",
            "commonInfo/excludeDate",
            "commonInfo/publishDT",
        )
    )
    sink.add("unfair_supplier", place, {"number": entry_number(entry), "excluded_on": day})


def entry_number(entry: Element) -> str | None:
    """The number of the entry in the register."""
    return text(entry, "registryNum", "commonInfo/regNumber", "commonInfo/registryNum", "regNumber", "registrationNumber")


def _founders(supplier: Element, entry: Element) -> list[Element]:
    found = [one for where in (supplier, entry) for one in all_children(where, *_FOUNDERS)]
    # «founders» is the person in 44-ФЗ, and stands round several persons elsewhere.
    return [one for one in dict.fromkeys(found) if not all_children(one, "founder", "founderInfo")]


def _take_founder(founder: Element, tied: dict[str, Any], locator: str, sink: Sink) -> None:
    sink.count("unfair_founders")
    written = text(founder, "names", "fullName", "name")
    if written is None:
        written, columns = person_columns_of(child(founder, "nameInfo") if child(founder, "nameInfo") is not None else founder)
    else:
        columns = named_person(written)
    inn = checked_inn(text(founder, "inn", "INN", "taxPayerCode"), founder, locator, sink)
    if inn is not None and len(inn) == 10:
        return  # an organisation: who stands behind it is for the registry to say
    if inn is None and columns["name_key"] is None:
        return
    sink.add("participant_person", locator, {**tied, "kind": _role(founder), "name": written, **columns, "inn": inn})


def _role(founder: Element) -> str:
    """'director' where the entry says so; else 'owner' of a share nobody knows: the entry lists founders and bodies together."""
    told = (text(founder, "type/name", "type", "role/name", "position") or "").lower()
    roles = documents().founder_roles
    return next((role for role in ("director", "owner") if any(word in told for word in roles[role])), "owner")
