"""The store's file made anew under another key, or under none: a copy beside it, verified, then put in its place."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import duckdb

from affil.errors import StoreError
from affil.store.connect import CATALOG, StoreHeldError, attach, beside, for_owner_only, is_held, with_cryptography
from affil.store.kept_renames import keep_renames
from affil.store.key import Key
from affil.store.replaced import rename_over
from affil.store.store import Store
from affil.words import Words

FRESH = "fresh"
_ZEROS = bytes(1 << 20)


class RewritingError(StoreError):
    """No copy could be put in the store's place, which is as it was; `cause` for a text that must say more than that."""

    def __init__(self, text: str, cause: str) -> None:
        super().__init__(text)
        self.cause = cause


def draft_of(path: Path) -> Path:
    """Where the copy is made."""
    return path.with_name(f".{path.name}.rewritten")


def remains_of(path: Path) -> Path:
    """The name of the old file while it is written over."""
    return path.with_name(f".{path.name}.old")


def backups_of(path: Path) -> list[Path]:
    """The copies that stood beside the store when it was made one of a newer version; they are as the store was then."""
    return sorted(path.parent.glob(f"{path.name}.v*-backup-*"))


def rewrite(path: Path, old: Key | None, new: Key | None, words: Words) -> None:
    """Put a copy of the store under the key `new` in its place; the old file is written over and deleted.

    The same key, or none twice, makes the file anew without what was deleted from it. Whatever stops it leaves one whole store. Raises `StoreError`; `StoreHeldError` where another process holds the store.
    """
    Store.open(path, words.lang, old).close()  # of this version, and nothing left in a log beside it
    try:
        with for_owner_only():
            _copy(path, draft_of(path), old, new, words)
    except duckdb.Error as error:
        cause = str(error).splitlines()[0]
        if is_held(error):
            raise StoreHeldError(words("workspace.store.held", path=path)) from error
        raise RewritingError(words("store.rewrite.failed", path=path, cause=cause), cause) from error


def tidy(path: Path) -> None:
    """Take away what a command that was cut short left: half a copy, the old file under its second name, what did not go into memory.

    Only for who holds the store, or is about to rewrite it.
    """
    _discard(draft_of(path))
    _wipe_old(path)
    spilled = path.with_name(f"{path.name}.tmp")  # DuckDB takes it away only where it goes to the disk again
    if spilled.is_dir():
        for file in spilled.iterdir():
            with contextlib.suppress(OSError):
                _wipe(file)
        with contextlib.suppress(OSError):
            spilled.rmdir()


def _wipe_old(path: Path) -> None:
    """The old file under its second name; where the store still is that very file, only the name is taken away."""
    remains = remains_of(path)
    with contextlib.suppress(FileNotFoundError):
        if remains.samefile(path):
            remains.unlink()
        else:
            _wipe(remains)


def _copy(path: Path, draft: Path, old: Key | None, new: Key | None, words: Words) -> None:
    """The source stays open, so that nobody writes to it, until the copy is in its place; Windows replaces no open file.

    It is open for writing, which one process alone can do: of two that rewrite it one would take the other's copy away.
    """
    connection = with_cryptography(words) if old or new else beside()
    try:
        attach(connection, path, CATALOG, old)
        tidy(path)
        _put(connection, path, draft, new, words)
    finally:
        connection.close()


def _put(connection: duckdb.DuckDBPyConnection, path: Path, draft: Path, new: Key | None, words: Words) -> None:
    """The copy of what is open, compared with it and in its place; where that fails no draft is left."""
    try:
        attach(connection, draft, FRESH, new)
        connection.execute(f"COPY FROM DATABASE {CATALOG} TO {FRESH}")
        connection.execute(f"DETACH {FRESH}")
        attach(connection, draft, FRESH, new)
        if _content(connection, CATALOG) != _content(connection, FRESH):
            raise RewritingError(words("store.rewrite.differs", path=path), words("store.rewrite.difference"))
        connection.execute(f"DETACH {FRESH}")
        _settled(draft)
        if os.name == "nt":
            connection.close()
        _replace(path, draft)
    except BaseException:
        _discard(draft)
        raise


def _content(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Any]:
    """Columns and constraints, and of each table and view the number of its rows and hashes over all of them.

    The text of a view is no sign: DuckDB tells the parts of one in any order.
    """
    shape = "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns()"
    constraints = "SELECT table_name, constraint_text FROM duckdb_constraints()"
    named = {"catalog": catalog}
    content: list[Any] = [
        connection.execute(f"{question} WHERE database_name = $catalog ORDER BY ALL", named).fetchall()
        for question in (shape, constraints)
    ]
    listed = """
        SELECT table_name AS name FROM duckdb_tables() WHERE database_name = $catalog
        UNION ALL SELECT view_name FROM duckdb_views() WHERE database_name = $catalog AND NOT internal ORDER BY name"""
    for (name,) in connection.execute(listed, named).fetchall():
        hashed = f"""
            SELECT count(*), sum(md5_number_lower(CAST(t AS VARCHAR))), bit_xor(md5_number_upper(CAST(t AS VARCHAR)))
            FROM {catalog}.{name} t"""
        content.append((name, connection.execute(hashed).fetchall()))
    return content


def _settled(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _replace(path: Path, draft: Path) -> None:
    """The copy takes the name at once; the old file keeps a second one as long as it takes to write it over."""
    with contextlib.suppress(OSError):  # a file system without second names: the old file is deleted as it is
        os.link(path, remains_of(path))
    rename_over(draft, path)
    keep_renames(path.parent)
    _wipe_old(path)


def _wipe(file: Path) -> None:
    """Write over a file and delete it; what a disk keeps of it elsewhere is beyond a program."""
    try:
        with file.open("rb+") as stream:
            left = os.fstat(stream.fileno()).st_size
            while left > 0:
                left -= stream.write(_ZEROS[:left])
            stream.flush()
            os.fsync(stream.fileno())
    finally:  # a full disk may have no room even for zeros
        file.unlink(missing_ok=True)


def _discard(draft: Path) -> None:
    for file in (draft, draft.with_name(f"{draft.name}.wal")):
        with contextlib.suppress(OSError):
            _wipe(file)
