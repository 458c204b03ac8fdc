"""What is told of a supplier itself: by its newest extract, and how many others have its people or its seat."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from affil.control.facts import make_facts
from affil.store.store import Store

FIRM = "7700000001"
OLD, NEW = dt.date(2022, 1, 1), dt.date(2024, 1, 1)
SEAT, ELSEWHERE = "г. Клин, ул. Мира, д. 5, оф. 7", "г. Клин, ул. Мира, д. 9, оф. 1"


def company(inn: str = FIRM, day: dt.date | None = NEW, **values: Any) -> dict[str, Any]:
    """An extract of that day."""
    return {"source_id": "w", "locator": f"{inn} {day}", "inn": inn, "extract_date": day, **values}


def runs(who: str, inn: str, day: dt.date | None = NEW, **values: Any) -> tuple[str, dict[str, Any]]:
    """A person and the element of an extract that shows him."""
    row = {"source_id": "w", "locator": f"{inn} {who}", "company_inn": inn, "extract_date": day, "kind": "director", **values}
    return who, row


def facts(store: Store, companies: list[dict[str, Any]], *ties: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the one supplier, whose extracts and ties are among those given."""
    store.append("company", companies)
    store.append("registry_tie", [row for _, row in ties])
    mentions = [(f"tie|w|{row['locator']}|{row['extract_date'] or ''}", who) for who, row in ties]
    store.temporary("party", {"mention": "VARCHAR", "party": "VARCHAR"}, mentions)
    store.temporary("purchase", {"supplier": "VARCHAR"}, [(f"inn:{FIRM}",)])
    make_facts(store)
    return store.rows("FROM company_fact")


@pytest.mark.parametrize("older", [OLD, None])
def test_the_newest_extract_tells(store: Store, older: dt.date | None) -> None:
    newest = {"legal_form_code": "12300", "registered_on": OLD, "ended_on": NEW}
    found = facts(store, [company(day=older, legal_form_code="12200"), company(**newest), company("7700000002")])
    assert found == [
        {"supplier": f"inn:{FIRM}", "fact": f"company|w|{FIRM} {NEW}", **newest, "shared_person": 0, "shared_address": 0}
    ]


def test_who_supplies_without_an_extract_has_no_facts(store: Store) -> None:
    assert facts(store, [company("7700000002")]) == []


def test_the_most_loaded_of_its_people_is_counted(store: Store) -> None:
    """Anna is at three organisations, Boris at the firm alone; a fourth Anna has left by its newest extract."""
    left = [runs("anna", "7700000004", OLD), runs("vera", "7700000004", NEW)]
    ties = [runs("boris", FIRM), runs("anna", FIRM), runs("anna", "7700000002"), runs("anna", "7700000003", None)]
    (fact,) = facts(store, [company()], *ties, *left)
    assert fact["shared_person"] == 3


def test_a_source_that_leaves_some_out_does_not_stand_for_an_extract(store: Store) -> None:
    """A newer search result names one head; the extract before it tells all, Anna among them (company.owners_given)."""
    ties = [runs("anna", FIRM, OLD), runs("boris", FIRM, NEW, partial=True), runs("anna", "7700000002")]
    (fact,) = facts(store, [company()], *ties)
    assert fact["shared_person"] == 2


def test_where_nothing_else_is_loaded_such_a_source_counts(store: Store) -> None:
    (fact,) = facts(store, [company()], runs("boris", FIRM, partial=True), runs("boris", "7700000002"))
    assert fact["shared_person"] == 2


def test_organisations_at_one_seat_are_counted_by_their_newest_extracts(store: Store) -> None:
    others = [
        company("7700000002", address=SEAT),
        company("7700000003", OLD, address=SEAT),
        company("7700000003", address=ELSEWHERE),
    ]
    (fact,) = facts(store, [company(address=SEAT), company(day=OLD, address=ELSEWHERE), *others])
    assert fact["shared_address"] == 2
