"""The untidiness of officers' tables. `dirt` scales all of it: 0 is clean, 1 is what offices hand in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from benchmarks.fiction.identifiers import broken
from benchmarks.fiction.parts import Declared
from benchmarks.fiction.people import Person

MONTHS = [
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
]  # fmt: skip
WITH_YO = {"Петр": "Пётр", "Федор": "Фёдор", "Семен": "Семён", "Артем": "Артём", "Алена": "Алёна", "Семенович": "Семёнович",
           "Федорович": "Фёдорович", "Федоровна": "Фёдоровна", "Семеновна": "Семёновна",
           "Соловьев": "Соловьёв", "Соловьева": "Соловьёва", "Воробьев": "Воробьёв", "Воробьева": "Воробьёва",
           "Киселев": "Киселёв", "Киселева": "Киселёва", "Королев": "Королёв", "Королева": "Королёва"}  # fmt: skip
SLIPS = {
    "о": "а",
    "а": "о",
    "е": "и",
    "и": "е",
    "т": "д",
    "д": "т",
    "н": "нн",
    "с": "з",
    "к": "г",
    "в": "ф",
    "р": "рр",
    "л": "лл",
}
Cell = str | int | float | dt.date | None


@dataclass(slots=True)
class Hand:
    """The hand that fills a table."""

    rng: Random
    dirt: float
    numbers: bool = True  # a workbook can turn an ИНН into a number

    def slips(self, chance: float) -> bool:
        """Whether something happens that happens to this part of rows at dirt 1."""
        return self.rng.random() < chance * self.dirt

    def typo(self, text: str) -> str:
        """One slip of the hand inside the word: a letter dropped, doubled, swapped or mistaken."""
        while True:
            place = self.rng.randrange(1, max(2, len(text) - 2))
            how = self.rng.randrange(3)
            if how == 0 and len(text) > 5:
                wrong = text[:place] + text[place + 1 :]
            elif how == 1:
                wrong = text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :]
            else:
                wrong = text[:place] + SLIPS.get(text[place], text[place] * 2) + text[place + 1 :]
            if wrong != text:
                return wrong

    def name(self, person: Person, situation: str, former_apart: bool) -> str:
        """The full name as written; the former surname in brackets unless it has a column of its own."""
        surname, given, patronymic = person.surname, person.given.text, person.patronymic
        if situation in ("typo", "inn_typo"):
            if len(surname) > 5 and self.rng.random() < 0.7:
                surname = self.typo(surname)
            else:
                patronymic = self.typo(patronymic)
        if self.slips(0.3):
            surname, given, patronymic = (WITH_YO.get(part, part) for part in (surname, given, patronymic))
        former = person.former_surname
        if former and not former_apart:
            surname += self.rng.choice([f" ({former})", f" (до брака {former})", f" (урожд. {former})", f"({former})"])
            return f"{surname} {given} {patronymic}"
        parts = [given, patronymic, surname] if self.slips(0.06) else [surname, given, patronymic]
        text = " ".join(parts)
        if self.slips(0.05):
            text = text.upper()
        if self.slips(0.08):
            text = text.replace(" ", self.rng.choice(["  ", "\u00a0", " \u00a0"]), 1)
        return text + (" " if self.slips(0.05) else "")

    def inn(self, inn: str, situation: str = "inn") -> Cell:
        """An ИНН as written; as a number it loses its leading zero, and a wrong one stays wrong."""
        if situation == "inn_broken":
            return broken(inn, self.rng)
        if self.slips(0.3):
            return int(inn) if self.numbers else str(int(inn))
        return f" {inn}" if self.slips(0.03) else inn

    def shown_inn(self, row: Declared) -> Cell:
        """The ИНН of a relative where his row gives one."""
        return self.inn(row.person.inn, row.situation) if row.situation.startswith("inn") else None

    def date(self, day: dt.date) -> Cell:
        """A date in one of the forms in use."""
        if not self.slips(0.6):
            return day if self.numbers else f"{day:%d.%m.%Y}"
        return self.rng.choice(
            [f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y} ", day.isoformat(), f"{day.day} {MONTHS[day.month - 1]} {day.year} г."]
        )

    def born(self, day: dt.date, exact: bool) -> Cell:
        """A date of birth; inexact ones may be a year alone."""
        if not exact and self.slips(0.04):
            return self.rng.choice([f"{day.year}", f"{day.year} г.р."])
        return f"{day:%d.%m.%Y} г.р." if self.slips(0.08) else self.date(day)

    def money(self, roubles: int) -> Cell:
        """A price."""
        if not self.slips(0.5):
            return roubles if self.numbers else str(roubles)
        spaced = f"{roubles:,}".replace(",", self.rng.choice([" ", "\u00a0"]))
        return self.rng.choice([f"{spaced},00", f"{spaced},00 руб.", f"{spaced} руб."])

    def firm(self, title: str) -> str:
        """The name of a company."""
        plain = f"ООО «{title}»"
        ways = [f'ООО "{title}"', f"ООО {title}", f'Общество с ограниченной ответственностью "{title}"', f'ООО "{title.upper()}"']
        return self.rng.choice(ways) if self.slips(0.5) else plain

    def sole(self, person: Person) -> str:
        """The name of a sole proprietor, in the order of the procurement system now and then."""
        surname, given, patronymic = person.registry_name
        if self.slips(0.08):
            return f"ИП {surname.upper()} {patronymic.upper()} {given.upper()}"
        return (
            self.rng.choice(["ИП", "Индивидуальный предприниматель"] if self.slips(0.4) else ["ИП"])
            + f" {surname} {given} {patronymic}"
        )
