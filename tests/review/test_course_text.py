"""The course of a case in words, in both languages, whatever it says."""

from __future__ import annotations

import datetime as dt
import typing

import pytest

from affil.decisions.course import Event, Tie
from affil.decisions.events import QUESTIONS, Covers, Required, event_kinds
from affil.model.run import Nearness
from affil.reports.course_text import change_text, changes_text, fault_text, near_text, outcome_text
from affil.review.changed import Change
from affil.review.recorded import Fault
from affil.words import LANGUAGES, Words

RU = Words("ru")
TIE = Tie("director", "person:волнова анна", "inn:1", "Волнова Анна", "ООО «Вереск»", dt.date(2018, 5, 14))
AT = dt.datetime(2026, 3, 2, 9)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_event_outcome_and_cover_has_its_words(lang: str) -> None:
    words = Words(lang)
    for name, kind in event_kinds().items():
        assert words(f"course.event.{name}") and words(f"course.question.{kind.question}")
        for outcome in kind.outcomes:
            assert outcome_text(Event(name, "T-1", "—", AT.date(), AT, outcome), words)
    assert set(words.raw("course.outcome")) == {name for name, kind in event_kinds().items() if kind.outcomes}
    assert set(words.raw("course.covers")) == set(typing.get_args(Covers))
    assert set(words.raw("course.question")) == {*QUESTIONS, "course"}
    assert set(typing.get_args(Required)) <= set(words.raw("course.field"))


def test_what_changed_is_said_with_what_it_was() -> None:
    assert change_text(Change("dates", TIE, "2018-05-14/", "2018-05-14/2025-11-03"), RU) == (
        "Волнова Анна — руководитель: ООО «Вереск»: срок был 14.05.2018 — …, стал 14.05.2018 — 03.11.2025"
    )
    assert change_text(Change("share_held", None, "1/20", "1/2"), RU) == "доля на день закупки была 5 %, стала 50 %"
    assert change_text(Change("control", None, "", "director; owner"), RU) == (
        "роль в организации была: не указано; стала: руководитель, участник (доля более 10 %)"
    )
    assert (
        change_text(Change("extract", None, "", "2025-12-01"), RU)
        == "загружена выписка новее: была от не указано, есть от 01.12.2025"
    )
    twice = [Change("added", TIE), Change("added", TIE), Change("gone", TIE)]
    told = "Волнова Анна — руководитель: ООО «Вереск»"
    assert changes_text(twice, RU).split("\n") == [f"появилась связь: {told}", f"связи больше нет: {told}"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_change_nearness_and_fault_has_its_words(lang: str) -> None:
    words = Words(lang)
    for what in set(words.raw("course.changed")) - {"unknown"}:
        assert change_text(Change(what, TIE), words)
    for way in set(words.raw("course.near")) - {"refused"}:
        assert near_text(Nearness(way, "Волнова Анна", "spouse.parent", "director"), words)
    for key in words.raw("course.fault"):
        assert fault_text(Fault(key, {"field": "outcome", "day": "2026-03-02", "number": "7", "by": "—"}), words)


def test_why_a_reviewer_is_refused_names_the_way() -> None:
    near = near_text(Nearness("kin", "Верещагин Платон Савельевич", "spouse.parent"), RU)
    assert near == "родство или свойство: Верещагин Платон Савельевич — отец супруга(и)"
