"""A chapter of the law book as one world: every case with people, firms and a customer of its own, so none touches another.

One world a chapter, because a screen costs a third of a second whatever it holds.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

from lawcase import NO, Company, Kin, LawCase, Official, Person

from affil.rules.cases import Case, number

Row = dict[str, Any]

_NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
_WOMEN, _MEN = (frozenset(_NAMES[key].split()) for key in ("women", "men"))
_GIVEN = {sex: words.split() for sex, words in _NAMES["given"].items()}
_FATHERS = {sex: words.split() for sex, words in _NAMES["father"].items()}
_FIRST, _SECOND, _THIRD = (_NAMES["surname"][key].split() for key in ("first", "second", "third"))


class World:
    """The rows of the cases of one chapter, and by which numbers and names each case is known in them."""

    def __init__(self, cases: list[LawCase]) -> None:
        self.rows = Case(name="law", kind="positive", why="")
        self.places = [Place(serial, case, self.rows) for serial, case in enumerate(cases)]


class Place:
    """One case in its world: `employee_id` of the official, `names` and `inns` of all the people and firms in it."""

    def __init__(self, serial: int, case: LawCase, rows: Case) -> None:
        self.case, self.serial, self.rows = case, serial, rows
        self._people: dict[str, int] = {}
        self._companies: dict[str, int] = {}
        self.names: set[str] = set()
        self.customer, self.other, self.organizer = (self._org(n) for n in (1, 2, 3))
        self.procedure = f"01423{serial:014d}"
        self.official = case.official.name or self._name(case.official.who, case.official.sex)
        self.employee_id = self._official(case.official.model_copy(update={"kin": case.kin}), 1)
        for place, colleague in enumerate(case.colleagues, 2):
            self._official(colleague, place)
        for name, company in case.companies.items():
            self._company(name, company)
        self._supplier()
        self._purchase()

    def _org(self, place: int) -> str:
        return number(f"org {self.serial * 30 + place}")

    def _place(self, who: str) -> int:
        return self._people.setdefault(who, len(self._people) + 1)

    def _sex(self, who: str) -> str:
        known = [word for word in re.findall(r"\w+", who.lower()) if word in _WOMEN | _MEN]
        return "ж" if known and known[0] in _WOMEN else "м"

    def _name(self, who: str, sex: str | None = None) -> str:
        """An invented name, another for every word of every case; fathers and sons fit each other's patronymic."""
        n, sex = self._place(who), sex or self._sex(who)
        serial = self.serial * 20 + n
        surname = _FIRST[serial % 20] + _SECOND[serial // 20 % 10] + _THIRD[(serial // 200 + n) % 5]
        ends = "" if sex == "м" else "а"
        given = {"отец": "Савелий", "служащий": "Платон", "служащая": "Ульяна"}.get(who, _GIVEN[sex][serial * 7 % 20])
        if who in ("служащий", "служащая", "брат", "сестра"):
            father = "Савельевич" if sex == "м" else "Савельевна"
        elif who in ("сын", "дочь") and self.case.official.sex == "м":
            father = "Платонович" if sex == "м" else "Платоновна"
        else:
            father = _FATHERS[sex][n % 3]
        return f"{surname}{ends} {given} {father}"

    def _person(self, person: Person, sex: str | None = None) -> Row:
        name = person.name or self._name(person.who, sex)
        self.names.add(name)
        return {"name": name, "inn": self._inn(person.who, person.inn)}

    def _inn(self, who: str, which: str) -> str | None:
        place = self._place(who) + (25 if which == "другой" else 0)
        return None if which == NO else number(f"person {self.serial * 60 + place}")

    def _official(self, official: Official, place: int) -> str:
        employee_id = f"{1000 + self.serial}{place:02d}"
        who = Person(who=official.who, name=official.name, inn=official.inn)
        employer = self.customer if official.serves == "заказчик" else self.other
        self.rows.officials.append(
            {
                "employee_id": employee_id,
                **self._person(who, official.sex),
                "employer_inn": employer,
                "birth_date": official.born,
                "status": official.status,
                "procurement_role": official.role,
                "hired": official.hired,
                "dismissed": official.dismissed,
                "questionnaire_date": official.questionnaire,
            }
        )
        self.rows.relatives.extend(self._relative(employee_id, employer, kin) for kin in official.kin)
        if official.seat:
            whose = {
                "заказчик": {"customer_inn": self.customer},
                "закупка": {"procedure_number": self.procedure},
                "организатор": {"organizer_inn": self.organizer},
                "другой заказчик": {"customer_inn": self.other},
                "другая закупка": {"procedure_number": self.procedure + "9"},
            }[official.seat.of]
            seat = {"employee_id": employee_id, "role": "член комиссии", "from": official.seat.since, "to": official.seat.until}
            self.rows.commissions.append({**seat, **whose})
        return employee_id

    def _relative(self, employee_id: str, employer: str, kin: Kin) -> Row:
        person = {"name": "нет"} if kin.who == NO else self._person(kin)
        return {
            "employee_id": employee_id,
            "employer_inn": employer,
            "relationship": kin.word,
            **person,
            "birth_date": kin.born,
            "phone": kin.phone,
            "email": kin.email,
            "former_names": kin.former,
            "employer": self._firm("Вереск") if kin.employer == "фирма" else kin.employer,
            "valid_from": kin.married_on,
            "valid_to": kin.divorced_on,
        }

    def _company(self, name: str, company: Company) -> str:
        place = self._companies.setdefault(name, len(self._companies) + 4)
        inn = self._org(place)
        self.names.add(self._firm(name, company.form))
        states = [company]
        while earlier := states[-1].earlier:
            states.append(earlier)
        for state in states:
            if state.extract != NO:
                self.rows.companies.append(
                    {
                        "name": self._firm(name, company.form),
                        "inn": inn,
                        "extract": state.extract,
                        "legal_form": _FORMS.get(company.form),
                        "directors": [self._holder(state.director)] if state.director else [],
                        "owners": [self._holder(owner) for owner in state.owners],
                        "managing": [self._of_company(state.managing)] if state.managing else [],
                    }
                )
        return inn

    def _firm(self, name: str, form: str = "ООО") -> str:
        return f"{form} «{name}-{self.serial}»"

    def _holder(self, person: Person) -> Row:
        share = {"share": _fraction(person.share)} if person.share not in (None, "?") else {}
        if person.who in self.case.companies:
            return {**self._of_company(person.who), **share, "since": person.since}
        if person.who in _HOLDERS:
            name = f"{person.who.capitalize()} {self.serial}"
            self.names.add(name)
            return {"company": name, "holder_kind": _HOLDERS[person.who], **share, "since": person.since}
        return {**self._person(person), **share, "since": person.since}

    def _of_company(self, name: str) -> Row:
        place = self._companies.setdefault(name, len(self._companies) + 4)
        return {"company": self._firm(name), "inn": self._org(place), "since": dt.date(2018, 5, 14)}

    def _supplier(self) -> None:
        firm = self.case.firm
        if firm.proprietor:
            person = self._person(firm.proprietor)
            self.supplier, self.inn = "ИП " + person["name"], person["inn"]
            self.rows.proprietors.append({**person, "registered_on": firm.registered_on, "ended_on": firm.ended_on})
        else:
            self.inn = self._company("Вереск", firm)
            self.supplier = self._firm("Вереск", firm.form)

    def _purchase(self) -> None:
        purchase, firm = self.case.purchase, self.case.firm
        customer = self.customer if purchase.customer == "заказчик" else self.other
        organizer = self.organizer if purchase.organizer != NO else None
        both = {"customer_inn": customer, "organizer_inn": organizer, "procedure_number": self.procedure}
        if purchase.signed_on or purchase.period:
            self.rows.contracts.append(
                {
                    **both,
                    "contract_number": f"К-{self.serial}",
                    "signed_on": purchase.signed_on,
                    "period": purchase.period,
                    "supplier": self.supplier,
                    "supplier_inn": self.inn,
                    "price": 250000,
                    "method": purchase.method,
                    "ground": purchase.ground,
                    "notice_on": purchase.notice_on,
                    "ends_on": purchase.ends_on,
                    "contract_manager": self._name(purchase.manager, self.case.official.sex) if purchase.manager else None,
                }
            )
        if purchase.applied_on:
            told = firm.application or {}
            owners = [
                f"{self._name(who)}, {self._inn(who, 'да')}, {share}" for who, share in told.get("owners_over_25", {}).items()
            ]
            self.rows.participants.append(
                {
                    **both,
                    "participant": self.supplier,
                    "participant_inn": self.inn,
                    "applied_on": purchase.applied_on,
                    "winner": purchase.won,
                    "phone": firm.phone,
                    "director": self._name(told["director"]) if "director" in told else None,
                    "director_inn": self._inn(told["director"], "да") if "director" in told else None,
                    "owners_over_25": "; ".join(owners) or None,
                }
            )


_FORMS = {
    "АО": "Непубличные акционерные общества",
    "ООО": "Общества с ограниченной ответственностью",
    "МУП": "Муниципальные унитарные предприятия",
}


# Owners that are neither people nor companies of the case.
_HOLDERS = {
    "муниципалитет": "public",
    "иностранная организация": "foreign",
    "паевой фонд": "fund",
    "организация без ИНН": "organisation",
}


def _fraction(text: str) -> str:
    """«12,5 %», «1/3» and «0.1» as a fraction."""
    plain = text.replace(" ", "").replace(",", ".")
    share = Fraction(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    return f"{share.numerator}/{share.denominator}"
