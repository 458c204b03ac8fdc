"""Files into the store: each whole or not at all, the same bytes only once, a broken one told and passed over."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from affil.errors import InputError, is_interruption
from affil.ingest.inputs import InputFile, Reader
from affil.ingest.readers import reader_for, readers
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Reject, Sink
from affil.store.store import Store

SOURCE_ID_DIGITS = 16
CHUNK = 1 << 20
TOGETHER = 1 << 19  # bytes of small files that are written in one transaction; a larger file has one of its own

Row = dict[str, Any]


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


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that waits to be written: its rows by table, those of `source` and `reject` among them; none of a skipped file."""

    result: Loaded
    sha256: str
    rows: dict[str, list[Row]]


def load_files(
    store: Store, files: Iterable[InputFile], now: dt.datetime, told: Callable[[Loaded], None],
    among: Sequence[Reader] | None = None,
) -> list[Loaded]:  # fmt: skip
    """Load every file, in the order given, as one batch; `told` hears of each once it is in the store.

    `among`: the readers to ask, all of them with the shipped headings where none are given. A file whose bytes are in the store already is skipped. A file that cannot be read is remembered with its reason
    and never stops the others.
    """
    load = _Load(store, now, told, readers() if among is None else among)
    for file in files:
        load.take(file)
    load.write_waiting()
    return load.done


class _Load:
    """Small files wait and are written several at once: five hundred extracts cost less than their transactions would."""

    def __init__(self, store: Store, now: dt.datetime, told: Callable[[Loaded], None], among: Sequence[Reader]) -> None:
        self.store, self.now, self.told, self.among = store, now, told, among
        row = store.sql("SELECT coalesce(max(batch), 0) + 1 FROM source").fetchone()
        self.batch = int(row[0]) if row else 1
        self.known = {
            row["source_id"]: Loaded(row["file"], row["source_id"], row["kind"], json.loads(row["taken"]), row["rejected"], True)
            for row in store.rows("SELECT source_id, file, kind, taken, rejected FROM source")
        }
        self.waiting = list[_Read]()
        self.bytes_waiting = 0
        self.done = list[Loaded]()

    def take(self, file: InputFile) -> None:
        """Read a file, and write it where it is large or enough others wait."""
        try:
            digest, size = _sha256(file)
        except (OSError, InputError) as error:
            self._wait(self._refused(file.name, _digest_of_name(file.name), _why_unreadable(error)))
            return
        known = self.known.get(digest[:SOURCE_ID_DIGITS])
        if known:
            self._wait(_Read(replace(known, file=file.name, skipped=True), digest, {}))
            return
        if self.bytes_waiting + size > TOGETHER:
            self.write_waiting()
        self.bytes_waiting += size
        try:
            reader = reader_for(file, self.among)
            if reader is None:
                self._wait(self._refused(file.name, digest, Reject("not_recognised" if size else "empty_file")))
            elif size > TOGETHER:
                self._write_alone(file, digest, reader)
            else:
                self._read(file, digest, reader)
        except Exception as error:  # a reader must not fall over; when it does, the other files still count
            self._wait(self._refused(file.name, digest, _why_refused(error)))

    def _read(self, file: InputFile, digest: str, reader: Reader) -> None:
        rows: dict[str, list[Row]] = defaultdict(list)
        sink = Sink(lambda table, batch: rows[table].extend(_of_source(digest, batch)))
        reader.read(file, sink)
        sink.close()
        self._wait(self._with_source(file.name, digest, reader.kind, sink, rows))

    def _write_alone(self, file: InputFile, digest: str, reader: Reader) -> None:
        """A large file is written while it is read, so that its rows need not be in memory at once."""
        with self.store.transaction():
            source = {"source_id": digest[:SOURCE_ID_DIGITS]}
            sink = Sink(
                lambda table, batch: self.store.append(table, _of_source(digest, batch)),
                lambda table, columns: self.store.append_columns(table, columns, source),
            )
            reader.read(file, sink)
            sink.close()
            read = self._with_source(file.name, digest, reader.kind, sink, {})
            self._put([read])
        self._tell(read)

    def write_waiting(self) -> None:
        """Write all files that wait in one transaction; where the store takes one of them ill, each by itself."""
        waiting, self.waiting, self.bytes_waiting = self.waiting, [], 0
        try:
            with self.store.transaction():
                self._put(waiting)
        except Exception as error:
            _why_refused(error)
            waiting = [self._by_itself(one) for one in waiting]
        for one in waiting:
            self._tell(one)

    def _by_itself(self, read: _Read) -> _Read:
        try:
            with self.store.transaction():
                self._put([read])
        except Exception as error:
            read = self._refused(read.result.file, read.sha256, _why_refused(error))
            with self.store.transaction():
                self._put([read])
        return read

    def _put(self, several: list[_Read]) -> None:
        fresh = [one for one in several if one.rows]
        # What another program held open once stands under the hash of its name; it can be read now.
        ids = {one_id for one in fresh for one_id in (one.result.source_id, _digest_of_name(one.result.file)[:SOURCE_ID_DIGITS])}
        for table in ("source", "reject"):
            self.store.sql(f"DELETE FROM {table} WHERE source_id IN (SELECT unnest(?))", [sorted(ids)])
        tables: dict[str, list[Row]] = defaultdict(list)
        for one in fresh:
            for table, rows in one.rows.items():
                tables[table] += rows
        for table, rows in tables.items():
            self.store.append(table, rows)

    def _wait(self, read: _Read) -> None:
        self.waiting.append(read)
        self.known[read.result.source_id] = read.result

    def _tell(self, read: _Read) -> None:
        self.known[read.result.source_id] = read.result
        self.told(read.result)
        self.done.append(read.result)

    def _refused(self, name: str, digest: str, reject: Reject) -> _Read:
        sink = Sink(lambda table, rows: None)
        sink.reject(reject)
        return self._with_source(name, digest, "unreadable", sink, {})

    def _with_source(self, name: str, digest: str, kind: str, sink: Sink, rows: dict[str, list[Row]]) -> _Read:
        """The file with its row of `source` and its rows of `reject`."""
        source_id, rejected = digest[:SOURCE_ID_DIGITS], _rows_rejected(sink.rejects)
        result = Loaded(name, source_id, kind, dict(sink.taken), rejected, skipped=False, notes=tuple(sink.notes))
        source = {
            "source_id": result.source_id, "sha256": digest, "file": name, "kind": kind, "batch": self.batch, "loaded_at": self.now,
            "taken": json.dumps(result.taken, sort_keys=True), "rejected": result.rejected,
            "notes": json.dumps(sink.notes, ensure_ascii=False),
        }  # fmt: skip
        rejects = [_reject_row(result.source_id, reject) for reject in sink.rejects]
        return _Read(result, digest, {"source": [source], "reject": rejects, **rows})


def _why_unreadable(error: OSError | InputError) -> Reject:
    """The reason where not even the bytes can be had."""
    if isinstance(error, FileRefusedError):
        return error.reject
    return Reject("unreadable_file", params={"why": getattr(error, "strerror", None) or str(error)})


def _why_refused(error: Exception) -> Reject:
    """The reason a person is told; an interruption, and a want of memory, are no fault of the file and go on."""
    if isinstance(error, MemoryError) or is_interruption(error):
        raise error
    if isinstance(error, FileRefusedError):
        return error.reject
    if isinstance(error, InputError):
        return Reject("unreadable_file", params={"why": str(error)})
    return Reject("reader_failed", params={"why": f"{type(error).__name__}: {error}"})


def _of_source(digest: str, rows: Iterable[Row]) -> list[Row]:
    return [{"source_id": digest[:SOURCE_ID_DIGITS], **row} for row in rows]


def _digest_of_name(name: str) -> str:
    """What stands for the hash of a file whose bytes cannot be had."""
    return hashlib.sha256(name.encode()).hexdigest()


def _sha256(file: InputFile) -> tuple[str, int]:
    """The hash of the bytes and their number."""
    digest, size = hashlib.sha256(), 0
    with file.open() as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _rows_rejected(rejects: list[Reject]) -> int:
    return sum(not reject.row_taken for reject in rejects)


def _reject_row(source_id: str, reject: Reject) -> Row:
    return {
        "source_id": source_id, "sheet": reject.sheet, "row_no": reject.row, "column_name": reject.column,
        "value": reject.value, "reason": reject.reason,
        "params": json.dumps(dict(reject.params), ensure_ascii=False, sort_keys=True), "row_taken": reject.row_taken,
    }  # fmt: skip
