"""When a registry tie held: a registry extract shows only its own day (DESIGN 2, CONTRACT 4 `in_force`)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affil.control.intervals import Cover, Period, covers, may_cover, seen_period

SINCE = dt.date(2020, 3, 1)
FIRST = dt.date(2022, 6, 1)
SECOND = dt.date(2024, 6, 1)
DAY = dt.timedelta(days=1)


def test_a_tie_in_the_newest_extract_has_no_known_end() -> None:
    assert seen_period(SINCE, [FIRST, SECOND], [SECOND, FIRST]) == Period(SINCE, None, SECOND)


def test_a_tie_missing_in_a_newer_extract_ended_between_the_two() -> None:
    assert seen_period(SINCE, [FIRST], [FIRST, SECOND]) == Period(SINCE, SECOND - DAY, FIRST)


def test_an_unknown_start_is_bounded_by_an_older_extract_without_the_tie() -> None:
    assert seen_period(None, [SECOND], [FIRST, SECOND]) == Period(FIRST + DAY, None, SECOND, known_from=SECOND)
    assert seen_period(None, [SECOND], [SECOND]) == Period(None, None, SECOND, known_from=SECOND)


def test_a_first_record_later_than_an_extract_that_shows_the_tie_is_unknown() -> None:
    assert seen_period(SECOND, [FIRST], [FIRST]) == Period(None, None, FIRST, known_from=FIRST)


def test_an_extract_without_the_tie_in_between_does_not_break_it() -> None:
    assert seen_period(SINCE, [FIRST, SECOND], [FIRST, FIRST + DAY, SECOND]) == Period(SINCE, None, SECOND)


def test_without_a_dated_extract_only_the_start_is_known() -> None:
    assert seen_period(SINCE, [], []) == Period(SINCE, None, None)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (SINCE - DAY, Cover("no")),
        (SINCE, Cover("yes")),
        (FIRST, Cover("yes")),
        (FIRST + DAY, Cover("assumed", ("end_between_extracts",))),
        (SECOND - DAY, Cover("assumed", ("end_between_extracts",))),
        (SECOND, Cover("no")),
    ],
)
def test_both_ends_are_inclusive_and_the_doubt_is_named(day: dt.date, answer: Cover) -> None:
    assert covers(Period(SINCE, SECOND - DAY, FIRST), day) == answer


def test_an_extract_older_than_the_day_counts_as_covering_as_an_assumption() -> None:
    assert covers(Period(SINCE, None, FIRST), FIRST + DAY) == Cover("assumed", ("extract_older",))


def test_an_unknown_start_counts_as_covering_as_an_assumption() -> None:
    assert covers(Period(None, None, SECOND), FIRST) == Cover("assumed", ("start_unknown",))
    assert covers(Period(None, None, SECOND, known_from=FIRST), FIRST) == Cover("yes")
    assert covers(Period(None, None, FIRST), SECOND) == Cover("assumed", ("start_unknown", "extract_older"))


def test_an_extract_without_a_date_leaves_the_end_unknown() -> None:
    assert covers(Period(SINCE, None, None), SINCE) == Cover("assumed", ("end_unknown",))


def test_an_exact_end_is_no_assumption() -> None:
    assert covers(Period(SINCE, FIRST, None), FIRST) == Cover("yes")


days = st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 12))


@given(since=st.none() | days, shown=st.sets(days, min_size=1), others=st.sets(days))
def test_extracts_are_believed(since: dt.date | None, shown: set[dt.date], others: set[dt.date]) -> None:
    period = seen_period(since, sorted(shown), sorted(shown | others))
    assert all(covers(period, day) == Cover("yes") for day in shown)
    newer = [day for day in others if day > max(shown)]
    assert all(covers(period, day).answer == "no" for day in newer)
    if since is not None and since <= min(shown):
        assert covers(period, since).answer == "yes"
        assert covers(period, since - DAY).answer == "no"
    else:
        assert all(covers(period, day).answer == "no" for day in others if day < min(shown))


@given(
    since=st.none() | days, shown=st.sets(days, min_size=1), others=st.sets(days), bounds=st.lists(days, min_size=2, max_size=2)
)
def test_of_a_day_known_by_its_period_all_days_of_it_are_asked(
    since: dt.date | None, shown: set[dt.date], others: set[dt.date], bounds: tuple[dt.date, dt.date]
) -> None:
    period = seen_period(since, sorted(shown), sorted(shown | others))
    first, last = sorted(bounds)
    each = [covers(period, first + DAY * n) for n in range((last - first).days + 1)]
    answers = {one.answer for one in each}
    found = may_cover(period, first, last)
    assert found.answer == (answers.pop() if len(answers) == 1 else "assumed")
    assert set(found.assumed) == {key for one in each for key in one.assumed}


def test_an_open_side_of_the_period_rules_nothing_out() -> None:
    tie = Period(SINCE, FIRST, FIRST)
    assert may_cover(tie, None, None).answer == "assumed"
    assert [may_cover(tie, None, SINCE - DAY * n).answer for n in (0, 1)] == ["assumed", "no"]
    assert [may_cover(tie, FIRST + DAY * n, None).answer for n in (0, 1)] == ["assumed", "no"]
