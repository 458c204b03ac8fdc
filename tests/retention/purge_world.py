"""A small workspace with officials to be destroyed, and the same one that never had one of them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from worlds import table

from affil.settings import filled_toml
from affil.workspace import Workspace, init_workspace

EMPLOYER, SUPPLIER = "4200000012", "4200000020"
WIFE = "Гурьева Сапфира Юрьевна"
HIS_NAME = "Гурьев Платон Ефремович"
TWIN = "Гурьев Павел Егорович"
OFFICIALS: list[dict[str, Any]] = [
    {
        "employee_id": "12",
        "name": HIS_NAME,
        "birth_date": "01.02.1970",
        "status": "муниципальный служащий",
        "dismissed": "01.03.2020",
        "phone": "+7 913 555-12-12",
    },
    {"employee_id": "13", "name": TWIN, "birth_date": "05.02.1980", "status": "муниципальный служащий", "reports_to": HIS_NAME},
    {"employee_id": "14", "name": "Лаптева Вера Олеговна", "status": "муниципальный служащий", "dismissed": "01.03.2026"},
    {"employee_id": "15", "name": "Зуева Анна Львовна", "status": "бывший служащий"},
    {"employee_id": "16", "name": "Носов Илья Ильич", "status": "кандидат"},
]
KIN: list[dict[str, Any]] = [
    {"employee_id": "12", "relationship": "жена", "name": WIFE, "birth_date": "03.04.1971"},
    {"employee_id": "12", "relationship": "сын", "name": "Гурьев Рубин Платонович", "birth_date": "45.04.1999"},
    {"employee_id": "12", "relationship": "сестра", "name": "не имею"},
    {"employee_id": "13", "relationship": "мать", "name": "Гурьева Яшма Ильинична"},
    {"employee_id": "14", "relationship": "муж", "name": "Лаптев Иван Ильич"},
]
SEATS = [
    {"member": HIS_NAME, "customer_inn": EMPLOYER, "role": "член комиссии", "from": "01.01.2018"},
    {"member": TWIN, "customer_inn": EMPLOYER, "role": "член комиссии", "from": "01.01.2018"},
]
NOTICES = [{"employee_id": "12", "name": HIS_NAME, "kind": "подарок", "number": "7", "date": "01.02.2019"}]
SEARCHES = [
    {"who": HIS_NAME, "service": "ЕГРЮЛ", "date": "01.02.2019", "result": "не найден"},
    {"who": WIFE, "service": "ЕГРЮЛ", "date": "01.02.2019", "result": "не найдена"},
]
CONTRACTS = [
    {
        "contract_number": "1",
        "customer_inn": EMPLOYER,
        "supplier": "ИП Гурьева Сапфира Юрьевна",
        "signed_on": "01.02.2019",
        "price": "10",
        "contract_manager": "Гурьев П.Е.",
    },
    {
        "contract_number": "2",
        "customer_inn": EMPLOYER,
        "supplier": "ИП Лаптев Иван Ильич",
        "signed_on": "01.02.2025",
        "price": "10",
        "contract_manager": "",
    },
    {
        "contract_number": "3",
        "customer_inn": EMPLOYER,
        "supplier": "ИП Гурьева Яшма Ильинична",
        "signed_on": "01.02.2025",
        "price": "10",
        "contract_manager": HIS_NAME,
    },
]
SIGNS = ("Платон", "ПЛАТОН", "Сапфира", "САПФИРА", "Рубин", "РУБИН", "45.04.1999", "555-12-12")


def workspace(folder: Path, without: Collection[str] = (), named: bool = False, sold: bool = True) -> Workspace:
    """Files of the inbox; `without`: employee ids that no file names. `named`: one file is called after him; `sold`: his
    wife is a supplier, which the public register of purchases tells for ever."""
    place = init_workspace(folder)
    values = {
        "organisation": {"name": "Администрация", "inn": EMPLOYER},
        "purchases": {"customers": [EMPLOYER]},
        "plan": {"headcount": 5},
    }
    place.settings_file.write_text(filled_toml("ru", values), encoding="utf-8")
    names = {row["name"] for row in OFFICIALS if row["employee_id"] in without}
    put = lambda name, rows: table(place.inbox / name, rows)  # noqa: E731
    people = [row | {"employer_inn": EMPLOYER} for row in OFFICIALS if row["employee_id"] not in without]
    put(
        "Кадры.csv",
        [{**row, "reports_to": "" if row.get("reports_to") in names else row.get("reports_to", "")} for row in people],
    )
    put(f"Анкета {HIS_NAME}.csv" if named else "Анкеты.csv", [row for row in KIN if row["employee_id"] not in without])
    put("Комиссия.csv", [row for row in SEATS if row["member"] not in names])
    if not names:
        put("Уведомления.csv", NOTICES)
        put("Поиск.csv", SEARCHES)
    put(
        "Контракты.csv",
        [{**row, "contract_manager": "" if names else row["contract_manager"]} for row in CONTRACTS[0 if sold else 1 :]],
    )
    return place
