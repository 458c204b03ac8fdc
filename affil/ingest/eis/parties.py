"""Who supplies, bids or is named in an ЕИС document, whatever generation of the format it is in, as columns of the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from affil.ingest.eis.kinds import documents
from affil.ingest.eis.nodes import Element, child, children, descendants, local, nearest, own_text, text
from affil.language.companies import company_key, person_in_supplier_name
from affil.language.fio import PersonName, name_from_parts, parse_name
from affil.language.identifiers import valid_inn
from affil.model.records import Reject, Sink

PERSON, ORGANISATION = "person", "organisation"
PERSON_COLUMNS = ("surname", "given", "patronymic", "name_key", "gender")
_NO_PERSON: dict[str, str | None] = dict.fromkeys(PERSON_COLUMNS)
_INN = ("INN", "inn", "taxPayerCode")
_FOREIGN_INN = ("INN", "inn")  # their taxPayerCode is another country's number
_NAMES = ("fullName", "organizationName", "name", "participantName", "names", "shortName", "firmName", "fullNameLat")
_CONTACTS = ("contactInfo", "contactPersonInfo", "contactPerson")


@dataclass(frozen=True, slots=True)
class Party:
    """`name` as written; `kind` is told by the length of the ИНН, else by its block, else by the name; None unknown."""

    name: str | None
    inn: str | None
    kind: str | None
    person: dict[str, str | None]
    phone: str | None
    email: str | None
    address: str | None
    contact: str | None  # who speaks for an organisation: a contact, no director

    def columns(self, field: str) -> dict[str, Any]:
        """The columns of `contract` (field `supplier`) or `participant` that say who it is."""
        key = company_key(self.name) or None if self.name and self.kind != PERSON else None
        return {field: self.name, f"{field}_inn": self.inn, f"{field}_kind": self.kind, f"{field}_key": key, **self.person}


def party(element: Element, place: str, sink: Sink) -> Party | None:
    """The party an element holds; None where it names nobody: closed by law, or left out."""
    block = _block(element)
    inn = checked_inn(_told(block, _FOREIGN_INN if "oreign" in local(block) else _INN), element, place, sink)
    parts = _name_parts(block, _is_person(element, block, inn))
    name = " ".join(part for part in parts if part) or _told(block, _NAMES)
    if name is None and inn is None:
        return None
    kind = _kind(element, block, inn, name)
    return Party(
        name, inn, kind, _person_columns(parts, name) if kind == PERSON else _NO_PERSON,
        _first(block, "contactPhone", "phone"),
        _first(block, "contactEMail", "email", "contactEmail"), _address(block),
        None if kind == PERSON else person_name(block, *_CONTACTS),
    )  # fmt: skip


def _told(block: Element, names: tuple[str, ...]) -> str | None:
    """The text under the first of these names that the block has of itself."""
    return next((found for name in names if (found := own_text(nearest(block, (name,), documents().of_others)))), None)


def _block(element: Element) -> Element:
    """The block of its kind inside («legalEntityRF», «IPInfo»), the element itself in the generations that have none."""
    lists = documents()
    found = nearest(element, lists.persons | lists.organisations, lists.of_others)
    return element if found is None else found


def _is_person(element: Element, block: Element, inn: str | None) -> bool:
    if inn is not None:
        return len(inn) == 12
    told = text(block, "participantType", "type") or text(element, "participantType", "type")
    return local(block) in documents().persons or told in documents().person_types


def _kind(element: Element, block: Element, inn: str | None, name: str | None) -> str | None:
    if inn is not None or _is_person(element, block, inn):
        return PERSON if _is_person(element, block, inn) else ORGANISATION
    told = text(block, "participantType", "type") or text(element, "participantType", "type")
    if local(block) in documents().organisations or told in documents().organisation_types:
        return ORGANISATION
    return PERSON if name and person_in_supplier_name(name) else ORGANISATION if name else None


def _name_parts(block: Element, person: bool) -> tuple[str | None, ...]:
    """Surname, given name and patronymic of a person who is the party. Up to 2014 they stand in contactInfo."""
    if not person:
        return ()
    holder = _holder_of_surname(block, documents().of_others)
    if holder is None and _told(block, _NAMES) is None:
        holder = next((found for name in _CONTACTS if (found := child(block, name)) is not None), None)
    return tuple(text(holder, name) for name in ("lastName", "firstName", "middleName")) if holder is not None else ()


def _holder_of_surname(block: Element, without: frozenset[str]) -> Element | None:
    surname = nearest(block, ("lastName",), without)
    return surname.getparent() if surname is not None else None


def _person_columns(parts: tuple[str | None, ...], name: str | None) -> dict[str, str | None]:
    """The comparable name: of parts as they are told apart, else as read from the whole."""
    read: PersonName | None = None
    if any(parts):
        read = name_from_parts(*parts)
    elif name:
        read = parse_name(person_in_supplier_name(name) or name)
    if read is None:
        return _NO_PERSON
    columns = read.columns()
    return {column: columns[column] for column in PERSON_COLUMNS}


def named_person(name: str) -> dict[str, str | None]:
    """Person columns of a full name in one field."""
    return _person_columns((), name)


def person_columns_of(element: Element | None) -> tuple[str | None, dict[str, str | None]]:
    """(name as written, person columns) of an element with lastName, firstName, middleName."""
    parts = tuple(text(element, name) for name in ("lastName", "firstName", "middleName"))
    written = " ".join(part for part in parts if part) or None
    return written, _person_columns(parts, written)


def person_name(element: Element | None, *paths: str) -> str | None:
    """The name of the person at the first of these paths that has one."""
    for path in paths:
        written, _ = person_columns_of(child(element, path))
        if written:
            return written
    return None


def _first(block: Element, *names: str) -> str | None:
    """What comes first of these names anywhere in the block."""
    for name in names:
        for one in descendants(block, name):
            if found := own_text(one):
                return found
    return None


def _address(block: Element) -> str | None:
    """The address of the party: where it is, before where its letters go; one that is taken apart is put together."""
    for name in ("factualAddress", "address", "factAddress", "legalAddress", "postAddress", "postalAddress"):
        for one in descendants(block, name):
            if found := own_text(one) or ", ".join(_parts(one)):
                return found
    return None


def _parts(address: Element) -> Iterator[str]:
    for one in address.iterdescendants("{*}*"):
        if local(one) in ("postCode", "house", "office", "building", "fullName") and (found := own_text(one)):
            yield found


def checked_inn(written: str | None, element: Element, place: str, sink: Sink) -> str | None:
    """The ИНН where it passes its check; a faulty one is told and never a key; a code that is no ИНН at all is left out."""
    if written is None or valid_inn(written):
        return written
    digits = written.strip()
    if digits.isascii() and digits.isdigit() and len(digits) in (9, 10, 11, 12) and set(digits) != {"0"}:
        row: int | None = element.sourceline  # type: ignore[assignment]  # the stubs leave it open
        sink.reject(Reject("bad_inn_eis", row=row, column="ИНН", value=written, params={"locator": place}, row_taken=True))
    return None


@dataclass(frozen=True, slots=True)
class Body:
    """A customer or another organisation that has to do with a purchase."""

    inn: str | None
    name: str | None
    code: str | None  # regNum: its number in the list of customers


def organisation(element: Element | None, place: str, sink: Sink) -> Body:
    """Customer, publisher or placer; in 223-ФЗ its columns stand in mainInfo."""
    if element is None:
        return Body(None, None, None)
    main = child(element, "mainInfo")
    one = element if main is None else main
    inn = checked_inn(text(one, "inn", "INN"), one, place, sink)
    return Body(inn, text(one, "fullName", "shortName"), text(one, "regNum"))


def inn_of_purchase_code(*codes: str | None) -> str | None:
    """The customer's ИНН from an identification code: of a purchase (ИКЗ, 36 signs), or of a customer (1 + ИНН + КПП)."""
    for code in codes:
        if code is None or not code.isdigit():
            continue
        found = code[3:13] if len(code) == 36 else code[1:11] if len(code) == 20 else ""
        if found and valid_inn(found):
            return found
    return None


def all_children(element: Element | None, *paths: str) -> list[Element]:
    """The elements at the ends of these paths: the last name may come many times, and so may those above it."""
    found = list[Element]()
    for path in paths:
        level = [] if element is None else [element]
        for name in path.split("/"):
            level = [one for above in level for one in children(above, name)]
        found += level
    return found
