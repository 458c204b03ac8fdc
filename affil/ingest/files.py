"""Which files there are to load: a file, a folder, what is inside an archive; and the names people know them by."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from affil.errors import InputError
from affil.ingest.formats.archive import is_archive, is_clutter, members
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError


def files_under(path: Path, workspace: Path) -> list[InputFile]:
    """The file, or every file below the folder, sorted by name; what is in a zip archive in place of the archive.

    Names are relative to the workspace; outside it they begin with the last part of `path`. Hidden files, lock files and
    folders already visited through a link are left out. An archive that cannot be opened stands for itself.
    `InputError` where there is nothing at `path`.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    found = [path] if path.is_file() else list(_walk(path))
    plain = [InputFile(name=file_name(file, path, workspace), path=file) for file in found]
    return sorted((file for one in plain for file in _expanded(one)), key=lambda file: file.name)


def _expanded(file: InputFile) -> list[InputFile]:
    try:
        return list(members(file)) if is_archive(file) else [file]
    except (FileRefusedError, OSError):
        # The reader is told of it again, as of any file that cannot be read.
        return [file]


def _walk(folder: Path) -> Iterator[Path]:
    seen: set[tuple[int, int]] = set()
    for root, folders, names in os.walk(folder, followlinks=True):
        here = os.stat(root)
        if (here.st_dev, here.st_ino) in seen:
            folders.clear()
            continue
        seen.add((here.st_dev, here.st_ino))
        folders[:] = sorted(name for name in folders if not is_clutter(name))
        yield from (Path(root, name) for name in sorted(names) if not is_clutter(name) and Path(root, name).is_file())


def file_name(file: Path, argument: Path, workspace: Path) -> str:
    """The name people know a file by: its path below the workspace, else below the folder of what was given."""
    for base in (workspace, argument.absolute().parent):
        absolute, root = Path(os.path.abspath(file)), Path(os.path.abspath(base))
        if absolute.is_relative_to(root):
            return _readable(absolute.relative_to(root).as_posix())
    return _readable(file.name)


def _readable(name: str) -> str:
    """The name with bytes that are no text shown as signs of doubt: an archive unpacked in another encoding leaves such names."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
