"""Time cut where what is known of one link changes: each case worked by hand, an extract shows only its own day (DESIGN 2)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from affil.control.control import controls
from affil.control.intervals import Period, covers
from affil.control.shares import Holding

DAY = dt.timedelta(days=1)
LONG_AGO, BOUGHT, ASKED = dt.date(2010, 5, 1), dt.date(2021, 1, 1), dt.date(2022, 6, 1)


def through_a_firm(upper: Period, lower: Period) -> list[Period]:
    """Anna owns M, M owns T: when she is behind T."""
    whole = Fraction(1)
    ties = [
        Holding("M", "anna", "person", "owner", whole, upper, "a"),
        Holding("T", "M", "organisation", "owner", whole, lower, "m"),
    ]
    return [control.period for control in controls(ties, ["T"]).controls]


def doubts(periods: list[Period], day: dt.date) -> set[str]:
    held = [covers(period, day) for period in periods]
    return {key for cover in held if cover.answer != "no" for key in cover.assumed}


def test_a_tie_seen_only_on_the_day_it_began_is_certain_on_that_day_alone() -> None:
    """M's share in T was recorded on the day of the only extract of T: from the next day on nothing shows it."""
    periods = through_a_firm(Period(LONG_AGO, None, ASKED), Period(BOUGHT, None, BOUGHT))
    assert [doubts(periods, BOUGHT + DAY * n) for n in (0, 1)] == [set(), {"extract_older"}]


def test_a_tie_seen_until_the_day_before_its_known_end_is_in_doubt_on_the_last_day() -> None:
    periods = through_a_firm(Period(LONG_AGO, None, ASKED), Period(LONG_AGO, BOUGHT, BOUGHT - DAY))
    assert [doubts(periods, BOUGHT - DAY * n) for n in (1, 0)] == [set(), {"end_between_extracts"}]


def test_a_start_bounded_by_two_extracts_is_in_doubt_until_the_second() -> None:
    """The first day that is certain is that of the newer extract, also where the chain lasts no longer."""
    periods = through_a_firm(Period(LONG_AGO, BOUGHT, None), Period(BOUGHT - DAY, None, ASKED, known_from=BOUGHT))
    assert [doubts(periods, BOUGHT - DAY * n) for n in (1, 0)] == [{"start_unknown"}, set()]


def test_a_chain_that_begins_after_the_extract_of_its_upper_link_is_shown_until_the_day_before_it() -> None:
    """Nothing shows the whole chain on any day: it is told as seen up to the day before it could begin."""
    (period,) = through_a_firm(Period(LONG_AGO, None, BOUGHT - DAY * 9), Period(BOUGHT, None, ASKED))
    assert period == Period(BOUGHT, None, BOUGHT - DAY)
    assert [doubts([period], day) for day in (BOUGHT, ASKED + DAY)] == [{"extract_older"}, {"extract_older"}]
