"""Chains of holdings up from a company to persons, and the exact share a person has through them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from affil.control.intervals import Period

MAX_HOLDERS = 1_000  # an organisation with more owners (an exchange, a cooperative, a large АО) says nothing about any of them
MAX_LINKS = 30  # links of one chain; real ones rarely have five
MAX_STEPS = 50_000  # holdings looked at on the way up from one company; dense cross-holdings have exponentially many chains
MAX_CHAINS = 1_000  # chains of two links and more into one company

OWNER_ABOVE = Fraction(1, 10)  # 44-ФЗ ст. 31 ч. 1 п. 9: «превышающей десять процентов», so exactly 10 % is not enough

EARLIEST = 0  # day numbers as `date.toordinal` counts them; these two lie outside the calendar and mean "no bound known"
LATEST = dt.date.max.toordinal() + 1

_CONDUCTS = frozenset({"organisation", "foreign"})  # public owners, funds and unnamed holders pass no share on


@dataclass(frozen=True, slots=True)
class Holding:
    """A tie between a company and one who runs or owns it. `company`, `holder` and `evidence` are ids of the caller.

    `holder_kind`: person, organisation, public, foreign, fund, other. `kind`: director, managing (СвУпрОрг), owner.
    `share` is a part of the capital (0 to 1), None if unknown. Holdings of one holder in one company add up on the days both
    cover, so successive states of one share must not overlap (`sightings.holdings` sees to that).
    """

    company: str
    holder: str
    holder_kind: str
    kind: str
    share: Fraction | None
    period: Period
    evidence: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Holdings from a person (first) down to the company (last), and the days on which all of them may have held.

    `share_at_most` is the product of the shares (НК ст. 105.2 п. 3), a link of unknown share counted as a whole;
    `share_known` is true where there is no such link, and the product is the share.
    """

    links: tuple[Holding, ...]
    first_day: int
    last_day: int
    share_at_most: Fraction
    share_known: bool

    @property
    def person(self) -> str:
        """Who stands at the upper end."""
        return self.links[0].holder

    @property
    def evidence(self) -> tuple[str, ...]:
        """The evidence of every link, from the person down."""
        return tuple(link.evidence for link in self.links)

    def extended(self, tie: Holding) -> Chain | None:
        """The chain with `tie` on top; None where the two never held on one day."""
        period = tie.period
        first = self.first_day if period.valid_from is None else max(self.first_day, period.valid_from.toordinal())
        last = self.last_day if period.valid_to is None else min(self.last_day, period.valid_to.toordinal())
        if first > last:
            return None
        if tie.share is None:
            return Chain((tie, *self.links), first, last, self.share_at_most, False)
        return Chain((tie, *self.links), first, last, self.share_at_most * tie.share, self.share_known)


@dataclass(slots=True)
class Ascent:
    """What the way up from one company met. `complete` is false where a limit ended it early, so that shares are unknown."""

    chains: list[Chain] = field(default_factory=list)
    loops: set[tuple[str, ...]] = field(default_factory=set)
    cut: set[str] = field(default_factory=set)
    complete: bool = True


class Holdings:
    """Holdings by the company they are in, sorted, without those that conduct nothing (own shares, shares of zero)."""

    def __init__(self, holdings: Iterable[Holding]) -> None:
        self._by_company: dict[tuple[str, str], list[Holding]] = defaultdict(list)
        for holding in holdings:
            if holding.holder != holding.company and holding.share != 0:
                self._by_company[holding.company, holding.kind].append(_plausible(holding))
        for ties in self._by_company.values():
            ties.sort(key=lambda tie: (tie.holder, tie.evidence, tie.period.valid_from or dt.date.min, tie.share or 0))

    def of(self, company: str, kind: str) -> Sequence[Holding]:
        """The holdings of one kind in `company`."""
        return self._by_company.get((company, kind), ())

    def is_hub(self, company: str) -> bool:
        """True for an organisation with more than `MAX_HOLDERS` different owners."""
        owners = self.of(company, "owner")
        return len(owners) > MAX_HOLDERS and len({tie.holder for tie in owners}) > MAX_HOLDERS


def _plausible(holding: Holding) -> Holding:
    """The holding, its share unknown where it is no part of a whole: nothing from outside is trusted."""
    if holding.share is None or 0 < holding.share <= 1:
        return holding
    return replace(holding, share=None)


def ascend(holdings: Holdings, target: str, up: str, ends: Sequence[str]) -> Ascent:
    """All simple chains from persons down to `target`: organisations by ties of kind `up`, the person's own of kind `ends`.

    A chain counts only where all its links may have held on one day. Loops are cut where they close and reported.
    """
    found = Ascent()
    steps = chains = 0
    stack: list[tuple[Chain, tuple[str, ...]]] = [(Chain((), EARLIEST, LATEST, Fraction(1), True), (target,))]
    while stack:
        below, path = stack.pop()
        for tie in _ties(holdings, path[-1], up, ends):
            steps += 1
            chain = below.extended(tie)
            if chain is None:
                continue
            if tie.holder_kind == "person":
                if tie.kind in ends:
                    found.chains.append(chain)
                    chains += bool(below.links)
            elif tie.kind == up and tie.holder_kind in _CONDUCTS and _may_climb(holdings, tie.holder, path, found):
                stack.append((chain, (*path, tie.holder)))
        if steps > MAX_STEPS or chains > MAX_CHAINS:
            found.cut.add(target)
            found.complete = False
            break
    return found


def _may_climb(holdings: Holdings, holder: str, path: tuple[str, ...], found: Ascent) -> bool:
    """Whether the walk goes on above `holder`; writes into `found` why it does not."""
    if holder in path:
        found.loops.add(_rotated(path[path.index(holder) :]))
        return False
    if holdings.is_hub(holder):
        found.cut.add(holder)
        return False
    if len(path) >= MAX_LINKS:
        found.cut.add(holder)
        found.complete = False
        return False
    return True


def _ties(holdings: Holdings, company: str, up: str, ends: Sequence[str]) -> list[Holding]:
    kinds = [up, *(kind for kind in ends if kind != up)]
    return [tie for kind in kinds for tie in holdings.of(company, kind)]


def _rotated(loop: tuple[str, ...]) -> tuple[str, ...]:
    """The loop begun at its smallest id, each company followed by the one that holds it."""
    start = loop.index(min(loop))
    return loop[start:] + loop[:start]


@dataclass(frozen=True, slots=True)
class Stake:
    """What a person has in a company on a day. Shares None: unknown; `kind` says how strong it can be."""

    kind: str
    share: Fraction | None
    direct_share: Fraction | None


def stake(chains: Sequence[Chain], complete: bool) -> Stake:
    """The effective share through `chains`: products along each, summed over all (НК ст. 105.2 п. 3, by analogy).

    `owner`: above 10 % directly; `indirect-owner`: above 10 % in all, the direct part alone not; else `small-share`
    (44-ФЗ ст. 31 ч. 1 п. 9). A link of unknown share may be the whole, so it may make an owner; the number stays unknown.
    A sum above the whole means that the sources contradict each other: unknown as well.
    """
    direct = [chain for chain in chains if len(chain.links) == 1]
    direct_most = sum((chain.share_at_most for chain in direct), Fraction(0))
    most = sum((chain.share_at_most for chain in chains), Fraction(0))
    known = complete and most <= 1 and all(chain.share_known for chain in chains)
    direct_known = direct_most <= 1 and all(chain.share_known for chain in direct)
    return Stake(_kind(direct_most, most, complete), most if known else None, direct_most if direct_known else None)


def _kind(direct: Fraction, total: Fraction, complete: bool) -> str:
    if direct > OWNER_ABOVE:
        return "owner"
    return "indirect-owner" if total > OWNER_ABOVE or not complete else "small-share"
