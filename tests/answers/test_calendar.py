"""The next dates of the officer's year, worked by hand (OFFICER 1)."""

from __future__ import annotations

import datetime as dt

import pytest

from affil.answers.calendar import calendar_json, calendar_text, due_dates, next_day
from affil.answers.completeness import Lists, quarter_before
from affil.model.finding import Employee
from affil.model.run import Coverage, Customer, Run
from affil.settings import default_settings
from affil.words import LANGUAGES, Words

SETTINGS = default_settings()
KINDS = ("contract_lists", "questionnaires", "yearly_analysis", "yearly_report", "previous_year", "plan")


def told(as_of: dt.date, handed_in: tuple[int, ...] = (3, 0)) -> list[tuple[str, str, int | None, int | None]]:
    who = Employee("1", "1", "4200000012", "Школа", "Громов Пётр Ильич", None, None, None)
    rows = (
        Coverage(who, "limited", None, {}, 0, 0, 0, 0, ("stale_questionnaire",)),
        Coverage(Employee("2", "2", "4200000012", "Школа", "Лаптев Олег Ильич", None, None, None), "full", None, {}, 0, 0, 0, 0),
    )
    run = Run("R-0", "0", dt.datetime.combine(as_of, dt.time()), (), rows, (), (), (), {}, {}, {}, (None, None), as_of)
    customers = tuple(Customer(str(number), None, listed) for number, listed in enumerate(handed_in))
    found = due_dates(run, Lists(*quarter_before(as_of), customers), SETTINGS.calendar, SETTINGS.plan)
    for lang in LANGUAGES:
        lines = list(calendar_text(found, as_of, Words(lang)))
        assert len(lines) == len(found) + 1 and f"{as_of:%d.%m.%Y}" in lines[0]
    assert [one["days"] for one in calendar_json(found, as_of)["calendar"]] == [(one.day - as_of).days for one in found]
    return [(one.kind, f"{one.day:%d.%m.%Y}", one.open, one.all) for one in found]


def test_a_day_before_the_lists_are_due() -> None:
    assert told(dt.date(2026, 4, 1)) == [
        ("questionnaires", "01.04.2026", 1, 2),
        ("contract_lists", "05.04.2026", 1, 2),
        ("plan", "30.04.2026", None, None),
        ("yearly_analysis", "20.09.2026", None, None),
        ("yearly_report", "25.12.2026", None, None),
        ("previous_year", "01.02.2027", None, None),
    ]


def test_a_list_that_did_not_come_stays_and_the_next_one_is_told() -> None:
    lists = [one[1:] for one in told(dt.date(2026, 12, 31)) if one[0] == "contract_lists"]
    assert lists == [("05.10.2026", 1, 2), ("05.01.2027", None, None)]
    lists = [one[1:] for one in told(dt.date(2026, 12, 31), (3, 1)) if one[0] == "contract_lists"]
    assert lists == [("05.01.2027", None, None)]


@pytest.mark.parametrize(
    ("day", "as_of", "due"),
    [
        ("01.04", dt.date(2026, 4, 1), dt.date(2026, 4, 1)),
        ("01.04", dt.date(2026, 4, 2), dt.date(2027, 4, 1)),
        ("29.02", dt.date(2026, 1, 1), dt.date(2026, 2, 28)),
        ("29.02", dt.date(2028, 1, 1), dt.date(2028, 2, 29)),
        ("31.12", dt.date(2026, 12, 31), dt.date(2026, 12, 31)),
    ],
)
def test_the_next_day_of_the_year(day: str, as_of: dt.date, due: dt.date) -> None:
    assert next_day(day, as_of) == due


def test_on_every_day_each_kind_has_one_coming_date() -> None:
    for number in range(366):
        as_of = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        coming = [kind for kind, day, _, _ in told(as_of) if dt.datetime.strptime(day, "%d.%m.%Y").date() >= as_of]
        assert sorted(coming) == sorted(KINDS), as_of
