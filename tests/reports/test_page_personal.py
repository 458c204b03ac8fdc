"""No birth date, ИНН, address, telephone or mail of a natural person of the sample district stands on its page (OFFICER 7)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).parents[2]
DISTRICT, GALLERY = ROOT / "sample_data" / "district", ROOT / "reports" / "district"
PERSONAL = re.compile(r"дата рожд|^инн( родственника)?$|адрес|телефон|почт", re.IGNORECASE)


def personal_values() -> Iterator[str]:
    """The cells of all personal columns of the district's tables of people, dates as documents write them."""
    for file in sorted(DISTRICT.rglob("*.xlsx")):
        book = CalamineWorkbook.from_path(file)
        for sheet in book.sheet_names:
            columns: list[int] = []
            for row in book.get_sheet_by_name(sheet).to_python():
                found = [place for place, cell in enumerate(row) if PERSONAL.search(str(cell).strip())]
                if len(found) > 1:
                    columns = found
                    continue
                yield from (text for place in columns if len(text := _text(row[place])) > 5)


def _text(cell: object) -> str:
    return cell.strftime("%d.%m.%Y") if isinstance(cell, dt.date) else str(cell).strip()


@pytest.fixture(scope="module")
def values() -> set[str]:
    found = set(personal_values())
    assert len(found) > 300
    return found


def test_the_page_holds_none_of_them(values: set[str]) -> None:
    """The gallery's page is the one the program writes (tests/test_gallery.py)."""
    page = (GALLERY / "report.html").read_text("utf-8")
    assert "Вершинин Захар Львович" in page
    assert [value for value in sorted(values) if value in page] == []


def test_the_search_would_find_one(values: set[str]) -> None:
    machine_copy = (GALLERY / "findings.json").read_text("utf-8")
    assert any(value in machine_copy for value in values)
