"""Rows about purchases into records: contracts, bidders, and the persons a bid discloses."""

from __future__ import annotations

import re
from typing import Any

from affil.ingest.tables.row import NO_PERSON, Records, RowRefusedError, TableRow, person_columns, supplier_person_columns
from affil.ingest.values.cells import Refused
from affil.ingest.values.dates import date_in
from affil.ingest.values.number_values import PERSON_DIGITS, any_inn
from affil.ingest.values.organisation_cell import INN_IN_NAME, OGRN_IN_NAME
from affil.ingest.values.periods import period_bounds
from affil.ingest.values.share_values import share_value
from affil.language.companies import company_key, person_in_supplier_name
from affil.language.fio import parse_name
from affil.language.identifiers import valid_inn, valid_ogrn

ORGANISATION, PERSON = "organisation", "person"
_NUMBER_AFTER_SIGN = re.compile(r"№\s*([^\s,;]+)")
_NUMBER_BEFORE_DATE = re.compile(
    r"^\W*(?:(?:контракт|договор|муниципальный|государственный)\s*)*(?:№|N|No\.?)?\s*(.+?)\s*(?:,|;|\bот\b|\bfrom\b|$)",
    re.IGNORECASE,
)
_OWNER_PARTS = re.compile(r"[;\n]+|(?<=%)\s*,")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{9,12}(?!\d)")
_NOT_A_NAME = re.compile(r"\bИНН\b|\bдоля\b|\bв размере\b|\d[\d.,/]*\s*(?:%|процент\w*)?|[–—-]\s*(?=$|[,;])", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*\d{1,2}[.)]\s+")


def contract_records(row: TableRow) -> Records:
    """A contract: one record a supplier. The row needs a supplier by ИНН or name, and a date or a period."""
    supplier, inns = _supplier(row)
    ogrn = _ogrn(row, "supplier") if not inns else None
    supplier = supplier or (f"ОГРН {ogrn}" if ogrn else None)
    if supplier is None and not inns:
        raise RowRefusedError("no_supplier", "supplier_inn", "supplier")
    _number_and_date(row)
    _year_as_period(row)
    if row.get("signed_on") is None and row.get("period") is None:
        raise RowRefusedError("no_date", "signed_on", "number_and_date", "period")
    row.in_order("signed_on", "ends_on", "ends_on")
    row.in_order("notice_on", "signed_on", "notice_on")
    fields = (
        "signed_on", "period", "contract_number", "customer_inn", "customer", "organizer_inn", "notice_on", "price", "subject",
        "method", "ground", "procedure_number", "ends_on", "national_project", "subcontractor_inn", "contract_manager",
    )  # fmt: skip
    first, last = period_bounds(row.get("period")) or (None, None)
    record = {**{field: row.get(field) for field in fields}, "period_from": first, "period_to": last}
    return [("contract", {**record, **_party(supplier, inn, "supplier", ogrn)}) for inn in (inns or (None,))]


def _supplier(row: TableRow) -> tuple[str | None, tuple[str, ...]]:
    """Name and ИНН of the supplier; an ИНН written into the cell of the name is taken out of it."""
    supplier: str | None = row.get("supplier")
    inns: tuple[str, ...] = row.get("supplier_inn") or ()
    if supplier is None:
        return None, inns
    inside = INN_IN_NAME.search(supplier)
    if inside is None:
        return supplier, inns
    name = INN_IN_NAME.sub(" ", supplier).strip(" ,;") or None
    if inns:
        return name, inns
    try:
        found = any_inn(inside[1])
    except Refused as refused:
        row.doubt("supplier", refused.reason, inside[1], **refused.params)
        found = None
    return name, (found,) if found else ()


def _number_and_date(row: TableRow) -> None:
    """Number and date of a contract from one cell «№ 12 от 04.03.2025», where they have no columns of their own."""
    both: str | None = row.get("number_and_date")
    if both is None:
        return
    if row.get("signed_on") is None:
        try:
            row.values["signed_on"] = date_in(both)
        except Refused as refused:
            row.doubt("number_and_date", refused.reason, both, **refused.params)
    if row.get("contract_number") is None:
        number = _NUMBER_AFTER_SIGN.search(both) or _NUMBER_BEFORE_DATE.match(both)
        row.values["contract_number"] = number[1] if number else None


def _year_as_period(row: TableRow) -> None:
    """A year or month alone in the column of the date is the period of the contract; that the day is missing stays told."""
    if row.get("signed_on") is not None or row.get("period") is not None:
        return
    for problem in row.problems:
        if problem.field == "signed_on" and problem.reason == "date_incomplete":
            row.values["period"] = problem.value


def _ogrn(row: TableRow, field: str) -> str | None:
    """The ОГРН of a supplier or bidder without an ИНН: in the cell of the ИНН, where it is no fault then, or in the name."""
    inside = OGRN_IN_NAME.search(row.get(field) or "")
    for problem in [one for one in row.problems if one.field == f"{field}_inn"]:
        digits = re.sub(r"\D", "", problem.value)
        if valid_ogrn(digits):
            row.problems.remove(problem)
            return digits
    return inside[1] if inside and valid_ogrn(inside[1]) else None


def _party(name: str | None, inn: str | None, field: str, ogrn: str | None = None) -> dict[str, Any]:
    """Columns of a supplier or bidder. The length of the ИНН tells a person from an organisation, else the name does."""
    person = person_in_supplier_name(name) if name else None
    kind = None
    if inn is not None:
        kind = PERSON if len(inn) == PERSON_DIGITS else ORGANISATION
    elif name is not None:
        kind = PERSON if person else ORGANISATION
    is_person = kind == PERSON and name is not None
    return {
        field: name,
        f"{field}_inn": inn,
        f"{field}_kind": kind,
        f"{field}_key": _key(name, ogrn) if name is not None and kind == ORGANISATION else None,
        **(supplier_person_columns(person or name or "") if is_person else NO_PERSON),
    }


def _key(name: str, ogrn: str | None) -> str:
    """The comparable name, with the ОГРН after it where that and no ИНН is known (schema.sql)."""
    return f"{company_key(name)} ОГРН {ogrn}".strip() if ogrn else company_key(name)


def participant_records(row: TableRow) -> Records:
    """A bidder and the persons its application discloses. The row needs the procedure and the bidder by ИНН or name."""
    if row.get("procedure_number") is None:
        raise RowRefusedError("no_procedure", "procedure_number")
    name, inn = row.get("participant"), row.get("participant_inn")
    if name is None and inn is None:
        raise RowRefusedError("no_participant", "participant_inn", "participant")
    fields = ("procedure_number", "applied_on", "winner", "customer_inn", "organizer_inn", "phone", "email", "address")
    inside = INN_IN_NAME.search(name) if name and inn is None else None
    inn = inside[1] if inside and valid_inn(inside[1]) else inn
    party = _party(name, inn, "participant", _ogrn(row, "participant") if inn is None else None)
    bid = {
        "procedure_number": row.get("procedure_number"), "participant_inn": inn, "participant_key": party["participant_key"],
        "applied_on": row.get("applied_on"),
    }  # fmt: skip
    persons = [*_director(row), *_owners(row)]
    return [
        ("participant", {**{field: row.get(field) for field in fields}, **party}),
        *(("participant_person", {**bid, **person}) for person in persons),
    ]


def _director(row: TableRow) -> list[dict[str, Any]]:
    written, inn = row.get("director"), row.get("director_inn")
    if written is None and inn is None:
        return []
    person = person_in_supplier_name(written) or written if written else ""
    name = parse_name(person) if person else None
    if name is None and inn is None:
        row.doubt("director", "no_name", written or "")
        return []
    columns = {column: value for column, value in (person_columns(name) if name else {}).items() if column in NO_PERSON}
    return [{"kind": "director", "name": written, **NO_PERSON, **columns, "inn": inn, "share": None}]


def _owners(row: TableRow) -> list[dict[str, Any]]:
    written: str | None = row.get("owners_over_25")
    if written is None:
        return []
    return [owner for part in _OWNER_PARTS.split(written) if part.strip(" ,.") for owner in _owner(row, part.strip())]


def _owner(row: TableRow, part: str) -> list[dict[str, Any]]:
    """One owner «Иванов И. И., 420500000000, 30 %»; a piece that names nobody is told and left out."""
    part = _NUMBERING.sub("", part)
    inn = None
    number = _LONG_NUMBER.search(part)
    if number:
        try:
            inn = any_inn(number[0])
        except Refused as refused:
            row.doubt("owners_over_25", refused.reason, number[0], **refused.params)
    rest = _LONG_NUMBER.sub(" ", part)
    written = re.sub(r"\s+", " ", _NOT_A_NAME.sub(" ", rest)).strip(" ,;()–—-:")
    name = parse_name(written) if written else None
    if name is None and inn is None:
        row.doubt("owners_over_25", "no_name", part)
        return []
    columns = {column: value for column, value in (name.columns() if name else {}).items() if column in NO_PERSON}
    return [{"kind": "owner", "name": written or None, **NO_PERSON, **columns, "inn": inn, "share": share_value(rest)}]
