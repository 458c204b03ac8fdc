"""Papers people owe: questionnaires told by person, lists of contractors by customer and quarter."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from worlds import loaded, screened, table

from affil.answers.check import check_json, check_text
from affil.answers.completeness import Lists, in_office, lists_of, quarter_before, quarter_of
from affil.answers.coverage import GROUPS
from affil.model.run import Run
from affil.pipeline import Scope
from affil.store.store import Store
from affil.words import LANGUAGES, Words

pytestmark = pytest.mark.usefixtures("stores_used_again")

SCHOOL, OFFICE, FIRM = "4200000012", "4200000020", "4200000037"


def test_quarters_are_those_of_the_calendar() -> None:
    for day in (dt.date(2023, 12, 30) + dt.timedelta(days=n) for n in range(800)):
        first, last = quarter_of(day)
        assert first <= day <= last and (first.day, first.month % 3) == (1, 1) and (last + dt.timedelta(days=1)).day == 1
        assert (last.month, last.year) == (first.month + 2, first.year)
        assert quarter_before(day)[1] == first - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "quarter"),
    [
        (dt.date(2026, 7, 1), dt.date(2026, 9, 30), (3, 2026)),
        (dt.date(2025, 10, 1), dt.date(2025, 12, 31), (4, 2025)),
        (dt.date(2026, 7, 1), dt.date(2026, 12, 31), None),
        (None, dt.date(2026, 9, 30), None),
        (None, None, None),
    ],
)
def test_a_period_is_called_a_quarter_only_where_it_is_one(
    first: dt.date | None, last: dt.date | None, quarter: tuple[int, int] | None
) -> None:
    assert Lists(first, last, ()).quarter == quarter


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    people = [
        {"employee_id": "1", "name": "Громов Пётр Ильич", "employer_inn": SCHOOL, "employer": "Школа",
         "department": "Отдел закупок"},
        {"employee_id": "2", "name": "Лаптев Олег Ильич", "employer_inn": OFFICE, "employer": "Управление"},
        {"employee_id": "3", "name": "Новый Лев Львович", "employer_inn": OFFICE, "employer": "Управление",
         "dismissed": "01.03.2026"},
    ]  # fmt: skip
    table(tmp_path / "inbox" / "officials.csv", people)
    kin = [
        {"employee_id": "1", "employer_inn": SCHOOL, "relationship": "жена", "name": "Громова Анна Юрьевна",
         "questionnaire_date": "05.02.2024"},
        {"employee_id": "2", "employer_inn": OFFICE, "relationship": "сын", "name": "нет"},
    ]  # fmt: skip
    table(tmp_path / "inbox" / "kin.csv", kin)
    contract = {"customer_inn": SCHOOL, "supplier_inn": FIRM, "supplier": "ООО «Клён»"}
    days = [{"signed_on": "2025-12-31"}, {"signed_on": "2026-01-01"}, {"period": "2 квартал 2026"}]
    table(tmp_path / "inbox" / "contracts.csv", [{**contract, "contract_number": f"К-{n}", **day} for n, day in enumerate(days)])
    return tmp_path


def looked(inbox: Path, as_of: dt.date) -> tuple[Run, Lists]:
    with Store.open(None) as store:
        loaded(store, inbox)
        run = screened(store, Scope(as_of=as_of))
        return run, lists_of(store, run)


@pytest.mark.parametrize(
    ("as_of", "handed_in"),
    [
        (dt.date(2025, 12, 31), 0),  # of the third quarter of 2025
        (dt.date(2026, 1, 1), 1),
        (dt.date(2026, 4, 1), 1),
        (dt.date(2026, 9, 30), 1),  # its reporting period says the second quarter
        (dt.date(2026, 10, 1), 0),
    ],
)
def test_a_list_counts_for_the_quarter_that_has_just_ended(inbox: Path, as_of: dt.date, handed_in: int) -> None:
    _, lists = looked(inbox, as_of)
    assert (lists.first, lists.last) == quarter_before(as_of)
    assert {one.inn: one.handed_in for one in lists.customers} == {SCHOOL: handed_in, OFFICE: 0}


def test_a_run_over_a_period_has_the_lists_of_that_period(inbox: Path) -> None:
    with Store.open(None) as store:
        loaded(store, inbox)
        year = Scope(dt.date(2025, 1, 1), dt.date(2025, 12, 31), dt.date(2026, 6, 1))
        lists = lists_of(store, screened(store, year))
    assert (lists.first, lists.last) == (year.since, year.until)
    assert [one.inn for one in lists.missing] == [OFFICE]


def test_check_tells_by_person_whose_questionnaire_is_missing_stale_or_incomplete(inbox: Path) -> None:
    run, lists = looked(inbox, dt.date(2026, 3, 1))
    told = check_json(run, Words("ru"), lists)
    first = {"employee_id": "1", "employer_inn": SCHOOL, "name": "Громов Пётр Ильич"}
    second = {"employee_id": "2", "employer_inn": OFFICE, "name": "Лаптев Олег Ильич"}
    third = {"employee_id": "3", "employer_inn": OFFICE, "name": "Новый Лев Львович"}
    assert told["no_questionnaire"] == [third]
    assert told["stale_questionnaires"] == [
        {**first, "questionnaire_date": dt.date(2024, 2, 5)},
        {**second, "questionnaire_date": None},
    ]
    assert told["groups_not_declared"] == [
        {**first, "groups": [group for group in GROUPS if group != "spouse"]},
        {**second, "groups": [group for group in GROUPS if group != "child"]},
    ]
    assert [one["inn"] for one in told["customers_without_list"]] == [OFFICE]
    assert [one["inn"] for one in told["customers_without_contracts"]] == [OFFICE]
    assert told["lists_period"] == {"from": dt.date(2025, 10, 1), "to": dt.date(2025, 12, 31)}


def test_check_says_the_same_in_words(inbox: Path) -> None:
    run, lists = looked(inbox, dt.date(2026, 3, 1))
    text = check_text(run, Words("ru"), lists)
    assert "Анкеты: нет совсем — 1, старше срока или без даты — 2, заявлены не все группы родства — 2" in text
    assert "  Громов Пётр Ильич (Отдел закупок, 1): анкета от 05.02.2024 старше срока. не заявлены: дети; родители;" in text
    assert "  Новый Лев Львович (Управление, 3): анкеты нет" in text
    assert "за IV квартал 2025 года (ни одного контракта; «нулевой» перечень не отличить): 1 из 2" in text
    for lang in LANGUAGES:
        assert OFFICE in check_text(run, Words(lang), lists)


def test_nobody_who_has_left_is_asked_for_papers_of_office(inbox: Path) -> None:
    run, _ = looked(inbox, dt.date(2026, 3, 1))
    assert [row.employee.employee_id for row in in_office(run.coverage, dt.date(2026, 2, 28))] == ["1", "2", "3"]
    assert [row.employee.employee_id for row in in_office(run.coverage, dt.date(2026, 3, 1))] == ["1", "2"]
    former = [replace(row, employee=replace(row.employee, status="former servant")) for row in run.coverage]
    assert in_office(former, run.as_of) == []
