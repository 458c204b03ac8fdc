"""The personnel list and the table of relatives: the planted rows, and everybody else of the district around them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from making.cast import COMMISSION, CUSTOMERS, KIN, OFFICIALS, Kin, Official
from making.names import GIVEN, father_of, feminine, full_name, is_woman, masculine
from making.numbers import day_between, number_of, person_inn, pick

RELATIVES = 240
_POSITIONS = {
    "A": ("Главный специалист", "Ведущий специалист", "Консультант"),
    "U": ("Инженер", "Экономист", "Специалист по кадрам"),
    "S": ("Учитель", "Секретарь"),
    "V": ("Мастер участка", "Бухгалтер", "Диспетчер", "Инженер"),
}
_PENSION = ("пенсионер", "пенсионер", "не работает", "")
_JOBS = (
    "не работает", "Заречная районная больница, лаборант", "станция Заречная, дежурный", "самозанятый",
    "разрез «Восточный», механик",
    "почтовое отделение, оператор", "",
)  # fmt: skip
_WORK = {
    "mother": _PENSION, "father": _PENSION, "in-law": _PENSION, "child": ("учащийся", "учащийся", ""),
    "spouse": _JOBS, "sibling": _JOBS,
}  # fmt: skip
_NOBODY = {"spouse": "супруг(а)", "child": "дети", "sibling": "братья, сёстры"}
_GROUPS = {
    "spouse": ("муж", "жена", "супруг", "супруга", "муж сестры"), "mother": ("мать",), "father": ("отец",),
    "child": ("сын", "дочь"), "sibling": ("брат", "сестра", "братья, сёстры", "единоутробный брат"),
    "in-law": ("тесть", "тёща", "свекровь"),
}  # fmt: skip
_ROUNDS = ("spouse", "mother", "child", "sibling", "father", "in-law")


def officials() -> list[Official]:
    """Everybody of the personnel list, by customer; the first three invented ones handed in no questionnaire."""
    everybody: list[Official] = []
    taken = {person.name for person in OFFICIALS} | {kin.name for kin in KIN}
    for customer in CUSTOMERS:
        staff = [person for person in OFFICIALS if person.employer == customer.key]
        for number in range(customer.size - len(staff)):
            staff.append(_invented(customer.key, number, taken))
        everybody += staff
    return everybody


def _invented(employer: str, number: int, taken: set[str]) -> Official:
    key = ("official", employer, number)
    name = next(n for n in (full_name(number % 3 != 2, *key, attempt) for attempt in range(50)) if n not in taken)
    taken.add(name)
    birth = day_between(dt.date(1964, 1, 1), dt.date(1996, 12, 31), "birth", *key)
    status = "муниципальный служащий" if employer == "A" else "работник"
    role = COMMISSION if (employer, number) in {("A", 0), ("U", 0)} else ""
    surveyed = None if (employer, number) in {("A", 3), ("U", 2), ("V", 4)} else dt.date(2026, 1, 15 + number)
    if (employer, number) == ("V", 1):
        surveyed = dt.date(2019, 4, 2)
    gone = dt.date(2025, 8, 29) if (employer, number) == ("U", 1) else None
    return Official(name, employer, birth, pick(_POSITIONS[employer], *key), "", status, role, surveyed, number % 2 == 0, gone)


def numbers(staff: list[Official]) -> dict[str, str]:
    """Personnel number of each official, by name: they begin again with every employer, as they do in life."""
    count: dict[str, int] = {}
    found = {}
    for person in staff:
        count[person.employer] = count.get(person.employer, 0) + 1
        found[person.name] = f"{count[person.employer]:05d}"
    return found


def relatives(staff: list[Official]) -> list[Kin]:
    """The planted relatives and as many ordinary ones as make RELATIVES rows, in the order of the personnel list."""
    rows = {person.name: [kin for kin in KIN if kin.official == person.name] for person in staff}
    room = RELATIVES - len(KIN)
    taken = {person.name for person in staff} | {kin.name for kin in KIN}
    for group in _ROUNDS:
        for person in staff:
            words = {kin.word for kin in rows[person.name]}
            if room == 0 or person.surveyed is None or words & set(_GROUPS[group]) or _contradicts(group, words):
                continue
            kin = _ordinary(person, group, taken)
            if kin:
                rows[person.name].append(kin)
                room -= 1
    return [kin for person in staff for kin in rows[person.name]]


def _contradicts(group: str, words: set[str]) -> bool:
    """True where an ordinary row would not fit with what is planted."""
    return group in {"spouse", "in-law"} and "бывшая жена" in words


def _ordinary(person: Official, group: str, taken: set[str]) -> Kin | None:
    key = ("kin", group, person.name)
    if group in _NOBODY and number_of("nobody", *key) % 9 == 0:
        return Kin(person.name, _NOBODY[group], pick(("нет", "не имею", "нет"), *key))
    for attempt in range(50):
        kin = _relative(person, group, (*key, attempt))
        if kin is None or kin.name not in taken:
            break
    if kin is None:
        return None
    taken.add(kin.name)
    return replace(
        kin, inn=number_of("inn", *key) % 3 == 0, work=pick(_WORK[group], "work", *key), birth=_written(kin.birth, key)
    )


def _written(day: str, key: tuple[object, ...]) -> str:
    """A birth date as one person in eight writes it: the year alone."""
    return f"{day[-4:]} г.р." if number_of("written", *key) % 8 == 0 else day


def _relative(person: Official, group: str, key: tuple[object, ...]) -> Kin | None:
    woman = is_woman(person.name)
    own = masculine(person.name.split()[0]) if woman else person.name.split()[0]
    year = person.birth.year
    given = person.name.split()[1]
    if group == "spouse":
        surname = None if woman else own
        former = "" if woman or number_of("former", *key) % 2 else feminine(full_name(False, "maiden", *key).split()[0])
        return _row(person, "муж" if woman else "жена", full_name(not woman, *key, surname=surname), year + 1, key, former)
    if group == "child":
        girl = bool(number_of("girl", *key) % 2)
        if not woman and given not in GIVEN:
            return None
        name = full_name(girl, *key, surname=own, father=None if woman else given)
        return _row(person, "дочь" if girl else "сын", name, year + 26, key)
    if group == "mother":
        return _row(person, "мать", full_name(True, *key, surname=own), year - 24, key)
    if group == "sibling":
        sister = bool(number_of("sister", *key) % 2)
        father = father_of(person.name)
        name = full_name(sister, *key, surname=own, father=father)
        return _row(person, "сестра" if sister else "брат", name, year + 3, key) if father else None
    if group == "father":
        father = father_of(person.name)
        name = full_name(False, *key, surname=own)
        return _row(person, "отец", " ".join([own, father, name.split()[2]]), year - 27, key) if father else None
    return _row(person, "свекровь" if woman else "тёща", full_name(True, *key), year - 25, key)


def _row(person: Official, word: str, name: str, year: int, key: tuple[object, ...], former: str = "") -> Kin:
    birth = day_between(dt.date(year, 1, 1), dt.date(year, 12, 28), "birth", *key)
    return Kin(person.name, word, name, f"{birth:%d.%m.%Y}", former=former)


def kin_inn(kin: Kin) -> str:
    """ИНН of a relative as the officer has it, empty where he has none."""
    return person_inn(kin.name) if kin.inn else ""
