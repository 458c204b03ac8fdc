"""What holds for every row of a table beside its cells, told by titles, sheet, file and folders; and how a row takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from affil.ingest.tables.sheet.headings import Header
from affil.ingest.tables.sheet.places import Place, Stated, hints_of, stated_by_place
from affil.ingest.tables.sheet.titles import title_values
from affil.ingest.values.cells import Cell, shown
from affil.ingest.vocabulary.vocabulary import Table
from affil.language.companies import company_key
from affil.model.records import Sink

_SAMPLE = 2_000
_CUSTOMER, _CUSTOMER_INN, _HINT = "customer", "customer_inn", "customer_hint"
_BOTH = frozenset({_CUSTOMER, _CUSTOMER_INN})

Context = Mapping[str, Stated]


def context_of(table: Table, titles: Sequence[Sequence[Cell]], place: Place) -> Context:
    """Values by field for all rows of a table: its titles go before its place."""
    return stated_by_place(table.from_place, place, title_values(table, titles))


def values_of(context: Context, table: Table, place: Place) -> dict[str, str]:
    """The values alone; with the names around the table where it asks for a customer by name and nothing tells who it is."""
    values = {field: stated.value for field, stated in context.items()}
    hint = hints_of(place) if _CUSTOMER in table.from_place and not _BOTH & values.keys() else None
    return {**values, _HINT: hint} if hint else values


def fill(values: dict[str, Any], context: Mapping[str, str]) -> None:
    """Give a row what holds for its table; what the row says itself stays.

    Customer and ИНН are one thing: a row that names its customer takes the ИНН of the title only where the title names the same
    one. Nobody else's ИНН may stand beside it.
    """
    named, inn = values.get(_CUSTOMER), values.get(_CUSTOMER_INN)
    for field, value in context.items():
        if field not in values and (field not in _BOTH or _same(named, inn, context)):
            values[field] = value


def _same(named: str | None, inn: str | None, context: Mapping[str, str]) -> bool:
    """Whether the customer of the row, if it names one, is the one of the context."""
    if named is None and inn is None:
        return True
    told, told_inn = context.get(_CUSTOMER), context.get(_CUSTOMER_INN)
    if inn is not None and told_inn is not None:
        return inn == told_inn
    return named is not None and told is not None and company_key(named) == company_key(told)


def told_apart(header: Header, context: Mapping[str, str]) -> bool:
    """True where customers stand in the rows as well as above them, so that each row has to be looked at by itself."""
    return bool(_BOTH & header.columns.keys() and _BOTH & context.keys())


def customer_of_all(header: Header, context: Context, rows: Sequence[Sequence[Cell]]) -> Context:
    """The context with the customer's name of the column where the title gives only an ИНН and the column never differs."""
    if _CUSTOMER_INN not in context or _CUSTOMER in context or _CUSTOMER not in header.columns:
        return context
    column = header.columns[_CUSTOMER][0]
    names = {text for row in rows[header.last_row + 1 : _SAMPLE] if column < len(row) and (text := shown(row[column]))}
    keys = {company_key(name) for name in names}
    return {**context, _CUSTOMER: Stated(min(names), context[_CUSTOMER_INN].by)} if len(keys) == 1 else context


def note_context(sink: Sink, where: str, table: Table, context: Context) -> None:
    """One note a value, under the key of what says it."""
    for field, stated in sorted(context.items()):
        sink.note(f"{stated.by}|{where}{table.fields[field].heading} = {stated.value}")
