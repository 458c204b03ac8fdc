"""XML as it really comes: a declaration that lies about the encoding, quotes left unescaped, a file cut short.

The traps are those met in files of the registry (docs of the formats, 1.2). Nothing here knows what a record means.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from lxml import etree

from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Reject, Sink

CHUNK = 1 << 18
REPAIR_LIMIT = 32 << 20
# So many letters that read as UTF-8 are no accident: in windows-1251 a Russian word fails at its first letters.
SURELY_UTF8 = 8

_DECLARATION = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"']")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
# A value may hold quotes that close nothing: those after which neither the next attribute nor the end of the tag stands.
# A value that never ends is matched as well, so that its text is not searched again from each of its words.
_VALUE = re.compile(r"(?<![\w:.-])([\w:.-]+\s*=\s*)\"([^\"<]*(?:\"(?!\s+[\w:.-]+\s*=\s*[\"']|\s*[/?]?>)[^\"<]*)*)(\")?")
_BARE_AMPERSAND = re.compile(r"&(?!#\d+;|#x[0-9A-Fa-f]+;|\w+;)")


@dataclass(frozen=True, slots=True)
class Encoding:
    """`actual` is what the bytes are, None to leave it to the parser; `declared` is what the file says of itself."""

    declared: str | None
    actual: str | None

    @property
    def lies(self) -> bool:
        """True where the file declares one encoding and is written in another."""
        return self.declared is not None and self.actual is not None and not _same(self.declared, self.actual)


def _same(one: str, other: str) -> bool:
    try:
        return codecs.lookup(one).name == codecs.lookup(other).name
    except LookupError:
        return False


def encoding_of(stream: BinaryIO) -> Encoding:
    """The encoding a stream is really in. A file that reads as strict UTF-8 is UTF-8, whatever its declaration says."""
    head = stream.read(CHUNK)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding(None, None)
    found = _DECLARATION.search(head[:400])
    declared = found[1].decode("ascii", "replace").lower() if found else None
    if head.startswith(codecs.BOM_UTF8) or _is_utf8(head, stream):
        return Encoding(declared, "utf-8")
    if declared is None or _same(declared, "utf-8") or _unknown(declared):
        return Encoding(declared, "windows-1251")
    return Encoding(declared, None)


def _unknown(encoding: str) -> bool:
    """True for what is no encoding of text over ASCII; Python knows others too, such as 'hex' and 'undefined'."""
    try:
        return b"<".decode(encoding) != "<"
    except (LookupError, UnicodeError):
        return True


def _is_utf8(head: bytes, rest: BinaryIO) -> bool:
    """True for UTF-8, and for UTF-8 with a broken byte in it: letters before that byte tell it from windows-1251."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    letters, chunk = 0, head
    while chunk:
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return letters + _non_ascii(error.object[: error.start].decode("utf-8")) >= SURELY_UTF8
        letters = letters if letters >= SURELY_UTF8 else letters + _non_ascii(text)
        chunk = rest.read(CHUNK)
    return True


def _non_ascii(text: str) -> int:
    return sum(not char.isascii() for char in text)


def head_text(head: bytes) -> str:
    """The first bytes of a file as text, for recognition; never fails."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    encoding = encoding_of(io.BytesIO(head))
    return head.decode(encoding.actual or encoding.declared or "utf-8", "replace").lstrip("\ufeff")


def prolog_has_doctype(text: str) -> bool:
    """True where a document type stands before the first element: registry files have none, only attacks do."""
    root = re.search(r"<[^!?]", text)
    return _DOCTYPE.search(text, 0, root.start() if root else len(text)) is not None


def repaired(text: str) -> tuple[str, int]:
    """The text with the quotes and ampersands inside attribute values escaped, and how many values needed it."""
    count = 0

    def escape(match: re.Match[str]) -> str:
        """One attribute value with its quotes and ampersands escaped; a value that never ends as it stands."""
        nonlocal count
        if match[3] is None:
            return match[0]
        value = _BARE_AMPERSAND.sub("&amp;", match[2].replace('"', "&quot;"))
        count += value != match[2]
        return f'{match[1]}"{value}"'

    return _VALUE.sub(escape, text), count


def elements(file: InputFile, sink: Sink, names: tuple[str, ...]) -> Iterator[etree._Element]:
    """The outermost elements with these local names, one at a time, each freed when the next is asked for.

    A break in the file ends the stream with a reject that names the line; a break before the first element is a
    `FileRefusedError`. Quotes left unescaped are repaired in memory where the file is not above `REPAIR_LIMIT` bytes.
    """
    yield from elements_after(file, sink, names, told_encoding(file, sink), 0)


def told_encoding(file: InputFile, sink: Sink) -> Encoding:
    """The encoding of the file, with a note where it declares another."""
    with file.open() as stream:
        encoding = encoding_of(stream)
    if encoding.lies:
        sink.note(f"xml_encoding|{encoding.declared} → {encoding.actual}")
    return encoding


def elements_after(
    file: InputFile, sink: Sink, names: tuple[str, ...], encoding: Encoding, given: int
) -> Iterator[etree._Element]:
    """`elements` without the first `given` of them, which were read in another way."""
    before = given
    try:
        with file.open() as stream:
            for element in islice(_parsed(file.name, stream, encoding.actual, names), before, None):
                given += 1
                yield element
    except etree.XMLSyntaxError as error:
        yield from _after_break(file, sink, names, encoding, given, error)
    except FileRefusedError as error:
        if not given:
            raise
        sink.reject(error.reject)


def _after_break(
    file: InputFile, sink: Sink, names: tuple[str, ...], encoding: Encoding, given: int, error: etree.XMLSyntaxError
) -> Iterator[etree._Element]:
    text = _repaired_bytes(file, encoding)
    if text is None:
        return _report(file, sink, given, error)
    data, count = text
    sink.note(f"xml_repaired|{count}")
    try:
        for element in islice(_parsed(file.name, io.BytesIO(data), "utf-8", names), given, None):
            given += 1
            yield element
    except etree.XMLSyntaxError as second:
        _report(file, sink, given, second)


def _repaired_bytes(file: InputFile, encoding: Encoding) -> tuple[bytes, int] | None:
    with file.open() as stream:
        data = stream.read(REPAIR_LIMIT + 1)
    if len(data) > REPAIR_LIMIT:
        return None
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text, count = repaired(data.decode("utf-16" if wide else encoding.actual or encoding.declared or "utf-8", "replace"))
    return (text.encode(), count) if count else None


def _report(file: InputFile, sink: Sink, given: int, error: etree.XMLSyntaxError) -> None:
    line, cause = error.lineno or 1, str(error.msg or "")
    if not given:
        raise FileRefusedError(file.name, "xml_unreadable", line=str(line), cause=cause) from error
    sink.reject(Reject(reason="xml_broken", row=line, params={"line": str(line), "taken": str(given), "cause": cause}))


def _parsed(name: str, stream: BinaryIO, encoding: str | None, names: tuple[str, ...]) -> Iterator[etree._Element]:
    context = etree.iterparse(
        stream,
        events=("end",),
        tag=[f"{{*}}{one}" for one in names],
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    wanted = frozenset(names)
    for _event, element in context:
        if _is_inside(element, wanted):
            continue
        if element.getroottree().docinfo.internalDTD is not None:
            raise FileRefusedError(name, "xml_doctype")
        yield element
        _free(element)


def _is_inside(element: etree._Element, wanted: frozenset[str]) -> bool:
    """True for an element of a wanted name inside another: the change log repeats СвЮЛ for an applicant."""
    return any(str(above.tag).rpartition("}")[2] in wanted for above in element.iterancestors())


def _free(element: etree._Element) -> None:
    """Drop what was read: the element, and everything finished before it at each level above."""
    element.clear()
    level: etree._Element | None = element
    while level is not None:
        above = level.getparent()
        while above is not None and level.getprevious() is not None:
            del above[0]
        level = above
