"""Some records of a registry file into rows, at home or in a helper process: what both call, and what goes between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from affil.ingest.formats.xml_pieces import IrregularError, Span, Unread, element
from affil.ingest.registry.fns_records import LOGS, NEEDED, TAKE, registry_number
from affil.ingest.registry.fns_values import Element, local
from affil.model.records import Reject, Sink


@dataclass(frozen=True, slots=True)
class Job:
    """Records at `spans` of `data`: the file at `path` from byte `start` on. Without a path a helper is sent the data."""

    data: bytes
    start: int
    spans: tuple[Span, ...]
    encoding: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What the records gave: rows with their locators by table, counts, rejects, the place of each record.

    `whole` is false where a record is no element: then only those before it are here.
    """

    rows: dict[str, list[dict[str, Any]]]
    taken: dict[str, int]
    rejects: list[Reject]
    places: list[str]
    whole: bool


class Places:
    """The locators of the records of a file: one that comes again, an extract of another day, is told apart by '#2'."""

    def __init__(self) -> None:
        self._seen: set[int | str] = set()  # numbers take less than half the memory of their text, and a register has millions
        self._again: Counter[str] = Counter()

    def locator(self, place: str) -> str:
        """The place in words, with its number where it was there before."""
        if not self.repeats([place]):
            self._seen.add(_key(place))
            return place
        self._again[place] += 1
        return f"{place}#{self._again[place] + 1}"

    def repeats(self, places: list[str]) -> bool:
        """Whether one of them was there before."""
        return any(_key(place) in self._seen for place in places)

    def add(self, places: list[str]) -> None:
        """Places none of which was there before."""
        self._seen.update(map(_key, places))


def _key(place: str) -> int | str:
    _, _, number = place.rpartition(" ")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else place


def place_of(record: Element) -> str:
    """The record in words: its register number, or its element where it has none."""
    name, number = local(record), registry_number(record)
    return f"{TAKE[name][0]} {number}" if number else name


def take(record: Element, places: Places, sink: Sink) -> None:
    """Push what one record holds."""
    TAKE[local(record)][1](record, places.locator(place_of(record)), sink)


def batch(job: Job, places: Places | None = None) -> Batch:
    """The records of a job as rows; their places are numbered after `places`, or as if the file began with them."""
    rows: dict[str, list[dict[str, Any]]] = {}
    sink = Sink(lambda table, found: rows.setdefault(table, []).extend(found))
    known, names, whole = places or Places(), [], True
    unread = [Unread(job.encoding, log, NEEDED) for log in LOGS]
    for begin, end, line in job.spans:
        try:
            record = element(job.data[begin:end], job.encoding, unread)
        except IrregularError:
            whole = False
            break
        told = len(sink.rejects)
        names.append(place_of(record))
        take(record, known, sink)
        sink.rejects[told:] = [_in_file(reject, line) for reject in sink.rejects[told:]]
    sink.close()
    return Batch(rows, dict(sink.taken), sink.rejects, names, whole)


def _in_file(reject: Reject, line: int) -> Reject:
    """A reject of a piece that begins at that line of the file."""
    return reject if reject.row is None else replace(reject, row=reject.row + line - 1)
