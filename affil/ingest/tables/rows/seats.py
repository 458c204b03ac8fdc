"""Rows of lists of commissions into records: a seat a member, also where a cell names several, with their roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from affil.ingest.orders.members import MEMBER, role_in
from affil.ingest.orders.names import Named, names_in
from affil.ingest.orders.words import order_words
from affil.ingest.tables.rows.row import NO_PERSON, Records, RowRefusedError, TableRow
from affil.ingest.values.cells import Refused
from affil.ingest.values.dates import date_in
from affil.ingest.vocabulary.vocabulary import plain, vocabulary
from affil.language.fio import parse_name

_PIECES = re.compile(r"[;\n]+")
_DATE = r"(\d{1,2}\.\d{1,2}\.\d{2,4})"
_SPAN = re.compile(rf"\bс\s+{_DATE}(?:\s*г\.?)?\s*(?:по|до|–|—|-)\s*{_DATE}", re.IGNORECASE)
_NO_VOTE = "без права голоса"
_INSTEAD = re.compile(r"[–—:-]|\bего\b|\bеё\b|\bее\b|замещает", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Seat:
    """One member a cell names; `span` the days he stands in for another, where they are told."""

    name: str | None
    role: str | None = None
    span: tuple[str, str] | None = None


def seat_records(row: TableRow) -> Records:
    """Seats on a commission, one a member the cell names; the row needs a name, or the number the official is known by."""
    written = row.name("member")
    seats = list(_seats(written)) if written else []
    several = len(seats) > 1
    if not seats and row.get("employee_id") is None:
        raise RowRefusedError("no_name", "member", "employee_id")
    if not seats and written:
        row.doubt("member", "no_name", written)
    row.in_order("from", "to", "from", "to")
    return [
        ("commission_seat", _record(row, one, None if several else row.get("employee_id"), f"/{number}" if number > 1 else ""))
        for number, one in enumerate(seats or [_Seat(written)], 1)
    ]


def _record(row: TableRow, seat: _Seat, employee_id: str | None, at: str) -> dict[str, Any]:
    name = parse_name(seat.name) if seat.name else None
    columns = {column: value for column, value in (name.columns() if name else {}).items() if column in NO_PERSON}
    fields = ("customer", "customer_hint", "customer_inn", "organizer_inn", "procedure_number")
    since, until = _span(row, seat)
    record = {field: row.get(field) for field in fields}
    return {
        **record, "employee_id": employee_id, "name": seat.name, **NO_PERSON, **columns,
        "role": _role(row, seat), "valid_from": since, "valid_to": until, "at": at,
    }  # fmt: skip


def _span(row: TableRow, seat: _Seat) -> tuple[Any, Any]:
    """The days of the columns; where there are none, those the cell tells."""
    if row.get("from") is not None or row.get("to") is not None or seat.span is None:
        return row.get("from"), row.get("to")
    try:
        since, until = (date_in(day) for day in seat.span)
    except Refused as refused:
        row.doubt("member", refused.reason, " – ".join(seat.span), **refused.params)
        return None, None
    return since, until


def _role(row: TableRow, seat: _Seat) -> str | None:
    """The role of its column, else the one told beside the name; with the word that it has no vote, where a column says so."""
    column: str | None = row.get("role")
    role = column or seat.role
    if column and seat.role and order_words().doings["stand_in"].search(seat.role) and seat.role not in column:
        role = f"{column}, {seat.role.removeprefix(f'{MEMBER}, ')}"
    if not _votes(row.get("vote")) and not order_words().no_vote.search(role or ""):
        role = f"{role or MEMBER} ({_NO_VOTE})"
    return role


def _votes(told: str | None) -> bool:
    """False where the cell of «право голоса» denies it; an empty one tells nothing."""
    if told is None:
        return True
    word = plain(told)
    return not (word in vocabulary().none_of_them or vocabulary().negations.search(word) or set(told) <= set("-–—0"))


def _seats(text: str) -> Iterator[_Seat]:
    """The members of a cell, in order: «Председатель – Иванов И. И., директор; члены комиссии: Петров П. П., Сидоров С. С.»."""
    if _is_one(text):
        yield _Seat(text)
        return
    role: str | None = None
    for piece in _PIECES.split(text):
        found = list(names_in(piece))
        if not found:
            role = role_in(piece) or role
            continue
        away = _away(piece, found)
        for n, named in enumerate(found):
            before = piece[found[n - 1].end if n else 0 : named.start]
            behind = piece[named.end : found[n + 1].start if n + 1 < len(found) else len(piece)]
            ahead, after = role_in(before), role_in(behind)
            if ahead and ":" in before:
                role = ahead
            if away and named is away[0]:
                continue
            own = ahead if ahead and (not after or n == 0 or ":" in before) else after or ahead or role
            if away and named is away[1]:
                own = after if away[0] is None and n else own
                yield _Seat(named.text, f"{own or MEMBER}, {away[2]}", _told_span(piece))
            else:
                yield _Seat(named.text, own)


def _is_one(text: str) -> bool:
    """True where the cell is read as it stands: a name, or what the names of an order do not know."""
    found = list(names_in(text))
    if not found:
        return parse_name(text) is not None and role_in(text) is None
    return len(found) == 1 and found[0].text == " ".join(text.split())


def _away(piece: str, found: list[Named]) -> tuple[Named | None, Named, str] | None:
    """(who is away and has no seat by this, who stands in, the words): «на период отпуска Ивановой М. П. – Сидоров П. И.»."""
    words = order_words().doings["stand_in"].search(piece)
    if words is None:
        return None
    behind = [one for one in found if one.start >= words.end()]
    ahead = [one for one in found if one.end <= words.start()]
    if behind and ahead and _INSTEAD.search(piece[words.end() : behind[0].start]):
        return None, behind[0], f"{words[0].lower()} ({ahead[-1].text})"  # «Иванова М. П. (на период отпуска – Сидоров П. И.)»
    if behind and (len(behind) > 1 or ahead):
        return behind[0], behind[1] if len(behind) > 1 else ahead[-1], f"{words[0].lower()} {behind[0].text}"
    if ahead and not behind:
        return None, ahead[-1], words[0].lower()
    return None


def _told_span(piece: str) -> tuple[str, str] | None:
    found = _SPAN.search(piece)
    return (found[1], found[2]) if found else None
