"""Two reviewers for what closes a case, the second blind to the first; where they differ the case stays open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from affil.decisions.course import Course, Event, courses_of
from affil.decisions.entry import DIFFERENT, IDENTITY, SAME, Entry
from affil.decisions.events import CLOSED
from affil.language.named import is_named
from affil.settings import Reviewer

__all__ = ["BLIND", "DISAGREEMENT", "SECOND", "Reviewer", "agreed", "decided_alone", "reviewer_of", "visible_to", "waiting"]

SECOND, DISAGREEMENT = "second", "disagreement"
BLIND = ("identity", "tie", "measure", "closed")
"""The events on which two reviewers must agree; the others tell what happened, and every reviewer needs them."""


def reviewer_of(by: str, reviewers: Sequence[Reviewer]) -> Reviewer | None:
    """Who of the reviewers of the settings is meant by what stands as author; None where nobody is, or more than one may be."""
    exact = [one for one in reviewers if _folded(one.name) == _folded(by)]
    found = exact or [one for one in reviewers if is_named(one.name, by)]
    return found[0] if len(found) == 1 else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())


def agreed(event: Event, events: Sequence[Event], reviewers: Sequence[Reviewer]) -> bool:
    """True where another reviewer answers as this event does, and none otherwise; `events` are about one finding, by day."""
    said = _said(event.kind, events, reviewers)
    mine = reviewer_of(event.by, reviewers)
    return mine is not None and said.get(mine) == event.outcome and len(said) > 1 and len(set(said.values())) == 1


def decided_alone(fresh: Iterable[Entry], log: Iterable[Entry], reviewers: Sequence[Reviewer]) -> list[Entry]:
    """Those of `fresh` that would judge two persons in force although no two reviewers agreed on it in any case."""
    made = list(fresh)
    courses = courses_of([*log, *made])
    undone = {entry.undoes for entry in made if entry.undoes}
    agreed_on = {
        event.identity
        for course in courses.values()
        for event in course.events
        if event.identity and agreed(event, [one for one in course.events if one.known & event.known], reviewers)
    }
    judging = (one for one in made if one.kind == IDENTITY and one.verdict in (SAME, DIFFERENT))
    return [one for one in judging if one.digest not in undone | agreed_on]


def waiting(events: Sequence[Event], reviewers: Sequence[Reviewer]) -> str:
    """`disagreement`, `second` (who has still to decide), or empty."""
    told = {kind: _said(kind, events, reviewers) for kind in BLIND}
    if any(len(set(said.values())) > 1 for said in told.values()):
        return DISAGREEMENT
    last = next((event for event in reversed(events) if event.kind in BLIND), None)
    alone = last is not None and last.status == CLOSED and len(told[last.kind]) < 2
    return SECOND if alone else ""


def _said(kind: str, events: Sequence[Event], reviewers: Sequence[Reviewer]) -> dict[Reviewer, str | None]:
    """The newest answer of each reviewer in events of a kind."""
    by = ((reviewer_of(event.by, reviewers), event) for event in events if event.kind == kind)
    return {who: event.outcome for who, event in by if who is not None}


def visible_to(course: Course, by: str, reviewers: Sequence[Reviewer]) -> Course:
    """The course as this reviewer may see it: without what others decided on a question he has still to decide himself."""
    me = reviewer_of(by, reviewers)
    return replace(course, events=tuple(event for event in course.events if _may_see(event, course.events, me, reviewers)))


def _may_see(event: Event, events: Sequence[Event], me: Reviewer | None, reviewers: Sequence[Reviewer]) -> bool:
    author = reviewer_of(event.by, reviewers)
    if event.kind not in BLIND or (author is not None and author == me):
        return True
    same = [one for one in events if (one.kind == event.kind and one.known & event.known) or one is event]
    own = any(reviewer_of(one.by, reviewers) == me for one in same) if me is not None else False
    return own or agreed(event, same, reviewers)
