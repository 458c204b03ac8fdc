"""Who lies in which circle, by the words of the statutes; each circle's members, its nearest outsiders, and both directions."""

from __future__ import annotations

import datetime as dt

import pytest

from affil.kinship.chains import inverse
from affil.kinship.circles import DECLARED_GROUPS, best_reading, declared_group, group_of, membership

K44, K273 = "44-ФЗ ст. 31 ч. 1 п. 9", "273-ФЗ ст. 10"

# chain, 44-ФЗ, 273-ФЗ, group of rules, why
LAW = [
    ("self", "yes", "yes", None, "44-ФЗ п. 9 «должностное лицо заказчика»; 273-ФЗ ст. 10 ч. 2 «лицом»"),
    ("spouse", "yes", "yes", "spouse", "п. 9 «супруг (супруга)»; ст. 10 «супругами»"),
    ("parent", "yes", "yes", "close-kin", "п. 9 «отец, мать»; ст. 10 «родителями»"),
    ("child", "yes", "yes", "close-kin", "п. 9 «сын, дочь»; ст. 10 «детьми»"),
    ("sibling", "yes", "yes", "close-kin", "п. 9 «полнородный»; ст. 10 «братьями, сёстрами»"),
    ("sibling(half)", "yes", "yes", "close-kin", "п. 9 «неполнородный»; ст. 10 with СК ст. 14"),
    ("parent(adopted)", "yes", "yes", "close-kin", "п. 9 «усыновитель»; ст. 10 with СК ст. 137"),
    ("child(adopted)", "yes", "yes", "close-kin", "п. 9 «усыновлённое»; ст. 10 with СК ст. 137"),
    ("parent.parent", "yes", "no", "grand-kin", "п. 9 «дедушка, бабушка»; ст. 10 does not name them"),
    ("child.child", "yes", "no", "grand-kin", "п. 9 «внук, внучка»; ст. 10 does not name them"),
    ("child(adopted).child", "yes", "no", "grand-kin", "СК ст. 137: the adopted child's child is a grandchild"),
    ("parent.parent.parent", "disputed", "no", "outer-kin", "п. 9 «по прямой линии», the brackets end at grandparents"),
    ("child.child.child", "disputed", "no", "outer-kin", "the same downwards"),
    ("spouse.sibling", "no", "yes", "in-law", "ст. 10 «братьями, сёстрами … супругов»: wife's brother in"),
    ("sibling.spouse", "no", "no", "outer-kin", "sister's husband out: ст. 10 reads the other way only"),
    ("spouse.sibling(half)", "no", "yes", "in-law", "ст. 10 with СК ст. 14"),
    ("spouse.parent", "no", "yes", "in-law", "ст. 10 «родителями … супругов»"),
    ("spouse.parent(adopted)", "no", "yes", "in-law", "ст. 10 with СК ст. 137"),
    ("child.spouse", "no", "yes", "in-law", "ст. 10 «супругами детей»"),
    ("child(adopted).spouse", "no", "yes", "in-law", "ст. 10 with СК ст. 137"),
    ("spouse.child", "no", "yes", "in-law", "ст. 10 «детьми супругов»: stepson in"),
    ("parent.spouse", "no", "no", "outer-kin", "stepfather out: ст. 10 names no parent's spouse"),
    ("parent.spouse.child", "no", "no", "outer-kin", "step-brother is no brother"),
    ("spouse.child.spouse", "no", "disputed", "outer-kin", "«супругами детей»: whose children"),
    ("spouse.sibling.spouse", "no", "no", "outer-kin", "свояк: two marriages"),
    ("child.spouse.parent", "no", "no", "outer-kin", "сват: two marriages"),
    ("spouse.parent.parent", "no", "no", "outer-kin", "wife's grandfather"),
    ("spouse.child.child", "no", "no", "outer-kin", "stepson's son"),
    ("child.child.spouse", "no", "no", "outer-kin", "grandson's wife"),
    ("parent.sibling", "no", "no", "outer-kin", "uncle: п. 9 direct line only"),
    ("sibling.child", "no", "no", "outer-kin", "nephew"),
    ("parent.sibling.child", "no", "no", "outer-kin", "cousin is not «полнородный или неполнородный»"),
    ("parent.parent.sibling", "no", "no", "outer-kin", "great-uncle"),
    ("sibling.child.child", "no", "no", "outer-kin", "grand-nephew"),
    ("spouse(former)", "no", "no", "former-spouse", "СК ст. 25: the marriage is over; «иные близкие отношения» perhaps"),
    ("spouse(former).parent", "no", "no", "outer-kin", "affinity ends with the marriage"),
    ("spouse(former).sibling", "no", "no", "outer-kin", "the same"),
    ("spouse(former).child", "no", "no", "outer-kin", "the same"),
    ("child.spouse(former)", "no", "no", "outer-kin", "the same"),
    ("partner", "no", "no", "partner", "no marriage without registration: СК ст. 10"),
    ("child.parent", "no", "no", "partner", "co-parent without marriage"),
    ("ward", "no", "no", "outer-kin", "guardianship is not kinship"),
    ("guardian", "no", "no", "outer-kin", "the same"),
    ("parent.parent.sibling.child", "no", "no", "outer-kin", "four links are followed"),
    ("parent.parent.sibling.child.child", "no", "no", None, "second cousin: five links are not"),
    ("sibling.spouse.sibling.spouse", "no", "no", "outer-kin", "two marriages are followed"),
    ("spouse.sibling.spouse.spouse(former)", "no", "no", None, "three marriages are not"),
    ("partner.sibling", "no", "no", None, "a partner's kin are no kin"),
]


@pytest.mark.parametrize(("chain", "k44", "k273", "group", "why"), LAW, ids=[row[0] for row in LAW])
def test_the_law_by_chain(chain: str, k44: str, k273: str, group: str | None, why: str) -> None:
    assert membership([chain]) == {K44: k44, K273: k273}, why
    assert group_of(chain) == group, why


@pytest.mark.parametrize(
    ("chain", "there", "back"),
    # LAW C.1, the direction trap: ego is always the official
    [("spouse.child", "yes", "no"), ("spouse.sibling", "yes", "no"), ("child.spouse", "yes", "yes"),
     ("spouse.parent", "yes", "yes"),
     ("spouse", "yes", "yes"), ("parent", "yes", "yes"), ("sibling", "yes", "yes"), ("spouse.child.spouse", "disputed", "no")],
)  # fmt: skip
def test_the_circle_of_273_has_a_direction(chain: str, there: str, back: str) -> None:
    assert (membership([chain])[K273], membership([inverse(chain)])[K273]) == (there, back)


@pytest.mark.parametrize("chain", ["self", "spouse", "parent", "child", "sibling(half)", "parent.parent", "child(adopted)"])
def test_the_circle_of_44_has_none(chain: str) -> None:
    assert membership([chain])[K44] == membership([inverse(chain)])[K44] == "yes"


def test_neither_circle_contains_the_other() -> None:
    inside = {name: {row[0] for row in LAW if membership([row[0]])[name] == "yes"} for name in (K44, K273)}
    assert inside[K44] - inside[K273] and inside[K273] - inside[K44]


def test_readings_that_differ_are_disputed_and_those_that_agree_are_not() -> None:
    assert membership(["child.spouse", "sibling.spouse"]) == {K44: "no", K273: "disputed"}
    assert membership(["child", "spouse.child"]) == {K44: "disputed", K273: "yes"}
    assert membership(["sibling.spouse", "spouse.sibling.spouse"]) == {K44: "no", K273: "no"}


def test_no_reading_is_unknown() -> None:
    assert membership([]) == {K44: "unknown", K273: "unknown"}


def test_the_wording_before_july_2022_has_not_been_read() -> None:
    before, after = dt.date(2022, 6, 30), dt.date(2022, 7, 1)
    assert membership(["child"], before) == {K44: "unknown", K273: "yes"}
    assert membership(["child"], after) == {K44: "yes", K273: "yes"}


@pytest.mark.parametrize(
    ("readings", "best", "others"),
    [
        (
            ["spouse.sibling.spouse", "sibling.spouse", "child.spouse"],
            "child.spouse",
            ("sibling.spouse", "spouse.sibling.spouse"),
        ),
        (["spouse.child", "child"], "child", ("spouse.child",)),  # two circles before one
        (["sibling.spouse", "ward"], "ward", ("sibling.spouse",)),  # none each: the shortest
        (["sibling.child", "parent.spouse"], "parent.spouse", ("sibling.child",)),  # as short: by alphabet
        (["spouse.parent.parent", "parent.parent"], "parent.parent", ("spouse.parent.parent",)),
        (["child", "child"], "child", ()),
    ],
)
def test_the_best_reading_lies_in_most_circles(readings: list[str], best: str, others: tuple[str, ...]) -> None:
    assert best_reading(readings) == best_reading(readings[::-1]) == (best, others)


def test_no_reading_has_no_best() -> None:
    with pytest.raises(ValueError, match="no reading"):
        best_reading([])


@pytest.mark.parametrize(
    ("chain", "group"),
    [("spouse", "spouse"), ("child(adopted)", "child"), ("sibling(half)", "sibling"), ("parent(adopted)", "parent"),
     ("spouse.parent", "spouse.parent"), ("spouse.sibling(half)", "spouse.sibling"), ("spouse.child", "spouse.child"),
     ("child.spouse", "child.spouse"), ("spouse(former)", None), ("parent.parent", None), ("self", None),
     ("sibling.spouse", None)],
)  # fmt: skip
def test_the_groups_a_questionnaire_declares(chain: str, group: str | None) -> None:
    assert declared_group(chain) == group


def test_the_declared_groups_are_those_of_coverage() -> None:
    assert DECLARED_GROUPS == (
        "spouse", "child", "parent", "sibling", "spouse.parent", "spouse.sibling", "spouse.child", "child.spouse",
    )  # fmt: skip
