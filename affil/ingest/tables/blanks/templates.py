"""Empty forms for the officer: one XLSX a table of the vocabulary, with drop-downs and an example row that is never loaded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter

from affil.ingest.tables.blanks.layout_forms import write_layouts
from affil.ingest.vocabulary.vocabulary import Table, TableField, vocabulary
from affil.words import Words

_MADE = dt.datetime(2025, 1, 1)
_FORM_ROWS = 2_000
_WIDTHS = {"text": 26, "name": 34, "stated": 34, "lines": 40, "date": 14, "birth": 14, "money": 16, "bool": 12}
_DEFAULT_WIDTH = 18
_TEXT_KINDS = frozenset(
    {
        "id",
        "phone",
        "person_inn",
        "org_inn",
        "any_inn",
        "many_inn",
        "text",
        "name",
        "lines",
        "ground",
        "choice",
        "share",
        "stated",
    }
)


def write_templates(folder: Path, lang: str) -> list[Path]:
    """Write one form a table, and the layouts of kin, into `folder` (made if missing); their paths, the same bytes every time."""
    words = Words(lang)
    folder.mkdir(parents=True, exist_ok=True)
    return [*(_write_form(folder, table, words) for table in vocabulary().tables.values()), write_layouts(folder, lang)]


def _write_form(folder: Path, table: Table, words: Words) -> Path:
    form: dict[str, Any] = words.raw(f"templates.{table.name}")
    path = folder / f"{form['file']}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": _MADE, "title": form["sheet"]})
        sheet = book.add_worksheet(form["sheet"])
        header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E7EEF7"})
        formats = {
            "text": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
            "date": book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"}),
            "money": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        }
        example_format = book.add_format(
            {"num_format": "@", "italic": True, "font_color": "#777777", "valign": "top", "text_wrap": True}
        )
        sheet.write_string(0, 0, words("templates.number"), header)
        sheet.set_column(0, 0, 9)
        sheet.write_string(1, 0, words("templates.example"), example_format)
        fields = [field for field in table.fields.values() if field.part_of is None and field.name in form["example"]]
        for column, field in enumerate(fields, 1):
            sheet.write_string(0, column, form["headings"][field.name], header)
            sheet.set_column(column, column, _WIDTHS.get(field.kind, _DEFAULT_WIDTH), _format(formats, field))
            sheet.write_string(1, column, form["example"][field.name], example_format)
            _add_choice(sheet, column, _choices(field, words))
        sheet.freeze_panes(1, 0)
    return path


def _format(formats: dict[str, Any], field: TableField) -> Any:
    if field.kind in _TEXT_KINDS:
        return formats["text"]
    return formats["money"] if field.kind == "money" else formats["date"] if field.kind == "date" else formats["text"]


def _choices(field: TableField, words: Words) -> list[str]:
    """What the drop-down of a field offers, in the language of the form; the words are all understood on loading."""
    lists: dict[str, list[str]] = words.raw("templates.choices")
    return lists.get(field.values or field.name, [])


def _add_choice(sheet: Any, column: int, choices: list[str]) -> None:
    if choices:
        # A drop-down helps and does not forbid: «сын супруги» is a good word of kinship and no list holds them all.
        sheet.data_validation(1, column, _FORM_ROWS, column, {"validate": "list", "source": choices, "error_type": "information"})
