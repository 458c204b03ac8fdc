"""When a tie held, as far as sources show it: a registry extract shows only its own day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

START_UNKNOWN = "start_unknown"
END_UNKNOWN = "end_unknown"
EXTRACT_OLDER = "extract_older"
END_BETWEEN_EXTRACTS = "end_between_extracts"

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when a tie held; all bounds are inclusive.

    `valid_from` None: the start is unknown. `valid_to` None: no end is known. `known_until` is the last day a source shows
    the tie: between it and `valid_to` the tie ended on a day nobody saw. `known_from` is the same for the start: the first
    day it certainly held, where that is later than `valid_from`; None where `valid_from` itself is certain, or nothing is.
    """

    valid_from: dt.date | None
    valid_to: dt.date | None
    known_until: dt.date | None
    known_from: dt.date | None = None


class Cover(NamedTuple):
    """Whether a period covers a day, and the catalogue keys of what had to be taken for granted."""

    answer: Literal["yes", "no", "assumed"]
    assumed: tuple[str, ...] = ()


def seen_period(since: dt.date | None, seen: Sequence[dt.date], extracts: Sequence[dt.date]) -> Period:
    """The period of a registry tie that the extracts dated `seen` show, out of all `extracts` of its company.

    `since` is `ГРНДатаПерв`, the day the registry first recorded the tie (FORMATS 1.3). Missing in a newer extract means that it
    ended before that extract. A `since` later than an extract that already shows the tie contradicts it and is unknown.
    Where `since` is unknown, an older extract without the tie bounds the start. An extract in between that lacks the tie
    does not break it: the registry itself says it lasts since `since`.
    """
    if not seen:
        return Period(since, None, None)
    first, last = min(seen), max(seen)
    newer = min((day for day in extracts if day > last), default=None)
    valid_to = None if newer is None else newer - _DAY
    if since is not None and since <= first:
        return Period(since, valid_to, last)
    older = max((day for day in extracts if day < first), default=None)
    valid_from = None if older is None else older + _DAY
    return Period(valid_from, valid_to, last, known_from=None if valid_from == first else first)


def covers(period: Period, day: dt.date) -> Cover:
    """Whether the tie held on `day`. Bounds nobody knows count as covering and are named as assumptions (CONTRACT 4).

    `start_unknown`: the start is not known, or lies between two extracts. `extract_older`: the newest extract is older than
    the day. `end_between_extracts`: the tie ended between two extracts, and the day lies between them. `end_unknown`: no
    source says how far the tie lasts (an extract without a date).
    """
    begun_later = period.valid_from is not None and day < period.valid_from
    ended_before = period.valid_to is not None and day > period.valid_to
    if begun_later or ended_before:
        return Cover("no")
    assumed = (*_start_doubt(period, day), *_end_doubt(period, day))
    return Cover("assumed", assumed) if assumed else Cover("yes")


def may_cover(period: Period, first: dt.date | None, last: dt.date | None) -> Cover:
    """`covers` for a day of which only is known that it lies between `first` and `last`, both inclusive, None = open.

    "no": the tie surely held on none of these days. "yes": on all of them. The assumptions are those of the days it may have held.
    """
    if first is not None and first == last:
        return covers(period, first)
    begun_later = last is not None and period.valid_from is not None and last < period.valid_from
    ended_before = first is not None and period.valid_to is not None and first > period.valid_to
    if begun_later or ended_before:
        return Cover("no")
    assumed = (
        *(_start_doubt(period, max(first, period.valid_from or first)) if first else ()),
        *(_end_doubt(period, min(last, period.valid_to or last)) if last else ()),
    )
    whole = first and last and covers(period, first).answer == covers(period, last).answer == "yes"
    return Cover("yes") if whole else Cover("assumed", assumed)


def _start_doubt(period: Period, day: dt.date) -> tuple[str, ...]:
    doubtful = period.valid_from is None if period.known_from is None else day < period.known_from
    return (START_UNKNOWN,) if doubtful else ()


def _end_doubt(period: Period, day: dt.date) -> tuple[str, ...]:
    if period.known_until is None:
        return (END_UNKNOWN,) if period.valid_to is None else ()
    if day <= period.known_until:
        return ()
    return (EXTRACT_OLDER,) if period.valid_to is None else (END_BETWEEN_EXTRACTS,)
