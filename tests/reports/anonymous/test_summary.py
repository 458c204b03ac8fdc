"""Numbers for the public: how they are told, what they must not let anybody work out, and that no clock is in them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))
import fake_run

from affil.model.run import Coverage, Money, Run, Volume
from affil.reports.anonymous.numbers import FEWEST, FEWEST_PERSONS, shown_groups, told
from affil.reports.anonymous.summary import Outcomes, figures, period_text, site_text
from affil.reports.anonymous.summary_files import summary_public
from affil.words import Words

RU, EN = Words("ru"), Words("en")
D = dt.date
ALL = Outcomes(considered=7, notices=5, recusals=1, commission=0, measures=4)


def people(**counts: tuple[int, int]) -> tuple[Coverage, ...]:
    """Officials of a status: how many there are, and how many of them were compared."""
    return tuple(
        replace(
            fake_run.coverage(n, "full" if n <= compared else "none"),
            employee=fake_run.official(n, status=status.replace("_", " ")),
        )
        for status, (there, compared) in counts.items()
        for n in range(1, there + 1)
    )


def run_of(**counts: tuple[int, int]) -> Run:
    return fake_run.run((), coverage=people(**counts), volume=Volume(all=Money(121), suppliers=3, participants=0))


def rows(run: Run, outcomes: Outcomes | None = None, words: Words = RU) -> dict[str, str]:
    return {line.what: line.value for line in figures(run, outcomes or Outcomes(), words)}


def test_small_numbers_and_numbers_nobody_keeps() -> None:
    assert [told(number, RU) for number in (0, 1, 4, 5, 57, None)] == ["0", "менее 5", "менее 5", "5", "57", "сведений нет"]
    assert told(3, EN) == "fewer than 5"


def test_the_table_tells_what_was_compared_and_that_the_rest_is_not_kept() -> None:
    found = rows(run_of(worker=(29, 27), municipal_servant=(31, 31)))
    assert found == {
        "Должностных лиц, сведения о которых проанализированы": "58", "муниципальный служащий": "31", "работник учреждения": "27",
        "Контрактов": "121", "Поставщиков по этим контрактам": "менее 5", "Участников закупок": "0",
        "Рассмотрено обстоятельств": "сведений нет", "Подано уведомлений": "сведений нет", "Самоотводов (замен)": "сведений нет",
        "Рассмотрено комиссией": "сведений нет", "Мер ответственности": "сведений нет",
    }  # fmt: skip


def test_a_category_of_fewer_than_twenty_cannot_be_worked_out_of_the_sum() -> None:
    """29 + 27 of 60 would tell 4 heads and elected persons, so the servants are told with them."""
    found = rows(run_of(worker=(29, 27), municipal_servant=(27, 26), head_of_institution=(3, 3), elected_office=(1, 1)))
    assert list(found.items())[:3] == [
        ("Должностных лиц, сведения о которых проанализированы", "57"),
        ("работник учреждения", "27"),
        ("остальные категории вместе", "30"),
    ]


NOT_TOLD = (
    {"worker": (19, 19), "deputy": (19, 19)}, {"worker": (30, 3), "deputy": (30, 30)}, {"worker": (60, 60)},
    {"worker": (30, 30), "deputy": (5, 5)},
)  # fmt: skip


@pytest.mark.parametrize("counts", NOT_TOLD)
def test_categories_are_not_told_at_all_where_one_would_give_another_away(counts: dict[str, tuple[int, int]]) -> None:
    assert [
        what for what in rows(run_of(**counts)) if what in ("работник учреждения", "депутат", "остальные категории вместе")
    ] == []


@given(
    st.dictionaries(
        st.sampled_from("abcdefg"), st.tuples(st.integers(1, 60), st.integers(0, 60)).map(lambda n: (n[0], min(n))), max_size=7
    )
)
def test_whatever_is_added_and_subtracted_twenty_persons_are_behind_every_number(counts: dict[str, tuple[int, int]]) -> None:
    """The groups part the whole, so sums and differences of what is told are groups again: none may be a small category alone."""
    persons, compared = ({key: pair[part] for key, pair in counts.items()} for part in (0, 1))
    groups = shown_groups(persons, compared)
    if not groups:
        return
    assert sum(group.persons for group in groups) == sum(persons.values())
    assert sum(group.counted for group in groups) == sum(compared.values())
    assert all(group.persons >= FEWEST_PERSONS and (group.counted == 0 or group.counted >= FEWEST) for group in groups)
    named = {key for group in groups for key in group.keys}
    assert all(persons[key] >= FEWEST_PERSONS for key in named)
    others = set(persons) - named
    assert len(others) != 1 or persons[next(iter(others))] >= FEWEST_PERSONS


PERIODS = {
    (D(2025, 1, 1), D(2025, 3, 31)): "1 квартал 2025 года",
    (D(2025, 1, 1), D(2025, 12, 31)): "2025 год",
    (D(2025, 1, 1), D(2025, 9, 30)): "1–3 кварталы 2025 года",
    (D(2024, 10, 1), D(2025, 3, 31)): "период: 4 квартал 2024 года — 1 квартал 2025 года",
    (D(2025, 2, 10), D(2025, 2, 12)): "часть такого периода: 1 квартал 2025 года",
    (D(2025, 2, 10), None): "период, начиная с такого квартала: 1 квартал 2025 года",
    (None, D(2025, 12, 31)): "период, заканчивая таким кварталом: 4 квартал 2025 года",
    (None, None): "весь период загруженных сведений",
}


@pytest.mark.parametrize(("period", "text"), PERIODS.items())
def test_a_period_is_told_in_quarters(period: tuple[D | None, D | None], text: str) -> None:
    assert period_text(period, RU) == text


def test_the_text_for_the_site() -> None:
    run = run_of(worker=(29, 27), municipal_servant=(31, 31))
    assert site_text(run, ALL, RU) == (
        "За 2025 год проведён анализ сведений о должностных лицах (58) и контрактах (121). Рассмотрено обстоятельств: 7. "
        "По итогам: уведомлений — 5; самоотводов (замен) — менее 5; рассмотрено комиссией — 0; мер ответственности — менее 5."
    )
    assert "notices — no data" in site_text(run, Outcomes(), EN)


@pytest.mark.parametrize("words", [RU, EN])
def test_three_formats_tell_the_same(words: Words) -> None:
    run = run_of(worker=(29, 27), municipal_servant=(31, 31))
    made = summary_public(run, words, ALL)
    text = made["summary_public/summary.csv"].decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(made["summary_public/summary.xlsx"])).active
    assert [[str(cell.value) for cell in row] for row in sheet.iter_rows(4, 3 + len(table), 1, 3)] == table
    document = docx.Document(io.BytesIO(made["summary_public/summary.docx"]))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == table
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert site_text(run, ALL, words) in paragraphs and paragraphs.count(words("reports.disclaimer")) == 1
    assert "".join(paragraph.text for paragraph in document.sections[0].footer.paragraphs) == ""


def test_nothing_but_counts_and_the_period_makes_a_difference() -> None:
    """Names, days, findings, the run, its clock, settings and key may all be others: the bytes are the same."""
    run = run_of(worker=(29, 27), municipal_servant=(31, 31))
    renamed = tuple(
        replace(item, employee=replace(item.employee, name="Другой", position="Глава", department="Иной"))
        for item in run.coverage
    )
    other = replace(
        run, id="R-ffff", version="9.9", started=dt.datetime(2031, 5, 6, 7, 8), as_of=D(2031, 5, 6),
        findings=fake_run.findings(), undetermined=(), sources=(), settings={"organisation": "Иная"}, pseudonym_key="",
        coverage=renamed[::-1], rules_date=D(2031, 1, 2),
    )  # fmt: skip
    assert summary_public(other, RU) == summary_public(run, RU)
