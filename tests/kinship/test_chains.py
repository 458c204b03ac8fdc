"""The algebra of chains: hand-worked seams, inverses, and truth against random genealogies."""

from __future__ import annotations

import pytest
from genealogy import Family, families
from hypothesis import given, settings
from hypothesis import strategies as st

from affil.kinship.chains import concat_reduce, degree, formatted, inverse, links, marriages, parsed, without_marks
from affil.language.kin_vocabulary import nouns

LINKS = ["parent", "child", "spouse", "sibling", "spouse(former)", "sibling(half)", "parent(adopted)", "child(adopted)"]
chains = st.one_of(
    st.lists(st.sampled_from(LINKS), min_size=1, max_size=4).map(".".join),
    st.sampled_from(["partner", "ward", "guardian", "self"]),
)


@settings(deadline=None)
@given(chains)
def test_the_inverse_of_the_inverse_is_the_chain(chain: str) -> None:
    assert inverse(inverse(chain)) == chain


@settings(deadline=None)
@given(chains)
def test_reading_and_writing_a_chain_changes_nothing(chain: str) -> None:
    assert formatted(parsed(chain)) == chain


@settings(deadline=None)
@given(chains)
def test_both_directions_have_the_same_degree_links_and_marriages(chain: str) -> None:
    back = inverse(chain)
    assert (degree(back), links(back), marriages(back)) == (degree(chain), links(chain), marriages(chain))


words = st.sampled_from(sorted(
    {chain for row in nouns().values() for noun in row for chain in noun.chains if "(half)" not in chain}
))  # fmt: skip


@settings(deadline=None)
@given(words, words)
def test_kin_of_kin_seen_from_the_other_end_is_the_inverse(near: str, far: str) -> None:
    """Who is what to whom does not depend on the end one begins at, marks of half and adopted aside."""
    there = {without_marks(inverse(chain), "half", "adopted") for chain in concat_reduce(near, far)}
    back = {without_marks(chain, "half", "adopted") for chain in concat_reduce(inverse(far), inverse(near))}
    assert there == back


@pytest.mark.parametrize("text", ["", "cousin", "spouse(half)", "parent.", "sibling(former)", "spouse..child", "Spouse"])
def test_what_is_not_a_chain_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="kinship link"):
        parsed(text)


SEAMS = [
    ("self", "spouse", ("spouse",)),
    ("parent", "child", ("sibling", "sibling(half)")),
    ("child", "parent", ("spouse", "child.parent")),
    ("spouse", "spouse", ()),
    ("spouse", "spouse(former)", ("spouse.spouse(former)",)),
    ("spouse(former)", "spouse(former)", ("spouse(former).spouse(former)",)),  # whom she was married to besides me
    ("sibling", "sibling", ("sibling",)),
    ("sibling(half)", "sibling", ("sibling(half)",)),
    ("sibling", "parent", ("parent",)),
    ("sibling(half)", "parent", ("parent", "parent.spouse", "sibling(half).parent")),
    ("child", "sibling", ("child",)),
    ("parent", "spouse", ("parent", "parent.spouse")),
    ("spouse", "child", ("child", "spouse.child")),
    ("spouse", "sibling", ("spouse.sibling",)),
    ("sibling", "spouse", ("sibling.spouse",)),
    ("child", "spouse", ("child.spouse",)),
    ("parent", "parent", ("parent.parent",)),
    ("spouse", "spouse.sibling", ("sibling",)),  # my wife's husband's sister is mine
    ("sibling", "sibling.child", ("child", "sibling.child")),  # my brother's nephew: my own child, or another brother's
    ("parent", "child.child", ("child", "sibling(half).child", "sibling.child")),
    ("child", "parent.parent", ("parent", "spouse.parent", "child.parent.parent")),
    ("parent.sibling", "sibling", ("parent", "parent.sibling")),
    ("child.spouse", "child", ("child.child", "child.spouse.child")),
    ("child.spouse", "parent", ("child.spouse.parent",)),
    ("spouse.child", "parent", ("spouse", "spouse.child.parent")),
    ("partner", "sibling", ()),
    ("spouse", "ward", ()),
    ("child(adopted)", "sibling", ("child", "child(adopted)")),
]


@pytest.mark.parametrize(("near", "far", "expected"), SEAMS)
def test_kin_of_kin_by_hand(near: str, far: str, expected: tuple[str, ...]) -> None:
    assert concat_reduce(near, far) == expected


@pytest.mark.parametrize(
    ("chain", "births"),
    # Civil Code art. 1145 p. 1: degree is the number of births, that of the forefather not counted
    [("parent", 1), ("sibling", 2), ("parent.parent", 2), ("parent.sibling", 3), ("parent.sibling.child", 4),
     ("spouse.sibling", 2),
     ("parent.parent.sibling.child.child", 6), ("spouse", None), ("ward", None), ("self", None), ("spouse(former).parent", 1)],
)  # fmt: skip
def test_degree_counts_births(chain: str, births: int | None) -> None:
    assert degree(chain) == births


@settings(deadline=None)
@given(families(), st.data())
def test_the_true_relation_is_always_among_the_readings(family: Family, data: st.DataObject) -> None:
    """Two declared ties that meet in one person: what the ends truly are is one of the outcomes."""
    first = data.draw(st.sampled_from(family.people))
    there = family.declarable(first)
    if not there:
        return
    near = data.draw(st.sampled_from(there))
    onward = [path for path in family.declarable(near[-1]) if path[-1] != first]
    if not onward:
        return
    far = data.draw(st.sampled_from(onward))
    outcomes = set(concat_reduce(family.chain(near), family.chain(far)))
    truth = family.truths(first, far[-1], {*near, *far})
    assert outcomes & truth, (family.chain(near), family.chain(far), outcomes, truth)
