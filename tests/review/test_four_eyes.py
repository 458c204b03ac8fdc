"""Two who agree close a case; the second is blind to the first; where they differ it stays open and that is told."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

import pytest
from case_worlds import DAY, acted, seen, standings, statuses, world

from affil.decisions.course import Course, courses_of
from affil.decisions.entry import Entry, Side
from affil.review.four_eyes import decided_alone, reviewer_of, visible_to
from affil.review.recorded import Act, fault_in
from affil.review.to_do import to_do
from affil.settings import Review, Reviewer, Settings, default_settings

pytestmark = pytest.mark.usefixtures("small_worlds")

ANNA, IGOR = "Петрова Анна Борисовна", "Седов Игорь Львович"
REVIEWERS = (Reviewer(name=ANNA), Reviewer(name=IGOR))
TWO: Settings = default_settings().model_copy(update={"review": Review(four_eyes=True, reviewers=REVIEWERS)})


def log_of(*acts: tuple[str, str, str]) -> list[Entry]:
    """(by, kind, outcome), a minute after each other."""
    return [
        entry
        for minute, (by, kind, outcome) in enumerate(acts)
        for entry in acted(world(), kind, outcome or None, settings=TWO, by=by, at=dt.datetime(2026, 3, 2, 12, minute))
    ]


def told(log: list[Entry]) -> tuple[str, str]:
    [standing] = {(standing.status, standing.waits) for _, standing in standings(log, world(), TWO)}
    return standing


def course(log: list[Entry]) -> Course:
    [one] = courses_of(log).values()
    return one


@pytest.mark.parametrize(
    ("acts", "status", "waits"),
    [
        ([(ANNA, "measure", "recusal")], "in progress", "second"),
        ([(ANNA, "measure", "recusal"), (ANNA, "measure", "recusal")], "in progress", "second"),
        ([(ANNA, "measure", "recusal"), ("А. Б. Петрова, начальник отдела", "measure", "recusal")], "in progress", "second"),
        ([(ANNA, "measure", "recusal"), (IGOR, "measure", "recusal")], "closed", ""),
        ([(ANNA, "measure", "recusal"), ("И. Л. Седов", "measure", "recusal")], "closed", ""),
        ([(ANNA, "measure", "recusal"), (IGOR, "measure", "none")], "in progress", "disagreement"),
        ([(ANNA, "measure", "recusal"), (IGOR, "measure", "none"), (IGOR, "measure", "recusal")], "closed", ""),
        ([(ANNA, "tie", "not_established"), (IGOR, "tie", "established")], "in progress", "disagreement"),
        ([(ANNA, "tie", "not_established"), (IGOR, "tie", "not_established")], "closed", ""),
        ([(ANNA, "measure", "recusal"), (IGOR, "measure", "recusal"), (IGOR, "asked", "")], "in progress", ""),
        ([(ANNA, "measure", "recusal"), (IGOR, "closed", "dealt_with")], "in progress", "second"),
        ([(ANNA, "asked", "")], "in progress", ""),
    ],
)
def test_what_two_reviewers_make_of_a_case(acts: list[tuple[str, str, str]], status: str, waits: str) -> None:
    assert told(log_of(*acts)) == (status, waits)


def test_where_one_is_enough_the_first_closes_it() -> None:
    assert statuses(log_of((ANNA, "measure", "recusal")), world()) == {"К-1": "closed"}


def test_the_order_in_which_the_two_wrote_plays_no_part() -> None:
    acts = [(ANNA, "measure", "recusal"), (IGOR, "measure", "recusal"), (ANNA, "asked", "")]
    log = log_of(*acts)
    assert {told(list(order)) for order in itertools.permutations(log)} == {("in progress", "")}


def test_the_second_sees_what_happened_and_not_what_the_first_decided() -> None:
    log = log_of(
        (ANNA, "asked", ""), (ANNA, "tie", "not_established"), (ANNA, "measure", "recusal"), (IGOR, "assessment", "unclear")
    )

    def shown(by: str, log: list[Entry]) -> list[str]:
        return [event.kind for event in visible_to(course(log), by, REVIEWERS).events]

    assert shown(ANNA, log) == ["asked", "tie", "measure", "assessment"]
    assert shown(IGOR, log) == ["asked", "assessment"]
    assert shown("Кто-то Другой", log) == ["asked", "assessment"]
    decided = [*log, *acted(world(), "tie", "established", by=IGOR, settings=TWO, on=DAY + dt.timedelta(1))]
    assert shown(IGOR, decided) == ["asked", "tie", "assessment", "tie"], "he has decided on the tie, and not on the measure"
    agreed = [*log, *acted(world(), "measure", "recusal", by=IGOR, settings=TWO, on=DAY + dt.timedelta(1))]
    assert "measure" in shown("Кто-то Другой", agreed), "what both say is no secret"


def test_a_judgement_on_two_persons_from_elsewhere_needs_the_consent_of_two_in_a_case() -> None:
    """What `affil match import` brings: the entry on two persons, with the events of the case it was made in, or without."""
    sides = (Side(("born:А Б В|1980-01-01",), "А Б В", ""), Side(("name:1|А Б В",), "А Б В", ""))
    judged = Entry("different", "M-0123456789abcdef", sides, None, IGOR, DAY, "сверено", (), dt.datetime(2026, 3, 2, 13))
    [first] = acted(world(), "identity", "different", settings=TWO, by=ANNA, at=dt.datetime(2026, 3, 2, 12))
    [second] = acted(world(), "identity", "different", settings=TWO, by=IGOR, at=dt.datetime(2026, 3, 2, 13))
    linked = replace(second, facts={**second.facts, "identity": judged.digest})
    unsure = replace(judged, verdict="unsure")
    assert decided_alone([judged], [], REVIEWERS) == decided_alone([judged, linked], [], REVIEWERS) == [judged]
    assert decided_alone([judged, linked], [first], REVIEWERS) == decided_alone([unsure], [], REVIEWERS) == []
    taken_back = Entry("undo", judged.subject, (), judged.digest, ANNA, DAY, "ошибка", (), dt.datetime(2026, 3, 2, 14))
    assert decided_alone([judged, taken_back], [], REVIEWERS) == []


def test_only_reviewers_of_the_settings_decide_and_their_names_are_known_however_written() -> None:
    findings = seen(world()).findings

    def fault(by: str, kind: str, **more: Any) -> str:
        found = fault_in(Act(kind, by, DAY, why="—", documents=("д",), number="1", **more), findings, TWO, DAY)
        return found.key if found else ""

    assert fault("Кто-то Другой", "measure", outcome="recusal") == "no_reviewer"
    assert fault("Кто-то Другой", "asked") == ""
    assert fault("Петрова А. Б.", "measure", outcome="recusal") == ""
    twins = (Reviewer(name="Петрова Анна Борисовна"), Reviewer(name="Петрова Алла Белова"))
    assert reviewer_of("Петрова А. Б.", twins) is None, "it may be either"


def test_what_is_left_to_do_is_said_and_nothing_of_a_closed_case() -> None:
    def steps(*acts: tuple[str, str, str], settings: Settings = TWO) -> tuple[str, ...]:
        log = log_of(*acts)
        return to_do(courses_of(log).get(seen(world()).findings[0].tie, Course("")), standings(log, world(), settings), DAY).steps

    assert steps() == ("seen", "asked", "tie", "assessment", "measure", "closed")
    assert steps((ANNA, "seen", "")) == ("asked", "tie", "assessment", "measure", "closed")
    assert steps((ANNA, "asked", "")) == ("answered", "tie", "assessment", "measure", "closed")
    assert steps((ANNA, "measure", "none")) == ("second",)
    assert steps((ANNA, "measure", "none"), (IGOR, "measure", "recusal")) == ("disagreement",)
    assert steps((ANNA, "measure", "none"), settings=default_settings()) == ()


def test_a_day_that_is_past_is_told() -> None:
    log = log_of((ANNA, "asked", ""), (ANNA, "measure", "none"))  # what one of two decided settles nothing
    for days, overdue in ((10, False), (11, True)):
        left = to_do(course(log), standings(log, world(), TWO), DAY + dt.timedelta(days), REVIEWERS)
        assert (left.overdue, left.due and left.due.due) == (overdue, DAY + dt.timedelta(10))
