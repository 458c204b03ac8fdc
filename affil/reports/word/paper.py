"""A sheet of paper for official documents: A4, ГОСТ Р 7.0.97-2016 margins and type, footer, tables, tick boxes, signatures.

The only module that knows python-docx. The same calls give the same bytes: times inside the file are those of the run.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from affil.reports.clean import clean
from affil.reports.values import NBSP
from affil.words import Words

FONT = "Times New Roman"
BODY, TABLE, SMALL = 12, 9.5, 8.5  # points
LEFT, RIGHT, TOP, BOTTOM = 3.0, 1.0, 2.0, 2.0  # cm; the standard asks for 2 on the left at least, 3 where a file is bound
A4 = (21.0, 29.7)
INDENT = 1.25
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
BOX = "☐"
INITIALS = re.compile(r"(?<=\b[А-ЯЁA-Z]\.) (?=[А-ЯЁA-Z])")  # not to be parted at the end of a line
ALIGN = {
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}
TWIPS = 1440 / 2.54  # twentieths of a point in a cm
NAMESPACE = nsdecls("w")
TABLE_FORM = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
STYLES = {"Normal": (BODY, False), "Title": (14, True), "Heading 1": (BODY, True), "Heading 2": (BODY, True)}  # points, bold


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands in the footer of every page, and in the file's properties: which run, by what, and when.

    `run` None: a paper of no run, whose footer tells of none.
    """

    run: str | None
    version: str
    rules_date: dt.date | None
    checksum: str  # first 8 signs of the SHA-256 of the machine copy the document tells in words
    made: dt.datetime

    def line(self, words: Words) -> str:
        """The footer's text without the page."""
        if self.run is None:
            return words("paper.footer_of_no_run", version=self.version, made=f"{self.made:%d.%m.%Y %H:%M}")
        rules = f"{self.rules_date:%d.%m.%Y}" if self.rules_date else words("paper.no_date")
        return words("paper.footer", run=self.run, version=self.version, rules=rules, checksum=self.checksum[:8])


class Paper:
    """A document that is written from top to bottom; `saved` gives its bytes."""

    def __init__(self, imprint: Imprint, words: Words, title: str, landscape: bool = False, marked: bool = True) -> None:
        """`title` is the file's property, so without names of persons; `marked`: it holds personal data and says so."""
        self.words, self.imprint = words, imprint
        self.document = Document()
        self._styles()
        self._page(self.document.sections[0], landscape)
        self._footer(marked)
        core = self.document.core_properties
        core.title, core.author, core.last_modified_by, core.comments = clean(title), "affil", "affil", ""
        core.created = core.modified = self.imprint.made.replace(microsecond=0)
        core.language, core.revision = words.lang, 1

    def _styles(self) -> None:
        for name, (size, bold) in STYLES.items():
            style = self.document.styles[name]
            style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
            style.font.color.rgb = None
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(key), FONT)
            for colour in style.element.rPr.findall(qn("w:color")):
                style.element.rPr.remove(colour)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(4)
        normal = self.document.styles["Normal"].element.get_or_add_rPr()
        for old in normal.findall(qn("w:lang")):
            normal.remove(old)
        normal.append(_element("w:lang", **{"w:val": "ru-RU" if self.words.lang == "ru" else "en-GB"}))
        borders = self.document.styles["Title"].element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
        if borders is not None:
            borders.getparent().remove(borders)

    def _page(self, section: Any, landscape: bool) -> None:
        width, height = (A4[1], A4[0]) if landscape else A4
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(width), Cm(height)
        # Turned, the bound edge is the upper one.
        left, top = (TOP, LEFT) if landscape else (LEFT, TOP)
        section.left_margin, section.right_margin = Cm(left), Cm(BOTTOM if landscape else RIGHT)
        section.top_margin, section.bottom_margin = Cm(top), Cm(RIGHT + 0.8 if landscape else BOTTOM)
        section.footer_distance = Cm(0.8)
        self.width = width - left - (BOTTOM if landscape else RIGHT)  # cm for text

    def _footer(self, marked: bool) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = ALIGN["center"]
        mark = self.words("reports.personal_data") + ". " if marked else ""
        before, _, after = self.words("paper.page").partition("{page}")
        between, _, end = after.partition("{pages}")
        _run(paragraph, mark + self.imprint.line(self.words) + ". " + before, SMALL)
        _field(paragraph, "PAGE")
        _run(paragraph, between, SMALL)
        _field(paragraph, "NUMPAGES")
        _run(paragraph, end, SMALL)

    def letterhead(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Two columns without lines: whose document it is, and whom it is for."""
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
            cell.width = Cm(self.width / 2)
            for number, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                _tight(paragraph)
                _run(paragraph, INITIALS.sub(NBSP, clean(line)), BODY)
        self.gap()

    def title(self, text: str, under: str = "") -> None:
        """The document's name in the middle, and what it is about below."""
        self._add(_paragraph(_text_run(clean(text)), style="Title", jc="center"))
        if under:
            self.text(under, align="center", indent=False)
        self.gap(4)

    def heading(self, text: str) -> None:
        """The heading of a section; it never stands last on a page."""
        self._add(_paragraph(_text_run(clean(text)), style="Heading1", keep=True, before=8))

    def subheading(self, text: str) -> None:
        """The heading of a part of a section."""
        self._add(_paragraph(_text_run(clean(text)), style="Heading2", keep=True, before=6))

    def text(
        self, text: str, lead: str = "", align: str = "both", indent: bool = True, size: float = BODY, keep: bool = False
    ) -> None:
        """A paragraph; `lead` stands bold before it, `keep`: on one page with the next."""
        first = _text_run(clean(lead) + " ", size, bold=True) if lead else ""
        runs = first + (_text_run(clean(text, 20_000), size) if text else "")
        self._add(_paragraph(runs, keep=keep, widows=True, first=INDENT if indent else None, jc=align))

    def bullets(self, texts: Sequence[str], sign: str = "—", size: float = BODY) -> None:
        """Each text on a line of its own behind `sign`."""
        for text in texts:
            self._item(sign, text, size)

    def numbered(self, texts: Sequence[str], size: float = BODY) -> None:
        """Each text on a line of its own behind its number and a bracket: `1) …`."""
        for number, text in enumerate(texts, start=1):
            self._item(f"{number})", text, size)

    def _item(self, sign: str, text: str, size: float) -> None:
        self._add(_paragraph(_text_run(f"{sign} {clean(text, 20_000)}", size), after=2, left=INDENT + 0.6, first=-0.6))

    def _add(self, xml: str) -> None:
        """Put the element behind all that is written: the library's own way takes a millisecond a paragraph."""
        self.document.element.body[-1].addprevious(parse_xml(xml))

    def ticks(self, options: Sequence[str], lead: str = "") -> None:
        """Boxes to tick by hand, one line each, after a line that asks."""
        if lead:
            self.text(lead, indent=False, keep=True)
        self.bullets(options, BOX)

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[object]],
        widths: Sequence[float] = (),
        size: float = TABLE,
        together: bool = False,
    ) -> None:
        """A table with lines; its headings stand again on every page, a row is not broken. `widths` are shares of the page;
        `together`: all on one page."""
        shares = widths or (1,) * len(headings)
        columns = [int(self.width * share / sum(shares) * TWIPS) for share in shares]
        written = []
        for number, values in enumerate((headings, *rows)):
            if len(values) != len(headings):
                raise ValueError(f"row of {len(values)} cells under {len(headings)} headings")
            texts = ["" if value is None else clean(str(value)) for value in values]
            written.append(_row(texts, columns, size, heading=number == 0, keep=together and number < len(rows)))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        self._add(f"<w:tbl {NAMESPACE}>{TABLE_FORM}<w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>")
        self.gap(4)

    def signatures(self, lines: Sequence[tuple[str, str]]) -> None:
        """`Исполнитель ____________ /И. О. Фамилия/`: who signs, and the name where it is known."""
        blank = self.words("paper.blank")
        for who, name in lines:
            self.text(self.words("paper.signature", who=clean(who), name=clean(name) or blank), align="left", indent=False)

    def disclaimer(self) -> None:
        """The one disclaimer of every document, word for word (OFFICER 3)."""
        self.gap(2)
        self.text(self.words("reports.disclaimer"), size=10)

    def gap(self, points: float = 6) -> None:
        """An empty line so high."""
        self._add(_paragraph("", before=0, after=0, line=points))

    def turn(self, landscape: bool) -> None:
        """Go on, on a new page, the other way round."""
        self._page(self.document.add_section(WD_SECTION.NEW_PAGE), landscape)

    def next_page(self) -> None:
        """Go on, on a new page."""
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def saved(self) -> bytes:
        """The bytes of the file; equal calls give equal bytes."""
        written = io.BytesIO()
        self.document.save(written)
        return same_times(written.getvalue())


def same_times(archive: bytes) -> bytes:
    """The same zip archive with the same members, each of one fixed day."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, ZIP_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # whatever the system that writes it
            new.writestr(member, old.read(name))
    return result.getvalue()


def _run(paragraph: Any, text: str, size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    return run


def _tight(paragraph: Any) -> None:
    paragraph.paragraph_format.space_after = Pt(0)


def _row(texts: Sequence[str], widths: Sequence[int], size: float, heading: bool, keep: bool) -> str:
    """A row as it stands in the file; `widths` in twentieths of a point, `keep`: on one page with the next."""
    kept = "<w:keepNext/>" if keep else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
        f'<w:p><w:pPr>{kept}<w:spacing w:after="0"/></w:pPr>{_text_run(text, size, bold=heading)}</w:p></w:tc>'
        for text, width in zip(texts, widths, strict=True)
    )
    repeated = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _paragraph(
    runs: str, style: str = "", keep: bool = False, widows: bool = False, before: float | None = None, after: float | None = None,
    line: float | None = None, left: float = 0, first: float | None = None, jc: str = "",
) -> str:  # fmt: skip
    """A paragraph as it stands in the file, its properties in the order of the schema: spaces in points, indents in cm."""
    spaces = {"before": before, "after": after, "line": line}
    spacing = "".join(f' w:{name}="{round(value * 20)}"' for name, value in spaces.items() if value is not None)
    exact = ' w:lineRule="exact"' if line is not None else ""
    hanging = first is not None and first < 0
    ind = "" if first is None else f' w:{"hanging" if hanging else "firstLine"}="{round(abs(first) * TWIPS)}"'
    properties = (
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep else "",
        "<w:widowControl/>" if widows else "",
        f"<w:spacing{spacing}{exact}/>" if spacing else "",
        f'<w:ind w:left="{round(left * TWIPS)}"{ind}/>' if left or ind else "",
        f'<w:jc w:val="{jc}"/>' if jc else "",
    )
    return f"<w:p {NAMESPACE}><w:pPr>{''.join(properties)}</w:pPr>{runs}</w:p>"


def _text_run(text: str, size: float | None = None, bold: bool = False) -> str:
    """A run of clean text, its lines apart."""
    form = ("<w:b/>" if bold else "") + (f'<w:sz w:val="{round(size * 2)}"/>' if size else "")
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{form}</w:rPr>{lines}</w:r>"


def _field(paragraph: Any, instruction: str) -> None:
    """A number that Word fills in: the page, the number of pages."""
    field = _element("w:fldSimple", **{"w:instr": instruction})
    run = OxmlElement("w:r")
    properties, text = OxmlElement("w:rPr"), OxmlElement("w:t")
    properties.append(_element("w:sz", **{"w:val": str(int(SMALL * 2))}))
    text.text = "1"
    run.extend([properties, text])
    field.append(run)
    paragraph._p.append(field)


def _element(name: str, **values: str) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(key), value)
    return element
