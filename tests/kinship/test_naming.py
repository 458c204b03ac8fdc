"""The word for a chain, in both languages."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affil.kinship.chains import parsed
from affil.kinship.circles import group_of
from affil.kinship.naming import degree_text, kin_name
from affil.language.kin_words import parse_relationship
from affil.words import LANGUAGES, Words

RU, EN = Words("ru"), Words("en")

NAMES = [
    ("spouse", "f", "m", "супруга", "wife"),
    ("spouse", None, None, "супруг(а)", "spouse"),
    ("spouse(former)", "m", "f", "бывший супруг", "former husband"),
    ("self", None, "f", "сама служащая", "the official herself"),
    ("parent", "m", None, "отец", "father"),
    ("sibling(half)", "f", None, "неполнородная сестра", "half-sister"),
    ("child(adopted)", "m", None, "усыновлённый сын", "adopted son"),
    ("parent.parent", "f", None, "бабушка", "grandmother"),
    ("spouse.parent", "m", "m", "тесть", "father-in-law"),
    ("spouse.parent", "m", "f", "свёкор", "father-in-law"),
    ("spouse.parent", "f", None, "мать супруга(и)", "mother-in-law"),
    ("spouse.sibling", "m", "m", "шурин", "wife's brother"),
    ("spouse.sibling", "f", "m", "свояченица", "wife's sister"),
    ("spouse.sibling", "m", "f", "деверь", "husband's brother"),
    ("spouse.sibling", "f", "f", "золовка", "husband's sister"),
    ("child.spouse", "m", "f", "зять (муж дочери)", "son-in-law"),
    ("sibling.spouse", "m", None, "зять (муж сестры)", "sister's husband"),
    ("spouse.sibling.spouse", "m", "m", "свояк (муж свояченицы)", "wife's sister's husband"),
    ("parent.spouse", "m", None, "отчим", "stepfather"),
    ("parent.sibling.child", "f", None, "двоюродная сестра", "first cousin"),
    ("sibling.child.child", "m", None, "внучатый племянник", "grand-nephew"),
    ("spouse.sibling.child", "m", "m", "племянник супруги", "wife's nephew"),
    ("spouse.parent.sibling.child", "m", "f", "двоюродный брат супруга", "husband's first cousin"),
    ("spouse(former).parent", "f", "m", "мать бывшей супруги", "former wife's mother"),
    ("child.spouse(former)", "m", "f", "бывший супруг дочери", "daughter's former husband"),
    ("sibling.child.spouse", "f", None, "супруга племянника", "nephew's wife"),
    ("spouse.child.spouse", "m", "f", "супруг падчерицы", "stepdaughter's husband"),
    ("parent.parent.sibling.spouse", "f", None, "супруга двоюродного дедушки", "great-uncle's wife"),
    ("child.spouse.parent", "f", None, "сватья", "child's mother-in-law"),
    ("child.parent.parent", "m", None, "отец второго родителя общего ребёнка", "co-parent's father"),
    ("sibling(half).child", "f", None, "племянница", "niece"),
    ("partner", "f", None, "сожительница", "cohabiting partner"),
    ("ward", "m", None, "подопечный", "ward"),
    ("parent.sibling.spouse", "m", None, "супруг тёти", "aunt's husband"),
    ("parent.parent.spouse", "f", None, "супруга дедушки", "grandfather's wife"),
    ("spouse.parent.spouse", "m", "m", "супруг тёщи", "mother-in-law's husband"),
    ("spouse.sibling.spouse", "m", "f", "муж золовки", "husband's sister's husband"),
    ("spouse.sibling.spouse", "f", "m", "жена шурина", "wife's brother's wife"),
    ("spouse.sibling.spouse", "m", None, "муж сестры супруга(и)", "spouse's sister's husband"),
    ("sibling.spouse.sibling", "m", "f", "брат супруга(и) брата (сестры)", "sibling's spouse's brother"),
    ("parent.sibling.child.spouse", "f", None, "супруга двоюродного брата", "first cousin's wife"),
    ("parent.spouse.child", "m", None, "сводный брат", "stepbrother"),
    ("parent.spouse.sibling", "f", None, "сестра отчима (мачехи)", "step-parent's sister"),
    ("spouse.parent.parent", "m", "m", "дедушка супруги", "wife's grandfather"),
    ("spouse.child.child", "f", "f", "внучка супруга", "husband's granddaughter"),
    ("parent.parent.sibling.child.child", None, None, "троюродный(ая) брат (сестра)", "second cousin"),
    ("parent.spouse(former)", "m", None, "бывший супруг матери", "mother's former husband"),
]


@pytest.mark.parametrize(("chain", "gender", "ego_gender", "russian", "english"), NAMES)
def test_names_by_hand(chain: str, gender: str | None, ego_gender: str | None, russian: str, english: str) -> None:
    assert kin_name(chain, gender, ego_gender, RU) == russian
    assert kin_name(chain, gender, ego_gender, EN) == english


@pytest.mark.parametrize(
    ("chain", "russian", "english"),
    # Civil Code art. 1145 p. 1: births between the two; affinity has the degree of its blood part
    [("parent", "родство 1-й степени", "kinship of degree 1"), ("sibling(half)", "родство 2-й степени", "kinship of degree 2"),
     ("parent.sibling.child", "родство 4-й степени", "kinship of degree 4"),
     ("child(adopted)", "родство 1-й степени", "kinship of degree 1"),
     ("spouse.parent", "свойство 1-й степени", "affinity of degree 1"),
     ("spouse.sibling", "свойство 2-й степени", "affinity of degree 2"),
     ("sibling.spouse", "свойство 2-й степени", "affinity of degree 2"),
     ("spouse", "", ""), ("self", "", ""), ("spouse(former).sibling", "", ""), ("child.parent", "", ""), ("ward", "", "")],
)  # fmt: skip
def test_degrees_in_words(chain: str, russian: str, english: str) -> None:
    assert (degree_text(chain, RU), degree_text(chain, EN)) == (russian, english)


LINKS = ["parent", "child", "spouse", "sibling", "spouse(former)", "sibling(half)", "parent(adopted)", "child(adopted)"]
SOME = st.sampled_from(["m", "f", None])


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINKS), min_size=1, max_size=4).map(".".join), SOME, SOME, st.sampled_from(LANGUAGES))
def test_every_chain_to_four_links_has_a_name(chain: str, gender: str | None, ego: str | None, lang: str) -> None:
    name = kin_name(chain, gender, ego, Words(lang))
    assert name == name.strip() and "{" not in name and "None" not in name


def test_both_languages_name_the_same_chains_in_the_same_forms() -> None:
    for table in ("name", "of"):
        russian, english = RU.raw(f"kinship.{table}"), EN.raw(f"kinship.{table}")
        assert {chain: sorted(forms) for chain, forms in russian.items()} == {chain: sorted(english[chain]) for chain in english}


@pytest.mark.parametrize("chain", sorted(RU.raw("kinship.name")))
def test_every_named_chain_is_one(chain: str) -> None:
    assert chain == "self" or parsed(chain)


@pytest.mark.parametrize(("links", "gender", "ego"), list(product((1, 2, 3), "mf", "mf")))
def test_what_is_named_is_understood(links: int, gender: str, ego: str) -> None:
    """A name of ours, typed into a questionnaire, is read as the chain it was made of."""
    kinds = ["parent", "child", "spouse", "sibling"]
    for chain in map(".".join, product(kinds, repeat=links)):
        if _declarable(chain) and group_of(chain) and chain != "child.parent":
            understood = parse_relationship(kin_name(chain, gender, ego, RU))
            assert understood and chain in understood.chains, (chain, kin_name(chain, gender, ego, RU), understood)


def _declarable(chain: str) -> bool:
    """No link back: a child's parent, a sibling's sibling and so on have shorter names."""
    back = ("spouse.spouse", "sibling.sibling", "parent.child", "child.parent", "sibling.parent", "child.sibling")
    return not any(pair in chain for pair in back)
