"""What a screen reader and a keyboard find on the page, checked on its HTML; colours by the contrast formula of WCAG 2.1."""

from __future__ import annotations

import re
from itertools import pairwise

import fake_run
import lxml.html
import pytest

from affil.reports.page.html import report_html
from affil.reports.page.policy import TEMPLATES
from affil.words import Words

RUNS = {"none": fake_run.run(()), "ten": fake_run.run(), "many": fake_run.large_run(210)}
STYLE = (TEMPLATES / "report.css").read_text("utf-8")


@pytest.fixture(scope="module", params=[(name, lang) for name in RUNS for lang in ("ru", "en") if (name, lang) != ("many", "en")])
def page(request: pytest.FixtureRequest) -> lxml.html.HtmlElement:
    name, lang = request.param
    return lxml.html.document_fromstring(report_html(RUNS[name], Words(lang)).decode())


def said(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_page_names_its_language_and_landmarks(page: lxml.html.HtmlElement) -> None:
    assert page.get("lang") in ("ru", "en")
    assert [child.tag for child in page.body if child.tag not in ("svg", "script")] == ["a", "header", "nav", "main", "footer"]
    assert page.xpath("//nav/@aria-label")
    assert all(page.get_element_by_id(one.get("aria-labelledby")).tag == "h2" for one in page.xpath("//main/section"))


def test_headings_begin_with_one_and_skip_no_level(page: lxml.html.HtmlElement) -> None:
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(said(one) for one in page.xpath("//h1|//h2|//h3|//h4"))


def test_ids_are_unique_and_every_reference_has_its_target(page: lxml.html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = [key for name in ("aria-describedby", "aria-labelledby", "for") for key in page.xpath(f"//@{name}")]
    assert {*named, *(link.removeprefix("#") for link in page.xpath("//a/@href"))} <= set(ids)


def test_tables_have_captions_and_headings_with_scope(page: lxml.html.HtmlElement) -> None:
    assert page.xpath("//table")
    for table in page.xpath("//table"):
        assert said(table.find("caption"))
        heads = table.xpath(".//th")
        assert heads and all(head.get("scope") in ("col", "row") for head in heads)
        columns = table.xpath("./thead/tr/th")
        assert not columns or {len(row) for row in table.xpath("./tbody/tr")} <= {len(columns)}


def test_drawings_are_images_with_a_name_and_the_same_in_words(page: lxml.html.HtmlElement) -> None:
    lists = {one.get("id"): said(one) for one in page.xpath("//ol[@id]")}
    for svg in page.xpath("//svg[not(@aria-hidden)]"):
        assert svg.get("role") == "img" and svg.get("aria-label")
        assert len(lists[svg.get("aria-describedby")]) > 40


def test_whatever_takes_the_keyboard_has_a_name(page: lxml.html.HtmlElement) -> None:
    for field in page.xpath("//input|//select"):
        assert said(page.xpath(f"//label[@for='{field.get('id')}']")[0])
    assert all(said(one) for one in page.xpath("//button|//a|//summary"))
    assert all(one.get("role") == "region" and one.get("aria-label") for one in page.xpath("//*[@tabindex='0']"))
    assert not page.xpath("//*[@tabindex > 0]") and not page.xpath("//@accesskey")
    assert page.body[0].get("href") == "#cases"


def test_a_drawing_says_nothing_that_its_steps_do_not() -> None:
    page = lxml.html.document_fromstring(report_html(fake_run.run(), Words("ru")).decode())
    kinds = set(Words("ru").raw("page.kind").values()) | {"заказчик"}
    for svg in page.xpath("//svg[@role='img']"):
        article = svg.iterancestors("article").__next__()
        told = said(article)
        for text in svg.xpath(".//text[not(contains(@class,'t'))]"):
            for line in [text.text, *(part.text for part in text.iter("tspan"))]:
                assert not line or line in kinds or "ещё" in line or line.rstrip(" …") in told, line


def test_the_count_is_announced_and_the_search_waits_for_its_script() -> None:
    page = lxml.html.document_fromstring(report_html(fake_run.run(), Words("ru")).decode())
    (told,) = page.xpath("//*[@aria-live]")
    assert (told.get("aria-live"), told.get("role")) == ("polite", "status")
    assert page.get_element_by_id("find").get("hidden") is not None and page.get_element_by_id("find").get("role") == "search"


def colours() -> dict[str, str]:
    return dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", STYLE))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1: relative luminances with 0.05 added, the lighter over the darker."""
    lights = sorted(_luminance(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_formula_knows_black_on_white() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0 and round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_text_and_edges_stand_out() -> None:
    """4.5 : 1 for text on every ground of the page, 3 : 1 for edges of fields and shapes (WCAG 1.4.3, 1.4.11)."""
    named = colours()
    grounds = ["#ffffff", named["pale"], "#dce8f0", "#e3edf4", "#f8f6ef"]
    assert all(ground in STYLE or ground == "#ffffff" for ground in grounds)
    for ground in grounds:
        assert all(contrast(named[text], ground) >= 4.5 for text in ("ink", "soft", "mid", "blue"))
    assert contrast("#ffffff", named["blue"]) >= 4.5 and contrast("#3c4a57", "#ffffff") >= 4.5
    assert all(contrast(edge, "#ffffff") >= 3 for edge in (named["edge"], "#857c5c", "#2f6f9b"))
    assert "outline:none" not in STYLE and "outline:0" not in STYLE


def test_nothing_moves() -> None:
    assert not re.search(r"animation|transition|@keyframes|scroll-behavior", STYLE)
