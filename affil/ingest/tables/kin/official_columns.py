"""Columns of a list of relatives about the official: «Таб. № · ФИО сотрудника · ИНН · Степень родства · ФИО родственника».

A bare «ИНН» or «Дата рождения» between the official's name and the relative's is his. Taken for the relative's it would make
each relative and the official one person. Only cells that differ between the relatives of one official are the relatives'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from affil.ingest.tables.sheet.headings import Header, Row
from affil.ingest.values.cells import shown

_PERSONAL = ("inn", "birth_date", "position", "employer", "address", "phone", "email", "former_names")
_OWN_WORD = "родственник"


def without_official_columns(header: Header, rows: Sequence[Row]) -> Header:
    """The header without the columns that stand in the official's part of a list of relatives and hold his data."""
    official = [column for field in ("employee_id", "official_name") for column in header.columns.get(field, ())]
    relative = [column for field in ("relationship", "name", "surname") for column in header.columns.get(field, ())]
    if header.table.name != "relatives" or not official:
        return header
    body = rows[header.last_row + 1 :]
    his = [
        field
        for field in _PERSONAL
        for column in header.columns.get(field, ())
        if min(official) < column < min(relative)
        and _OWN_WORD not in header.written[column].lower()
        and header.written[column] != field  # the machine name says which field of this table it is, wherever it stands
        and not _differs_for_one(body, official, column)
    ]
    if not his:
        return header
    # «Дата рождения · Степень родства · ФИО родственника · Дата рождения родственника»: the one that was passed over is theirs.
    theirs = {
        field: (at,)
        for field in his
        for at in sorted((at for at, meant in header.meanings.items() if meant == field and at > min(relative)), reverse=True)
    }
    columns = {field: several for field, several in header.columns.items() if field not in his} | theirs
    told = tuple(header.written[header.columns[field][0]] for field in his)
    read_now = {header.written[at] for (at,) in theirs.values()}
    left = tuple(text for text in header.not_loaded if text not in read_now)
    return replace(header, columns=columns, not_loaded=(*left, *told))


def _differs_for_one(rows: Sequence[Row], official: list[int], column: int) -> bool:
    """True where some official has two relatives for whom the column says different things, or one below his name alone."""
    seen: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    key: tuple[str, ...] = ()
    for row in rows:
        own = tuple(shown(row[at]) if at < len(row) else "" for at in official)
        key = own if any(own) else key
        value = shown(row[column]) if column < len(row) else ""
        if any(key) and value:
            seen[key].add(value)
    return any(len(values) > 1 for values in seen.values())
