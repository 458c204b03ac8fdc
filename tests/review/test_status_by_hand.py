"""The status of every finding against a second reading of the log that knows nothing of ways, steps and keys."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from case_worlds import DAY, acted, contract, firm, standings, world
from hypothesis import given
from hypothesis import strategies as st

from affil.decisions.course import undo_of
from affil.decisions.entry import Entry
from affil.decisions.events import event_kinds
from affil.rules.cases import Case

pytestmark = pytest.mark.usefixtures("small_worlds")


@dataclass(frozen=True)
class Files:
    """What was loaded on a day: contracts, since when she is the director, the day of the extract."""

    contracts: tuple[str, ...]
    since: int = 2018
    extract: int = 1

    @property
    def case(self) -> Case:
        director = {"name": "Рябова Софья Ефимовна", "inn": "person 20", "since": dt.date(self.since, 5, 14)}
        return world([contract(one) for one in self.contracts], [firm(f"2025-0{self.extract}-01", directors=[director])])


DAYS = (
    Files(("К-1",)),
    Files(("К-1", "К-2")),
    Files(("К-1", "К-2"), since=2016),
    Files(("К-1", "К-2"), extract=2),
    Files(("К-2",)),
)
KINDS = [
    (name, outcome) for name, kind in event_kinds().items() for outcome in (*kind.outcomes, *([] if kind.outcomes else [None]))
]


@dataclass(frozen=True)
class Written:
    """An event: on which files, kind, outcome, on which contract alone (None: all), day, minute of writing, whether undone."""

    files: Files
    kind: str
    outcome: str | None
    only: str | None
    day: int
    minute: int
    undone: bool


@st.composite
def written(draw: st.DrawFn) -> list[Written]:
    made = []
    for minute in range(draw(st.integers(0, 5))):
        files = draw(st.sampled_from(DAYS))
        kind, outcome = draw(st.sampled_from(KINDS))
        only = draw(st.sampled_from([None, None, *files.contracts]))
        made.append(Written(files, kind, outcome, only, draw(st.integers(0, 2)), minute, draw(st.integers(0, 4)) == 0))
    return made


def read_by_hand(events: Sequence[Written], number: str, now: Files) -> str:
    """The newest event that is about the purchase speaks; a closing holds while its files say what the present ones do."""
    for one in sorted((one for one in events if not one.undone), key=lambda one: (one.day, one.minute), reverse=True):
        told = event_kinds()[one.kind]
        status, covers = told.status_of(one.outcome), told.covers_of(one.outcome)
        on = {one.only} if one.only else set(one.files.contracts)
        later_too = covers in ("until_change", "until_extract", "forever") and not one.only
        if status is None or not (number in on or later_too):
            continue
        if status == "in progress":
            return status
        other_tie = covers != "forever" and one.files.since != now.since
        newer = covers == "until_extract" and now.extract > one.files.extract
        return "reopened" if other_tie or newer else "closed"
    return "open"


@given(written(), st.sampled_from(DAYS), st.randoms(use_true_random=False))
def test_every_finding_stands_as_a_reading_by_hand_says(events: list[Written], now: Files, rng: random.Random) -> None:
    log: list[Entry] = []
    for one in events:
        on, at = DAY + dt.timedelta(one.day), dt.datetime(2026, 3, 9, 12, one.minute)
        [entry] = acted(one.files.case, one.kind, one.outcome, on=on, at=at, numbers=(one.only,) if one.only else ())
        log += [entry, *([undo_of(entry, "—", on, "ошибка", at)] if one.undone else [])]
    rng.shuffle(log)
    told = standings(log, now.case)
    assert {finding.contract.number for finding, _ in told if finding.contract} == set(now.contracts)
    for finding, standing in told:
        assert finding.contract and finding.contract.number
        assert standing.status == read_by_hand(events, finding.contract.number, now)
        known = standing.status == "open" and any(event_kinds()[one.kind].status for one in events if not one.undone)
        assert bool(standing.changes) == (standing.status == "reopened" or known)
