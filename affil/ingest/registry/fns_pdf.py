"""Extracts of ЕГРЮЛ and ЕГРИП as PDF (egrul.nalog.ru), and what only looks like one, refused by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from affil.ingest.formats.pdf_text import Page, is_pdf, pdf_pages
from affil.ingest.inputs import InputFile, Look
from affil.ingest.refusal import FileRefusedError
from affil.ingest.registry import pdf_layout
from affil.ingest.registry.built import Built, take
from affil.ingest.registry.pdf_items import ItemReader, Items
from affil.ingest.registry.pdf_record import company_record, proprietor_record
from affil.model.records import Reject, Sink

_TITLE = re.compile(
    r"(?<!\w)выписка из единого государственного реестра (юридических лиц|индивидуальных предпринимателей)(?! в электронной)"
)
_NEAR_TOP = 300  # the words of the title stand on the last page too, in what is said of the signature
_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_AS_OF = re.compile(r"по состоянию на\W{0,5}(\d{1,2})\W{0,5}([а-я]+|\d{1,2})\W{0,5}(\d\s?\d\s?\d\s?\d)(?!\d)")
_FORMED = re.compile(r"(?<!\d)(\d{2})\.(\d{2})\.(\d{4}) (?:г\. )?№\s?(?:юэ|иэ)")
_SHEET = re.compile(r"(?:огрн(?:ип)? \d{13,15} )?страница (\d{1,5}) из (\d{1,5})")
_HEADING = re.compile(r"\bогрн(?:ип)? ((?:\d ?){15}|(?:\d ?){13})(?!\d)")
_JUNK = "(cid:"  # a sign whose letter the file does not tell
_LEAST_TEXT = 20
_SIGNED = "выписка сформирована с использованием сервиса"


class PdfExtractReader:
    """Any PDF is this reader's: what is no extract is told by name instead of being passed over."""

    kind = "fns_pdf"

    def look(self, file: InputFile) -> Look:
        """Mine where the content begins as a PDF; what it holds is known when it is read."""
        mine = is_pdf(file)
        return Look(mine, "pdf" if mine else "no_pdf")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push the record of each extract in the file. `FileRefusedError` where it holds none, or not all of one."""
        extracts = list(_extracts(file))
        for extract in extracts:
            reason = extract.fault
            if reason is None:
                take(extract.record(), sink)
                for title in extract.items.unknown:
                    sink.note(f"pdf_unknown_part|{title}")
            elif len(extracts) == 1:
                raise FileRefusedError(file.name, reason)
            else:
                sink.reject(Reject(reason, row=extract.first, value=extract.number or ""))


@dataclass(slots=True)
class _Extract:
    """One extract of the file: from its title to the title of the next."""

    register: str
    first: int
    loose: list[str]
    reader: ItemReader = field(default_factory=ItemReader)
    sheets: int | None = None
    last_sheet: int | None = None
    items: Items = field(default_factory=Items)

    def take(self, page: Page) -> None:
        """Read one more page: the numbers of sheets at its foot, the signature, the rows of its table."""
        if (sheet := _SHEET.search(_text(page.loose))) is not None:
            self.last_sheet, self.sheets = int(sheet[1]), int(sheet[2])
        if _SIGNED in _text(page.loose):
            self.last_sheet = self.sheets = page.number
        self.reader.take(page)

    @property
    def done(self) -> bool:
        """Whether the rows read so far are the whole of the extract but its log of records."""
        return self.reader.found.complete

    @property
    def number(self) -> str | None:
        """ОГРН or ОГРНИП of the heading, digits alone; None where the heading has none."""
        found = _HEADING.search(_text(self.loose))
        return "".join(found[1].split()) if found else None

    @property
    def day(self) -> date | None:
        """The day the extract speaks of, else the day it was made; None where neither is told."""
        return _as_of(_text(self.loose))

    @property
    def fault(self) -> str | None:
        """Why nothing of it is taken: half an extract would say that somebody has left."""
        if not self.items.items or self.day is None:
            return "pdf_layout"
        ended = self.done or (self.last_sheet is not None and self.last_sheet == self.sheets)
        return None if ended and not self.items.missing else "pdf_cut"

    def record(self) -> Built:
        """The records of the company or proprietor; asked only where `fault` is None."""
        day = self.day
        assert day is not None
        make = company_record if self.register == "юридических лиц" else proprietor_record
        return make(self.items.items, day, self.number)


def _extracts(file: InputFile) -> Iterator[_Extract]:
    current: _Extract | None = None
    pages = pdf_pages(file)
    for page in pages:
        title = _TITLE.search(_text(page.loose)[:_NEAR_TOP])
        if title is not None and _is_table(page):
            if current is not None:
                yield _ended(current)
            current = _Extract(title[1], page.number, list(page.loose))
        if current is None:
            raise _no_extract(file.name, page, has_title=title is not None)
        if (vendor := pdf_layout.vendor_by_address(" ".join(page.loose))) is not None:
            raise FileRefusedError(file.name, "pdf_vendor", vendor=vendor)
        current.take(page)
        if current.done and page.count and current.sheets and page.count <= current.first - 1 + current.sheets:
            break  # nothing but the log of records follows, the longest part of an extract
    pages.close()
    if current is None:
        raise FileRefusedError(file.name, "pdf_broken")
    yield _ended(current)


def _ended(extract: _Extract) -> _Extract:
    extract.items = extract.reader.end()
    return extract


def _is_table(page: Page) -> bool:
    return any("Наименование показателя" in " ".join(line for cell in row for line in cell) for row in page.rows)


def _no_extract(name: str, page: Page, has_title: bool) -> FileRefusedError:
    """Why a document that does not begin as an extract is refused; a vendor is named."""
    loose = " ".join(page.loose)
    text = " ".join([loose, *(line for row in page.rows for cell in row for line in cell)])
    if len(text) < _LEAST_TEXT or text.count(_JUNK) * len(_JUNK) > len(text) / 4:
        return FileRefusedError(name, "pdf_scan")
    if (vendor := pdf_layout.vendor_of(text, loose)) is not None:
        return FileRefusedError(name, "pdf_vendor", vendor=vendor)
    return FileRefusedError(name, pdf_layout.other_document(text) or ("pdf_layout" if has_title else "pdf_other"))


def _text(lines: list[str] | tuple[str, ...]) -> str:
    return pdf_layout.plain(" ".join(lines))


def _as_of(text: str) -> date | None:
    """The day the extract speaks of, else the day it was made."""
    found = _AS_OF.search(text)
    try:
        if found is not None:
            month = int(found[2]) if found[2].isdigit() else _MONTHS.index(found[2][:3]) + 1
            return date(int("".join(found[3].split())), month, int(found[1]))
        formed = _FORMED.search(text)
        return date(int(formed[3]), int(formed[2]), int(formed[1])) if formed else None
    except ValueError:
        return None
