"""Headings as people lay them out."""

from __future__ import annotations

from typing import Any

import pytest
from real_samples import SAMPLES

from affil.ingest.tables.sheet.headings import Header, find_header
from affil.ingest.vocabulary.vocabulary import plain, vocabulary


def header_of(*rows: list[Any]) -> Header:
    header = find_header(rows)
    assert header is not None
    return header


@pytest.mark.parametrize("name", sorted(vocabulary().tables))
def test_machine_names_are_headings(name: str) -> None:
    table = vocabulary().tables[name]
    fields = [field for field, spec in table.fields.items() if spec.part_of is None]
    header = header_of(list(fields))
    assert header.table.name == name
    assert header.columns == {field: (column,) for column, field in enumerate(fields)}


@pytest.mark.parametrize("name", sorted(vocabulary().tables))
def test_usual_headings_in_any_order_case_and_spacing(name: str) -> None:
    table = vocabulary().tables[name]
    fields = [field for field, spec in table.fields.items() if spec.part_of is None]
    written = [table.fields[field].heading.upper().replace(" ", " \n ") for field in reversed(fields)]
    header = header_of(written)
    assert header.table.name == name
    assert set(header.columns) == set(fields)


def test_no_heading_means_two_fields_of_a_table_by_accident() -> None:
    for table in vocabulary().tables.values():
        shared = {heading for one in table.shared for heading in one.headings}
        assert not shared & table.headings.keys()
        assert not table.not_needed & table.headings.keys()


def test_any_number_of_title_rows_and_a_row_number_column() -> None:
    titles: list[list[Any]] = [["Приложение № 1"], [], ["к приказу от 01.02.2025"]] * 20
    header = header_of(*titles, ["№ п/п", "Таб. №", "Ф.И.О.", "Должность"], [1.0, "7", "Юшков Пётр Ильич", "врач"])
    assert (header.table.name, header.first_row, header.number_column) == ("officials", 60, 0)


def test_two_storeys_with_merged_parents() -> None:
    header = header_of(
        ["Анкеты"],
        ["№", "Служащий", None, "Степень родства", "Родственник", None, None],
        [None, "Таб. №", "ФИО", None, "ФИО", "Дата рождения", "ИНН"],
    )
    assert header.last_row == 2
    assert {field: columns[0] for field, columns in header.columns.items()} == {
        "employee_id": 1, "official_name": 2, "relationship": 3, "name": 4, "birth_date": 5, "inn": 6,
    }  # fmt: skip


def test_two_storeys_where_the_child_alone_says_nothing() -> None:
    header = header_of(
        ["Заказчик", None, "Поставщик", None, "Контракт", None], ["наименование", "ИНН", "наименование", "ИНН", "номер", "дата"]
    )
    assert {field: columns[0] for field, columns in header.columns.items()} == {
        "customer": 0, "customer_inn": 1, "supplier": 2, "supplier_inn": 3, "own_number": 4, "signed_on": 5,
    }  # fmt: skip


def test_a_title_above_one_storey_stays_a_title() -> None:
    header = header_of(["Заказчик: МБОУ «Школа»"], ["Поставщик", "ИНН", "Дата договора"])
    assert (header.first_row, header.last_row) == (1, 1)


def test_two_bare_names_are_the_official_and_the_relative() -> None:
    header = header_of(["ФИО", "Степень родства", "ФИО", "Дата рождения"])
    assert header.columns["official_name"] == (0,)
    assert header.columns["name"] == (2,)


def test_one_bare_name_beside_a_number_is_the_relative() -> None:
    assert header_of(["Таб. №", "Степень родства", "ФИО"]).columns["name"] == (2,)


def test_a_repeated_heading_of_relatives_is_his_who_stands_after_the_kinship() -> None:
    header = header_of(["ФИО сотрудника", "Дата рождения", "Степень родства", "ФИО родственника", "Дата рождения"])
    assert header.columns["birth_date"] == (4,)
    assert header.not_loaded == ("Дата рождения",)


@pytest.mark.parametrize(
    "written", ["Должнасть", "Табельный нoмер".replace("o", "о") + "р", "Дата рожденя", "Дата  рождения:", "ДАТА РОЖДЕНИЯ*"]
)
def test_small_misspellings(written: str) -> None:
    assert len(header_of(["ФИО", "ИНН", written]).columns) == 3


def test_columns_nothing_needs_are_named_and_not_taken() -> None:
    header = header_of(["ФИО", "Табельный №", "Паспорт", "Судимость", "Группа здоровья"])
    assert header.not_loaded == ("Паспорт", "Судимость", "Группа здоровья")


def test_the_headings_of_the_procurement_site_are_contracts() -> None:
    sample = SAMPLES / "eis44" / "contract_search_export_HEADER.txt"
    if not sample.is_file():
        pytest.skip("no samples here")
    headings = sample.read_text(encoding="utf-8").splitlines()
    header = header_of(list(headings))
    known = vocabulary().tables["contracts"]
    assert header.table.name == "contracts"
    assert len(headings) == 29
    assert all(plain(one) in known.headings or plain(one) in known.not_needed for one in headings)
    assert header.written[header.columns["price"][0]] == "Цена контракта"


@pytest.mark.parametrize("rows", [[], [[]], [["Список литературы"], ["Автор", "Год"]], [[1, 2, 3]], [["ФИО"], ["Юшков"]]])
def test_what_is_no_table_has_no_header(rows: list[list[Any]]) -> None:
    assert find_header(rows) is None
