"""Connections of DuckDB to the store's file, plain or encrypted; and why there is none, in one line for people."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from affil.bound import quoted
from affil.errors import StoreError
from affil.store.key import Key
from affil.words import Words

PRIVATE = 0o077  # what others may: nothing
CATALOG = "store"
_HEAD = 28

# No extension is fetched and no address is opened: the store works with what is on the machine. Every batch is cast from text,
# so that no type need be guessed from the values of each of its columns.
_CONFIG = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "pandas_analyze_sample": "0"}
_CLOSED = {"enable_external_access": "false"}


class StoreHeldError(StoreError):
    """Another process has the store open."""


@contextmanager
def for_owner_only() -> Iterator[None]:
    """What is made inside it is its owner's from the first byte; on Windows the rights of the folder hold instead."""
    before = os.umask(PRIVATE)
    try:
        yield
    finally:
        os.umask(before)


def in_memory() -> duckdb.DuckDBPyConnection:
    """A database in memory; it takes nothing to the disk, for nobody would encrypt it there."""
    connection = beside()
    connection.execute("SET enable_external_access = false")  # in one go with the other DuckDB sets them in no certain order
    return connection


def connected(path: Path | None, key: Key | None, words: Words) -> duckdb.DuckDBPyConnection:
    """The file at `path`, made where there is none, None: one in memory. With a key all that goes to the disk is encrypted.

    Raises `StoreError`, and `StoreHeldError` where another process holds the file.
    """
    try:
        with for_owner_only():
            if path is None:
                return duckdb.connect(":memory:", config={**_CONFIG, **_CLOSED})
            return duckdb.connect(str(path), config={**_CONFIG, **_CLOSED}) if key is None else _encrypted(path, key, words)
    except duckdb.Error as error:
        raise _why_not_open(path, key, error, words) from error


def _encrypted(path: Path, key: Key, words: Words) -> duckdb.DuckDBPyConnection:
    connection = with_cryptography(words)
    try:
        connection.execute(f"SET temp_directory = {quoted(f'{path}.tmp')}")
        attach(connection, path, CATALOG, key)
        connection.execute(f"USE {CATALOG}")
        connection.execute("SET enable_external_access = false")
    except BaseException:
        connection.close()
        raise
    return connection


def is_encrypted(path: Path) -> bool:
    """What the head of a store's file says of it (DuckDB's main header: checksum, «DUCK», version, flags)."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return head[8:12] == b"DUCK" and bool(int.from_bytes(head[20:28], "little") & 1)


def beside() -> duckdb.DuckDBPyConnection:
    """A database in memory that files can be opened beside, for copying one to another; it takes nothing else to the disk."""
    return duckdb.connect(":memory:", config={**_CONFIG, "temp_directory": ""})


def with_cryptography(words: Words) -> duckdb.DuckDBPyConnection:
    """A database in memory that can open and write encrypted files; its temporary files are encrypted too."""
    connection = beside()
    try:
        connection.execute(f"LOAD {quoted(str(_extension(words)))}")
        connection.execute("SET temp_file_encryption = true")
    except duckdb.Error as error:
        connection.close()
        raise StoreError(words("store.key.no_extension", version=duckdb.__version__)) from error
    return connection


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str, key: Key | None, read_only: bool = False) -> None:
    """Open a file beside what is open, under a name. The key is bound, so that it is in no statement an error could quote."""
    options = [*(["READ_ONLY"] if read_only else []), *(["ENCRYPTION_KEY $key"] if key else [])]
    how = f" ({', '.join(options)})" if options else ""
    secret = key.for_duckdb() if key else ""
    try:
        connection.execute(f"ATTACH {quoted(str(path))} AS {name}{how}", {"key": secret} if key else {})
    except duckdb.Error as error:
        if secret and secret in str(error):
            raise duckdb.Error("the key was refused") from None  # not told by what: the text has the key
        raise


def _extension(words: Words) -> Path:
    """DuckDB writes encrypted files by the OpenSSL of this extension only; it comes as a package of its own."""
    found = importlib.util.find_spec("duckdb_extension_httpfs")
    for folder in found.submodule_search_locations or () if found else ():
        file = Path(folder) / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
        if file.is_file():
            return file
    raise StoreError(words("store.key.no_extension", version=duckdb.__version__))


def _why_not_open(path: Path | None, key: Key | None, error: duckdb.Error, words: Words) -> StoreError:
    """Windows and POSIX name a store that another process holds in different words."""
    cause = str(error).splitlines()[0]
    low = cause.lower()
    if is_held(error):
        return StoreHeldError(words("workspace.store.held", path=path))
    if "wrong encryption key" in low and key:
        return StoreError(words("store.key.wrong", path=path, source=key.source))
    if "without a key" in low:
        return StoreError(words("store.key.missing", path=path))
    if "is not encrypted" in low and key:
        return StoreError(words("store.key.plain", path=path, source=key.source))
    if any(sign in low for sign in ("permission denied", "access is denied", "read-only")):
        return StoreError(words("workspace.store.no_rights", path=path))
    if why := full_disk(error, words):
        return StoreError(why)
    return StoreError(words("workspace.store.broken", path=path, cause=cause))


def is_held(error: BaseException) -> bool:
    """True where DuckDB says that another process has the file."""
    text = str(error).lower()
    return any(sign in text for sign in ("could not set lock", "conflicting lock", "being used by another process"))


def full_disk(error: BaseException, words: Words) -> str | None:
    """That the disk is full, in one line; None where the error tells something else."""
    signs = ("no space left", "disk full", "not enough space", "file too large", "disk quota")
    if not any(sign in str(error).lower() for sign in signs):
        return None
    return words("workspace.store.full", cause=str(error).splitlines()[0])
