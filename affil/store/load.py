"""Files into the store: each whole or not at all, the same bytes only once, a broken one told and passed over."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from affil.errors import InputError
from affil.ingest.inputs import InputFile, Reader
from affil.ingest.readers import OwnHeadings, reader_for, readers
from affil.model.grouped import grouped, told_notes
from affil.model.records import SOURCE_ID_DIGITS, Reject, Sink
from affil.store.loaded import Loaded
from affil.store.own_headings import Own
from affil.store.remove import remove_sources
from affil.store.seal import ChangedError, Seal, digest_of_name
from affil.store.store import Store
from affil.store.why_refused import why_refused, why_unreadable

TOGETHER = 1 << 19  # bytes of small files that are written in one transaction; a larger file has one of its own
MOST_TOGETHER = 500  # files, so that a load that is cut short has not much to do again

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that waits to be written: its rows by table, those of `source` and `reject` among them; none of a skipped file."""

    result: Loaded
    sha256: str
    rows: dict[str, list[Row]]


def load_files(
    store: Store, files: Iterable[InputFile], now: dt.datetime, told: Callable[[Loaded], None],
    among: Sequence[Reader] | None = None, own: OwnHeadings | None = None, named: Collection[str] = (),
    again: Collection[str] = (),
) -> list[Loaded]:  # fmt: skip
    """Load every file, in the order given, as one batch; `told` hears of each once it is in the store.

    `among`: the readers to ask, all of them where none are given; `own`: the headings a workspace has mapped, `[headings]` of
    affil.toml. A file whose bytes are in the store already is skipped, unless a heading of it means something else by now or its
    source id is among `again`; so is one that was forgotten, unless it is among the `named`. A file that cannot be read is remembered with its reason and never
    stops the others.
    """
    load = _Load(store, now, told, readers(own) if among is None else among, own or {}, named, again)
    for file in files:
        load.take(file)
    load.write_waiting()
    return load.done


class _Load:
    """Small files wait and are written several at once: five hundred extracts cost less than their transactions would."""

    def __init__(
        self, store: Store, now: dt.datetime, told: Callable[[Loaded], None], among: Sequence[Reader], own: OwnHeadings,
        named: Collection[str], again: Collection[str],
    ) -> None:  # fmt: skip
        self.store, self.now, self.told, self.among, self.named = store, now, told, among, named
        row = store.sql("SELECT coalesce(max(batch), 0) + 1 FROM source").fetchone()
        self.batch = int(row[0]) if row else 1
        self.batches = dict[str, int](store.sql("SELECT source_id, batch FROM source").fetchall())
        self.known = {
            row["source_id"]: Loaded(row["file"], row["source_id"], row["kind"], json.loads(row["taken"]), row["rejected"], True)
            for row in store.rows("SELECT source_id, file, kind, taken, rejected FROM source")
        }
        self.forgotten = dict[str, str](store.sql("SELECT source_id, file FROM forgotten").fetchall())
        self.own = Own(own)
        self.read_otherwise = self.own.read_otherwise(store) | set(again)
        self.again = set[str]()
        self.waiting = list[_Read]()
        self.bytes_waiting = 0
        self.done = list[Loaded]()

    def take(self, file: InputFile) -> None:
        """Read a file, and write it where it is large or enough others wait."""
        try:
            seal = Seal(file)
        except (OSError, InputError) as error:
            self._refuse_unread(file.name, why_unreadable(error))
            return
        source_id = seal.sha256[:SOURCE_ID_DIGITS]
        if self._is_skipped(file.name, source_id, seal.sha256):
            return
        if self.bytes_waiting + seal.size > TOGETHER or len(self.waiting) >= MOST_TOGETHER:
            self.write_waiting()
        self.bytes_waiting += seal.size
        try:
            reader = reader_for(file, self.among)
            if reader is None:
                seal.check()
                self._wait(self._refused(file.name, seal.sha256, Reject("not_recognised" if seal.size else "empty_file")))
            elif seal.size > TOGETHER:
                self._write_alone(file, seal, reader)
            else:
                self._read(file, seal, reader)
        except ChangedError:
            self._refuse_unread(file.name, Reject("file_changed"))
        except Exception as error:  # a reader must not fall over; when it does, the other files still count
            self._wait(self._refused(file.name, seal.sha256, why_refused(error)))

    def _is_skipped(self, name: str, source_id: str, sha256: str) -> bool:
        """True where the file needs no reading; it is told among the others, in its turn."""
        if self._is_forgotten(name, source_id, sha256):
            return True
        known = self.known.get(source_id)
        if known is None:
            return False
        if source_id in self.read_otherwise:
            self.read_otherwise.discard(source_id)
            self.again.add(source_id)
            return False
        same_as = known.file if known.file != name else ""
        self._wait(
            _Read(replace(known, file=name, skipped=True, same_as=same_as, why="same" if same_as else "", groups=()), sha256, {})
        )
        return True

    def _is_forgotten(self, name: str, source_id: str, sha256: str) -> bool:
        if source_id not in self.forgotten or name in self.named:
            return False
        same_as = self.forgotten[source_id]
        self.waiting.append(
            _Read(Loaded(name, source_id, "forgotten", {}, 0, True, same_as=same_as, why="forgotten"), sha256, {})
        )
        return True

    def _refuse_unread(self, name: str, reject: Reject) -> None:
        """Remember a file of which not one state of its bytes is known, under the hash of its name."""
        digest = digest_of_name(name)
        if not self._is_forgotten(name, digest[:SOURCE_ID_DIGITS], digest):
            self._wait(self._refused(name, digest, reject))

    def _read(self, file: InputFile, seal: Seal, reader: Reader) -> None:
        rows: dict[str, list[Row]] = defaultdict(list)
        sink = Sink(lambda table, batch: rows[table].extend(_of_source(seal.sha256, batch)), in_memory=self.store.is_encrypted)
        reader.read(file, sink)
        sink.close()
        seal.check()
        self._wait(self._with_source(file.name, seal.sha256, reader.kind, sink, rows))

    def _write_alone(self, file: InputFile, seal: Seal, reader: Reader) -> None:
        """A large file is written while it is read, so that its rows need not be in memory at once."""
        try:
            with self.store.transaction(), self.store.in_little_memory():
                read = self._written(file, seal, reader)
        except duckdb.OutOfMemoryException:  # little was too little for this file
            with self.store.transaction():
                read = self._written(file, seal, reader)
        self._tell(read)

    def _written(self, file: InputFile, seal: Seal, reader: Reader) -> _Read:
        source = {"source_id": seal.sha256[:SOURCE_ID_DIGITS]}
        self._remove([source["source_id"], digest_of_name(file.name)[:SOURCE_ID_DIGITS]])
        sink = Sink(
            lambda table, batch: self.store.append(table, _of_source(seal.sha256, batch)),
            lambda table, columns: self.store.append_columns(table, columns, source),
            in_memory=self.store.is_encrypted,
        )
        reader.read(file, sink)
        sink.close()
        seal.check()
        read = self._with_source(file.name, seal.sha256, reader.kind, sink, {})
        self._append([read])
        return read

    def write_waiting(self) -> None:
        """Write all files that wait in one transaction; where the store takes one of them ill, each by itself."""
        waiting, self.waiting, self.bytes_waiting = self.waiting, [], 0
        try:
            with self.store.transaction():
                self._put(waiting)
        except Exception as error:
            why_refused(error)
            waiting = [self._by_itself(one) for one in waiting]
        for one in waiting:
            self._tell(one)

    def _by_itself(self, read: _Read) -> _Read:
        try:
            with self.store.transaction():
                self._put([read])
        except Exception as error:
            read = self._refused(read.result.file, read.sha256, why_refused(error))
            with self.store.transaction():
                self._put([read])
        return read

    def _put(self, several: list[_Read]) -> None:
        fresh = [one for one in several if one.rows]
        # What another program held open once stands under the hash of its name; it can be read now.
        self._remove(
            [one_id for one in fresh for one_id in (one.result.source_id, digest_of_name(one.result.file)[:SOURCE_ID_DIGITS])]
        )
        self._append(fresh)

    def _remove(self, ids: list[str]) -> None:
        here = sorted({one for one in ids if one in self.batches})
        remove_sources(self.store, here)
        if self.forgotten.keys() & set(ids):
            self.store.sql("DELETE FROM forgotten WHERE source_id IN (SELECT unnest(?))", [sorted(set(ids))])

    def _append(self, several: list[_Read]) -> None:
        tables: dict[str, list[Row]] = defaultdict(list)
        for one in several:
            self.batches.setdefault(one.result.source_id, self.batch)
            for table, rows in one.rows.items():
                tables[table] += rows
        for table, rows in tables.items():
            self.store.append(table, rows)

    def _wait(self, read: _Read) -> None:
        self.waiting.append(read)
        self.known[read.result.source_id] = read.result

    def _tell(self, read: _Read) -> None:
        if read.result.why != "forgotten":
            self.known[read.result.source_id] = read.result
        self.told(read.result)
        self.done.append(read.result)

    def _refused(self, name: str, digest: str, reject: Reject) -> _Read:
        sink = Sink(lambda table, rows: None)
        sink.reject(reject)
        return self._with_source(name, digest, "unreadable", sink, {})

    def _with_source(self, name: str, digest: str, kind: str, sink: Sink, rows: dict[str, list[Row]]) -> _Read:
        """The file with its row of `source` and its rows of `reject` and `heading`."""
        source_id, rejected = digest[:SOURCE_ID_DIGITS], sink.rows_rejected
        notes = told_notes(sink.notes)
        result = Loaded(
            name, source_id, kind, dict(sink.taken), rejected, skipped=False, notes=tuple(notes),
            why="again" if source_id in self.again else "", groups=tuple(grouped(sink.rejects)),
        )  # fmt: skip
        source = {
            "source_id": result.source_id, "sha256": digest, "file": name, "kind": kind,
            "batch": self.batches.get(source_id, self.batch) if source_id in self.again else self.batch, "loaded_at": self.now,
            "taken": json.dumps(result.taken, sort_keys=True), "rejected": result.rejected,
            "notes": json.dumps(notes, ensure_ascii=False),
        }  # fmt: skip
        rejects = [_reject_row(result.source_id, reject) for reject in sink.rejects]
        headings = _of_source(digest, self.own.rows(sink.mapped, sink.rejects))
        return _Read(result, digest, {"source": [source], "reject": rejects, "heading": headings, **rows})


def _of_source(digest: str, rows: Iterable[Row]) -> list[Row]:
    return [{"source_id": digest[:SOURCE_ID_DIGITS], **row} for row in rows]


def _reject_row(source_id: str, reject: Reject) -> Row:
    return {
        "source_id": source_id, "sheet": reject.sheet, "row_no": reject.row, "column_name": reject.column,
        "value": reject.value, "reason": reject.reason,
        "params": json.dumps(dict(reject.params), ensure_ascii=False, sort_keys=True), "row_taken": reject.row_taken,
    }  # fmt: skip
