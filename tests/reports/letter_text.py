"""The text of a Word file as another reader sees it: every part of the unzipped archive."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body(document: bytes) -> str:
    """The paragraphs of the body, one a line; cells of tables are paragraphs too."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join("".join(node.text or "" for node in paragraph.iter(f"{W}t")) for paragraph in root.iter(f"{W}p"))


def everything(document: bytes) -> str:
    """All text of all parts, properties and footers too, case folded."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    return "\n".join("".join(etree.fromstring(part).itertext()) for part in parts).casefold()
