"""Organisations, duties, notices, searches and interests as offices write them, made from a known truth: stored as they are true."""
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from table_files import read, valid, xlsx_bytes

from affil.ingest.vocabulary.vocabulary import vocabulary

PEOPLE = ("Юшков Пётр Ильич", "Сомова Анна Львовна", "Полозов Лев Ильич", "Гаврилина Ирина Олеговна")
# By table: fields of every row, the column of the record, words of the title.
LISTS: dict[str, tuple[dict[str, str], str]] = {
    "organisations": ({"inn": "inn", "name": "name", "parent_inn": "parent_inn", "head": "head"}, "Подведомственные учреждения"),
    "duties": (
        {"contract_number": "contract_number", "member": "name", "role": "role", "from": "valid_from", "to": "valid_to"},
        "Обязанности в закупках",
    ),
    "notices": (
        {"name": "name", "kind": "kind", "number": "number", "date": "noticed_on", "organisation_inn": "organisation_inn", "decision": "decision"},
        "Журнал",
    ),
    "searches": (
        {"who": "who", "by": "inn", "service": "service", "date": "searched_on", "result": "result"}, "Журнал поиска",
    ),
    "declared_interests": (
        {"name": "name", "holder": "holder", "organisation_inn": "organisation_inn", "share": "share", "as_of": "as_of"},
        "Сведения об интересах",
    ),
}  # fmt: skip
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "role": {"acceptance": ("приёмка", "Член приёмочной комиссии"), "specification author": ("составитель ТЗ", "расчёт НМЦК")},
    "kind": {"other work": ("Об иной оплачиваемой работе", "иная работа"), "gift": ("о получении подарка", "подарок")},
    "decision": {"consent": ("согласовано", "Не возражаю"), "refusal": ("отказано", "не согласовано")},
    "holder": {"self": ("сам", "Служащий"), "spouse": ("супруга", "муж"), "child": ("несовершеннолетний сын", "дочь")},
    "share": {"1/2": ("1/2", "50 %", "50%"), "1/4": ("1/4", "25,0 %", "25 процентов")},
}  # fmt: skip


def truth_of(rng: random.Random, field: str, number: int) -> Any:
    if field in WORDS:
        return rng.choice(list(WORDS[field]))
    if field in ("inn", "parent_inn", "organisation_inn", "by"):
        return valid(f"0{rng.randrange(10, 99)}5{number:05d}")
    if field in ("from", "to", "date", "as_of"):
        return dt.date(2024, 1, 1) + dt.timedelta(days=number + (400 if field == "to" else 0))
    texts = {
        "service": "egrul.nalog.ru",
        "result": "не найдено",
        "name": None,
        "contract_number": f"{number}-М/25",
        "number": str(number),
    }
    return texts.get(field) or rng.choice(PEOPLE)


def cell(rng: random.Random, field: str, value: Any) -> Any:
    if field in WORDS:
        return rng.choice(WORDS[field][value])
    if isinstance(value, dt.date):
        return rng.choice((value, f"{value:%d.%m.%Y}", f"{value:%d.%m.%Y} г.", f"{value:%d.%m.%Y 10:15}", f"{value:%Y-%m-%d}"))
    if field.endswith("inn") or field == "by":
        lost = int(value) if field != "by" else value
        return rng.choice((value, lost, f"'{value}" if field != "by" else value))
    return rng.choice((value, f" {value} ", str(value).replace(" ", "\u00a0")))


@pytest.mark.parametrize("table", LISTS)
@pytest.mark.parametrize("seed", range(10))
def test_what_is_stored_is_what_is_true(table: str, seed: int) -> None:
    rng = random.Random(f"{table}{seed}")
    fields, title = LISTS[table]
    known = vocabulary().tables[table]
    heads = {field: rng.choice(spellings(table, field)) for field in fields}
    columns = list(fields)
    rng.shuffle(columns)
    rows: list[list[Any]] = [[title], [], ["№ п/п", *(heads[field] for field in columns)]]
    if rng.random() < 0.5:
        rows.append([str(number) for number in range(1, len(columns) + 2)])
    truth = [{field: truth_of(rng, field, number) for field in columns} for number in range(1, 31)]
    for number, one in enumerate(truth, 1):
        rows.append([number, *(cell(rng, field, one[field]) for field in columns)])
        if rng.random() < 0.1:
            rows.append(rng.choice(([], ["Итого"], list(rows[2]))))
    given = read(xlsx_bytes(rows))
    assert (given.rejects, list(given.records)) == ([], [known.store])
    found = [tuple(row[column] for column in fields.values()) for row in given.records[known.store]]
    assert found == [tuple(one[field] for field in fields) for one in truth]


def spellings(table: str, field: str) -> tuple[str, ...]:
    """Headings that mean this field and no other of the vocabulary's tables would be at home with alone."""
    told: dict[str, dict[str, tuple[str, ...]]] = {
        "organisations": {
            "inn": ("ИНН", "ИНН учреждения"), "name": ("Наименование учреждения", "Подведомственное учреждение"),
            "parent_inn": ("ИНН учредителя", "ИНН ГРБС"), "head": ("Руководитель", "ФИО руководителя"),
        },
        "duties": {
            "contract_number": ("Номер контракта", "№ контракта", "Реестровый номер контракта"), "member": ("ФИО", "Ответственный", "Должностное лицо"),
            "role": ("Обязанность", "Функция", "Роль в закупке"), "from": ("С", "Назначен с"), "to": ("По", "Дата окончания"),
        },
        "notices": {
            "name": ("ФИО служащего", "Кто уведомил", "ФИО"), "kind": ("Вид уведомления", "Предмет уведомления", "О чём"),
            "number": ("№ уведомления", "Рег. №", "Вх. №"), "date": ("Дата регистрации", "Дата поступления", "Дата"),
            "organisation_inn": ("ИНН организации", "ИНН нового работодателя"), "decision": ("Решение", "Решение представителя нанимателя"),
        },
        "searches": {
            "who": ("Кого искали", "Проверяемое лицо"), "by": ("По чему искали", "ИНН"), "service": ("Сервис ФНС", "Где искали"),
            "date": ("Дата поиска", "Дата запроса"), "result": ("Результат", "Что найдено"),
        },
        "declared_interests": {
            "name": ("ФИО служащего", "Кто представил сведения"), "holder": ("Владелец", "Чья доля", "Кому принадлежит"),
            "organisation_inn": ("ИНН организации", "ИНН юридического лица"), "share": ("Доля", "Доля участия", "Размер доли"),
            "as_of": ("По состоянию на", "Отчётная дата"),
        },
    }  # fmt: skip
    return told[table][field]
