"""Whole tables into records: dirt as officers' tables have it, worked by hand."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from table_files import ORGANISATION, OTHER_PERSON, PERSON, SUPPLIER, csv_of, read, xlsx_bytes

from affil.errors import InputError
from affil.ingest.inputs import InputFile
from affil.ingest.tables.tabular import TableReader
from affil.model.records import Sink

RELATIVES = (
    "Табельный № служащего;ФИО служащего;Степень родства;ФИО родственника;Дата рожд.;ИНН родственника;Место работы, должность"
)


def relative(row: str) -> dict[str, Any]:
    return csv_of(RELATIVES, row).one("relative")


def ods_bytes(rows: list[list[Any]], down: dict[tuple[int, int], int] | None = None) -> bytes:
    """An ODS sheet of texts; `down` says over how many rows a cell is merged."""
    book, page = OpenDocumentSpreadsheet(), Table(name="Лист1")
    covered = {(row + step, column) for (row, column), rows in (down or {}).items() for step in range(1, rows)}
    for number, row in enumerate(rows):
        line = TableRow()
        for column, cell in enumerate(row):
            if (number, column) in covered:
                line.addElement(CoveredTableCell())
                continue
            spanned = {"numberrowsspanned": (down or {})[number, column]} if (number, column) in (down or {}) else {}
            element = TableCell(valuetype="string", **spanned)
            element.addElement(P(text=str(cell or "")))
            line.addElement(element)
        page.addElement(line)
    book.spreadsheet.addElement(page)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_an_official_with_everything() -> None:
    headings = (
        "№ п/п;Таб. №;ФИО;Прежние фамилии;Дата рождения;ИНН;Статус;Организация;ИНН организации;Должность;Роль в закупках;Принят"
    )
    row = f"1;00012;Ёлкина (Перова) Анна Сергеевна;Сомова;12.03.1980;{PERSON};МС;Администрация;{ORGANISATION};врач;КУ;1.9.15"
    official = csv_of(headings, row).one("official")
    assert official["name_key"] == "ЕЛКИНА АННА СЕРГЕЕВНА"
    assert set(official["former_surnames"].split("|")) == {"ПЕРОВА", "СОМОВА"}
    assert (official["birth_date"], official["birth_year"]) == (dt.date(1980, 3, 12), 1980)
    assert (official["employee_id"], official["inn"], official["employer_inn"]) == ("00012", PERSON, ORGANISATION)
    assert (official["status"], official["procurement_role"]) == ("municipal servant", "contract manager")
    assert official["hired"] == dt.date(2015, 9, 1)


def test_names_in_three_columns() -> None:
    given = csv_of("Фамилия;Имя;Отчество;Должность", "Юшков;Пётр;Ильич;врач")
    assert given.one("official")["name_key"] == "ЮШКОВ ПЕТР ИЛЬИЧ"


def test_the_employer_of_all_from_a_title_row() -> None:
    given = csv_of(f"Учреждение: МБОУ «Школа № 9», ИНН {ORGANISATION}", "", "ФИО;Должность", "Юшков Пётр Ильич;врач")
    official = given.one("official")
    assert (official["employer"], official["employer_inn"], official["locator"]) == ("МБОУ «Школа № 9»", ORGANISATION, "R4")
    assert [note.split("|")[0] for note in given.notes] == ["from_title", "from_title"]


def test_rows_that_are_no_records_are_neither_taken_nor_rejected() -> None:
    given = csv_of(
        "№ п/п;ФИО;Должность",
        "1;2;3",
        "пример;Юшков Иван Ильич;врач",
        ";;",
        "1;Юшков Пётр Ильич;врач",
        "№ п/п;ФИО;Должность",
        "Итого: 1;;",
        "Всего;1;",
        ";Исполнитель: Сомов Л.И.;",
    )
    assert (given.taken, given.rejects) == ({"officials": 1}, [])
    assert given.one("official")["locator"] == "R5"


def test_a_bad_value_is_told_and_the_row_is_taken() -> None:
    given = csv_of("ФИО;Дата рождения;ИНН", "Юшков Пётр Ильич;31.02.1980;123")
    assert given.taken == {"officials": 1}
    assert [(one.reason, one.row, one.column, one.value, one.row_taken) for one in given.rejects] == [
        ("bad_date", 2, "Дата рождения", "31.02.1980", True),
        ("inn_wrong_length", 2, "ИНН", "123", True),
    ]
    assert given.one("official")["inn"] is None


def test_a_row_without_a_name_is_rejected_where_it_stands() -> None:
    (reject,) = csv_of("ФИО;Должность", "Юшков Пётр Ильич;врач", ";сторож").rejects
    assert (reject.reason, reject.row, reject.column, reject.row_taken) == ("no_name", 3, "ФИО", False)


def test_a_relative() -> None:
    row = relative(
        f"7;Юшков Пётр Ильич;жена;Юшкова (до брака Перова) Анна Сергеевна;1980, 12 марта;{OTHER_PERSON[1:]};ООО «Роза», директор"
    )
    assert (row["employee_id"], row["official_name_key"], row["fact"], row["chains"]) == (
        "7",
        "ЮШКОВ ПЕТР ИЛЬИЧ",
        "person",
        "spouse",
    )
    assert (row["name_key"], row["former_surnames"], row["inn"]) == ("ЮШКОВА АННА СЕРГЕЕВНА", "ПЕРОВА", OTHER_PERSON)
    assert (row["birth_date"], row["employer"]) == (dt.date(1980, 3, 12), "ООО «Роза», директор")


@pytest.mark.parametrize("nobody", ["нет", "Не имею", "отсутствуют", "-", "—", "детей нет", "не состою в браке", "0"])
def test_nobody_is_a_fact_about_a_group_of_kin(nobody: str) -> None:
    row = relative(f"7;;дети;{nobody};;;")
    assert (row["fact"], row["chains"], row["name_key"]) == ("none", "child", None)


@pytest.mark.parametrize(
    "name",
    [
        "Юшков Илья Львович (умер)",
        "Юшков Илья Львович (умер в 2010 г.)",
        "† Юшков Илья Львович",
        "Юшков Илья Львович, умер 12.03.2010",
    ],
)
def test_the_dead_keep_their_name(name: str) -> None:
    row = relative(f"7;;отец;{name};1940;;")
    assert (row["fact"], row["name_key"], row["birth_year"]) == ("deceased", "ЮШКОВ ИЛЬЯ ЛЬВОВИЧ", 1940)


def test_the_dead_without_a_name() -> None:
    assert relative("7;;отец;умер;;;")["fact"] == "deceased"
    assert relative("7;;отец;;;;умер в 2010")["fact"] == "deceased"


@pytest.mark.parametrize(
    ("word", "until"),
    [
        ("бывшая жена", None),
        ("жена (развод 2021)", None),
        ("жена, в разводе с 12.03.2021", dt.date(2021, 3, 12)),
        ("бывшая супруга (развод 12.03.2021)", dt.date(2021, 3, 12)),
    ],
)
def test_an_ended_marriage_is_marked(word: str, until: dt.date | None) -> None:
    row = relative(f"7;;{word};Юшкова Анна Сергеевна;;;")
    assert (row["chains"], row["valid_to"]) == ("spouse(former)", until)


@pytest.mark.parametrize(
    ("row", "reason", "column"),
    [
        ("7;;кум;Юшков Олег Ильич;;;", "unknown_relationship", "Степень родства"),
        ("7;;;Юшков Олег Ильич;;;", "no_relationship", "Степень родства"),
        (";;сын;Юшков Олег Ильич;;;", "no_official", "Табельный № служащего"),
        ("7;;сын;;;;", "no_name", "ФИО родственника"),
        ("7;;сын;???;;;", "no_name", "ФИО родственника"),
    ],
)
def test_relatives_that_cannot_be_taken(row: str, reason: str, column: str) -> None:
    given = csv_of(RELATIVES, row)
    assert (given.taken, [(one.reason, one.column, one.row_taken) for one in given.rejects]) == (
        {"relatives": 0},
        [(reason, column, False)],
    )


def test_an_ambiguous_word_keeps_its_readings() -> None:
    assert len(relative("7;;зять;Юшков Олег Ильич;;;")["chains"].split("|")) > 1


MERGED: list[list[Any]] = [
    ["Таб. №", "ФИО служащего", "Степень родства", "ФИО родственника", "Адрес"],
    ["00012", "Юшков Пётр Ильич", "жена", "Юшкова Анна Сергеевна", "г. Энск"],
    [None, None, "сын", "Юшков Олег Петрович", None],
    ["00013", "Сомов Лев Ильич", "сын", "Сомов Олег Львович", None],
    [None, None, "дочь", "Сомова Инна Львовна", None],
]


def officials_of(data: bytes) -> list[tuple[str | None, str | None, str | None]]:
    return [(row["employee_id"], row["official_name_key"], row["address"]) for row in read(data).records["relative"]]


def test_merged_cells_name_the_official_of_every_row_and_nothing_else_is_filled() -> None:
    data = xlsx_bytes(MERGED, merged=((1, 0, 2, 0), (1, 1, 2, 1), (1, 4, 2, 4)))
    given = read(data)
    assert officials_of(data) == [
        ("00012", "ЮШКОВ ПЕТР ИЛЬИЧ", "г. Энск"),
        ("00012", "ЮШКОВ ПЕТР ИЛЬИЧ", None),
        ("00013", "СОМОВ ЛЕВ ИЛЬИЧ", None),
        ("00013", "СОМОВ ЛЕВ ИЛЬИЧ", None),
    ]
    assert given.notes == ["filled_down|Лист1: 2"]
    assert [row["locator"] for row in given.records["relative"]] == ["Лист1!R2", "Лист1!R3", "Лист1!R4", "Лист1!R5"]


def test_merged_cells_of_an_ods_sheet() -> None:
    data = ods_bytes(MERGED, down={(1, 0): 2, (1, 1): 2})
    assert officials_of(data)[:2] == [("00012", "ЮШКОВ ПЕТР ИЛЬИЧ", "г. Энск"), ("00012", "ЮШКОВ ПЕТР ИЛЬИЧ", None)]


TABLE: list[list[Any]] = [
    ["Сведения о должностных лицах"],
    ["№ п/п", "Табельный №", "ФИО", "Дата рождения", "ИНН", "Должность"],
    ["1", "00012", "Юшков Пётр Ильич", "12.03.1980", PERSON, "врач"],
    ["2", "00013", "Ёлкина (Сомова) Анна Львовна", "1975", OTHER_PERSON, "главный врач"],
]


def openpyxl_bytes(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_same_table_from_every_kind_of_file() -> None:
    expected = csv_of(*(";".join(map(str, row)) for row in TABLE)).records["official"]
    assert len(expected) == 2
    for data in (xlsx_bytes(TABLE), openpyxl_bytes(TABLE), ods_bytes(TABLE)):
        rows = read(data).records["official"]
        assert [row["locator"].split("!")[1] for row in rows] == [row["locator"] for row in expected]
        assert [{**row, "locator": ""} for row in rows] == [{**row, "locator": ""} for row in expected]


def test_numbers_and_dates_of_excel_cells() -> None:
    rows = [TABLE[1], [1, 12, "Юшков Пётр Ильич", dt.datetime(1980, 3, 12), int(OTHER_PERSON), "врач"]]
    given = read(xlsx_bytes(rows))
    official = given.one("official")
    assert (official["employee_id"], official["birth_date"], official["inn"]) == ("12", dt.date(1980, 3, 12), OTHER_PERSON)
    assert given.notes == ["zeros_restored|1"]


def test_two_sheets_and_one_that_is_no_table() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Памятка"
    book.active.append(["Как заполнять"])
    for title, rows in (("Лица", TABLE), ("Родня", MERGED)):
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    given = read(buffer.getvalue())
    assert given.taken == {"officials": 2, "relatives": 4}
    assert "sheet_not_known|Памятка" in given.notes


def test_a_workbook_without_any_known_table_is_one_reject() -> None:
    given = read(xlsx_bytes([["Список литературы"]]))
    assert given.reasons() == ["not_a_table"]


CONTRACTS = "Реестровый номер контракта;Дата заключения;ИНН заказчика;Поставщик;ИНН поставщика;Цена контракта, руб.;Основание"


def test_a_contract() -> None:
    row = csv_of(CONTRACTS, f"17;04.03.2025;{ORGANISATION};ООО «Ромашка»;{SUPPLIER};1 234,56 руб.;пункт 4 части 1 статьи 93").one(
        "contract"
    )
    assert (row["signed_on"], row["price"], row["ground"]) == (dt.date(2025, 3, 4), Decimal("1234.56"), "п. 4 ч. 1 ст. 93")
    assert (row["supplier_kind"], row["supplier_inn"], row["name_key"]) == ("organisation", SUPPLIER, None)
    assert (
        row["supplier_key"]
        == csv_of(CONTRACTS, "1;04.03.2025;;Общество с ограниченной ответственностью РОМАШКА;;;").one("contract")["supplier_key"]
    )


@pytest.mark.parametrize(
    "name", ["ИП Юшков Пётр Ильич", "Индивидуальный предприниматель Юшков П.И.".replace("П.И.", "Пётр Ильич"), "ЮШКОВ ИЛЬИЧ ПЕТР"]
)
@pytest.mark.parametrize("inn", [PERSON, ""])
def test_a_supplier_that_is_a_person_with_or_without_an_inn(name: str, inn: str) -> None:
    row = csv_of(CONTRACTS, f"17;04.03.2025;;{name};{inn};;").one("contract")
    assert (row["supplier_kind"], row["name_key"], row["supplier_inn"]) == ("person", "ЮШКОВ ПЕТР ИЛЬИЧ", inn or None)


def test_an_inn_inside_the_suppliers_cell_and_number_with_date_in_one() -> None:
    given = csv_of("№ и дата контракта;Контрагент;Сумма", f"№ 12-к от 04.03.2025;ООО «Ромашка», ИНН {SUPPLIER};5")
    row = given.one("contract")
    assert (row["contract_number"], row["signed_on"], row["supplier"], row["supplier_inn"]) == (
        "12-к",
        dt.date(2025, 3, 4),
        "ООО «Ромашка»",
        SUPPLIER,
    )


def test_several_suppliers_of_one_contract_are_several_records_of_one_row() -> None:
    given = csv_of(CONTRACTS, f"17;04.03.2025;;ООО А;{SUPPLIER}{ORGANISATION};;")
    assert [row["supplier_inn"] for row in given.records["contract"]] == [SUPPLIER, ORGANISATION]
    assert given.taken == {"contracts": 1}


def test_a_contract_whose_only_supplier_inn_is_wrong_is_rejected_with_that_reason() -> None:
    given = csv_of(CONTRACTS, "17;04.03.2025;;;123;;", "18;;;ООО А;;;", "19;04.03.2025;;;;;")
    assert [(one.reason, one.row, one.row_taken) for one in given.rejects] == [
        ("inn_wrong_length", 2, False), ("no_date", 3, False), ("no_supplier", 4, False),
    ]  # fmt: skip


def test_the_customer_of_all_contracts_from_a_title_row() -> None:
    title = f"Заказчик: МБОУ «Школа»; ИНН {ORGANISATION}"
    given = csv_of(title.replace(";", ","), "Контрагент;Дата договора;ИНН контрагента", f"ООО А;04.03.2025;{SUPPLIER}")
    row = given.one("contract")
    assert (row["customer"], row["customer_inn"], row["supplier_inn"]) == ("МБОУ «Школа»", ORGANISATION, SUPPLIER)


def test_what_a_title_row_says_may_stand_for_a_required_column() -> None:
    given = csv_of("Перечень контрактов за 1 квартал 2025 года", "Контрагент;Сумма;ИНН контрагента", f"ООО А;5;{SUPPLIER}")
    assert given.one("contract")["period"] == "1 квартал 2025 года"
    bids = csv_of("Закупка № 0142300000125000001", "Участник;ИНН участника", f"ООО А;{SUPPLIER}")
    assert bids.one("participant")["procedure_number"] == "0142300000125000001"


@pytest.mark.parametrize(
    "both", ["№ 12-к от 04.03.2025", "от 04.03.2025 № 12-к", "Договор № 12-к, 4 марта 2025 г.", "12-к от 04.03.2025 г."]
)
def test_number_and_date_of_a_contract_in_one_cell(both: str) -> None:
    row = csv_of("Реквизиты договора;Контрагент;Сумма", f"{both};ООО А;5").one("contract")
    assert (row["contract_number"], row["signed_on"]) == ("12-к", dt.date(2025, 3, 4))


def test_a_bid_and_the_persons_it_discloses() -> None:
    headings = "Номер закупки;Участник;ИНН участника;Дата подачи заявки;Победитель;Руководитель;ИНН руководителя;Учредители"
    owners = f"Юшков И. И., {PERSON}, 30 %; 2) Сомов Лев Ильич – 1/3; ???"
    given = csv_of(headings, f'0142;ООО «Ромашка»;{SUPPLIER};18.02.2025 10:15;да;Юшков Пётр Ильич;{OTHER_PERSON};"{owners}"')
    bid = given.one("participant")
    assert (bid["winner"], bid["applied_on"], bid["participant_inn"], bid["participant_kind"]) == (
        True,
        dt.date(2025, 2, 18),
        SUPPLIER,
        "organisation",
    )
    persons = given.records["participant_person"]
    assert [(one["kind"], one["name_key"], one["inn"], one["share"]) for one in persons] == [
        ("director", "ЮШКОВ ПЕТР ИЛЬИЧ", OTHER_PERSON, None),
        ("owner", "ЮШКОВ И. И.", PERSON, "3/10"),
        ("owner", "СОМОВ ЛЕВ ИЛЬИЧ", None, "1/3"),
    ]
    assert {one["procedure_number"] for one in persons} == {"0142"}
    assert [(one.reason, one.row_taken) for one in given.rejects] == [("no_name", True)]


def test_a_commission() -> None:
    given = csv_of(
        "ИНН заказчика;ФИО члена комиссии;Роль в комиссии;Табельный №;С;По",
        f"{ORGANISATION};Юшков Пётр Ильич;председатель;7;01.01.2025;",
    )
    seat = given.one("commission_seat")
    assert (seat["name_key"], seat["role"], seat["valid_from"], seat["valid_to"]) == (
        "ЮШКОВ ПЕТР ИЛЬИЧ",
        "председатель",
        dt.date(2025, 1, 1),
        None,
    )
    assert given.taken == {"commission_members": 1}


def test_institutions() -> None:
    given = csv_of("ИНН;Наименование;ИНН учредителя;Руководитель", f"{ORGANISATION};МБОУ;{SUPPLIER};Юшков П.И.", ";МБДОУ;;")
    assert given.one("institution")["parent_inn"] == SUPPLIER
    assert given.reasons() == ["no_inn"]


def test_the_inn_of_the_official_in_a_list_of_relatives_is_not_the_relatives() -> None:
    headings = "Таб. №;ФИО сотрудника;ИНН;Степень родства;ФИО родственника"
    rows = (f"7;Юшков Пётр Ильич;{PERSON};жена;Юшкова Анна Львовна", f"7;Юшков Пётр Ильич;{PERSON};сын;Юшков Олег Петрович")
    assert {row["inn"] for row in csv_of(headings, *rows).records["relative"]} == {None}


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 xl/workbook.xml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0k\0b\0o\0o\0k\0" * 40]
)
def test_a_damaged_workbook_is_an_input_error_or_not_recognised(data: bytes) -> None:
    file = InputFile("сломан.xlsx", data=data)
    if TableReader().look(file).mine:
        with pytest.raises(InputError, match="сломан"):
            TableReader().read(file, Sink(lambda table, rows: None))


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short(cut: float) -> None:
    whole = xlsx_bytes(TABLE)
    file = InputFile("обрезан.xlsx", data=whole[: int(len(whole) * cut)])
    if TableReader().look(file).mine:
        with pytest.raises(InputError):
            TableReader().read(file, Sink(lambda table, rows: None))


def test_a_stray_cell_in_the_last_corner_is_refused_before_memory_runs_out() -> None:
    rows: list[list[Any]] = [["ФИО", "Должность"]]
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(rows)))
    book.active.cell(1_048_576, 16_384, "x")
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(InputError, match="too_large"):
        TableReader().read(InputFile("x.xlsx", data=buffer.getvalue()), Sink(lambda table, rows: None))


def test_an_ods_of_cells_repeated_without_end_is_refused() -> None:
    book, page, line = OpenDocumentSpreadsheet(), Table(name="Лист1"), TableRow(numberrowsrepeated=1_000_000)
    cell = TableCell(valuetype="string", numbercolumnsrepeated=16_000)
    cell.addElement(P(text="x"))
    line.addElement(cell)
    page.addElement(line)
    book.spreadsheet.addElement(page)
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(InputError, match="too_large"):
        TableReader().read(InputFile("x.ods", data=buffer.getvalue()), Sink(lambda table, rows: None))


@for_any(st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=6), st.sampled_from(["utf-8", "utf-16"]))
def test_no_rows_under_good_headings_make_the_reader_fall_over(rows: list[list[str]], encoding: str) -> None:
    lines = [RELATIVES, *(";".join(row) for row in rows)]
    sink = Sink(lambda table, records: None)
    file = InputFile("x", data="\n".join(lines).encode(encoding, errors="replace"))
    if TableReader().look(file).mine:
        TableReader().read(file, sink)
        assert all(reject.reason for reject in sink.rejects)


def test_old_excel_files_are_asked_by_content_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "кадры.doc"
    path.write_bytes(xlsx_bytes(TABLE))
    assert TableReader().look(InputFile(path.name, path)).mine


@pytest.mark.parametrize(
    ("cell", "several"),
    [
        ("Юшков Олег Петрович; Юшков Иван Петрович", True),
        ("Юшков Олег Петрович, Юшкова Анна Петровна (12.03.2010)", True),
        ("Абрамович Роман Петрович", False),
        ("Роман Петрович Абрамович", False),
        ("Юшкова (до брака Попович) Анна Петровна", False),
    ],
)
def test_several_persons_in_one_cell_are_each_taken(cell: str, several: bool) -> None:
    given = csv_of(RELATIVES, f'7;;сын;"{cell}";;;')
    assert (given.taken, given.reasons()) == ({"relatives": 2 if several else 1}, [])


def test_a_year_in_the_place_of_a_date_is_the_period_of_the_contract() -> None:
    given = csv_of(CONTRACTS, f"17;2025;{ORGANISATION};ООО «Ромашка»;{SUPPLIER};1;")
    row = given.one("contract")
    assert (row["signed_on"], row["period"]) == (None, "2025")
    assert [(one.reason, one.row_taken) for one in given.rejects] == [("date_incomplete", True)]


INVERTED = "01.03.2016;01.01.2014"


@pytest.mark.parametrize(
    ("heading", "row", "table", "forgotten"),
    [
        ("ФИО;Табельный №;Дата приёма;Дата увольнения", "Громов Пётр Ильич;7", "official", ("hired", "dismissed")),
        ("Таб. №;Родство;Родственник;Брак с;Дата развода", "7;жена;Громова Анна Юрьевна", "relative", ("valid_from", "valid_to")),
        ("ФИО члена комиссии;Роль;С;По", "Громов Пётр Ильич;член", "commission_seat", ("valid_from", "valid_to")),
        ("№ контракта;Поставщик;Дата заключения;Дата окончания", "17;ООО «Ромашка»", "contract", ("ends_on",)),
        ("№ контракта;Поставщик;Дата извещения;Дата заключения", "17;ООО «Ромашка»", "contract", ("notice_on",)),
    ],
)
def test_an_end_before_its_beginning_is_told_and_neither_day_makes_an_empty_span(
    heading: str, row: str, table: str, forgotten: tuple[str, ...]
) -> None:
    given = csv_of(heading, f"{row};{INVERTED}")
    assert [given.one(table)[field] for field in forgotten] == [None] * len(forgotten)
    assert [(one.reason, one.value) for one in given.rejects] == [("dates_inverted", "01.03.2016 – 01.01.2014")]
    assert given.rejects[0].row_taken
    whole = csv_of(heading, f"{row};01.01.2014;01.01.2014")
    assert whole.rejects == [] and all(whole.one(table)[field] for field in forgotten), "one day alone is a span"
