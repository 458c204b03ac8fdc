"""Zip archives as folders: every file inside as an `InputFile`, read from the archive when it is opened, never unpacked to disk.

Workbooks and text documents are zip files too and are left whole. An archive that breaks a bound is refused as one file; a single
file in it that is locked, or whose name leads out of it, is refused by itself.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO

from affil.ingest.inputs import InputFile, Look
from affil.ingest.refusal import FileRefusedError
from affil.ingest.values.readable import readable_name
from affil.model.records import Sink

MAX_MEMBERS = 20_000
MAX_TOTAL = 8 << 30
MAX_NESTED = 64 << 20
# Registry XML packs 1 to 30 at most; bombs start at several hundred.
MAX_RATIO = 200
RATIO_MATTERS_ABOVE = 16 << 20

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_DRIVE = re.compile(r"^[A-Za-z]:")
# What reading a container raises that is cut or damaged; `RuntimeError` where it is locked or packed in a way nobody here knows.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class ArchiveMember(InputFile):
    """A file inside an archive; `source` opens it, so that the bytes are there only while they are read."""

    source: Callable[[], BinaryIO] | None = None
    archive: InputFile | None = None

    def stamp(self) -> tuple[int, ...] | None:
        """That of the archive it lies in."""
        return self.archive.stamp() if self.archive else None

    def open(self) -> BinaryIO:
        """A fresh stream over the file inside the archive."""
        if self.source is None:
            raise ValueError("an ArchiveMember needs a source")
        return self.source()


def is_archive(file: InputFile) -> bool:
    """True for a zip file that is a folder of files, not a workbook or a text document."""
    try:
        if not file.head(4).startswith(_MAGIC):
            return False
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            return not _is_document(archive)
    except BROKEN_ZIP:
        return True
    except FileRefusedError:
        return False


def _is_document(archive: zipfile.ZipFile) -> bool:
    names = set(archive.namelist())
    return "[Content_Types].xml" in names or ("mimetype" in names and "META-INF/manifest.xml" in names)


@dataclass(slots=True)
class _Room:
    """How many files and unpacked bytes an archive may still give, all archives inside it together."""

    files: int
    total: int

    def taken_by(self, infos: list[zipfile.ZipInfo]) -> bool:
        """False, with nothing taken, where these do not go in."""
        files, total = self.files - len(infos), self.total - sum(info.file_size for info in infos)
        if min(files, total) < 0:
            return False
        self.files, self.total = files, total
        return True


def members(file: InputFile) -> Iterator[InputFile]:
    """The files inside, sorted by name; an archive inside an archive is opened once, deeper ones stay as they are.

    Archives inside one have together no more files and bytes than one may have; those beyond stay as they are. `FileRefusedError`
    where the archive is broken, encrypted or too large. A file that is encrypted among open ones, or whose name leads out of the
    archive, raises it when it is opened.
    """
    return _members(file, _Room(MAX_MEMBERS, MAX_TOTAL), nested=False)


def _members(file: InputFile, room: _Room, nested: bool) -> Iterator[InputFile]:
    infos = _checked_infos(file)
    if not room.taken_by(infos):
        raise FileRefusedError(file.name, "archive_too_deep")
    for info in infos:
        member = ArchiveMember(name=f"{file.name}!{readable_name(_path(info))}", source=_opener(file, info), archive=file)
        reason = _refused(info)
        if reason:
            yield ArchiveMember(name=member.name, source=_refusal(member.name, reason), archive=file)
        elif nested or not is_archive(member):
            yield member
        else:
            yield from _nested_members(member, room)


def _nested_members(member: InputFile, room: _Room) -> Iterator[InputFile]:
    """The archive itself where it cannot be opened: its reader says why."""
    try:
        yield from list(_members(member, room, nested=True)) or [member]
    except FileRefusedError:
        yield member


def _checked_infos(file: InputFile) -> list[zipfile.ZipInfo]:
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            infos = [info for info in archive.infolist() if not _is_folder(info) and not is_clutter(_path(info))]
            size = stream.seek(0, io.SEEK_END)
    except BROKEN_ZIP as error:
        raise FileRefusedError(file.name, "archive_broken", cause=str(error)) from error
    if len(infos) > MAX_MEMBERS:
        raise FileRefusedError(file.name, "archive_too_many", most=str(MAX_MEMBERS))
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise FileRefusedError(file.name, "archive_too_large", most=str(MAX_TOTAL >> 30))
    if _is_bomb(infos, size):
        raise FileRefusedError(file.name, "archive_bomb")
    if infos and all(_is_locked(info) for info in infos):
        raise FileRefusedError(file.name, "archive_encrypted")
    return sorted(infos, key=lambda info: (_path(info), info.header_offset))


def _is_bomb(infos: list[zipfile.ZipInfo], size: int) -> bool:
    """True where one file, or all of them, unpack to far more than data do; files may share the same packed bytes."""
    sizes = [(info.file_size, info.compress_size) for info in infos] + [(sum(info.file_size for info in infos), size)]
    return any(unpacked > RATIO_MATTERS_ABOVE and unpacked > MAX_RATIO * max(packed, 1) for unpacked, packed in sizes)


def _refused(info: zipfile.ZipInfo) -> str | None:
    """Why this one file is not taken, as a catalogue key; None where nothing speaks against it."""
    if _escapes(_path(info)):
        return "archive_member_unsafe"
    return "archive_member_encrypted" if _is_locked(info) else None


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """True for a folder, and for an entry without a name, which is nobody's file (zipfile falls over it before Python 3.11.4)."""
    return not info.filename or info.is_dir()


def _is_locked(info: zipfile.ZipInfo) -> bool:
    return bool(info.flag_bits & 1)


def _refusal(name: str, reason: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        """Nothing: always the refusal of this file."""
        raise FileRefusedError(name, reason)

    return opened


def _escapes(path: str) -> bool:
    return path.startswith("/") or _DRIVE.match(path) is not None or ".." in PurePosixPath(path).parts or "\0" in path


def _path(info: zipfile.ZipInfo) -> str:
    """The name inside the archive: Windows writes Russian names in code page 866, some programs write backslashes."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("cp866")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def _opener(file: InputFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        """The file as a stream of its own; `FileRefusedError` where the archive is broken."""
        # Jumping about inside a packed archive would unpack it again and again.
        stream = io.BytesIO(_whole(file)) if isinstance(file, ArchiveMember) else file.open()
        try:
            inner = _Archive(stream).open(info)
        except BROKEN_ZIP as error:
            stream.close()
            raise FileRefusedError(file.name, "archive_broken", cause=str(error)) from error
        return io.BufferedReader(_MemberStream(file.name, inner, stream), 1 << 16)

    return opened


@lru_cache(maxsize=1)
def _whole(file: ArchiveMember) -> bytes:
    with file.open() as stream:
        data = stream.read(MAX_NESTED + 1)
    if len(data) > MAX_NESTED:
        raise FileRefusedError(file.name, "archive_nested_large", most=str(MAX_NESTED >> 20))
    return data


class _Archive(zipfile.ZipFile):
    """An archive opened for a file whose entry is known: reading the directory for each of thousands of files takes minutes."""

    def _RealGetContents(self) -> None:
        pass


class _MemberStream(io.RawIOBase):
    """A file inside an archive that says so when its bytes are broken, and closes the archive when it is closed.

    `zipfile` gives no more bytes than the directory promises, whatever the data unpack to.
    """

    def __init__(self, name: str, inner: IO[bytes], archive: BinaryIO) -> None:
        self._name = name
        self._inner = inner
        self._archive = archive

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True: going back reads from the start again."""
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """The new place in the file."""
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        """The place in the file."""
        return self._inner.tell()

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer; `FileRefusedError` where the packed bytes are broken."""
        try:
            data = self._inner.read(len(buffer))
        except BROKEN_ZIP as error:
            raise FileRefusedError(self._name, "archive_broken", cause=str(error)) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file and its archive."""
        if not self.closed:
            self._inner.close()
            self._archive.close()
        super().close()


def is_clutter(path: str) -> bool:
    """True for what systems and office programs leave beside files: hidden files, lock files, thumbnails."""
    parts = [part for part in path.split("/") if part]
    if any(part.startswith((".", "~$")) and part != ".." for part in parts) or "__MACOSX" in parts:
        return True
    return bool(parts) and parts[-1].lower() in {"thumbs.db", "desktop.ini", "ehthumbs.db"}


class ArchiveReader:
    """The archives that could not be opened as folders: says why."""

    kind = "archive"

    def look(self, file: InputFile) -> Look:
        """Mine: a zip file that is no workbook or text document."""
        return Look(True, "archive") if is_archive(file) else Look(False, "no_archive")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Always a `FileRefusedError`: what is safe to open was opened before any reader was asked."""
        if not _checked_infos(file):
            raise FileRefusedError(file.name, "archive_empty")
        if isinstance(file, ArchiveMember):
            _whole(file)
        raise FileRefusedError(file.name, "archive_too_deep")
