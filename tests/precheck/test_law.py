"""Cases of the law worked by hand: which question a tie puts, about the member of the commission or about the participant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asking import AUTHOR, CHAIR, HEAD, MEMBER, ask, district, filled, limits, pair, reasons

from affil.store.store import Store


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield filled(opened, district())


# procurement, who, whose company; the answer; whom the question is about; the article it rests on
CASES = [
    # 44-ФЗ ст. 39 ч. 6 п. 2 with 273-ФЗ ст. 10 ч. 2: parents of the spouse are in the circle; ст. 31 ч. 1 п. 9 does not name them
    ("father-in-law", CHAIR, "org 20", ("official",), "44-ФЗ ст. 39 ч. 6"),
    # 44-ФЗ ст. 31 ч. 1 п. 9: grandchildren are named there, and are outside the circle of 273-ФЗ ст. 10
    ("grandson", CHAIR, "org 21", ("participant",), "44-ФЗ ст. 31 ч. 1 п. 9"),
    # a brother is in both circles, and the sole executive of a participant: п. 9 «а», ст. 39 ч. 6 п. 2; an АО is no way out
    ("brother runs АО", CHAIR, "org 26", ("official", "participant"), "44-ФЗ ст. 31 ч. 1 п. 9"),
    ("application of kin", CHAIR, "org 25", ("official", "participant"), "44-ФЗ ст. 31 ч. 1 п. 9"),
    # п. 9 «в»: more than 10 % of the capital; exactly 10 % is not more, and remains a personal interest (273-ФЗ ст. 10 ч. 2)
    ("wife's tenth", CHAIR, "org 30", ("official",), "44-ФЗ ст. 39 ч. 6"),
    ("wife's eleven", CHAIR, "org 31", ("official", "participant"), "44-ФЗ ст. 31 ч. 1 п. 9"),
    # the member himself bids: п. 9 «а», ст. 39 ч. 6 п. 2, 3
    ("himself", MEMBER, "person 4", ("official", "participant"), "44-ФЗ ст. 39 ч. 6"),
    # «иные близкие отношения» (273-ФЗ ст. 10 ч. 2): outside both lists, a question to the official and never to the bidder
    ("cousin", CHAIR, "org 27", ("official",), "273-ФЗ ст. 10"),
    ("former wife", CHAIR, "org 32", ("official",), "273-ФЗ ст. 10"),
    # who wrote the specification is named neither in п. 9 nor in ст. 39; his interest is that of 273-ФЗ ст. 10
    ("author's brother", AUTHOR, "org 29", ("official",), "273-ФЗ ст. 10"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "who", "firm", "about", "basis"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_question_is_about_the_member_or_about_the_participant(
    store: Store, name: str, who: str, firm: str, about: tuple[str, ...], basis: str
) -> None:
    found = ask(store, name)
    told = pair(found, who, firm)
    assert (told.answer, told.about, told.number) == ("to_decide", about, 1)
    assert basis in {one for finding in told.findings for one in finding.bases}
    assert found.totals == {"none_in_data": len(found.pairs) - 1, "to_decide": 1, "undetermined": 0} or "АО" in name


def test_a_participant_without_ties_has_no_data_and_nothing_else_is_said(store: Store) -> None:
    found = ask(store, "clean")
    assert found.totals == {"none_in_data": 5, "to_decide": 0, "undetermined": 0}
    assert not found.is_open
    assert not found.at_or_above("info")
    assert not [limit for one in found.pairs for limit in limits(one)]


OPEN = [
    ("joint-stock", "org 22", "joint_stock"), ("no extract", "org 24", "no_extract"), ("no owners", "org 33", "no_owners"),
    ("application without owners", "org 35", "owners_not_disclosed"),
    ("application without director", "org 36", "director_not_disclosed"),
    ("application of АО", "org 37", "joint_stock"), ("unseen owner", "org 28", "holder_unseen"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "firm", "reason"), OPEN, ids=[name for name, *_ in OPEN])
def test_what_nobody_can_see_is_undetermined_for_everybody(store: Store, name: str, firm: str, reason: str) -> None:
    found = ask(store, name)
    assert {one.answer for one in found.pairs} == {"undetermined"}
    assert reasons(pair(found, HEAD, firm)) == [reason]
    assert found.is_open
    assert not found.at_or_above("info")


def test_a_participant_without_an_inn_is_undetermined(store: Store) -> None:
    found = ask(store, "no inn")
    assert {(one.answer, *reasons(one)) for one in found.pairs} == {("undetermined", "no_inn")}


def test_an_application_that_names_director_and_owners_is_an_answer_with_its_limit(store: Store) -> None:
    found = ask(store, "application")
    assert found.totals["none_in_data"] == 5
    assert limits(pair(found, CHAIR, "org 34")) == ["application"]


def test_a_tie_goes_before_what_cannot_be_said(store: Store) -> None:
    found = ask(store, "brother runs АО")
    assert pair(found, CHAIR, "org 26").answer == "to_decide"
    assert reasons(pair(found, CHAIR, "org 26")) == ["joint_stock"]
    assert pair(found, HEAD, "org 26").answer == "undetermined"


def test_a_bid_without_a_day_is_taken_as_of_the_day_of_the_question(store: Store) -> None:
    found = ask(store, "undated")
    assert {one.answer for one in found.pairs} == {"none_in_data"}
    assert limits(pair(found, CHAIR, "org 23")) == ["undated"]
    assert found.bidders[0].applied_on is None


def test_four_participants_four_answers(store: Store) -> None:
    found = ask(store, "several")
    told = {(one.official[-3:], one.participant): one.answer for one in found.pairs}
    assert len(told) == len(found.pairs) == 5 * 4
    assert [one.number for one in found.pairs if one.answer == "to_decide"] == [1, 2]
    assert found.totals == {"none_in_data": 13, "to_decide": 2, "undetermined": 5}
