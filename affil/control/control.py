"""Who controls a company, how, with what effective share and when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from affil.control.intervals import Period
from affil.control.segments import segments
from affil.control.shares import Ascent, Chain, Holding, Holdings, Stake, ascend, stake

__all__ = ["KINDS", "SHARE_UNKNOWN", "Control", "Holding", "Result", "controls"]

SHARE_UNKNOWN = "share_unknown"

KINDS = ("director", "manager", "owner", "indirect-owner", "small-share")  # strongest first, as in CONTRACT 4


@dataclass(frozen=True, slots=True)
class Control:
    """A person's control over a company while `period` lasts; kind, shares and chains are the same on all its days.

    What is taken for granted on a day is `assumed` and what `covers(period, day)` adds. `share` is effective (direct and
    indirect), None if unknown and for directors and managers. `direct_share` is 0 where the person holds nothing directly.
    `chains`: evidence from the person's holding down to the company's, one tuple for each chain that counts.
    """

    person: str
    company: str
    kind: str
    share: Fraction | None
    direct_share: Fraction | None
    period: Period
    chains: tuple[tuple[str, ...], ...]
    assumed: tuple[str, ...] = ()
    means: str | None = None  # of `employee` and `contact`: what tells of it


@dataclass(frozen=True, slots=True)
class Result:
    """Controls by company, person, way and time; `loops` of companies that hold each other; `cut`: where the walk up stopped.

    A loop names each company and then the one that holds it, from the smallest id. `cut` holds organisations with too many
    owners, and companies above which there were too many links: their shares are unknown.
    """

    controls: list[Control]
    loops: list[tuple[str, ...]]
    cut: list[str]


def controls(holdings: Iterable[Holding], targets: Collection[str], among: Collection[str] | None = None) -> Result:
    """Control of persons (`among`: of these) over `targets`, from all holdings known; only what stands above a target is walked.

    Direct share above 10 %: `owner`; direct and indirect together: `indirect-owner`; less: `small-share` (44-ФЗ ст. 31 ч. 1
    п. 9; sums by НК ст. 105.2 п. 3, an analogy). `manager`: who directs the managing organisation (СвУпрОрг), also through
    several. A person has one row for each way (running, managing, owning) and each stretch of time on which nothing changes,
    so a row that ends does not mean that control ended: another may follow it.
    """
    index = Holdings(holdings)
    found: list[Control] = []
    loops: set[tuple[str, ...]] = set()
    cut: set[str] = set()
    for company in sorted(set(targets)):
        owning = ascend(index, company, "owner", ("owner",))
        running = ascend(index, company, "managing", ("director", "managing"))
        found += _ownership(company, _of_persons(owning, among))
        found += _management(company, _of_persons(running, among))
        loops |= owning.loops | running.loops
        cut |= owning.cut | running.cut
    return Result(sorted(found, key=_order), sorted(loops), sorted(cut))


def _of_persons(ascent: Ascent, among: Collection[str] | None) -> Ascent:
    if among is None:
        return ascent
    return replace(ascent, chains=[chain for chain in ascent.chains if chain.person in among])


def _ownership(company: str, ascent: Ascent) -> Iterator[Control]:
    return _controls(company, ascent.chains, lambda chains: stake(chains, ascent.complete))


def _management(company: str, ascent: Ascent) -> Iterator[Control]:
    directors = [chain for chain in ascent.chains if len(chain.links) == 1 and chain.links[0].kind == "director"]
    managers = [chain for chain in ascent.chains if len(chain.links) > 1 or chain.links[0].kind == "managing"]
    yield from _controls(company, directors, lambda _: Stake("director", None, None))
    yield from _controls(company, managers, lambda _: Stake("manager", None, None))


def _controls(company: str, chains: Iterable[Chain], judged: Callable[[Sequence[Chain]], Stake]) -> Iterator[Control]:
    by_person: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains:
        by_person[chain.person].append(chain)
    for person, own in by_person.items():
        for segment in segments(own):
            verdict = judged(segment.chains)
            unknown = verdict.share is None and verdict.kind in KINDS[2:]
            assumed = tuple(sorted({*segment.assumed, SHARE_UNKNOWN})) if unknown else segment.assumed
            evidence = tuple(chain.evidence for chain in segment.chains)
            yield Control(person, company, verdict.kind, verdict.share, verdict.direct_share, segment.period, evidence, assumed)


def _order(control: Control) -> tuple[str, str, int, dt.date, tuple[tuple[str, ...], ...]]:
    start = control.period.valid_from or dt.date.min
    way = min(KINDS.index(control.kind), KINDS.index("owner"))
    return control.company, control.person, way, start, control.chains
