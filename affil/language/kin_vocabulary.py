"""The words of kinship as data: `kin_words.csv` (nouns), `kin_marks.toml` (adjectives, phrases, words that are not kin)."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

_FOLDER = Path(__file__).parent
_NOMINATIVE = ("ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие")
_GENITIVE = ("ого", "его", "ой", "ей", "ых", "их")
_TYPO_LENGTH = 5  # a shorter word is too easily another word
_CUT_LENGTH = 4  # so is a shorter beginning of one


@dataclass(frozen=True, slots=True, order=True)
class Noun:
    """A kin word in one grammatical form: `of` is the genitive («жены»), `many` the plural."""

    chains: tuple[str, ...]
    gender: str | None
    ego_gender: str | None
    of: bool
    many: bool
    english: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What an adjective does to the chains of the noun beside it; see the head of `kin_marks.toml`."""

    name: str
    turns: dict[str, list[str]]
    on: tuple[str, ...]
    mark: str | None
    keeps: bool


@dataclass(frozen=True, slots=True)
class Adjective:
    """A form of an adjective: the name of its effect, and which case the form is of."""

    effect: str
    of: bool | None  # genitive form, nominative form, or (abbreviated) either


@dataclass(frozen=True, slots=True)
class Phrases:
    """How descriptive phrases are read; the fields are the keys of `[phrases]` and `[stop]`."""

    short: dict[str, str]
    also: dict[str, str]
    nothing: frozenset[str]
    replace: tuple[tuple[re.Pattern[str], str], ...]
    one_parent: re.Pattern[str]
    join: frozenset[str]
    together: frozenset[str]
    of: frozenset[str]
    not_kin: frozenset[str]
    guards: frozenset[str]
    unspecific: frozenset[str]


def folded(text: str) -> str:
    """`text` in lower case with ё as е."""
    return text.lower().replace("ё", "е")


@cache
def marks() -> dict[str, Any]:
    """What kin_marks.toml says: the words that mark kin as half, step, former and the like."""
    with (_FOLDER / "kin_marks.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def phrases() -> Phrases:
    """The rules of descriptive phrases."""
    table, stop = marks()["phrases"], marks()["stop"]
    return Phrases(
        short=table["short"],
        also=table["also"],
        nothing=frozenset(table["nothing"]),
        replace=tuple((re.compile(pattern), instead) for pattern, instead in table["replace"]),
        one_parent=re.compile(table["one_parent"]),
        join=frozenset(table["join"]),
        together=frozenset(table["together"]),
        of=frozenset(table["of"]),
        not_kin=frozenset(stop["not_kin"]),
        guards=frozenset(stop["guards"]),
        unspecific=frozenset(stop["unspecific"]),
    )


@cache
def effects() -> dict[str, Effect]:
    """Every effect an adjective can have, by its name."""
    return {name: _effect(name, table) for name, table in marks()["effect"].items()}


def _effect(name: str, table: dict[str, Any]) -> Effect:
    mark = table.get("mark", {})
    on = tuple(mark[key] for key in ("on", "or_on") if key in mark)
    return Effect(name, table.get("turns", {}), on, mark.get("with"), table.get("keeps", False))


@cache
def adjectives() -> dict[str, Adjective]:
    """Every form of every adjective."""
    found: dict[str, Adjective] = {}
    for name, table in marks()["effect"].items():
        for stem in table["stems"]:
            found |= {stem + end: Adjective(name, of=True) for end in _GENITIVE}
            found |= {stem + end: Adjective(name, of=False) for end in _NOMINATIVE}
        found |= {word: Adjective(name, of=None) for word in table["words"]}
    return found


@cache
def nouns() -> dict[str, tuple[Noun, ...]]:
    """Every form of every kin word, singular before plural and nominative before genitive."""
    found: dict[str, set[Noun]] = {}
    with (_FOLDER / "kin_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word, noun in _forms(row):
                found.setdefault(word, set()).add(noun)
    return {word: tuple(sorted(forms, key=_first)) for word, forms in found.items()}


def _forms(row: dict[str, str]) -> Iterable[tuple[str, Noun]]:
    chains = tuple(row["chains"].split("|"))
    gender, ego = row["gender"] or None, row["ego_gender"] or None
    for column in ("one", "one_of", "many", "many_of"):
        of, many = column.endswith("_of"), column.startswith("many")
        for word in filter(None, row[column].split("|")):
            english = word.isascii()
            yield word, Noun(chains, gender, ego, of, many, english)
            if english:  # the same form serves in "brother of the wife"
                yield word, Noun(chains, gender, ego, True, many, english)


def _first(noun: Noun) -> tuple[bool, bool, tuple[str, ...], str, str]:
    return noun.of, noun.many, noun.chains, noun.gender or "", noun.ego_gender or ""


@cache
def longest_noun() -> int:
    """Words in the longest kin word («второй родитель общего ребёнка»)."""
    return max(word.count(" ") + 1 for word in nouns())


@cache
def stop_words() -> frozenset[str]:
    """Words that are never read as kin."""
    return phrases().not_kin | phrases().guards


@cache
def _other_words() -> str:
    """Stop words and adjectives, each behind a line's end, to be searched at once for those that begin as a word does."""
    return "".join(f"\n{word}" for word in (*stop_words(), *adjectives()))


@cache
def meant_noun(word: str) -> tuple[Noun, ...]:
    """The kin word written, or the only meaning `word` can have cut short («сест», «племян») or with a single typing error.

    () where it has none or several, and where the two readings differ.
    """
    if word in stop_words():
        return ()
    exact = nouns().get(word)
    if exact is not None:
        return exact
    whole = _whole(word)
    return _one_meaning([nouns()[known] for known in ((*whole, *_one_edit_away(word)) if whole else _near(word))])


def _whole(word: str) -> list[str]:
    """Known words in the nominative that begin with `word`; an abbreviation stands for no oblique case."""
    if len(word) < _CUT_LENGTH or " " in word or f"\n{word}" in _other_words():
        return []
    return sorted(whole for whole, forms in nouns().items() if " " not in whole and whole.startswith(word) and not forms[0].of)


def _near(word: str) -> list[str]:
    """Known words one edit (a letter added, lost, changed, or two exchanged: OSA distance) away; [] where a stop word is."""
    if len(word) < _TYPO_LENGTH or " " in word:
        return []
    near = _one_edit_away(word)
    if not near or any(OSA.distance(word, stop, score_cutoff=1) <= 1 for stop in stop_words()):
        return []
    others = (adjective for adjective in adjectives() if len(adjective) >= _TYPO_LENGTH)
    return [] if any(OSA.distance(word, adjective, score_cutoff=1) <= 1 for adjective in others) else near


def _one_edit_away(word: str) -> list[str]:
    known = (near for length in (-1, 0, 1) for near in _nouns_of(len(word) + length))
    return sorted(near for near in known if OSA.distance(word, near, score_cutoff=1) == 1)


@cache
def _nouns_of(length: int) -> tuple[str, ...]:
    """The kin words of so many letters that a slip in another may be meant for; () for short ones."""
    return tuple(near for near in nouns() if len(near) == length >= _TYPO_LENGTH - 1)


def _one_meaning(candidates: list[tuple[Noun, ...]]) -> tuple[Noun, ...]:
    """The forms of the candidates where all have the same chains; a gender they disagree on is not told."""
    found = {noun for forms in candidates for noun in forms}
    if len({noun.chains for noun in found}) != 1:
        return ()
    cases: dict[tuple[bool, bool, bool], list[Noun]] = {}
    for noun in sorted(found, key=_first):
        cases.setdefault((noun.of, noun.many, noun.english), []).append(noun)
    return tuple(_agreed(nouns) for nouns in cases.values())


def _agreed(nouns: list[Noun]) -> Noun:
    gender = nouns[0].gender if len({noun.gender for noun in nouns}) == 1 else None
    ego = nouns[0].ego_gender if len({noun.ego_gender for noun in nouns}) == 1 else None
    return replace(nouns[0], gender=gender, ego_gender=ego)


@cache
def _long_adjectives() -> tuple[tuple[str, Adjective], ...]:
    return tuple((known, form) for known, form in adjectives().items() if len(known) >= _TYPO_LENGTH)


@cache
def meant_adjective(word: str) -> Adjective | None:
    """The adjective written, or the only one that a single typing error makes of `word`."""
    if word in adjectives():
        return adjectives()[word]
    if len(word) <= _TYPO_LENGTH or word in stop_words() or word in nouns():
        return None
    near = {form for known, form in _long_adjectives() if OSA.distance(word, known, score_cutoff=1) == 1}
    effects_meant = {form.effect for form in near}
    if len(effects_meant) != 1:
        return None
    return min(near, key=lambda form: (form.of is None, form.of is True))
