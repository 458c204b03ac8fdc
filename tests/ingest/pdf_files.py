"""Invented extracts as PDF: a small writer of PDF, without a library and without a font file.

The text is that of a font that is only named; its ToUnicode map tells the letters, which is all a reader of text needs.
"""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT, TOP, BOTTOM, LINE = 595, 842, 780, 70, 14
COLUMNS = (57.0, 91.0, 322.0, 552.0)
WRAP = 44
LETTER = 5.0  # each letter is as wide


@dataclass
class Row:
    """A row of the table: `title` spans it; a `count` is the number of a holder; else label and value, lines as they stand."""

    label: str = ""
    value: str = ""
    title: str = ""
    count: int = 0


@dataclass
class Sheet:
    """What is drawn on a page."""

    ops: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def text(self, x: float, y: float, line: str) -> None:
        codes = line.encode("utf-16-be", "surrogatepass").hex()
        self.used |= set(line)
        self.ops.append(f"BT /F1 10 Tf {x:.1f} {y:.1f} Td <{codes}> Tj ET")

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.ops.append(f"{x0:.1f} {y0:.1f} {x1 - x0:.1f} {y1 - y0:.1f} re S")


def wrapped(text: str, width: int = WRAP) -> list[str]:
    """Lines of a cell: broken at spaces and after hyphens, as the registry does; line breaks that are there stay."""
    return [line for part in text.split("\n") for line in textwrap.wrap(part, width, break_on_hyphens=True) or [""]]


def extract_pages(
    rows: Sequence[Row], heading: Sequence[str], footer: str, sheets: int | None = None, split: bool = False
) -> list[Sheet]:
    """Pages of an extract. `split`: a row that does not fit goes on over the page. `sheets`: how many the footer tells."""
    pages = [Sheet()]
    y = float(TOP)
    for line in heading:
        pages[0].text(60, y, line)
        y -= LINE
    number = 0
    cells = [(["№ п/п"], ["Наименование показателя"], ["Значение показателя"]), (["1"], ["2"], ["3"])]
    for row in rows:
        if row.title or row.count:
            cells.append((wrapped(row.title or str(row.count), 84),))  # type: ignore[arg-type]
        else:
            number += 1
            cells.append(([str(number)], wrapped(row.label), wrapped(row.value)))
    for row_cells in cells:
        lines = max(len(cell) for cell in row_cells)
        room = int((y - BOTTOM) // LINE)
        if room < lines and not (split and room >= 1 and lines > 1 and len(row_cells) == 3):
            pages.append(Sheet())
            y, room = float(TOP), 99
        first = [cell[:room] for cell in row_cells]
        rest = [cell[room:] for cell in row_cells]
        y = _draw(pages[-1], first, y)
        if any(rest):
            pages.append(Sheet())
            y = _draw(pages[-1], rest, float(TOP))
    for place, page in enumerate(pages, 1):
        page.text(60, 40, footer.format(place, sheets or len(pages)))
    return pages


def _draw(page: Sheet, cells: Sequence[Sequence[str]], y: float) -> float:
    height = max(len(cell) for cell in cells) * LINE + 2
    edges = COLUMNS if len(cells) == 3 else (COLUMNS[0], COLUMNS[-1])
    for x0, x1, cell in zip(edges, edges[1:], cells, strict=False):
        page.box(x0, y - height, x1, y)
        for place, line in enumerate(cell):
            page.text(x0 + 2, y - LINE * (place + 1) + 3, line)
    return y - height


def pdf(pages: Iterable[Sheet], compress: bool = True) -> bytes:
    """The bytes of a document."""
    sheets = list(pages)
    used = sorted({ord(letter) for sheet in sheets for letter in sheet.used})
    lines = [f"<{code:04x}> <{code:04x}>" for code in used if code < 0x10000]
    cmap = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    for start in range(0, len(lines), 100):
        part = lines[start : start + 100]
        cmap += f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n"
    cmap += "endcmap end"
    first = 7
    kids = " ".join(f"{first + 2 * place} 0 R" for place in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Invented /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Invented /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        b" /Supplement 0 >> /FontDescriptor 5 0 R /DW 500 >>",
        b"<< /Type /FontDescriptor /FontName /Invented /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800"
        b" /Descent -200 /CapHeight 700 /StemV 80 >>",
        stream(cmap.encode(), compress),
    ]
    for place, sheet in enumerate(sheets):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {first + 2 * place + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(stream("\n".join(sheet.ops).encode(), compress))
    return document(objects)


def stream(data: bytes, compress: bool = True, more: str = "") -> bytes:
    """An object with data."""
    body = zlib.compress(data) if compress else data
    how = "/Filter /FlateDecode " if compress else ""
    return f"<< {how}{more}/Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream"


def document(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Objects numbered from 1, the first of them the catalogue."""
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    xref = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{xref}\n%%EOF\n".encode()
    return bytes(out)
