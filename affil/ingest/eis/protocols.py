"""Protocols of 44-ФЗ and 223-ФЗ: `commission_seat`, and `participant` where bidders are named (FORMATS 4.5, 4.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from affil.ingest.eis.kinds import documents
from affil.ingest.eis.nodes import Element, child, children, descendants, local, own_text, text
from affil.ingest.eis.nodes import day as day_of
from affil.ingest.eis.notices import counted_procedure, procedure_number
from affil.ingest.eis.parties import organisation, party, person_columns_of
from affil.model.records import Sink

_APPLICATIONS = ("application", "applicationInfo")
_BIDDERS = ("appParticipant", "appParticipantInfo", "participantInfo", "supplierInfo")
_OWN_NUMBERS = ("commonInfo/docNumber", "protocolNumber", "registrationNumber", "docNumber")
_PUBLISHERS = ("protocolPublisherInfo", "protocolPublisher")


def take_protocol(protocol: Element, place: str, sink: Sink, law_223: bool) -> int:
    """One protocol. Gives the number of applications that name nobody: since 2022 bidders of 44-ФЗ are told by number only."""
    procedure = counted_procedure(protocol, "protocols", place, sink)
    if procedure is None:
        return 0
    about = {"procedure_number": procedure, **_bodies(protocol, place, sink, law_223)}
    _take_commission(protocol, about, place, sink)
    document = text(protocol, "externalId", "id", "registrationNumber", "guid") or place
    return _take_bids(protocol, {**about, "document": document}, place, sink)


def protocol_number(protocol: Element) -> str | None:
    """The number of the purchase and the protocol's own."""
    procedure, own = procedure_number(protocol), text(protocol, *_OWN_NUMBERS)
    return " ".join(dict.fromkeys(part for part in (procedure, own) if part)) or None


def _bodies(protocol: Element, place: str, sink: Sink, law_223: bool) -> dict[str, str | None]:
    """Whose purchase it is: the publisher is the customer or the organiser, as its role says."""
    if law_223:
        customer, placer = (organisation(child(protocol, name), place, sink) for name in ("customer", "placer"))
        return {"customer_inn": customer.inn, "organizer_inn": placer.inn if placer.inn != customer.inn else None}
    block = next((found for name in _PUBLISHERS if (found := child(protocol, name)) is not None), None)
    inn = organisation(child(block, "publisherOrg"), place, sink).inn
    own = text(block, "publisherRole") in documents().publisher_is_customer
    return {"customer_inn": inn if own else None, "organizer_inn": None if own else inn}


def _take_commission(protocol: Element, about: dict[str, str | None], place: str, sink: Sink) -> None:
    """The members listed, each once: the votes on every application repeat them."""
    seen = set[tuple[str | None, str | None]]()
    for member in descendants(protocol, "commissionMember"):
        name_info = child(member, "nameInfo")
        name, columns = person_columns_of(member if name_info is None else name_info)
        name = name or text(member, "name")
        role = text(member, "role/name")
        if name is None or (name, role) in seen:
            continue
        seen.add((name, role))
        sink.count("commission_members")
        sink.add("commission_seat", f"{place}/commissionMember[{len(seen)}]", {**about, "name": name, **columns, "role": role})


def _take_bids(protocol: Element, about: dict[str, str | None], place: str, sink: Sink) -> int:
    applications = {
        text(one, "appNumber", "commonInfo/appNumber", "journalNumber"): one for one in descendants(protocol, *_APPLICATIONS)
    }
    nameless = 0
    for position, application in enumerate(_applications(protocol), 1):
        bidders = list(_bidders(application))
        nameless += not bidders and local(application) in _APPLICATIONS
        # The auctions of 2019 to 2021 name the bidders apart from their applications, by their number.
        told = applications.get(text(application, "appNumber")) if local(application) not in _APPLICATIONS else application
        for number, element in enumerate(bidders, 1):
            locator = f"{place}/application[{position}]" + (f"/participant[{number}]" if len(bidders) > 1 else "")
            _take_bidder(element, application if told is None else told, about, locator, sink)
    return 0 if next(descendants(protocol, "appParticipantsInfo"), None) is not None else nameless


def _applications(protocol: Element) -> Iterator[Element]:
    for one in descendants(protocol, *_APPLICATIONS):
        if not any(local(above) in _APPLICATIONS for above in one.iterancestors()):
            yield one
    yield from (one for block in descendants(protocol, "appParticipantsInfo") for one in children(block, "appParticipantInfo"))
    yield from descendants(protocol, "winnerInfo")


def _bidders(application: Element) -> Iterator[Element]:
    """The elements that name who bids: one, or many where they bid together."""
    if local(application) == "winnerInfo":
        yield application
        return
    inside = list(descendants(application, *_BIDDERS))
    for one in inside or ([application] if local(application) in _BIDDERS else []):
        if not any(local(above) in _BIDDERS for above in one.iterancestors() if above is not application):
            yield one


def _take_bidder(element: Element, application: Element, about: dict[str, str | None], locator: str, sink: Sink) -> None:
    who = party(element, locator, sink)
    if who is None:
        return
    sink.count("participants")
    bid: dict[str, Any] = {
        **about, **who.columns("participant"), "phone": who.phone, "email": who.email, "address": who.address,
        "applied_on": day_of(text(application, "appDate", "appDT", "commonInfo/appDT", "applicationDate", "commonInfo/appDate")),
        "winner": _winner(application), "admitted": _admitted(application),
    }  # fmt: skip
    sink.add("participant", locator, bid)


def _winner(application: Element) -> bool | None:
    """Whether the application won: by its place or rating where they are told; None where the protocol does not say."""
    if local(application) == "winnerInfo":
        return True
    told = text(
        application, "winnerIndication", "applicationPlace", "applicationRate", "appRating", "commonInfo/appRating",
        "admittedInfo/appAdmittedInfo/appRating", "winner", "isWinner",
    )  # fmt: skip
    return None if told is None else told in documents().winner_marks


def _admitted(application: Element) -> bool | None:
    """Whether the application was let in: as decided on it, else by the votes."""
    told = text(application, "accepted", "admitted", "admittedInfo/appAdmittedInfo/admitted", "commonInfo/admitted")
    if told is not None:
        return documents().admitted_marks.get(told)
    if text(application, "appNotAdmittedInfo", "admittedInfo/appNotAdmittedInfo") or next(
        descendants(application, "appRejectedReason", "appNotAdmittedInfo"), None
    ) is not None:  # fmt: skip
        return False
    votes = [
        own_text(one)
        for block in descendants(application, "admissionResultInfo", "admissionResult")
        for one in children(block, "admitted")
    ]
    return None if not votes else all(vote == "true" for vote in votes)
