"""A store of an older version made one of this: in one transaction, with a copy of the file beside it first."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from affil.errors import StoreError
from affil.words import Words

if TYPE_CHECKING:
    from affil.store.store import Store

SCHEMA_VERSION = "5"
MIGRATED_FROM = "4"  # the oldest that is; older ones were never in anybody's hands
OLD_HEAD = "decision_head_v4"
_SCHEMA = Path(__file__).parent / "schema.sql"
_MADE = re.compile(r"^CREATE (TABLE|VIEW) (\w+)", re.MULTILINE)
_ENDED = re.compile(r";[ \t]*(?:--[^\n]*)?\n")
_BEGINNING = "0" * 64
_TRIES = 3

Row = dict[str, Any]


def schema_statements() -> dict[str, tuple[str, str]]:
    """Of each table and view of this version its kind, `TABLE` or `VIEW`, and the statement that makes it, in order."""
    statements = {}
    for statement in _ENDED.split(_SCHEMA.read_text(encoding="utf-8")):
        if made := _MADE.search(statement):
            statements[made[2]] = made[1], statement[made.start() :]
    return statements


def backed_up(path: Path, version: str, words: Words, today: dt.date | None = None) -> Path:
    """A copy of the closed file beside it, for its owner only, whole or not there; raises `StoreError`.

    Another process may open the store meanwhile: a copy is taken for whole only where the file is as it was before.
    """
    day = today or dt.date.today()
    draft = path.with_name(f".{path.name}.v{version}-backup.part")
    try:
        for _ in range(_TRIES):
            before = _stamp(path)
            _copied(path, draft)
            if _stamp(path) == before and not path.with_name(f"{path.name}.wal").exists():
                backup = _free(path.with_name(f"{path.name}.v{version}-backup-{day.isoformat()}"))
                os.replace(draft, backup)
                return backup
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise StoreError(words("store.migrate.no_backup", path=path, cause=error.strerror or error)) from error
    draft.unlink(missing_ok=True)
    raise StoreError(words("workspace.store.held", path=path))


def _stamp(path: Path) -> tuple[int, int, int]:
    told = path.stat()
    return told.st_mtime_ns, told.st_size, told.st_ino


def _copied(path: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with path.open("rb") as old, os.fdopen(handle, "wb") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        new.flush()
        os.fsync(new.fileno())


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def migrate(store: Store, words: Words) -> None:
    """Make the open store one of this version, in one transaction; raises `StoreError` where its log of decisions is not whole."""
    decisions = store.rows("SELECT * FROM decision ORDER BY number, hash")
    chained = _chained_anew(decisions, words)
    with store.transaction():
        for (view,) in store.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
            store.sql(f'DROP VIEW "{view}"')
        store.sql("DROP TABLE decision")
        for name, (kind, statement) in schema_statements().items():
            if kind == "VIEW" or not _has(store, name):
                store.sql(statement)
            else:
                _renew(store, name, statement)
        store.append("decision", chained)
        if decisions:
            store.sql("INSERT OR REPLACE INTO meta VALUES (?, ?)", [OLD_HEAD, decisions[-1]["hash"]])
        store.sql("UPDATE meta SET value = ? WHERE key = 'schema_version'", [SCHEMA_VERSION])


def _has(store: Store, table: str) -> bool:
    found = "SELECT 1 FROM duckdb_tables() WHERE table_name = ? AND NOT temporary"
    return store.sql(found, [table]).fetchone() is not None


def _renew(store: Store, table: str, statement: str) -> None:
    """Make a table anew where its columns are others: a run's hash counts their order, so none may be put behind the last."""
    before = store.sql(f"DESCRIBE {table}").fetchall()
    store.sql(statement.replace(f"CREATE TABLE {table}", "CREATE OR REPLACE TEMPORARY TABLE _shape", 1))
    shape = store.sql("DESCRIBE temp._shape").fetchall()
    store.sql("DROP TABLE temp._shape")
    if [column[:3] for column in before] == [column[:3] for column in shape]:
        return
    store.sql(f"CREATE OR REPLACE TEMPORARY TABLE _kept AS FROM {table}")
    store.sql(f"DROP TABLE {table}")
    store.sql(statement)
    named = ", ".join(f'"{name}"' for name in (column[0] for column in shape) if name in {column[0] for column in before})
    store.sql(f"INSERT INTO {table} ({named}) SELECT {named} FROM temp._kept")
    store.sql("DROP TABLE temp._kept")


def _chained_anew(decisions: Sequence[Row], words: Words) -> list[Row]:
    """The entries of version 4, whose hashes must hold, chained over digests of their texts."""
    was, previous = _BEGINNING, _BEGINNING
    chained = []
    for place, row in enumerate(decisions, start=1):
        text = _text_4(row)
        if (row["number"], row["previous"], row["hash"]) != (place, was, _sha256(f"{was}\n{text}")):
            raise StoreError(words("match.broken", number=place))
        was, digest = row["hash"], _sha256(text)
        hashed = _sha256(f"{previous}\n{digest}")
        chained.append({**row, "salt": "", "digest": digest, "previous": previous, "hash": hashed})
        previous = hashed
    return chained


def _text_4(row: Row) -> str:
    """What version 4 hashed of an entry. It stays as it was, whatever entries become."""
    return json.dumps(
        {
            "kind": row["kind"], "verdict": row["verdict"], "subject": row["subject"], "body": json.loads(row["body"]),
            "by": row["decided_by"], "on": row["decided_on"].isoformat(), "why": row["why"],
            "documents": json.loads(row["documents"]), "recorded_at": row["recorded_at"].isoformat(),
        },
        ensure_ascii=False, sort_keys=True,
    )  # fmt: skip


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
