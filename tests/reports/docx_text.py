"""A Word file read back by lxml alone, which had no part in writing it: its paragraphs and its tables as text."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NBSP = "\u00a0"


def body(document: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def text_of(node: etree._Element) -> str:
    """The text of a node; a line break is a new line, a space that does not break is a space."""
    parts = ("\n" if one.tag == f"{W}br" else one.text or "" for one in node.iter(f"{W}t", f"{W}br"))
    return "".join(parts).replace(NBSP, " ")


def paragraphs(document: bytes) -> list[str]:
    """Those outside tables, in order."""
    return [text_of(node) for node in body(document).findall(f"{W}body/{W}p")]


def tables(document: bytes) -> list[list[list[str]]]:
    """Rows of cells of every table, in order."""
    return [
        [[text_of(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
        for table in body(document).iter(f"{W}tbl")
    ]


def whole(document: bytes) -> str:
    """All text, paragraphs and cells, in the order of the page."""
    return "\n".join(text_of(node) for node in body(document).iter(f"{W}p"))


def table_under(document: bytes, *headings: str) -> list[list[str]]:
    """The rows of the one table whose first headings are these."""
    found = [table[1:] for table in tables(document) if table[0][: len(headings)] == list(headings)]
    assert len(found) == 1, f"{len(found)} tables headed {headings}"
    return found[0]
