"""What a registration shows, and for which days: a person who supplies himself (44-ФЗ ст. 31 ч. 1 п. 9), a head who has left."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from random_worlds import number, person
from test_oracle import contract, director, findings_of, relative, small_world

pytestmark = pytest.mark.usefixtures("stores_used_again")

BEGUN, SHOWN = dt.date(2019, 1, 1), dt.date(2024, 6, 1)
DAY = dt.timedelta(days=1)


def registered(**values: Any) -> dict[str, Any]:
    """The officer's own registration, shown by one extract."""
    spell = {"registered_on": BEGUN, "ended_on": None, "extract_date": SHOWN}
    return {**person(0), "ogrnip": "300000000000000", **spell, **values}


def in_person(signed: dt.date) -> dict[str, Any]:
    """A contract with the officer himself."""
    name = {column: value for column, value in person(0).items() if column not in ("name", "inn")}
    supplier = {"supplier": person(0)["name"], "supplier_inn": person(0)["inn"], "supplier_kind": "person", **name}
    return contract(**supplier, signed_on=signed)


def doubts(proprietors: list[dict[str, Any]], signed: dt.date) -> tuple[str, ...]:
    """What the finding takes for granted of his own supply."""
    found = findings_of(small_world(proprietor=proprietors, contract=[in_person(signed)]))
    (one,) = [finding for finding in found if finding.rule == "self-sole-proprietor-supplier"]
    return tuple(key for key in one.path.assumed if key != "service_start_unknown")


@pytest.mark.parametrize(("signed", "taken"), [(BEGUN, ()), (SHOWN, ()), (SHOWN + DAY, ("extract_older",))])
def test_a_registration_is_shown_up_to_the_day_of_its_extract(signed: dt.date, taken: tuple[str, ...]) -> None:
    assert doubts([registered()], signed) == taken


def test_a_registration_that_ended_is_certain_to_its_last_day() -> None:
    """The extract is older than nothing: it tells the end itself."""
    assert doubts([registered(ended_on=SHOWN - DAY * 30)], SHOWN - DAY * 30) == ()


@pytest.mark.parametrize("proprietors", [[], [registered(ended_on=SHOWN - DAY * 30)]])
def test_who_supplies_without_a_registration_stands_behind_himself_all_the_same(proprietors: list[dict[str, Any]]) -> None:
    """П. 9 speaks of a natural person, registered or not."""
    found = findings_of(small_world(proprietor=proprietors, contract=[in_person(SHOWN - DAY * 9)]))
    assert "self-sole-proprietor-supplier" in {finding.rule for finding in found}


def test_a_head_missing_in_a_newer_extract_with_one_head_has_left() -> None:
    """One head is shown, and it is another: the brother ended before that extract, not on a day nobody knows."""
    runs = [director(1, since=BEGUN), director(2, since=SHOWN, extract_date=dt.date(2025, 3, 1))]
    firm = {"ogrn": "110", "inn": number("org 10"), "short_name": "ООО «Фирма»", "name_key": "ФИРМА"}
    world = {
        "company": [{**firm, "extract_date": tie["extract_date"]} for tie in runs],
        "relative": [relative(1, "брат", "sibling")],
        "registry_tie": runs,
    }
    after = small_world(**world, contract=[contract(signed_on=dt.date(2025, 3, 1))])
    before = small_world(**world, contract=[contract(signed_on=dt.date(2025, 1, 9))])
    assert "close-kin-supplier" not in {finding.rule for finding in findings_of(after)}
    assert "close-kin-supplier" in {finding.rule for finding in findings_of(before)}
