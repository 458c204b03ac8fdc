"""What came of cases in a period, counted from the course of each (OFFICER 3.6, 3.7, 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml

from affil.decisions.course import Event, courses_of
from affil.decisions.entry import Entry

Period = tuple[dt.date | None, dt.date | None]


@cache
def lines() -> dict[str, frozenset[str]]:
    """The lines of `outcomes.yml`: which events each counts, as kind or `kind.outcome`."""
    read = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return {line: frozenset(events) for line, events in read.items()}


def outcomes(log: Iterable[Entry], period: Period, ties: Iterable[str] | None = None) -> dict[str, int]:
    """For each line the number of ties with such an event on a day of the period, both ends within; `ties`: of these alone.

    An event that was undone is none; two reviewers who decide alike are one decision.
    """
    courses = courses_of(log, None if ties is None else set(ties))
    within = {tie: list(_within(course.events, period)) for tie, course in courses.items()}
    return {
        line: sum(any(_counts(event, kinds) for event in events) for events in within.values()) for line, kinds in lines().items()
    }


def _within(events: Iterable[Event], period: Period) -> Iterator[Event]:
    since, until = period
    for event in events:
        if (since is None or event.on >= since) and (until is None or event.on <= until):
            yield event


def _counts(event: Event, kinds: frozenset[str]) -> bool:
    return event.kind in kinds or f"{event.kind}.{event.outcome}" in kinds
