"""Rows about who did what in a purchase into records: who wrote the specification, who took delivery."""

from __future__ import annotations

import re
from collections.abc import Iterable

from affil.ingest.tables.rows.row import Records, RowRefusedError, TableRow, named_columns
from affil.ingest.tables.sheet.headings import Header, Row, find_header
from affil.ingest.values.cells import Cell, shown
from affil.ingest.values.converters import meaning

ROLES = "procurement_role"
_BETWEEN_ROLES = re.compile(r"\s*[,;/+\n]\s*")
_DUTIES = frozenset({"specification author", "acceptance", "contract manager"})


def duty_records(row: TableRow) -> Records:
    """One record for each role of the person; the row needs a contract or procedure, the person and the role.

    `detail` keeps the words: «куратор контракта» is 'other' among the roles of CONTRACT 3.
    """
    if row.get("contract_number") is None and row.get("procedure_number") is None:
        raise RowRefusedError("no_contract_or_procedure", "contract_number", "procedure_number")
    person = named_columns(row, "member")
    written: str | None = row.get("role")
    if written is None:
        raise RowRefusedError("required_missing", "role")
    fields = ("contract_number", "procedure_number", "employer_inn", "customer_inn")
    duty = {**{field: row.get(field) for field in fields}, "valid_from": row.get("from"), "valid_to": row.get("to")}
    return [("duty", {**person, **duty, "role": role, "detail": detail}) for role, detail in _roles(row, written)]


def _roles(row: TableRow, written: str) -> list[tuple[str | None, str]]:
    """The roles of a cell with the words of each; one of no known meaning is None, and told."""
    whole = [(meaning(part, ROLES), part) for part in _BETWEEN_ROLES.split(written) if part]
    known = {role: part for role, part in reversed(whole) if role is not None}
    if not known:
        row.doubt("role", "unknown_procurement_role", written)
        return [(None, written)]
    return sorted(known.items()) if len(known) > 1 else [(role, written) for role in known]


def duties_of_seats(header: Header, rows: list[Row]) -> Header:
    """The header read as duties where a list «Номер закупки · ФИО · Роль» speaks of specifications and delivery, not of seats.

    Both tables have these headings, so what most of its role cells say decides.
    """
    if header.table.name != "commissions" or "role" not in header.columns:
        return header
    duties = find_header(rows, only="duties")
    if duties is None or duties.first_row != header.first_row:
        return header
    column = header.columns["role"][0]
    return duties if _mostly_duties(row[column] for row in rows[duties.last_row + 1 :] if column < len(row)) else header


def _mostly_duties(cells: Iterable[Cell]) -> bool:
    said = [meaning(text, ROLES) in _DUTIES for text in map(shown, cells) if text]
    return sum(said) * 2 > len(said)
