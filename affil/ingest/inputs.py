"""A file as readers see it: its name for people, and its bytes as a stream, whether on disk or inside an archive."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from affil.model.records import Sink

HEAD_BYTES = 8_192


@dataclass(frozen=True, slots=True)
class InputFile:
    """`name` is the path below the workspace with `/` (`inbox/a.zip!b.xml` inside an archive); `data` wins over `path`."""

    name: str
    path: Path | None = None
    data: bytes | None = None

    def open(self) -> BinaryIO:
        """A fresh binary stream over the whole file."""
        if self.data is not None:
            return io.BytesIO(self.data)
        if self.path is None:
            raise ValueError("an InputFile needs a path or data")
        return self.path.open("rb")

    def stamp(self) -> tuple[int, ...] | None:
        """What changes when somebody writes to the file: times, size and identity on disk; None for bytes in memory."""
        if self.path is None or self.data is not None:
            return None
        told = self.path.stat()
        return told.st_mtime_ns, told.st_ctime_ns, told.st_size, told.st_dev, told.st_ino

    def head(self, size: int = HEAD_BYTES) -> bytes:
        """The first bytes, for recognition."""
        with self.open() as stream:
            return stream.read(size)


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader saw at the beginning of a file: whether the file is its own, and by what.

    `saw` is a key under `readers` in the word catalogue, `params` fill its text; `affil load --explain` shows it.
    """

    mine: bool
    saw: str
    params: Mapping[str, str] = field(default_factory=dict)


class Reader(Protocol):
    """One kind of file. `look` judges by the content, never by the name alone; `read` pushes what it finds."""

    kind: str

    def look(self, file: InputFile) -> Look:
        """Whether this reader is the right one for the file; cheap, from its first bytes where they tell."""
        ...

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push records, rejects and counts; raise `InputError` where nothing of the file can be used."""
        ...
