"""A finding as sentences and the sums of a run."""

from __future__ import annotations

import fake_run
import pytest
from avoided import avoided_words
from document_text import shown_text

from affil.reports.documents import run_documents
from affil.reports.explain import explain, summary
from affil.words import Words

RU, EN = Words("ru"), Words("en")


def test_the_sums_read_as_promised() -> None:
    text = summary(fake_run.run(), RU, "reports/2026")
    assert text.startswith("Проверено 57 из 60 (95 %).")
    assert "Не проверено 3: Сведений о родственниках нет совсем — 3." in text
    assert "Возможных связей: 7 (первоочередной — 1, высокий — 2, обычный — 2, низкий — 2); закупок в них: 11." in text
    assert "Совпадений только ФИО: 1." in text
    assert "Не определено: 5." in text
    assert text.splitlines()[-1].startswith("Отчёт: reports") and text.endswith("report.html")


def test_a_run_without_ties_promises_nothing() -> None:
    text = summary(fake_run.run((), undetermined=()), RU, None)
    assert "Возможных связей: 0. В проверенной части признаков не обнаружено." in text
    assert "Отчёт" not in text


def test_every_step_stands_with_its_source() -> None:
    run = fake_run.run()
    for words in (RU, EN):
        for found in run.findings:
            text = explain(found, run, words)
            for path in (found.path, *found.other_paths):
                for step in path.steps:
                    assert step.origin in text and step.target in text
                    assert f"{step.source.file}, {step.source.locator}" in text
            assert words("reports.disclaimer") in text


def test_what_was_taken_for_granted_and_how_the_person_was_identified_are_told() -> None:
    run = fake_run.run()
    own = explain(run.findings[5], run, RU)
    assert "— связь уже началась: дата начала не известна" in own
    assert "Как установлено лицо: совпал ИНН" in own
    assert "Нормы для правовой оценки: 44-ФЗ ст. 31 ч. 1 п. 9; 273-ФЗ ст. 10" in own
    names = explain(run.findings[11], run, RU)
    assert "возможно, одно лицо; требуется установление личности" in names


def test_probabilities_stand_in_no_text() -> None:
    run = fake_run.run()
    assert "0.72" not in explain(run.findings[10], run, RU) and "0,72" not in explain(run.findings[10], run, RU)


@pytest.mark.parametrize("words", [RU, EN])
def test_no_word_to_avoid_in_any_document(words: Words) -> None:
    run = fake_run.run()
    texts = {name: shown_text(name, content) for name, content in run_documents(run, words).items()}
    texts["explain"] = "\n".join(explain(found, run, words) for found in run.findings)
    texts["summary"] = summary(run, words, "reports/x")
    assert {name: avoided_words(text) for name, text in texts.items() if avoided_words(text)} == {}
