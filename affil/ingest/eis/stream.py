"""The documents of an ЕИС file one at a time: the root itself, or what stands in `export`. Memory is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from affil.ingest.eis.kinds import documents
from affil.ingest.eis.nodes import Element, local
from affil.ingest.formats.xml_text import encoding_of
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Reject, Sink

# Of one document, without what is let go; real ones are some megabytes, nearly all of it lists of products and signatures.
MOST_BYTES = 32 << 20
MOST_PARTS = 500_000  # elements and attributes held at once


class _Counted:
    """A stream that knows how much of it was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.read_bytes = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self.stream.read(size)
        self.read_bytes += len(data)
        return data


def xml_documents(file: InputFile, sink: Sink) -> Iterator[Element]:
    """Each document of the file, freed when the next is asked for.

    A break in the file ends the stream with a reject that names the line; a break before the first document, a document type
    or a document beyond all bounds is a `FileRefusedError`.
    """
    with file.open() as stream:
        encoding = encoding_of(stream)
    if encoding.lies:
        sink.note(f"xml_encoding|{encoding.declared} → {encoding.actual}")
    given = 0
    try:
        with file.open() as stream:
            for element in _parsed(file.name, _Counted(stream), encoding.actual):
                yield element
                given += 1
    except etree.XMLSyntaxError as error:
        line, cause = str(error.lineno or 1), str(error.msg or "")
        if not given:
            raise FileRefusedError(file.name, "xml_unreadable", line=line, cause=cause) from error
        sink.reject(
            Reject(
                "xml_broken", row=error.lineno or 1, params={"line": line, "taken": str(given), "cause": cause}, row_taken=False
            )
        )
    except FileRefusedError as error:
        if not given:
            raise
        sink.reject(error.reject)


def _parsed(name: str, stream: _Counted, encoding: str | None) -> Iterator[Element]:
    context = etree.iterparse(
        stream, events=("start", "end"), encoding=encoding, resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    held = _Held(name, stream)
    depth, top = 0, 1  # how deep the walk is; how deep documents stand
    for event, element in context:
        if event == "start":
            depth += 1
            if depth == 1 and element.getroottree().docinfo.internalDTD is not None:
                raise FileRefusedError(name, "eis_doctype")
            if depth == top and local(element) in documents().containers:
                top += 1
            held.begun(element, depth > top)
            continue
        if depth == top:
            yield element
            _free(element)
            held.clear()
        elif depth > top:
            held.ended(element)
        else:
            top = depth  # what stood round documents is over
        depth -= 1


@dataclass(slots=True)
class _Mark:
    """A part that will be let go: how much was held when it began."""

    element: Element
    parts: int
    begun: int


class _Held:
    """How much of the present document is in memory; parts that nothing is taken from are let go as they end."""

    def __init__(self, name: str, stream: _Counted) -> None:
        self.name = name
        self.stream = stream
        self.lists = documents()
        self.marks = list[_Mark]()
        self.clear()

    def clear(self) -> None:
        """A document is over."""
        self.parts, self.since = 0, self.stream.read_bytes
        self.marks.clear()
        self.gone: tuple[Element | None, int] = None, 0  # round the part let go last, and the byte it ended at

    def begun(self, element: Element, inside: bool) -> None:
        """An element has begun."""
        if inside and self._is_dropped(element):
            # What stands between two of a list goes with them.
            begun = self.gone[1] if self.gone[0] is element.getparent() else self.stream.read_bytes
            self.marks.append(_Mark(element, self.parts, begun))
        self.parts += 1 + len(element.attrib)
        if self.parts > MOST_PARTS or self.stream.read_bytes - self.since > MOST_BYTES:
            raise FileRefusedError(self.name, "eis_too_large")

    def ended(self, element: Element) -> None:
        """An element has ended; one that is not needed goes, with those of its name before it."""
        if not self.marks or self.marks[-1].element is not element:
            return
        mark = self.marks.pop()
        self.parts = mark.parts
        freed = self.stream.read_bytes - mark.begun
        self.since += freed
        if self.marks:
            self.marks[-1].begun += freed
        element.clear()
        above, before = element.getparent(), element.getprevious()
        self.gone = above, self.stream.read_bytes
        while above is not None and before is not None and before.tag == element.tag and not (len(before) or before.text):
            above.remove(before)
            before = element.getprevious()

    def _is_dropped(self, element: Element) -> bool:
        name = local(element)
        if name in self.lists.dropped:
            return True
        return name in self.lists.first_only and any(one.tag == element.tag for one in element.itersiblings(preceding=True))


def _free(element: Element) -> None:
    """Drop what was read: the document, and everything finished before it at each level above."""
    element.clear()
    level: Element | None = element
    while level is not None:
        above = level.getparent()
        while above is not None and level.getprevious() is not None:
            del above[0]
        level = above
