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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Главный специалист Чиж Пётр Ильич", ("Чиж Пётр Ильич", "Главный специалист")),
        ("И.о. директора Чиж Пётр Ильич", ("Чиж Пётр Ильич", "И.о. директора")),
        ("Чиж Пётр Ильич (директор)", ("Чиж Пётр Ильич", "директор")),
        ("Отдел Чижа Петра Ильича", None),
        ("Жена директора Чиж Анна Львовна", None),
        ("Иванов Чиж Пётр Ильич", None),
        ("Родственники Чиж Пётр Ильич", None),
        ("Исполнитель Чиж Пётр Ильич", None),
        ("Чиж П.И., директор", None),
    ],
)
def test_what_a_row_of_one_text_says_of_the_official(text: str, expected: tuple[str, str] | None) -> None:
    given = read(xlsx_bytes([_KIN, [text], ["сын", "Чиж Ян Петрович", "2001"]]))
    found = [(row["name"], row["position"]) for row in given.records.get("official", [])]
    assert found == ([expected] if expected else [])
    assert bool(given.records.get("relative")) == bool(expected) != bool(given.rejects)


def test_a_name_of_the_family_above_in_a_bare_row_may_be_forgotten_kin() -> None:
    rows = [
        _KIN,
        ["Чиж Пётр Ильич"],
        ["жена", "Чиж Анна Львовна", "1970"],
        ["Чиж Ян Петрович, студент"],
        ["мать", "Сом Ия Кимовна", "1940"],
    ]
    given = read(xlsx_bytes(rows))
    assert [row["name"] for row in given.records["relative"]] == ["Чиж Анна Львовна"]
    assert {reject.row for reject in given.rejects} == {4, 5}


def test_one_column_of_names_whose_second_person_may_be_forgotten_kin() -> None:
    head = ["ФИО", "Степень родства", "Дата рождения"]
    rows = [head, ["Чиж Пётр Ильич"], ["Чиж Анна Львовна", "жена"], ["Сом Ия Кимовна"], ["Чиж Ада Петровна", "дочь"]]
    given = read(xlsx_bytes(rows))
    assert [(row["official_name"], row["name"]) for row in given.records["relative"]] == [("Чиж Пётр Ильич", "Чиж Анна Львовна")]
    assert {reject.row for reject in given.rejects} == {4, 5}


def test_two_officials_in_one_cell_have_no_kin_of_their_own() -> None:
    rows = [
        "ФИО, должность работника;Степень родства;ФИО родственника",
        "Чиж Пётр Ильич, мастер, Сом Лев Ильич, мастер;жена;Чиж Анна Львовна",
    ]
    given = csv_of(*rows)
    assert not given.records and given.reasons() == ["several_officials"]


def test_a_card_of_one_who_has_nobody() -> None:
    rows = [["Служащий: Чиж Пётр Ильич"], _KIN, ["нет"], ["Служащий: Сом Лев Ильич"], _KIN, ["мать", "Сом Ия Кимовна", "1940"]]
    given = read(xlsx_bytes(rows))
    assert [(row["official_name"], row["fact"], row["name"]) for row in given.records["relative"]] == [
        ("Чиж Пётр Ильич", "none", "нет"),
        ("Сом Лев Ильич", "person", "Сом Ия Кимовна"),
    ]
    assert [row["department"] for row in given.records["official"]] == [None, None]


def test_two_groups_of_kin_to_the_right_of_one_official_are_his() -> None:
    headings = ["ФИО служащего", "Степень родства 1", "ФИО родственника 1", "Степень родства 2", "ФИО родственника 2"]
    given = csv_of(
        ";".join(headings), "Чиж Пётр Ильич;жена;Чиж Анна Львовна;сын;Чиж Ян Петрович", "Сом Лев Ильич;мать;Сом Ия Кимовна;;"
    )
    assert [(row["official_name"], row["official_row"], row["name"]) for row in given.records["relative"]] == [
        ("Чиж Пётр Ильич", "R2", "Чиж Анна Львовна"),
        ("Сом Лев Ильич", "R3", "Сом Ия Кимовна"),
        ("Чиж Пётр Ильич", "R2", "Чиж Ян Петрович"),
    ]
    assert [row["locator"] for row in given.records["official"]] == ["R2", "R3"] and not given.rejects


def test_a_cell_of_a_megabyte_and_a_stray_cell_far_right_do_no_harm() -> None:
    story = "Чиж Пётр Ильич, " * 60_000
    far = [None] * 3_000
    rows = [
        ["ФИО, дата рождения работника", *_KIN[:1], "Родственник, дата рождения"],
        [story, "сын", story[:900]],
        ["Чиж Пётр Ильич, 1970", "сын", "Чиж Ян Петрович, 2001", *far, "?"],
    ]
    text = "\r\n".join(";".join(f'"{cell or ""}"' for cell in row) for row in rows)
    given = read(text.encode())
    assert [(row["name"], row["birth_year"]) for row in given.records["relative"]] == [("Чиж Ян Петрович", 2001)]
    alone = read(
        xlsx_bytes(
            [
                _KIN,
                [story[:30_000]],
                ["сын", "Чиж Ян Петрович", "2001"],
                ["Чиж Пётр Ильич, мастер"],
                ["сын", "Чиж Ян Петрович", "2001"],
            ]
        )
    )
    assert [row["locator"] for row in alone.records["relative"]] == ["Лист1!R5"]


def test_a_separator_with_nothing_but_no_kin_below_is_an_official() -> None:
    head = ["№", "Родственник", "Степень родства"]
    rows = [head, ["Чиж Пётр Ильич, директор"], [1, "нет", None], ["Сом Лев Ильич, мастер"], [None, None, "нет"]]
    given = read(xlsx_bytes(rows))
    assert [row["name"] for row in given.records["official"]] == ["Чиж Пётр Ильич", "Сом Лев Ильич"]
    assert [(row["official_name"], row["fact"], row["chains"]) for row in given.records["relative"]] == [
        ("Чиж Пётр Ильич", "none", ""), ("Сом Лев Ильич", "none", ""),
    ]  # fmt: skip


def test_a_column_for_the_official_that_is_left_blank_does_not_hide_the_rows_that_name_him() -> None:
    head = ["№", "Ф.И.О., дата рождения, должность", "Родственник, дата рождения", "Степень родства"]
    rows = [head, ["Чиж Пётр Ильич, 12.03.1970, директор"], [1, None, "Чиж Анна Львовна 01.02.1972", "жена"]]
    given = read(xlsx_bytes(rows))
    official, kin = given.one("official"), given.one("relative")
    assert (official["name"], official["birth_date"], official["position"]) == (
        "Чиж Пётр Ильич",
        dt.date(1970, 3, 12),
        "директор",
    )
    assert (kin["name"], kin["birth_date"], kin["official_name"]) == ("Чиж Анна Львовна", dt.date(1972, 2, 1), "Чиж Пётр Ильич")
