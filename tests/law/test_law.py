"""The lawyer's case book: every case in `cases/` through the real stages, answered as the law says."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from lawcase import LawCase, read_chapter
from lawjudge import CIRCLES, Came, came, expected, faults
from lawworld import World

import affil.kinship.circles as circles_module
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
    with Store.open(None).with_few_rows() as store:
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
            marks = [pytest.mark.xfail(reason=f"«{case.case}»: {case.open}", strict=True)] if case.open else []
            yield pytest.param(chapter, place, id=f"{chapter}-{place + 1}", marks=marks)


@pytest.mark.parametrize(("chapter", "place"), list(_parameters()))
def test_the_case_is_answered_as_the_law_says(chapter: str, place: int) -> None:
    case, got = CHAPTERS[chapter][place], answered(chapter)[place]
    wrong = faults(case, got)
    told = f"«{case.case}» ({case.article})\n  ожидалось: {expected(case)}\n  получено:  {got}\n  потому что: {case.why}"
    print(told)
    assert not wrong, told + "\n  расхождения: " + "; ".join(wrong)


def test_a_case_alone_is_answered_as_in_its_chapter() -> None:
    """Cases of one world do not touch one another: one of every third chapter alone; in `make proof` of every one."""
    for chapter, cases in list(CHAPTERS.items())[:: 1 if os.environ.get("AFFIL_PROOF") else 3]:
        place = len(cases) // 2
        (alone,) = answers([cases[place]])
        assert str(alone) == str(answered(chapter)[place]), cases[place].case


def test_a_wrong_expectation_is_told() -> None:
    """Every expectation of every case can fail: turned into its opposite, it does."""
    for chapter, cases in CHAPTERS.items():
        for case, got in zip(cases, answered(chapter), strict=True):
            for change in _opposites(case):
                assert faults(case.model_copy(update=change), got), (case.case, change)


def _opposites(case: LawCase) -> Iterator[dict[str, object]]:
    yield {"rules": (*case.rules, "no-such-rule")}
    yield {"reasons": (*case.reasons, "no-such-reason")}
    if case.rules and not case.open:
        yield {"rules": case.rules[1:]}
        yield from ({key: "?"} for key in ("kinship", "control", "grade", "in_force", "priority"))
        yield {"share": "7/1000"}
        yield from ({"circles": {short: "?"}} for short in ("п. 9", "ст. 10"))


def test_every_chain_of_every_circle_has_its_case() -> None:
    """Whoever adds a chain to a circle also writes the case for it, with the answer the law gives."""
    told = {
        (case.kinship, short, value) for cases in CHAPTERS.values() for case in cases for short, value in case.circles.items()
    }
    circles = yaml.safe_load((Path(circles_module.__file__).parent / "circles.yml").read_text(encoding="utf-8"))["circles"]
    for short, name in CIRCLES.items():
        circle = next(circle for circle in circles if circle["id"] == name and circle.get("in_force_to") is None)
        wanted = {(chain, short, "да") for chain in circle["yes"]} | {(chain, short, "спорно") for chain in circle["disputed"]}
        assert wanted <= told, f"{circle['id']}: нет случая для {sorted(wanted - told)}"


def test_the_book_names_rules_that_exist_and_each_case_once() -> None:
    cases = [case for chapter in CHAPTERS.values() for case in chapter]
    names = [case.case for case in cases]
    assert len(cases) >= 150
    assert sorted(names) == sorted(set(names))
    assert not {rule for case in cases if not case.open for rule in (*case.rules, *case.not_rules)} - RULES.rules.keys()
    print(f"случаев: {len(cases)}; открыто: {[case.case for case in cases if case.open]}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {case: a, article: b, why: c, answer: найдено, rules: [x], firm: {}, kinn: жена}", "kinn"),
        ("- {case: a, article: b, why: c, answer: найдено, firm: {}}", "rules"),
        ("- {case: a, article: b, why: c, answer: сказать нельзя, firm: {}}", "reasons"),
        ("- {case: a, article: b, answer: не найдено, firm: {}}", "why"),
        ("- {case: a, article: b, why: c, answer: может быть, firm: {}}", "answer"),
    ],
)
def test_a_misspelt_case_is_told_with_its_name(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "глава.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"глава\.yml, случай 1 «a»[\s\S]*{told}"):
        read_chapter(path)


def test_the_example_of_the_readme_is_a_case(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "README.md").read_text(encoding="utf-8")
    path = tmp_path / "пример.yml"
    path.write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    cases = read_chapter(path)
    assert [faults(case, got) for case, got in zip(cases, answers(cases), strict=True)] == [[]]
