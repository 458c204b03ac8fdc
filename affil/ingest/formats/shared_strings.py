"""The shared strings of a large XLSX workbook, kept packed as they are on disk; each piece of a sheet gets the few it names."""

from __future__ import annotations

import re
import tempfile
import zipfile
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import IO

from lxml import etree

_CHUNK = 1 << 20
_EDGE = 64
_MOST_HEAD = 1 << 16
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml([^>]*)\?>)?\s*<((?:\w+:)?)(\w+)\b[^>]*>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)
_NAMED = re.compile(rb'(t="s"[^>]*><(?:\w+:)?v>)(\d+)(?=</)')


class OddXmlError(Exception):
    """A part that holds more than elements and text, or does not begin as the standard has it: it is not for cutting."""


def root_of(first: bytes, name: bytes) -> tuple[bytes, bytes]:
    """The opening tag of a part of this name, and the prefix before its names; `OddXmlError` where it has no such tag."""
    found = _ROOT.match(first)
    if found is None or found[3] != name or found[0].endswith(b"/>") or _ENCODING.search(found[1] or b""):
        raise OddXmlError
    return found[0], found[2]


class SharedStrings:
    """Use as a context. `named_by` gives a piece of a sheet with its strings numbered anew, and the part with just those."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._starts = array("Q")
        try:
            with archive.open(name) as content:
                self._keep(content)
        except BaseException:
            self._spool.close()
            raise

    def __enter__(self) -> SharedStrings:
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    def _keep(self, content: IO[bytes]) -> None:
        """The part into the spool, and where each string of it begins; behind the last stands where they end."""
        first = content.read(_MOST_HEAD)
        self._head, prefix = root_of(first, b"sst")
        self._close = b"</" + prefix + b"sst>"
        begins = re.compile(b"<" + prefix + rb"si(?=[\s>/])")
        done, edge, piece = 0, b"", first
        while piece:
            self._spool.write(piece)
            seen = edge + piece
            if b"<!" in seen:
                raise OddXmlError
            base = done - len(edge)
            cut = len(seen) if len(piece) < _EDGE else len(seen) - _EDGE
            self._starts.extend(base + found.start() for found in begins.finditer(seen) if found.start() < cut)
            edge, done = seen[cut:], done + len(piece)
            piece = content.read(_CHUNK)
        self._starts.extend(done - len(edge) + found.start() for found in begins.finditer(edge))
        self._starts.append(self._end(done))

    def _end(self, size: int) -> int:
        start = max(0, size - _MOST_HEAD)
        self._spool.seek(start)
        at = self._spool.read().rfind(self._close)
        if at < 0:
            raise OddXmlError
        return start + at

    def named_by(self, rows: bytes) -> tuple[bytes, bytes]:
        """The rows, strings numbered from 0, and the part of those strings; a number without a string stays without."""
        parts = _NAMED.split(rows)
        named = parts[2::3]
        if len(named) != rows.count(b' t="s"') or b"t='s'" in rows:
            raise OddXmlError
        here = sorted({int(one) for one in set(named)})
        known = [one for one in here if one < len(self._starts) - 1]
        number = {one: place for place, one in enumerate(known)}
        nowhere = len(known)
        anew = {one: b"%d" % number.get(int(one), nowhere) for one in set(named)}
        parts[2::3] = map(anew.__getitem__, named)
        return b"".join(parts), self._head + b"".join(self._strings(known)) + self._close

    def _strings(self, numbers: Sequence[int]) -> Iterator[bytes]:
        """Those that follow one another at one go."""
        starts = self._starts
        for first, last in _runs(numbers):
            self._spool.seek(starts[first])
            yield self._spool.read(starts[last + 1] - starts[first])


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    if not numbers:
        return
    first = numbers[0]
    for one, following in pairwise(numbers):
        if following != one + 1:
            yield first, one
            first = following
    yield first, numbers[-1]


def in_plain_form(sheet: bytes) -> bytes:
    """The same sheet as other programs write it: one kind of quotes, no spaces around numbers, no formulas before them."""
    root = etree.fromstring(sheet, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for cell in root.iter("{*}c"):
        if cell.get("t") != "s":
            continue
        values = cell.findall("{*}v")
        for value in values:
            value.text = (value.text or "").strip()
        if not any(value.text for value in values):
            del cell.attrib["t"]
        for formula in cell.findall("{*}f"):
            cell.remove(formula)
    return bytes(etree.tostring(root))
