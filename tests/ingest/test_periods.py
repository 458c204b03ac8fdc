"""The days a period names: by hand, against the calendar, and nothing where the text is not sure."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_files import SUPPLIER, csv_of

from affil.ingest.values.periods import period_bounds

years = st.integers(2000, 2099)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1 квартал 2025 г.", "2025-01-01", "2025-03-31"),
        ("за IV кв. 2024 года", "2024-10-01", "2024-12-31"),
        ("второй квартал 2025", "2025-04-01", "2025-06-30"),
        ("3-й квартал 2025", "2025-07-01", "2025-09-30"),
        ("I–II кварталы 2025 г.", "2025-01-01", "2025-06-30"),
        ("2025 год", "2025-01-01", "2025-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("март 2025", "2025-03-01", "2025-03-31"),
        ("Февраля\u00a02024 г.", "2024-02-01", "2024-02-29"),
        ("02.2025", "2025-02-01", "2025-02-28"),
        ("январь–март 2025", "2025-01-01", "2025-03-31"),
        ("декабрь 2024 г. — январь 2025 г.", "2024-12-01", "2025-01-31"),
        ("I полугодие 2025", "2025-01-01", "2025-06-30"),
        ("2-е полугодие 2025 года", "2025-07-01", "2025-12-31"),
        ("9 месяцев 2025", "2025-01-01", "2025-09-30"),
        ("за 2024-2025 годы", "2024-01-01", "2025-12-31"),
        ("с 15.01.2025 по 31.03.2025", "2025-01-15", "2025-03-31"),
        ("за период с 1 января по 31 марта 2025 г.", "2025-01-01", "2025-03-31"),
        ("2025 год, 1 квартал", "2025-01-01", "2025-03-31"),
        ("Q3 2025", "2025-07-01", "2025-09-30"),
        ("first half of 2025", "2025-01-01", "2025-06-30"),
        ("January to March 2025", "2025-01-01", "2025-03-31"),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, first: str, last: str) -> None:
    assert period_bounds(text) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        None, "", "-", "на 2025 год", "с 2025 года", "до 2025 года", "по 2025", "2025 год и ранее",
        "с 01.01.2025 по настоящее время",
        "1 квартал", "март", "25 г.", "март 25 г.", "2024-25", "2010-11", "01.03.2025", "5 квартал 2025", "3 полугодие 2025",
        "13 месяцев 2025", "последние 3 месяца 2025", "декабрь – январь 2025", "2025 – 2024", "2022-2023-2024",
        "31.02.2025 – 01.03.2025",
        "февраль, март 2025", "маркетинг 2025", "майонез 2025", "2024/2025", "2025 год по состоянию на 01.02.2026",
    ],
)  # fmt: skip
def test_of_what_names_no_period_surely_nothing_is_said(text: str | None) -> None:
    assert period_bounds(text) is None


@given(years, st.integers(1, 4))
def test_the_quarters_of_a_year_follow_one_another(year: int, quarter: int) -> None:
    bounds = period_bounds(f"{quarter} квартал {year} г.")
    following = period_bounds(f"{quarter % 4 + 1} квартал {year + quarter // 4} г.") if year < 2099 else None
    assert bounds and bounds[0].month == 3 * quarter - 2 and bounds[0].year == bounds[1].year == year
    assert following is None or following[0] == bounds[1] + dt.timedelta(days=1)


@given(years, st.integers(1, 12), st.integers(1, 12))
def test_months_from_to_are_all_their_days(year: int, first: int, last: int) -> None:
    names = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"]
    bounds = period_bounds(f"{names[first - 1]} - {names[last - 1]} {year}")
    whole = dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
    assert bounds == (whole if first <= last else None)


@given(st.text("0123456789квартлгодIVXпомесяц.-–/ ,()", max_size=24))
def test_whatever_is_written_bounds_are_in_order(text: str) -> None:
    bounds = period_bounds(text)
    assert bounds is None or bounds[0] <= bounds[1]


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("Перечень контрактов за 1 квартал 2025 года", "2025-01-01", "2025-03-31"),
        ("Контракты за 2024-2025 годы", "2024-01-01", "2025-12-31"),
        ("Реестр за январь 2024 – март 2025 г.", "2024-01-01", "2025-03-31"),
        ("Реестр за период с 01.01.2025 по 31.03.2025", "2025-01-01", "2025-03-31"),
        ("Контракты за 2024 год по состоянию на 01.02.2025", "2024-01-01", "2024-12-31"),
        ("Контракты за 2024 и 2025 годы", "2024-01-01", "2025-12-31"),
        ("Контракты за 2024-25 гг.", None, None),
        ("Контракты за 2024, 2025 годы", None, None),
    ],
)
def test_a_title_names_the_whole_period_or_none(title: str, first: str | None, last: str | None) -> None:
    """Half of «2024–2025» would be a bound that is not true."""
    row = csv_of(f'"{title}"', "Контрагент;Сумма;ИНН контрагента", f"ООО А;5;{SUPPLIER}").one("contract")
    told = tuple(day and dt.date.fromisoformat(day) for day in (first, last))
    assert (row["period_from"], row["period_to"]) == told


def test_a_month_in_the_place_of_the_date_bounds_the_contract() -> None:
    row = csv_of("Контрагент;Дата договора;ИНН контрагента", f"ООО А;март 2025;{SUPPLIER}").one("contract")
    assert (row["signed_on"], row["period_from"], row["period_to"]) == (None, dt.date(2025, 3, 1), dt.date(2025, 3, 31))
