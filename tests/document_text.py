"""All text of a document, however it is packed: what a search for a name or a word looks through."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

_HEADER_CODE = re.compile(r'&(?:[A-Z]|"[^"]*"|\d+)')  # of a sheet's header: «&CИванов» is «Иванов» in the middle
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def texts_of(name: str, content: bytes, markup_too: bool = True) -> Iterator[tuple[str, bool]]:
    """Every view of the text, and whether it is a person's to read: True for what is shown, False for names and attributes of
    the format. An archive's members and their names, XML joined with and without spaces, attributes, JSON strings."""
    yield name, True
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive.comment.decode("utf-8", "replace"), True
            for member in archive.infolist():
                yield from texts_of(member.filename, archive.read(member), markup_too)
        return
    markup = content.lstrip(b"\xef\xbb\xbf\r\n\t ")[:1] == b"<"
    for text in _decoded(content) if markup_too or not markup else ():
        yield text, not markup
        if "&" in text:
            yield html.unescape(text), not markup
        if text.lstrip().startswith(("{", "[")):
            yield "\n".join(strings(json.loads(text))), True
    if markup:
        yield from _marked_up(content, markup_too)


def shown_text(name: str, content: bytes) -> str:
    """What a person reads of the document."""
    return "\n".join(text for text, shown in texts_of(name, content, markup_too=False) if shown)


def plain(text: str) -> str:
    """Case, «ё», hidden signs and kinds of spaces make no difference."""
    return " ".join(_HIDDEN.sub("", text).casefold().replace("ё", "е").split())


def _decoded(content: bytes) -> Iterator[str]:
    """As UTF-8; where it is not, as windows-1251; and as UTF-16 where it says so or may be."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[1:2] == b"\0" or content[:1] == b"\0":
        yield content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le", "replace")
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("cp1251", "replace")


def _marked_up(content: bytes, markup_too: bool) -> Iterator[tuple[str, bool]]:
    page = b"<html" in content[:2000].lower()
    parser = (
        etree.HTMLParser(encoding="utf-8") if page else etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    )
    root = etree.fromstring(content, parser)
    if root is None:
        return
    pieces = [str(text) for text in root.itertext()]
    for apart in ("", " "):
        text = apart.join(pieces)
        yield text, True
        if "&" in text:
            yield _HEADER_CODE.sub(" ", text), True
    if markup_too:
        yield " ".join(str(value) for node in root.iter() if isinstance(node.tag, str) for value in node.attrib.values()), False


def strings(value: Any) -> Iterator[str]:
    """Every text of a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
