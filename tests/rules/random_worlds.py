"""Random small worlds as rows of the store: officials, kin, firms, sole proprietors, purchases and seats, with dates that meet.

Every person has a full name nobody else has, near to no other one, so that nothing is supposed and all identity is certain.
A row's place is made of its content: the same rows in another order have the same places.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
from typing import Any

from hypothesis import strategies as st

from affil.rules.cases import number
from affil.store.store import Store

Row = dict[str, Any]
World = dict[str, list[Row]]
Draw = Any

SURNAMES = "Абрикосов Берестов Вересаев Громогласов Дубравин Журавлёв Звонарёв Колокольцев Лебедянский Мельников".split()
GIVEN = "Антон Борис Виктор Григорий Дмитрий Жан Захар Кирилл Леонид Максим".split()
PATRONYMICS = "Осипович Павлович Романович Степанович Тарасович Устинович Фёдорович Харитонович Цезаревич Юрьевич".split()
PEOPLE = range(8)  # the last two of the lists are for people who have nothing to do with the rest
WORDS = {
    "жена": "spouse", "дочь": "child", "отец": "parent", "брат": "sibling", "сестра": "sibling", "неполнородный брат": "sibling(half)",
    "бывшая жена": "spouse(former)", "зять": "child.spouse|sibling.spouse|spouse.sibling.spouse", "тёща": "spouse.parent",
    "шурин": "spouse.sibling", "пасынок": "spouse.child", "отчим": "parent.spouse", "внук": "child.child", "дед": "parent.parent",
    "дядя": "parent.sibling", "племянник": "sibling.child", "усыновлённый": "child(adopted)", "сожительница": "partner",
    "мать ребёнка": "child.parent", "опекун": "guardian", "прадед": "parent.parent.parent", "кузен": "parent.sibling.child",
    "сноха": "child.spouse|sibling.spouse", "сын бывшей жены": "spouse(former).child",
}  # fmt: skip
COMMONEST = ["жена", "дочь", "отец", "брат", "шурин", "зять", "внук", "бывшая жена"]
SHARES = ["1/10", "10001/100000", "1/2", "1/20", "9/100", "11/100", "1/5", "3/10", "9/10", "1/1", "1/3"]
ODD_SHARES = [*SHARES, None, "0/1"]
ROLES = [None, None, "head of customer", "head of contract service", "contract manager", "specification author"]
PROCEDURES = {"П-1": ("org 1", "org 3"), "П-2": ("org 2", None)}  # number → customer, organiser
GROUNDS = [None, "п. 4 ч. 1 ст. 93", "п. 8 ч. 1 ст. 93", "223-ФЗ"]
METHODS = [None, None, "Электронный аукцион"]
ANCHORS = [dt.date(2024, 2, 29), dt.date(2023, 3, 1), dt.date(2022, 7, 1)]


def person(i: int) -> Row:
    """The columns that say who somebody is."""
    name = f"{SURNAMES[i]} {GIVEN[i]} {PATRONYMICS[i]}"
    upper = name.upper().replace("Ё", "Е")
    surname, given, patronymic = upper.split(" ")
    return {"name": name, "surname": surname, "given": given, "patronymic": patronymic, "name_key": upper, "gender": "m",
            "inn": number(f"person {i + 1}")}  # fmt: skip


def days_around(anchor: dt.date) -> list[dt.date]:
    """The anchor, twelve months before and after, their neighbours, and days far from it."""
    year_before, year_after = (
        dt.date(y, anchor.month, min(anchor.day, calendar.monthrange(y, anchor.month)[1])) for y in (anchor.year - 1, anchor.year + 1)
    )
    one = dt.timedelta(days=1)
    near = [day + step * one for day in (anchor, year_before, year_after) for step in (-1, 0, 1)]
    return sorted({*near, *(anchor + step * one for step in (-800, -90, 40, 900))})


@st.composite
def worlds(draw: Draw, birth_dates: bool = False) -> World:
    """A world; with `birth_dates` some rows of questionnaires carry a birth date in place of the ИНН another row gives."""
    anchor = draw(st.sampled_from(ANCHORS))
    days = days_around(anchor)
    day = st.sampled_from(days)
    maybe = st.none() | day
    seldom = st.none() | st.none() | st.none() | day
    event = st.just(anchor) | day
    world: World = {"official": _officials(draw, seldom)}
    world["relative"] = _relatives(draw, world["official"], maybe)
    firms = [f"org {10 + i}" for i in range(draw(st.integers(1, 5)))]
    world["company"], world["registry_tie"] = _firms(draw, firms, day, maybe)
    world["proprietor"] = _proprietors(draw, days, day, maybe)
    world["contract"] = _contracts(draw, firms, world["official"], event, maybe)
    world["participant"] = _participants(draw, firms, event)
    world["commission_seat"] = _seats(draw, world["official"], seldom)
    if birth_dates:
        _hide_some_inn(draw, world)
    return placed(world)


def _officials(draw: Draw, seldom: Any) -> list[Row]:
    return [
        {
            **person(draw(st.integers(0, 3))), "employee_id": str(101 + i), "employer_inn": number(draw(st.sampled_from(["org 1", "org 1", "org 2"]))),
            "procurement_role": draw(st.sampled_from(ROLES)), "hired": draw(seldom), "dismissed": draw(seldom), "status": "municipal servant",
        }
        for i in range(draw(st.integers(1, 4)))
    ]  # fmt: skip


def _relatives(draw: Draw, officials: list[Row], maybe: Any) -> list[Row]:
    rows = []
    for _ in range(draw(st.integers(0, 8))):
        official = draw(st.sampled_from(officials))
        word = draw(st.sampled_from(COMMONEST) | st.sampled_from(sorted(WORDS)))
        dates = (draw(maybe), draw(maybe)) if "spouse" in WORDS[word] or word == "сожительница" else (None, None)
        rows.append({
            **person(draw(st.sampled_from(PEOPLE))), "employee_id": official["employee_id"], "official_name": official["name"],
            "official_name_key": official["name_key"], "relationship": word, "chains": WORDS[word], "fact": "person",
            "valid_from": min(filter(None, dates)) if all(dates) else dates[0], "valid_to": max(filter(None, dates)) if all(dates) else dates[1],
        })  # fmt: skip
    return rows


def _firms(draw: Draw, firms: list[str], day: Any, maybe: Any) -> tuple[list[Row], list[Row]]:
    companies, ties = [], []
    for i, firm in enumerate(firms):
        dates = sorted(draw(st.sets(day, min_size=0 if i else 1, max_size=2)))
        common = {"ogrn": f"1{i:012d}", "inn": number(firm), "short_name": f"ООО «Фирма {i}»", "name_key": f"ФИРМА {i}"}
        companies += [{**common, "extract_date": date} for date in dates]
        holders = [("director", draw(_who(firms, 0)))] + [("owner", draw(_who(firms, 1))) for _ in range(draw(st.integers(0, 3)))]
        if draw(st.integers(0, 2)) == 0:
            holders.append(("managing", draw(_who(firms, 2))))
        for kind, holder in dict.fromkeys(holders) if dates else ():
            ties += _tie(draw, firm, kind, holder, dates, maybe)
    return companies, ties


def _who(firms: list[str], organisations: int) -> Any:
    people = st.sampled_from([("person", i) for i in PEOPLE])
    others = st.sampled_from([("organisation", firm) for firm in firms] + [("public", firms[0])])
    return st.one_of(people, *([others] * organisations))


def _tie(draw: Draw, firm: str, kind: str, holder: tuple[str, Any], dates: list[dt.date], maybe: Any) -> list[Row]:
    """A holder in all extracts of a firm or in some, with the same share or another, the same day of record or another."""
    shown = draw(st.sampled_from([dates, dates, dates[:1], dates[-1:]]))
    share, since = draw(st.sampled_from(SHARES if draw(st.integers(0, 5)) else ODD_SHARES)), draw(maybe)
    rows = []
    for date in shown:
        changed = len(rows) == 1 and draw(st.booleans())
        row = {"ogrn": number(firm), "company_inn": number(firm), "extract_date": date, "kind": kind, "holder_kind": holder[0], "restricted": False,
               "share": None if kind != "owner" else draw(st.sampled_from(SHARES)) if changed and share not in (None, "0/1") else share,
               "since": draw(maybe) if changed else since}  # fmt: skip
        who = person(holder[1]) if holder[0] == "person" else {"holder_inn": number(holder[1]), "holder_name": holder[1]}
        rows.append({**row, **who})
    return rows


def _proprietors(draw: Draw, days: list[dt.date], day: Any, maybe: Any) -> list[Row]:
    rows = []
    for i in range(draw(st.integers(0, 3))):
        who, begun, ended = person(draw(st.integers(2, 5))), draw(maybe), draw(maybe)
        if begun and ended:
            begun, ended = sorted((begun, ended))
        common = {**who, "ogrnip": f"3{i:014d}", "kind": "Индивидуальный предприниматель", "registered_on": begun}
        extracts = sorted(draw(st.sets(day, min_size=1, max_size=2)))
        rows += [{**common, "extract_date": date, "ended_on": ended if date == extracts[-1] else None} for date in extracts]
    return rows


def _supplier(draw: Draw, firms: list[str]) -> tuple[str, str, str]:
    if draw(st.integers(0, 3)):
        firm = draw(st.sampled_from([firms[0], *firms]))
        return f"ООО «Фирма {firms.index(firm)}»", number(firm), "organisation"
    who = person(draw(st.integers(2, 5)))
    return who["name"], who["inn"], "person"


def _party(supplier: tuple[str, str, str]) -> Row:
    name, _, kind = supplier
    if kind == "organisation":
        return {}
    known = next(person(i) for i in range(len(SURNAMES)) if person(i)["name"] == name)
    return {column: known[column] for column in ("surname", "given", "patronymic", "name_key", "gender")}


def _handles(draw: Draw, procedure: str | None) -> tuple[str | None, str | None]:
    """Customer and organiser of a row, either perhaps left out; the same for all rows of a procedure."""
    if procedure:
        customer, organizer = PROCEDURES[procedure]
    else:
        customer, organizer = draw(st.sampled_from(["org 1", "org 1", "org 2"])), draw(st.sampled_from([None, "org 3"]))
    customer = customer if draw(st.integers(0, 3)) else None
    organizer = organizer if draw(st.booleans()) else None
    return (number(customer) if customer else None), (number(organizer) if organizer else None)


def _contracts(draw: Draw, firms: list[str], officials: list[Row], event: Any, maybe: Any) -> list[Row]:
    rows = []
    for i in range(draw(st.integers(1, 4))):
        supplier = _supplier(draw, firms)
        procedure = draw(st.sampled_from([None, None, "П-1", "П-2"]))
        customer, organizer = _handles(draw, procedure)
        signed = draw(event) if draw(st.integers(0, 5)) else None
        ends = draw(maybe)
        rows.append({
            "contract_number": f"К-{i + 1}", "supplier": supplier[0], "supplier_inn": supplier[1], "supplier_kind": supplier[2], **_party(supplier),
            "signed_on": signed, "period": None if signed else "2023", "ends_on": ends if ends and signed and ends >= signed else None,
            "customer_inn": customer, "organizer_inn": organizer, "procedure_number": procedure, "price": "1000.00",
            "notice_on": draw(st.sampled_from([None, None, dt.date(2022, 6, 30), dt.date(2022, 7, 1)])),
            "method": draw(st.sampled_from(METHODS)), "ground": draw(st.sampled_from(GROUNDS)),
            "contract_manager": draw(st.sampled_from([None, None, *sorted(official["name"] for official in officials)])),
        })  # fmt: skip
    return rows


def _participants(draw: Draw, firms: list[str], event: Any) -> list[Row]:
    rows: dict[tuple[str, str], Row] = {}
    for _ in range(draw(st.integers(0, 4))):
        supplier, procedure = _supplier(draw, firms), draw(st.sampled_from(sorted(PROCEDURES)))
        customer, organizer = _handles(draw, procedure)
        rows[procedure, supplier[1]] = {
            "procedure_number": procedure, "participant": supplier[0], "participant_inn": supplier[1], "participant_kind": supplier[2], **_party(supplier),
            "applied_on": draw(event) if draw(st.integers(0, 5)) else None, "winner": draw(st.sampled_from([True, False, None])),
            "customer_inn": customer, "organizer_inn": organizer,
        }  # fmt: skip
    return list(rows.values())


def _seats(draw: Draw, officials: list[Row], seldom: Any) -> list[Row]:
    rows = []
    for _ in range(draw(st.integers(0, 3))):
        official = draw(st.sampled_from(officials))
        procedure = draw(st.sampled_from([None, None, *sorted(PROCEDURES)]))
        customer, organizer = _handles(draw, procedure)
        name = {column: official[column] for column in ("name", "surname", "given", "patronymic", "name_key", "gender")}
        if procedure or customer or organizer:
            rows.append({**name, "employee_id": official["employee_id"], "customer_inn": customer, "organizer_inn": organizer,
                         "procedure_number": procedure, "role": draw(st.sampled_from([None, "секретарь"])), "valid_from": draw(seldom), "valid_to": draw(seldom)})  # fmt: skip
    return rows


def _hide_some_inn(draw: Draw, world: World) -> None:
    """The first row of a person in a questionnaire keeps its ИНН and gets his birth date, later ones may have the date alone."""
    seen: set[str] = set()
    for row in [*world["official"], *world["relative"]]:
        row["birth_date"] = dt.date(1950 + SURNAMES.index(row["name"].split(" ")[0]), 5, 17)
        row["birth_year"] = row["birth_date"].year
        if row["name"] in seen and draw(st.booleans()):
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
    store.append("source", [{"source_id": "world", "sha256": "world", "file": "world", "kind": "table", "batch": 1,
                             "loaded_at": dt.datetime(2025, 1, 1), "taken": "{}", "rejected": 0, "notes": "[]"}])  # fmt: skip
    for table, rows in world.items():
        store.append(table, rows)


