"""Rows about bids into records: bidders, and the persons a bid discloses."""

from __future__ import annotations

import re
from typing import Any

from affil.ingest.tables.rows.party import ogrn_of, party_columns
from affil.ingest.tables.rows.row import NO_PERSON, Records, RowRefusedError, TableRow, person_columns
from affil.ingest.values.cells import Refused
from affil.ingest.values.number_values import any_inn
from affil.ingest.values.organisation_cell import INN_IN_NAME
from affil.ingest.values.share_values import share_value
from affil.language.companies import person_in_supplier_name
from affil.language.fio import parse_name
from affil.language.identifiers import valid_inn

_OWNER_PARTS = re.compile(r"[;\n]+|(?<=%)\s*,")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{9,12}(?!\d)")
_NOT_A_NAME = re.compile(r"\bИНН\b|\bдоля\b|\bв размере\b|\d[\d.,/]*\s*(?:%|процент\w*)?|[–—-]\s*(?=$|[,;])", re.IGNORECASE)
_WINNER = re.compile(r"\bпобедител[ьея]м?\b|\bwinner\b", re.IGNORECASE)
_NO_WINNER = re.compile(r"\b(?:не|нет|not|no)\b|уклони|отказ|после победител|следу\w+ за победител|второ", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*\d{1,2}[.)]\s+")


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
    party = party_columns(name, inn, "participant", ogrn_of(row, "participant") if inn is None else None)
    bid = {
        "procedure_number": row.get("procedure_number"), "participant_inn": inn, "participant_key": party["participant_key"],
        "applied_on": row.get("applied_on"),
    }  # fmt: skip
    persons = [*_director(row), *_owners(row)]
    return [
        ("participant", {**{field: row.get(field) for field in fields}, "winner": _won(row), **party}),
        *(("participant_person", {**bid, **person}) for person in persons),
    ]


def _won(row: TableRow) -> bool | None:
    """Whether he won: by the column that asks it, else where the words of a result call him the winner. A first place is none.

    The first in rank may be rejected for his second part or evade the contract (44-ФЗ ст. 49, 51); then the next one signs.
    """
    asked: bool | None = row.get("winner")
    told: str | None = row.get("result")
    if asked is not None or told is None:
        return asked
    return True if _WINNER.search(told) and not _NO_WINNER.search(told) else None


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
