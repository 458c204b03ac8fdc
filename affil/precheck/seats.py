"""Whose answers a procurement needs: officials with a role in it, and the commission, with what says that they have it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from affil.model.finding import Employee
from affil.precheck.asked import Asked
from affil.rules.parts import employee_of
from affil.store.store import Store

Row = dict[str, Any]

HEAD, SERVICE_HEAD, MANAGER, MEMBER = "head of customer", "head of contract service", "contract manager", "commission member"
ROLES = (HEAD, SERVICE_HEAD, MANAGER, MEMBER, "specification author", "acceptance", "other")
NOBODY_KNOWS = "asked|"  # how the key of a member begins who is none of the loaded officials
LEVELS = ("procedure", "organizer", "customer")


@dataclass(frozen=True, slots=True)
class Role:
    """One role: `kind` of ROLES, `detail` as the source writes it, `by` what tells of it.

    `by`: procedure, organizer, customer (the level of the commission), list (the table of officials), duty.
    """

    kind: str
    by: str
    detail: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A person of the matrix. `known` is false for a member who is none of the loaded officials."""

    key: str
    name: str
    employee: Employee | None
    roles: tuple[Role, ...]
    known: bool = True


@dataclass(frozen=True, slots=True)
class Seats:
    """All rows of the matrix, in order; `missing`: roles nobody is known to have (head, contract service, commission)."""

    rows: tuple[Seat, ...]
    missing: tuple[str, ...]
    level: str | None  # at which level the commission was found; "list" where only the table of officials tells of members


def seats_of(store: Store, asked: Asked, days: tuple[dt.date, dt.date]) -> Seats:
    """Officials with a role, and the commission by procurement, else by organiser, else by customer, on one of these days.

    Where no list of seats is loaded, the officials whose role is «commission member» are the commission.
    """
    level, members = _commission(store, asked, days)
    roles: dict[str, list[Role]] = defaultdict(list)
    for row in _by_list(store, asked, days):
        if row["role"] != MEMBER or not members:
            roles[row["official_key"]].append(Role(row["role"], "list", row["position"]))
    for row in _duties(store, asked, days):
        roles[row["official_key"]].append(Role(row["role"] or "other", "duty", row["detail"]))
    for row in members:
        key = row["official_key"] or _unknown_key(row)
        roles[key].append(Role(MEMBER, level or "", row["role"], row["valid_from"], row["valid_to"]))
    people = {
        row["official_key"]: row
        for row in store.rows("SELECT * FROM official_in_force WHERE list_contains(?, official_key)", [sorted(roles)])
    }
    strangers = {_unknown_key(row): row["name"] or row["employee_id"] for row in members if not row["official_key"]}
    rows = sorted((_seat(key, told, people.get(key), strangers) for key, told in roles.items()), key=_order)
    kinds = {role.kind for seat in rows for role in seat.roles}
    by_list = "list" if MEMBER in kinds and level is None else level
    return Seats(tuple(rows), tuple(_missing(kinds)), by_list)


def _missing(kinds: set[str]) -> list[str]:
    found = [HEAD] if HEAD not in kinds else []
    found += [SERVICE_HEAD] if not kinds & {SERVICE_HEAD, MANAGER} else []
    return [*found, *([MEMBER] if MEMBER not in kinds else [])]


def _seat(key: str, roles: list[Role], person: Row | None, strangers: dict[str, str]) -> Seat:
    told = tuple(
        sorted(set(roles), key=lambda role: (ROLES.index(role.kind), role.by, role.detail or "", role.since or dt.date.min))
    )
    if person is None:
        return Seat(key, strangers.get(key, key), None, told, known=False)
    return Seat(key, person["name"], employee_of(person, told[0].kind), told, known=not key.startswith(NOBODY_KNOWS))


def _order(seat: Seat) -> tuple[int, bool, str, str]:
    first = seat.roles[0]
    chairs = any(role.kind == MEMBER and (role.detail or "").casefold().startswith(("предс", "chair")) for role in seat.roles)
    return ROLES.index(first.kind), not chairs, seat.name, seat.key


def _unknown_key(row: Row) -> str:
    return NOBODY_KNOWS + str(row["name_key"] or row["name"] or row["employee_id"])


def _commission(store: Store, asked: Asked, days: tuple[dt.date, dt.date]) -> tuple[str | None, list[Row]]:
    """The seats held on one of the days at the first level that has any (CONTRACT 4, «Whose purchases»)."""
    handles = {"procedure": asked.number, "organizer": asked.organizer_inn, "customer": asked.customer_inn}
    for level in LEVELS:
        rows = store.rows(_SEATS[level], {"handle": handles[level], "first": days[0], "last": days[1]}) if handles[level] else []
        if rows:
            return level, rows
    return None, []


_HELD = "coalesce(valid_from <= $last, true) AND coalesce(valid_to >= $first, true) ORDER BY official_key, name_key, role, source_id, locator"
_SEATS = {
    "procedure": f"SELECT * FROM commission_seat_in_force WHERE procedure_number = $handle AND {_HELD}",
    "organizer": f"SELECT * FROM commission_seat_in_force WHERE organizer_inn = $handle AND procedure_number IS NULL AND {_HELD}",
    "customer": f"""SELECT * FROM commission_seat_in_force
                    WHERE customer_inn = $handle AND procedure_number IS NULL AND organizer_inn IS NULL AND {_HELD}""",
}


def _by_list(store: Store, asked: Asked, days: tuple[dt.date, dt.date]) -> list[Row]:
    """Officials of the customer to whom the table of officials gives a role; the head of an institution is the customer's head."""
    return store.rows(
        """
        SELECT official_key, position, coalesce(procurement_role, 'head of customer') AS role FROM official_in_force
        WHERE employer_inn = $customer AND (procurement_role IS NOT NULL OR status = 'head of institution')
          AND coalesce(hired <= $last, true) AND coalesce(dismissed >= $first, true) ORDER BY official_key""",
        {"customer": asked.customer_inn, "first": days[0], "last": days[1]},
    )


def _duties(store: Store, asked: Asked, days: tuple[dt.date, dt.date]) -> list[Row]:
    return store.rows(
        """
        SELECT official_key, role, detail FROM duty_in_force
        WHERE procedure_number = $procedure AND official_key IS NOT NULL
          AND coalesce(valid_from <= $last, true) AND coalesce(valid_to >= $first, true) ORDER BY official_key, role, detail""",
        {"procedure": asked.number, "first": days[0], "last": days[1]},
    )
