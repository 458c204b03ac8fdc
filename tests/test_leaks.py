"""The search for names and numbers, before anybody trusts it: it finds what is hidden in every kind of file, and nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from leaks import Leaks, leaks_of
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

INN, CONTRACT = "429950904357", "87-М/25"
INPUT = f"""Табельный №;ФИО;Дата рождения;ИНН;Должность;Подразделение;Адрес регистрации;Телефон;Контрагент;№ контракта;Цена
00012;Журавлёва Нина Олеговна;12.03.1980;{INN};Ведущий специалист;Отдел закупок;"ул. Садовая, д. 7, кв. 12";\
+7 (384) 255-10-77;ООО «Кедровый берег»;{CONTRACT};1234567,80
"""


@pytest.fixture(scope="module")
def leaks(tmp_path_factory: pytest.TempPathFactory) -> Leaks:
    file = tmp_path_factory.mktemp("inbox") / "Кадры.csv"
    file.write_bytes(INPUT.encode("cp1251"))
    return leaks_of([file])


def csv_of_windows(text: str) -> bytes:
    return f"№;Значение\r\n1;{text}\r\n".encode("cp1251")


def csv_of_excel(text: str) -> bytes:
    return f"№;Значение\r\n1;{text}\r\n".encode("utf-16")


def json_escaped(text: str) -> bytes:
    return json.dumps({"a": [{"b": text}]}).encode()


def json_key(text: str) -> bytes:
    return json.dumps({text: 1}).encode()


def page_in_pieces(text: str) -> bytes:
    pieces = "".join(f"<b>{text[start : start + 2]}</b>" for start in range(0, len(text), 2))
    return f"<!doctype html><html><body><p>{pieces}</p></body></html>".encode()


def page_with_entities(text: str) -> bytes:
    return f"<html><p>{''.join(f'&#{ord(sign)};' for sign in text)}</p></html>".encode()


def page_attribute(text: str) -> bytes:
    return f'<html><img alt="{text}"></html>'.encode()


def soft_hyphens(text: str) -> bytes:
    return "\u00ad".join(text).encode()


def saved(document: docx.document.Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def word_runs(text: str) -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for sign in text:
        paragraph.add_run(sign).bold = True
    return saved(document)


def word_author(text: str) -> bytes:
    document = docx.Document()
    document.core_properties.author = text
    return saved(document)


def word_comment(text: str) -> bytes:
    document = docx.Document()
    run = document.add_paragraph().add_run("сведений нет")
    document.add_comment(run, text=text, author="а", initials="а")
    return saved(document)


def word_commentator(text: str) -> bytes:
    document = docx.Document()
    document.add_comment(document.add_paragraph().add_run("сведений нет"), text="а", author=text, initials="а")
    return saved(document)


def word_footer(text: str) -> bytes:
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].add_run(text)
    return saved(document)


def word_link(text: str) -> bytes:
    document = docx.Document()
    document.part.relate_to(text, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return saved(document)


def sheet_shared(text: str) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet().write_string(0, 0, text)
    return written.getvalue()


def sheet_inline(text: str) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"constant_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, text)
    return written.getvalue()


def sheet_rich(text: str) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        bold = book.add_format({"bold": True})
        book.add_worksheet().write_rich_string(0, 0, text[:3], bold, text[3:5], text[5:])
    return written.getvalue()


def sheet_made(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book, written = openpyxl.Workbook(), io.BytesIO()
    change(book)
    book.save(written)
    return written.getvalue()


def sheet_comment(text: str) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        book.active["A1"].comment = Comment(text, "а")

    return sheet_made(change)


def sheet_title(text: str) -> bytes:
    return sheet_made(lambda book: setattr(book.active, "title", text.replace("/", " ")[:31]))


def sheet_defined_name(text: str) -> bytes:
    return sheet_made(lambda book: book.defined_names.add(DefinedName("a", attr_text=f'"{text}"')))


def sheet_property(text: str) -> bytes:
    return sheet_made(lambda book: setattr(book.properties, "keywords", text))


def sheet_heading(text: str) -> bytes:
    return sheet_made(lambda book: setattr(book.active.oddHeader.center, "text", text))


def archive_in_archive(text: str) -> bytes:
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.docx", word_runs(text))
    return outer.getvalue()


def name_of_member(text: str) -> bytes:
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr(f"{text.replace('/', ' ')}.txt", "")
    return outer.getvalue()


HIDING = (
    csv_of_windows, csv_of_excel, json_escaped, json_key, page_in_pieces, page_with_entities, page_attribute, soft_hyphens,
    word_runs, word_author, word_comment, word_commentator, word_footer, word_link,
    sheet_shared, sheet_inline, sheet_rich, sheet_comment, sheet_title, sheet_defined_name, sheet_property, sheet_heading,
    archive_in_archive, name_of_member,
)  # fmt: skip


@pytest.mark.parametrize("hide", HIDING, ids=lambda hide: hide.__name__)
def test_a_name_and_a_number_are_found_wherever_they_hide(leaks: Leaks, hide: Callable[[str], bytes]) -> None:
    found = leaks.found("a", hide(f"Журавлёва\u00a0Нина {INN}"), days=False)  # the title of a sheet has 31 signs at most
    assert found == {"surname журавлева", "name журавлева нина", f"number {INN}"}


@pytest.mark.parametrize("hide", [csv_of_windows, page_in_pieces, word_comment, sheet_rich], ids=lambda hide: hide.__name__)
def test_a_format_alone_is_no_leak(leaks: Leaks, hide: Callable[[str], bytes]) -> None:
    assert leaks.found("a", hide("сведений нет"), days=False) == set()
    assert f"number {CONTRACT.replace('-', ' ').replace('/', ' ').lower()}" in leaks.found(
        "a", hide(f"по {CONTRACT}"), days=False
    )


FOUND = {
    "о Журавлевой": "surname журавлевой", "ЖУРАВЛЁВ": "surname журавлев", "Журавлёвым П. П.": "surname журавлевым",
    "в «КЕДРОВЫЙ  БЕРЕГ»": "firm кедровый берег", "кедровый-берег": "firm кедровый берег",
    "тел. 8 384 2551077": "number 3842551077", "3842551077": "number 3842551077", "№ 00012": "number 00012",
    "цена 1234567": "number 1234567", "ведущий специалист": "post ведущий специалист", "отдел закупок": "post отдел закупок",
    "ул. Садовая": "address ул садовая", "12.03.1980": "day 12.03.1980", "1980-03-12": "day 1980-03-12",
    "12 марта": "day 12 марта", "в марте 2025 года": "day марте 2025", "2025-03": "day 2025-03", "5/3/25": "day 5/3/25",
}  # fmt: skip


@pytest.mark.parametrize(("text", "hit"), FOUND.items())
def test_what_it_finds(leaks: Leaks, text: str, hit: str) -> None:
    assert hit in leaks.found("a", f"так: {text}.".encode())


@pytest.mark.parametrize(
    "text",
    ["менее 5", "За 1 квартал 2025 года", "1–3 кварталы 2025 года", "57; 121", "журавль", "специалистов 12", "берег",
     "сведений нет", "ст. 93 ч. 1 п. 4", "12", "1980"],
)  # fmt: skip
def test_what_it_lets_pass(leaks: Leaks, text: str) -> None:
    assert leaks.found("a", text.encode()) == set()


def test_it_reads_every_kind_of_input(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Должностные лица"])
    book.active.append(["№ п/п", "ФИО", "Должность"])
    book.active.append([1, "Вязов Илья Ильич", "Смотритель"])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.xml").write_text(
        '<Файл><СвЮЛ ИНН="4299000109"><СвНаимЮЛ НаимЮЛПолн="ООО &quot;ТИХИЙ ДОЛ&quot;"/>'
        '<СвФЛ Фамилия="РЯБИНИН" Имя="ОЛЕГ" Отчество="ОЛЕГОВИЧ"/></СвЮЛ></Файл>', encoding="utf-8",
    )  # fmt: skip
    leaks = leaks_of(tmp_path.iterdir())
    text = "Вязову и Рябинину: смотритель, Тихий дол, 4299000109"
    assert {hit.split()[0] for hit in leaks.found("a", text.encode())} == {"surname", "post", "firm", "number"}
