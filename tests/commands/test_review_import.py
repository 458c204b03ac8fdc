"""What people filled in in findings.xlsx comes back by row key, whatever Excel did to the rest; what it spoiled is told."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_world import BY, Book, affil, cases, newest_book

CASES, NAMES, COURSE = "Возможные связи", "Совпадения только ФИО", "Ход рассмотрения"
FIRM, KIN = "ООО «Вереск»", "ИП Юшков Яков Ильич"
ON = dt.datetime(2026, 3, 2)
WHO = {"Кто рассмотрел": BY, "Дата рассмотрения": ON, "Причина, пояснение": "справка ЗАГС"}
ENTERED = {"Кто внёс": BY, "Дата события": ON}

pytestmark = pytest.mark.usefixtures("small_worlds", "commands_built_once", "forms_written_once", "review_rules")


def sheet_of(book: Book, name: str) -> str:
    """The sheet the rows of this supplier stand on."""
    return next(one for one in (CASES, NAMES) if any(book.rows(one, **{"Контрагент (участник закупки)": name})))


def filled(first: Path) -> Book:
    """Decisions on every row of the firm, one on the brother, and three events."""
    book = Book(newest_book(first))
    sheet = sheet_of(book, FIRM)
    for row in book.rows(sheet, **{"Контрагент (участник закупки)": FIRM}):
        book.put(sheet, row, {"Тождество лица (решение)": "не установлено", "Связь (решение)": "не подтвердилась", **WHO})
    [row] = book.rows(CASES, **{"Контрагент (участник закупки)": KIN})
    book.put(CASES, row, {"Связь (решение)": "подтвердилась документом", **WHO})
    [row] = book.rows(COURSE, **{"Контрагент или другая сторона": KIN, "Событие": None})
    event = {"Событие": "комиссия", "Итог события": "конфликт не усмотрен", "№ документа": "4", **ENTERED}
    book.put(COURSE, row, event)
    return book


def copied(book: Book, sheet: str, row: int, told: dict[str, Any]) -> int:
    """A copy of a row below the last, with other cells, as the note of the sheet says to make one."""
    page = book.sheet(sheet)
    last = page.max_row + 1
    for column in range(1, page.max_column + 1):
        page.cell(last, column).value = page.cell(row, column).value
        page.cell(last, column).number_format = page.cell(row, column).number_format
    book.put(sheet, last, told)
    return last


def would(first: Path, file: Path) -> Any:
    said = affil("review", "-w", str(first), "--import", str(file), "--dry-run", "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)["would_add"]


EXPECTED = [
    ("commission", "no_conflict", 0), ("identity", "unsure", 0), ("tie", "established", 1), ("tie", "not_established", 0),
]  # fmt: skip
"""Kind, outcome, number of purchases it is on: one decision on all purchases of a case is on the case."""


def test_a_filled_workbook_is_taken_once_and_what_is_printed_then_adds_nothing(first: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(first, tmp_path / "place"))
    file = filled(first).saved(tmp_path / "книга.xlsx")
    shown = would(place, file)
    assert sorted((one["event"], one["outcome"], len(one["purchases"]) and 1) for one in shown) == [
        (kind, outcome, 0 if (kind, outcome) == ("tie", "established") else number) for kind, outcome, number in EXPECTED
    ]
    assert not any(case["events"] for case in cases(place).values())
    added = json.loads(affil("review", "-w", str(place), "--import", str(file), "--json").out)["added"]
    assert sorted((one["event"], one["outcome"]) for one in added) == [(kind, outcome) for kind, outcome, _ in EXPECTED]
    assert {one["by"] for one in added} == {BY} and {one["on"] for one in added} == {"2026-03-02"}
    assert would(place, file) == []
    assert affil("screen", "-w", str(place)).code == 0
    printed = newest_book(place)
    assert would(place, printed) == [] and would(place, Book(printed).saved(tmp_path / "снова.xlsx")) == []
    rows = list(Book(printed).rows(COURSE, Событие="комиссия", Итог_события="конфликт не усмотрен"))
    assert len(rows) == 1
    again = Book(printed)
    again.put(COURSE, rows[0], {"Причина, пояснение": "переписано"})
    said = affil("review", "-w", str(place), "--import", str(again.saved(tmp_path / "x.xlsx")))
    assert said.code == 1 and "записанное не меняют" in said.err


@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
def test_order_of_rows_columns_and_sheets_hidden_ones_and_names_play_no_part(first: Path, random: Any) -> None:
    file = first.parent / "tossed.xlsx"
    book = _FILLED.setdefault(str(first), filled(first))
    tossed = openpyxl.Workbook()
    tossed.remove(tossed.active)
    pages = [name for name in book.book.sheetnames if name in (CASES, NAMES, COURSE)]
    random.shuffle(pages)
    for number, name in enumerate(pages):
        page, rows = tossed.create_sheet(f"Лист{number}"), list(book.sheet(name).iter_rows())
        columns = list(range(len(rows[0])))
        random.shuffle(columns)
        body = rows[1:]
        random.shuffle(body)
        for row in (rows[0], *body):
            page.append([row[column].value for column in columns])
        page.column_dimensions["C"].hidden = page.row_dimensions[2].hidden = True
        page.auto_filter.ref = "A1:D4"
    tossed.save(file)
    assert would(first, file) == _EXPECTED.setdefault(str(first), would(first, book.saved(first.parent / "kept.xlsx")))


_FILLED: dict[str, Book] = {}
_EXPECTED: dict[str, Any] = {}

SPOILED = {
    "ключа": (CASES, {"Ключ строки": "K-0123456789ab"}, "ключа K-0123456789ab в текущих данных нет"),
    "вид ключа": (CASES, {"Ключ строки": 123.0}, "123"),
    "нет ключа": (CASES, {"Ключ строки": None}, "«Ключ строки» пуст"),
    "код связи": (CASES, {"Код связи": "T-0123456789ab"}, "не от этого ключа"),
    "дата числом": (CASES, {"Дата рассмотрения": 46083}, "46083 вместо даты (как дата Excel это 02.03.2026)"),
    "дата словами": (CASES, {"Дата рассмотрения": "второго марта"}, "не понята"),
    "нет даты": (CASES, {"Дата рассмотрения": None}, "«Дата рассмотрения» пусто"),
    "будущее": (CASES, {"Дата рассмотрения": dt.datetime(2099, 1, 1)}, "ещё не наступил"),
    "список": (CASES, {"Связь (решение)": "вроде бы да"}, "«вроде бы да» нет в списке"),
    "формула": (CASES, {"Кто рассмотрел": '=A1&"а"'}, "формула"),
    "ошибка": (CASES, {"Причина, пояснение": "#ССЫЛКА!"}, "ошибка Excel"),
    "нет автора": (CASES, {"Кто рассмотрел": None}, "кто внёс"),
    "нет причины": (CASES, {"Связь (решение)": "не подтвердилась", "Причина, пояснение": None}, "не указано: причина"),
    "номер датой": (COURSE, {"№ документа": dt.datetime(2026, 3, 12)}, "число или дату 12.03.2026"),
    "нет итога": (COURSE, {"Итог события": None}, "заполните «Итог события»"),
    "чужой итог": (COURSE, {"Итог события": "подано"}, "не относится к событию «комиссия»"),
    "событие": (COURSE, {"Событие": "разбор"}, "«разбор» нет в списке"),
    "запись": (COURSE, {"Запись журнала": "999"}, "записи журнала № 999 здесь нет"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILED)
def test_what_excel_spoiled_is_told_by_cell_and_nothing_is_taken(first: Path, name: str, tmp_path: Path) -> None:
    sheet, change, told = SPOILED[name]
    book = filled(first)
    side = "Контрагент (участник закупки)" if sheet == CASES else "Контрагент или другая сторона"
    wanted = {} if sheet == CASES else {"Событие": "комиссия"}
    [row] = book.rows(sheet, **{side: KIN}, **wanted)
    book.put(sheet, row, change)
    if name == "дата числом":  # else it is a date still: what a date is in a file is its format
        book.sheet(sheet).cell(row, book.column(sheet, "Дата рассмотрения")).number_format = "General"
    said = affil("review", "-w", str(first), "--import", str(book.saved(tmp_path / "x.xlsx")))
    cell = f"{openpyxl.utils.get_column_letter(book.column(sheet, next(iter(change))))}{row}"
    assert said.code == 1 and told in said.err and f"лист «{sheet}», ячейка" in said.err, said.err
    assert cell in said.err or name in ("будущее", "нет причины")
    assert not any(case["events"] for case in cases(first).values())


def test_rows_of_one_key_that_contradict_are_told_and_a_repeated_one_is_one(first: Path, tmp_path: Path) -> None:
    book = filled(first)
    [row] = book.rows(COURSE, **{"Контрагент или другая сторона": KIN, "Событие": "комиссия"})
    copied(book, COURSE, row, {})
    assert len(would(first, book.saved(tmp_path / "x.xlsx"))) == len(EXPECTED)
    for outcome in ("подтвердилась документом", "не подтвердилась"):
        told = {"Событие": "связь", "Итог события": None, "Связь (решение)": outcome, "Причина, пояснение": "сверка"}
        copied(book, COURSE, row, told | ENTERED)
    said = affil("review", "-w", str(first), "--import", str(book.saved(tmp_path / "y.xlsx")))
    assert said.code == 1 and "противоречит строке" in said.err and "«подтвердилась документом»" in said.err


def test_what_is_no_such_workbook_is_told(first: Path, tmp_path: Path) -> None:
    for name, content in (("a.xlsx", b"PK\x03\x04nothing"), ("b.txt", b"text")):
        (tmp_path / name).write_bytes(content)
        assert affil("review", "-w", str(first), "--import", str(tmp_path / name)).code == 1
    assert affil("review", "-w", str(first), "--import", str(tmp_path / "нет.xlsx")).code == 1
    empty = openpyxl.Workbook()
    empty.save(tmp_path / "c.xlsx")
    said = affil("review", "-w", str(first), "--import", str(tmp_path / "c.xlsx"))
    assert said.code == 1 and "нет листа" in said.err
