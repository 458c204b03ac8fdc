"""CSV and TSV text into rows: the encoding and the separator are found from the content."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence

from affil.ingest.inputs import InputFile

SEPARATORS = ";\t,"
_HEAD = 65_536
MAX_FIELD = 1 << 20
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 26}
_MAX_CONTROL_SHARE = 0.002
_HIGH_BYTES, _LOW_BYTES = 0.85, 0.3


def encoding_of(head: bytes, whole: bool) -> str | None:
    """UTF-8 with or without BOM, UTF-16, windows-1251; None where the bytes are no text. `whole`: nothing follows `head`."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if not head:
        return None
    unmarked = _utf16_without_mark(head)
    if unmarked:
        return unmarked
    if sum(byte in _CONTROL for byte in head) > len(head) * _MAX_CONTROL_SHARE:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8"


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 that lost its mark: every other byte is 0 (Latin, digits) or 4 (Cyrillic), the rest nearly never are."""
    even, odd = (sum(byte in (0, 4) for byte in half) / max(len(half), 1) for half in (head[::2], head[1::2]))
    if max(even, odd) < _HIGH_BYTES or min(even, odd) > _LOW_BYTES:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def text_head(file: InputFile) -> str | None:
    """The first lines of the file as text, None where it is no text. A last line that is cut short is left out."""
    head = file.head(_HEAD)
    whole = len(head) < _HEAD
    encoding = encoding_of(head, whole)
    if encoding is None:
        return None
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head, final=whole)
    if whole:
        return text
    return text[: text.rfind("\n") + 1] or text


def rows_of(text: str, separator: str) -> list[list[str]]:
    """The rows of a piece of text; what cannot be split is left out."""
    return list(split(io.StringIO(text, newline=""), separator))


def best_separator(text: str, score: Callable[[Sequence[Sequence[str]]], float]) -> tuple[str, float]:
    """The separator under which `score` of the rows is best, and that score; on a tie the first in `;`, tab, `,`."""
    return max(((one, score(rows_of(text, one))) for one in SEPARATORS), key=lambda found: found[1])


def csv_rows(file: InputFile, separator: str) -> Iterator[Sequence[str]]:
    """Every row of the file. A byte windows-1251 does not know becomes the replacement sign, it stops nothing."""
    encoding = encoding_of_file(file)
    with file.open() as stream, io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="") as text:
        yield from split(text, separator)


def encoding_of_file(file: InputFile) -> str:
    """The encoding of the whole file: what begins like UTF-8 and is not is windows-1251, and so is what is no text."""
    with file.open() as stream:
        head = stream.read(_HEAD)
        encoding = encoding_of(head, len(head) < _HEAD) or "cp1251"
        return "cp1251" if encoding == "utf-8" and not _all_utf8(stream, head) else encoding


def _all_utf8(stream: io.IOBase | object, head: bytes) -> bool:
    """False where a byte further on shows that the file only began like UTF-8: headings in English, names in windows-1251."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk = head
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = stream.read(1 << 20)  # type: ignore[union-attr]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class NoRow(list[str]):
    """The place of a row that cannot be split: without cells, and why as a key of `rejects`."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


def split(lines: io.TextIOBase, separator: str) -> Iterator[list[str]]:
    """The rows of a text, `NoRow` where one cannot be split. Nothing follows a quotation mark that swallows the rest."""
    csv.field_size_limit(MAX_FIELD)
    given = _Lines(lines)
    reader = csv.reader(given, delimiter=separator)
    while True:
        before = given.number
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = NoRow("quote_not_closed" if given.number > before + 1 else "line_too_long")
        if given.ended and row:  # the reader asked for more of this row, and nothing was left
            row = NoRow("quote_not_closed")
        yield row
        if isinstance(row, NoRow) and row.reason == "quote_not_closed":
            return


class _Lines:
    """The lines without NUL signs; `number` were given, `ended` is true once more were asked for than there are."""

    def __init__(self, lines: io.TextIOBase) -> None:
        self.lines, self.number, self.ended = lines, 0, False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            line = next(self.lines)
        except StopIteration:
            self.ended = True
            raise
        self.number += 1
        return line.replace("\0", "")
