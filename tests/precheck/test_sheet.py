"""The sheet for print, read back by other means: what is ticked, who signs, how wide the matrix is, and hostile names."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asking import CHAIR, MEMBER, NAMES, NOW, ask, district, filled
from docx import Document
from lxml import etree

from affil.precheck.bidders import Bidder
from affil.precheck.pairs import Pair, Precheck
from affil.reports.precheck.text import precheck_text
from affil.reports.word.precheck_sheet import precheck_docx
from affil.store.store import Store
from affil.words import Words

sys.path.append(str(Path(__file__).parents[1] / "reports"))
from avoided import avoided_words

pytestmark = pytest.mark.usefixtures("small_worlds")

RU, EN = Words("ru"), Words("en")
NAME = re.compile("предварительной проверки", re.IGNORECASE)  # the sheet's own established name


@pytest.fixture(scope="module")
def found() -> Iterator[Precheck]:
    with Store.open(None) as store:
        yield ask(filled(store, district()), "several")


def document_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        ]
    return "\n".join(" ".join(part.itertext()) for part in parts)


def wide(found: Precheck, bidders: int) -> Precheck:
    """The same with so many more participants of whom nothing is known."""
    more = tuple(Bidder(f"firm:{n}", None, f"ООО «Номер {n}»", NOW.date(), "nothing") for n in range(bidders))
    pairs = [
        pair
        for seat in found.seats.rows
        for pair in (*(p for p in found.pairs if p.official == seat.key), *(Pair(seat.key, b.key, "none_in_data") for b in more))
    ]
    return replace(found, bidders=(*found.bidders, *more), pairs=tuple(pairs))


def test_the_sheet_has_all_its_items_and_a_line_to_sign_for_each_member(found: Precheck) -> None:
    content = precheck_docx(found, "full", RU)
    paper = Document(io.BytesIO(content))
    headings = [one.text for one in paper.paragraphs if one.style.name.startswith(("Heading", "Title"))]
    assert [text[:2] for text in headings if text[:2] in ("2.", "3.", "4.", "5.", "6.")] == ["2.", "3.", "4.", "5.", "6."]
    statements = next(table for table in paper.tables if "Подпись" in table.rows[0].cells[-1].text)
    assert [row.cells[0].text for row in statements.rows[1:]] == [NAMES[CHAIR], NAMES[MEMBER]]
    assert all("☐ не имею" in row.cells[1].text for row in statements.rows[1:])
    text = document_text(content)
    assert text.count("Документ подготовлен по результатам анализа сведений") == 1
    assert "Лист не является допуском" in text and "может быть допущен" not in text
    assert paper.sections[0].page_width > paper.sections[0].page_height


def test_the_two_questions_stand_in_columns_of_their_own(found: Precheck) -> None:
    table = next(
        t for t in Document(io.BytesIO(precheck_docx(found, "full", RU))).tables if "Суть" in [c.text for c in t.rows[0].cells]
    )
    assert [(row.cells[4].text[0], row.cells[5].text[0]) for row in table.rows[1:]] == [("☒", "☐"), ("☐", "☒")]


def test_the_matrix_of_many_participants_is_split_in_blocks(found: Precheck) -> None:
    tables = Document(io.BytesIO(precheck_docx(wide(found, 11), "full", RU))).tables
    blocks = [table for table in tables if table.rows[0].cells[0].text == "Лицо, роль"]
    assert [len(table.columns) - 1 for table in blocks] == [6, 6, 3]
    assert all(len(table.rows) == len(found.seats.rows) + 1 for table in blocks)


def test_the_same_answer_gives_the_same_bytes(found: Precheck) -> None:
    assert precheck_docx(found, "full", RU) == precheck_docx(found, "full", RU)
    assert precheck_docx(found, "full", RU) != precheck_docx(found, "secretary", RU)


def test_nobody_on_the_commission_leaves_lines_to_fill_in(found: Precheck) -> None:
    empty = replace(found, seats=replace(found.seats, rows=(), missing=("commission member",)), pairs=())
    text = document_text(precheck_docx(empty, "full", RU))
    assert "Роль не определена" in text and text.count("не имею") == 5
    assert "Роль не определена" in precheck_text(empty, "full", RU)


@pytest.mark.parametrize("words", [RU, EN], ids=["ru", "en"])
@pytest.mark.parametrize("sheet", ["full", "secretary"])
def test_no_word_to_avoid_stands_in_a_sheet(found: Precheck, sheet: str, words: Words) -> None:
    for text in (precheck_text(found, sheet, words), document_text(precheck_docx(found, sheet, words))):
        assert avoided_words(NAME.sub("", text)) == []


HOSTILE = ["<script>&amp;\x00\u202e", "=cmd|' /C calc'!A0", "\ud800", "Ы" * 10_000, "]]>", ""]


@pytest.mark.parametrize("text", HOSTILE, ids=["markup", "formula", "half", "long", "cdata", "empty"])
def test_hostile_names_stay_text(found: Precheck, text: str) -> None:
    seats = tuple(
        replace(seat, name=text, roles=tuple(replace(role, detail=text) for role in seat.roles)) for seat in found.seats.rows
    )
    bidders = tuple(replace(bidder, name=text) for bidder in found.bidders)
    hostile = replace(
        found,
        seats=replace(found.seats, rows=seats),
        bidders=bidders,
        asked=replace(found.asked, number=text, subject=text, customer=text),
    )
    for sheet in ("full", "secretary"):
        content = precheck_docx(hostile, sheet, RU)
        document_text(content)  # well-formed
        assert Document(io.BytesIO(content)).tables
        assert "\x00" not in precheck_text(hostile, sheet, RU)
