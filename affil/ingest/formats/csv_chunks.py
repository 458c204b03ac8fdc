"""A long CSV file in pieces of whole records, those a plain reader of CSV takes exactly as Python's does.

What a piece must be for that: one kind of line ends, no NUL, quotation marks either around whole cells with every inner one
doubled (RFC 4180), or nowhere at the beginning of a cell, where both readers take them for letters.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from affil.ingest.formats.csvfile import MAX_FIELD, encoding_of_file
from affil.ingest.inputs import InputFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 4 << 20
_LONGEST_RECORD = 4 * BLOCK
_QUOTE, _NEWLINE, _RETURN, _SPACE, _DELETE = 34, 10, 13, 32, 127
_NBSP = "\u00a0".encode()
# White space but the space, invisible and control signs, and whatever is not seen in Russian tables;
# the NBSP is made a space before.
_ODD_AFTER_C2 = re.compile(rb"\xc2[\x80-\xa0\xad]")
_ODD_AFTER_E2 = re.compile(rb"\xe2(?!\x80[\x90-\xa7]|\x84)")


@dataclass(frozen=True, slots=True)
class CsvChunk:
    """Whole records as UTF-8 text with `\\n` behind each.

    `first`: number of the first record in the file, from 0. `blank`: places of blank lines among the records. `quoted`: quotation
    marks enclose cells. `plain`: a reader of lines takes it exactly; where not, only Python's `csv` does. `odd`: it has signs
    that a cell is cleaned of. `last`: nothing follows it in the file.
    """

    data: bytes
    first: int
    records: int
    blank: tuple[int, ...]
    quoted: bool
    plain: bool
    odd: bool
    last: bool


def csv_chunks(file: InputFile, separator: str, after: int) -> Iterator[CsvChunk]:
    """The records of the file from number `after` (counted from 0), as far as the pieces can be told apart for sure."""
    done, carried, started = 0, b"", False
    for block, last in _blocks(file):
        data = carried + block if carried else block
        cut = _cut(data, ord(separator), last)
        if cut is None:
            return
        if not cut.ends.size and not last:
            if len(data) > _LONGEST_RECORD:
                return
            carried = data
            continue
        carried = data[cut.end :]
        data, ends = data[: cut.end], cut.ends
        if not started:
            if after > ends.size:
                return
            start = int(ends[after - 1]) + 1 if after else 0
            data, ends, done, started = data[start:], ends[after:] - start, after, True
        if ends.size:
            yield _chunk(data, ends, done, cut, last)
        done += int(ends.size)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where records end in a block: places of their line ends, and the end of the last whole one."""

    ends: NDArray[Any]
    end: int
    quoted: bool
    enclosed_newline: bool


def _blocks(file: InputFile) -> Iterator[tuple[bytes, bool]]:
    """The file as UTF-8 in blocks, each with whether it is the last; whatever it is written in."""
    encoding = encoding_of_file(file)
    with file.open() as stream:
        recode = _recoder(encoding)
        head = stream.read(BLOCK)
        if encoding == "utf-8-sig":
            head = head.removeprefix(codecs.BOM_UTF8)
        while True:
            following = stream.read(BLOCK) if head else b""
            text = recode(head, not following)
            if not following:
                yield (text if text.endswith(b"\n") or not text else text + b"\n"), True
                return
            yield text, False
            head = following


def _recoder(encoding: str) -> Callable[[bytes, bool], bytes]:
    if encoding in ("utf-8", "utf-8-sig"):
        return lambda data, last: data
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return lambda data, last: decoder.decode(data, final=last).encode("utf-8", "replace")


def _cut(data: bytes, separator: int, last: bool) -> _Cut | None:
    """Where the records of a block end; None where that cannot be said for sure without reading it sign by sign."""
    import numpy as np

    signs = np.frombuffer(data, dtype=np.uint8)
    newlines = np.flatnonzero(signs == _NEWLINE)
    if b"\0" in data or _lone_return(data, signs, newlines, last):
        return None
    quotes = np.flatnonzero(signs == _QUOTE)
    if not quotes.size or not _opens(signs, quotes, separator).any():
        return _Cut(newlines, int(newlines[-1]) + 1 if newlines.size else 0, False, False)
    inside = np.searchsorted(quotes, newlines) % 2 == 1
    ends = newlines[~inside]
    end = int(ends[-1]) + 1 if ends.size else 0
    if not _encloses(signs[:end], quotes[quotes < end], separator) or (last and end < len(data)):
        return None
    return _Cut(ends, end, True, bool((inside & (newlines < end)).any()))


def _lone_return(data: bytes, signs: NDArray[Any], newlines: NDArray[Any], last: bool) -> bool:
    """True where a line ends with a carriage return alone; one at the very end of a block may have its newline in the next."""
    returns = data.count(b"\r") - (not last and data.endswith(b"\r"))
    before = newlines[newlines > 0] - 1
    return returns != int((signs[before] == _RETURN).sum())


def _opens(signs: NDArray[Any], quotes: NDArray[Any], separator: int) -> NDArray[Any]:
    """Which quotation marks stand at the beginning of a cell."""
    before = signs[quotes - 1]
    opens: NDArray[Any] = (before == separator) | (before == _NEWLINE) | (quotes == 0)
    return opens


def _encloses(signs: NDArray[Any], quotes: NDArray[Any], separator: int) -> bool:
    """True where quotation marks stand around whole cells only, the inner ones doubled."""
    import numpy as np

    if not quotes.size:
        return True
    starts = np.flatnonzero(np.diff(quotes, prepend=-2) > 1)
    lengths = np.diff(np.append(starts, quotes.size))
    opening = starts % 2 == 0
    first, behind = quotes[starts], quotes[starts] + lengths
    closes = np.where(opening, lengths % 2 == 0, lengths % 2 == 1)
    next_sign = signs[np.minimum(behind, signs.size - 1)]
    at_end = (next_sign == separator) | (next_sign == _NEWLINE) | (next_sign == _RETURN)
    return bool(_opens(signs, first, separator)[opening].all() and at_end[closes].all())


def _chunk(data: bytes, ends: NDArray[Any], first: int, cut: _Cut, last: bool) -> CsvChunk:
    import numpy as np

    lengths = np.diff(ends, prepend=-1)
    plain = not cut.enclosed_newline and int(lengths.max()) < MAX_FIELD
    if plain:
        data = data.replace(_NBSP, b" ")
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n")
    signs = np.frombuffer(data, dtype=np.uint8)
    line_ends = np.flatnonzero(signs == _NEWLINE) if plain else ends
    blank = np.flatnonzero(np.diff(line_ends, prepend=-1) == 1)
    return CsvChunk(
        data, first, int(ends.size), tuple(map(int, blank)), cut.quoted, plain, has_odd_signs(data, int(ends.size)), last
    )


def has_odd_signs(data: bytes, newlines: int) -> bool:
    """True where a text has signs beside spaces, letters and common punctuation; `newlines` of it end records."""
    import numpy as np

    signs = np.frombuffer(data, dtype=np.uint8)
    if int(np.count_nonzero(signs < _SPACE)) != newlines or bytes([_DELETE]) in data:
        return True
    if any(bytes([lead]) in data for lead in (0xE1, 0xEF)) or int(signs.max(initial=0)) > 0xEF or b"\xe3\x80" in data:
        return True
    return _ODD_AFTER_C2.search(data) is not None or _ODD_AFTER_E2.search(data) is not None


def rows_of_chunk(chunk: CsvChunk) -> io.StringIO:
    """The records of a piece as a text for Python's reader of CSV."""
    return io.StringIO(chunk.data.decode("utf-8", "replace"), newline="")


def lines_of_chunk(chunk: CsvChunk, places: Sequence[int]) -> str:
    """The lines at these places, counted from 0, of a piece that is plain: each of its records is a line."""
    import numpy as np

    if not places:
        return ""
    ends = np.append(np.flatnonzero(np.frombuffer(chunk.data, dtype=np.uint8) == _NEWLINE), -1)
    lines = (chunk.data[int(ends[place - 1]) + 1 : int(ends[place]) + 1] for place in places)
    return b"".join(lines).decode("utf-8", "replace")
