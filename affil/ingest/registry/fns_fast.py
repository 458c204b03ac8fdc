"""Registry files too large to be read by one parser in one process: record by record, on all cores, with the same rows."""

from __future__ import annotations

import codecs
from collections import deque

from affil.ingest.formats.xml_pieces import IrregularError, pieces
from affil.ingest.formats.xml_text import Encoding
from affil.ingest.inputs import InputFile
from affil.ingest.registry.fns_batch import Batch, Job, Places, batch
from affil.ingest.registry.fns_helpers import Helpers, Waiting
from affil.ingest.registry.fns_records import TAKE
from affil.model.records import Sink

HELPED_FROM = 8 << 20  # bytes; helpers take a third of a second to start

# Every sign of markup is one byte in these, and no part of another sign.
_PLAIN = frozenset(codecs.lookup(name).name for name in ("utf-8", "windows-1251", "ascii"))
MOST_WAITING = 8  # batches whose rows are held until those before them are there


def take_fast(file: InputFile, encoding: Encoding, places: Places, sink: Sink) -> int | None:
    """Push the records of the file; None where that was all, else the number of those taken: the others are for the parser."""
    name = _plain(encoding.actual or encoding.declared)
    size = _size(file)
    if name is None:
        return 0
    with Helpers(size if size >= HELPED_FROM else 0) as helpers:
        return _Course(file, name, places, sink, helpers).run()


def _plain(encoding: str | None) -> str | None:
    try:
        name = codecs.lookup(encoding or "").name
    except LookupError:
        return None
    return name if name in _PLAIN else None


def _size(file: InputFile) -> int:
    if file.data is not None:
        return len(file.data)
    return file.path.stat().st_size if file.path else 0


class _Course:
    """One file from its first record to its last; batches are done in any order and taken in theirs."""

    def __init__(self, file: InputFile, encoding: str, places: Places, sink: Sink, helpers: Helpers) -> None:
        self.file, self.encoding, self.places, self.sink, self.helpers = file, encoding, places, sink, helpers
        self.waiting: deque[tuple[Job, Waiting | Batch]] = deque()
        self.given = 0

    def run(self) -> int | None:
        """See `take_fast`."""
        path = self.file.path if self.file.data is None else None
        try:
            with self.file.open() as stream:
                for each in pieces(stream, self.encoding, tuple(TAKE)):
                    job = Job(each.data, each.start, each.spans, self.encoding, path)
                    self.waiting.append((job, self.helpers.ask(job) or batch(job)))
                    self._take_done()
        except IrregularError:
            self._take_all()
            return self.given
        return None if self._take_all() else self.given

    def _take_done(self) -> None:
        """Take what is done of those in front; where too many wait, wait for the first."""
        while self.waiting and (len(self.waiting) > MOST_WAITING or _is_done(self.waiting[0][1])):
            self._take_first()

    def _take_all(self) -> bool:
        while self.waiting:
            try:
                self._take_first()
            except IrregularError:
                return False
        return True

    def _take_first(self) -> None:
        job, found = self.waiting.popleft()
        done = found if isinstance(found, Batch) else found.batch() or batch(job)
        # Rare: a record that comes again is numbered in the order of the file.
        if len(set(done.places)) < len(done.places) or self.places.repeats(done.places):
            done = batch(job, self.places)
        else:
            self.places.add(done.places)
        for table, rows in done.rows.items():
            self.sink.extend(table, rows)
        self.sink.taken.update(done.taken)
        for reject in done.rejects:
            self.sink.reject(reject)
        self.given += len(done.places)
        if not done.whole:
            self.waiting.clear()
            raise IrregularError


def _is_done(found: Waiting | Batch) -> bool:
    return isinstance(found, Batch) or found.is_done()
