"""The answer to a person has nobody else's data (152-ФЗ ст. 14 ч. 2, ч. 8 п. 4), and every point of ч. 7."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from purge_world import EMPLOYER
from worlds import table

from affil.ingest.inputs import InputFile
from affil.retention.copies import text_of
from affil.settings import filled_toml
from affil.store.store import Store
from affil.words import Words
from affil.workspace import init_workspace

HIM, HER, CHIEF = "Гурьев Платон Ефремович", "Лаптева Вера Олеговна", "Носов Илья Ильич"
OFFICIALS = [
    {"employee_id": "12", "name": HIM, "birth_date": "01.02.1970", "reports_to": "Сомов Аркадий Львович",
     "position": "помощник Лаптевой В.О.",
     "address": "Заречный, ул. Лесная, 3", "phone": "+7 913 555-12-12"},
    {"employee_id": "14", "name": HER, "birth_date": "05.06.1981", "phone": "+7 913 555-14-14"},
    {"employee_id": "16", "name": CHIEF, "birth_date": "07.08.1962"},
]  # fmt: skip
KIN = [
    {"employee_id": "12", "relationship": "жена", "name": "Гурьева Сапфира Юрьевна", "birth_date": "03.04.1971"},
    {"employee_id": "12", "relationship": "брат", "name": "Гурьев Пётр Ефремович", "birth_date": "45.04.1999"},
    {"employee_id": "12", "relationship": "дети", "name": "не имею"},
    {"employee_id": "14", "relationship": "муж", "name": "Лаптев Иван Ильич"},
]
INTERESTS = [
    {"employee_id": "12", "name": HIM, "holder": "служащий", "organisation": "ООО «Берёза»", "share": "10 %"},
    {"employee_id": "12", "name": HIM, "holder": "супруга", "organisation": "ООО «Осина»", "share": "37 %"},
]
CONTRACTS = [{"contract_number": "1", "customer_inn": EMPLOYER, "supplier": f"ИП {HER}", "signed_on": "01.02.2019", "price": "10",
              "contract_manager": "Гурьев П.Е."}]  # fmt: skip
DUTIES = [{"contract_number": "1", "member": HIM, "role": "составитель ТЗ", "from": "01.02.2020"}]
NOTICES = [{"employee_id": "12", "name": HIM, "kind": "иная работа", "number": "7", "date": "01.02.2019",
            "organisation": "ООО «Клён»", "decision": "согласовано Носовым И.И."}]  # fmt: skip
WRONG = [{"employee_id": "12", "name": HIM, "employer_inn": EMPLOYER, "birth_date": "45.01.1970", "inn": "123"}]
OTHERS = ("Сомов", "Лаптев", "Вера", "Олеговн", "Носов", "Илья", "Сапфира", "Юрьевн", "Пётр", "Осина", "37/100", "45.04.1999",
          "03.04.1971", "05.06.1981", "07.08.1962", "555-14-14", "Начальникова", "прокуратуры")  # fmt: skip


def world(folder: Path) -> Path:
    """A workspace where everything that has his data has somebody else's beside it."""
    place = init_workspace(folder)
    values = {
        "organisation": {"name": "Администрация", "inn": EMPLOYER, "address": "Заречный, ул. Советская, 1"},
        "purchases": {"customers": [EMPLOYER]},
        "operator": {"name": "Начальникова Анна Борисовна"},
        "personal_data": {"cross_border": "Не осуществляется."},
    }
    place.settings_file.write_text(filled_toml("ru", values), encoding="utf-8")
    status = {"employer_inn": EMPLOYER, "status": "муниципальный служащий"}
    table(place.inbox / f"Кадры, составил {CHIEF}.csv", [row | status for row in OFFICIALS])
    told = {
        "Анкета Гурьев П.Е.": KIN,
        "Справки": INTERESTS,
        "Обязанности": DUTIES,
        "Уведомления": NOTICES,
        "Снова": WRONG,
        "Контракты": CONTRACTS,
    }
    for name, rows in told.items():
        table(place.inbox / f"{name}.csv", rows)
    return place.root


def test_nobody_else_is_told_and_each_point_of_the_law_is(tmp_path: Path, affil: Callable[..., Any]) -> None:
    root = world(tmp_path / "w")
    ws = ("-w", str(root))
    assert affil("load", *ws).code == 0
    with Store.open(root / "affil.duckdb") as store:  # his row and his brother's in one row of a sheet
        store.sql("""INSERT INTO official SELECT o.* REPLACE (r.source_id AS source_id, r.locator AS locator,
            'newer' AS superseded_by)
            FROM official o, relative r WHERE o.address IS NOT NULL AND r.relationship = 'брат'""")
    assert affil("hold", "12", "--why", "запрос прокуратуры", "--by", "Начальникова А. Б.", *ws).code == 0
    shown = affil("person-data", "12", "--json", "--out", str(root / "persons"), *ws)
    assert shown.code == 0
    (file,) = (root / "persons").iterdir()
    paper, told = text_of(InputFile(file.name, file)), json.loads(shown.out)
    for text in (shown.out, paper):
        assert not [part for part in OTHERS if part in text]
        for part in (HIM, "01.02.1970", "ул. Лесная", "555-12-12", "Берёза", "Клён", "•••", "ул. Советская, 1"):
            assert part in text, "what is his is told"
    assert {(one["field"], one["value"]) for one in told["held"]} >= {("position", "•••"), ("reports_to", "•••")}
    assert "•••" in {one["file"] for one in told["held"] if one["field"] == "address"}
    assert {one["value"] for one in told["held"] if one["table"] == "reject"} == {"45.01.1970", "123"}
    assert {one["file"] for one in told["relatives"]} == {"inbox/Анкета Гурьев П.Е..csv"}, "his own initials, not his brother's"
    assert [one["fields"] for one in told["relatives"]] == [["name", "birth_date"], ["name"], []]
    for part in (
        "дети\tуказано, что нет",
        "Владелец\tсупруг(а)",
        "Организация\t•••",
        "Доля\t10 %",
        "Роль\tсоставитель ТЗ",
        "Решение\t•••",
    ):
        assert part in paper
    assert set(re.findall("[a-z][a-z_]{3,}", paper)) <= {"inbox", "affil"}, "columns and values stand in words"
    assert told["named"] == [{"table": "contract", "source": "table", "by_inn": False, "rows": 1}]
    assert "сведения из реестра контрактов\tтаблица\tсовпало имя, возможен однофамилец\t1" in paper
    sections = list(Words("ru").raw("retention.data.section").values())
    assert [line.partition(". ")[2] for line in paper.splitlines() if line.partition(". ")[2] in sections] == sections
    assert "подтверждает, что обрабатывает персональные данные лица: Гурьев Платон Ефремович" in paper
    assert told["cross_border"] == "Не осуществляется." and told["processors"] is None
    assert "10 рабочих дней" in shown.err
