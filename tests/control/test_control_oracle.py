"""Brute force beside the engine: every day on its own, every simple path by recursion, random small ownership graphs."""

import datetime as dt
import random
from collections.abc import Iterator
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from affil.control.control import controls
from affil.control.intervals import Period, covers
from affil.control.shares import Holding

COMPANIES = ["A", "B", "C", "D"]
PERSONS = ["anna", "boris"]
FIRST = dt.date(2024, 1, 1)
DAYS = [FIRST + dt.timedelta(days=number) for number in range(-2, 13)]
TENTH = Fraction(1, 10)

some_day = st.integers(0, 9).map(lambda number: FIRST + dt.timedelta(days=number))
periods = st.builds(Period, st.none() | some_day, st.none() | some_day, st.none() | some_day, st.none() | some_day)
shares = st.sampled_from([None, Fraction(1, 20), Fraction(1, 10), Fraction(1, 3), Fraction(1, 2), Fraction(9, 10), Fraction(0)])


@st.composite
def holding_lists(draw: st.DrawFn) -> list[Holding]:
    ends = st.tuples(st.sampled_from(COMPANIES), st.sampled_from(COMPANIES + PERSONS))
    found = []
    for number, (company, holder) in enumerate(draw(st.lists(ends, max_size=9))):
        person = holder in PERSONS
        kind = draw(
            st.sampled_from(["owner", "owner", "owner", "director", "managing"] if person else ["owner", "owner", "managing"])
        )
        holder_kind = "person" if person else draw(st.sampled_from(["organisation", "organisation", "foreign", "public", "fund"]))
        share = draw(shares) if kind == "owner" else None
        found.append(Holding(company, holder, holder_kind, kind, share, draw(periods), f"e{number}"))
    return found


def paths(
    ties: list[Holding], company: str, up: str, below: tuple[Holding, ...], met: frozenset[str]
) -> Iterator[tuple[Holding, ...]]:
    """Simple paths up from `company`, written down from the definition; a loop is yielded as ending in an organisation."""
    for tie in ties:
        if tie.company != company or tie.holder == company or tie.share == 0:
            continue
        ends = tie.kind == "owner" if up == "owner" else tie.kind in ("director", "managing")
        if tie.holder_kind == "person" and ends:
            yield (tie, *below)
        elif tie.holder_kind in ("organisation", "foreign") and tie.kind == up:
            if tie.holder in met:
                yield (tie, *below)
            else:
                yield from paths(ties, tie.holder, up, (tie, *below), met | {tie.holder})


def verdict(chains: list[tuple[Holding, ...]]) -> tuple[str, Fraction | None, Fraction | None]:
    def most(chain: tuple[Holding, ...]) -> Fraction:
        product = Fraction(1)
        for link in chain:
            product *= Fraction(1) if link.share is None else link.share
        return product

    direct = [chain for chain in chains if len(chain) == 1]
    total_most, direct_most = sum(map(most, chains), Fraction(0)), sum(map(most, direct), Fraction(0))
    unknown = any(link.share is None for chain in chains for link in chain) or total_most > 1
    direct_unknown = any(link.share is None for chain in direct for link in chain) or direct_most > 1
    kind = "owner" if direct_most > TENTH else "indirect-owner" if total_most > TENTH else "small-share"
    return kind, None if unknown else total_most, None if direct_unknown else direct_most


def expected(holdings: list[Holding], target: str, day: dt.date) -> tuple[set[object], set[tuple[str, ...]]]:
    ties = [tie for tie in holdings if covers(tie.period, day).answer != "no"]
    rows: dict[tuple[str, str], list[tuple[Holding, ...]]] = {}
    loops: set[tuple[str, ...]] = set()
    for up in ("owner", "managing"):
        for chain in paths(ties, target, up, (), frozenset({target})):
            if chain[0].holder_kind != "person":
                round_trip = [link.company for link in reversed(chain)]
                loop = round_trip[round_trip.index(chain[0].holder) :]
                start = loop.index(min(loop))
                loops.add(tuple(loop[start:] + loop[:start]))
                continue
            director = len(chain) == 1 and chain[0].kind == "director"
            way = "owner" if up == "owner" else "director" if director else "manager"
            rows.setdefault((chain[0].holder, way), []).append(chain)
    answer: set[object] = set()
    for (person, way), chains in rows.items():
        kind, share, direct = verdict(chains) if way == "owner" else (way, None, None)
        assumed = {key for chain in chains for link in chain for key in covers(link.period, day).assumed}
        if way == "owner" and share is None:
            assumed.add("share_unknown")
        evidence = tuple(sorted(tuple(link.evidence for link in chain) for chain in chains))
        answer.add((person, kind, share, direct, evidence, frozenset(assumed)))
    return answer, loops


@settings(deadline=None)
@given(holding_lists())
def test_segments_say_of_every_day_what_brute_force_says_of_it(holdings: list[Holding]) -> None:
    result = controls(holdings, COMPANIES)
    loops: set[tuple[str, ...]] = set()
    for target in COMPANIES:
        rows = [row for row in result.controls if row.company == target]
        for day in DAYS:
            found = [
                (row.person, row.kind, row.share, row.direct_share, row.chains, frozenset((*row.assumed, *covered.assumed)))
                for row in rows
                if (covered := covers(row.period, day)).answer != "no"
            ]
            wanted, met = expected(holdings, target, day)
            loops |= met
            assert len(found) == len(set(found))
            assert set(found) == wanted
    assert set(result.loops) == loops
    assert result.cut == []


@settings(deadline=None)
@given(holding_lists(), st.integers())
def test_the_order_of_holdings_and_targets_changes_nothing(holdings: list[Holding], seed: int) -> None:
    shuffled, targets = list(holdings), list(COMPANIES)
    random.Random(seed).shuffle(shuffled)
    random.Random(seed).shuffle(targets)
    assert controls(shuffled, targets) == controls(holdings, COMPANIES)


@settings(deadline=None)
@given(holding_lists())
def test_a_company_is_answered_alike_alone_and_among_others(holdings: list[Holding]) -> None:
    together = controls(holdings, COMPANIES).controls
    assert [row for target in COMPANIES for row in controls(holdings, [target]).controls] == together
