"""When the head of a company was replaced: the day his successor was recorded ends what nobody saw end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from affil.control.shares import Holding

_HEADS = ("director", "managing")


def replaced_heads(
    found: list[Holding], extracts: Mapping[str, Collection[dt.date]], alone: Mapping[str, Collection[dt.date]]
) -> list[Holding]:
    """The holdings; a head who is gone from a newer extract ended not later than the day his successor was first recorded.

    Only where both extracts show one head and no more: the office was held by one then (ст. 40 14-ФЗ), and with several the newcomer may have
    joined the others. That day itself still counts as his: the registry writes down what was decided before.
    """
    heads: dict[str, list[Holding]] = defaultdict(list)
    for one in found:
        if one.kind in _HEADS:
            heads[one.company].append(one)
    return [
        _until_replaced(one, heads[one.company], sorted(extracts.get(one.company, ())), alone.get(one.company, ()))
        if one.kind in _HEADS
        else one
        for one in found
    ]


def _until_replaced(former: Holding, heads: list[Holding], extracts: list[dt.date], alone: Collection[dt.date]) -> Holding:
    seen, ended = former.period.known_until, former.period.valid_to
    following = min((day for day in extracts if seen is not None and day > seen), default=None)
    if seen is None or ended is None or following is None or seen not in alone or following not in alone:
        return former
    recorded = [
        one.period.valid_from
        for one in heads
        if one is not former and _is_shown(one, following) and one.period.known_from is None
    ]
    days = [day for day in recorded if day is not None and seen < day <= ended]
    return replace(former, period=replace(former.period, valid_to=days[0])) if len(days) == 1 else former


def _is_shown(head: Holding, extract: dt.date) -> bool:
    """Whether an extract of that day shows him: his record began before it, and he was seen then or later."""
    start, seen = head.period.valid_from, head.period.known_until
    return start is not None and start <= extract and seen is not None and seen >= extract
