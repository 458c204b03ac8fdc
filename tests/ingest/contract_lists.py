"""Lists of contracts in the spellings officers use, each made from a known truth; all names and numbers are invented."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from table_files import valid

MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]
FIRMS = ("Ромашка", "Вереск", "Северный ветер", "Итог", "Счётмаш", "Договор плюс", "Стройдеталь-42", "Дом № 7")
PEOPLE = ("Юшков Пётр Ильич", "Сомова Анна Львовна", "Полозов Лев Ильич", "Гаврилина Ирина Олеговна")
CUSTOMERS = ("МБОУ СОШ № 9", "МКУ «Управление капитального строительства»", "Администрация Заречного округа")


@dataclass(frozen=True)
class Contract:
    """What is true of one contract, whatever the list looks like."""

    number: str | None
    signed_on: dt.date
    supplier: str
    inn: str | None
    person: bool
    price: Decimal
    point: int | None


def contracts(rng: random.Random, count: int) -> list[Contract]:
    """So many contracts with different numbers, some with persons, some without number or ИНН."""
    return [_contract(rng, number) for number in range(1, count + 1)]


def _contract(rng: random.Random, number: int) -> Contract:
    person = rng.random() < 0.3
    stem = str(rng.randrange(10**8, 10**9)) if not person else str(rng.randrange(10**9, 10**10))
    shapes = (str(number), f"{number}-М/25", f"ЭА-{number}/25", f"{number}/03", f"0139300004225{number:06}")
    return Contract(
        number=rng.choice(shapes) if rng.random() < 0.9 else None,
        signed_on=dt.date(2025, 1, 1) + dt.timedelta(days=rng.randrange(300)),
        supplier=rng.choice(PEOPLE) if person else f"ООО «{rng.choice(FIRMS)} {number}»",
        inn=valid(stem) if rng.random() < 0.6 else None,
        person=person,
        price=(Decimal(rng.randrange(100, 10**8)) / 100).quantize(Decimal("0.01")),
        point=rng.choice((4, 5, None)),
    )


def date_cell(rng: random.Random, day: dt.date) -> Any:
    """The day as people and programs write it."""
    return rng.choice((
        f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y} г.", f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day:%y}", f"{day:%Y-%m-%d}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year} г.", f"«{day.day}» {MONTHS[day.month - 1]} {day.year} года", f"{day:%d.%m.%Y} 00:00",
    ))  # fmt: skip


def paper_cell(rng: random.Random, one: Contract) -> str:
    """Number and date in one cell."""
    day = f"{one.signed_on:%d.%m.%Y}"
    long = f"{one.signed_on.day} {MONTHS[one.signed_on.month - 1]} {one.signed_on.year} г."
    if one.number is None:
        return rng.choice(
            (f"б/н от {day}", f"договор б/н от {day} г.", f"без номера от {long}", f"договор от {day}", f"Договор № б/н от {day}")
        )
    number = one.number
    return rng.choice((
        f"№ {number} от {day}", f"№{number} от {day}г.", f"{number} от {day}", f"от {day} № {number}", f"{day} № {number}", f"{day} №{number}",
        f"Контракт № {number} от {long}", f"муниципальный контракт №{number} от {day}", f"Договор № {number}, {long}", f"дог. № {number} от {day}",
        f"№ {number} ({day})", f"МК № {number} от «{one.signed_on.day:02}» {MONTHS[one.signed_on.month - 1]} {one.signed_on.year} г.",
        f"Договор {number} от {day} на поставку товара", f"N {number} от {one.signed_on:%d.%m.%y}", f"№ {number}\nот {day}",
    ))  # fmt: skip


def supplier_cell(rng: random.Random, one: Contract, with_inn: bool) -> str:
    """The supplier, his ИНН in the same cell where `with_inn`."""
    name = one.supplier
    if one.person:
        surname, given, patronymic = name.split()
        marked = (
            f"ИП {name}",
            f"Индивидуальный предприниматель {name}",
            f"{surname} {patronymic} {given}".upper(),
            f"Самозанятый {name}",
            name,
        )
        name = rng.choice((*marked, f"{name} (ГПХ)", f"гр. {name}"))
    else:
        proper = name.removeprefix("ООО ")
        name = rng.choice(
            (
                name,
                f"Общество с ограниченной ответственностью {proper}",
                f"{proper}, ООО",
                f"ООО {proper.replace('«', chr(34)).replace('»', chr(34))}",
            )
        )
    if not with_inn or one.inn is None:
        return name
    return rng.choice((
        f"{name}, ИНН {one.inn}", f"{name} ИНН {one.inn}", f"{name} (ИНН {one.inn})", f"{name}\nИНН: {one.inn}", f"{name}, {one.inn}", f"{name} ({one.inn})",
        f"ИНН {one.inn} {name}", *(() if one.person else (f"{name}, ИНН/КПП {one.inn}/420501001",)),
    ))  # fmt: skip


def price_cell(rng: random.Random, price: Decimal) -> Any:
    """The sum as text or number."""
    grouped = f"{price:,.2f}"
    spaced = grouped.replace(",", " ").replace(".", ",")
    return rng.choice((
        spaced, f"{spaced} руб.", spaced.replace(" ", "\u00a0"), f"{price}", f"{price}".replace(".", ","), f"{spaced} ₽", grouped,
        f"{int(price)} руб. {int(price * 100) % 100:02} коп.",
    ))  # fmt: skip


def ground_cell(rng: random.Random, point: int | None) -> str:
    """The ground by point of part 1 of art. 93, in any writing."""
    if point is None:
        return ""
    return rng.choice((
        f"п. {point} ч. 1 ст. 93", f"п.{point} ч.1 ст.93 44-ФЗ", f"пункт {point} части 1 статьи 93", f"ст. 93 ч. 1 п. {point}", f"ч. 1 ст. 93 п. {point}",
        f"п. {point}", str(point), f"п.{point}ч.1ст.93",
    ))  # fmt: skip


def lines_of(rng: random.Random, truth: list[Contract], layout: str) -> list[list[Any]]:
    """The sheet: titles, headings and rows in this layout, with totals, blank rows and headings repeated in between."""
    heads = {
        "apart": ["№ п/п", "№ контракта", "Дата заключения", "Контрагент", "ИНН контрагента", "Сумма, руб.", "Основание"],
        "together": ["№ п/п", "№ и дата контракта", "Контрагент", "Цена договора", "Пункт ч. 1 ст. 93"],
        "storeys": ["№ п/п", "Контракт", None, "Поставщик", None, "Цена контракта (руб.)", "Основание"],
        "bare": ["Реквизиты договора", "Наименование контрагента", "Сумма"],
    }  # fmt: skip
    rows: list[list[Any]] = [["Перечень контрагентов (договоров, контрактов)"], ["Заказчик:", CUSTOMERS[0]], ["за 2025 год"], []]
    rows.append(heads[layout])
    if layout == "storeys":
        rows.append([None, "номер", "дата", "наименование", "ИНН", None, None])
    if rng.random() < 0.5:
        rows.append([str(number) for number in range(1, len(heads[layout]) + 1)])
    for index, one in enumerate(truth, 1):
        rows.append(_line(rng, one, layout, index))
        if rng.random() < 0.1:
            rows.append(
                rng.choice(([], ["Итого за месяц", None, None, "123,00"], list(heads[layout]), ["Всего по месяцу:"], ["ИТОГО"]))
            )
    return [*rows, ["Всего", None, None, "1 234,56"], [], ["Исполнитель: Юшков П. И."]]


def _line(rng: random.Random, one: Contract, layout: str, index: int) -> list[Any]:
    price, ground = price_cell(rng, one.price), ground_cell(rng, one.point)
    if layout == "together":
        return [index, paper_cell(rng, one), supplier_cell(rng, one, True), price, ground]
    if layout == "bare":
        return [paper_cell(rng, one), supplier_cell(rng, one, True), price]
    number = rng.choice(("б/н", "", "—", "без номера")) if one.number is None else rng.choice((one.number, f"№ {one.number}"))
    return [index, number, date_cell(rng, one.signed_on), supplier_cell(rng, one, False), one.inn, price, ground]
