"""`report.html`: self-contained, with no script but its own, escaped, within its size, silent about what it must not print."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import fake_run
import pytest
from avoided import avoided_words

from affil.language.identifiers import valid_inn
from affil.reports.page.html import LARGEST, report_html, without_person_inn
from affil.words import Words

RU, EN = Words("ru"), Words("en")
HOSTILE = [
    "<script>alert(1)</script>",
    "\"onload='x'&<b>",
    "=cmd|' /C calc'!A0",
    "я" * 10_000,
    "{{ 7*7 }}{% x %}",
    "\x00\u202eabc",
    "",
]
VOID = {"meta", "br", "path", "rect", "input"}
MAY_STAY_OPEN = {"li", "dt", "dd", "tr", "th", "td", "thead", "tbody", "option"}  # HTML lets their end tags out


class Page(HTMLParser):
    """Tags, attributes and text of a page; `unclosed` are tags that do not nest."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID | MAY_STAY_OPEN:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in MAY_STAY_OPEN and (not self.open or self.open.pop() != tag):
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def assert_tame(page: Page) -> None:
    """No script but the page's own, no event, nothing from outside, everything closed."""
    names = {name for name, _ in page.tags}
    assert len(page.all("script")) <= 1 and not any(page.all("script"))
    assert not names & {"iframe", "object", "embed", "link", "img", "base", "form", "style2", "foreignobject", "use"}
    for _, attrs in page.tags:
        assert not {key for key in attrs if key.startswith("on") or key in ("src", "srcset", "action", "xlink:href")}
        assert (attrs.get("href") or "#").startswith("#")
    assert not page.unclosed and not page.open


def expected_policy(page: str) -> str:
    """Nothing is allowed but the page's own style and script, by the hash of what stands between their tags."""
    (style,), (script,) = (re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL) for tag in ("style", "script"))
    sums = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    allowed = f"style-src 'sha256-{sums[0]}'; script-src 'sha256-{sums[1]}'"
    return f"default-src 'none'; {allowed}; img-src data:; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("words", [RU, EN])
def test_the_page_is_self_contained_and_runs_nothing(words: Words) -> None:
    content = report_html(fake_run.run(), words)
    page = Page(content)
    assert_tame(page)
    (policy,) = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy == expected_policy(content.decode())
    assert b"http:" not in content and b"https:" not in content and b"@import" not in content
    assert re.findall(rb"url\(([^)]*)\)", content) == [b"#m"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_text(text: str) -> None:
    content = report_html(fake_run.hostile_run(text), RU)
    assert_tame(Page(content))
    assert len(content) < LARGEST
    assert b"\x00" not in content and "\u202e".encode() not in content
    if text.startswith("<"):
        assert b"&lt;script&gt;" in content


def test_the_sums_and_the_disclaimer_stand_on_the_page() -> None:
    text = " ".join(Page(report_html(fake_run.run(), RU)).text)
    assert "57 из 60" in text and "95 %" in text
    assert text.count(RU("reports.disclaimer")) == 1
    assert RU("reports.personal_data") in text
    assert "Совпадения только ФИО" in text and "R-0a1b2c3d4e5f60718293" in text
    assert text.index("Случай 1") < text.index("Случай 2") < text.index("Случай 7")


def test_shapes_differ_and_only_suppositions_are_dashed() -> None:
    page = Page(report_html(fake_run.run(), RU))
    classes = [attrs.get("class") for name, attrs in page.tags if name in ("rect", "path")]
    assert {"o", "n", "f", "u", "a"} <= set(classes)
    assert classes.count("a h") == 2  # the legend and the one supposed identity among drawn cases
    drawings = [attrs for attrs in page.all("svg") if attrs.get("role") == "img"]
    assert len(drawings) == 8  # seven cases, one of them with two ways
    ids = [attrs.get("id") for _, attrs in page.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    assert all(attrs["aria-label"] and attrs["aria-describedby"] in ids for attrs in drawings)


def test_links_inside_the_page_lead_somewhere() -> None:
    for run in (fake_run.run(), fake_run.large_run(80)):
        page = Page(report_html(run, RU))
        ids = {attrs.get("id") for _, attrs in page.tags}
        assert {attrs["href"] for attrs in page.all("a")} <= {f"#{key}" for key in ids}


def test_what_to_do_stands_under_the_rule_it_comes_from() -> None:
    one = fake_run.finding(1)
    other = replace(one, id="F-000000000099", rule="official-supplier")
    for found, headings in (((one,), 0), ((one, other), 2)):
        page = report_html(fake_run.run(found), RU).decode()
        rules = re.findall(r'<a href="?#r-[^>]*>([^<]*)</a>', page)
        (case,) = re.findall(r"<article id=c1>(.*?)</article>", page, re.DOTALL)
        told = re.findall(r"<h4>([^<]*)</h4>\s*<dl class=.?notes", case)
        assert (" open>" in case) == (len(found) == 1)
        assert len(told) == headings and told == rules[:headings]


def test_two_hundred_cases_fit_into_a_megabyte_with_every_path_drawn() -> None:
    content = report_html(fake_run.large_run(200), RU)
    assert len(content) <= 1_000_000
    page = Page(content)
    assert_tame(page)
    assert len([attrs for attrs in page.all("svg") if attrs.get("role") == "img"]) == 200
    assert "Что уточнить" in content.decode()


def test_persons_numbers_are_covered_and_those_of_firms_are_not() -> None:
    number = next(f"4299000001{n:02d}" for n in range(100) if valid_inn(f"4299000001{n:02d}"))
    content = report_html(fake_run.hostile_run(f"inbox/{number}.xml"), RU).decode()
    assert number not in content and "42••••••••••" in content
    assert (
        without_person_inn("4299000002 0142300001225000001 429900000199999") == "4299000002 0142300001225000001 429900000199999"
    )


def test_relatives_outside_findings_are_not_named() -> None:
    content = report_html(fake_run.run(), RU).decode()
    assert "Осокина" not in content and "Вязов" not in content
    assert "АО «Дальний берег»" in content


def test_order_of_findings_changes_no_byte() -> None:
    run = fake_run.run()
    assert report_html(replace(run, findings=tuple(reversed(run.findings))), RU) == report_html(run, RU)


def test_many_purchases_have_columns_only_for_what_differs() -> None:
    text = report_html(fake_run.run(), RU).decode()
    case = text[text.index("id=c2>") : text.index("id=c3>")]
    assert case.count("<td>014230000122500000") == 5
    assert case.count("<dt>Заказчик<dd>") == 1 and '<th scope="col">Заказчик' not in case


def test_a_run_without_findings_says_only_what_was_checked() -> None:
    page = Page(report_html(fake_run.run((), undetermined=(), sources=(), coverage=()), RU))
    assert_tame(page)
    text = " ".join(page.text)
    assert "Промежуточный результат: в сопоставленной части признаков связи не обнаружено" in text and "0 из 0" in text


@pytest.mark.parametrize("words", [RU, EN])
def test_no_word_to_avoid_on_the_page(words: Words) -> None:
    for run in (fake_run.run(), fake_run.large_run(80), fake_run.run(())):
        assert not avoided_words(report_html(run, words).decode())
