"""Large workbooks, read in pieces, give the same as read at once; here every workbook is large and every piece small."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from harmful import text_cells
from harmful import workbook as bare
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from table_files import ORGANISATION, read

from affil.ingest.formats import long_sheets, shared_strings, workbook
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.ingest.tables import sheet_parts
from affil.ingest.tables.loose import plain_sheet
from affil.ingest.values.cells import Cell

HEADINGS = ["Поставщик", "Цена", "Дата заключения"]
SHEET = "xl/worksheets/sheet1.xml"
Rows = list[list[Cell]]
Sheets = list[tuple[str, Rows, object]]


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a few rows, and no workbook that is read at once."""
    monkeypatch.setattr(workbook, "_SHORT", -1)
    monkeypatch.setattr(long_sheets, "PIECE", 400)
    monkeypatch.setattr(long_sheets, "_CHUNK", 700)
    monkeypatch.setattr(long_sheets, "_MOST_CELLS", 26 * 50)
    monkeypatch.setattr(shared_strings, "_CHUNK", 300)


def in_pieces(data: bytes) -> Sheets:
    """Every sheet of a workbook."""
    return [
        (sheet.name, [list(row) for row in sheet.rows], sheet.merged) for sheet in workbook.sheets(InputFile("a.xlsx", data=data))
    ]


def at_once(data: bytes, monkeypatch: pytest.MonkeyPatch) -> Sheets:
    """The same, read as small workbooks are."""
    with monkeypatch.context() as patch:
        patch.setattr(workbook, "_SHORT", 1 << 40)
        patch.setattr(workbook, "_MOST_CELLS_AT_ONCE", 1 << 60)
        return in_pieces(data)


def filled(rows: Rows, like: Rows) -> Rows:
    """Rows of the width of these: pieces end with their last cell."""
    return [row + [""] * (len(other) - len(row)) for row, other in zip(rows, like, strict=True)]


def written_out(sheets: Sheets, like: Sheets) -> list[tuple[str, str, object]]:
    """Sheets with rows of the width of these, as text, for 1, 1.0 and True are equal."""
    return [(name, repr(filled(rows, wide)), merged) for (name, rows, merged), (_, wide, _) in zip(sheets, like, strict=True)]


def book(seed: int) -> bytes:
    """A workbook of two sheets with every kind of cell, rows and columns left out, and merged headings."""
    chance = random.Random(seed)
    made = openpyxl.Workbook()
    for sheet in (made.active, made.create_sheet("Второй & лист")):
        left, row = chance.randrange(1, 4), chance.choice((1, 1, 7))
        sheet.merge_cells(start_row=row, start_column=left, end_row=row, end_column=left + 2)
        for _ in range(chance.randrange(30, 90)):
            row += chance.choice((1, 1, 1, 2, 9, 120))
            for column in range(left, left + 30 * chance.choice((0, 0, 1)) + 4):
                sheet.cell(row, column).value = chance.choice(
                    (None, f"Имя «{chance.randrange(60)}» <&>", f"t{row}", row + 0.5, row, True, dt.datetime(2025, 3, 4),
                     dt.date(2020, 1, 1), dt.time(9, 30), "  края  ", CellRichText("a", TextBlock(InlineFont(b=True), "б")),
                     "две\nстроки", '"s" t="x"')
                )  # fmt: skip
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def changed(data: bytes, change: Callable[[bytes], bytes], part: str = SHEET) -> bytes:
    """The workbook with another text of one part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as out:
        for name in archive.namelist():
            content = archive.read(name)
            if name == part:
                changed_content = change(content)
                assert changed_content != content
                content = changed_content
            out.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("seed", range(12))
def test_pieces_are_the_sheet(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(seed)
    whole, pieces = at_once(data, monkeypatch), in_pieces(data)
    assert written_out(pieces, whole) == written_out(whole, whole)
    assert any(rows for _, rows, _ in pieces)


WRITTEN = {
    "no row numbers": lambda xml: re.sub(rb'(<row) r="\d+"', rb"\1", re.sub(rb'(<c) r="[A-Z]+\d+"', rb"\1", xml)),
    "no cell numbers": lambda xml: re.sub(rb'(<c) r="[A-Z]+\d+"', rb"\1", xml),
    "other quotes": lambda xml: re.sub(rb'="([^"<>]*)"', rb"='\1'", xml),
    "a prefix": lambda xml: re.sub(rb"(</?)(\w+)", rb"\1x:\2", xml).replace(b"xmlns=", b"xmlns:x=").replace(b"<?x:xml", b"<?xml"),
    "a mark of the order of bytes": lambda xml: b"\xef\xbb\xbf" + xml,
}


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("written", list(WRITTEN))
def test_sheets_as_other_programs_write_them(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = openpyxl.Workbook()
    for number in range(40):
        made.active.append([f"Имя {number % 7}", number, f"{number}"])
    data = changed(saved(made), WRITTEN[written])
    whole, pieces = at_once(data, monkeypatch), in_pieces(data)
    assert written_out(pieces, whole) == written_out(whole, whole)
    assert any(rows for _, rows, _ in pieces)


@pytest.mark.usefixtures("small_pieces")
def test_tables_below_one_another_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    made = openpyxl.Workbook()
    rows = [HEADINGS, *([f"ООО А{n}", n, "04.03.2025"] for n in range(30)), [], ["Родственники"],
            ["Табельный номер", "Степень родства", "ФИО"],
            *([str(n), "жена", "Юшкова Анна Ильинична"] for n in range(30))]  # fmt: skip
    for row in rows:
        made.active.append(row)
    monkeypatch.setattr(sheet_parts, "_BLOCK", 3)
    found = read(saved(made))
    with monkeypatch.context() as patch:
        patch.setattr(workbook, "_SHORT", 1 << 40)
        whole = read(saved(made))
    assert (found.taken, found.records, found.notes, found.rejects) == (whole.taken, whole.records, whole.notes, whole.rejects)
    assert found.taken == {"contracts": 30, "relatives": 30}


@pytest.mark.usefixtures("small_pieces")
def test_tables_side_by_side_are_found() -> None:
    made = openpyxl.Workbook()
    made.active.append([*HEADINGS, None, "ФИО", "Роль в комиссии", "ИНН заказчика"])
    for number in range(30):
        made.active.append([f"ООО А{number}", number, "04.03.2025", None, "Юшков Пётр Ильич", "председатель", ORGANISATION])
    assert read(saved(made)).taken == {"contracts": 30, "commission_members": 30}


@pytest.mark.usefixtures("small_pieces")
def test_a_sheet_longer_than_any_that_is_seen_at_once_gives_each_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_sheet, "_MOST_ROWS", 20)
    monkeypatch.setattr(sheet_parts, "_MOST_ROWS_OF_HEAD", 10)
    made = openpyxl.Workbook()
    for row in (HEADINGS, *([f"ООО А{number}", number, "04.03.2025"] for number in range(90))):
        made.active.append(row)
    given = read(saved(made))
    assert given.taken == {"contracts": 90}
    assert sorted(row["locator"] for row in given.records["contract"]) == sorted(f"Sheet!R{number}" for number in range(2, 92))


@pytest.mark.usefixtures("small_pieces")
def test_a_name_merged_over_several_rows_is_filled_down(monkeypatch: pytest.MonkeyPatch) -> None:
    made = openpyxl.Workbook()
    made.active.append(["ФИО служащего", "Степень родства", "ФИО родственника"])
    for number in range(40):
        made.active.append([f"Юшков Пётр {'И' if number % 4 else 'О'}льич", "сын", f"Юшков Иван {number}"])
        if number % 2:
            made.active.merge_cells(start_row=number + 1, start_column=1, end_row=number + 2, end_column=1)
    found = read(saved(made))
    with monkeypatch.context() as patch:
        patch.setattr(workbook, "_SHORT", 1 << 40)
        whole = read(saved(made))
    assert (found.records, found.notes, found.rejects) == (whole.records, whole.notes, whole.rejects)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    "sheet", [text_cells(("a", "b")).replace(">a<", "><![CDATA[a]]><"), f"<!-- x -->{text_cells(('a', 'b'))}"]
)
def test_a_large_sheet_that_cannot_be_cut_is_refused(sheet: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        in_pieces(bare(sheet))
    assert refused.value.reject.reason == "workbook_too_long"


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    "sheet",
    ['<sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData>', "<sheetData><row r='1'><c r='A1'><v>1</v>"],
)
def test_a_large_sheet_that_is_damaged_is_refused(sheet: str) -> None:
    with pytest.raises(FileRefusedError):
        in_pieces(bare(sheet, "<si><t>x</t></si>"))
