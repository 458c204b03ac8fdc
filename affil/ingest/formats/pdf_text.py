"""Text and ruled tables of a PDF, page by page, read by a process of its own (`pdf_worker.py`), bounded in memory and time.

Nothing here knows what a record means.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError

LARGEST_FILE = 32 << 20
SECONDS = 90  # for a whole document; a page takes two hundredths of one
_LONGEST_LINE = 8 << 20
_WORKER = Path(__file__).with_name("pdf_worker.py")
_HEAD = 1_024  # the mark need not be the first bytes (PDF 1.7, appendix H)
_MARK = b"%PDF-"

Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """`rows`: the ruled rows from the top, each a tuple of cells, each a tuple of lines; `loose`: lines outside them.

    `count` is the number of pages the document says it has, 0 where it says none.
    """

    number: int
    count: int
    loose: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    images: int


def is_pdf(file: InputFile) -> bool:
    """True where the content is that of a PDF, whatever its name."""
    return _MARK in file.head(_HEAD)


def pdf_pages(file: InputFile) -> Generator[Page]:
    """The pages in order; stop early where the rest is not needed.

    `FileRefusedError` where the file is too large, encrypted, damaged, or would cost more memory or time than any document
    of people.
    """
    with file.open() as stream:
        data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise FileRefusedError(file.name, "pdf_too_large", limit=str(LARGEST_FILE >> 20))
    with _worker() as process:
        alarm = threading.Timer(SECONDS, process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            yield from _told(file.name, process, data)
        finally:
            alarm.cancel()
            process.kill()


@contextlib.contextmanager
def _worker() -> Iterator[subprocess.Popen[bytes]]:
    # -P: nothing of the current folder is imported; on Windows no console flashes up.
    process = subprocess.Popen(
        [sys.executable, "-P", str(_WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def _told(name: str, process: subprocess.Popen[bytes], data: bytes) -> Iterator[Page]:
    _hand_over(process.stdin, data)
    ended = False
    for line in _lines(process.stdout):
        if "refused" in line:
            raise FileRefusedError(name, f"pdf_{line['refused']}")
        ended = "end" in line
        if not ended:
            yield _page(line)
    if not ended:  # killed by the clock, by its own watch, or by the system
        raise FileRefusedError(name, "pdf_unsafe")


def _hand_over(stream: IO[bytes] | None, data: bytes) -> None:
    if stream is not None:
        with contextlib.suppress(OSError):  # it ended before it had read all; what it said is read
            stream.write(data)
            stream.close()


def _lines(stream: IO[bytes] | None) -> Iterator[dict[str, Any]]:
    while stream is not None and (line := stream.readline(_LONGEST_LINE)):
        try:
            yield json.loads(line)
        except ValueError:  # cut where the process was stopped
            return


def _page(line: dict[str, Any]) -> Page:
    rows = tuple(tuple(tuple(cell) for cell in row) for row in line["rows"])
    return Page(line["page"], line["count"], tuple(line["loose"]), rows, line["images"])
