"""What of a case may be told to the official: each thing that must not be, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fake_run import EXTRACT, FORMS, contract, finding, official

from affil.answers.correspondence import Facts
from affil.model.finding import EvidencePath, Finding, OtherParty, Procedure, Source
from affil.reports.cases import cases_of
from affil.reports.letters.sayable import Said, telling
from affil.words import Words

WHO = official(1)
FACTS = Facts(own={WHO.key: frozenset({FORMS})}, registers=frozenset({EXTRACT.file}))
RU = Words("ru")


def told(found: Finding, facts: Facts = FACTS) -> tuple[Said, ...]:
    (case,) = cases_of([found])
    return telling(case, facts, RU).said


def with_step(place: int, **more: object) -> Callable[[Finding], Finding]:
    """The finding with one step of its path another: 0 kin, 1 registry, 2 purchase, 3 service."""

    def change(found: Finding) -> Finding:
        steps = list(found.path.steps)
        steps[place] = replace(steps[place], **more)  # type: ignore[arg-type]
        return replace(found, path=replace(found.path, steps=tuple(steps)))

    return change


def with_path(**more: object) -> Callable[[Finding], Finding]:
    return lambda found: replace(found, path=replace(found.path, **more))  # type: ignore[arg-type]


def test_a_relative_of_his_own_questionnaire_in_an_open_register_is_told() -> None:
    found = finding(1, WHO)
    assert told(found) == (Said("Берестова Нина Олеговна", "супруга", False, "director", "с 01.06.2021"),)


def test_he_himself_and_what_he_stated_are_told() -> None:
    assert told(finding(1, WHO, kin="self")) == (Said(None, None, False, "director", "с 01.06.2021"),)
    stated = with_step(1, relation="declares", source=FORMS)(finding(1, WHO))
    assert told(stated)[0].stated


BID = Procedure("0142300001225000077", None, "4299000109", False)
OTHERS = Source(FORMS.file, "Родственники!R99")


@pytest.mark.parametrize(
    "change",
    [
        with_path(identity_grade="D"),
        with_path(kinship=None),
        with_path(control=None),
        with_step(0, source=OTHERS),
        with_step(1, source=FORMS),
        with_step(1, source=Source("inbox/Заявки.xlsx", "R5")),
        with_step(1, relation="declares", source=OTHERS),
        with_step(1, relation="phone"),
        with_step(1, relation="address", source=FORMS),
        with_step(3, relation="reports_to"),
        with_step(3, origin="Другое Лицо"),
        with_step(3, relation="a-step-of-tomorrow"),
        lambda found: replace(found, contract=None, procedure=BID),
        lambda found: replace(found, supplier=None, other_party=OtherParty("o9", "person", "Другое Лицо", None, "9")),
    ],
)  # fmt: skip
def test_nothing_is_told_where_one_step_is_not_his_to_know(change: Callable[[Finding], Finding]) -> None:
    assert told(change(finding(1, WHO))) == ()


def test_two_rows_put_together_are_not_told() -> None:
    path = finding(1, WHO).path
    twice: EvidencePath = replace(path, steps=(path.steps[0], *path.steps))
    assert told(replace(finding(1, WHO), path=twice)) == ()


def test_of_two_ways_only_the_one_that_may_be_told_is_and_a_won_bid_is_a_purchase() -> None:
    other = with_step(0, source=OTHERS, target="Чужая Вера Львовна")(finding(1, WHO)).path
    (said,) = told(replace(finding(1, WHO), other_paths=(other,)))
    assert said.relative == "Берестова Нина Олеговна"
    won = replace(finding(1, WHO, bought=contract(1)), contract=None, procedure=replace(BID, won=True))
    assert told(won)


def test_the_same_row_is_not_own_for_another_official() -> None:
    assert told(finding(1, official(2))) == ()
