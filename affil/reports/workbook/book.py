"""`findings.xlsx`: eight sheets made of the same rows as the CSV tables (CONTRACT 4, OFFICER 3.1).

XlsxWriter makes the workbook with its styles, filters, drop-downs and print settings; the rows are put in afterwards.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice

from affil.model.run import Run
from affil.reports.findings_json import findings_json
from affil.reports.tables import Tables, tables_of
from affil.reports.workbook.about import about_lines
from affil.reports.workbook.cells import Place, Texts, letters, rows_xml
from affil.reports.workbook.sheets import Sheet, sheets_of
from affil.reports.workbook.shell import empty_book
from affil.words import Words

PACKING = 4  # the usual 6 takes twice the time and saves a twelfth
TEXTS = "xl/sharedStrings.xml"
PIECE = 500  # rows or texts written at once
_PATTERN = re.compile(r'<row r="2".*?</row>')
_STYLE = re.compile(r' s="(\d+)"')
_SIZE = re.compile(r'<dimension ref="[^"]*"/>')
_TEXT_COUNT = re.compile(r'count="(\d+)" uniqueCount="(\d+)"')


def findings_xlsx(run: Run, words: Words, tables: Tables | None = None, checksum: str | None = None) -> bytes:
    """The workbook in the language of `words`; equal runs give equal bytes.

    `tables`: rows already made; `checksum`: SHA-256 of `findings.json`; both are worked out where not given. No text becomes
    a formula or a link; what a cell or sheet cannot hold is cut, and the cell says so.
    """
    tables = tables or tables_of(run, words)
    checksum = checksum or hashlib.sha256(findings_json(run)).hexdigest()
    sheets = sheets_of(run, tables, words)
    about = about_lines(run, tables.findings, words, checksum)
    return _filled(empty_book(run, sheets, about, words, checksum), sheets, words)


def _filled(shell: bytes, sheets: tuple[Sheet, ...], words: Words) -> bytes:
    """The workbook with its rows, written piece by piece. Times inside are fixed; the texts come last, when all are known."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(shell)) as old, _packed(target) as new:
        texts = Texts(_known_texts(old), words("workbook.cut_text"))
        filled = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, start=1)}
        for name in sorted(old.namelist(), key=lambda name: name == TEXTS):
            xml = old.read(name)
            if name in filled:
                _write(new, name, _with_rows(xml.decode("utf-8"), filled[name], texts, words))
            elif name == TEXTS:
                _write(new, name, _with_texts(xml.decode("utf-8"), texts))
            else:
                _write(new, name, iter([xml.decode("utf-8")]))
    return target.getvalue()


def _known_texts(shell: zipfile.ZipFile) -> int:
    """How many texts the headings have taken."""
    found = _TEXT_COUNT.search(shell.read(TEXTS).decode("utf-8"))
    if found is None:
        raise ValueError(f"{TEXTS}: the number of texts is not told")
    return int(found[2])


def _packed(target: io.BytesIO) -> zipfile.ZipFile:
    return zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKING)


def _write(archive: zipfile.ZipFile, name: str, parts: Iterator[str]) -> None:
    with archive.open(name, "w") as file:  # by its name alone a member is of 1980-01-01
        while piece := "".join(islice(parts, PIECE)):
            file.write(piece.encode("utf-8"))
    archive.getinfo(name).create_system = 3  # whatever the system that writes it


def _with_texts(xml: str, texts: Texts) -> Iterator[str]:
    yield _TEXT_COUNT.sub(f'uniqueCount="{texts.count}"', xml, count=1).removesuffix("</sst>")
    yield from texts.xml()
    yield "</sst>"


def _with_rows(xml: str, sheet: Sheet, texts: Texts, words: Words) -> Iterator[str]:
    """The sheet with its rows in the place of the one that shows the styles."""
    pattern = _PATTERN.search(xml)
    if pattern is None:
        raise ValueError(f"sheet {sheet.layout.name}: no row of styles")
    columns = zip(_STYLE.findall(pattern[0]), sheet.layout.columns, strict=True)
    places = [Place(letters(number), int(style), column.answered, column.width) for number, (style, column) in enumerate(columns)]
    size = f'<dimension ref="A1:{places[-1].letters}{sheet.last}"/>'
    yield _SIZE.sub(size, xml[: pattern.start()], count=1)
    yield from rows_xml(sheet.held(words), places, texts)
    yield xml[pattern.end() :]
