"""Files that name a person: in the inbox, in folders of runs, among letters and reports, copies of the store."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from affil.bound import without_pandas
from affil.errors import InputError
from affil.ingest.files import files_in
from affil.ingest.formats.csvfile import encoding_of_file
from affil.ingest.formats.docx_text import DocTable, word_text
from affil.ingest.formats.workbook import is_workbook, sheets
from affil.ingest.inputs import InputFile
from affil.ingest.values.cells import shown
from affil.resolve.take_out import Quoting
from affil.store.connect import beside
from affil.store.encrypt import backups_of

MOST_TEXT = 64 * 1024 * 1024
# Public registers are no copies of what was held about him; pictures and programs have no text.
_NO_TEXT = {".xml", ".pdf", ".duckdb", ".wal", ".png", ".jpg", ".jpeg", ".gif"}
PARQUET, GEXF = ".parquet", ".gexf"  # exported tables; a graph whose names stand inside its tags
_TAGS = re.compile(r"<[^>]*>")
OF_A_RUN = ("findings.json", "coverage.csv", "not_determinable.csv", "rejects.csv", "manifest.json")


@dataclass(frozen=True, slots=True)
class Copies:
    """Paths below the workspace. `inbox`: files as `load` calls them; `runs`: folders of runs; `written`: letters, reports on
    persons, exports and other files the program or the officer wrote there; `backups`: copies of the store.
    """

    inbox: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def copies_naming(root: Path, store: Path, quoting: Quoting) -> Copies:
    """What may still name these people in the workspace. A file that cannot be read is among `unread`."""
    unread: list[str] = []
    inbox = (
        [file.name for file in files_in([root / "inbox"], root) if _names(file, quoting, unread)]
        if (root / "inbox").is_dir()
        else []
    )
    runs = [one for one in _folders(root / "reports") if _run_names(root / "reports" / one, quoting, unread)]
    written = [file.name for file in _own_files(root, store) if _names(file, quoting, unread)]
    backups = tuple(path.name for path in backups_of(store))
    return Copies(tuple(sorted(inbox)), tuple(runs), tuple(sorted(written)), backups, tuple(sorted(unread)))


def deletable(root: Path, store: Path) -> list[str]:
    """Every file a destruction may delete, if it names anybody: below the workspace, with `/`."""
    return [*(file.name for file in _own_files(root, store)), *(path.name for path in backups_of(store))]


def text_of(file: InputFile) -> str:
    """The text of a file as its reader sees it; `OSError` or `InputError` where it cannot be read."""
    ending = Path(file.name.rpartition("!")[2]).suffix.lower()
    if ending in _NO_TEXT:
        return ""
    if ending == PARQUET:
        return _parquet_text(file)
    if is_workbook(file):
        return "\n".join("\t".join(shown(cell) for cell in row) for sheet in sheets(file) for row in sheet.rows)
    if file.head(4).startswith(b"PK\x03\x04"):
        return "\n".join(_block(block) for block in word_text(file).blocks)
    with file.open() as stream:
        text = stream.read(MOST_TEXT).decode(encoding_of_file(file), "replace")
    return _TAGS.sub(" ", text) if "<" in text and ending != GEXF else text


def _parquet_text(file: InputFile) -> str:
    """All values of a table that was exported."""
    if file.path is None:
        raise InputError(file.name)
    try:
        with without_pandas(), beside() as connection:
            rows = connection.execute("SELECT * FROM read_parquet(?)", [str(file.path)]).fetchall()
    except duckdb.Error as error:
        raise InputError(file.name) from error
    return "\n".join("\t".join(str(value) for value in row if value is not None) for row in rows)


def _block(block: object) -> str:
    if isinstance(block, DocTable):
        return "\n".join("\t".join(cell or "" for cell in row) for row in block.rows)
    return str(getattr(block, "text", ""))


def _names(file: InputFile, quoting: Quoting, unread: list[str]) -> bool:
    if quoting.found_in(file.name):
        return True
    try:
        return quoting.found_in(text_of(file))
    except (OSError, InputError):
        unread.append(file.name)
        return False


def _folders(reports: Path) -> list[str]:
    return sorted(one.name for one in reports.iterdir() if one.is_dir()) if reports.is_dir() else []


def _run_names(folder: Path, quoting: Quoting, unread: list[str]) -> bool:
    """By the machine copies: every document of a run is written from what they hold."""
    files = [folder / name for name in OF_A_RUN if (folder / name).is_file()]
    return any(_names(InputFile(f"{folder.name}/{path.name}", path), quoting, unread) for path in files)


def _own_files(root: Path, store: Path) -> Iterator[InputFile]:
    """Everything in the workspace that is neither inbox, run, form, rule nor store; hidden files too."""
    apart = {root / name for name in ("inbox", "reports", "templates", "rules")}
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if here / name not in apart)
        for name in sorted(files):
            path = here / name
            if path.is_file() and not name.lstrip(".").startswith(store.name) and name != "affil.toml":
                yield InputFile(path.relative_to(root).as_posix(), path)
