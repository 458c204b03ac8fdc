"""One row of a table on its way to the store: its values, what was refused of it, and the records it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from affil.language.fio import PersonName, parse_name, with_former

Records = list[tuple[str, dict[str, Any]]]
NO_PERSON: Mapping[str, None] = dict.fromkeys(("surname", "given", "patronymic", "name_key", "gender"))


class RowRefusedError(Exception):
    """The row cannot be taken; `fields` are those that would have saved it, the first of them is shown."""

    def __init__(self, reason: str, *fields: str, **params: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields = fields
        self.params = params


@dataclass(frozen=True, slots=True)
class Problem:
    """A value of the row that was refused, the rest of the row being good."""

    field: str
    reason: str
    value: str
    params: Mapping[str, str]


@dataclass(slots=True)
class TableRow:
    """Converted values by field, without the fields that say nothing; `problems` grows as the row is read."""

    values: dict[str, Any]
    problems: list[Problem]
    told: dict[str, str] | None = None

    def get(self, field: str) -> Any:
        """The value of a field, None where there is none."""
        return self.values.get(field)

    def name(self, field: str) -> str | None:
        """The name in `field`, or put together from the columns surname, given, patronymic."""
        whole: str | None = self.values.get(field)
        if whole is not None:
            return whole
        parts = [self.values.get(part) for part in ("surname", "given", "patronymic")]
        return " ".join(part for part in parts if part) or None

    def doubt(self, field: str, reason: str, value: str, **params: str) -> None:
        """Remember that a value of the row was refused."""
        self.problems.append(Problem(field, reason, value, params))

    def tell(self, key: str, value: str) -> None:
        """Remember something of the row that its sheet tells in a note (`Told`): what kind of row it is, and its value."""
        self.told = {**(self.told or {}), key: value}

    def in_order(self, first: str, last: str, *dropped: str) -> None:
        """Where the day in `last` is before the day in `first`, tell it and forget the days in `dropped`.

        Nobody can say which of the two is wrong; kept, they would make a span that covers no day at all, and the tie
        would be passed over in silence.
        """
        begun, ended = self.get(first), self.get(last)
        if begun is None or ended is None or begun <= ended:
            return
        self.doubt(last, "dates_inverted", f"{begun:%d.%m.%Y} – {ended:%d.%m.%Y}")
        for field in dropped:
            self.values.pop(field, None)


Builder = Callable[[TableRow], Records]


def person_columns(name: PersonName, former: str | None = None) -> dict[str, str | None]:
    """The person columns of the store, former surnames of a column of their own added."""
    return (with_former(name, former) if former else name).columns()


def named_columns(row: TableRow, field: str) -> dict[str, Any]:
    """Employee number, name as written and person columns of the official a row names in `field`; neither is a faulty row."""
    written = row.name(field)
    name = parse_name(written) if written else None
    if name is None and row.get("employee_id") is None:
        raise RowRefusedError("no_official_named", field, "employee_id")
    if name is None and written:
        row.doubt(field, "no_name", written)
    columns = {column: value for column, value in (name.columns() if name else {}).items() if column in NO_PERSON}
    return {"employee_id": row.get("employee_id"), "name": written, **NO_PERSON, **columns}


def supplier_person_columns(text: str) -> dict[str, str | None]:
    """The person columns of a supplier or bidder that is a person; former surnames have no column there."""
    name = parse_name(text)
    if name is None:
        return dict(NO_PERSON)
    return {column: value for column, value in name.columns().items() if column in NO_PERSON}
