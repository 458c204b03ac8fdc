"""A small invented district whose letters are counted by hand: who owes what, who is asked and who must not be named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from worlds import loaded, screened, table

from affil.answers.correspondence import Facts, facts_of
from affil.model.run import Run
from affil.pipeline import Scope
from affil.rules.cases import number
from affil.settings import default_settings
from affil.store.store import Store

SCHOOL, OFFICE = number("org 1"), number("org 2")
MAPLE, ASH, OAK, ELM = (number(f"org {n}") for n in (3, 4, 5, 6))
AS_OF = dt.date(2026, 4, 10)
FRESH = "01.02.2026"
EVERY_GROUP = ("супруг", "дети", "родители", "братья", "родители супруга", "братья жены", "пасынок", "зять")

OFFICIALS: list[dict[str, Any]] = [
    {"employee_id": "1", "name": "Громов Пётр Ильич", "inn": number("person 1"), "department": "Отдел закупок",
     "status": "муниципальный служащий", "position": "начальник отдела"},
    {"employee_id": "2", "name": "Лаптев Олег Ильич", "inn": number("person 11"),
     "department": "Отдел закупок", "status": "работник"},
    {"employee_id": "3", "name": "Берёзкин Яков Юрьевич", "inn": number("person 12"), "status": "муниципальный служащий"},
    {"employee_id": "4", "name": "Ракитин Глеб Олегович", "inn": number("person 4"),
     "employer_inn": OFFICE, "employer": "Управление"},
    {"employee_id": "5", "name": "Полный Иван Ильич", "inn": number("person 13"), "status": "муниципальный служащий"},
    {"employee_id": "6", "name": "Ушедший Фома Фомич", "inn": number("person 14"), "dismissed": "01.03.2026"},
    {"employee_id": "7", "name": "Новый Лев Львович"},
]  # fmt: skip
RELATIVES: list[dict[str, Any]] = [
    {"employee_id": "1", "relationship": "жена", "name": "Громова Анна Юрьевна", "inn": number("person 2"),
     "questionnaire_date": "01.02.2024"},
    {"employee_id": "2", "relationship": "брат", "name": "Звездочётов Аполлинарий Евграфович"},
    {"employee_id": "3", "relationship": "жена", "name": "Берёзкина Ольга Олеговна", "inn": number("person 5")},
    {"employee_id": "4", "relationship": "сестра", "name": "Берёзкина Ольга Олеговна", "inn": number("person 5"),
     "employer_inn": OFFICE},
    *[{"employee_id": "5", "relationship": word, "name": "нет"} for word in EVERY_GROUP],
    {"employee_id": "6", "relationship": "жена", "name": "Ушедшая Зоя Ильинична", "questionnaire_date": "01.02.2020"},
]  # fmt: skip
FIRMS = ((MAPLE, "ООО «Клён»"), (ASH, "ООО «Ясень»"), (OAK, "ООО «Дуб»"), (ELM, "ООО «Вяз»"))
CONTRACTS = [
    {"contract_number": f"К-{n}", "signed_on": f"2026-0{n}-05", "customer_inn": SCHOOL, "customer": "Школа № 7",
     "supplier_inn": inn, "supplier": name}
    for n, (inn, name) in enumerate(FIRMS, start=1)
]  # fmt: skip


def extract(inn: str, name: str, surname: str, given: str, patronymic: str, person: str) -> str:
    inn_of = f' ИННФЛ="{person}"' if person else ""
    return (
        f'<СвЮЛ ОГРН="1{inn}00" ИНН="{inn}" ДатаВып="2026-04-01"><СвНаимЮЛ НаимЮЛПолн="{name}"/><СведДолжнФЛ>'
        f'<ГРНДатаПерв ГРН="1" ДатаЗаписи="2019-05-06"/><СвФЛ Фамилия="{surname}" Имя="{given}" Отчество="{patronymic}"{inn_of}/>'
        f"</СведДолжнФЛ></СвЮЛ>"
    )


def world(folder: Path) -> tuple[Run, Facts]:
    """The run over everything on AS_OF and what letters need beside it; «Вяз» has no extract, the office handed nothing in."""
    inbox = folder / "inbox"
    base = {"employer_inn": SCHOOL, "employer": "Школа № 7"}
    table(inbox / "officials.csv", [{**base, **row} for row in OFFICIALS])
    table(inbox / "relatives.csv", [{"employer_inn": SCHOOL, "questionnaire_date": FRESH, **row} for row in RELATIVES])
    table(inbox / "contracts.csv", CONTRACTS)
    extracts = [
        extract(MAPLE, "ООО Клён", "ГРОМОВА", "АННА", "ЮРЬЕВНА", number("person 2")),
        extract(ASH, "ООО Ясень", "ЗВЕЗДОЧЁТОВ", "АПОЛЛИНАРИЙ", "ЕВГРАФОВИЧ", ""),
        extract(OAK, "ООО Дуб", "РАКИТИН", "ГЛЕБ", "ОЛЕГОВИЧ", number("person 4")),
    ]
    (inbox / "extracts.xml").write_text(f"<ЕГРЮЛ>{''.join(extracts)}</ЕГРЮЛ>", encoding="utf-8")
    with Store.open(None) as store:
        loaded(store, folder)
        run = screened(store, Scope(as_of=AS_OF), default_settings())
        return run, facts_of(store, run)
