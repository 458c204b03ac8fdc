"""A known list of officials with their kin, written in each layout officers have (OFFICER 2.1), in random dirt. All invented."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

SURNAMES = ["Юшков", "Сомов", "Ёлкин", "Перов", "Громов", "Котов-Лисин", "Дедов", "Сватов", "Теткин", "Женин"]
MEN = ["Пётр", "Олег", "Илья", "Семён", "Фёдор", "Лев"]
WOMEN = ["Анна", "Мария", "Ия", "Нина", "Алёна", "Любовь"]
FATHERS = [("Петрович", "Петровна"), ("Ильич", "Ильинична"), ("Львович", "Львовна"), ("Семёнович", "Семёновна")]
MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]
WORK = [
    None, "МБОУ СОШ № 1, учитель", 'ООО "Ромашка, лютик и Ко", бухгалтер', "пенсионер", "ИП", "домохозяйка", "самозанятый", "СВО",
    "Финансовое управление, начальник отдела", "АО «Завод «Прогресс», мастер",
]  # fmt: skip
GROUPS = ["spouse", "child", "parent", "sibling", "spouse.parent", "spouse.sibling"]
HEADINGS = {
    "spouse": ["Супруг(а)", "Супруга (супруг)", "Муж/жена", "Сведения о супруге", "Супруг"],
    "child": ["Дети", "Сведения о детях", "Дети (ФИО, дата рождения, место работы/учебы)", "Дети ФИО"],
    "parent": ["Родители", "Сведения о родителях", "Родители (отец, мать)"],
    "sibling": ["Братья, сёстры", "Братья и сестры", "Братья (сёстры)", "Полнородные и неполнородные братья и сёстры"],
    "spouse.parent": ["Родители супруга(и)", "Родители супруга (супруги)", "Тесть, тёща (свёкор, свекровь)"],
    "spouse.sibling": ["Братья, сёстры супруга(и)", "Братья и сестры супруга"],
}
WORDS = {
    ("spouse", "m"): ["муж", "супруг"], ("spouse", "f"): ["жена", "супруга", "Жена"],
    ("child", "m"): ["сын", "Сын", "ребёнок"], ("child", "f"): ["дочь", "доч.", "дочка"],
    ("parent", "m"): ["отец", "папа"], ("parent", "f"): ["мать", "мама"],
    ("sibling", "m"): ["брат", "родной брат"], ("sibling", "f"): ["сестра", "Сестра"],
    ("spouse.parent", "m"): ["отец супруга(и)"], ("spouse.parent", "f"): ["мать супруга(и)"],
    ("spouse.sibling", "m"): ["брат супруга(и)"], ("spouse.sibling", "f"): ["сестра супруга(и)"],
}  # fmt: skip
NOBODY = ["нет", "не имею", "отсутствуют", "—", "Нет"]
PLURAL = {"spouse": "супруг(а)", "child": "дети", "parent": "родители", "sibling": "братья и сёстры"}


@dataclass(frozen=True)
class Relative:
    """One relative, or with `name` None the fact that there is nobody of this group."""

    chain: str
    sex: str
    name: str | None
    birth: dt.date | int | None
    work: str | None
    dead: bool = False


@dataclass(frozen=True)
class Official:
    number: str
    name: str
    position: str
    kin: tuple[Relative, ...]


def world(seed: int, officials: int = 6) -> list[Official]:
    """Officials of different names, each with kin of some of the groups."""
    chance = random.Random(seed)
    names = list(dict.fromkeys(_name(chance, "m", full=True) for _ in range(officials * 3)))[:officials]
    return [
        Official(f"{1000 + i}", name, chance.choice(["специалист", "начальник отдела", "депутат"]), _kin(chance))
        for i, name in enumerate(names)
    ]


def _name(chance: random.Random, sex: str, full: bool) -> str:
    surname, father = chance.choice(SURNAMES), chance.choice(FATHERS)
    if sex == "f":
        return " ".join([_feminine(surname), chance.choice(WOMEN), *([father[1]] if full else [])])
    return " ".join([surname, chance.choice(MEN), *([father[0]] if full else [])])


def _feminine(surname: str) -> str:
    return "-".join(part + "а" for part in surname.split("-"))


def _kin(chance: random.Random) -> tuple[Relative, ...]:
    found: list[Relative] = []
    for group in GROUPS:
        most = {"spouse": 1, "child": 4, "parent": 2, "spouse.parent": 2}.get(group, 3)
        number = chance.randint(0, most)
        if number == 0 and chance.random() < 0.5:
            found.append(Relative(group, "", None, None, None))
        sexes = ["m", "f"] if most == 2 else [chance.choice("mf") for _ in range(4)]
        people = [_relative(chance, group, sexes[i]) for i in range(number)]
        found += {one.name: one for one in people}.values()
    return tuple(found)


def _relative(chance: random.Random, group: str, sex: str) -> Relative:
    name = _name(chance, sex, full=group != "child" or chance.random() < 0.6)
    birth: dt.date | int | None = dt.date(chance.randint(1940, 2018), chance.randint(1, 12), chance.randint(1, 28))
    birth = chance.choice([birth, birth.year, birth, None])
    dead = group in ("parent", "spouse.parent") and chance.random() < 0.25
    return Relative(group, sex, name, birth, None if dead else chance.choice(WORK), dead)


def told(chance: random.Random, one: Relative, word: str | None) -> str:
    """A relative as officers write him into a cell; `word` None where the heading says the kinship."""
    name = f"{one.name} ({chance.choice(['умер', 'умерла', 'умер в 2010 г.'])})" if one.dead else str(one.name)
    opened = f"{word}{chance.choice([' – ', ' - ', ': ', ' '])}{name}" if word else name
    birth = [_birth(chance, one.birth)] if one.birth else []
    place = [chance.choice(["г. Энск", "с. Ивановка"])] if isinstance(one.birth, dt.date) and chance.random() < 0.2 else []
    return ", ".join([opened, *birth, *place, *([one.work] if one.work else [])])


def _birth(chance: random.Random, birth: dt.date | int) -> str:
    if isinstance(birth, int):
        return chance.choice([f"{birth} г.р.", f"{birth}", f"{birth} года рождения", f"{birth}г."])
    long = f"{birth.day} {MONTHS[birth.month - 1]} {birth.year}"
    return chance.choice(
        [f"{birth:%d.%m.%Y}", f"{birth:%d.%m.%Y} г.р.", long, f"{long} г.", f"д.р. {birth:%d.%m.%Y}", f"{birth:%d/%m/%Y}"]
    )


Rows = list[list[Any]]
Merged = list[tuple[int, int, int, int]]


def plain_table(officials: Sequence[Official]) -> Rows:
    """The form of templates/: the official's name in every row."""
    rows: Rows = [
        ["Табельный № служащего", "ФИО служащего", "Степень родства", "ФИО родственника", "Дата рождения", "Место работы"]
    ]
    for official in officials:
        for one in official.kin:
            rows.append([official.number, official.name, *_cells(one)])
    return rows


def _cells(one: Relative) -> list[Any]:
    word = PLURAL.get(one.chain, one.chain) if one.name is None else WORDS[one.chain, one.sex][0]
    if one.name is None and one.chain.startswith("spouse."):
        word = {"spouse.parent": "родители супруга(и)", "spouse.sibling": "братья, сёстры супруга(и)"}[one.chain]
    name = "нет" if one.name is None else f"{one.name} (умер)" if one.dead else one.name
    birth = f"{one.birth:%d.%m.%Y}" if isinstance(one.birth, dt.date) else str(one.birth or "")
    return [word, name, birth, one.work]


def once_above(chance: random.Random, officials: Sequence[Official]) -> tuple[Rows, Merged]:
    """Layout 1: the name once, merged down or with empty cells below."""
    numbered = chance.random() < 0.5
    heading = [
        "Таб. №",
        "ФИО сотрудника",
        "Должность",
        "Степень родства",
        "ФИО родственника",
        "Дата рожд.",
        "Место работы (учёбы)",
    ]
    rows: Rows = [["Сведения о родственниках"], [], [*(["№ п/п"] if numbered else []), *heading]]
    merged: Merged = []
    for number, official in enumerate(officials, 1):
        if chance.random() < 0.3 and official.kin:
            rows.append([chance.choice(["Отдел закупок", "Финансовое управление", "МКУ «Архив»"])])
        top, together = len(rows), chance.random() < 0.5
        own = [*([number] if numbered else []), official.number, official.name, official.position]
        for one in official.kin:
            rows.append([*(own if len(rows) == top else [None] * len(own)), *_cells(one)])
        if together and len(rows) > top + 1:
            merged += [(top, column, len(rows) - 1, column) for column in range(len(own))]
        elif chance.random() < 0.4:
            rows.append([])
    rows += [[], ["Итого: 99"], ["Исполнитель: Сомов Л. И."]]
    return rows, merged


def in_columns(chance: random.Random, officials: Sequence[Official]) -> tuple[Rows, Merged]:
    """Layout 2: a column a group, the spouse in three columns, on one storey or on two."""
    two = chance.random() < 0.5
    heads = {group: chance.choice(HEADINGS[group]) for group in GROUPS}
    groups = [*GROUPS[1:]]
    chance.shuffle(groups)
    own = ["№ п/п", "Табельный номер", "Фамилия, имя, отчество", "Должность"]
    spouse = ["Супруг(а)", None, None] if two else ["Супруг(а) ФИО", "дата рожд.", "место работы"]
    rows: Rows = [["Сведения о муниципальных служащих и их родственниках"], [*own, *spouse, *(heads[group] for group in groups)]]
    merged: Merged = []
    if two:
        rows.append([None] * 4 + ["ФИО", "Дата рождения", "Место работы"])
        merged = [(1, 4, 1, 6), *((1, at, 2, at) for at in (*range(4), *range(7, 7 + len(groups))))]
    rows.append([str(at) for at in range(1, 8 + len(groups))])
    for number, official in enumerate(officials, 1):
        cells = [_group_cell(chance, [one for one in official.kin if one.chain == group], group) for group in groups]
        married = [one for one in official.kin if one.chain == "spouse"]
        rows.append(
            [
                number,
                official.number,
                official.name,
                official.position,
                *(_cells(married[0])[1:] if married else [None] * 3),
                *cells,
            ]
        )
    return rows, merged


def _group_cell(chance: random.Random, people: Sequence[Relative], group: str) -> str | None:
    if not people:
        return None
    if people[0].name is None:
        return chance.choice(NOBODY)
    short = {"spouse.parent": "parent", "spouse.sibling": "sibling"}.get(group, group)
    said = [told(chance, one, chance.choice(WORDS[short, one.sex]) if chance.random() < 0.5 else None) for one in people]
    return _joined(chance, said)


def _joined(chance: random.Random, said: Sequence[str]) -> str:
    way = chance.choice(["; ", "\n", ";\n", "numbered"])
    if way == "numbered":
        return "\n".join(f"{i}. {one}" for i, one in enumerate(said, 1))
    return way.join(said)


def in_one_cell(chance: random.Random, officials: Sequence[Official]) -> tuple[Rows, Merged]:
    """Layout 3: all kin of an official in one cell."""
    heading = chance.choice(
        ["Родственники", "Близкие родственники (степень родства, ФИО, дата рождения, место работы)", "Состав семьи"]
    )
    rows: Rows = [["Таб.№", "ФИО", "Должность", heading]]
    for official in officials:
        said = []
        for one in official.kin:
            if one.name is None:
                nobody = _cells(one)[0]
                said.append(chance.choice([f"{nobody} – нет", f"{nobody}: нет", f"{nobody} нет"]))
            else:
                said.append(told(chance, one, chance.choice(WORDS[one.chain, one.sex])))
        rows.append([official.number, official.name, official.position, _joined(chance, said) if said else None])
    return rows, []


def book(sheets: dict[str, tuple[Rows, Merged]]) -> bytes:
    """A workbook of these sheets."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        for name, (rows, merged) in sheets.items():
            page = made.add_worksheet(name)
            for top, left, bottom, right in merged:
                page.merge_range(top, left, bottom, right, "")
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        page.write(number, column, cell)
    return buffer.getvalue()


LAYOUTS: dict[str, Callable[[random.Random, Sequence[Official]], tuple[Rows, Merged]]] = {
    "once above": once_above, "in columns": in_columns, "in one cell": in_one_cell,
}  # fmt: skip


def written(layout: str, seed: int, officials: Sequence[Official]) -> bytes:
    """The officials in a layout; «a sheet a department» puts halves of them on two sheets, each in any of the other layouts."""
    chance = random.Random(f"{layout} {seed}")
    if layout == "plain":
        return book({"Лист1": (plain_table(officials), [])})
    if layout != "a sheet a department":
        return book({"Лист1": LAYOUTS[layout](chance, officials)})
    half = len(officials) // 2
    ways = [chance.choice(sorted(LAYOUTS)) for _ in range(2)]
    return book(
        {
            "Отдел закупок": LAYOUTS[ways[0]](chance, officials[:half]),
            "Финансовое управление": LAYOUTS[ways[1]](chance, officials[half:]),
        }
    )
