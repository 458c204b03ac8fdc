"""Opening the store, writing records to it in bulk, and transactions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from affil.allocator import large_blocks_apart
from affil.bound import without_pandas
from affil.errors import StoreError
from affil.model.records import Columns
from affil.store.connect import connected, full_disk, in_memory
from affil.store.key import Key
from affil.store.migrate import MIGRATED_FROM, SCHEMA_VERSION, backed_up, migrate, schema_statements
from affil.words import Words

FEW = 500  # rows that are written as bound lists; more go through numpy, which is slow to import and quick to write
LITTLE_MEMORY = "96MB"
WORTH_IT_FOR_FEW = ("unused_columns", "column_lifetime", "filter_pushdown")
"""Of DuckDB's optimizers those that save more than they take where tables have a few rows: a column that nobody reads is made room for too."""

_KINDS: dict[str, dict[str, str]] = {}  # columns of the tables of schema.sql, by table


class Store:
    """One open store. `sql` runs a statement; `append` writes records in bulk; `transaction` makes a write whole or none."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, is_encrypted: bool = False) -> None:
        self.connection = connection
        self.is_encrypted = is_encrypted
        self._to_be_undone = False
        self._limit = ""

    @classmethod
    def open(
        cls, path: Path | None, lang: str = "ru", key: Key | None = None, told: Callable[[str], None] = lambda _: None
    ) -> Store:
        """The store at `path`, made where there is none, encrypted with `key`; None gives one in memory. `lang` is for messages.

        One of the version before is made one of this; `told` hears where the copy of the old file lies. Raises `StoreError` where
        the file is no store, is of another version or key, `StoreHeldError` where another process holds it.
        """
        words = Words(lang)
        store = cls._opened(path, key, words)
        if path is not None and store.version() == MIGRATED_FROM:
            store.close()
            backup = backed_up(path, MIGRATED_FROM, words)
            store = cls._opened(path, key, words)
            with store.closed_on_error():
                if store.version() == MIGRATED_FROM:
                    migrate(store, words)
                    told(words("store.migrate.done", version=SCHEMA_VERSION, backup=backup))
        with store.closed_on_error():
            store._must_be_of_this_version(words)
        return store

    @classmethod
    def _opened(cls, path: Path | None, key: Key | None, words: Words) -> Store:
        store = cls(connected(path, key, words), is_encrypted=path is not None and key is not None)
        with store.closed_on_error():
            if path is not None:
                with suppress(OSError):  # a file made before it was private from its first byte, or somebody else's
                    path.chmod(0o600)
            store._make_tables()
        return store

    @classmethod
    def scratch(cls) -> Store:
        """A store in memory without the product's tables, for what is worked out from tables of its own."""
        return cls(in_memory())

    @contextmanager
    def closed_on_error(self) -> Iterator[None]:
        """Where something fails inside it the file is given free."""
        try:
            yield
        except BaseException:
            self.close()
            raise

    def _make_tables(self) -> None:
        """An empty DuckDB file is a store whose making was cut short before its first transaction."""
        if self.sql("SELECT 1 FROM information_schema.tables LIMIT 1").fetchone():
            return
        with self.transaction():
            for _, statement in schema_statements().values():
                self.connection.execute(statement)
            self.sql("INSERT INTO meta VALUES ('schema_version', ?)", [SCHEMA_VERSION])

    def version(self) -> str | None:
        """The version of its tables as it is written in it; None where the file is no store of ours."""
        try:
            row = self.sql("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
        except duckdb.Error:
            return None
        return str(row[0]) if row else "?"

    def _must_be_of_this_version(self, words: Words) -> None:
        found = self.version()
        if found is None:
            raise StoreError(words("workspace.store.foreign"))
        if found != SCHEMA_VERSION:
            older = found.isdigit() and int(found) < int(SCHEMA_VERSION)
            raise StoreError(words(f"store.version.{'older' if older else 'newer'}", found=found, known=SCHEMA_VERSION))

    def with_one_thread(self) -> Store:
        """The same store for many small questions: to share each of them out takes longer than to answer it."""
        self.connection.execute("SET threads = 1")
        return self

    def with_few_rows(self) -> Store:
        """The same store for tables of a few rows: with one thread, and planned with no more than pays there."""
        kept = ", ".join(f"'{name}'" for name in WORTH_IT_FOR_FEW)
        ((left_out,),) = self.sql(f"SELECT string_agg(name, ',') FROM duckdb_optimizers() WHERE name NOT IN ({kept})").fetchall()
        self.connection.execute(f"SET disabled_optimizers = '{left_out}'")
        return self.with_one_thread()

    def close(self) -> None:
        """Close the file; the store cannot be used after that."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sql(self, statement: str, parameters: Sequence[object] | Mapping[str, object] | None = None) -> duckdb.DuckDBPyConnection:
        """Run one statement with bound parameters; fetch from what it returns before the next one."""
        with without_pandas():
            return self.connection.execute(statement, parameters)

    def script(self, file: Path, given: Mapping[str, object] | None = None) -> None:
        """Run the statements of a file of SQL, each ended by `;` at the end of a line, each with what it names of `given`."""
        for statement in file.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                self.sql(statement, {name: value for name, value in (given or {}).items() if f"${name}" in statement} or None)

    def rows(self, statement: str, parameters: Sequence[object] | Mapping[str, object] | None = None) -> list[dict[str, Any]]:
        """All rows of a query as dictionaries, in the order the query gives."""
        cursor = self.sql(statement, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside it are kept together or not at all; inside `undone` they go with all else."""
        if self._to_be_undone:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            with suppress(duckdb.Error):  # a store that has failed takes no word any more; what failed is what to tell
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    @contextmanager
    def in_little_memory(self) -> Iterator[None]:
        """Inside it the store goes to the disk with what is not kept yet, a large file's rows, instead of holding it in memory.

        It works with one thread there: a batch is no work for two, and the reader of the file needs the other core.
        """
        large_blocks_apart()
        if not self._limit:  # asked once: what is told is rounded down
            self._limit = str(self.sql("SELECT current_setting('memory_limit')").fetchall()[0][0])
        threads = self.sql("SELECT current_setting('threads')").fetchall()[0][0]
        try:
            self.connection.execute(f"SET memory_limit = '{LITTLE_MEMORY}'; SET threads = 1")
            yield
        finally:
            with self.connection.cursor() as beside:  # a transaction that has failed takes no word
                # RESET of DuckDB 1.5 tells so and does not do it
                beside.execute(f"SET memory_limit = '{self._limit}'; SET threads = {threads}")

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is written inside it can be read inside it and is never kept: the file stays as it was."""
        self.connection.execute("BEGIN")
        self._to_be_undone = True
        try:
            yield
        finally:
            self._to_be_undone = False
            self.connection.execute("ROLLBACK")

    def _kinds(self, table: str) -> dict[str, str]:
        """Type of each column of a table; a store of this version has the same ones as every other."""
        if table not in _KINDS:
            _KINDS[table] = {name: kind for name, kind, *_ in self.sql(f"DESCRIBE {table}").fetchall()}
        return _KINDS[table]

    def append(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write records to `table` in bulk; a column a record lacks becomes NULL, an unknown column is a `KeyError`."""
        if not rows:
            return
        kinds = self._kinds(table)
        used = sorted({name for row in rows for name in row})
        unknown = [name for name in used if name not in kinds]
        if unknown:
            raise KeyError(f"table {table} has no column {', '.join(unknown)}")
        self.insert(table, used, [[_plain(row.get(name)) for row in rows] for name in used], [kinds[name] for name in used])

    def insert(self, table: str, names: Sequence[str], columns: Sequence[list[Any]], kinds: Sequence[str]) -> None:
        """Write whole columns of plain values; text is cast to the column's type (row by row would be 100 × slower)."""
        listed = ", ".join(names)
        if columns and len(columns[0]) <= FEW:
            casts = ", ".join(f"CAST(unnest(CAST(? AS VARCHAR[])) AS {kind})" for kind in kinds)
            self.sql(f"INSERT INTO {table} ({listed}) SELECT {casts}", [_texts(values) for values in columns])
            return
        import numpy as np  # slow to import, needed only where much is written

        batch = {name: np.array(values, dtype=object) for name, values in zip(names, columns, strict=True)}
        self.connection.register("_batch", batch)
        try:
            casts = ", ".join(f'CAST("{name}" AS {kind})' for name, kind in zip(names, kinds, strict=True))
            self.connection.execute(f"INSERT INTO {table} ({listed}) SELECT {casts} FROM _batch")
        finally:
            self.connection.unregister("_batch")

    def append_columns(self, table: str, columns: Columns, constants: Mapping[str, str]) -> None:
        """Write records that come as typed columns; `constants` are texts that every one of them has besides."""
        self.connection.register("_columns", _Stream(columns))
        try:
            kinds = self._kinds(table)
            names = list(columns.columns)
            unknown = [name for name in [*names, *constants] if name not in kinds]
            if unknown:
                raise KeyError(f"table {table} has no column {', '.join(unknown)}")
            casts = ", ".join(["CAST(? AS VARCHAR)"] * len(constants) + [f'CAST("{name}" AS {kinds[name]})' for name in names])
            self.sql(
                f"INSERT INTO {table} ({', '.join([*constants, *names])}) SELECT {casts} FROM _columns", list(constants.values())
            )
        finally:
            self.connection.unregister("_columns")

    def temporary(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """A temporary table for the length of this run, made from rows of plain values; replaces one of that name."""
        declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        self.connection.execute(f"CREATE OR REPLACE TEMPORARY TABLE {table} ({declared})")
        values = [[_plain(value) for value in column] for column in zip(*rows, strict=True)]
        if values:
            self.insert(table, list(columns), values, list(columns.values()))


class _Stream:
    """Nothing but the Arrow stream of columns: DuckDB does not take a relation of another connection as what it is."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._columns.__arrow_c_stream__(requested_schema)


def _texts(values: Sequence[Any]) -> list[str | None]:
    return [None if value is None else str(value) for value in values]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value


# What no file can be blamed for: the disk is full, memory is out, the store has failed.
_FAILURES = (
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.TransactionException,
)


def is_store_failure(error: BaseException) -> bool:
    """True where the store itself cannot go on, whatever it was given."""
    return isinstance(error, _FAILURES)


def why_store_failed(error: BaseException, words: Words) -> str | None:
    """A failure of the store in one line for people; None where the error is another."""
    if not is_store_failure(error):
        return None
    return full_disk(error, words) or words("workspace.store.failed", cause=str(error).splitlines()[0])
