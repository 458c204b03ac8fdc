"""Contracts and bids: the planted ones, and ordinary ones with firms that have nothing to do with anybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from making.cast import CUSTOMERS
from making.names import full_name
from making.numbers import day_between, number_of, person_inn, pick
from making.plants import FIRMS, PROPRIETORS, PURCHASES, SUBJECTS, Purchase
from making.registry import Firm, Holder, Proprietor

SUPPLIERS = 60  # with an extract
CONTRACTS = 120
_NAMES = (
    "Альтаир-Снаб", "Берег-Сервис", "Ваш офис", "Гамма-Ремонт", "Дельта-Инжиниринг", "Енисей-Торг", "Жилстрой-Восток",
    "Заря-Мебель", "Импульс-Электро", "Квадрат", "Лига чистоты", "Меридиан-Плюс", "Норма-Сервис", "Озон-Климат", "Партнёр-Авто",
    "Ритм-Связь",
    "Сфера-Медиа", "Тандем-Логистика", "Уют-Текстиль", "Форвард-Спорт",
)  # fmt: skip
_SUBJECTS = (
    "Поставка хозяйственных товаров", "Мелкий ремонт помещений", "Уборка территории", "Техническое обслуживание оборудования",
    "Поставка картриджей и заправка", "Оказание транспортных услуг",
)  # fmt: skip


@dataclass(frozen=True)
class Contract:
    """A row of the contract list."""

    number: str
    customer: str
    supplier: str
    inn: str
    day: dt.date
    price: str
    subject: str
    method: str
    ground: str
    procedure: str
    ends: str
    key: str = ""


@dataclass(frozen=True)
class Bid:
    """A row of the list of participants."""

    procedure: str
    customer: str
    participant: str
    inn: str
    day: dt.date
    won: bool
    key: str = ""


def ordinary_registry() -> tuple[list[Firm], list[Proprietor]]:
    """Firms and sole proprietors that make up SUPPLIERS together with the planted ones."""
    planted = {purchase.supplier for purchase in PURCHASES}
    room = SUPPLIERS - len(planted)
    firms = [_firm(name) for name in _NAMES[: room * 3 // 4]]
    return firms, [_proprietor(number) for number in range(room - len(firms))]


def _firm(name: str) -> Firm:
    since = day_between(dt.date(2011, 1, 10), dt.date(2021, 12, 20), "since", name)
    director, partner = (full_name(number_of(role, name) % 2 == 0, role, name) for role in ("director", "partner"))
    part = pick((20, 25, 40, 50, 67), "part", name)
    owners = (
        Holder(director, since, person_inn(director), "person", ("Процент", str(part)), 100 * part),
        Holder(partner, since, person_inn(partner), "person", ("Процент", str(100 - part)), 100 * (100 - part)),
    )
    return Firm(name, since, (Holder(director, since, person_inn(director)),), owners)


def _proprietor(number: int) -> Proprietor:
    name = full_name(number % 2 == 0, "proprietor", number)
    return Proprietor(name, day_between(dt.date(2012, 1, 10), dt.date(2023, 12, 20), "since", name))


def _suppliers() -> dict[str, tuple[str, str]]:
    """Short name and ИНН of every supplier with an extract, by key."""
    firms, proprietors = ordinary_registry()
    units: list[Firm | Proprietor] = [*FIRMS, *firms, *PROPRIETORS, *proprietors]
    return {unit.name: (unit.short, unit.inn) for unit in units}


def _wanted() -> list[Purchase]:
    """Planted purchases and ordinary ones, CONTRACTS won ones in all; three of them with suppliers that have no extract."""
    firms, proprietors = ordinary_registry()
    names = [firm.name for firm in firms] + [ip.name for ip in proprietors]
    wanted = list(PURCHASES)
    lost = sum(not purchase.won for purchase in wanted)
    unknown = ("Сибирский регламент", "Ладога-Трейд", "Пчелинцев Аким Лукич")
    ordinary = CONTRACTS - (len(wanted) - lost) - lost - len(unknown)
    for number in range(ordinary):
        wanted.append(_ordinary(number, names[number % len(names)]))
    return wanted + [_ordinary(ordinary + number, name, "п. 4") for number, name in enumerate(unknown)]


def _ordinary(number: int, supplier: str, way: str = "") -> Purchase:
    customer = pick("AAAUUSSV", "customer", number)
    day = day_between(dt.date(2025, 1, 14), dt.date(2025, 12, 24), "day", number)
    ways = ("п. 4", "п. 4", "п. 5", "аукцион") if customer == "S" else ("п. 4", "п. 4", "аукцион")
    return Purchase(f"ordinary-{number}", customer, supplier, day, way or pick(ways, "way", number))


def _price(purchase: Purchase) -> str:
    roof = 4_800_000 if purchase.way == "аукцион" else 580_000
    kopecks = 1_900_000 + number_of("price", purchase.key) % (roof * 100)
    space = "\u00a0" if number_of("space", purchase.key) % 2 else " "
    return f"{kopecks // 100:,}".replace(",", space) + f",{kopecks % 100:02d}"


def purchases() -> tuple[list[Contract], list[Bid]]:
    """The rows of both lists; a bid that lost brings the contract of the ordinary firm that won."""
    suppliers = _suppliers()
    firms, _ = ordinary_registry()
    contracts: list[Contract] = []
    bids: list[Bid] = []
    order = sorted(_wanted(), key=lambda purchase: (purchase.customer, purchase.day, purchase.key))
    for number, purchase in enumerate(order, 1):
        procedure = f"033930004212{purchase.day:%y}{number:05d}" if purchase.way == "аукцион" or not purchase.won else ""
        winner = purchase.supplier if purchase.won else firms[number % len(firms)].name
        signed = purchase.day if purchase.won else purchase.day + dt.timedelta(days=20)
        contracts.append(_contract(number, purchase, winner, signed, procedure, suppliers))
        if procedure:
            bids += _bids(number, purchase, winner, procedure, suppliers, firms)
    return contracts, bids


def _contract(number: int, purchase: Purchase, winner: str, signed: dt.date, procedure: str,
              suppliers: dict[str, tuple[str, str]]) -> Contract:  # fmt: skip
    customer = next(c for c in CUSTOMERS if c.key == purchase.customer)
    title, inn = suppliers.get(winner) or _without_extract(winner)
    register = f"3{customer.inn}25{number:06d}" if procedure else f"{number}-М/25"
    method, ground = (
        ("Электронный аукцион", "") if procedure else ("Закупка у единственного поставщика", f"{purchase.way} ч. 1 ст. 93")
    )
    subject = SUBJECTS.get(winner) or pick(_SUBJECTS, "subject", purchase.key)
    ends = f"{purchase.ends:%d.%m.%Y}" if purchase.ends else ""
    key = purchase.key if purchase.won else ""
    return Contract(
        register, purchase.customer, title, inn, signed, _price(purchase), subject, method, ground, procedure, ends, key
    )


def _without_extract(name: str) -> tuple[str, str]:
    """A supplier nobody asked the registry about; a private person's ИНН is not known at all."""
    if len(name.split()) == 3:
        return name, ""
    return f"ООО «{name}»", Firm(name, dt.date(2020, 1, 1)).inn


def _bids(
    number: int, purchase: Purchase, winner: str, procedure: str, suppliers: dict[str, tuple[str, str]], firms: list[Firm]
) -> list[Bid]:
    applied = purchase.day - dt.timedelta(days=20) if purchase.won else purchase.day
    losers = [] if purchase.won else [purchase.supplier]
    others = [firm.name for firm in firms if firm.name != winner]
    losers += [others[(number * 7) % len(others)], others[(number * 7 + 3) % len(others)]][: 1 + number % 2]
    rows = [Bid(procedure, purchase.customer, *suppliers[winner], applied, True)]
    for place, name in enumerate(losers):
        key = purchase.key if name == purchase.supplier and not purchase.won else ""
        rows.append(Bid(procedure, purchase.customer, *suppliers[name], applied - dt.timedelta(days=place % 3), False, key))
    return rows
