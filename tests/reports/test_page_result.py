"""The page of a run without cases: its title is made by the data (OFFICER 3.3), worked out by hand."""

from __future__ import annotations

import fake_run
import pytest
from avoided import avoided_words

from affil.model.finding import Coverage, Undetermined
from affil.reports.page.html import report_html
from affil.reports.page.result import SUPPLIERS, interim_reason, result_of, undetermined_count
from affil.words import Words

RU = Words("ru")
SETTINGS = {"thresholds": {"nil_statement_coverage": 0.9}}


def covered(full: int, limited: int = 0, none: int = 0) -> tuple[Coverage, ...]:
    kinds = ["full"] * full + ["limited"] * limited + ["none"] * none
    return tuple(fake_run.coverage(number, kind) for number, kind in enumerate(kinds, start=1))


def unknown(persons: int, suppliers: int) -> tuple[Undetermined, ...]:
    some = [Undetermined("relative", f"Лицо {number}", None, "relative_no_identity") for number in range(persons)]
    return (*some, *(Undetermined("supplier", f"ООО {number}", f"42{number:08d}", "no_extract") for number in range(suppliers)))


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
def test_the_title_counts_what_has_no_answer(persons: int, suppliers: int, title: str) -> None:
    run = fake_run.run((), undetermined=unknown(persons, suppliers), coverage=covered(10), settings=SETTINGS)
    assert result_of(run, RU).title == title
    assert title in report_html(run, RU).decode()


def test_anything_else_undetermined_takes_the_plain_title_away() -> None:
    """A crowded address is neither person nor firm, and still something was not compared."""
    crowded = Undetermined("contact", "г. Заречный, ул. Лесная, 1, 2", None, "crowded_contact", {"number": "40"})
    run = fake_run.run((), undetermined=(crowded,), coverage=covered(10), settings=SETTINGS)
    assert result_of(run, RU).title.endswith("на часть вопросов ответ не определён")
    assert "Лесная" not in report_html(run, RU).decode()


@pytest.mark.parametrize(
    ("full", "limited", "none", "interim"),
    [(9, 0, 1, False), (0, 9, 1, False), (8, 0, 2, True), (89, 0, 11, True), (0, 0, 3, True)],
)
def test_below_the_threshold_the_result_is_an_interim_one(full: int, limited: int, none: int, interim: bool) -> None:
    run = fake_run.run((), undetermined=(), coverage=covered(full, limited, none), settings=SETTINGS)
    assert bool(interim_reason(run, RU)) == interim
    assert result_of(run, RU).title.startswith("Промежуточный результат") == interim


def test_the_reason_names_both_shares() -> None:
    run = fake_run.run((), coverage=covered(8, 0, 2), settings=SETTINGS)
    assert "8 из 10 должностных лиц (80 %) — меньше порога 90 %" in interim_reason(run, RU)
    assert "82,5 %" in interim_reason(
        fake_run.run((), coverage=covered(8, 0, 2), settings={"thresholds": {"nil_statement_coverage": 0.825}}), RU
    )


def test_one_firm_with_three_reasons_is_one_and_two_namesakes_are_two() -> None:
    firm = [Undetermined("supplier", "ООО «Кедр»", "4299000556", reason) for reason in ("no_extract", "joint_stock", "no_owners")]
    bidder = Undetermined("participant", "ООО «Кедр»", "4299000556", "no_extract")
    men = [Undetermined("supplier", "Вязов Илья Ильич", None, "no_inn_supplier")] * 2
    assert undetermined_count(fake_run.run((), undetermined=(*firm, bidder, *men)), SUPPLIERS) == 3


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_such_page_tells_what_it_does_not_show_and_promises_nothing(lang: str) -> None:
    words = Words(lang)
    for undetermined in ((), unknown(2, 3)):
        page = report_html(fake_run.run((), undetermined=undetermined, coverage=covered(10), settings=SETTINGS), words).decode()
        assert all(text in page for text in words.raw("page.result.not_shown"))
        assert not avoided_words(page)


def test_cases_put_no_such_title_on_the_page() -> None:
    page = report_html(fake_run.run(), RU).decode()
    assert "не обнаружено" not in page and RU("page.result.not_shown_title") not in page
