"""Several tables on a sheet, repeated headings, and what a person who opens the workbook does not see."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from table_files import ORGANISATION, SUPPLIER, Given, csv_of, read, xlsx_bytes

from affil.ingest.formats.sheet_scan import scanned
from affil.ingest.formats.unseen import unseen_of
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError

HEADINGS = ["Контрагент", "Сумма", "Дата заключения"]
SEATS = ["ФИО", "Роль в комиссии", "ИНН заказчика"]
CONTRACT, SEAT = ["ООО «Вереск»", "5", "04.03.2025"], ["Юшков Пётр Ильич", "председатель", ORGANISATION]


def places(given: Given, table: str) -> list[str]:
    return [row["locator"] for row in given.records.get(table, [])]


@pytest.mark.parametrize("between", [[], [[]], [[], ["Состав комиссии"]], [["Итого", "5"], [], ["Состав комиссии:"], []]])
def test_one_table_below_the_other(between: list[list[Any]]) -> None:
    rows = [["Перечень"], HEADINGS, CONTRACT, CONTRACT, *between, SEATS, SEAT]
    given = read(xlsx_bytes(rows))
    assert given.rejects == []
    assert places(given, "contract") == ["Лист1!R3", "Лист1!R4"]
    assert places(given, "commission_seat") == [f"Лист1!R{len(rows)}"]
    assert given.taken == {"contracts": 2, "commission_members": 1}


def test_two_tables_of_one_kind_with_other_headings_and_the_title_of_the_sheet() -> None:
    other = ["Номер договора", "Дата договора", "Поставщик"]
    rows = [
        [f"Заказчик: МБОУ СОШ № 9, ИНН {ORGANISATION}"],
        HEADINGS,
        CONTRACT,
        [],
        ["Договоры с населением"],
        other,
        ["7", "05.03.2025", "Юшков И. И."],
    ]
    for given in (read(xlsx_bytes(rows)), csv_of(*(";".join(row) for row in rows))):
        assert [(row["supplier"], row["customer_inn"], row["contract_number"]) for row in given.records["contract"]] == [
            ("ООО «Вереск»", ORGANISATION, None), ("Юшков И. И.", ORGANISATION, "7"),
        ]  # fmt: skip


def test_a_title_of_its_own_goes_before_that_of_the_sheet() -> None:
    other = ["Поставщик", "Дата договора", "Номер договора"]
    rows = [["Заказчик: МБОУ СОШ № 9"], HEADINGS, CONTRACT, [], ["Заказчик: МКУ «УКС»"], other, ["ООО А", "05.03.2025", "7"]]
    assert [row["customer"] for row in read(xlsx_bytes(rows)).records["contract"]] == ["МБОУ СОШ № 9", "МКУ «УКС»"]


def test_tables_side_by_side() -> None:
    rows = [["Перечень"], [*HEADINGS, None, *SEATS], [*CONTRACT, None, *SEAT], [*CONTRACT]]
    given = read(xlsx_bytes(rows))
    assert (places(given, "contract"), places(given, "commission_seat")) == (["Лист1!R3", "Лист1!R4"], ["Лист1!R3"])
    twice = read(xlsx_bytes([[*HEADINGS, None, *HEADINGS], [*CONTRACT, None, "ООО А", "7", "05.03.2025"]]))
    assert sorted(row["supplier"] for row in twice.records["contract"]) == ["ООО «Вереск»", "ООО А"]


def test_an_empty_column_within_one_table_parts_nothing() -> None:
    rows = [["Контрагент", None, "Сумма", None, "Дата заключения"], ["ООО А", None, "5", None, "04.03.2025"]]
    given = read(xlsx_bytes(rows))
    assert (given.one("contract")["supplier"], str(given.one("contract")["price"])) == ("ООО А", "5.00")


@pytest.mark.parametrize("again", [[HEADINGS], [["Контрагент", "Сумма", None]], [HEADINGS, ["1", "2", "3"]]])
def test_headings_said_again_on_every_page_are_no_rows(again: list[list[Any]]) -> None:
    given = read(xlsx_bytes([HEADINGS, CONTRACT, *again, CONTRACT, *again, CONTRACT]))
    assert (len(given.records["contract"]), given.rejects, given.taken) == (3, [], {"contracts": 3})


def test_two_storeys_said_again() -> None:
    storeys = [["Поставщик", None, "Контракт", None], ["наименование", "ИНН", "номер", "дата"]]
    row = ["ООО А", SUPPLIER, "1", "04.03.2025"]
    for page in (storeys, storeys[:1], storeys[1:]):
        given = read(xlsx_bytes([*storeys, row, *page, row]))
        assert ([one["contract_number"] for one in given.records["contract"]], given.rejects) == (["1", "1"], [])


def test_a_repeated_heading_is_told_and_the_second_column_used_where_the_first_is_empty() -> None:
    given = csv_of("Контрагент;Дата;Сумма;Дата", "ООО А;04.03.2025;5;05.03.2025", "ООО Б;;5;06.03.2025")
    assert [f"{row['signed_on']:%d}" for row in given.records["contract"]] == ["04", "06"]
    assert "headings_repeated|Дата" in given.notes


@pytest.mark.parametrize(
    "row",
    [
        "Итог, ООО;5;04.03.2025",
        "ООО «Всего доброго»;5;04.03.2025",
        "Всего, ООО;5;04.03.2025",
        "Итог ООО;5;04.03.2025",
        "Согласовано ООО;5;04.03.2025",
    ],
)
def test_a_firm_called_like_a_total_is_a_supplier(row: str) -> None:
    given = csv_of(";".join(HEADINGS), "ООО А;5;04.03.2025", row, "Итого;10;", "Всего по месяцу;10;", "ИТОГО за март 2025;10;")
    assert given.taken == {"contracts": 2}


def test_a_section_is_told_and_is_no_supplier() -> None:
    given = csv_of("За 1 квартал 2025 года", "Контрагент;Сумма;Предмет", "Раздел 1. Местный бюджет;;", "ООО А;5;мел", "ООО Б;;")
    assert ([row["supplier"] for row in given.records["contract"]], given.reasons()) == (["ООО А", "ООО Б"], ["section_row"])


def book() -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = "Март & Ко"
    for number in range(6):
        made.active.append(HEADINGS if not number else [f"ООО А{number}", number, "04.03.2025"])
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_hidden_rows_columns_and_sheets_are_taken_and_told() -> None:
    made = book()
    for row in (3, 4, 6):
        made.active.row_dimensions[row].hidden = True
    made.active.column_dimensions["B"].hidden = True
    made.create_sheet("Второй").append(HEADINGS)
    made["Второй"].append(CONTRACT)
    made["Второй"].sheet_state = "veryHidden"
    given = read(saved(made))
    assert given.taken == {"contracts": 6}
    assert {"hidden_rows|Март & Ко: 3 (3–4, 6)", "hidden_columns|Март & Ко: 1 (2)", "hidden_sheets|Второй"} <= set(given.notes)


def test_a_formula_without_a_value_is_told() -> None:
    made = book()
    made.active["B3"], made.active["B4"] = "=1+2", '=SUM(B1:B2)&"<>"'
    (reject,) = read(saved(made)).rejects
    assert (reject.reason, reject.sheet, reject.value, reject.row_taken) == ("formula_without_value", "Март & Ко", "B3, B4", True)


def test_calculated_formulas_and_plain_sheets_are_not_told() -> None:
    data = saved(book())
    assert unseen_of(scanned(InputFile("a.xlsx", data=data))) == []
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as out:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub(rb'(<c r="B3"[^>]*>)<v>', rb"\1<f>1+2</f><v>", content)
                assert b"<f>1+2</f>" in content
            out.writestr(name, content)
    assert unseen_of(scanned(InputFile("a.xlsx", data=buffer.getvalue()))) == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", xlsx_bytes([["a"]])[:200]])
def test_what_cannot_be_looked_through_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefusedError, match="workbook_broken"):
        scanned(InputFile("a.xlsx", data=data))
