"""JSON copies of ЕИС documents as elements, so that one reader reads both.

The copies have an object where there is one of a thing and a list where there are many.

A bundle is an object of lists by kind of document («tender», «protocol»), a list of documents, or one document under its name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from affil.ingest.eis.kinds import documents, kind_of
from affil.ingest.eis.nodes import Element
from affil.ingest.formats.xml_text import encoding_of
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.ingest.values.readable import readable

MOST_BYTES = 32 << 20
DEEPEST = 60
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_TEXT = frozenset({"#text", "_text", "$t", "_", "value#"})


def json_documents(file: InputFile) -> Iterator[Element]:
    """The documents of the bundle; `FileRefusedError` where it is too large, nested too deep, or no JSON."""
    with file.open() as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileRefusedError(file.name, "eis_too_large")
    with file.open() as stream:
        encoding = encoding_of(stream)
    try:
        whole = json.loads(data.decode(encoding.actual or "utf-16", "replace").lstrip("\ufeff"))
    except ValueError as error:
        line = str(getattr(error, "lineno", 1))
        raise FileRefusedError(file.name, "json_unreadable_eis", line=line, cause=str(error)) from error
    except RecursionError as error:
        raise FileRefusedError(file.name, "eis_too_large") from error
    for name, document in _named(whole):
        yield _element(file.name, name, document)


def _named(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, document): a document is an object under a name ЕИС has; what stands round it is looked through."""
    if depth > 5:
        return
    if isinstance(value, list):
        for one in value:
            yield from _named(one, name, depth + 1)
    elif isinstance(value, dict):
        if _NAME.fullmatch(name) and kind_of(name) is not None and name not in documents().containers:
            yield name, value
            return
        for key, one in value.items():
            if isinstance(one, list | dict):
                yield from _named(one, key.rpartition(":")[2], depth + 1)


def _element(file: str, name: str, value: Any) -> Element:
    """The document as an element; attributes («@…») and what is no name in XML are left out."""
    root = etree.Element(name)
    waiting: list[tuple[Element, Any, int]] = [(root, value, 0)]
    while waiting:
        element, content, depth = waiting.pop()
        if depth > DEEPEST:
            raise FileRefusedError(file, "eis_too_large")
        if not isinstance(content, dict):
            element.text = _text(content)
            continue
        for key, part in content.items():
            if key in _TEXT:
                element.text = _text(part)
            plain = key.rpartition(":")[2]
            if key in _TEXT or plain in documents().dropped or not _NAME.fullmatch(plain):
                continue
            for one in part if isinstance(part, list) else [part]:
                waiting.append((etree.SubElement(element, plain), one, depth + 1))
    return root


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, list):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return readable(str(value), "") or None
