"""The lawyer's case book: every case in `cases/` through the real stages, answered as the law says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lawcase import LawCase, read_chapter
from lawjudge import Came, came, expected, faults
from lawworld import World

from affil.pipeline import Scope, screen
from affil.resolve.link import link
from affil.rules.cases import fill
from affil.rules.rule import load_rules
from affil.settings import default_settings
from affil.store.store import Store

TODAY = dt.date(2025, 12, 31)
CASES = Path(__file__).parent / "cases"
RULES = load_rules(Path(__file__).parents[2] / "rules")
CHAPTERS = {path.stem: read_chapter(path) for path in sorted(CASES.glob("*.yml"))}
WATCHED = frozenset(rule for cases in CHAPTERS.values() for case in cases for rule in (*case.rules, *case.not_rules))


def answers(cases: list[LawCase]) -> list[Came]:
    """What comes out for the cases, screened together in one world."""
    world = World(cases)
    with Store.open(None) as store:
        store.sql("SET threads = 1")  # for tables of a few rows a second thread only costs
        fill(store, world.rows)
        link(store)
        run = screen(store, RULES, default_settings(), Scope(as_of=TODAY))
    return [came(run, place, WATCHED) for place in world.places]


@cache
def answered(chapter: str) -> list[Came]:
    """The answers of a chapter, worked out once."""
    return answers(CHAPTERS[chapter])


def _parameters() -> Iterator[object]:
    for chapter, cases in CHAPTERS.items():
        for place, case in enumerate(cases):
            marks = [pytest.mark.xfail(reason=case.open, strict=True)] if case.open else []
            yield pytest.param(chapter, place, id=f"{chapter}: {case.case}", marks=marks)


@pytest.mark.parametrize(("chapter", "place"), list(_parameters()))
def test_the_case_is_answered_as_the_law_says(chapter: str, place: int) -> None:
    case, got = CHAPTERS[chapter][place], answered(chapter)[place]
    wrong = faults(case, got)
    told = f"«{case.case}» ({case.article})\n  ожидалось: {expected(case)}\n  получено:  {got}\n  потому что: {case.why}"
    print(told)
    assert not wrong, told + "\n  расхождения: " + "; ".join(wrong)
