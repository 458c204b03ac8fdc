"""The empty forms: they repeat byte for byte, and loaded as they are they give nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import openpyxl
import pytest
from table_files import read

import affil
from affil.ingest.formats.workbook import sheets
from affil.ingest.inputs import InputFile
from affil.ingest.tables.blanks.templates import write_templates
from affil.ingest.tables.tabular import BUILDERS
from affil.ingest.values.converters import converter, meaning
from affil.ingest.vocabulary.vocabulary import vocabulary
from affil.words import Words

LANGUAGES = ("ru", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unfilled_form_gives_no_row_and_no_reject(lang: str, tmp_path: Path) -> None:
    paths = write_templates(tmp_path, lang)
    assert len(paths) == len(BUILDERS) + 1 == 11
    for path in paths:
        given = read(path.read_bytes())
        assert (sum(given.taken.values()), given.rejects, given.notes) == (0, [], [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_row_loads_without_a_fault_once_it_is_numbered(lang: str, tmp_path: Path) -> None:
    *forms, layouts = write_templates(tmp_path, lang)
    for path in forms:
        book = openpyxl.load_workbook(path)
        book.active["A2"] = "1"
        book.save(path)
        given = read(path.read_bytes())
        assert (sum(given.taken.values()), given.rejects) == (1, [])
    assert layouts.exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_of_all_layouts_load_once_they_are_numbered(lang: str, tmp_path: Path) -> None:
    path = write_templates(tmp_path, lang)[-1]
    book = openpyxl.load_workbook(path)
    for page in book:
        for row in range(2, 6):
            if page.cell(row, 1).value in ("пример", "example"):
                # a number where an official begins, nothing beside his kin below him and beside the name of a department
                page.cell(row, 1).value = 1 if page.cell(row, 3).value else None
    book.save(path)
    given = read(path.read_bytes())
    assert (given.taken, given.rejects) == ({"officials": 3, "relatives": 15}, [])
    chains = sorted(f"{row['chains']} {row['fact']}" for row in given.records["relative"] if "2 " in row["locator"])
    assert chains == [
        "child person", "child person", "parent deceased", "parent person", "sibling none", "spouse person",
        "spouse.parent person", "spouse.sibling none",
    ]  # fmt: skip
    assert {row["department"] for row in given.records["official"]} >= {None, "Сектор планирования закупок"} or lang == "en"


def test_forms_repeat_byte_for_byte(tmp_path: Path) -> None:
    first, second = write_templates(tmp_path / "a", "ru"), write_templates(tmp_path / "b", "ru")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_a_drop_down_is_understood(lang: str) -> None:
    choices = Words(lang).raw("templates.choices")
    for values in ("status", "procurement_role"):
        read_as = [converter("choice", values)(word) for word in choices[values]]
        assert read_as == list(dict.fromkeys(read_as))
        assert set(read_as) == set(vocabulary().values[values].values())
        assert len(",".join(choices[values])) <= 255, "Excel takes no longer list"
    for values in ("holder", "interest_kind", "notice_kind", "decision"):
        assert {meaning(word, values) for word in choices[values]} == set(vocabulary().values[values].values())
        assert len(",".join(choices[values])) <= 255
    assert len(",".join(choices["relationship"])) <= 255
    assert [converter("bool", None)(word) for word in choices["winner"]] == [True, False]


def test_every_cell_of_a_form_is_text_where_digits_matter(tmp_path: Path) -> None:
    for path in write_templates(tmp_path, "ru"):
        for sheet in sheets(InputFile(path.name, path)):
            assert all(isinstance(cell, str) for row in sheet.rows for cell in row)


@pytest.mark.parametrize("topic", ["rejects", "notes", "templates"])
def test_both_languages_have_the_same_keys(topic: str) -> None:
    assert affil.__path__
    folder = Path(affil.__path__[0]) / "words"
    ru, en = (_keys(tomllib.loads((folder / lang / f"{topic}.toml").read_text(encoding="utf-8"))) for lang in LANGUAGES)
    assert ru == en


def _keys(table: dict[str, object]) -> dict[str, object]:
    return {key: _keys(value) if isinstance(value, dict) else None for key, value in sorted(table.items())}
