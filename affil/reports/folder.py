"""The folder of a run: it appears whole or not at all, is never overwritten, and only its owner can read it (CONTRACT 1, 4)."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from affil.model.run import Run
from affil.reports.documents import run_documents
from affil.store.kept_renames import keep_renames
from affil.store.replaced import WAITS, put_in_place
from affil.words import Words

LATEST = "latest"
HASH_SIGNS = 8
DRAFT = ".writing-"
FORSAKEN = 3600  # seconds: nobody takes that long to write a folder, so whoever began it was killed


def write_run(run: Run, reports_dir: Path, lang: str) -> Path:
    """Write all documents of a run below `reports_dir`, name the folder in `latest`, and return the folder.

    Nothing is left behind where writing fails; the error of the system goes on to the caller.
    """
    folder = write_folder(run_documents(run, Words(lang)), reports_dir, folder_name(run))
    replace_text(reports_dir / LATEST, folder.name + "\n")
    return folder


def write_folder(documents: dict[str, bytes], parent: Path, name: str) -> Path:
    """Write `documents` into a new folder `name` (or `name-2` …) below `parent`, whole or not at all, for their owner only."""
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _remove_forsaken(parent)
    temporary = Path(tempfile.mkdtemp(prefix=DRAFT, dir=parent))  # made readable by its owner only
    try:
        write_documents(documents, temporary)
        folder = _settle(temporary, parent, name)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    keep_renames(parent)
    return folder


def _remove_forsaken(parent: Path) -> None:
    """Half a folder of a process that was killed holds names as a whole one does; half a `latest` is only in the way."""
    for draft in (*parent.glob(f"{DRAFT}*"), *parent.glob(f".{LATEST}-*")):
        with contextlib.suppress(OSError):
            if time.time() - draft.stat().st_mtime > FORSAKEN:
                shutil.rmtree(draft) if draft.is_dir() else draft.unlink()


def write_documents(documents: dict[str, bytes], folder: Path) -> None:
    """New files below `folder`, for their owner only, on the disk when this returns; an existing file is an error.

    Of an attempt that fails nothing is left; a folder that was there stays.
    """
    made = [each for each in (folder, *folder.parents) if not each.exists()][::-1]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in documents.items():
            if not (folder / name).parent.exists():
                made.append((folder / name).parent)
                made[-1].mkdir(mode=0o700)
            write_private(folder / name, content)
            made.append(folder / name)
    except BaseException:
        for each in reversed(made):
            with contextlib.suppress(OSError):
                each.rmdir() if each.is_dir() else each.unlink()
        raise
    keep_renames(folder)


def folder_name(run: Run) -> str:
    """Local time of the start and the first 8 signs of the run's hash: `2026-03-01_14-05-09_0a1b2c3d`."""
    return f"{run.started:%Y-%m-%d_%H-%M-%S}_{run.id.removeprefix('R-')[:HASH_SIGNS]}"


def write_private(path: Path, content: bytes) -> None:
    """A new file that only its owner can read, on the disk when this returns; an existing file is an error."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:  # a full disk, Ctrl-C: half a document would be taken for one
        path.unlink(missing_ok=True)
        raise


def replace_text(path: Path, text: str) -> None:
    """Put `text` in place of a file at once: a reader sees the old or the new, never half of it."""
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    temporary.unlink(missing_ok=True)
    try:
        write_private(temporary, text.encode("utf-8"))
        put_in_place(temporary, path)
    except BaseException:  # Ctrl-C
        temporary.unlink(missing_ok=True)
        raise


def _settle(temporary: Path, reports_dir: Path, name: str) -> Path:
    """Rename to `name`, or `name-2` and on where that is taken. Renaming onto a folder with files fails on every system."""
    number = 1
    while True:
        folder = reports_dir / (name if number == 1 else f"{name}-{number}")
        number += 1
        if folder.exists():
            continue
        try:
            _rename(temporary, folder)
        except OSError:
            if not folder.exists():
                raise
            continue
        return folder


def _rename(temporary: Path, folder: Path) -> None:
    """Windows refuses it while a virus scanner looks at what was just written."""
    for wait in WAITS:
        with contextlib.suppress(PermissionError):
            temporary.rename(folder)
            return
        time.sleep(wait)
    temporary.rename(folder)
