"""The true chances of words: how often each is written by somebody, by tradition and decade, slips included; from the generator's own tables."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import numpy as np

from benchmarks.matching.names import DECADES, Floats, Given, NameTables, Words
from benchmarks.matching.slips import slips


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


class Frequencies:
    """The share of people who are written so, as a vector, for each word asked for: of true words, plus those that slip into it."""

    def __init__(self, words: Words, shares: Floats, slip: float) -> None:
        """`shares` [word, …]; words that are listed twice count together."""
        self._slip = slip
        self._shares: dict[str, Floats] = {}
        for word, share in zip(words, shares, strict=True):
            self._shares[word] = self._shares[word] + share if word in self._shares else share
        self._zero = np.zeros(shares.shape[1:])
        self._near: dict[str, list[str]] = defaultdict(list)
        self._initial: dict[str, Floats] = {}
        self._known: dict[str, Floats] = {}
        for word, share in self._shares.items():
            self._initial[word[0]] = self._initial.get(word[0], self._zero) + share
            for rest in one_letter_less(word):
                self._near[rest].append(word)

    def of(self, written: str | None) -> Floats:
        """The vector of a word, of an initial ('И.': all words that begin so), of nothing (1)."""
        if written is None:
            return self._zero + 1.0
        if written[1:] == ".":
            return self._initial.get(written[0], self._zero + 1e-9)
        if written not in self._known:
            near = {true for rest in one_letter_less(written) for true in self._near.get(rest, ())} - {written}
            total = (1 - self._slip) * self._shares.get(written, self._zero)
            for true in sorted(near):
                total = total + self._slip * _slips_of(true).get(written, 0.0) * self._shares[true]
            self._known[written] = total + 1e-12
        return self._known[written]


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
