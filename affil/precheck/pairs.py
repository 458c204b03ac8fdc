"""Every official × every participant, and exactly one of three answers for each."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from affil.model.finding import GRADES, PRIORITIES, Finding
from affil.model.run import Coverage, RuleInfo
from affil.precheck.asked import Asked
from affil.precheck.bidders import Bidder
from affil.precheck.doubts import Doubt, Told
from affil.precheck.seats import Seat, Seats

NONE_IN_DATA, TO_DECIDE, UNDETERMINED = "none_in_data", "to_decide", "undetermined"
ANSWERS = (NONE_IN_DATA, TO_DECIDE, UNDETERMINED)
LEAST = "low"  # from this priority on a finding is something to decide; below it are namesakes and other hints
OFFICIAL, PARTICIPANT = "official", "participant"


@dataclass(frozen=True, slots=True)
class Pair:
    """One cell of the matrix.

    `number`: of the question to decide, from 1; 0 for other answers. `reasons`: why it cannot be said. `limits`: what was not compared
    though the answer stands. `findings`: those to decide, strongest first; `hints`: those below (coincidences of names).
    """

    official: str
    participant: str
    answer: str
    number: int = 0
    reasons: tuple[Doubt, ...] = ()
    limits: tuple[Doubt, ...] = ()
    findings: tuple[Finding, ...] = ()
    hints: tuple[Finding, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """Which questions the findings put: of the official (44-ФЗ ст. 39 ч. 6, 7), of the participant (ст. 31 ч. 1 п. 9, ч. 9)."""
        return tuple(who for who in (OFFICIAL, PARTICIPANT) if any(finding.about == who for finding in self.findings))


@dataclass(frozen=True, slots=True)
class Dates:
    """Of what days the data are: oldest and newest, None where there are none."""

    questionnaires: tuple[dt.date, dt.date] | None
    applications: tuple[dt.date, dt.date] | None
    extracts: tuple[dt.date, dt.date] | None


@dataclass(frozen=True, slots=True)
class Precheck:
    """All a pre-check has to say; `made` is its only clock."""

    asked: Asked
    made: dt.datetime
    version: str
    run: str
    seats: Seats
    bidders: tuple[Bidder, ...]
    pairs: tuple[Pair, ...]
    dates: Dates
    rules: Mapping[str, RuleInfo]
    as_if_won: frozenset[str]  # of them those about winners, asked of bidders (prospect.py)
    rules_date: dt.date | None = None
    not_taken: int = 0  # rows and values of the given files that were not taken

    @property
    def totals(self) -> dict[str, int]:
        """How many pairs have each answer; all three are named."""
        counted = Counter(pair.answer for pair in self.pairs)
        return {answer: counted[answer] for answer in ANSWERS}

    def at_or_above(self, priority: str) -> bool:
        """Whether a finding on a pair has this priority or a higher one."""
        found = (finding for pair in self.pairs for finding in (*pair.findings, *pair.hints))
        return any(_is_at_least(finding, priority) for finding in found)

    @property
    def is_open(self) -> bool:
        """Whether something could not be determined: a pair, or who sits on the commission."""
        return self.totals[UNDETERMINED] > 0 or "commission member" in self.seats.missing


def pairs_of(
    seats: Sequence[Seat],
    bidders: Sequence[Bidder],
    findings: Iterable[Finding],
    opened: tuple[Told, Told],
    limited: tuple[Told, Told],
) -> tuple[Pair, ...]:
    """One pair for each seat and bidder, in their order. A tie found goes before what cannot be said.

    `opened`, `limited`: the reasons by official, and by bidder.
    """
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.employee and finding.supplier:
            found[finding.employee.key, finding.supplier.key].append(finding)
    pairs, number = [], 0
    for seat in seats:
        for bidder in bidders:
            told = sorted(found[seat.key, bidder.key], key=_strength)
            to_decide = tuple(finding for finding in told if _is_at_least(finding, LEAST))
            reasons = (*opened[0][seat.key], *opened[1][bidder.key])
            answer = TO_DECIDE if to_decide else UNDETERMINED if reasons else NONE_IN_DATA
            number += bool(to_decide)
            limits = (*limited[0][seat.key], *limited[1][bidder.key])
            hints = tuple(finding for finding in told if finding not in to_decide)
            pairs.append(Pair(seat.key, bidder.key, answer, number if to_decide else 0, reasons, limits, to_decide, hints))
    return tuple(pairs)


def dates_of(seats: Iterable[Seat], bidders: Iterable[Bidder], coverage: Iterable[Coverage]) -> Dates:
    """Of what days the data behind the answers are."""
    here = {seat.key for seat in seats}
    bids = list(bidders)
    return Dates(
        _span(row.questionnaire_date for row in coverage if row.employee.key in here),
        _span(bidder.applied_on for bidder in bids),
        _span(bidder.extract_on for bidder in bids),
    )


def _span(days: Iterable[dt.date | None]) -> tuple[dt.date, dt.date] | None:
    known = sorted(day for day in days if day is not None)
    return (known[0], known[-1]) if known else None


def _is_at_least(finding: Finding, priority: str) -> bool:
    return PRIORITIES.index(finding.priority) <= PRIORITIES.index(priority)


def _strength(finding: Finding) -> tuple[int, float, int, str, str]:
    path = finding.path
    return PRIORITIES.index(finding.priority), -path.confidence, GRADES.index(path.identity_grade), finding.rule, finding.id
