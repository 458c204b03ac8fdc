"""Who may stand behind an organisation at all, by hand: whoever is left out here is nowhere sought."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import affil.control.behind as behind
from affil.store.store import Store

SCRIPT = Path(behind.__file__).with_suffix(".sql")


def tie(company: str, holder: str | None = None, who: str | None = None, **values: Any) -> dict[str, Any]:
    return {"source_id": "w", "company_inn": company, "holder_inn": holder, "who": who, "extract_date": None, **values}


def made(
    store: Store, *ties: dict[str, Any], suppliers: tuple[tuple[str, str], ...] = (("inn:1", "organisation"),),
    applied: tuple[dict[str, Any], ...] = (), related: tuple[str, ...] = (), own: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """The tables of the script, for these rows."""
    rows = [{"locator": str(n), **row} for n, row in enumerate(ties)]
    store.append("registry_tie", [{name: value for name, value in row.items() if name != "who"} for row in rows])
    store.append("participant_person", applied)
    parties = [(f"tie|w|{row['locator']}|{row['extract_date'] or ''}", row["who"]) for row in rows if row["who"]]
    named = [(f"disclosed|w|{row['locator']}|{row['kind']}|{row.get('name_key') or row.get('inn')}", "vera") for row in applied]
    store.temporary("party", {"mention": "VARCHAR", "party": "VARCHAR"}, [*parties, *named])
    store.temporary("purchase", {"supplier": "VARCHAR", "supplier_kind": "VARCHAR"}, suppliers)
    store.temporary("related", {"one": "VARCHAR"}, [(one,) for one in related])
    store.temporary("institution_of", {"institution": "VARCHAR"}, [(one,) for one in own])
    store.temporary("firm_party", {"firm_key": "VARCHAR", "party": "VARCHAR"}, [("ООО СОМ", "inn:9")])
    store.script(SCRIPT)


def table(store: Store, name: str) -> set[tuple[Any, ...]]:
    return set(store.sql(f"FROM {name}").fetchall())


def test_control_is_asked_of_suppliers_of_what_is_related_to_them_and_of_own_institutions(store: Store) -> None:
    made(store, related=("inn:2", "inn:1"), own=("inn:3",))
    assert table(store, "target") == {("inn:1",), ("inn:2",), ("inn:3",)}


def test_what_leads_down_to_a_supplier_is_walked_up_to_the_end(store: Store) -> None:
    made(
        store,
        tie("1", "2"),
        tie("2", "3"),
        tie("3", "2"),
        tie("3", None, "anna"),
        tie("4", "1"),
        suppliers=(("inn:1", ""), ("x", "")),
    )
    assert table(store, "above") == {("1", "1"), ("1", "2"), ("1", "3")}
    assert table(store, "stands_behind") == {("anna", "inn:1")}


def test_whom_the_registry_hides_stands_behind_nothing(store: Store) -> None:
    made(store, tie("1", None, "anna", restricted=True), tie("1", None, "boris", restricted=False, extract_date="2024-01-01"))
    assert table(store, "stands_behind") == {("boris", "inn:1")}


@pytest.mark.parametrize(
    ("row", "organisation"),
    [
        ({"participant_inn": "5"}, "inn:5"),
        ({"participant_inn": "5", "participant_key": "ООО СОМ"}, "inn:5"),
        ({"participant_key": "ООО СОМ"}, "inn:9"),
        ({"participant_key": "ООО ЛУЧ"}, "firm:ООО ЛУЧ"),
        ({"participant_inn": "5", "superseded_by": "newer"}, None),
    ],
)
@pytest.mark.parametrize("by", ["name_key", "inn"])
def test_whom_an_application_names_stands_behind_the_bidder(
    store: Store, row: dict[str, Any], organisation: str | None, by: str
) -> None:
    made(store, applied=({"source_id": "w", "locator": "d", "kind": "owner", by: "ВЕРА", **row},))
    assert table(store, "stands_behind") == ({("vera", organisation)} if organisation else set())


def test_a_person_who_supplies_stands_behind_himself(store: Store) -> None:
    made(store, suppliers=(("anna", "person"), ("boris", "organisation"), ("vera", None)))  # type: ignore[arg-type]
    assert table(store, "stands_behind") == {("anna", "anna")}


@pytest.mark.parametrize(
    ("ties", "found"),
    [
        ((tie("1", "2"), tie("2", "1")), {"1", "2"}),
        ((tie("1", "2"), tie("2", "3"), tie("3", "1"), tie("3", "4")), {"1", "2", "3"}),
        ((tie("1", "2"), tie("2", "3"), tie("3", "2")), {"2", "3"}),
        ((tie("1", "1"),), set()),  # its own share goes round nothing
        ((tie("1", "2"), tie("2", "3")), set()),
        ((tie("5", "6"), tie("6", "5")), set()),  # behind nobody asked for
    ],
)
def test_companies_that_hold_themselves_through_others(store: Store, ties: tuple[dict[str, Any], ...], found: set[str]) -> None:
    made(store, *ties)
    assert table(store, "looped") == {(inn,) for inn in found}
