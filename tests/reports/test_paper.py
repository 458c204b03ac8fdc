"""The sheet of paper of all Word documents, read back by other readers than the one that wrote it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from lxml import etree

from affil.reports.word.paper import Imprint, Paper
from affil.words import Words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
IMPRINT = Imprint("R-0123456789abcdef", "0.1.0", dt.date(2026, 11, 21), "deadbeefcafe", dt.datetime(2026, 3, 2, 10))
HOSTILE = "<w:t>&amp;\x00\x1f\u202e=1+1\"' \ud800 " + "Ы" * 10_000


def written(lang: str = "ru", hostile: str = "Юшков", landscape: bool = False) -> bytes:
    paper = Paper(IMPRINT, Words(lang), "Докладная записка", landscape)
    paper.letterhead([hostile, "Отдел"], ["Кому"])
    paper.title("ЗАПИСКА", hostile)
    paper.heading("1. " + hostile)
    paper.text(hostile, lead=hostile)
    paper.table(["Кто", "Что"], [[hostile, None], ["а\nб", 5]], (3, 1))
    paper.ticks([hostile, "иное"], "Решение:")
    paper.signatures([("Исполнитель", ""), ("Начальник отдела", hostile)])
    paper.turn(True)
    paper.disclaimer()
    return paper.saved()


def part(document: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read(name))


def texts(root: etree._Element) -> list[str]:
    return ["".join(node.text or "" for node in paragraph.iter(f"{W}t")) for paragraph in root.iter(f"{W}p")]


def test_the_same_calls_give_the_same_bytes_and_no_time_but_the_runs() -> None:
    document = written()
    assert document == written()
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-03-02T10:00:00Z") == 2


def test_footer_tells_run_version_rules_checksum_and_page() -> None:
    footer = part(written(), "word/footer1.xml")
    assert texts(footer) == [
        "Содержит персональные данные. Доступ — по перечню лиц. Прогон R-0123456789abcdef, affil 0.1.0, правила от 21.11.2026, "
        "контрольная сумма deadbeef. Стр. 1 из 1"
    ]
    assert [field.get(f"{W}instr") for field in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_sheets_are_a4_with_the_margins_of_the_standard_and_turn() -> None:
    sections = list(part(written(), "word/document.xml").iter(f"{W}sectPr"))
    sizes = [(node.find(f"{W}pgSz").get(f"{W}w"), node.find(f"{W}pgSz").get(f"{W}h")) for node in sections]
    assert [(round(int(w) / 567, 1), round(int(h) / 567, 1)) for w, h in sizes] == [(21.0, 29.7), (29.7, 21.0)]
    margins = sections[0].find(f"{W}pgMar")
    assert [round(int(margins.get(f"{W}{side}")) / 567, 1) for side in ("left", "right", "top", "bottom")] == [3, 1, 2, 2]


def test_table_repeats_its_heading_and_no_row_is_broken() -> None:
    rows = list(part(written(), "word/document.xml").iter(f"{W}tbl"))[1].findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    cells = ["".join(node.text or "" for node in cell.iter(f"{W}t")) for row in rows for cell in row.findall(f"{W}tc")]
    assert cells == ["Кто", "Что", "Юшков", "", "аб", "5"]


def test_a_row_of_another_length_is_a_defect() -> None:
    with pytest.raises(ValueError, match="row of 1 cells under 2 headings"):
        Paper(IMPRINT, Words("ru"), "x").table(["а", "б"], [["в"]])


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_hostile_text_is_text(lang: str) -> None:
    shown = texts(part(written(lang, HOSTILE), "word/document.xml"))
    assert shown[0].startswith("<w:t>&amp;=1+1\"'  Ы")
    assert shown[0].endswith("Ы…")
    assert len(shown[0]) == 2001


def test_initials_are_not_parted_from_each_other_and_the_name() -> None:
    paper = Paper(IMPRINT, Words("ru"), "x")
    paper.letterhead(["Отдел"], ["Главе округа В. И. Градову"])
    assert "Главе округа В.\u00a0И.\u00a0Градову" in texts(part(paper.saved(), "word/document.xml"))


def test_properties_stand_in_the_order_of_the_schema() -> None:
    """Word calls a file broken whose properties stand in another order (ECMA-376, CT_PPrBase, CT_TblPr, CT_RPr)."""
    orders = {
        "pPr": ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "spacing", "ind", "jc", "rPr", "sectPr"],
        "tblPr": ["tblStyle", "tblW", "jc", "tblInd", "tblLayout", "tblLook"],
        "rPr": ["rStyle", "rFonts", "b", "i", "sz", "lang"],
        "tcPr": ["tcW"],
    }
    paper = Paper(IMPRINT, Words("ru"), "x")
    paper.numbered(["а", "б"])
    paper.text("а\nб", lead="в", keep=True)
    paper.subheading("г")
    paper.table(["д"], [["е"]])
    for document in (paper.saved(), written()):
        for node in part(document, "word/document.xml").iter(*(f"{W}{name}" for name in orders)):
            found = [child.tag.removeprefix(W) for child in node]
            order = orders[node.tag.removeprefix(W)]
            assert found == sorted(found, key=order.index)


def test_a_list_is_numbered_with_brackets() -> None:
    paper = Paper(IMPRINT, Words("ru"), "x")
    paper.numbered(["а", "б"])
    assert texts(part(paper.saved(), "word/document.xml"))[-2:] == ["1) а", "2) б"]


def test_the_disclaimer_stands_word_for_word() -> None:
    assert Words("ru")("reports.disclaimer") in texts(part(written(), "word/document.xml"))
