"""Companies and sole proprietors of the district, as the registry knows them at one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from making.numbers import firm_inn, ogrn, ogrnip, person_inn

FORMS = {
    "ООО": ("12300", "Общества с ограниченной ответственностью", "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ"),
    "АО": ("12267", "Непубличные акционерные общества", "АКЦИОНЕРНОЕ ОБЩЕСТВО"),
    "МУП": ("65243", "Муниципальные унитарные предприятия", "МУНИЦИПАЛЬНОЕ УНИТАРНОЕ ПРЕДПРИЯТИЕ"),
}


@dataclass(frozen=True)
class Holder:
    """A director or an owner: a person's name, or a firm's key for an owner or a managing company, or the municipality."""

    name: str
    since: dt.date
    inn: str = ""
    kind: str = "person"  # person, firm, public
    size: tuple[str, str] = ("", "")  # (Процент | ДробДесят | ДробПрост | nominal only, value)
    nominal: int = 0


@dataclass(frozen=True)
class Firm:
    """A company of the registry at one day."""

    name: str
    registered: dt.date
    directors: tuple[Holder, ...] = ()
    owners: tuple[Holder, ...] = ()
    managing: tuple[Holder, ...] = ()
    form: str = "ООО"
    capital: int = 10_000
    extract: dt.date = dt.date(2026, 3, 2)
    edition: str = "4.07"
    file: str = "main"

    @property
    def inn(self) -> str:
        """The number, always the same for a name."""
        return firm_inn(self.name)

    @property
    def ogrn(self) -> str:
        """The number of its entry, always the same for a name and year."""
        return ogrn(self.name, self.registered.year)

    @property
    def short(self) -> str:
        """Form and name as contracts have them."""
        return f"{self.form} «{self.name}»"

    @property
    def title(self) -> str:
        """The full name in capitals as the register has it."""
        return f'{FORMS[self.form][2]} "{self.name.upper()}"'

    def as_of(self, day: dt.date, **changes: object) -> Firm:
        """The same company on another day."""
        return replace(self, extract=day, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Proprietor:
    """A sole proprietor; `salt` makes another ИНН for a namesake."""

    name: str
    registered: dt.date
    ended: dt.date | None = None
    region: str = "42"
    salt: str = ""
    extract: dt.date = dt.date(2026, 3, 2)

    @property
    def inn(self) -> str:
        """The number of the person, who is another one with another `salt`."""
        return person_inn(self.name + self.salt, self.region)

    @property
    def ogrnip(self) -> str:
        """The number of his entry."""
        return ogrnip(self.name + self.salt, self.registered.year, self.region)

    @property
    def short(self) -> str:
        """ИП with surname and initials, as contracts have it."""
        last, given, patronymic = self.name.split()
        return f"ИП {last} {given[0]}.{patronymic[0]}."
