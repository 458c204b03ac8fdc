"""Sheets of kin that mislead a hasty reader: two officials of one name, merged cells, loose headings, mixed layouts."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from kin_layouts import _cells as cells_of
from kin_layouts import world
from table_files import ORGANISATION, SUPPLIER, Given, csv_of, read, xlsx_bytes
from worlds import loaded, screened, table

from affil.store.outline import stored_rejects
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("small_worlds")

ONCE = ["№ п/п", "ФИО сотрудника", "Степень родства", "ФИО родственника"]


def kin(given: Given) -> list[tuple[str | None, str, str | None]]:
    return [(row["official_name_key"], row["chains"], row["name_key"]) for row in given.records.get("relative", [])]


def test_nothing_is_filled_across_a_blank_row_a_department_or_another_number() -> None:
    rows: list[list[Any]] = [
        ONCE,
        ["1", "Юшков Пётр Ильич", "жена", "Юшкова Анна Львовна"],
        [None, None, "сын", "Юшков Олег Петрович"],
        [],
        [None, None, "дочь", "Юшкова Ия Петровна"],
        ["2", "Сомов Лев Ильич", "сын", "Сомов Олег Львович"],
        ["Отдел закупок"],
        [None, None, "дочь", "Сомова Ия Львовна"],
        ["3", "Перов Лев Ильич", "сын", "Перов Олег Львович"],
        ["4", None, "сын", "Котов Олег Львович"],
        [None, None, "дочь", "Котова Ия Львовна"],
    ]
    given = read(xlsx_bytes(rows))
    assert [(one.reason, one.row) for one in given.rejects] == [
        ("no_official", 5),
        ("no_official", 8),
        ("no_official", 10),
        ("no_official", 11),
    ]
    assert [row[2] for row in kin(given)] == [
        "ЮШКОВА АННА ЛЬВОВНА",
        "ЮШКОВ ОЛЕГ ПЕТРОВИЧ",
        "СОМОВ ОЛЕГ ЛЬВОВИЧ",
        "ПЕРОВ ОЛЕГ ЛЬВОВИЧ",
    ]
    assert "filled_down|Лист1: 1" in given.notes


def test_a_sheet_that_names_the_official_in_every_row_has_left_one_out() -> None:
    given = csv_of(
        "ФИО сотрудника;Степень родства;ФИО родственника",
        "Юшков Пётр Ильич;жена;Юшкова Анна Львовна",
        "Юшков Пётр Ильич;сын;Юшков Олег Петрович",
        ";сын;Сомов Олег Львович",
    )
    assert (len(kin(given)), given.reasons()) == (2, ["no_official"])


def test_a_cell_merged_over_two_officials_gives_the_second_nobody_elses_kin() -> None:
    rows: list[list[Any]] = [
        ONCE,
        ["1", "Юшков Пётр Ильич", "жена", "Юшкова Анна Львовна"],
        [None, None, "сын", "Юшков Олег Петрович"],
        ["2", None, "жена", "Сомова Анна Львовна"],
        [None, None, "сын", "Сомов Олег Львович"],
    ]
    given = read(xlsx_bytes(rows, merged=((1, 1, 4, 1),)))
    assert [row[2] for row in kin(given)] == ["ЮШКОВА АННА ЛЬВОВНА", "ЮШКОВ ОЛЕГ ПЕТРОВИЧ"]
    assert given.reasons() == ["no_official", "no_official"]


def test_a_number_of_another_official_below_a_merged_name() -> None:
    rows: list[list[Any]] = [
        ["Таб. №", "ФИО сотрудника", "Степень родства", "ФИО родственника"],
        ["7", "Юшков Пётр Ильич", "жена", "Юшкова Анна Львовна"],
        ["8", None, "жена", "Сомова Анна Львовна"],
    ]
    assert read(xlsx_bytes(rows, merged=((1, 1, 2, 1),))).reasons() == ["no_official"]


LOOSE = [
    ["№", "Фамилия И.О.", "Должность", "Кем приходится", "Фамилия И.О.", "Год рождения", "Где работает"],
    ["п/п", "ФИО депутата", "Округ", "Родство", "ФИО родственников", "Д/р", "Место работы/учёбы"],
    ["№№", "Депутат", "", "Кем доводится", "Родственник (ФИО)", "Дата (год) рождения", "Род занятий"],
    ["№ п/п", "Ф.И.О. работника", "Долж-ть", "Степень родства с работником", "Ф.И.О.", "Дата рожд", "Где и кем работает"],
    ["№ п/п", "ФАМИЛИЯ И.О. СОТРУДНИКА", "ДОЛЖНОСТЬ", "СТЕПЕНЬ РОДСТВА (СВОЙСТВА)", "РОДСТВЕННИК", "Д.Р.", "РАБОТАЕТ"],
]


@pytest.mark.parametrize("headings", LOOSE, ids=lambda row: row[1])
@pytest.mark.parametrize("once", [True, False], ids=["once", "every row"])
def test_lists_without_numbers_and_under_loose_headings(headings: list[str], once: bool) -> None:
    """Lists like those of 2019: no number, no ИНН, words as they come; at least 95 % of the rows are taken."""
    chance = random.Random(headings[1])
    rows: list[list[Any]] = [headings]
    expected = 0
    for number, official in enumerate(world(len(headings[1]), officials=12), 1):
        for index, one in enumerate(official.kin):
            own = [str(number), official.name, official.position] if index == 0 or not once else [None] * 3
            word, name, birth, work = cells_of(one)
            rows.append([*own, chance.choice([word, word.title(), word.upper(), f"{word} "]), name, birth, work])
            expected += 1
    given = read(xlsx_bytes(rows))
    assert len(given.records["relative"]) >= 0.95 * expected
    assert all(one.reason != "no_official" for one in given.rejects)


def test_rows_of_one_relative_and_cells_of_all_of_them_in_one_sheet() -> None:
    given = csv_of(
        "ФИО сотрудника;Степень родства;ФИО родственника",
        "Юшков Пётр Ильич;жена;Юшкова Анна Львовна",
        'Сомов Лев Ильич;;"жена – Сомова Ия Львовна, 1980 г.р.; сын Сомов Олег, 2005"',
        'Перов Лев Ильич;дети;"Перов Ян Львович, 2001\n2. Перова Ия Львовна, 2003"',
    )
    assert kin(given)[1:] == [
        ("СОМОВ ЛЕВ ИЛЬИЧ", "spouse", "СОМОВА ИЯ ЛЬВОВНА"),
        ("СОМОВ ЛЕВ ИЛЬИЧ", "child", "СОМОВ ОЛЕГ"),
        ("ПЕРОВ ЛЕВ ИЛЬИЧ", "child", "ПЕРОВ ЯН ЛЬВОВИЧ"),
        ("ПЕРОВ ЛЕВ ИЛЬИЧ", "child", "ПЕРОВА ИЯ ЛЬВОВНА"),
    ]
    assert [row["locator"] for row in given.records["relative"]][1:3] == ["R3/ФИО родственника[1]", "R3/ФИО родственника[2]"]
    assert given.taken == {"relatives": 5}


@pytest.mark.parametrize("heading", ["Супруг(а)", "Супрга", "Радители супруга", "Братья, сестры супрги", "Дети", "Ребенок №1"])
def test_a_heading_of_kin_with_a_typing_error(heading: str) -> None:
    given = csv_of(f"ФИО;Должность;{heading}", "Юшков Пётр Ильич;врач;Юшкова Анна Львовна")
    assert [row[2] for row in kin(given)] == ["ЮШКОВА АННА ЛЬВОВНА"]


def test_a_column_right_of_a_group_is_neither_the_officials_nor_his_kins() -> None:
    given = csv_of("ФИО;Дети;Дата рождения;Отдел", "Юшков Пётр Ильич;Юшков Олег Петрович;12.03.2005;закупок")
    assert given.one("official")["birth_date"] is None and given.one("relative")["birth_date"] is None
    assert given.one("official")["department"] == "закупок"
    assert given.notes == ["columns_not_loaded|Дата рождения"]


def test_lines_of_two_columns_are_paired_or_told() -> None:
    heads = "ФИО;Должность;ФИО детей;Даты рождения детей"
    given = csv_of(heads, 'Юшков Пётр Ильич;врач;"Юшков Олег\nЮшкова Ия";"12.03.2005\n2010"')
    assert [row["birth_year"] for row in given.records["relative"]] == [2005, 2010]
    given = csv_of(heads, 'Юшков Пётр Ильич;врач;"Юшков Олег\nЮшкова Ия";12.03.2005')
    assert [row["birth_year"] for row in given.records["relative"]] == [None, None]
    assert [(one.reason, one.row_taken) for one in given.rejects] == [("kin_lines_differ", True)]


def test_five_children_in_columns_of_their_own() -> None:
    heads = ";".join(f"Ребёнок {n} ФИО;Ребёнок {n} дата рождения" for n in range(1, 6))
    names = ";".join(f"Юшков {name} Петрович;0{n}.03.200{n}" for n, name in enumerate(["Олег", "Лев", "Ян", "Пётр", "Илья"], 1))
    given = csv_of(f"ФИО;Должность;{heads}", f"Юшков Пётр Ильич;врач;{names}")
    assert [(row["given"], row["birth_year"]) for row in given.records["relative"]] == [
        ("ОЛЕГ", 2001), ("ЛЕВ", 2002), ("ЯН", 2003), ("ПЕТР", 2004), ("ИЛЬЯ", 2005),
    ]  # fmt: skip


def test_an_empty_cell_is_unknown_and_a_no_declares_nobody() -> None:
    given = csv_of("ФИО;Должность;Супруг(а);Дети;Родители", "Юшков Пётр Ильич;врач;;нет;нет данных")
    assert [(row["chains"], row["fact"]) for row in given.records["relative"]] == [("child", "none")]


def test_what_is_not_understood_is_told_with_its_text_and_the_rest_is_taken() -> None:
    given = csv_of(
        "ФИО;Должность;Родственники", 'Юшков Пётр Ильич;врач;"жена – Юшкова Анна Львовна; кум – Сомов Лев Ильич, ООО Роза"'
    )
    (reject,) = given.rejects
    assert (reject.reason, reject.row, reject.column, reject.row_taken) == ("kin_not_understood", 2, "Родственники", True)
    assert reject.value == "кум – Сомов Лев Ильич, ООО Роза"
    assert [row[2] for row in kin(given)] == ["ЮШКОВА АННА ЛЬВОВНА"]


@pytest.mark.parametrize("name", ["Отдел закупок", "Финансовое управление"])
def test_the_name_of_a_sheet_is_the_department(name: str) -> None:
    given = read(xlsx_bytes([["ФИО", "Должность"], ["Юшков Пётр Ильич", "врач"]], sheet=name))
    assert (given.one("official")["department"], given.notes) == (name, [f"from_sheet_name|{name}"])


def test_totals_and_numbers_of_columns_are_counted() -> None:
    given = csv_of("№ п/п;ФИО;Должность", "1;2;3", "1;Юшков Пётр Ильич;врач", "Всего: 1;;")
    assert (given.taken, given.notes) == ({"officials": 1}, ["rows_skipped|2"])


def two_of_one_name(root: Path, rows: list[dict[str, Any]]) -> tuple[list[tuple[str, str]], list[str]]:
    """(position of the official, name of his relative) as linked, and reasons of rejects."""
    table(root / "inbox" / "kin.csv", rows)
    store = Store.open(None)
    loaded(store, root)
    found = store.sql(
        """SELECT o.position, r.name FROM relative_in_force r JOIN official_in_force o USING (official_key) ORDER BY ALL"""
    )
    return found.fetchall(), [one.reason for one in stored_rejects(store)]


def test_two_officials_of_one_name_whom_nothing_tells_apart_get_no_kin(tmp_path: Path) -> None:
    rows = [
        {"ФИО": "Юшков Пётр Ильич", "Должность": post, "Супруг(а)": wife}
        for post, wife in (("врач", "Юшкова Анна Львовна"), ("сторож", "Юшкова Ия Львовна"))
    ]
    assert two_of_one_name(tmp_path, rows) == ([], ["official_ambiguous", "official_ambiguous"])


@pytest.mark.parametrize("column", ["Таб. №", "Дата рождения"])
def test_two_officials_of_one_name_whom_a_column_tells_apart_keep_their_own(column: str, tmp_path: Path) -> None:
    values = {"Таб. №": ("1", "2"), "Дата рождения": ("01.02.1970", "03.04.1980")}[column]
    rows = [
        {column: value, "ФИО": "Юшков Пётр Ильич", "Должность": post, "Супруг(а)": wife}
        for value, post, wife in ((values[0], "врач", "Юшкова Анна Львовна"), (values[1], "сторож", "Юшкова Ия Львовна"))
    ]
    assert two_of_one_name(tmp_path, rows) == ([("врач", "Юшкова Анна Львовна"), ("сторож", "Юшкова Ия Львовна")], [])


def test_a_list_of_officials_wins_over_a_sheet_of_kin_and_has_its_kin(tmp_path: Path) -> None:
    table(
        tmp_path / "inbox" / "list.csv",
        [{"employee_id": "7", "name": "Юшков Пётр Ильич", "employer_inn": ORGANISATION, "procurement_role": "член комиссии"}],
    )
    found = two_of_one_name(
        tmp_path, [{"ФИО": "Юшков П.И.", "Должность": "врач", "Дата рождения": "1970", "Супруг(а)": "Юшкова Анна Львовна"}]
    )
    assert found == ([("врач", "Юшкова Анна Львовна")], []), "the list stands, what it leaves blank is filled from the sheet"


def test_a_sheet_of_kin_alone_leads_to_a_finding(tmp_path: Path) -> None:
    """Institution by the name of the sheet, kin in one cell, commas in the name of a place of work."""
    kin = 'жена – Юшкова Анна Львовна, 1980 г.р., бухгалтер ООО "Ромашка, лютик и Ко"; сын Юшков Ян, 2005'
    rows = [["ФИО", "Должность", "Роль в закупках", "Близкие родственники"],
            ["Юшков Пётр Ильич", "директор", "член комиссии", kin]]  # fmt: skip
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "kin.xlsx").write_bytes(xlsx_bytes(rows, sheet="Школа 9"))
    table(tmp_path / "inbox" / "o.csv", [{"ИНН": ORGANISATION, "Наименование": "Школа № 9", "ИНН учредителя": SUPPLIER}])
    contract = {
        "contract_number": "1",
        "signed_on": "01.02.2025",
        "customer_inn": ORGANISATION,
        "supplier": "ООО «Ромашка, Лютик и Ко»",
        "supplier_inn": SUPPLIER,
        "price": "1000",
    }
    table(tmp_path / "inbox" / "c.csv", [contract])
    store = Store.open(None)
    loaded(store, tmp_path)
    (finding,) = [one for one in screened(store).findings if one.rule == "kin-employed-by-supplier"]
    sources = [(step.source.file, step.source.locator) for step in finding.path.steps]
    assert ("inbox/kin.xlsx", "Школа 9!R2/Близкие родственники[1]") in sources
