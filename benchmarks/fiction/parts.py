"""The plain records a district is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from benchmarks.fiction.firms import Supplier
from benchmarks.fiction.people import Person

FIRST_DAY, LAST_DAY = dt.date(2023, 1, 15), dt.date(2025, 12, 20)  # purchases are signed between them


@dataclass(slots=True, eq=False)
class Customer:
    """A customer of the municipality; `organizer` runs joint purchases for it."""

    inn: str
    name: str


@dataclass(slots=True, eq=False)
class Declared:
    """A relative as one official's questionnaire names him. `situation` says how well the row identifies him."""

    person: Person
    chain: str
    situation: str  # inn, inn_typo, name, former, typo, inn_broken


@dataclass(slots=True, eq=False)
class Official:
    """An official in his post, with what his questionnaire says."""

    person: Person
    employee_id: str
    customer: Customer
    status: str
    post: str
    section: str
    hired: dt.date
    asked_on: dt.date
    situation: str
    role: str = ""
    declared: list[Declared] = field(default_factory=list)
    linked: bool = False  # one of two officials whose families meet
    busy: bool = False  # has a plant already

    def row(self, person: Person) -> Declared | None:
        """The row that declares this person, if there is one."""
        return next((row for row in self.declared if row.person is person), None)


@dataclass(slots=True, eq=False)
class Seat:
    """A seat on a purchasing commission of a customer or of an organiser."""

    official: Official
    customer: Customer
    role: str
    since: dt.date
    until: dt.date | None
    initials: bool  # written «Иванов И.И.» without the number
    for_organizer: bool = False


@dataclass(slots=True, eq=False)
class Purchase:
    """A contract, with the procedure it came from where there was one."""

    number: str
    supplier: Supplier
    customer: Customer
    signed_on: dt.date
    ends_on: dt.date | None
    price: int
    subject: str
    procedure: str | None
    applied_on: dt.date | None
    organizer: Customer | None = None
    losers: list[Supplier] = field(default_factory=list)
