"""Rows of many extracts into holdings: what one extract after the other shows of the same holder in the same company."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from affil.control.intervals import Period, seen_period
from affil.control.replaced import replaced_heads
from affil.control.shares import Holding

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One element of one extract (a row of `registry_tie`), its holder already a party.

    `source` is the file: two rows for one holder in one file add up, the same extract in two files counts once.
    """

    company: str
    holder: str
    holder_kind: str
    kind: str
    share: Fraction | None
    since: dt.date | None
    extract: dt.date | None
    source: str
    evidence: str
    ended: dt.date | None = None  # the extract itself says that it ended: the day an owner died


def holdings(
    sightings: Iterable[Sighting],
    extracts: Mapping[str, Collection[dt.date]],
    alone: Mapping[str, Collection[dt.date]] | None = None,
) -> list[Holding]:
    """The dated holdings behind `sightings`, sorted; `extracts` gives the dates of all extracts of a company, `alone` those that
    show one person or organisation at its head and no more: there the day a new head was recorded ends the former one.

    A changed share begins a new holding, though `ГРНДатаПерв` stays that of the first record. It changed on an unknown day
    between two extracts: the days between belong to the larger share (an unknown bound counts as covering), as an assumption
    of its period, so that the two never add up. A holder shown as an organisation and later as a public body is two holdings: only the
    first leads further up, and a larger share of the second must not hide it on the days between.
    """
    groups: dict[tuple[str, str, str, str], list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        groups[sighting.company, sighting.holder, sighting.kind, sighting.holder_kind].append(sighting)
    found = [
        holding
        for (company, *_), group in groups.items()
        for row in _parallel_rows(group)
        for holding in _successive_holdings(row, sorted(extracts.get(company, ())))
    ]
    found = replaced_heads(found, extracts, alone or {})
    return sorted(
        found, key=lambda each: (each.company, each.holder, each.kind, each.period.valid_from or dt.date.min, each.evidence)
    )


def _parallel_rows(group: list[Sighting]) -> list[list[Sighting]]:
    """One list for each row a holder has in one extract (an own and an inherited share), each in order of date."""
    by_extract: dict[dt.date | None, dict[str, list[Sighting]]] = defaultdict(lambda: defaultdict(list))
    for sighting in group:
        by_extract[sighting.extract][sighting.source].append(sighting)
    if len(by_extract) > 1:
        by_extract.pop(None, None)  # an extract without a date says nothing that dated ones do not say better
    rows: dict[int, list[Sighting]] = defaultdict(list)
    for _, by_source in sorted(by_extract.items(), key=lambda item: item[0] or dt.date.min):
        _, shown = min(by_source.items(), key=lambda item: (-len(item[1]), item[0]))
        for place, sighting in enumerate(sorted(shown, key=lambda each: (-_size(each.share), each.evidence))):
            rows[place].append(sighting)
    return list(rows.values())


def _size(share: Fraction | None) -> Fraction:
    return Fraction(-1) if share is None else share


def _successive_holdings(row: list[Sighting], extracts: list[dt.date]) -> Iterator[Holding]:
    earlier: Holding | None = None
    for state in _states(row):
        holding = _holding(state, extracts)
        if earlier is not None:
            holding = replace(holding, period=_begun_after(holding.period, earlier.period, state[0].extract, extracts))
            earlier, holding = _without_overlap(earlier, holding)
            yield earlier
        earlier = holding
    if earlier is not None:
        yield earlier


def _states(row: list[Sighting]) -> list[list[Sighting]]:
    """Runs of sightings with the same share, broken also where the holder left and was recorded anew."""
    states: list[list[Sighting]] = []
    for sighting in row:
        previous = states[-1][-1] if states else None
        same = previous is not None and previous.share == sighting.share and not _recorded_anew(previous, sighting)
        if same:
            states[-1].append(sighting)
        else:
            states.append([sighting])
    return states


def _recorded_anew(previous: Sighting, sighting: Sighting) -> bool:
    return sighting.since is not None and previous.extract is not None and sighting.since > previous.extract


def _holding(state: list[Sighting], extracts: list[dt.date]) -> Holding:
    newest = state[-1]
    seen = [each.extract for each in state if each.extract is not None]
    since = min((each.since for each in state if each.since is not None), default=None)
    period = _ended(seen_period(since, seen, extracts), newest.ended)
    return Holding(newest.company, newest.holder, newest.holder_kind, newest.kind, newest.share, period, newest.evidence)


def _ended(period: Period, day: dt.date | None) -> Period:
    """The period ended on that day at the latest, which the newest extract names; a day before its start ends it there."""
    if day is None or (period.valid_to is not None and period.valid_to <= day):
        return period
    last = day if period.valid_from is None else max(day, period.valid_from)
    return replace(
        period,
        valid_to=last,
        known_until=last,
        known_from=None if period.known_from is None or period.known_from > last else period.known_from,
    )


def _begun_after(period: Period, earlier: Period, first_seen: dt.date | None, extracts: list[dt.date]) -> Period:
    """The period, begun after the last extract that shows the state before it; `ГРНДатаПерв` may date that one's record."""
    older = max((day for day in (*extracts, earlier.known_until) if day and first_seen and day < first_seen), default=None)
    if older is None or (period.valid_from is not None and period.valid_from > older):
        return period
    begun = older + _DAY
    return replace(period, valid_from=begun, known_from=None if begun == first_seen else first_seen)


def _without_overlap(earlier: Holding, later: Holding) -> tuple[Holding, Holding]:
    """Both holdings, with the days that either may have had given to one: the larger share, unless the later start is certain."""
    start, end = later.period.valid_from, earlier.period.valid_to
    if start is None or (end is not None and end < start):
        return earlier, later
    keeps = later.period.known_from is not None and end is not None and _size(earlier.share) > _size(later.share)
    if keeps and end is not None:
        begun = end + _DAY
        known_from = None if later.period.known_from is None or begun >= later.period.known_from else later.period.known_from
        return earlier, replace(later, period=replace(later.period, valid_from=begun, known_from=known_from))
    return replace(earlier, period=replace(earlier.period, valid_to=start - _DAY)), later
