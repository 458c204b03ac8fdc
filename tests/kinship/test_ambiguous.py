"""«Зять», «невестка», «сноха», «первая жена», brother-in-law: what the rest of the questionnaire decides, by hand."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import Any

import pytest

from affil.kinship.ambiguous import Declared, Speaker, decided
from affil.kinship.circles import in_circle
from affil.language.kin_words import parse_relationship

K273 = "273-ФЗ ст. 10"
CHILD, SISTER, FAR = "child.spouse", "sibling.spouse", "spouse.sibling.spouse"
HE = Speaker("m", "ВЕРЕЩАГИН", 1970)
SHE = Speaker("f", "ВЕРЕЩАГИНА", 1970)


def row(word: str, surname: str | None = None, born: int | None = None, fact: str = "person", **more: Any) -> Declared:
    kin = parse_relationship(word)
    assert kin is not None
    return Declared(kin.chains, fact, kin.gender, surname, birth_year=born, person=f"{word} {surname}", **more)


def nobody(word: str) -> Declared:
    return row(word, fact="none")


DAUGHTER, SON = row("дочь", "ВЕРЕЩАГИНА"), row("сын", "ВЕРЕЩАГИН")
SISTER_ROW, BROTHER = row("сестра", "РЯБОВА"), row("брат", "ВЕРЕЩАГИН")

CASES: list[tuple[str, Speaker, str, tuple[Declared, ...], tuple[str, ...]]] = [
    # the word, who says it, what else is declared, what is left
    ("nothing else is declared, a man: not his wife's sister's husband", HE, "зять", (), (CHILD, SISTER)),
    ("nothing else is declared, a woman", SHE, "зять", (), (CHILD, SISTER, FAR)),
    ("невестка of a man may be his wife's brother's wife", HE, "невестка", (), (CHILD, SISTER, FAR)),
    ("a daughter, and no sisters", HE, "зять", (DAUGHTER, nobody("братья и сестры")), (CHILD,)),
    ("a daughter, and a brother only", HE, "зять", (DAUGHTER, BROTHER), (CHILD,)),
    ("a sister, and no children", HE, "зять", (SISTER_ROW, nobody("дети")), (SISTER,)),
    ("a sister, and a son only", SHE, "зять", (SISTER_ROW, SON), (SISTER,)),
    ("a daughter; sisters were not asked for", HE, "зять", (DAUGHTER,), (CHILD, SISTER)),
    ("a sister; children were not asked for", HE, "зять", (SISTER_ROW,), (CHILD, SISTER)),
    ("a daughter and a sister", HE, "зять", (DAUGHTER, SISTER_ROW), (CHILD, SISTER)),
    ("a daughter and a sister: the far meaning is out", SHE, "зять", (DAUGHTER, SISTER_ROW), (CHILD, SISTER)),
    ("no children and no sisters, a woman: her husband's sister's husband", SHE, "зять",
     (nobody("дети"), nobody("сестры")), (FAR,)),
    ("nobody who fits at all: the data contradict themselves", HE, "зять", (nobody("дети"), nobody("сестры")),
     (CHILD, SISTER, FAR)),
    ("a son, and no brothers", SHE, "невестка", (SON, nobody("братья и сестры")), (CHILD,)),
    ("a brother, and a daughter only", HE, "невестка", (BROTHER, DAUGHTER), (SISTER,)),
    ("сноха of one who has a brother and no children", HE, "сноха", (BROTHER, nobody("дети")), (SISTER,)),
    ("not married: no wife's brother's wife", HE, "невестка", (nobody("супруга"),), (CHILD, SISTER)),
    ("a child who died was one all the same", HE, "зять", (row("дочь", fact="deceased"), nobody("сестры")), (CHILD,)),
    ("a half sister is a sister", HE, "зять", (row("единокровная сестра", "РЯБОВА"), nobody("дети")), (SISTER,)),
    ("an adopted daughter is a daughter", HE, "зять", (row("удочерённая"), nobody("сестры")), (CHILD,)),
    ("«первая жена» beside a wife", HE, "первая жена", (row("жена", "ВЕРЕЩАГИНА"),), ("spouse(former)",)),
    ("«первая жена» of one not married", HE, "первая жена", (nobody("супруга"),), ("spouse(former)",)),
    ("«первая жена», nothing else", HE, "первая жена", (), ("spouse(former)", "spouse")),
    ("a clear word is left alone", HE, "шурин", (nobody("супруга"),), ("spouse.sibling",)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "speaker", "word", "others", "left"), CASES, ids=[case[0] for case in CASES])
def test_what_the_questionnaire_leaves(
    why: str, speaker: Speaker, word: str, others: tuple[Declared, ...], left: tuple[str, ...]
) -> None:
    assert decided(row(word, "НЕЧАЕВ"), others, speaker) == left, why


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_the_order_of_rows_decides_nothing(case: tuple[str, Speaker, str, tuple[Declared, ...], tuple[str, ...]]) -> None:
    _, speaker, word, others, left = case
    assert {decided(row(word, "НЕЧАЕВ"), some, speaker) for some in permutations(others)} == {left}


def test_the_woman_who_took_his_surname_is_his_wife() -> None:
    married = row("дочь", "НЕЧАЕВА", former_surnames=("ВЕРЕЩАГИНА",))
    assert decided(row("зять", "НЕЧАЕВ"), (married, SISTER_ROW), HE) == (CHILD,)
    assert decided(row("зять", "НЕЧАЕВ"), (married,), SHE) == (CHILD,)
    sister = row("сестра", "НЕЧАЕВА", former_surnames=("ВЕРЕЩАГИНА",))
    assert decided(row("зять", "НЕЧАЕВ"), (DAUGHTER, sister), HE) == (SISTER,)


def test_a_surname_all_share_decides_nothing() -> None:
    assert decided(row("зять", "ВЕРЕЩАГИН"), (DAUGHTER, row("сестра", "ВЕРЕЩАГИНА")), HE) == (CHILD, SISTER)
    born = row("дочь", "НЕЧАЕВА", former_surnames=("НЕЧАЕВА",))
    assert decided(row("зять", "НЕЧАЕВ"), (born, SISTER_ROW), HE) == (CHILD, SISTER)


@pytest.mark.parametrize(
    ("born", "daughter", "sister", "left"),
    [(1995, 1996, 1968, (CHILD,)), (1966, 1996, 1968, (SISTER,)), (1983, 1996, 1971, (CHILD, SISTER)),
     (1995, 1996, None, (CHILD, SISTER)), (None, 1996, 1968, (CHILD, SISTER)), (1995, 1996, 1985, (CHILD, SISTER))],
)  # fmt: skip
def test_ages_decide_where_only_one_couple_is_ordinary(
    born: int | None, daughter: int | None, sister: int | None, left: tuple[str, ...]
) -> None:
    others = (row("дочь", "ВЕРЕЩАГИНА", daughter), row("сестра", "РЯБОВА", sister))
    assert decided(row("зять", "НЕЧАЕВ", born), others, HE) == left


@pytest.mark.parametrize(
    ("born", "others", "left"),
    [(1994, (row("дочь", "В", 1996),), (CHILD,)), (1985, (row("дочь", "В", 1996),), (CHILD, SISTER)),
     (1972, (row("сестра", "Р", 1975),), (SISTER,)), (1985, (row("сестра", "Р", 1975),), (CHILD, SISTER))],
)  # fmt: skip
def test_ages_stand_against_a_group_that_was_not_declared(born: int, others: tuple[Declared, ...], left: tuple[str, ...]) -> None:
    """A son-in-law of a generation below the official, whose daughter fits: an undeclared sister is hardly meant."""
    assert decided(row("зять", "НЕЧАЕВ", born), others, HE) == left


def test_a_daughter_at_school_has_no_husband() -> None:
    day = dt.date(2025, 3, 1)
    child = row("дочь", "ВЕРЕЩАГИНА", 2012)
    assert decided(row("зять", "НЕЧАЕВ", questionnaire_date=day), (child, SISTER_ROW), HE) == (SISTER,)


def test_a_brother_in_law_who_bears_the_wifes_birth_name_is_her_brother() -> None:
    wife = row("жена", "ВЕРЕЩАГИНА", former_surnames=("НЕЧАЕВА",), patronymic="ФОКИНИЧНА")
    assert decided(row("brother-in-law", "НЕЧАЕВ", patronymic="ФОКИЧ"), (wife,), HE) == ("spouse.sibling",)
    assert len(decided(row("brother-in-law", "НЕЧАЕВ", patronymic="ЛУКИЧ"), (wife,), HE)) == 3
    assert decided(row("brother-in-law", "НЕЧАЕВ"), (nobody("жена"),), HE) == (SISTER,)


def test_a_sister_in_law_who_bears_the_wifes_birth_name_is_her_sister() -> None:
    """273-ФЗ ст. 10 ч. 2 names her; a brother's wife it does not name."""
    wife = row("жена", "ВЕРЕЩАГИНА", former_surnames=("НЕЧАЕВА",), patronymic="ФОКИНИЧНА")
    assert decided(row("sister-in-law", "НЕЧАЕВА", patronymic="ФОКИНИЧНА"), (wife, BROTHER), HE) == ("spouse.sibling",)
    assert len(decided(row("sister-in-law", "НЕЧАЕВА", patronymic="ЛУКИНИЧНА"), (wife, BROTHER), HE)) > 1


def test_what_is_left_decides_the_circle() -> None:
    assert in_circle(K273, decided(row("зять", "НЕЧАЕВ"), (DAUGHTER, nobody("сестры")), HE)) == "yes"
    assert in_circle(K273, decided(row("зять", "НЕЧАЕВ"), (SISTER_ROW, nobody("дети")), HE)) == "no"
    assert in_circle(K273, decided(row("зять", "НЕЧАЕВ"), (SISTER_ROW, DAUGHTER), HE)) == "disputed"
