"""What sheet, file and folders say of a table: a wrong customer is worse than none."""

from __future__ import annotations

from typing import Any

import pytest
from table_files import ORGANISATION, SUPPLIER, Given, read, xlsx_bytes

from affil.ingest.tables.sheet.places import Place, customer_in, period_in, stated_by_place
from affil.ingest.values.periods import period_bounds

FIELDS = {"customer": "customer", "customer_inn": "customer_inn", "period": "period"}
HEADINGS = ["Контрагент", "Сумма", "Дата"]
ROW = ["ООО «Вереск»", "5", "04.03.2025"]


def listed(*rows: list[Any], file: str = "inbox/Перечень.xlsx", sheet: str = "Лист1") -> Given:
    return read(xlsx_bytes([*rows, HEADINGS, ROW], sheet=sheet), file)


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("МБОУ СОШ № 9", "МБОУ СОШ № 9"),
        ("01 МБОУ СОШ №9", "МБОУ СОШ №9"),
        ("Перечень МБОУ СОШ № 9 за 1 кв 2025", "МБОУ СОШ № 9"),
        ("Контракты_МКУ_УКС_2025", "МКУ УКС"),
        ("Управление образования", "Управление образования"),
        ("МУП Водоканал", "МУП Водоканал"),
        ('МБДОУ "Детский сад № 3" 1 квартал', 'МБДОУ "Детский сад № 3"'),
        ("Контракты администрации Заречного округа за 2025", "администрация Заречного округа"),
    ],
)
def test_names_that_are_a_customers(text: str, customer: str) -> None:
    assert customer_in(text) == customer


@pytest.mark.parametrize(
    "text",
    ["Анкеты", "2025", "Контракты", "Реестр контрактов", "Администрация", "Управление", "школа", "Отдел закупок", "ФНС", "Март",
     "Контракты с ООО Ромашка", "ООО Ромашка", "Главе администрации округа", "Закупки у МУП Водоканал", "Кадры", "Лист1", ""],
)  # fmt: skip
def test_names_that_are_no_customers(text: str) -> None:
    assert customer_in(text) is None


@pytest.mark.parametrize(
    ("file", "sheet", "title", "first", "last"),
    [
        ("inbox/Перечень 1 кв 2025.xlsx", "", None, "2025-01-01", "2025-03-31"),
        ("inbox/Перечень 1 кв 2025.xlsx", "март", None, "2025-03-01", "2025-03-31"),
        ("inbox/2025/Перечень.xlsx", "Март", None, "2025-03-01", "2025-03-31"),
        ("inbox/2024/Перечень.xlsx", "", "1 квартал 2025", "2025-01-01", "2025-03-31"),
        ("inbox/Перечень.xlsx", "март", "2025 год", "2025-03-01", "2025-03-31"),
        ("inbox/Перечень.xlsx", "март", "1 квартал 2025", "2025-03-01", "2025-03-31"),
        ("inbox/Перечень.xlsx", "июнь", "1 квартал 2025", "2025-01-01", "2025-03-31"),
        ("inbox/Контракты_2025-03.csv", "", None, "2025-03-01", "2025-03-31"),
        ("inbox/МБОУ СОШ № 9/2 полугодие 2024/a.csv", "", None, "2024-07-01", "2024-12-31"),
    ],
)
def test_the_narrowest_period_that_contradicts_nothing(file: str, sheet: str, title: str | None, first: str, last: str) -> None:
    stated = stated_by_place(FIELDS, Place(file, sheet), {"period": title} if title else {})["period"]
    bounds = period_bounds(stated.value)
    assert bounds is not None
    assert tuple(map(str, bounds)) == (first, last)


def test_no_period_where_none_is_told() -> None:
    assert period_in("Перечень контрагентов МБОУ СОШ № 9") is None
    assert stated_by_place(FIELDS, Place("inbox/Анкеты/Перечень.xlsx", "Лист1"), {}) == {}


def test_the_folder_names_the_customer_and_it_is_told() -> None:
    given = listed(file="inbox/МБОУ СОШ № 9/Перечень 1 кв 2025.xlsx")
    row = given.one("contract")
    assert (row["customer"], row["customer_inn"], row["period"]) == ("МБОУ СОШ № 9", None, "1 кв 2025")
    assert "said_by_folder|Лист1: Заказчик = МБОУ СОШ № 9" in given.notes
    assert "said_by_file|Лист1: Период = 1 кв 2025" in given.notes


def test_a_title_goes_before_the_folder() -> None:
    given = listed(["Заказчик: МКУ «УКС»"], file="inbox/МБОУ СОШ № 9/Перечень.xlsx")
    assert given.one("contract")["customer"] == "МКУ «УКС»"


def test_a_name_that_may_be_a_customers_is_only_a_hint() -> None:
    row = listed(file="inbox/ДК Строитель/Перечень.xlsx").one("contract")
    assert (row["customer"], row["customer_hint"]) == (None, "ДК Строитель")


@pytest.mark.parametrize(
    "titles",
    [
        [["Заказчик:", "МБОУ СОШ № 9"], ["ИНН", ORGANISATION]],
        [["Заказчик:"], ["МБОУ СОШ № 9"], [f"ИНН {ORGANISATION}"]],
        [["Заказчик", "МБОУ СОШ № 9"], [f"ИНН/КПП заказчика {ORGANISATION}/420501001"]],
        [["Заказчик: МБОУ"], ["СОШ № 9"], [], ["ИНН: " + ORGANISATION]],
        [["МБОУ СОШ № 9"], ["(наименование заказчика)"], ["ИНН", None, ORGANISATION]],
        [["МБОУ СОШ № 9"], [f"ИНН {ORGANISATION}"], ["Перечень контрагентов"]],
        [["Перечень контрактов МБОУ СОШ № 9 за 2025 год"], [f"ИНН {ORGANISATION}"]],
        [["Реестр договоров, заключённых МБОУ СОШ № 9 в период с 01.01.2025"], [f"ИНН {ORGANISATION}"]],
    ],
)
def test_titles_over_several_rows_and_cells(titles: list[list[Any]]) -> None:
    row = listed(*titles).one("contract")
    assert (row["customer"], row["customer_inn"]) == ("МБОУ СОШ № 9", ORGANISATION)


def test_two_organisations_in_the_letterhead_name_no_customer() -> None:
    assert listed(["Управление образования"], ["МБОУ СОШ № 9"], ["Перечень"]).one("contract")["customer"] is None


def test_the_inn_of_the_title_is_not_put_beside_another_customer() -> None:
    rows = [
        [f"Администрация Заречного округа, ИНН {ORGANISATION}"],
        ["Заказчик", *HEADINGS],
        ["МБОУ СОШ № 9", *ROW],
        ["МКУ «УКС»", *ROW],
    ]
    records = read(xlsx_bytes(rows)).records["contract"]
    assert [(row["customer"], row["customer_inn"]) for row in records] == [("МБОУ СОШ № 9", None), ("МКУ «УКС»", None)]
    one = [["Заказчик: МБОУ СОШ № 9, ИНН " + ORGANISATION], ["Заказчик", *HEADINGS], ["МБОУ «СОШ №9»", *ROW], [None, *ROW]]
    assert {row["customer_inn"] for row in read(xlsx_bytes(one)).records["contract"]} == {ORGANISATION}


@pytest.mark.parametrize(
    "headings", [["Заказчик", "ИНН", "Поставщик", "ИНН", "Дата"], ["ИНН заказчика", "Заказчик", "Поставщик", "ИНН", "Дата"]]
)
def test_a_bare_inn_belongs_to_the_party_beside_it(headings: list[str]) -> None:
    cells = ["МБОУ СОШ № 9", ORGANISATION] if headings[0] == "Заказчик" else [ORGANISATION, "МБОУ СОШ № 9"]
    row = read(xlsx_bytes([headings, [*cells, "ООО «Вереск»", SUPPLIER, "04.03.2025"]])).one("contract")
    assert (row["customer_inn"], row["supplier_inn"]) == (ORGANISATION, SUPPLIER)


def test_a_single_bare_inn_is_judged_by_its_cells() -> None:
    headings = ["Заказчик", "ИНН", "Поставщик", "Дата"]
    theirs = [headings, *(["МБОУ СОШ № 9", ORGANISATION, name, "04.03.2025"] for name in ("ООО А", "ООО Б"))]
    rows = read(xlsx_bytes(theirs)).records["contract"]
    assert [(row["customer_inn"], row["supplier_inn"]) for row in rows] == [(ORGANISATION, None)] * 2
    suppliers = [
        headings,
        ["МБОУ СОШ № 9", ORGANISATION, "ООО А", "04.03.2025"],
        ["МБОУ СОШ № 9", SUPPLIER, "ООО Б", "04.03.2025"],
    ]
    assert [row["supplier_inn"] for row in read(xlsx_bytes(suppliers)).records["contract"]] == [ORGANISATION, SUPPLIER]
