"""What is told of how much was compared, counted by hand on a small world and by another reader on the district."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from worlds import loaded, screened

from affil.answers.volume import SMALL
from affil.model.run import Money
from affil.store.store import Store

DISTRICT = Path(__file__).parents[2] / "sample_data" / "district"


def test_the_district_is_counted_as_another_reader_counts_it() -> None:
    with Store.open(None) as store:
        loaded(store, DISTRICT)
        told = screened(store).volume
    with (DISTRICT / "inbox/Закупки/Перечень контрактов 2025.csv").open(encoding="cp1251", newline="") as file:
        rows = [
            row for row in csv.DictReader(file, delimiter=";") if row["Поставщик"] or row["ИНН поставщика"]
        ]  # one planted row names no supplier
    prices = [Decimal("".join(row["Цена контракта, руб."].split()).replace(",", ".")) for row in rows]
    small = [
        price
        for row, price in zip(rows, prices, strict=True)
        if row["Основание (пункт ч. 1 ст. 93)"].startswith(("п. 4 ", "п. 5 "))
    ]
    assert told.all == Money(len(rows), sum(prices), 0)
    assert told.small == Money(len(small), sum(small), 0)
    with (DISTRICT / "inbox/Закупки/Участники.csv").open(encoding="utf-8-sig", newline="") as file:
        bids = list(csv.DictReader(file, delimiter=";"))
    assert told.participants == len({row["ИНН участника"] or row["Участник"] for row in bids})
    assert sum(customer.handed_in for customer in told.customers) == len(rows)
    assert told.extracts == (dt.date(2023, 5, 17), dt.date(2026, 3, 2))


@pytest.mark.parametrize(
    ("ground", "small"),
    [
        ("п. 4 ч. 1 ст. 93", True), ("п.5 ч.1 ст.93 44-ФЗ", True), ("ст. 93 ч. 1 п. 4", True), ("п. 44 ч. 1 ст. 93", False),
        ("п. 6 ч. 1 ст. 93", False), ("п. 5 ч. 12 ст. 93", False), ("п. 4 ч. 2 ст. 37", False), ("", False),
    ],
)  # fmt: skip
def test_small_purchases_are_those_of_points_4_and_5(ground: str, small: bool) -> None:
    assert bool(SMALL.search(ground)) is small
