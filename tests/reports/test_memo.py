"""`memo.docx` where there are cases: read back by another reader, against findings.csv and sums made by hand."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import fake_run
import pytest
from avoided import avoided_words
from docx import Document
from docx_text import paragraphs, table_under, tables, whole

from affil.decisions.course import Course, Event
from affil.model.finding import Finding, OtherParty
from affil.model.run import Changes, Customer, Money, RejectRow, Run, Volume
from affil.reports.cases import cases_of
from affil.reports.findings_csv import findings_csv
from affil.reports.findings_json import findings_json
from affil.reports.word.case_advice import clauses
from affil.reports.word.memo import memo_docx, number_in_full
from affil.review.basis import basis_of
from affil.review.changed import Change
from affil.words import Words

RU, EN = Words("ru"), Words("en")
DOCUMENTS = {
    "department": "Отдел профилактики", "addressee": "Главе округа А. Б. Вязову", "executor": "Консультант О. П. Юшкова",
    "executor_phone": "2-22-22", "head": None, "plan": "п. 2.10 Плана", "regulation": None, "access_list": "приказ № 8",
    "reply_days": 10, "case_days": 30, "repeat_months": 3,
}  # fmt: skip
SETTINGS: dict[str, object] = {
    "organisation": {"name": "Администрация Озёрного округа"}, "documents": DOCUMENTS,
    "plan": {"headcount": 65, "counts": "limited"},
    "legal_basis": {"person": {"municipal servant": "основание о лице"}, "relatives": {"municipal servant": None}},
}  # fmt: skip
CASES = ("№", "Приоритет, пункт")


def set_run(found: tuple[Finding, ...] | None = None, **more: Any) -> Run:
    return fake_run.run(found, **{"settings": SETTINGS, **more})


def csv_cases(run: Run) -> dict[str, tuple[str, str]]:
    rows = csv.reader(io.StringIO(findings_csv(run, RU).decode("utf-8-sig")), delimiter=";")
    next(rows)
    return {row[0]: (row[4], row[15]) for row in rows}


def lines_of(run: Run, words: Words = RU) -> list[str]:
    return paragraphs(memo_docx(run, words))


def after(lines: list[str], lead: str) -> str:
    """The one line that begins so, without its beginning."""
    found = [line.removeprefix(lead).strip() for line in lines if line.startswith(lead)]
    assert len(found) == 1, f"{len(found)} lines begin {lead!r}"
    return found[0]


def test_numbers_of_cases_are_those_of_findings_csv() -> None:
    run = set_run()
    document = memo_docx(run, RU)
    rows = table_under(document, *CASES)
    told = {row[0]: (row[2].split(",")[0], row[3].split(", ИНН")[0]) for row in rows}
    known = csv_cases(run)
    assert told == {number: known[number] for number in told}
    assert set(known) - set(told) == {number for number, ends in known.items() if ends[1] == "ООО «Тихий дол»"} != set()
    headed = [line for line in paragraphs(document) if re.match(r"4\.\d+\. Случай № \d+", line)]
    points = {row[0]: row[1].split("п. ")[1] for row in rows if "п. 4." in row[1]}
    assert {re.findall(r"№ (\d+)", line)[0]: line.split(". ")[0] for line in headed} == points


def test_points_stand_in_the_order_of_the_skeleton() -> None:
    heads = [line for line in lines_of(set_run()) if re.match(r"\d\. ", line)]
    assert [re.split(r" \(", line)[0] for line in heads] == [
        "1. Основание", "2. Объём", "3. Источники и даты", "4. Сведения, требующие рассмотрения", "5. Не удалось определить",
        "6. Совпадения только ФИО", "7. Изменения к прошлому прогону", "8. Оговорка", "9. Приложения",
    ]  # fmt: skip


def test_volume_is_told_number_by_number() -> None:
    customers = (Customer("4299000109", "Школа", 3), Customer("4299000116", None, 0))
    volume = Volume(
        relatives=223, members=8, unlinked_members=2, suppliers=61, participants=20, procedures=28, companies=49, proprietors=15,
        all=Money(1121, Decimal("76112982.81"), 4), national=Money(3, Decimal("10.5")), small=Money(93, Decimal(27)), searches=7,
        customers=customers, extracts=(dt.date(2025, 1, 1), dt.date(2026, 2, 3)),
    )  # fmt: skip
    text = whole(memo_docx(set_run(volume=volume), RU))
    assert "Должностных лиц — 60 (муниципальный служащий — 60). Членов комиссий — 8, из них не найдены среди" in text
    assert (
        "Проверено полностью — 52, с ограничениями — 5, не проверено — 3. Охват: 57 из 65 лиц по штатной численности, 87,6 %."
        in text
    )
    assert "Родственников (свойственников) — 223." in text
    assert "Контрагентов — 61; участников закупок — 20 (в 28 закупках)." in text
    assert (
        "Контрактов — 1 121 на 76 112 982,81 руб. (без цены — 4); в том числе по нацпроектам — 3 на 10,50 руб.; по п. 4" in text
    )
    assert "организаций — 49, индивидуальных предпринимателей — 15 (сведения с 01.01.2025 по 03.02.2026)" in text
    assert "Перечни контрагентов представили 1 из 2 заказчиков." in text
    assert "Перечень контрагентов не представили: наименование не указано, ИНН 4299000116." in text


def test_sums_count_a_purchase_of_two_cases_once() -> None:
    shared = fake_run.contract(1, price=Decimal("100.50"))
    other = fake_run.contract(2, price=None, signed_on=dt.date(2025, 4, 5))
    found = (
        fake_run.finding(1, bought=shared),
        fake_run.finding(2, fake_run.official(5, "Осинин Пётр Ильич"), bought=shared, priority="low"),
        fake_run.finding(3, bought=other),
    )  # fmt: skip
    text = whole(memo_docx(set_run(found), RU))
    assert "Случаев (должностное лицо и контрагент): 2, по приоритету рассмотрения: высокий — 1, низкий — 1." in text
    assert "Разных закупок в них — 2 на 100,50 руб. (без цены — 1)." in text


def test_days_to_reply_and_to_deal_with_cases_are_counted_from_the_run() -> None:
    lines = lines_of(set_run())
    assert after(lines, "Обработать до:").startswith("31.03.2026 (30 календарных дней со дня прогона)")  # 1 March and 30 days
    assert any("(а) запросить пояснения до 11.03.2026 (10 календарных дней" in line for line in lines)
    bare = lines_of(fake_run.run(settings={}))
    assert after(bare, "Обработать до:").startswith("______________")


@pytest.mark.parametrize(("number", "more"), [(5, ""), (6, "1"), (9, "4")])
def test_a_case_of_many_contracts_lists_five_and_says_how_many_more(number: int, more: str) -> None:
    found = tuple(fake_run.finding(n, bought=fake_run.contract(n, signed_on=dt.date(2025, n, 4))) for n in range(1, number + 1))
    document = memo_docx(set_run(found), RU)
    rows = table_under(document, "№ контракта (закупки)", "Дата")
    assert [row[1] for row in rows] == ["04.01.2025", "04.02.2025", "04.03.2025", "04.04.2025", "04.05.2025"]
    lines = paragraphs(document)
    assert [line for line in lines if "и ещё" in line] == ([f"… и ещё {more} — в файле «Возможные связи»."] if more else [])
    sums = {5: "6 172 839,00", 6: "7 407 406,80", 9: "11 111 110,20"}  # so many times 1 234 567,80
    assert f"Закупки: {number} на {sums[number]} руб. " in lines


def test_the_way_is_told_step_by_step_with_day_and_source() -> None:
    lines = lines_of(set_run((fake_run.finding(1),)))
    steps = [line for line in lines if re.match(r"\d\) ", line)]
    table = {row[0]: row[2] for row in table_under(memo_docx(set_run((fake_run.finding(1),)), RU), "№", "Источник")}
    assert [step.split(" [")[0] for step in steps] == [
        "1) Берестова Нина Олеговна — супруга (по отношению к: Берестов Аркадий Львович)",
        "2) Берестова Нина Олеговна — руководитель: ООО «Заречный строитель», с 01.06.2021",
        f"3) Берестов Аркадий Львович — член комиссии: {fake_run.SCHOOL}, с 02.09.2019",
    ]
    kin = re.search(r"\[анкета от 15\.01\.2025, источник (\d+), Родственники!R17\]", steps[0])
    assert kin and table[kin[1]] == "inbox/Анкеты/Родственники.xlsx"


def test_many_files_of_one_kind_are_one_row_of_sources() -> None:
    rows = table_under(memo_docx(set_run(), RU), "№", "Источник")
    assert [row for row in rows if "ЕГРЮЛ" in row[1]] == [
        ["2", "выписка ЕГРЮЛ", "файлов: 30; каждый назван на листе «Источники»", "дата не указана", "организаций — 30", "0"]
    ]
    assert {row[2]: row[5] for row in rows if "ЕГРЮЛ" not in row[1]} == {
        "inbox/Кадры/Должностные лица.xlsx": "0", "inbox/Анкеты/Родственники.xlsx": "3"
    }  # fmt: skip


def test_rows_refused_after_loading_are_counted_with_their_file() -> None:
    lost = [
        RejectRow("inbox/Кадры/Должностные лица.xlsx", "Л", row, "", "", "official_not_found", {}, False) for row in (7, 7, 9)
    ]
    rows = table_under(memo_docx(set_run(rejects=tuple(lost)), RU), "№", "Источник")
    assert {row[2]: row[5] for row in rows}["inbox/Кадры/Должностные лица.xlsx"] == "2"


def test_official_and_bidder_are_told_apart() -> None:
    about = fake_run.finding(1, about="participant", rule="official-supplier", bases=("44-ФЗ ст. 31 ч. 1 п. 9",))
    other = fake_run.finding(2, bought=about.contract, bases=("273-ФЗ ст. 10",))
    idle = replace(fake_run.rule(other.rule, "Супруг"), action_participant={"ru": "Действий не требует."})
    lines = lines_of(set_run((about, other), rules={**fake_run.run().rules, other.rule: idle}))
    assert after(lines, "Подлежит оценке, вопрос о должностном лице:") == "273-ФЗ ст. 10."
    assert after(lines, "Подлежит оценке, вопрос об участнике закупки:") == "44-ФЗ ст. 31 ч. 1 п. 9."
    assert (
        after(lines, "В отношении участника закупки:")
        == "Передать вопрос на правовую оценку: соответствует ли участник требованиям."
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [("municipal servant", "(273-ФЗ ст. 11)."), ("worker", "(273-ФЗ ст. 11), если она на это лицо распространяется."),
     (None, "если она"),
     ("former servant", None)],
)  # fmt: skip
def test_the_duty_to_notify_is_told_to_those_it_binds(status: str | None, said: str | None) -> None:
    lines = lines_of(set_run((fake_run.finding(1, fake_run.official(status=status)),)))
    proposed = after(lines, "Предлагается в отношении должностного лица:")
    assert (said in proposed) if said else ("(б)" not in proposed and "уведомить" not in proposed)


def test_a_person_known_by_name_only_is_not_to_be_named_to_the_official() -> None:
    guess = fake_run.finding(1, same_as=0.72, priority="normal")
    assert "не называя третьего лица и организации" in after(
        lines_of(set_run((guess,))), "Предлагается в отношении должностного лица:"
    )
    assert "не называя" not in whole(memo_docx(set_run((fake_run.finding(1),)), RU))


@pytest.mark.parametrize(
    ("action", "proposed"),
    [
        (
            "Запросить пояснения; разъяснить обязанность по ст. 11 273-ФЗ; решить вопрос об отводе.",
            ["пояснения", "уведомить", "решить"],
        ),
        (
            "Запросить пояснения; при подтверждении связи разъяснить обязанность по ст. 11 273-ФЗ.",
            ["пояснения", "при подтверждении"],
        ),
        ("Сверить с подлинником.", ["пояснения", "уведомить", "сверить"]),
        ("", ["пояснения", "уведомить"]),
    ],
)
def test_the_duty_is_proposed_as_firmly_as_the_rules_do(action: str, proposed: list[str]) -> None:
    rules = {"spouse-supplier": replace(fake_run.rule("spouse-supplier", "Супруг"), action_official={"ru": action})}
    text = after(lines_of(set_run((fake_run.finding(1),), rules=rules)), "Предлагается в отношении должностного лица:")
    parts = re.split(r"; (?=\([абв]\))", text)
    assert [part[:3] for part in parts] == ["(а)", "(б)", "(в)"][: len(proposed)]
    assert all(word in part for word, part in zip(proposed, parts, strict=True))


def test_what_rules_say_twice_stands_once() -> None:
    texts = ["Тождество лица; знало ли о ней.", "Тождество лица; дата; ИНН лица."]
    assert clauses(texts) == ["Тождество лица", "знало ли о ней", "дата", "ИНН лица"]
    assert clauses(["", "Дата."]) == ["Дата"]


def test_a_case_of_suppliers_alone_asks_no_official() -> None:
    other = OtherParty("x", "organisation", "ООО «Второй»", "4299000777")
    alone = replace(fake_run.finding(1), employee=None, other_party=other, relative=None, relationship=None)
    document = memo_docx(set_run((alone,)), RU)
    lines = paragraphs(document)
    assert after(lines, "Сторона:") == "ООО «Заречный строитель», ИНН 4299000001."
    assert after(lines, "Вторая сторона:") == "ООО «Второй», ИНН 4299000777."
    assert "запросить пояснения до" not in whole(document)


def test_a_state_that_people_gave_is_told() -> None:
    assert after(lines_of(set_run((fake_run.finding(1, status="reopened"),))), "Состояние:") == "возобновлено."
    assert not any(line.startswith("Состояние:") for line in lines_of(set_run()))


def closed_run(*open_ones: Finding, more: int = 0) -> Run:
    """Closed cases by a measure on paper, beside open ones; `more` of them without a course."""
    closed = fake_run.finding(2, fake_run.official(13, "Вязов Лев Ильич"), status="closed")
    others = [fake_run.finding(30 + n, fake_run.official(30 + n, f"Юр{n} Ян Янович"), status="closed") for n in range(more)]
    at = dt.datetime(2026, 2, 3, 12)
    event = Event("measure", closed.tie, "Петрова А. Б.", at.date(), at, "recusal", "по заявлению", ("протокол № 5",), "17-р",
                  basis=basis_of([closed], {}))  # fmt: skip
    return set_run((closed, *others, *open_ones), courses={closed.tie: Course(closed.tie, (event,))})


def test_cases_closed_before_stand_apart_with_decision_number_and_day() -> None:
    document = memo_docx(closed_run(fake_run.finding(1)), RU)
    lines = paragraphs(document)
    assert "Рассмотренные ранее" in lines and not any("Вязов" in line for line in lines if line.startswith("Должностное лицо"))
    assert after(lines, "Случаев (должностное лицо и контрагент):").startswith("1, ")
    [row] = table_under(document, "№", "Должностное лицо", "Контрагент", "Решение")
    assert row[1].startswith("Вязов Лев Ильич") and row[3:] == [
        "мера: отвод: по заявлению", "17-р; протокол № 5", "03.02.2026, Петрова А. Б."
    ]  # fmt: skip
    assert [line for line in lines if re.match(r"4\.\d+\. ", line)] == ["4.1. Случай № 1. Приоритет: высокий"]


def test_a_memo_of_closed_cases_alone_asks_nothing() -> None:
    document = memo_docx(closed_run(more=1), EN)
    text = whole(document)
    assert "There is nothing to be dealt with" in text and "Dealt with before" in text and "To be dealt with by" not in text
    assert len(table_under(document, "No.", "Official", "Supplier", "Decision")) == 2


def test_what_reopened_a_case_is_told_where_the_case_is() -> None:
    again = fake_run.finding(1, status="reopened")
    run = closed_run(again, fake_run.finding(5, fake_run.official(14, "Дубов Олег Олегович")))
    rows = table_under(memo_docx(run, RU), *CASES)
    assert [("возобновлено" in row[1], row[2].split(",")[0]) for row in rows] == [
        (True, "Берестов Аркадий Львович"), (False, "Дубов Олег Олегович")
    ]  # fmt: skip
    change = Change("extract", None, "2025-01-02", "2026-02-01")
    lines = lines_of(replace(run, findings=(again, *run.findings[:1]), changed={again.id: (change,)}))
    assert after(lines, "Состояние:") == "возобновлено."
    told = after(lines, "Что изменилось после закрытия:")
    assert "02.01.2025" in told and "01.02.2026" in told
    assert lines.index("Рассмотренные ранее") > next(n for n, line in enumerate(lines) if line.startswith("Состояние:"))


def test_a_memo_of_little_coverage_concludes_nothing_of_others() -> None:
    said = "вывод не делается"
    assert said in whole(memo_docx(set_run(settings={**SETTINGS, "thresholds": {"nil_statement_coverage": 0.88}}), RU))
    assert said not in whole(memo_docx(set_run(settings={**SETTINGS, "thresholds": {"nil_statement_coverage": 0.87}}), RU))


def priorities(*numbers: int) -> Iterator[Finding]:
    """So many cases of each priority, strongest first."""
    number = 0
    for priority, count in zip(("first", "high", "normal", "low", "info"), numbers, strict=False):
        for _ in range(count):
            number += 1
            yield fake_run.finding(number, fake_run.official(number, f"Лицо {number:04d}"), priority=priority)


@pytest.mark.parametrize(
    ("numbers", "full"),
    [
        ((1,), 1), ((0, 0, 0, 5), 5), ((8, 3, 14, 9), 11), ((2, 3, 7, 0, 0), 12), ((2, 3, 8), 5), ((0, 0, 30, 3), 30),
        ((0, 0, 0, 0, 12), 12), ((50,), 40), ((5, 60), 40), ((0, 0, 200), 40), ((2, 0, 5, 5, 1), 12),
    ],
)  # fmt: skip
def test_how_many_cases_are_told_in_full(numbers: tuple[int, ...], full: int) -> None:
    assert number_in_full(cases_of(priorities(*numbers))) == full


def test_hundreds_of_cases_are_a_memo_still() -> None:
    run = set_run(tuple(priorities(0, 0, 590, 10)))
    document = memo_docx(run, RU)
    rows = table_under(document, *CASES)
    assert [row[0] for row in rows] == [str(number) for number in range(1, 201)]
    assert sum("Случай №" in line for line in paragraphs(document)) == 40
    text = whole(document)
    assert "полностью изложено 40: обычный." in text and "случаи №№ 201–600 — только в файле" in text
    assert len(document) < 200_000


def test_namesakes_are_a_number_only() -> None:
    document = memo_docx(set_run(), RU)
    assert "Совпадения только ФИО: 1 (Приложение 3)." in whole(document)
    assert "Тихий дол" not in whole(document)


def test_changes_against_the_earlier_run() -> None:
    assert "Прошлого прогона нет." in lines_of(set_run())
    changed = set_run(changes=Changes("R-00ff00ff00ff00ff", 2, 1, 3, 1))
    assert any(
        "R-00ff00ff00ff00ff" in line and "новых — 2, снято — 1, изменилось — 3, возобновлено — 1" in line
        for line in lines_of(changed)
    )


def test_letterhead_basis_and_signatures_come_from_the_settings_and_blanks_stay_blank() -> None:
    document = memo_docx(set_run(), RU)
    head = tables(document)[0][0]
    assert head[0].startswith("Администрация Озёрного округаОтдел профилактики") and head[0].endswith(
        "«__» ______________ 20__ г. № ______"
    )
    assert head[1] == "Главе округа А. Б. Вязову"
    assert table_under(document, "Категория лица") == [["муниципальный служащий", "основание о лице", "______________"]]
    lines = paragraphs(document)
    assert "Исполнитель ______________ /Консультант О. П. Юшкова, тел. 2-22-22/" in lines
    assert "Начальник отдела ______________ /______________/" in lines
    assert "Ознакомлен представитель нанимателя (работодатель) ______________ /______________/" in lines
    assert any(line.startswith("Поручение: ___") for line in lines) and any(line.startswith("Срок: ___") for line in lines)
    assert "Перечень лиц, имеющих доступ: приказ № 8" in lines


def test_footer_tells_run_rules_and_checksum_of_the_machine_copy() -> None:
    run = set_run(rules_date=dt.date(2026, 11, 20))
    with zipfile.ZipFile(io.BytesIO(memo_docx(run, RU))) as archive:
        footer = archive.read("word/footer1.xml").decode()
    digest = hashlib.sha256(findings_json(run)).hexdigest()[:8]
    assert f"Прогон {run.id}, affil 0.1.0, правила от 20.11.2026, контрольная сумма {digest}" in footer
    assert "Содержит персональные данные. Доступ — по перечню лиц" in footer


@pytest.mark.parametrize("words", [RU, EN])
def test_the_disclaimer_stands_once_and_no_word_to_avoid(words: Words) -> None:
    text = whole(memo_docx(set_run(), words))
    assert text.count(words("reports.disclaimer")) == 1
    assert avoided_words(text) == []
    assert "добросовестн" in text.casefold() or words is EN


def test_no_probability_is_a_number() -> None:
    found = tuple(replace(one, path=replace(one.path, confidence=0.7345)) for one in fake_run.findings())
    steps = [
        replace(one, path=replace(one.path, steps=tuple(replace(s, confidence=0.7345) for s in one.path.steps))) for one in found
    ]
    for words in (RU, EN):
        text = whole(memo_docx(set_run(tuple(steps)), words))
        assert not re.search(r"7345|73[.,]\d|\b73 ?%|0[.,]7\d|\b0[.,]21", text)


def test_the_same_bytes_whatever_the_order() -> None:
    run = set_run()
    document = memo_docx(run, RU)
    assert memo_docx(run, RU, findings_json(run)) == document
    dice = random.Random(5)
    parts = {
        name: dice.sample(getattr(run, name), len(getattr(run, name)))
        for name in ("findings", "coverage", "undetermined", "sources")
    }
    assert memo_docx(replace(run, **{name: tuple(values) for name, values in parts.items()}), RU) == document


@pytest.mark.parametrize("text", ["<w:p>&\"'\x00\x0b\u202e=1+1", "{0}{plan}%s\\n", "Ы" * 10_000, "\ud800\ufffe", "]]>", ""])
def test_hostile_names_are_text(text: str) -> None:
    run = fake_run.hostile_run(text)
    settings = {"organisation": {"name": text}, "documents": dict.fromkeys(DOCUMENTS, text), "legal_basis": text}
    for words in (RU, EN):
        document = memo_docx(replace(run, settings=settings), words)
        assert Document(io.BytesIO(document)).paragraphs  # opens in another reader
        assert text.isascii() is False or not text.strip() or "\x00" in text or text in whole(document)
        assert len(whole(document)) < 400_000
