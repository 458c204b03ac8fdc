"""Random small worlds as rows of the store: officials, kin, firms, sole proprietors, purchases and seats, with dates that meet.

Every person has a full name nobody else has, near to no other one, so that nothing is supposed and all identity is certain.
A row's place is made of its content: the same rows in another order have the same places.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import random
from typing import Any

from hypothesis import strategies as st

from affil.rules.cases import number
from affil.store.store import Store

Row = dict[str, Any]
World = dict[str, list[Row]]
Draw = Any

SURNAMES = [
    "Абрикосов",
    "Берестов",
    "Вересаев",
    "Громогласов",
    "Дубравин",
    "Журавлёв",
    "Звонарёв",
    "Колокольцев",
    "Лебедянский",
    "Мельников",
]
GIVEN = ["Антон", "Борис", "Виктор", "Григорий", "Дмитрий", "Жан", "Захар", "Кирилл", "Леонид", "Максим"]
PATRONYMICS = [
    "Осипович",
    "Павлович",
    "Романович",
    "Степанович",
    "Тарасович",
    "Устинович",
    "Фёдорович",
    "Харитонович",
    "Цезаревич",
    "Юрьевич",
]
STRANGERS = (8, 9)  # people of the first part who have nothing to do with the rest
PARTS = 4  # up to 5 parts no two names of different persons are near each other
WORDS = {
    "жена": "spouse",
    "дочь": "child",
    "отец": "parent",
    "брат": "sibling",
    "сестра": "sibling",
    "неполнородный брат": "sibling(half)",
    "бывшая жена": "spouse(former)",
    "зять": "child.spouse|sibling.spouse|spouse.sibling.spouse",
    "тёща": "spouse.parent",
    "шурин": "spouse.sibling",
    "пасынок": "spouse.child",
    "отчим": "parent.spouse",
    "внук": "child.child",
    "дед": "parent.parent",
    "дядя": "parent.sibling",
    "племянник": "sibling.child",
    "усыновлённый": "child(adopted)",
    "сожительница": "partner",
    "мать ребёнка": "child.parent",
    "опекун": "guardian",
    "прадед": "parent.parent.parent",
    "кузен": "parent.sibling.child",
    "сноха": "child.spouse|sibling.spouse",
    "сын бывшей жены": "spouse(former).child",
}
COMMONEST = ["жена", "дочь", "отец", "брат", "шурин", "зять", "внук", "бывшая жена"]
SHARES = ["1/10", "10001/100000", "1/2", "1/20", "9/100", "11/100", "1/5", "3/10", "9/10", "1/1", "1/3"]
ODD_SHARES = [*SHARES, None, "0/1"]
ROLES = [None, None, "head of customer", "head of contract service", "contract manager", "specification author"]
PROCEDURES = {1: (1, 3), 2: (2, None)}  # customer and organiser of procedures 1 and 2
GROUNDS = [None, "п. 4 ч. 1 ст. 93", "п. 8 ч. 1 ст. 93", "223-ФЗ"]
METHODS = [None, None, "Электронный аукцион"]
ANCHORS = [dt.date(2024, 2, 29), dt.date(2023, 3, 1), dt.date(2022, 7, 1)]


def person(i: int) -> Row:
    """The columns that say who somebody is."""
    part, place = divmod(i, 10)
    name = f"{SURNAMES[place]} {GIVEN[(place + part) % 10]} {PATRONYMICS[(place + 3 * part) % 10]}"
    upper = name.upper().replace("Ё", "Е")
    surname, given, patronymic = upper.split(" ")
    return {
        "name": name,
        "surname": surname,
        "given": given,
        "patronymic": patronymic,
        "name_key": upper,
        "gender": (None, "m", "m", "f")[i % 4],  # who is called how says nothing of it here
        "inn": number(f"person {i + 1}"),
    }


def days_around(anchor: dt.date) -> list[dt.date]:
    """The anchor, twelve months before and after, their neighbours, and days far from it."""
    year_before, year_after = (
        dt.date(y, anchor.month, min(anchor.day, calendar.monthrange(y, anchor.month)[1]))
        for y in (anchor.year - 1, anchor.year + 1)
    )
    one = dt.timedelta(days=1)
    near = [day + step * one for day in (anchor, year_before, year_after) for step in (-1, 0, 1)]
    return sorted({*near, *(anchor + step * one for step in (-800, -90, 40, 900))})


@st.composite
def worlds(draw: Draw, birth_dates: bool = False) -> World:
    """Up to `PARTS` worlds beside each other, since one run over several costs no more than one over one.

    With `birth_dates` some rows of questionnaires carry a birth date in place of the ИНН another row gives.
    """
    chance = draw(st.randoms(use_true_random=True))  # even chances; hypothesis itself prefers what is small and alike
    world: World = {}
    for k in range(draw(st.integers(1, PARTS))):
        for table, rows in _Part(chance, k).tables().items():
            world.setdefault(table, []).extend(rows)
    if birth_dates:
        _hide_some_inn(chance, world)
    return placed(world)


class _Part:
    """One small world with persons, firms, customers and numbers of its own."""

    def __init__(self, chance: random.Random, k: int) -> None:
        self.chance, self.k = chance, k
        self.one_of = chance.choice
        self.anchor = chance.choice(ANCHORS)
        self.days = days_around(self.anchor)
        self.firms = [self.org(10 + i) for i in range(self.up_to(1, 4))]
        self.officials: list[Row] = []

    def day(self) -> dt.date:
        return self.one_of(self.days)

    def maybe(self) -> dt.date | None:
        return self.one_of([None, self.day()])

    def seldom(self) -> dt.date | None:
        return self.one_of([None, None, None, self.day()])

    def event(self) -> dt.date:
        return self.one_of([self.anchor, self.day()])

    def extracts(self) -> list[dt.date]:
        """None, one, two, or two of which the first is long ago."""
        return self.one_of([sorted({self.day() for _ in range(self.up_to(0, 2))}), [self.days[0], self.one_of(self.days[1:])]])

    def tables(self) -> World:
        """All rows of the part."""
        self.officials = [self._official(i) for i in range(self.up_to(1, 4))]
        extracts = {firm: self.extracts() for firm in self.firms}
        return {
            "official": self.officials,
            "relative": [self._relative() for _ in range(self.up_to(0, 8))],
            "company": [self._company(firm, date) for firm, dates in extracts.items() for date in dates],
            "registry_tie": [row for firm, dates in extracts.items() if dates for row in self._ties(firm, dates)],
            "proprietor": [row for i in range(self.up_to(0, 3)) for row in self._proprietor(i)],
            "contract": [self._contract(i) for i in range(self.up_to(1, 4))],
            "participant": self._participants(),
            "commission_seat": [seat for _ in range(self.up_to(0, 3)) for seat in self._seat()],
        }

    def up_to(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)

    def often(self) -> bool:
        return self.chance.random() < 0.75

    def person(self, first: int, last: int) -> Row:
        return person(10 * self.k + self.up_to(first, last))

    def org(self, n: int) -> str:
        return number(f"org {100 * self.k + n}")

    def customer(self) -> str:
        return self.org(1 if self.often() else 2)

    def _official(self, i: int) -> Row:
        hired, dismissed = _in_order(self.seldom(), self.seldom())
        return {
            **self.person(0, 3),
            "employee_id": str(100 * self.k + 101 + i),
            "employer_inn": self.customer(),
            "status": "municipal servant",
            "procurement_role": self.one_of(ROLES),
            "hired": hired,
            "dismissed": dismissed,
        }

    def _relative(self) -> Row:
        official = self.one_of(self.officials)
        word = self.one_of([self.one_of(COMMONEST), self.one_of(sorted(WORDS))])
        dated = "spouse" in WORDS[word] or WORDS[word] == "partner"
        since, until = _in_order(self.maybe(), self.maybe()) if dated else (None, None)
        return {
            **self.person(0, 7),
            "employee_id": official["employee_id"],
            "official_name": official["name"],
            "official_name_key": official["name_key"],
            "relationship": word,
            "chains": WORDS[word],
            "fact": "person",
            "valid_from": since,
            "valid_to": until,
        }

    def _company(self, firm: str, date: dt.date) -> Row:
        return {
            "ogrn": f"1{firm}",
            "inn": firm,
            "short_name": f"ООО «Фирма {firm}»",
            "name_key": f"ФИРМА {firm}",
            "extract_date": date,
        }

    def _ties(self, firm: str, dates: list[dt.date]) -> list[Row]:
        holders = [("director", self._holder(organisations=False)), *(("owner", self._holder()) for _ in range(self.up_to(0, 3)))]
        if not self.often():
            holders.append(("managing", self._holder()))
        once = {(kind, repr(holder)): (kind, holder) for kind, holder in holders}
        return [row for kind, holder in once.values() for row in self._tie(firm, kind, holder, dates)]

    def _holder(self, organisations: bool = True) -> Row:
        if organisations and self.chance.random() < 0.5:
            firm = self.one_of(self.firms)
            return {
                "holder_kind": "organisation" if self.often() else "public",
                "holder_inn": firm,
                "holder_name": f"ООО «Фирма {firm}»",
            }
        return {"holder_kind": "person", **self.person(0, 7)}

    def _tie(self, firm: str, kind: str, holder: Row, dates: list[dt.date]) -> list[Row]:
        """A holder in all extracts of a firm or in some, with the same share or another, the same day of record or another."""
        share, since = self.one_of(SHARES if self.often() else ODD_SHARES), self.maybe()
        rows: list[Row] = []
        for date in self.one_of([dates, dates[:1], dates[:1], dates[-1:]]):
            if rows and self.chance.random() < 0.5:
                since = self.maybe()
                share = self.one_of(SHARES) if share not in (None, "0/1") else share
            rows.append(
                {
                    "ogrn": f"1{firm}",
                    "company_inn": firm,
                    "extract_date": date,
                    "kind": kind,
                    "restricted": False,
                    "since": since,
                    "share": share if kind == "owner" else None,
                    **holder,
                }
            )
        return rows

    def _proprietor(self, i: int) -> list[Row]:
        begun, ended = _in_order(self.maybe(), self.maybe())
        common = {
            **self.person(2, 5),
            "ogrnip": f"3{100 * self.k + i:014d}",
            "kind": "Индивидуальный предприниматель",
            "registered_on": begun,
        }
        extracts = sorted({self.day() for _ in range(self.up_to(1, 2))})
        return [{**common, "extract_date": date, "ended_on": ended if date == extracts[-1] else None} for date in extracts]

    def _supplier(self, word: str) -> Row:
        if self.often():
            firm = self.one_of([self.firms[0], *self.firms])
            return {word: f"ООО «Фирма {firm}»", f"{word}_inn": firm, f"{word}_kind": "organisation"}
        who = self.person(2, 5)
        name, inn = who.pop("name"), who.pop("inn")
        return {word: name, f"{word}_inn": inn, f"{word}_kind": "person", **who}

    def _handles(self, procedure: int | None) -> Row:
        """Number of the procedure, customer and organiser, each perhaps left out; the same for all rows of a procedure."""
        numbers = PROCEDURES[procedure] if procedure else (1 if self.often() else 2, 3)
        customer, organizer = (self.org(n) if n else None for n in numbers)
        return {
            "procedure_number": f"П-{self.k}{procedure}" if procedure else None,
            "customer_inn": customer if self.often() else None,
            "organizer_inn": organizer if self.chance.random() < 0.5 else None,
        }

    def _contract(self, i: int) -> Row:
        signed = self.event() if self.often() or self.often() else None
        ends = self.maybe()
        period = (None, None) if signed or not self.often() else _in_order(self.event(), self.event())
        managers = [None, None, *sorted({official["name"] for official in self.officials})]
        return {
            "contract_number": f"К-{self.k}{i}",
            **self._supplier("supplier"),
            **self._handles(self.one_of([None, None, 1, 2])),
            "signed_on": signed,
            "period": None if signed else "as the bounds say",
            "period_from": period[0],
            "period_to": period[1],
            "ends_on": ends if ends and (signed is None or ends >= signed) else None,
            "notice_on": self.one_of([None, None, dt.date(2022, 6, 30), dt.date(2022, 7, 1)]),
            "price": "1000.00",
            "method": self.one_of(METHODS),
            "ground": self.one_of(GROUNDS),
            "contract_manager": self.one_of(managers),
        }

    def _participants(self) -> list[Row]:
        rows = [
            {
                **self._supplier("participant"),
                **self._handles(self.up_to(1, 2)),
                "applied_on": self.event() if self.often() else None,
                "winner": self.one_of([True, False, None]),
            }
            for _ in range(self.up_to(0, 4))
        ]
        return list({(row["procedure_number"], row["participant_inn"]): row for row in rows}.values())

    def _seat(self) -> list[Row]:
        official = self.one_of(self.officials)
        name = {column: official[column] for column in ("name", "surname", "given", "patronymic", "name_key", "gender")}
        handles = self._handles(self.one_of([None, None, 1, 2]))
        since, until = _in_order(self.seldom(), self.seldom())
        row = {
            **name,
            **handles,
            "valid_from": since,
            "valid_to": until,
            "employee_id": official["employee_id"],
            "role": self.one_of([None, "секретарь"]),
        }
        return [row] if any(handles.values()) else []


def _in_order(one: dt.date | None, other: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    return (min(one, other), max(one, other)) if one and other else (one, other)


def _hide_some_inn(chance: random.Random, world: World) -> None:
    """The first row of a person in a questionnaire keeps its ИНН and gets his birth date, later ones may have the date alone."""
    seen: set[str] = set()
    for row in [*world["official"], *world["relative"]]:
        row["birth_date"] = dt.date(
            1950 + SURNAMES.index(row["name"].split(" ")[0]), 5, 17 + GIVEN.index(row["name"].split(" ")[1])
        )
        row["birth_year"] = row["birth_date"].year
        if row["name"] in seen and chance.random() < 0.5:
            row["inn"] = None
        seen.add(row["name"])


def placed(world: World) -> World:
    """The world without rows told twice, each row with a source and a place made of what it says."""
    out: World = {}
    for table, rows in world.items():
        by_place = {_place(table, row): row for row in rows}
        out[table] = [{"source_id": "world", "locator": place, **row} for place, row in by_place.items()]
    return out


def _place(table: str, row: Row) -> str:
    text = repr(sorted((name, str(value)) for name, value in row.items()))
    return f"{table}!{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def fill(store: Store, world: World) -> None:
    """Write a world into an empty store."""
    store.append(
        "source",
        [
            {
                "source_id": "world",
                "sha256": "world",
                "file": "world",
                "kind": "table",
                "batch": 1,
                "loaded_at": dt.datetime(2025, 1, 1),
                "taken": "{}",
                "rejected": 0,
                "notes": "[]",
            }
        ],
    )
    for table, rows in world.items():
        store.append(table, rows)
