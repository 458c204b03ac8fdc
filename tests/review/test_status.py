"""What a decision covers, by hand: every kind of coverage on files that change after it (docs/course-of-a-case.md)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from case_worlds import BY, DAY, acted, contract, firm, opened, run_of, statuses, world

from affil.decisions.course import course_of, courses_of, undo_of
from affil.decisions.entry import Entry
from affil.decisions.log import append, read_log
from affil.review.basis import extracts_in
from affil.review.changed import Change
from affil.review.status import standing_of, with_status
from affil.rules.cases import Case, number

pytestmark = pytest.mark.usefixtures("small_worlds")

GONE = firm("2025-12-01", directors=[{"name": "Нечаев Родион Фокич", "inn": "person 90", "since": dt.date(2025, 11, 3)}])


def log_after(*acts: tuple[Any, ...], case: Case | None = None, **more: Any) -> list[Entry]:
    """The log after these acts (kind, outcome) on the world as it was then."""
    with opened(case or world()) as store:
        for place, act in enumerate(acts):
            acted(store, *act, at=dt.datetime(2026, 3, 2, 12, place), **more)
        return read_log(store)


def later(
    log: Sequence[Entry], *contracts: dict[str, Any], companies: Sequence[dict[str, Any]] = (), **more: Any
) -> dict[str, str]:
    with opened(world(contracts, companies, **more), [bare(entry) for entry in log]) as store:
        return statuses(run_of(store))


def bare(entry: Entry) -> Entry:
    return replace(entry, number=0, previous="", hash="")


def changes(
    log: Sequence[Entry], *contracts: dict[str, Any], companies: Sequence[dict[str, Any]] = (), **more: Any
) -> list[Change]:
    with opened(world(contracts, companies, **more), [bare(entry) for entry in log]) as store:
        found = run_of(store).findings
        course = course_of(read_log(store), found[0].tie)
        told = {change for one in found for change in standing_of(one, course, extracts_in(store)).changes}
        return sorted(told, key=repr)


def test_nothing_written_all_is_open_and_what_is_asked_is_in_progress() -> None:
    assert later([]) == {"К-1": "open"}
    assert later(log_after(("seen",))) == {"К-1": "open"}, "a look decides nothing"
    assert later(log_after(("asked",))) == {"К-1": "in progress"}


def test_a_recusal_is_for_its_purchase_and_a_new_contract_under_the_known_tie_is_open() -> None:
    log = log_after(("asked",), ("answered",), ("tie", "established"), ("measure", "recusal"))
    assert later(log) == {"К-1": "closed"}
    assert later(log, contract("К-1"), contract("К-2", "2026-02-01")) == {"К-1": "closed", "К-2": "open"}
    assert later(log, contract("К-1", "2026-03-04")) == {"К-1": "open"}, "numbers of customers repeat every year"


def test_a_measure_on_one_of_two_purchases_leaves_the_other_as_it_was() -> None:
    two = [contract("К-1"), contract("К-2", "2025-04-01")]
    log = log_after(("asked",), case=world(two))
    with opened(world(two), [bare(entry) for entry in log]) as store:
        acted(store, "measure", "recusal", numbers=("К-2",), on=DAY + dt.timedelta(1))
        assert statuses(run_of(store)) == {"К-1": "in progress", "К-2": "closed"}


def test_a_tie_not_established_covers_new_purchases_until_a_tie_on_the_path_changes() -> None:
    log = log_after(("tie", "not_established"))
    assert later(log, contract("К-1"), contract("К-2", "2026-02-01")) == {"К-1": "closed", "К-2": "closed"}
    owner = {"name": "Рябова Софья Ефимовна", "inn": "person 20", "share": "1/2", "since": dt.date(2019, 1, 1)}
    other = {"name": "Нечаев Родион Фокич", "inn": "person 90", "share": "1/2", "since": dt.date(2018, 5, 14)}
    owned = firm(owners=[owner, other])
    assert set(later(log, contract("К-1"), contract("К-2", "2026-02-01"), companies=[owned]).values()) == {"reopened"}
    [added] = [one for one in changes(log, companies=[owned]) if one.what == "added"]
    assert added.tie and (added.tie.relation, added.tie.detail, added.tie.target) == ("owner", "50 %", "inn:" + number("org 20"))


def test_a_newer_extract_that_says_the_same_reopens_nothing_but_an_ended_tie() -> None:
    newer = [firm("2025-12-01")]
    assert later(log_after(("tie", "not_established")), companies=newer) == {"К-1": "closed"}
    ended = log_after(("tie", "ended"))
    assert later(ended, contract("К-1"), contract("К-2", "2026-02-01")) == {"К-1": "closed", "К-2": "closed"}
    assert later(ended, companies=newer) == {"К-1": "reopened"}
    assert changes(ended, companies=newer) == [Change("extract", None, "2025-06-01", "2025-12-01")]


def test_days_that_changed_are_told_with_what_they_were() -> None:
    log = log_after(("tie", "not_established"))
    earlier = [firm(directors=[{"name": "Рябова Софья Ефимовна", "inn": "person 20", "since": dt.date(2024, 1, 1)}])]
    [change] = changes(log, companies=earlier)
    assert (change.what, change.before, change.after) == ("dates", "2018-05-14/", "2024-01-01/")
    assert later(log, companies=earlier) == {"К-1": "reopened"}


def test_another_file_with_the_same_rows_changes_nothing() -> None:
    log = log_after(("measure", "none"))
    again = [
        firm("2025-12-01", directors=[{"name": "РЯБОВА  СОФЬЯ ЕФИМОВНА", "inn": "person 20", "since": dt.date(2018, 5, 14)}])
    ]
    assert later(log, companies=again) == {"К-1": "closed"}


def test_an_undo_opens_again_and_the_newest_event_speaks() -> None:
    with opened(world()) as store:
        untouched = run_of(store).id
        [entry] = acted(store, "closed", "no_interest")
        assert statuses(run_of(store)) == {"К-1": "closed"}
        append(store, [undo_of(entry, BY, DAY, "ошибка", dt.datetime(2026, 3, 3, 9))])
        again = run_of(store)
        assert (statuses(again), again.id) == ({"К-1": "open"}, untouched)
        acted(store, "asked", on=DAY + dt.timedelta(2))
        acted(store, "closed", "other", on=DAY + dt.timedelta(1))
        assert statuses(run_of(store)) == {"К-1": "in progress"}, "by the day it happened, not by when it was written down"


def test_the_run_is_another_by_a_status_and_not_by_who_decided_when() -> None:
    def run_after(by: str, on: dt.date, outcome: str = "recusal") -> str:
        with opened(world()) as store:
            acted(store, "measure", outcome, by=by, on=on)
            return run_of(store).id

    with opened(world()) as store:
        untouched = run_of(store).id
    one, other = run_after(BY, DAY), run_after("Иной Олег Олегович", DAY - dt.timedelta(9))
    assert (one == other, one == untouched) == (True, False)
    with opened(world()) as store:
        acted(store, "asked")
        assert run_of(store).id not in (one, untouched)


def test_two_orders_of_one_log_give_the_same_status() -> None:
    acts = [("asked",), ("tie", "not_established"), ("answered",), ("measure", "recusal"), ("commission", "other")]
    log = log_after(*acts)
    with opened(world()) as store:
        found, extracts = run_of(store).findings, extracts_in(store)
    rng = random.Random(7)
    whole = with_status(found, log, extracts)
    assert {one.status for one in whole} == {"in progress"}, "the commission came last"
    for size in range(len(log) + 1):
        part = log[:size]
        told = with_status(found, part, extracts)
        for _ in range(4):
            assert with_status(found, rng.sample(part, size), extracts) == told


def test_the_four_answers_are_kept_apart_with_who_gave_the_assessment() -> None:
    log = log_after(("tie", "established"), ("assessment", "conflict"), ("tie", "unsure"), ("measure", "recusal"))
    [course] = courses_of(log).values()
    told = {question: event.outcome for question, event in course.answers.items()}
    assert told == {"tie": "unsure", "assessment": "conflict", "measure": "recusal"}
    assert course.answers["assessment"].assessed_by == "юрист"
    assert course.first_seen and course.first_seen.on == DAY


def test_the_day_to_act_by_is_the_usual_one_and_is_settled_by_what_answers_it() -> None:
    [course] = courses_of(log_after(("asked",))).values()
    assert course.due and (course.due.kind, course.due.due) == ("asked", DAY + dt.timedelta(10))
    [course] = courses_of(log_after(("asked",), ("answered",))).values()
    assert course.due is None
    [course] = courses_of(log_after(("seen",), ("asked",), ("answered",))).values()
    assert course.due and (course.due.kind, course.due.due) == ("seen", DAY + dt.timedelta(30))
    [course] = courses_of(log_after(("seen",), ("asked",), ("closed", "other"))).values()
    assert course.due is None
