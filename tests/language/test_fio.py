"""Names of persons. The table is worked out by hand; every person in it is invented."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from affil.language import fio
from affil.language.fio import PersonName, former_surnames, name_from_parts, parse_name, with_former

# text | surname given patronymic, parts joined by ' / ', '-' for a missing one, ⏎ a new line | gender | former surnames
TABLE = """
Громов Иван Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
ГРОМОВ ИВАН ПЕТРОВИЧ | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
громов иван петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громова Анна Петровна | ГРОМОВА / АННА / ПЕТРОВНА | f |
  Громов   Иван  Петрович  | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов\u00a0Иван\u00a0Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Зелёный Пётр Семёнович | ЗЕЛЕНЫЙ / ПЕТР / СЕМЕНОВИЧ | m |
Алёна Фёдоровна Берёзкина | БЕРЕЗКИНА / АЛЕНА / ФЕДОРОВНА | f |
Иван Петрович Громов | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Анна Петровна Громова | ГРОМОВА / АННА / ПЕТРОВНА | f |
ИВАН ПЕТРОВИЧ ГРОМОВ | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Марина Олеговна Ким | КИМ / МАРИНА / ОЛЕГОВНА | f |
Юрий Павлович Ткач | ТКАЧ / ЮРИЙ / ПАВЛОВИЧ | m |
ЛУГОВОЙ ЛЬВОВИЧ АЛЕКСАНДР | ЛУГОВОЙ / АЛЕКСАНДР / ЛЬВОВИЧ | m |
ТИЩЕНКО ПЕТРОВНА НАДЕЖДА | ТИЩЕНКО / НАДЕЖДА / ПЕТРОВНА | f |
КАЛМЫШЕВ РЕНАТОВИЧ ВАДИМ | КАЛМЫШЕВ / ВАДИМ / РЕНАТОВИЧ | m |
КИМ АНДРЕЕВНА ОЛЬГА | КИМ / ОЛЬГА / АНДРЕЕВНА | f |
ИВАНИНА СЕРГЕЕВНА МАРИНА | ИВАНИНА / МАРИНА / СЕРГЕЕВНА | f |
Петрович Громов Иван | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Иван Громов Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Екатерина Лугина Олеговна | ЛУГИНА / ЕКАТЕРИНА / ОЛЕГОВНА | f |
Громов И.П. | ГРОМОВ / И. / П. | m |
Громов И. П. | ГРОМОВ / И. / П. | m |
Громов И П | ГРОМОВ / И. / П. | m |
Громов И.П | ГРОМОВ / И. / П. | m |
И.П. Громов | ГРОМОВ / И. / П. | m |
И. П. Громов | ГРОМОВ / И. / П. | m |
И.П.Громов | ГРОМОВ / И. / П. | m |
ГромовИ.П. | ГРОМОВ / И. / П. | m |
ГРОМОВИ.П. | ГРОМОВ / И. / П. | m |
ГРОМОВ И.П. | ГРОМОВ / И. / П. | m |
Громова А.С. | ГРОМОВА / А. / С. | f |
Громов И. | ГРОМОВ / И. / - | m |
И. Громов | ГРОМОВ / И. / - | m |
громов и.п. | ГРОМОВ / И. / П. | m |
Ким А.В. | КИМ / А. / В. | - |
Абрамович Р.А. | АБРАМОВИЧ / Р. / А. | - |
Дж. Громов | ГРОМОВ / Д. / - | m |
Громов Иван П. | ГРОМОВ / ИВАН / П. | m |
Иван П. Громов | ГРОМОВ / ИВАН / П. | m |
Громов И. Петрович | ГРОМОВ / И. / ПЕТРОВИЧ | m |
И. Петрович Громов | ГРОМОВ / И. / ПЕТРОВИЧ | m |
Лугова-Громова А.С. | ЛУГОВА-ГРОМОВА / А. / С. | f |
Громов Иван | ГРОМОВ / ИВАН / - | m |
Иван Громов | ГРОМОВ / ИВАН / - | m |
Анна Громова | ГРОМОВА / АННА / - | f |
Ким Роман | КИМ / РОМАН / - | m |
Роман Ким | КИМ / РОМАН / - | m |
Ткач Юрий | ТКАЧ / ЮРИЙ / - | m |
Марина Шмидт | ШМИДТ / МАРИНА / - | f |
ГРОМОВ Ярополк | ГРОМОВ / ЯРОПОЛК / - | m |
Ярополк ГРОМОВ | ГРОМОВ / ЯРОПОЛК / - | m |
Валентин Лукин | ЛУКИН / ВАЛЕНТИН / - | m |
Лукин Валентин | ЛУКИН / ВАЛЕНТИН / - | m |
Марина Калинина | КАЛИНИНА / МАРИНА / - | f |
Калинина Марина | КАЛИНИНА / МАРИНА / - | f |
Абрамович Роман | АБРАМОВИЧ / РОМАН / - | m |
Анна Абрамович | АБРАМОВИЧ / АННА / - | f |
Сергей Станкевич | СТАНКЕВИЧ / СЕРГЕЙ / - | m |
Громов Петрович | ГРОМОВ / - / ПЕТРОВИЧ | m |
Громова Петровна | ГРОМОВА / - / ПЕТРОВНА | f |
Громов | ГРОМОВ / - / - | m |
Лугова | ЛУГОВА / - / - | f |
Шевелинская | ШЕВЕЛИНСКАЯ / - / - | f |
Громов-Лугов Иван Петрович | ГРОМОВ-ЛУГОВ / ИВАН / ПЕТРОВИЧ | m |
Громов - Лугов Иван Петрович | ГРОМОВ-ЛУГОВ / ИВАН / ПЕТРОВИЧ | m |
Громов– Лугов Иван Петрович | ГРОМОВ-ЛУГОВ / ИВАН / ПЕТРОВИЧ | m |
Громов‑Лугов Иван Петрович | ГРОМОВ-ЛУГОВ / ИВАН / ПЕТРОВИЧ | m |
Громова Лугова Анна Петровна | ГРОМОВА-ЛУГОВА / АННА / ПЕТРОВНА | f |
Анна Петровна Громова-Лугова | ГРОМОВА-ЛУГОВА / АННА / ПЕТРОВНА | f |
Анна Петровна Громова Лугова | ГРОМОВА-ЛУГОВА / АННА / ПЕТРОВНА | f |
Тер-Громян Ашот Вартанович | ТЕР-ГРОМЯН / АШОТ / ВАРТАНОВИЧ | m |
фон Берг Карл Иванович | ФОН БЕРГ / КАРЛ / ИВАНОВИЧ | m |
Карл Иванович фон Берг | ФОН БЕРГ / КАРЛ / ИВАНОВИЧ | m |
Громов Жан-Поль Петрович | ГРОМОВ / ЖАН-ПОЛЬ / ПЕТРОВИЧ | m |
Громова Анна-Мария Петровна | ГРОМОВА / АННА-МАРИЯ / ПЕТРОВНА | f |
Громова Анна Мария Петровна | ГРОМОВА / АННА МАРИЯ / ПЕТРОВНА | f |
Анна Мария Петровна Громова | ГРОМОВА / АННА МАРИЯ / ПЕТРОВНА | f |
Мусаев Абдул Карим Ахмедович | МУСАЕВ / АБДУЛ КАРИМ / АХМЕДОВИЧ | m |
Нгуен Ван Хай | НГУЕН / ВАН ХАЙ / - | - |
Ким Чен Су | КИМ / ЧЕН СУ / - | - |
Мамедов Фарман Гасан оглы | МАМЕДОВ / ФАРМАН / ГАСАН ОГЛЫ | m |
Мамедова Лейла Гасан кызы | МАМЕДОВА / ЛЕЙЛА / ГАСАН КЫЗЫ | f |
МАМЕДОВА ЛЕЙЛА ГАСАН КЫЗЫ | МАМЕДОВА / ЛЕЙЛА / ГАСАН КЫЗЫ | f |
Мамедов Фарман Гасан-оглы | МАМЕДОВ / ФАРМАН / ГАСАН ОГЛЫ | m |
Мамедов Фарман Гасан оглу | МАМЕДОВ / ФАРМАН / ГАСАН ОГЛЫ | m |
Фарман Гасан оглы Мамедов | МАМЕДОВ / ФАРМАН / ГАСАН ОГЛЫ | m |
Мамедова Лейла Гасан гызы | МАМЕДОВА / ЛЕЙЛА / ГАСАН КЫЗЫ | f |
Асанов Бакыт Эркин уулу | АСАНОВ / БАКЫТ / ЭРКИН УЛЫ | m |
Жумабаев Ерлан Маратулы | ЖУМАБАЕВ / ЕРЛАН / МАРАТУЛЫ | m |
Жумабаева Айгуль Мараткызы | ЖУМАБАЕВА / АЙГУЛЬ / МАРАТКЫЗЫ | f |
Громов Владимир Ильич | ГРОМОВ / ВЛАДИМИР / ИЛЬИЧ | m |
Громов Пётр Кузьмич | ГРОМОВ / ПЕТР / КУЗЬМИЧ | m |
Громова Анна Ильинична | ГРОМОВА / АННА / ИЛЬИНИЧНА | f |
Никита Лукич Громов | ГРОМОВ / НИКИТА / ЛУКИЧ | m |
Степанович Иван Петрович | СТЕПАНОВИЧ / ИВАН / ПЕТРОВИЧ | m |
Иван Петрович Степанович | СТЕПАНОВИЧ / ИВАН / ПЕТРОВИЧ | m |
Степанович Петрович Иван | СТЕПАНОВИЧ / ИВАН / ПЕТРОВИЧ | m |
Абрамович Анна Петровна | АБРАМОВИЧ / АННА / ПЕТРОВНА | f |
Анна Петровна Абрамович | АБРАМОВИЧ / АННА / ПЕТРОВНА | f |
Бабич Иван Петрович | БАБИЧ / ИВАН / ПЕТРОВИЧ | m |
Черных Анна Петровна | ЧЕРНЫХ / АННА / ПЕТРОВНА | f |
Черных Иван | ЧЕРНЫХ / ИВАН / - | m |
Громова (Лугова) Анна Петровна | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова(Лугова) Анна Петровна | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова Анна Петровна (Лугова) | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова Анна Петровна (до брака Лугова) | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
ГРОМОВА АННА ПЕТРОВНА (ДО БРАКА ЛУГОВА) | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова Анна Петровна, урожд. Лугова | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова Анна Петровна урожденная Ким | ГРОМОВА / АННА / ПЕТРОВНА | f | КИМ
Громова (урождённая Лугова) Анна Петровна | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова (дев. Ким) Анна Петровна | ГРОМОВА / АННА / ПЕТРОВНА | f | КИМ
Громова Анна Петровна (девичья фамилия - Лугова) | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова Анна Петровна, в девичестве Лугова | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова Анна Петровна (ранее Лугова, Зимина) | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА, ЗИМИНА
Громова Анна Петровна ранее Лугова и Зимина | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА, ЗИМИНА
Громова (до 2015 Лугова) Анна Петровна | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова Анна Петровна до 2015 г. Лугова | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова Анна Петровна (до 12.05.2015 Лугова) | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова (до 2015 Лугова) | ГРОМОВА / - / - | f | ЛУГОВА
Громова Анна Петровна (в девичестве также Лугова) | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громов Иван, Клин⏎Лугов | ГРОМОВ / ИВАН / - | m |
Gromov Ya. P. | ГРОМОВ / Я. / П. | m |
Gromov Kh. P. | ГРОМОВ / Х. / П. | m |
Gromov Y P | ГРОМОВ / Ю. / П. | m |
Pcholkin Ivan | ПЧЕЛКИН / ИВАН / - | m |
Громова А.П. (Лугова) | ГРОМОВА / А. / П. | f | ЛУГОВА
Громова (Громова) Анна Петровна | ГРОМОВА / АННА / ПЕТРОВНА | f |
Громова (Зелёная) Анна Петровна | ГРОМОВА / АННА / ПЕТРОВНА | f | ЗЕЛЕНАЯ
Громова Анна Петровна (прежняя фамилия Абрамович) | ГРОМОВА / АННА / ПЕТРОВНА | f | АБРАМОВИЧ
Громова/Лугова Анна Петровна | ГРОМОВА / АННА / ПЕТРОВНА | f | ЛУГОВА
Громова Анна Петровна (умерла) | ГРОМОВА / АННА / ПЕТРОВНА | f |
ГРОМОВ ИВАН ПЕТРОВИЧ (УМЕР) | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович (директор) | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович (ООО Луговой) | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович (Москва) | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович, 12.03.1980 г.р. | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович 12.03.1980 г.р., г. Энск | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович 1980 | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович, директор | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович - директор | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович директор | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов И.П., главный врач | ГРОМОВ / И. / П. | m |
директор Громов Иван Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Директор Громов И.П. | ГРОМОВ / И. / П. | m |
ДИРЕКТОР ГРОМОВ ИВАН ПЕТРОВИЧ | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
ИП Громов Иван Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Индивидуальный предприниматель Громов Иван Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
ИП Громов И.П. "Луг" | ГРОМОВ / И. / П. | m |
Глава КФХ Громов Иван Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович, ООО «Луг», директор | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
1. Громов Иван Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов⏎Иван⏎Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович⏎ООО «Луг» | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов, Иван Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов Иван Петрович. | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
жена Громова Анна Петровна | ГРОМОВА / АННА / ПЕТРОВНА | f |
Гpомов Ивaн Петрoвич | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
ГPOMOB ИBAH ПETPOBИЧ | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Громов A.C. | ГРОМОВ / А. / С. | m |
МАКСИМОВ МАКСИМ МАКСИМОВИЧ | МАКСИМОВ / МАКСИМ / МАКСИМОВИЧ | m |
MAPKOBA АННА ПЕТРОВНА | МАРКОВА / АННА / ПЕТРОВНА | f |
Гро\u0301мов Иван Петрович | ГРОМОВ / ИВАН / ПЕТРОВИЧ | m |
Иванов Константин Петрович | ИВАНОВ / КОНСТАНТИН / ПЕТРОВИЧ | m |
Лугова Полина Олеговна | ЛУГОВА / ПОЛИНА / ОЛЕГОВНА | f |
Лугова Аделина | ЛУГОВА / АДЕЛИНА / - | f |
Роман Юрий Петрович | РОМАН / ЮРИЙ / ПЕТРОВИЧ | m |
Девятов Урал Петрович | ДЕВЯТОВ / УРАЛ / ПЕТРОВИЧ | m |
Школьников Иван Петрович | ШКОЛЬНИКОВ / ИВАН / ПЕТРОВИЧ | m |
Казеннова Анна Петровна | КАЗЕННОВА / АННА / ПЕТРОВНА | f |
Прежнева Анна Петровна | ПРЕЖНЕВА / АННА / ПЕТРОВНА | f |
"""

NOT_NAMES = [
    "",
    " ",
    "-",
    "—",
    "нет",
    "Нет.",
    "НЕТ",
    "не имею",
    "Не имеется",
    "отсутствует",
    "прочерк",
    "неизвестно",
    "12345",
    "770112345678",
    "1980 г.р.",
    "ООО «Луг»",
    "ООО Луг",
    "Общество с ограниченной ответственностью «Громов и партнёры»",
    "МБОУ СОШ № 9",
    "АО Громов",
    "«Громов Иван»",
    "Администрация Луговского района",
    "ФОНД ГРОМОВА ИВАНА ПЕТРОВИЧА",
    "ООО Громов Иван Петрович",
    "Иван Петрович",
    "Анна Петровна",
    "Сергей",
    "И.П.",
    "умер",
    "пенсионер",
    "домохозяйка",
    "?",
    "директор",
    "LLC Rosa",
    "Вакансия",
]


def rows() -> Iterator[tuple[str, PersonName]]:
    """The table as pairs of text and expected name."""
    for line in TABLE.strip("\n").split("\n"):
        text, parts, gender, *former = line.split(" |")
        surname, name, patronymic = (None if part == "-" else part for part in parts.strip().split(" / "))
        formerly = tuple(one for one in former[0].strip().split(", ") if one) if former else ()
        yield (
            text.replace("⏎", "\n"),
            PersonName(surname, name, patronymic, formerly, None if gender.strip() == "-" else gender.strip()),
        )


@pytest.mark.parametrize(("text", "expected"), list(rows()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_name_is_read_as_worked_out_by_hand(text: str, expected: PersonName) -> None:
    assert parse_name(text) == expected


@pytest.mark.parametrize("text", NOT_NAMES)
def test_what_is_no_name_of_a_person_is_none(text: str) -> None:
    assert parse_name(text) is None


@pytest.mark.parametrize(("text", "expected"), list(rows()), ids=lambda value: value if isinstance(value, str) else "")
def test_the_key_of_a_name_reads_as_the_same_key(text: str, expected: PersonName) -> None:
    assert expected.key is not None
    again = parse_name(expected.key)
    assert again is not None
    assert (again.key, again.gender) == (expected.key, expected.gender)


@pytest.mark.parametrize(
    ("surname", "given_name", "patronymic", "key", "gender"),
    [
        ("ГРОМОВ", "ИВАН", "ПЕТРОВИЧ", "ГРОМОВ ИВАН ПЕТРОВИЧ", "m"),
        ("Громов ", " Иван", "Петрович", "ГРОМОВ ИВАН ПЕТРОВИЧ", "m"),
        ("ГРОМОВ", "ИВАН ПЕТРОВИЧ", None, "ГРОМОВ ИВАН ПЕТРОВИЧ", "m"),
        ("ГРОМОВ", "ИВАН", "-", "ГРОМОВ ИВАН", "m"),
        ("ГРОМОВ", "ИВАН", "ОТСУТСТВУЕТ", "ГРОМОВ ИВАН", "m"),
        ("ГРОМОВ", "ИВАН", "", "ГРОМОВ ИВАН", "m"),
        ("МАМЕДОВА", "ЛЕЙЛА", "ФАРМАН КЫЗЫ", "МАМЕДОВА ЛЕЙЛА ФАРМАН КЫЗЫ", "f"),
        ("МАМЕДОВА", "ЛЕЙЛА", "ФАРМАН ГЫЗЫ", "МАМЕДОВА ЛЕЙЛА ФАРМАН КЫЗЫ", "f"),
        ("МАМЕДОВ", "ГАСАН ФАРМАН", "ОГЛЫ", "МАМЕДОВ ГАСАН ФАРМАН ОГЛЫ", "m"),
        ("МАМЕДОВ", "ГАСАН ФАРМАН ОГЛЫ", None, "МАМЕДОВ ГАСАН ФАРМАН ОГЛЫ", "m"),
        ("ГРОМОВА - ЛУГОВА", "АННА", "ПЕТРОВНА", "ГРОМОВА-ЛУГОВА АННА ПЕТРОВНА", "f"),
        ("ГРОМОВА ЛУГОВА", "АННА", "ПЕТРОВНА", "ГРОМОВА-ЛУГОВА АННА ПЕТРОВНА", "f"),
        ("ЗЕЛЁНЫЙ", "ПЁТР", "ФЁДОРОВИЧ", "ЗЕЛЕНЫЙ ПЕТР ФЕДОРОВИЧ", "m"),
        ("ГPОМОВ", "ИВАН", "ПЕТРОВИЧ", "ГРОМОВ ИВАН ПЕТРОВИЧ", "m"),
        ("SMITHSON", "JOHN", None, "СМИТСОН ДЖОН", None),
        ("ГРОМОВ", "АБДУЛ КАРИМ", "ПЕТРОВИЧ", "ГРОМОВ АБДУЛ КАРИМ ПЕТРОВИЧ", "m"),
        ("ГРОМОВ ИВАН ПЕТРОВИЧ", None, None, "ГРОМОВ ИВАН ПЕТРОВИЧ", "m"),
        ("ГРОМОВА (ЛУГОВА)", "АННА", "ПЕТРОВНА", "ГРОМОВА АННА ПЕТРОВНА", "f"),
        (None, "ИВАН", "ПЕТРОВИЧ", None, "m"),
        (None, None, None, None, None),
    ],
)
def test_registry_fields_give_the_comparable_name(
    surname: str | None, given_name: str | None, patronymic: str | None, key: str | None, gender: str | None
) -> None:
    name = name_from_parts(surname, given_name, patronymic)
    assert (name.key, name.gender) == (key, gender)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Щегалёв Пётр Анатолиевич", "Щегалёв Пётр Анатольевич"),
        ("Щегалёва Анна Валериевна", "ЩЕГАЛЕВА АННА ВАЛЕРЬЕВНА"),
        ("Пётр Евгениевич Щегалёв", "Щегалёв Пётр Евгеньевич"),
        ("Щегалёв Пётр Игнатиевич (ранее Орлов)", "Щегалёв Пётр Игнатьевич"),
    ],
)
def test_two_spellings_of_a_patronymic_are_one(one: str, other: str) -> None:
    assert parse_name(one) is not None
    assert {name.key for text in (one, other) if (name := parse_name(text))} == {
        (parse_name(other) or PersonName(None, None, None)).key
    }


def test_a_registry_field_and_a_line_spell_a_patronymic_alike() -> None:
    assert name_from_parts("Щегалёв", "Пётр", "Анатолиевич") == parse_name("Щегалёв Пётр Анатольевич")


@pytest.mark.parametrize("other", ["Щегалёв Пётр Андреевич", "Щегалёв Пётр Сергеевич", "Щегалёв Пётр Анатольевна"])
def test_another_patronymic_stays_another(other: str) -> None:
    assert parse_name("Щегалёв Пётр Анатолиевич") != parse_name(other)


def test_the_surname_of_a_registry_field_is_not_lost_to_the_words_of_kin_and_posts() -> None:
    assert name_from_parts("ГЛАВА", "ИВАН", "ПЕТРОВИЧ").key == "ГЛАВА ИВАН ПЕТРОВИЧ"
    assert name_from_parts("ДЕД", "АННА", "ПЕТРОВНА").key == "ДЕД АННА ПЕТРОВНА"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Лугова", ("ЛУГОВА",)),
        ("Ким", ("КИМ",)),
        ("лугова", ("ЛУГОВА",)),
        ("Лугова, Зимина", ("ЛУГОВА", "ЗИМИНА")),
        ("Лугова; Зимина", ("ЛУГОВА", "ЗИМИНА")),
        ("Лугова и Зимина", ("ЛУГОВА", "ЗИМИНА")),
        ("Лугова до 2010", ("ЛУГОВА",)),
        ("Лугова (до 2010 г.)", ("ЛУГОВА",)),
        ("до 2015 — Лугова; до 2018 — Зимина", ("ЛУГОВА", "ЗИМИНА")),
        ("Лугова Анна Петровна", ("ЛУГОВА",)),
        ("дев. Лугова", ("ЛУГОВА",)),
        ("нет", ()),
        ("не менял", ()),
        ("Не менялась", ()),
        ("фамилию не изменяла", ()),
        ("-", ()),
        ("", ()),
    ],
)
def test_a_cell_of_former_surnames_is_listed(text: str, expected: tuple[str, ...]) -> None:
    assert former_surnames(text) == expected


def test_former_surnames_of_another_cell_join_those_of_the_name() -> None:
    name = parse_name("Громова (Лугова) Анна Петровна")
    assert name is not None
    assert with_former(name, "Зимина, Лугова, Громова").former_surnames == ("ЛУГОВА", "ЗИМИНА")


def test_columns_are_those_of_the_store() -> None:
    name = parse_name("Громова (Лугова) Анна Петровна")
    assert name is not None
    assert name.columns() == {
        "surname": "ГРОМОВА",
        "given": "АННА",
        "patronymic": "ПЕТРОВНА",
        "name_key": "ГРОМОВА АННА ПЕТРОВНА",
        "gender": "f",
        "former_surnames": "ЛУГОВА",
    }


@pytest.mark.parametrize(
    ("text", "full"), [("Громов Иван Петрович", True), ("Громов И.П.", False), ("Громов Иван", False), ("Громов Иван П.", False)]
)
def test_a_full_name_has_all_three_parts_written_out(text: str, full: bool) -> None:
    name = parse_name(text)
    assert name is not None
    assert name.is_full is full


SURNAMES = [
    "Громов",
    "Лугова",
    "Ким",
    "Абрамович",
    "Черных",
    "Тищенко",
    "Громов-Лугов",
    "Роман",
    "Ткач",
    "Савич",
    "ван Берг",
    "Илья",
]
GIVEN = ["Иван", "Анна", "Пётр", "Марина", "Валентин", "Роман", "Жан-Поль", "И.", "Абдул Карим", "Ильдус", "Иванна"]
PATRONYMICS = ["Петрович", "Ильинична", "Гасан оглы", "П.", "Маратулы", "", "Лукич"]
REMARKS = ["", ", директор", " (Зимина)", " 12.03.1980", " - начальник", ", урожд. Зимина", "/Зимина", " нет", " ООО"]


@st.composite
def written_names(draw: st.DrawFn) -> str:
    """A name in any order and letter-case, with or without a remark."""
    words = [draw(st.sampled_from(part)) for part in (SURNAMES, GIVEN, PATRONYMICS)]
    text = " ".join(word for word in draw(st.permutations(words)) if word)
    return draw(st.sampled_from([str, str.upper, str.lower, str.title]))(text) + draw(st.sampled_from(REMARKS))


@settings(max_examples=600, deadline=None)
@given(written_names())
@example("Роман ИВАН")
@example("Ван Берг Карл")
def test_reading_a_key_again_changes_nothing(text: str) -> None:
    name = parse_name(text)
    if name is None or name.key is None:
        return
    again = parse_name(name.key)
    assert again is not None
    assert again.key == name.key


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="АаБвИиПпОоВвЧчНнЁёёй .-,()«»/'1Aa\n\u00a0", max_size=40))
def test_any_text_is_read_without_error_and_to_a_stable_key(text: str) -> None:
    name = parse_name(text)
    if name is None:
        return
    assert name.key is not None
    again = parse_name(name.key)
    assert again is not None
    assert again.key == name.key


@settings(max_examples=300, deadline=None)
@given(written_names())
def test_yo_and_spaces_do_not_matter(text: str) -> None:
    assert parse_name(text.replace("ё", "е").replace("Ё", "Е")) == parse_name(text)
    assert parse_name(f"  {text.replace(' ', '  ')} ") == parse_name(text)


@settings(max_examples=600, deadline=None)
@given(written_names())
@example("Глава Иван Петрович")
@example("Марина Калинина Олеговна")
@example("Громов И.П.")
@example("Школа А.П.")
def test_the_fast_reading_of_regular_names_is_that_of_any_text(text: str) -> None:
    regular = fio._parse_regular(text.upper().replace("Ё", "Е"))
    assert regular is None or regular == fio._parse_irregular(text)


@settings(max_examples=300, deadline=None)
@given(*(st.sampled_from(part) for part in (SURNAMES, GIVEN, PATRONYMICS)))
def test_registry_fields_and_their_letter_case_give_the_same_name(surname: str, given_name: str, patronymic: str) -> None:
    name = name_from_parts(surname, given_name, patronymic)
    assert name == name_from_parts(f" {surname.upper()}", given_name.upper(), patronymic.lower())
    again = name_from_parts(name.surname, name.given, name.patronymic)
    assert again == name


def test_importing_the_reader_of_names_does_not_import_duckdb() -> None:
    code = "import sys, affil.language.fio as f; f.parse_name('Громов Иван Петрович'); sys.exit('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def samples() -> Path:
    return Path(os.environ.get("AFFIL_SAMPLES", Path(__file__).resolve().parents[3] / "shared" / "samples"))


def registry_names() -> Iterator[tuple[str | None, str | None, str | None]]:
    for path in sorted(samples().rglob("*")):
        # The synthetic files have «Surname1» and the like where names should be.
        if path.suffix.lower() == ".xml" and path.parent.name in ("egrul", "egrip") and "synthetic" not in path.name:
            tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
            for element in tree.iter():
                if isinstance(element.tag, str) and element.get("Фамилия"):
                    yield element.get("Фамилия"), element.get("Имя"), element.get("Отчество")


def registry_names_read_differently() -> tuple[int, int]:
    """How many names there are, and how many read otherwise from one line. Numbers: a failing test prints no real name."""
    differing = total = 0
    for fields in registry_names():
        total += 1
        from_line = parse_name(" ".join(field for field in fields if field))
        differing += from_line is None or from_line.key != name_from_parts(*fields).key
    return total, differing


@pytest.mark.skipif(not samples().is_dir(), reason="the real registry files are not beside this repository")
def test_names_of_real_registry_files_read_from_one_line_as_from_their_fields() -> None:
    total, differing = registry_names_read_differently()
    assert total > 0
    assert differing <= total / 100
