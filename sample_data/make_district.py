"""Makes the fictional district «Заречный муниципальный округ»: `python sample_data/make_district.py [FOLDER]`.

Writes `district/` and `README.md` into FOLDER (default: where this file is). The same bytes come out every time, on every
machine: no clock, no random numbers, no compression. Every person, firm and number is invented.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from making.cast import COMMISSION, CUSTOMERS, Kin, Official, d
from making.extracts import write_registry
from making.people import kin_inn, numbers, officials, relatives
from making.plants import FIRMS, PROPRIETORS
from making.purchases import Bid, Contract, ordinary_registry, purchases
from making.readme import readme
from making.settings import SETTINGS
from making.sheets import Cell, write_csv, write_ods, write_xlsx
from making.ties import MISSES, TIES, Miss, Tie

_CUSTOMER = {customer.key: customer for customer in CUSTOMERS}
_STAFF_HEADINGS = (
    "№ п/п", "Табельный №", "Фамилия, имя, отчество", "Дата рождения", "ИНН", "Категория лица", "Место работы", "ИНН организации",
    "Должность", "Подразделение", "Роль в закупках", "Дата приёма", "Дата увольнения", "Дата заполнения анкеты",
)  # fmt: skip
_KIN_HEADINGS = (
    "№ п/п", "Табельный № служащего", "ФИО служащего", "Степень родства (свойства)", "ФИО родственника", "Прежняя фамилия",
    "Дата рождения", "ИНН родственника", "Место работы, должность",
)  # fmt: skip
_CONTRACT_HEADINGS = (
    "№ п/п", "Реестровый номер контракта", "Дата заключения", "Заказчик", "ИНН заказчика", "Поставщик", "ИНН поставщика",
    "Цена контракта, руб.", "Предмет контракта", "Способ определения поставщика", "Основание (пункт ч. 1 ст. 93)",
    "Номер закупки", "Дата окончания исполнения",
)  # fmt: skip
_BID_HEADINGS = ("Номер закупки", "ИНН заказчика", "Участник", "ИНН участника", "Дата подачи заявки", "Победитель")
_SEAT_HEADINGS = ("№ п/п", "ИНН заказчика", "Табельный №", "ФИО члена комиссии", "Роль в комиссии", "С", "По", "Приказ")


def _staff_rows(staff: list[Official], ids: dict[str, str]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for number, person in enumerate(staff, 1):
        employer = _CUSTOMER[person.employer]
        hired = d("01.09.2014").replace(year=max(2005, person.birth.year + 24))
        rows.append([number, ids[person.name], person.name, person.birth, person.inn if person.with_inn else "", person.status,
                     employer.title, employer.inn, person.position, person.department, person.role, min(hired, d("01.09.2022")),
                     person.dismissed, person.surveyed])  # fmt: skip
    return rows


def _kin_rows(rows: list[Kin], ids: dict[str, str]) -> list[list[Cell]]:
    return [
        [number, ids[kin.official], kin.official, kin.word, kin.name, kin.former, kin.birth, kin_inn(kin), kin.work]
        for number, kin in enumerate(rows, 1)
    ]


def _contract_rows(contracts: list[Contract]) -> list[list[str]]:
    """The rows, and two that cannot be taken as they are: a supplier's ИНН in E-notation, and no supplier at all."""
    rows = [
        [c.number, f"{c.day:%d.%m.%Y}", _CUSTOMER[c.customer].title, _CUSTOMER[c.customer].inn, c.supplier, c.inn, c.price,
         c.subject, c.method, c.ground, c.procedure, c.ends]
        for c in contracts
    ]  # fmt: skip
    administration = [_CUSTOMER["A"].title, _CUSTOMER["A"].inn]
    single = ["Закупка у единственного поставщика", "п. 4 ч. 1 ст. 93", "", ""]
    rows.append(
        ["121-М/25", "25.12.2025", *administration, "ИП Гусляров М.Е.", "4,29961E+11", "48 500,00", "Услуги по печати", *single]
    )
    rows.append(["122-М/25", "26.12.2025", *administration, "", "", "12 300,00", "Поставка воды", *single])
    return [[str(number), *row] for number, row in enumerate(rows, 1)]


def _seat_rows(staff: list[Official], ids: dict[str, str]) -> list[list[Cell]]:
    """Commission of the administration and of the capital construction office; one official of the first sits on the second."""
    members = [person for person in staff if person.role == COMMISSION]
    by_name = {person.name: person for person in staff}
    seats: list[tuple[str, Official, Cell, Cell]] = []
    seats += [("A", person, d("01.01.2024"), None) for person in members if person.employer == "A"]
    seats.append(("A", by_name["Пахомов Григорий Саввич"], d("01.01.2024"), d("31.03.2025")))
    seats += [("U", person, d("15.01.2024"), None) for person in members if person.employer == "U"]
    seats.append(("U", by_name["Черкасов Демьян Олегович"], d("15.01.2024"), None))
    rows: list[list[Cell]] = []
    for number, (customer, person, since, until) in enumerate(seats, 1):
        role = "Председатель комиссии" if person.position.startswith("Заместитель") else "Член комиссии"
        order = "приказ от 29.12.2023 № 214" if customer == "A" else "приказ от 12.01.2024 № 3"
        rows.append([number, _CUSTOMER[customer].inn, ids[person.name], person.name, role, since, until, order])
    return rows


def _employee(name: str, staff: list[Official], ids: dict[str, str]) -> dict[str, str]:
    person = next(official for official in staff if official.name == name)
    return {"employee_id": ids[name], "employer_inn": _CUSTOMER[person.employer].inn, "employee": name}


def _supplier_inn(name: str) -> str:
    return next(unit.inn for unit in (*FIRMS, *PROPRIETORS) if unit.name == name)


def _found(tie: Tie, staff: list[Official], ids: dict[str, str], contracts: list[Contract], bids: list[Bid]) -> dict[str, object]:
    contract = next((c for c in contracts if c.key == tie.purchase), None)
    bid = next((b for b in bids if b.key == tie.purchase), None)
    purchase = {"contract": contract.number if contract else None, "procedure": bid.procedure if bid else None}
    kin = {} if tie.kinship == "self" else {"relative": tie.relative}
    return {**_employee(tie.official, staff, ids), "supplier_inn": _supplier_inn(tie.supplier), "rule": tie.rule, **purchase,
            **kin, "kinship": tie.kinship, "control": tie.control, "share": tie.share or None, "identity_grade": tie.grade,
            "in_force": tie.in_force}  # fmt: skip


def _not_found(miss: Miss, staff: list[Official], ids: dict[str, str]) -> dict[str, object]:
    limit = {} if miss.below is None else {"harmless_below_confidence": miss.below}
    return {
        **_employee(miss.official, staff, ids),
        "supplier_inn": _supplier_inn(miss.supplier),
        "rule": miss.rule,
        "why": miss.why,
        **limit,
    }


def _expected(staff: list[Official], ids: dict[str, str], contracts: list[Contract], bids: list[Bid]) -> dict[str, object]:
    contract_list = "inbox/Закупки/Перечень контрактов 2025.csv"
    return {
        "must_find": [_found(tie, staff, ids, contracts, bids) for tie in TIES],
        "must_not_find": [_not_found(miss, staff, ids) for miss in MISSES],
        "rejects": [
            {"file": "inbox/Анкеты/Родственники.xlsx", "value": "однокурсник", "why": "no word of kinship", "row_taken": False},
            {"file": contract_list, "value": "4,29961E+11", "why": "E-notation has lost digits", "row_taken": True},
            {"file": contract_list, "value": "", "why": "no supplier and no ИНН", "row_taken": False},
        ],
        "no_questionnaire": [_employee(p.name, staff, ids) for p in staff if p.surveyed is None],
        "no_extract": [{"supplier": c.supplier, "supplier_inn": c.inn or None} for c in contracts
                       if any(name in c.supplier for name in ("Сибирский регламент", "Ладога-Трейд", "Пчелинцев"))],
    }  # fmt: skip


def _institutions() -> list[Sequence[str]]:
    head: list[Sequence[str]] = [
        ("Подведомственные организации Заречного муниципального округа",),
        ("ИНН", "Наименование", "ИНН учредителя", "Руководитель"),
    ]
    return [*head, *((c.inn, c.title, _CUSTOMER["A"].inn, c.head) for c in CUSTOMERS if c.key != "A")]


def _settings() -> str:
    """What the officer of the district has entered in `affil.toml`."""
    customers = ", ".join(f'"{customer.inn}"' for customer in CUSTOMERS)
    return SETTINGS.format(customers=customers, inn=_CUSTOMER["A"].inn, name=_CUSTOMER["A"].title)


def make(folder: Path) -> None:
    """Writes everything into the folder."""
    inbox = folder / "district" / "inbox"
    staff = officials()
    ids = numbers(staff)
    kin = relatives(staff)
    contracts, bids = purchases()
    title: tuple[str, ...] = ("Перечень должностных лиц Заречного муниципального округа", "по состоянию на 01.03.2026")
    write_xlsx(
        inbox / "Кадры" / "Должностные лица.xlsx",
        "Должностные лица",
        title,
        _STAFF_HEADINGS,
        _staff_rows(staff, ids),
        numbered=True,
    )
    title = ("Сведения о родственниках и свойственниках (из анкет)",)
    write_xlsx(inbox / "Анкеты" / "Родственники.xlsx", "Родственники", title, _KIN_HEADINGS, _kin_rows(kin, ids))
    write_csv(inbox / "Закупки" / "Перечень контрактов 2025.csv", [_CONTRACT_HEADINGS, *_contract_rows(contracts)], "cp1251")
    rows = [
        (b.procedure, _CUSTOMER[b.customer].inn, b.participant, b.inn, f"{b.day:%d.%m.%Y}", "да" if b.won else "нет")
        for b in bids
    ]
    write_csv(inbox / "Закупки" / "Участники.csv", [_BID_HEADINGS, *rows], "utf-8-sig")
    title = ("Составы комиссий по осуществлению закупок",)
    write_xlsx(inbox / "Закупки" / "Комиссия.xlsx", "Комиссии", title, _SEAT_HEADINGS, _seat_rows(staff, ids))
    write_ods(inbox / "Закупки" / "Подведомственные.ods", "Подведомственные", _institutions())
    firms, proprietors = ordinary_registry()
    write_registry(inbox / "ФНС", [*FIRMS, *firms], [*PROPRIETORS, *proprietors])
    expected = _expected(staff, ids, contracts, bids)
    text = json.dumps(expected, ensure_ascii=False, indent=1) + "\n"
    (folder / "district" / "expected_ties.json").write_bytes(text.encode())
    (folder / "district" / "settings.toml").write_bytes(_settings().encode())
    (folder / "README.md").write_bytes(readme(len(staff), len(kin), contracts, bids).encode())


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
