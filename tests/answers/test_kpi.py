"""The indicator of the plan, counted by hand (OFFICER 8)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from affil.answers.kpi import Kpi, kpi
from affil.model.finding import Employee
from affil.model.run import Coverage, Run
from affil.reports.kpi import kpi_json, kpi_text
from affil.reports.kpi_chart import FULL, LIMITED, TALL, TOP, kpi_svg
from affil.settings import default_settings
from affil.words import LANGUAGES, Words

PLAN = default_settings().plan.by_month
RU = Words("ru")


def row(
    result: str, status: str | None = "municipal servant", reasons: tuple[str, ...] = (), dismissed: dt.date | None = None,
    department: str | None = None,
) -> Coverage:  # fmt: skip
    who = Employee("key", "1", "4200000012", "Школа", "Громов Пётр Ильич", None, status, None, department=department)
    return Coverage(who, result, None, {}, 0, 0, 0, 0, reasons, reasons, dismissed)


ROWS = (
    row("full"), row("full", "worker"), row("limited"), row("limited", None), row("limited", "worker"), row("none"),
    row("full", "former servant"), row("full", "candidate"), row("full", dismissed=dt.date(2026, 4, 10)),
    row("none", None, ("seat_not_linked",)),
)  # fmt: skip


def found(headcount: int | None, counts: str = "limited", as_of: dt.date = dt.date(2026, 4, 10), rows: Any = ROWS) -> Kpi:
    run = Run(
        "R-0", "0", dt.datetime(2026, 4, 10), (), rows, (), (), (), {}, {}, {}, (None, None), as_of,
    )  # fmt: skip
    return kpi(run, PLAN, headcount, counts)


def test_officials_are_counted_by_how_far_they_were_checked_servants_apart() -> None:
    """Of ten rows one is a mere seat, one a candidate, one a former servant, one left on the very day: six are staff."""
    told = kpi_json(found(20), RU)
    assert told["officials"] == {"full": 2, "limited": 3, "none": 1, "loaded": 6}
    assert told["municipal_servants"] == {"full": 1, "limited": 1, "none": 1, "loaded": 3}
    assert (told["not_on_staff"], told["unlinked_members"]) == (3, 1)


@pytest.mark.parametrize(
    ("headcount", "counts", "as_of", "share", "full", "plan", "below"),
    [
        (20, "limited", dt.date(2026, 4, 10), 25.0, 10.0, 30, True),
        (20, "limited", dt.date(2026, 3, 31), 30.0, 15.0, 20, False),  # he who left in April is still there
        (16, "limited", dt.date(2026, 4, 10), 31.2, 12.5, 30, False),
        (20, "full", dt.date(2026, 4, 10), 10.0, 10.0, 30, True),
        (7, "limited", dt.date(2026, 12, 1), 71.4, 28.5, 100, True),
        (20, "limited", dt.date(2026, 1, 1), 30.0, 15.0, 0, False),
        (None, "limited", dt.date(2026, 4, 10), None, None, 30, None),
        (5, "limited", dt.date(2026, 4, 10), 83.3, 33.3, 30, False),  # fewer than are loaded: of the six loaded
    ],
)
def test_the_share_is_of_the_headcount_and_compared_with_the_months_plan(
    headcount: int | None, counts: str, as_of: dt.date, share: float | None, full: float | None, plan: int, below: bool | None
) -> None:
    told = kpi_json(found(headcount, counts, as_of), RU)
    assert (told["share"], told["share_full"], told["plan"], told["below_plan"]) == (share, full, plan, below)
    assert (told["headcount"], told["counts"], told["month"]) == (headcount, counts, as_of.month)


def test_a_share_just_below_the_plan_is_below_it() -> None:
    """29.99 % is not 30 %, whatever is printed."""
    rows = (*[row("full")] * 2999, *[row("none")] * 7001)
    assert found(10_000, rows=rows).below_plan is True
    assert found(10_000, rows=(*rows[1:], row("full"))).below_plan is True
    assert found(10_000, rows=(*rows[:-1], row("full"))).below_plan is False


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("counts", ["full", "limited"])
def test_the_definition_stands_under_the_number(lang: str, counts: str) -> None:
    words = Words(lang)
    lines = kpi_text(found(20, counts), words).splitlines()
    at = lines.index(words(f"kpi.definition.{counts}"))
    assert "20" in lines[at - 1] and kpi_json(found(20, counts), words)["definition"] == lines[at]


def test_the_text_says_what_is_not_counted_and_that_a_headcount_is_missing_or_too_small() -> None:
    text = kpi_text(found(None), RU)
    assert "Доля не считается" in text and "--headcount" in text and "План на апрель — 30 %" in text
    assert "кандидаты, бывшие и уволенные — 3" in text and "нет среди должностных лиц: 1" in text
    assert "Доля: 31,2 % (5 из 16); план на апрель — 30 %: не ниже плана" in kpi_text(found(16), RU)
    assert "ниже плана" in kpi_text(found(20), RU)
    assert "Численность (5) меньше числа загруженных лиц (6)" in kpi_text(found(5), RU)


def test_departments_are_told_apart_and_those_not_checked_with_the_reason() -> None:
    """Five staff: two of the legal department, one of them not checked; three without a department stand under their employer."""
    rows = (
        row("full", department="Юридический отдел"), row("none", reasons=("no_questionnaire",), department="Юридический отдел"),
        row("limited"), row("limited"), row("full"), row("none", "candidate", ("no_questionnaire",)),
    )  # fmt: skip
    told, text = kpi_json(found(20, rows=rows), RU), kpi_text(found(20, rows=rows), RU)
    assert told["departments"] == [
        {"name": "Школа", "full": 1, "limited": 2, "none": 0, "loaded": 3},
        {"name": "Юридический отдел", "full": 1, "limited": 0, "none": 1, "loaded": 2},
    ]
    [who] = told["unchecked"]
    assert (who["name"], who["department"]) == ("Громов Пётр Ильич", "Юридический отдел") and who["reason"] and who["remedy"]
    assert "Не проверены (1):" in text and f"Юридический отдел — {who['reason']}" in text
    assert "Юридический отдел: полностью — 1, с ограничениями — 0, не проверены — 1; всего загружено — 2" in text
    assert "Юридический отдел" not in kpi_text(found(20, rows=rows), RU, brief=True)


def _heights(svg: str) -> dict[str, float]:
    """Heights of the bars of the chart by their colour."""
    drawn = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}path")
    shapes = [(one.get("fill"), re.search(r"h32v([\d.]+)h", one.get("d") or "")) for one in drawn]
    return {fill or "": float(height[1]) for fill, height in shapes if height}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_chart_is_as_tall_as_the_shares(lang: str) -> None:
    """Of twenty two are checked fully and three with limits: 10 % and 15 % of the height of the field."""
    svg = kpi_svg(found(20), Words(lang))
    heights = _heights(svg)
    assert heights == pytest.approx({FULL: TALL * 0.10, LIMITED: TALL * 0.15})
    assert ("25 %" in svg) and "script" not in svg and "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_without_a_headcount_only_the_plan_is_drawn_and_that_is_said() -> None:
    svg = kpi_svg(found(None), RU)
    assert not _heights(svg) and RU("kpi.chart.no_share") in svg and RU("kpi.chart.plan") in svg


def test_everybody_checked_keeps_the_number_inside_the_field() -> None:
    svg = kpi_svg(found(2, "full", rows=(row("full"), row("full"))), RU)
    number = re.search(r'y="(\d+)"[^>]*>100 %<', svg)
    assert number and TOP < int(number[1]) < TOP + TALL
