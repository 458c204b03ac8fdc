"""Rules that count, by hand: which findings count together, and which contracts of one supplier."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from affil.model.finding import Contract, Employee, EvidencePath, Finding, Party, Procedure
from affil.rules.conditions import Series
from affil.rules.rule import Catalogue, Rule
from affil.rules.series import _over_findings, _single_bids, counted_purchases, ground_of, subject_key
from affil.store.store import Store

DAY = dt.date(2024, 3, 1)
SPLIT: dict[str, Any] = {"of": ["kin-rule"], "per": "official and supplier", "count": "contracts", "least": 2}


def bought(number: str, day: dt.date | None = DAY, who: str = "101", firm: str = "7", **values: Any) -> Finding:
    """A finding of one official and one supplier about one contract."""
    told = {"price": Decimal(100), "ground": "п. 4 ч. 1 ст. 93", "subject": "Поставка бумаги", "procedure_number": None, **values}
    price, ground, subject, procedure = (told[name] for name in ("price", "ground", "subject", "procedure_number"))
    contract = Contract(number, day, "42", None, price, ground, procedure_number=procedure, subject=subject)
    path = EvidencePath((), "sibling", "director", None, 1.0, "A", True)
    employee = Employee(who, who, "42", None, f"Official {who}", None, None, None)
    ends = employee, Party(firm, firm, "ООО")
    return Finding(f"F-{number}-{who}", "T-1", "kin-rule", "high", "official", *ends, contract, None, path, (), (), {}, ())


def counted(found: list[Finding], single: set[str] | None = None, **series: Any) -> list[tuple[str, list[str | None]]]:
    """Of every finding that is told: the official and the numbers of its contracts."""
    asked = {**SPLIT, **series}
    rule = Rule.model_validate({
        "id": "count-rule", "title": {"ru": "-", "en": "-"}, "status": "draft", "about": "official", "events": ["award"],
        "series": asked, "bases": [{"id": "-"}], "priority": {"base": "low"},
    })  # fmt: skip
    told = list(_over_findings(rule, Series(**asked), found, single or set()))
    assert {one.rule for one in told} <= {"count-rule"}
    assert len({one.id for one in told}) == len(told)
    return [(one.ends[0].key, [contract.number for contract in one.contracts]) for one in told]


def test_as_many_as_asked_and_no_fewer() -> None:
    assert counted([bought("1"), bought("2")]) == [("101", ["1", "2"])]
    assert counted([bought("1")]) == []
    assert counted([bought("1"), bought("1")]) == []
    assert counted([bought("1"), bought("2")], least=3) == []


def test_each_official_and_each_supplier_is_counted_apart() -> None:
    assert counted([bought("1"), bought("2", who="102")]) == []
    assert counted([bought("1"), bought("2", firm="8")]) == []
    assert counted([bought("1"), bought("2", who="102")], per="supplier") == [("101", ["1"]), ("102", ["2"])]


def test_officials_of_one_supplier_are_counted_and_told_of_one_another() -> None:
    asked = {**SPLIT, "per": "supplier", "count": "officials"}
    assert counted([bought("1"), bought("2")], **asked) == []
    assert counted([bought("1"), bought("2", who="102")], **asked) == [("101", ["1"]), ("102", ["2"])]


@pytest.mark.parametrize(
    "other",
    [
        replace(bought("2"), rule="another-rule"),
        replace(bought("2"), employee=None),
        replace(bought("2"), name_only=True),
        replace(bought("2"), path=replace(bought("2").path, in_force=False)),
        replace(bought("2"), contract=None, procedure=Procedure("П-2", DAY, "42", True)),
    ],
)
def test_what_does_not_count(other: Finding) -> None:
    assert counted([bought("1"), other]) == []


@pytest.mark.parametrize(
    ("days", "within", "told"),
    [
        ([0, 30], 30, [["1", "2"]]),
        ([0, 31], 30, []),
        ([0, 30, 60], 30, [["1", "2", "3"]]),  # between each and the next
        ([0, 1, 40, 41], 30, [["1", "2"], ["3", "4"]]),
        ([0, None], 30, []),  # an unknown day is near nothing
        ([0, None], None, [["1", "2"]]),
        ([0, 900], None, [["1", "2"]]),
    ],
)
def test_how_near_they_lie(days: list[int | None], within: int | None, told: list[list[str]]) -> None:
    found = [bought(str(n), None if day is None else DAY + dt.timedelta(day)) for n, day in enumerate(days, start=1)]
    assert [sorted(map(str, numbers)) for _, numbers in counted(found, within_days=within)] == told


@pytest.mark.parametrize(
    ("prices", "over", "is_told"), [((60, 41), 100, True), ((60, 40), 100, False), ((60, None), 50, True), ((60, 40), None, True)]
)
def test_how_much_they_cost_together(prices: tuple[int | None, ...], over: float | None, is_told: bool) -> None:
    """44-ФЗ ст. 93 ч. 1 п. 4 limits one contract: more than that together, and exactly that is not more."""
    found = [bought(str(n), price=None if price is None else Decimal(price)) for n, price in enumerate(prices)]
    assert bool(counted(found, total_over=over)) == is_told


@pytest.mark.parametrize(
    ("subjects", "is_told"),
    [
        (("Поставка бумаги", "поставку  бумаги для отдела"), False),
        (("Поставка бумаги", "бумаги ПОСТАВКА"), True),
        (("Поставка бумаги", "Поставка мебели"), False),
        ((None, None), False),  # of no subject is not of one subject
        (("шт", "шт"), False),
    ],
)
def test_of_one_subject(subjects: tuple[str | None, ...], is_told: bool) -> None:
    assert bool(counted([bought(str(n), subject=subject) for n, subject in enumerate(subjects)], same_subject=True)) == is_told
    assert counted([bought(str(n), subject=subject) for n, subject in enumerate(subjects)])


def test_a_subject_is_compared_by_the_stems_of_its_first_words() -> None:
    contract = bought("1", subject="Поставка ёлочных игрушек из стекла и дерева").contract
    assert subject_key(contract) == "елочны игруше постав стекла"
    assert subject_key(None) == subject_key(bought("1", subject=None).contract) == ""


@pytest.mark.parametrize(("ground", "point"), [("п. 4 ч. 1 ст. 93", 4), ("п.59", 59), ("п 8", 8), ("ст. 93", None), (None, None)])
def test_the_point_of_a_ground(ground: str | None, point: int | None) -> None:
    assert ground_of(bought("1", ground=ground).contract) == point
    assert ground_of(None) is None


def test_only_contracts_on_the_grounds_asked_for() -> None:
    found = [
        bought("1"),
        bought("2", ground="п. 5 ч. 1 ст. 93"),
        bought("3", ground="п. 8 ч. 1 ст. 93"),
        bought("4", ground=None),
    ]
    assert counted(found, grounds=[4, 5]) == [("101", ["1", "2"])]
    assert counted(found, grounds=[8]) == []


def test_procedures_with_one_bid() -> None:
    found = [bought("1", procedure_number="П-1"), bought("2", procedure_number="П-2"), bought("3", procedure_number="П-2")]
    asked = {"count": "procedures", "single_bid": True}
    assert counted(found, {"П-1", "П-2"}, **asked) == [("101", ["1", "2", "3"])]
    assert counted(found, {"П-2"}, **asked) == []
    assert counted(found, set(), count="procedures") == [("101", ["1", "2", "3"])]


def test_which_procedures_have_one_bid() -> None:
    bids = [
        ("П-1", "1", None),
        ("П-1", "1", "ООО"),
        ("П-2", "1", None),
        ("П-2", "2", None),
        ("П-3", None, "А"),
        ("П-4", None, "А"),
        ("П-4", None, "Б"),
    ]
    with Store.open(None) as store:
        rows = [{"procedure_number": number, "participant_inn": inn, "participant": name} for number, inn, name in bids]
        store.append("participant", [{"source_id": "w", "locator": str(n), **row} for n, row in enumerate(rows)])
        assert _single_bids(store) == {"П-1", "П-3"}


AWARD = {
    "event": "award",
    "role": "winner",
    "customer_inn": "42",
    "supplier": "inn:7",
    "price": "100",
    "ground": "п. 4 ч. 1 ст. 93",
}


def concentrated(rows: list[dict[str, Any]], **series: Any) -> list[str]:
    """The purchases that count for a rule of one customer and one supplier."""
    rule = Rule.model_validate({
        "id": "count-rule", "title": {"ru": "-", "en": "-"}, "status": "draft", "about": "participant", "events": ["award"],
        "series": {"per": "customer and supplier", "count": "contracts", "least": 2, **series}, "bases": [{"id": "-"}],
        "priority": {"base": "low"},
    })  # fmt: skip
    kinds = {**dict.fromkeys(("purchase", *AWARD), "VARCHAR"), "price": "DECIMAL(18,2)", "event_date": "DATE"}
    told = [{"purchase": str(n), "event_date": DAY, **AWARD, **row} for n, row in enumerate(rows)]
    with Store.scratch() as store:
        store.temporary("purchase", kinds, [tuple(row[name] for name in kinds) for row in told])
        return [row["purchase"] for row in counted_purchases(store, Catalogue({rule.id: rule}, {}, {}))["count-rule"]]


@pytest.mark.parametrize(
    ("rows", "series", "told"),
    [
        ([{}, {}], {}, ["0", "1"]),
        ([{}], {}, []),
        ([{}, {"supplier": "inn:8"}], {}, []),
        ([{}, {"customer_inn": "43"}], {}, []),
        ([{}, {}, {"customer_inn": None}], {}, ["0", "1"]),
        ([{}, {"event": "bid"}], {}, []),
        ([{}, {"role": "subcontractor"}], {}, []),
        ([{}, {"ground": "п. 8"}], {"grounds": [4]}, []),
        ([{}, {"ground": "п. 8"}], {"grounds": [4, 8]}, ["0", "1"]),
        ([{}, {"ground": "п.\xa04"}], {"grounds": [4]}, ["0", "1"]),  # a space that does not break
        ([{}, {"ground": None}], {}, ["0", "1"]),
        ([{}, {}], {"total_over": 199.0}, ["0", "1"]),
        ([{}, {}], {"total_over": 200.0}, []),
        ([{"price": None}, {}], {"total_over": 99.0}, ["0", "1"]),
        ([{}, {}, {"supplier": "inn:8", "price": "200"}], {"share_over": 0.5}, ["0", "1"]),
        ([{}, {}, {"supplier": "inn:8", "price": "201"}], {"share_over": 0.5}, []),
        ([{"price": None}, {"price": None}], {"share_over": 0.5}, []),  # of nothing there is no part
        ([{"event_date": DAY}, {"event_date": None}, {"event_date": DAY - dt.timedelta(1)}], {}, ["1", "2", "0"]),
    ],
)
def test_which_contracts_with_one_supplier_count(rows: list[dict[str, Any]], series: dict[str, Any], told: list[str]) -> None:
    assert concentrated(rows, **series) == told
