"""A questionnaire and an order in Word, carried to findings: the same as from tables with the same facts."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from table_files import valid
from word_files import KIN_OF_2005, Kin, Person, Style, document_of, questionnaire, saved
from worlds import loaded, screened, table

from affil.model.run import Run
from affil.reports.findings_json import findings_json
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("stores_used_again")

CUSTOMER, SUPPLIER = valid("420500010"), valid("420500011")
PERSON = Person(former="")
CONTRACT = {
    "contract_number": "К-1", "signed_on": "2022-03-04", "customer": "МБОУ СОШ № 9", "customer_inn": CUSTOMER,
    "supplier": "ООО «Вереск»", "supplier_inn": SUPPLIER, "price": "250000",
}  # fmt: skip


def findings(run: Run) -> list[dict[str, Any]]:
    """What the run found, without the places in files it was found in."""
    found: list[dict[str, Any]] = json.loads(findings_json(run))["findings"]
    return [
        {key: value for key, value in one.items() if key != "path"} | {"path": [_step(step) for step in one["path"]]}
        for one in found
    ]


def _step(step: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in step.items() if key != "source"}


def run_of(root: Path) -> list[dict[str, Any]]:
    table(root / "inbox" / "contracts.csv", [CONTRACT])
    with Store.open(None) as store:
        loaded(store, root)
        return findings(screened(store))


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def workbook(path: Path) -> None:
    """The facts of the questionnaire as an officer's workbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    day = "{:%d.%m.%Y}".format
    with xlsxwriter.Workbook(path) as book:
        officials = [
            ["ФИО", "ИНН", "Дата рождения", "Место работы", "Должность", "Адрес", "Телефон", "Дата заполнения анкеты"],
            [PERSON.name, PERSON.inn, day(PERSON.born), PERSON.firm, PERSON.post, PERSON.home, PERSON.phone, day(PERSON.signed)],
        ]
        names = {
            kin: f"Ветлугина ({kin.former}) Ольга Петровна" if kin.former else kin.name for kin in PERSON.kin
        }  # as in the form
        heads = ["ФИО служащего", "Степень родства", "ФИО родственника", "Дата рождения", "Место работы", "Должность", "Адрес"]
        relatives = [[*heads, "Дата анкеты"]]
        for kin in PERSON.kin:
            work = [kin.firm, kin.post] if kin.firm else [kin.post, ""]
            relatives.append(
                [PERSON.name, kin.word, names[kin], day(kin.born) if kin.born else "", *work, kin.home, day(PERSON.signed)]
            )
        for name, rows in (("Служащие", officials), ("Родственники", relatives)):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def test_a_questionnaire_in_word_gives_the_findings_of_the_same_facts_in_a_workbook(tmp_path: Path) -> None:
    put(tmp_path / "word" / "inbox" / "Анкеты" / "Полозова.docx", saved(questionnaire(PERSON, Style(former="plain"))))
    workbook(tmp_path / "xlsx" / "inbox" / "Кадры.xlsx")
    word, xlsx = run_of(tmp_path / "word"), run_of(tmp_path / "xlsx")
    assert [one["rule"] for one in word] == ["kin-employed-by-supplier"]
    assert word == xlsx


def not_asked(root: Path, style: Style) -> list[str]:
    put(root / "inbox" / "a.docx", saved(questionnaire(PERSON, style)))
    table(root / "inbox" / "contracts.csv", [CONTRACT])
    with Store.open(None) as store:
        loaded(store, root)
        (row,) = screened(store).coverage
        return [reason for reason in row.reasons if reason.startswith("groups_")]


def test_what_a_form_did_not_ask_for_is_undetermined_whatever_the_day_it_was_signed(tmp_path: Path) -> None:
    assert not_asked(tmp_path / "old", Style(edition=KIN_OF_2005)) == ["groups_not_asked_2005"]
    assert not_asked(tmp_path / "new", Style()) == ["groups_not_asked_2019"]
    assert not_asked(tmp_path / "untold", Style(edition="13. Ваши близкие родственники")) == ["groups_not_asked_2019"]


ORDER = ("МБОУ «Средняя общеобразовательная школа № 9»", "ПРИКАЗ", "от 12.01.2021 № 4", "О комиссии по осуществлению закупок")
OUT = ("МБОУ СОШ № 9", "ПРИКАЗ", "от 10.02.2022 № 7", "О комиссии по осуществлению закупок")


@pytest.mark.parametrize("taken_out", [False, True])
def test_a_seat_by_an_order_reaches_the_purchases_of_its_customer_until_an_order_ends_it(tmp_path: Path, taken_out: bool) -> None:
    inbox = tmp_path / "inbox"
    official = {"employee_id": "00012", "name": PERSON.name, "employer_inn": valid("420500012"), "birth_date": "12.03.1980"}
    table(inbox / "officials.csv", [official])
    kin = {"employee_id": "00012", "relationship": "мать", "name": "Ветлугина Ольга Петровна", "employer": "ООО «Вереск»"}
    table(inbox / "relatives.csv", [kin])
    put(
        inbox / "Приказ 4.docx",
        document_of(*ORDER, "Утвердить состав комиссии: председатель – Громов Г. Г.; член комиссии – Полозова Д. И."),
    )
    if taken_out:
        put(inbox / "Приказ 7.docx", document_of(*OUT, "Вывести из состава комиссии Полозову Дарью Игоревну."))
    found = run_of(tmp_path)
    in_force = [one for one in found if one["rule"] == "kin-employed-by-supplier" and one["in_force"]]
    if taken_out:
        assert in_force == []
    else:
        (one,) = in_force
        assert one["employee"]["procurement_role"] == "commission member" or "seat" in json.dumps(one["path"])
        assert "seat_customer_by_name" in one["assumed"]


def test_a_list_of_officials_stands_and_its_blanks_are_filled_from_the_questionnaire(tmp_path: Path) -> None:
    put(tmp_path / "inbox" / "a.docx", saved(questionnaire(Person(), Style())))
    listed = {
        "employee_id": "00012",
        "name": "Полозова Д. И.",
        "employer_inn": CUSTOMER,
        "status": "работник",
        "position": "завуч",
    }
    table(tmp_path / "inbox" / "officials.csv", [listed])
    table(tmp_path / "inbox" / "contracts.csv", [CONTRACT])
    with Store.open(None) as store:
        loaded(store, tmp_path)
        (official,) = store.rows("SELECT * FROM official_in_force")
        assert (official["employee_id"], official["position"], official["name_key"]) == (
            "00012",
            "завуч",
            "ПОЛОЗОВА ДАРЬЯ ИГОРЕВНА",
        )
        assert (official["inn"], official["former_surnames"], official["birth_date"]) == (
            Person().inn,
            "ВЕТЛУГИНА",
            Person().born,
        )
        (one,) = findings(screened(store))
    assert (one["rule"], one["employee"]["employee_id"]) == ("kin-employed-by-supplier", "00012")


def test_kin_of_a_questionnaire_are_never_another_official_s_of_the_same_name(tmp_path: Path) -> None:
    other = Person(born=dt.date(1991, 1, 9), inn="", kin=(Kin("Брат", "Ветлугин Яков Игоревич"),))
    put(tmp_path / "inbox" / "1.docx", saved(questionnaire(Person(), Style())))
    put(tmp_path / "inbox" / "2.docx", saved(questionnaire(other, Style())))
    with Store.open(None) as store:
        loaded(store, tmp_path)
        rows = store.sql("SELECT official_key, count(*) FROM relative_in_force GROUP BY 1 ORDER BY 2").fetchall()
    assert [number for _, number in rows] == [1, 6] and all(key for key, _ in rows)
