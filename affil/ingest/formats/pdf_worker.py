"""A program of its own: a PDF from standard input into text and ruled tables, one JSON line a page, to standard output.

A PDF can be made to eat memory and time in many ways, most of them inside the library, so it is read in a process that can be
stopped: `pdf_text.py` starts it, and nothing of it lives on. It uses pdfminer.six, the layer under pdfplumber, and nothing of
`affil`: a page costs half of what its words cost in pdfplumber, and the start is short.

Lines: `{"page": 1, "count": 8, "loose": [line…], "rows": [[cell…]…], "images": 0}` where a cell is a list of lines; the last
line is `{"end": true}`, or `{"refused": reason}` with broken, encrypted, too_many_pages or unsafe.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import threading
import time
import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTLine, LTRect
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, int_value, resolve1, stream_value

MOST_PAGES = 3_000  # an extract of a company with thousands of branches has some hundreds
MOST_MARKS = 60_000  # characters and strokes of a page; a page of an extract has two thousand
MOST_EDGES = 6_000
LARGEST_STREAM = 16 << 20  # a whole font; what draws a page is far smaller
MOST_DRAWN = 4 << 20  # bytes of what draws one page, forms within forms counted each time they are drawn
LARGEST_ODD_STREAM = 1 << 16  # of LZW and run lengths, which are unpacked whole; no program of today writes them for text
MEMORY = 280 << 20
TOO_MUCH_MEMORY = 77  # exit code

Edge = tuple[float, float, float]  # where it stands, from, to
Cell = list[str]


class Refused(Exception):
    """The document cannot be read; its text is one of the reasons above."""


class BoundedStream(PDFStream):
    """A stream that is not unpacked where it would become too large."""

    def decode(self) -> None:
        """Refuse bombs, then leave the work to the library."""
        data = self.rawdata or b""
        for name, params in self.get_filters():
            kind = getattr(name, "name", None)
            if kind in ("FlateDecode", "Fl"):
                data = _inflated(data)
            elif kind in ("LZWDecode", "LZW", "RunLengthDecode", "RL") and len(data) > LARGEST_ODD_STREAM:
                raise Refused("unsafe")
            columns = resolve1(params.get("Columns", 1)) if isinstance(params, dict) else 1
            if isinstance(columns, int) and columns > 1 << 16:
                raise Refused("unsafe")
        super().decode()


def _inflated(data: bytes) -> bytes:
    unpack = zlib.decompressobj()
    try:
        out = unpack.decompress(data, LARGEST_STREAM)
    except zlib.error:
        return b""  # a damaged stream, the library saves what it can of it
    if unpack.unconsumed_tail:
        raise Refused("unsafe")
    return out


class Parser(PDFParser):
    """Makes every stream a bounded one."""

    def push(self, *objs: Any) -> None:
        """As the library does, with streams replaced."""
        super().push(*((place, _bounded(one)) for place, one in objs))


def _bounded(one: Any) -> Any:
    return BoundedStream(one.attrs, one.rawdata or b"", one.decipher) if type(one) is PDFStream else one


class Device(PDFPageAggregator):
    """Collects characters and strokes of a page, no more than a page can have."""

    marks = 0
    images = 0
    drawn = 0

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Count anew."""
        self.marks = self.images = self.drawn = 0
        super().begin_page(page, ctm)

    def render_char(self, *args: Any, **named: Any) -> float:
        """One character."""
        self._count()
        return super().render_char(*args, **named)

    def paint_path(self, *args: Any, **named: Any) -> None:
        """One path."""
        self._count()
        super().paint_path(*args, **named)

    def render_image(self, name: str, stream: Any) -> None:
        """Images are counted and never unpacked."""
        self._count()
        self.images += 1

    def _count(self) -> None:
        self.marks += 1
        if self.marks > MOST_MARKS:
            raise Refused("unsafe")


class Interpreter(PDFPageInterpreter):
    """Draws no more on a page than a page can be: forms may draw one another a thousand million times."""

    def execute(self, streams: Sequence[object]) -> None:
        """Draw what the streams say."""
        device = self.device
        if isinstance(device, Device):
            device.drawn += 64 + sum(len(stream_value(one).get_data()) for one in streams)
            if device.drawn > MOST_DRAWN:
                raise Refused("unsafe")
        super().execute(streams)


def pages(data: bytes) -> Iterator[dict[str, Any]]:
    """What stands on each page, in order. `Refused` where that cannot be told or would cost too much."""
    try:
        document = PDFDocument(Parser(io.BytesIO(data)))
    except PDFPasswordIncorrect:
        raise Refused("encrypted") from None
    tree = resolve1(document.catalog.get("Pages"))
    count = int_value(tree.get("Count", 0)) if isinstance(tree, dict) else 0
    if count > MOST_PAGES:
        raise Refused("too_many_pages")
    manager = PDFResourceManager()
    device = Device(manager, laparams=None)
    interpreter = Interpreter(manager, device)
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > MOST_PAGES:
            raise Refused("too_many_pages")
        interpreter.process_page(page)
        layout = device.get_result()
        rows, loose = rows_of(layout)
        yield {"page": number, "count": count, "loose": loose, "rows": rows, "images": device.images}


def rows_of(layout: LTContainer[Any]) -> tuple[list[list[Cell]], list[str]]:
    """Rows of the ruled tables of a page from top to bottom, and the lines of text outside them."""
    chars: list[LTChar] = []
    across: list[Edge] = []
    upright: list[Edge] = []
    for item in _leaves(layout):
        if isinstance(item, LTChar):
            chars.append(item)
        elif not (item.width > 0.9 * layout.width and item.height > 0.9 * layout.height):  # no background of the whole page
            _add_edges(item, across, upright)
    if len(across) + len(upright) > MOST_EDGES:
        raise Refused("unsafe")
    tops = _levels(across)
    columns = [_crossing(upright, (upper + lower) / 2) for upper, lower in pairwise(tops)]
    cells: dict[tuple[int, int], list[LTChar]] = defaultdict(list)
    outside: list[LTChar] = []
    falling = [-top for top in tops]
    for char in chars:
        band = bisect_left(falling, -(char.y0 + char.y1) / 2) - 1
        bounds = columns[band] if 0 <= band < len(columns) else []
        cell = bisect_left(bounds, (char.x0 + char.x1) / 2) - 1
        if 0 <= cell < len(bounds) - 1:
            cells[band, cell].append(char)
        else:
            outside.append(char)
    used = sorted({band for band, _ in cells})
    rows = [[_lines(cells.get((band, cell), [])) for cell in range(len(columns[band]) - 1)] for band in used]
    return [row for row in rows if any(row)], _lines(outside)


def _leaves(container: Iterable[Any]) -> Iterator[Any]:
    for item in container:
        if isinstance(item, (LTChar, LTLine, LTRect)):
            yield item
        elif isinstance(item, LTContainer):
            yield from _leaves(item)


def _add_edges(item: Any, across: list[Edge], upright: list[Edge]) -> None:
    if item.width > 2:
        across += [(y, item.x0, item.x1) for y in {item.y0, item.y1}]
    if item.height > 2:
        upright += [(x, item.y0, item.y1) for x in {item.x0, item.x1}]


def _levels(across: list[Edge]) -> list[float]:
    """Heights at which a line runs along half of the widest table at least, from the top; an underlined word makes no row."""
    found: list[list[Edge]] = []
    for edge in sorted(across, reverse=True):
        if found and found[-1][-1][0] - edge[0] < 1:
            found[-1].append(edge)
        else:
            found.append([edge])
    lengths = [(max(end for *_, end in level) - min(start for _, start, _ in level), level[0][0]) for level in found]
    widest = max((length for length, _ in lengths), default=0.0)
    return [height for length, height in lengths if length > widest / 2]


def _crossing(upright: list[Edge], height: float) -> list[float]:
    found: list[float] = []
    for place in sorted(x for x, low, high in upright if low - 0.5 <= height <= high + 0.5):
        if not found or place - found[-1] > 1.5:
            found.append(place)
    return found if len(found) > 1 else []


def _lines(chars: list[LTChar]) -> list[str]:
    """The lines of the characters from top to bottom, with a space where there is a gap."""
    found: list[list[LTChar]] = []
    for char in sorted(chars, key=lambda one: (-(one.y0 + one.y1), one.x0)):
        if found and _middle(found[-1][0]) - _middle(char) < 0.4 * max(char.height, 1):
            found[-1].append(char)
        else:
            found.append([char])
    return [text for line in found if (text := _text(sorted(line, key=lambda one: one.x0)))]


def _middle(char: LTChar) -> float:
    return (char.y0 + char.y1) / 2


def _text(line: list[LTChar]) -> str:
    parts: list[str] = []
    before: LTChar | None = None
    for char in line:
        text = char.get_text()
        if before is not None:
            if text == before.get_text() and char.x0 - before.x0 < 0.2 * (char.x1 - char.x0):
                continue  # the same sign struck twice makes it bold
            if char.x0 - before.x1 > 0.2 * char.size:
                parts.append(" ")
        parts.append(text)
        before = char
    return " ".join("".join(parts).split())


def _resident() -> int:
    """Bytes of memory this process holds; 0 where the system does not tell."""
    if sys.platform == "win32":
        return _resident_windows()
    with contextlib.suppress(OSError, ValueError), open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _resident_windows() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of Windows; `n1` is WorkingSetSize, in bytes."""

        _fields_ = [("cb", wintypes.DWORD), ("faults", wintypes.DWORD), *((f"n{i}", ctypes.c_size_t) for i in range(8))]

    counters = Counters()
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD]
    known = kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), ctypes.sizeof(counters))
    return int(counters.n1) if known else 0


def _watch() -> None:
    while _resident() < MEMORY:
        time.sleep(0.05)
    os._exit(TOO_MUCH_MEMORY)


def _bound_memory() -> None:
    """What grows in steps is stopped by the thread; one huge allocation by the limit of the system, where it has one."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (3 * MEMORY, 3 * MEMORY))
    threading.Thread(target=_watch, daemon=True).start()


def told(data: bytes) -> Iterator[dict[str, Any]]:
    """The lines of the answer."""
    try:
        yield from pages(data)
        yield {"end": True}
    except Refused as error:
        yield {"refused": str(error)}
    except (MemoryError, RecursionError, OverflowError):
        yield {"refused": "unsafe"}
    except Exception:  # whatever a damaged file makes the library raise
        yield {"refused": "broken"}


def main() -> None:
    """Standard input to standard output."""
    _bound_memory()
    out = sys.stdout.buffer
    for line in told(sys.stdin.buffer.read()):
        out.write(json.dumps(line, ensure_ascii=True).encode("ascii") + b"\n")
        out.flush()


if __name__ == "__main__":
    main()
