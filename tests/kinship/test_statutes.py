"""Every circle of every statute, copied by hand from the law and not from `circles.yml`: all chains to three links, both ways."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise, product

import pytest

from affil.kinship.chains import inverse, without_marks
from affil.kinship.circles import circle_ids, in_circle, wordings

# What each statute names, in its own words, and what can be read both ways. Half and adopted kin are tried apart.
FAMILY = {"self", "spouse", "parent", "child", "sibling"}
LISTED: dict[str, tuple[set[str], set[str]]] = {
    # «супруг (супруга), … (отец, мать, дедушка, бабушка, сын, дочь, внук, внучка), … брат (сестра)»; beyond: «по прямой линии»
    "44-ФЗ ст. 31 ч. 1 п. 9": (FAMILY | {"parent.parent", "child.child"}, {"parent.parent.parent", "child.child.child"}),
    # «родителями, супругами, детьми, братьями, сестрами, а также
    # братьями, сестрами, родителями, детьми супругов и супругами детей»
    "273-ФЗ ст. 10": (
        FAMILY | {"spouse.sibling", "spouse.parent", "spouse.child", "child.spouse"}, {"spouse.child.spouse"},
    ),
    # «личная заинтересованность» of a commission member is that of 273-ФЗ
    "44-ФЗ ст. 39 ч. 6": (
        FAMILY | {"spouse.sibling", "spouse.parent", "spouse.child", "child.spouse"}, {"spouse.child.spouse"},
    ),
    # experts: direct line, full and half brothers and sisters, adopters and adopted, spouses
    "44-ФЗ ст. 41 ч. 2": (FAMILY | {"parent.parent", "child.child"}, {"parent.parent.parent", "child.child.child"}),
    # 223-ФЗ: the head and the commission members act under 273-ФЗ
    "223-ФЗ ст. 3 ч. 7.2": (
        FAMILY | {"spouse.sibling", "spouse.parent", "spouse.child", "child.spouse"}, {"spouse.child.spouse"},
    ),
    # «родители, супруги, дети, братья, сестры, а также братья, сестры, родители, дети супругов»;
    # «и супруги детей» by the mirror norm
    "25-ФЗ ст. 13 ч. 1 п. 5": (FAMILY | {"spouse.sibling", "spouse.parent", "spouse.child"}, {"child.spouse"}),
    # the same seen from either: the stepfather's list names his wife's child, the daughter-in-law's her husband's father
    "25-ФЗ ст. 13 ч. 1 п. 5, любой из двоих": (
        FAMILY | {"spouse.sibling", "spouse.parent", "spouse.child", "child.spouse", "sibling.spouse", "parent.spouse"}, set(),
    ),
    # «своих, супруги (супруга) и несовершеннолетних детей»
    "273-ФЗ ст. 8": ({"self", "spouse"}, {"child"}),
    # «физическое лицо, его супруг, родители (…), дети (…), полнородные и неполнородные братья и сестры»
    "135-ФЗ ст. 9 ч. 1 п. 7": (FAMILY, set()),
    # the same and «опекун (попечитель) и подопечный»
    "НК ст. 105.1 п. 2 пп. 11": (FAMILY | {"guardian", "ward"}, set()),
    # «близкие родственники»: direct line and brothers and sisters; a spouse is none
    "СК ст. 14": (
        {"self", "parent", "child", "sibling", "parent.parent", "child.child"}, {"parent.parent.parent", "child.child.child"},
    ),
}  # fmt: skip
KINDS = ["parent", "child", "spouse", "sibling", "spouse(former)"]
CHAINS = ["self", "partner", "guardian", "ward", *(".".join(some) for size in (1, 2, 3) for some in product(KINDS, repeat=size))]
TODAY = dt.date(2026, 3, 4)


def expected(circle: str, chain: str) -> str:
    named, doubtful = LISTED[circle]
    return "yes" if chain in named else "disputed" if chain in doubtful else "no"


def test_no_circle_is_without_a_list_of_its_own_here() -> None:
    assert set(circle_ids()) == set(LISTED)


@pytest.mark.parametrize("circle", LISTED)
def test_every_chain_to_three_links_and_its_inverse(circle: str) -> None:
    assert len(CHAINS) == 4 + 5 + 25 + 125
    for chain in CHAINS:
        for way in (chain, inverse(chain)):
            assert in_circle(circle, (way,), TODAY) == expected(circle, way), way


@pytest.mark.parametrize("circle", LISTED)
def test_half_and_adopted_kin_lie_where_kin_by_birth_lies(circle: str) -> None:
    """44-ФЗ п. 9 and 135-ФЗ say so; elsewhere Family Code arts. 14 and 137 p. 1."""
    for chain in CHAINS:
        for plain, marked in (("sibling", "sibling(half)"), ("parent", "parent(adopted)"), ("child", "child(adopted)")):
            other = ".".join(marked if link == plain else link for link in chain.split("."))
            assert without_marks(other, "half", "adopted") == chain
            assert in_circle(circle, (other,), TODAY) == expected(circle, chain), other


@pytest.mark.parametrize("circle", LISTED)
def test_a_former_marriage_is_in_no_circle(circle: str) -> None:
    """Family Code art. 25: what follows the end of a marriage is neither spouse nor affinity."""
    former = [chain for chain in CHAINS if "former" in chain]
    assert former and {in_circle(circle, (chain,), TODAY) for chain in former} == {"no"}


@pytest.mark.parametrize(
    ("circle", "before", "after"),
    # 160-ФЗ of 11.06.2022 in force since 01.07.2022; what stood there before has not been read
    [("44-ФЗ ст. 31 ч. 1 п. 9", "unknown", "yes"), ("44-ФЗ ст. 39 ч. 6", "unknown", "yes"),
     ("223-ФЗ ст. 3 ч. 7.2", "unknown", "yes"), ("273-ФЗ ст. 10", "yes", "yes"), ("25-ФЗ ст. 13 ч. 1 п. 5", "yes", "yes")],
)  # fmt: skip
def test_the_wording_is_that_of_the_day(circle: str, before: str, after: str) -> None:
    assert in_circle(circle, ("child",), dt.date(2022, 6, 30)) == before
    assert in_circle(circle, ("child",), dt.date(2022, 7, 1)) == after
    assert in_circle(circle, ("child",)) == after


def test_wordings_of_one_circle_never_meet() -> None:
    for circle in circle_ids():
        spans = sorted(
            (one.in_force_from or dt.date.min, one.in_force_to or dt.date.max) for one in wordings() if one.id == circle
        )
        assert all(ended < begun for (_, ended), (begun, _) in pairwise(spans))
        assert spans[-1][1] == dt.date.max


@pytest.mark.parametrize("circle", LISTED)
def test_every_circle_names_its_basis(circle: str) -> None:
    assert all(one.basis for one in wordings() if one.id == circle)


def test_readings_that_agree_in_one_statute_may_differ_in_another() -> None:
    readings = ("child.spouse", "sibling.spouse")
    assert in_circle("273-ФЗ ст. 10", readings) == "disputed"
    assert in_circle("135-ФЗ ст. 9 ч. 1 п. 7", readings) == "no"


def test_an_unknown_circle_is_told() -> None:
    with pytest.raises(ValueError, match="circle"):
        in_circle("44-ФЗ ст. 32", ("child",))
