"""A contract without a day but with a period: what surely held on no day of it is no tie with it, what may have held is."""

from __future__ import annotations

import datetime as dt

import pytest
from random_worlds import number, placed
from test_oracle import contract, director, findings_of, relative, rules_found, small_world

from affil.pipeline import Scope

pytestmark = pytest.mark.usefixtures("stores_used_again")

QUARTER = {
    "signed_on": None,
    "period": "1 квартал 2025 г.",
    "period_from": dt.date(2025, 1, 1),
    "period_to": dt.date(2025, 3, 31),
}
LATER = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("since", "values", "found"),
    [
        (dt.date(2025, 3, 31), {}, True),
        (dt.date(2025, 4, 1), {}, False),
        (dt.date(2025, 4, 1), {"period_from": None, "period_to": None}, True),
        (dt.date(2025, 2, 1), {"ends_on": dt.date(2025, 1, 31)}, False),
        (dt.date(2025, 2, 1), {"ends_on": dt.date(2024, 12, 31)}, True),  # contradicts the period: that alone counts
    ],
)
def test_a_director_since(since: dt.date, values: dict[str, dt.date | None], found: bool) -> None:
    world = small_world(
        relative=[relative(1, "брат", "sibling")],
        registry_tie=[director(1, since=since, extract_date=LATER)],
        contract=[contract(**{**QUARTER, **values})],
    )
    assert rules_found(world) == ({"close-kin-supplier"} if found else set())


@pytest.mark.parametrize(("notice", "found"), [(dt.date(2025, 2, 10), True), (dt.date(2025, 2, 11), False)])
def test_a_contract_is_not_signed_before_its_notice(notice: dt.date, found: bool) -> None:
    firm = {"ogrn": "110", "inn": number("org 10"), "short_name": "ООО «Фирма»", "name_key": "ФИРМА"}
    extracts = [{**firm, "extract_date": day} for day in (dt.date(2025, 1, 9), dt.date(2025, 2, 11))]
    world = small_world(
        company=extracts,
        relative=[relative(1, "брат", "sibling")],
        registry_tie=[director(1)],
        contract=[contract(**QUARTER, notice_on=notice)],
    )
    assert rules_found(world) == ({"close-kin-supplier"} if found else set())


@pytest.mark.parametrize(("until", "found"), [(dt.date(2025, 1, 1), True), (dt.date(2024, 12, 31), False)])
def test_kin_and_control_must_have_held_on_one_day_of_the_period(until: dt.date, found: bool) -> None:
    world = small_world(
        relative=[relative(1, "бывшая жена", "spouse(former)", until=until)],
        registry_tie=[director(1, since=dt.date(2020, 3, 2))],
        contract=[contract(**QUARTER)],
    )
    assert ("spouse-supplier" in rules_found(world)) == found


def test_what_is_found_within_a_period_lists_that_its_day_is_unknown() -> None:
    world = small_world(
        relative=[relative(1, "брат", "sibling")],
        registry_tie=[director(1, since=dt.date(2020, 3, 2), extract_date=dt.date(2025, 2, 3))],
        contract=[contract(**QUARTER)],
    )
    paths = {finding.path for finding in findings_of(world) if finding.rule == "close-kin-supplier"}
    assert [(path.in_force, "event_date_unknown" in path.assumed, "extract_older" in path.assumed) for path in paths] == [
        (True, True, True)
    ]


@pytest.mark.parametrize(
    ("since", "until", "left_out"),
    [
        (dt.date(2025, 3, 31), None, False),
        (dt.date(2025, 4, 1), None, True),
        (None, dt.date(2025, 1, 1), False),
        (None, dt.date(2024, 12, 31), True),
        (dt.date(2024, 1, 1), dt.date(2026, 1, 1), False),
    ],
)
def test_a_purchase_whose_whole_period_lies_outside_is_left_out(
    since: dt.date | None, until: dt.date | None, left_out: bool
) -> None:
    world = small_world(
        relative=[relative(1, "брат", "sibling")],
        registry_tie=[director(1)],
        contract=placed({"contract": [contract(**QUARTER)]})["contract"],
    )
    rules = {finding.rule for finding in findings_of(world, walked=True, scope=Scope(since, until))}
    assert ("close-kin-supplier" not in rules) == left_out
