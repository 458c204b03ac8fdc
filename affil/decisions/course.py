"""The course of a case (OFFICER 4): its events as the log has them, the four answers kept apart, first seen, what is due."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from affil.decisions.entry import CASE, UNDO, Entry
from affil.decisions.events import CLOSED, PURCHASE, QUESTIONS, SEEN, EventKind, event_kinds
from affil.decisions.log import of_kind

COURSE_TIE = r"^T-[0-9a-f]{12}$"


@dataclass(frozen=True, slots=True)
class Tie:
    """A step of a way as it was: who stands how to whom. `origin` and `target` are lasting references, the names what is shown.

    `detail` is the share of an owner, else empty.
    """

    relation: str
    origin: str
    target: str
    origin_name: str
    target_name: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    detail: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two steps one tie, whatever its dates."""
        return self.relation, self.origin, self.target


@dataclass(frozen=True, slots=True)
class Way:
    """One way from the official to the supplier, without the purchase at its end; `share` as `n/d`, empty where unknown."""

    ties: tuple[Tie, ...]
    kinship: str = ""
    control: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A finding as it was at an event: its ways by place in `Basis.ways`, in which roles the official served, its purchases."""

    ways: tuple[int, ...]
    services: tuple[str, ...]
    purchases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What was known of a tie at an event: its ways, its findings by id, the day of the supplier's newest extract."""

    ways: tuple[Way, ...] = ()
    findings: dict[str, Known] = field(default_factory=dict, hash=False)
    extract: dt.date | None = None

    @property
    def purchases(self) -> frozenset[str]:
        """The purchases the tie was seen in."""
        return frozenset(purchase for known in self.findings.values() for purchase in known.purchases)


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a case; `kind` and `outcome` are of events.yml.

    `number` is that of the paper, `due` the day to act by. `purchases` are those it is on (affil/review/basis.py), empty for all
    the tie was then seen in. `assessed_by` gave the legal assessment. `identity`: digest of the entry on the two persons that was
    written with it. `entry` is the number in the log, 0 until it is written.
    """

    kind: str
    tie: str
    by: str
    on: dt.date
    recorded_at: dt.datetime
    outcome: str | None = None
    why: str = ""
    documents: tuple[str, ...] = ()
    number: str = ""
    due: dt.date | None = None
    purchases: tuple[str, ...] = ()
    basis: Basis = Basis()
    official: str = ""
    supplier: str = ""
    assessed_by: str = ""
    identity: str = ""
    covers: str | None = None
    entry: int = 0
    digest: str = ""

    @property
    def of(self) -> EventKind:
        """What events.yml says of its kind."""
        return event_kinds()[self.kind]

    @property
    def status(self) -> str | None:
        """What it makes of the case: `in progress`, `closed`, None where it changes nothing."""
        return self.of.status_of(self.outcome)

    @property
    def known(self) -> frozenset[str]:
        """The purchases it is on."""
        return frozenset(self.purchases) or self.basis.purchases

    def spans(self, other: Event) -> bool:
        """True where the event is on everything the other is on."""
        return other.known <= self.known or (self.covers not in (None, PURCHASE) and not self.purchases)

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key: the day it happened, then when it was written down; the order of the log plays no part."""
        place = list(event_kinds()).index(self.kind)
        return self.on, self.recorded_at, place, self.outcome or "", self.by, self.digest


@dataclass(frozen=True, slots=True)
class Course:
    """The events of one tie that are in force, by day."""

    tie: str
    events: tuple[Event, ...] = ()

    @property
    def first_seen(self) -> Event | None:
        """When a person first saw the case: of everything on it the earliest, for who acts on it has seen it."""
        return self.events[0] if self.events else None

    @property
    def answers(self) -> dict[str, Event]:
        """The newest answer to each of the four questions that has one; the questions are never merged."""
        return {event.of.question: event for event in self.events if event.of.question in QUESTIONS}

    @property
    def due(self) -> Event | None:
        """The event whose day to act by comes next, where one person is enough to close a case."""
        return self.due_by(lambda event: event.status == CLOSED)

    def due_by(self, closes: Callable[[Event], bool]) -> Event | None:
        """The event whose day to act by comes next; none is of account after what settles it, or what closes all it is on."""
        open_ones: list[Event] = []
        for event in self.events:
            closing = closes(event)
            open_ones = [one for one in open_ones if one.kind not in event.of.settles and not (closing and event.spans(one))]
            if event.due is not None:
                open_ones.append(event)
        return min(open_ones, key=lambda one: (one.due or one.on, one.order), default=None)

    def latest(self, kind: str) -> Event | None:
        """The newest event of a kind."""
        return next((event for event in reversed(self.events) if event.kind == kind), None)


def courses_of(entries: Iterable[Entry], ties: Collection[str] | None = None) -> dict[str, Course]:
    """The course of every tie the log speaks of, or of those of `ties`; `entries` is the whole log."""
    log = list(entries)
    undone = {entry.undoes for entry in log if entry.undoes}
    events: dict[str, list[Event]] = defaultdict(list)
    for entry in of_kind(log, CASE):
        if entry.verdict != UNDO and entry.digest not in undone and (ties is None or entry.subject in ties):
            event = event_of(entry)
            if event.identity not in undone:
                events[event.tie].append(event)
    return {tie: Course(tie, tuple(sorted(events[tie], key=lambda one: one.order))) for tie in sorted(events)}


def course_of(entries: Iterable[Entry], tie: str) -> Course:
    """The course of one tie, empty where nothing is written of it."""
    return courses_of(entries, {tie}).get(tie, Course(tie))


def seen_entry(tie: str, by: str, now: dt.datetime, **more: Any) -> Entry:
    """The entry that a person was shown the case."""
    return entry_of(Event(SEEN, tie, by, now.date(), now, **more))


def entry_of(event: Event) -> Entry:
    """The entry of an event, as it is written to the log."""
    covers = event.of.covers_of(event.outcome)
    facts = {
        "outcome": event.outcome, "number": event.number, "due": event.due.isoformat() if event.due else None, "covers": covers,
        "purchases": list(event.purchases), "basis": _basis_value(event.basis), "official": event.official,
        "supplier": event.supplier, "assessed_by": event.assessed_by, "identity": event.identity,
    }  # fmt: skip
    return Entry(
        event.kind, event.tie, (), None, event.by, event.on, event.why, event.documents, event.recorded_at, CASE, facts=facts
    )


def undo_of(entry: Entry, by: str, on: dt.date, why: str, now: dt.datetime) -> Entry:
    """The entry that takes one of the log back."""
    return Entry(UNDO, entry.subject, (), entry.digest, by, on, why, (), now, entry.kind)


def event_of(entry: Entry) -> Event:
    """The event an entry of the kind `case` tells."""
    facts = entry.facts
    return Event(
        entry.verdict, entry.subject, entry.by, entry.on, entry.recorded_at, facts["outcome"], entry.why, entry.documents,
        facts["number"], _day(facts["due"]), tuple(facts["purchases"]), _basis(facts["basis"]), facts["official"],
        facts["supplier"], facts["assessed_by"], facts["identity"], facts["covers"], entry.number, entry.digest,
    )  # fmt: skip


def missing_in(event: Event) -> list[str]:
    """What must be told with such an event and is not, in keys of events.yml; `kind` or `outcome` where that is unknown."""
    if event.kind not in event_kinds():
        return ["kind"]
    kind = event.of
    if event.outcome is not None and event.outcome not in kind.outcomes:
        return ["outcome"]
    return [name for name in kind.required_of(event.outcome) if not getattr(event, name)]


_TIE = ("relation", "origin", "target", "origin_name", "target_name")


def _basis_value(basis: Basis) -> dict[str, Any]:
    ways = [
        {"kinship": way.kinship, "control": way.control, "share": way.share, "ties": [_tie_value(tie) for tie in way.ties]}
        for way in basis.ways
    ]
    found = {
        id_: {"ways": list(one.ways), "services": list(one.services), "purchases": list(one.purchases)}
        for id_, one in sorted(basis.findings.items())
    }
    return {"ways": ways, "findings": found, "extract": basis.extract.isoformat() if basis.extract else None}


def _tie_value(tie: Tie) -> list[str | None]:
    days = [day.isoformat() if day else None for day in (tie.valid_from, tie.valid_to)]
    return [*(getattr(tie, name) for name in _TIE), *days, tie.detail]


def _basis(value: dict[str, Any]) -> Basis:
    ways = tuple(
        Way(tuple(_tie(tie) for tie in way["ties"]), way["kinship"], way["control"], way["share"]) for way in value["ways"]
    )
    found = {
        id_: Known(tuple(one["ways"]), tuple(one["services"]), tuple(one["purchases"])) for id_, one in value["findings"].items()
    }
    return Basis(ways, found, _day(value["extract"]))


def _tie(value: Sequence[Any]) -> Tie:
    return Tie(value[0], value[1], value[2], value[3], value[4], _day(value[5]), _day(value[6]), value[7])


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
