"""The drop-downs and headings of the workbook, by their words in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from affil.reports.workbook.filled import COURSE, FIELDS, FROM, FilledRow
from affil.words import LANGUAGES, Words


def heading_of(row: FilledRow, name: str, words: Words) -> str:
    """The heading over a cell of the row, as the workbook has it."""
    headings = words.raw("workbook.course.headings" if row.kind == COURSE else "reports.findings.headings")
    return str(headings[FROM[row.kind] + FIELDS[row.kind].index(name)])


def keys_by_words(table: str) -> dict[str, str]:
    """The keys of a drop-down by its words in every language, folded."""
    return {" ".join(text.casefold().split()): key for lang in LANGUAGES for key, text in Words(lang).raw(table).items()}


def outcomes_by_words(kind: str) -> dict[str, str]:
    """The answers to a question by their words: those of the drop-down, and those of the course where they differ."""
    known = keys_by_words(f"course.outcome.{kind}")
    if kind == "identity":
        for lang in LANGUAGES:
            known |= {Words(lang)(f"match.entry.{one}").casefold(): one for one in ("same", "different", "unsure")}
    return known


def texts_of(table: str, key: str) -> set[str]:
    """What a word of the workbook is in each language."""
    return {str(Words(lang).raw(table)[key]) for lang in LANGUAGES}


def spoken_here(known: dict[str, str], words: Words) -> Iterator[str]:
    """The words of a list in the language spoken."""
    russian = words.lang == "ru"
    yield from (text for text in known if bool(re.search("[а-яё]", text)) == russian)
