"""JSON as it really comes: one document, several one after the other, one a line; bounded in size, depth and numbers.

Nothing here knows what a record means.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from affil.ingest.inputs import HEAD_BYTES, InputFile
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Reject, Sink

LARGEST = 24 << 20  # bytes of one document: its values take about ten times that in memory
LONGEST_NUMBER = 40
_LONG_HEAD = 16 * HEAD_BYTES
_SPACE = " \t\r\n\x1e"  # a record separator may stand between texts (RFC 7464)


class _FaultError(ValueError):
    """What a document has that JSON of a program never has; `reason` is a key under `rejects`."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def json_head(file: InputFile, long: bool = False) -> str | None:
    """The beginning of the file as text, None where it is not that of JSON (an object or a list)."""
    head = file.head(_LONG_HEAD if long else HEAD_BYTES)
    text = _decoded(head, "ignore").lstrip(_SPACE)
    return text if text[:1] in ("{", "[") else None


def documents(file: InputFile, sink: Sink) -> Iterator[tuple[Any, int]]:
    """Each document with the line it begins in. Numbers with a point are Decimal; NaN, Infinity and endless numbers are None.

    What cannot be read ends the file: rejected where documents before it could be, else `FileRefusedError`. A key that stands
    twice in one object tells two things of one, so that document is not taken.
    """
    with file.open() as stream:
        data = stream.read(LARGEST + 1)
    texts = _of_text(_decoded(data)) if len(data) <= LARGEST else _of_lines(file)
    given = 0
    try:
        for document, line in texts:
            if isinstance(document, _FaultError):
                sink.reject(Reject(document.reason, row=line))
                continue
            given += 1
            yield document, line
    except _FaultError as error:
        if not given:
            raise FileRefusedError(file.name, error.reason, limit=str(LARGEST >> 20)) from None
        sink.reject(Reject(error.reason, row=error.line, params={"limit": str(LARGEST >> 20)}))


def _decoded(data: bytes, errors: str = "strict") -> str:
    """UTF-8 with or without its mark, UTF-16 with one; what is neither was saved by a Windows program in windows-1251."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig", errors)
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def _of_text(text: str) -> Iterator[tuple[Any, int]]:
    place, line, counted = 0, 1, 0
    while True:
        while place < len(text) and text[place] in _SPACE:
            place += 1
        if place >= len(text):
            return
        line, counted = line + text.count("\n", counted, place), place
        document, place = _document(text, place, line)
        yield document, line


def _of_lines(file: InputFile) -> Iterator[tuple[Any, int]]:
    """A file too large for one document, with one on each line."""
    with file.open() as stream:
        number = 0
        while raw := stream.readline(LARGEST + 1):
            number += 1
            if len(raw) > LARGEST:
                raise _FaultError("json_too_large")
            text = _decoded(raw).strip(_SPACE)
            if not text:
                continue
            try:
                document, end = _document(text, 0, number)
            except _FaultError as error:
                raise _FaultError("json_too_large", number) if number == 1 else error from None
            if text[end:].strip(_SPACE):
                raise _FaultError("json_broken", number)
            yield document, number


def _document(text: str, place: int, line: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, place)
    except _TwiceError as error:
        return _FaultError("json_duplicate_key"), _end_of(text, place, error, line)
    except RecursionError:
        raise _FaultError("json_too_deep", line) from None
    except ValueError:
        raise _FaultError("json_broken", line) from None


class _TwiceError(Exception):
    """A key that stands twice in one object, with another value."""


def _end_of(text: str, place: int, error: _TwiceError, line: int) -> int:
    """Where the document with the fault ends: what follows may be sound."""
    try:
        return json.JSONDecoder(parse_int=_whole, parse_float=_decimal).raw_decode(text, place)[1]
    except (ValueError, RecursionError):
        raise _FaultError("json_broken", line) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs) and any(found[key] != value for key, value in pairs):
        raise _TwiceError
    return found


def _whole(text: str) -> int | None:
    return int(text) if len(text) <= LONGEST_NUMBER else None


def _decimal(text: str) -> Decimal | None:
    value = Decimal(text) if len(text) <= LONGEST_NUMBER else None
    # 1e999999 is short and endless once it is written out
    return value if value is not None and abs(value.adjusted()) <= LONGEST_NUMBER else None


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_whole, parse_float=_decimal, parse_constant=lambda _: None)
