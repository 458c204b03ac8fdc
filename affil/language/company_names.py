"""How the names of two organisations agree, and how much that says: the legal form apart from the name proper.

Nothing here decides that two organisations are one: names repeat across the country, registered numbers do not.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from rapidfuzz.distance import OSA

from affil.language.companies import company_key
from affil.language.company_forms import split_form

Agreement = Literal["same", "no_form", "near", "different"]
SHORTEST_NEAR = 7
"""Shorter names differ by one letter as often as not: «Вега» and «Мега»."""
_DIGITS = re.compile(r"\d+")
_PLACE = ("Г", "ГОР", "ГОРОДА", "С", "СЕЛА", "П", "ПОС", "ПОСЕЛКА", "РП", "ПГТ", "РАЙОНА", "ОБЛАСТИ", "ОКРУГА", "ИМ", "ИМЕНИ")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A name taken apart: the short legal form ('' where none is written) and the comparable words of the name proper."""

    form: str
    proper: tuple[str, ...]


@lru_cache(maxsize=65_536)
def parse_company(text: str) -> CompanyName:
    """The name of an organisation taken apart; a key of `company_key` gives the same as the text it was made of."""
    form, proper = split_form(company_key(text))
    return CompanyName(" ".join(form), proper)


def agreement(one: str, other: str) -> Agreement:
    """How two names agree; symmetric.

    same: form and name proper are equal, or the forms are one by law (`same_form`). no_form: the names proper are equal and at
    least one has no form. near: written together, in other letters, with words in another order, with a place after it, with one
    letter wrong, or under another form. different: anything else; another number in the name is another organisation.
    """
    a, b = parse_company(one), parse_company(other)
    if not a.proper or not b.proper:
        return "different"
    if a.proper == b.proper:
        return "same" if same_form(a.form, b.form) else "near" if a.form and b.form else "no_form"
    return "near" if _near(a.proper, b.proper) else "different"


def same_form(one: str, other: str) -> bool:
    """Whether two forms are equal, or one became the other: since 01.09.2014 ОАО are ПАО or АО, ЗАО are АО (99-ФЗ ст. 3)."""
    return one == other or any({one, other} <= set(group) for group in _data()["same_form"])


def is_common(name: CompanyName) -> bool:
    """Whether a name is one hundreds of organisations bear: nothing but words of the shipped list, and no number."""
    return bool(name.proper) and set(name.proper) <= _common()


def near_keys(name: CompanyName) -> tuple[str, ...]:
    """Keys by which near names are found, sorted: of two near names that share none, `near_sound` is one letter apart."""
    if not name.proper:
        return ()
    keys = {"=" + "".join(sorted(name.proper)), "~" + near_sound(name), "1" + " ".join(_without_place(name.proper))}
    return tuple(sorted(keys))


def near_sound(name: CompanyName) -> str:
    """The name proper written together in rough Latin letters; shorter than SHORTEST_NEAR, it is near to no other."""
    return _sound("".join(name.proper))


def _without_place(words: tuple[str, ...]) -> tuple[str, ...]:
    """«СОШ 5» of «СОШ 5 Г ЭНСКА», «СОШ 5 ЭНСКОГО РАЙОНА» and «СОШ 5 ИМЕНИ ЧИЖОВА»."""
    start = next((place for place in range(1, len(words)) if words[place] in _PLACE), len(words))
    return words[: max(start - 1, 1)] if start == len(words) - 1 else words[:start]


def _near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if sorted(_DIGITS.findall(" ".join(one))) != sorted(_DIGITS.findall(" ".join(other))):
        return False
    if sorted(one) == sorted(other) or (one != other and _without_place(one) == _without_place(other)):
        return True
    a, b = _sound("".join(one)), _sound("".join(other))
    if a == b or len(one) != len(other):  # «Вектор» and «Вектор-М» are two
        return a == b != ""
    return min(len(a), len(b)) >= SHORTEST_NEAR and OSA.distance(a, b, score_cutoff=1) <= 1


def _sound(text: str) -> str:
    """The letters in a rough Latin spelling, in which a name and its transliteration meet."""
    spelt = text.translate(_latin())
    for pair, one in _data()["sounds"].items():
        spelt = spelt.replace(pair, one)
    return re.sub(r"(.)\1+", r"\1", spelt) if not _DIGITS.search(spelt) else spelt


@cache
def _latin() -> dict[int, str]:
    return str.maketrans(_data()["letters"])


@cache
def _common() -> frozenset[str]:
    return frozenset(_data()["common"].split())


@cache
def _data() -> dict[str, Any]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tomllib.load(file)
