"""Control worked by hand, each case with the article it stands on."""

import datetime as dt
import random
import time
from fractions import Fraction
from itertools import pairwise

import pytest

from affil.control.control import Control, controls
from affil.control.intervals import Period, covers
from affil.control.shares import MAX_CHAINS, MAX_HOLDERS, MAX_LINKS, Holding

pytestmark = pytest.mark.usefixtures("stores_used_again")

DAY = dt.timedelta(days=1)
ALWAYS = Period(dt.date(2015, 1, 1), dt.date(2030, 12, 31), None)


def tie(
    holder: str,
    company: str,
    share: Fraction | str | None = None,
    kind: str = "owner",
    period: Period = ALWAYS,
    holder_kind: str = "",
) -> Holding:
    """`holder` owns `share` of `company`; small letters are persons, capitals organisations."""
    known_kind = holder_kind or ("person" if holder.islower() else "organisation")
    exact = None if share is None else Fraction(share)
    return Holding(company, holder, known_kind, kind, exact, period, f"{holder}>{company}")


def only(holdings: list[Holding], target: str = "T") -> Control:
    result = controls(holdings, [target])
    assert len(result.controls) == 1
    return result.controls[0]


def test_exactly_ten_percent_is_a_small_share() -> None:
    """44-ФЗ ст. 31 ч. 1 п. 9: «превышающей десять процентов» is strictly above."""
    found = only([tie("anna", "T", "1/10")])
    assert (found.kind, found.share) == ("small-share", Fraction(1, 10))


def test_a_hundredth_of_a_percent_above_ten_is_an_owner() -> None:
    """44-ФЗ ст. 31 ч. 1 п. 9."""
    found = only([tie("anna", "T", "0.1001")])
    assert (found.kind, found.share, found.direct_share) == ("owner", Fraction(1001, 10_000), Fraction(1001, 10_000))


def test_direct_and_indirect_parts_add_up() -> None:
    """44-ФЗ ст. 31 ч. 1 п. 9 «напрямую или косвенно»; НК ст. 105.2 п. 3: 6 % + 50 % × 10 % = 11 %."""
    found = only([tie("anna", "T", "0.06"), tie("anna", "M", "0.5"), tie("M", "T", "0.1")])
    assert (found.kind, found.share, found.direct_share) == ("indirect-owner", Fraction(11, 100), Fraction(6, 100))
    assert found.chains == (("anna>M", "M>T"), ("anna>T",))


def test_shares_along_a_chain_are_multiplied() -> None:
    """НК ст. 105.2 п. 3: 50 % of 20 % is 10 %, not above ten."""
    found = only([tie("anna", "M", "0.5"), tie("M", "T", "0.2")])
    assert (found.kind, found.share, found.direct_share) == ("small-share", Fraction(1, 10), Fraction(0))


def test_shares_of_two_chains_are_summed() -> None:
    """НК ст. 105.2 п. 3: one third of 20 % and one half of 20 % make one sixth."""
    found = only([tie("anna", "M", "1/3"), tie("M", "T", "0.2"), tie("anna", "N", "1/2"), tie("N", "T", "0.2")])
    assert (found.kind, found.share) == ("indirect-owner", Fraction(1, 6))


def test_a_person_above_ten_percent_directly_is_an_owner_with_the_whole_effective_share() -> None:
    """CONTRACT 4: `share` is the effective share."""
    found = only([tie("anna", "T", "0.2"), tie("anna", "M", "0.5"), tie("M", "T", "0.8")])
    assert (found.kind, found.share, found.direct_share) == ("owner", Fraction(6, 10), Fraction(2, 10))


def test_a_loop_is_cut_and_reported_from_its_smallest_id() -> None:
    """DESIGN 5: the chain that goes round (anna, M, N, M, T) does not count. 50 % of 40 % is 20 %."""
    result = controls([tie("anna", "M", "0.5"), tie("M", "T", "0.4"), tie("M", "N", "0.9"), tie("N", "M", "0.5")], ["T"])
    assert [(found.kind, found.share) for found in result.controls] == [("indirect-owner", Fraction(1, 5))]
    assert result.loops == [("M", "N")]


def test_a_loop_of_three_names_each_company_and_then_its_holder() -> None:
    result = controls([tie("C", "B", "0.5"), tie("B", "A", "0.5"), tie("A", "C", "0.5")], ["C"])
    assert result.loops == [("A", "B", "C")]


def test_an_own_share_conducts_nothing() -> None:
    """LAW D27: the share of the company itself (СвДоляООО)."""
    result = controls([tie("T", "T", "0.5"), tie("anna", "T", "0.5")], ["T"])
    assert [(found.person, found.share) for found in result.controls] == [("anna", Fraction(1, 2))]
    assert result.loops == []


@pytest.mark.parametrize("holder_kind", ["public", "fund", "other"])
def test_public_owners_and_funds_do_not_conduct(holder_kind: str) -> None:
    """DESIGN 5; 44-ФЗ ст. 31 ч. 1 п. 9 speaks of chains of legal entities."""
    assert controls([tie("anna", "М", "0.9"), tie("М", "T", "0.9", holder_kind=holder_kind)], ["T"]).controls == []


def test_the_director_of_the_company_is_a_director() -> None:
    """44-ФЗ ст. 31 ч. 1 п. 9 «в»: the sole executive body."""
    found = only([tie("boris", "T", kind="director")])
    assert (found.kind, found.share, found.direct_share, found.chains) == ("director", None, None, (("boris>T",),))


def test_who_directs_the_managing_company_is_a_manager() -> None:
    """ГК ст. 65.3 п. 3 (the managing organisation as sole executive body); OFFICER 6.9: not literally the sole executive."""
    found = only([tie("boris", "M", kind="director"), tie("M", "T", kind="managing")])
    assert (found.kind, found.chains) == ("manager", (("boris>M", "M>T"),))


def test_managing_companies_may_stand_in_a_chain() -> None:
    found = only([tie("boris", "N", kind="director"), tie("N", "M", kind="managing"), tie("M", "T", kind="managing")])
    assert (found.kind, found.chains) == ("manager", (("boris>N", "N>M", "M>T"),))


def test_a_managing_person_is_a_manager() -> None:
    assert only([tie("boris", "T", kind="managing")]).kind == "manager"


def test_the_director_of_an_owner_does_not_control_the_company() -> None:
    assert controls([tie("boris", "M", kind="director"), tie("M", "T", "1")], ["T"]).controls == []


def test_each_way_of_control_has_its_own_row_strongest_first() -> None:
    """CONTRACT 4, order of `control`."""
    result = controls([tie("anna", "T", "0.5"), tie("anna", "T", kind="director")], ["T"])
    assert [found.kind for found in result.controls] == ["director", "owner"]


def test_a_share_that_changes_gives_one_row_for_each_stretch() -> None:
    """CONTRACT 4: `share` = effective share on the event date; both ends inclusive."""
    early = Period(dt.date(2020, 1, 1), dt.date(2021, 12, 31), dt.date(2021, 12, 31))
    late = Period(dt.date(2022, 1, 1), None, dt.date(2024, 5, 1))
    small, large = tie("anna", "T", "0.05", period=early), tie("anna", "T", "0.4", period=late)
    result = controls([large, small], ["T"])
    assert [(found.kind, found.share, found.period) for found in result.controls] == [
        ("small-share", Fraction(1, 20), early),
        ("owner", Fraction(2, 5), late),
    ]


def test_a_chain_counts_only_while_all_its_links_hold() -> None:
    first = Period(dt.date(2020, 1, 1), dt.date(2021, 12, 31), None)
    second = Period(dt.date(2021, 7, 1), None, dt.date(2023, 1, 1))
    found = only([tie("anna", "M", "1", period=first), tie("M", "T", "1", period=second)])
    assert (found.period.valid_from, found.period.valid_to) == (dt.date(2021, 7, 1), dt.date(2021, 12, 31))
    never = Period(dt.date(2022, 1, 1), None, None)
    assert controls([tie("anna", "M", "1", period=first), tie("M", "T", "1", period=never)], ["T"]).controls == []


def test_doubts_about_every_link_reach_the_control() -> None:
    """CONTRACT 4 `assumed`: unknown bounds and older extracts are listed."""
    unknown_start = Period(None, None, dt.date(2023, 1, 1))
    older = Period(dt.date(2020, 1, 1), None, dt.date(2022, 1, 1))
    found = only([tie("anna", "M", "1", period=unknown_start), tie("M", "T", "1", period=older)])
    assert found.assumed == ("start_unknown",)
    assert covers(found.period, dt.date(2022, 1, 1)).assumed == ()
    assert covers(found.period, dt.date(2022, 1, 2)).assumed == ("extract_older",)


def test_the_only_owner_with_an_unknown_share_is_an_owner_of_unknown_share() -> None:
    """44-ФЗ ст. 31 ч. 1 п. 9; unknown is never a number."""
    found = only([tie("anna", "T", None)])
    assert (found.kind, found.share, found.direct_share, found.assumed) == ("owner", None, None, ("share_unknown",))


def test_an_unknown_link_leaves_the_indirect_share_unknown() -> None:
    found = only([tie("anna", "M", None), tie("M", "T", "0.5"), tie("anna", "T", "0.05")])
    assert (found.kind, found.share, found.direct_share) == ("indirect-owner", None, Fraction(1, 20))
    assert found.assumed == ("share_unknown",)


def test_an_unknown_link_cannot_lift_a_chain_above_its_known_link() -> None:
    """Whatever part of M anna holds, 5 % of T above M is never more than 5 % (44-ФЗ ст. 31 ч. 1 п. 9)."""
    found = only([tie("anna", "M", None), tie("M", "T", "0.05")])
    assert (found.kind, found.share, found.assumed) == ("small-share", None, ("share_unknown",))


@pytest.mark.parametrize("share", ["-0.2", "1.5"])
def test_a_share_that_is_no_part_of_the_whole_is_unknown(share: str) -> None:
    assert only([tie("anna", "T", share)]).share is None


def test_shares_that_sum_above_the_whole_are_unknown() -> None:
    found = only([tie("anna", "T", "0.7"), tie("anna", "M", "1"), tie("M", "T", "0.7")])
    assert (found.kind, found.share, found.direct_share) == ("owner", None, Fraction(7, 10))


def test_a_share_of_zero_is_no_control() -> None:
    assert controls([tie("anna", "T", "0")], ["T"]).controls == []


def test_an_organisation_of_too_many_owners_does_not_conduct_and_is_reported() -> None:
    crowd = [tie(f"p{number}", "M", Fraction(1, 2000)) for number in range(MAX_HOLDERS + 1)]
    result = controls([*crowd, tie("M", "T", "1"), tie("anna", "T", "0.5")], ["T"])
    assert [found.person for found in result.controls] == ["anna"]
    assert result.cut == ["M"]
    assert len(controls(crowd, ["M"]).controls) == MAX_HOLDERS + 1


def test_as_many_owners_and_chains_as_are_still_followed() -> None:
    """Just as many as shares.py names are followed; a row told twice makes no owner more."""
    crowd = [tie(f"F{number}", "M", Fraction(1, 2000), holder_kind="public") for number in range(MAX_HOLDERS - 1)]
    result = controls([*crowd, crowd[0], tie("anna", "M", "1/2"), tie("M", "T", "1")], ["T"])
    assert ([found.share for found in result.controls], result.cut) == ([Fraction(1, 2)], [])
    below = [tie(f"C{number}", "T", Fraction(1, 2000)) for number in range(MAX_CHAINS)]
    result = controls([*below, *(tie("anna", one.holder, "1") for one in below)], ["T"])
    assert ([found.share for found in result.controls], result.cut) == ([Fraction(MAX_CHAINS, 2000)], [])


def test_a_chain_that_is_too_long_is_cut_and_the_shares_become_unknown() -> None:
    names = ["T", *(f"C{number}" for number in range(MAX_LINKS + 5))]
    links = [tie(upper, lower, "1") for lower, upper in pairwise(names)]
    result = controls([*links, tie("anna", names[-1], "1"), tie("boris", "C0", "0.05")], ["T"])
    assert [(found.person, found.kind, found.share) for found in result.controls] == [("boris", "indirect-owner", None)]
    assert result.cut == [names[MAX_LINKS]]


def test_cross_holdings_of_everybody_in_everybody_end_and_are_reported() -> None:
    names = [f"C{number:02}" for number in range(14)]
    clique = [tie(one, other, "1/20") for one in names for other in names if one != other]
    result = controls([*clique, tie("anna", "C03", "0.2")], ["C00"])
    assert result.cut == ["C00"]
    assert {found.share for found in result.controls} == {None}


def test_more_chains_than_anybody_can_read_leave_the_share_unknown() -> None:
    """Eleven storeys of two companies, each holding both below: 2048 chains."""
    storeys = [["T"], *([f"L{number:02}", f"R{number:02}"] for number in range(11))]
    links = [tie(upper, lower, "1/2") for below, above in pairwise(storeys) for lower in below for upper in above]
    result = controls([*links, tie("anna", "L10", "1/2"), tie("anna", "R10", "1/2")], ["T"])
    assert result.cut == ["T"]
    assert {(found.kind, found.share) for found in result.controls} == {("indirect-owner", None)}


def test_only_what_stands_above_the_targets_is_answered() -> None:
    assert {found.company for found in controls([tie("anna", "M", "1"), tie("M", "T", "1")], ["T", "X"]).controls} == {"T"}


def test_five_thousand_companies_take_less_than_half_a_second() -> None:
    since = [Period(dt.date(2020, 1, 1), None, dt.date(2024, 1, 1) + number * DAY) for number in range(100)]
    holdings = []
    for number in range(5_000):
        name, period = f"T{number}", since[number % 100]
        holdings += [tie(f"p{number}", name, "0.6", period=period), tie(f"d{number}", name, kind="director", period=period)]
        if number % 4 == 0:
            holdings.append(tie(f"T{number + 1}", name, "0.4", period=since[(number + 7) % 100]))
    random.Random(1).shuffle(holdings)
    targets = [f"T{number}" for number in range(5_000)]
    times = []
    for _ in range(3):
        started = time.process_time()
        found = controls(holdings, targets).controls
        times.append(time.process_time() - started)
    assert len(found) == 11_250
    assert min(times) < 0.5
