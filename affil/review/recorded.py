"""The entries a person's act on a case makes: checked, with the basis it rests on; nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from affil.answers.identities import Pair
from affil.decisions.contradictions import contradicted
from affil.decisions.course import Event, entry_of, missing_in
from affil.decisions.entry import SAME, VERDICTS, Entry, Side
from affil.decisions.log import effective, read_log, salted
from affil.model.finding import Finding
from affil.resolve.decided import keeping_apart
from affil.review.basis import Extracts, basis_of, each_purchase, purchases_of
from affil.review.four_eyes import BLIND, reviewer_of
from affil.settings import Settings
from affil.store.store import Store


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did or decided: `kind` and `outcome` of events.yml; `numbers` of contracts or procedures, none for all."""

    kind: str
    by: str
    on: dt.date
    outcome: str | None = None
    why: str = ""
    documents: tuple[str, ...] = ()
    number: str = ""
    due: dt.date | None = None
    numbers: tuple[str, ...] = ()
    assessed_by: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an act cannot be written: a key of `course.fault`, and what it names."""

    key: str
    params: dict[str, str] = field(default_factory=dict)


def event_for(act: Act, findings: Sequence[Finding], extracts: Extracts, settings: Settings, now: dt.datetime) -> Event:
    """The event of an act on the tie these findings are all of; the day to act by is the usual one where none is told."""
    first = findings[0]
    near, far = first.ends
    event = Event(
        act.kind, first.tie, act.by, act.on, now, act.outcome, act.why, act.documents, act.number, act.due,
        tuple(sorted(purchases_named(act.numbers, findings))), basis_of(findings, extracts), near.name, far.name, act.assessed_by,
    )  # fmt: skip
    covers = event.of.covers_of(event.outcome)
    return replace(event, covers=covers, due=act.due or _usual_due(event, settings))


def _usual_due(event: Event, settings: Settings) -> dt.date | None:
    return event.on + dt.timedelta(days=getattr(settings.documents, event.of.due)) if event.of.due else None


def purchases_named(numbers: Iterable[str], findings: Iterable[Finding]) -> set[str]:
    """Keys of the purchases that go by these numbers of a contract or a procedure."""
    wanted = set(numbers)
    return {key for one in findings for key in purchases_of(one) if number_in(key) in wanted}


def number_in(key: str) -> str:
    """The number a purchase key has; empty where the purchase has none."""
    return key.partition(":")[2].partition("|")[0]


def fault_in(act: Act, findings: Sequence[Finding], settings: Settings, today: dt.date) -> Fault | None:
    """The first reason not to write an act down; None where there is none."""
    probe = Event(act.kind, findings[0].tie, act.by, act.on, dt.datetime.min, act.outcome, act.why, act.documents, act.number,
                  assessed_by=act.assessed_by)  # fmt: skip
    missing = missing_in(probe)
    if missing:
        return Fault("missing", {"field": missing[0]})
    if not act.by.strip():
        return Fault("missing", {"field": "by"})
    if act.on > today:
        return Fault("future", {"day": act.on.isoformat()})
    known = {number_in(key) for one in findings for keys in each_purchase(one) for key in keys}
    strange = sorted(set(act.numbers) - known)
    if strange:
        return Fault("no_purchase", {"number": strange[0]})
    reviewers = settings.review.agreeing
    if reviewers is not None and act.kind in BLIND and reviewer_of(act.by, reviewers) is None:
        return Fault("no_reviewer", {"by": act.by})
    return None


def entries_of(event: Event, pair: Pair | None = None, shown: Sequence[str] = ("", "")) -> list[Entry]:
    """What is to be written: the entry of the event; with the answer on an identity also the entry on these two persons, first.

    One that says «same» or «different» holds wherever the two meet, and the event is undone with it.
    """
    if event.kind != "identity" or pair is None or event.outcome not in VERDICTS:
        return [entry_of(event)]
    sides = tuple(
        Side(who.references, who.name, how or who.shown) for who, how in zip((pair.one, pair.other), shown, strict=True)
    )
    on_persons = salted(
        Entry(event.outcome, pair.id, sides, None, event.by, event.on, event.why, event.documents, event.recorded_at)
    )
    return [on_persons, entry_of(replace(event, identity=on_persons.digest))]


def against(store: Store, entry: Entry) -> set[int]:
    """Numbers of the entries on identities in force that say otherwise, of these persons or of those they are one party with.

    Needs the temporary tables of a screen, in the same session.
    """
    found = {one.number for one in contradicted(effective(read_log(store)), entry)}
    return found | (keeping_apart(store, *(side.references for side in entry.sides)) if entry.verdict == SAME else set())
