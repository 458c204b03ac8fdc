"""Duties, declared interests, notices and searches as officers write them, in CSV and XLSX. All names are invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from table_files import ORGANISATION, PERSON, SUPPLIER, Given, csv_of, read, xlsx_bytes

INTERESTS = (
    "Табельный №;ФИО служащего;Кто владеет;Наименование организации;ИНН организации;Доля участия;Вид участия;По состоянию на"
)
NOTICES = (
    "№ п/п;Регистрационный номер;Дата регистрации;ФИО лица, подавшего уведомление;Должность;Вид уведомления;"
    "Наименование организации;ИНН организации;Дата начала;Дата окончания;Решение представителя нанимателя"
)
SEARCHES = "Кого искали;По чему искали;Сервис ФНС;Дата поиска;Результат поиска;Файл"
DUTIES = "Реестровый номер контракта;Номер закупки;ФИО;Роль;С;По"


def both(*lines: str) -> list[Given]:
    """The same table as CSV text and as a workbook of text cells."""
    rows: list[list[Any]] = [[cell or None for cell in line.split(";")] for line in lines]
    return [csv_of(*lines), read(xlsx_bytes(rows))]


def test_a_declared_share_in_both_kinds_of_file() -> None:
    row = f"7;Юшков Пётр Ильич;супруга;ООО «Ромашка»;{SUPPLIER};12,5 %;доля (разд. 5.1);31.12.2024"
    for given in both("Сведения об участии в организациях;;;;;;;", INTERESTS, row):
        interest = given.one("declared_interest")
        assert (interest["employee_id"], interest["name_key"]) == ("7", "ЮШКОВ ПЕТР ИЛЬИЧ")
        assert (interest["holder"], interest["holder_text"], interest["fact"]) == ("spouse", "супруга", "interest")
        assert (interest["organisation_key"], interest["organisation_inn"]) == ("ООО РОМАШКА", SUPPLIER)
        assert (interest["share"], interest["kind"], interest["as_of"]) == ("1/8", "share", dt.date(2024, 12, 31))
        assert (given.taken, given.rejects) == ({"declared_interests": 1}, [])


@pytest.mark.parametrize(
    ("written", "holder"),
    [
        ("служащий", "self"), ("Сам", "self"), ("муниципальный служащий", "self"), ("жена", "spouse"), ("супруг(а)", "spouse"),
        ("несовершеннолетний ребёнок", "child"), ("сын", "child"), ("н/с ребёнок", "child"), ("self", "self"), ("child", "child"),
        ("бывшая супруга", "other"), ("сын супруги", "other"), ("брат", "other"), ("иное лицо", "other"),
    ],
)  # fmt: skip
def test_whose_the_interest_is(written: str, holder: str) -> None:
    given = csv_of(INTERESTS, f"7;;{written};ООО «Ромашка»;;;;")
    assert (given.one("declared_interest")["holder"], given.rejects) == (holder, [])


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("5.1", "share"), ("Раздел 6.2", "obligation"), ("разд. 7", None), ("раздел 7", "transfer"), ("доходы", "income"),
        ("ипотека", "obligation"), ("акции", "share"), ("безвозмездная передача", None), ("участие в уставном капитале", "share"),
        ("договор займа", None), ("заём", "obligation"),
    ],
)  # fmt: skip
def test_kinds_of_interest(written: str, kind: str | None) -> None:
    given = csv_of(INTERESTS, f"7;;сам;ООО «Ромашка»;;;{written};")
    interest = given.one("declared_interest")
    assert (interest["kind"], interest["kind_text"]) == (kind, written)
    assert given.reasons() == ([] if kind else ["unknown_interest_kind"])


def test_a_declaration_of_nothing_is_a_fact() -> None:
    given = csv_of(INTERESTS, "7;;супруга;нет;;;;", "8;;;—;;;;", "9;;;не имею;;;;")
    assert [(one["fact"], one["organisation"]) for one in given.records["declared_interest"]] == [("none", None)] * 3
    assert given.taken == {"declared_interests": 3}


def test_what_cannot_be_read_of_an_interest_is_told() -> None:
    given = csv_of(
        INTERESTS,
        f";;супруга;ООО «Ромашка»;{SUPPLIER};50 %;;",
        "7;;супруга;;;50 %;;",
        "7;;неясно кто;ООО «Ромашка»;4205000001;1;доля;31.02.2024",
    )
    assert sorted((one.row or 0, one.reason, one.row_taken) for one in given.rejects) == [
        (2, "no_official_named", False),
        (3, "required_missing", False),
        (4, "bad_date", True),
        (4, "bad_inn", True),
        (4, "share_unclear", True),
        (4, "unknown_holder", True),
    ]
    assert given.one("declared_interest")["organisation_inn"] is None


def test_a_missing_organisation_is_shown_as_missing_where_the_name_stands_in_columns() -> None:
    given = csv_of("Фамилия;Имя;Отчество;Кто владеет;Наименование организации;Доля", "Юшков;Пётр;Ильич;сам;;50 %")
    assert [(one.reason, one.column, one.value) for one in given.rejects] == [
        ("required_missing", "Наименование организации", "")
    ]


def test_an_inn_written_into_the_name_and_a_person_instead_of_an_organisation() -> None:
    given = csv_of(INTERESTS, f'7;;сам;"ООО «Ромашка», ИНН {SUPPLIER}";;;долг;', f"7;;сам;ИП Сомов Лев Ильич;{PERSON};;долг;")
    firm, person = given.records["declared_interest"]
    assert (firm["organisation"], firm["organisation_inn"], firm["organisation_key"]) == (
        "ООО «Ромашка»",
        SUPPLIER,
        "ООО РОМАШКА",
    )
    assert (person["organisation_inn"], person["organisation_key"]) == (PERSON, None)


def test_a_percent_column_and_cells_in_the_percent_format() -> None:
    heading = ["Таб. №", "Кто владеет", "Организация", "Доля участия, %"]
    rows = [heading, ["7", "сам", "ООО «А»", 25], ["7", "сам", "ООО «Б»", 0.5], ["7", "сам", "ООО «В»", "0,5"]]
    given = read(xlsx_bytes(rows))
    assert [one["share"] for one in given.records["declared_interest"]] == ["1/4", None, "1/200"]
    assert given.reasons() == ["share_unclear"]


def test_a_journal_of_notices_in_both_kinds_of_file() -> None:
    about = "Об иной оплачиваемой работе, не повлечёт конфликта интересов"
    dates = "10.03.2025;бессрочно"
    row = f"1;12-у;04.03.2025;Юшков Пётр Ильич;инспектор;{about};ООО «Ромашка»;{SUPPLIER};{dates};Не возражаю"
    for given in both("Журнал регистрации;;;;;;;;;;", NOTICES, "1;2;3;4;5;6;7;8;9;10;11", row):
        notice = given.one("notice")
        assert (notice["kind"], notice["number"], notice["noticed_on"]) == ("other work", "12-у", dt.date(2025, 3, 4))
        assert (notice["organisation_inn"], notice["organisation_key"]) == (SUPPLIER, "ООО РОМАШКА")
        assert (notice["valid_from"], notice["valid_to"]) == (dt.date(2025, 3, 10), None)
        assert (notice["decision"], notice["decision_text"]) == ("consent", "Не возражаю")
        assert (given.taken, given.rejects) == ({"notices": 1}, [])


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("получение подарка", "gift"),
        ("О возможности возникновения конфликта интересов", "conflict of interest"),
        ("личная заинтересованность", "conflict of interest"),
        ("сообщение работодателя о приёме бывшего служащего", "former servant employer"),
        ("обращение о даче согласия на замещение должности", "commission consent"), ("совместительство", "other work"),
        ("участие в управлении ТСЖ", "management"),
        ("обращение в целях склонения к коррупционным правонарушениям", "corrupt offer"),
        ("иное", "other"), ("об отпуске", None),
    ],
)  # fmt: skip
def test_kinds_of_notices(written: str, kind: str | None) -> None:
    given = csv_of("Табельный №;Вид уведомления;Дата", f"7;{written};01.02.2025")
    notice = given.one("notice")
    assert (notice["kind"], notice["kind_text"], given.reasons()) == (kind, written, [] if kind else ["unknown_notice_kind"])


@pytest.mark.parametrize(
    ("written", "decision", "told"),
    [
        ("дано согласие", "consent", False), ("Согласовано", "consent", False), ("не возражаю, глава округа", "consent", False),
        ("отказ", "refusal", False), ("не согласовано", "refusal", False), ("согласие не дано", "refusal", False),
        ("согласие комиссии пока не получено", None, True), ("принято к сведению", None, False), ("нет", None, False),
        ("см. протокол", None, True), ("", None, False),
    ],
)  # fmt: skip
def test_decisions(written: str, decision: str | None, told: bool) -> None:
    given = csv_of("Табельный №;Вид уведомления;Дата;Решение", f"7;иная работа;01.02.2025;{written}")
    assert (given.one("notice")["decision"], given.reasons()) == (decision, ["unknown_decision"] if told else [])


def test_number_and_date_in_one_cell_and_the_kind_in_the_title() -> None:
    given = csv_of(
        "Журнал регистрации уведомлений муниципальных служащих об иной оплачиваемой работе;;;",
        "№ и дата регистрации;ФИО служащего;Наименование организации;Решение",
        "№ 12-у от 04.03.2025;Юшков Пётр Ильич;ООО «Ромашка»;согласовано",
    )
    notice = given.one("notice")
    assert (notice["number"], notice["noticed_on"], notice["kind"]) == ("12-у", dt.date(2025, 3, 4), "other work")


def test_notices_that_cannot_be_taken() -> None:
    given = csv_of("Табельный №;ФИО;Вид уведомления;Дата", ";;подарок;01.02.2025", "7;;;01.02.2025", "7;ООО «Луч»;подарок;2025")
    assert [(one.row, one.reason, one.row_taken) for one in given.rejects] == [
        (2, "no_official_named", False), (3, "required_missing", False), (4, "date_incomplete", True), (4, "no_name", True),
    ]  # fmt: skip


def test_a_journal_of_searches_in_both_kinds_of_file() -> None:
    row = f"Юшков Пётр Ильич;ИНН {PERSON};egrul.nalog.ru;04.03.2025;записей нет;ul-1.pdf"
    for given in both(SEARCHES, row):
        search = given.one("search")
        assert (search["who"], search["name_key"], search["inn"]) == ("Юшков Пётр Ильич", "ЮШКОВ ПЕТР ИЛЬИЧ", PERSON)
        assert (search["searched_by"], search["searched_on"]) == (f"ИНН {PERSON}", dt.date(2025, 3, 4))
        assert (search["service"], search["result"], search["file"]) == ("egrul.nalog.ru", "записей нет", "ul-1.pdf")
        assert (given.taken, given.rejects) == ({"searches": 1}, [])


def test_a_firm_may_be_searched_and_no_result_is_no_search() -> None:
    given = csv_of(
        SEARCHES,
        f"ООО «Ромашка»;{SUPPLIER};ЕГРЮЛ;04.03.2025;выписка;",
        "Юшков П.И.;ФИО;ЕГРИП;04.03.2025;;",
        ";ФИО;ЕГРИП;04.03.2025;нет;",
    )
    assert (given.one("search")["name_key"], given.one("search")["inn"]) == (None, SUPPLIER)
    assert [(one.row, one.reason, one.column) for one in given.rejects] == [
        (3, "required_missing", "Результат поиска"), (4, "required_missing", "Кого искали"),
    ]  # fmt: skip


def test_duties_in_both_kinds_of_file() -> None:
    row = "1420500000025000001;0142050000025000001;Юшков Пётр Ильич;Обоснование НМЦК;01.02.2025;"
    for given in both("Заказчик: МБОУ СОШ № 9, ИНН " + ORGANISATION + ";;;;;", DUTIES, row):
        duty = given.one("duty")
        assert (duty["contract_number"], duty["procedure_number"]) == ("1420500000025000001", "0142050000025000001")
        assert (duty["role"], duty["detail"], duty["customer_inn"]) == ("specification author", "Обоснование НМЦК", ORGANISATION)
        assert (duty["name_key"], duty["valid_from"], duty["valid_to"]) == ("ЮШКОВ ПЕТР ИЛЬИЧ", dt.date(2025, 2, 1), None)
        assert (given.taken, given.rejects) == ({"duties": 1}, [])


@pytest.mark.parametrize(
    ("written", "roles"),
    [
        ("составитель ТЗ", ["specification author"]), ("НМЦК", ["specification author"]), ("приёмка", ["acceptance"]),
        ("член приёмочной комиссии", ["acceptance"]), ("экспертиза результатов", ["acceptance"]),
        ("куратор контракта", ["other"]),
        ("Контрактный управляющий", ["contract manager"]), ("составитель ТЗ, приёмка", ["acceptance", "specification author"]),
        ("приёмка товаров, работ, услуг", ["acceptance"]), ("водитель", [None]),
    ],
)  # fmt: skip
def test_roles_of_duties_keep_the_words(written: str, roles: list[str | None]) -> None:
    given = csv_of(DUTIES, f'12;;Юшков Пётр Ильич;"{written}";;')
    assert [one["role"] for one in given.records["duty"]] == roles
    assert all(one["detail"] in written for one in given.records["duty"])
    if len(roles) == 1:
        assert given.records["duty"][0]["detail"] == written
    assert given.reasons() == ([] if roles != [None] else ["unknown_procurement_role"])
    assert given.taken == {"duties": 1}, "one row, however many roles"


def test_duties_that_cannot_be_taken() -> None:
    given = csv_of(
        DUTIES,
        ";;Юшков Пётр Ильич;приёмка;;",
        "12;;;приёмка;;",
        "12;;Юшков Пётр Ильич;;;",
        "1,42E+18;;Юшков Пётр Ильич;приёмка;;",
    )
    assert [(one.row, one.reason) for one in given.rejects] == [
        (2, "no_contract_or_procedure"), (3, "no_official_named"), (4, "required_missing"), (5, "id_lost_digits"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("roles", "table"),
    [
        (["составитель ТЗ", "приёмка"], "duty"),
        (["specification author", ""], "duty"),
        (["председатель комиссии", "член комиссии", "секретарь"], "commission_seat"),
        (["председатель", "член"], "commission_seat"),
        (["", ""], "commission_seat"),
    ],
)
def test_the_words_of_the_roles_tell_duties_from_seats_under_the_same_headings(roles: list[str], table: str) -> None:
    given = csv_of("procedure_number;member;role;from;to", *(f"0142;Юшков Пётр Ильич;{role};;" for role in roles))
    assert set(given.records) == {table}


@pytest.mark.parametrize(
    ("headings", "row", "table"),
    [
        ("employee_id;organisation_inn;holder;share", f"7;{SUPPLIER};self;0.5", "declared_interest"),
        (
            "name;kind;number;date;organisation_inn;from;to;decision",
            f"Юшков Пётр Ильич;gift;1;2025-02-01;{SUPPLIER};;;",
            "notice",
        ),
        ("who;by;service;date;result;file", "Юшков Пётр Ильич;ФИО;ЕГРИП;2025-02-01;нет;", "search"),
        ("contract_number;member;role;from;to", "12;Юшков Пётр Ильич;acceptance;;", "duty"),
    ],
)
def test_machine_names_are_headings(headings: str, row: str, table: str) -> None:
    given = csv_of(headings, row)
    assert (set(given.records), given.rejects) == ({table}, [])


@pytest.mark.parametrize(
    ("headings", "table"),
    [
        ("Табельный №;ФИО;Организация;ИНН организации;По состоянию на", "official"),
        ("Табельный №;ФИО;Место работы;ИНН организации;Должность;Вид", "official"),
        ("ИНН заказчика;ФИО;Роль в комиссии;С;По", "commission_seat"),
        ("Табельный №;ФИО служащего;Степень родства;ФИО родственника;Дата рождения", "relative"),
    ],
)
def test_other_tables_stay_what_they_were(headings: str, table: str) -> None:
    cells = {
        "ФИО родственника": "Юшкова Анна Павловна",
        "Степень родства": "жена",
        "ИНН заказчика": ORGANISATION,
        "Табельный №": "7",
    }
    row = ";".join(cells.get(heading, "Юшков Пётр Ильич" if heading.startswith("ФИО") else "") for heading in headings.split(";"))
    assert set(csv_of(headings, row).records) == {table}
