"""The true chances of words: how often each is written by somebody, by tradition and decade, slips included; from the generator's own tables."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import numpy as np

from benchmarks.matching.names import DECADES, Floats, Given, NameTables, Words
from benchmarks.matching.slips import slips

_LETTERS = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ-"
_NEVER = 1e-12
"""So that nothing is divided by 0."""


@lru_cache(maxsize=1_000_000)
def _slips_of(word: str) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    if len(word) >= 3:
        for spelling, chance in slips(word):
            total[spelling] += chance
    everything = sum(total.values())
    return {spelling: chance / everything for spelling, chance in total.items()}


def chance_written(written: str, true: str, slip: float) -> float:
    """The chance that a person whose word is `true` is written `written`; `slip` is the chance of a slip in the word."""
    return (1 - slip if written == true else 0.0) + slip * _slips_of(true).get(written, 0.0)


def one_letter_less(word: str) -> set[str]:
    """The word and what is left of it without one letter: words one slip apart have one of these in common."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def may_be_meant(written: str) -> set[str]:
    """Every word that one slip could have turned into `written`: a letter taken for another, left out, written twice, or two swapped."""
    meant = one_letter_less(written)
    for place in range(1, len(written) + 1):
        before, after = written[:place], written[place:]
        meant.update(before + letter + after for letter in _LETTERS)
        meant.update(before + letter + after[1:] for letter in _LETTERS)
        meant.add(before + after[1:2] + after[:1] + after[2:])
    return meant - {written}


class Frequencies:
    """The share of people who are written so, as a vector, for each word asked for: of true words, plus those that slip into it."""

    def __init__(self, words: Words, shares: Floats, slip: float) -> None:
        """`shares` [word, …]; words that are listed twice count together."""
        self._slip = slip
        self._shares: dict[str, Floats] = {}
        for word, share in zip(words.tolist(), shares, strict=True):
            self._shares[word] = self._shares[word] + share if word in self._shares else share
        self._zero = np.zeros(shares.shape[1:])
        self._known: dict[str, Floats] = {}

    def of(self, written: str | None) -> Floats:
        """The vector of a word, of an initial ('И.': all words that begin so), of nothing (1)."""
        if written is None:
            return self._zero + 1.0
        if written not in self._known:
            self._known[written] = self._initial(written[0]) if written[1:] == "." else self._word(written)
        return self._known[written]

    def _initial(self, letter: str) -> Floats:
        return sum((share for word, share in self._shares.items() if word[0] == letter), start=self._zero + _NEVER)

    def _word(self, written: str) -> Floats:
        total = (1 - self._slip) * self._shares.get(written, self._zero) + _NEVER
        for true in sorted(word for word in may_be_meant(written) if word in self._shares):
            total = total + self._slip * _slips_of(true).get(written, 0.0) * self._shares[true]
        return total


def surname_shares(tables: NameTables) -> Floats:
    """[family, tradition]."""
    return np.column_stack(tables.families)


def given_shares(table: Given) -> Floats:
    """[word, tradition, decade of the bearer]."""
    return np.moveaxis(table.shares, 2, 0)


def father_shares(fathers: Given) -> Floats:
    """[father's name, tradition, decade of the child]: fathers are 20 to 40 years older."""
    shares = given_shares(fathers)
    place = np.arange(len(DECADES))
    parts = ((2, 0.25), (3, 0.5), (4, 0.25))
    return sum((weight * shares[:, :, np.maximum(place - back, 0)] for back, weight in parts), start=np.zeros_like(shares))
