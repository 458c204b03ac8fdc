"""The CSV tables: promised headings, cells safe for a spreadsheet, rows that say what the findings say."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import string
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import fake_run
import pytest
from hypothesis import given
from hypothesis import strategies as st

import affil.words
from affil.model.finding import Procedure
from affil.model.run import RejectRow, Undetermined
from affil.reports.cases import cases_of
from affil.reports.clean import UNSEEN
from affil.reports.coverage_csv import coverage_csv
from affil.reports.findings_csv import findings_csv
from affil.reports.not_determinable_csv import not_determinable_csv
from affil.reports.phrases import control_text, detail_text, force_text
from affil.reports.rejects_csv import rejects_csv
from affil.reports.table_csv import cell_text, table_csv
from affil.reports.values import in_text, part_text, percent_text
from affil.words import Words

RU, EN = Words("ru"), Words("en")


def test_running_text_has_the_decimal_sign_of_its_language_and_tables_a_comma() -> None:
    run = fake_run.run()
    path = replace(run.findings[5].path, share=Fraction(1, 8))
    assert (control_text(path, RU)[-6:], control_text(path, EN)[-6:]) == ("12,5 %", "12.5 %")
    step = replace(path.steps[-1], relation="owner", detail="12.5 %")
    assert "12,5" in detail_text(step, RU) and "12.5" in detail_text(step, EN)
    assert in_text(part_text(1, 3), EN) == "33.3"
    odd = replace(run, findings=(replace(run.findings[5], path=path),))
    assert "12,5" in findings_csv(odd, EN).decode("utf-8-sig")


HEADINGS = (  # OFFICER 3.1, copied
    "№ случая;Приоритет рассмотрения;Состояние;Табельный №;Должностное лицо;Категория лица;Должность;Подразделение;"
    "Роль в закупке;Родственник (свойственник);"
    "Степень родства (свойства);Входит в круг: ст. 31 ч. 1 п. 9 44-ФЗ;"
    "Входит в круг: ст. 10 ч. 2 273-ФЗ;Положение в организации;Доля участия, %;"
    "Контрагент (участник закупки);ИНН контрагента;Заказчик;ИНН заказчика;"
    "Организатор закупки;№ контракта;Дата контракта;Цена контракта, руб.;Основание (способ) закупки;"
    "№ закупки;Национальный проект;"
    "Действие связи на дату закупки;Как установлено лицо;Признаки;Нормы для правовой оценки;Описание связи по шагам;Источники;"
    "Что уточнить;Возможные действия: должностное лицо;Возможные действия: участник закупки;Тождество лица (решение);"
    "Связь (решение);Кто рассмотрел;Дата рассмотрения;Причина, пояснение;Прогон;Код связи;Ключ строки"
)
COVERAGE = (
    "Табельный №;ФИО;Категория лица;Должность;Подразделение;Итог;Дата анализа;Дата анкеты;Супруг(а);Дети;Родители;Братья, сёстры;"
    "Родители супруга;Братья, сёстры супруга;Дети супруга;Супруги детей;Родственников сопоставлено;Из них с ИНН;"
    "Поиск в ФНС (дата);Организаций сопоставлено;Контрактов сопоставлено;Причина ограничения;Что сделать;Ответственный;Срок"
)
UNDETERMINED = (
    "№;Кого или что нельзя проверить;Вид;ИНН;Причина;Каких ответов касается;Что сделать;Где получить;Ответственный;Срок"
)
REJECTS = "Файл;Лист;Строка;Столбец;Значение;Почему не принято;Как исправить"


def read(content: bytes) -> tuple[str, list[dict[str, str]]]:
    text = content.decode("utf-8-sig")
    return text.split("\r\n", 1)[0], list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_bom_semicolon_and_crlf() -> None:
    content = findings_csv(fake_run.run(), RU)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_headings_are_the_promised_ones() -> None:
    run = fake_run.run()
    assert read(findings_csv(run, RU))[0] == HEADINGS
    assert read(coverage_csv(run, RU))[0] == COVERAGE
    assert read(not_determinable_csv(run, RU))[0] == UNDETERMINED
    assert read(rejects_csv(run, RU))[0] == REJECTS


def test_rows_equal_the_findings() -> None:
    run = fake_run.run()
    _, rows = read(findings_csv(run, RU))
    assert len(rows) == len({(f.employee.key, f.supplier.key, f.contract, f.procedure) for f in run.findings}) == 12
    numbers = {(case.near.name, case.far.name): str(case.number) for case in cases_of(run.findings)}
    for found in run.findings:
        number = found.contract.number if found.contract else ""
        (row,) = [row for row in rows if row["Код связи"] == found.tie and row["№ контракта"] == (f"'{number}" if number else "")]
        assert row["№ случая"] == numbers[found.employee.name, found.supplier.name]
        assert row["Табельный №"] == f"'{found.employee.employee_id}"
        assert row["Должностное лицо"] == found.employee.name
        assert row["ИНН контрагента"] == found.supplier.inn
        assert row["ИНН заказчика"] == fake_run.SCHOOL_INN
        assert row["Прогон"] == run.id
        if found.contract and found.contract.signed_on:
            assert dt.datetime.strptime(row["Дата контракта"], "%d.%m.%Y").date() == found.contract.signed_on
            assert row["Цена контракта, руб."] == "1234567,80"


def test_a_row_reads_as_an_officer_expects() -> None:
    _, rows = read(findings_csv(fake_run.run(), RU))
    own = rows[0]
    assert own["Приоритет рассмотрения"] == "первоочередной"
    assert own["Состояние"] == "открыто"
    assert own["Степень родства (свойства)"] == "само должностное лицо"
    assert own["Доля участия, %"] == "35"
    assert own["Положение в организации"] == "участник (доля более 10 %)"
    assert own["Входит в круг: ст. 31 ч. 1 п. 9 44-ФЗ"] == "да"
    assert own["Описание связи по шагам"].startswith("1) Яблочкин Сергей Тимофеевич — участник (учредитель): ООО «Озёрный край»")
    assert "2) Яблочкин Пётр Тимофеевич — брат" in own["Описание связи по шагам"]
    lost = next(row for row in rows if row["№ закупки"] == "'0142300001225000077")
    assert (lost["№ контракта"], lost["Дата контракта"], lost["Степень родства (свойства)"]) == ("", "", "зять")


def test_findings_of_two_rules_about_one_contract_are_one_row() -> None:
    first = fake_run.finding(1)
    second = replace(first, id="F-x", rule="ended-tie", relative="Берестов Лев Аркадьевич", relationship="сын",
                     path=replace(first.path, kinship="child"))  # fmt: skip
    _, rows = read(findings_csv(fake_run.run((first, second)), RU))
    (row,) = rows
    assert row["Родственник (свойственник)"] == "Берестов Лев Аркадьевич; Берестова Нина Олеговна"
    assert row["Степень родства (свойства)"] == "сын; супруга"
    assert row["Положение в организации"] == "руководитель"
    assert row["Признаки"] == "Связь прекращена до закупки; Супруг должностного лица связан с контрагентом"


def test_a_bid_and_a_contract_of_one_way_are_described_once() -> None:
    first = fake_run.finding(1)
    bid = Procedure("77", dt.date(2025, 2, 18), fake_run.SCHOOL_INN, True)
    second = replace(fake_run.finding(1, bought=bid), id="F-x", rule="ended-tie", contract=first.contract)
    (row,) = read(findings_csv(fake_run.run((first, second)), RU))[1]
    assert row["Описание связи по шагам"].count("супруга") == 1
    assert row["Что уточнить"] == fake_run.rule("x", "y").clarify["ru"]


def test_row_keys_are_unique_and_outlive_a_new_rule() -> None:
    run = fake_run.run()
    _, rows = read(findings_csv(run, RU))
    assert len({row["Ключ строки"] for row in rows}) == len(rows)
    renamed = replace(run, findings=tuple(replace(found, id=f"F-new-{found.id}", rule="other") for found in run.findings))
    assert {row["Ключ строки"] for row in read(findings_csv(renamed, RU))[1]} == {row["Ключ строки"] for row in rows}


def test_order_of_findings_changes_no_byte() -> None:
    run = fake_run.run()
    shuffled = list(run.findings)
    random.Random(3).shuffle(shuffled)
    assert findings_csv(replace(run, findings=tuple(shuffled)), RU) == findings_csv(run, RU)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "действовала"),
        ({"until": dt.date(2024, 5, 1), "in_force": False}, "прекращена 01.05.2024 (до закупки)"),
        ({"since": dt.date(2025, 9, 1), "in_force": False}, "возникла 01.09.2025 (после)"),
        ({"in_force": "during_performance"}, "возникла в период исполнения"),
        ({"in_force": False}, "дата не известна"),
        ({"until": dt.date(2025, 3, 4), "in_force": False}, "дата не известна"),  # both ends inclusive: that day still counts
        ({"since": dt.date(2025, 3, 4), "in_force": False}, "дата не известна"),
        ({"bought": fake_run.contract(1, signed_on=None)}, "дата не известна"),
        ({"bought": Procedure("1", dt.date(2025, 1, 1), None, None), "since": dt.date(2025, 1, 2), "in_force": False},
         "возникла 02.01.2025 (после)"),
    ],
)  # fmt: skip
def test_what_the_tie_was_on_the_date(more: dict[str, object], expected: str) -> None:
    assert force_text(fake_run.finding(1, **more), RU) == expected


def test_coverage_tells_results_groups_and_remedies() -> None:
    _, rows = read(coverage_csv(fake_run.run(), RU))
    assert len(rows) == 60
    limited = rows[52]
    assert limited["Итог"] == "проверен с ограничениями"
    assert (limited["Супруг(а)"], limited["Дети"], limited["Родители супруга"]) == (
        "заявлены",
        "заявлено отсутствие",
        "не заявлено",
    )
    assert limited["Причина ограничения"] == "В анкете не заявлены группы: родители супруга"
    assert limited["Дата анализа"] == "01.03.2026"
    assert limited["Дата анкеты"] == "15.01.2025"


def filled(texts: dict[str, str]) -> dict[str, str]:
    return {name: "…" for text in texts.values() for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_reason_has_its_four_texts_in_both_languages() -> None:
    reasons = RU.raw("undetermined")
    items = tuple(Undetermined("supplier", f"Имя {reason}", None, reason, filled(reasons[reason])) for reason in reasons)
    for words in (RU, EN):
        _, rows = read(not_determinable_csv(fake_run.run(undetermined=items), words))
        assert [next(iter(row.values())) for row in rows] == [str(number) for number in range(1, len(reasons) + 1)]
        assert all(text for row in rows for text in list(row.values())[1:3] + list(row.values())[4:8])


def test_groups_of_kin_are_named_in_words() -> None:
    _, rows = read(not_determinable_csv(fake_run.run(), RU))
    assert rows[0]["Причина"] == "В анкете не заявлены группы: родители супруга; дети"
    assert rows[0]["Вид"] == "служащий"


needs_rejects = pytest.mark.skipif(
    not (Path(affil.words.__file__).parent / "ru" / "rejects.toml").exists(), reason="no texts of rejects in the catalogue"
)


@needs_rejects
@pytest.mark.parametrize("words", [RU, EN])
def test_every_reject_reason_makes_a_row(words: Words) -> None:
    tables = {key: table for key, table in words.raw("rejects").items() if isinstance(table, dict) and "remedy" in table}
    names = {
        name for table in tables.values() for text in table.values() for _, name, _, _ in string.Formatter().parse(text) if name
    }
    params = {name: f"<{name}>" for name in names}
    rejects = tuple(RejectRow("inbox/a.xlsx", "Лист1", 7, "ИНН", "=1+1", key, params, key == min(tables)) for key in tables)
    _, rows = read(rejects_csv(fake_run.run(rejects=rejects), words))
    assert len(rows) == len(tables) > 0
    for row in rows:
        values = list(row.values())
        assert values[4] == "'=1+1"
        assert values[5] and values[6]
    taken = words.raw("reports.rejects.row_taken").split("{reason}")[1]
    assert sum(list(row.values())[5].endswith(taken) for row in rows) == 1


@given(st.text())
def test_no_cell_begins_as_a_formula_and_the_value_survives(text: str) -> None:
    cell = cell_text(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    seen = UNSEEN.sub("", text)  # signs nobody sees could hide a formula, or turn the direction of reading
    assert cell in (seen, f"'{seen}")


@given(st.from_regex(r"[0-9]{1,30}", fullmatch=True))
def test_digits_that_a_spreadsheet_spoils_carry_an_apostrophe(digits: str) -> None:
    spoiled = len(digits) >= 12 or str(int(digits)) != digits
    assert cell_text(digits) == (f"'{digits}" if spoiled else digits)


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_a_table_is_read_back_as_it_was_written(rows: list[list[str]]) -> None:
    text = table_csv(["a", "b"], rows).decode("utf-8-sig")
    read_back = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert read_back == [["a", "b"], *[[cell_text(value) for value in row] for row in rows]]


def test_a_row_of_the_wrong_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="2 headings"):
        table_csv(["a", "b"], [["1"]])


@given(st.fractions(min_value=0, max_value=1, max_denominator=10**7))
def test_a_share_is_not_shown_across_the_threshold(share: Fraction) -> None:
    shown = Decimal(percent_text(share).replace(",", "."))
    assert (shown > 10) == (share > Fraction(1, 10))
    assert abs(shown - Decimal(share.numerator) * 100 / Decimal(share.denominator)) <= Decimal("0.0001")


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(57, 60, "95"), (2999, 3000, "99,9"), (3, 3, "100"), (0, 0, "0"), (1, 3, "33,3")]
)
def test_parts_of_a_whole_are_never_rounded_up(part: int, whole: int, text: str) -> None:
    assert part_text(part, whole) == text
