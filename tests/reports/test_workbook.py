"""findings.xlsx read back by openpyxl and lxml: the same as findings.json and the CSV tables, safe, and fit to work in."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import random
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import fake_run
import openpyxl
import pytest
from avoided import avoided_words
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from affil.model.finding import Procedure
from affil.model.run import Changes, Run
from affil.reports.coverage_csv import coverage_csv
from affil.reports.findings_csv import findings_csv
from affil.reports.findings_json import findings_json
from affil.reports.not_determinable_csv import not_determinable_csv
from affil.reports.workbook import sheets
from affil.reports.workbook.about import SHEETS as SHEETS_OF
from affil.reports.workbook.book import findings_xlsx
from affil.reports.workbook.cells import LONGEST, safe_text
from affil.reports.workbook.heights import line_count
from affil.reports.workbook.layout import choices
from affil.words import Words

RU, EN = Words("ru"), Words("en")
SHEETS = [  # CONTRACT 4, copied
    "Возможные связи", "Шаги и источники", "Совпадения только ФИО", "Не определено", "Охват", "Ход рассмотрения", "Источники",
    "О прогоне",
]  # fmt: skip
HOSTILE = '=HYPERLINK("http://x.example","a")\x00\x1b\u202e<b>&"\'\r\n\t_x0041_ https://x.example \ud800'
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def opened(run: Run, words: Words = RU) -> Any:
    return openpyxl.load_workbook(io.BytesIO(findings_xlsx(run, words)))


def rows(sheet: Any) -> list[dict[str, Any]]:
    """Rows below the headings, each by heading."""
    first, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(first, row, strict=True)) for row in others]


def as_csv(value: Any) -> str:
    """A cell as the CSV tables write it, without their apostrophe."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%d.%m.%Y}"
    return str(value)


def in_csv(content: bytes) -> list[dict[str, str]]:
    read = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [{key: value.removeprefix("'") for key, value in row.items()} for row in read]


def numbers_as_csv(row: dict[str, Any]) -> dict[str, str]:
    price, share = row["Цена контракта, руб."], row["Доля участия, %"]
    texts = {key: as_csv(value) for key, value in row.items()}
    if isinstance(price, int | float):
        texts["Цена контракта, руб."] = f"{price:.2f}".replace(".", ",")
    if isinstance(share, int | float):
        texts["Доля участия, %"] = f"{share:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return texts


def test_there_are_eight_sheets_in_the_promised_order() -> None:
    assert opened(fake_run.run()).sheetnames == SHEETS
    names = opened(fake_run.run(), EN).sheetnames
    assert len(set(names)) == 8 and all(len(name) <= 31 for name in names)


def test_the_two_sheets_of_cases_are_the_rows_of_the_csv() -> None:
    run = fake_run.run()
    read = opened(run)
    cases, namesakes = rows(read[SHEETS[0]]), rows(read[SHEETS[2]])
    told = [numbers_as_csv(row) for row in cases + namesakes]
    expected = in_csv(findings_csv(run, RU))
    assert list(cases[0]) == list(expected[0])
    assert sorted(told, key=lambda row: row["Ключ строки"]) == sorted(expected, key=lambda row: row["Ключ строки"])
    assert {row["Код связи"] for row in namesakes} == {found.tie for found in run.findings if found.name_only}
    assert len(namesakes) == 1 and len(cases) == 11


def test_rows_say_what_the_machine_copy_says() -> None:
    run = fake_run.run()
    read = opened(run)
    told = rows(read[SHEETS[0]]) + rows(read[SHEETS[2]])
    for found in json.loads(findings_json(run))["findings"]:
        number = found["contract"]["number"] if found["contract"] else None
        (row,) = [row for row in told if row["Код связи"] == found["tie"] and row["№ контракта"] == number]
        assert row["Табельный №"] == found["employee"]["employee_id"]
        assert row["ИНН контрагента"] == found["supplier"]["inn"]
        assert row["Прогон"] == run.id
        if found["share"] is not None:
            assert row["Доля участия, %"] == pytest.approx(found["share"] * 100)
        if found["contract"]:
            assert row["Дата контракта"] == dt.datetime.fromisoformat(found["contract"]["signed_on"])
            assert row["Цена контракта, руб."] == found["contract"]["price"]
        else:
            assert row["№ закупки"] == found["procedure"]["number"]


@pytest.mark.parametrize(("sheet", "table"), [(SHEETS[4], coverage_csv), (SHEETS[3], not_determinable_csv)])
def test_coverage_and_what_could_not_be_determined_are_the_rows_of_their_csv(sheet: str, table: Any) -> None:
    run = fake_run.run()
    told = [{key: as_csv(value) for key, value in row.items()} for row in rows(opened(run)[sheet])]
    assert told == in_csv(table(run, RU))
    assert len(told) > 3


def test_every_step_of_every_path_stands_with_its_place_and_confidence() -> None:
    run = fake_run.run()
    told = rows(opened(run)[SHEETS[1]])
    expected = {
        (found["id"], path_number, step_number): (
            step["from"], step["to"], step["valid_from"], step["valid_to"], step["confidence"], path["confidence"],
            step["source"]["file"], step["source"]["locator"], found["rule"], found["tie"],
        )
        for found in json.loads(findings_json(run))["findings"]
        for path_number, path in enumerate([{"path": found["path"], "confidence": found["confidence"]}, *found["other_paths"]], 1)
        for step_number, step in enumerate(path["path"], 1)
    }  # fmt: skip
    day = lambda value: value.date().isoformat() if value else None  # noqa: E731
    read = {
        (row["Код находки"], row["Путь №"], row["Шаг №"]): (
            row["От кого (чего)"], row["С кем (чем)"], day(row["С"]), day(row["По"]), row["Уверенность в шаге"],
            row["Уверенность в пути"], row["Файл"], row["Место в файле"], row["Правило"], row["Код связи"],
        )
        for row in told
    }  # fmt: skip
    assert read == expected and len(told) == len(expected) > 40
    assert {row["Ключ строки"] for row in told} == {row["Ключ строки"] for row in in_csv(findings_csv(run, RU))}


def test_confidence_is_a_number_on_the_sheet_of_steps_only() -> None:
    read = opened(fake_run.run())
    titles = {
        sheet.title for sheet in read for row in sheet.iter_rows(values_only=True) for value in row if value in (0.72, 0.21)
    }
    assert titles == {SHEETS[1]}
    elsewhere = [v for s in read if s.title != SHEETS[1] for row in s.iter_rows(values_only=True) for v in row]
    assert not [value for value in elsewhere if isinstance(value, str) and re.search(r"0[.,](72|21)\b", value)]


def test_identifiers_are_texts_and_dates_are_dates() -> None:
    sheet = opened(fake_run.run())[SHEETS[0]]
    headings = [cell.value for cell in sheet[1]]
    for heading in ("Табельный №", "ИНН контрагента", "ИНН заказчика", "№ контракта", "№ закупки", "Код связи", "Ключ строки"):
        cells = [row[headings.index(heading)] for row in sheet.iter_rows(min_row=2)]
        assert all(cell.number_format == "@" for cell in cells if cell.value is not None)
        assert all(isinstance(cell.value, str | None) for cell in cells)
    dates = [row[headings.index("Дата контракта")] for row in sheet.iter_rows(min_row=2)]
    assert {cell.number_format for cell in dates if cell.value} == {"dd.mm.yyyy"}
    assert {row[headings.index("Табельный №")].value for row in sheet.iter_rows(min_row=2)} == {"00012", "00003", "00040"}


def test_several_shares_in_a_row_are_a_text_and_a_huge_price_keeps_its_digits() -> None:
    first = fake_run.finding(1, share=Fraction(7, 20), bought=fake_run.contract(1, price=Decimal("12345678901234567.89")))
    path = replace(first.path, share=Fraction(1, 8), kinship="child")
    run = fake_run.run((first, replace(first, id="F-x", rule="ended-tie", relative="Другой Лев Ильич", path=path)))
    (row,) = rows(opened(run)[SHEETS[0]])
    assert row["Доля участия, %"] in ("35; 12,5", "12,5; 35")
    assert row["Цена контракта, руб."] == "12345678901234567,89"


def test_a_day_before_the_calendar_of_spreadsheets_is_a_text() -> None:
    early = fake_run.finding(1, bought=fake_run.contract(1, signed_on=dt.date(1899, 12, 31)))
    late = fake_run.finding(2, bought=fake_run.contract(2, signed_on=dt.date(1900, 3, 1)))
    days = {row["Дата контракта"] for row in rows(opened(fake_run.run((early, late)))[SHEETS[0]])}
    assert days == {"31.12.1899", dt.datetime(1900, 3, 1)}


def test_tables_can_be_filtered_stay_in_view_and_are_filled_in_from_lists() -> None:
    run = fake_run.run()
    read = opened(run)
    for sheet in read.worksheets[:-1]:
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.freeze_panes and int(re.sub(r"\D", "", sheet.freeze_panes)) == 2
        assert sheet.print_title_rows == "$1:$1"
    assert read[SHEETS[0]].freeze_panes == "F2"  # the number of the case and the official stay
    lists = {
        rule.formula1.strip('"'): str(rule.sqref)
        for rule in read[SHEETS[0]].data_validations.dataValidation
        if rule.type == "list"
    }
    assert set(lists.values()) == {"AJ2:AJ12", "AK2:AK12"}
    assert [heading.value for heading in read[SHEETS[0]][1]][35:37] == ["Тождество лица (решение)", "Связь (решение)"]
    assert "одно лицо,разные лица,не установлено" in lists
    (date,) = [rule for rule in read[SHEETS[0]].data_validations.dataValidation if rule.type == "date"]
    assert str(date.sqref) == "AM2:AM12" and read[SHEETS[0]]["AM1"].value == "Дата рассмотрения"


@pytest.mark.parametrize("words", [RU, EN])
def test_lists_and_notes_fit_into_what_a_spreadsheet_allows(words: Words) -> None:
    for name in ("identity", "tie", "event", "scope", "measure", "assessment", "result"):
        offered = choices(name, words)
        assert len(",".join(offered)) <= 255 and len(set(offered)) == len(offered) > 1
        assert not [word for word in offered if "," in word or '"' in word]
    assert all(len(note) <= 255 for note in words.raw("workbook.note").values())
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in words.raw("workbook.sheet").values())
    told = words.raw("workbook.note")
    read = opened(fake_run.run(), words)
    for name, sheet in zip(SHEETS_OF, read.worksheets, strict=True):
        rules = [rule for rule in sheet.data_validations.dataValidation if str(rule.sqref) == "A1"]
        assert name == "about" or [rule.prompt for rule in rules] == [told[name]]


def test_every_sheet_prints_on_a4_with_run_version_pages_and_the_mark() -> None:
    run = fake_run.run()
    for sheet in opened(run):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        header = etree.tostring(sheet.HeaderFooter.to_tree("headerFooter"), encoding="unicode")
        assert "Содержит персональные данные. Доступ — по перечню лиц" in header
        for part in (run.id, run.version, "контрольная сумма", "&amp;P из &amp;N"):
            assert part in header
        texts = [part.text or "" for each in (sheet.oddHeader, sheet.oddFooter) for part in (each.left, each.center, each.right)]
        assert sum(map(len, texts[:3])) < 240 and sum(map(len, texts[3:])) < 240
        one_page_wide = sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert one_page_wide or (sheet.col_breaks.brk and 50 <= sheet.page_setup.scale <= 100)


def test_the_course_begins_with_the_day_of_the_run_and_has_an_empty_row_for_each_case() -> None:
    run = fake_run.run()
    read = opened(run)
    told = rows(read[SHEETS[5]])
    keys = {row["№ случая"]: row["Ключ строки"] for row in reversed(in_csv(findings_csv(run, RU)))}
    assert {str(row["№ случая"]): row["Ключ строки"] for row in told} == keys
    assert [row["Событие"] for row in told] == ["выявлено", None] * len(keys)
    assert [row["Дата события"] for row in told if row["Событие"] == "выявлено"] == [dt.datetime(2026, 3, 1)] * len(keys)
    questions = ("Тождество лица (решение)", "Связь (решение)", "Правовая оценка", "Кто дал правовую оценку", "Мера", "Кто внёс")
    assert not [row for row in told if any(row[question] for question in questions)]
    rules = {str(rule.sqref).split(":")[0][:1]: rule for rule in read[SHEETS[5]].data_validations.dataValidation}
    assert "уведомление по ст. 11" in rules["E"].formula1
    assert int(re.sub(r"\D", "", str(rules["E"].sqref).split(":")[1])) > len(told) + 100  # rows she adds have the list too


def test_sources_and_the_run_are_told_with_their_checksums() -> None:
    run = fake_run.run()
    read = opened(run)
    told = {row["Файл"]: row for row in rows(read[SHEETS[6]])}
    assert len(told) == len(run.sources) == 32
    assert told[fake_run.FORMS.file]["SHA-256"] == "2" * 64
    assert (told[fake_run.FORMS.file]["Принято"], told[fake_run.FORMS.file]["Не принято"]) == ("родственников 240", 3)

    about = {row[0]: row[1] for row in read[SHEETS[7]].iter_rows(values_only=True)}
    assert about["SHA-256 файла findings.json"] == hashlib.sha256(findings_json(run)).hexdigest()
    assert about["Прогон"] == run.id and about["Начат"] == "01.03.2026, 14:05:09"
    assert about["Закупки за период"] == "01.01.2025 — 31.12.2025"
    assert (about["Находок"], about["Возможных связей (случаев)"], about["Совпадений только ФИО"]) == (12, 7, 1)
    assert (about["year"], about["own"]) == ("2025", "b; a")
    assert about["ended-tie"] == fake_run.RULES["ended-tie"]
    assert list(about).count("Оговорка") == 1 and about["Оговорка"] == RU("reports.disclaimer")


@pytest.mark.parametrize("words", [RU, EN])
def test_the_disclaimer_stands_once_and_no_word_to_avoid_at_all(words: Words) -> None:
    read = opened(fake_run.run(), words)
    texts = [str(value) for sheet in read for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
    assert sum(words("reports.disclaimer") in text for text in texts) == 1
    assert not [word for text in texts for word in avoided_words(text)]


def test_no_colour_is_red() -> None:
    for name in ("xl/styles.xml", "xl/worksheets/sheet1.xml"):
        content = parts(findings_xlsx(fake_run.run(), RU))[name].decode()
        for red, green, blue in re.findall(r'rgb="FF(..)(..)(..)"', content):
            assert int(red, 16) - max(int(green, 16), int(blue, 16)) < 60


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_hostile_values_are_dead_texts() -> None:
    content = findings_xlsx(fake_run.hostile_run(HOSTILE), RU)
    inside = parts(content)
    for name, xml in inside.items():
        tree = etree.fromstring(xml)  # well-formed
        assert not tree.findall(f".//{SPREADSHEET}f"), name
        assert not tree.findall(f".//{SPREADSHEET}hyperlink"), name
        assert b"http://x.example" not in xml or name == "xl/sharedStrings.xml"
    assert not [name for name in inside if "external" in name.lower() or name.startswith("xl/worksheets/_rels")]
    (row,) = rows(openpyxl.load_workbook(io.BytesIO(content))[SHEETS[0]])
    seen = '=HYPERLINK("http://x.example","a")<b>&"\'\n\t_x0041_ https://x.example '
    assert row["Должностное лицо"].replace("_x005F_", "_") == seen  # openpyxl does not undo this code, Excel does
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEETS[0]]
    assert {cell.data_type for cell in sheet[2] if cell.value == row["Должностное лицо"]} <= {"s", "f"}
    assert sheet["E2"].quotePrefix and sheet["P2"].quotePrefix  # edited, it stays a text


@pytest.mark.parametrize("letter", ["Я", "😀", "\n", "=", "<"])
def test_a_cell_holds_no_more_than_it_may_and_says_so(letter: str) -> None:
    told = opened(fake_run.hostile_run(letter * 40_000))
    texts = [str(value) for sheet in told for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
    longest = max(texts, key=lambda text: len(text.encode("utf-16-le")))
    assert len(longest.encode("utf-16-le")) // 2 <= LONGEST
    assert longest.endswith(RU("workbook.cut_text")) and longest.startswith(letter)


@given(st.text(st.characters(exclude_categories=[]), max_size=30), st.sampled_from([1, 20_000]))
@settings(max_examples=25)
def test_any_text_is_fit_for_xml_and_within_the_limit(text: str, times: int) -> None:
    cell = safe_text(text[:9] * times, "…")
    etree.fromstring(f"<t>{cell.replace('&', '&amp;').replace('<', '&lt;')}</t>")
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST
    assert safe_text(cell, "…") == cell


def test_equal_runs_give_equal_bytes_whatever_the_order() -> None:
    run = fake_run.run()
    mixed = random.Random(5)
    shuffled = {
        name: tuple(mixed.sample(getattr(run, name), len(getattr(run, name))))
        for name in ("findings", "coverage", "undetermined", "sources")
    }
    content = findings_xlsx(run, RU)
    assert findings_xlsx(replace(run, **shuffled), RU) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_run_that_found_nothing_has_headings_and_says_so_carefully() -> None:
    read = opened(fake_run.run(()))
    for name in (SHEETS[0], SHEETS[1], SHEETS[2], SHEETS[5]):
        assert read[name].max_row == 1 and read[name].max_column > 15
    about = {row[0]: row[1] for row in read[SHEETS[7]].iter_rows(values_only=True)}
    assert about["Возможных связей (случаев)"] == "0. В проверенной части признаков не обнаружено"
    bare = fake_run.run((), coverage=(), undetermined=(), sources=(), rules={}, settings={}, counts={}, period=(None, None))
    assert rows(opened(bare)[SHEETS[6]]) == []


def test_rows_a_sheet_cannot_hold_are_cut_and_the_last_one_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 6)
    read = opened(fake_run.run())
    assert {sheet.max_row for sheet in read.worksheets[:-1]} == {6, 2}
    last = [cell.value for cell in read[SHEETS[4]][6] if cell.value]
    assert last == ["Показано строк: 4 из 60. Лист вмещает не больше 1 048 576; полностью — в файле coverage.csv"]


def test_a_contract_and_a_bid_name_their_purchase_on_the_sheet_of_steps() -> None:
    bid = Procedure("0142300001225000077", None, fake_run.SCHOOL_INN, None)
    told = rows(opened(fake_run.run((fake_run.finding(1), fake_run.finding(2, bought=bid))))[SHEETS[1]])
    assert {row["Контракт (закупка)"] for row in told} == {"0142300001225000001 от 04.03.2025", "0142300001225000077"}


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("слово", 10, 1), ("одно и два слова", 10, 2), ("а\nб\nв", 10, 3), ("я" * 100, 10, 10)],
)
def test_lines_of_a_wrapped_text(text: str, width: float, lines: int) -> None:
    assert abs(line_count(text, width) - lines) <= (2 if lines > 5 else 0)


def test_long_texts_get_high_rows_and_none_above_the_limit() -> None:
    sheet = opened(fake_run.hostile_run("длинное имя " * 1_000))[SHEETS[0]]
    assert sheet.row_dimensions[2].height == 409
    plain = opened(fake_run.run())[SHEETS[0]]
    assert 20 < plain.row_dimensions[2].height < 200


def test_days_of_the_data_rules_and_changes_are_told() -> None:
    first, second, *others = fake_run.run().sources
    one, two = dt.date(2025, 1, 2), dt.date(2025, 3, 4)
    sources = (replace(first, dated=(one, one)), replace(second, dated=(one, two)), *others)
    changes = Changes("R-before", 3, 2, 1, 0)
    read = opened(fake_run.run(sources=sources, changes=changes, rules_date=dt.date(2026, 2, 1), own_rules=4))
    days = {row["Файл"]: row["Дата сведений"] for row in rows(read[SHEETS[6]])}
    assert days[first.file] == dt.datetime(2025, 1, 2) and days[second.file] == "02.01.2025 — 04.03.2025"
    assert days[others[0].file] is None
    lines = [row[:2] for row in read[SHEETS[7]].iter_rows(values_only=True)]
    assert {("Правила от", "01.02.2026"), ("Из них своих правил рабочего места", 4), ("Новых", 3), ("Снято", 2)} <= set(lines)
    assert "правила от 01.02.2026" in read[SHEETS[0]].oddFooter.left.text
    assert not [line for line in opened(fake_run.run())[SHEETS[7]].iter_rows(values_only=True) if line[0] == "Новых"]
