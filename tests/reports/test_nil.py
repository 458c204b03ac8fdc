"""The document of a run without cases: its title by what was left open; where a statement is withheld."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import fake_run
import pytest
from avoided import avoided_words
from docx_text import paragraphs, table_under, whole

from affil.model.run import Coverage, Customer, Run, Undetermined, Volume
from affil.reports.cases import cases_of
from affil.reports.word.given import counted, day_months_after
from affil.reports.word.memo import memo_docx
from affil.reports.word.outcome import outcome_of, reach_of
from affil.words import Words

RU, EN = Words("ru"), Words("en")
ALL = "СПРАВКА о том, что в проверенных сведениях признаков связи не обнаружено"
OPEN = "СПРАВКА о результатах анализа: в проверенной части признаков связи не обнаружено, в отношении {} ответ не определён"
PARTIAL = "ПРОМЕЖУТОЧНЫЙ РЕЗУЛЬТАТ"
BOUGHT = Volume(
    suppliers=4, customers=(Customer("4299000109", "Школа № 9", 7),), extracts=(dt.date(2025, 2, 3), dt.date(2026, 1, 2))
)


def covered(full: int, limited: int = 0, none: int = 0) -> tuple[Coverage, ...]:
    kinds = ["full"] * full + ["limited"] * limited + ["none"] * none
    return tuple(fake_run.coverage(number, kind) for number, kind in enumerate(kinds, start=1))


def nil_run(**more: Any) -> Run:
    settings = {"thresholds": {"nil_statement_coverage": 0.9}, "documents": {"repeat_months": 3}}
    values = {"coverage": covered(10), "undetermined": (), "volume": BOUGHT, "settings": settings}
    return fake_run.run((), **{**values, **more})


def title(run: Run, words: Words = RU) -> str:
    lines = paragraphs(memo_docx(run, words))
    return " ".join(next(line for line in lines if line.strip()).split())


def supplier(name: str, inn: str | None, reason: str = "no_extract", kind: str = "supplier") -> Undetermined:
    return Undetermined(kind, name, inn, reason, {"number": "2"})


def test_nothing_left_open() -> None:
    assert title(nil_run()) == ALL
    assert title(nil_run(), EN) == "STATEMENT that no signs of a tie were found in the data checked"


def test_persons_and_firms_left_open_are_in_the_title() -> None:
    left = (
        supplier("ООО «Кедр»", "4299000556"), supplier("Кедр", "4299000556", "old_extract", "participant"),  # one firm
        supplier("Вязов Илья Ильич", None, "no_inn_supplier"), supplier("АО «Берег»", "4299000557", "joint_stock", "holder"),
        Undetermined("relative", "Осокина Алла", None, "relative_no_identity", {"official": "Первый"}),
        Undetermined("relative", "Осокина Алла", None, "relative_no_identity", {"official": "Второй"}),  # two of one name
        Undetermined("official", "Служащий Номер010 Иванович", None, "groups_not_declared", {"groups": "child"}),
        Undetermined("official", "Служащий Номер010 Иванович", None, "stale_questionnaire"),  # one official
    )  # fmt: skip
    run = nil_run(coverage=covered(9, 1), undetermined=left)
    assert title(run) == OPEN.format("3 лиц и 3 контрагентов")
    assert title(run, EN).endswith("for 3 persons and 3 contractors the answer is not determined")
    text = whole(memo_docx(run, RU))
    assert "нет хотя бы одного ответа, — 1; родственников — 2; контрагентов, участников и организаций над ними — 3" in text


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "1 контрагента"), (2, "2 контрагентов"), (11, "11 контрагентов"), (21, "21 контрагента"), (111, "111 контрагентов"),
        (1234, "1\u00a0234 контрагентов"),
    ],
)  # fmt: skip
def test_numbers_agree_with_their_nouns(number: int, told: str) -> None:
    assert counted("nil.of.firms", number, RU) == told


def test_only_firms_left_open() -> None:
    assert title(nil_run(undetermined=(supplier("ООО «Кедр»", "4299000556"),))) == OPEN.format("1 контрагента")


def test_purchases_older_than_the_first_extract_are_told_in_point_4_and_counted_in_the_title() -> None:
    run = nil_run(undetermined=(supplier("ООО «А»", "1", "left_before_extract"), supplier("ООО «Б»", "2", "left_before_extract")))
    assert title(run).endswith("в отношении 2 контрагентов ответ не определён")
    lines = paragraphs(memo_docx(run, RU))
    point = lines[lines.index("4. Что этим не установлено") : lines.index("5. Не определено")]
    assert any("у 2 контрагентов есть закупки раньше первой загруженной выписки" in line for line in point)


def test_officials_of_one_name_are_counted_each() -> None:
    twins = tuple(replace(row, employee=replace(row.employee, name="Юшков Пётр Ильич")) for row in covered(0, 2))
    said = Undetermined("official", "Юшков Пётр Ильич", None, "groups_not_declared", {"groups": "child"})
    assert title(nil_run(coverage=(*covered(9), *twins), undetermined=(said, said))) == OPEN.format("2 лиц")


@pytest.mark.parametrize(
    ("coverage", "plan", "statement"),
    [
        (covered(9, 0, 1), {}, True),  # 9 of 10 is 90 %
        (covered(89, 0, 11), {}, False),
        (covered(5, 5), {}, True),  # checked with limits is checked
        (covered(9, 1), {"counts": "full"}, True),
        (covered(8, 2), {"counts": "full"}, False),  # unless the settings count the full ones only
        (covered(18), {"headcount": 20}, True),  # of the headcount, not of those loaded
        (covered(17), {"headcount": 20}, False),
        (covered(10), {"headcount": 3}, True),  # the headcount tells less than what is loaded
        (covered(17, 0, 3), {"headcount": 3}, False),
    ],
)
def test_the_threshold(coverage: tuple[Coverage, ...], plan: dict[str, object], statement: bool) -> None:
    run = nil_run(coverage=coverage, settings={"thresholds": {"nil_statement_coverage": 0.9}, "plan": plan})
    assert (title(run) == PARTIAL) is not statement
    assert reach_of(run).is_enough is statement


def test_persons_of_the_headcount_who_are_not_loaded_are_left_open() -> None:
    run = nil_run(coverage=covered(19), settings={"thresholds": {"nil_statement_coverage": 0.9}, "plan": {"headcount": 20}})
    assert title(run) == OPEN.format("1 лица")


def test_without_a_threshold_all_must_be_checked() -> None:
    assert title(nil_run(settings={})) == ALL
    assert title(nil_run(coverage=covered(99, 0, 1), settings={})) == PARTIAL


def test_a_list_not_handed_in_withholds_the_statement_and_is_named() -> None:
    late = replace(BOUGHT, customers=(*BOUGHT.customers, Customer("4299000116", "Водоканал", 0)))
    run = nil_run(volume=late)
    assert title(run) == PARTIAL
    text = whole(memo_docx(run, RU))
    assert "не поступили от заказчиков: 1 (Водоканал, ИНН 4299000116)" in text
    assert "Справка не выдаётся" in text and "СПРАВКА" not in text


def test_nothing_to_compare_is_no_statement() -> None:
    assert outcome_of(nil_run(volume=Volume()), ()).lacks == ("no_purchases",)
    assert outcome_of(nil_run(coverage=()), ()).lacks == ("no_officials",)
    assert title(nil_run(volume=Volume())) == title(nil_run(coverage=())) == PARTIAL


def test_matches_of_nothing_but_a_name_leave_a_statement() -> None:
    names = tuple(one for one in fake_run.findings() if one.name_only)
    run = replace(nil_run(), findings=names)
    assert outcome_of(run, cases_of(names)).kind == "nil" and title(run) == ALL
    text = whole(memo_docx(run, RU))
    assert "Совпадения только ФИО: 1 (Приложение 3)." in text and "Тихий дол" not in text


def test_points_validity_rules_and_limits_of_the_statement() -> None:
    document = memo_docx(nil_run(), RU)
    lines = paragraphs(document)
    heads = [line.split(". ")[0] for line in lines if line[:2] in {f"{n}." for n in range(1, 10)}]
    assert heads == list("1234567")
    assert any(line.startswith("По состоянию на 01.03.2026 при сопоставлении") for line in lines)
    assert any(
        "сведения реестров с 03.02.2025 по 02.01.2026" in line and "до 01.06.2026 (через 3 мес.)" in line for line in lines
    )
    assert [row[1] for row in table_under(document, "№", "Признак")] == [
        fake_run.RULES[key] for key in ("ended-tie", "official-supplier", "spouse-supplier")
    ]


def test_tables_not_loaded_are_named_with_the_answers_they_hold() -> None:
    text = whole(memo_docx(nil_run(), RU))
    assert "Не загружено: журнал уведомлений (иная работа, подарки, работодатели бывших служащих)." in text
    assert "Не загружено: заявки участников" in text


@pytest.mark.parametrize("words", [RU, EN])
def test_no_word_to_avoid_one_disclaimer_and_the_same_bytes(words: Words) -> None:
    runs = (nil_run(), nil_run(undetermined=fake_run.run().undetermined), nil_run(volume=Volume(), coverage=()))
    for run in runs:
        document = memo_docx(run, words)
        assert document == memo_docx(run, words)
        assert avoided_words(whole(document)) == []
        assert whole(document).count(words("reports.disclaimer")) == 1
        for promise in ("аффилированность", "нарушений нет", "чисто", "связей нет", "может быть допущен"):
            assert promise not in whole(document).casefold()


def test_months_end_with_the_month() -> None:
    run = nil_run(started=dt.datetime(2025, 11, 30, 10))
    assert day_months_after(run, "repeat_months") == dt.date(2026, 2, 28)
    assert day_months_after(nil_run(started=dt.datetime(2025, 10, 31)), "repeat_months") == dt.date(2026, 1, 31)
    assert day_months_after(nil_run(settings={"documents": {"repeat_months": 10**9}}), "repeat_months") is None
