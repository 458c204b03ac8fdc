"""`affil load --explain`: who looked, what each saw, what columns were taken for; the store is not touched."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from worlds import table

from affil.ingest.readers import readers
from affil.store.remove import tables_of_sources
from affil.store.store import Store
from affil.words import LANGUAGES, Words

pytestmark = pytest.mark.usefixtures("small_worlds")


@pytest.fixture
def space(tmp_path: Path, affil: Callable[..., Any]) -> Path:
    affil("init", str(tmp_path / "w"))
    return tmp_path / "w"


def explained(affil: Callable[..., Any], space: Path, *paths: Path) -> list[dict[str, Any]]:
    said = affil("load", "--explain", "--json", "-w", str(space), *map(str, paths))
    assert said.code == 0
    assert not (space / "affil.duckdb").exists(), "nothing is loaded"
    files: list[dict[str, Any]] = json.loads(said.out)["files"]
    return files


def book(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    with xlsxwriter.Workbook(path) as target:
        for name, rows in sheets.items():
            page = target.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path


KIN = ["№ п/п", "Таб. №", "Степень родства", "ФИО родственника", "ФИО родственника", "Паспорт", "Хобби", "Прочее"]


def test_every_column_is_told_with_what_it_was_taken_for(space: Path, affil: Callable[..., Any]) -> None:
    path = book(space / "inbox" / "k.xlsx", {
        "Родня": [KIN, ["1", "12", "брат", "Громов Олег Ильич", "", "1", "шахматы", ""], ["2", "", "брат", "Громов Олег Ильич"]],
        "Заметки": [["что-то"]],
    })  # fmt: skip
    (one,) = explained(affil, space, path)
    assert [(look["reader"], look["mine"]) for look in one["looks"]][-1] == ("table", True)
    assert not any(look["mine"] for look in one["looks"][:-1])
    columns = {(number, column["heading"]): column for number, column in enumerate(one["columns"])}
    assert {key: (column["field"], column["read"], column["filled"]) for key, column in columns.items()} == {
        (0, "№ п/п"): ("-", False, True), (1, "Таб. №"): ("employee_id", True, True),
        (2, "Степень родства"): ("relationship", True, True), (3, "ФИО родственника"): ("name", True, True),
        (4, "ФИО родственника"): ("name", False, False), (5, "Паспорт"): ("-", False, True),
        (6, "Хобби"): (None, False, True), (7, "Прочее"): (None, False, False),
    }  # fmt: skip
    assert (one["taken"], one["rejected"]) == ({"relatives": 1}, 1)
    text = affil("load", "--explain", str(path), "-w", str(space)).out
    assert "«Хобби» — неизвестен" in text and "«Паспорт» — не нужен" in text and "такой столбец уже есть" in text
    assert "Ничего не загружено" in text and "Заметки" in text


def test_a_sheet_that_is_no_table_is_told_with_the_nearest_one(space: Path, affil: Callable[..., Any]) -> None:
    path = book(
        space / "inbox" / "k.xlsx", {"Родня": [["Таб. №", "Кто кому", "ФИО родственника"], ["12", "брат", "Громов Олег Ильич"]]}
    )
    (one,) = explained(affil, space, path)
    assert one["nearly"] == [{"sheet": "Родня", "table": "relatives", "missing": [["relationship"]]}]
    assert [reject["reason"] for reject in one["rejects"]] == ["nearly_a_table"]
    assert (
        "ближе всего «Родственники», не хватает: столбца «Степень родства (свойства)»"
        in affil("load", "--explain", str(path), "-w", str(space)).out
    )


def test_files_of_an_archive_and_files_nobody_takes(space: Path, affil: Callable[..., Any], tmp_path: Path) -> None:
    inner = table(tmp_path / "o.csv", [{"employee_id": "12", "name": "Громов Пётр Ильич", "employer_inn": "4200000012"}])
    with zipfile.ZipFile(space / "inbox" / "a.zip", "w") as target:
        target.write(inner, "o.csv")
        target.writestr("prose.txt", "Ничего похожего на таблицу, совсем.")
        target.writestr("e.xml", "<EGRUL></EGRUL>")
    (space / "inbox" / "empty.csv").write_bytes(b"")
    (space / "inbox" / "cut.zip").write_bytes((space / "inbox" / "a.zip").read_bytes()[:100])
    found = {one["file"]: one for one in explained(affil, space)}
    assert {name: one["kind"] for name, one in found.items()} == {
        "inbox/a.zip!o.csv": "table", "inbox/a.zip!prose.txt": None, "inbox/a.zip!e.xml": "egrul", "inbox/empty.csv": None,
        "inbox/cut.zip": "archive",
    }  # fmt: skip
    assert found["inbox/a.zip!o.csv"]["taken"] == {"officials": 1}
    assert [one["reason"] for one in found["inbox/empty.csv"]["rejects"]] == ["empty_file"]
    assert [one["reason"] for one in found["inbox/cut.zip"]["rejects"]] == ["archive_broken"]


def test_explain_and_map_do_not_go_together(space: Path, affil: Callable[..., Any]) -> None:
    assert affil("load", "--explain", "--map", "-w", str(space)).code == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_file_has_a_name(lang: str) -> None:
    assert {reader.kind for reader in readers()} <= Words(lang).raw("load.kind").keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_of_records_has_a_name(lang: str) -> None:
    with Store.open(None) as store:
        tables = set(tables_of_sources(store)) - {"source", "reject", "heading"}
    assert tables <= Words(lang).raw("load.table").keys()


def test_columns_of_the_official_in_a_list_of_kin_are_told_as_his(space: Path, affil: Callable[..., Any]) -> None:
    head = ["ФИО служащего, дата рождения, должность", "Степень родства", "ФИО родственника"]
    path = book(
        space / "inbox" / "l.xlsx", {"Лист": [head, ["Громов Олег Ильич, 12.03.1970, директор", "сын", "Громов Ян Олегович"]]}
    )
    (one,) = explained(affil, space, path)
    told = {(column["table"], column["field"]) for column in one["columns"] if column["read"]}
    assert {("officials", "birth_date"), ("officials", "position"), ("relatives", "official_name"), ("relatives", "name")} <= told
