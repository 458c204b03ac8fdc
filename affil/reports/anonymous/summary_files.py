"""`summary_public/`: the numbers as CSV and XLSX, the text for the site as DOCX; no clock, not even in their properties."""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter

from affil.model.run import Run
from affil.reports.anonymous.summary import Figure, Outcomes, figures, outcomes_of, period_text, site_text
from affil.reports.table_csv import table_csv
from affil.reports.word.paper import Imprint, Paper, same_times
from affil.words import Words

FOLDER = "summary_public"
NO_DAY = dt.datetime(1980, 1, 1)  # the formats ask for a day of making; that of the run would be finer than a quarter


def summary_public(run: Run, words: Words, outcomes: Outcomes | None = None) -> dict[str, bytes]:
    """The files of the folder by name. They name no body and no run: which one, is told by who publishes them."""
    told = outcomes or outcomes_of(run)
    lines = figures(run, told, words)
    return {
        f"{FOLDER}/summary.csv": table_csv(words.raw("public.numbers.headings"), [_cells(line) for line in lines]),
        f"{FOLDER}/summary.xlsx": _workbook(lines, run, words),
        f"{FOLDER}/summary.docx": _document(lines, site_text(run, told, words), words),
    }


def _cells(line: Figure) -> tuple[str, str, str]:
    return line.place, line.what, line.value


def _workbook(lines: list[Figure], run: Run, words: Words) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": words("public.site.title"), "author": "affil", "created": NO_DAY})
    sheet = book.add_worksheet(words("public.numbers.sheet"))
    heading = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top", "num_format": "@"})
    right = book.add_format({"text_wrap": True, "border": 1, "valign": "top", "align": "right"})
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 16)
    sheet.write_string(0, 0, words("public.site.title"), book.add_format({"bold": True}))
    sheet.write_string(1, 0, words("public.numbers.period", period=period_text(run.period, words)))
    sheet.write_row(3, 0, words.raw("public.numbers.headings"), heading)
    for row, line in enumerate(lines, start=4):
        sheet.write_string(row, 0, line.place, cell)
        sheet.write_string(row, 1, line.what, cell)
        if line.value.isdigit():
            sheet.write_number(row, 2, int(line.value), right)
        else:
            sheet.write_string(row, 2, line.value, right)
    for row, note in enumerate(_notes(words), start=len(lines) + 5):
        sheet.merge_range(row, 0, row, 2, note, book.add_format({"text_wrap": True, "valign": "top"}))
        sheet.set_row(row, 15 * (len(note) // 80 + 1))
    sheet.freeze_panes(4, 0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return same_times(made.getvalue())


def _notes(words: Words) -> tuple[str, ...]:
    return *words.raw("public.numbers.notes"), words("reports.disclaimer")


class _Unsigned(Paper):
    """A sheet without a footer: the day of the rules is finer than a quarter, and the run leads to the cases."""

    def __init__(self, words: Words) -> None:
        super().__init__(Imprint("", "", None, "", NO_DAY), words, words("public.site.title"), marked=False)

    def _footer(self, marked: bool) -> None:
        pass


def _document(lines: list[Figure], text: str, words: Words) -> bytes:
    paper = _Unsigned(words)
    paper.title(words("public.site.title"))
    paper.text(text)
    paper.table(words.raw("public.numbers.headings"), [_cells(line) for line in lines], (1, 8, 3))
    for note in words.raw("public.numbers.notes"):
        paper.text(note, size=10)
    paper.disclaimer()
    return paper.saved()
