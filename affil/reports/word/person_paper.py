"""«Отчет о проверке физического лица» as a DOCX (OFFICER 3.5): internal, signed, with birth dates, without addresses."""

from __future__ import annotations

from collections.abc import Sequence

from affil.person.answer import PersonAnswer
from affil.reports.blocks import Block, Bullets, Heading, Table, Text
from affil.reports.person.outcome import closing_lines
from affil.reports.person.sheet import Sheet
from affil.reports.values import NBSP, date_text
from affil.reports.word.paper import BOX, Imprint, Paper
from affil.words import Words


def person_docx(answer: PersonAnswer, blocks: Sequence[Block], sheet: Sheet, imprint: Imprint, words: Words) -> bytes:
    """The bytes of the document; `blocks` are its sections 1 to 9."""
    paper = Paper(imprint, words, words("person.document.file_title"))
    paper.letterhead([sheet.organisation, sheet.department, words("paper.date_and_number")], [sheet.addressee])
    paper.title(words("person.document.title"), words("person.document.under"))
    boxes = "   ".join(f"{BOX}{NBSP}{option}" for option in words.raw("person.document.occasion_options"))
    paper.text(words("person.document.occasion", options=boxes), align="left", indent=False)
    paper.text(words("person.document.made", date=date_text(answer.on), run=imprint.run), align="left", indent=False)
    for block in blocks:
        put_block(paper, block)
    paper.heading(words("person.end.heading"))
    paper.signatures([(words("person.end.acquainted"), ""), (words("person.end.executor"), sheet.executor)])
    for line in closing_lines(answer, sheet, words):
        paper.text(line)
    if sheet.access_list:
        paper.text(words("paper.access", list=sheet.access_list), size=10)
    paper.disclaimer()
    return paper.saved()


def put_block(paper: Paper, block: Block) -> None:
    """A part of a document, as text and as paper the same."""
    match block:
        case Heading(text):
            paper.heading(text)
        case Text(text, lead):
            paper.text(text, lead)
        case Bullets(lines):
            paper.bullets(lines)
        case Table(headings, rows, widths):
            paper.table(headings, rows, widths, size=8.5)
