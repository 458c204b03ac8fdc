"""Files that mean harm, or that something harmed on the way: each with the bytes it is made of. Nobody in them is real."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

MB = 1 << 20
MUCH = 1 if os.environ.get("AFFIL_PROOF") else 5  # the usual run takes a fifth of what is much only because it is many
ROWS = 1_000_000 // MUCH  # of a sheet that is all format
RELATIVES = "Таб. №;ФИО сотрудника;Степень родства;ФИО родственника"
_ENTITY_XML = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE EGRUL [{entities}]>\n<EGRUL><СвЮЛ ОГРН="1024200000007" ИНН="4205000000">{body}</СвЮЛ></EGRUL>'


def packed(files: dict[str, bytes], level: int | None = None) -> bytes:
    """A zip archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=zipfile.ZIP_DEFLATED, compresslevel=level)
    return stream.getvalue()


def workbook(
    sheet: str, strings: str = "", names: tuple[str, ...] = ("Лист1",), level: int | None = None, **parts: bytes
) -> bytes:
    """A bare XLSX: `sheet` is the inside of <worksheet>, `strings` that of the shared strings; `parts` are added as they are."""
    main, relations = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}<Relationship Id="s" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
    }  # fmt: skip
    files |= {f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>' for n in range(1, len(names) + 1)}
    return packed({name: text.encode() for name, text in files.items()} | parts, level)


def text_cells(*rows: tuple[str, ...]) -> str:
    """Rows of inline text as <sheetData>."""
    lines = (
        f'<row r="{r}">' + "".join(f'<c r="{chr(64 + c)}{r}" t="inlineStr"><is><t>{text}</t></is></c>' for c, text in enumerate(row, 1)) + "</row>"
        for r, row in enumerate(rows, 1)
    )  # fmt: skip
    return f"<sheetData>{''.join(lines)}</sheetData>"


def _entity_bomb() -> bytes:
    levels = '<!ENTITY a0 "' + "лол" * 100 + '">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return _ENTITY_XML.format(entities=levels, body="<СвНаимЮЛ>&a9;</СвНаимЮЛ>").encode()


def _outside(address: str) -> bytes:
    return _ENTITY_XML.format(entities=f'<!ENTITY x SYSTEM "{address}">', body="<СвНаимЮЛ>&x;</СвНаимЮЛ>").encode()


def _overlapping_zip() -> bytes:
    """Many entries of the directory that point at the same packed bytes: small on disk, huge unpacked (zbsm by D. Fifield)."""
    inner = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = inner.compress(b"0" * (4 * MB)) + inner.flush()
    crc, name = zlib.crc32(b"0" * (4 * MB)), b"a.csv"
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(data), 4 * MB, len(name), 0) + name + data
    entries = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(data), 4 * MB, len(one), 0, 0, 0, 0, 0, 0) + one
        for one in (f"{n:05}.csv".encode() for n in range(5_000))
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 5_000, 5_000, len(entries), len(local), 0)
    return local + entries + end


def _nested(levels: int) -> bytes:
    data = packed({"x.csv": (RELATIVES + "\n").encode()})
    for level in range(levels):
        data = packed({f"{level}.zip": data})
    return data


def _empty_rows() -> bytes:
    rows = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(3, ROWS + 1)
    )
    head = text_cells(("ФИО", "Должность"), ("Юшков Пётр Ильич", "слесарь")).removesuffix("</sheetData>")
    return workbook(f"{head}{rows}</sheetData>", level=1)


def _noise(seed: int, head: bytes) -> bytes:
    return head + random.Random(seed).randbytes(40_000)


HARMFUL: dict[str, Callable[[], bytes]] = {
    "external entity file.xml": lambda: _outside("file:///etc/passwd"),
    "external entity net.xml": lambda: _outside("http://127.0.0.1:9/x"),
    "parameter entity.xml": lambda: _ENTITY_XML.format(entities='<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;', body="").encode(),
    "entity bomb.xml": _entity_bomb,
    "quadratic entity.xml": lambda: _ENTITY_XML.format(entities=f'<!ENTITY a "{"x" * 100_000}">', body="&a;" * 20_000).encode(),
    "deep.xml": lambda: b"<EGRUL>" + b"<a>" * 200_000,
    "cut.xml": lambda: '<?xml version="1.0" encoding="UTF-8"?><EGRUL><СвЮЛ ОГРН="1024200000007" ИНН="42050'.encode(),
    "lying encoding.xml": lambda: '<?xml version="1.0" encoding="UTF-16"?><EGRUL><СвЮЛ ОГРН="1"/></EGRUL>'.encode(),
    "unknown encoding.xml": lambda: '<?xml version="1.0" encoding="hex"?><EGRUL><СвЮЛ/></EGRUL>'.encode("cp1251"),
    "nul.xml": lambda: '<EGRUL><СвЮЛ ОГРН="10242\x0000007"/></EGRUL>'.encode(),
    "long attribute.xml": lambda: f'<EGRUL><СвЮЛ ОГРН="{"9" * 12 * MB}"/></EGRUL>'.encode(),
    "many attributes.xml": lambda: ("<EGRUL><СвЮЛ " + " ".join(f'a{n}="1"' for n in range(200_000 // MUCH)) + "/></EGRUL>").encode(),
    "old form.xml": lambda: '<EGRUL_UL_DATA><UL OGRN="1"/></EGRUL_UL_DATA>'.encode("cp1251"),
    "bomb.zip": lambda: packed({"x.csv": b"0" * (100 * MB)}),
    "overlapping.zip": _overlapping_zip,
    "deep.zip": lambda: _nested(6),
    "climbs.zip": lambda: packed({"../../../evil.csv": b"a;b", "/etc/evil.csv": b"a;b", "C:\\evil.csv": b"a;b", "..\\evil.csv": b"a;b"}),
    "names.zip": lambda: packed({"a\0b.csv": b"a;b", "\u202egpj.csv": b"a;b", "a" * 5_000: b"a;b", "con": b"a;b"}),
    "cut.zip": lambda: packed({"x.csv": b"1;2" * 1_000})[:-40],
    "broken packing.zip": lambda: packed({"x.csv": (RELATIVES * 50).encode()}).replace(b"\x00\x00x.csv", b"\x00\x00x.csv\xff", 1),
    "empty.zip": lambda: packed({}),
    "empty rows.xlsx": _empty_rows,
    "workbook bomb.xlsx": lambda: workbook("<sheetData/>", **{"xl/media/x.bin": b"0" * (100 * MB)}),
    "strings bomb.xlsx": lambda: workbook("<sheetData/>", "<si><t>" + "x" * (100 * MB) + "</t></si>"),
    "workbook entity.xlsx": lambda: packed({"xl/workbook.xml": _outside("file:///etc/passwd"), "[Content_Types].xml": b"<Types/>"}),
    "huge cell.xlsx": lambda: workbook(text_cells(("ФИО", "Должность"), ("Ю" * (5 * MB // MUCH), "слесарь"))),
    "no sheets.xlsx": lambda: workbook("", names=()),
    "many sheets.xlsx": lambda: workbook(text_cells(("а", "б")), names=tuple(f"Л{n}" for n in range(500))),
    "cut.xlsx": lambda: workbook(text_cells(("ФИО", "Должность"), ("Юшков Пётр Ильич", "слесарь")))[:700],
    "locked.xlsx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
    "noise.xls": lambda: _noise(1, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")),
    "noise.pdf": lambda: _noise(2, b"%PDF-1.7\n"),
    "cut.pdf": lambda: b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\n",
    "noise.docx": lambda: packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": _noise(3, b"<w:document>")}),
    "entity.docx": lambda: packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": _outside("file:///etc/passwd")}),
    "deep.json": lambda: b'{"suggestions":' + b"[" * 300_000,
    "huge number.json": lambda: b'{"suggestions":[{"data":{"inn":' + b"9" * 200_000 + b"}}]}",
    "not a number.json": lambda: b'{"suggestions":[{"data":{"inn":NaN,"ogrn":Infinity}}]}',
    "surrogate.json": lambda: b'{"rows":[{"n":"\\ud800","i":"\\u0000","k":"ul"}]}',
    "one long line.csv": lambda: (RELATIVES + "\n" + "1;Юшков Пётр;жена;" + "Юшкова " * (2_000_000 // MUCH)).encode(),
    "quote never closed.csv": lambda: (RELATIVES + '\n1;"Юшков Пётр;жена;Юшкова Анна\n' + "2;Громов Пётр;жена;Громова Анна\n" * 100_000).encode(),
    "nul.csv": lambda: (RELATIVES + "\n1\0;Юшков\0 Пётр\0 Ильич;жена\0;\0\n").encode(),
    "broken bytes.csv": lambda: (RELATIVES + "\n").encode() + bytes(range(256)) * 50,
    "wide.csv": lambda: (RELATIVES + ";x" * (100_000 // MUCH) + "\n").encode(),
    "formulas.csv": lambda: (RELATIVES + '\n=cmd|" /C calc"!A0;@SUM(1+1);+1;-1\n').encode(),
    "program.exe": lambda: _noise(4, b"MZ\x90\x00"),
    "picture.png": lambda: _noise(5, b"\x89PNG\r\n\x1a\n"),
    "row too long.csv": lambda: (RELATIVES + "\n1;Юшков Пётр Ильич;жена;" + "x" * (2 * MB) + "\n").encode(),
    "sparse.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0" * (130 * MB),
    "escape \x1b[31m and \u202egpj.csv": lambda: b"\x01\x02nonsense",
    "shared index.xlsx": lambda: workbook('<sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData>', "<si><t>x</t></si>"),
    "include.xml": lambda: b'<EGRUL xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></EGRUL>',
    "utf32.xml": lambda: '<?xml version="1.0" encoding="UTF-32"?><EGRUL><СвЮЛ ОГРН="1"/></EGRUL>'.encode("utf-32"),
    "many empty records.xml": lambda: ("<EGRUL>" + '<СвЮЛ ОГРН="1"/>' * (20_000 // MUCH) + "</EGRUL>").encode(),
    "empty.csv": lambda: b"",
    "spaces.csv": lambda: b" \n" * 1_000,
}  # fmt: skip
