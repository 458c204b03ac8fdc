"""Sheets read by columns and row by row: the same records, rejects, counts and notes, whatever stands in the cells."""

# ruff: noqa: E501 - lists of cells are read whole

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affil.ingest.formats.csv_chunks import csv_chunks
from affil.ingest.formats.csvfile import csv_rows
from affil.ingest.formats.workbook import Sheet
from affil.ingest.inputs import InputFile
from affil.ingest.tables import tabular
from affil.ingest.tables.bulk.cells import MACROS
from affil.ingest.values.cells import Cell
from affil.model.records import Sink
from affil.store.load import TOGETHER, load_files
from affil.store.store import Store

HEADINGS = {
    "contracts": ["Реестровый номер контракта", "Дата заключения", "Период", "Заказчик", "ИНН заказчика", "Поставщик", "ИНН поставщика",
                  "Цена контракта, руб.", "Предмет контракта", "Способ закупки", "Основание", "Дата окончания", "Дата извещения"],
    "officials": ["№ п/п", "Табельный №", "ФИО", "Прежние фамилии", "Дата рождения", "ИНН", "Категория лица", "Место работы (организация)",
                  "ИНН организации", "Роль в закупках", "Дата приёма", "Дата увольнения", "Телефон"],
    "relatives": ["Табельный № служащего", "ФИО служащего", "ИНН организации", "Степень родства", "ФИО родственника", "Прежняя фамилия",
                  "Дата рожд.", "ИНН родственника", "Место работы", "Адрес", "Дата вступления в брак", "Дата развода"],
}  # fmt: skip
DATES = ["04.03.2025", "2025-03-04", " 01.02.2020", "31.02.2021", "12 марта 1980 г.", "1980", "01.01.1800", "5.1.2020", "нет", "45000", "04.03.25",
         "04.03.2025 г.", "март 2025", "не помню", "01.01.2100", "32.13.2020"]  # fmt: skip
INNS = ["4205000016", "7707083893", "500100732259", "7707083890", "  7707083893", "'7707083893", "7707083893.0", "7,70708E+09", "0000000000",
        "770708389", "107083893", "7707083893/770701001", "7707083893, 500100732259", "7707083893500100732259", "нет", "****", "07083893"]  # fmt: skip
NAMES = ["Громов Иван Петрович", "ГРОМОВА АННА ПЕТРОВНА", "Громова (Лугова) Анна Петровна", "Громов И. П.", "И. П. Громов", "нет", "—", "-",
         "Громов  Иван Петрович", "Громов Иван Петрович умер в 2019", "Громов Иван Петрович, Громова Анна Петровна", "не имею", "Детей нет",
         "Иванович Пётр Сидоров Петрович А.Б.", "Ким Ен Су", "ООО «Вереск»", "Громова Анна Петровна (бывшая жена)", "Мамедов Али Гасан оглы",
         "Ёлкин Пётр Ильич", "Наум. Громов", "Петрова Анна", "итого", "Всегов Иван Петрович", "Нетесов Иван Петрович", "1", "Иванов"]  # fmt: skip
TEXTS = ["ООО «Вереск»", 'ООО "Вереск"', "ИП Громов Иван Петрович", "Общество с ограниченной ответственностью «Вереск»", "ИП Громов И. П., ИНН 500100732259",
         "ООО Вереск ОГРН 1027700132195", "Громов Иван Петрович", "МБОУ «Школа № 9»", "н/д", "-", "#Н/Д", "Итого", "ИТОГО:", "Всего по разделу", "пример",
         "Исполнитель: Громова", "1", "2", "12-М/25", "№ 5", "1E+15", "5.0", "п. 4 ч. 1 ст. 93", "4", "депутат", "Муниципальный служащий", "член комиссии", "нет",
         "1 кв. 2025", "2025 год", "Дополнительное соглашение № 1 к контракту № 5 от 04.03.2025", "договор № 7 от 01.02.2024", "контракт расторгнут 01.02.2025",
         "а\u00a0б", "а\u00adб", "а\u200bб", " а  б ", "a;b", 'в "кавычках"', "строка\nвторая", "Поставщик", "Физическое лицо", "учебных пособий", "продлён до 01.03.2026"]  # fmt: skip
MONEY = [
    "1",
    "12,5",
    "1 234,56",
    "1\u00a0234,56",
    "1.234.567,89",
    "12.345",
    "-5",
    "по смете",
    "12 руб. 50 коп.",
    "1,5 млн",
    "99999999999999999",
    "0",
]
KIN = [
    "брат",
    "сестра",
    "мать",
    "супруга",
    "бывшая супруга",
    "муж",
    "дети",
    "зять",
    "сосед",
    "Брат ",
    "отец (умер)",
    "родители",
    "тёща",
]
ANY = st.one_of(
    st.sampled_from(DATES + INNS + NAMES + TEXTS + MONEY + KIN), st.just(""), st.text("аеён1 .,-«\"'№\t\u00a0Ee+", max_size=8)
)
BY_WORD = {"дата": DATES, "инн": INNS, "фио": NAMES, "цена": MONEY, "степень": KIN, "поставщик": TEXTS, "предмет": TEXTS}


def _likely(heading: str) -> st.SearchStrategy[str]:
    lowered = heading.lower()
    word = next((word for word in ("инн", "дата", "фио", "цена", "степень") if word in lowered), "")
    return st.sampled_from(BY_WORD.get(word, TEXTS))


def _rows(table: str) -> st.SearchStrategy[list[list[str]]]:
    row = st.tuples(*(st.one_of(_likely(heading), _likely(heading), _likely(heading), ANY) for heading in HEADINGS[table])).map(
        list
    )
    odd = st.one_of(row, row, row, row, st.just([]), st.just(HEADINGS[table]), row.map(lambda cells: cells[:3]))
    return st.one_of(st.lists(odd, max_size=14), st.lists(odd, min_size=12, max_size=40))


def as_csv(rows: Iterable[Sequence[str]], line_end: str = "\r\n", quoting: Any = csv.QUOTE_MINIMAL) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator=line_end, quoting=quoting).writerows(rows)
    return text.getvalue().encode()


def everything(read: Any, monkeypatch: pytest.MonkeyPatch, least: int, in_memory: bool = False) -> tuple[object, ...]:
    """What a reading gives: records as a set with their places, rejects in order, counts and notes."""
    records: list[tuple[str, str]] = []
    sink = Sink(
        lambda table, rows: records.extend(
            (table, repr(sorted((k, str(v)) for k, v in row.items() if v is not None))) for row in rows
        ),
        in_memory=in_memory,
    )
    with monkeypatch.context() as patch:
        patch.setattr(tabular, "LONG_TEXT", least)
        patch.setattr(tabular, "LONG_SHEET", least)
        read(sink)
    sink.close()
    return sorted(records), sink.rejects, sink.taken, sink.notes


def by_columns(file: InputFile, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    """What the file gives where every sheet of it counts as a long one."""
    return everything(lambda sink: tabular.TableReader().read(file, sink), monkeypatch, 0)


def in_memory(file: InputFile, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    """The same with nothing of it put on the disk."""
    return everything(lambda sink: tabular.TableReader().read(file, sink), monkeypatch, 0, in_memory=True)


def by_rows(file: InputFile, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    """What the file gives where no sheet of it counts as a long one."""
    return everything(lambda sink: tabular.TableReader().read(file, sink), monkeypatch, 1 << 60)


# What an example takes is the statements of SQL, however few its rows are: few examples, some of them of many rows.
FUZZ = bool(os.environ.get("AFFIL_FUZZ"))
QUIET = settings(
    max_examples=60 if FUZZ else 5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(autouse=True)
def statements_planned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a few rows planning a statement costs more than it saves. Not for `make fuzz`."""
    if not FUZZ:
        monkeypatch.setattr("affil.ingest.tables.bulk.bulk.MACROS", ("PRAGMA disable_optimizer", *MACROS))


@pytest.mark.parametrize("table", list(HEADINGS))
@QUIET
@given(data=st.data())
def test_any_csv_gives_the_same_by_columns_and_by_rows(table: str, monkeypatch: pytest.MonkeyPatch, data: st.DataObject) -> None:
    rows = data.draw(_rows(table))
    file = InputFile("а.csv", data=as_csv([["Перечень"], HEADINGS[table], *rows]))
    assert by_columns(file, monkeypatch) == by_rows(file, monkeypatch)


@pytest.mark.parametrize("table", list(HEADINGS))
@QUIET
@given(data=st.data())
def test_any_workbook_sheet_gives_the_same_by_columns_and_by_rows(
    table: str, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    more = st.sampled_from(
        [
            4205000016.0,
            7707083893,
            12.5,
            0,
            True,
            dt.date(2020, 1, 2),
            dt.datetime(1980, 3, 4),
            dt.datetime(2020, 1, 1, 12, 30),
            45000.0,
            None,
            dt.date(1850, 1, 1),
            1e20,
            -1.0,
            dt.time(1, 2),
        ]
    )
    rows: list[list[Cell]] = [["Перечень"], list(HEADINGS[table]), *map(list, data.draw(_rows(table)))]
    for row in rows[2:]:
        for place in range(len(row)):
            if data.draw(st.integers(0, 5)) == 0:
                row[place] = data.draw(more)
    merged = (((2, 0), (4, 0)), ((3, 1), (6, 1))) if data.draw(st.booleans()) else ()

    def read(sink: Sink) -> None:
        tabular.read_tables([Sheet("Лист 1", [list(row) for row in rows], merged)], sink)

    assert everything(read, monkeypatch, 0) == everything(read, monkeypatch, 1 << 60)


@QUIET
@given(
    st.text('а;"\n\r\t x', max_size=60),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1251", "utf-16"]),
    st.integers(8, 64),
)
def test_pieces_of_any_text_hold_the_records_the_reader_of_rows_finds(
    monkeypatch: pytest.MonkeyPatch, body: str, encoding: str, block: int
) -> None:
    head = "Табельный №;ФИО;Дата рождения;Должность\r\n0001;Громов Иван Петрович;01.02.1980;врач\r\n"
    file = InputFile("а.csv", data=(head + body).encode(encoding))
    monkeypatch.setattr("affil.ingest.formats.csv_chunks.BLOCK", block)
    assert by_columns(file, monkeypatch) == by_rows(file, monkeypatch)
    whole = list(csv_rows(file, ";"))
    for chunk in csv_chunks(file, ";", 1):
        text = io.StringIO(chunk.data.decode(), newline="")
        cells = [
            [cell.replace("\xa0", " ").replace("\r\n", "\n") for cell in row]
            for row in whole[chunk.first : chunk.first + chunk.records]
        ]
        assert [[cell.replace("\r\n", "\n") for cell in row] for row in csv.reader(text, delimiter=";")] == cells


def test_regular_rows_do_not_go_through_the_row_builder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The columns are of use only where they take the rows: of a thousand regular ones the builder sees none but the doubtful."""
    seen: list[int] = []
    take = tabular._Rows.take
    monkeypatch.setattr(tabular._Rows, "take", lambda self, number, cells: (seen.append(number), take(self, number, cells))[1])
    monkeypatch.setattr(tabular, "LONG_TEXT", 0)
    regular = {
        "officials": ["7", "00017", "Громов Иван Петрович", "", "01.02.1980", "500100732259", "муниципальный служащий", "МБОУ «Школа № 9»",
                      "7707083893", "член комиссии", "01.02.2020", "", "+7 (900) 111-22-33"],
        "relatives": ["00017", "Громов Иван Петрович", "7707083893", "сестра", "Громова Анна Петровна", "Лугова", "2001-02-03", "", "МБОУ «Школа № 9»",
                      "ул. Лесная, д. 5", "", ""],
        "contracts": ["0017", "04.03.2025", "", "МБОУ «Школа № 9»", "7707083893", "ООО «Вереск»", "7707083893", "1 200,50", "Поставка бумаги", "Электронный аукцион",
                      "4", "", ""],
    }  # fmt: skip
    for table, row in regular.items():
        path = tmp_path / f"{table}.csv"
        row[0] = "00101" if table != "officials" else "107"
        path.write_bytes(as_csv([HEADINGS[table], *[row] * 1000]))
        sink = Sink(lambda table, rows: None)
        tabular.TableReader().read(InputFile("а.csv", path), sink)
        assert sink.taken[table] == 1000
        assert not seen, table


def test_many_pieces_give_what_one_gives(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = [[f"{n:05}", DATES[n % 3], "", "МБОУ «Школа № 9»", INNS[n % 7], NAMES[n % 5] if n % 9 == 0 else "ООО «Вереск»", INNS[n % 2],
             MONEY[n % 6], "Поставка", "", "4", "", ""] for n in range(400)]  # fmt: skip
    path = tmp_path / "к.csv"
    path.write_bytes(as_csv([HEADINGS["contracts"], *rows, [], ["Итого", "", "", "", "", "", "", "100"]]))
    monkeypatch.setattr("affil.ingest.formats.csv_chunks.BLOCK", 4_000)
    monkeypatch.setattr("affil.ingest.tables.bulk.asking.REMEMBERED", 3)
    file = InputFile("к.csv", path)
    found = by_columns(file, monkeypatch)
    assert found == by_rows(file, monkeypatch) == in_memory(file, monkeypatch)
    assert found[2] == {"contracts": 400}


def test_every_row_of_a_large_piece_keeps_its_number(tmp_path: Path) -> None:
    """A text of several megabytes is read in buffers; its records stand in the order of its lines all the same."""
    row = ["Громов Иван Петрович", "врач", "ул. Лесная, д. 5, " + "кв. 7 " * 50]
    path = tmp_path / "с.csv"
    path.write_bytes(as_csv([["Табельный №", "ФИО", "Должность", "Адрес"], *([f"{n:07}", *row] for n in range(2, 24_000))]))
    assert path.stat().st_size > 9 << 20
    found: list[tuple[str, str]] = []
    sink = Sink(lambda _, rows: found.extend((record["locator"], record["employee_id"]) for record in rows))
    tabular.TableReader().read(InputFile("с.csv", path), sink)
    assert [(f"R{n}", f"{n:07}") for n in range(2, 24_000)] == sorted(found, key=lambda one: int(one[0][1:]))


def test_nothing_of_a_file_to_be_kept_in_memory_is_put_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a folder for plain text was made")

    path = tmp_path / "к.csv"
    path.write_bytes(as_csv([["Табельный №", "ФИО", "Должность", "ИНН"], *[["0017", "Громов Иван Петрович", "врач", ""]] * 500]))
    monkeypatch.setattr(tabular, "LONG_TEXT", 0)
    monkeypatch.setattr("affil.ingest.tables.bulk.sheets.tempfile.TemporaryDirectory", refuse)
    with pytest.raises(AssertionError):
        tabular.TableReader().read(InputFile("к.csv", path), Sink(lambda table, rows: None))
    sink = Sink(lambda table, rows: None, in_memory=True)
    monkeypatch.setattr(tabular._Rows, "take", refuse)
    tabular.TableReader().read(InputFile("к.csv", path), sink)
    assert sink.taken["officials"] == 500


def test_a_check_of_an_inn_in_sql_is_the_check_of_python() -> None:
    import duckdb

    from affil.language.identifiers import valid_inn

    with duckdb.connect() as connection:
        for macro in MACROS:
            connection.execute(macro)
        for digits in (10, 12):
            numbers = [(7919 * n * n + 4_205_000_001 * n) % 10**digits for n in range(3_000)] + [0]
            found = connection.execute(f"SELECT inn{digits}(n) FROM (SELECT unnest($1::BIGINT[]) AS n)", [numbers]).fetchall()
            assert [one for (one,) in found] == [valid_inn(str(number).zfill(digits)) for number in numbers]
            assert sum(one for (one,) in found) > (200 if digits == 10 else 10)


@pytest.mark.parametrize("far", [["Отдел закупок", "", "", ""], ["", "", "брат", "Громов Пётр Петрович"]])
@pytest.mark.parametrize("table", ["officials", "relatives"])
def test_a_row_that_makes_others_depend_far_down_sends_the_rest_to_the_row_reading(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, table: str, far: list[str]
) -> None:
    """The first rows show no department and no name left out; a row after two thousand does."""
    headings = {
        "officials": ["Табельный №", "ФИО", "Должность", "ИНН"],
        "relatives": ["Табельный №", "ФИО служащего", "Степень родства", "ФИО родственника"],
    }
    row = {
        "officials": ["", "Громов Иван Петрович", "врач", ""],
        "relatives": ["", "Громов Иван Петрович", "сестра", "Громова Анна Петровна"],
    }
    rows = [[f"{n:05}", *row[table][1:]] for n in range(2_000)]
    path = tmp_path / "к.csv"
    path.write_bytes(as_csv([headings[table], *rows[:1_500], far, *rows[1_500:], far]))
    monkeypatch.setattr("affil.ingest.formats.csv_chunks.BLOCK", 30_000)
    file = InputFile("к.csv", path)
    found = by_columns(file, monkeypatch)
    assert found == by_rows(file, monkeypatch) == in_memory(file, monkeypatch)
    of_kin = 2 if table == "relatives" and "брат" in far else 0  # hung on whoever stands above
    assert found[2] == {table: 2_000 + of_kin}


def test_columns_go_into_the_store_as_rows_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same file loaded by columns and by rows fills the store with the same records."""
    rows = [[str(n + 100), f"{n:05}", NAMES[n % 9], NAMES[n % 3].split()[0], DATES[n % 5], INNS[n % 4], "депутат", "МБОУ «Школа № 9»", INNS[1],
             "", DATES[0], "", ""] for n in range(3_000)]  # fmt: skip
    path = tmp_path / "с.csv"
    path.write_bytes(as_csv([HEADINGS["officials"], *rows] * 3))
    assert path.stat().st_size > TOGETHER
    found = []
    for least in (0, 1 << 60):
        monkeypatch.setattr(tabular, "LONG_TEXT", least)
        with Store.open(tmp_path / f"{least}.duckdb") as store:
            [loaded] = load_files(store, [InputFile("с.csv", path)], dt.datetime(2026, 1, 1), lambda _: None)
            found.append(
                (loaded, store.rows("SELECT * FROM official ORDER BY locator"), store.rows("SELECT * FROM reject ORDER BY ALL"))
            )
    assert found[0] == found[1]
    assert found[0][0].taken["officials"] > 5_000
