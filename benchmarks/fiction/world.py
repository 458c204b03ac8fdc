"""A district before anything is planted: customers, officials with families, suppliers, purchases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from random import Random

from benchmarks.fiction.firms import Firm, Firms, Supplier
from benchmarks.fiction.identifiers import Numbers
from benchmarks.fiction.parts import FIRST_DAY, LAST_DAY, Customer, Declared, Official, Purchase, Seat
from benchmarks.fiction.people import ADULT_BY, People, Person

HOMES = ("42", "03", "54", "05", "02", "36")
POSTS = [
    "специалист",
    "главный специалист",
    "начальник отдела",
    "заместитель директора",
    "бухгалтер",
    "учитель",
    "завхоз",
    "юрист",
]
SECTIONS = ["Финансовое управление", "Отдел закупок", "Администрация", "Бухгалтерия", "Хозяйственный отдел", ""]
STATUSES = [
    "муниципальный служащий",
    "муниципальный служащий",
    "работник",
    "работник",
    "работник",
    "депутат",
    "руководитель учреждения",
]
SUBJECTS = ["Поставка канцелярских товаров", "Ремонт кровли", "Оказание услуг охраны", "Поставка продуктов питания",
            "Выполнение работ по благоустройству", "Поставка мебели", "Вывоз снега", "Поставка ГСМ"]  # fmt: skip


class District:
    """Everything there is; planting adds to it, writers read it."""

    def __init__(self, officials: int, seed: int) -> None:
        self.seed, self.size = seed, officials
        self.rng = Random(f"district {seed} {officials}")
        self.home = HOMES[seed % len(HOMES)]
        self.numbers = Numbers(self.rng)
        self.people = People(self.rng, self.numbers, self.home)
        self.firms = Firms(self.rng, self.numbers, self.home)
        self.officials: list[Official] = []
        self.links: list[tuple[Official, Official]] = []
        self.seats: list[Seat] = []
        self.purchases: list[Purchase] = []
        self.suppliers: list[Supplier] = []
        self.customers = self._customers()
        self.organizer = Customer(self.numbers.firm(self.home), "МКУ «Центр муниципальных закупок»")
        self._staff()
        self._commissions()

    def _customers(self) -> list[Customer]:
        kinds = ["МБОУ «СОШ № {}»", "МБДОУ «Детский сад № {}»", "МКУ «Служба заказчика № {}»", "МБУК «Дом культуры № {}»"]
        made = [Customer(self.numbers.firm(self.home), "Администрация Заозёрного муниципального округа")]
        for number in range(1, max(3, self.size // 25)):
            made.append(Customer(self.numbers.firm(self.home), kinds[number % len(kinds)].format(number)))
        return made

    def _staff(self) -> None:
        for _ in range(max(2, self.size // 50)):
            one = self._official(self._new_official_person())
            mate = self.people.spouse(one.person)
            other = self._official(self.people.sibling(mate))
            self._declare_family(one, own_side_only=True)
            self._declare_family(other)
            self.declare(other, mate, "sibling", "name")
            one.linked = other.linked = True
            self.links.append((one, other))
        while len(self.officials) < self.size:
            self._declare_family(self._official(self._new_official_person()))

    def _new_official_person(self) -> Person:
        return self.people.new(self.rng.choice("ffm"), self.rng.randrange(1958, 1999), region=self.home)

    def _official(self, person: Person) -> Official:
        rng, number = self.rng, len(self.officials) + 1
        made = Official(
            person, f"{number:05d}", self.customers[(number - 1) % len(self.customers)], rng.choice(STATUSES), rng.choice(POSTS),
            rng.choice(SECTIONS), self.firms.day(2012, 2021), dt.date(2025, 1, 20) + dt.timedelta(days=rng.randrange(300)),
            "inn" if rng.random() < 0.7 else "name",
        )  # fmt: skip
        self.officials.append(made)
        return made

    def declare(self, official: Official, person: Person, chain: str, situation: str | None = None) -> Declared:
        """The row of a relative in the questionnaire, new or the one that is there with the situation changed."""
        row = official.row(person)
        if row is None:
            row = Declared(person, chain, situation or ("inn" if self.rng.random() < 0.12 else "name"))
            official.declared.append(row)
        elif situation:
            row.situation = situation
        return row

    def _declare_family(self, official: Official, own_side_only: bool = False) -> None:
        rng, people, person = self.rng, self.people, official.person
        if person.spouse or rng.random() < 0.75:
            self.declare(official, people.spouse(person), "spouse", "name" if own_side_only else None)
        if person.spouse and person.birth.year < 1996:
            for _ in range(rng.choice([0, 0, 1, 1, 1, 2, 2, 3])):
                people.child(person, adult=person.birth.year < 1978 and rng.random() < 0.6)
        for child in person.children:
            self.declare(official, child, "child")
        for parent in people.parents(person):
            if rng.random() < 0.74:
                self.declare(official, parent, "parent")
        for _ in range(rng.choice([0, 0, 1, 1, 1, 2])):
            brother = people.sibling(person)
            if rng.random() < 0.6 and brother.birth.year < ADULT_BY:
                people.spouse(brother)
            self.declare(official, brother, "sibling")
        if person.spouse and not own_side_only:
            for parent in people.parents(person.spouse):
                if rng.random() < 0.35:
                    self.declare(official, parent, "spouse.parent")
            if rng.random() < 0.4:
                self.declare(official, people.sibling(person.spouse), "spouse.sibling")

    def _commissions(self) -> None:
        for customer in self.customers:
            staff = [one for one in self.officials if one.customer is customer]
            for place, one in enumerate(self.rng.sample(staff, min(4, len(staff)))):
                role = ["председатель комиссии", "заместитель председателя", "член комиссии", "секретарь комиссии"][place]
                self.seat(one, customer, role, initials=self.rng.random() < 0.6)
        for one in self.rng.sample(self.officials, 3):
            self.seat(one, self.organizer).for_organizer = True

    def seat(self, official: Official, customer: Customer, role: str = "член комиссии", initials: bool = False) -> Seat:
        """A seat held since before the first purchase; initials only where no colleague shares them."""
        initials = initials and official.customer is customer and self._initials_unique(official)
        since = dt.date(2021, 1, 11) + dt.timedelta(days=self.rng.randrange(300))
        made = Seat(official, customer, role, since, None, initials)
        self.seats.append(made)
        return made

    def _initials_unique(self, official: Official) -> bool:
        def short(person: Person) -> str:
            """Surname and initials as lists of commissions have them."""
            return f"{person.surname} {person.given.text[0]}{person.patronymic[0]}".replace("ё", "е")

        same = [
            one for one in self.officials if one.customer is official.customer and short(one.person) == short(official.person)
        ]
        return len(same) == 1

    def purchase(
        self,
        supplier: Supplier,
        customer: Customer,
        signed_on: dt.date | None = None,
        procedure: bool | None = None,
        lasts: int = 0,
    ) -> Purchase:
        """A contract with the supplier; half of them come from a procedure. `lasts`: days it runs, 0 = drawn, −1 = not told."""
        rng = self.rng
        signed_on = signed_on or FIRST_DAY + dt.timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days))
        procedure = rng.random() < 0.5 if procedure is None else procedure
        lasts = lasts or rng.choice([-1, 30, 60, 90, 180])
        made = Purchase(
            f"3{customer.inn}{signed_on.year % 100}{len(self.purchases) + 1:06d}", supplier, customer, signed_on,
            None if lasts < 0 else signed_on + dt.timedelta(days=lasts), rng.randrange(5_000, 5_000_000), rng.choice(SUBJECTS),
            f"0{rng.randrange(10**8):08d}{signed_on.year % 100}{len(self.purchases) + 1:08d}" if procedure else None,
            signed_on - dt.timedelta(days=rng.randrange(15, 28)) if procedure else None,
            self.organizer if procedure and rng.random() < 0.1 else None,
        )  # fmt: skip
        self.purchases.append(made)
        if supplier not in self.suppliers:
            self.suppliers.append(supplier)
        return made

    def shared_out(self, firm: Firm, rest: Fraction, since: dt.date | None = None) -> None:
        """What is left of the capital goes to one or two strangers."""
        if not rest:
            return
        parts = [rest] if rest < Fraction(1, 5) or self.rng.random() < 0.6 else [rest / 2, rest / 2]
        for part in parts:
            self.firms.hold(firm, "owner", self.people.stranger(), part, since=since)

    def fill(self) -> None:
        """Suppliers nobody of the district is behind, and contracts up to the usual number."""
        rng = self.rng
        plain: list[Supplier] = []
        while len(plain) < 5 or len(self.suppliers) < round(0.54 * self.size):
            supplier = self._plain_supplier()
            plain.append(supplier)
            for _ in range(rng.choice([1, 2, 3, 4])):
                if len(self.purchases) < 2 * self.size:
                    self.purchase(supplier, rng.choice(self.customers))
            if supplier not in self.suppliers:
                self.purchase(supplier, rng.choice(self.customers))
        while len(self.purchases) < 2 * self.size:
            self.purchase(rng.choice(plain), rng.choice(self.customers))
        for purchase in self.purchases:
            if purchase.procedure:
                others = [one for one in rng.sample(plain, min(3, len(plain))) if one is not purchase.supplier]
                purchase.losers += others[: rng.choice([0, 1, 1, 2])]

    def _plain_supplier(self) -> Supplier:
        rng, firms = self.rng, self.firms
        if rng.random() < 0.4:
            supplier: Supplier = firms.proprietor(self.people.stranger())
        else:
            supplier = firm = firms.firm()
            head = self.people.stranger()
            firms.hold(firm, "director", head)
            own = rng.choice([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(1)])
            if own:
                firms.hold(firm, "owner", head, own)
            self.shared_out(firm, 1 - own)
        if rng.random() < 0.03:
            supplier.extracts = []
        return supplier

    def served(self, official: Official, purchase: Purchase, day: dt.date) -> bool:
        """Whether the official serves the customer of the purchase on the day: employed there, or on a commission."""
        return (official.customer is purchase.customer and official.hired <= day) or self.judges(official, purchase, day)

    def judges(self, official: Official, purchase: Purchase, day: dt.date) -> bool:
        """Whether he sits on the commission of the customer or of the organiser on the day."""
        held: Iterable[Seat] = (one for one in self.seats if one.official is official)
        sides = (purchase.customer, purchase.organizer)
        return any(
            one.since <= day
            and (one.until is None or day <= one.until)
            and (one.customer is sides[1] if one.for_organizer else one.customer is sides[0])
            for one in held
        )
