"""Records of a large XML file as pieces of its bytes, each a document of its own, found without a parse of the whole.

It is sure, not a guess: a record is given where it is read as one element later, and where the bytes around the records, with an
empty element in place of each, are read by a parser up to there. Then the file is well-formed up to there, and its records are
these. What might make it otherwise (a comment, a section of character data, an instruction, a document type, a record with a
prefix) is `IrregularError`: the file is for a parser.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, BinaryIO

from lxml import etree

BLOCK = 2 << 20
LARGEST = 32 << 20  # bytes of one record; the largest real ones have some hundred thousand

_DECLARATION = re.compile(
    rb"<\?xml\s+version\s*=\s*([\"'])1\.0\1(?:\s+encoding\s*=\s*([\"'])[A-Za-z][\w.-]*\2)?(?:\s+standalone\s*=\s*([\"'])(?:yes|no)\3)?\s*\?>"
)
_STAND_IN = "affil-record"
_OPTIONS: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}

Span = tuple[int, int, int]  # first byte, byte after the last, line of the file


class IrregularError(Exception):
    """The bytes cannot be cut into records surely."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Records that follow each other: `data` is the file from its byte `start`, `spans` the records in it."""

    data: bytes
    start: int
    spans: tuple[Span, ...]


def pieces(stream: BinaryIO, encoding: str, names: tuple[str, ...]) -> Iterator[Pieces]:
    """The outermost elements with these names, some at a time, in order. `encoding` is one where `<` is the byte of ASCII.

    Raises `IrregularError` where it cannot go on; the records given before stand.
    """
    records, around = _Records(encoding, names), _Around(encoding, names)
    data, start, line = _without_declaration(stream.read(BLOCK))
    while data:
        block = stream.read(BLOCK)
        spans, used = records.spans(data, line, last=not block)
        sure = around.read(data[:used], spans, last=not block)
        if sure:
            yield Pieces(data, start, spans[:sure])
        if sure < len(spans) or around.broken or len(data) - used > LARGEST:
            raise IrregularError
        line += data.count(b"\n", 0, used)
        data, start = data[used:] + block, start + used


@dataclass(frozen=True, slots=True)
class Unread:
    """Elements nobody reads: taken out of a record before it is parsed, unless one of the `needed` tags stands in them."""

    encoding: str
    name: str
    needed: tuple[str, ...]

    def without(self, record: bytes) -> bytes:
        """The record with an empty element and as many line ends in place of them; as it is where that is not sure."""
        begin, end = f"<{self.name}".encode(self.encoding), f"</{self.name}>".encode(self.encoding)
        first, last = record.find(begin), record.rfind(end) + len(end)
        if first < 0 or last <= first:
            return record
        run = record[first:last]
        several = run.split(end)[:-1]
        one_each = run.count(begin) == len(several) and all(each.lstrip().startswith(begin) for each in several)
        if not one_each or any(f"<{tag}".encode(self.encoding) in run for tag in self.needed):
            return record
        return record[:first] + b"<" + _STAND_IN.encode() + b"/>" + b"\n" * run.count(b"\n") + record[last:]


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(encoding="utf-8", **_OPTIONS)


def element(piece: bytes, encoding: str, unread: Iterable[Unread] = ()) -> etree._Element:
    """A piece as an element, `unread` taken out of it; `IrregularError` where it is not one."""
    if b"<!" in piece or b"<?" in piece:
        raise IrregularError
    try:
        for each in unread:
            piece = each.without(piece)
        return etree.fromstring(piece.decode(encoding).encode(), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:  # bytes that are not of the encoding are a ValueError
        raise IrregularError from error


def _without_declaration(data: bytes) -> tuple[bytes, int, int]:
    """The bytes after byte order mark and declaration, where they begin, and the line."""
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    found = _DECLARATION.match(data, start)
    start = found.end() if found else start
    return data[start:], start, 1 + data.count(b"\n", 0, start)


class _Records:
    """Finds where records begin and end. Where it errs, what it finds is no element, or what is around it is no document."""

    def __init__(self, encoding: str, names: tuple[str, ...]) -> None:
        tags = {name.encode(encoding) for name in names}
        self._begin = re.compile(rb"<(" + b"|".join(sorted(map(re.escape, tags))) + rb")(?=[\s/>])")
        # Within a value `<` does not stand, `>` and `/` may.
        rest = rb"(?=[\s/>])(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*>"
        self._tag = {tag: re.compile(rb"</?" + re.escape(tag) + rest) for tag in tags}

    def spans(self, data: bytes, line: int, last: bool) -> tuple[tuple[Span, ...], int]:
        """The whole records in the data, and how many bytes are done with."""
        found: list[Span] = []
        done = counted = 0
        while (begin := self._begin.search(data, done)) is not None:
            end = self._end(data, begin)
            if end is None:
                return tuple(found), len(data) if last else begin.start()
            line += data.count(b"\n", counted, begin.start())
            counted, done = begin.start(), end
            found.append((begin.start(), end, line))
        return tuple(found), len(data) if last else max(done, data.rfind(b"<"))

    def _end(self, data: bytes, begin: re.Match[bytes]) -> int | None:
        """The byte after the end tag of the record that begins there."""
        name, start = begin[1], begin.start()
        if empty := self._first(data, start):  # before any end tag is looked for: a million empty ones have none
            return empty
        closing = data.find(b"</" + name, start)
        if closing >= 0 and data.find(b"<" + name, begin.end(), closing) < 0:
            end = data.find(b">", closing)
            return None if end < 0 else end + 1
        return self._counted(data, name, start)

    def _first(self, data: bytes, start: int) -> int | None:
        """The end of a record that is one empty tag."""
        end = data.find(b">", start)
        return end + 1 if end > 0 and data[end - 1 : end] == b"/" and data.count(b'"', start, end) % 2 == 0 else None

    def _counted(self, data: bytes, name: bytes, start: int) -> int | None:
        """The same where elements of that name stand inside: the change log repeats them for an applicant."""
        depth = 0
        for tag in self._tag[name].finditer(data, start):
            text = tag[0]
            depth += -1 if text.startswith(b"</") else not text.endswith(b"/>")
            if depth <= 0:
                return tag.end()
        return None


class _Around:
    """Parses what is around the records."""

    def __init__(self, encoding: str, names: tuple[str, ...]) -> None:
        self.seen = 0
        self.broken = False
        self._encoding = encoding
        self._names = names
        self._stand_in = f"<{_STAND_IN}/>".encode()
        target: Any = self
        self._parser: Any = etree.XMLParser(target=target, **_OPTIONS)

    def read(self, data: bytes, spans: tuple[Span, ...], last: bool) -> int:
        """Of the records in the data, those up to where all is well; `broken` where it is not to the end."""
        before, edges = self.seen, [0, *(edge for begin, end, _ in spans for edge in (begin, end)), len(data)]
        between = [data[one:other] for one, other in zip(edges[::2], edges[1::2], strict=True)]
        if any(b"<!" in each or b"<?" in each or _STAND_IN.encode() in each for each in between):
            self.broken = True
            return 0
        try:
            self._parser.feed(self._stand_in.join(between).decode(self._encoding))
            if last:
                self._parser.close()
        except (etree.XMLSyntaxError, ValueError):
            self.broken = True
        return min(self.seen - before, len(spans))

    def start(self, tag: str, _attributes: object) -> None:
        """Called for each element; a record among them has a prefix, or was not found."""
        name = tag.rpartition("}")[2]
        self.seen += name == _STAND_IN
        if name in self._names:
            raise ValueError(name)

    def close(self) -> None:
        """Called at the end."""
