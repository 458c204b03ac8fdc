"""Time cut into the stretches on which the same chains count, each with what is taken for granted there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from affil.control.intervals import END_BETWEEN_EXTRACTS, END_UNKNOWN, EXTRACT_OLDER, START_UNKNOWN, Period, covers
from affil.control.shares import EARLIEST, LATEST, Chain


@dataclass(frozen=True, slots=True)
class Segment:
    """`chains` count on every day of `period`. On a day, what is assumed is `assumed` and what `covers(period, day)` adds."""

    chains: tuple[Chain, ...]
    period: Period
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days `first` to `last`, on all of which the same chains count under the same assumptions."""

    first: int
    last: int
    chains: tuple[Chain, ...]
    assumed: frozenset[str]


def segments(chains: Sequence[Chain]) -> list[Segment]:
    """The step function of chains over time, in order of time; days on which no chain counts are left out."""
    if len(chains) == 1 and len(chains[0].links) == 1:  # by far the commonest, and the same as the long way gives
        return [Segment((chains[0],), chains[0].links[0].period, ())]
    stretches = list(_stretches(chains))
    return [segment for run in _runs(stretches) for segment in _joined(run)]


def _stretches(chains: Sequence[Chain]) -> Iterator[_Stretch]:
    ordered = sorted(chains, key=lambda chain: (chain.evidence, chain.first_day, chain.last_day))
    starts = sorted({day for chain in ordered for day in _turns(chain)})
    for first, following in pairwise(starts):
        last = following - 1
        held = tuple(chain for chain in ordered if chain.first_day <= first and last <= chain.last_day)
        if held:
            yield _Stretch(first, last, held, _assumed(held, first, last))


def _turns(chain: Chain) -> Iterator[int]:
    """The days within the chain's span on which it, or what is known of one of its links, changes; and the day after it."""
    yield chain.first_day
    yield chain.last_day + 1
    for link in chain.links:
        known_from, known_until = link.period.known_from, link.period.known_until
        if known_from is not None and chain.first_day < known_from.toordinal() <= chain.last_day:
            yield known_from.toordinal()
        if known_until is not None and chain.first_day <= known_until.toordinal() < chain.last_day:
            yield known_until.toordinal() + 1


def _assumed(chains: Sequence[Chain], first: int, last: int) -> frozenset[str]:
    day = _some_day(first, last)
    links = {id(link): link for chain in chains for link in chain.links}  # chains share their lower links
    return frozenset(key for link in links.values() for key in covers(link.period, day).assumed)


def _some_day(first: int, last: int) -> dt.date:
    if first > EARLIEST:
        return dt.date.fromordinal(first)
    return dt.date.fromordinal(last) if last < LATEST else dt.date.min


def _runs(stretches: Sequence[_Stretch]) -> Iterator[list[_Stretch]]:
    """Stretches that follow each other without a gap and on which the same chains count."""
    gaps = 0
    marked: list[tuple[int, _Stretch]] = []
    for place, stretch in enumerate(stretches):
        if place and (stretches[place - 1].last + 1 != stretch.first or stretches[place - 1].chains != stretch.chains):
            gaps += 1
        marked.append((gaps, stretch))
    for _, run in groupby(marked, key=lambda item: item[0]):
        yield [stretch for _, stretch in run]


def _joined(run: list[_Stretch]) -> list[Segment]:
    """One segment where a single period can say it all: doubt about the start first, about the end last, none between."""
    common = frozenset.intersection(*(stretch.assumed for stretch in run))
    end_doubt = EXTRACT_OLDER if run[-1].last == LATEST else END_BETWEEN_EXTRACTS
    extras = [stretch.assumed - common for stretch in run]
    head = _leading(extras, START_UNKNOWN)
    tail = _leading(extras[::-1], end_doubt)
    if any(extras[head : len(run) - tail]):
        return [_segment([stretch], 0, 0, stretch.assumed) for stretch in run]
    return [_segment(run, head, tail, common)]


def _leading(extras: Sequence[frozenset[str]], doubt: str) -> int:
    count = 0
    while count < len(extras) and extras[count] == {doubt}:
        count += 1
    return count


def _segment(run: list[_Stretch], head: int, tail: int, assumed: frozenset[str]) -> Segment:
    valid_from, valid_to = _date(run[0].first), _date(run[-1].last)
    known_from = _date(run[head - 1].last + 1) if head else None
    known_until = _date(run[-tail].first - 1) if tail else valid_to
    if valid_to is None and not tail and END_UNKNOWN not in assumed:  # every day of the segment is later than the extract
        known_until = _date(run[0].first - 1) or dt.date.min
    return Segment(run[0].chains, Period(valid_from, valid_to, known_until, known_from), tuple(sorted(assumed)))


def _date(day: int) -> dt.date | None:
    return dt.date.fromordinal(day) if EARLIEST < day < LATEST else None
