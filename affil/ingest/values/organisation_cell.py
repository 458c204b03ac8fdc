"""The organisation a row names: its name, the ИНН of its own column or written into the name, and the comparable name."""

from __future__ import annotations

import re
from typing import Any

from affil.ingest.tables.rows.row import TableRow
from affil.ingest.values.cells import Refused
from affil.ingest.values.number_values import PERSON_DIGITS, any_inn
from affil.language.companies import company_key, person_in_supplier_name

INN_IN_NAME = re.compile(
    r"[\s,;(]*\b(?:ИНН|INN)\W{0,3}(\d{12}|\d{10})(?!\d)(?:\s*[/,;]?\s*КПП\W{0,3}\d{9})?\s*\)?", re.IGNORECASE
)
OGRN_IN_NAME = re.compile(r"\b(?:ОГРН|OGRN)\W{0,3}(\d{13})(?!\d)", re.IGNORECASE)


def organisation_columns(row: TableRow, written: str | None) -> dict[str, Any]:
    """Columns organisation, organisation_inn, organisation_key; no key where the name or the ИНН is a person's."""
    inn: str | None = row.get("organisation_inn")
    inside = INN_IN_NAME.search(written) if written else None
    if written and inside:
        written = INN_IN_NAME.sub(" ", written).strip(" ,;") or None
        inn = inn or _inside(row, inside[1])
    person = (inn is not None and len(inn) == PERSON_DIGITS) or (
        written is not None and person_in_supplier_name(written) is not None
    )
    key = company_key(written) or None if written and not person else None
    return {"organisation": written, "organisation_inn": inn, "organisation_key": key}


def _inside(row: TableRow, digits: str) -> str | None:
    try:
        return any_inn(digits)
    except Refused as refused:
        row.doubt("organisation", refused.reason, digits, **refused.params)
        return None
