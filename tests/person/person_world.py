"""A small invented administration for the report on one person: one servant, his kin, their firms, and what was bought there."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from affil.person.answer import Lead, PersonAnswer
from affil.person.build import person_answer, prepare
from affil.person.who import find_person
from affil.resolve.link import link
from affil.rules.cases import Case, fill
from affil.store.store import Store
from affil.words import Words

DAY = dt.date(2026, 3, 1)
RU = Words("ru")
SERVANT = {
    "employee_id": "00101", "name": "Верещагин Платон Савельевич", "employer_inn": "org 1", "employer": "Администрация Заозёрья",
    "inn": "person 1", "birth_date": "1980-05-02", "status": "municipal servant", "position": "Консультант",
    "department": "Отдел торговли", "hired": "2015-02-01", "questionnaire_date": "2026-01-20",
}  # fmt: skip
WIFE = {
    "employee_id": "00101",
    "relationship": "жена",
    "name": "Верещагина Анна Петровна",
    "inn": "person 2",
    "birth_date": "1982-01-03",
}
NO_BROTHER = {"employee_id": "00101", "relationship": "брат", "name": "нет"}
FATHER = {"employee_id": "00101", "relationship": "отец", "name": "Верещагин Савелий Ильич", "birth_date": "1950-07-07"}
SON = {"employee_id": "00101", "relationship": "сын", "name": "Верещагин Иван Платонович", "birth_date": "2016-09-01"}
HEATHER = {
    "name": "ООО «Вереск»", "inn": "org 2",
    "directors": [{"name": "Верещагина Анна Петровна", "inn": "person 2", "since": dt.date(2020, 1, 9)}],
    "owners": [{"name": "Верещагина Анна Петровна", "inn": "person 2", "share": "3/5", "since": dt.date(2020, 1, 9)}],
}  # fmt: skip
DAUGHTER = {
    "name": "ООО «Вереск-Дача»",
    "inn": "org 3",
    "owners": [{"company": "ООО «Вереск»", "inn": "org 2", "share": "1/2", "since": dt.date(2021, 5, 1)}],
}
NAMESAKE = {
    "name": "ООО «Архив»",
    "inn": "org 4",
    "directors": [{"name": "Верещагин Савелий Ильич", "inn": "person 9", "since": dt.date(2018, 1, 1)}],
}
STRANGER = {
    "name": "ООО «Полынь»",
    "inn": "org 6",
    "directors": [{"name": "Кротов Юлиан Карпович", "inn": "person 8", "since": dt.date(2018, 1, 1)}],
}
SCHOOL = {"inn": "org 5", "name": "МБОУ СОШ № 5", "parent_inn": "org 1"}


def contract(number: str, customer: str, supplier: str, day: str, name: str = "", **more: Any) -> dict[str, Any]:
    bought = {"contract_number": number, "customer_inn": customer, "signed_on": day, "price": "1000"}
    return {**bought, "supplier_inn": supplier, "supplier": name, **more}


BOUGHT = [
    contract("К-1", "org 1", "org 2", "2025-03-04"),
    contract("К-2", "org 5", "org 3", "2020-06-01"),  # before the wife's firm came to hold the daughter
    contract("К-3", "org 7", "org 2", "2025-03-04"),  # of a customer who is none of his
    contract("К-4", "org 1", "org 6", "2025-03-04"),
]  # fmt: skip


def world(**changed: Any) -> Case:
    tables: dict[str, Any] = {
        "officials": [SERVANT], "relatives": [WIFE, NO_BROTHER, FATHER, SON], "companies": [HEATHER, DAUGHTER, STRANGER],
        "contracts": BOUGHT, "organisations": [SCHOOL],
    }  # fmt: skip
    return Case(name="world", kind="positive", why="", **{**tables, **changed})


def filled(case: Case) -> Store:
    store = Store.open(None)
    fill(store, case)
    link(store)
    return store


@cache
def base() -> PersonAnswer:
    """Of the world as it is."""
    return answer(world())


def answer(case: Case, asked: str = "101", leads: tuple[Lead, ...] = (), day: dt.date = DAY) -> PersonAnswer:
    with filled(case) as store:
        prepare(store, None)
        return person_answer(store, find_person(store, asked, None, RU), leads, None, 12, day, "R-0")
