"""What the rows above the headings say of every row: «Заказчик: МБОУ СОШ № 9, ИНН …»."""

from __future__ import annotations

from collections.abc import Sequence

from affil.ingest.values.cells import Cell, Refused, shown
from affil.ingest.values.number_values import organisation_inn
from affil.ingest.vocabulary.vocabulary import Table, vocabulary

_LONGEST = 2_000  # letters of a row that are searched


def title_values(table: Table, rows: Sequence[Sequence[Cell]]) -> dict[str, str]:
    """Values for fields of the table, found above its header; the first mention of each counts."""
    found: dict[str, str] = {}
    for row in rows:
        text = " ".join(part for part in map(shown, row) if part)[:_LONGEST]
        for said, field in table.from_title.items():
            value = _said(said, text)
            if value and field not in found:
                found[field] = value
    return found


def _said(what: str, text: str) -> str | None:
    match = vocabulary().titles[what].search(text)
    if match is None:
        return None
    value = match[1].strip(" ,;.:№")
    if not what.endswith("_inn"):
        return value or None
    try:
        return organisation_inn(value)
    except Refused:
        return None
