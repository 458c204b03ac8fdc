"""The list of cases and what it can be narrowed by: codes that agree with the findings, counts by hand, hostile values."""

from __future__ import annotations

import re
from dataclasses import replace

import fake_run
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affil.model.finding import Finding
from affil.reports.cases import cases_of
from affil.reports.page.facets import Facet, facets_of
from affil.reports.page.html import DRAWN, report_html
from affil.words import Words

RU = Words("ru")


def facet(found: tuple[Finding, ...], key: str) -> Facet:
    return next(one for one in facets_of(cases_of(found), RU).facets if one.key == key)


def test_priorities_are_counted_by_case_strongest_first() -> None:
    """Seven cases and one of names only, which is for information (tests/reports/fake_run.py)."""
    told = [(choice.text, choice.count) for choice in facet(fake_run.findings(), "priority").choices]
    assert told == [("первоочередной", 1), ("высокий", 2), ("обычный", 2), ("низкий", 2), ("справочно", 1)]


def test_what_is_the_same_for_all_is_no_choice() -> None:
    keys = {one.key for one in facets_of(cases_of(fake_run.findings()), RU).facets}
    assert "state" not in keys and "about" not in keys and "customer" not in keys
    assert facets_of((), RU).facets == ()


def test_a_case_of_two_questions_is_found_by_either() -> None:
    one = fake_run.finding(1)
    both = (one, replace(one, id="F-2", about="participant"), fake_run.finding(3, supplier=fake_run.party(2)))
    told = {choice.text: choice.count for choice in facet(both, "about").choices}
    assert told == {"должностное лицо": 2, "участник закупки": 1}


def test_one_customer_spelled_in_two_ways_is_one() -> None:
    other = fake_run.contract(2, customer="МБОУ СОШ 9")
    far = fake_run.contract(3, customer="Администрация", customer_inn="4299000200")
    firms = [fake_run.party(number) for number in (1, 2, 3)]
    found = tuple(
        fake_run.finding(number, supplier=firm, bought=bought)
        for number, firm, bought in zip((1, 2, 3), firms, (fake_run.contract(1), other, far), strict=True)
    )
    choices = facet(found, "customer").choices
    assert sorted(choice.count for choice in choices) == [1, 2] and {"Администрация"} < {choice.text for choice in choices}


HOSTILE = [
    "</script><script>alert(1)</script>", "\" onmouseover='x'", "javascript:alert(1)", "a\u2028b\u202ec\u200fd", "<!--", "]]>",
    "&lt;b&gt;", "Щ" * 10_000, "\x00\x1b\x85", "';alert(1)//", "{{ 7*7 }}", "`${1}`", "\\3c b\\3e ",
]  # fmt: skip


def elements(page: lxml.html.HtmlElement) -> list[tuple[str, list[str]]]:
    """Elements with the names of their attributes; lines of a drawing are as many as its texts are long."""
    told = [one for one in page.iter() if isinstance(one.tag, str) and one.tag not in ("br", "tspan")]
    return [(one.tag, sorted(one.attrib)) for one in told]


def assert_text_stays_text(text: str) -> None:
    """The same elements and attributes as with a harmless word in every field, and no code from outside."""
    page, plain = (lxml.html.document_fromstring(report_html(pair_run(value), RU).decode()) for value in (text, "слово"))
    assert elements(page) == elements(plain)
    assert all(
        re.fullmatch(r"([a-f]\d+ ?)+", one.get("data-f")) and one.get("data-n").isdigit() for one in page.xpath("//*[@data-f]")
    )
    assert all(re.fullmatch(r"([a-f]\d+)?", value) for value in page.xpath("//option/@value"))
    assert not re.search("[\u2028\u202e\u200f\x00\x1b\x85]", page.text_content())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_values_leave_no_field(text: str) -> None:
    assert_text_stays_text(text)


@settings(max_examples=25)
@given(st.text(max_size=40))
def test_no_value_of_any_field_leaves_its_place(text: str) -> None:
    assert_text_stays_text(text)


def pair_run(text: str) -> fake_run.Run:
    """The hostile run with a second case, so that there are facets, and filled names."""
    run = fake_run.hostile_run(f"я{text}я")
    other = fake_run.finding(
        7, fake_run.official(9, "Ясень Ян Янович", department="иной отдел"), bought=fake_run.contract(7, customer_inn="1")
    )
    return replace(run, findings=(*run.findings, other))


def test_cases_after_the_drawn_ones_are_told_in_words_and_the_page_says_so() -> None:
    page = lxml.html.document_fromstring(report_html(fake_run.large_run(DRAWN + 5), RU).decode())
    articles = page.xpath("//article[starts-with(@id, 'c')]")
    assert [bool(one.xpath(".//svg")) for one in articles] == [True] * DRAWN + [False] * 5
    assert f"до № {DRAWN}" in page.text_content()
    assert all(one.xpath(".//ol/li") and one.xpath("count(.//ol/li/small)") == 5 for one in articles)
    assert len(page.xpath("//tr[@data-n]")) == DRAWN + 5


def test_thousands_of_purchases_of_one_case_are_counted_and_not_all_listed() -> None:
    found = tuple(fake_run.finding(number) for number in range(1, 301))
    text = lxml.html.document_fromstring(report_html(fake_run.run(found), RU).decode()).get_element_by_id("c1").text_content()
    assert "Закупки: 300, всего 370" in text and "Ещё закупок: 100" in text


@pytest.mark.parametrize("price", [None, "0"])
def test_a_sum_is_told_only_where_every_price_is_known(price: str | None) -> None:
    bought = fake_run.contract(2, price=None if price is None else fake_run.Decimal(price))
    found = (fake_run.finding(1), fake_run.finding(2, bought=bought))
    page = report_html(fake_run.run(found), RU).decode()
    assert ("всего" in page) == (price is not None)
