"""Findings are grouped into cases: one official and one supplier, in one order whatever the order of findings."""

from __future__ import annotations

import random

import fake_run

from affil.model.finding import PRIORITIES
from affil.reports.cases import cases_of, drawn_paths


def test_a_case_is_one_official_and_one_supplier() -> None:
    cases = cases_of(fake_run.findings())
    assert len({(case.near.key, case.far.key) for case in cases}) == len(cases) == 8
    assert [case.number for case in cases] == list(range(1, 9))


def test_cases_go_by_priority_then_official_then_supplier() -> None:
    cases = cases_of(fake_run.findings())
    keys = [(PRIORITIES.index(case.priority), case.near.name, case.far.name) for case in cases]
    assert keys == sorted(keys)
    assert cases[0].priority == "first"
    assert cases[-1].name_only


def test_order_of_findings_plays_no_part() -> None:
    found = list(fake_run.findings())
    expected = cases_of(found)
    random.Random(5).shuffle(found)
    assert cases_of(found) == expected


def test_five_contracts_of_one_way_are_one_case_with_one_drawing() -> None:
    case = next(case for case in cases_of(fake_run.findings()) if len(case.purchases) == 5)
    (drawn,) = drawn_paths(case)
    assert drawn.purchases == 5
    dates = [purchase.contract.signed_on for purchase in case.purchases if purchase.contract]
    assert dates == sorted(dates, key=str)


def test_another_way_to_the_same_supplier_is_drawn_too() -> None:
    case = cases_of(fake_run.findings())[0]
    assert [drawn.path.kinship for drawn in drawn_paths(case)] == ["self", "sibling"]
