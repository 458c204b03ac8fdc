"""What a decision covers, by hand: every kind of coverage on files that change after it (docs/course-of-a-case.md)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import pytest
from case_worlds import BY, DAY, Row, acted, contract, firm, opened, run_of, seen, standings, statuses, world

from affil.decisions.course import courses_of, undo_of
from affil.decisions.entry import Entry
from affil.decisions.log import append
from affil.model.run import Run
from affil.reports.findings_json import findings_json
from affil.review.changed import Change
from affil.review.status import with_status
from affil.rules.cases import Case, number

pytestmark = pytest.mark.usefixtures("small_worlds")


def log_after(*acts: tuple[Any, ...], case: Case | None = None, **more: Any) -> list[Entry]:
    """The log after these acts (kind, outcome), a minute after each other, on the world as it was then."""
    at = (dt.datetime(2026, 3, 2, 12, minute) for minute in range(60))
    return [entry for act in acts for entry in acted(case or world(), *act, at=next(at), **more)]


def later(log: Sequence[Entry], *contracts: Row, companies: Sequence[Row] = ()) -> dict[str, str]:
    return statuses(log, world(contracts, companies))


def changes(log: Sequence[Entry], *contracts: Row, companies: Sequence[Row] = ()) -> list[Change]:
    told = {change for _, one in standings(log, world(contracts, companies)) for change in one.changes}
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
    assert changes(log, contract("К-2", "2026-02-01")) == [Change("purchase")]
    assert changes([], contract("К-2", "2026-02-01")) == [], "a new tie is told from a new purchase under a known one"


def test_a_measure_on_one_of_two_purchases_leaves_the_other_as_it_was() -> None:
    two = world([contract("К-1"), contract("К-2", "2025-04-01")])
    log = [*log_after(("asked",), case=two), *acted(two, "measure", "recusal", numbers=("К-2",), on=DAY + dt.timedelta(1))]
    assert statuses(log, two) == {"К-1": "in progress", "К-2": "closed"}


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
    [entry] = acted(world(), "closed", "no_interest")
    undone = [entry, undo_of(entry, BY, DAY, "ошибка", dt.datetime(2026, 3, 3, 9))]
    assert (later([entry]), later(undone)) == ({"К-1": "closed"}, {"К-1": "open"})
    asked, closed = (acted(world(), *act, on=DAY + dt.timedelta(days)) for *act, days in (("asked", 2), ("closed", "other", 1)))
    assert later([*undone, *asked, *closed]) == {"К-1": "in progress"}, "by the day it happened, not by when it was written down"


def test_the_run_is_another_by_a_status_and_not_by_who_decided_when() -> None:
    with opened(world()) as store:
        untouched = run_of(store)

        def run_after(*log: Entry) -> Run:
            with store.undone():
                append(store, log)
                return run_of(store)

        one = run_after(*acted(world(), "measure", "recusal"))
        other = run_after(*acted(world(), "measure", "recusal", by="Иной Олег Олегович", on=DAY - dt.timedelta(9), why="иначе"))
        asked = run_after(*acted(world(), "asked"))
        assert {finding.status for finding in one.findings} == {"closed"}
        assert findings_json(one) == findings_json(other)
        assert len({untouched.id, one.id, asked.id}) == 3
        assert run_after(*acted(world(), "seen")).id == untouched.id


def test_two_orders_of_one_log_give_the_same_status() -> None:
    acts = [("asked",), ("tie", "not_established"), ("answered",), ("measure", "recusal"), ("commission", "other")]
    log = log_after(*acts)
    found, extracts = seen(world()).findings, seen(world()).extracts
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
    two = world([contract("К-1"), contract("К-2", "2025-04-01")])
    part = [*log_after(("asked",), case=two), *acted(two, "measure", "recusal", numbers=("К-2",), on=DAY + dt.timedelta(1))]
    [course] = courses_of(part).values()
    assert course.due and course.due.kind == "asked", "the other purchase is still to be answered for"
