"""Addresses in comparable form, down to the flat: settlement, street, house and flat without the words that only name them."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_PART = re.compile(r"[,;]")
_WORD = re.compile(r"(?:[а-я]\.){2,}|[а-я]+-[а-я]+|[а-я\d]+(?:[/-]\d+[а-я]?)?")
_NUMBER = re.compile(r"\d+(?:[/-]\d+)?[а-я]?")
_KINDS = ("settlement", "street", "house", "building", "flat")


@cache
def _kinds() -> dict[str, str]:
    """What kind of part a word names (`ул` a street, `кв` a flat), by `addresses.toml`; others of the register are `other`."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    return {word: kind for kind, words in data.items() for word in words}


@lru_cache(maxsize=65_536)
def flat_key(address: str) -> str | None:
    """`settlement|street|house|flat` in lower case, of an address that names street, house and flat (room, office); else None.

    Two addresses of one key are one place (`same_flat`); a house without a flat is a building many live in, and no key.
    """
    parts = dict.fromkeys(_KINDS, "")
    for part in _PART.split(address.lower().replace("ё", "е")):
        for kind, name in _named(part):
            parts[kind] = parts[kind] or name
    if not (parts["street"] and parts["house"] and parts["flat"]):
        return None
    house = parts["house"] + (f"к{parts['building']}" if parts["building"] else "")
    return "|".join((parts["settlement"], parts["street"], house, parts["flat"]))


def same_flat(one: str, other: str) -> bool:
    """Whether two keys are of one place: equal, or one of them does not name the settlement."""
    (a, *rest), (b, *others) = one.split("|"), other.split("|")
    return rest == others and (not a or not b or a == b)


def _named(part: str) -> list[tuple[str, str]]:
    """The kinds and names of one part between commas: «ул. Ленина», «Ленина ул.», «д. 5 кв. 12»."""
    words = _WORD.findall(part)
    kinds = [_kinds().get(word) for word in words]
    named = [index for index, kind in enumerate(kinds) if kind]
    if not named or kinds[named[0]] == "other":
        return []
    if named[0] > 0 and not any(kinds[: named[0]]) and len(named) == 1:
        return [_of(str(kinds[named[0]]), words[: named[0]])]
    ends = [*named[1:], len(words)]
    return [_of(str(kinds[at]), words[at + 1 : end]) for at, end in zip(named, ends, strict=True) if kinds[at] in _KINDS]


def _of(kind: str, words: list[str]) -> tuple[str, str]:
    if kind in ("settlement", "street"):
        return kind, " ".join(sorted(words))
    number = "".join(words)
    return kind, number if _NUMBER.fullmatch(number) else ""
