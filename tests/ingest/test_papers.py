"""The paper a cell names, worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from affil.ingest.values.papers import paper_of

MARCH, DECEMBER, MAY = dt.date(2025, 3, 4), dt.date(2024, 12, 10), dt.date(2025, 5, 5)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("№ 12/03/25 от 04.03.2025", "12/03/25"),
        ("12/03/25 от 04.03.2025", "12/03/25"),
        ("№ 31.02 от 04.03.2025", "31.02"),
        ("№ 12 - М от 04.03.2025", "12 - М"),
        ("МК-12 от 04.03.2025", "МК-12"),
        ("№12 от04.03.2025", "12"),
        ("№ 12/04.03.2025", "12"),
        ("Муниципальный контракт от 04.03.2025 №12", "12"),
        ("№ 0139300004225000012-0012345-01 от «4» марта 2025 г.", "0139300004225000012-0012345-01"),
        ("договор ГПХ № 5 от 04.03.2025", "5"),
        ("счёт № 5 от 04.03.2025", "счет № 5"),
        ("Оплата счета 5 от 04.03.2025".removeprefix("Оплата "), "счет № 5"),
        ("УПД № 5 от 04.03.2025", "УПД № 5"),
        ("б/н от 04.03.2025", None),
        ("договор от 04.03.2025 г.", None),
        ("№ 12 от 04.03.2025 (расторгнут 15.05.2025)", "12"),
        ("№ 12 от 04.03.2025, доп. соглашение № 1 от 05.05.2025", "12"),
    ],
)
def test_number_and_date(text: str, number: str | None) -> None:
    paper = paper_of(text)
    assert (paper.number, paper.signed_on, paper.bad_date) == (number, MARCH, None)


@pytest.mark.parametrize(
    ("text", "signed", "agreed"),
    [
        ("доп. соглашение № 1 к контракту № 12 от 10.12.2024", DECEMBER, None),
        ("Доп.соглашение №1 от 05.05.2025 к муниципальному контракту № 12 от 10.12.2024", DECEMBER, MAY),
        ("Дополнительное соглашение от 05.05.2025 № 2 к договору № 12", None, MAY),
        ("ДС №1 к дог. №12 от 10.12.2024", DECEMBER, None),
        ("д/с 1 к дог. 12 от 10.12.2024", DECEMBER, None),
        ("Соглашение о расторжении контракта № 12 от 10.12.2024", DECEMBER, None),
        ("Изменение № 1 к контракту № 12 от 10.12.2024", DECEMBER, None),
    ],
)
def test_an_agreement_names_the_contract_it_changes(text: str, signed: dt.date | None, agreed: dt.date | None) -> None:
    paper = paper_of(text)
    assert (paper.kind, paper.number, paper.signed_on, paper.agreed_on) == ("agreement", "12", signed, agreed)


def test_an_agreement_of_nothing_has_no_number_of_a_contract() -> None:
    paper = paper_of("доп. соглашение № 1 от 05.05.2025")
    assert (paper.kind, paper.number, paper.signed_on, paper.agreed_on) == ("agreement", None, None, MAY)


def test_an_impossible_day_is_kept_as_a_fault() -> None:
    assert paper_of("№ 12 от 31.02.2025").bad_date == "от 31.02.2025"
