"""The status of every finding by the course of its case: open, in progress, closed, reopened; and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from affil.decisions.course import Course, Event, Way, courses_of
from affil.decisions.entry import Entry
from affil.decisions.events import CLOSED, FOREVER, IN_PROGRESS, OPEN, PURCHASE, REOPENED, UNTIL_EXTRACT
from affil.model.finding import Finding
from affil.review.basis import Extracts, are_known, extract_of, services_of, ways_of
from affil.review.changed import Change, changes_of, day_text
from affil.review.four_eyes import Reviewer, agreed, waiting

JOINT = "same_as"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a finding stands: its status, the event that gave it, what has changed since where that reopened it; of an open one
    `purchase` where the tie is known and the purchase is new.

    `waits` is `second` where another reviewer has still to decide, `disagreement` where two have decided otherwise; empty else.
    """

    status: str = OPEN
    event: Event | None = None
    changes: tuple[Change, ...] = ()
    waits: str = ""


def standing_of(finding: Finding, course: Course, extracts: Extracts, reviewers: Sequence[Reviewer] | None = None) -> Standing:
    """How the finding stands by the events of its tie; `reviewers` are those of the four-eyes mode, None where it is off.

    The newest event that is about this finding speaks. An event is about the purchases it was on; one that closes a tie is about
    later purchases under it too.
    """
    events = [event for event in course.events if event.status and is_about(event, finding)]
    if not events:
        known = any(event.status for event in course.events)
        return Standing(changes=(Change("purchase"),) if known else ())
    last = events[-1]
    if reviewers is not None:
        waits = waiting(events, reviewers)
        closing = [event for event in events if event.status == CLOSED and agreed(event, events, reviewers)]
        if waits or not closing or last.status != CLOSED:
            return Standing(IN_PROGRESS, last, waits=waits)
        last = closing[-1]
    if last.status != CLOSED:
        return Standing(IN_PROGRESS, last)
    changes = changed_since(last, finding, extracts)
    return Standing(REOPENED if changes else CLOSED, last, tuple(changes))


def is_about(event: Event, finding: Finding) -> bool:
    """True where the event was on the purchases of this finding, or closes the tie for later ones too."""
    if are_known(finding, event.known):
        return True
    return event.covers not in (None, PURCHASE) and not event.purchases


def changed_since(event: Event, finding: Finding, extracts: Extracts) -> list[Change]:
    """What ends the cover of an event that closed the case; empty where it still holds."""
    if event.covers == FOREVER:
        return [] if _rests_on_judged(event, finding) else _ways_changed(event, finding)
    newer = _newer_extract(event, finding, extracts) if event.covers == UNTIL_EXTRACT else []
    return [*newer, *_ways_changed(event, finding)]


def _rests_on_judged(event: Event, finding: Finding) -> bool:
    """Whether every way of the finding goes over an identity that was on the ways judged."""
    judged = {tie.key for way in event.basis.ways for tie in way.ties if tie.relation == JOINT}
    return all(any(tie.key in judged for tie in way.ties) for way in ways_of(finding))


def _newer_extract(event: Event, finding: Finding, extracts: Extracts) -> list[Change]:
    seen, newest = event.basis.extract, extract_of(finding, extracts)
    if newest is None or (seen is not None and newest <= seen):
        return []
    return [Change("extract", None, day_text(seen), day_text(newest))]


def _ways_changed(event: Event, finding: Finding) -> list[Change]:
    """Of a finding that was there then: against itself. Of a later one: what no finding of the tie had then."""
    now, known = ways_of(finding), event.basis.findings.get(finding.id)
    if known is None:
        return _not_seen_before(frozenset(event.basis.ways), now)
    served = ("; ".join(known.services), "; ".join(services_of(finding)))
    service = [Change("service", None, *served)] if served[0] != served[1] else []
    return [*changes_of([event.basis.ways[place] for place in known.ways], now), *service]


def _not_seen_before(before: frozenset[Way], now: frozenset[Way]) -> list[Change]:
    fresh = now - before
    if not fresh:
        return []
    told = [change for change in changes_of(before, before | fresh) if change.what != "gone"]
    return told or [Change("way")]


def with_status(
    findings: Iterable[Finding], entries: Iterable[Entry], extracts: Extracts, reviewers: Sequence[Reviewer] | None = None
) -> list[Finding]:
    """The findings with their status by the log, in the same order."""
    findings = list(findings)
    courses = courses_of(entries, {one.tie for one in findings})
    return [
        replace(one, status=standing_of(one, courses[one.tie], extracts, reviewers).status) if one.tie in courses else one
        for one in findings
    ]


def status_values(findings: Iterable[Finding]) -> list[str]:
    """What of the course of cases a run depends on: which finding stands how; not who decided it, when and in which order."""
    return sorted(json.dumps(["case", one.id, one.status]) for one in findings if one.status != OPEN)
