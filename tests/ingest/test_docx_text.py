"""Word files as text: what stands on the page is read, what was deleted is not; broken and harmful files end in one sentence."""

from __future__ import annotations

import io
import resource
import zipfile

import docx
import pytest
from table_files import ORGANISATION, PERSON
from word_files import document_of, saved, take

from affil.ingest.formats.archive import is_archive
from affil.ingest.formats.docx_text import DocTable, Paragraph, is_word, word_text
from affil.ingest.formats.workbook import OLE2
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "<w:p><w:r><w:t>Служебная записка о ремонте крыши школы</w:t></w:r></w:p>"


def packed(body: str | bytes, name: str = "word/document.xml", **more: bytes) -> bytes:
    """A file with this body in a document part; `more`: other parts, `__` for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        whole = (
            f'<w:document xmlns:w="{W}" xmlns:mc="urn:mc"><w:body>{body}</w:body></w:document>' if isinstance(body, str) else body
        )
        archive.writestr(name, whole)
        for part, content in more.items():
            archive.writestr(part.replace("__", "/"), content)
    return stream.getvalue()


def blocks(body: str) -> list[Paragraph | DocTable]:
    return list(word_text(InputFile("a", data=packed(body))).blocks)


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body) if isinstance(block, Paragraph)]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        (f"{run('Мария ')}<w:ins>{run('Петровна')}</w:ins>", "Мария Петровна"),
        (f"{run('Мария ')}<w:del><w:r><w:delText>Ивановна</w:delText></w:r></w:del>", "Мария"),
        (f"{run('А')}<w:moveFrom>{run('Б')}</w:moveFrom><w:moveTo>{run('В')}</w:moveTo>", "АВ"),
        (f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайно</w:t></w:r>{run('явно')}", "явно"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>явно</w:t></w:r>", "явно"),
        (f"<w:r><w:instrText>FORMTEXT</w:instrText></w:r>{run('ответ')}", "ответ"),
        (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Место для ввода')}</w:sdtContent></w:sdt>",
            "",
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('введено')}</w:sdtContent></w:sdt>", "введено"),
        (
            f"<w:hyperlink>{run('ссылка')}</w:hyperlink><w:r><w:tab/><w:t>и</w:t><w:br/><w:t>строка</w:t></w:r>",
            "ссылка\tи\nстрока",
        ),
        (f"{run('а')}<!-- <w:r><w:t>б</w:t></w:r> --><?x y?><w:commentRangeStart/>{run('в')}", "ав"),
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>рамка</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
            "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>рамка</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>",
            "рамка",
        ),
    ],
)
def test_what_stands_on_the_page_is_read_and_nothing_else(inside: str, read: str) -> None:
    assert "\n".join(texts(f"<w:p>{inside}</w:p>")) == read


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def test_merged_cells_are_where_they_are_on_the_page() -> None:
    rows = (
        cell("а", "<w:vMerge w:val='restart'/>") + cell("б", "<w:gridSpan w:val='2'/>"),
        cell("", "<w:vMerge/>") + cell("в") + cell("г"),
        "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell("д") + cell("е"),
    )
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('удалено')}</w:tr>"
    (table,) = blocks("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + deleted + "</w:tbl>")
    assert isinstance(table, DocTable)
    assert table.rows == (("а", "б", None), (None, "в", "г"), (None, "д", "е"))
    assert table.merged == (((0, 0), (1, 0)), ((0, 1), (0, 2)))


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    inner = f"<w:tbl><w:tr>{cell('внутри')}</w:tr></w:tbl>"
    found = blocks(f"<w:tbl><w:tr><w:tc><w:p>{run('снаружи')}</w:p>{inner}</w:tc></w:tr></w:tbl>{TEXT}")
    assert [block.rows if isinstance(block, DocTable) else block.text[:9] for block in found] == [
        (("снаружи",),),
        (("внутри",),),
        "Служебная",
    ]


def test_the_part_is_found_whatever_its_name() -> None:
    relation = b'<Relationship Type="http://x/relationships/officeDocument" Target="/word/document2.xml"/>'
    relations = b"<Relationships>" + relation + b"</Relationships>"
    file = InputFile("a", data=packed(TEXT, "word/document2.xml", _rels__x=b"", **{"_rels__.rels": relations}))
    assert is_word(file) and word_text(file).letters > 20


def with_doctype(subset: bytes, before: bytes = b"") -> bytes:
    """A document whose only text is the entity `a`, declared by this internal subset."""
    whole = b"<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    return before + b"<!DOCTYPE w [" + subset + b"]>" + whole


IN_UTF16 = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "b">]><w:document xmlns:w="w"/>'
ATTACKS: dict[str, tuple[bytes, str]] = {
    "entities": (with_doctype(b'<!ENTITY b "0123456789"><!ENTITY a "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'), "word_doctype"),
    "a file of this machine": (with_doctype(b'<!ENTITY a SYSTEM "file:///etc/hostname">'), "word_doctype"),
    "a doctype behind a long comment": (with_doctype(b'<!ENTITY a "b">', b"<!--" + b" " * 70_000 + b"-->"), "word_doctype"),
    "a doctype in UTF-16": (IN_UTF16.encode("utf-16"), "word_doctype"),
    "a bomb": (b"<w:document>" + b" " * (30 << 20), "word_too_large"),
    "a small bomb": (b"<w:document>" + b" " * (8 << 20), "word_too_large"),
    "cut": (f'<w:document xmlns:w="{W}"><w:body><w:p>'.encode(), "word_broken"),
    "no XML": (b"\x00\x01\x02", "word_broken"),
    "ten thousand levels": (b"<w:document xmlns:w='w'>" + b"<w:p>" * 10_000, "word_broken"),
    "nothing": (b"<w:document xmlns:w='w'><w:body/></w:document>", "word_empty"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_harmful_and_broken_files_end_in_one_sentence(attack: str) -> None:
    body, reason = ATTACKS[attack]
    with pytest.raises(FileRefusedError) as refused:
        take(packed(body))
    assert refused.value.reject.reason == reason


def test_a_locked_part_a_damaged_one_and_a_scan_are_told() -> None:
    whole = packed(TEXT)
    at = whole.index(b"word/document.xml") + 60
    damaged = whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 20]) + whole[at + 20 :]
    scan = packed("<w:p/>", word__media__image1="снимок".encode())
    for data, reason in ((damaged, "word_broken"), (scan, "word_scan")):
        with pytest.raises(FileRefusedError, match=reason):
            take(data)


def ole(*names: str) -> bytes:
    """A compound file with these entries in its directory, as far as recognition looks."""
    entries = b"".join((name + "\0").encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))
    return OLE2.ljust(512, b"\0") + entries.ljust(1024, b"\0")


@pytest.mark.parametrize(
    ("data", "name", "reason", "form"),
    [
        (ole("WordDocument", "1Table"), "a.doc", "word_old", "DOC"),
        (ole("EncryptedPackage"), "a.docx", "word_locked", None),
        (ole("EncryptedPackage"), "a.xlsx", "workbook_locked", None),
        (rb"{\rtf1\ansi \'cf\'f0\'e8}", "a.rtf", "word_old", "RTF"),
    ],
)
def test_old_and_locked_documents_are_refused_by_name(data: bytes, name: str, reason: str, form: str | None) -> None:
    with pytest.raises(FileRefusedError) as refused:
        take(data, name)
    assert refused.value.reject.reason == reason and refused.value.reject.params.get("form") == form


def test_an_open_document_text_is_refused_by_name() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<m/>")
    with pytest.raises(FileRefusedError) as refused:
        take(stream.getvalue(), "a.odt")
    assert refused.value.reject.params == {"form": "ODT"}


def test_macros_are_bytes_beside_the_text() -> None:
    rows = [("Табельный №", "ФИО"), ("00012", "Чижова Анна Ильинична")]
    plain = document_of("Список должностных лиц администрации", rows)
    stream = io.BytesIO(plain)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen()")
    assert take(stream.getvalue(), "a.docm").of("official", "employee_id") == [("00012",)]


def test_a_word_file_is_no_archive_of_files() -> None:
    assert not is_archive(InputFile("a.docx", data=document_of("Текст")))


def test_tables_in_word_are_read_as_sheets_are() -> None:
    officials = [("Табельный №", "ФИО", "ИНН", "Паспорт"), ("00012", "Чижова Анна Ильинична", PERSON, "3205 123456")]
    kin = [
        ("Табельный №", "ФИО служащего", "Степень родства", "ФИО родственника"),
        ("00012", "Чижова Анна Ильинична", "брат", "Щукин Лев Ильич"),
        ("", "", "сестра", "Щукина Яна Ильинична"),
    ]
    document = docx.Document()
    document.add_paragraph(f"Заказчик: МБОУ СОШ № 9, ИНН {ORGANISATION}")
    for rows in (officials, kin):
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for one, text in zip(table.add_row().cells, row, strict=True):
                one.text = text
        document.add_paragraph("Сведения о родственниках")
    for column in (0, 1):
        table.cell(1, column).merge(table.cell(2, column))
    taken = take(saved(document))
    assert taken.kind == "word"
    assert taken.of("official", "locator", "employer_inn", "inn") == [("Таблица 1!R2", ORGANISATION, PERSON)]
    assert taken.of("relative", "locator", "employee_id", "given") == [
        ("Таблица 2!R2", "00012", "ЛЕВ"),
        ("Таблица 2!R3", "00012", "ЯНА"),
    ]
    assert any(note.startswith("columns_not_loaded|") and "Паспорт" in note for note in taken.notes)
    assert "123456" not in repr(taken.records)


def test_a_large_document_stays_within_its_memory() -> None:
    row = f"<w:tr>{cell('Щукин Лев Ильич') * 5}</w:tr>"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert word_text(InputFile("a", data=packed(f"<w:tbl>{row * 20_000}</w:tbl>"))).letters == 13 * 100_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000
