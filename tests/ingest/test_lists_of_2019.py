"""Lists as officers kept them in 2019: no personnel number, no ИНН, headings of their own; what is not sure is refused whole."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from table_files import Given, csv_of, xlsx_bytes
from table_files import read as taken

DAY = dt.date(1980, 3, 12)


def births(given: Given) -> list[tuple[Any, ...]]:
    return [(row["name"], row["birth_date"], row["birth_year"]) for row in given.records.get("relative", [])]


def test_a_birth_date_of_each_side_goes_to_its_own() -> None:
    given = csv_of(
        "ФИО;Дата рождения;Степень родства;ФИО родственника;Дата рождения родственника",
        "Чиж Пётр Ильич;01.02.1970;жена;Чиж Анна Львовна;12.03.1980",
    )
    assert births(given) == [("Чиж Анна Львовна", DAY, 1980)]
    assert given.records["official"][0]["birth_date"] == dt.date(1970, 2, 1)
    assert not [note for note in given.notes if note.startswith("not_loaded")]


@pytest.mark.parametrize("heading", [["Степень родства", "ФИО", "Дата рождения"], ["ФИО", "Степень родства", "Дата рождения"]])
def test_kin_whose_official_the_sheet_does_not_name_are_no_officials(heading: list[str]) -> None:
    rows = [heading, ["Отдел кадров"], ["жена", "Чиж Анна Львовна", "12.03.1980"]]
    if heading[0] == "ФИО":
        rows[2][:2] = rows[2][1::-1]
    given = taken(xlsx_bytes(rows))
    assert not given.records
    (refused,) = given.rejects
    assert refused.reason == "nearly_a_table" and "ФИО служащего" in refused.params["lacks"]


def test_a_word_of_kin_in_its_column_heads_no_column() -> None:
    given = csv_of(
        "Фамилия;Имя;Отчество;Должность;Степень родства;Кличка родственника",
        "Чиж;Пётр;Ильич;мастер;жена;Аня",
        "Сом;Лев;Ильич;мастер;сын;Ваня",
    )
    assert [row["name_key"] for row in given.records["official"]] == ["ЧИЖ ПЕТР ИЛЬИЧ", "СОМ ЛЕВ ИЛЬИЧ"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Чиж Анна Львовна, 12.03.1980", ("Чиж Анна Львовна", DAY, 1980)),
        ("Чиж Анна Львовна 12.03.1980 г.р., пенсионер", ("Чиж Анна Львовна", DAY, 1980)),
        ("Чиж Анна Львовна, 1980 г.р.", ("Чиж Анна Львовна", None, 1980)),
        ("Чиж Анна Львовна (1980 года рождения)", ("Чиж Анна Львовна", None, 1980)),
        ("Чиж Анна Львовна, 1980", ("Чиж Анна Львовна", None, 1980)),
        ("Чиж (Сомова) Анна Львовна, 1980 г.р.", ("Чиж (Сомова) Анна Львовна", None, 1980)),
        ("Чиж Анна Львовна (брак с 2010)", ("Чиж Анна Львовна (брак с 2010)", None, None)),
        ("Чиж Анна Львовна, 2010 г. брак", ("Чиж Анна Львовна, 2010 г. брак", None, None)),
        ("Чиж Анна Львовна, 31.02.1980", ("Чиж Анна Львовна, 31.02.1980", None, None)),
    ],
)
def test_a_birth_behind_the_name_in_its_cell_is_taken(cell: str, expected: tuple[Any, ...]) -> None:
    many = [f"Чиж Пётр Ильич;жена;{cell}"] + ["Сом Лев Ильич;сын;Сом Олег Львович"] * 3
    assert births(csv_of("ФИО работника;Степень родства;ФИО родственника", *many))[0] == expected


def test_a_birth_in_its_own_column_counts_before_one_behind_the_name() -> None:
    given = csv_of(
        "ФИО работника;Степень родства;ФИО родственника;Дата рождения",
        "Чиж Пётр Ильич;жена;Чиж Анна Львовна, 1979 г.р.;12.03.1980",
    )
    assert births(given) == [("Чиж Анна Львовна, 1979 г.р.", DAY, 1980)]


def test_divorced_in_the_place_of_a_spouse_is_nobody() -> None:
    given = csv_of("ФИО;Должность;Супруг(а);Дети", "Чиж Пётр Ильич;мастер;разведён;Чиж Ия Петровна")
    assert [(row["fact"], row["chains"]) for row in given.records["relative"]] == [("none", "spouse"), ("person", "child")]
    assert not given.rejects
