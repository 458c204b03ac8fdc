"""Invented people's names: lists to choose from and the few forms of words that are needed."""

from __future__ import annotations

from making.numbers import pick

_SURNAMES = """
Аникин Бабушкин Бажов Балашов Батурин Березин Блохин Борисенков Бурдин Вавилов Ветров Вихров Воротников Гладышев Глухов
Горшков Гришин Гуляев Дёмин Деревянкин Долгов Дробышев Дягилев Елагин Ерофеев Жарков Жигалов Забелин Завьялов Зверев
Золотарёв Ивлев Игумнов Каблуков Калачёв Капустин Касаткин Киселёв Климов Ковшов Колодин Кондратьев Копылов Костин
Крайнев Кручинин Кудинов Куприн Лапин Латышев Лобанов Локтев Лукьянов Лыткин Мамонтов Матюшин Мохов Мурашов Набоков
Наумов Нестеров Овсянников Одегов Осокин Панфилов Першин Пирогов Погодин Поздняков Прохоров Пшеницын Рудаков Рябов
Самойлов Седельников Сизов Скобелев Сомов Спиридонов Стародубов Сухарев Тетерин Третьяков Трошин Туманов Углов Устюжанин
Фадеев Филатов Хромов Цветаев Чащин Чижов Шабалин Шарапов Шестаков Шилов Щеглов Юдин Якушев
"""
GIVEN = {  # given name of a man: his children's patronymics
    "Алексей": ("Алексеевич", "Алексеевна"), "Анатолий": ("Анатольевич", "Анатольевна"), "Антон": ("Антонович", "Антоновна"),
    "Борис": ("Борисович", "Борисовна"), "Вадим": ("Вадимович", "Вадимовна"), "Валерий": ("Валерьевич", "Валерьевна"),
    "Виктор": ("Викторович", "Викторовна"), "Владислав": ("Владиславович", "Владиславовна"),
    "Геннадий": ("Геннадьевич", "Геннадьевна"),
    "Георгий": ("Георгиевич", "Георгиевна"), "Глеб": ("Глебович", "Глебовна"), "Денис": ("Денисович", "Денисовна"),
    "Егор": ("Егорович", "Егоровна"), "Игорь": ("Игоревич", "Игоревна"), "Константин": ("Константинович", "Константиновна"),
    "Леонид": ("Леонидович", "Леонидовна"), "Максим": ("Максимович", "Максимовна"), "Михаил": ("Михайлович", "Михайловна"),
    "Николай": ("Николаевич", "Николаевна"), "Олег": ("Олегович", "Олеговна"), "Пётр": ("Петрович", "Петровна"),
    "Роман": ("Романович", "Романовна"), "Семён": ("Семёнович", "Семёновна"), "Станислав": ("Станиславович", "Станиславовна"),
    "Тимур": ("Тимурович", "Тимуровна"), "Юрий": ("Юрьевич", "Юрьевна"), "Ярослав": ("Ярославович", "Ярославовна"),
}  # fmt: skip
_WOMEN = """
Алла Алина Анна Валентина Валерия Вера Вероника Галина Дарья Евгения Екатерина Жанна Зоя Инна Ирина Карина Кира Лариса
Любовь Маргарита Марина Надежда Наталья Нина Оксана Полина Римма Светлана Таисия Тамара Эльвира Яна
"""
SURNAMES = tuple(_SURNAMES.split())
MEN = tuple(GIVEN)
WOMEN = tuple(_WOMEN.split())


def feminine(surname: str) -> str:
    """A woman's form of a man's surname."""
    if surname.endswith(("ский", "цкий")):
        return surname[:-2] + "ая"
    return surname + "а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname


def masculine(surname: str) -> str:
    """A man's form of a woman's surname."""
    if surname.endswith("ская"):
        return surname[:-2] + "ий"
    return surname[:-1] if surname.endswith(("ова", "ева", "ёва", "ина", "ына")) else surname


def is_woman(name: str) -> bool:
    """True for a full name with a woman's patronymic."""
    return name.endswith("на")


def full_name(woman: bool, *key: object, surname: str | None = None, father: str | None = None) -> str:
    """A full name chosen by the key; `surname` in the man's form and `father`, a given name, are kept where they are set."""
    last = surname or pick(SURNAMES, "surname", *key)
    patronymics = GIVEN[father or pick(MEN, "father", *key)]
    given = pick(WOMEN if woman else MEN, "given", *key)
    return f"{feminine(last) if woman else last} {given} {patronymics[woman]}"


def father_of(name: str) -> str | None:
    """Given name of the father, read from the patronymic; None where the lists do not know it."""
    patronymic = name.split()[2]
    return next((given for given, forms in GIVEN.items() if patronymic in forms), None)
