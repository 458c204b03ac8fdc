"""A made-up district of one customer with a procurement for each question of law, and ways to ask about them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from affil.pipeline import rules_of
from affil.precheck.asked import asked_in_store
from affil.precheck.pairs import Pair, Precheck
from affil.prechecked import precheck
from affil.resolve.link import link
from affil.rules.cases import Case, fill, number
from affil.settings import default_settings
from affil.store.store import Store
from affil.words import Words
from affil.workspace import Workspace, init_workspace

Row = dict[str, Any]

NOW = dt.datetime(2026, 3, 10, 9, 30)
CUSTOMER, OTHER = "org 1", "org 2"
HEAD, SERVICE, CHAIR, MEMBER, AUTHOR = "101", "102", "103", "104", "105"
NAMES = {
    HEAD: "Верещагин Платон Савельевич", SERVICE: "Нечаева Ульяна Фокична", CHAIR: "Юшков Родион Тихонович",
    MEMBER: "Бобрецова Арина Львовна", AUTHOR: "Лапшин Остап Маркович",
}  # fmt: skip
_ROLES = {HEAD: "руководитель заказчика", SERVICE: "руководитель контрактной службы", AUTHOR: "составитель ТЗ"}
_GROUPS = ("супруг", "сын", "отец", "брат", "тесть", "брат жены", "сын супруги", "зять (муж дочери)", "дед", "внук")

# Kin of the chairman: word of the questionnaire, name, which invented person.
KIN = {
    "тесть": ("Рябов Остап Маркович", "person 21"), "внук": ("Юшков Глеб Денисович", "person 22"),
    "брат": ("Юшков Олег Тихонович", "person 23"), "жена": ("Юшкова Инна Остаповна", "person 24"),
    "двоюродный брат": ("Сорокин Артём Ильич", "person 25"), "бывшая жена": ("Котова Лия Саввична", "person 26"),
}  # fmt: skip


def holder(word: str, **more: Any) -> Row:
    """A kin of the chairman as the registry names him."""
    name, inn = KIN[word]
    return {"name": name, "inn": inn, "since": dt.date(2018, 5, 14), **more}


def stranger(serial: int, **more: Any) -> Row:
    """Somebody who has to do with one company only and with no official."""
    surname = ("Древин", "Гущин", "Мохов", "Ракитин", "Жилин", "Седых", "Кедров")[serial % 7]
    return {"name": f"{surname} Захар Юрьевич", "inn": f"person {100 + serial}", "since": dt.date(2018, 5, 14), **more}


def firm(serial: int, directors: list[Row] | None = None, owners: list[Row] | None = None, **more: Any) -> Row:
    """A company with an extract; a stranger runs it where nobody else does, and owns it all."""
    directors = [stranger(serial)] if directors is None else directors
    owners = [stranger(serial, share=1)] if owners is None else owners
    return {"name": f"ООО «Ромашка {serial}»", "inn": f"org {serial}", "directors": directors, "owners": owners, **more}


FIRMS = [
    firm(20, [holder("тесть")]),
    firm(21, [holder("внук")]),
    firm(22, None, [], name="АО «Утёс»", legal_form_code="12267", legal_form="Непубличные акционерные общества"),
    firm(23),
    firm(26, [holder("брат")], [], name="АО «Кряж»", legal_form_code="12267", legal_form="Непубличные акционерные общества"),
    firm(27, [holder("двоюродный брат")]),
    firm(28, None, [{"company": "ООО «Верхи»", "inn": "org 80", "share": 1}]),
    firm(29, [{"name": "Лапшин Марк Маркович", "inn": "person 31", "since": dt.date(2018, 5, 14)}]),
    firm(30, None, [stranger(30, share="9/10"), holder("жена", share="1/10")]),
    firm(31, None, [stranger(31, share="89/100"), holder("жена", share="11/100")]),
    firm(32, [holder("бывшая жена")]),
    firm(33, None, []),
    firm(38, None, [stranger(38), holder("брат")]),
    firm(39, None, [stranger(39), stranger(40)]),
]


def _application(serial: int, owners: str | None, director: str | None, **more: Any) -> Row:
    """A participant without an extract, and what its application discloses."""
    return {"participant_inn": f"org {serial}", "owners_over_25": owners, "director": director, **more}


# What each procurement asks: the serial of its participants' companies, or a row of an application.
PROCEDURES: dict[str, list[Row]] = {
    "father-in-law": [{"participant_inn": "org 20"}],
    "grandson": [{"participant_inn": "org 21"}],
    "joint-stock": [{"participant_inn": "org 22"}],
    "clean": [{"participant_inn": "org 23"}],
    "no extract": [{"participant_inn": "org 24"}],
    "no inn": [{"participant": "ООО «Неведомое»"}],
    "application of kin": [_application(25, "Ракитин Лев Юрьевич, 100 %", KIN["брат"][0], director_inn=KIN["брат"][1])],
    "application": [_application(34, "Гущин Савва Егорович, 60 %", "Ракитин Лев Юрьевич")],
    "application without owners": [_application(35, None, "Ракитин Лев Юрьевич")],
    "application without director": [_application(36, "Гущин Савва Егорович, 60 %", None)],
    "application of АО": [_application(37, "Гущин Савва Егорович, 60 %", "Ракитин Лев Юрьевич", participant="АО «Скала»")],
    "brother runs АО": [{"participant_inn": "org 26"}],
    "cousin": [{"participant_inn": "org 27"}],
    "unseen owner": [{"participant_inn": "org 28"}],
    "author's brother": [{"participant_inn": "org 29"}],
    "wife's tenth": [{"participant_inn": "org 30"}],
    "wife's eleven": [{"participant_inn": "org 31"}],
    "former wife": [{"participant_inn": "org 32"}],
    "brother's unknown share": [{"participant_inn": "org 38"}],
    "a stranger's unknown share": [{"participant_inn": "org 39"}],
    "no owners": [{"participant_inn": "org 33"}],
    "himself": [{"participant": "ИП Бобрецова Арина Львовна", "participant_inn": "person 4"}],
    "undated": [{"participant_inn": "org 23", "applied_on": None}],
    "several": [{"participant_inn": f"org {serial}"} for serial in (20, 21, 22, 23)],
}  # fmt: skip
EVERYBODY = "everybody"
PROCEDURES[EVERYBODY] = [row for rows in PROCEDURES.values() if len(rows) == 1 for row in rows if row.get("applied_on", 1)]
NUMBERS = {name: f"01423000001260{serial:05d}" for serial, name in enumerate(PROCEDURES, 1)}


def district(**more: Any) -> Case:
    """The world; `more` replaces its tables. Every questionnaire tells every group, if only «нет»."""
    school = {"employer_inn": CUSTOMER, "employer": "МБОУ «Школа»"}
    officials = [
        {"employee_id": who, "name": name, **school, "inn": f"person {int(who) - 100}", "procurement_role": _ROLES.get(who)}
        for who, name in NAMES.items()
    ]
    relatives = [{"employee_id": who, "relationship": word, "name": "нет"} for who in NAMES for word in _GROUPS]
    relatives += [{"employee_id": CHAIR, "relationship": word, "name": name, "inn": inn} for word, (name, inn) in KIN.items()]
    relatives.append({"employee_id": AUTHOR, "relationship": "брат", "name": "Лапшин Марк Маркович", "inn": "person 31"})
    bid = {"applied_on": dt.date(2026, 3, 2), "customer_inn": CUSTOMER}
    tables = {
        "officials": officials, "relatives": [{**row, "questionnaire_date": dt.date(2026, 1, 15)} for row in relatives],
        "commissions": [
            {"employee_id": CHAIR, "customer_inn": CUSTOMER, "role": "председатель комиссии"},
            {"employee_id": MEMBER, "customer_inn": CUSTOMER, "role": "член комиссии"},
        ],
        "participants": [
            {"participant": f"Участник {row.get('participant_inn')}", **bid, **row, "procedure_number": NUMBERS[name]}
            for name, rows in PROCEDURES.items()
            for row in rows
        ],
        "companies": [{"extract": dt.date(2026, 3, 1), "legal_form_code": "12300", **one} for one in FIRMS],
    }  # fmt: skip
    return Case(name="district", kind="positive", why="", **{**tables, **more})


def filled(store: Store, case: Case) -> Store:
    """The store with the world in it."""
    fill(store, case)
    link(store)
    return store


def workspace(folder: Path, case: Case) -> Workspace:
    """A workspace whose store has the world in it."""
    place = init_workspace(folder, "ru")
    with Store.open(place.store) as store:
        filled(store, case)
    return place


def ask(store: Store, name: str) -> Precheck:
    """The pre-check of a procurement of PROCEDURES, or of one by its number."""
    asked = asked_in_store(store, NUMBERS.get(name, name), None, None, Words("ru"))
    return precheck(store, rules_of(None), default_settings(), asked, NOW)


def pair(found: Precheck, who: str, firm_: str) -> Pair:
    """The pair of an official, by his number, and a participant, by its ИНН."""
    return next(one for one in found.pairs if one.official.endswith(f"|{who}") and one.participant == number(firm_))


def reasons(one: Pair) -> list[str]:
    """Why the pair cannot be answered."""
    return [doubt.reason for doubt in one.reasons]


def limits(one: Pair) -> list[str]:
    """What limits the answer."""
    return [doubt.reason for doubt in one.limits]
