"""What is true in a district: every tie between an official and a supplier, planted or not, by a walk over the invented world."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from benchmarks.fiction.firms import Supplier, control_on, persons_behind, turning_days
from benchmarks.fiction.parts import Official, Purchase
from benchmarks.fiction.people import Person, circles, kin_of
from benchmarks.fiction.planting import Plant
from benchmarks.fiction.world import District

NEAR = dt.timedelta(days=365)
MANAGERS = ("контрактный управляющий",)


@dataclass(frozen=True, slots=True)
class Event:
    """One purchase as it concerns one official and one supplier."""

    contract: str | None
    procedure: str | None
    role: str  # supplier or loser
    day: str
    state: str  # in force; near = within 12 months of the event; far
    in_force: bool | str | None
    control: str | None
    share: str | None
    judges: bool  # a seat on the commission or the contract manager's post


def _exact(share: Fraction | None) -> str | None:
    return None if not share else f"{share.numerator}/{share.denominator}"


def _state(person: Person, supplier: Supplier, day: dt.date, ends_on: dt.date | None) -> tuple[str, Any, str | None, str | None]:
    """State, in_force, control and share of this person over the supplier, seen from the event."""
    held = control_on(person, supplier, day)
    if held is not None:
        return "in force", True, held[0], _exact(held[1])
    nearby = sorted(
        (turn for turn in turning_days(supplier) if abs(turn - day) <= NEAR), key=lambda turn: (abs(turn - day), turn)
    )
    for turn in nearby:
        held = control_on(person, supplier, turn)
        if held is not None:
            during = turn > day and ends_on is not None and turn <= ends_on
            return "near", "during_performance" if during else False, held[0], _exact(held[1])
    return "far", None, None, None


def _events(district: District, official: Official, person: Person, supplier: Supplier, purchases: list[Purchase]) -> list[Event]:
    found = []
    for purchase in purchases:
        won = purchase.supplier is supplier
        day = purchase.signed_on if won else purchase.applied_on
        if day is None or not district.served(official, purchase, day):
            continue
        state, in_force, control, share = _state(person, supplier, day, purchase.ends_on if won else None)
        judges = official.role in MANAGERS or district.judges(official, purchase, purchase.applied_on or day)
        found.append(
            Event(
                purchase.number if won else None,
                purchase.procedure,
                "supplier" if won else "loser",
                day.isoformat(),
                state,
                in_force,
                control,
                share,
                judges,
            )
        )
    return found


def _declared(district: District, official: Official, person: Person) -> dict[str, Any]:
    """How the questionnaires know this person: by his own row, or only by the questionnaire of another official."""
    if person is official.person:
        return {"declared": "self", "situation": official.situation}
    row = official.row(person)
    if row is not None:
        return {"declared": "own", "situation": row.situation}
    for one in district.officials:
        other = one.row(person)
        if other is not None or one.person is person:
            return {"declared": "other", "situation": other.situation if other else one.situation}
    return {"declared": "none", "situation": None}


def ties(district: District) -> list[dict[str, Any]]:
    """One entry for each official, supplier and relative (or himself) who truly holds or held the supplier."""
    sold: dict[int, tuple[Supplier, list[Purchase]]] = {}
    for purchase in district.purchases:
        for supplier in [purchase.supplier, *purchase.losers]:
            listed = sold.setdefault(id(supplier), (supplier, []))[1]
            if purchase not in listed:
                listed.append(purchase)
    holds: dict[int, list[Supplier]] = {}
    for supplier, _ in sold.values():
        for pid in persons_behind(supplier):
            holds.setdefault(pid, []).append(supplier)
    found = []
    for official in district.officials:
        for pid, (person, chains) in sorted(kin_of(official.person).items()):
            for supplier in holds.get(pid, []):
                events = _events(district, official, person, supplier, sold[id(supplier)][1])
                if events:
                    found.append(
                        {
                            **_who(official),
                            "person": person.full_name,
                            "supplier_inn": supplier.inn,
                            "supplier": supplier.name,
                            "chains": sorted(chains),
                            "circles": circles(chains),
                            **_declared(district, official, person),
                            "registered": bool(supplier.extracts),
                            "events": [asdict(event) for event in events],
                        }
                    )
    return sorted(found, key=lambda one: (one["employee_id"], one["supplier_inn"], one["person"]))


def _who(official: Official) -> dict[str, str]:
    return {"employee_id": official.employee_id, "employer_inn": official.customer.inn, "official": official.person.full_name}


def planted(plants: list[Plant]) -> list[dict[str, Any]]:
    """What was planted, tie or near miss, with what is expected of the product."""
    return [
        {
            "kind": one.kind,
            "expect": one.expect,
            **_who(one.official),
            "person": one.person.full_name,
            "supplier_inn": one.supplier.inn,
            "supplier": one.supplier.name,
            "chain": one.chain,
            "situation": one.situation,
            "contracts": [purchase.number for purchase in one.purchases if purchase.supplier is one.supplier],
            "procedures": [purchase.procedure for purchase in one.purchases if purchase.procedure],
        }
        for one in plants
    ]


def truth(district: District, plants: list[Plant], dirt: float) -> dict[str, Any]:
    """The whole truth; a pair of official and supplier that is not in `ties` has no tie."""
    return {
        "seed": district.seed,
        "officials": len(district.officials),
        "relatives": sum(len(one.declared) for one in district.officials),
        "suppliers": len(district.suppliers),
        "contracts": len(district.purchases),
        "home_region": district.home,
        "dirt": dirt,
        "ties": ties(district),
        "planted": planted(plants),
    }
