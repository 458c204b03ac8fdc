"""«Отчет о проверке физического лица» (OFFICER 3.5) as parts of a document, section by section."""

from __future__ import annotations

from affil.person.answer import (
    PersonAnswer,
)
from affil.reports.blocks import Block
from affil.reports.person.found import bought, firms, searches
from affil.reports.person.outcome import by_hand, explained, outcome, questions
from affil.reports.person.sheet import Sheet
from affil.reports.person.subject import kin, who
from affil.words import Words


def person_blocks(answer: PersonAnswer, sheet: Sheet, words: Words) -> list[Block]:
    """Sections 1 to 9; title and signatures are the sheet's."""
    sections = (who, kin, searches, firms, bought, questions, by_hand, outcome, explained)
    return [block for section in sections for block in section(answer, sheet, words)]
