"""The supplier or bidder of a row in the columns of the store."""

from __future__ import annotations

import re
from typing import Any

from affil.ingest.tables.rows.row import NO_PERSON, TableRow, supplier_person_columns
from affil.ingest.values.number_values import PERSON_DIGITS
from affil.ingest.values.organisation_cell import OGRN_IN_NAME
from affil.language.companies import company_key, person_in_supplier_name
from affil.language.identifiers import valid_ogrn

ORGANISATION, PERSON = "organisation", "person"
_NATURAL_PERSON = "физическое лицо "  # a mark of affil/language/companies.toml


def ogrn_of(row: TableRow, field: str) -> str | None:
    """The ОГРН of a supplier or bidder without an ИНН: in the cell of the ИНН, where it is no fault then, or in the name."""
    inside = OGRN_IN_NAME.search(row.get(field) or "")
    for problem in [one for one in row.problems if one.field == f"{field}_inn"]:
        digits = re.sub(r"\D", "", problem.value)
        if valid_ogrn(digits):
            row.problems.remove(problem)
            return digits
    return inside[1] if inside and valid_ogrn(inside[1]) else None


def party_columns(
    name: str | None, inn: str | None, field: str, ogrn: str | None = None, natural: bool = False
) -> dict[str, Any]:
    """Columns of a supplier or bidder. The length of the ИНН tells a person from an organisation, else the name does.

    `natural`: the row says of a contract with a natural person, so that «Иванов Иван» is one too.
    """
    kind = None if inn is None else PERSON if len(inn) == PERSON_DIGITS else ORGANISATION
    # What the number tells the name is not asked: it takes long, and lists of contracts have many names.
    person = person_in_supplier_name(name) if name and kind != ORGANISATION else None
    if person is None and natural and name and inn is None:
        person = person_in_supplier_name(_NATURAL_PERSON + name)
    if inn is None and name is not None:
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
