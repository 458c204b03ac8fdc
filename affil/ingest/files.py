"""Which files there are to load: a file, a folder, what is inside an archive; and the names people know them by."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from affil.errors import InputError
from affil.ingest.formats.archive import is_archive, is_clutter, members
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.ingest.values.readable import readable_name


@dataclass(frozen=True, slots=True)
class Unreachable(InputFile):
    """A file or folder the system does not let us into: it stands for itself, and says why when it is opened."""

    error: OSError | None = None
    reason: str = ""

    def open(self) -> BinaryIO:
        """Always the error met when it was looked for, or the refusal with `reason`."""
        if self.reason:
            raise FileRefusedError(self.name, self.reason)
        raise self.error or PermissionError(13, "Permission denied", self.name)


def files_in(paths: Iterable[Path], workspace: Path) -> list[InputFile]:
    """The files themselves, or every file below the folders, each once, sorted by name; what is in an archive in place of it.

    Names are relative to the workspace; outside it they begin with the last part of the path. Hidden files, lock files and
    folders already visited through a link are left out. An archive that cannot be opened stands for itself, and so does a folder
    that may not be looked into. `InputError` where there is nothing at a path.
    """
    plain: dict[str, InputFile] = {}
    for path in paths:
        for file in _plain_files(path, workspace):
            plain.setdefault(os.path.abspath(file.path or path), file)
    return sorted((file for one in plain.values() for file in _expanded(one)), key=lambda file: file.name)


def given_by_name(files: Iterable[InputFile], paths: Iterable[Path], workspace: Path) -> set[str]:
    """The names of those files that are among the paths themselves, or in an archive that is; not what only lies in a folder."""
    given = {file_name(path, path, workspace) for path in paths if not path.is_dir()}
    return (
        {file.name for file in files if not given.isdisjoint(accumulate(file.name.split("!"), "{}!{}".format))}
        if given
        else set()
    )


def _plain_files(path: Path, workspace: Path) -> Iterator[InputFile]:
    try:
        is_folder = path.is_dir()
        if not is_folder and not path.exists():
            raise InputError(f"{path}: no such file or folder")
    except OSError as error:
        yield Unreachable(name=file_name(path, path, workspace), path=path, error=error)
        return
    if not is_folder and not path.is_file():  # a pipe nobody writes to would be waited for without end
        yield Unreachable(name=file_name(path, path, workspace), path=path, reason="not_a_file")
        return
    for found in _walk(path) if is_folder else [path]:
        if isinstance(found, OSError):
            where = Path(os.fsdecode(found.filename)) if found.filename else path
            yield Unreachable(name=file_name(where, path, workspace), path=where, error=found)
        else:
            yield InputFile(name=file_name(found, path, workspace), path=found)


def _expanded(file: InputFile) -> list[InputFile]:
    try:
        return (is_archive(file) and list(members(file))) or [file]
    except (FileRefusedError, OSError):
        # The reader is told of it again, as of any file that cannot be read.
        return [file]


def _walk(folder: Path) -> Iterator[Path | OSError]:
    """The files below the folder, and in the place of what cannot be looked into the error it met."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        root = waiting.pop()
        try:
            here = os.stat(root)
            if (here.st_dev, here.st_ino) in seen:
                continue
            seen.add((here.st_dev, here.st_ino))
            entries = sorted(os.scandir(root), key=lambda entry: entry.name)
        except OSError as error:
            yield error
            continue
        folders = []
        for entry in entries:
            found = None if is_clutter(entry.name) else _found(entry)
            if isinstance(found, Path) and entry.is_dir():
                folders.append(found)
            elif found is not None:
                yield found
        waiting += reversed(folders)


def _found(entry: os.DirEntry[str]) -> Path | OSError | None:
    """The folder or file; None for what is neither (a device, a link to nothing or to itself); the error that hides it."""
    try:
        return Path(entry.path) if entry.is_dir() or entry.is_file() else None
    except OSError as error:
        return None if error.errno == errno.ELOOP else error


def file_name(file: Path, argument: Path, workspace: Path) -> str:
    """The name people know a file by: its path below the workspace, else below the folder of what was given."""
    for base in (workspace, argument.absolute().parent):
        absolute, root = Path(os.path.abspath(file)), Path(os.path.abspath(base))
        if absolute.is_relative_to(root):
            return readable_name(absolute.relative_to(root).as_posix())
    return readable_name(file.name)
