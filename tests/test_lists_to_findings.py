"""Lists as officers write them carried to findings: nothing lost, nothing counted twice, nobody else's customer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from worlds import findings_in, loaded, table

from affil.model.finding import Finding
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("stores_used_again")

CUSTOMER, OTHER, FIRM, SECOND = "4205000009", "4205000016", "4205000023", "4205000030"
OFFICIAL = {
    "employee_id": "1",
    "name": "Юшков Пётр Ильич",
    "employer_inn": CUSTOMER,
    "employer": "МБОУ СОШ № 9",
    "birth_date": "01.02.1980",
}
BROTHER = {"employee_id": "1", "relationship": "брат", "name": "Юшков Олег Ильич", "birth_date": "03.04.1982"}


def world(root: Path, files: dict[str, list[str]], **more: dict[str, Any]) -> list[Path]:
    """A workspace with the official, his brother, and these lists as text; the paths of the lists."""
    table(root / "inbox" / "Кадры.csv", [OFFICIAL | more.get("official", {})])
    table(root / "inbox" / "Родня.csv", [BROTHER | more.get("brother", {})])
    paths = []
    for name, lines in files.items():
        path = root / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8-sig")
        paths.append(path)
    return paths


def purchases(store: Store) -> list[tuple[Any, ...]]:
    return store.sql("SELECT customer_inn, contract_number, event_date, event_to, ends_on FROM purchase ORDER BY ALL").fetchall()


def run(root: Path, files: dict[str, list[str]], **more: dict[str, Any]) -> tuple[list[Finding], list[tuple[Any, ...]]]:
    world(root, files, **more)
    with Store.open(None) as store:
        loaded(store, root)
        made = findings_in(store)
        return made, purchases(store)


def brothers(made: list[Finding]) -> list[str | None]:
    """Numbers of the contracts of which a finding tells that the brother is the supplier."""
    found = [one for one in made if one.supplier and "Юшков" in one.supplier.name.title()]
    return sorted(
        {contract.number for one in found for contract in (one.contracts or ((one.contract,) if one.contract else ()))}, key=str
    )


@pytest.mark.parametrize(
    "supplier",
    ["Юшков Олег Ильич (ГПХ)", "Юшков О. И.", "ЮШКОВ ИЛЬИЧ ОЛЕГ", "Самозанятый Юшков Олег Ильич", "договор ГПХ Юшков Олег Ильич"],
)
def test_a_contract_with_a_natural_person_called_like_kin_is_found(tmp_path: Path, supplier: str) -> None:
    made, _ = run(
        tmp_path,
        {
            "МБОУ СОШ № 9/Перечень 2025.csv": [
                "№ и дата договора;Контрагент;Сумма",
                f"№ 12 от 04.03.2025;{supplier};5 000,00 руб.",
            ]
        },
    )
    assert brothers(made) == ["12"]
    [finding] = {one.id: one for one in made if brothers(made)}.values()
    assert finding.contract is not None
    assert finding.contract.customer_inn == CUSTOMER


def test_an_additional_agreement_is_no_second_purchase_and_prolongs_the_first(tmp_path: Path) -> None:
    rows = [
        "№ и дата контракта;Контрагент;Сумма;Срок исполнения;Примечание", "№ 12 от 10.12.2024;Юшков Олег Ильич;100;31.12.2024;",
        "доп. соглашение № 1 от 20.12.2024 к контракту № 12 от 10.12.2024;Юшков Олег Ильич;900;;срок продлён до 30.06.2025",
        "Доп. согл. № 2 от 05.05.2025 к контракту № 12;Юшков Олег Ильич;50;;",
    ]  # fmt: skip
    made, bought = run(tmp_path, {"МБОУ СОШ № 9/Перечень.csv": rows})
    assert [(number, str(day), str(end)) for _, number, day, _, end in bought] == [("12", "2024-12-10", "2025-06-30")]
    [finding] = made
    assert finding.contract is not None
    assert (finding.contract.number, str(finding.contract.price)) == ("12", "100.00")


def test_an_agreement_alone_still_tells_of_its_contract(tmp_path: Path) -> None:
    rows = ["№ и дата контракта;Контрагент;Сумма", "доп. соглашение № 1 от 05.05.2025 к контракту № 12;Юшков Олег Ильич;50"]
    made, bought = run(tmp_path, {"МБОУ СОШ № 9/Перечень.csv": rows})
    assert [(number, day, str(to)) for _, number, day, to, _ in bought] == [("12", None, "2025-05-05")]
    assert brothers(made) == ["12"]


def test_a_number_used_again_next_year_is_another_contract(tmp_path: Path) -> None:
    rows = [
        "№ контракта;Дата;Контрагент;Сумма",
        "1;10.01.2024;Юшков Олег Ильич;5",
        "1;12.01.2025;Юшков Олег Ильич;6",
        "1;12.01.2025;ООО «Вереск»;7",
    ]
    _, bought = run(tmp_path, {"МБОУ СОШ № 9/Перечень.csv": rows})
    assert [(number, str(day)) for _, number, day, _, _ in bought] == [
        ("1", "2024-01-10"),
        ("1", "2025-01-12"),
        ("1", "2025-01-12"),
    ]


def test_lists_loaded_one_after_another_lose_no_contract_of_the_same_number(tmp_path: Path) -> None:
    head = "№ контракта;Дата;Контрагент;Сумма"
    files = {
        "МБОУ СОШ № 9/2024.csv": [head, "1;10.01.2024;Юшков Олег Ильич;5"],
        "МБОУ СОШ № 9/1 кв.csv": [head, "1;12.01.2025;ООО «Вереск»;7", "2;12.01.2025;ООО «Роза»;7"],
        "МБОУ СОШ № 9/2 кв.csv": [head, "1;12.05.2025;Юшков Олег Ильич;6", "доп. соглашение № 1 к контракту № 2 от 12.01.2025;05.05.2025;ООО «Роза»;9"],
    }  # fmt: skip
    paths = world(tmp_path, files)
    with Store.open(None) as store:
        loaded(store, tmp_path, tmp_path / "inbox" / "Кадры.csv", tmp_path / "inbox" / "Родня.csv")
        for path in paths:
            loaded(store, tmp_path, path)
        findings_in(store)
        found = [(number, str(day)) for _, number, day, _, _ in purchases(store)]
        prices = store.sql("SELECT price FROM purchase WHERE contract_number = '2'").fetchall()
    assert found == [("1", "2024-01-10"), ("1", "2025-01-12"), ("1", "2025-05-12"), ("2", "2025-01-12")]
    assert [str(price) for (price,) in prices] == ["7.00"]


def test_a_row_corrected_in_a_newer_file_replaces_the_older_one(tmp_path: Path) -> None:
    head = "№ контракта;Дата;Контрагент;Сумма"
    paths = world(
        tmp_path,
        {
            "a/МБОУ СОШ № 9/П.csv": [head, "1;10.01.2024;ООО «Роза»;5"],
            "b/МБОУ СОШ № 9/П.csv": [head, "1;10.01.2024;ООО «Роза»;3"],
        },
    )
    with Store.open(None) as store:
        loaded(store, tmp_path, tmp_path / "inbox" / "Кадры.csv", tmp_path / "inbox" / "Родня.csv")
        for path in paths:
            loaded(store, tmp_path, path)
        findings_in(store)
        assert [str(price) for (price,) in store.sql("SELECT price FROM purchase").fetchall()] == ["3.00"]


def test_a_payment_tells_of_its_contract_and_lies_not_before_it(tmp_path: Path) -> None:
    rows = ["Реестр платежей за март 2025 года", "Дата платежа;Получатель;Сумма;Назначение платежа",
            "04.03.2025;Юшков Олег Ильич;5 000;Оплата по договору № 12 от 10.01.2025 за уборку снега", "05.03.2025;Юшков Олег Ильич;7 000;За услуги по договору ГПХ"]  # fmt: skip
    made, bought = run(tmp_path, {"МБОУ СОШ № 9/Реестр.csv": rows})
    assert [(number, str(day), str(to)) for _, number, day, to, _ in bought] == [
        ("12", "2025-01-10", "2025-01-10"),
        (None, "None", "2025-03-05"),
    ]
    assert brothers(made) == ["12", None]


@pytest.mark.parametrize(
    ("folder", "buyer"),
    [("МБОУ СОШ № 9", CUSTOMER), ("СОШ 9", CUSTOMER), ("ДК Строитель", OTHER), ("Анкеты", None), ("МБОУ СОШ № 8", None)],
)
def test_the_folder_names_the_customer_only_where_it_is_one(tmp_path: Path, folder: str, buyer: str | None) -> None:
    table(tmp_path / "inbox" / "Учреждения.csv", [{"inn": OTHER, "name": "МБУК «ДК Строитель»", "head": "Сомов Л. И."}])
    _, bought = run(
        tmp_path, {f"{folder}/Перечень.csv": ["№ и дата договора;Контрагент;Сумма", "№ 12 от 04.03.2025;ООО «Вереск»;5"]}
    )
    assert [row[0] for row in bought] == [buyer]


def test_contracts_of_customers_nobody_knows_are_kept_apart(tmp_path: Path) -> None:
    rows = [
        "Заказчик;№ контракта;Дата;Контрагент;Сумма",
        "МБОУ СОШ № 7;1;10.01.2025;ООО А;5",
        "МБОУ СОШ № 8;1;10.01.2025;ООО А;5",
    ]
    _, bought = run(tmp_path, {"Перечень.csv": rows})
    assert [(row[0], row[1]) for row in bought] == [(None, "1"), (None, "1")]


def test_several_persons_in_one_row_stay_who_they_are(tmp_path: Path) -> None:
    rows = ["№ и дата договора;Контрагент;Сумма", '№ 12 от 04.03.2025;"Сомов Лев Ильич; Юшков Олег Ильич";5']
    made, bought = run(tmp_path, {"МБОУ СОШ № 9/Перечень.csv": rows})
    assert (len(bought), brothers(made)) == (2, ["12"])


EIS_CSV = (
    "Номер реестровой записи контракта;Контракт: номер;Контракт: дата;Заказчик: наименование;Заказчик: ИНН;Цена контракта;"
    "Информация о поставщиках (исполнителях, подрядчиках) по контракту: наименование юридического лица (ф.и.о. физического лица);"
    "Информация о поставщиках (исполнителях, подрядчиках) по контракту: ИНН"
)
OWN_LIST = ["№ контракта;Дата заключения;Контрагент;ИНН контрагента;Заказчик;ИНН заказчика"]


@pytest.mark.parametrize(
    ("own", "number", "met"),
    [
        ("12-М/25", "12-М/25", 1), ("'12-М/25'", "12-М/25", 1), ("13-М/25", "12-М/25", 2), ("б/н", "12-М/25", 2),
        ("", "12-М/25", 2),
    ],
)  # fmt: skip
def test_a_contract_of_the_export_of_eis_and_of_the_customers_list_is_one(
    tmp_path: Path, own: str, number: str, met: int
) -> None:
    """44-ФЗ ст. 103: the register numbers a contract anew; the export has both numbers, a customer's list only his own."""
    registered = "2420500000925000012"
    exported = f"{registered};{own};04.03.2025;МБОУ СОШ № 9;{CUSTOMER};100,00;ООО «Вереск»;{FIRM}"
    listed = f"{number};04.03.2025;ООО «Вереск»;{FIRM};МБОУ СОШ № 9;{CUSTOMER}"
    _, bought = run(tmp_path, {"ЕИС.csv": [EIS_CSV, exported], "Перечень.csv": [*OWN_LIST, listed]})
    assert len({one[1] for one in bought}) == len(bought) == met
    assert registered in {one[1] for one in bought}


def test_a_contract_of_the_export_that_the_register_has_not_numbered_keeps_its_own_number(tmp_path: Path) -> None:
    row = f";12-М/25;04.03.2025;МБОУ СОШ № 9;{CUSTOMER};100,00;ООО «Вереск»;{FIRM}"
    _, bought = run(tmp_path, {"ЕИС.csv": [EIS_CSV, row]})
    assert [one[1] for one in bought] == ["12-М/25"]
