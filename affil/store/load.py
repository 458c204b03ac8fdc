"""Files into the store: each file in its own transaction, the same bytes only once, a broken one told and passed over."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from affil.errors import InputError, is_interruption
from affil.ingest.inputs import InputFile
from affil.ingest.recognise import reader_for
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Reject, Sink
from affil.store.store import Store

SOURCE_ID_DIGITS = 16
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file, as `affil load --json` reports it."""

    file: str
    source_id: str
    kind: str
    taken: dict[str, int]
    rejected: int
    skipped: bool
    notes: tuple[str, ...] = ()


def load_files(store: Store, files: Iterable[InputFile], now: dt.datetime, told: Callable[[Loaded], None]) -> list[Loaded]:
    """Load every file, in the order given, as one batch; `told` hears of each as it is done.

    A file whose bytes are in the store already is skipped. A file that cannot be read is remembered with its reason
    and never stops the others.
    """
    row = store.sql("SELECT coalesce(max(batch), 0) + 1 FROM source").fetchone()
    batch = int(row[0]) if row else 1
    loaded = []
    for file in files:
        result = _load(store, file, batch, now)
        told(result)
        loaded.append(result)
    return loaded


def _load(store: Store, file: InputFile, batch: int, now: dt.datetime) -> Loaded:
    try:
        digest = _sha256(file)
    except (OSError, InputError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return _refused(store, file, _digest_of_name(file), batch, now, Reject("unreadable_file", params={"why": why}))
    source_id = digest[:SOURCE_ID_DIGITS]
    known = store.sql("SELECT kind, taken, rejected FROM source WHERE source_id = ?", [source_id]).fetchone()
    if known:
        return Loaded(file.name, source_id, known[0], json.loads(known[1]), known[2], skipped=True)
    reader = None
    try:
        reader = reader_for(file)
        if reader is None:
            return _refused(store, file, digest, batch, now, Reject("not_recognised" if file.head(1) else "empty_file"))
        with store.transaction():
            sink = Sink(lambda table, rows: store.append(table, [{"source_id": source_id, **row} for row in rows]))
            reader.read(file, sink)
            sink.close()
            _remember(store, file, digest, reader.kind, batch, now, sink)
    except FileRefusedError as error:
        return _refused(store, file, digest, batch, now, error.reject)
    except InputError as error:
        return _refused(store, file, digest, batch, now, Reject("unreadable_file", params={"why": str(error)}))
    except (KeyboardInterrupt, MemoryError):
        raise
    except Exception as error:  # a reader must not fall over; when it does, the other files still count
        if is_interruption(error):
            raise
        return _refused(
            store, file, digest, batch, now, Reject("reader_failed", params={"why": f"{type(error).__name__}: {error}"})
        )
    return Loaded(
        file.name, source_id, reader.kind, dict(sink.taken), _rows_rejected(sink.rejects), skipped=False, notes=tuple(sink.notes)
    )


def _digest_of_name(file: InputFile) -> str:
    """What stands for the hash of a file whose bytes cannot be had."""
    return hashlib.sha256(file.name.encode()).hexdigest()


def _sha256(file: InputFile) -> str:
    digest = hashlib.sha256()
    with file.open() as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _rows_rejected(rejects: list[Reject]) -> int:
    return sum(not reject.row_taken for reject in rejects)


def _refused(store: Store, file: InputFile, digest: str, batch: int, now: dt.datetime, reject: Reject) -> Loaded:
    sink = Sink(lambda table, rows: None)
    sink.reject(reject)
    with store.transaction():
        _remember(store, file, digest, "unreadable", batch, now, sink)
    return Loaded(file.name, digest[:SOURCE_ID_DIGITS], "unreadable", {}, 1, skipped=False)


def _remember(store: Store, file: InputFile, digest: str, kind: str, batch: int, now: dt.datetime, sink: Sink) -> None:
    source_id = digest[:SOURCE_ID_DIGITS]
    source: dict[str, Any] = {
        "source_id": source_id, "sha256": digest, "file": file.name, "kind": kind, "batch": batch, "loaded_at": now,
        "taken": json.dumps(dict(sink.taken), sort_keys=True), "rejected": _rows_rejected(sink.rejects),
        "notes": json.dumps(sink.notes, ensure_ascii=False),
    }  # fmt: skip
    for again in (source_id, _digest_of_name(file)[:SOURCE_ID_DIGITS]):  # what another program held open once can be read now
        store.sql("DELETE FROM source WHERE source_id = ?", [again])
        store.sql("DELETE FROM reject WHERE source_id = ?", [again])
    store.append("source", [source])
    store.append(
        "reject",
        [
            {
                "source_id": source_id, "sheet": reject.sheet, "row_no": reject.row, "column_name": reject.column,
                "value": reject.value, "reason": reject.reason,
                "params": json.dumps(dict(reject.params), ensure_ascii=False, sort_keys=True), "row_taken": reject.row_taken,
            }
            for reject in sink.rejects
        ],
    )  # fmt: skip
