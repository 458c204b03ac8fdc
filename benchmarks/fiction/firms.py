"""Invented companies and sole proprietors, who holds them when, and what control that makes on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from benchmarks.fiction.identifiers import Numbers
from benchmarks.fiction.people import Person

THRESHOLD = Fraction(1, 10)
LATEST_EXTRACT = dt.date(2026, 2, 2)
FIRST = [
    "Альфа", "Бета", "Вега", "Гамма", "Дельта", "Заря", "Рассвет", "Восток", "Север", "Сибирь", "Тайга", "Кедр",
    "Маяк", "Прогресс", "Старт", "Лидер", "Гарант", "Престиж", "Монолит", "Вектор", "Импульс", "Ресурс", "Факел",
    "Ритм", "Спектр", "Меридиан", "Азимут", "Гранит", "Кристалл", "Витязь", "Родник", "Исток", "Берег", "Купол",
    "Орион", "Пульсар", "Каскад", "Метеор", "Антарес", "Сокол",
]  # fmt: skip
SECOND = [
    "Строй", "Сервис", "Торг", "Снаб", "Проект", "Ремонт", "Пром", "Авто", "Мед", "Агро", "Тех", "Дор", "Инвест",
    "Эко", "Тепло", "Энерго", "Транс", "Учебник", "Мебель", "Продукт",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hold:
    """Somebody's place in a firm: director, owner with a share, managing company; `until` is its last day, if it ended."""

    kind: str
    holder: Person | Firm
    since: dt.date
    share: Fraction | None = None
    until: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """True where the place was held on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(slots=True, eq=False)
class Firm:
    """A company (ООО). `extracts` are the days its extracts were taken; without any the register is not loaded for it."""

    inn: str
    ogrn: str
    title: str
    region: str
    registered: dt.date
    capital: int
    holds: list[Hold] = field(default_factory=list)
    extracts: list[dt.date] = field(default_factory=lambda: [LATEST_EXTRACT])

    @property
    def name(self) -> str:
        """The name as a contract has it."""
        return f"ООО «{self.title}»"


@dataclass(slots=True, eq=False)
class Proprietor:
    """A sole proprietor (ИП)."""

    person: Person
    ogrnip: str
    since: dt.date
    until: dt.date | None = None
    extracts: list[dt.date] = field(default_factory=lambda: [LATEST_EXTRACT])

    @property
    def inn(self) -> str:
        """The number of the person."""
        return self.person.inn

    @property
    def name(self) -> str:
        """The name as a contract has it: ИП and the person's name in the register."""
        return f"ИП {' '.join(self.person.registry_name)}"


Supplier = Firm | Proprietor


class Firms:
    """Makes firms and keeps them all, suppliers or not."""

    def __init__(self, rng: Random, numbers: Numbers, home: str) -> None:
        self.rng, self.numbers, self.home = rng, numbers, home
        self.firms: list[Firm] = []
        self.proprietors: list[Proprietor] = []

    def day(self, first: int = 2008, last: int = 2020) -> dt.date:
        """A day between the years, both included."""
        return dt.date(first, 1, 10) + dt.timedelta(days=self.rng.randrange((last - first + 1) * 365 - 20))

    def firm(self, title: str | None = None) -> Firm:
        """A company with no director and no owner yet."""
        region = self.home if self.rng.random() < 0.85 else self.rng.choice(["22", "54", "70", "77"])
        registered = self.day(2004, 2018)
        title = title or f"{self.rng.choice(FIRST)}{self.rng.choice(['', '-', ' '])}{self.rng.choice(SECOND)}"
        if self.rng.random() < 0.35:
            title += f" {self.rng.choice(['плюс', 'М', 'групп', 'НК', '2000', 'Юг', str(self.rng.randrange(2, 99))])}"
        made = Firm(
            self.numbers.firm(region), self.numbers.ogrn(region, registered.year), title, region, registered,
            self.rng.choice([10000, 10000, 20000, 50000, 100000, 1000000]),
        )  # fmt: skip
        self.firms.append(made)
        return made

    def proprietor(self, person: Person, since: dt.date | None = None, until: dt.date | None = None) -> Proprietor:
        """A person registered as sole proprietor."""
        since = since or self.day(2010, 2020)
        made = Proprietor(person, self.numbers.ogrnip(person.region, since.year), since, until)
        self.proprietors.append(made)
        return made

    def hold(self, firm: Firm, kind: str, holder: Person | Firm, share: Fraction | None = None, **dates: dt.date | None) -> None:
        """Enter somebody in the firm's record, from early on if no date is given."""
        since = dates.get("since") or firm.registered + dt.timedelta(days=self.rng.choice([0, 0, 0, 400, 900]))
        firm.holds.append(Hold(kind, holder, since, share, dates.get("until")))


def effective_share(person: Person, firm: Firm, day: dt.date, depth: int = 6) -> Fraction:
    """Direct and indirect shares together, summed over all chains of owners."""
    total = Fraction(0)
    for hold in firm.holds:
        if hold.kind == "owner" and hold.share is not None and hold.covers(day):
            if hold.holder is person:
                total += hold.share
            elif isinstance(hold.holder, Firm) and depth:
                total += hold.share * effective_share(person, hold.holder, day, depth - 1)
    return total


def control_on(person: Person, supplier: Supplier, day: dt.date) -> tuple[str, Fraction | None] | None:
    """The strongest control of the person over the supplier on the day, with the effective share; None if there is none.

    A natural person who supplies is the supplier, registered that day or not: 44-ФЗ ст. 31 ч. 1 п. 9 «а» asks for none.
    """
    if isinstance(supplier, Proprietor):
        return ("sole-proprietor", None) if supplier.person is person else None
    live = [hold for hold in supplier.holds if hold.covers(day)]
    share = effective_share(person, supplier, day)
    if any(hold.kind == "director" and hold.holder is person for hold in live):
        return "director", share
    managing = [hold.holder for hold in live if hold.kind == "managing" and isinstance(hold.holder, Firm)]
    if any(one.kind == "director" and one.holder is person and one.covers(day) for firm in managing for one in firm.holds):
        return "manager", share
    direct = sum((hold.share or Fraction(0) for hold in live if hold.kind == "owner" and hold.holder is person), Fraction(0))
    if direct > THRESHOLD:
        return "owner", share
    if share > THRESHOLD:
        return "indirect-owner", share
    return ("small-share", share) if share else None


def persons_behind(supplier: Supplier, depth: int = 6) -> dict[int, Person]:
    """Everybody who ever held the supplier, directly or through firms."""
    if isinstance(supplier, Proprietor):
        return {supplier.person.pid: supplier.person}
    found: dict[int, Person] = {}
    for hold in supplier.holds:
        if isinstance(hold.holder, Person):
            found[hold.holder.pid] = hold.holder
        elif depth:
            found |= persons_behind(hold.holder, depth - 1)
    return found


def turning_days(supplier: Supplier, depth: int = 6) -> set[dt.date]:
    """Days on which something began, and the days after something ended."""
    one = dt.timedelta(days=1)
    if isinstance(supplier, Proprietor):
        return {supplier.since, *([supplier.until, supplier.until + one] if supplier.until else [])}
    days: set[dt.date] = set()
    for hold in supplier.holds:
        days |= {hold.since} | ({hold.until, hold.until + one} if hold.until else set())
        if isinstance(hold.holder, Firm) and depth:
            days |= turning_days(hold.holder, depth - 1)
    return days
