"""A small invented district for exports: one servant with two posts, his kin, their firms, a tender, a commission, odd signs."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from worlds import loaded, open_settings, table

from affil.export.formats import Exported, exported
from affil.export.ftm import FILE
from affil.model.run import Run
from affil.pipeline import rules_of, screen
from affil.rules.cases import TABLES, Case, _registry, number
from affil.store.store import Store
from affil.ties import Scope
from affil.words import Words

RU = Words("ru")
SERVANT, WIFE, FATHER = "Верещагин Платон Савельевич", "Верещагина Анна Петровна", "Верещагин Савелий Ильич"
BROTHER, HEAD, STRANGER = "Громов Олег Петрович", "Лукина Зоя Марковна", "Кротов Юлиан Карпович"
BLOW = "К-6\x01\x1b[31m<b>&\"'\u202e\ud800]]>"
EXTRACTS = "inbox/ФНС/выписки.zip!1.xml"
PROCEDURE = "0142300006125000007"


def _post(employee: str, employer: str, inn: str, name: str = SERVANT, **more: Any) -> dict[str, Any]:
    called = "Администрация Заозёрья" if employer == "org 1" else "МБОУ СОШ № 5"
    post = {"employee_id": employee, "employer_inn": employer, "employer": called, "inn": inn, "name": name}
    return {**post, "status": "municipal servant", "hired": "2015-02-01", **more}


def _kin(who: str, post: str, word: str, name: str, **more: Any) -> dict[str, Any]:
    return {"employee_id": who, "employer_inn": post, "relationship": word, "name": name, **more}


def _bought(number_: str, customer: str, supplier: str, name: str, **more: Any) -> dict[str, Any]:
    return {"contract_number": number_, "customer_inn": customer, "signed_on": "2025-03-04", "price": "1000,50",
            "supplier_inn": supplier, "supplier": name, **more}  # fmt: skip


CASE = Case(
    name="export", kind="positive", why="",
    officials=[
        _post("00101", "org 1", "person 1", birth_date="1980-05-02", position="Консультант", phone="8 (913) 555-12-12",
              procurement_role="head of customer", email="P.Vereschagin@Example.RU"),
        _post("00505", "org 5", "person 1", position="Сторож", dismissed="2020-01-31"),
        _post("00506", "org 5", "person 7", HEAD, former_names="Дёмина", birth_date="1975", status="head of institution"),
    ],
    relatives=[
        _kin("00101", "org 1", "жена", WIFE, inn="person 2", birth_date="1982-01-03"),
        _kin("00505", "org 5", "жена", WIFE, inn="person 2"),
        _kin("00101", "org 1", "отец", FATHER, birth_date="1950-07-07", employer="ООО «Полынь», сторож"),
        _kin("00101", "org 1", "брат жены", BROTHER, inn="person 3"),
        _kin("00101", "org 1", "брат", "нет"),
    ],
    organisations=[{"inn": "org 5", "name": "МБОУ СОШ № 5", "parent_inn": "org 1"}],
    companies=[
        {"name": "ООО «Вереск»", "inn": "org 2", "directors": [{"name": WIFE, "inn": "person 2", "since": dt.date(2020, 1, 9)}],
         "owners": [{"name": WIFE, "inn": "person 2", "share": "3/5", "since": dt.date(2020, 1, 9)},
                    {"company": "Verba Ltd", "holder_kind": "foreign", "share": "1/3"},
                    {"company": "Муниципальное образование Заозёрье", "holder_kind": "public", "share": "1/15"}]},
        {"name": "ООО «Вереск-Дача»", "inn": "org 3", "owners": [{"company": "ООО «Вереск»", "inn": "org 2", "share": "1/2"}],
         "managing": [{"company": "ООО «Архив»", "inn": "org 4"}]},
        {"name": "ООО «Архив»", "inn": "org 4", "directors": [{"name": FATHER, "inn": "person 9", "since": dt.date(2018, 1, 1)}]},
        {"name": "ООО «Полынь»", "inn": "org 6", "directors": [{"name": STRANGER, "inn": "person 8"}]},
        {"name": "МБОУ СОШ № 5", "inn": "org 5", "owners": [{"company": "Администрация", "inn": "org 1"}]},
    ],
    proprietors=[{"name": BROTHER, "inn": "person 3", "registered_on": dt.date(2019, 5, 6)}],
    contracts=[
        _bought("К-1", "org 1", "org 2", "ООО «Вереск»", subcontractor_inn="org 6", subject="Уборка", ends_on="2025-12-31"),
        _bought("К-4", "org 1", "org 6", "ООО «Полынь»", procedure_number=PROCEDURE),
        _bought("К-5", "org 1", "person 3", "ИП Громов О.П."),
        _bought(BLOW.encode("utf-8", "replace").decode(), "org 1", "org 4", "ООО «Архив»"),
    ],
    participants=[
        {"procedure_number": PROCEDURE, "participant_inn": inn, "participant": name, "customer_inn": "org 1",
         "applied_on": "2025-02-18", "winner": won}
        for inn, name, won in (("org 2", "ООО «Вереск»", "нет"), ("org 6", "ООО «Полынь»", "да"))
    ],
    commissions=[{"member": SERVANT, "employee_id": "00101", "customer_inn": "org 1", "role": "секретарь", "from": "2024-01-15"}],
    duties=[{"contract_number": "К-5", "customer_inn": "org 1", "member": SERVANT, "role": "составитель ТЗ",
             "from": "2025-01-10"}],
)  # fmt: skip


@cache
def lived() -> tuple[Store, Run]:
    """The store, its tables loaded from files, with the run that was just made from it; exports change nothing in either."""
    with TemporaryDirectory() as folder:
        for name in TABLES:
            rows = [
                {key: number(str(value)) if "inn" in key else value for key, value in row.items()} for row in getattr(CASE, name)
            ]
            if rows:
                table(Path(folder) / "inbox" / f"{name}.csv", rows)
        store = Store.open(None).with_one_thread()
        store.sql("PRAGMA disable_optimizer")  # planning a statement costs more than it saves in a world of a few rows
        loaded(store, Path(folder))
    store.append("source", [{"source_id": "extracts", "sha256": "extracts", "file": EXTRACTS, "kind": "egrul", "batch": 2,
                             "loaded_at": dt.datetime(2026, 1, 1), "taken": "{}", "rejected": 0, "notes": "[]"}])  # fmt: skip
    for name, found in _registry(CASE):
        store.append(name, [{"source_id": "extracts", **found}])
    return store, screen(store, rules_of(None), open_settings(), Scope(as_of=dt.date(2026, 3, 1)))


def inn(text: str) -> str:
    """The number that `org 2` or `person 2` stands for."""
    return number(text)


def entities(made: Exported) -> list[dict[str, Any]]:
    """The entities of an export to FollowTheMoney."""
    return [json.loads(line) for line in made.files[FILE].decode("utf-8").splitlines()]


__all__ = ["RU", "entities", "exported", "inn", "lived"]
