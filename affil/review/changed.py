"""What is another than it was when a case was decided on: data that documents tell in words (`course.changed`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from affil.decisions.course import Tie, Way


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `what`: added, gone (a tie), dates, share (of a tie), control, kinship, share_held, service, extract, purchase.

    `tie` is the tie now, of a gone one as it was; `before` and `after` are told where `what` is no added or gone tie.
    """

    what: str
    tie: Tie | None = None
    before: str = ""
    after: str = ""


def changes_of(before: Collection[Way], now: Collection[Way]) -> list[Change]:
    """What the ways now have and had not, and the reverse; empty where they are the same."""
    if set(before) == set(now):
        return []
    return [*_of_ties(_ties(before), _ties(now)), *_of_ways(before, now)]


def _ties(ways: Iterable[Way]) -> dict[tuple[str, str, str], set[Tie]]:
    found: dict[tuple[str, str, str], set[Tie]] = {}
    for way in ways:
        for tie in way.ties:
            found.setdefault(tie.key, set()).add(tie)
    return found


def _of_ties(was: dict[tuple[str, str, str], set[Tie]], now: dict[tuple[str, str, str], set[Tie]]) -> Iterator[Change]:
    for key in sorted(was.keys() | now.keys()):
        if key not in was:
            yield from (Change("added", tie) for tie in _sorted(now[key]))
        elif key not in now:
            yield from (Change("gone", tie) for tie in _sorted(was[key]))
        else:
            yield from _of_one(was[key], now[key])


def _of_one(was: set[Tie], now: set[Tie]) -> Iterator[Change]:
    """The same tie told otherwise: its days, its share."""
    shown = _sorted(now)[0]
    for what, told in (("dates", _days), ("share", lambda tie: tie.detail)):
        before, after = ("; ".join(sorted({told(tie) for tie in ties})) for ties in (was, now))
        if before != after:
            yield Change(what, shown, before, after)


def _of_ways(before: Collection[Way], now: Collection[Way]) -> Iterator[Change]:
    for what, name in (("control", "control"), ("kinship", "kinship"), ("share_held", "share")):
        was, is_ = ("; ".join(sorted({getattr(way, name) for way in ways} - {""})) for ways in (before, now))
        if was != is_:
            yield Change(what, None, was, is_)


def _days(tie: Tie) -> str:
    return f"{day_text(tie.valid_from)}/{day_text(tie.valid_to)}"


def day_text(day: dt.date | None) -> str:
    """ISO, empty for an open or unknown day."""
    return day.isoformat() if day else ""


def _sorted(ties: Iterable[Tie]) -> list[Tie]:
    return sorted(ties, key=repr)
