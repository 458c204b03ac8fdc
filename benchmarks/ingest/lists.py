"""Long lists as offices export them: contracts, relatives, officials; invented, the same for the same seed."""

# ruff: noqa: E501 - a row of a list is read whole

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from benchmarks.fiction import names
from benchmarks.fiction.dirt import MONTHS
from benchmarks.fiction.identifiers import broken, firm_inn, person_inn

Row = list[str]
DIRTY = 0.02  # of the cells
CUSTOMERS, PEOPLE = 400, 60_000
KIN = {"m": ["супруг", "отец", "сын", "брат", "тесть", "свёкор", "зять", "дядя"],
       "f": ["супруга", "мать", "дочь", "сестра", "тёща", "свекровь", "невестка", "тётя"]}  # fmt: skip
POSTS = ["ведущий специалист", "главный специалист", "начальник отдела", "директор", "заведующий", "бухгалтер", "водитель"]
STATUSES = ["муниципальный служащий", "работник учреждения", "руководитель учреждения", "депутат"]
ROLES = ["", "", "", "член комиссии", "контрактный управляющий", "составитель ТЗ", "приёмка", "нет"]
METHODS = [
    "Электронный аукцион",
    "Запрос котировок в электронной форме",
    "Закупка у единственного поставщика",
    "Электронный конкурс",
]
GROUNDS = ["п. 4 ч. 1 ст. 93", "п. 5 ч. 1 ст. 93", "пункт 4 части 1 статьи 93", "4", ""]
SUBJECTS = [
    "Поставка канцелярских товаров",
    "Оказание услуг связи",
    "Ремонт кровли",
    "Поставка продуктов питания",
    "Услуги охраны",
]
PARTS = ["Вектор", "Сфера", "Строй", "Торг", "Прогресс", "Мастер", "Регион", "Сервис", "Альянс", "Гарант", "Норд", "Спектр"]


class Lists:
    """Rows of one list after another from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(f"lists {seed}")
        self.customers = [(f"МБОУ «Средняя школа № {n}»", self._firm_inn()) for n in range(1, CUSTOMERS + 1)]
        self.people = [(self.person("m" if n % 3 else "f"), str(n + 1).zfill(6)) for n in range(PEOPLE)]

    def person(self, gender: str) -> str:
        """A full name, its parts drawn by how many bear them."""
        family, given, father = names.surname(self.rng), names.given(gender, self.rng), names.given("m", self.rng)
        return f"{family.man if gender == 'm' else family.woman} {given.text} {father.son if gender == 'm' else father.daughter}"

    def _firm_inn(self) -> str:
        return firm_inn(f"42{self.rng.randrange(1, 40):02d}{self.rng.randrange(10**5):05d}")

    def _person_inn(self) -> str:
        return person_inn(f"42{self.rng.randrange(1, 40):02d}{self.rng.randrange(10**6):06d}")

    def _day(self, first: int, last: int) -> dt.date:
        return dt.date(first, 1, 1) + dt.timedelta(days=self.rng.randrange(365 * (last - first)))

    def _dirty(self) -> bool:
        return self.rng.random() < DIRTY

    def date(self, day: dt.date) -> str:
        """ДД.ММ.ГГГГ, now and then otherwise, seldom impossible."""
        if not self._dirty():
            return f"{day:%d.%m.%Y}"
        ways = [
            f"{day:%Y-%m-%d}",
            f" {day:%d.%m.%Y}",
            f"{day:%d.%m.%Y} г.",
            f"{day.day} {MONTHS[day.month - 1]} {day.year} г.",
            "",
            f"31.02.{day.year}",
        ]
        return self.rng.choice(ways)

    def inn(self, inn: str) -> str:
        """An ИНН, now and then with a space, an apostrophe, or a wrong digit."""
        return self.rng.choice([f" {inn}", f"'{inn}", broken(inn, self.rng), ""]) if self._dirty() else inn

    def money(self) -> str:
        """A sum with a decimal comma, now and then in groups of three or with its unit."""
        roubles, kopecks = int(self.rng.lognormvariate(12, 1.5)), self.rng.randrange(100)
        plain = f"{roubles},{kopecks:02d}"
        grouped = f"{roubles:,}".replace(",", "\u00a0")
        return (
            self.rng.choice([f"{grouped},{kopecks:02d}", f"{plain} руб.", f"{roubles}", "по смете"]) if self._dirty() else plain
        )

    def text(self, text: str) -> str:
        """A text, now and then with a space too many."""
        return self.rng.choice([f"{text} ", text.replace(" ", "  ", 1), text.upper()]) if self._dirty() else text

    def phone(self) -> str:
        """A mobile number."""
        return f"+7 (9{self.rng.randrange(10, 90)}) {self.rng.randrange(1000):03d}-{self.rng.randrange(100):02d}-{self.rng.randrange(100):02d}"

    def address(self) -> str:
        """An address down to the flat."""
        return f"г. Заозёрск, ул. Лесная, д. {self.rng.randrange(1, 200)}, кв. {self.rng.randrange(1, 300)}"

    def contracts(self) -> Iterator[Row]:
        """Contracts of a few hundred customers with some tens of thousands of suppliers."""
        yield ["Реестровый номер контракта", "Дата заключения", "Заказчик", "ИНН заказчика", "Поставщик", "ИНН поставщика",
               "Цена контракта, руб.", "Предмет контракта", "Способ определения поставщика", "Основание (пункт ч. 1 ст. 93)",
               "Номер закупки", "Дата окончания"]  # fmt: skip
        suppliers = [self._supplier() for _ in range(40_000)]
        while True:
            (customer, customer_inn), (supplier, supplier_inn) = self.rng.choice(self.customers), self.rng.choice(suppliers)
            day = self._day(2021, 2026)
            number = f"3{customer_inn}{day:%y}{self.rng.randrange(10**6):06d}"
            yield [number, self.date(day), self.text(customer), self.inn(customer_inn), self.text(supplier), self.inn(supplier_inn),
                   self.money(), self.text(f"{self.rng.choice(SUBJECTS)}, лот {self.rng.randrange(1000)}"), self.rng.choice(METHODS),
                   self.rng.choice(GROUNDS), f"0339300{self.rng.randrange(10**12):012d}",
                   self.date(day + dt.timedelta(days=self.rng.randrange(20, 300)))]  # fmt: skip

    def _supplier(self) -> tuple[str, str]:
        if self.rng.random() < 0.25:
            return f"ИП {self.person(self.rng.choice('mf'))}", self._person_inn()
        title = f"{self.rng.choice(PARTS)}{self.rng.choice(PARTS).lower()}-{self.rng.randrange(100)}"
        return self.rng.choice(
            [f"ООО «{title}»", f'ООО "{title}"', f"ООО {title}", f'Общество с ограниченной ответственностью "{title}"']
        ), self._firm_inn()

    def relatives(self) -> Iterator[Row]:
        """Some sixteen relatives of each official."""
        yield ["Табельный № служащего", "ФИО служащего", "ИНН организации", "Степень родства (свойства)", "ФИО родственника",
               "Прежняя фамилия", "Дата рожд.", "ИНН родственника", "Место работы, должность", "Адрес"]  # fmt: skip
        while True:
            for official, number in self.people:
                inn = self.rng.choice(self.customers)[1]
                for _ in range(16):
                    gender = self.rng.choice("mf")
                    name = "нет" if self.rng.random() < 0.01 else self.text(self.person(gender))
                    former = self.person("f").split()[0] if gender == "f" and self.rng.random() < 0.2 else ""
                    yield [number, official, inn, self.rng.choice(KIN[gender]), name, former, self.date(self._day(1940, 2010)),
                           self.inn(self._person_inn()) if self.rng.random() < 0.5 else "",
                           self.text(f"{self.rng.choice(self.customers)[0]}, {self.rng.choice(POSTS)}"), self.address()]  # fmt: skip

    def officials(self) -> Iterator[Row]:
        """Officials, no two of one number."""
        yield ["Табельный №", "Фамилия, имя, отчество", "Дата рождения", "ИНН", "Категория лица", "Место работы (организация)",
               "ИНН организации", "Должность", "Роль в закупках", "Дата приёма", "Адрес регистрации", "Телефон",
               "Дата заполнения анкеты"]  # fmt: skip
        number = 0
        while True:
            number += 1
            customer, inn = self.rng.choice(self.customers)
            yield [str(number).zfill(7), self.text(self.person(self.rng.choice("mf"))), self.date(self._day(1955, 2003)),
                   self.inn(self._person_inn()), self.rng.choice(STATUSES), self.text(customer), self.inn(inn), self.rng.choice(POSTS),
                   self.rng.choice(ROLES), self.date(self._day(2000, 2024)), self.address(), self.phone(), self.date(self._day(2024, 2026))]  # fmt: skip


KINDS: dict[str, Callable[[Lists], Iterator[Row]]] = {
    "contracts": Lists.contracts,
    "relatives": Lists.relatives,
    "officials": Lists.officials,
}


def write_csv(path: Path, kind: str, rows: int, seed: int = 7, encoding: str = "utf-8-sig") -> None:
    """A list of so many rows under its headings, `;` between cells and CRLF behind rows as Excel writes them."""
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        writer = csv.writer(file, delimiter=";")
        for _, row in zip(range(rows + 1), KINDS[kind](Lists(seed)), strict=False):
            writer.writerow(row)


def write_xlsx(path: Path, kind: str, rows: int, seed: int = 7) -> None:
    """The same list as a workbook of one sheet, every cell a text."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Перечень")
        for number, row in enumerate(row for _, row in zip(range(rows + 1), KINDS[kind](Lists(seed)), strict=False)):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell)
