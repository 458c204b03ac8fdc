"""The officer's tables of a district, written as offices write them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

import xlsxwriter

from benchmarks.fiction.dirt import Cell, Hand
from benchmarks.fiction.firms import Firm, Supplier
from benchmarks.fiction.kinwords import spoken
from benchmarks.fiction.parts import Declared, Official, Purchase
from benchmarks.fiction.people import Person
from benchmarks.fiction.world import District

Row = Sequence[Cell]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table file looks: what stands above the headings, and the headings."""

    titles: tuple[str, ...]
    headings: tuple[str, ...]


# File, sheet and layout of each office's list of relatives.
_RELATIVES = (
    ("Родственники_школы", "Родственники", Layout(
        ("Родственники и свойственники служащих",),
        ("№ п/п", "Табельный № служащего", "ИНН организации", "Степень родства (свойства)", "ФИО родственника",
         "Прежняя\nфамилия", "Дата рожд.", "ИНН родственника", "Место работы, должность", "Адрес"),
    )),
    ("родня (администрация)", "Лист1", Layout(
        ("", "Приложение 2"),
        ("Таб. №", "ФИО служащего", "Степень родства", "Фамилия, имя, отчество родственника", "Дата рождения", "ИНН"),
    )),
    ("Родственники 3", "Родственники", Layout(
        (),
        ("Табельный № служащего", "Кем приходится", "ФИО родственника", "Прежняя фамилия", "Дата рождения", "ИНН родственника"),
    )),
)  # fmt: skip


class Tables:
    """Writes all tables of a district below the inbox."""

    def __init__(self, district: District, inbox: Path, dirt: float) -> None:
        self.d, self.inbox, self.dirt = district, inbox, dirt
        self.rng = Random(f"tables {district.seed} {district.size}")
        self.hand = Hand(self.rng, dirt)

    def write(self) -> None:
        """Officials, relatives, contracts, participants, commissions, institutions."""
        self._officials()
        self._relatives()
        self._contracts()
        self._participants()
        self._commissions()
        self._organisations()

    def _officials(self) -> None:
        layout = Layout(
            ("Сведения о должностных лицах Заозёрного муниципального округа", "по состоянию на 01.11.2025"),
            ("№ п/п", "Табельный\nномер", "Фамилия, имя,\nотчество", "Прежние фамилии", "Дата\nрождения", "ИНН", "Категория лица",
             "Место работы (организация)", "ИНН организации", "Должность", "Подразделение", "Роль в закупках", "Дата приёма",
             "Дата заполнения анкеты"),
        )  # fmt: skip
        rows = [self._official_row(number, one) for number, one in enumerate(self._shuffled(self.d.officials), 1)]
        self._book("Кадры/Служащие.xlsx", "Служащие", layout, rows, total=False)

    def _official_row(self, number: int, one: Official) -> Row:
        hand, person = self.hand, one.person
        inn = hand.inn(person.inn, one.situation) if one.situation.startswith("inn") else None
        return [
            number, one.employee_id, hand.name(person, one.situation, True), person.former_surname,
            hand.born(person.birth, one.linked), inn,
            one.status, one.customer.name, one.customer.inn, one.post, one.section or None, one.role or None,
            hand.date(one.hired), hand.date(one.asked_on),
        ]  # fmt: skip

    def _relatives(self) -> None:
        """Three offices keep a list each, every one in a layout of its own."""
        third = max(1, len(self.d.officials) // 3)
        offices = {one.employee_id: min(number // third, 2) for number, one in enumerate(self.d.officials)}
        lists: tuple[list[Row], ...] = ([], [], [])
        everybody = [(one, declared) for one in self.d.officials for declared in one.declared]
        for one, declared in self._shuffled(everybody):
            office = offices[one.employee_id]
            lists[office].append(self._relative_row(office, len(lists[office]) + 1, one, declared))
        self._nobody(lists[0])
        for (name, sheet, layout), rows in zip(_RELATIVES, lists, strict=True):
            self._book(f"Анкеты/{name}.xlsx", sheet, layout, rows)

    def _relative_row(self, office: int, number: int, one: Official, declared: Declared) -> Row:
        """With a number and a place of work, beside the official's name, or with neither."""
        kin, slip = declared.person, declared.situation
        word = spoken(declared.chain, kin.gender, one.person.gender, self.rng, 0 if slip == "typo" else self.dirt)
        name = self.hand.name(kin, slip, office != 1)
        born, inn = self.hand.born(kin.birth, one.linked), self.hand.shown_inn(declared)
        if office == 0:
            work = self.rng.choice(["пенсионер", "не работает", "МБОУ СОШ № 4, учитель", "-", None])
            return [number, one.employee_id, one.customer.inn, word, name, kin.former_surname, born, inn, work, None]
        if office == 1:
            return [one.employee_id, one.person.full_name, word, name, born, inn]
        return [one.employee_id, word, name, kin.former_surname, born, inn]

    def _nobody(self, rows: list[Row]) -> None:
        """Rows that say there is nobody: «нет», «не имею»."""
        for one in self.d.officials[: max(1, len(self.d.officials) // 3)]:
            chains = {row.chain for row in one.declared}
            for chain, word in (("child", "дети"), ("sibling", "братья, сёстры")):
                if chain not in chains and self.hand.slips(0.3):
                    rows.append(
                        [len(rows) + 1, one.employee_id, one.customer.inn, word, self.rng.choice(["нет", "не имею"]), *[None] * 5]
                    )

    def _supplier_name(self, supplier: Supplier, hand: Hand) -> str:
        return hand.firm(supplier.title) if isinstance(supplier, Firm) else hand.sole(supplier.person)

    def _contracts(self) -> None:
        headings = (
            "№ п/п", "Реестровый номер контракта", "Дата заключения", "Заказчик", "ИНН заказчика", "ИНН организатора закупки",
            "Поставщик", "ИНН поставщика", "Цена контракта, руб.", "Предмет контракта", "Способ определения поставщика",
            "Основание (пункт ч. 1 ст. 93)", "Номер закупки", "Дата окончания исполнения",
        )  # fmt: skip
        for year in (2023, 2024, 2025):
            signed = [one for one in self._shuffled(self.d.purchases) if one.signed_on.year == year]
            layout = Layout((f"Реестр контрактов за {year} год",), headings)
            hand = Hand(self.rng, self.dirt, numbers=year == 2024)
            rows = [self._contract_row(number, one, hand) for number, one in enumerate(signed, 1)]
            total: Row = [
                None,
                "ИТОГО",
                None,
                None,
                None,
                None,
                None,
                None,
                hand.money(sum(one.price for one in signed)),
                *[None] * 5,
            ]
            if self.dirt:
                rows.append(total)
            if year == 2024:
                self._book("Закупки/Контракты 2024.xlsx", "Контракты", layout, rows)
            else:
                self._csv(f"Закупки/контракты_{year}.csv", layout, rows, "cp1251" if year == 2023 and self.dirt else "utf-8-sig")

    def _contract_row(self, number: int, one: Purchase, hand: Hand) -> Row:
        way, ground = (
            ("Электронный аукцион", None) if one.procedure else ("Закупка у единственного поставщика", "п. 4 ч. 1 ст. 93")
        )
        return [
            number, one.number, hand.date(one.signed_on), one.customer.name, hand.inn(one.customer.inn),
            one.organizer.inn if one.organizer else None, self._supplier_name(one.supplier, hand), hand.inn(one.supplier.inn),
            hand.money(one.price), one.subject, way, ground, one.procedure, hand.date(one.ends_on) if one.ends_on else None,
        ]  # fmt: skip

    def _participants(self) -> None:
        layout = Layout(
            ("Участники закупок",),
            (
                "Номер закупки",
                "Участник",
                "ИНН участника",
                "Дата подачи заявки",
                "Победитель",
                "ИНН заказчика",
                "ИНН организатора закупки",
            ),
        )
        hand = self.hand
        rows: list[Row] = []
        for one in self._shuffled(self.d.purchases):
            if one.procedure and one.applied_on:
                for bidder in self._shuffled([one.supplier, *one.losers]):
                    rows.append([
                        one.procedure, self._supplier_name(bidder, hand), hand.inn(bidder.inn), hand.date(one.applied_on),
                        "да" if bidder is one.supplier else "нет", hand.inn(one.customer.inn),
                        one.organizer.inn if one.organizer else None,
                    ])  # fmt: skip
        self._book("Закупки/Участники.xlsx", "Участники", layout, rows)

    def _commissions(self) -> None:
        layout = Layout(
            ("Состав комиссий по осуществлению закупок",),
            ("ИНН заказчика", "ИНН организатора закупки", "ФИО члена комиссии", "Роль в комиссии", "Табельный №", "С", "По"),
        )
        rows: list[Row] = []
        for seat in self.d.seats:
            person = seat.official.person
            name = self._initials(person) if seat.initials and self.dirt else person.full_name
            number = None if seat.initials else seat.official.employee_id
            until = self.hand.date(seat.until) if seat.until else None
            sides = [None, seat.customer.inn] if seat.for_organizer else [self.hand.inn(seat.customer.inn), None]
            rows.append([*sides, name, seat.role, number, self.hand.date(seat.since), until])
        self._book("Комиссии.xlsx", "Комиссии", layout, rows, total=False)

    def _initials(self, person: Person) -> str:
        first, second = person.given.text[0], person.patronymic[0]
        return self.rng.choice(
            [f"{person.surname} {first}.{second}.", f"{first}.{second}. {person.surname}", f"{person.surname} {first}. {second}."]
        )

    def _organisations(self) -> None:
        rows: list[Row] = [
            [one.inn, one.name, None if one is self.d.customers[0] else self.d.customers[0].inn] for one in self.d.customers
        ]
        rows.append([self.d.organizer.inn, self.d.organizer.name, self.d.customers[0].inn])
        self._csv("Учреждения.csv", Layout((), ("ИНН", "Наименование учреждения", "ИНН учредителя")), rows, "utf-8")

    def _shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        return self.rng.sample(list(things), len(things))

    def _book(self, name: str, sheet: str, layout: Layout, rows: list[Row], total: bool = True) -> None:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yyyy"}) as book:
            book.set_properties({"created": dt.datetime(2026, 2, 3)})
            page = book.add_worksheet(sheet)
            at = 0
            for title in layout.titles if self.dirt else ():
                page.write_string(at, 0, title)
                at += 1
            headings = [one if self.dirt else one.replace("\n", " ") for one in layout.headings]
            for row in [headings, *rows]:
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        page.write_datetime(at, column, dt.datetime(cell.year, cell.month, cell.day))
                    elif isinstance(cell, str):
                        page.write_string(at, column, cell)
                    elif cell is not None:
                        page.write_number(at, column, cell)
                at += 2 if total and row is not headings and self.hand.slips(0.003) else 1

    def _csv(self, name: str, layout: Layout, rows: list[Row], encoding: str) -> None:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        if self.dirt:
            writer.writerows([title] for title in layout.titles)
        writer.writerow(layout.headings)
        writer.writerows([f"{cell:%d.%m.%Y}" if isinstance(cell, dt.date) else cell for cell in row] for row in rows)
        path.write_bytes(text.getvalue().encode(encoding))
