"""Columns whose meaning the others tell: whose a bare «ИНН» is («Заказчик · ИНН · Поставщик · ИНН»), which number counts.

Taken for the supplier's, the customer's own ИНН would make him supply himself, so the place and the cells decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from affil.ingest.tables.sheet.headings import Header, Row
from affil.ingest.values.cells import shown
from affil.ingest.vocabulary.vocabulary import plain

_BARE = frozenset({"инн", "инн кпп", "inn", "tin"})
_SUPPLIER, _SUPPLIER_INN = "supplier", "supplier_inn"
_NUMBER, _OWN_NUMBER = "contract_number", "own_number"
_PARTIES = {"customer": "customer_inn", _SUPPLIER: _SUPPLIER_INN, "organizer_inn": "organizer_inn"}


def with_one_number(header: Header) -> Header:
    """The header with the customer's own number as the number of the contract where no column has that of the register."""
    if _OWN_NUMBER not in header.columns or _NUMBER in header.columns or header.table.name != "contracts":
        return header
    columns = {_NUMBER if field == _OWN_NUMBER else field: several for field, several in header.columns.items()}
    meanings = {column: _NUMBER if field == _OWN_NUMBER else field for column, field in header.meanings.items()}
    return replace(header, columns=columns, meanings=meanings)


def with_own_inn(header: Header, rows: Sequence[Row]) -> Header:
    """The header with each bare ИНН of a list of contracts under the party it belongs to.

    Two of them belong to the party on their left. A single one is the customer's where it never differs for a customer who
    has several suppliers, else the supplier's.
    """
    bare = sorted(column for column, text in header.written.items() if plain(text) in _BARE)
    if header.table.name != "contracts" or "customer" not in header.columns or not bare:
        return header
    if not set(bare) & set(header.columns.get(_SUPPLIER_INN, ())):
        return header
    fields = {column: _party_on_the_left(header, column) for column in bare}
    if len(bare) == 1 or len(set(fields.values())) < len(bare):
        customers = [column for column in bare if _follows_the_customer(header, rows, column)]
        if not customers:
            return header
        fields = {column: "customer_inn" if column in customers[:1] else _SUPPLIER_INN for column in bare}
    columns = {field: several for field, several in header.columns.items() if field != _SUPPLIER_INN}
    named = [column for column in header.columns.get(_SUPPLIER_INN, ()) if column not in bare]
    for field in dict.fromkeys(fields.values()):
        mine = [*(named if field == _SUPPLIER_INN else ()), *(column for column in bare if fields[column] == field)]
        columns[field] = (*columns.get(field, ()), *mine)
    if named and _SUPPLIER_INN not in columns:
        columns[_SUPPLIER_INN] = tuple(named)
    return replace(header, columns=columns)


def _party_on_the_left(header: Header, column: int) -> str:
    places = [(at, field) for party, field in _PARTIES.items() for at in header.columns.get(party, ()) if at < column]
    return max(places)[1] if places else _SUPPLIER_INN


def _follows_the_customer(header: Header, rows: Sequence[Row], column: int) -> bool:
    """True where some customer has several suppliers and the ИНН is one and the same for each customer."""
    if _SUPPLIER not in header.columns:
        return False
    customer, supplier = header.columns["customer"][0], header.columns[_SUPPLIER][0]
    inns: defaultdict[str, set[str]] = defaultdict(set)
    suppliers: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows[header.last_row + 1 :]:
        whose, inn, whom = (shown(row[at]) if at < len(row) else "" for at in (customer, column, supplier))
        if whose and inn:
            inns[whose].add(inn)
            suppliers[whose].add(whom)
    return any(len(several) > 1 for several in suppliers.values()) and all(len(several) == 1 for several in inns.values())
