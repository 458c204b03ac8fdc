"""The report on one person as text and DOCX: hostile values, words to avoid, what must not be in it."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from avoided import avoided_words
from lxml import etree

from affil.model.finding import Source
from affil.person.answer import (
    CLARIFY,
    NONE_FOUND,
    SELF,
    UNDETERMINED,
    Colleague,
    Compared,
    Lead,
    Notice,
    Participation,
    PersonAnswer,
    Post,
    Relative,
    Searched,
    Subject,
    Touched,
)
from affil.person.questions import questions
from affil.reports.blocks import blocks_text
from affil.reports.person.as_json import person_value
from affil.reports.person.blocks import person_blocks
from affil.reports.person.outcome import outcome_text
from affil.reports.person.sheet import Sheet
from affil.reports.word.paper import Imprint
from affil.reports.word.person_paper import person_docx
from affil.words import LANGUAGES, Words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY, SEEN = dt.date(2026, 3, 1), dt.date(2025, 12, 1)
HERE = Source("inbox/a.xlsx", "Лист1!R5")
HOSTILE = "=cmd|'/C calc'!A0 <script>alert(1)</script> {0} {name} %s &amp; \"\u202e\x07" + "Ы" * 10_000
SHEET = Sheet("Администрация", "Отдел", "Главе", "", "приказ № 1", 30, {"municipal servant": "25-ФЗ ст. 15.2"})
IMPRINT = Imprint("R-0123456789abcdef", "0.1.0", None, "deadbeefcafe", dt.datetime(2026, 3, 1, 9))


def told(name: str = "Верещагина Анна Петровна", firm: str = "ООО «Вереск»", candidate: bool = False) -> PersonAnswer:
    """An answer with something in every section."""
    post = Post("k", "00101", "4200000012", firm, "municipal servant", name, name, "commission member", DAY, None)
    subject = Subject("inn:1", name, (name,), DAY, "420000000012", "m", DAY, (post,), candidate)
    circles = {"44-ФЗ ст. 31 ч. 1 п. 9": "yes", "273-ФЗ ст. 10": "disputed"}
    kin = Relative("p", "жена", ("spouse",), name, "f", DAY, True, "person", circles, "inn", "A", False, HERE)
    zyat = replace(kin, relationship="зять", chains=("child.spouse", "sibling.spouse"), compared="name", grade=None)
    child = replace(kin, relationship="сын", chains=("child",), name=None, birth_date=None, minor=True, grade=None)
    part = Participation(
        "p", name, "жена", ("spouse",), "inn:2", firm, "4200000020", "owner", Fraction(3, 5), DAY, None, SEEN, "not_stated", "A",
        0.99, False, HERE,
    )  # fmt: skip
    maybe = replace(part, inn="4200000037", grade="D", probability=0.7)
    own = replace(part, relationship=SELF, inn="4200000044", kind="declared", stated="declared", grade="P")
    chance = replace(part, inn="4200000051", grade="D", probability=0.1, name_only=True)
    bought = Touched(
        "award", "winner", name, None, DAY, Decimal("1234.50"), "4200000012", firm, "inn:2", firm, "4200000020", name, "жена",
        ("owner",), "ended", DAY, False, HERE,
    )  # fmt: skip
    bid = replace(bought, event="bid", role="bidder", procedure_number="01", force="yes")
    works = Colleague(name, "жена", ("spouse",), name, name, firm, "4200000012", "A", False, False, HERE)
    case = Lead(7, ("F-1",), ("r",), ("Признак",), "high", "A", False, firm, "4200000068", name, "spouse.sibling", 2)
    firms, served = (part, maybe, own, chance), (bought, bid)
    asked = questions(subject, (case,), firms, served, (works,), DAY)
    journal = tuple(
        Searched(name, True, name, name, kind, DAY, name, name) for kind in ("registry", "disqualified", "trust", "other")
    )
    notice = Notice("other work", name, name, DAY, name, None, "consent", HERE)
    return PersonAnswer(
        subject, {"spouse": "yes", "child": "no", "parent": "none"}, (kin, zyat, child),
        (works, replace(works, told_by_other=True)), journal, (notice,),
        Compared(2, 1, (DAY, DAY), (None, None), (("4200000012", firm),), 3), firms, served, asked, CLARIFY, ("no_purchases",),
        ("stale_questionnaire", "groups_not_declared", "no_identity"), DAY, None if candidate else "R-1", (9,),
    )  # fmt: skip


def written(answer: PersonAnswer, words: Words) -> tuple[str, bytes]:
    blocks = person_blocks(answer, SHEET, words)
    return blocks_text(blocks, words), person_docx(answer, blocks, SHEET, IMPRINT, words)


def text_of(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join("".join(node.text or "" for node in one.iter(f"{W}t")) for one in root.iter(f"{W}p"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("candidate", [False, True])
def test_no_word_to_avoid_and_every_section_there(lang: str, candidate: bool) -> None:
    words = Words(lang)
    text, document = written(told(candidate=candidate), words)
    shown = text_of(document)
    assert avoided_words(text) == [] and avoided_words(shown) == []
    for section in ("person", "search", "firms", "bought", "questions", "manual", "outcome", "explained"):
        heading = words(f"person.{section}.heading")
        assert heading in text and heading in shown
    assert shown.count(words("reports.disclaimer")) == 1
    assert "{" not in text.replace("{0}", "") and "None" not in text and "None" not in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_values_are_text(lang: str) -> None:
    _, document = written(told(HOSTILE, HOSTILE), Words(lang))
    shown = text_of(document)
    assert "<script>alert(1)</script> {0} {name} %s &amp;" in shown  # as it was written, not as something to do
    assert "\u202e" not in shown and "\x07" not in shown
    json.dumps(person_value(told(HOSTILE, HOSTILE)), ensure_ascii=False)


def test_the_same_answer_gives_the_same_bytes() -> None:
    assert written(told(), Words("ru"))[1] == written(told(), Words("ru"))[1]


def test_what_rests_on_a_name_alone_is_not_in_the_table() -> None:
    text, _ = written(told(), Words("ru"))
    assert "Совпадений только ФИО: 1 (сведениями о связи не считаются): ООО «Вереск», ИНН 4200000051" in text
    assert text.count("4200000051") == 1
    assert "возможно: только ФИО — требуется установление личности" in text


def test_a_minor_and_the_inn_of_kin_are_not_told() -> None:
    text, _ = written(told(), Words("ru"))
    assert "ФИО не приводится (несовершеннолетний)" in text
    assert all("inn" not in one for one in person_value(told())["relatives"])


@pytest.mark.parametrize(
    ("result", "why", "text"),
    [
        (NONE_FOUND, (), "Сведений, требующих уточнения, в проверенной части нет."),
        (CLARIFY, (), "Требуется уточнение: №№ 1, 2, 3."),
        (UNDETERMINED, ("no_questionnaire", "no_purchases"),
         "Ответ не определён: сведений о родственниках не загружено; не загружены закупки работодателя и подведомственных "
         "учреждений."),
    ],
)  # fmt: skip
def test_the_result_has_exactly_one_of_three_forms(result: str, why: tuple[str, ...], text: str) -> None:
    answer = replace(told(), result=result, undetermined=why)
    assert outcome_text(answer, Words("ru")) == text
    whole, _ = written(answer, Words("ru"))
    assert sum(one in whole for one in ("в проверенной части нет.", "Требуется уточнение:", "Ответ не определён:")) == 1


def test_where_all_of_the_registers_were_searched_is_told_with_its_day() -> None:
    assert "проводился 01.03.2026 (по журналу поиска)" in written(told(), Words("ru"))[0]
    none = replace(told(), searches=())
    assert "Поиск по всему ЕГРЮЛ/ЕГРИП не проводился; сопоставлено с 3 загруженными" in written(none, Words("ru"))[0]
