"""The page of a run without cases: its title is made by the data (OFFICER 3.3), worked out by hand, and is that of the memo."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import fake_run
import pytest
from avoided import avoided_words

from affil.model.run import Changes, Coverage, Customer, Undetermined, Volume
from affil.reports.page.html import report_html
from affil.reports.page.result import Result, result_of
from affil.reports.word.memo import memo_docx
from affil.words import Words

RU = Words("ru")
SETTINGS = {"thresholds": {"nil_statement_coverage": 0.9}, "plan": {"counts": "limited"}}
VOLUME = Volume(relatives=40, suppliers=12, participants=7, customers=(Customer("4299000109", "Школа", 5),))


def covered(full: int, limited: int = 0, none: int = 0) -> tuple[Coverage, ...]:
    kinds = ["full"] * full + ["limited"] * limited + ["none"] * none
    return tuple(fake_run.coverage(number, kind) for number, kind in enumerate(kinds, start=1))


def unknown(persons: int, suppliers: int) -> tuple[Undetermined, ...]:
    some = [Undetermined("relative", f"Лицо {number}", None, "relative_no_identity") for number in range(persons)]
    return (*some, *(Undetermined("supplier", f"ООО {number}", f"42{number:08d}", "no_extract") for number in range(suppliers)))


def nil_run(**more: Any) -> fake_run.Run:
    values = {"undetermined": (), "coverage": covered(10), "settings": SETTINGS, "volume": VOLUME}
    return fake_run.run((), **{**values, **more})


def result(run: fake_run.Run) -> Result:
    return result_of(run, (), RU)


@pytest.mark.parametrize(
    ("persons", "suppliers", "title"),
    [
        (0, 0, "В проверенных сведениях признаков связи не обнаружено"),
        (1, 0, "В проверенной части признаков связи не обнаружено; в отношении 1 лица ответ не определён"),
        (0, 21, "В проверенной части признаков связи не обнаружено; в отношении 21 контрагента ответ не определён"),
        (11, 2, "В проверенной части признаков связи не обнаружено; в отношении 11 лиц и 2 контрагентов ответ не определён"),
        (3, 101, "В проверенной части признаков связи не обнаружено; в отношении 3 лиц и 101 контрагента ответ не определён"),
    ],
)
def test_the_title_counts_what_has_no_answer_as_the_memo_does(persons: int, suppliers: int, title: str) -> None:
    run = nil_run(undetermined=unknown(persons, suppliers))
    assert result(run).title == title
    assert title in report_html(run, RU).decode()
    paper = zipfile.ZipFile(io.BytesIO(memo_docx(run, RU))).read("word/document.xml").decode()
    said = re.sub(r"<[^>]+>", "", paper)
    assert title[2:45] in said and title.partition("; ")[2] in said


def test_a_crowded_address_is_no_answer_either_and_is_not_printed() -> None:
    run = nil_run(
        undetermined=(Undetermined("contact", "г. Заречный, ул. Лесная, 1, 2", None, "crowded_contact", {"number": "40"}),)
    )
    assert "1 общего адреса" in result(run).title
    assert "Лесная" not in report_html(run, RU).decode()


@pytest.mark.parametrize(
    ("full", "limited", "none", "interim"),
    [(9, 0, 1, False), (0, 9, 1, False), (8, 0, 2, True), (89, 0, 11, True), (0, 0, 3, True)],
)
def test_below_the_threshold_the_result_is_an_interim_one(full: int, limited: int, none: int, interim: bool) -> None:
    told = result(nil_run(coverage=covered(full, limited, none)))
    assert told.title.startswith("Промежуточный результат") == interim
    assert any("меньше порога 90 %" in note for note in told.notes) == interim


def test_the_reasons_are_told_with_their_numbers() -> None:
    late = Volume(suppliers=1, customers=(Customer("4299000109", "Школа", 5), Customer("4299000200", "Детский сад", 0)))
    settings = {"thresholds": {"nil_statement_coverage": 0.825}}
    notes = result(nil_run(coverage=covered(8, 0, 2), settings=settings, volume=late)).notes
    assert "8 из 10 должностных лиц (80 %) — меньше порога 82,5 %" in notes[0]
    assert notes[1] == "Перечни контрагентов за период не поступили от заказчиков: 1 (Детский сад)."
    assert result(nil_run(coverage=(), volume=Volume())).notes == (
        "Должностные лица не загружены.",
        "Закупки за период не загружены.",
    )


def test_what_was_compared_is_told_with_the_edition_of_the_rules() -> None:
    told = dict(result(nil_run(rules_date=fake_run.dt.date(2026, 2, 1))).compared)
    assert told["Должностных лиц"] == "10 из 10" and told["Перечней контрагентов сдано заказчиками"] == "1 из 1"
    assert told["Контрагентов"] == "12" and told["Правил (признаков)"] == "3, редакция от 01.02.2026"


def test_changes_and_the_imprint_stand_on_the_page_and_in_the_margin_of_paper() -> None:
    run = nil_run(changes=Changes("R-00ff", 3, 2, 1, 0))
    page = report_html(run, RU, b"{}").decode()
    assert "К прогону R-00ff" in page and "новых — 3, снято — 2, изменилось — 1, возобновлено — 0" in page
    assert page.count("affil 0.1.0, правила от даты нет, контрольная сумма 44136fa3") == 2  # SHA-256 of {}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_such_page_tells_what_it_does_not_show_and_promises_nothing(lang: str) -> None:
    words = Words(lang)
    for undetermined in ((), unknown(2, 3)):
        page = report_html(nil_run(undetermined=undetermined), words).decode()
        assert words("page.result.not_shown_title") in page
        assert all(words(f"nil.limits.{key}").rstrip(";") in page for key in ("undeclared", "hidden", "later"))
        assert not avoided_words(page)


def test_cases_put_no_such_title_on_the_page() -> None:
    page = report_html(fake_run.run(), RU).decode()
    assert "не обнаружено" not in page and RU("page.result.not_shown_title") not in page
