"""Loose lists of officials and kin (OFFICER 2.1): taken whole, nobody tied to somebody else's official, the rest told."""

from __future__ import annotations

import datetime as dt

import pytest
from loose_lists import LISTS, Loose, given_by, scored, told_of
from table_files import csv_of, read, xlsx_bytes

_LEAST_TAKEN = 0.95
_KIN = ["Степень родства", "ФИО", "Дата рождения"]


@pytest.mark.parametrize("one", LISTS, ids=[one.name for one in LISTS])
def test_a_loose_list_is_taken_and_nobody_is_tied_wrongly(one: Loose) -> None:
    given = given_by(one)
    score = scored(one, given)
    assert (score.missed, score.wrong) == ([], [])
    assert [name for name in one.refused if not told_of(one, given, name)] == []


def test_the_count_can_fail() -> None:
    one = LISTS[0]
    given = given_by(one)
    kin = given.records["relative"]
    kin[0]["official_name"], kin[1]["chains"] = kin[2]["official_name"], "sibling"
    del given.records["official"][0]
    score = scored(one, given)
    assert len(score.missed) == 3 and len(score.wrong) == 2
    assert score.items - score.taken == 3 and score.taken / score.items < _LEAST_TAKEN


def test_a_separator_row_gives_name_post_and_birth_of_the_official() -> None:
    rows = [_KIN, ["1. Чиж Пётр Ильич, 01.02.1970 г.р., директор"], ["жена", "Чиж Анна Львовна", "12.03.1980"]]
    given = read(xlsx_bytes(rows, ((1, 0, 1, 2),)))
    official, kin = given.one("official"), given.one("relative")
    assert (official["name"], official["birth_date"], official["position"]) == ("Чиж Пётр Ильич", dt.date(1970, 2, 1), "директор")
    assert (kin["official_name"], kin["official_row"], kin["locator"]) == ("Чиж Пётр Ильич", "Лист1!R2", "Лист1!R3")
    assert not given.rejects


@pytest.mark.parametrize(
    "between",
    [
        [["Отдел кадров"]],
        [[]],
        [["Сом Лев Ильич и Сом Пётр Ильич, мастера"]],
        [["Итого: 1"]],
        [["Сом Лев Ильич (муж Чиж Анны Львовны)"]],
        [[None, "Сом Лев Ильич", "01.02.1990"]],
    ],
)
def test_what_stands_between_ends_what_an_official_has(between: list[list[str | None]]) -> None:
    wife, son = ["жена", "Чиж Анна Львовна", "12.03.1980"], ["сын", "Сом Лев Львович", "12.03.2010"]
    given = read(xlsx_bytes([_KIN, ["Чиж Пётр Ильич, директор"], wife, *between, son]))
    assert [row["name"] for row in given.records["relative"]] == ["Чиж Анна Львовна"]
    assert [row["name"] for row in given.records["official"]] == ["Чиж Пётр Ильич"]
    assert "no_official" in [reject.reason for reject in given.rejects if reject.row == 5]


def test_a_name_above_the_headings_is_an_official_only_where_the_sheet_says_so() -> None:
    wife = ["жена", "Чиж Анна Львовна", "12.03.1980"]
    approved = read(xlsx_bytes([["Глава района"], ["Сом Лев Ильич"], _KIN, wife]))
    assert not approved.records and approved.reasons() == ["nearly_a_table"]
    said = read(xlsx_bytes([["Глава района"], ["Работник: Сом Лев Ильич"], _KIN, wife]))
    assert said.one("relative")["official_name"] == "Сом Лев Ильич"


def test_kin_of_a_joint_heading_may_be_of_either_side_where_the_cell_does_not_say() -> None:
    given = csv_of(
        "ФИО служащего;Супруг(а);Родители, родители супруга",
        "Чиж Пётр Ильич;нет;Чиж Илья Львович, Сом Олег Ильич",
        "Щур Лев Ильич;нет;отец Щур Илья Львович, отец Сом Ян Ильич, мать жены Сом Ия Кимовна",
    )
    kin = [(row["name"], row["chains"]) for row in given.records["relative"] if row["fact"] == "person"]
    assert kin == [
        ("Чиж Илья Львович", "parent|spouse.parent"),
        ("Сом Олег Ильич", "parent|spouse.parent"),
        ("Щур Илья Львович", "parent|spouse.parent"),
        ("Сом Ян Ильич", "parent|spouse.parent"),
        ("Сом Ия Кимовна", "spouse.parent"),
    ]


def test_that_there_are_no_kin_at_all_is_kept_and_counts_for_no_group() -> None:
    given = csv_of("ФИО работника;Степень родства;ФИО родственника", "Чиж Пётр Ильич;родственников нет;", "Сом Лев Ильич;нет;нет")
    kin = [(row["official_name"], row["fact"], row["chains"], row["relationship"]) for row in given.records["relative"]]
    assert kin == [("Чиж Пётр Ильич", "none", "", "родственников нет"), ("Сом Лев Ильич", "none", "", "нет")]
    assert given.reasons() == ["kin_nobody_whose"] * 2 and all(reject.row_taken for reject in given.rejects)


def test_blocks_side_by_side_have_places_of_their_own() -> None:
    headings = ["ФИО служащего", "Степень родства", "ФИО родственника"]
    rows = [[*headings, *headings], ["Чиж Пётр Ильич", "сын", "Чиж Ян Петрович", "Сом Лев Ильич", "дочь", "Сом Ия Львовна"]]
    given = read(xlsx_bytes(rows))
    assert [(row["locator"], row["official_row"]) for row in given.records["relative"]] == [
        ("Лист1!R2", "Лист1!R2"),
        ("Лист1!R2[2]", "Лист1!R2[2]"),
    ]


def test_an_official_is_known_though_his_kin_are_refused() -> None:
    given = csv_of("ФИО работника;Степень родства;ФИО родственника", "Чиж Пётр Ильич;кум;Сом Лев Ильич")
    assert [row["name"] for row in given.records["official"]] == ["Чиж Пётр Ильич"]
    assert given.reasons() == ["unknown_relationship"]
